//! Rows that the planner has edited and wants kept: made consistent before anything is planned around them.

use std::collections::BTreeMap;

use super::answer::NamedRule;
use super::audit::check_rows;
use super::row::PlanRow;
use crate::case::Case;
use crate::formulate::Kept;
use crate::words::Money;

/// The rows with their money fitted to their units: a planner who lowers a quantity need not lower the money as
/// well; one who raises it leaves the rest of the cost to be paid by whatever fund may.
pub fn fit(case: &Case, keep: &[PlanRow]) -> Vec<PlanRow> {
    let mut units: BTreeMap<_, f64> = BTreeMap::new();
    for row in keep {
        *units
            .entry((row.school, row.measure, row.year))
            .or_default() += row.units.max(0.0);
    }
    let mut due: BTreeMap<_, Vec<Money>> = BTreeMap::new();
    for (&at, &units) in &units {
        let dues = case.dues(at.1, at.2, units);
        let periods = 0..=case.horizon.years;
        due.insert(at, periods.map(|period| dues.at(period)).collect());
    }
    let mut fitted = keep.to_vec();
    for row in &mut fitted {
        let Some(due) = due.get_mut(&(row.school, row.measure, row.year)) else {
            continue;
        };
        for (part, due) in row.payments.iter_mut().chain([&mut row.after]).zip(due) {
            *part = (*part).min(*due).max(Money::ZERO);
            *due -= *part;
        }
    }
    fitted
}

/// What is wrong with the rows by themselves: parts of units, funds that may not pay, measures that may not be used.
pub fn faults(case: &Case, keep: &[PlanRow]) -> Vec<NamedRule> {
    let breaches = check_rows(case, keep).breaches.into_iter();
    breaches
        .map(|breach| NamedRule {
            name: breach.message,
            place: None,
        })
        .collect()
}

/// A row as the program holds it.
pub fn held(row: &PlanRow) -> Kept {
    let mut payments = row.payments.clone();
    payments.push(row.after);
    Kept {
        school: row.school,
        measure: row.measure,
        year: row.year,
        units: row.units,
        fund: row.fund,
        payments,
    }
}
