//! The repair menu: what cannot hold together and what to change, as a page, for programs and as scenarios.

mod json;
mod overlay;
mod words;

use serde_json::Value;

use super::page::Page;
use super::question::Question;
use super::{number::number, verdict};
use crate::plan::repair::{Menu, Repair};
use crate::plan::{NamedRule, Verdict};

pub use json::{menu_json, rules_json};
pub use overlay::scenario;

/// The name of the scenario that a repair is written as, counted from 1.
pub fn scenario_name(at: usize) -> String {
    format!("repair-{}", at + 1)
}

/// The page of a menu.
pub fn page(asked: &Question, verdict: &Verdict, menu: &Menu) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    verdict::without_plan(asked, verdict, &mut page);
    section(asked, verdict, menu, &mut page);
    page
}

/// A menu for programs, with what it is of.
pub fn json(asked: &Question, verdict: &Value, menu: &Menu) -> Value {
    let mut value = serde_json::json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "scenario": asked.scenario.map(|one| &one.title),
        "gap_unit": asked.gap_unit(),
        "currency": asked.case.currency,
        "verdict": verdict,
    });
    if let (Value::Object(whole), Value::Object(menu)) = (&mut value, menu_json(asked, menu)) {
        whole.extend(menu);
    }
    value
}

/// What can be changed: below the rules of the verdict, the other conflicts and the repairs.
pub fn section(asked: &Question, verdict: &Verdict, menu: &Menu, page: &mut Page) {
    let told: &[NamedRule] = match verdict {
        Verdict::Impossible { rules } => rules,
        _ => &[],
    };
    for conflict in menu.conflicts.iter().filter(|rules| *rules != told) {
        page.text(asked.pick("这些也不能同时成立：", "Nor can these hold together:"));
        page.list(verdict::named(asked, conflict));
    }
    page.heading(asked.pick("怎样修复", "How it can be repaired"));
    match menu.repairs.is_empty() {
        true => page.text(asked.pick(
            "没有找到可行的修复办法",
            "no repair was found that makes a plan possible",
        )),
        false => page.text(asked.pick(
            "任选其一；每一种都已改在案例的副本上重新求解，并逐条核对。改动规定少的在前，其次取消规定少的，再次需增加资金少的",
            "Any one of these is enough; each was made on a copy of the case, solved and audited. Those that touch fewer \
             rules stand first, then those that drop fewer, then those that need less money",
        )),
    }
    let repairs = menu.repairs.iter().enumerate();
    page.list(repairs.map(|(at, one)| line(asked, at, one)).collect());
    for rules in &menu.unmended {
        let rules = verdict::named(asked, rules).join(asked.pick("、", ", "));
        page.text(asked.pick(
            format!("放宽{rules}也可以，但没有找到能按整数配置的幅度"),
            format!("giving way in {rules} would do, but no amount was found with which a plan in whole units exists"),
        ));
    }
    if let Some(reason) = menu.halted {
        page.text(verdict::cut_short(asked, reason));
    }
    if menu.partial {
        page.text(asked.pick("可能还有其他办法", "there may be more repairs"));
    }
}

/// A repair in one line: what is done, what it costs, and what the plan comes to then. Its number is that of its scenario.
fn line(asked: &Question, at: usize, repair: &Repair) -> String {
    let at = at + 1;
    let steps: Vec<String> = repair
        .steps
        .iter()
        .map(|step| words::step(asked, step))
        .collect();
    let steps = steps.join(asked.pick("；并且", "; and "));
    let (gap, unit) = (number(repair.gap), asked.gap_unit());
    let spent = asked.money_in_words(repair.spent);
    let least = match (repair.least, repair.steps.len()) {
        (true, _) => "",
        (false, _) => asked.pick("（按整数配置所需）", " (as whole units need it)"),
    };
    asked.pick(
        format!("（{at}）{steps}{least}：缺口 {gap} {unit}，支出 {spent}"),
        format!("({at}) {steps}{least}: gap {gap} {unit}, {spent} spent"),
    )
}
