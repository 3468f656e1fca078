//! What equity costs: the smallest total gap under a limit on coefficients of variation, or above a floor for every school.

use std::collections::BTreeMap;

use super::{fair, known, lowest};
use crate::case::balance::{Comparison, Index};
use crate::case::{Case, First, Objective, Policy, Rule, Scope};
use crate::formulate::{ColKey, Floors, Formulated, formulate_unlifted};
use crate::plan::answer::{Options, Verdict};
use crate::plan::prove::Known;
use crate::words::Place;
use crate::words::tolerance::PROVEN;

/// What is asked for beside the smallest gap.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Ask {
    /// No coefficient of variation of an indicator above this in the last plan year, in any county and section.
    Cv(f64),
    /// No school below this part of its standard in any weighted resource in the last plan year.
    Floor(f64),
    /// Nothing.
    Nothing,
}

/// What that comes to, in divisible amounts.
#[derive(Clone, PartialEq, Debug)]
pub struct Priced {
    /// The smallest gap index.
    pub gap: f64,
    /// Whether that is proven to be the smallest.
    pub proven: bool,
    /// The largest coefficient of variation of an indicator in this plan.
    pub worst_cv: f64,
    /// The lowest attainment of a school in this plan.
    pub lowest: f64,
}

/// The smallest gap with what is asked for.
///
/// # Errors
/// The verdict, where no plan is known.
pub fn priced(case: &Case, ask: Ask, options: &Options) -> Result<Priced, Verdict> {
    let limited = match ask {
        Ask::Cv(most) => limited(case, most),
        // Compared, and not limited.
        Ask::Floor(_) | Ask::Nothing => limited(case, f64::MAX),
    };
    let free = Case {
        objective: Objective {
            first: First::Gap,
            ..case.objective.clone()
        },
        ..limited
    };
    let (form, exact) = match ask {
        Ask::Cv(_) => {
            let fair = fair(&free, &[], options);
            (fair.form, fair.exact)
        }
        Ask::Floor(_) | Ask::Nothing => {
            let level = if let Ask::Floor(level) = ask {
                level
            } else {
                0.0
            };
            (above(case, level), true)
        }
    };
    let found = known(&form.program, options);
    let Known::Point(proof) = found else {
        return Err(found.verdict());
    };
    let probe = form.comparisons.iter().filter(|one| is_probe(&free, one));
    let cvs = probe.filter_map(|one| form.compared(&proof.values, one));
    // The optimum keeps the limit; the point that proves it may lie a little outside, where tangents meet.
    let most = if let Ask::Cv(most) = ask {
        most
    } else {
        f64::MAX
    };
    Ok(Priced {
        gap: proof.objective + form.untouched(),
        proven: exact && proof.distance() <= PROVEN,
        worst_cv: cvs.fold(0.0, f64::max).min(most),
        lowest: lowest_of(case, &form, &proof.values),
    })
}

/// The highest floor that every school can have; `None` where it is not known.
pub fn highest_floor(case: &Case, options: &Options) -> Option<f64> {
    let form = above(case, 0.0);
    lowest::highest(case, &form, options)
}

/// The case with one limit more: every coefficient of variation of an indicator in the last plan year.
fn limited(case: &Case, most: f64) -> Case {
    let mut limited = case.clone();
    limited.policies.push(Policy {
        id: PROBE.into(),
        name: PROBE.into(),
        scope: Scope::default(),
        rule: Rule::Differences {
            index: Index::Cv,
            most: Some(most),
            composite: false,
            from: case.horizon.last(),
            together: false,
        },
        place: Place::default(),
    });
    limited
}

const PROBE: &str = "price-of-equity";

fn is_probe(case: &Case, one: &Comparison) -> bool {
    case.policies[one.policy].id == PROBE
}

/// The program with a floor under every need that a measure can raise.
fn above(case: &Case, level: f64) -> Formulated {
    let compared = limited(case, f64::MAX);
    let form = formulate_unlifted(&compared, &[], &Floors::new());
    let mut floors = lowest::needs(case, &form);
    floors.values_mut().for_each(|floor| *floor = level);
    formulate_unlifted(&compared, &[], &floors)
}

/// The lowest attainment of a need that a measure can raise.
fn lowest_of(case: &Case, form: &Formulated, values: &[f64]) -> f64 {
    let last = case.horizon.last();
    let needs = lowest::needs(case, form);
    let mut short: BTreeMap<_, f64> = BTreeMap::new();
    for (key, value) in form.cols.iter().zip(values) {
        if let ColKey::Short {
            school,
            resource,
            period,
            ..
        } = *key
            && period == last
        {
            *short.entry((school, resource)).or_default() += value;
        }
    }
    let attained = needs.keys().map(|&(school, resource)| {
        let required = case.required(school, resource, last).unwrap_or(0.0);
        let short = short.get(&(school, resource)).copied().unwrap_or(0.0);
        if required > 0.0 {
            1.0 - short / required
        } else {
            1.0
        }
    });
    attained.fold(1.0, f64::min)
}
