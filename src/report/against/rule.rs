//! A rule that can be published, as a table of lines.

use super::super::number::{count, number, percent};
use super::super::page::{Grid, Page};
use super::super::question::Question;
use super::Told;
use crate::plan::rule::Rung;
use crate::program::certificate::distance;
use crate::study::against::{NEAR, Published};

/// Tells the rule that was found, and what it loses.
pub fn tell(told: &Told, page: &mut Page) {
    let asked = &told.asked;
    page.heading(asked.pick("可以公布的简单规则", "A simple rule that can be published"));
    let (Some(rule), Some(ours)) = (&told.found.rule, told.found.plan()) else {
        page.text(asked.pick(
            "没有找到守规定的逐条规则",
            "no rule of lines was found that keeps the rules of the case",
        ));
        return;
    };
    page.text(loss(
        told,
        rule,
        ours.outcome.gap_after,
        ours.certificate.bound,
    ));
    let mut grid = Grid::new()
        .numbers(asked.pick("次序", "order"))
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("学校", "schools"))
        .numbers(asked.pick("办到标准的", "up to of standard"));
    for (at, rung) in rule.ladder.iter().enumerate() {
        grid.row([
            count(at + 1),
            asked.case.measures[rung.measure].name.clone(),
            schools(asked, rung),
            percent(rung.mark),
        ]);
    }
    grid.foot = Some(asked.pick(
        "每年按次序办：前一条办到标准线、或可用的资金和名额用完，才办下一条；同一条内达标程度最低的学校先办；规定的最低份额和名额先予保证",
        "in this order: each line up to its part of the standard, or until the money and posts that may be used for it are gone, and only then the next; within a line the school with least of its standard first; minimum shares and quotas of the case are kept before all",
    ).to_string());
    page.grid(grid);
}

fn loss(told: &Told, rule: &Published, ours: f64, bound: f64) -> String {
    let asked = &told.asked;
    let gap = rule.made.outcome.gap_after;
    let loss = distance(gap, ours);
    let (lost, above) = (
        percent(loss.max(0.0)),
        percent(distance(gap, bound).max(0.0)),
    );
    let (gap, unit, near) = (number(gap), asked.gap_unit(), percent(NEAR));
    let (lines, tried) = (rule.ladder.len(), count(rule.tried));
    match loss <= NEAR {
        true => asked.pick(
            format!("下面 {lines} 条规则的缺口是 {gap} {unit}，比最优方案大 {lost}（在 {near} 以内），比下界大 {above}；方案见 rule.csv"),
            format!("The {lines} lines below leave a gap of {gap} {unit}: {lost} more than the best plan (within {near}), {above} above the bound; the plan is rule.csv"),
        ),
        false => asked.pick(
            format!("试了 {tried} 种，没有找到比最优方案只大 {near} 以内的规则；找到的最好的有 {lines} 条，缺口 {gap} {unit}，比最优方案大 {lost}，比下界大 {above}；方案见 rule.csv"),
            format!("Of {tried} rules tried none comes within {near} of the best plan; the best found has {lines} lines and leaves {gap} {unit}: {lost} more than the best plan, {above} above the bound; the plan is rule.csv"),
        ),
    }
}

/// For whom a line is.
pub fn schools(asked: &Question, rung: &Rung) -> String {
    let mut parts = Vec::new();
    if let Some(area) = rung.area {
        parts.push(asked.case.areas[area].clone());
    }
    if let Some(stage) = rung.stage {
        let (zh, en) = stage.name();
        parts.push(asked.pick(zh, en).to_string());
    }
    if rung.pupils > 0 {
        let pupils = rung.pupils;
        parts.push(asked.pick(
            format!("{pupils} 人及以上"),
            format!("{pupils} pupils or more"),
        ));
    }
    match parts.is_empty() {
        true => asked.pick("全部", "all").to_string(),
        false => parts.join(asked.pick("、", ", ")),
    }
}
