//! What does move: the plan with a number at either end of its interval, solved and proven.

use std::collections::BTreeMap;
use std::sync::atomic::{AtomicUsize, Ordering};

use rayon::prelude::*;

use super::doubtful::Doubtful;
use crate::case::{Case, Quantity};
use crate::plan::{Answer, Options, Outcome, Plan, PlanRow, Verdict, solve};
use crate::words::sum::sum;
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

/// What is so with a number at one end.
#[derive(Clone, PartialEq, Debug)]
pub struct Told {
    /// Whether the plan at this end is proven best.
    pub proven: bool,
    /// What is known where there is no plan.
    pub without_plan: Option<Verdict>,
    /// The money that goes elsewhere than in the present plan; see [`money_moved`].
    pub moved: Money,
    /// What the plan spends on what the number is about: on the resource at the school, or on the whole school for
    /// pupils and classes.
    pub spent: Money,
    /// Units it brings to the school (less those it takes), for stocks.
    pub units: Option<f64>,
    /// Gap index that the present plan leaves needlessly if this end is true: its gap less that of the best plan.
    pub gap: f64,
}

/// What each of the doubts comes to at its low and high end. `None` for those that were not begun because the search was
/// halted.
pub(super) fn all(
    case: &Case,
    plan: &Plan,
    doubts: &[&Doubtful],
    options: &Options,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Vec<Option<[Told; 2]>> {
    let ends: Vec<(&Doubtful, usize)> = doubts
        .iter()
        .flat_map(|&doubt| [(doubt, 0), (doubt, 1)])
        .collect();
    let finished = AtomicUsize::new(0);
    let total = ends.len();
    let told: Vec<Option<Told>> = ends
        .par_iter()
        .with_max_len(1)
        .map(|&(doubt, end)| {
            let changed = doubt.at_end(case, end);
            if changed.is_some() && options.halt.asked().is_some() {
                return None;
            }
            let told = told(case, plan, doubt, changed, options);
            done(finished.fetch_add(1, Ordering::Relaxed) + 1, total);
            Some(told)
        })
        .collect();
    let mut told = told.into_iter();
    let mut pairs = Vec::with_capacity(doubts.len());
    while let (Some(low), Some(high)) = (told.next(), told.next()) {
        pairs.push(low.zip(high).map(|(low, high)| [low, high]));
    }
    pairs
}

fn told(
    case: &Case,
    plan: &Plan,
    doubt: &Doubtful,
    changed: Option<Case>,
    options: &Options,
) -> Told {
    let Some(changed) = changed else {
        return Told {
            proven: true,
            without_plan: None,
            moved: Money::ZERO,
            gap: 0.0,
            spent: spent(case, &plan.rows, doubt),
            units: units(case, &plan.rows, doubt),
        };
    };
    let answer = isolated(&changed, options);
    let Some(other) = answer.plan else {
        return Told {
            proven: false,
            without_plan: Some(answer.verdict),
            moved: Money::ZERO,
            gap: 0.0,
            spent: Money::ZERO,
            units: None,
        };
    };
    let kept_on = Outcome::new(&changed, &plan.rows).gap_after;
    Told {
        proven: answer.verdict == Verdict::Optimal,
        without_plan: None,
        moved: money_moved(&plan.rows, &other.rows),
        // Whole units may make the best plan a trifle worse than one made for other numbers.
        gap: (kept_on - other.outcome.gap_after).max(0.0),
        spent: spent(&changed, &other.rows, doubt),
        units: units(&changed, &other.rows, doubt),
    }
}

/// A solve that may fail, even by a panic, without the others.
fn isolated(case: &Case, options: &Options) -> Answer {
    let options = Options {
        halt: options.halt.anew(),
        ..options.clone()
    };
    std::panic::catch_unwind(|| solve(case, &options)).unwrap_or_else(|_| {
        Answer::none(Verdict::Undecided {
            why: (
                "内部错误，请把案例发给开发者".to_string(),
                "internal error; please send the case to the developers".to_string(),
            ),
        })
    })
}

/// Money that goes elsewhere in one plan than in the other: payments of the plan years by school, measure and year are
/// compared, and the larger of what is added and what is taken away is counted. Where both plans spend the same that is
/// half of all differences.
pub fn money_moved(one: &[PlanRow], other: &[PlanRow]) -> Money {
    let mut moved: BTreeMap<(SchoolIx, MeasureIx, YearIx), Money> = BTreeMap::new();
    for row in one {
        *moved.entry(key(row)).or_default() += row.amount();
    }
    for row in other {
        *moved.entry(key(row)).or_default() -= row.amount();
    }
    let side =
        |wanted: fn(&Money) -> bool| -> Money { moved.values().copied().filter(wanted).sum() };
    let (less, more) = (side(|m| *m > Money::ZERO), side(|m| *m < Money::ZERO));
    less.max(-more)
}

fn key(row: &PlanRow) -> (SchoolIx, MeasureIx, YearIx) {
    (row.school, row.measure, row.year)
}

fn concerned<'a>(
    case: &'a Case,
    rows: &'a [PlanRow],
    doubt: &'a Doubtful,
) -> impl Iterator<Item = &'a PlanRow> {
    let own = |row: &&PlanRow| match doubt.quantity {
        Quantity::Stock(resource) => row.resource(case) == resource,
        Quantity::Pupils | Quantity::Classes => true,
    };
    rows.iter()
        .filter(|row| row.school == doubt.school)
        .filter(own)
}

/// What a plan spends on what a number is about.
pub(super) fn spent(case: &Case, rows: &[PlanRow], doubt: &Doubtful) -> Money {
    concerned(case, rows, doubt).map(PlanRow::amount).sum()
}

/// Units a plan brings there, for stocks.
pub(super) fn units(case: &Case, rows: &[PlanRow], doubt: &Doubtful) -> Option<f64> {
    let of_stock = matches!(doubt.quantity, Quantity::Stock(_));
    of_stock.then(|| sum(concerned(case, rows, doubt).map(|row| row.units)))
}

impl Doubtful {
    /// What a plan as the numbers stand spends on what this one is about, and the units it brings, for stocks.
    pub fn now(&self, case: &Case, plan: &Plan) -> (Money, Option<f64>) {
        (spent(case, &plan.rows, self), units(case, &plan.rows, self))
    }
}
