//! Shortfalls added up: raw units and gap index of each resource over a set of schools.

use crate::case::Case;
use crate::words::sum::Sum;
use crate::words::{ResourceIx, SchoolIx, YearIx, tolerance};

/// What a set of schools lacks of one resource in one year.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Shortage {
    /// The resource.
    #[serde(skip)]
    pub resource: ResourceIx,
    /// Its code in the case file.
    pub id: String,
    /// Schools of which the standard asks it and whose stock is known.
    pub schools: usize,
    /// Those of them that have less than asked.
    pub short_schools: usize,
    /// Schools of which it is asked and whose stock is unknown; they are in none of the other figures.
    pub unknown: usize,
    /// Units asked.
    pub required: f64,
    /// Units there, surpluses included.
    pub stock: f64,
    /// Units short, Σ max(0, R − S).
    pub short: f64,
    /// The shortfall in the gap index (pupil-standards, or school-standards), over one year.
    pub gap: f64,
}

/// The shortages of `schools` in `year`, one for each resource the standard has a norm for, in file order. All sizes
/// of school are in: small schools are left out of compliance and coefficients, not of the plan.
pub fn shortages(
    case: &Case,
    stock: impl Fn(SchoolIx, ResourceIx) -> Option<f64>,
    year: YearIx,
    schools: &[SchoolIx],
) -> Vec<Shortage> {
    let normed = case
        .resources
        .ids()
        .filter(|&resource| case.standard.norms[resource].is_some());
    normed
        .map(|resource| shortage(case, &stock, year, schools, resource))
        .collect()
}

fn shortage(
    case: &Case,
    stock: &impl Fn(SchoolIx, ResourceIx) -> Option<f64>,
    year: YearIx,
    schools: &[SchoolIx],
    resource: ResourceIx,
) -> Shortage {
    let [mut asked, mut there, mut lacking, mut gap] = [Sum::default(); 4];
    let [mut known, mut short_schools, mut unknown] = [0; 3];
    for &school in schools {
        let Some(required) = case.required(school, resource, year) else {
            continue;
        };
        let Some(stock) = stock(school, resource) else {
            unknown += 1;
            continue;
        };
        known += 1;
        asked.add(required);
        there.add(stock);
        let short = required - stock;
        if short > tolerance::ZERO_UNITS {
            short_schools += 1;
            lacking.add(short);
            gap.add(case.gap_per_unit(school, resource, year) * case.banded(short, required));
        }
    }
    Shortage {
        resource,
        id: case.resources[resource].id.clone(),
        schools: known,
        short_schools,
        unknown,
        required: asked.value(),
        stock: there.value(),
        short: lacking.value(),
        gap: gap.value(),
    }
}
