//! After rounding down: first what rules demand, then what the money left still buys, best value first.

use std::collections::BinaryHeap;

use super::course::Course;
use super::ledger::{Demand, Ledger};
use super::payment::send_home;
use super::spread::{Deal, Dealt};
use super::waterfill::whole;
use crate::case::{Bound, Case, Lever, Policy, Rule};
use crate::formulate::Classes;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// What a school gets at once of what is left, as a share of its standard.
const PORTION: f64 = 0.002;

/// A measure at a school in a year, with the gap it closes per unit of money.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Candidate {
    /// In single precision, so that values equal but for rounding tie and the earlier year goes first.
    value: f32,
    attained: f64,
    school: SchoolIx,
    measure: MeasureIx,
    year: YearIx,
}

impl Eq for Candidate {}

/// Best value first; among equals the lowest attainment, then file order.
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let place = |c: &Candidate| (c.school, c.measure, c.year);
        self.value
            .total_cmp(&other.value)
            .then(other.attained.total_cmp(&self.attained))
            .then(place(other).cmp(&place(self)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

/// Adds single steps to a deal as the books allow.
pub struct TopUp<'a, 'b> {
    /// The case.
    pub case: &'a Case,
    /// How spending is told apart.
    pub classes: &'a Classes,
    /// The books.
    pub ledger: &'b mut Ledger<'a>,
    /// The schools' course.
    pub course: &'b mut Course,
    /// What is dealt.
    pub deal: &'b mut Deal,
}

impl TopUp<'_, '_> {
    /// First nothing superfluous, then what rules demand, then what the money left still buys. Says which demand
    /// cannot be met in whole units.
    pub fn run(&mut self) -> Result<(), Demand> {
        self.trim();
        self.meet_demands()?;
        self.spend_the_rest();
        self.trim();
        self.meet_demands()
    }

    /// Meets minimum shares and quotas that rounding down has broken. Says which cannot be met in whole units.
    fn meet_demands(&mut self) -> Result<(), Demand> {
        while let Some(demand) = self.ledger.unmet_demand() {
            let mut open = self.in_demand(&demand);
            open.sort_by(|a, b| b.cmp(a));
            let added = open.into_iter().any(|candidate| self.add(&candidate, 1));
            if !added && !self.make_room(&demand) {
                return Err(demand);
            }
        }
        Ok(())
    }

    /// Takes back the last units outside a rule's scope that are paid in its years, so that the rule can hold.
    fn make_room(&mut self, demand: &Demand) -> bool {
        let scope = &self.case.policies[demand.policy].scope;
        let crowds = |entry: &(&(YearIx, MeasureIx, SchoolIx), &Dealt)| {
            let (&(year, measure, school), dealt) = *entry;
            let paid = self.case.paid(measure, year);
            !dealt.kept
                && dealt.brought > 0.0
                && dealt.taken == 0.0
                && !self.case.measures[measure].cost.is_zero()
                && !matches!(self.case.measures[measure].lever, Lever::Rotate { .. })
                && !scope.covers(self.case, measure, school)
                && demand.year.is_none_or(|at| paid.contains(&at.at()))
        };
        let Some((&at, dealt)) = self.deal.iter().rev().find(crowds) else {
            return false;
        };
        let stated = &self.case.measures[at.1];
        let step = self.case.resources[stated.resource].step;
        let wanted = (demand.crowded.main() / (stated.cost.main() * step))
            .ceil()
            .max(1.0);
        let units = (wanted * step).min(dealt.brought);
        self.withdraw(at, units);
        true
    }

    /// Takes back units with their pay.
    fn withdraw(&mut self, at: (YearIx, MeasureIx, SchoolIx), units: f64) {
        let (year, measure, school) = at;
        let stated = &self.case.measures[measure];
        let Some(dealt) = self.deal.get_mut(&at) else {
            return;
        };
        let left = dealt.brought - units;
        let freed = stated.cost.times(dealt.brought) - stated.cost.times(left);
        dealt.brought = left;
        if let Some(class) = self.classes.class(measure, school) {
            for period in self.case.paid(measure, year) {
                self.ledger.unpay(class, YearIx::new(period), freed);
            }
        }
        // A rotation is counted where posts leave, and that is where it is taken back.
        if !matches!(stated.lever, Lever::Rotate { .. }) {
            self.ledger.count(school, measure, year, -units);
        }
        self.course.supply(
            school,
            stated.resource,
            self.case.service(measure, year),
            -units,
        );
    }

    /// Takes back, the last first, single steps that close no gap and that no rule demands: rounding year by year
    /// may have brought the same part of a unit twice.
    fn trim(&mut self) {
        let dealt: Vec<_> = self.deal.keys().rev().copied().collect();
        for at in dealt {
            let (year, measure, school) = at;
            let step = self.case.resources[self.case.measures[measure].resource].step;
            while self.superfluous(at, step) {
                self.withdraw(at, step);
                if matches!(self.case.measures[measure].lever, Lever::Rotate { .. }) {
                    send_home(self.case, self.deal, self.course, at, step);
                } else if self.ledger.unmet_demand().is_some() {
                    let again = Candidate {
                        value: 0.0,
                        attained: 0.0,
                        school,
                        measure,
                        year,
                    };
                    self.add(&again, 1);
                    break;
                }
            }
        }
    }

    /// Whether one step less would leave the school without any gap in every period it serves. Postings under a
    /// minimum quota never are: each fills the quota.
    fn superfluous(&self, at: (YearIx, MeasureIx, SchoolIx), step: f64) -> bool {
        let (year, measure, school) = at;
        let stated = &self.case.measures[measure];
        let demanded = |policy: &Policy| {
            matches!(
                policy.rule,
                Rule::Quota {
                    bound: Bound::Min,
                    ..
                }
            ) && policy.scope.covers_measure(self.case, measure)
        };
        let rotates = matches!(stated.lever, Lever::Rotate { .. });
        let dealt = &self.deal[&at];
        !dealt.kept
            && dealt.brought >= step
            && !(rotates && self.case.policies.iter().any(demanded))
            && self.case.service(measure, year).all(|period| {
                self.course.missing(school, stated.resource, period) <= -step * (1.0 - STEP)
            })
    }

    fn in_demand(&self, demand: &Demand) -> Vec<Candidate> {
        let scope = &self.case.policies[demand.policy].scope;
        let mut found = Vec::new();
        for (measure, stated) in self.case.measures.pairs() {
            if demand.wants_money && stated.cost.is_zero() {
                continue;
            }
            for (school, place) in self.case.schools.pairs() {
                let here = demand.county.is_none_or(|county| county == place.county)
                    && scope.covers(self.case, measure, school)
                    && self.case.allows(measure, school)
                    && place.stock[stated.resource.at()].is_some();
                for year in self
                    .case
                    .horizon
                    .plan_years()
                    .filter(|&year| here && demand.year.is_none_or(|at| at == year))
                {
                    found.extend(self.candidate(school, measure, year));
                }
            }
        }
        found
    }

    /// Spends what is left where it closes most gap.
    fn spend_the_rest(&mut self) {
        let mut heap = BinaryHeap::new();
        for (measure, stated) in self.case.measures.pairs() {
            if matches!(stated.lever, Lever::Rotate { .. }) {
                continue;
            }
            for school in self
                .case
                .schools
                .ids()
                .filter(|&school| self.case.allows(measure, school))
            {
                for year in self.case.horizon.plan_years() {
                    heap.extend(
                        self.candidate(school, measure, year)
                            .filter(|c| c.value > 0.0),
                    );
                }
            }
        }
        while let Some(candidate) = heap.pop() {
            let Some(now) = self.candidate(candidate.school, candidate.measure, candidate.year)
            else {
                continue;
            };
            if now.value <= 0.0 {
                continue;
            }
            if now < candidate {
                heap.push(now);
            } else if self.add_most(&now) {
                heap.extend(self.candidate(now.school, now.measure, now.year));
            }
        }
    }

    /// A candidate with its value now; `None` where nothing is known of the need.
    fn candidate(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> Option<Candidate> {
        let resource = self.case.measures[measure].resource;
        let service = self.case.service(measure, year);
        let first = service.clone().next()?;
        let missing = self.course.missing(school, resource, first);
        if missing.is_nan() {
            return None;
        }
        let step = self.case.resources[resource].step;
        let gain = match self.case.measures[measure].lever {
            // Posts exchanged one against one leave every stock as it is.
            Lever::Rotate { .. } => 0.0,
            _ => self.course.gain(self.case, school, measure, year, step),
        };
        let paid = self
            .case
            .paid(measure, year)
            .map(|period| self.case.horizon.duration(YearIx::new(period)));
        let money = self.case.measures[measure].cost.main() * step * paid.sum::<f64>();
        let value = (if money > 0.0 {
            gain / money
        } else {
            gain * 1e30
        }) as f32;
        let required = self.course.required(school, resource, first);
        let attained = if required > 0.0 {
            1.0 - missing / required
        } else {
            1.0
        };
        let exchanged = self
            .deal
            .get(&(year, measure, school))
            .map_or(0.0, |dealt| dealt.taken);
        Some(Candidate {
            value,
            attained: attained + exchanged,
            school,
            measure,
            year,
        })
    }

    /// Adds as many steps as the need takes and the books allow: all of them, or half, or half of that …
    fn add_most(&mut self, candidate: &Candidate) -> bool {
        let resource = self.case.measures[candidate.measure].resource;
        let stated = &self.case.resources[resource];
        let service = self.case.service(candidate.measure, candidate.year);
        let missing = service.map(|period| self.course.missing(candidate.school, resource, period));
        let least = missing.fold(f64::INFINITY, f64::min);
        // Divisible units go out in small portions, so that equal schools rise together.
        let required = self
            .course
            .required(candidate.school, resource, candidate.year.at());
        let portion = whole(required * PORTION / stated.step).max(1);
        let mut steps = whole(least / stated.step).clamp(1, portion);
        loop {
            if self.add(candidate, steps) {
                return true;
            }
            if steps == 1 {
                return false;
            }
            steps /= 2;
        }
    }

    fn add(&mut self, candidate: &Candidate, steps: u64) -> bool {
        let Candidate {
            school,
            measure,
            year,
            ..
        } = *candidate;
        let stated = &self.case.measures[measure];
        let units = steps as f64 * self.case.resources[stated.resource].step;
        let before = self
            .deal
            .get(&(year, measure, school))
            .copied()
            .unwrap_or_default();
        if before.kept {
            return false;
        }
        let rotates = matches!(stated.lever, Lever::Rotate { .. });
        if rotates {
            let stock = self.case.schools[school].stock[stated.resource.at()].unwrap_or(0.0);
            if before.taken + units > stock {
                return false;
            }
        }
        // Rounded prices are those of the whole amount, so that a row's money is its units times its price.
        let each = stated.cost.times(before.brought + units) - stated.cost.times(before.brought);
        if !self.ledger.try_add(school, measure, year, units, each) {
            return false;
        }
        let dealt = self.deal.entry((year, measure, school)).or_default();
        dealt.brought += units;
        if rotates {
            dealt.taken += units;
        } else {
            self.course.supply(
                school,
                stated.resource,
                self.case.service(measure, year),
                units,
            );
        }
        true
    }
}
