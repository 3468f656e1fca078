//! Dealing out towards what values say of each school, rather than lowest attainment first.

use std::collections::BTreeMap;

use crate::formulate::{ColKey, Formulated};
use crate::plan::waterfill::whole;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// What each school is to be brought and what is to be taken from it.
#[derive(Clone, Debug, Default)]
pub struct Towards {
    brought: BTreeMap<(YearIx, MeasureIx, SchoolIx), f64>,
    taken: BTreeMap<(YearIx, MeasureIx, SchoolIx), f64>,
}

impl Towards {
    /// What values of a program say.
    pub fn of(form: &Formulated, values: &[f64]) -> Towards {
        let mut towards = Towards::default();
        for (key, &value) in form.cols.iter().zip(values) {
            match *key {
                ColKey::Supply {
                    school,
                    measure,
                    year,
                } => towards.brought.insert((year, measure, school), value),
                ColKey::Give {
                    school,
                    measure,
                    year,
                } => towards.taken.insert((year, measure, school), value),
                _ => None,
            };
        }
        towards
    }

    /// Units that a school is to be brought (or, else, that are to be taken from it).
    pub(super) fn units(&self, at: &(YearIx, MeasureIx, SchoolIx), brings: bool) -> f64 {
        let side = if brings { &self.brought } else { &self.taken };
        side.get(at).copied().unwrap_or(0.0)
    }
}

/// Shares out whole steps: to each the whole part of what it is to get, as far as it has room, and then one step each
/// where most of a step was cut off (largest remainder), the first where they tie. Wants and rooms are counted in steps;
/// room for a part of a step is taken for a whole one where `beyond` says so. What is not wanted stays.
pub(super) fn share_out(wants: &[f64], rooms: &[f64], mut steps: u64, beyond: bool) -> Vec<u64> {
    let mut given = vec![0; wants.len()];
    for (at, given) in given.iter_mut().enumerate() {
        *given = whole(wants[at].min(rooms[at])).min(steps);
        steps -= *given;
    }
    let left = |at: usize| wants[at] - given[at] as f64;
    let has_room = |at: usize| {
        let room = rooms[at] - given[at] as f64;
        room >= if beyond { STEP } else { 1.0 - STEP }
    };
    let mut open: Vec<usize> = (0..wants.len())
        .filter(|&at| left(at) > STEP && has_room(at))
        .collect();
    open.sort_by(|&one, &other| left(other).total_cmp(&left(one)).then(one.cmp(&other)));
    for at in open
        .into_iter()
        .take(usize::try_from(steps).unwrap_or(usize::MAX))
    {
        given[at] += 1;
    }
    given
}

#[cfg(test)]
mod tests {
    use super::share_out;

    #[test]
    fn whole_parts_first_and_then_the_largest_remainders() {
        assert_eq!(share_out(&[1.2, 0.7, 2.1], &[5.0; 3], 4, false), [1, 1, 2]);
        assert_eq!(share_out(&[0.5, 0.5], &[5.0; 2], 1, false), [1, 0]);
    }

    #[test]
    fn nobody_gets_more_than_there_is_room_for() {
        assert_eq!(share_out(&[2.6, 1.0], &[2.6, 9.0], 4, true), [3, 1]);
        assert_eq!(share_out(&[2.6, 1.0], &[2.6, 9.0], 4, false), [2, 1]);
        assert_eq!(share_out(&[0.0, 0.4], &[9.0, 9.0], 3, true), [0, 1]);
    }
}
