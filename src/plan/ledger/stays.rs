//! Rules that a plan stays near an earlier one: what of its money is kept so far.

use std::collections::BTreeMap;

use super::demand::{Demand, Lacks};
use crate::case::earlier::Spot;
use crate::case::{Case, Dues, Rule};
use crate::words::{Money, PolicyIx};

/// The books of all such rules.
#[derive(Clone, Debug)]
pub struct Stays {
    rules: Vec<Stay>,
    /// Plan years; money of the terminal period counts in none.
    years: usize,
}

#[derive(Clone, Debug)]
struct Stay {
    policy: PolicyIx,
    /// The earlier plan's money, and what there is now at the same spots.
    spots: BTreeMap<Spot, (Money, Money)>,
    asked: Money,
    kept: Money,
}

impl Stay {
    fn demand(&self) -> Option<Demand> {
        // A hundredth is what rounding to exact money may cost.
        let lacking = self.asked - self.kept;
        (lacking > Money::cents(1)).then_some(Demand {
            policy: self.policy,
            year: None,
            place: None,
            outside: false,
            eased_in: None,
            yields_inside: false,
            lacks: Lacks::Money(lacking),
            crowded: lacking,
        })
    }
}

impl Stays {
    /// Books in which nothing is kept yet.
    pub fn of(case: &Case) -> Stays {
        let stay = |(policy, stated): (PolicyIx, &crate::case::Policy)| {
            let Rule::Stay { earlier, least } = &stated.rule else {
                return None;
            };
            let money = earlier.money(case);
            let all: Money = money.values().copied().sum();
            let spots = money.into_iter();
            Some(Stay {
                policy,
                spots: spots
                    .map(|(spot, had)| (spot, (had, Money::ZERO)))
                    .collect(),
                asked: all.times(*least),
                kept: Money::ZERO,
            })
        };
        Stays {
            rules: case.policies.pairs().filter_map(stay).collect(),
            years: case.horizon.years,
        }
    }

    /// Counts money for what there is at a spot (or, negative, takes it back).
    pub fn count(&mut self, spot: &Spot, dues: &Dues) {
        if self.rules.is_empty() {
            return;
        }
        let within = dues.iter().filter(|&(at, _)| at < self.years);
        let money: Money = within.map(|(_, due)| due).sum();
        for rule in &mut self.rules {
            if let Some((had, now)) = rule.spots.get_mut(spot) {
                let before = (*had).min(*now);
                *now += money;
                rule.kept += (*had).min(*now) - before;
            }
        }
    }

    /// The first rule that is not kept yet.
    pub fn unmet(&self) -> Option<Demand> {
        self.rules.iter().find_map(Stay::demand)
    }

    /// The demand of a rule as it is now; `None` when it is met or another kind of rule.
    pub fn now(&self, demand: &Demand) -> Option<Demand> {
        self.rule(demand.policy).and_then(Stay::demand)
    }

    /// The spots at which less is kept than a rule speaks of; `None` for another kind of rule.
    pub fn open(&self, policy: PolicyIx) -> Option<Vec<Spot>> {
        let spots = self.rule(policy)?.spots.iter();
        let open = spots.filter(|(_, (had, now))| now < had);
        Some(open.map(|(spot, _)| *spot).collect())
    }

    /// Whether nothing that a rule speaks of is lost by taking something back at a spot: there is more than it had, or it
    /// had nothing; `None` for another kind of rule.
    pub fn gives_way(&self, policy: PolicyIx, spot: &Spot) -> Option<bool> {
        let here = self.rule(policy)?.spots.get(spot);
        Some(here.is_none_or(|(had, now)| now > had))
    }

    fn rule(&self, policy: PolicyIx) -> Option<&Stay> {
        self.rules.iter().find(|rule| rule.policy == policy)
    }
}
