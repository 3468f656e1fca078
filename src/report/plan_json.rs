//! `plan.json`: everything about an answer, for programs. Money in main units of the currency.

use std::io::{self, Write};

use serde::Serialize;
use serde::ser::{SerializeMap, Serializer};
use serde_json::{Value, json};

use super::lines::{self, Each};
use super::moves::{Moved, Unpaired};
use super::question::Question;
use super::{aid, changes, diverted, repair, touched, verdict, write_off};
use crate::case::Stage;
use crate::plan::moves;
use crate::plan::reasons::{Unmet, Why, unmet};
use crate::plan::{Answer, Binding, BindingUnit, Plan, PlanRow, Verdict, row::subsidies};
use crate::words::{Money, ResourceIx, SchoolIx};

/// What an answer was made from. No clock, no host, no path.
#[derive(Clone, PartialEq, Debug)]
pub struct Provenance {
    /// Names and hashes of the case's files.
    pub inputs: Vec<(String, String)>,
    /// The scenarios applied, in order.
    pub scenarios: Vec<String>,
    /// The solver asked for.
    pub solver: String,
    /// How many rows of an earlier plan were kept.
    pub kept: usize,
}

impl Provenance {
    fn json(&self) -> Value {
        let inputs: Vec<Value> = self
            .inputs
            .iter()
            .map(|(file, hash)| json!({ "file": file, "blake3": hash }))
            .collect();
        json!({
            "version": env!("CARGO_PKG_VERSION"),
            "inputs": inputs,
            "scenarios": self.scenarios,
            "solver": self.solver,
            "kept_rows": self.kept,
        })
    }
}

/// Writes an answer as JSON while it is made: a nation's plan is larger as JSON than in memory. `table` is asked last for
/// the hash of the table that is written beside it, if one is.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    out: impl Write,
    asked: &Question,
    answer: &Answer,
    from: &Provenance,
    table: &dyn Fn() -> Option<String>,
) -> io::Result<()> {
    let document = Document {
        asked,
        answer,
        from,
        table,
    };
    lines::write(out, &document)
}

/// The whole answer.
struct Document<'a> {
    asked: &'a Question<'a>,
    answer: &'a Answer,
    from: &'a Provenance,
    table: &'a dyn Fn() -> Option<String>,
}

impl Serialize for Document<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let (asked, case) = (self.asked, self.asked.case);
        let years = case.horizon.plan_years();
        let years: Vec<i32> = years.map(|year| case.horizon.calendar(year)).collect();
        let mut map = serializer.serialize_map(None)?;
        map.serialize_entry("case", &case.name)?;
        map.serialize_entry("remark", &case.remark)?;
        map.serialize_entry("scenario", &asked.scenario.map(|scenario| &scenario.title))?;
        map.serialize_entry("years", &years)?;
        map.serialize_entry("terminal_years", &case.horizon.terminal)?;
        map.serialize_entry("currency", &case.currency)?;
        map.serialize_entry("standard", &case.standard.name)?;
        map.serialize_entry("gap_unit", asked.gap_unit())?;
        if !case.diversions.is_empty() {
            map.serialize_entry("diversions", &diverted::json(asked))?;
        }
        if case.writes_off() {
            map.serialize_entry("write_offs", &write_off::json(asked))?;
        }
        map.serialize_entry("verdict", &verdict_json(asked, self.answer))?;
        map.serialize_entry("provenance", &self.from.json())?;
        if let Some(plan) = &self.answer.plan {
            plan_entries(&mut map, asked, plan)?;
            if let Some(changes) = changes::json(asked, &plan.rows) {
                map.serialize_entry("against_earlier_plan", &changes)?;
            }
            if let Some(hash) = (self.table)() {
                map.serialize_entry(touched::TABLE, &hash)?;
            }
        }
        map.end()
    }
}

/// The rows of a plan as they stand in the file.
pub fn rows(asked: &Question, plan: &Plan) -> Vec<Value> {
    let rows = plan.rows.iter();
    rows.map(|row| json!(Row::of(asked, row))).collect()
}

