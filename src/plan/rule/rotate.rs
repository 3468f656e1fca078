//! Rotation by a rule: posts leave the neighbours that can best spare them.

use super::raise::Raise;
use crate::plan::ledger::Demand;
use crate::plan::topup::At;
use crate::words::SchoolIx;

impl Raise<'_, '_> {
    /// Brings posts one by one, each from the neighbour that has most of its standard and keeps it; says whether any
    /// were brought.
    pub fn post(&mut self, at: At, posts: u64) -> bool {
        let mut brought = false;
        for _ in 0..posts {
            let Some(donor) = self.donor(at) else {
                break;
            };
            if !self.books.add(at, donor, 1, None) {
                break;
            }
            brought = true;
        }
        brought
    }

    /// Moves the posts that the rules of the case demand, each to the school that has least of its standard, before the
    /// money for them is gone. What cannot be moved so is left to be exchanged, one post against another.
    pub fn fill_quotas(&mut self) {
        while !self.stuck
            && let Some(demand) = self.books.ledger.unmet_quota()
        {
            self.stuck = !self.fill(&demand);
        }
    }

    /// Moves one post that a demand asks for; says whether one was moved.
    fn fill(&mut self, demand: &Demand) -> bool {
        let case = self.books.case;
        let years = case.open_years();
        let years = years.filter(|&year| demand.year.is_none_or(|at| at == year));
        let mut places: Vec<(f64, At)> = Vec::new();
        for year in years {
            for measure in case.measures.ids().filter(|&one| self.rotates(one)) {
                let wanted = |school: &SchoolIx| {
                    self.serves(measure, *school)
                        && demand.wants(case, self.books.ledger.reach(), measure, *school)
                };
                for school in case.schools.ids().filter(wanted) {
                    let at = (year, measure, school);
                    if self.below(at, 1.0) >= self.step(measure) {
                        places.push((self.attained(at), at));
                    }
                }
            }
        }
        places.sort_by(|one, other| one.0.total_cmp(&other.0));
        places.into_iter().any(|(_, at)| self.post(at, 1))
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
                let spare = -course.missing(donor, resource, period);
                match spare >= step && required > 0.0 {
                    true => 1.0 + spare / required,
                    false => 0.0,
                }
            });
            parts.fold(f64::INFINITY, f64::min)
        };
        let mut best = None;
        for donor in self.books.ledger.neighbours(school) {
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
