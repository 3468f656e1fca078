//! Everything, for programs. Money in main units.

use serde_json::{Value, json};

use super::acceptance::{passing, states};
use super::csv::state;
use super::progress::{fund_money, places};
use super::replanned::{available, doing};
use super::{Told, lists};
use crate::case::Section;
use crate::plan::PlanRow;
use crate::plan::follow::blank;
use crate::plan::table::Cell;
use crate::report::audited::breaches_json;
use crate::report::question::Question;
use crate::report::verdict;
use crate::words::Money;

/// The follow-up table of a plan, to be filled in, as columns and rows.
pub fn blank_json(asked: &Question, plan: &[PlanRow]) -> Value {
    let cell = |cell: Cell| match cell {
        Cell::Empty => Value::Null,
        Cell::Number(number) => number
            .parse::<f64>()
            .map_or(Value::Null, |number| json!(number)),
        Cell::Text(text) => json!(text),
    };
    let rows = blank::rows(asked.case, plan, asked.lang);
    let rows = rows.map(|row| row.into_iter().map(cell).collect::<Vec<_>>());
    json!({
        "case": asked.case.name,
        "columns": blank::header(asked.case, asked.lang),
        "rows": rows.collect::<Vec<_>>(),
    })
}

/// A plan followed up.
pub fn json(told: &Told) -> Value {
    let (asked, found) = (&told.asked, told.found);
    let case = asked.case;
    let planned = found.as_planned.gap_after;
    let replanned = found.replan.answer.plan.as_ref();
    let after = replanned.map(|plan| plan.outcome.gap_after);
    json!({
        "case": case.name,
        "remark": case.remark,
        "scenario": asked.scenario.map(|one| &one.name),
        "as_of": case.horizon.calendar(told.as_of()),
        "gap": {
            "without_a_plan": found.as_planned.gap_before,
            "as_planned": planned,
            "nothing_further": found.nothing_further.gap_after,
            "replanned": after,
            "cost_of_delay": after.map(|after| after - planned),
            "by_period": by_period(told),
        },
        "replan": {
            "verdict": verdict::key(&found.replan.answer.verdict),
            "plan_stands": found.replan.stands,
            "certificate": replanned.map(|plan| &plan.certificate),
            "rules_checked": replanned.map(|plan| plan.audit.checked),
            "breaches": replanned.map(|plan| breaches_json(asked, &plan.audit)),
            "measures": replanned.map(|plan| changes(told, &plan.rows)),
        },
        "measures": measures(told),
        "years": years(told),
        "funds": funds(told),
        "places": places(told).into_iter().map(|one| json!({
            "name": one.name, "schools": one.schools, "late_schools": one.late_schools,
            "planned": one.planned, "spent": one.spent, "late": one.late,
        })).collect::<Vec<_>>(),
        "passing": passing_json(told),
        "overdrawn": found.overdrawn.iter().map(|one| json!({
            "fund": case.funds[one.fund].id,
            "year": (one.period.at() < case.horizon.years).then(|| case.horizon.calendar(one.period)),
            "spent": one.spent, "given": one.given, "by": one.by(),
        })).collect::<Vec<_>>(),
        "broken_by_what_was_done": found.breaches.iter().map(|one| json!({
            "rule": one.rule, "message": asked.of(&one.message),
        })).collect::<Vec<_>>(),
        "other_prices": lists::prices(told).into_iter().map(|(measure, stated, paid)| json!({
            "measure": case.measures[measure].id, "price": stated, "paid": paid,
        })).collect::<Vec<_>>(),
        "rows_without_entry": found.unreported(),
        "rows_not_counted_yet": found.early_entries(),
        "counted_at_case_price": found.facts.at_case_price,
        "standings": standings(told),
        "lines": lines(told),
    })
}

fn by_period(told: &Told) -> Vec<Value> {
    let (case, found) = (told.asked.case, told.found);
    let of = |outcome: &crate::plan::Outcome, at: usize| outcome.gap_by_period[at].1;
    let replanned = found.replan.answer.plan.as_ref();
    let period = |at: crate::words::YearIx| {
        let year = (!case.horizon.is_terminal(at)).then(|| case.horizon.calendar(at));
        json!({
            "year": year,
            "as_planned": of(&found.as_planned, at.at()),
            "nothing_further": of(&found.nothing_further, at.at()),
            "replanned": replanned.map(|plan| of(&plan.outcome, at.at())),
        })
    };
    case.horizon.periods().map(period).collect()
}

fn changes(told: &Told, rows: &[PlanRow]) -> Vec<Value> {
    let case = told.asked.case;
    let change = |(at, measure): (_, &crate::case::Measure)| {
        let (old, new) = (doing(told, told.plan, at), doing(told, rows, at));
        json!({
            "measure": measure.id,
            "units_as_planned": old.units, "units_replanned": new.units,
            "money_as_planned": old.money, "money_replanned": new.money,
        })
    };
    case.measures.pairs().map(change).collect()
}

