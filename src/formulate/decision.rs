//! What is decided in a plan year, by which programs of several cases can be compared and joined.

use std::collections::BTreeMap;

use super::{ColKey, Formulated};
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// What one school gets of a measure begun in a plan year, or gives away in a rotation.
///
/// Posts that only change places one against one ([`ColKey::Exchange`]) are none: they leave every stock as it is. Nor is
/// who pays: that follows, by each case's own money, prices and rules.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Decision {
    /// The plan year in which the measure is begun.
    pub year: YearIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The school.
    pub school: SchoolIx,
    /// Whether the school gives, rather than gets.
    pub gives: bool,
}

impl Decision {
    /// What a column decides; `None` when it follows from others.
    pub fn of(key: &ColKey) -> Option<Decision> {
        let (school, measure, year, gives) = match *key {
            ColKey::Supply {
                school,
                measure,
                year,
            } => (school, measure, year, false),
            ColKey::Give {
                school,
                measure,
                year,
            } => (school, measure, year, true),
            _ => return None,
        };
        Some(Decision {
            year,
            measure,
            school,
            gives,
        })
    }
}

/// Units for decisions.
pub type Units = BTreeMap<Decision, f64>;

impl Formulated {
    /// The columns that decide something in the first plan years, with what they decide.
    pub fn decisions(&self, years: usize) -> impl Iterator<Item = (usize, Decision)> {
        let decided = self.cols.iter().map(Decision::of).enumerate();
        decided.filter_map(move |(col, one)| Some((col, one.filter(|one| one.year.at() < years)?)))
    }
}
