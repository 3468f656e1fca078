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

/// Which rows have to go so that the others are right by themselves, all of a measure at one school and year together: those
/// that are wrong whatever else is kept, and of those that are wrong only together the last.
pub fn faulty(case: &Case, keep: &[PlanRow]) -> Vec<Vec<usize>> {
    let mut groups: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, row) in keep.iter().enumerate() {
        let of = (row.school, row.measure, row.year);
        groups.entry(of).or_default().push(at);
    }
    let are_wrong = |groups: &[Vec<usize>]| {
        let rows = groups.iter().flatten().map(|&at| keep[at].clone());
        !faults(case, &rows.collect::<Vec<_>>()).is_empty()
    };
    let mut right: Vec<Vec<usize>> = groups.into_values().collect();
    right.sort();
    let mut wrong = Vec::new();
    wrong_alone(&right, &are_wrong, &mut wrong);
    right.retain(|group| !wrong.contains(group));
    // More of a measure than a school has use for is wrong only together.
    while are_wrong(&right) {
        let all: Vec<usize> = (1..=right.len()).collect();
        let first = all.partition_point(|&rows| !are_wrong(&right[..rows]));
        wrong.push(right.remove(first));
    }
    wrong.sort();
    wrong
}

/// Those that are wrong by themselves, by halving: few of many are.
fn wrong_alone(
    groups: &[Vec<usize>],
    are_wrong: &impl Fn(&[Vec<usize>]) -> bool,
    wrong: &mut Vec<Vec<usize>>,
) {
    if !are_wrong(groups) {
        return;
    }
    match groups {
        [one] => wrong.push(one.clone()),
        _ => {
            let (first, last) = groups.split_at(groups.len() / 2);
            wrong_alone(first, are_wrong, wrong);
            wrong_alone(last, are_wrong, wrong);
        }
    }
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
