//! Who goes where in a rotation: the moves of a plan against its rows, against pairing by brute force, by hand, and on
//! paper.

#[path = "../common/mod.rs"]
mod common;

mod command;
mod force;
mod hand;
mod laws;
mod take_up;

use std::collections::BTreeMap;

use common::{With, county};
use junheng::case::*;
use junheng::plan::PlanRow;
use junheng::words::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The rotation of a generated case.
const ROTATE: usize = 1;

/// A generated case whose schools lie somewhere, some of them in townships and on roads.
fn located(seed: u64) -> Case {
    let with = With {
        policies: true,
        terminal: [0.0, 3.0][(seed % 2) as usize],
        ..With::default()
    };
    let mut case = county(seed, with);
    let rng = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
    for school in case.schools.iter_mut() {
        school.township = ["", "east", "west"][rng.random_range(0..3)].to_string();
        // A coarse grid, so that some ways are equally long.
        let at = |rng: &mut ChaCha8Rng, from: f64| from + f64::from(rng.random_range(0..4)) / 50.0;
        school.position = rng.random_bool(0.8).then(|| Position {
            latitude: at(rng, 30.0),
            longitude: at(rng, 106.0),
        });
    }
    let schools = case.schools.len();
    let school = |rng: &mut ChaCha8Rng| SchoolIx::new(rng.random_range(0..schools));
    case.links = (0..rng.random_range(0..schools))
        .map(|_| Link {
            from: school(rng),
            to: school(rng),
            km: f64::from(rng.random_range(0..30)) / 10.0,
        })
        .collect();
    if seed.is_multiple_of(2) {
        case.measures[MeasureIx::new(ROTATE)].lever = Lever::Rotate { term: 2 };
    }
    case
}

/// The same case with a rule that so many posts change places each year.
fn exchanging(seed: u64) -> Case {
    let mut case = located(seed);
    let rotation = MeasureIx::new(ROTATE);
    case.measures[rotation].cost = Money::ZERO;
    case.policies.push(Policy {
        id: "least".into(),
        name: "least".into(),
        scope: Scope {
            measures: vec![rotation],
            ..Scope::default()
        },
        rule: Rule::Quota {
            bound: Bound::Min,
            amount: Quota::Units(4.0),
            each_year: true,
            each_county: false,
        },
        place: Place::default(),
    });
    case
}

fn row(school: usize, year: usize, units: f64) -> PlanRow {
    PlanRow {
        school: SchoolIx::new(school),
        measure: MeasureIx::new(ROTATE),
        year: YearIx::new(year),
        units,
        fund: None,
        payments: Vec::new(),
        after: Money::ZERO,
    }
}

/// Rows of a rotation out of thin air: as many arrive as leave in each pool, at some schools both.
fn random_rows(case: &Case, rng: &mut ChaCha8Rng) -> Vec<PlanRow> {
    let mut pools: BTreeMap<(CountyIx, Stage), Vec<usize>> = BTreeMap::new();
    for (at, school) in case.schools.pairs() {
        let pool = pools.entry((school.county, school.stage)).or_default();
        pool.push(at.at());
    }
    let mut sides: BTreeMap<(usize, usize), [f64; 2]> = BTreeMap::new();
    for year in 0..case.horizon.years {
        for pool in pools.values() {
            for _ in 0..rng.random_range(0..9) {
                for side in 0..2 {
                    let school = pool[rng.random_range(0..pool.len())];
                    sides.entry((year, school)).or_default()[side] += 1.0;
                }
            }
        }
    }
    let rows = sides
        .into_iter()
        .flat_map(|((year, school), [leave, come])| {
            [row(school, year, -leave), row(school, year, come)]
        });
    rows.collect()
}
