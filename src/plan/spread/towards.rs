//! Dealing out towards what values say of each school, rather than lowest attainment first.

use std::collections::BTreeMap;

use crate::formulate::{ColKey, Formulated};
use crate::plan::waterfill::whole;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// What becomes of the parts of steps that schools are to get.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Parts {
    /// The largest become whole steps, also where a school has room for a part of one only.
    RoundedUp,
    /// The largest become whole steps where there is room for a whole one.
    WhereRoom,
    /// They are left over: what money is left buys where it closes most gap.
    LeftOver,
}

impl Parts {
    /// All of them.
    pub const ALL: [Parts; 3] = [Parts::RoundedUp, Parts::WhereRoom, Parts::LeftOver];
}

/// What each school is to be brought and what is to be taken from it.
#[derive(Clone, Debug)]
pub struct Towards {
    parts: Parts,
    brought: BTreeMap<(YearIx, MeasureIx, SchoolIx), f64>,
    taken: BTreeMap<(YearIx, MeasureIx, SchoolIx), f64>,
}

impl Towards {
    /// What values of a program say.
    pub fn of(form: &Formulated, values: &[f64], parts: Parts) -> Towards {
        let mut towards = Towards {
            parts,
            brought: BTreeMap::new(),
            taken: BTreeMap::new(),
        };
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

    /// The least room, in steps, for which a part of a step becomes a whole one; `None` where none does. A posting is
    /// not bought with what is left over, so that its parts are always rounded up.
    pub(super) fn least_room(&self, rotates: bool, sometimes: bool) -> Option<f64> {
        match self.parts {
            _ if sometimes && rotates => Some(STEP),
            Parts::RoundedUp if sometimes => Some(STEP),
            Parts::LeftOver if !rotates => None,
            _ => Some(1.0 - STEP),
        }
    }

    /// Units that a school is to be brought (or, else, that are to be taken from it).
    pub(super) fn units(&self, at: &(YearIx, MeasureIx, SchoolIx), brings: bool) -> f64 {
        let side = if brings { &self.brought } else { &self.taken };
        side.get(at).copied().unwrap_or(0.0)
    }
}

/// Shares out whole steps: to each the whole part of what it is to get, as far as it has room, and then one step each
/// where most of a step was cut off (largest remainder), the first where they tie. Wants and rooms are counted in steps;
/// one step more is given where there is `least` room for it, nowhere when that is `None`. What is not wanted stays.
pub(super) fn share_out(
    wants: &[f64],
    rooms: &[f64],
    mut steps: u64,
    least: Option<f64>,
) -> Vec<u64> {
    let mut given = vec![0; wants.len()];
    for (at, given) in given.iter_mut().enumerate() {
        *given = whole(wants[at].min(rooms[at])).min(steps);
        steps -= *given;
    }
    let left = |at: usize| wants[at] - given[at] as f64;
    let has_room = |at: usize| least.is_some_and(|least| rooms[at] - given[at] as f64 >= least);
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

    const WHOLE: Option<f64> = Some(1.0);
    const PART: Option<f64> = Some(0.1);

    #[test]
    fn whole_parts_first_and_then_the_largest_remainders() {
        assert_eq!(share_out(&[1.2, 0.7, 2.1], &[5.0; 3], 4, WHOLE), [1, 1, 2]);
        assert_eq!(share_out(&[0.5, 0.5], &[5.0; 2], 1, WHOLE), [1, 0]);
    }

    #[test]
    fn nobody_gets_more_than_there_is_room_for() {
        assert_eq!(share_out(&[2.6, 1.0], &[2.6, 9.0], 4, PART), [3, 1]);
        assert_eq!(share_out(&[2.6, 1.0], &[2.6, 9.0], 4, WHOLE), [2, 1]);
        assert_eq!(share_out(&[0.0, 0.4], &[9.0, 9.0], 3, PART), [0, 1]);
        assert_eq!(share_out(&[2.6, 1.0], &[9.0, 9.0], 4, None), [2, 1]);
    }
}
