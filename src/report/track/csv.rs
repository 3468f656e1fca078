//! The tables of a follow-up.

use std::io::{self, Write};

use super::{Late, Told};
use crate::plan::follow::{Line, blank};
use crate::plan::table::{Cell, Column, deadline, rows};
use crate::plan::{Outcome, PlanRow};
use crate::report::csv as table;
use crate::report::question::Question;
use crate::words::tolerance::ZERO_UNITS;

/// The follow-up table of a plan, to be filled in.
///
/// # Errors
/// When `out` cannot be written.
pub fn blank_csv(asked: &Question, plan: &[PlanRow], out: impl Write) -> io::Result<()> {
    let header = blank::header(asked.case, asked.lang);
    table::write(
        out,
        &header,
        blank::rows(asked.case, plan, asked.lang),
        asked.lang,
    )
}

/// What was done and what is planned now, in the shape of the plan table.
///
/// # Errors
/// When `out` cannot be written.
pub fn replan_csv(told: &Told, out: impl Write) -> io::Result<()> {
    let (asked, case) = (&told.asked, told.asked.case);
    let columns = Column::all(case).into_iter();
    let header: Vec<String> = columns
        .map(|column| column.header(case, asked.lang))
        .collect();
    let whole = told.found.rows();
    let outcome = Outcome::new(case, &whole);
    table::write(
        out,
        &header,
        rows(case, &outcome, &whole, asked.lang),
        asked.lang,
    )
}

/// Planned and done, line by line.
///
/// # Errors
/// When `out` cannot be written.
pub fn lines_csv(told: &Told, out: impl Write) -> io::Result<()> {
    let asked = &told.asked;
    let money = |zh: &str, en: &str| asked.money_header(zh, en);
    let words = |zh: &str, en: &str| asked.pick(zh, en).to_string();
    let header = [
        words("县区", "county"),
        words("学校代码", "school code"),
        words("学校名称", "school"),
        words("城乡类型", "area"),
        words("措施代码", "measure code"),
        words("措施", "measure"),
        words("单位", "unit"),
        words("年份", "start year"),
        words("资金代码", "fund code"),
        words("资金", "fund"),
        words("计划数量", "planned quantity"),
        words("已下达数量", "allocated quantity"),
        words("已落实数量", "taken up quantity"),
        words("逾期·已下达", "late, allocated"),
        words("逾期·未下达", "late, not allocated"),
        money("规划期计划金额", "planned money, all years"),
        money("截止年计划支出", "planned money to date"),
        money("已下达金额", "allocated money"),
        money("累计支出", "spent so far"),
        money("逾期金额", "worth of what is late"),
        words("状态", "state"),
        words("责任单位", "responsible body"),
        words("完成时限", "deadline"),
        words("备注", "remark"),
    ];
    let late = told.late();
    let lines = told.found.lines.iter().zip(&late);
    table::write(
        out,
        &header,
        lines.map(|(line, late)| row(told, line, *late)),
        asked.lang,
    )
}

fn row(told: &Told, line: &Line, late: Late) -> Vec<Cell> {
    let (asked, case) = (&told.asked, told.asked.case);
    let (school, measure) = (
        &case.schools[line.at.school],
        &case.measures[line.at.measure],
    );
    let fund = line.fund.map(|fund| &case.funds[fund]);
    let sign = if line.at.gives { -1.0 } else { 1.0 };
    let signed = |units: f64| Cell::number(sign * units);
    let entered = &line.entered;
    let known = |units: Option<f64>| Cell::known(units.map(|units| sign * units));
    let money = |amount: Option<crate::words::Money>| {
        amount.map_or(Cell::Empty, |amount| Cell::money(case, amount))
    };
    let planned = PlanRow {
        school: line.at.school,
        measure: line.at.measure,
        year: line.at.year,
        units: line.planned,
        fund: line.fund,
        payments: Vec::new(),
        after: crate::words::Money::ZERO,
    };
    let all = line.due(case.horizon.years);
    vec![
        Cell::text(&case.counties[school.county].label),
        Cell::text(&school.id),
        Cell::text(&school.name),
        Cell::text(&case.areas[school.area]),
        Cell::text(&measure.id),
        Cell::text(&measure.name),
        Cell::text(&case.resources[measure.resource].unit),
        Cell::Number(case.horizon.calendar(line.at.year).to_string()),
        fund.map_or(Cell::Empty, |fund| Cell::text(&fund.id)),
        fund.map_or(Cell::Empty, |fund| Cell::text(&fund.name)),
        signed(line.planned),
        known(entered.allocated),
        known(entered.taken),
        signed(late.allocated),
        signed(late.unallocated),
        Cell::money(case, all),
        Cell::money(case, line.due(told.found.closed)),
        money(entered.allocated_money),
        money(entered.spent),
        Cell::money(case, late.worth),
        Cell::text(asked.pick(state(told, line, late).0, state(told, line, late).1)),
        Cell::text(&measure.body),
        Cell::text(deadline(case, &planned, asked.lang)),
        Cell::text(entered.remarks.join(asked.pick("；", "; "))),
    ]
}

/// The state of a line in a word, Chinese and English.
pub(super) fn state(told: &Told, line: &Line, late: Late) -> (&'static str, &'static str) {
    let taken = line.entered.taken.unwrap_or(0.0);
    if !line.is_closed(told.found.closed) {
        ("未到期", "not due")
    } else if !line.is_planned {
        ("计划外", "unplanned")
    } else if late.units() > ZERO_UNITS && taken > ZERO_UNITS {
        ("部分落实，有逾期", "late in part")
    } else if late.units() > ZERO_UNITS && late.unallocated <= ZERO_UNITS {
        ("已下达未落实，逾期", "allocated, late")
    } else if late.units() > ZERO_UNITS {
        ("逾期", "late")
    } else if taken > line.planned + ZERO_UNITS {
        ("已落实，超出计划", "taken up, more than planned")
    } else {
        ("已落实", "taken up")
    }
}
