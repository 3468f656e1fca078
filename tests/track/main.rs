//! A plan followed up: what was done becomes the ground on which the years left are planned.

#[path = "../common/mod.rs"]
mod common;

mod command;
mod facts;
mod faults;

use junheng::case::{Case, Lever};
use junheng::plan::follow::{Entered, Entry};
use junheng::plan::{Options, Plan, PlanRow, solve};
use junheng::words::{Money, Place};

use common::{With, county};

/// Generated cases of two years and more, with a plan that does something, each with its seed.
fn planned(with: With) -> impl Iterator<Item = (u64, Case, Plan)> {
    (1..).filter_map(move |seed| {
        let case = county(seed, with);
        let plan = solve(&case, &Options::default()).plan?;
        (case.horizon.years >= 2 && plan.rows.len() > 3).then_some((seed, case, plan))
    })
}

fn with_rules() -> With {
    With {
        policies: true,
        levers: false,
        ageing: false,
        terminal: 5.0,
        enrolment: true,
        bands: true,
    }
}

/// An entry for a row of a plan: so many units taken up and so much spent by the end of the first `closed` years.
fn entry(row: &PlanRow, taken: f64, spent: Option<Money>) -> Entry {
    Entry {
        school: row.school,
        measure: row.measure,
        year: row.year,
        fund: row.fund,
        gives: Some(row.units < 0.0),
        planned: Some(row.units),
        entered: Entered {
            taken: Some(taken.abs()),
            spent,
            ..Entered::default()
        },
        place: Place::default(),
    }
}

/// What is due of a row in the first years.
fn due(row: &PlanRow, closed: usize) -> Money {
    row.payments.iter().take(closed).copied().sum()
}

/// Everything of the first years taken up as planned.
fn all_taken(plan: &Plan, closed: usize) -> Vec<Entry> {
    let rows = plan.rows.iter().filter(|row| row.year.at() < closed);
    let spent = |row: &PlanRow| row.fund.map(|_| due(row, closed));
    rows.map(|row| entry(row, row.units, spent(row))).collect()
}

/// Half of everything of the first years taken up, in whole steps; rotations, which must balance, as planned.
fn half_taken(case: &Case, plan: &Plan, closed: usize) -> Vec<Entry> {
    let rows = plan.rows.iter().filter(|row| row.year.at() < closed);
    let half = |row: &PlanRow| {
        let measure = &case.measures[row.measure];
        let step = case.resources[measure.resource].step;
        match measure.lever {
            Lever::Rotate { .. } | Lever::Move => entry(row, row.units, None),
            _ => entry(row, (row.units / step / 2.0).floor() * step, None),
        }
    };
    rows.map(half).collect()
}
