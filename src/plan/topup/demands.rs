//! What rules demand and rounding down has broken.

use std::collections::{BTreeSet, BinaryHeap};
use std::ops::Range;

use super::candidate::Candidate;
use super::{At, TopUp};
use crate::case::Rule;
use crate::plan::effort::look;
use crate::plan::ledger::{Demand, Lacks};
use crate::plan::spread::Dealt;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, Money, YearIx};

impl TopUp<'_, '_> {
    /// Meets the demands that rounding down has broken. Says which cannot be met in whole units. Who has had to make
    /// room gets nothing back here: rules that crowd each other out would take turns for ever. As long as the same
    /// demand stays unmet, twice as many have to make room each time.
    pub fn meet_demands(&mut self) -> Result<(), Demand> {
        let mut crowded_out = BTreeSet::new();
        let mut last: Option<(Demand, usize)> = None;
        while let Some(demand) = self.ledger.unmet_demand() {
            if self.ledger.pay_otherwise(&demand) || self.meet(&demand, &crowded_out) {
                continue;
            }
            let again = last.filter(|(before, _)| before.is_of(&demand));
            let most = again.map_or(1, |(_, most)| most.saturating_mul(2));
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
            let is_stay = matches!(self.case.policies[demand.policy].rule, Rule::Stay { .. });
            if now.value <= 0.0 && !is_stay && self.is_needlessly_dear(&now, demand) {
                continue;
            }
            let lacking = self.steps_for(lacks, now.measure);
            let most = if now.value > 0.0 {
                self.portion(&now)
            } else {
                // Beyond need nobody comes first.
                self.portion(&now).max(lacking / (open.len() as u64 + 1))
            };
            if self.add_most(now.at(), most.min(lacking), Some(demand)) {
                added = true;
                open.extend(self.candidate(now.school, now.measure, now.year));
            }
        }
        added
    }

    /// Whether a cheaper measure on the same side of a demand brings the same for at least as long.
    fn is_needlessly_dear(&self, one: &Candidate, demand: &Demand) -> bool {
        let (case, reach) = (self.case, self.ledger.reach());
        let stated = &case.measures[one.measure];
        let mut others = case.measures.pairs();
        others.any(|(other, than)| {
            than.resource == stated.resource
                && than.cost < stated.cost
                && !than.lever.moves()
                && reach.allows(other, one.school)
                && reach.rules(demand.policy, other, one.school) != demand.outside
                && {
                    let longer = case.service(other, one.year);
                    let mut service = case.service(one.measure, one.year);
                    service.all(|period| longer.contains(period))
                }
        })
    }

    /// The steps of a measure that bring what a demand lacks, at least one.
    fn steps_for(&self, lacks: Lacks, measure: MeasureIx) -> u64 {
        let stated = &self.case.measures[measure];
        let step = self.case.step(measure);
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
        let can_go = |at: &At, dealt: &Dealt| {
            let measure = at.1;
            self.is_spare_for_rules(at)
                && !dealt.kept
                && dealt.brought > 0.0
                && dealt.taken == 0.0
                && !self.case.measures[measure].cost.is_zero()
                && !self.case.measures[measure].lever.moves()
        };
        let crowds = |entry: &(&At, &Dealt), by: fn(&Range<usize>, usize) -> bool| {
            look();
            let (&(year, measure, _), dealt) = *entry;
            let paid = self.case.paid(measure, year);
            can_go(entry.0, dealt)
                && self.ledger.gives_way(demand, entry.0)
                && demand.year.is_none_or(|at| by(&paid, at.at()))
        };
        let last = |by| -> Vec<At> {
            let entries = self.deal.iter().rev().filter(|entry| crowds(entry, by));
            entries.map(|(&at, _)| at).take(most).collect()
        };
        // What was added in the year of the demand would only be asked for again in the year after it.
        let eases = |(at, dealt): &(&At, &Dealt)| {
            let paid = self.case.paid(at.1, at.0);
            let eased =
                |year: YearIx| paid.contains(&year.at()) && !paid.contains(&(year.at() + 1));
            can_go(at, dealt)
                && reach.rules(demand.policy, at.1, at.2)
                && demand.eased_in.is_some_and(eased)
        };
        let entries = self.deal.iter().rev().filter(eases);
        let mut candidates: Vec<At> = entries.map(|(&at, _)| at).take(most).collect();
        if candidates.is_empty() {
            candidates = last(|paid, year| paid.contains(&year));
        }
        if candidates.is_empty() {
            candidates = last(|paid, year| paid.end <= year);
        }
        let mut crowded = self.crowded(demand);
        let mut gone = Vec::new();
        for at in candidates {
            let stated = &self.case.measures[at.1];
            let step = self.case.step(at.1);
            let wanted = (crowded.main() / (stated.cost.main() * step))
                .ceil()
                .max(1.0);
            let units = (wanted * step).min(self.deal[&at].brought);
            let units = self.withdraw(at, units);
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

    fn in_demand(&self, demand: &Demand) -> Vec<Candidate> {
        let reach = self.ledger.reach();
        let wants_money = matches!(demand.lacks, Lacks::Money(_));
        if let Some(spots) = self.ledger.open_to_stay(demand.policy) {
            let open = spots.into_iter().filter(|spot| {
                reach.allows(spot.1, spot.2) && !self.case.measures[spot.1].lever.moves()
            });
            let found = open.map(|(year, measure, school)| self.candidate(school, measure, year));
            return found.flatten().collect();
        }
        let mut found = Vec::new();
        let county = demand.place.map(|first| self.case.schools[first].county);
        for kind in reach.kinds_in(county) {
            for (measure, stated) in self.case.measures.pairs() {
                let first = reach.schools(kind)[0];
                // Posts that change places one against one close no gap: they are no way of spending money.
                if (wants_money && (stated.cost.is_zero() || stated.lever.moves()))
                    || reach.rules(demand.policy, measure, first) == demand.outside
                    || !reach.allows(measure, first)
                {
                    continue;
                }
                for &school in reach.schools(kind) {
                    if self.case.schools[school].stock[stated.resource.at()].is_none()
                        || !demand.is_in_place(self.case, reach, school)
                    {
                        continue;
                    }
                    let years = self.case.open_years();
                    let years = years.filter(|&year| demand.is_met_by(self.case, measure, year));
                    found.extend(years.filter_map(|year| self.candidate(school, measure, year)));
                }
            }
        }
        found
    }
}
