//! What a scope covers, as sets that can be compared.

use crate::case::{Case, Scope};
use crate::words::{MeasureIx, SchoolIx};

/// Measures and schools covered by a scope: all pairs of one and the other.
pub(super) struct Covered {
    measures: Bits,
    schools: Bits,
}

impl Covered {
    /// What the scope covers in the case.
    pub(super) fn of(case: &Case, scope: &Scope) -> Covered {
        Covered {
            measures: case
                .measures
                .ids()
                .map(|measure| scope.covers_measure(case, measure))
                .collect(),
            schools: case
                .schools
                .ids()
                .map(|school| scope.covers_school(case, school))
                .collect(),
        }
    }

    /// Whether everything in here is in there too.
    pub(super) fn inside(&self, other: &Covered) -> bool {
        self.measures.inside(&other.measures) && self.schools.inside(&other.schools)
    }

    /// Whether nothing is in both.
    pub(super) fn apart_from(&self, other: &Covered) -> bool {
        self.measures.apart_from(&other.measures) || self.schools.apart_from(&other.schools)
    }

    /// Whether this measure at this school is covered.
    pub(super) fn has(&self, measure: MeasureIx, school: SchoolIx) -> bool {
        self.measures.has(measure.at()) && self.schools.has(school.at())
    }

    /// The measures covered that may be used at the schools covered, each with such schools, as the case stands.
    pub(super) fn pairs<'a>(
        &'a self,
        case: &'a Case,
    ) -> impl Iterator<Item = (MeasureIx, SchoolIx)> + 'a {
        let measures = case
            .measures
            .ids()
            .filter(|measure| self.measures.has(measure.at()));
        measures.flat_map(move |measure| {
            let scope = &case.measures[measure].scope;
            let schools = case
                .schools
                .ids()
                .filter(|school| self.schools.has(school.at()));
            schools
                .filter(|school| scope.covers_school(case, *school))
                .map(move |school| (measure, school))
        })
    }
}

/// A set of positions.
struct Bits(Vec<u64>);

impl FromIterator<bool> for Bits {
    fn from_iter<I: IntoIterator<Item = bool>>(members: I) -> Self {
        let mut words = Vec::new();
        for (at, member) in members.into_iter().enumerate() {
            if at % 64 == 0 {
                words.push(0);
            }
            words[at / 64] |= u64::from(member) << (at % 64);
        }
        Bits(words)
    }
}

impl Bits {
    fn inside(&self, other: &Bits) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(own, others)| own & !others == 0)
    }

    fn apart_from(&self, other: &Bits) -> bool {
        self.0
            .iter()
            .zip(&other.0)
            .all(|(own, others)| own & others == 0)
    }

    fn has(&self, at: usize) -> bool {
        self.0
            .get(at / 64)
            .is_some_and(|word| word >> (at % 64) & 1 == 1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sets_compare_across_words() {
        let evens: Bits = (0..130).map(|at| at % 2 == 0).collect();
        let fours: Bits = (0..130).map(|at| at % 4 == 0).collect();
        let odds: Bits = (0..130).map(|at| at % 2 == 1).collect();
        assert!(fours.inside(&evens) && !evens.inside(&fours));
        assert!(evens.apart_from(&odds) && !evens.apart_from(&fours));
        assert!(evens.has(128) && !evens.has(129) && !evens.has(1000));
    }
}
