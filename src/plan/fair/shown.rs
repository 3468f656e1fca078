//! What a plan in whole units comes to by the measures of fairness that were asked for.

use super::Lowest;
use crate::case::Case;
use crate::case::balance::{Check, Comparison, checks, comparisons};
use crate::plan::outcome::Outcome;
use crate::words::tolerance::AUDIT;
use crate::words::{ResourceIx, SchoolIx};

/// What fairness was asked for, and what the plan comes to.
#[derive(Clone, Debug, Default)]
pub struct Fairness {
    /// The lowest schools, where these come first.
    pub lowest: Option<Reached>,
    /// Each limit on differences with what it comes to without the plan and with it.
    pub differences: Vec<Difference>,
    /// What rules on indicators ask, check by check, with what stays below its norm.
    pub indicators: Vec<Indicated>,
    /// Whether the bound of the plan is that of all plans which keep the limits exactly. A limit on a mean of several
    /// indices has only a bound from outside.
    pub exact: bool,
}

/// A check of a rule on indicators.
#[derive(Clone, PartialEq, Debug)]
pub struct Indicated {
    /// What is asked of whom.
    pub check: Check,
    /// Whether it holds without the plan.
    pub held_before: bool,
    /// The indicators that stay below their norm with the plan, in file order.
    pub below: Vec<Below>,
}

/// An indicator below its norm, in parts of it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Below {
    /// The indicator.
    pub resource: ResourceIx,
    /// Without the plan.
    pub before: f64,
    /// With it.
    pub after: f64,
}

/// A limit on differences.
#[derive(Clone, PartialEq, Debug)]
pub struct Difference {
    /// What is compared, and the limit.
    pub compared: Comparison,
    /// The index without the plan.
    pub before: Option<f64>,
    /// The index with it.
    pub after: Option<f64>,
}

/// The lowest schools in the continuous plan and in whole units.
#[derive(Clone, PartialEq, Debug)]
pub struct Reached {
    /// The continuous levels.
    pub levels: Lowest,
    /// Attainment in whole units, in the order of the levels' schools.
    pub planned: Vec<f64>,
    /// The same without the plan.
    pub before: Vec<f64>,
}

impl Reached {
    /// The lowest attainment: without the plan, in the continuous plan and in whole units.
    pub fn lowest(&self) -> Option<[f64; 3]> {
        let least = |levels: &mut dyn Iterator<Item = f64>| levels.fold(f64::INFINITY, f64::min);
        (!self.planned.is_empty()).then(|| {
            [
                least(&mut self.before.iter().copied()),
                least(&mut self.levels.schools.iter().map(|one| one.level)),
                least(&mut self.planned.iter().copied()),
            ]
        })
    }

    /// How far schools stay below their continuous levels because units come whole: how many do, and by how much at most.
    pub fn behind(&self) -> (usize, f64) {
        let behind = self.levels.schools.iter().zip(&self.planned);
        let behind = behind.map(|(held, planned)| held.level - planned);
        let behind: Vec<f64> = behind.filter(|by| *by > 1e-6).collect();
        (behind.len(), behind.into_iter().fold(0.0, f64::max))
    }
}

/// What a plan comes to: by the levels of the lowest schools, if any were found, and by the limits on differences of the
/// case. Nothing where no fairness was asked for.
pub fn fairness(case: &Case, lowest: Option<&Lowest>, exact: bool, outcome: &Outcome) -> Fairness {
    let last = case.horizon.last();
    let attained = |school: SchoolIx, resource: ResourceIx, planned: bool| {
        let required = case.required(school, resource, last).unwrap_or(0.0);
        let short = outcome.short(case, school, resource, last, planned);
        match (short, required > 0.0) {
            (Some(short), true) => 1.0 - short / required,
            _ => 1.0,
        }
    };
    let reached = |levels: &Lowest| {
        let least = |planned: bool| -> Vec<f64> {
            let schools = levels.schools.iter();
            schools
                .map(|held| {
                    let first = levels.needs.partition_point(|need| need.0 < held.school);
                    let needs = levels.needs[first..].iter();
                    needs
                        .take_while(|need| need.0 == held.school)
                        .map(|&(school, resource)| attained(school, resource, planned))
                        .fold(1.0, f64::min)
                })
                .collect()
        };
        Reached {
            levels: levels.clone(),
            planned: least(true),
            before: least(false),
        }
    };
    let compared = |one: &Comparison| {
        let stock = |planned: bool| {
            one.value(|school, resource| {
                let stock = match planned {
                    true => outcome.stock(case, school, resource, one.year),
                    false => case.stock_in(school, resource, one.year),
                };
                stock.unwrap_or(0.0)
            })
        };
        Difference {
            compared: one.clone(),
            before: stock(false),
            after: stock(true),
        }
    };
    Fairness {
        lowest: lowest.map(reached),
        indicators: checks(case)
            .into_iter()
            .map(|check| indicated(case, check, outcome))
            .collect(),
        differences: comparisons(case).iter().map(compared).collect(),
        exact,
    }
}

fn indicated(case: &Case, check: Check, outcome: &Outcome) -> Indicated {
    let (school, year) = (check.school, check.year);
    let before = |resource| case.stock_in(school, resource, year).unwrap_or(0.0);
    let after = |resource| outcome.stock(case, school, resource, year).unwrap_or(0.0);
    let parts = check.parts.iter().map(|&(resource, full)| Below {
        resource,
        before: before(resource) / full,
        after: after(resource) / full,
    });
    let below = parts.filter(|one| one.after < 1.0 - AUDIT).collect();
    Indicated {
        held_before: check.holds(before),
        below,
        check,
    }
}
