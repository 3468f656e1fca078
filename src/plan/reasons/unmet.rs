//! The needs a plan leaves unmet, each with the one reason that is counted.

use crate::case::Case;
use crate::plan::Outcome;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx, tolerance};

/// A need that a plan leaves unmet in its last year.
#[derive(Clone, PartialEq, Debug)]
pub struct Unmet {
    /// The school.
    pub school: SchoolIx,
    /// What it lacks.
    pub resource: ResourceIx,
    /// Units short in the last plan year.
    pub short: f64,
    /// Why nothing more is done about it.
    pub why: Why,
}

/// Why a need is left unmet.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Why {
    /// What is missing is less than can be handed out, or than half of the smallest project.
    LessThanOneStep,
    /// No measure of the case supplies it to this school within the plan.
    NoMeasure,
    /// No fund may pay for a measure that would.
    NoFund,
    /// There are measures and funds, but they do not reach this far.
    Limits,
}

impl Why {
    /// In words, Chinese and English.
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Why::LessThanOneStep => (
                "不足一个配置单位",
                "less than the smallest amount that is handed out",
            ),
            Why::NoMeasure => ("没有适用于该校的措施", "no measure serves this school"),
            Why::NoFund => ("没有资金可用于该项措施", "no fund may pay for it"),
            Why::Limits => (
                "资金或其他限额不足",
                "money or another limit does not reach this far",
            ),
        }
    }
}

/// The needs a plan leaves unmet in its last year, in file order of school and resource.
pub fn unmet(case: &Case, outcome: &Outcome) -> Vec<Unmet> {
    let last = case.horizon.last();
    let needs = case
        .schools
        .ids()
        .flat_map(|school| case.resources.ids().map(move |resource| (school, resource)));
    needs
        .filter_map(|(school, resource)| {
            let short = outcome.short(case, school, resource, last, true)?;
            (short > tolerance::STEP * case.finest_step(resource)).then(|| Unmet {
                school,
                resource,
                short,
                why: why(case, school, resource, short),
            })
        })
        .collect()
}

pub(super) fn why(case: &Case, school: SchoolIx, resource: ResourceIx, short: f64) -> Why {
    let measures = case.measures.ids();
    let usable: Vec<MeasureIx> = measures
        .filter(|&measure| serves(case, measure, school, resource))
        .collect();
    let mut usable = usable.iter().copied();
    if short < case.finest_step(resource) * (1.0 - tolerance::STEP) {
        Why::LessThanOneStep
    } else if usable.len() == 0 {
        Why::NoMeasure
    } else if usable
        .clone()
        .all(|measure| !is_worth_it(case, measure, resource, short))
    {
        Why::LessThanOneStep
    } else if usable.all(|measure| !payable(case, measure, school)) {
        Why::NoFund
    } else {
        Why::Limits
    }
}

/// Whether a measure can supply a resource to a school by the last plan year.
pub(super) fn serves(
    case: &Case,
    measure: MeasureIx,
    school: SchoolIx,
    resource: ResourceIx,
) -> bool {
    let stated = &case.measures[measure];
    let in_time = |start: YearIx| {
        case.service(measure, start)
            .contains(case.horizon.last().at())
    };
    stated.brings(resource).is_some()
        && case.allows(measure, school)
        && case.horizon.plan_years().any(in_time)
}

/// Whether a measure is begun for what is missing: as far as it is told by its smallest project.
fn is_worth_it(case: &Case, measure: MeasureIx, resource: ResourceIx, short: f64) -> bool {
    let stated = &case.measures[measure];
    let each = stated.brings(resource).unwrap_or(1.0);
    stated.is_worth_a_project(short / each)
}

fn payable(case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
    case.measures[measure].cost.is_zero()
        || case
            .funds
            .iter()
            .any(|fund| !fund.total().is_zero() && fund.scope.covers(case, measure, school))
}
