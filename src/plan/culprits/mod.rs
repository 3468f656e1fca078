//! Which rules make a case impossible, in the planner's words.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{NamedRule, Options};
use crate::case::{Case, Fund};
use crate::formulate::{Formulated, Kept, RowKey};
use crate::program::Block;
use crate::words::{FundIx, PolicyIx, ResourceIx, SchoolIx};

mod bare;
mod trials;

pub use bare::Bare;
pub use trials::{Trial, Trials, demands_nothing};

/// Rows whose multiplier is below this share of the largest carry no weight in a proof.
const WEIGHTLESS: f64 = 1e-6;

/// Something a planner could give way in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Rule {
    /// The money of a fund.
    Money(FundIx),
    /// A policy.
    Policy(PolicyIx),
    /// What the planner has kept of a measure at a school and year, by the position of its first row.
    Kept(usize),
}

/// The rules of an impossibility proof: those funds and policies of which none can be let go without a plan becoming
/// possible (each was tried, until halted). When none is among them, the rows of the proof themselves: what the planner has kept
/// and the schools that would be left short by it.
pub fn culprits(
    case: &Case,
    form: &Formulated,
    multipliers: &[f64],
    kept: &[Kept],
    options: &Options,
) -> Vec<NamedRule> {
    let mut trials = Trials::new(case, kept, options);
    let everything: Vec<PolicyIx> = case.policies.ids().collect();
    let mut suspects = involved(&everything, form, multipliers);
    let known = suspects.clone();
    suspects.extend(trials.without_rows());
    // Rows too light to be told apart from rounding may carry the proof as well.
    let needed = trials.irreducible(&suspects);
    let needed = needed.or_else(|| trials.irreducible(&trials.all()));
    let needed = needed.unwrap_or(known);
    if needed.is_empty() {
        let rows = carrying(form, multipliers).into_iter();
        return rows
            .filter(|key| !matches!(key, RowKey::Class { .. } | RowKey::Pool { .. }))
            .map(|key| NamedRule {
                name: key.words(case),
                place: None,
            })
            .collect();
    }
    named_rules(case, &needed, kept, options)
}

/// Of the rules that stood in a program which was proven impossible, some that are so together and of which none can be let
/// go without a plan becoming possible; none where it is impossible without any. `None` where they were not found.
pub fn irreducible(
    trials: &mut Trials,
    standing: &BTreeSet<Rule>,
    proof: &(Formulated, Vec<f64>),
) -> Option<BTreeSet<Rule>> {
    let (form, multipliers) = proof;
    let mut suspects = involved(trials.policies(), form, multipliers);
    suspects.extend(trials.without_rows());
    suspects.retain(|rule| standing.contains(rule));
    let found = trials.irreducible(&suspects);
    // Rows too light to be told apart from rounding may carry the proof as well.
    found.or_else(|| trials.irreducible(standing))
}

/// The rules whose rows carry a proof.
fn involved(policies: &[PolicyIx], form: &Formulated, multipliers: &[f64]) -> BTreeSet<Rule> {
    let carrying = carrying(form, multipliers).into_iter();
    carrying.filter_map(|key| rule(policies, key)).collect()
}

/// Rules that are impossible together, in words and with the needs through which they are.
pub fn named_rules(
    case: &Case,
    rules: &BTreeSet<Rule>,
    kept: &[Kept],
    options: &Options,
) -> Vec<NamedRule> {
    let short = schools_short(case, rules, kept, options);
    let of_rule = |&rule: &Rule| {
        named(
            case,
            kept,
            rule,
            short.get(&rule).map_or(&[], Vec::as_slice),
        )
    };
    rules.iter().map(of_rule).collect()
}

/// The rule of a row of a program in which these policies stand.
fn rule(policies: &[PolicyIx], key: &RowKey) -> Option<Rule> {
    match key {
        RowKey::Share { policy, .. }
        | RowKey::Quota { policy, .. }
        | RowKey::Differences { policy, .. }
        | RowKey::Target { policy, .. }
        | RowKey::Indicator { policy, .. }
        | RowKey::Indicators { policy, .. }
        | RowKey::Stay { policy } => Some(Rule::Policy(policies[policy.at()])),
        RowKey::Fund { fund, .. } => Some(Rule::Money(*fund)),
        _ => None,
    }
}

