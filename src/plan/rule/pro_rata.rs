//! Pro rata: every shortfall gets the same part of what it lacks, as far as the money goes that may pay for it.

use super::raise::Raise;
use crate::plan::topup::At;
use crate::plan::waterfill::whole;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// In how many equal parts shortfalls are closed, all together: money of a fund reaches all of them within a part.
const PARTS: u32 = 100;

/// A shortfall of a year, and how it can be closed.
struct Shortfall {
    school: SchoolIx,
    /// What closes it, best value first.
    measures: Vec<MeasureIx>,
    units: f64,
    given: f64,
}

impl Raise<'_, '_> {
    /// Makes the plan, year by year. What neighbours can spare is shared out like money: by the same part of what is short.
    pub fn pro_rata(&mut self) {
        for year in self.books.case.open_years() {
            let mut all = self.shortfalls(year);
            for part in 1..=PARTS {
                self.fill_quotas();
                for one in &mut all {
                    self.give(one, year, f64::from(part) / f64::from(PARTS));
                }
            }
            // Small schools often lack part of a unit only.
            for one in &all {
                for &measure in &one.measures {
                    self.complete((year, measure, one.school));
                }
            }
        }
    }

    /// Raises what a shortfall has been given to a part of it.
    fn give(&mut self, one: &mut Shortfall, year: YearIx, part: f64) {
        for &measure in &one.measures {
            let step = self.step(measure);
            let steps = whole((one.units * part - one.given) / step);
            one.given += self.hand_out((year, measure, one.school), steps) as f64 * step;
        }
    }

    /// Hands out steps, all of them or, of what neighbours give, as many as they can spare; how many it were.
    fn hand_out(&mut self, at: At, steps: u64) -> u64 {
        if steps == 0 {
            return 0;
        }
        if self.rotates(at.1) {
            return self.post(at, steps);
        }
        match self.books.add(at, at.2, steps, None) {
            true => steps,
            false => 0,
        }
    }

    /// What is short in a year, in file order.
    fn shortfalls(&self, year: YearIx) -> Vec<Shortfall> {
        let case = self.books.case;
        let mut found = Vec::new();
        for school in case.schools.ids() {
            for resource in case.resources.ids() {
                let closes = |measure: &MeasureIx| {
                    case.measures[*measure].resource == resource && self.serves(*measure, school)
                };
                let mut measures: Vec<MeasureIx> = case.measures.ids().filter(closes).collect();
                let value = |measure: MeasureIx| self.books.value((year, measure, school));
                measures.sort_by(|&one, &other| value(other).total_cmp(&value(one)));
                let units = measures
                    .iter()
                    .map(|&measure| self.below((year, measure, school), 1.0));
                let units = units.fold(0.0, f64::max);
                if units > 0.0 {
                    found.push(Shortfall {
                        school,
                        measures,
                        units,
                        given: 0.0,
                    });
                }
            }
        }
        found
    }
}
