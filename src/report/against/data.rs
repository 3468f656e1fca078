//! Two plans school by school, and everything for programs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::audited::breaches_json;
use super::super::csv as table;
use super::super::verdict;
use super::rule::schools;
use super::{SchoolGaps, Told, closed};
use crate::plan::table::Cell;
use crate::plan::{Outcome, PlanRow};
use crate::program::certificate::distance;
use crate::study::against::{Published, SameGap, spent};

/// A row a school: its gap without a plan, with the other plan, the best and the rule's, and what it gains.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(told: &Told, out: impl Write) -> io::Result<()> {
    let (asked, case, found) = (&told.asked, told.asked.case, told.found);
    let fixed = [
        ("县区", "county"),
        ("乡镇", "township"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("学段", "stage"),
        ("城乡类型", "area"),
        ("不规划时缺口", "gap without a plan"),
    ];
    let mut header: Vec<String> = fixed.map(|(zh, en)| asked.pick(zh, en).to_string()).into();
    header.extend([
        asked.pick(
            format!("缺口：{}", told.theirs),
            format!("gap: {}", told.theirs),
        ),
        asked.pick("缺口：最优方案", "gap: best plan").to_string(),
        asked.pick("缺口：规则", "gap: rule").to_string(),
        asked
            .pick("最优方案少的缺口", "less gap in the best plan")
            .to_string(),
    ]);
    let gaps = |outcome: &Outcome| SchoolGaps::of(case, outcome);
    let before = SchoolGaps::in_state(case, &found.theirs.outcome, false);
    let theirs = gaps(&found.theirs.outcome);
    let ours = found.plan().map(|plan| gaps(&plan.outcome));
    let rule = found.rule.as_ref().map(|rule| gaps(&rule.made.outcome));
    let rows = case.schools.pairs().map(|(at, school)| {
        let stage = school.stage.name();
        let of = |gaps: &Option<SchoolGaps>| gaps.as_ref().map(|gaps| gaps.of_school(at));
        vec![
            Cell::text(case.counties[school.county].to_string()),
            Cell::text(&school.township),
            Cell::text(&school.id),
            Cell::text(&school.name),
            Cell::text(asked.pick(stage.0, stage.1)),
            Cell::text(&case.areas[school.area]),
            Cell::number(before.of_school(at)),
            Cell::number(theirs.of_school(at)),
            Cell::known(of(&ours)),
            Cell::known(of(&rule)),
            Cell::known(of(&ours).map(|ours| theirs.of_school(at) - ours)),
        ]
    });
    table::write(out, &header, rows, asked.lang)
}

/// Everything, for programs.
pub fn json(told: &Told) -> Value {
    let (asked, found) = (&told.asked, told.found);
    let theirs = &found.theirs;
    let ours = found.plan();
    json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "scenario": asked.scenario.map_or("base", |one| one.name.as_str()),
        "gap_unit": asked.gap_unit(),
        "verdict": verdict::key(&found.ours.verdict),
        "halted": found.ours.halted.map(verdict::reason_key),
        "gap_before": theirs.outcome.gap_before,
        "bound": ours.map(|plan| plan.certificate.bound),
        "theirs": {
            "name": told.theirs,
            "gap": theirs.outcome.gap_after,
            "closed": closed(&theirs.outcome),
            "money": theirs.money(),
            "audit": {
                "kept": theirs.audit.passed(),
                "checked": theirs.audit.checked,
                "breaches": breaches_json(asked, &theirs.audit),
            },
        },
        "ours": ours.map(|plan| side(&plan.rows, &plan.outcome)),
        "same_gap": found.same_gap.as_ref().map(same_gap),
        "rule": found.rule.as_ref().map(|rule| rule_json(told, rule)),
    })
}

fn side(rows: &[PlanRow], outcome: &Outcome) -> Value {
    json!({
        "gap": outcome.gap_after,
        "closed": closed(outcome),
        "money": spent(rows),
    })
}

fn same_gap(same: &SameGap) -> Value {
    let whole = same.whole.as_ref().and_then(|(share, answer)| {
        let plan = answer.plan.as_ref()?;
        Some(json!({
            "share": share,
            "gap": plan.outcome.gap_after,
            "money": spent(&plan.rows),
        }))
    });
    json!({
        "impossible_with_share": same.below,
        "continuous_share": same.least,
        "whole_units": whole,
    })
}

fn rule_json(told: &Told, rule: &Published) -> Value {
    let asked = &told.asked;
    let ours = told.found.plan();
    let over = |gap: f64| distance(rule.made.outcome.gap_after, gap);
    let lines = rule.ladder.iter().map(|rung| {
        json!({
            "measure": asked.case.measures[rung.measure].id,
            "stage": rung.stage,
            "area": rung.area.map(|area| &asked.case.areas[area]),
            "least_pupils": (rung.pupils > 0).then_some(rung.pupils),
            "schools": schools(asked, rung),
            "up_to": rung.mark,
        })
    });
    json!({
        "lines": lines.collect::<Vec<_>>(),
        "plan": side(&rule.made.rows, &rule.made.outcome),
        "over_best": ours.map(|plan| over(plan.outcome.gap_after)),
        "over_bound": ours.map(|plan| over(plan.certificate.bound)),
        "money_outside_lines": rule.outside,
        "tried": rule.tried,
        "halted": rule.halted,
        "audit": { "kept": rule.made.audit.passed(), "checked": rule.made.audit.checked },
    })
}
