//! Scenario overlays (情景): small named changes on a case.

use super::Case;
use super::divert::Diversion;
use super::objective::{Band, First, Tilt};
use super::policy::Policy;
use super::resource::Norm;
use super::school::Section;
use super::scope::Scope;
use super::standard::Standard;
use crate::words::{FundIx, MeasureIx, Money, PolicyIx, ResourceIx, Table, YearIx};

/// One change on a case.
#[derive(Clone, Debug)]
pub enum Change {
    /// The money of a fund (of all when `None`) times a factor, in every year and afterwards.
    Fund {
        /// Which fund.
        fund: Option<FundIx>,
        /// The factor.
        factor: f64,
    },
    /// More money of a fund.
    Money {
        /// Which fund.
        fund: FundIx,
        /// How much more in each plan year.
        more: Table<YearIx, Money>,
        /// How much more a year after the plan.
        after: Money,
    },
    /// Another standard altogether.
    Standard(Standard),
    /// Another norm for one resource (none at all when `None`).
    Norm {
        /// Which resource.
        resource: ResourceIx,
        /// Its norm.
        norm: Option<Norm>,
    },
    /// Another weight of a resource in the gap index.
    Weight {
        /// Which resource.
        resource: ResourceIx,
        /// Its weight.
        weight: f64,
    },
    /// Another smallest project.
    Project {
        /// Of these measures; what moves units between schools knows none.
        measures: Vec<MeasureIx>,
        /// The units that a school is brought at least in a year in which it is brought any; 0 for none.
        least: f64,
    },
    /// One more tilt.
    Tilt(Tilt),
    /// What comes first.
    First(First),
    /// Other severity bands.
    Bands(Vec<Band>),
    /// Enrolment times a factor for each plan year, in one section or both.
    Enrolment {
        /// Which section; both when `None`.
        section: Option<Section>,
        /// One factor a plan year.
        factors: Vec<f64>,
    },
    /// Pupils who go to another school.
    Divert(Diversion),
    /// Prices times a factor.
    Cost {
        /// Of these measures; only the measure fields of the scope are used.
        scope: Scope,
        /// The factor.
        factor: f64,
    },
    /// One more rule.
    Policy(Policy),
    /// One rule less.
    Drop(PolicyIx),
    /// Another length of the terminal period, in years.
    Terminal(f64),
}

/// A named list of changes.
#[derive(Clone, Debug)]
pub struct Overlay {
    /// The name by which it is asked for (its file's name without ending).
    pub name: String,
    /// The title that is shown.
    pub title: String,
    /// What it changes, in order, those of included overlays first.
    pub changes: Vec<Change>,
}

impl Overlay {
    /// The case with these changes made, in order.
    pub fn apply(&self, case: &Case) -> Case {
        let mut changed = case.clone();
        let mut dropped: Vec<PolicyIx> = Vec::new();
        for change in &self.changes {
            match change {
                Change::Drop(policy) => dropped.push(*policy),
                other => other.apply(&mut changed),
            }
        }
        let kept = changed
            .policies
            .pairs()
            .filter(|(ix, _)| !dropped.contains(ix))
            .map(|(_, p)| p.clone());
        changed.policies = kept.collect::<Vec<_>>().into();
        changed
    }
}

impl Overlay {
    /// Whether gaps are counted otherwise than in the case itself: by another standard, other weights or other years.
    pub fn counts_otherwise(&self) -> bool {
        let counts = |change: &Change| match change {
            Change::Standard(_)
            | Change::Norm { .. }
            | Change::Weight { .. }
            | Change::Tilt(_)
            | Change::Bands(_)
            | Change::Terminal(_) => true,
            Change::First(_)
            | Change::Fund { .. }
            | Change::Money { .. }
            | Change::Enrolment { .. }
            | Change::Divert(_)
            | Change::Cost { .. }
            | Change::Project { .. }
            | Change::Policy(_)
            | Change::Drop(_) => false,
        };
        self.changes.iter().any(counts)
    }
}

impl Change {
    /// Makes the change; dropping a rule is left to [`Overlay::apply`], which alone knows what the others still name.
    pub fn apply(&self, case: &mut Case) {
        match self {
            Change::Fund { fund, factor } => {
                for at in case
                    .funds
                    .ids()
                    .filter(|at| fund.is_none_or(|fund| fund == *at))
                {
                    case.funds[at].times(*factor);
                }
            }
            Change::Money { fund, more, after } => {
                case.funds[*fund].plus(more, *after);
            }
            Change::Standard(standard) => case.standard = standard.clone(),
            Change::Norm { resource, norm } => case.standard.norms[*resource] = norm.clone(),
            Change::Weight { resource, weight } => case.resources[*resource].weight = *weight,
            Change::Tilt(tilt) => case.objective.tilts.push(tilt.clone()),
            Change::First(first) => case.objective.first = *first,
            Change::Bands(bands) => case.objective.bands = bands.clone(),
            Change::Enrolment { section, factors } => {
                for one in Section::ALL
                    .into_iter()
                    .filter(|one| section.is_none_or(|section| section == *one))
                {
                    for (value, factor) in case.enrolment.of_mut(one).iter_mut().zip(factors) {
                        *value *= factor;
                    }
                }
                case.refund();
            }
            Change::Divert(diversion) => {
                case.divert(diversion);
                case.refund();
            }
            Change::Cost { scope, factor } => {
                let covered: Vec<_> = case
                    .measures
                    .ids()
                    .filter(|m| scope.covers_measure(case, *m))
                    .collect();
                for measure in covered {
                    case.measures[measure].cost = case.measures[measure].cost.times(*factor);
                }
            }
            Change::Project { measures, least } => {
                for &measure in measures {
                    let stated = &mut case.measures[measure];
                    if !stated.lever.moves() {
                        stated.least = *least;
                    }
                }
            }
            Change::Policy(policy) => {
                case.policies.push(policy.clone());
            }
            Change::Drop(_) => {}
            Change::Terminal(years) => case.horizon.terminal = *years,
        }
    }
}
