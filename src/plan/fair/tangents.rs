//! Cutting planes: the program is solved, the limits on differences are checked by the official formula, and where the
//! optimum breaks one a tangent becomes a row; and so on. Every round's bound holds for every plan.
//!
//! Tangents taken at the optimum itself come slowly to an end. They are taken near the point at which the way from a plan
//! well inside the limits to the optimum leaves them (Ben-Ameur and Neto 2007, "in-out separation"). That point keeps
//! every limit: its gap and the bound tell how much is left to be found.

use super::{conic, known};
use crate::case::Case;
use crate::case::balance::Comparison;
use crate::formulate::{Formulated, RowKey, Weighing};
use crate::plan::answer::Options;
use crate::plan::posed::Posed;
use crate::plan::prove::{Known, optimum};
use crate::plan::stages::refine;
use crate::program::certificate::distance;
use crate::words::tolerance::{DIFFERENCES, KEEPS_ROW};

/// How many rounds of tangents are added before the search is given up.
const ROUNDS: usize = 80;

/// How many rounds may pass before a point inside the limits is known.
const INSIDE: usize = 25;

/// Which parts of the limits a point inside leaves to spare: tried in turn.
const SPARES: [f64; 3] = [0.1, 0.02, 0.002];

/// How far beyond the limits a tangent is taken, as a part of the way to the optimum.
const BEYOND: f64 = 0.2;

/// Which part of a limit a value has to come to so that its tangent is added at a conic optimum.
const NEAR: f64 = 0.999;

/// How often tangents are added where breaking ties has led out of a limit.
const REFINEMENTS: usize = 4;

/// What a program with all its tangents comes to.
#[derive(Clone, Debug)]
pub(super) enum Settled {
    /// Values that keep every limit, as good as the bound.
    Exactly,
    /// No plan keeps the limits.
    Impossible,
    /// The bound holds, and it is not known how near to it a plan can come.
    Outside,
}

/// Adds tangents to a program until a plan that keeps every limit, with a part of each to spare, is as good as its bound.
pub(super) fn settle(case: &Case, form: &mut Formulated, options: &Options, spare: f64) -> Settled {
    let mut inside: Option<Vec<f64>> = None;
    let mut least = f64::INFINITY;
    let mut settled = Settled::Outside;
    for round in 0..ROUNDS {
        let proof = match known(&form.program, options) {
            Known::Point(proof) => proof,
            Known::Impossible(_) => return Settled::Impossible,
            _ => return Settled::Outside,
        };
        if broken(form, &proof.values, spare).is_empty() {
            settled = Settled::Exactly;
            break;
        }
        if round == 0 {
            // At a conic optimum the tangents there have the same bound as the cones.
            if let Some(best) = conic::optimum(form, options, spare) {
                if broken(form, &best, spare).is_empty() && keeps_rows(form, &best) {
                    least = form.program.objective(&best);
                    inside = Some(best.clone());
                }
                if add_near(form, &best, spare) > 0 {
                    continue;
                }
            }
        }
        if distance(least, proof.bound) <= DIFFERENCES {
            settled = Settled::Exactly;
            break;
        }
        if round <= 1 && inside.is_none() {
            inside = within(form, options, spare);
        }
        let Some(within) = &mut inside else {
            add_broken(form, &proof.values, spare);
            continue;
        };
        let edge = edge(form, within, &proof.values, spare);
        let at = |part: f64| between(within, &proof.values, part);
        let best = at(edge);
        least = least.min(form.program.objective(&best));
        if distance(least, proof.bound) <= DIFFERENCES {
            settled = Settled::Exactly;
            break;
        }
        let beyond = at(edge + BEYOND * (1.0 - edge));
        if add_broken(form, &beyond, spare) == 0 {
            add_broken(form, &proof.values, spare);
        }
        *within = between(within, &best, 0.5);
    }
    drop_idle(form, options);
    for _ in 0..REFINEMENTS {
        let mut posed = Posed::new(&form.program, options.unlumped);
        let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
            break;
        };
        let (values, _) = refine(case, form, &proof, options.solver, &posed, &options.halt);
        drop(posed);
        if add_broken(form, &values, spare) == 0 {
            break;
        }
    }
    settled
}

