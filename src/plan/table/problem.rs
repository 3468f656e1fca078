//! Needs in words: what a school lacks, and why a need is left unmet.

use super::{Cell, plain};
use crate::case::Case;
use crate::plan::Outcome;
use crate::plan::reasons::Unmet;
use crate::words::{Lang, MeasureIx, ResourceIx, SchoolIx, YearIx, tolerance};

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

/// The problems that a measure answers at a school: that of the resource it is measured in, and those of the others in
/// which its units count, as far as something is missing of them.
pub fn problems(
    case: &Case,
    outcome: &Outcome,
    school: SchoolIx,
    measure: MeasureIx,
    lang: Lang,
) -> String {
    let stated = &case.measures[measure];
    let is_short = |resource: &ResourceIx| {
        let mut years = case.horizon.plan_years();
        years.any(|year| {
            let short = outcome.short(case, school, *resource, year, false);
            short.is_some_and(|short| short > tolerance::ZERO_UNITS)
        })
    };
    let others = stated.also.iter().map(|(resource, _)| *resource);
    let told = std::iter::once(stated.resource).chain(others.filter(is_short));
    let told: Vec<String> = told
        .map(|resource| problem(case, outcome, school, resource, lang))
        .collect();
    told.join(lang.pick("；", "; "))
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
    let gone = case.written_off(school, resource, year);
    let gone = (gone > tolerance::ZERO_UNITS).then(|| {
        let (gone, year) = (round(gone), case.horizon.calendar(year));
        lang.pick(
            format!("，其中 {gone} 到{year}年已到期退出"),
            format!(", {gone} of them out of use by {year}"),
        )
    });
    let gone = gone.unwrap_or_default();
    Some(match lang {
        Lang::Zh => format!("应有 {required}，现有 {stock}{gone}"),
        Lang::En => format!("should have {required}, has {stock}{gone}"),
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
