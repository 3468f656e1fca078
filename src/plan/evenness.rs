//! Limits on differences among schools while a plan is being put together.

use std::collections::{BTreeMap, BTreeSet};

use super::course::Course;
use crate::case::Case;
use crate::case::balance::{Comparison, comparisons};
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

/// Units of a measure begun in a year that a school is to have more (or, negative, less) of.
pub type Shift = ((YearIx, MeasureIx, SchoolIx), f64);

/// What is compared, and which comparisons a need stands in.
#[derive(Clone, Debug, Default)]
pub struct Evenness {
    comparisons: Vec<Comparison>,
    of_need: BTreeMap<(SchoolIx, ResourceIx), Vec<usize>>,
    /// Whether it does not matter for now.
    pub(super) idle: bool,
}

impl Evenness {
    /// Everything that the rules of a case compare.
    pub fn of(case: &Case) -> Evenness {
        let mut even = Evenness::default();
        if !case.limits_differences() {
            return even;
        }
        even.comparisons = comparisons(case);
        for (at, one) in even.comparisons.iter().enumerate() {
            for part in &one.parts {
                for member in &part.members {
                    let of = (member.school, part.resource);
                    even.of_need.entry(of).or_default().push(at);
                }
            }
        }
        even
    }
}

impl Course {
    /// Everything that is compared.
    pub fn comparisons(&self) -> &[Comparison] {
        &self.evenness().comparisons
    }

    /// What a comparison comes to as things stand; 0 where there is nothing of it.
    pub fn compared(&self, one: &Comparison) -> f64 {
        self.compared_with(one, |_, _| 0.0)
    }

    fn compared_with(&self, one: &Comparison, more: impl Fn(SchoolIx, ResourceIx) -> f64) -> f64 {
        let stock =
            |school, resource| self.stock(school, resource, one.year.at()) + more(school, resource);
        one.value(stock).unwrap_or(0.0)
    }

    /// The comparison that is exceeded most, relative to its limit, with what it comes to.
    pub fn most_uneven(&self) -> Option<(usize, f64)> {
        let all = self.comparisons().iter().enumerate();
        let found = all.filter_map(|(at, one)| {
            let value = self.compared(one);
            (!one.keeps(value)).then_some((at, value, value / one.most))
        });
        let worst = found.reduce(|best, next| if next.2 > best.2 { next } else { best });
        worst.map(|(at, value, _)| (at, value))
    }

    /// Whether some shifts leave every limit on differences kept that is kept now, and make no other one worse.
    pub fn stays_even(&self, case: &Case, shifts: &[Shift]) -> bool {
        let even = self.evenness();
        if even.idle || even.comparisons.is_empty() {
            return true;
        }
        let mut touched = BTreeSet::new();
        for ((_, measure, school), _) in shifts {
            for (resource, _) in case.measures[*measure].serves() {
                touched.extend(even.of_need.get(&(*school, resource)).into_iter().flatten());
            }
        }
        touched.into_iter().all(|&at| {
            let one = &even.comparisons[at];
            let year = one.year.at();
            let more = |school: SchoolIx, resource: ResourceIx| -> f64 {
                let here = shifts.iter().filter(|((_, _, to), _)| *to == school);
                here.map(|((begun, measure, _), units)| {
                    let service = case.service(*measure, *begun);
                    let each = case.measures[*measure].brings(resource).unwrap_or(0.0);
                    match service.contains(year) {
                        true => units * each * service.share(year),
                        false => 0.0,
                    }
                })
                .sum()
            };
            let after = self.compared_with(one, more);
            one.keeps(after) || after <= self.compared(one)
        })
    }
}
