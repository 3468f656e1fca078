//! What a unit is worth beside what it takes: the gap it closes, over what its money, its quota and its part in every
//! other limit would close elsewhere, by the prices of the optimum. So a rule knows what is scarce, and when.

use crate::case::Case;
use crate::formulate::{ColKey, Formulated, RowKey};
use crate::plan::course::Course;
use crate::plan::topup::At;

/// What a unit is worth at most that takes nothing scarce.
const FREE: f64 = 1e6;

/// What a unit of every measure takes, by the prices of the optimum.
#[derive(Clone, Debug)]
pub struct Prices {
    measures: usize,
    schools: usize,
    /// Gap index that its part in the limits would close elsewhere, by year, measure and school.
    taken: Vec<f64>,
}

impl Prices {
    /// What a unit of every column takes, by the multipliers of an optimum.
    pub fn of(case: &Case, form: &Formulated, multipliers: &[f64]) -> Prices {
        let mut of_col = vec![0.0; form.cols.len()];
        for ((key, row), price) in form.rows.iter().zip(&form.program.rows).zip(multipliers) {
            if !matches!(key, RowKey::Need { .. }) {
                for &(col, units) in &row.entries {
                    of_col[col] -= price * units;
                }
            }
        }
        let (measures, schools) = (case.measures.len(), case.schools.len());
        let mut prices = Prices {
            measures,
            schools,
            taken: vec![f64::NAN; case.horizon.years * measures * schools],
        };
        for (key, taken) in form.cols.iter().zip(of_col) {
            if let ColKey::Supply {
                school,
                measure,
                year,
            } = *key
            {
                let at = prices.at((year, measure, school));
                prices.taken[at] = taken;
            }
        }
        prices
    }

    fn at(&self, (year, measure, school): At) -> usize {
        (year.at() * self.measures + measure.at()) * self.schools + school.at()
    }

    /// The gap that a first step closes, over what it takes; 0 where the optimum knows of no such thing.
    pub fn worth(&self, case: &Case, course: &Course, at: At) -> f64 {
        let (year, measure, school) = at;
        let step = case.step(measure);
        let gain = course.gain(case, school, measure, year, step);
        let taken = self.taken[self.at(at)] * step;
        match gain > 0.0 {
            true if taken > gain / FREE => gain / taken,
            true if !taken.is_nan() => FREE,
            _ => 0.0,
        }
    }
}
