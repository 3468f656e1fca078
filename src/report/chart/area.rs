//! The gap by the kind of area the schools lie in.

use super::bars::{Bar, draw};
use super::{Chart, source};
use crate::plan::Plan;
use crate::report::number::{number, percent};
use crate::report::provinces::gap;
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::sum::Sum;

/// The chart; `None` where there is one kind of area only, or no gap.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let case = asked.case;
    let mut gaps = vec![(Sum::default(), Sum::default()); case.areas.len()];
    for (at, school) in case.schools.pairs() {
        let own = &mut gaps[school.area.at()];
        own.0.add(gap(asked, plan, at, false));
        own.1.add(gap(asked, plan, at, true));
    }
    let unit = asked.gap_unit();
    let bars: Vec<Bar> = case
        .areas
        .iter()
        .zip(&gaps)
        .map(|(name, (before, after))| (name, before.value(), after.value()))
        .filter(|(_, before, after)| before + after > 0.0)
        .map(|(name, before, after)| Bar {
            name: name.clone(),
            before: Some(before),
            after,
            label: match share(before - after, before) {
                less if less >= 0.0 => format!(
                    "{} → {} (−{})",
                    number(before),
                    number(after),
                    percent(less)
                ),
                _ => format!("{} → {}", number(before), number(after)),
            },
        })
        .collect();
    if bars.len() < 2 {
        return None;
    }
    let most = bars
        .iter()
        .reduce(|one, other| match other.after > one.after {
            true => other,
            false => one,
        })?;
    let left = bars.iter().map(|bar| bar.after).sum::<f64>();
    let (name, part) = (&most.name, percent(share(most.after, left)));
    let less = percent(share(most.before? - most.after, most.before?));
    let finding = asked.pick(
        format!("规划后剩下的缺口 {part} 在{name}，那里减少 {less}"),
        format!("{part} of the gap that is left lies in {name}, where it falls by {less}"),
    );
    let (before, after) = asked.pick(("不规划", "规划后"), ("without the plan", "with the plan"));
    Some(Chart {
        key: "area",
        picture: draw(&bars, Some((before, after)), &finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}，各年合计"),
            format!("unit: {unit}, all years"),
        ),
        source: source(asked, "schools[].resources[].gap_before, gap_after"),
    })
}
