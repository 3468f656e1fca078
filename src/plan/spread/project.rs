//! Measures that come in projects of a least size: few schools get one each, rather than all a part of one.

use super::Dealer;
use crate::plan::pools::Pool;
use crate::plan::waterfill::{Vessel, fill};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

impl Dealer<'_> {
    /// Brings whole steps to the schools of a pool in projects, those with the lowest attainment first; says to whom. What
    /// makes no project waits for the next year in which the optimum has more of the measure there.
    pub(super) fn bring_projects(
        &mut self,
        pool: &Pool,
        measure: MeasureIx,
        year: YearIx,
        steps: u64,
    ) -> Vec<(SchoolIx, u64)> {
        let (least, step) = (self.case.least_steps(measure), self.step(measure));
        let owed = self.owed.entry((measure, pool.schools[0])).or_default();
        let all = std::mem::take(owed) + steps;
        // What money allows for no more of waits as well.
        let steps = all.min(self.affordable(pool.schools[0], measure, year));
        let mut open = self.open_to_projects(pool, measure, year);
        open.sort_by(|one, other| {
            let attained = |vessel: &Vessel| vessel.has / vessel.wants;
            attained(&one.1).total_cmp(&attained(&other.1))
        });
        let projects = usize::try_from(steps / least).unwrap_or(usize::MAX);
        open.truncate(projects);
        open.sort_by_key(|(school, _)| *school);
        let size = least as f64 * step;
        let more: Vec<Vessel> = open
            .iter()
            .map(|(_, vessel)| Vessel {
                has: vessel.has + size,
                room: vessel.room - size,
                ..*vessel
            })
            .collect();
        let left = steps - least * open.len() as u64;
        let given = fill(&more, left, step);
        let left = left - given.iter().sum::<u64>();
        self.owed
            .insert((measure, pool.schools[0]), left + all - steps);
        let dealt: Vec<(SchoolIx, u64)> = open
            .iter()
            .zip(given)
            .map(|((school, _), more)| (*school, least + more))
            .collect();
        for &(school, steps) in &dealt {
            self.record(school, measure, year, steps as f64 * step);
        }
        dealt
    }

    /// The schools of a pool that have use for a project, with what they have, want and have room for: a project is brought
    /// whole although the school needs less.
    fn open_to_projects(
        &self,
        pool: &Pool,
        measure: MeasureIx,
        year: YearIx,
    ) -> Vec<(SchoolIx, Vessel)> {
        let (resource, step) = (pool.resource, self.step(measure));
        let size = self.case.least_steps(measure) as f64 * step;
        let service = self.case.service(measure, year);
        let schools = pool.schools.iter().copied();
        let allowed = schools.filter(|&school| self.form.reach.allows(measure, school));
        let vessel = |school: SchoolIx| {
            let asked = |&period: &usize| self.course.required(school, resource, period) > 0.0;
            let first = service.clone().find(asked)?;
            let wants = self.course.required(school, resource, first);
            let has = wants - self.course.missing(school, resource, first);
            let open = self.course.open(self.case, school, measure, &service);
            let missing = service
                .clone()
                .map(|period| self.course.missing(school, resource, period));
            let missing = missing.fold(f64::INFINITY, f64::min);
            let fits = self.course.room(measure, school) >= size * (1.0 - STEP);
            let worth = self.case.measures[measure].is_worth_a_project(open);
            (open > STEP * step && fits && worth).then_some((
                school,
                Vessel {
                    has,
                    wants,
                    room: missing.min(open).max(size),
                },
            ))
        };
        allowed.filter_map(vessel).collect()
    }
}
