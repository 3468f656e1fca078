//! The years left planned anew: what changes, what the delay costs, and the proof.

use super::Told;
use crate::plan::{Outcome, PlanRow};
use crate::report::number::{money_value, number, percent};
use crate::report::page::{Grid, Page};
use crate::report::verdict;
use crate::words::sum::sum;
use crate::words::{MeasureIx, Money};

pub fn add(told: &Told, page: &mut Page) {
    let asked = &told.asked;
    let (case, found) = (asked.case, told.found);
    let answer = &found.replan.answer;
    let Some(plan) = &answer.plan else {
        verdict::without_plan(asked, &answer.verdict, page);
        return;
    };
    page.heading(asked.pick("以后各年重新安排", "The years left, planned anew"));
    page.text(cost_of_delay(told));
    page.grid(gaps(told, &plan.outcome));
    if found.settled.open_years().len() == 0 {
        page.text(asked.pick(
            "规划期已全部结束，没有以后各年可安排",
            "every year of the plan is closed; there is none left to plan",
        ));
        return;
    }
    page.text(match found.replan.stands {
        true => asked.pick(
            "原计划以后各年的安排不必改动：按现在的实际情况重新求解，改动也不会更好",
            "what the plan has for the years left stands: solved anew from what is really there, nothing is gained by changing it",
        ),
        false => asked.pick(
            "以后各年按现在的实际存量、资金和编制重新求解，逐校安排见 replan.csv：",
            "the years left are solved anew from the stock, money and posts that are really there; school by school in replan.csv:",
        ),
    });
    page.grid(changes(told, &plan.rows));
    page.grid(money(told, &plan.rows));
    verdict::proof(asked, answer, page);
    page.text(asked.pick(
        format!("核对的是以后各年；{}已办事项是事实，不再核对，与规定不符之处列在前面", told.closed_years()),
        format!("checked are the years left; what was done in {} is a fact, and where it departs from the rules is told above", told.closed_years()),
    ));
    if case.horizon.terminal > 0.0 {
        let years = number(case.horizon.terminal);
        page.text(asked.pick(
            format!("缺口指数包括规划期后 {years} 年"),
            format!("gap indices include {years} years after the plan"),
        ));
    }
}

fn cost_of_delay(told: &Told) -> String {
    let asked = &told.asked;
    let found = told.found;
    let unit = asked.gap_unit();
    let planned = found.as_planned.gap_after;
    let Some(plan) = &found.replan.answer.plan else {
        return String::new();
    };
    let now = plan.outcome.gap_after;
    let more = now - planned;
    let share = percent(more.abs() / planned.max(f64::MIN_POSITIVE));
    // What is within the rounding of a number shown is no difference to anybody.
    if number(now) == number(planned) {
        return asked.pick(
            format!("重排后的缺口 {} {unit}，与原计划相同", number(now)),
            format!(
                "the gap after the re-plan is {} {unit}, as planned",
                number(now)
            ),
        );
    }
    let (now, planned, more_shown) = (number(now), number(planned), number(more.abs()));
    match more > 0.0 {
        true => asked.pick(
            format!("与原计划相比，已办事项的出入使缺口增加 {more_shown} {unit}（{share}）：原计划 {planned}，重排后 {now}"),
            format!("what went otherwise than planned costs {more_shown} {unit} ({share}): {planned} as planned, {now} after the re-plan"),
        ),
        false => asked.pick(
            format!("重排后的缺口比原计划少 {more_shown} {unit}（{share}）：原计划 {planned}，重排后 {now}"),
            format!("the gap after the re-plan is {more_shown} {unit} ({share}) smaller than planned: {planned} as planned, {now} after it"),
        ),
    }
}

fn gaps(told: &Told, replanned: &Outcome) -> Grid {
    let asked = &told.asked;
    let (case, found) = (asked.case, told.found);
    let mut grid = Grid::new().words(asked.pick("缺口指数", "gap index"));
    for period in case.horizon.periods() {
        grid = grid.numbers(match case.horizon.is_terminal(period) {
            true => asked.pick("规划期后".to_string(), "afterwards".to_string()),
            false => asked.year(period),
        });
    }
    grid = grid.numbers(asked.pick("合计", "all"));
    let rows = [
        (asked.pick("按原计划", "as planned"), &found.as_planned),
        (
            asked.pick("以后不再办", "nothing further"),
            &found.nothing_further,
        ),
        (asked.pick("重排后", "re-planned"), replanned),
    ];
    for (name, outcome) in rows {
        let periods = outcome.gap_by_period.iter().map(|gap| number(gap.1));
        let row = std::iter::once(name.to_string()).chain(periods);
        grid.row(row.chain([number(outcome.gap_after)]));
    }
    let without = found
        .as_planned
        .gap_by_period
        .iter()
        .map(|gap| number(gap.0));
    let name = asked.pick("不规划", "without a plan").to_string();
    let row = std::iter::once(name).chain(without);
    grid.row(row.chain([number(found.as_planned.gap_before)]));
    grid
}

