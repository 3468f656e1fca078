//! A repair as a scenario file that can be used at once.

use std::fmt::Write;

use serde::Serialize;

use super::words;
use crate::case::{Base, Bound, Case, Change, Each, Policy, Quota, Rule, Scope};
use crate::plan::repair::{Repair, Step};
use crate::read::new_case::quoted;
use crate::report::question::Question;
use crate::words::Money;

/// The scenario of a repair of a case with these scenarios, beside `base`, the case as its file states it. `None` where no
/// file of its own can say it: rows to unlock, and rules that a scenario has added.
pub fn scenario(
    asked: &Question,
    base: &Case,
    scenarios: &[String],
    repair: &Repair,
) -> Option<String> {
    let case = asked.case;
    let changes = repair.overlay(case).changes;
    if repair
        .steps
        .iter()
        .any(|step| step.changes(case).is_empty())
    {
        return None;
    }
    let steps: Vec<String> = repair
        .steps
        .iter()
        .map(|step| words::done(asked, step))
        .collect();
    let mut file = String::new();
    let title = quoted(&steps.join(asked.pick("；", "; ")));
    // Writing to a text cannot fail.
    let _ = writeln!(file, "title = {title}");
    if !scenarios.is_empty() {
        let _ = writeln!(file, "include = {}", texts(scenarios));
    }
    let mut dropped = Vec::new();
    let mut policies = String::new();
    for change in &changes {
        match change {
            Change::Money { fund, more, after } => {
                let amounts: Vec<String> = more.iter().map(|amount| money(case, *amount)).collect();
                let _ = write!(
                    file,
                    "\n[[fund]]\nid = {}\nmore = [{}]\n",
                    quoted(&case.funds[*fund].id),
                    amounts.join(", ")
                );
                if !after.is_zero() {
                    let _ = writeln!(file, "more_after = {}", money(case, *after));
                }
            }
            Change::Drop(policy) => {
                let stated = &case.policies[*policy];
                let is_stated = |one: &Policy| one.id == stated.id && one.place == stated.place;
                if !base.policies.iter().any(is_stated) {
                    return None;
                }
                dropped.push(stated.id.clone());
            }
            Change::Policy(policy) => {
                // A name that says the old number would say something else than the rule.
                let loosened = repair.steps.iter().find_map(|step| match step {
                    Step::Loosen { policy: at, rule } if *rule == policy.rule => {
                        Some(words::renamed(asked, *at, rule))
                    }
                    _ => None,
                });
                let name = loosened.unwrap_or_else(|| policy.name.clone());
                let named = Policy {
                    name,
                    ..policy.clone()
                };
                policies += &written(case, &named);
            }
            _ => return None,
        }
    }
    if !dropped.is_empty() {
        let _ = write!(file, "\n[drop]\npolicies = {}\n", texts(&dropped));
    }
    Some(file + &policies)
}

/// An amount in the money unit of the case file.
fn money(case: &Case, amount: Money) -> String {
    let shown = amount.main() / case.money_shown.0;
    // Back and forth to the hundredth, and no digits that only rounding has made.
    format!("{}", (shown * 1e9).round() / 1e9)
}

fn texts(list: &[String]) -> String {
    let quoted: Vec<String> = list.iter().map(|text| quoted(text)).collect();
    format!("[{}]", quoted.join(", "))
}

