//! Which rules make a case impossible, in the planner's words.

use std::collections::BTreeSet;

use super::answer::NamedRule;
use super::prove::{Known, Posed, optimum};
use crate::case::Case;
use crate::formulate::{Formulated, Kept, RowKey, formulate};
use crate::solve::SolverChoice;
use crate::words::{PolicyIx, Table};

/// Rows whose multiplier is below this share of the largest carry no weight in a proof.
const WEIGHTLESS: f64 = 1e-6;

/// The rules of an impossibility proof: those policies of which none can be left out of the set without a plan
/// becoming possible (each was tried). When no policy is among them, the rows of the proof themselves: money,
/// rows kept by the planner and the schools they leave short.
pub fn culprits(
    case: &Case,
    form: &Formulated,
    multipliers: &[f64],
    kept: &[Kept],
    solver: SolverChoice,
) -> Vec<NamedRule> {
    let carrying = carrying(form, multipliers);
    let involved: BTreeSet<PolicyIx> = carrying.iter().filter_map(|key| policy(key)).collect();
    let needed = irreducible(case, &involved, kept, solver);
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
    needed
        .into_iter()
        .map(|at| {
            let stated = &case.policies[at];
            let name = (
                format!("“{}”", stated.name),
                format!("rule “{}”", stated.name),
            );
            NamedRule {
                name,
                place: Some(stated.place.clone()),
            }
        })
        .collect()
}

fn policy(key: &RowKey) -> Option<PolicyIx> {
    match key {
        RowKey::Share { policy, .. } | RowKey::Quota { policy, .. } => Some(*policy),
        _ => None,
    }
}

fn carrying<'a>(form: &'a Formulated, multipliers: &[f64]) -> Vec<&'a RowKey> {
    let largest = multipliers
        .iter()
        .fold(0.0_f64, |largest, y| largest.max(y.abs()));
    let rows = form.rows.iter().zip(multipliers);
    rows.filter(|(_, y)| y.abs() > WEIGHTLESS * largest)
        .map(|(key, _)| key)
        .collect()
}

/// Drops policies one after the other for as long as what is left stays impossible (deletion filter). Policies that
/// are not in the proof play no part and are left out from the start.
fn irreducible(
    case: &Case,
    involved: &BTreeSet<PolicyIx>,
    kept: &[Kept],
    solver: SolverChoice,
) -> BTreeSet<PolicyIx> {
    let mut needed = involved.clone();
    for &at in involved {
        let mut fewer = needed.clone();
        fewer.remove(&at);
        if impossible(&only(case, &fewer), kept, solver) {
            needed = fewer;
        }
    }
    needed
}

/// The case with these of its shares and quotas; what is forbidden stays forbidden.
fn only(case: &Case, policies: &BTreeSet<PolicyIx>) -> Case {
    let stays = |at: &PolicyIx| {
        policies.contains(at) || matches!(case.policies[*at].rule, crate::case::Rule::Forbid)
    };
    let left = case
        .policies
        .ids()
        .filter(stays)
        .map(|at| case.policies[at].clone());
    Case {
        policies: Table::from(left.collect::<Vec<_>>()),
        ..case.clone()
    }
}

fn impossible(case: &Case, kept: &[Kept], solver: SolverChoice) -> bool {
    let form = formulate(case, kept);
    matches!(
        optimum(&Posed::new(&form.program, false), solver),
        Known::Impossible(_)
    )
}
