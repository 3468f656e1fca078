//! `plan.json`: everything about an answer, for programs. Money in main units of the currency.

use serde_json::{Value, json};

use super::question::Question;
use super::verdict;
use crate::plan::table::unmet;
use crate::plan::{Answer, Binding, BindingUnit, Plan, PlanRow, Verdict};
use crate::words::{Place, ResourceIx, SchoolIx};

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

/// The answer as JSON.
pub fn value(asked: &Question, answer: &Answer, from: &Provenance) -> Value {
    let case = asked.case;
    let mut value = json!({
        "case": case.name,
        "remark": case.remark,
        "scenario": asked.scenario.map(|scenario| &scenario.title),
        "years": case.horizon.plan_years().map(|year| case.horizon.calendar(year)).collect::<Vec<_>>(),
        "terminal_years": case.horizon.terminal,
        "currency": case.currency,
        "standard": case.standard.name,
        "gap_unit": asked.gap_unit(),
        "verdict": verdict_json(asked, answer),
        "provenance": from.json(),
    });
    if let (Some(plan), Value::Object(fields)) = (&answer.plan, &mut value)
        && let Value::Object(more) = plan_json(asked, plan)
    {
        fields.extend(more);
    }
    value
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
            let named = rules.iter().map(|rule| {
                json!({ "rule": asked.of(&rule.name), "place": rule.place.as_ref().map(Place::to_string) })
            });
            value["rules"] = named.collect();
        }
        Verdict::Undecided { why } => value["why"] = json!(asked.of(why)),
        Verdict::Optimal | Verdict::Unbounded | Verdict::NotBegun => {}
    }
    value
}

fn plan_json(asked: &Question, plan: &Plan) -> Value {
    let (case, outcome) = (asked.case, &plan.outcome);
    let by_period: Vec<Value> = case
        .horizon
        .periods()
        .zip(&outcome.gap_by_period)
        .map(|(period, (before, after))| {
            let year = (!case.horizon.is_terminal(period)).then(|| case.horizon.calendar(period));
            json!({ "year": year, "before": before, "after": after })
        })
        .collect();
    let money: Vec<Value> = plan
        .money
        .iter()
        .map(|one| {
            json!({
                "fund": case.funds[one.fund].id,
                "year": case.horizon.calendar(one.year),
                "given": one.given,
                "carried": one.carried,
                "spent": one.spent,
            })
        })
        .collect();
    json!({
        "gap": { "before": outcome.gap_before, "after": outcome.gap_after, "by_period": by_period },
        "certificate": plan.certificate,
        "without_terminal": plan.without_terminal,
        "audit": {
            "checked": plan.audit.checked,
            "breaches": super::audited::breaches_json(asked, &plan.audit),
        },
        "bindings": plan.bindings.iter().map(|one| binding_json(asked, one)).collect::<Vec<_>>(),
        "money": money,
        "rows": plan.rows.iter().map(|row| row_json(asked, row)).collect::<Vec<_>>(),
        "unmet": unmet_json(asked, plan),
        "schools": case.schools.ids().map(|school| school_json(asked, plan, school)).collect::<Vec<_>>(),
    })
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

fn row_json(asked: &Question, row: &PlanRow) -> Value {
    let case = asked.case;
    json!({
        "school": case.schools[row.school].id,
        "measure": case.measures[row.measure].id,
        "resource": case.resources[row.resource(case)].id,
        "year": case.horizon.calendar(row.year),
        "units": row.units,
        "fund": row.fund.map(|fund| &case.funds[fund].id),
        "payments": row.payments,
        "after": row.after,
        "body": case.measures[row.measure].body,
    })
}

fn unmet_json(asked: &Question, plan: &Plan) -> Vec<Value> {
    let case = asked.case;
    unmet(case, &plan.outcome)
        .iter()
        .map(|need| {
            json!({
                "school": case.schools[need.school].id,
                "resource": case.resources[need.resource].id,
                "short": need.short,
                "why": need.why,
            })
        })
        .collect()
}

fn school_json(asked: &Question, plan: &Plan, at: SchoolIx) -> Value {
    let case = asked.case;
    let school = &case.schools[at];
    let province = Some(&case.provinces[case.province(at)]).filter(|name| !name.is_empty());
    let resources: Vec<Value> = case
        .resources
        .ids()
        .filter_map(|resource| resource_json(asked, plan, at, resource))
        .collect();
    json!({
        "id": school.id,
        "name": school.name,
        "stage": school.stage,
        "province": province,
        "county": case.counties[school.county].name,
        "area": case.areas[school.area],
        "township": school.township,
        "line": school.line,
        "resources": resources,
    })
}

/// A school's state in one resource, a number for each plan year; absent when nothing is known or asked.
fn resource_json(
    asked: &Question,
    plan: &Plan,
    school: SchoolIx,
    resource: ResourceIx,
) -> Option<Value> {
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
    (stock.is_some() || required.iter().any(Option::is_some)).then(|| {
        json!({
            "resource": case.resources[resource].id,
            "stock": stock,
            "required": required,
            "supplied": years().map(|year| outcome.supplied(school, resource, year)).collect::<Vec<_>>(),
            "short_before": short(false),
            "short_after": short(true),
            "gap_before": gap(false),
            "gap_after": gap(true),
        })
    })
}
