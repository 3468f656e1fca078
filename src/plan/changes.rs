//! What a plan changes against an earlier one that it is to stay near.

use std::collections::BTreeMap;

use super::row::PlanRow;
use crate::case::earlier::Spot;
use crate::case::{Case, Rule};
use crate::words::{Money, PolicyIx};

/// What was and what is at a place: a measure begun in a plan year at a school.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Change {
    /// The place.
    pub spot: Spot,
    /// Units before and now.
    pub units: [f64; 2],
    /// Money within the plan years before, at today's prices, and now.
    pub money: [Money; 2],
}

impl Change {
    /// The part of the money before that is kept.
    pub fn kept(&self) -> Money {
        self.money[0].min(self.money[1])
    }

    /// Whether anything has changed.
    pub fn is_change(&self) -> bool {
        self.units[0] != self.units[1] || self.money[0] != self.money[1]
    }
}

/// What rows change against the earlier plan that the first rule of a case wants them near; `None` where none does.
#[derive(Clone, PartialEq, Debug)]
pub struct Changes {
    /// The rule.
    pub policy: PolicyIx,
    /// Every place at which anything was or is, in order of year, measure and school.
    pub all: Vec<Change>,
}

impl Changes {
    /// Of the rows of a plan.
    pub fn of(case: &Case, rows: &[PlanRow]) -> Option<Changes> {
        let mut rules = case.policies.pairs();
        let (policy, earlier) = rules.find_map(|(at, stated)| match &stated.rule {
            Rule::Stay { earlier, .. } => Some((at, earlier)),
            _ => None,
        })?;
        let mut all: BTreeMap<Spot, Change> = BTreeMap::new();
        let blank = |spot: Spot| Change {
            spot,
            units: [0.0; 2],
            money: [Money::ZERO; 2],
        };
        for (spot, units) in earlier.iter().filter(|(spot, _)| case.is_open(spot.0)) {
            let one = all.entry(spot).or_insert_with(|| blank(spot));
            one.units[0] = units;
            one.money[0] = case.money_in_plan(spot.1, spot.0, units);
        }
        let scope = &case.policies[policy].scope;
        for row in rows
            .iter()
            .filter(|row| scope.covers(case, row.measure, row.school))
        {
            let spot = (row.year, row.measure, row.school);
            if row.units > 0.0 || !row.amount().is_zero() {
                let one = all.entry(spot).or_insert_with(|| blank(spot));
                one.units[1] += row.units.max(0.0);
                one.money[1] += row.amount();
            }
        }
        Some(Changes {
            policy,
            all: all.into_values().collect(),
        })
    }

    /// The money before, what is kept of it, and the money now.
    pub fn sums(&self) -> [Money; 3] {
        let sum = |of: fn(&Change) -> Money| self.all.iter().map(of).sum();
        [
            sum(|one| one.money[0]),
            sum(Change::kept),
            sum(|one| one.money[1]),
        ]
    }
}