/// For each target among some rules that are impossible together, the schools and resources through which it is part of
/// the proof of that.
fn schools_short(
    case: &Case,
    rules: &BTreeSet<Rule>,
    kept: &[Kept],
    options: &Options,
) -> BTreeMap<Rule, Vec<String>> {
    let is_target = |rule: &&Rule| match rule {
        Rule::Policy(at) => matches!(
            case.policies[*at].rule,
            crate::case::Rule::Target { .. } | crate::case::Rule::Indicators { .. }
        ),
        Rule::Money(_) | Rule::Kept(_) => false,
    };
    let targets: Vec<Rule> = rules.iter().filter(is_target).copied().collect();
    if targets.is_empty() {
        return BTreeMap::new();
    }
    let mut trials = Trials::new(case, kept, options);
    let Trial::Impossible(proof) = trials.stand(rules) else {
        return BTreeMap::new();
    };
    let (form, multipliers) = *proof;
    let carrying = carrying_blocks(&form, &multipliers);
    let of_rule = |rule: Rule| {
        let Rule::Policy(at) = rule else {
            return (rule, Vec::new());
        };
        let of = |key: &&RowKey| match **key {
            RowKey::Target {
                policy,
                school,
                resource,
                ..
            }
            | RowKey::Indicator {
                policy,
                school,
                resource,
                ..
            } if trials.policies()[policy.at()] == at => Some((school, resource)),
            _ => None,
        };
        let needs: BTreeSet<_> = carrying.iter().filter_map(of).collect();
        let name = |&(school, resource): &(SchoolIx, ResourceIx)| {
            let (school, resource) = (&case.schools[school], &case.resources[resource]);
            format!("{} {}", school.name, resource.name)
        };
        (rule, needs.iter().map(name).collect())
    };
    targets.into_iter().map(of_rule).collect()
}

/// The rows of the blocks without which the proof would be none: those that ask for more than their own columns give at
/// the prices of the proof. A block that is met to the last unit may have multipliers and carry nothing.
fn carrying_blocks<'a>(form: &'a Formulated, multipliers: &[f64]) -> Vec<&'a RowKey> {
    let mut pulls = vec![0.0; form.program.cols.len()];
    for (row, multiplier) in form.program.rows.iter().zip(multipliers) {
        for &(col, coefficient) in &row.entries {
            pulls[col] += multiplier * coefficient;
        }
    }
    let most = |col: usize| {
        let (pull, bounds) = (pulls[col], &form.program.cols[col]);
        pull * if pull > 0.0 {
            bounds.upper
        } else {
            bounds.lower
        }
    };
    let lacks = |block: &Block| {
        let rows = block.rows.clone();
        let asked: f64 = rows
            .map(|at| multipliers[at] * form.program.rows[at].rhs)
            .sum();
        asked - block.cols.clone().map(most).sum::<f64>()
    };
    let lacking: Vec<f64> = form.program.blocks.iter().map(lacks).collect();
    let most = lacking.iter().copied().fold(0.0, f64::max);
    let blocks = form.program.blocks.iter().zip(&lacking);
    let carrying = blocks.filter(|(_, lacking)| **lacking > CARRIES * most);
    let rows = carrying.flat_map(|(block, _)| block.rows.clone());
    rows.map(|at| &form.rows[at]).collect()
}

/// A block carries a proof when it lacks at least this share of what the one lacks that lacks most.
const CARRIES: f64 = 1e-3;

/// How many of the needs through which a target is part of a proof are named.
const NAMED: usize = 3;

fn named(case: &Case, kept: &[Kept], rule: Rule, targeted: &[String]) -> NamedRule {
    match rule {
        Rule::Money(fund) => {
            let Fund { name, place, .. } = &case.funds[fund];
            NamedRule {
                name: (format!("“{name}”的额度"), format!("the money of “{name}”")),
                place: Some(place.clone()),
            }
        }
        Rule::Kept(at) => NamedRule {
            name: held(case, &kept[at]),
            place: None,
        },
        Rule::Policy(at) => {
            let stated = &case.policies[at];
            let mut name = (
                format!("“{}”", stated.name),
                format!("rule “{}”", stated.name),
            );
            if !targeted.is_empty() {
                let first = targeted[..targeted.len().min(NAMED)].join(", ");
                let more = targeted.len() > NAMED;
                let (zh, en) = if more { (" 等", " …") } else { ("", "") };
                name.0 += &format!("（{first}{zh}）");
                name.1 += &format!(" ({first}{en})");
            }
            NamedRule {
                name,
                place: Some(stated.place.clone()),
            }
        }
    }
}

/// What is kept of a measure, in words.
pub fn held(case: &Case, row: &Kept) -> (String, String) {
    let (school, measure) = (&case.schools[row.school], &case.measures[row.measure].name);
    let (school, id, year) = (&school.name, &school.id, case.horizon.calendar(row.year));
    (
        format!("锁定的{school}（{id}）{year}年“{measure}”"),
        format!("the kept “{measure}” at {school} ({id}), {year}"),
    )
}

fn carrying<'a>(form: &'a Formulated, multipliers: &[f64]) -> Vec<&'a RowKey> {
    let rows = carrying_rows(multipliers).into_iter();
    rows.map(|at| &form.rows[at]).collect()
}

/// The rows that carry a proof.
pub fn carrying_rows(multipliers: &[f64]) -> Vec<usize> {
    let largest = multipliers
        .iter()
        .fold(0.0_f64, |largest, y| largest.max(y.abs()));
    let rows = multipliers.iter().enumerate();
    rows.filter(|(_, y)| y.abs() > WEIGHTLESS * largest)
        .map(|(at, _)| at)
        .collect()
}
