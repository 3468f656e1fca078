//! Like schools: what is usual among them, and what is far from it.

use std::collections::BTreeMap;

use crate::case::{Case, Stage};
use crate::words::{AreaIx, SchoolIx};

/// Fewer schools tell nothing about what is usual.
const LEAST: usize = 10;

/// The quantiles between which a value is taken to lie where nothing better is known.
const ENDS: (f64, f64) = (0.1, 0.9);

/// A value is outlying this many times the distance of the quartiles beyond them (Tukey 1977: "far out"), on the
/// logarithmic scale, since shares of a standard differ by factors.
const FAR_OUT: f64 = 3.0;

/// The least distance of the quartiles, as a logarithm: where half the schools have the very same, a fifth more or less
/// is no outlier.
const LEAST_SPREAD: f64 = 0.2;

/// No value at all is outlying where no more than this share of like schools have none.
const FEW_ZEROS: f64 = 0.05;

/// Which schools count as like.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Alike {
    /// Those of the same stage in the same kind of area.
    StageAndArea,
    /// Those of the same stage.
    Stage,
    /// All of the case.
    All,
}

/// What is usual among like schools.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Peers {
    /// Which they are.
    pub alike: Alike,
    /// How many of them the value is known of.
    pub schools: usize,
    /// The lower end of what is usual: the value below which a tenth of them lie.
    pub low: f64,
    /// The upper end: a tenth lie above.
    pub high: f64,
}

/// The values of the schools of a case in one respect, such as stock over requirement.
pub(super) struct Spread {
    by_both: BTreeMap<(Stage, AreaIx), Vec<f64>>,
    by_stage: BTreeMap<Stage, Vec<f64>>,
    all: Vec<f64>,
}

impl Spread {
    /// The values as far as they are known.
    pub(super) fn of(case: &Case, value: impl Fn(SchoolIx) -> Option<f64>) -> Spread {
        let mut spread = Spread {
            by_both: BTreeMap::new(),
            by_stage: BTreeMap::new(),
            all: Vec::new(),
        };
        for (at, school) in case.schools.pairs() {
            if let Some(value) = value(at).filter(|value| value.is_finite()) {
                let both = (school.stage, school.area);
                spread.by_both.entry(both).or_default().push(value);
                spread.by_stage.entry(school.stage).or_default().push(value);
                spread.all.push(value);
            }
        }
        let groups = spread.by_both.values_mut();
        let groups = groups.chain(spread.by_stage.values_mut());
        for values in groups.chain([&mut spread.all]) {
            values.sort_by(f64::total_cmp);
        }
        spread
    }

    /// The closest group of like schools that is large enough, its values ascending.
    fn like(&self, case: &Case, school: SchoolIx) -> Option<(Alike, &[f64])> {
        let stated = &case.schools[school];
        let both = self.by_both.get(&(stated.stage, stated.area));
        let stage = self.by_stage.get(&stated.stage);
        let groups = [
            (Alike::StageAndArea, both),
            (Alike::Stage, stage),
            (Alike::All, Some(&self.all)),
        ];
        groups.into_iter().find_map(|(alike, values)| {
            let values = values.filter(|values| values.len() >= LEAST)?;
            Some((alike, values.as_slice()))
        })
    }

    /// What is usual among schools like this one; `None` where too few are known.
    pub(super) fn peers(&self, case: &Case, school: SchoolIx) -> Option<Peers> {
        let (alike, values) = self.like(case, school)?;
        Some(Peers {
            alike,
            schools: values.len(),
            low: quantile(values, ENDS.0),
            high: quantile(values, ENDS.1),
        })
    }

    /// Whether a value is far out among schools like this one.
    pub(super) fn is_outlying(&self, case: &Case, school: SchoolIx, value: f64) -> bool {
        let Some((_, values)) = self.like(case, school) else {
            return false;
        };
        let zeros = values.partition_point(|value| *value <= 0.0);
        if value <= 0.0 {
            return (zeros as f64) <= FEW_ZEROS * values.len() as f64;
        }
        let positive = &values[zeros..];
        if positive.len() < LEAST {
            return false;
        }
        let (lower, upper) = (quantile(positive, 0.25).ln(), quantile(positive, 0.75).ln());
        let reach = FAR_OUT * (upper - lower).max(LEAST_SPREAD);
        value.ln() < lower - reach || value.ln() > upper + reach
    }
}

/// The value of ascending ones next to this share of the way up.
fn quantile(values: &[f64], share: f64) -> f64 {
    values[((values.len() - 1) as f64 * share).round() as usize]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn spread(all: &[f64]) -> Spread {
        let mut all = all.to_vec();
        all.sort_by(f64::total_cmp);
        Spread {
            by_both: BTreeMap::new(),
            by_stage: BTreeMap::new(),
            all,
        }
    }

    #[test]
    fn quantiles_are_values_of_their_own() {
        let values: Vec<f64> = (0..=10).map(f64::from).collect();
        let found = [0.1, 0.25, 0.5, 0.9].map(|share| quantile(&values, share));
        assert_eq!(found, [1.0, 3.0, 5.0, 9.0]);
        assert_eq!(spread(&values).all.len(), 11);
    }
}
