//! Limits on the mean of several indices. Such a limit is no convex set: two plans that keep it may have one between them
//! that does not. So there is a bound from outside and a plan from inside, and never a claim that the plan is best.
//!
//! Outside: with U the most that a mean X̄ can come to, N / U ≤ N / X̄, so that Σ N / U ≤ m·κ holds for every plan that keeps
//! the limit, and is convex. Inside: around a point with indices c and means X̄°, the ratio N / X̄ is taken as
//! c + (N − c·X̄) / X̄°, which is convex and right at the point; the point is moved until it stays.

use super::{known, tangents};
use crate::case::balance::Comparison;
use crate::formulate::{Formulated, Stock, Weighing};
use crate::plan::answer::Options;
use crate::plan::prove::Known;
use crate::words::tolerance::DIFFERENCES;

/// How many rounds of tangents are added before a search is given up.
const ROUNDS: usize = 25;

/// How often the point is moved.
const MOVES: usize = 4;

fn composites(form: &Formulated) -> Vec<Comparison> {
    let all = form.comparisons.iter();
    all.filter(|one| one.is_composite()).cloned().collect()
}

/// Adds tangents of Σ N / U ≤ m·κ until the optimum keeps it.
pub(super) fn bound_means(form: &mut Formulated, options: &Options) {
    let bounds: Vec<(Comparison, Weighing)> = composites(form)
        .into_iter()
        .filter_map(|one| {
            let most = most_means(form, &one, options);
            let parts: Option<Vec<(f64, f64)>> = most
                .into_iter()
                .map(|most| (most > 0.0).then(|| (1.0 / most, 0.0)))
                .collect();
            let rest = one.most * one.parts.len() as f64;
            parts.map(|parts| (one, Weighing { parts, rest }))
        })
        .collect();
    for _ in 0..ROUNDS {
        let Known::Point(proof) = known(&form.program, options) else {
            return;
        };
        if add_beyond(form, &proof.values, &bounds) == 0 {
            return;
        }
    }
}

/// The most that the mean of each part can come to, by proof.
fn most_means(form: &Formulated, one: &Comparison, options: &Options) -> Vec<f64> {
    let of = |part: &crate::case::balance::Part| {
        let mut costs = vec![0.0; form.program.cols.len()];
        let mut fixed = 0.0;
        for member in &part.members {
            let each = member.weight * member.scale;
            match form.stocks.get(&(member.school, part.resource, one.year)) {
                Some(Stock::Decided(col)) => costs[*col] -= each,
                Some(Stock::Fixed(units)) => fixed += each * units,
                None => {}
            }
        }
        let raised = form.program.with_costs(&costs);
        match known(&raised, options) {
            Known::Point(proof) => fixed - proof.bound,
            _ => {
                let cols = raised.cols.iter();
                fixed + cols.map(|col| -col.cost * col.upper).sum::<f64>()
            }
        }
    };
    one.parts.iter().map(of).collect()
}

/// Adds a tangent to each of some weighed limits that values break; says how many.
fn add_beyond(form: &mut Formulated, values: &[f64], limits: &[(Comparison, Weighing)]) -> usize {
    let mut added = 0;
    for (one, weighing) in limits {
        let parts = one.parts.iter().zip(&weighing.parts);
        let of = parts.map(|(part, (slope, drop))| {
            let levels = form.levels(values, part, one.year);
            let mean: f64 = levels.iter().map(|(w, x)| w * x).sum();
            slope * (one.index.numerator(&levels) - drop * mean)
        });
        let sum: f64 = of.sum();
        let size = (one.most * one.parts.len() as f64).max(weighing.rest.abs());
        if sum > weighing.rest + DIFFERENCES * size {
            form.add_tangent(values, one, weighing);
            added += 1;
        }
    }
    added
}

/// A program whose plans keep every limit, with a part of it to spare: around a point that keeps it. `None` where no such
/// point was found.
pub(super) fn within(outside: &Formulated, options: &Options, spare: f64) -> Option<Formulated> {
    let Known::Point(proof) = known(&outside.program, options) else {
        return None;
    };
    let mut point = proof.values;
    let mut best: Option<(f64, Formulated)> = None;
    for _ in 0..MOVES {
        let mut form = outside.clone();
        let limits: Option<Vec<(Comparison, Weighing)>> = composites(&form)
            .into_iter()
            .map(|one| {
                let weighing = around(&form, &one, &point, spare)?;
                Some((one, weighing))
            })
            .collect();
        let limits = limits?;
        let mut found = None;
        for _ in 0..ROUNDS {
            let Known::Point(proof) = known(&form.program, options) else {
                break;
            };
            let broken = add_beyond(&mut form, &proof.values, &limits)
                + tangents::add_broken(&mut form, &proof.values, spare);
            if broken == 0 {
                found = Some(proof);
                break;
            }
        }
        let Some(proof) = found else {
            break;
        };
        let keeps = form.comparisons.iter().all(|one| {
            let value = form.compared(&proof.values, one).unwrap_or(0.0);
            value <= one.most * (1.0 - spare) * (1.0 + 10.0 * DIFFERENCES)
        });
        let gap = proof.objective;
        let better = best
            .as_ref()
            .is_none_or(|(least, _)| gap < *least * (1.0 - 1e-7));
        point = proof.values;
        if keeps && better {
            best = Some((gap, form));
        } else if best.is_some() {
            break;
        }
    }
    best.map(|(_, form)| form)
}

/// The limit as it is around a point.
fn around(form: &Formulated, one: &Comparison, point: &[f64], spare: f64) -> Option<Weighing> {
    let mut rest = one.most * (1.0 - spare) * one.parts.len() as f64;
    let mut parts = Vec::new();
    for part in &one.parts {
        let levels = form.levels(point, part, one.year);
        let mean: f64 = levels.iter().map(|(w, x)| w * x).sum();
        let index = one.index.of(&levels)?;
        rest -= index;
        parts.push((1.0 / mean, index));
    }
    Some(Weighing { parts, rest })
}
