//! Rows of an earlier plan that the planner has fixed.

use crate::words::{FundIx, MeasureIx, Money, SchoolIx, YearIx};

/// A measure held as the planner wrote it, as far as one fund pays it.
#[derive(Clone, PartialEq, Debug)]
pub struct Kept {
    /// The school.
    pub school: SchoolIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year in which it starts.
    pub year: YearIx,
    /// Units brought; negative when a rotation takes them away.
    pub units: f64,
    /// Who pays.
    pub fund: Option<FundIx>,
    /// What it pays in each period, main units exact to the hundredth.
    pub payments: Vec<Money>,
}

/// Units held for one measure at one school and year: (brought, taken away); `None` when nothing is held there.
pub(super) fn held(
    kept: &[&Kept],
    school: SchoolIx,
    measure: MeasureIx,
    year: YearIx,
) -> Option<(f64, f64)> {
    let mut found = None;
    for row in kept
        .iter()
        .filter(|row| (row.school, row.measure, row.year) == (school, measure, year))
    {
        let (brought, taken) = found.get_or_insert((0.0, 0.0));
        if row.units >= 0.0 {
            *brought += row.units;
        } else {
            *taken -= row.units;
        }
    }
    found
}
