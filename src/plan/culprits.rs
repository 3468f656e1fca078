//! Which rules make a case impossible, in the planner's words.

use std::collections::{BTreeMap, BTreeSet};

use super::answer::{NamedRule, Options};
use super::posed::Posed;
use super::prove::{Known, optimum};
use crate::case::Case;
use crate::formulate::{Formulated, Kept, RowKey, formulate};
use crate::program::Block;
use crate::words::{FundIx, Money, PolicyIx, ResourceIx, SchoolIx, Table};

/// Rows whose multiplier is below this share of the largest carry no weight in a proof.
const WEIGHTLESS: f64 = 1e-6;
/// Money that is let go is taken to be this many times all the money there is.
const PLENTY: f64 = 1000.0;

/// Something a planner could give way in.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Rule {
    /// The money of a fund.
    Money(FundIx),
    /// A share or quota.
    Policy(PolicyIx),
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
    let carrying = carrying(form, multipliers);
    let involved: BTreeSet<Rule> = carrying.iter().filter_map(|key| rule(key)).collect();
    let needed = irreducible(case, &involved, kept, options);
    if needed.is_empty() {
        return carrying
            .iter()
            .filter(|key| !matches!(key, RowKey::Class { .. } | RowKey::Pool { .. }))
            .map(|key| NamedRule {
                name: key.words(case),
                place: None,
            })
            .collect();
    }
    let short = schools_short(case, &needed, kept, options);
    let of_rule = |rule: Rule| named(case, rule, short.get(&rule).map_or(&[], Vec::as_slice));
    needed.into_iter().map(of_rule).collect()
}

fn rule(key: &RowKey) -> Option<Rule> {
    match key {
        RowKey::Share { policy, .. }
        | RowKey::Quota { policy, .. }
        | RowKey::Target { policy, .. } => Some(Rule::Policy(*policy)),
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
        Rule::Policy(at) => matches!(case.policies[*at].rule, crate::case::Rule::Target { .. }),
        Rule::Money(_) => false,
    };
    let targets: Vec<Rule> = rules.iter().filter(is_target).copied().collect();
    if targets.is_empty() {
        return BTreeMap::new();
    }
    let mut trials = Trials::new(case, kept, options);
    let Some((form, multipliers)) = trials.proof(rules) else {
        return BTreeMap::new();
    };
    let carrying = carrying_blocks(&form, &multipliers);
    let of_rule = |rule: Rule| {
        let Rule::Policy(at) = rule else {
            return (rule, Vec::new());
        };
        // The rules that are left stand in another order.
        let id = &case.policies[at].id;
        let of = |key: &&RowKey| match **key {
            RowKey::Target {
                policy,
                school,
                resource,
                ..
            } if trials.changed.policies[policy].id == *id => Some((school, resource)),
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

fn named(case: &Case, rule: Rule, targeted: &[String]) -> NamedRule {
    match rule {
        Rule::Money(fund) => {
            let name = &case.funds[fund].name;
            NamedRule {
                name: (format!("“{name}”的额度"), format!("the money of “{name}”")),
                place: None,
            }
        }
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

/// Lets rules go one after the other for as long as what is left stays impossible (deletion filter): money first, so
/// that rules which contradict each other are told without it. Rules that are not in the proof play no part.
fn irreducible(
    case: &Case,
    involved: &BTreeSet<Rule>,
    kept: &[Kept],
    options: &Options,
) -> BTreeSet<Rule> {
    let mut trials = Trials::new(case, kept, options);
    let mut needed = involved.clone();
    // Rows too light to be told apart from rounding carry the proof as well: then what is known is named.
    if trials.are_impossible(&needed) {
        let rules: Vec<Rule> = involved.iter().copied().collect();
        trials.let_go(&rules, &mut needed);
    }
    needed
}

/// A case that is tried with some of its rules alone.
struct Trials<'a> {
    case: &'a Case,
    changed: Case,
    kept: &'a [Kept],
    options: &'a Options,
}

impl<'a> Trials<'a> {
    fn new(case: &'a Case, kept: &'a [Kept], options: &'a Options) -> Trials<'a> {
        Trials {
            case,
            changed: case.clone(),
            kept,
            options,
        }
    }

    /// Lets go of those of `rules`, in order, without which the others of `needed` stay impossible. Many are let go
    /// at once where that is possible: what is impossible without all of them is so without each, so that the answer
    /// is the one that trying them one by one gives.
    fn let_go(&mut self, rules: &[Rule], needed: &mut BTreeSet<Rule>) {
        let fewer: BTreeSet<Rule> = needed
            .iter()
            .filter(|rule| rules.binary_search(rule).is_err())
            .copied()
            .collect();
        if self.are_impossible(&fewer) {
            *needed = fewer;
        } else if rules.len() > 1 {
            let (first, last) = rules.split_at(rules.len() / 2);
            self.let_go(first, needed);
            self.let_go(last, needed);
        }
    }

    /// Whether no plan keeps these rules alone: other funds have more than anything could cost, other shares and
    /// quotas are gone; what is forbidden stays forbidden.
    fn are_impossible(&mut self, rules: &BTreeSet<Rule>) -> bool {
        self.proof(rules).is_some()
    }

    /// The program of these rules alone with the multipliers that prove it impossible; `None` where it is not, or not
    /// proven to be.
    fn proof(&mut self, rules: &BTreeSet<Rule>) -> Option<(Formulated, Vec<f64>)> {
        let case = self.case;
        let all: Money = case
            .funds
            .iter()
            .map(|fund| fund.total() + fund.after)
            .sum();
        let plenty = all.max(Money::from_main(1.0)).times(PLENTY);
        for (at, fund) in case.funds.pairs() {
            let changed = &mut self.changed.funds[at];
            if rules.contains(&Rule::Money(at)) {
                changed.amounts.clone_from(&fund.amounts);
                changed.after = fund.after;
            } else {
                changed.amounts = Table::filled(fund.amounts.len(), plenty);
                changed.after = plenty;
            }
        }
        let stays = |at: &PolicyIx| {
            rules.contains(&Rule::Policy(*at))
                || matches!(case.policies[*at].rule, crate::case::Rule::Forbid)
        };
        let left = case.policies.ids().filter(stays);
        let left = left.map(|at| case.policies[at].clone());
        self.changed.policies = Table::from(left.collect::<Vec<_>>());
        let form = formulate(&self.changed, self.kept);
        let mut posed = Posed::new(&form.program, false);
        let known = optimum(&mut posed, self.options.solver, &self.options.halt);
        drop(posed);
        match known {
            Known::Impossible(multipliers) => Some((form, multipliers)),
            _ => None,
        }
    }
}
