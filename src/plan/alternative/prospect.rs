//! How much money can go elsewhere within a gap, and how small the gap can be when so much does: found, and proven.
//!
//! Σ max(0, x − r) over places is not concave, so that to have it large is no linear program. From above it is bounded
//! by its concave envelope, x·(1 − r/h) for a place that can have h at most: what holds of all plans that move so much
//! by this measure holds of those that do. From below, plans are found by counting places that a plan before has used
//! more than the reference, again and again (a convex–concave procedure: no round loses what the one before had).

use super::asked::{Asked, Counted};
use super::reference::Reference;
use crate::formulate::ColKey;
use crate::plan::answer::Options;
use crate::plan::prove::Known;
use crate::program::Sense;
use crate::words::sum::sum;

/// How often places are counted anew.
const ROUNDS: usize = 3;
/// A gain that is none, as a share of the whole.
const NONE: f64 = 1e-6;

/// A number that was found and one that is proven to be no better.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Reach {
    /// What a continuous plan was found with; `None` where none was.
    pub found: Option<f64>,
    /// What no plan does better than; `None` where nothing is proven.
    pub proven: Option<f64>,
}

/// What can be expected of plans that differ.
#[derive(Clone, Debug)]
pub struct Prospect {
    /// The largest share of the money that goes elsewhere within the gap.
    pub most_moved: Reach,
    /// The smallest gap index with so much money elsewhere.
    pub least_gap: Reach,
    /// Places to be counted so that this gap can be had.
    pub(super) counted: Option<Counted>,
    /// Places to be counted so that most can be moved.
    pub(super) widest: Option<Counted>,
}

/// A number with the places to be counted for it.
pub type Counting = (Reach, Option<Counted>);

impl Prospect {
    /// What [`least_gap`] and [`most_moved`] have found.
    pub fn of(least: Counting, most: Counting) -> Prospect {
        Prospect {
            most_moved: most.0,
            least_gap: least.0,
            counted: least.1,
            widest: most.1,
        }
    }
}

/// A program in which every place can have whole steps, so that what is proven of it holds of plans in whole units.
fn roomy<'a>(reference: &'a Reference) -> Asked<'a> {
    let mut asked = Asked::of(reference);
    for (at, key) in asked.cols() {
        if let ColKey::Supply { measure, .. } = *key {
            let case = reference.case;
            let step = case.step(measure);
            let col = &mut asked.program.cols[at];
            col.upper = (col.upper / step).ceil() * step;
        }
    }
    asked
}

/// The concave envelope of what goes elsewhere, by column of a program: a price for each unit.
fn envelope(reference: &Reference, asked: &Asked) -> Vec<(usize, f64)> {
    let part = |(at, key): (usize, &ColKey)| {
        let (before, most) = (reference.units(key), asked.program.cols[at].upper);
        let part = if before < most {
            1.0 - before / most
        } else {
            0.0
        };
        (at, reference.price(key) * part)
    };
    asked.cols().map(part).collect()
}

/// Money that values put elsewhere, in main units.
fn moved(reference: &Reference, values: &[f64]) -> f64 {
    let counted = Counted::at(reference, values);
    let entries = counted.entries(reference);
    let there = entries.iter().map(|&(at, price)| price * values[at]);
    sum(there) - counted.before(reference)
}

fn gap(reference: &Reference, values: &[f64]) -> f64 {
    let own = &values[..reference.form.cols.len()];
    reference.form.program.objective(own) + reference.form.untouched()
}

/// The smallest gap index with at least this share of the money elsewhere, before whole units.
pub fn least_gap(reference: &Reference, share: f64, options: &Options) -> Counting {
    let mut relaxed = roomy(reference);
    let entries = envelope(reference, &relaxed);
    let least = share * reference.figures.money.main();
    relaxed.program.add_row(Sense::AtLeast, least, entries);
    for (col, own) in relaxed
        .program
        .cols
        .iter_mut()
        .zip(&reference.form.program.cols)
    {
        col.cost = own.cost;
    }
    let known = relaxed.optimum(options.solver, &options.halt);
    let (mut values, proven) = match known {
        Known::Point(proof) => (
            Some(proof.values),
            Some(proof.bound + reference.form.untouched()),
        ),
        // No gap, however large, has so much money elsewhere.
        Known::Impossible(_) => (None, Some(f64::INFINITY)),
        _ => (None, None),
    };
    let (mut found, mut best) = (None, None);
    for _ in 0..ROUNDS {
        let Some(before) = &values else { break };
        let counted = Counted::at(reference, before);
        let mut asked = Asked::of(reference);
        asked.moves(&counted, share);
        asked.wish_gap();
        let Some(next) = asked.divisible(options.solver, &options.halt) else {
            break;
        };
        let now = gap(reference, &next);
        let better = found.is_none_or(|found| now < found);
        let stays = found.is_some_and(|found: f64| found - now <= NONE * now.abs().max(1.0));
        if better {
            (found, best) = (Some(now), Some(counted));
        }
        let done = proven.is_some_and(|proven| now - proven <= NONE * now.abs().max(1.0));
        if stays || done {
            break;
        }
        values = Some(next);
    }
    (Reach { found, proven }, best)
}

/// The largest share of the money elsewhere with no larger a gap index than `limit`, before whole units.
pub fn most_moved(reference: &Reference, limit: f64, options: &Options) -> Counting {
    let money = reference.figures.money.main().max(f64::MIN_POSITIVE);
    let mut relaxed = roomy(reference);
    relaxed.gap_at_most(limit);
    for (at, price) in envelope(reference, &relaxed) {
        relaxed.program.cols[at].cost = -price / money;
    }
    let known = relaxed.optimum(options.solver, &options.halt);
    let Known::Point(proof) = known else {
        let open = Reach {
            found: None,
            proven: None,
        };
        return (open, None);
    };
    let proven = Some((-proof.bound).clamp(0.0, 1.0));
    let mut values = proof.values;
    let (mut found, mut best) = (None, None);
    for _ in 0..ROUNDS {
        let counted = Counted::at(reference, &values);
        let mut asked = Asked::of(reference);
        asked.gap_at_most(limit);
        let entries = counted.entries(reference);
        let less: Vec<(usize, f64)> = entries
            .into_iter()
            .map(|(at, price)| (at, -price))
            .collect();
        asked.wish(&less, money);
        let Some(next) = asked.divisible(options.solver, &options.halt) else {
            break;
        };
        let now = moved(reference, &next) / money;
        let stays = found.is_some_and(|found: f64| now - found <= NONE);
        if found.is_none_or(|found| now > found) {
            (found, best) = (Some(now), Some(counted));
        }
        if stays {
            break;
        }
        values = next;
    }
    (Reach { found, proven }, best)
}
