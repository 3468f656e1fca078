//! Water-filling: what is handed out raises the lowest attainment first.

use crate::words::sum::sum;
use crate::words::tolerance::STEP;

/// One who may receive (or give).
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Vessel {
    /// What it has, in units.
    pub has: f64,
    /// What it should have, in units, above 0: attainment is `has / wants`.
    pub wants: f64,
    /// The most it can take, in units.
    pub room: f64,
}

/// Hands out `steps` times `step` units so that the lowest attainment rises first; equal ones are served in order.
/// Returns steps per vessel. What nobody has room for stays. A vessel may be filled past its room by less than a
/// step, but only when no other has room for a whole one.
pub fn fill(vessels: &[Vessel], steps: u64, step: f64) -> Vec<u64> {
    let level = level_for(vessels, steps as f64 * step);
    let mut given: Vec<u64> = vessels
        .iter()
        .map(|vessel| whole(share_at(vessel, level) / step))
        .collect();
    let mut left = steps.saturating_sub(given.iter().sum());
    for whole_steps_only in [true, false] {
        left = top_up(vessels, &mut given, left, step, whole_steps_only);
    }
    given
}

/// Takes `steps` times `step` units so that the highest attainment falls first. `room` is what a vessel can give;
/// nobody gives more than its room in whole steps.
pub fn drain(vessels: &[Vessel], steps: u64, step: f64) -> Vec<u64> {
    // Draining is filling of the mirror image: the highest attainment becomes the lowest.
    let mirrored: Vec<Vessel> = vessels
        .iter()
        .map(|vessel| Vessel {
            has: -vessel.has,
            wants: vessel.wants,
            room: whole(vessel.room / step) as f64 * step,
        })
        .collect();
    fill(&mirrored, steps, step)
}

/// The largest whole number not above `value`, forgiving what a solver leaves below it.
pub fn whole(value: f64) -> u64 {
    (value + STEP).floor().max(0.0) as u64
}

fn share_at(vessel: &Vessel, level: f64) -> f64 {
    (level * vessel.wants - vessel.has).clamp(0.0, vessel.room.max(0.0))
}

/// The attainment up to which `amount` fills the vessels: by bisection between the lowest and the highest edge, to
/// the last bit, so that the same vessels always give the same level.
fn level_for(vessels: &[Vessel], amount: f64) -> f64 {
    let total = |level: f64| sum(vessels.iter().map(|vessel| share_at(vessel, level)));
    let edge = |vessel: &Vessel| {
        (
            vessel.has / vessel.wants,
            (vessel.has + vessel.room.max(0.0)) / vessel.wants,
        )
    };
    let mut low = vessels
        .iter()
        .map(|vessel| edge(vessel).0)
        .fold(f64::INFINITY, f64::min);
    let mut high = vessels
        .iter()
        .map(|vessel| edge(vessel).1)
        .fold(f64::NEG_INFINITY, f64::max);
    // No vessel at all leaves the edges crossed.
    if low >= high || total(high) <= amount {
        return high;
    }
    loop {
        let middle = low + (high - low) / 2.0;
        if middle <= low || middle >= high {
            return low;
        }
        if total(middle) <= amount {
            low = middle
        } else {
            high = middle
        }
    }
}

/// One step each, lowest attainment first, until `left` is used up or nobody has room. Returns what is left.
fn top_up(
    vessels: &[Vessel],
    given: &mut [u64],
    mut left: u64,
    step: f64,
    whole_steps_only: bool,
) -> u64 {
    let least = if whole_steps_only {
        step
    } else {
        2.0 * STEP * step
    };
    let takes =
        |vessel: &Vessel, given: u64| vessel.room - given as f64 * step + STEP * step >= least;
    let attained = |vessel: &Vessel, given: u64| (vessel.has + given as f64 * step) / vessel.wants;
    // Who has no room in one round has none in the next, so that all rounds together cost what they hand out.
    let mut open: Vec<(f64, usize)> = (0..vessels.len()).map(|at| (0.0, at)).collect();
    while left > 0 {
        open.retain(|&(_, at)| takes(&vessels[at], given[at]));
        if open.is_empty() {
            break;
        }
        for (attainment, at) in &mut open {
            *attainment = attained(&vessels[*at], given[*at]);
        }
        open.sort_unstable_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        for &(_, at) in open
            .iter()
            .take(usize::try_from(left).unwrap_or(usize::MAX))
        {
            given[at] += 1;
            left -= 1;
        }
    }
    left
}

#[cfg(test)]
mod tests {
    use super::*;

    fn vessel(has: f64, wants: f64) -> Vessel {
        Vessel {
            has,
            wants,
            room: wants - has,
        }
    }

    #[test]
    fn the_lowest_rises_first() {
        let vessels = [vessel(8.0, 10.0), vessel(2.0, 10.0), vessel(4.0, 10.0)];
        assert_eq!(fill(&vessels, 2, 1.0), [0, 2, 0]);
        assert_eq!(fill(&vessels, 6, 1.0), [0, 4, 2]);
        assert_eq!(fill(&vessels, 16, 1.0), [2, 8, 6]);
    }

    #[test]
    fn equal_vessels_differ_by_one_step_at_most() {
        let vessels = [vessel(0.0, 5.0); 4];
        assert_eq!(fill(&vessels, 6, 1.0), [2, 2, 1, 1]);
    }

    #[test]
    fn what_nobody_has_room_for_stays() {
        let vessels = [vessel(9.0, 10.0), vessel(8.5, 10.0)];
        assert_eq!(fill(&vessels, 10, 1.0), [1, 2]);
    }

    #[test]
    fn the_richest_gives_first_and_never_below_its_room() {
        let vessels = [
            Vessel {
                has: 15.0,
                wants: 10.0,
                room: 5.0,
            },
            Vessel {
                has: 12.5,
                wants: 10.0,
                room: 2.5,
            },
        ];
        assert_eq!(drain(&vessels, 3, 1.0), [3, 0]);
        assert_eq!(drain(&vessels, 9, 1.0), [5, 2]);
    }
}
