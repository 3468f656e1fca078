//! The figures that the page's script works with, as JSON. Rows are lists in the order that `columns` names, so that a
//! report of thousands of schools stays small; money in main units of the currency, as in `plan.json`.

use serde_json::{Value, json};

use super::texts::Texts;
use super::words;
use crate::plan::reasons::Reason;
use crate::plan::table::{deadline, problem, problems};
use crate::plan::{Answer, Plan, PlanRow, Reasons};
use crate::report::page::tame;
use crate::report::places::{Figures, Kind, Places};
use crate::report::plan_json::verdict_json;
use crate::report::question::Question;
use crate::report::{verdict, why};
use crate::words::{FundIx, MeasureIx, Money, ResourceIx, SchoolIx, YearIx};

/// What a row of `figures` holds.
pub const FIGURES: [&str; 4] = ["before", "after", "money", "pupils"];
/// What a row of `states` holds; `need`, `reason`, `change` and `state` are numbers of texts. What a school has is told for
/// today and for the last plan year with the plan, the rest for the last plan year.
pub const STATES: [&str; 12] = [
    "resource",
    "stock",
    "required",
    "with_plan",
    "short_before",
    "short_after",
    "gap_before",
    "gap_after",
    "state",
    "need",
    "reason",
    "change",
];
/// What a row of `rows` holds; `problem` and `deadline` are numbers of texts.
pub const ROWS: [&str; 8] = [
    "place", "measure", "year", "units", "fund", "amount", "problem", "deadline",
];

/// Everything that the scenarios have in common. `scenarios` are those of [`scenario`], which have filled `texts`.
pub fn island(asked: &Question, places: &Places, scenarios: Vec<Value>, texts: &Texts) -> Value {
    let case = asked.case;
    let years: Vec<i32> = case
        .horizon
        .plan_years()
        .map(|year| case.horizon.calendar(year))
        .collect();
    let resources = case.resources.iter();
    let resources = resources
        .map(|one| json!({ "id": one.id, "name": tame(&one.name), "unit": tame(&one.unit) }));
    let measures = case.measures.iter().map(|one| {
        let unit = &case.resources[one.resource].unit;
        json!({ "id": one.id, "name": tame(&one.name), "unit": tame(unit), "body": tame(&one.body) })
    });
    let funds = case.funds.iter();
    let funds = funds.map(|one| json!({ "id": one.id, "name": tame(&one.name) }));
    json!({
        "version": env!("CARGO_PKG_VERSION"),
        "lang": asked.pick("zh", "en"),
        "case": case.name,
        "remark": case.remark,
        "gap_unit": asked.gap_unit(),
        "currency": case.currency,
        "money_unit": case.money_shown.1,
        "money_factor": case.money_shown.0,
        "years": years,
        "places_are": places.kind,
        "resources": resources.collect::<Vec<_>>(),
        "measures": measures.collect::<Vec<_>>(),
        "funds": funds.collect::<Vec<_>>(),
        "columns": { "figures": FIGURES, "states": STATES, "rows": ROWS },
        "places": places.list,
        "scenarios": scenarios,
        "texts": texts.list(),
        "words": words::all(asked),
    })
}

/// One scenario. Places that are schools have states with their reasons.
pub fn scenario(
    asked: &Question,
    name: &str,
    title: &str,
    answer: &Answer,
    planned: Option<(&Places, &[Figures], Option<&Reasons>)>,
    texts: &mut Texts,
) -> Value {
    let mut value = json!({
        "name": tame(name),
        "title": tame(title),
        "verdict": verdict_json(asked, answer),
        "said": verdict::name(asked, &answer.verdict),
    });
    let (Some(plan), Some((places, figures, reasons))) = (&answer.plan, planned) else {
        return value;
    };
    let outcome = &plan.outcome;
    let spent: Money = plan.rows.iter().map(PlanRow::amount).sum();
    value["gap"] = json!({ "before": outcome.gap_before, "after": outcome.gap_after });
    value["spent"] = json!(spent);
    let figures = figures.iter();
    value["figures"] = figures
        .map(|one| json!([one.before, one.after, one.money, one.pupils]))
        .collect();
    if places.kind == Kind::School {
        let schools = asked.case.schools.ids();
        value["states"] = schools
            .map(|school| states(asked, plan, reasons, school, texts))
            .collect();
        let rows = plan.rows.iter();
        value["rows"] = rows
            .map(|row| school_row(asked, plan, row, texts))
            .collect();
    } else {
        value["rows"] = summed_rows(asked, plan, places, texts);
    }
    value
}

