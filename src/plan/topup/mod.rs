//! After rounding down: first what rules demand, then what the money left still buys, best value first.

mod across;
mod aim;
mod candidate;
mod demands;
mod differences;
mod exchanges;
mod floors;
mod lots;
mod targets;
mod trade;

use std::collections::{BTreeMap, BinaryHeap};

pub use aim::Aim;
use candidate::Candidate;

use super::course::Course;
use super::ledger::{Demand, Ledger};
use super::payment::{send_home, withdraw};
use super::spread::Deal;
use super::waterfill::whole;
use crate::case::{Bound, Case, Policy, Rule};
use crate::formulate::Classes;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

/// A measure begun in a year at a school.
pub type At = (YearIx, MeasureIx, SchoolIx);

/// What a school gets at once of what is left over from a plan, as a share of its standard.
pub const LEFT_OVER: f64 = 0.002;

/// The same where there is no plan and all is dealt out from here: a nation's money in pieces that small takes minutes.
pub const FROM_NOTHING: f64 = 0.05;

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
    /// What a school gets at once, as a share of its standard.
    pub at_once: f64,
    /// What is wished of the units that are added.
    pub aim: &'b Aim,
}

impl TopUp<'_, '_> {
    /// First nothing superfluous, then what rules demand, then what the money left still buys. Says which demand
    /// cannot be met in whole units.
    pub fn run(&mut self) -> Result<(), Demand> {
        self.course.let_differ(self.aim.even_at_last);
        self.drop_parts();
        self.trim();
        self.meet_demands()?;
        self.meet_targets()?;
        self.pair_exchanges()?;
        self.meet_floors();
        if !self.aim.even_at_last {
            // What cannot be done yet may be so at the end.
            let _ = self.meet_differences();
        }
        self.spend_the_rest(Candidate::is_welcome);
        if !self.aim.last.is_empty() {
            self.spend_the_rest(Candidate::is_wanted);
        }
        self.trim();
        self.trade();
        // What was taken back was begun late for the most part: years that are to be even are filled up again.
        if self.aim.most_in_year.is_some() {
            self.spend_the_rest(Candidate::is_welcome);
            self.trim();
        }
        self.meet_demands()?;
        self.meet_targets()?;
        self.pair_exchanges()?;
        self.meet_floors();
        self.meet_demands()?;
        self.course.let_differ(false);
        self.meet_differences()
    }

    /// Takes back units with their pay, and the rest of a project with them where it would be too small; says how many.
    fn withdraw(&mut self, at: At, units: f64) -> f64 {
        let (year, measure, school) = at;
        let units = self.going(&at, units);
        let freed = withdraw(self.case, self.deal, self.course, at, units);
        self.ledger.count_money(at, &freed.back());
        if let Some(class) = self.classes.class(measure, school) {
            for (period, freed) in freed.iter() {
                self.ledger.unpay(class, YearIx::new(period), freed);
            }
        }
        // A rotation is counted where posts leave, and that is where it is taken back.
        if !self.case.measures[measure].lever.moves() {
            self.ledger.count(school, measure, year, -units);
        }
        units
    }

