//! What a plan comes to when only part of its moves happens.

use std::collections::BTreeMap;

use super::{Move, moves};
use crate::case::Case;
use crate::plan::outcome::Outcome;
use crate::plan::row::PlanRow;
use crate::words::sum::sum;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, Money, ResourceIx, SchoolIx, YearIx};

/// A plan of whose moves only a part happens.
///
/// Of every measure and year the same part happens, those last in the list of moves (the farthest) falling away, and
/// the number that happens is rounded down over all of them, so that each measure and year is off by less than a step.
/// A post that does not move stays at the school it would have left. Everything else in the plan is done as written,
/// and the allowances that are not paid buy nothing instead.
#[derive(Clone, Debug)]
pub struct TakeUp {
    /// The part of the moves that happens, 0 … 1.
    pub share: f64,
    /// Posts that move under the plan, all rotations together, each counted in every year in which it leaves.
    pub planned: f64,
    /// How many of them do move.
    pub moving: f64,
    /// Allowances of the plan years that are not paid for the others.
    pub unpaid: Money,
    /// The resources that the plan moves, in file order.
    pub resources: Vec<ResourceIx>,
    /// The state of every school then.
    pub outcome: Outcome,
}

/// Posts of one school that leave it (or arrive) in one year.
type Side = (SchoolIx, MeasureIx, YearIx, bool);

impl TakeUp {
    /// What the rows of a plan come to when this part of its moves happens.
    pub fn of(case: &Case, rows: &[PlanRow], share: f64) -> TakeUp {
        let list = moves(case, rows).list;
        let fallen = fallen(case, &list, share);
        let mut away: BTreeMap<Side, f64> = BTreeMap::new();
        let mut unpaid = Money::ZERO;
        for (one, units) in &fallen {
            *away
                .entry((one.from, one.measure, one.year, true))
                .or_default() += units;
            *away
                .entry((one.to, one.measure, one.year, false))
                .or_default() += units;
            unpaid += allowances(case, one, *units);
        }
        let mut resources: Vec<ResourceIx> = list
            .iter()
            .map(|one| case.measures[one.measure].resource)
            .collect();
        resources.sort_unstable();
        resources.dedup();
        let planned = sum(list.iter().map(|one| one.units));
        TakeUp {
            share,
            planned,
            moving: planned - sum(fallen.iter().map(|(_, units)| *units)),
            unpaid,
            resources,
            outcome: Outcome::new(case, &without(rows, away)),
        }
    }
}

/// The moves of a list that do not happen, with the units that do not move.
fn fallen<'m>(case: &Case, list: &'m [Move], share: f64) -> Vec<(&'m Move, f64)> {
    let mut fallen = Vec::new();
    let (mut steps_before, mut kept_before) = (0.0, 0.0);
    for group in list.chunk_by(|one, next| (one.year, one.measure) == (next.year, next.measure)) {
        let step = case.step(group[0].measure);
        let steps = |one: &Move| (one.units / step).round();
        steps_before += group.iter().map(steps).sum::<f64>();
        let kept = (share * steps_before + STEP).floor();
        let mut left = kept - kept_before;
        kept_before = kept;
        for one in group {
            let gone = (steps(one) - left).max(0.0);
            left -= steps(one) - gone;
            if gone > 0.0 {
                fallen.push((one, gone * step));
            }
        }
    }
    fallen
}

/// What the plan years pay for posts while they are away.
fn allowances(case: &Case, one: &Move, units: f64) -> Money {
    let dues = case.dues(one.measure, one.year, units);
    let within = dues.iter().filter(|&(at, _)| at < case.horizon.years);
    within.map(|(_, due)| due).sum()
}

/// The rows without what does not move, on both sides.
fn without(rows: &[PlanRow], mut away: BTreeMap<Side, f64>) -> Vec<PlanRow> {
    let mut rows = rows.to_vec();
    for row in &mut rows {
        let side = (row.school, row.measure, row.year, row.units < 0.0);
        if let Some(away) = away.get_mut(&side) {
            let taken = away.min(row.units.abs());
            *away -= taken;
            row.units -= taken.copysign(row.units);
        }
    }
    rows
}
