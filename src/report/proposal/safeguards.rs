//! Who answers for what, what is left undone and how the work is accepted (保障措施与验收).

use super::measures::{Used, used};
use crate::plan::Plan;
use crate::report::number::number;
use crate::report::page::{Grid, Page};
use crate::report::question::Question;
use crate::report::solved::limit_in_words;
use crate::report::word::letter;
use crate::words::YearIx;

/// How many limits are named.
const LIMITS: usize = 5;

/// The limits that hold the plan back most.
pub fn limits(asked: &Question, plan: &Plan, page: &mut Page) {
    let limits: Vec<String> = plan
        .bindings
        .iter()
        .take(LIMITS)
        .map(|limit| {
            asked.pick(
                format!("{}。", limit_in_words(asked, limit)),
                format!("{}.", limit_in_words(asked, limit)),
            )
        })
        .collect();
    if !limits.is_empty() {
        page.text(asked.pick(
            "以下限额最影响成效，如需追加投入或放宽指标，可按此次序考虑：",
            "These limits hold the plan back most; more money or posts help most here, in this order:",
        ));
        page.list(limits);
    }
}

/// What each body carries out, for how much, by when.
pub fn bodies(asked: &Question, plan: &Plan) -> Grid {
    let case = asked.case;
    let used = used(asked, plan);
    let mut names: Vec<&str> = Vec::new();
    for one in &used {
        let body = case.measures[one.measure].body.as_str();
        if !names.contains(&body) {
            names.push(body);
        }
    }
    let mut grid = Grid::new()
        .captioned(asked.pick("任务分工", "Who does what"))
        .words(asked.pick("责任单位", "responsible body"))
        .words(asked.pick("任务", "tasks"))
        .numbers(asked.money_header("金额", "money"))
        .words(asked.pick("完成时限", "deadline"));
    for body in names {
        let own = || {
            used.iter()
                .filter(|one| case.measures[one.measure].body == body)
        };
        let tasks: Vec<String> = own()
            .map(|one| {
                let stated = &case.measures[one.measure];
                let unit = &case.resources[stated.resource].unit;
                format!("{} {} {unit}", stated.name, number(one.units(None)))
            })
            .collect();
        let deadlines = own().map(|one| one.deadline(asked));
        grid.row([
            body.to_string(),
            tasks.join(asked.pick("；", "; ")),
            asked.money(own().map(Used::money).sum()),
            deadlines.max().unwrap_or_default(),
        ]);
    }
    grid
}

/// Whether any school may end below where it stands.
pub fn floor(asked: &Question) -> String {
    match asked.case.no_school_below_today {
        true => asked.pick(
            "缩小差距不靠“削峰填谷”：任何学校的短缺都不因本方案加大，学校之间调配的只是超过标准的部分。".to_string(),
            "No levelling down: no school's shortfall grows by the plan; only what exceeds the standard may move between schools."
                .to_string(),
        ),
        false => asked.pick(
            "本方案没有规定各校现有水平不得下降，调配时要逐校说明。".to_string(),
            "The case does not rule out that a school ends below where it stands today.".to_string(),
        ),
    }
}

/// How the work is checked, and when, by the annex that holds the tasks.
pub fn acceptance(asked: &Question, plan: &Plan, annex: Option<usize>) -> String {
    // What takes years to build is due after the plan.
    let due = plan.rows.iter().map(|row| row.deadline(asked.case));
    let last = due.chain([asked.case.horizon.last()]).max();
    let first = YearIx::new(0);
    let (first, last) = (asked.year(first), asked.year(last.unwrap_or(first)));
    let years = if first == last {
        first
    } else {
        asked.pick(format!("{first}至{last}"), format!("{first} to {last}"))
    };
    let (zh, en) = match annex {
        Some(at) => (format!("附件{at}"), format!("Annex {}", letter(at))),
        None => ("方案表".to_string(), "the plan table".to_string()),
    };
    asked.pick(
        format!(
            "{years}每年年底对照{zh}逐校逐项验收，分别登记下达数和到位数；逾期未完成的列明原因，余下任务按实际到位情况重新测算。"
        ),
        format!(
            "At the end of each year ({years}) {en} is checked school by school. What was allocated and what has arrived are \
             entered apart; for what is late the reason is given, and the rest is planned anew from what has arrived."
        ),
    )
}
