//! What is done whatever comes: the decisions of the first years on which all candidates agree.

use std::collections::BTreeMap;

use super::Candidate;
use crate::case::Case;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, YearIx};

/// A measure begun in one of the first years, over all candidates.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Agreed {
    /// The plan year in which it is begun.
    pub year: YearIx,
    /// The measure.
    pub measure: MeasureIx,
    /// Units that every candidate brings, and to the same schools.
    pub same: f64,
    /// At how many schools these are.
    pub schools: usize,
    /// Units of the candidate that brings the fewest.
    pub least: f64,
    /// Units of the candidate that brings the most.
    pub most: f64,
}

impl Agreed {
    /// What some of its units cost at first (main units of money), at the prices of a case.
    pub fn money(&self, case: &Case, units: f64) -> f64 {
        units * case.price(self.measure, self.year, self.year.at())
    }
}

/// What candidates bring by year and measure: agreed, and most and least. In order of year and file. Less than the
/// smallest amount that is handed out is nothing: what a solver leaves of zero, or what nobody could bring.
pub fn agreed(case: &Case, candidates: &[&Candidate]) -> Vec<Agreed> {
    let step = |measure: MeasureIx| case.step(measure);
    let mut totals: BTreeMap<(YearIx, MeasureIx), Vec<f64>> = BTreeMap::new();
    for (at, candidate) in candidates.iter().enumerate() {
        for (one, units) in candidate.units.iter().filter(|(one, _)| !one.gives) {
            let total = totals
                .entry((one.year, one.measure))
                .or_insert_with(|| vec![0.0; candidates.len()]);
            total[at] += units;
        }
    }
    let mut same: BTreeMap<(YearIx, MeasureIx), (f64, usize)> = BTreeMap::new();
    if let Some((first, others)) = candidates.split_first() {
        for (one, units) in first.units.iter().filter(|(one, _)| !one.gives) {
            let all = others.iter().map(|other| other.units.get(one).copied());
            let least = all.fold(*units, |least, other| least.min(other.unwrap_or(0.0)));
            if least > STEP * step(one.measure) {
                let (units, schools) = same.entry((one.year, one.measure)).or_default();
                *units += least;
                *schools += 1;
            }
        }
    }
    let agreed = totals.into_iter().map(|((year, measure), totals)| {
        let is_something = |units: f64| units >= step(measure) * (1.0 - STEP);
        let same = same.get(&(year, measure)).copied();
        let (same, schools) = same
            .filter(|(same, _)| is_something(*same))
            .unwrap_or_default();
        let least = totals.iter().copied().fold(f64::INFINITY, f64::min);
        Agreed {
            year,
            measure,
            same,
            schools,
            least: if is_something(least) { least } else { 0.0 },
            most: totals.iter().copied().fold(0.0, f64::max),
        }
    });
    let is_something = |one: &Agreed| one.most >= step(one.measure) * (1.0 - STEP);
    agreed.filter(is_something).collect()
}