/// A verdict for programs.
pub fn verdict_json(asked: &Question, answer: &Answer) -> Value {
    let mut value = json!({ "kind": verdict::key(&answer.verdict) });
    if let Some(reason) = answer.halted {
        value["halted_by"] = json!(verdict::reason_key(reason));
    }
    match &answer.verdict {
        Verdict::Stopped { distance } => value["distance"] = json!(distance),
        Verdict::Impossible { rules } => {
            value["rules"] = repair::rules_json(asked, rules);
            if let (Some(menu), Value::Object(map)) = (&answer.menu, &mut value)
                && let Value::Object(menu) = repair::menu_json(asked, menu)
            {
                map.extend(menu);
            }
        }
        Verdict::Undecided { why } => value["why"] = json!(asked.of(why)),
        Verdict::Optimal | Verdict::Unbounded | Verdict::NotBegun => {}
    }
    value
}

fn plan_entries<M: SerializeMap>(
    map: &mut M,
    asked: &Question,
    plan: &Plan,
) -> Result<(), M::Error> {
    let case = asked.case;
    map.serialize_entry("gap", &gap_json(asked, plan))?;
    if let Some(aid) = aid::json(asked, plan) {
        map.serialize_entry("aid", &aid)?;
    }
    map.serialize_entry("certificate", &plan.certificate)?;
    map.serialize_entry("fairness", &super::fairness::json(asked, plan))?;
    map.serialize_entry("without_terminal", &plan.without_terminal)?;
    let audit = json!({
        "checked": plan.audit.checked,
        "breaches": super::audited::breaches_json(asked, &plan.audit),
    });
    map.serialize_entry("audit", &audit)?;
    let bindings = plan.bindings.iter().map(|one| binding_json(asked, one));
    map.serialize_entry("bindings", &bindings.collect::<Vec<_>>())?;
    map.serialize_entry("money", &money_json(asked, plan))?;
    if asked.case.is_subsidised() {
        map.serialize_entry("outside_money", &outside_json(asked, plan))?;
    }
    let rows = || plan.rows.iter().map(|row| Row::of(asked, row));
    map.serialize_entry("rows", &Each(rows))?;
    let moved = moves::moves(case, &plan.rows);
    let list = || moved.list.iter().map(|one| Moved::of(asked, one));
    map.serialize_entry("moves", &Each(list))?;
    let unpaired = || moved.unpaired.iter().map(|one| Unpaired::of(asked, one));
    map.serialize_entry("unpaired", &Each(unpaired))?;
    if let Some(take_up) = &plan.take_up {
        map.serialize_entry("take_up", &super::take_up::json(asked, plan, take_up))?;
    }
    let left = unmet(case, &plan.outcome);
    let needs = || left.iter().map(|need| Need::of(asked, need));
    map.serialize_entry("unmet", &Each(needs))?;
    let schools = || case.schools.ids().map(|at| School::of(asked, plan, at));
    map.serialize_entry("schools", &Each(schools))
}

fn gap_json(asked: &Question, plan: &Plan) -> Value {
    let (horizon, outcome) = (&asked.case.horizon, &plan.outcome);
    let periods = horizon.periods().zip(&outcome.gap_by_period);
    let by_period: Vec<Value> = periods
        .map(|(period, (before, after))| {
            let year = (!horizon.is_terminal(period)).then(|| horizon.calendar(period));
            json!({ "year": year, "before": before, "after": after })
        })
        .collect();
    json!({ "before": outcome.gap_before, "after": outcome.gap_after, "by_period": by_period })
}

fn money_json(asked: &Question, plan: &Plan) -> Vec<Value> {
    let case = asked.case;
    let money = plan.money.iter().map(|one| {
        json!({
            "fund": case.funds[one.fund].id,
            "year": case.horizon.calendar(one.year),
            "given": one.given,
            "carried": one.carried,
            "spent": one.spent,
        })
    });
    money.collect()
}

/// Money from outside the funds by year.
fn outside_json(asked: &Question, plan: &Plan) -> Vec<Value> {
    let case = asked.case;
    let years = case.horizon.plan_years();
    let by_year = years.zip(subsidies(case, &plan.rows));
    let by_year =
        by_year.map(|(year, paid)| json!({ "year": case.horizon.calendar(year), "paid": paid }));
    by_year.collect()
}

fn binding_json(asked: &Question, binding: &Binding) -> Value {
    json!({
        "limit": asked.of(&binding.name),
        "year": binding.year.map(|year| asked.case.horizon.calendar(year)),
        "price": binding.price,
        "per": match binding.per {
            BindingUnit::Money => asked.case.currency.as_str(),
            BindingUnit::Units => "unit",
            BindingUnit::Points => "percentage point",
        },
    })
}