fn measures(told: &Told) -> Vec<Value> {
    let case = told.asked.case;
    let mut measures = Vec::new();
    for (at, measure) in case.measures.pairs() {
        let own = || {
            told.found
                .standings
                .iter()
                .filter(|one| one.measure == at && !one.gives)
        };
        if own().next().is_none() {
            continue;
        }
        let total = |of: &dyn Fn(&crate::plan::follow::Standing) -> f64| {
            crate::words::sum::sum(own().map(of))
        };
        measures.push(json!({
            "measure": measure.id,
            "planned": total(&|one| one.planned),
            "allocated": total(&|one| one.allocated),
            "taken_up": total(&|one| one.taken),
            "late_allocated": total(&|one| one.late_allocated),
            "late_not_allocated": total(&|one| one.late_unallocated),
            "ahead": total(&|one| one.ahead),
            "unplanned": total(&|one| one.unplanned),
            "still_to_come": total(&|one| one.outstanding),
        }));
    }
    measures
}

fn years(told: &Told) -> Vec<Value> {
    let (case, found) = (told.asked.case, told.found);
    let late = told.late();
    let year = |year: crate::words::YearIx| {
        let planned: Money = found
            .lines
            .iter()
            .map(|line| line.payments[year.at()])
            .sum();
        let spent = case
            .funds
            .ids()
            .map(|fund| found.settled.settled_spending(fund, year));
        let own = found
            .lines
            .iter()
            .zip(&late)
            .filter(|(line, _)| line.at.year == year);
        json!({
            "year": case.horizon.calendar(year),
            "planned": planned,
            "spent": spent.sum::<Money>(),
            "late": own.map(|(_, late)| late.worth).sum::<Money>(),
        })
    };
    case.horizon
        .plan_years()
        .take(found.closed)
        .map(year)
        .collect()
}

fn funds(told: &Told) -> Vec<Value> {
    let fund = |(at, fund): (_, &crate::case::Fund)| {
        let money = fund_money(told, at);
        json!({
            "fund": fund.id, "given": money.given, "planned": money.planned,
            "allocated": money.allocated, "spent": money.spent, "left": money.left,
            "carried_over": fund.carry_over, "available_for_the_years_left": available(told, at),
        })
    };
    told.asked.case.funds.pairs().map(fund).collect()
}

fn passing_json(told: &Told) -> Vec<Value> {
    if told.asked.case.standard.compliance.is_none() {
        return Vec::new();
    }
    let states = states(told);
    let section = |section: Section| {
        let of = |survey| passing(survey, section).0;
        json!({
            "section": section,
            "judged": passing(&states.now, section).1,
            "without_a_plan": of(&states.without),
            "now": of(&states.now),
            "now_as_planned": of(&states.planned_now),
            "end_nothing_further": of(&states.nothing_end),
            "end_replanned": states.replanned_end.as_ref().map(of),
            "end_as_planned": of(&states.planned_end),
        })
    };
    Section::ALL.into_iter().map(section).collect()
}

fn standings(told: &Told) -> Vec<Value> {
    let case = told.asked.case;
    let standing = |one: &crate::plan::follow::Standing| {
        json!({
            "school": case.schools[one.school].id,
            "measure": case.measures[one.measure].id,
            "takes_away": one.gives,
            "planned": one.planned, "allocated": one.allocated, "taken_up": one.taken,
            "late_allocated": one.late_allocated, "late_not_allocated": one.late_unallocated,
            "late_since": one.late_since.map(|year| case.horizon.calendar(year)),
            "ahead": one.ahead, "unplanned": one.unplanned, "still_to_come": one.outstanding,
        })
    };
    told.found.standings.iter().map(standing).collect()
}

fn lines(told: &Told) -> Vec<Value> {
    let case = told.asked.case;
    let late = told.late();
    let lines = told.found.lines.iter().zip(&late);
    let line = |(line, late): (&crate::plan::follow::Line, &super::Late)| {
        let sign = if line.at.gives { -1.0 } else { 1.0 };
        json!({
            "school": case.schools[line.at.school].id,
            "measure": case.measures[line.at.measure].id,
            "year": case.horizon.calendar(line.at.year),
            "fund": line.fund.map(|fund| &case.funds[fund].id),
            "planned": sign * line.planned,
            "planned_money": line.due(case.horizon.years),
            "allocated": line.entered.allocated.map(|units| sign * units),
            "allocated_money": line.entered.allocated_money,
            "taken_up": line.entered.taken.map(|units| sign * units),
            "spent": line.entered.spent,
            "late_allocated": late.allocated,
            "late_not_allocated": late.unallocated,
            "late_worth": late.worth,
            "state": state(told, line, *late).1,
        })
    };
    lines.map(line).collect()
}
