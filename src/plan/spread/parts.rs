//! Parts of steps: what is rounded away of totals, and what schools lack a part of at last.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::{Dealer, Total, count};
use crate::case::{Bound, Case, Each, Quota, Rule};
use crate::plan::pools::Pool;
use crate::plan::waterfill::{Vessel, whole};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// Up to how many steps are handed out one by one where they close most gap.
pub(super) const MANY: u64 = 20_000;

/// Who may get the next step, and what it closes there. The greatest is who gets it.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Next {
    /// Whether it lacks anything as soon as the step serves; what is lacked later only can be had later.
    lacks: bool,
    gained: f32,
    attained: f64,
    at: usize,
}

impl Eq for Next {}

impl Ord for Next {
    fn cmp(&self, other: &Self) -> Ordering {
        self.lacks
            .cmp(&other.lacks)
            .then(self.gained.total_cmp(&other.gained))
            .then(other.attained.total_cmp(&self.attained))
            .then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Next {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Whether a step of a measure more than the optimum's total breaks no rule but a quota of units over all schools: that is
/// looked after.
pub(super) fn rounds_up(case: &Case, measure: MeasureIx) -> bool {
    case.policies.iter().all(|policy| match &policy.rule {
        Rule::Share { bound, .. } => *bound == Bound::Min,
        Rule::Quota {
            bound,
            amount,
            each,
            ..
        } => {
            *bound == Bound::Min
                || !policy.scope.covers_measure(case, measure)
                || (*each == Each::All && !matches!(amount, Quota::Money(_)))
        }
        Rule::Target { .. } | Rule::Indicators { .. } | Rule::Forbid => true,
        Rule::Stay { .. } | Rule::Differences { .. } => false,
    })
}

impl Dealer<'_> {
    /// Brings each pool the whole steps of its total, and what was rounded away, in this year and those before, to where
    /// most was, as soon as that adds up to a step.
    pub(super) fn bring_all<'p>(
        &mut self,
        here: impl Iterator<Item = (usize, &'p Pool, Total)>,
        measure: MeasureIx,
        year: YearIx,
    ) {
        let step = self.step(measure);
        let mut parts: Vec<(f64, usize, &Pool)> = Vec::new();
        for (at, pool, total) in here {
            let steps = self.steps(measure, total.brought);
            let placed = count(&self.bring(pool, measure, year, steps));
            let before = self.parts.get(&(measure, at)).copied().unwrap_or(0.0);
            let part = before + total.brought / step - steps as f64;
            // Where there was no room for all, there is none for more.
            if (placed == steps || self.in_projects(measure)) && part > STEP {
                parts.push((part, at, pool));
            }
        }
        let mut left = match self.rounds_up[measure.at()] {
            true => whole(parts.iter().map(|part| part.0).sum()),
            false => 0,
        };
        // Steps that make no project yet wait there, and are not lost.
        let wait = self.in_projects(measure);
        parts.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
        for (part, at, pool) in parts {
            let more = left
                .min(1)
                .min(self.allowed(pool.schools[0], measure, year))
                .min(self.affordable(pool.schools[0], measure, year));
            let placed = count(&self.bring(pool, measure, year, more));
            let placed = if wait { more } else { placed };
            left -= placed;
            self.parts.insert((measure, at), part - placed as f64);
        }
    }

    /// Hands out steps of which schools lack a part only, or in some periods only: first to those that lack it at once,
    /// where a step closes most gap, among equals where least has been attained, then in order. Returns steps per vessel.
    pub(super) fn by_gain(
        &self,
        schools: &[SchoolIx],
        vessels: &[Vessel],
        (measure, year): (MeasureIx, YearIx),
        steps: u64,
    ) -> Vec<u64> {
        let step = self.step(measure);
        let mut given = vec![0_u64; schools.len()];
        let next = |at: usize, given: u64| {
            let (vessel, units) = (&vessels[at], given as f64 * step);
            let gain = |units: f64| {
                let school = schools[at];
                self.course.gain(self.case, school, measure, year, units)
            };
            // In single precision, so that what is equal but for rounding ties.
            let gained = (gain(units + step) - gain(units)) as f32;
            let open = vessel.room - units >= STEP * step && gained > 0.0;
            let attained = (vessel.has + units) / vessel.wants;
            open.then_some(Next {
                lacks: attained < 1.0 - STEP,
                gained,
                attained,
                at,
            })
        };
        let mut open: BinaryHeap<Next> = (0..schools.len()).filter_map(|at| next(at, 0)).collect();
        for _ in 0..steps {
            let Some(first) = open.pop() else { break };
            given[first.at] += 1;
            open.extend(next(first.at, given[first.at]));
        }
        given
    }
}
