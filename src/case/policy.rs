//! Policies: the rules that stand beside the money.

use super::Case;
use super::scope::Scope;
use crate::words::{CountyIx, FundIx, MeasureIx, Place, SchoolIx};

/// Which side of a rule is closed.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Bound {
    /// At least.
    Min,
    /// At most.
    Max,
}

/// What a share is a share of.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Base {
    /// Of the money spent.
    Spent,
    /// Of the money available.
    Available,
}

/// A rule.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// The money for what is in scope, as a share of `base` (of these funds; all when empty).
    Share {
        /// At least or at most.
        bound: Bound,
        /// The share, between 0 and 1.
        share: f64,
        /// Of what.
        base: Base,
        /// The funds counted on both sides; all when empty.
        funds: Vec<FundIx>,
        /// Whether it holds in each year or over the whole plan.
        each_year: bool,
    },
    /// The units handed out by what is in scope: new posts, rooms built, posts rotated (counted at the giving school).
    Quota {
        /// At least or at most.
        bound: Bound,
        /// How many.
        amount: Quota,
        /// Whether it holds in each year or over the whole plan.
        each_year: bool,
        /// Whether it holds in each county or over all together.
        each_county: bool,
    },
    /// What is in scope may not be used.
    Forbid,
}

/// The size of a quota.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Quota {
    /// This many units.
    Units(f64),
    /// This share of the stock that the schools in scope have of the resources in scope.
    OfStock(f64),
}

/// A named rule and what it speaks of.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The code in the case file.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// What it speaks of.
    pub scope: Scope,
    /// What it says.
    pub rule: Rule,
    /// Where it is stated.
    pub place: Place,
}

impl Case {
    /// Whether a measure may be used at a school: its own scope says so and no rule forbids it.
    pub fn allows(&self, measure: MeasureIx, school: SchoolIx) -> bool {
        let forbidden = |policy: &Policy| {
            matches!(policy.rule, Rule::Forbid) && policy.scope.covers(self, measure, school)
        };
        self.measures[measure].scope.covers_school(self, school)
            && !self.policies.iter().any(forbidden)
    }

    /// The size of a quota in units, in one county or in all: stated, or a share of the known stock of the schools
    /// and resources in scope.
    pub fn quota_units(&self, policy: &Policy, amount: Quota, county: Option<CountyIx>) -> f64 {
        let share = match amount {
            Quota::Units(units) => return units,
            Quota::OfStock(share) => share,
        };
        let inside = |school: &SchoolIx| {
            county.is_none_or(|county| county == self.schools[*school].county)
                && policy.scope.covers_school(self, *school)
        };
        let speaks_of = |resource| {
            self.measures.pairs().any(|(measure, stated)| {
                stated.resource == resource && policy.scope.covers_measure(self, measure)
            })
        };
        let resources: Vec<usize> = self
            .resources
            .ids()
            .filter(|&resource| speaks_of(resource))
            .map(|resource| resource.at())
            .collect();
        let stock = self.schools.ids().filter(inside).flat_map(|school| {
            resources
                .iter()
                .filter_map(move |&resource| self.schools[school].stock[resource])
        });
        share * stock.sum::<f64>()
    }
}