/// Everything that is asked of a school, and why it stands as it does.
fn states(
    asked: &Question,
    plan: &Plan,
    reasons: Option<&Reasons>,
    school: SchoolIx,
    texts: &mut Texts,
) -> Value {
    let case = asked.case;
    let found: Vec<Reason> =
        reasons.map_or_else(Vec::new, |reasons| reasons.of_school(school).collect());
    let mut list = Vec::new();
    for resource in case.resources.ids() {
        let reason = found.iter().find(|reason| reason.resource == resource);
        let mut years = case.horizon.plan_years();
        let required = years.any(|year| case.required(school, resource, year).is_some());
        if required || reason.is_some() {
            let why = reasons.zip(reason);
            list.push(state(asked, plan, (school, resource), why, texts));
        }
    }
    Value::Array(list)
}

fn state(
    asked: &Question,
    plan: &Plan,
    (school, resource): (SchoolIx, ResourceIx),
    why: Option<(&Reasons, &Reason)>,
    texts: &mut Texts,
) -> Value {
    let (case, outcome) = (asked.case, &plan.outcome);
    let last = case.horizon.last();
    let gap = |planned| -> f64 {
        let periods = case.horizon.periods();
        periods
            .map(|period| outcome.gap_of(case, school, resource, period, planned))
            .sum()
    };
    let short = |planned| outcome.short(case, school, resource, last, planned);
    let need = problem(case, outcome, school, resource, asked.lang);
    let (state, reason, change) = why.map_or_else(Default::default, |(reasons, reason)| {
        (
            why::state(asked, reason.state).to_string(),
            why::reason(asked, reasons, reason),
            why::change(asked, reason),
        )
    });
    json!([
        resource.at(),
        case.schools[school].stock[resource.at()],
        case.required(school, resource, last),
        outcome.stock(case, school, resource, last),
        short(false),
        short(true),
        gap(false),
        gap(true),
        texts.number(&state),
        texts.number(&need),
        texts.number(&reason),
        texts.number(&change),
    ])
}

fn school_row(asked: &Question, plan: &Plan, row: &PlanRow, texts: &mut Texts) -> Value {
    let case = asked.case;
    let problem = problems(case, &plan.outcome, row.school, row.measure, asked.lang);
    json!([
        row.school.at(),
        row.measure.at(),
        case.horizon.calendar(row.year),
        row.units,
        row.fund.map(FundIx::at),
        row.amount(),
        texts.number(&problem),
        texts.number(&deadline(case, row, asked.lang)),
    ])
}

/// Rows of the same place, measure, year and fund as one.
fn summed_rows(asked: &Question, plan: &Plan, places: &Places, texts: &mut Texts) -> Value {
    type Key = (usize, YearIx, MeasureIx, Option<FundIx>);
    let mut sums: std::collections::BTreeMap<Key, (f64, Money, usize)> = Default::default();
    for row in &plan.rows {
        // What a rotation takes from one school it gives to another of the county.
        let units = row.units.max(0.0);
        let key = (
            places.of_school(row.school),
            row.year,
            row.measure,
            row.fund,
        );
        let deadline = texts.number(&deadline(asked.case, row, asked.lang));
        let sum = sums.entry(key).or_insert((0.0, Money::ZERO, deadline));
        sum.0 += units;
        sum.1 += row.amount();
    }
    let rows = sums.into_iter();
    rows.map(
        |((place, year, measure, fund), (units, amount, deadline))| {
            let year = asked.case.horizon.calendar(year);
            json!([
                place,
                measure.at(),
                year,
                units,
                fund.map(FundIx::at),
                amount,
                0,
                deadline
            ])
        },
    )
    .collect()
}

/// JSON that may stand in a page: whatever a name says, no tag begins or ends in it.
pub fn embedded(value: &Value) -> String {
    value.to_string().replace('<', "\\u003c")
}

/// The name by which the places are called in headings.
pub fn heading(places: &Places) -> &'static str {
    match places.kind {
        Kind::School => "schools",
        Kind::Township => "townships",
        Kind::County => "counties",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_tag_begins_in_the_island() {
        let value = json!({ "name": "</script><b>\"&<!--" });
        let text = embedded(&value);
        assert!(!text.contains('<'), "{text}");
        assert_eq!(serde_json::from_str::<Value>(&text).ok(), Some(value));
    }
}
