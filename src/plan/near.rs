//! Ties broken so that as little money as possible goes elsewhere than in another plan.
//!
//! A case has many optima, and a solver may answer a trifling change with quite another of them. Who asks what a change
//! moves wants to see what it must move: of all plans with the optimal gap, one that differs least from the plan before.

use super::posed::Posed;
use super::proof::Proof;
use crate::case::Case;
use crate::formulate::{ColKey, Formulated};
use crate::program::certificate::distance;
use crate::program::{Block, Program};
use crate::solve::{Said, SolverChoice, Want, minimise};
use crate::words::Halt;
use crate::words::tolerance::{STAGE, STEP};

/// Weight of money at the first try, as a share of the gap, and how often it is cut to a tenth; as in the usual stages.
const FIRST_WEIGHT: f64 = 1e-4;
const TRIES: usize = 6;

/// What money that goes elsewhere counts for beside money spent: a saving is made where it moves no more than four
/// times as much.
const MOVED: f64 = 0.25;

/// What the optimum of a case does, to be compared with.
#[derive(Clone, Debug)]
pub struct Near {
    done: Vec<(ColKey, f64)>,
}

impl Near {
    /// What these values of a program do.
    pub fn of(form: &Formulated, values: &[f64]) -> Near {
        let done = form.cols.iter().copied().zip(values.iter().copied());
        Near {
            done: done.filter(|(key, _)| is_done(key)).collect(),
        }
    }

    /// The values of a program whose needs are much the same, in the order of its columns; `None` for columns that do
    /// nothing and for those that were not there.
    fn values(&self, form: &Formulated) -> Vec<Option<f64>> {
        let mut next = 0;
        let value = |key: &ColKey| {
            if !is_done(key) {
                return None;
            }
            // Both have their columns in the same order, but for those of the needs that differ.
            let ahead = self.done.iter().skip(next).take(LOOK_AHEAD);
            let found = next + ahead.into_iter().position(|(own, _)| own == key)?;
            next = found + 1;
            Some(self.done[found].1)
        };
        form.cols.iter().map(value).collect()
    }

    /// Values with the optimal gap that differ little from what was done before; and the solver that gave them. Falls
    /// back on the values of the proof when no weight keeps the gap, and when halted.
    pub(super) fn refine(
        &self,
        case: &Case,
        form: &Formulated,
        proof: &Proof,
        choice: SolverChoice,
        halt: &Halt,
    ) -> (Vec<f64>, &'static str) {
        let money = form.money(case);
        let before = self.values(form);
        let all: f64 = case.funds.iter().map(|fund| fund.total().main()).sum();
        let gap = proof.bound.abs().max(f64::MIN_POSITIVE);
        let mut weight = FIRST_WEIGHT * gap / all.max(1.0);
        for _ in 0..TRIES {
            if halt.asked().is_some() {
                break;
            }
            let split = Split::of(case, form, &before, &money, weight);
            let posed = Posed::new(&split.program, false);
            let said = minimise(posed.shown(), choice, Want::Values, halt);
            if let Said::Optimal(point) = said {
                let values = split.whole(&posed.values(&point.values));
                let gap = form.program.objective(&values);
                if distance(gap, proof.objective.min(gap)) <= STAGE
                    || distance(gap, proof.bound) <= proof.distance() + STAGE
                {
                    return (values, point.solver);
                }
            }
            weight /= 10.0;
        }
        (proof.values.clone(), proof.solver)
    }
}

/// How many columns are looked through for one: those of all needs of a school over the years.
const LOOK_AHEAD: usize = 4096;

fn is_done(key: &ColKey) -> bool {
    matches!(
        key,
        ColKey::Supply { .. } | ColKey::Give { .. } | ColKey::Exchange { .. }
    )
}

/// A program whose columns are cut in two where the plan before stood: the lower part is a gain to keep, the upper part
/// a cost to add.
struct Split {
    program: Program,
    /// The place of the first part of each column, and of its second.
    parts: Vec<(usize, Option<usize>)>,
}

impl Split {
    fn of(
        case: &Case,
        form: &Formulated,
        before: &[Option<f64>],
        money: &[f64],
        weight: f64,
    ) -> Split {
        let mut split = Split {
            program: Program::default(),
            parts: Vec::with_capacity(form.cols.len()),
        };
        for (at, col) in form.program.cols.iter().enumerate() {
            let cost = col.cost + weight * money[at];
            let moved = weight * MOVED * worth(case, &form.cols[at]);
            let stood = before[at].map(|value| value.clamp(col.lower, col.upper));
            let range = col.upper - col.lower;
            let program = &mut split.program;
            let parts = match stood {
                Some(stood) if stood - col.lower > STEP * range => {
                    let first = program.add_col(col.lower, stood, cost - moved);
                    let rest = col.upper - stood > STEP * range;
                    let second =
                        rest.then(|| program.add_col(0.0, col.upper - stood, cost + moved));
                    if second.is_none() {
                        program.cols[first].upper = col.upper;
                    }
                    (first, second)
                }
                Some(_) => (program.add_col(col.lower, col.upper, cost + moved), None),
                None => (program.add_col(col.lower, col.upper, cost), None),
            };
            split.parts.push(parts);
        }
        for row in &form.program.rows {
            let cut = |&(col, coefficient): &(usize, f64)| {
                let (first, second) = split.parts[col];
                let both = std::iter::once(first).chain(second);
                both.map(move |col| (col, coefficient))
            };
            let entries = row.entries.iter().flat_map(cut).collect();
            split.program.add_row(row.sense, row.rhs, entries);
        }
        let start = |col: usize| {
            let part = split.parts.get(col);
            part.map_or(split.program.cols.len(), |part| part.0)
        };
        let blocks = form.program.blocks.iter().map(|block| Block {
            rows: block.rows.clone(),
            cols: start(block.cols.start)..start(block.cols.end),
        });
        split.program.blocks = blocks.collect();
        split
    }

    /// Values of the parts as values of the columns.
    fn whole(&self, values: &[f64]) -> Vec<f64> {
        let whole = |&(first, second): &(usize, Option<usize>)| {
            values[first] + second.map_or(0.0, |second| values[second])
        };
        self.parts.iter().map(whole).collect()
    }
}

/// Main units of money that go elsewhere with one unit of a column.
fn worth(case: &Case, key: &ColKey) -> f64 {
    let (ColKey::Supply { measure, year, .. }
    | ColKey::Give { measure, year, .. }
    | ColKey::Exchange { measure, year, .. }) = *key
    else {
        return 0.0;
    };
    // What costs nothing is not moved for nothing.
    case.price_for_good(measure, year).max(1.0)
}
