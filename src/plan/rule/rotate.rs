//! Rotation by a rule: posts leave the neighbours that can best spare them.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

use super::raise::Raise;
use crate::plan::ledger::Demand;
use crate::plan::topup::At;
use crate::words::{MeasureIx, SchoolIx};

/// Where a post is lacking. The greatest is who has least of the standard; among equals the first.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Place {
    attained: f64,
    at: At,
}

impl Eq for Place {}

impl Ord for Place {
    fn cmp(&self, other: &Self) -> Ordering {
        let attained = other.attained.total_cmp(&self.attained);
        attained.then(other.at.cmp(&self.at))
    }
}

impl PartialOrd for Place {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Raise<'_, '_> {
    /// Brings posts one by one, each from the neighbour that has most of its standard and keeps it; says how many.
    pub fn post(&mut self, at: At, posts: u64) -> u64 {
        let mut brought = 0;
        for _ in 0..posts {
            let Some(donor) = self.donor(at) else {
                break;
            };
            if !self.books.add(at, donor, 1, None) {
                break;
            }
            brought += 1;
        }
        brought
    }

    /// Moves the posts that the rules of the case demand, each to the school that has least of its standard, before the
    /// money for them is gone. What cannot be moved so is left to be exchanged, one post against another.
    pub fn fill_quotas(&mut self) {
        while !self.stuck
            && let Some(demand) = self.books.ledger.unmet_quota()
        {
            self.fill(&demand);
            self.stuck = self.is_unmet(&demand);
        }
    }

    fn is_unmet(&self, demand: &Demand) -> bool {
        let unmet = self.books.ledger.unmet_quota();
        unmet.is_some_and(|unmet| unmet.is_of(demand))
    }

    /// Moves posts that a demand asks for one by one, until it is met or none can be moved any more.
    fn fill(&mut self, demand: &Demand) {
        let mut open: BinaryHeap<Place> = self.in_demand(demand).into();
        while self.is_unmet(demand)
            && let Some(found) = open.pop()
        {
            // A post moved in another year may serve here too.
            let Some(now) = self.place(found.at) else {
                continue;
            };
            if now < found {
                open.push(now);
            } else if self.post(now.at, 1) > 0 {
                open.extend(self.place(now.at));
            }
        }
    }

    /// Where a post would meet a demand.
    fn in_demand(&self, demand: &Demand) -> Vec<Place> {
        let (case, reach) = (self.books.case, self.books.ledger.reach());
        let mut found = Vec::new();
        let county = demand.place.map(|first| case.schools[first].county);
        for kind in reach.kinds_in(county) {
            let first = reach.schools(kind)[0];
            let wanted = |&one: &MeasureIx| {
                self.rotates(one) && reach.rules(demand.policy, one, first) != demand.outside
            };
            for measure in case.measures.ids().filter(wanted) {
                for &school in reach.schools(kind) {
                    if !self.serves(measure, school) || !demand.is_in_place(case, reach, school) {
                        continue;
                    }
                    let years = case.open_years();
                    let years = years.filter(|&year| demand.is_met_by(case, measure, year));
                    found.extend(years.filter_map(|year| self.place((year, measure, school))));
                }
            }
        }
        found
    }

    /// A place as it is now; `None` where no whole post is lacking.
    fn place(&self, at: At) -> Option<Place> {
        (self.below(at, 1.0) >= self.step(at.1)).then(|| Place {
            attained: self.attained(at),
            at,
        })
    }

    /// The part of its standard that a school has when a measure begins to serve.
    fn attained(&self, (year, measure, school): At) -> f64 {
        let case = self.books.case;
        let resource = case.measures[measure].resource;
        let Some(first) = case.service(measure, year).next() else {
            return 1.0;
        };
        let required = self.books.course.required(school, resource, first);
        match required > 0.0 {
            true => 1.0 - self.books.course.missing(school, resource, first) / required,
            false => 1.0,
        }
    }

    /// Of the schools of the same county and stage the one that has most of its standard, the first where they tie; none
    /// that would fall below it.
    fn donor(&self, (year, measure, school): At) -> Option<SchoolIx> {
        let case = self.books.case;
        let resource = case.measures[measure].resource;
        let step = self.step(measure);
        let attained = |donor: SchoolIx| {
            let course = &self.books.course;
            let service = case.service(measure, year);
            let parts = service.map(|period| {
                let required = course.required(donor, resource, period);
                let spare = -course.wanting(&case.measures[measure], donor, period);
                match spare >= step && required > 0.0 {
                    true => 1.0 + spare / required,
                    false => 0.0,
                }
            });
            parts.fold(f64::INFINITY, f64::min)
        };
        let mut best = None;
        for donor in self.books.ledger.neighbours(measure, school) {
            if donor == school || !self.serves(measure, donor) {
                continue;
            }
            let has = attained(donor);
            if has >= 1.0 && best.is_none_or(|(most, _)| has > most) {
                best = Some((has, donor));
            }
        }
        best.map(|(_, donor)| donor)
    }
}
