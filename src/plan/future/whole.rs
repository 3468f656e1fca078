//! Decisions of the first years in whole units, the same for all futures.

use std::collections::BTreeMap;

use super::super::answer::{Options, Plan};
use super::super::row::PlanRow;
use super::super::solve::solve;
use super::Future;
use crate::case::{Bound, Case, Lever, Rule};
use crate::formulate::{Decision, Units};
use crate::words::Money;
use crate::words::tolerance::STEP;

impl Future {
    /// A plan of this future in whole units that contains these decisions, audited; `None` where none was found.
    pub fn around(&self, units: &Units, options: &Options) -> Option<Plan> {
        let options = Options {
            keep: rows(&self.case, units),
            alone: true,
            ..options.clone()
        };
        solve(&self.case, &options).plan
    }
}

/// Decisions as rows of a plan table. They have no money: who pays follows in each future.
pub fn rows(case: &Case, units: &Units) -> Vec<PlanRow> {
    let row = |(one, &units): (&Decision, &f64)| PlanRow {
        school: one.school,
        measure: one.measure,
        year: one.year,
        units: if one.gives { -units } else { units },
        fund: None,
        payments: vec![Money::ZERO; case.horizon.years],
        after: Money::ZERO,
    };
    units.iter().map(row).collect()
}

/// Decisions in whole units, by largest remainder: among schools alike for limits and money the total is rounded up where
/// a rule demands at least so much, else down, so that little more is spent than before. As many posts arrive in a pool as leave it, and none leaves that cannot be
/// spared in one of the futures.
pub fn in_whole_units(futures: &[&Future], units: &Units) -> Units {
    let Some(first) = futures.first() else {
        return Units::new();
    };
    let case = &first.case;
    let mut spare: Units = Units::new();
    for future in futures {
        for (col, one) in future.form.decisions(future.years) {
            let upper = future.form.program.cols[col].upper;
            let least = spare.entry(one).or_insert(f64::INFINITY);
            *least = least.min(upper);
        }
    }
    let mut groups: BTreeMap<_, [Vec<Part>; 2]> = BTreeMap::new();
    for (&one, &units) in units {
        let measure = &case.measures[one.measure];
        let school = &case.schools[one.school];
        let class = match measure.lever {
            Lever::Rotate { .. } => None,
            _ => Some(first.form.classes.class(one.measure, one.school)),
        };
        let step = case.resources[measure.resource].step;
        let most = match one.gives {
            true => steps(spare.get(&one).copied().unwrap_or(0.0) / step),
            false => f64::INFINITY,
        };
        let at = (
            one.year,
            one.measure,
            class,
            school.county,
            school.stage as usize,
            futures.iter().any(|future| is_demanded(future, &one)),
        );
        let part = Part {
            one,
            units: units / step,
            most,
        };
        groups.entry(at).or_default()[usize::from(one.gives)].push(part);
    }
    let mut whole = Units::new();
    for ((_, measure, .., demanded), [gets, gives]) in groups {
        let measure = &case.measures[measure];
        let step = case.resources[measure.resource].step;
        let mut total = match demanded {
            true => -steps(-sum(&gets)),
            false => steps(sum(&gets)),
        };
        if matches!(measure.lever, Lever::Rotate { .. }) {
            let spared = gives.iter().fold(0.0, |sum, part| sum + part.most);
            total = total.min(spared);
        }
        for side in [gets, gives] {
            let rounded = rounded(side, total).into_iter();
            whole.extend(rounded.map(|(one, units)| (one, units * step)));
        }
    }
    whole
}

/// Whether a rule of a future demands at least so much of a decision.
fn is_demanded(future: &Future, one: &Decision) -> bool {
    let (case, reach) = (&future.case, &future.form.reach);
    let mut rules = reach.policies(one.measure, reach.kind(one.school));
    rules.any(|policy| {
        matches!(
            case.policies[policy].rule,
            Rule::Share {
                bound: Bound::Min,
                ..
            } | Rule::Quota {
                bound: Bound::Min,
                ..
            }
        )
    })
}

/// One decision that is rounded, counted in steps.
struct Part {
    one: Decision,
    units: f64,
    /// The most it may become.
    most: f64,
}

fn sum(parts: &[Part]) -> f64 {
    parts.iter().fold(0.0, |sum, part| sum + part.units)
}

/// Whole steps, but for rounding of what was added up.
fn steps(units: f64) -> f64 {
    (units + STEP.max(STEP * units.abs())).floor()
}

/// Parts in whole steps that add up to a total of no more than theirs: rounded down, and the rest where most was lost.
fn rounded(mut parts: Vec<Part>, total: f64) -> Vec<(Decision, f64)> {
    let lost = |part: &Part, given: f64| part.units - given;
    let mut given: Vec<f64> = parts
        .iter()
        .map(|part| steps(part.units).min(part.most))
        .collect();
    let mut left = total - given.iter().fold(0.0, |sum, given| sum + given);
    while left.abs() >= 0.5 {
        let more = left > 0.0;
        let open = (0..parts.len()).filter(|&at| match more {
            true => given[at] + 1.0 <= parts[at].most,
            false => given[at] >= 1.0,
        });
        let by_lost = |&one: &usize, &other: &usize| {
            let order = lost(&parts[one], given[one]).total_cmp(&lost(&parts[other], given[other]));
            // The first in the file where they tie.
            order.then(other.cmp(&one))
        };
        let next = match more {
            true => open.max_by(by_lost),
            false => open.min_by(by_lost),
        };
        let Some(next) = next else { break };
        let change = if more { 1.0 } else { -1.0 };
        given[next] += change;
        left -= change;
    }
    let rounded = parts
        .drain(..)
        .zip(given)
        .map(|(part, given)| (part.one, given));
    rounded.filter(|(_, given)| *given > 0.0).collect()
}
