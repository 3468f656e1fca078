//! What targets ask for and rounding has broken: units for schools that are behind, from those that are beyond.

use super::{At, TopUp};
use crate::case::Reach;
use crate::plan::effort::look;
use crate::plan::ledger::{Demand, Lacks};
use crate::plan::spread::Dealt;
use crate::words::tolerance::STEP;
use crate::words::{Money, PolicyIx, ResourceIx, SchoolIx, YearIx};

/// A need that is behind what a target asks for.
#[derive(Clone, Copy)]
struct Behind {
    school: SchoolIx,
    resource: ResourceIx,
    period: usize,
}

/// How often targets and the other demands may break each other before both are given up.
const ROUNDS: usize = 4;

impl TopUp<'_, '_> {
    /// Brings every school to what targets ask for, and keeps to what other rules demand. Says which rule cannot be met in
    /// whole units.
    pub(super) fn meet_targets(&mut self) -> Result<(), Demand> {
        if !self.course.has_targets() {
            return Ok(());
        }
        for _ in 0..ROUNDS {
            let behind = self.behind();
            if behind.is_empty() {
                return Ok(());
            }
            for need in behind {
                while self.is_behind(&need) {
                    if !self.catch_up(need) {
                        return Err(self.missed(need));
                    }
                }
            }
            self.meet_demands()?;
        }
        let behind = self.behind();
        behind
            .first()
            .map_or(Ok(()), |need| Err(self.missed(*need)))
    }

    /// Whether one step less at a place (a project where no less can go) leaves every target met that is met now.
    pub(super) fn is_spare(&self, at: &At) -> bool {
        self.is_spare_above(at, None)
    }

    /// The same where neither floors nor differences matter, which are mended afterwards.
    pub(super) fn is_spare_for_rules(&self, at: &At) -> bool {
        let (year, measure, school) = *at;
        let stated = &self.case.measures[measure];
        let units = self.going(at, self.step(at));
        let service = self.case.service(measure, year);
        let asked = self.course.wanting_for_rules(stated, school, &service);
        asked <= -units * (1.0 - STEP)
    }

    /// The same where floors do not matter, as long as every need stays above an attainment.
    pub(super) fn is_spare_above(&self, at: &At, above: Option<f64>) -> bool {
        let (year, measure, school) = *at;
        let stated = &self.case.measures[measure];
        let units = self.going(at, self.step(at));
        let service = self.case.service(measure, year);
        let asked = match above {
            None => self.course.wanting_for_targets(stated, school, &service),
            Some(_) => self.course.wanting_for_rules(stated, school, &service),
        };
        let stays_above = above.is_none_or(|above| {
            let last = self.case.horizon.last();
            let mut served = stated.serves();
            !service.contains(last.at())
                || served.all(|(resource, each)| {
                    let less = units * each * service.share(last.at());
                    let left = self.course.attained_less(school, resource, less);
                    left.is_none_or(|left| left > above + STEP)
                })
        });
        asked <= -units * (1.0 - STEP)
            && stays_above
            && self.course.stays_even(self.case, &[(*at, -units)])
    }

    fn is_behind(&self, need: &Behind) -> bool {
        let least = STEP * self.case.resources[need.resource].step;
        self.course.behind(need.school, need.resource, need.period) > least
    }

    /// The needs that are behind, in order of school, resource and year.
    fn behind(&self) -> Vec<Behind> {
        let mut found = Vec::new();
        for school in self.case.schools.ids() {
            for resource in self.case.resources.ids() {
                let needs = (0..self.case.horizon.years).map(|period| Behind {
                    school,
                    resource,
                    period,
                });
                found.extend(needs.filter(|need| self.is_behind(need)));
            }
        }
        found
    }

    /// Adds a step of the first measure that serves in time and can be paid, if need be with what others can spare.
    fn catch_up(&mut self, behind: Behind) -> bool {
        let places = self.places(behind);
        if places
            .iter()
            .any(|&at| self.add(at, at.2, self.lot(&at), None))
        {
            return true;
        }
        places.into_iter().any(|at| self.add_instead(at))
    }

