//! A rule that can be published, as a table of lines.

use super::super::number::{count, number, percent};
use super::super::page::{Grid, Page};
use super::super::question::Question;
use super::{Told, above};
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
    if rule.ladder.is_empty() {
        page.text(asked.pick(
            "没有哪一条能减少缺口：没有可用的资金，或者没有缺口",
            "no line would close any gap: there is no money to use, or nothing is short",
        ));
        return;
    }
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
        .numbers(asked.pick("办到标准的", "up to (of the standard)"));
    for (at, rung) in rule.ladder.iter().enumerate() {
        grid.row([
            count(at + 1),
            asked.case.measures[rung.measure].name.clone(),
            schools(asked, rung),
            percent(rung.mark),
        ]);
    }
    grid.foot = Some(asked.pick(
        "按次序办，一条在各年都办完再办下一条：办到标准线，或者可用的资金和名额用完为止；同一条内分十步，达标程度低的学校先办；只差不到一个单位的最后补齐。规定的最低份额和名额都要守住：逐条办还不够的，补在同样的钱减少缺口最多的地方",
        "in this order, each line through all years before the next: up to its part of the standard, or until the money and posts that may be used for it are gone; within a line the schools with least of their standard first, in ten steps; where a school lacks a part of a unit only, that unit comes last. Minimum shares and quotas of the case are kept: what the lines leave short of them is made up where money closes most gap",
    ).to_string());
    page.grid(grid);
    if rule.outside > 0.0 {
        let outside = percent(rule.outside);
        page.text(asked.pick(
            format!("其中 {outside} 的钱不在任何一条之内，是为守住规定的最低份额和名额而安排的"),
            format!("{outside} of the money is outside every line: it keeps minimum shares and quotas of the case"),
        ));
    }
}

fn loss(told: &Told, rule: &Published, ours: f64, bound: f64) -> String {
    let asked = &told.asked;
    let gap = rule.made.outcome.gap_after;
    let loss = distance(gap, ours);
    let (lost, above) = (above(gap, ours), above(gap, bound));
    let (gap, unit, near) = (number(gap), asked.gap_unit(), percent(NEAR));
    let (lines, tried) = (rule.ladder.len(), count(rule.tried));
    match loss <= NEAR {
        true => asked.pick(
            format!("下面 {lines} 条规则的缺口是 {gap} {unit}，比最优方案大 {lost}（在 {near} 以内），比下界大 {above}；方案见 rule.csv"),
            format!("The {lines} lines below leave a gap of {gap} {unit}: {lost} more than the best plan (within {near}), {above} above the bound; the plan is rule.csv"),
        ),
        false if rule.halted => asked.pick(
            format!("求解中止，只试了 {tried} 种规则；其中最好的有 {lines} 条，还没有化简，缺口 {gap} {unit}，比最优方案大 {lost}，比下界大 {above}；方案见 rule.csv"),
            format!("The search was halted after {tried} rules; the best of them has {lines} lines, not made simpler yet, and leaves {gap} {unit}: {lost} more than the best plan, {above} above the bound; the plan is rule.csv"),
        ),
        false => asked.pick(
            format!("试了 {tried} 种规则，缺口都比最优方案大 {near} 以上；其中最好的有 {lines} 条，缺口 {gap} {unit}，比最优方案大 {lost}，比下界大 {above}；方案见 rule.csv"),
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
