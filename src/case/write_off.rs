//! Stock that falls out of use in a year known beforehand (到期报废): what was bought in a year and has a life, buildings
//! that are to come down, teachers who retire. The need rises by as much, and is met like any other.
//!
//! What is told is when stock bought before the plan wears out; what a plan buys wears out by the life of its measure
//! ([`super::service`]), and both follow the same rule in the period after the plan.

use super::Case;
use crate::words::sum::sum;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// Units of the stock of a school that are of use for the last time in the year before `year`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct WriteOff {
    /// Of which resource.
    pub resource: ResourceIx,
    /// How many; negative where they have gone to another school before, as part of [`super::Arrival`].
    pub units: f64,
    /// The first calendar year in which they are no longer of use.
    pub year: i32,
    /// Whether they came or went with pupils who were sent to another school.
    pub along: bool,
}

/// The first calendar year in which a thing is out of use that was bought in a year and serves so many years, the first
/// of them the year in which it was bought: as with what a plan buys.
pub fn out_of_use(bought: i32, life: usize) -> i32 {
    bought.saturating_add(i32::try_from(life).unwrap_or(i32::MAX))
}

impl Case {
    /// Whether anything falls out of use in a period of the plan or in the terminal period.
    pub fn writes_off(&self) -> bool {
        let mut schools = self.schools.iter();
        let last = self.last_period();
        schools.any(|school| {
            let mut all = school.write_offs.iter();
            all.any(|one| self.share_out_of_use(one.year, last) > 0.0)
        })
    }

    /// Whether anything of a resource does.
    pub fn writes_off_of(&self, resource: ResourceIx) -> bool {
        let last = self.last_period();
        let falls = |school| self.written_off(school, resource, last) != 0.0;
        self.schools.ids().any(falls)
    }

    /// Units of a school's stock of today that have fallen out of use by a period, those among them that are at other
    /// schools by then left out and those that came from others counted in. In the terminal period what falls out of use
    /// within it counts for the part of it in which it is gone.
    pub fn written_off(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> f64 {
        let all = self.schools[school].write_offs.iter();
        let own = all.filter(|one| one.resource == resource);
        sum(own.map(|one| one.units * self.share_out_of_use(one.year, period)))
    }

    /// The part of a period in which what falls out of use in a calendar year is gone.
    fn share_out_of_use(&self, year: i32, period: YearIx) -> f64 {
        let horizon = &self.horizon;
        if !horizon.is_terminal(period) {
            return f64::from(u8::from(horizon.calendar(period) >= year));
        }
        let after = f64::from(year) - f64::from(horizon.calendar(horizon.last())) - 1.0;
        match after <= 0.0 {
            true => 1.0,
            false => 1.0 - (after / horizon.terminal).min(1.0),
        }
    }

    /// What of a school's stock that goes along with pupils falls out of use later, at the school they go to.
    pub(super) fn write_off_elsewhere(
        &mut self,
        (from, to): (SchoolIx, SchoolIx),
        resource: ResourceIx,
        since: YearIx,
    ) {
        let leaves = self.horizon.calendar(since);
        let later = self.schools[from].write_offs.iter();
        let later: Vec<WriteOff> = later
            .filter(|one| one.resource == resource && one.year > leaves)
            .map(|&one| WriteOff { along: true, ..one })
            .collect();
        for one in later {
            let gone = WriteOff {
                units: -one.units,
                ..one
            };
            self.schools[from].write_offs.push(gone);
            self.schools[to].write_offs.push(one);
        }
    }

    fn last_period(&self) -> YearIx {
        YearIx::new(self.horizon.period_count() - 1)
    }
}

#[cfg(test)]
mod tests {
    use super::out_of_use;

    #[test]
    fn the_year_of_buying_is_the_first_of_use() {
        assert_eq!(out_of_use(2020, 6), 2026);
        assert_eq!(out_of_use(i32::MAX, 6), i32::MAX);
    }
}
