//! The decisions with the least worst regret in whole units, tried and audited in every future.

use rayon::prelude::*;

use super::{Candidate, Cell, Whose, anew, isolated};
use crate::formulate::Units;
use crate::plan::Options;
use crate::plan::future::{Future, Held, in_whole_units};

/// Decisions in whole units.
#[derive(Clone, Debug)]
pub struct Whole {
    /// What is decided and what becomes of it in each future.
    pub candidate: Candidate,
    /// The plan in whole units around it, future by future; `None` where none was found.
    pub audited: Vec<Option<Audited>>,
}

/// A plan in whole units around the decisions.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Audited {
    /// Its gap index.
    pub gap: f64,
    /// How many rules its audit checked; none was broken.
    pub checked: usize,
}

/// Decisions in whole units; `None` where rounding left some future without a plan.
pub fn whole(futures: &[&Future], units: &Units, options: &Options) -> Option<Whole> {
    let units = in_whole_units(futures, units);
    let cells = futures.par_iter().map(|future| {
        let held = isolated(|| Ok(future.hold(&units, &anew(options))));
        Cell::of(held.unwrap_or_else(Held::Open), future.best.gap)
    });
    let cells: Vec<Cell> = cells.collect();
    if cells.iter().any(|cell| cell.regret.is_none()) {
        return None;
    }
    let audited = futures.par_iter().map(|future| {
        let plan = isolated(|| Ok(future.around(&units, &anew(options))));
        let plan = plan.ok()??;
        Some(Audited {
            gap: plan.outcome.gap_after,
            checked: plan.audit.checked,
        })
    });
    Some(Whole {
        audited: audited.collect(),
        candidate: Candidate {
            whose: Whose::Whole,
            units,
            cells,
        },
    })
}