/// A policy as its table states it.
fn written(case: &Case, policy: &Policy) -> String {
    let mut lines: Vec<(&str, String)> =
        vec![("id", quoted(&policy.id)), ("name", quoted(&policy.name))];
    let side = |bound: Bound| match bound {
        Bound::Min => "min",
        Bound::Max => "max",
    };
    let funds = |list: &[crate::words::FundIx]| {
        let ids: Vec<String> = list.iter().map(|&at| case.funds[at].id.clone()).collect();
        texts(&ids)
    };
    match &policy.rule {
        Rule::Share {
            bound,
            share,
            base,
            funds: counted,
            each_year,
        } => {
            lines.push(("kind", quoted("share")));
            lines.push((side(*bound), share.to_string()));
            match base {
                Base::Spent => {}
                Base::Available => lines.push(("of", quoted("available"))),
                Base::YearBefore => lines.push(("of", quoted("year-before"))),
                Base::Matched(others) => {
                    lines.push(("of", quoted("matched")));
                    lines.push(("matched", funds(others)));
                }
            }
            if !counted.is_empty() {
                lines.push(("funds", funds(counted)));
            }
            push_years(&mut lines, *each_year);
        }
        Rule::Quota {
            bound,
            amount,
            each_year,
            each,
        } => {
            let (kind, key, amount) = match (amount, bound) {
                (Quota::Units(units), _) => ("quota", side(*bound), units.to_string()),
                (Quota::OfStock(share), Bound::Min) => ("quota", "min_of_stock", share.to_string()),
                (Quota::OfStock(share), Bound::Max) => ("quota", "max_of_stock", share.to_string()),
                (Quota::Money(amount), _) => ("spending", side(*bound), money(case, *amount)),
            };
            lines.push(("kind", quoted(kind)));
            lines.push((key, amount));
            push_years(&mut lines, *each_year);
            if *each != Each::All {
                lines.push(("each", word(each)));
            }
        }
        Rule::Target { share, from } => {
            lines.push(("kind", quoted("target")));
            lines.push(("min", share.to_string()));
            lines.push(("by", case.horizon.calendar(*from).to_string()));
        }
        // Where no file of the case holds the earlier plan, the rule was asked for on the command line and is not written.
        Rule::Stay { earlier, least } => {
            lines.push(("kind", quoted("stay")));
            lines.extend(earlier.file().map(|file| ("plan", quoted(file))));
            lines.push(("moving", shortest(1.0 - least)));
        }
        Rule::Differences {
            index,
            most,
            composite,
            from,
            together,
        } => {
            lines.push(("kind", word(index)));
            lines.extend(most.map(|most| ("max", most.to_string())));
            lines.push(("by", case.horizon.calendar(*from).to_string()));
            if *composite {
                lines.push(("composite", "true".to_string()));
            }
            if *together {
                lines.push(("each", word(&Each::All)));
            }
        }
        Rule::Indicators { asked, from, .. } => {
            lines.push(("kind", quoted("indicators")));
            if let Some((met, rest)) = asked {
                lines.push(("min", met.to_string()));
                lines.push(("rest", rest.to_string()));
            }
            lines.push(("by", case.horizon.calendar(*from).to_string()));
        }
        Rule::Forbid => lines.push(("kind", quoted("forbid"))),
    }
    let scope = scope(case, &policy.scope);
    if !scope.is_empty() {
        lines.push(("scope", format!("{{ {scope} }}")));
    }
    let lines: String = lines
        .into_iter()
        .map(|(key, value)| format!("{key} = {value}\n"))
        .collect();
    format!("\n[[policy]]\n{lines}")
}

/// A share without the digits that only subtraction has made.
fn shortest(share: f64) -> String {
    format!("{}", (share * 1e9).round() / 1e9)
}

fn push_years(lines: &mut Vec<(&str, String)>, each_year: bool) {
    if !each_year {
        lines.push(("each_year", "false".to_string()));
    }
}

/// A word of a closed list as files write it.
fn word(of: &impl Serialize) -> String {
    serde_json::to_string(of).unwrap_or_default()
}

fn scope(case: &Case, scope: &Scope) -> String {
    let mut parts: Vec<String> = Vec::new();
    let mut part = |key: &str, words: Vec<String>| {
        if !words.is_empty() {
            parts.push(format!("{key} = [{}]", words.join(", ")));
        }
    };
    let resources = scope.resources.iter();
    part(
        "resources",
        resources
            .map(|&at| quoted(&case.resources[at].id))
            .collect(),
    );
    let measures = scope.measures.iter();
    part(
        "measures",
        measures.map(|&at| quoted(&case.measures[at].id)).collect(),
    );
    part("natures", scope.natures.iter().map(word).collect());
    part("stages", scope.stages.iter().map(word).collect());
    let areas = scope.areas.iter();
    part("areas", areas.map(|&at| quoted(&case.areas[at])).collect());
    let provinces = scope.provinces.iter();
    part(
        "provinces",
        provinces.map(|&at| quoted(&case.provinces[at])).collect(),
    );
    let counties = scope.counties.iter();
    part(
        "counties",
        counties
            .map(|&at| quoted(&case.counties[at].label))
            .collect(),
    );
    let schools = scope.schools.iter();
    part(
        "schools",
        schools.map(|&at| quoted(&case.schools[at].id)).collect(),
    );
    parts.join(", ")
}