    /// Where a step would serve a need that is behind: the latest year that is in time first, then the cheapest measure.
    fn places(&self, behind: Behind) -> Vec<At> {
        let (case, reach) = (self.case, self.ledger.reach());
        let serves = |at: &At| {
            let stated = &case.measures[at.1];
            stated.brings(behind.resource).is_some()
                && !stated.lever.moves()
                && reach.allows(at.1, behind.school)
                && case.service(at.1, at.0).contains(behind.period)
        };
        let years = case.open_years().rev();
        let all = years.flat_map(|year| {
            let measures = case.measures.ids();
            measures.map(move |measure| (year, measure, behind.school))
        });
        let mut found: Vec<At> = all.filter(serves).collect();
        found.sort_by_key(|at| case.measures[at.1].cost);
        found
    }

    /// Adds a step paid with what is taken back elsewhere, from the last entry of the deal that can spare it and shares a
    /// fund; nothing is taken back where that does not help.
    pub(super) fn add_instead(&mut self, at: At) -> bool {
        self.add_in_place_of(at, None)
    }

    /// The same where others may fall below their floors, as long as they stay above an attainment; the best off give first.
    pub(super) fn add_in_place_of(&mut self, at: At, above: Option<f64>) -> bool {
        let (year, measure, school) = at;
        let Some(class) = self.classes.class(measure, school) else {
            return false;
        };
        let step = |at: &At| self.case.step(at.1);
        let lot = self.lot(&at);
        let own = self.case.dues(measure, year, lot as f64 * step(&at));
        let own = own.at(year.at());
        let paid = self.case.paid(measure, year);
        let shares_fund = |other: usize| {
            let funds = &self.classes.funds[class];
            self.classes.funds[other]
                .iter()
                .any(|fund| funds.contains(fund))
        };
        let gives = |(from, dealt): &(&At, &Dealt)| {
            look();
            let stated = &self.case.measures[from.1];
            let pays = self.case.paid(from.1, from.0);
            !dealt.kept
                && dealt.brought > 0.0
                && **from != at
                && !stated.cost.is_zero()
                && !stated.lever.moves()
                && pays.start <= paid.start
                && self.classes.class(from.1, from.2).is_some_and(shares_fund)
                && self.is_spare_above(from, above)
        };
        // Of the same measure and year first: then the money fits exactly.
        let mut donors: Vec<At> = self
            .deal
            .iter()
            .rev()
            .filter(gives)
            .map(|(&from, _)| from)
            .collect();
        if above.is_some() {
            let attained = |from: &At| {
                let resource = self.case.measures[from.1].resource;
                let attained = self.course.attained_less(from.2, resource, 0.0);
                attained.unwrap_or(f64::INFINITY)
            };
            donors.sort_by(|a, b| attained(b).total_cmp(&attained(a)));
        }
        let in_time = |from: &At| {
            paid.clone()
                .all(|period| self.case.paid(from.1, from.0).contains(&period))
        };
        donors.sort_by_key(|from| (from.1 != measure, from.0 != year, !in_time(from)));
        let mut taken: Vec<(At, f64)> = Vec::new();
        for from in donors {
            let each = self.case.measures[from.1].cost.times(step(&from)).main();
            let wanted = (own.main() / each).ceil().max(1.0);
            let mut units = 0.0;
            while units < wanted * step(&from)
                && self.deal[&from].brought > 0.0
                && self.is_spare_above(&from, above)
            {
                let one = step(&from).min(self.deal[&from].brought);
                units += self.withdraw(from, one);
            }
            taken.push((from, units));
            if self.add(at, school, lot, None) {
                return true;
            }
            if taken.len() >= MOST_DONORS {
                break;
            }
        }
        for (from, units) in taken.into_iter().rev() {
            let steps = (units / step(&from)).round() as u64;
            self.add_most(from, steps, None);
        }
        false
    }

    /// The demand that is not met where a need stays behind.
    fn missed(&self, behind: Behind) -> Demand {
        let reach: &Reach = self.ledger.reach();
        let year = YearIx::new(behind.period);
        let asked = self
            .case
            .target(reach, behind.school, behind.resource, year);
        let units = self
            .course
            .behind(behind.school, behind.resource, behind.period);
        Demand {
            policy: asked.map_or(PolicyIx::new(0), |asked| asked.policy),
            year: Some(year),
            place: None,
            outside: false,
            eased_in: None,
            yields_inside: false,
            lacks: Lacks::Units(units),
            crowded: Money::ZERO,
        }
    }
}

/// From how many places units may be taken back for one step.
const MOST_DONORS: usize = 16;
