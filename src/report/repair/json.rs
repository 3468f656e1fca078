//! The menu for programs.

use serde_json::{Value, json};

use super::words;
use crate::plan::NamedRule;
use crate::plan::repair::{Menu, Price, Repair, Step};
use crate::report::question::Question;
use crate::report::verdict::reason_key;
use crate::words::Place;

/// Conflicts and repairs; numbers in main units of money.
pub fn menu_json(asked: &Question, menu: &Menu) -> Value {
    let sets = |sets: &[Vec<NamedRule>]| -> Vec<Value> {
        sets.iter().map(|set| rules_json(asked, set)).collect()
    };
    let repairs = menu.repairs.iter().enumerate();
    let repairs: Vec<Value> = repairs
        .map(|(at, one)| repair_json(asked, at, one))
        .collect();
    json!({
        "conflicts": sets(&menu.conflicts),
        "repairs": repairs,
        "without_amount": sets(&menu.unmended),
        "partial": menu.partial,
        "halted_by": menu.halted.map(reason_key),
    })
}

/// Named rules with their places.
pub fn rules_json(asked: &Question, rules: &[NamedRule]) -> Value {
    let named = rules.iter().map(|rule| {
        json!({
            "rule": asked.of(&rule.name),
            "place": rule.place.as_ref().map(Place::to_string),
        })
    });
    named.collect()
}

fn repair_json(asked: &Question, at: usize, repair: &Repair) -> Value {
    let steps: Vec<Value> = repair
        .steps
        .iter()
        .map(|one| step_json(asked, one))
        .collect();
    json!({
        "name": super::scenario_name(at),
        "steps": steps,
        "more_money": repair.money(asked.case),
        "least": repair.least,
        "gap": repair.gap,
        "spent": repair.spent,
    })
}

fn step_json(asked: &Question, step: &Step) -> Value {
    let case = asked.case;
    let (kind, id, place) = match step {
        Step::Money { fund, .. } => {
            let fund = &case.funds[*fund];
            ("more-money", Some(&fund.id), Some(&fund.place))
        }
        Step::Loosen { policy, .. } => {
            let policy = &case.policies[*policy];
            ("loosen", Some(&policy.id), Some(&policy.place))
        }
        Step::Drop { policy } => {
            let policy = &case.policies[*policy];
            ("drop", Some(&policy.id), Some(&policy.place))
        }
        Step::Unlock { .. } => ("unlock", None, None),
    };
    let mut value = json!({
        "kind": kind,
        "id": id,
        "place": place.map(Place::to_string),
        "words": words::done(asked, step),
        "price": price_json(step.price(case)),
    });
    match step {
        Step::Money { more, after, .. } => {
            let years = more.pairs();
            let years = years.map(
                |(year, amount)| json!({ "year": case.horizon.calendar(year), "money": amount }),
            );
            value["more"] = years.collect();
            value["more_after"] = json!(after);
        }
        Step::Unlock { rows, .. } => {
            // Counted among the rows that are kept, from 1.
            value["rows"] = rows.iter().map(|row| json!(row + 1)).collect();
        }
        Step::Loosen { .. } | Step::Drop { .. } => {}
    }
    value
}

fn price_json(price: Price) -> Value {
    let (unit, amount) = match price {
        Price::Money(money) => ("money", json!(money)),
        Price::Units(units) => ("units", json!(units)),
        Price::Points(points) => ("points", json!((points * 1e6).round() / 1e6)),
        Price::Years(years) => ("years", json!(years)),
        Price::Rule => ("rules", json!(1)),
        Price::Rows(rows) => ("rows", json!(rows)),
    };
    json!({ "unit": unit, "amount": amount })
}
