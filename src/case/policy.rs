//! Policies: the rules that stand beside the money.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::Case;
use super::balance::Index;
use super::earlier::Earlier;
use super::school::Section;
use super::scope::Scope;
use crate::words::{FundIx, MeasureIx, Money, Place, ResourceIx, SchoolIx, YearIx};

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
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Base {
    /// Of the money spent.
    Spent,
    /// Of the money available.
    Available,
    /// Of what was spent on the same in the year before: at least all of it where spending only grows (只增不减). The first
    /// plan year has none before it.
    YearBefore,
    /// Of what these other funds, in file order, pay for the same: who gets their money has to match it (配套). A minimum
    /// only, of any size.
    Matched(Vec<FundIx>),
}

/// A rule.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// The money for what is in scope, as a share of `base` (of these funds; all when empty).
    Share {
        /// At least or at most.
        bound: Bound,
        /// The share, between 0 and 1; of what is matched or of the year before any number from 0.
        share: f64,
        /// Of what.
        base: Base,
        /// The funds counted on both sides; all when empty.
        funds: Vec<FundIx>,
        /// Whether it holds in each year or over the whole plan.
        each_year: bool,
    },
    /// The units handed out by what is in scope: new posts, rooms built, posts rotated (counted at the giving school); or
    /// the money they cost.
    Quota {
        /// At least or at most.
        bound: Bound,
        /// How many.
        amount: Quota,
        /// Whether it holds in each year or over the whole plan.
        each_year: bool,
        /// In each of which places it holds.
        each: Each,
    },
    /// From a year on every school in scope has at least this part of its standard, in each resource in scope (分阶段达标).
    Target {
        /// The part of the standard, between 0 and 1.
        share: f64,
        /// The first plan year in which it is asked for.
        from: YearIx,
    },
    /// At least this part of an earlier plan's money stays where it was (与原方案衔接).
    Stay {
        /// The earlier plan.
        earlier: Arc<Earlier>,
        /// The part, between 0 and 1.
        least: f64,
    },
    /// From a year on the schools of each county differ by no more than this in each resource in scope (the standard's
    /// indicators where none is named). Nobody is lowered to get there.
    Differences {
        /// By which index.
        index: Index,
        /// The most it may come to; `None` for the standard's own limit on coefficients of variation.
        most: Option<f64>,
        /// Whether the plain mean over the resources is limited, rather than each of them.
        composite: bool,
        /// The first plan year in which it is asked for.
        from: YearIx,
        /// Whether the schools of all counties are compared together.
        together: bool,
    },
    /// From a year on each school in scope meets so many of the indicators, and has a part of the norm of the others (教督〔2017〕6号:
    /// six of seven, the other at 85 %). The plan chooses which.
    Indicators {
        /// How many are met, and the part of its norm that each other has, between 0 and 1; `None` for the standard's own
        /// rule.
        asked: Option<(usize, f64)>,
        /// The first plan year in which it is asked for.
        from: YearIx,
        /// The indicators that stay below their norm, once that has been chosen.
        relaxed: Option<Arc<Relaxed>>,
    },
    /// What is in scope may not be used.
    Forbid,
}

/// Indicators that stay below their norm, by school, section and plan year.
pub type Relaxed = BTreeSet<(SchoolIx, Section, YearIx, ResourceIx)>;

/// The size of a quota.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Quota {
    /// This many units.
    Units(f64),
    /// This share of the stock that the schools in scope have of the resources in scope.
    OfStock(f64),
    /// This much money paid for what is in scope in the plan years, whoever pays; for a rotation at the school that
    /// receives.
    Money(Money),
}

/// In each of which places a quota holds.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Default,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Each {
    /// Over all together.
    #[default]
    All,
    /// In each county.
    County,
    /// In each township; schools without one are together in each county.
    Township,
    /// At each school.
    School,
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

impl Policy {
    /// Whether it demands at least so much of something.
    pub fn is_least(&self) -> bool {
        match self.rule {
            Rule::Share { bound, .. } | Rule::Quota { bound, .. } => bound == Bound::Min,
            Rule::Target { .. } | Rule::Stay { .. } | Rule::Indicators { .. } => true,
            Rule::Differences { .. } | Rule::Forbid => false,
        }
    }
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

    /// The funds that a rule counts which names these (none named: all), in file order.
    pub fn counted_funds(&self, named: &[FundIx]) -> Vec<FundIx> {
        if named.is_empty() {
            return self.funds.ids().collect();
        }
        let mut counted = named.to_vec();
        counted.sort_unstable();
        counted.dedup();
        counted
    }
}
