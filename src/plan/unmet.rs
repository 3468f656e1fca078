//! Needs that stay, and why.

use super::answer::Plan;
use crate::case::Case;
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{MeasureIx, ResourceIx, SchoolIx};

/// Why a need stays.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reason {
    /// No measure supplies the resource at this school.
    NoMeasure,
    /// Every measure for it is forbidden by a rule.
    Forbidden,
    /// No fund may pay any measure for it.
    NoFund,
    /// The limits are better used elsewhere.
    OutOfReach,
}

impl Reason {
    /// In words, Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Reason::NoMeasure => ("案例中没有可用的措施", "no measure in the case can meet it"),
            Reason::Forbidden => ("政策规定不得采用", "a rule forbids the measures for it"),
            Reason::NoFund => ("没有资金可以支付", "no fund may pay for it"),
            Reason::OutOfReach => (
                "资金或名额有限,优先用于缩小差距更多之处",
                "money or posts close more gap elsewhere",
            ),
        }
    }
}

/// A need that stays at the end of the plan.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Unmet {
    /// The school.
    pub school: SchoolIx,
    /// The resource.
    pub resource: ResourceIx,
    /// Units short in the last plan year.
    pub short: f64,
    /// Why.
    pub reason: Reason,
}

/// The needs that stay in the last plan year, in order of school and resource.
pub fn unmet(case: &Case, plan: &Plan) -> Vec<Unmet> {
    let mut found = Vec::new();
    for school in case.schools.ids() {
        for resource in case.resources.ids() {
            let short = plan
                .outcome
                .short(case, school, resource, case.horizon.last(), true)
                .unwrap_or(0.0);
            // What is left below the smallest step that is handed out is not a need anybody could meet.
            if short > ZERO_UNITS.max(1e-6 * case.resources[resource].step) {
                found.push(Unmet {
                    school,
                    resource,
                    short,
                    reason: reason(case, school, resource),
                });
            }
        }
    }
    found
}

fn reason(case: &Case, school: SchoolIx, resource: ResourceIx) -> Reason {
    let here = |measure: &MeasureIx| {
        let stated = &case.measures[*measure];
        stated.resource == resource && stated.scope.covers_school(case, school)
    };
    let measures: Vec<MeasureIx> = case.measures.ids().filter(here).collect();
    if measures.is_empty() {
        return Reason::NoMeasure;
    }
    let open: Vec<MeasureIx> = measures
        .into_iter()
        .filter(|&measure| case.allows(measure, school))
        .collect();
    if open.is_empty() {
        return Reason::Forbidden;
    }
    let payable = |&measure: &MeasureIx| {
        case.measures[measure].cost.is_zero()
            || case
                .funds
                .iter()
                .any(|fund| fund.scope.covers(case, measure, school))
    };
    if open.iter().any(payable) {
        Reason::OutOfReach
    } else {
        Reason::NoFund
    }
}
