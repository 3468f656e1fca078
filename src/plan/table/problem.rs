//! Needs in words: what a school lacks, and why a need is left unmet.

use super::{Cell, plain};
use crate::case::Case;
use crate::plan::Outcome;
use crate::words::{Lang, MeasureIx, ResourceIx, SchoolIx, YearIx, tolerance};

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
    /// What is missing is less than can be handed out.
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
            (short > tolerance::STEP * case.resources[resource].step).then(|| Unmet {
                school,
                resource,
                short,
                why: why(case, school, resource, short),
            })
        })
        .collect()
}

fn why(case: &Case, school: SchoolIx, resource: ResourceIx, short: f64) -> Why {
    let mut usable = case
        .measures
        .ids()
        .filter(|&measure| serves(case, measure, school, resource))
        .peekable();
    if short < case.resources[resource].step * (1.0 - tolerance::STEP) {
        Why::LessThanOneStep
    } else if usable.peek().is_none() {
        Why::NoMeasure
    } else if usable.all(|measure| !payable(case, measure, school)) {
        Why::NoFund
    } else {
        Why::Limits
    }
}

/// Whether a measure can supply a resource to a school by the last plan year.
fn serves(case: &Case, measure: MeasureIx, school: SchoolIx, resource: ResourceIx) -> bool {
    let stated = &case.measures[measure];
    let in_time = |start: YearIx| {
        case.service(measure, start)
            .contains(case.horizon.last().at())
    };
    stated.resource == resource
        && case.allows(measure, school)
        && case.horizon.plan_years().any(in_time)
}

fn payable(case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
    case.measures[measure].cost.is_zero()
        || case
            .funds
            .iter()
            .any(|fund| !fund.total().is_zero() && fund.scope.covers(case, measure, school))
}

/// What a school lacks of a resource without the plan, in the first year in which it does:
/// 缺学生用计算机 12 台(应有 60,现有 48).
pub fn problem(
    case: &Case,
    outcome: &Outcome,
    school: SchoolIx,
    resource: ResourceIx,
    lang: Lang,
) -> String {
    let needing = |year: &YearIx| {
        outcome
            .short(case, school, resource, *year, false)
            .is_some_and(|short| short > tolerance::ZERO_UNITS)
    };
    let year = case.horizon.plan_years().find(needing);
    let today = YearIx::new(0);
    let state = state(case, school, resource, year.unwrap_or(today), lang);
    let stated = &case.resources[resource];
    match year {
        None => state.map_or_else(String::new, |state| match lang {
            Lang::Zh => format!("不缺{}（{state}）", stated.name),
            Lang::En => format!("no shortage of {} ({state})", stated.name),
        }),
        Some(year) => {
            let short = outcome
                .short(case, school, resource, year, false)
                .map(round)
                .unwrap_or_default();
            let from = if year == today {
                None
            } else {
                Some(case.horizon.calendar(year))
            };
            let state = state.unwrap_or_default();
            match lang {
                Lang::Zh => format!(
                    "{}缺{} {short} {}（{state}）",
                    from.map(|year| format!("{year}年起")).unwrap_or_default(),
                    stated.name,
                    stated.unit,
                ),
                Lang::En => format!(
                    "{} {short} {} short{} ({state})",
                    stated.name,
                    stated.unit,
                    from.map(|year| format!(" from {year}")).unwrap_or_default(),
                ),
            }
        }
    }
}

fn state(
    case: &Case,
    school: SchoolIx,
    resource: ResourceIx,
    year: YearIx,
    lang: Lang,
) -> Option<String> {
    let required = round(case.required(school, resource, year)?);
    let stock = round(case.schools[school].stock[resource.at()]?);
    Some(match lang {
        Lang::Zh => format!("应有 {required}，现有 {stock}"),
        Lang::En => format!("should have {required}, has {stock}"),
    })
}

/// Units as one says them: two decimals at most, more for what would vanish.
fn round(units: f64) -> String {
    let rounded = (units * 100.0).round() / 100.0;
    plain(if rounded == 0.0 { units } else { rounded })
}

/// The cell that stands where a measure would, for a need left unmet: how much is still short at the end, and why.
pub(super) fn left_unmet(case: &Case, need: &Unmet, lang: Lang) -> Cell {
    let year = case.horizon.calendar(case.horizon.last());
    let (short, unit) = (round(need.short), &case.resources[need.resource].unit);
    let (zh, en) = need.why.words();
    Cell::text(lang.pick(
        format!("未解决：{year}年仍缺 {short} {unit}，{zh}"),
        format!("left unmet: {short} {unit} short in {year}, {en}"),
    ))
}
