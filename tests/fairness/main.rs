//! Fairness beside the total gap: limits on differences among schools, and the lowest first.

#[path = "../common/mod.rs"]
mod common;

mod command;
mod differences;
mod indicators;
mod lowest;
mod twins;

use common::With;
use junheng::case::balance::{Comparison, Index, comparisons};
use junheng::case::*;
use junheng::plan::{Answer, Options, Plan, Verdict, solve};
use junheng::words::*;

/// Cases of every kind this program knows.
pub fn variants(seed: u64) -> With {
    With {
        ageing: false,
        ..With::mixed(seed)
    }
}

/// A limit on differences in some resources, in the last plan year.
pub fn limit(case: &Case, index: Index, most: f64, resources: &[usize], composite: bool) -> Policy {
    Policy {
        id: "even".into(),
        name: "even".into(),
        scope: Scope {
            resources: resources.iter().map(|&at| ResourceIx::new(at)).collect(),
            ..Scope::default()
        },
        rule: Rule::Differences {
            index,
            most: Some(most),
            composite,
            from: case.horizon.last(),
            together: true,
        },
        place: Place::default(),
    }
}

/// The same case with one rule more.
pub fn with(case: &Case, policy: Policy) -> Case {
    let mut changed = case.clone();
    changed.policies.push(policy);
    changed
}

/// What is asked of a case, solved.
pub fn solved(case: &Case) -> Answer {
    solve(case, &Options::default())
}

/// What each comparison comes to without a plan.
pub fn today(case: &Case) -> Vec<(Comparison, f64)> {
    let all = comparisons(case).into_iter();
    let value = |one: &Comparison| {
        one.value(|school, resource| case.stock_in(school, resource, one.year).unwrap_or(0.0))
    };
    all.filter_map(|one| value(&one).map(|value| (one, value)))
        .collect()
}

/// The gap as proven in divisible amounts.
pub fn bound(plan: &Plan) -> f64 {
    plan.certificate.bound
}

/// A plan with the verdict that it is best, if there is one.
pub fn best(answer: Answer) -> Option<Plan> {
    match answer.verdict {
        Verdict::Optimal => answer.plan,
        _ => None,
    }
}
