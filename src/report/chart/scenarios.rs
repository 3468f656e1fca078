//! What each scenario leaves.

use super::Chart;
use super::bars::{Bar, draw};
use crate::report::number::{number, percent};
use crate::report::question::Question;
use crate::report::solved::share;

/// The chart of scenarios by title with the gap each leaves by the measure of the first; those without a plan have none.
/// `None` where there is nothing to compare.
pub fn scenarios(asked: &Question, gaps: &[(String, Option<f64>)]) -> Option<Chart> {
    let first = gaps.first()?.1?;
    let bars: Vec<Bar> = gaps
        .iter()
        .filter_map(|(title, gap)| {
            let gap = (*gap)?;
            Some(Bar {
                name: title.clone(),
                before: None,
                after: gap,
                label: number(gap),
            })
        })
        .collect();
    if bars.len() < 2 {
        return None;
    }
    let least = bars
        .iter()
        .reduce(|one, other| match other.after < one.after {
            true => other,
            false => one,
        })?;
    let most = bars
        .iter()
        .reduce(|one, other| match other.after > one.after {
            true => other,
            false => one,
        })?;
    let change = |bar: &Bar| {
        let change = share(bar.after - first, first);
        format!("{}{}", if change > 0.0 { "+" } else { "" }, percent(change))
    };
    let (best, worst) = (&least.name, &most.name);
    let (lower, higher) = (change(least), change(most));
    let finding = match least.after < first {
        true => asked.pick(
            format!("缺口最小的是“{best}”（比第一个情景 {lower}），最大的是“{worst}”（{higher}）"),
            format!("“{best}” leaves the smallest gap ({lower} against the first scenario), “{worst}” the largest ({higher})"),
        ),
        false => asked.pick(
            format!("没有情景的缺口比第一个更小；最大的是“{worst}”（{higher}）"),
            format!("No scenario leaves a smaller gap than the first; “{worst}” leaves the largest ({higher})"),
        ),
    };
    let unit = asked.gap_unit();
    Some(Chart {
        key: "scenarios",
        picture: draw(&bars, None, &finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}，都按第一个情景的口径计算"),
            format!("unit: {unit}, all by the measure of the first scenario"),
        ),
        source: asked
            .pick(
                "来源：各情景的求解结果（comparison.json 的 gap_by_base）",
                "source: the results of the scenarios (gap_by_base in comparison.json)",
            )
            .to_string(),
    })
}
