//! Values to deal out that know that posts and things come whole, and a bound for plans in whole units.

use super::answer::{Options, WHOLE_GAP};
use super::deal::{Deal, Whole};
use super::ledger::Demand;
use super::proof::{NOBODY, Proof};
use super::spread::{Parts, Towards};
use super::topup::Aim;
use crate::case::Case;
use crate::formulate::{ColKey, Formulated};
use crate::program::Program;
use crate::program::certificate::{distance, lower_bound};
use crate::program::lump::{Lumped, apart, lump};
use crate::program::steps;
use crate::solve::{Point, Said, SolverChoice, Want, minimise};
use crate::words::Halt;

/// Rows of the lumped program up to which this is done: above, rounding costs a part in some hundreds, and there are a
/// hundred times as many rows to be drawn.
const SMALL: usize = 20_000;
/// Rows up to which every need is by itself: then the program knows exactly which part of a unit each lacks at last.
const APART: usize = 12_000;
/// Weight of money beside the gap, as a share of it: so that what closes as much costs as little. The bound loses less
/// than that by it.
const MONEY: f64 = 1e-5;

/// A deal in whole units, and a bound for all such plans (without what no measure can touch). Where the deal of the optimum
/// is farther from what is proven than may be, another is tried that knows from the start that units are whole; where
/// none keeps the rules, those that do by each school what the program does there.
pub(super) fn in_steps<'a>(
    deal: &Deal<'a, '_>,
    proof: &Proof,
    options: &Options,
) -> (Result<Whole<'a>, Demand>, f64) {
    let first = deal.out(&Aim::default());
    let allowed = options.whole_gap.unwrap_or(WHOLE_GAP);
    let bound = proof.bound + deal.form.untouched();
    let near = |whole: &Whole| distance(whole.outcome.gap_after, bound) <= allowed;
    let wanted = options.near.is_none() && proof.solver != NOBODY;
    if !wanted || first.as_ref().is_ok_and(near) {
        return (first, proof.bound);
    }
    let (choice, halt) = (options.solver, &options.halt);
    let Some(known) = values_in_steps(deal.case, deal.form, proof.objective, choice, halt) else {
        return (first, proof.bound);
    };
    let tight = Deal {
        values: &known.values,
        whole: true,
        ..*deal
    };
    let mut best = better(first, tight.out(&Aim::default()));
    for values in [&tight, deal] {
        for parts in Parts::ALL {
            if gap(&best).is_infinite() {
                let towards = Towards::of(deal.form, values.values, parts);
                let deal = Deal {
                    towards: Some(&towards),
                    ..*values
                };
                best = better(best, deal.out(&Aim::default()));
            }
        }
    }
    (best, known.bound)
}

/// The one of two deals with the smaller gap, the first where they tie.
pub(super) fn better<'a>(
    first: Result<Whole<'a>, Demand>,
    second: Result<Whole<'a>, Demand>,
) -> Result<Whole<'a>, Demand> {
    match gap(&second) < gap(&first) {
        true => second,
        false => first,
    }
}

/// The gap index of a deal; infinite where it keeps not every rule.
fn gap(dealt: &Result<Whole, Demand>) -> f64 {
    match dealt {
        Ok(whole) if whole.audit.breaches.is_empty() => whole.outcome.gap_after,
        _ => f64::INFINITY,
    }
}

/// What is known of plans in whole units.
struct Known {
    /// A value for each column of the program: what is handed out in full.
    pub values: Vec<f64>,
    /// No plan in whole units has a smaller objective.
    pub bound: f64,
}

/// A program that knows that units come whole, lumped where it would be too large.
pub(super) struct InSteps {
    lumped: Lumped,
    program: Program,
}

impl InSteps {
    /// Tightens the program of a case, or one that has rows and columns beyond it. `None` where it is too large.
    pub fn of(case: &Case, form: &Formulated, program: &Program) -> Option<InSteps> {
        let lumped = match program.rows.len() > APART {
            true => lump(program),
            false => apart(program),
        };
        if lumped.program.rows.len() > SMALL {
            return None;
        }
        let step = |key: &ColKey| match *key {
            ColKey::Supply { measure, .. }
            | ColKey::Give { measure, .. }
            | ColKey::Exchange { measure, .. } => Some(case.step(measure)),
            _ => None,
        };
        let mut in_steps: Vec<Option<f64>> = form.cols.iter().map(step).collect();
        in_steps.resize(program.cols.len(), None);
        let program = steps::in_steps(program, &lumped, &in_steps);
        Some(InSteps { lumped, program })
    }

    /// The best values, for the columns of the program that was tightened: what is handed out in full. `None` where none
    /// were found.
    pub fn values(&self, choice: SolverChoice, halt: &Halt) -> Option<Vec<f64>> {
        match minimise(&self.program, choice, Want::Values, halt) {
            Said::Optimal(point) | Said::Stopped(point) => Some(self.lumped.parts(&point.values)),
            _ => None,
        }
    }
}

/// The best values of the tightened program, where `gap` is about the objective; `None` where it is too large, or nothing was found.
fn values_in_steps(
    case: &Case,
    form: &Formulated,
    gap: f64,
    choice: SolverChoice,
    halt: &Halt,
) -> Option<Known> {
    if halt.asked().is_some() {
        return None;
    }
    let InSteps {
        lumped,
        program: tight,
    } = InSteps::of(case, form, &form.program)?;
    let all = case.funds.iter().map(|fund| fund.total().main());
    let weight = MONEY * gap.abs().max(f64::MIN_POSITIVE) / all.sum::<f64>().max(1.0);
    let mut costs: Vec<f64> = tight.cols.iter().map(|col| col.cost).collect();
    for (at, money) in form.money(case).into_iter().enumerate() {
        costs[lumped.col(at)] += weight * money;
    }
    let thrifty = tight.with_costs(&costs);
    let said = minimise(&thrifty, choice, Want::Multipliers, halt);
    let (Said::Optimal(point) | Said::Stopped(point)) = said else {
        return None;
    };
    let Point {
        values,
        multipliers,
        ..
    } = point;
    let bound = multipliers.map_or(f64::NEG_INFINITY, |found| lower_bound(&tight, &found));
    Some(Known {
        values: lumped.parts(&values),
        bound,
    })
}
