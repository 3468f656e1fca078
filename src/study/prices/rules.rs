//! What each rule costs: the case without it.

use rayon::prelude::*;

use super::{Costly, RuleCost};
use crate::case::Case;
use crate::plan::{Known, Options, WhatIf};
use crate::words::tolerance::PROVEN;

/// What each policy and earmark costs: the case without it, solved by itself.
pub(super) fn rules(case: &Case, gap: f64, options: &Options) -> Vec<RuleCost> {
    let policies = case.policies.ids().map(Costly::Policy);
    let earmarked = case
        .funds
        .pairs()
        .filter(|(_, fund)| fund.scope != Default::default());
    let all: Vec<Costly> = policies
        .chain(earmarked.map(|(at, _)| Costly::Earmark(at)))
        .collect();
    let mut costs: Vec<RuleCost> = all
        .into_par_iter()
        .map(|rule| {
            let (ready, known) = WhatIf::new(&without(case, rule), options);
            let gap_without = match known {
                Known::Point(proof) if proof.distance() <= PROVEN => {
                    Some(ready.gap(proof.objective))
                }
                _ => None,
            };
            RuleCost { rule, gap_without }
        })
        .collect();
    // Rules of which nothing is known stand last.
    let cost = |one: &RuleCost| {
        one.gap_without
            .map_or(f64::NEG_INFINITY, |without| gap - without)
    };
    costs.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
    costs
}

/// The case without a rule.
fn without(case: &Case, rule: Costly) -> Case {
    let mut case = case.clone();
    match rule {
        Costly::Policy(dropped) => {
            let kept = case.policies.pairs().filter(|(at, _)| *at != dropped);
            case.policies = kept.map(|(_, one)| one.clone()).collect::<Vec<_>>().into();
        }
        Costly::Earmark(fund) => case.funds[fund].scope = Default::default(),
    }
    case
}
