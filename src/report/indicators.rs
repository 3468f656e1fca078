//! How many indicators each school meets where a rule says how many, and which of them stay below their norm.

use serde_json::{Value, json};

use super::number::{count, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::{Compliance, Policy, Rule};
use crate::plan::Plan;
use crate::plan::fair::{Below, Indicated};
use crate::words::SchoolIx;

/// How many schools are shown; plan.json has all.
const SHOWN: usize = 20;

/// A rule on indicators in words.
pub fn rule(asked: &Question, policy: &Policy) -> String {
    let Rule::Indicators {
        asked: stated,
        from,
        ..
    } = policy.rule
    else {
        return String::new();
    };
    let year = asked.year(from);
    let counted = asked.case.counted_by(policy).len();
    let own = match asked.case.standard.compliance {
        Some(Compliance::AtLeast { met, rest }) => Some((met, rest)),
        Some(Compliance::AtMostFailed(failed)) => Some((counted.saturating_sub(failed), 0.0)),
        Some(Compliance::All(_)) | None => Some((counted, 1.0)),
    };
    let (met, rest) = stated.or(own).unwrap_or((counted, 1.0));
    let (counted, rest) = (count(counted), percent(rest));
    asked.pick(
        format!("{year}起每校 {counted} 项指标至少 {met} 项达标，其余不低于标准的 {rest}；哪几项未达标，由程序逐校选定"),
        format!(
            "from {year} on every school meets at least {met} of {counted} indicators and has {rest} of the norm of the \
             others; the program chooses which, school by school"
        ),
    )
}

/// What stays below its norm, school by school, and what that choice is worth.
pub fn tell(asked: &Question, plan: &Plan, page: &mut Page) {
    let all = &plan.fairness.indicators;
    if all.is_empty() {
        return;
    }
    let holds = |one: &&Indicated| one.held_before;
    let before = all.iter().filter(holds).count();
    let (checks, held) = (count(all.len()), count(before));
    page.text(asked.pick(
        format!("共核 {checks} 次（每校、每学段、每年各一次）：不规划时 {held} 次符合规定，规划后全部符合"),
        format!(
            "{checks} checks, one a school, section and year: {held} hold without a plan, all of them with it"
        ),
    ));
    page.text(asked.pick(
        "未达标的几项按总缺口最小选定，并用分支定界证明：结论里的下界对其他选法也成立",
        "which stay below is chosen for the smallest total gap, by branch and bound: the proven bound holds for every other choice too",
    ));
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("学段", "section"))
        .words(asked.pick("年份", "year"))
        .numbers(asked.pick("达标项数", "met"))
        .words(asked.pick("未达标（占标准）", "below the norm (part of it)"));
    let shown: Vec<&Indicated> = all.iter().filter(|one| !one.below.is_empty()).collect();
    for one in shown.iter().take(SHOWN) {
        let (zh, en) = one.check.section.name();
        let parts = one.check.parts.len();
        grid.row([
            asked.case.schools[one.check.school].name.clone(),
            asked.pick(zh, en).to_string(),
            asked.year(one.check.year),
            format!("{} / {parts}", parts - one.below.len()),
            below(asked, one),
        ]);
    }
    let rest = shown.len().saturating_sub(SHOWN);
    grid.foot = (rest > 0).then(|| {
        asked.pick(
            format!("其余 {} 行见 plan.json", count(rest)),
            format!("{} more in plan.json", count(rest)),
        )
    });
    page.grid(grid);
}

/// What stays below its norm at a school, one sentence for each rule, section and year.
pub fn of_school(asked: &Question, plan: &Plan, school: SchoolIx) -> Vec<String> {
    let own = plan.fairness.indicators.iter();
    let own = own.filter(|one| one.check.school == school);
    own.map(|one| {
        let policy = &asked.case.policies[one.check.policy].name;
        let (section_zh, section_en) = one.check.section.name();
        let year = asked.year(one.check.year);
        let (met, parts) = (
            one.check.parts.len() - one.below.len(),
            one.check.parts.len(),
        );
        let (free, rest) = (one.check.free, percent(one.check.rest));
        let below = match one.below.is_empty() {
            true => asked.pick("没有", "none").to_string(),
            false => below(asked, one),
        };
        asked.pick(
            format!("“{policy}”（{year}{section_zh}）：{met} / {parts} 项达标；允许 {free} 项未达标、不低于 {rest}；未达标：{below}"),
            format!("“{policy}” ({section_en}, {year}): {met} of {parts} met; {free} may stay below, at {rest} or more; below: {below}"),
        )
    })
    .collect()
}

fn below(asked: &Question, one: &Indicated) -> String {
    let below = one.below.iter();
    let below = below.map(|one| {
        let name = &asked.case.resources[one.resource].name;
        format!("{name} {}", percent(one.after))
    });
    let below: Vec<String> = below.collect();
    below.join(asked.pick("、", ", "))
}

/// Every check, for programs.
pub fn json(asked: &Question, plan: &Plan) -> Value {
    let case = asked.case;
    let below = |one: &Below| {
        json!({
            "resource": case.resources[one.resource].id,
            "before": one.before,
            "after": one.after,
        })
    };
    let checks = plan.fairness.indicators.iter().map(|one| {
        let check = &one.check;
        json!({
            "policy": case.policies[check.policy].id,
            "school": case.schools[check.school].id,
            "section": check.section,
            "year": case.horizon.calendar(check.year),
            "indicators": check.parts.len(),
            "met": check.parts.len() - one.below.len(),
            "may_be_below": check.free,
            "rest": check.rest,
            "held_before": one.held_before,
            "below": one.below.iter().map(below).collect::<Vec<_>>(),
        })
    });
    json!(checks.collect::<Vec<_>>())
}
