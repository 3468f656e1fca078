//! Drop-one sensitivity: how much of the advice hangs on any one future.

use rayon::prelude::*;

use super::{Candidate, KNOWN, Step, Whose, together};
use crate::formulate::{Decision, Units};
use crate::plan::future::{Future, MinMax};
use crate::plan::{Options, Verdict};

/// What changes when one future is left out.
#[derive(Clone, Debug)]
pub struct Dropped {
    /// The future left out: its place among those that have a plan.
    pub future: usize,
    /// The least worst regret over the others; the verdict where there is none. Proven by the proof over all futures where
    /// the one left out carries nothing of it, else solved again.
    pub least: Result<Leaner, Verdict>,
    /// The future among those that have a plan whose own plan has the least worst regret over the others, and that
    /// regret; `None` when none of those plans is possible everywhere else.
    pub choice: Option<(usize, f64)>,
}

/// The least worst regret without one future.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Leaner {
    /// The worst regret over the others.
    pub worst: f64,
    /// No decisions have a smaller one.
    pub bound: f64,
    /// The largest smallest gap among the others.
    pub scale: f64,
    /// Money that would go elsewhere in the first years (main units), at the prices of the first future; `None` without a
    /// plan over all futures to compare with.
    pub moved: Option<f64>,
}

impl Leaner {
    /// Whether no decisions have a smaller worst regret over the others, as far as gaps are known.
    pub fn is_proven(&self) -> bool {
        self.worst - self.bound <= KNOWN * self.scale
    }
}

impl Dropped {
    /// Whether what is said is proven.
    pub fn is_proven(&self) -> bool {
        match &self.least {
            Ok(least) => least.is_proven(),
            Err(verdict) => matches!(verdict, Verdict::Impossible { .. }),
        }
    }
}

/// Leaves each future out in turn; nothing where fewer than two would be left to choose between.
pub fn all(
    futures: &[&Future],
    candidates: &[Candidate],
    joint: Option<&MinMax>,
    options: &Options,
    done: &(dyn Fn(Step) + Sync),
) -> Vec<Dropped> {
    if futures.len() < 2 {
        return Vec::new();
    }
    let without = |dropped: usize| {
        let left: Vec<&Future> = futures
            .iter()
            .enumerate()
            .filter(|(at, _)| *at != dropped)
            .map(|(_, one)| *one)
            .collect();
        let scale = left
            .iter()
            .fold(1.0_f64, |most, one| most.max(one.best.gap.gap.abs()));
        let same = joint.and_then(|joint| {
            let minmax = candidates.iter().find(|one| one.whose == Whose::MinMax)?;
            let same = Leaner {
                worst: minmax.worst(Some(dropped))?.0,
                bound: joint.bound_without(futures, dropped),
                scale,
                moved: Some(0.0),
            };
            same.is_proven().then_some(same)
        });
        let anew = || {
            let found = together(&left, options)?;
            Ok(Leaner {
                worst: found.worst,
                bound: found.bound,
                scale,
                moved: joint.map(|joint| moved(futures[0], &joint.units, &found.units)),
            })
        };
        let least = same.map_or_else(anew, Ok);
        done(Step::Dropped);
        Dropped {
            future: dropped,
            least,
            choice: choice(candidates, Some(dropped)),
        }
    };
    (0..futures.len()).into_par_iter().map(without).collect()
}

/// The future whose own plan has the least worst regret, and that regret; the first of those that tie.
pub fn choice(candidates: &[Candidate], but: Option<usize>) -> Option<(usize, f64)> {
    let mut choice: Option<(usize, f64)> = None;
    for one in candidates {
        let Whose::Future(at) = one.whose else {
            continue;
        };
        if Some(at) == but {
            continue;
        }
        let Some((worst, _)) = one.worst(but) else {
            continue;
        };
        if choice.is_none_or(|(_, least)| worst < least) {
            choice = Some((at, worst));
        }
    }
    choice
}

/// Money (main units) that other decisions put elsewhere: what they add, or what they leave away where that is more.
fn moved(future: &Future, units: &Units, other: &Units) -> f64 {
    let cost = |one: &Decision| match one.gives {
        true => 0.0,
        false => future.case.price(one.measure, one.year, one.year.at()),
    };
    let more = |these: &Units, those: &Units| {
        let over = these.iter().map(|(one, units)| {
            let before = those.get(one).copied().unwrap_or(0.0);
            (units - before).max(0.0) * cost(one)
        });
        over.fold(0.0, |sum, over| sum + over)
    };
    more(other, units).max(more(units, other))
}
