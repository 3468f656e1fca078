//! The decisions with the least worst regret in whole units, tried and audited in every future.

use rayon::prelude::*;

use super::{Candidate, Cell, Whose, anew, isolated};
use crate::formulate::Units;
use crate::plan::Options;
use crate::plan::future::{Future, Heeded, Held, in_whole_units};

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

/// What is left undone of what no rule demands, tried in this order: rounding up what rules demand costs money.
const SAVED: [f64; 3] = [0.0, 0.03, 0.1];

/// Decisions in whole units; `None` where rounding left some future without a plan, in whichever way it was done.
pub fn whole(futures: &[&Future], units: &Units, options: &Options) -> Option<Whole> {
    let policies = futures.first()?.case.policies.iter();
    let each = policies
        .filter(|policy| policy.is_least())
        .map(|policy| Heeded::Only(&policy.id));
    let ways: Vec<Heeded> = [Heeded::All]
        .into_iter()
        .chain(each)
        .chain([Heeded::None])
        .collect();
    let tries = SAVED
        .into_iter()
        .flat_map(|saved| ways.iter().map(move |&way| (way, saved)));
    let mut seen: Vec<Units> = Vec::new();
    let mut tried = tries.filter_map(|(way, saved)| {
        let units = in_whole_units(futures, units, way, saved);
        if seen.contains(&units) {
            return None;
        }
        seen.push(units.clone());
        let cells = kept(futures, &units, options)?;
        Some((units, cells))
    });
    let tried = tried.next();
    let (units, cells) = tried?;
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

/// What becomes of decisions in every future; `None` where they are not possible in one.
fn kept(futures: &[&Future], units: &Units, options: &Options) -> Option<Vec<Cell>> {
    let cells = futures.par_iter().map(|future| {
        let held = isolated(|| Ok(future.hold(units, &anew(options))));
        let cell = Cell::of(held.unwrap_or_else(Held::Open), future.best.gap);
        cell.regret.is_some().then_some(cell)
    });
    cells.collect()
}