/// A point well inside the limits: one of a program that asks for nothing else, with tangents of tighter limits.
fn within(form: &Formulated, options: &Options, spare: f64) -> Option<Vec<f64>> {
    SPARES.iter().find_map(|more| {
        let mut tighter = form.clone();
        tighter.program = tighter
            .program
            .with_costs(&vec![0.0; form.program.cols.len()]);
        for _ in 0..INSIDE {
            let Known::Point(proof) = known(&tighter.program, options) else {
                return None;
            };
            // Halfway to the limit is inside enough.
            if broken(form, &proof.values, spare + more / 2.0).is_empty() {
                return Some(proof.values);
            }
            add_broken(&mut tighter, &proof.values, spare + more);
        }
        None
    })
}

/// How far one can go from a point inside the limits towards another before one is broken, as a part of the way.
fn edge(form: &Formulated, inside: &[f64], towards: &[f64], spare: f64) -> f64 {
    const HALVINGS: usize = 40;
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = (low + high) / 2.0;
        match broken(form, &between(inside, towards, middle), spare).is_empty() {
            true => low = middle,
            false => high = middle,
        }
    }
    low
}

fn between(one: &[f64], other: &[f64], part: f64) -> Vec<f64> {
    let pairs = one.iter().zip(other);
    pairs.map(|(a, b)| a + part * (b - a)).collect()
}

/// The limits that some values break.
fn broken<'a>(form: &'a Formulated, values: &[f64], spare: f64) -> Vec<&'a Comparison> {
    let all = form.comparisons.iter();
    let breaks = |one: &&Comparison| {
        let most = one.most * (1.0 - spare);
        let value = form.compared(values, one).unwrap_or(0.0);
        !one.is_composite() && value > most * (1.0 + DIFFERENCES)
    };
    all.filter(breaks).collect()
}

/// Adds the tangents of the limits that some values break; says how many.
pub fn add_broken(form: &mut Formulated, values: &[f64], spare: f64) -> usize {
    let broken: Vec<Comparison> = broken(form, values, spare).into_iter().cloned().collect();
    for one in &broken {
        let weighing = Weighing {
            parts: vec![(1.0, one.most * (1.0 - spare))],
            rest: 0.0,
        };
        form.add_tangent(values, one, &weighing);
    }
    broken.len()
}

/// Adds the tangents of the limits that some values come near to; says how many.
fn add_near(form: &mut Formulated, values: &[f64], spare: f64) -> usize {
    let all = form.comparisons.iter().filter(|one| !one.is_composite());
    let near: Vec<Comparison> = all
        .filter(|one| {
            let value = form.compared(values, one).unwrap_or(0.0);
            value > one.most * (1.0 - spare) * NEAR
        })
        .cloned()
        .collect();
    for one in &near {
        let weighing = Weighing {
            parts: vec![(1.0, one.most * (1.0 - spare))],
            rest: 0.0,
        };
        form.add_tangent(values, one, &weighing);
    }
    near.len()
}

/// Whether some values keep the rows, to what a solver loses.
fn keeps_rows(form: &Formulated, values: &[f64]) -> bool {
    form.program.rows.iter().all(|row| {
        let terms = row.entries.iter().map(|&(col, a)| (a * values[col]).abs());
        let size = terms.fold(row.rhs.abs(), f64::max);
        row.violation(values) <= KEEPS_ROW * size.max(1.0)
    })
}

/// Takes the tangents out that carry nothing of the bound: they are many, and nearly alike.
fn drop_idle(form: &mut Formulated, options: &Options) {
    const CARRIES: f64 = 1e-6;
    let Known::Point(proof) = known(&form.program, options) else {
        return;
    };
    let is_tangent = |key: &RowKey| matches!(key, RowKey::Differences { .. });
    let first = form.rows.iter().position(is_tangent);
    let Some(first) = first else {
        return;
    };
    let weights = proof.multipliers[first..].iter().map(|y| y.abs());
    let most = weights.clone().fold(0.0, f64::max);
    let keeps: Vec<bool> = weights.map(|y| y > CARRIES * most).collect();
    let rows: Vec<_> = form.program.rows[first..].to_vec();
    let keys = form.rows.split_off(first);
    form.program.rows.truncate(first);
    for ((row, key), keeps) in rows.into_iter().zip(keys).zip(keeps) {
        if keeps || !is_tangent(&key) {
            form.program.rows.push(row);
            form.rows.push(key);
        }
    }
}