    /// Takes back, the last first, single steps that close no gap and that no rule demands: rounding year by year
    /// may have brought the same part of a unit twice.
    fn trim(&mut self) {
        let dealt: Vec<_> = self.deal.keys().rev().copied().collect();
        let demanded = self.demanded();
        for at in dealt {
            let (_, measure, school) = at;
            let step = self.step(&at);
            while !demanded[measure.at()]
                && self.superfluous(at, self.going(&at, step))
                && self
                    .course
                    .stays_even(self.case, &[(at, -self.going(&at, step))])
            {
                let units = self.withdraw(at, step);
                if self.case.measures[measure].lever.moves() {
                    send_home(self.case, self.deal, self.course, self.ledger, at, step);
                } else if self.ledger.unmet_demand().is_some() {
                    self.add(at, school, whole(units / step), None);
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
                let rotates = stated.lever.moves();
                demanded[measure.at()] |=
                    rotates && policy.scope.covers_measure(self.case, measure);
            }
        }
        demanded
    }

    /// Whether so many units less would leave the school without any gap in every period it serves.
    fn superfluous(&self, at: At, units: f64) -> bool {
        let (year, measure, school) = at;
        let stated = &self.case.measures[measure];
        let dealt = &self.deal[&at];
        let mut service = self.case.service(measure, year);
        !dealt.kept
            && units > 0.0
            && dealt.brought >= units
            && service
                .all(|period| self.course.wanting(stated, school, period) <= -units * (1.0 - STEP))
    }

    /// Spends what is left where it closes most gap, among the candidates that are `right`. Where rules speak of shares of
    /// what is spent, what was not allowed may be so once others have been given something: then all are asked again.
    fn spend_the_rest(&mut self, right: fn(&Candidate) -> bool) {
        const ROUNDS: usize = 4;
        let is_share = |policy: &Policy| matches!(policy.rule, Rule::Share { .. });
        let shares = self.case.policies.iter().any(is_share);
        for _ in 0..ROUNDS {
            if !self.spend_in_order(right, shares) || !shares {
                break;
            }
        }
    }

    /// Spends it once, the best value first; says whether anything was added.
    fn spend_in_order(&mut self, right: fn(&Candidate) -> bool, shares: bool) -> bool {
        let mut added = false;
        // By need: what was not allowed when it was asked for.
        let mut refused: BTreeMap<(SchoolIx, ResourceIx), Vec<Candidate>> = BTreeMap::new();
        let mut heap = BinaryHeap::new();
        for (measure, stated) in self.case.measures.pairs() {
            if stated.lever.moves() {
                continue;
            }
            for school in self
                .case
                .schools
                .ids()
                .filter(|&school| self.ledger.reach().allows(measure, school))
                .filter(|&school| self.aim.is_open(school))
            {
                for year in self.case.open_years() {
                    heap.extend(self.candidate(school, measure, year).filter(right));
                }
            }
        }
        let mut above = self.aim.enough.map(|enough| self.course.gap() - enough);
        while above.is_none_or(|above| above > 0.0)
            && let Some(candidate) = heap.pop()
        {
            let Some(now) = self.candidate(candidate.school, candidate.measure, candidate.year)
            else {
                continue;
            };
            if !right(&now) {
                continue;
            }
            let served = self.case.measures[now.measure].serves();
            let gap = |top_up: &Self| {
                let gaps = served.clone();
                let gaps = gaps.map(|(resource, _)| top_up.course.gap_at(now.school, resource));
                above.map(|_| gaps.sum::<f64>())
            };
            let before = gap(self);
            if now < candidate {
                heap.push(now);
                continue;
            }
            let need = (now.school, self.case.measures[now.measure].resource);
            // What is dearer does not take the place of what is cheaper and may be allowed by now.
            let better = refused.get_mut(&need).and_then(Vec::pop);
            let asked = match better.filter(|one| one.measure != now.measure) {
                Some(better) => {
                    heap.push(now);
                    self.candidate(better.school, better.measure, better.year)
                }
                None => Some(now),
            };
            let Some(asked) = asked.filter(right) else {
                continue;
            };
            if self.add_most(asked.at(), self.portion(&asked), None) {
                added = true;
                let after = gap(self);
                above = above.map(|above| above - before.unwrap_or(0.0) + after.unwrap_or(0.0));
                heap.extend(self.candidate(asked.school, asked.measure, asked.year));
            } else if asked == now && shares {
                refused.entry(need).or_default().push(asked);
            }
        }
        added
    }

    /// Adds this many steps if the books allow, else half as many, or half of that … and no fewer than can be added at
    /// once. Says whether any were.
    pub fn add_most(&mut self, at: At, steps: u64, towards: Option<&Demand>) -> bool {
        let lot = self.lot(&at);
        let mut steps = steps.max(u64::from(steps > 0) * lot);
        while steps >= lot {
            if self.add(at, at.2, steps, towards) {
                return true;
            }
            steps = match steps / 2 {
                half if half >= lot => half,
                _ if steps > lot => lot,
                _ => 0,
            };
        }
        false
    }

    /// Adds steps if the books allow. A rotation takes them from a donor; with the school itself as donor posts are
    /// exchanged, one against one, with whatever others are. Says whether they were added.
    pub fn add(&mut self, at: At, donor: SchoolIx, steps: u64, towards: Option<&Demand>) -> bool {
        let (year, measure, school) = at;
        let stated = &self.case.measures[measure];
        let units = steps as f64 * self.case.step(measure);
        let dealt = |school| {
            let dealt = self.deal.get(&(year, measure, school)).copied();
            dealt.unwrap_or_default()
        };
        let (before, gives) = (dealt(school), dealt(donor));
        let room = self.course.room(measure, school) + STEP * units;
        if before.kept || gives.kept || units > room {
            return false;
        }
        if !stated.is_project(before.brought + units) {
            return false;
        }
        let rotates = stated.lever.moves();
        let stock = self.case.stock_in(donor, stated.resource, year);
        if rotates && gives.taken + units > stock.unwrap_or(0.0) {
            return false;
        }
        // Rounded prices are those of the whole amount, so that a row's money is its units times its price.
        let dues = |units| self.case.dues(measure, year, units);
        let more = dues(before.brought + units) - dues(before.brought);
        if towards.is_none() && !self.aim.allows(self.case, self.ledger, &more) {
            return false;
        }
        let leaves = rotates && donor != school;
        let shifts = [(at, units), ((year, measure, donor), -units)];
        let shifts = match (leaves, rotates) {
            (true, _) => &shifts[..],
            (false, false) => &shifts[..1],
            (false, true) => &[],
        };
        // What a rule demands is mended afterwards where it makes schools differ more.
        if towards.is_none() && !self.course.stays_even(self.case, shifts) {
            return false;
        }
        if !self.ledger.try_add(at, donor, units, &more, towards) {
            return false;
        }
        self.deal.entry(at).or_default().brought += units;
        if rotates {
            let gives = self.deal.entry((year, measure, donor)).or_default();
            gives.taken += units;
        }
        if !rotates || donor != school {
            self.course.bring(self.case, at, units);
        }
        if rotates && donor != school {
            self.course.bring(self.case, (year, measure, donor), -units);
        }
        true
    }
}