/// What a measure does in the open years.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub(super) struct Doing {
    /// Units brought.
    pub units: f64,
    /// Money paid in the open plan years for what is begun in them.
    pub money: Money,
}

pub(super) fn doing(told: &Told, rows: &[PlanRow], measure: MeasureIx) -> Doing {
    let own = || {
        let rows = rows.iter().filter(move |row| row.measure == measure);
        rows.filter(|row| told.found.settled.is_open(row.year))
    };
    Doing {
        units: sum(own().map(|row| row.units.max(0.0))),
        money: own().map(PlanRow::amount).sum(),
    }
}

fn changes(told: &Told, rows: &[PlanRow]) -> Grid {
    let asked = &told.asked;
    let mut grid = Grid::new()
        .words(asked.pick("以后各年的措施", "measures of the years left"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("原计划", "as planned"))
        .numbers(asked.pick("重排后", "re-planned"))
        .numbers(asked.pick("增减", "change"))
        .numbers(asked.money_header("原计划金额", "cost as planned"))
        .numbers(asked.money_header("重排后金额", "cost re-planned"));
    let mut totals = [Money::ZERO; 2];
    for (at, measure) in asked.case.measures.pairs() {
        let (old, new) = (doing(told, told.plan, at), doing(told, rows, at));
        if old == Doing::default() && new == Doing::default() {
            continue;
        }
        totals[0] += old.money;
        totals[1] += new.money;
        grid.row([
            measure.name.clone(),
            asked.case.resources[measure.resource].unit.clone(),
            number(old.units),
            number(new.units),
            signed(new.units - old.units),
            asked.money(old.money),
            asked.money(new.money),
        ]);
    }
    if !grid.rows.is_empty() {
        grid.row([
            asked.pick("合计", "all").to_string(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            asked.money(totals[0]),
            asked.money(totals[1]),
        ]);
    }
    grid
}

fn signed(value: f64) -> String {
    if value.abs() < 1e-6 {
        return "0".to_string();
    }
    let sign = if value > 0.0 { "+" } else { "" };
    format!("{sign}{}", number(value))
}

/// By fund and open year: what goes on being paid for what was begun, what the re-plan spends, and what is left.
fn money(told: &Told, rows: &[PlanRow]) -> Grid {
    let asked = &told.asked;
    let (case, settled) = (asked.case, &told.found.settled);
    let mut grid = Grid::new().words(asked.money_header("资金", "fund"));
    for year in settled.open_years() {
        grid = grid.numbers(asked.year(year));
    }
    grid = grid
        .numbers(asked.pick("合计", "all"))
        .numbers(asked.pick("其中已办事项的后续支出", "of it for what was done before"))
        .numbers(asked.pick("可用", "available"));
    for (at, fund) in case.funds.pairs() {
        let bound = |year| settled.settled_spending(at, year);
        let planned = |year: crate::words::YearIx| -> Money {
            let own = rows.iter().filter(|row| row.fund == Some(at));
            own.map(|row| row.payments[year.at()]).sum()
        };
        let mut row = vec![fund.name.clone()];
        row.extend(
            settled
                .open_years()
                .map(|year| asked.money(bound(year) + planned(year))),
        );
        let all: Money = settled
            .open_years()
            .map(|year| bound(year) + planned(year))
            .sum();
        let before: Money = settled.open_years().map(bound).sum();
        row.push(asked.money(all));
        row.push(asked.money(before));
        row.push(money_value(available(told, at).main() / case.money_shown.0));
        grid.row(row);
    }
    grid
}

/// What a fund has for the open years: what comes, and what was carried over.
pub(super) fn available(told: &Told, fund: crate::words::FundIx) -> Money {
    let settled = &told.found.settled;
    let stated = &settled.funds[fund];
    let coming: Money = settled.open_years().map(|year| stated.amounts[year]).sum();
    match stated.carry_over {
        true => coming + super::progress::fund_money(told, fund).left,
        false => coming,
    }
}
