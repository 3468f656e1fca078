//! After rounding down: first what rules demand, then what the money left still buys, best value first.

use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

use super::course::Course;
use super::effort::look;
use super::ledger::{Demand, Lacks, Ledger};
use super::payment::{send_home, withdraw};
use super::spread::{Deal, Dealt};
use super::waterfill::whole;
use crate::case::{Bound, Case, Lever, Policy, Rule};
use crate::formulate::Classes;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

type At = (YearIx, MeasureIx, SchoolIx);

/// What a school gets at once of what is left, as a share of its standard.
const PORTION: f64 = 0.002;

/// A measure at a school in a year, with the gap it closes per unit of money.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Candidate {
    /// In single precision, so that values equal but for rounding tie and the earlier year goes first.
    value: f32,
    attained: f64,
    /// Whether the school would not have more than it ever needs in the plan years.
    open: bool,
    school: SchoolIx,
    measure: MeasureIx,
    year: YearIx,
}

impl Eq for Candidate {}

impl Candidate {
    /// Whether it closes gap, and replaces nothing before it wears out.
    fn is_wanted(&self) -> bool {
        self.value > 0.0 && self.open
    }
}

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

    /// Meets the demands that rounding down has broken. Says which cannot be met in whole units. Who has had to make
    /// room gets nothing back here: rules that crowd each other out would take turns for ever. As long as the same
    /// demand stays unmet, twice as many have to make room each time.
    fn meet_demands(&mut self) -> Result<(), Demand> {
        let mut crowded_out = BTreeSet::new();
        let mut last: Option<(Demand, usize)> = None;
        while let Some(demand) = self.ledger.unmet_demand() {
            if self.meet(&demand, &crowded_out) {
                continue;
            }
            let again = last.filter(|(before, _)| before.is_of(&demand));
            let most = again.map_or(1, |(_, most)| 2 * most);
            let gone = self.make_room(&demand, most);
            if gone.is_empty() {
                return Err(demand);
            }
            crowded_out.extend(gone);
            last = Some((demand, most));
        }
        Ok(())
    }

    /// Adds what a demand asks for, best value first, until it is met or the books allow no more. Says whether
    /// anything was added.
    fn meet(&mut self, demand: &Demand, closed: &BTreeSet<At>) -> bool {
        let mut open: BinaryHeap<Candidate> = self.in_demand(demand).into();
        open.retain(|one| !closed.contains(&(one.year, one.measure, one.school)));
        let mut added = false;
        while let Some(lacks) = self.ledger.lacks(demand) {
            let Some(candidate) = open.pop() else {
                break;
            };
            let Some(now) = self.candidate(candidate.school, candidate.measure, candidate.year)
            else {
                continue;
            };
            if now < candidate {
                open.push(now);
                continue;
            }
            let lacking = self.steps_for(lacks, now.measure);
            let most = if now.value > 0.0 {
                self.portion(&now)
            } else {
                // Beyond need nobody comes first.
                self.portion(&now).max(lacking / (open.len() as u64 + 1))
            };
            if self.add_most(&now, most.min(lacking), Some(demand)) {
                added = true;
                open.extend(self.candidate(now.school, now.measure, now.year));
            }
        }
        added
    }

    /// The steps of a measure that bring what a demand lacks, at least one.
    fn steps_for(&self, lacks: Lacks, measure: MeasureIx) -> u64 {
        let stated = &self.case.measures[measure];
        let step = self.case.resources[stated.resource].step;
        let steps = match lacks {
            Lacks::Money(money) => money.main() / (stated.cost.main() * step),
            Lacks::Units(units) => units / step,
        };
        (steps - STEP).ceil().max(1.0) as u64
    }

    /// Takes back the last units on the other side of a rule that are paid in its years, or before them from money
    /// that could be carried over, so that the rule can hold: from `most` entries of the deal at most; says which.
    fn make_room(&mut self, demand: &Demand, most: usize) -> Vec<At> {
        let reach = self.ledger.reach();
        let crowds = |entry: &(&At, &Dealt), by: fn(&Range<usize>, usize) -> bool| {
            look();
            let (&(year, measure, school), dealt) = *entry;
            let paid = self.case.paid(measure, year);
            !dealt.kept
                && dealt.brought > 0.0
                && dealt.taken == 0.0
                && !self.case.measures[measure].cost.is_zero()
                && !matches!(self.case.measures[measure].lever, Lever::Rotate { .. })
                && reach.rules(demand.policy, measure, school) == demand.outside
                && demand.year.is_none_or(|at| by(&paid, at.at()))
        };
        let last = |by| -> Vec<At> {
            let entries = self.deal.iter().rev().filter(|entry| crowds(entry, by));
            entries.map(|(&at, _)| at).take(most).collect()
        };
        let mut candidates = last(|paid, year| paid.contains(&year));
        if candidates.is_empty() {
            candidates = last(|paid, year| paid.end <= year);
        }
        let mut crowded = self.crowded(demand);
        let mut gone = Vec::new();
        for at in candidates {
            let stated = &self.case.measures[at.1];
            let step = self.case.resources[stated.resource].step;
            let wanted = (crowded.main() / (stated.cost.main() * step))
                .ceil()
                .max(1.0);
            let units = (wanted * step).min(self.deal[&at].brought);
            self.withdraw(at, units);
            gone.push(at);
            crowded -= stated.cost.times(units);
            if crowded <= Money::ZERO {
                break;
            }
        }
        gone
    }

    /// Money that a demand needs others to give up: for units, the price of those it lacks.
    fn crowded(&self, demand: &Demand) -> Money {
        let Lacks::Units(units) = demand.lacks else {
            return demand.crowded;
        };
        let scope = &self.case.policies[demand.policy].scope;
        let measures = self.case.measures.pairs();
        let prices = measures
            .filter(|(measure, _)| scope.covers_measure(self.case, *measure))
            .map(|(_, stated)| stated.cost.times(units));
        prices.min().unwrap_or_default()
    }

    /// Takes back units with their pay.
    fn withdraw(&mut self, at: At, units: f64) {
        let (year, measure, school) = at;
        let freed = withdraw(self.case, self.deal, self.course, at, units);
        if let Some(class) = self.classes.class(measure, school) {
            for period in self.case.paid(measure, year) {
                self.ledger.unpay(class, YearIx::new(period), freed);
            }
        }
        // A rotation is counted where posts leave, and that is where it is taken back.
        if !matches!(self.case.measures[measure].lever, Lever::Rotate { .. }) {
            self.ledger.count(school, measure, year, -units);
        }
    }

    /// Takes back, the last first, single steps that close no gap and that no rule demands: rounding year by year
    /// may have brought the same part of a unit twice.
    fn trim(&mut self) {
        let dealt: Vec<_> = self.deal.keys().rev().copied().collect();
        let demanded = self.demanded();
        for at in dealt {
            let (year, measure, school) = at;
            let step = self.case.resources[self.case.measures[measure].resource].step;
            while !demanded[measure.at()] && self.superfluous(at, step) {
                self.withdraw(at, step);
                if matches!(self.case.measures[measure].lever, Lever::Rotate { .. }) {
                    send_home(self.case, self.deal, self.course, self.ledger, at, step);
                } else if self.ledger.unmet_demand().is_some() {
                    let again = Candidate {
                        value: 0.0,
                        attained: 0.0,
                        open: true,
                        school,
                        measure,
                        year,
                    };
                    self.add(&again, 1, None);
                    break;
                }
            }
        }
    }

    /// By measure: whether it is a rotation under a minimum quota. Its postings are never superfluous: each fills the
    /// quota.
    fn demanded(&self) -> Vec<bool> {
        let mut demanded = vec![false; self.case.measures.len()];
        let is_minimum = |policy: &&Policy| {
            matches!(
                policy.rule,
                Rule::Quota {
                    bound: Bound::Min,
                    ..
                }
            )
        };
        for policy in self.case.policies.iter().filter(is_minimum) {
            for (measure, stated) in self.case.measures.pairs() {
                let rotates = matches!(stated.lever, Lever::Rotate { .. });
                demanded[measure.at()] |=
                    rotates && policy.scope.covers_measure(self.case, measure);
            }
        }
        demanded
    }

    /// Whether one step less would leave the school without any gap in every period it serves.
    fn superfluous(&self, at: At, step: f64) -> bool {
        let (year, measure, school) = at;
        let resource = self.case.measures[measure].resource;
        let dealt = &self.deal[&at];
        !dealt.kept
            && dealt.brought >= step
            && self
                .case
                .service(measure, year)
                .all(|period| self.course.missing(school, resource, period) <= -step * (1.0 - STEP))
    }

    fn in_demand(&self, demand: &Demand) -> Vec<Candidate> {
        let reach = self.ledger.reach();
        let wants_money = matches!(demand.lacks, Lacks::Money(_));
        let mut found = Vec::new();
        for kind in reach.kinds_in(demand.county) {
            for (measure, stated) in self.case.measures.pairs() {
                let first = reach.schools(kind)[0];
                if (wants_money && stated.cost.is_zero())
                    || !demand.wants(self.case, reach, measure, first)
                    || !reach.allows(measure, first)
                {
                    continue;
                }
                for &school in reach.schools(kind) {
                    if self.case.schools[school].stock[stated.resource.at()].is_none() {
                        continue;
                    }
                    let years = self.case.horizon.plan_years();
                    let years = years.filter(|&year| demand.year.is_none_or(|at| at == year));
                    found.extend(years.filter_map(|year| self.candidate(school, measure, year)));
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
                .filter(|&school| self.ledger.reach().allows(measure, school))
            {
                for year in self.case.horizon.plan_years() {
                    heap.extend(
                        self.candidate(school, measure, year)
                            .filter(Candidate::is_wanted),
                    );
                }
            }
        }
        while let Some(candidate) = heap.pop() {
            let Some(now) = self.candidate(candidate.school, candidate.measure, candidate.year)
            else {
                continue;
            };
            if !now.is_wanted() {
                continue;
            }
            if now < candidate {
                heap.push(now);
            } else if self.add_most(&now, self.portion(&now), None) {
                heap.extend(self.candidate(now.school, now.measure, now.year));
            }
        }
    }

    /// A candidate with its value now; `None` where nothing is known of the need.
    fn candidate(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> Option<Candidate> {
        look();
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
        let service = self.case.service(measure, year);
        let open = self.course.open(self.case, school, resource, service) > STEP * step;
        Some(Candidate {
            value,
            attained: attained + exchanged,
            open,
            school,
            measure,
            year,
        })
    }

    /// How many steps a school is handed at once: no more than it needs, and of divisible units a small portion, so
    /// that equal schools rise together.
    fn portion(&self, candidate: &Candidate) -> u64 {
        let resource = self.case.measures[candidate.measure].resource;
        let step = self.case.resources[resource].step;
        let (school, service) = (
            candidate.school,
            self.case.service(candidate.measure, candidate.year),
        );
        let missing = service.map(|period| self.course.missing(school, resource, period));
        let least = missing.fold(f64::INFINITY, f64::min);
        let required = self.course.required(school, resource, candidate.year.at());
        whole(least / step).clamp(1, whole(required * PORTION / step).max(1))
    }

    /// Adds this many steps if the books allow, else half as many, or half of that …
    fn add_most(
        &mut self,
        candidate: &Candidate,
        mut steps: u64,
        towards: Option<&Demand>,
    ) -> bool {
        while steps > 0 {
            if self.add(candidate, steps, towards) {
                return true;
            }
            steps /= 2;
        }
        false
    }

    fn add(&mut self, candidate: &Candidate, steps: u64, towards: Option<&Demand>) -> bool {
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
        if !self
            .ledger
            .try_add(school, measure, year, units, each, towards)
        {
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
