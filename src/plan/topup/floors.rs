//! Floors that rounding has broken: units for schools that are behind, as far as whole units allow.

use std::collections::BTreeSet;

use super::{At, TopUp};
use crate::words::tolerance::STEP;
use crate::words::{ResourceIx, SchoolIx};

/// How often the needs below their floors are gone through.
const ROUNDS: usize = 3;

/// How many steps may change places so that the lowest have more.
const MOST_SWAPS: usize = 500;

/// How many needs for which nothing can be found end the search.
const MOST_STUCK: usize = 40;

/// At how many places a step is tried for one need.
const PLACES: usize = 3;

impl TopUp<'_, '_> {
    /// Brings needs to their floors, the lowest attainment first, with what is left and with what others have beyond theirs.
    /// What cannot be done in whole units stays: the plan says how far it falls behind.
    pub(super) fn meet_floors(&mut self) {
        if !self.course.has_floors() {
            return;
        }
        for _ in 0..ROUNDS {
            let mut any = false;
            for (school, resource) in self.below_floors() {
                while self.is_below_floor(school, resource) {
                    let places = self.places_for_floor(school, resource);
                    let added = places.iter().any(|&at| self.add(at, school, 1, None));
                    if !added {
                        break;
                    }
                    any = true;
                }
            }
            if !any {
                break;
            }
        }
        self.raise_the_lowest();
    }

    /// Gives needs below their floors steps that others give up who stay above them even so: each time the lowest rise and
    /// nobody comes down to where they were. The lowest that can rise comes first.
    fn raise_the_lowest(&mut self) {
        let mut stuck = BTreeSet::new();
        for _ in 0..MOST_SWAPS {
            let mut next = self.below_floors().into_iter();
            let Some(need) = next.find(|need| !stuck.contains(need)) else {
                break;
            };
            let (school, resource) = need;
            let now = self.course.attained_less(school, resource, 0.0);
            let places = self.places_for_floor(school, resource).into_iter();
            let swapped = places.take(PLACES).any(|at| {
                let before = (self.ledger.clone(), self.course.clone(), self.deal.clone());
                // What a rule demands is not given up for it.
                let swapped = self.add_in_place_of(at, now.or(Some(0.0)))
                    && self.ledger.unmet_demand().is_none();
                if !swapped {
                    (*self.ledger, *self.course, *self.deal) = before;
                }
                swapped
            });
            if !swapped {
                stuck.insert(need);
                if stuck.len() >= MOST_STUCK {
                    break;
                }
            }
        }
    }

    fn is_below_floor(&self, school: SchoolIx, resource: ResourceIx) -> bool {
        let least = STEP * self.case.resources[resource].step;
        self.course.below_floor(school, resource) > least
    }

    /// The needs below their floors, the lowest attainment first; equal ones in file order.
    fn below_floors(&self) -> Vec<(SchoolIx, ResourceIx)> {
        let last = self.case.horizon.years - 1;
        let mut found = Vec::new();
        for school in self.case.schools.ids() {
            for resource in self.case.resources.ids() {
                if self.is_below_floor(school, resource) {
                    let required = self.course.required(school, resource, last);
                    let attained = self.course.stock(school, resource, last) / required;
                    found.push((attained, (school, resource)));
                }
            }
        }
        found.sort_by(|a, b| a.0.total_cmp(&b.0).then(a.1.cmp(&b.1)));
        found.into_iter().map(|(_, need)| need).collect()
    }

    /// Where a step would serve a need in the last plan year: the cheapest measure first, then the latest year.
    fn places_for_floor(&self, school: SchoolIx, resource: ResourceIx) -> Vec<At> {
        let (case, reach) = (self.case, self.ledger.reach());
        let last = case.horizon.years - 1;
        let serves = |at: &At| {
            let stated = &case.measures[at.1];
            stated.brings(resource).is_some()
                && !stated.lever.moves()
                && reach.allows(at.1, school)
                && case.service(at.1, at.0).contains(last)
        };
        let years = case.open_years().rev();
        let all = years.flat_map(|year| {
            let measures = case.measures.ids();
            measures.map(move |measure| (year, measure, school))
        });
        let mut found: Vec<At> = all.filter(serves).collect();
        found.sort_by_key(|at| case.measures[at.1].cost);
        found
    }
}
