//! Which rules make a case impossible, in the planner's words.

use std::collections::BTreeSet;

use super::answer::{NamedRule, Options};
use super::posed::Posed;
use super::prove::{Known, optimum};
use crate::case::Case;
use crate::formulate::{Formulated, Kept, RowKey, formulate};
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
    let of_rule = |rule: Rule| named(case, rule, &targeted(case, &carrying, rule));
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

/// The schools and resources through which a target is part of a proof.
fn targeted(case: &Case, carrying: &[&RowKey], rule: Rule) -> Vec<String> {
    let of = |key: &&&RowKey| match ***key {
        RowKey::Target {
            policy,
            school,
            resource,
            ..
        } if rule == Rule::Policy(policy) => Some((school, resource)),
        _ => None,
    };
    let needs: BTreeSet<_> = carrying.iter().filter_map(|key| of(&key)).collect();
    let name = |&(school, resource): &(SchoolIx, ResourceIx)| {
        format!(
            "{} {}",
            case.schools[school].name, case.resources[resource].name
        )
    };
    needs.iter().map(name).collect()
}

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
    let mut trials = Trials {
        case,
        changed: case.clone(),
        kept,
        options,
    };
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

impl Trials<'_> {
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
        impossible(&self.changed, self.kept, self.options)
    }
}

fn impossible(case: &Case, kept: &[Kept], options: &Options) -> bool {
    let form = formulate(case, kept);
    matches!(
        optimum(
            &mut Posed::new(&form.program, false),
            options.solver,
            &options.halt
        ),
        Known::Impossible(_)
    )
}