/// A row of the plan.
#[derive(Serialize)]
struct Row<'a> {
    school: &'a str,
    measure: &'a str,
    resource: &'a str,
    year: i32,
    units: f64,
    fund: Option<&'a str>,
    payments: &'a [Money],
    after: Money,
    body: &'a str,
}

impl<'a> Row<'a> {
    fn of(asked: &Question<'a>, row: &'a PlanRow) -> Row<'a> {
        let case = asked.case;
        let measure = &case.measures[row.measure];
        Row {
            school: &case.schools[row.school].id,
            measure: &measure.id,
            resource: &case.resources[measure.resource].id,
            year: case.horizon.calendar(row.year),
            units: row.units,
            fund: row.fund.map(|fund| case.funds[fund].id.as_str()),
            payments: &row.payments,
            after: row.after,
            body: &measure.body,
        }
    }
}

/// A need that is left unmet.
#[derive(Serialize)]
struct Need<'a> {
    school: &'a str,
    resource: &'a str,
    short: f64,
    why: Why,
}

impl<'a> Need<'a> {
    fn of(asked: &Question<'a>, need: &Unmet) -> Need<'a> {
        Need {
            school: &asked.case.schools[need.school].id,
            resource: &asked.case.resources[need.resource].id,
            short: need.short,
            why: need.why,
        }
    }
}

/// A school and its state.
#[derive(Serialize)]
struct School<'a> {
    id: &'a str,
    name: &'a str,
    stage: Stage,
    /// `None` where the case names none.
    province: Option<&'a str>,
    county: &'a str,
    area: &'a str,
    township: &'a str,
    line: usize,
    resources: Vec<State<'a>>,
}

impl<'a> School<'a> {
    fn of(asked: &Question<'a>, plan: &Plan, at: SchoolIx) -> School<'a> {
        let case = asked.case;
        let school = &case.schools[at];
        let resources = case.resources.ids();
        School {
            id: &school.id,
            name: &school.name,
            stage: school.stage,
            province: Some(case.provinces[case.province(at)].as_str())
                .filter(|name| !name.is_empty()),
            county: &case.counties[school.county].name,
            area: &case.areas[school.area],
            township: &school.township,
            line: school.line,
            resources: resources
                .filter_map(|resource| State::of(asked, plan, at, resource))
                .collect(),
        }
    }
}

/// A school's state in one resource, a number for each plan year.
#[derive(Serialize)]
struct State<'a> {
    resource: &'a str,
    stock: Option<f64>,
    /// What of the stock has fallen out of use; left out where nothing does.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    written_off: Vec<f64>,
    required: Vec<Option<f64>>,
    supplied: Vec<f64>,
    short_before: Vec<Option<f64>>,
    short_after: Vec<Option<f64>>,
    gap_before: f64,
    gap_after: f64,
}

impl<'a> State<'a> {
    /// The state; `None` when nothing is known or asked.
    fn of(
        asked: &Question<'a>,
        plan: &Plan,
        school: SchoolIx,
        resource: ResourceIx,
    ) -> Option<State<'a>> {
        let (case, outcome) = (asked.case, &plan.outcome);
        let stock = case.schools[school].stock[resource.at()];
        let years = || case.horizon.plan_years();
        let required: Vec<Option<f64>> = years()
            .map(|year| case.required(school, resource, year))
            .collect();
        let short = |with: bool| -> Vec<Option<f64>> {
            years()
                .map(|year| outcome.short(case, school, resource, year, with))
                .collect()
        };
        let gap = |with: bool| -> f64 {
            case.horizon
                .periods()
                .map(|period| outcome.gap_of(case, school, resource, period, with))
                .sum()
        };
        (stock.is_some() || required.iter().any(Option::is_some)).then(|| State {
            resource: &case.resources[resource].id,
            stock,
            written_off: match case.schools[school].write_offs.is_empty() {
                true => Vec::new(),
                false => years()
                    .map(|year| case.written_off(school, resource, year))
                    .collect(),
            },
            required,
            supplied: years()
                .map(|year| outcome.supplied(school, resource, year))
                .collect(),
            short_before: short(false),
            short_after: short(true),
            gap_before: gap(false),
            gap_after: gap(true),
        })
    }
}
