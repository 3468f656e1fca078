//! Generated cases: small counties from a seed, with every lever and rule this program knows.
#![allow(dead_code)]

pub mod more;

use junheng::case::county::labelled;
use junheng::case::*;
use junheng::words::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// What a generated case has beyond the plain one.
#[derive(Clone, Copy, Debug, Default)]
pub struct With {
    /// Severity bands.
    pub bands: bool,
    /// Enrolment that changes over the years.
    pub enrolment: bool,
    /// Shares and quotas.
    pub policies: bool,
    /// A measure that counts in two resources, and one that mends what is broken.
    pub levers: bool,
    /// Stock that falls out of use in the plan years and after them.
    pub ageing: bool,
    /// Length of the terminal period.
    pub terminal: f64,
}

impl With {
    /// One and the other by turns, so that seeds in a row have them in every combination.
    pub fn mixed(seed: u64) -> With {
        With {
            bands: seed % 3 == 1,
            enrolment: seed % 4 == 2,
            policies: seed % 2 == 1,
            levers: seed % 5 >= 3,
            ageing: seed % 7 >= 4,
            terminal: [0.0, 3.0, 5.0][(seed % 3) as usize],
        }
    }
}

/// The resources of a generated case, in order.
pub const TEACHERS: usize = 0;
/// Books, whole.
pub const BOOKS: usize = 1;
/// Floor area, divisible.
pub const AREA: usize = 2;

/// A county or two from a seed.
pub fn county(seed: u64, with: With) -> Case {
    let rng = &mut ChaCha8Rng::seed_from_u64(seed);
    let (years, counties) = (rng.random_range(1..=4), rng.random_range(1..=2));
    let schools = rng.random_range(3..=12);
    region(rng, format!("case {seed}"), with, years, counties, schools)
}

/// A region of a given size.
pub fn region(
    rng: &mut ChaCha8Rng,
    name: String,
    with: With,
    years: usize,
    counties: usize,
    schools: usize,
) -> Case {
    let schools: Vec<School> = (0..schools).map(|at| school(rng, at, counties)).collect();
    let mut case = Case {
        name,
        lang: Lang::En,
        remark: None,
        currency: "yuan".into(),
        money_shown: (1.0, "yuan".into()),
        horizon: Horizon {
            first_year: 2026,
            years,
            terminal: with.terminal,
        },
        provinces: vec![String::new()].into(),
        counties: labelled(
            &vec![String::new()].into(),
            (0..counties)
                .map(|at| (format!("county {at}"), ProvinceIx::new(0)))
                .collect(),
        ),
        areas: vec!["town".to_string(), "village".to_string()].into(),
        schools: schools.into(),
        links: Vec::new(),
        doubts: Vec::new(),
        enrolment: BySection {
            primary: vec![1.0; years],
            junior: vec![1.0; years],
        },
        junior_share: 1.1,
        resources: resources().into(),
        standard: standard(),
        measures: measures().into(),
        funds: Table::default(),
        policies: Table::default(),
        no_school_below_today: true,
        objective: Objective {
            count: Count::Pupils,
            tilts: Vec::new(),
            first: Default::default(),
            bands: Vec::new(),
        },
        settled: Settled::default(),
        diversions: Vec::new(),
    };
    funds(rng, &mut case);
    if with.bands {
        let band = |below, weight| Band { below, weight };
        case.objective.bands = vec![band(0.6, 3.0), band(0.85, 2.0), band(1.0, 1.0)];
    }
    if with.enrolment {
        let change = rng.random_range(-0.08..0.08_f64);
        let factors: Vec<f64> = (0..years)
            .map(|year| (1.0 + change).powi(year as i32))
            .collect();
        case.enrolment = BySection {
            primary: factors.clone(),
            junior: factors,
        };
    }
    if with.levers {
        levers(&mut case);
    }
    if with.ageing {
        ageing(rng, &mut case);
    }
    if with.policies {
        policies(rng, &mut case);
    }
    case
}

fn school(rng: &mut ChaCha8Rng, at: usize, counties: usize) -> School {
    let pupils = rng.random_range(20..600) as f64;
    let level = |rng: &mut ChaCha8Rng| rng.random_range(0.2..1.4);
    let stage = if rng.random_bool(0.7) {
        Stage::Primary
    } else {
        Stage::Junior
    };
    School {
        id: format!("S{at:03}"),
        name: format!("school {at}"),
        stage,
        area: AreaIx::new(usize::from(rng.random_bool(0.5))),
        county: CountyIx::new(rng.random_range(0..counties)),
        township: String::new(),
        group: String::new(),
        pupils: Some(match stage {
            Stage::Junior => BySection {
                primary: 0.0,
                junior: pupils,
            },
            _ => BySection {
                primary: pupils,
                junior: 0.0,
            },
        }),
        forecast: Vec::new(),
        arrivals: Vec::new(),
        write_offs: Vec::new(),
        boarders: None,
        places: None,
        poor: None,
        poor_boarders: None,
        along: Vec::new(),
        diverted: Vec::new(),
        classes: None,
        position: None,
        stock: vec![
            Some((pupils / 19.0 * level(rng)).round()),
            Some((pupils * 20.0 * level(rng)).round()),
            Some((pupils * 4.5 * level(rng) * 100.0).round() / 100.0),
        ],
        unusable: vec![None, None, Some((at % 4) as f64 * 30.0)],
        line: at + 2,
    }
}

fn resources() -> Vec<Resource> {
    let resource = |id: &str, whole: bool, weight| Resource {
        id: id.into(),
        name: id.into(),
        unit: "unit".into(),
        whole,
        step: if whole { 1.0 } else { 0.01 },
        weight,
        indicator: true,
    };
    vec![
        resource("teachers", true, 1.0),
        resource("books", true, 0.5),
        resource("area", false, 1.0),
    ]
}

fn standard() -> Standard {
    let norm = |primary, junior| {
        Some(Norm {
            basis: NormBasis::Pupil,
            amount: BySection {
                primary: Some(primary),
                junior: Some(junior),
            },
        })
    };
    Standard {
        name: "test".into(),
        norms: vec![
            norm(1.0 / 19.0, 1.0 / 13.5),
            norm(20.0, 30.0),
            norm(4.5, 5.8),
        ]
        .into(),
        compliance: None,
        indicators: None,
        cv_limit: None,
        small_school: 0.0,
        sizes: Default::default(),
        rotation: None,
    }
}

fn measures() -> Vec<Measure> {
    let measure = |id: &str, resource, lever, cost, nature| Measure {
        id: id.into(),
        name: id.into(),
        resource: ResourceIx::new(resource),
        also: Vec::new(),
        most: Most::Needed,
        lever,
        cost: Money::from_main(cost),
        subsidy: None,
        step: None,
        among: Among::default(),
        least: 0.0,
        nature,
        body: "bureau".into(),
        scope: Scope::default(),
    };
    vec![
        measure("hire", TEACHERS, Lever::Hire, 60_000.0, Nature::Recurrent),
        measure(
            "rotate",
            TEACHERS,
            Lever::Rotate { term: 1 },
            6_000.0,
            Nature::Recurrent,
        ),
        measure(
            "books",
            BOOKS,
            Lever::Buy { lead: 0, life: 10 },
            13.84,
            Nature::Capital,
        ),
        measure(
            "build",
            AREA,
            Lever::Buy { lead: 1, life: 50 },
            2_500.0,
            Nature::Capital,
        ),
    ]
}

/// A part of what every school has falls out of use in some year from the first of the plan to ten years later.
fn ageing(rng: &mut ChaCha8Rng, case: &mut Case) {
    let first = case.horizon.first_year;
    for school in case.schools.iter_mut() {
        for resource in [TEACHERS, BOOKS, AREA] {
            let part = [0.0, 0.1, 0.3][rng.random_range(0..3)];
            let units = (school.stock[resource].unwrap_or(0.0) * part).floor();
            if units > 0.0 {
                school.write_offs.push(WriteOff {
                    resource: ResourceIx::new(resource),
                    units,
                    year: first + rng.random_range(0..10),
                    along: false,
                });
            }
        }
    }
}

/// Reading rooms that come with books, mending of what is damaged, and posts that are subsidised at first.
fn levers(case: &mut Case) {
    let mut library = case.measures[MeasureIx::new(3)].clone();
    library.id = "library".into();
    library.name = "library".into();
    library.also = vec![(ResourceIx::new(BOOKS), 15.0)];
    library.cost = Money::from_main(2_600.0);
    let mut mend = case.measures[MeasureIx::new(3)].clone();
    mend.id = "mend".into();
    mend.name = "mend".into();
    mend.most = Most::Unusable;
    mend.cost = Money::from_main(900.0);
    let mut special = case.measures[MeasureIx::new(0)].clone();
    special.id = "special".into();
    special.name = "special".into();
    special.cost = Money::from_main(64_000.0);
    special.subsidy = Some(Subsidy {
        each: Money::from_main(31_600.0),
        years: 2,
    });
    case.measures.push(library);
    case.measures.push(mend);
    case.measures.push(special);
}

fn funds(rng: &mut ChaCha8Rng, case: &mut Case) {
    let years = case.horizon.years;
    let pupils: f64 = case
        .schools
        .ids()
        .filter_map(|school| case.pupils(school, YearIx::new(0)))
        .sum();
    let mut fund = |id: &str, per_pupil: f64, carry_over, natures: Vec<Nature>, recurrent: bool| {
        let amounts: Vec<Money> = (0..years)
            .map(|_| Money::from_main((pupils * per_pupil * rng.random_range(0.0..1.5)).round()))
            .collect();
        Fund {
            per_pupil: None,
            id: id.into(),
            name: id.into(),
            after: if recurrent {
                amounts[years - 1]
            } else {
                Money::ZERO
            },
            amounts: amounts.into(),
            carry_over,
            scope: Scope {
                natures,
                ..Scope::default()
            },
            place: Place::default(),
        }
    };
    case.funds = vec![
        fund("central", 400.0, true, vec![Nature::Capital], false),
        fund("county", 150.0, false, vec![Nature::Recurrent], true),
        fund("free", 60.0, false, vec![], true),
    ]
    .into();
}

fn policies(rng: &mut ChaCha8Rng, case: &mut Case) {
    let mut policy = |id: &str, scope: Scope, rule: Rule| {
        case.policies.push(Policy {
            id: id.into(),
            name: id.into(),
            scope,
            rule,
            place: Place::default(),
        });
    };
    let village = Scope {
        areas: vec![AreaIx::new(1)],
        ..Scope::default()
    };
    let only = |measure| Scope {
        measures: vec![MeasureIx::new(measure)],
        ..Scope::default()
    };
    let share = |bound, share| Rule::Share {
        bound,
        share,
        base: Base::Spent,
        funds: vec![],
        each_year: true,
    };
    let quota = |bound, amount| Rule::Quota {
        bound,
        amount,
        each_year: true,
        each: Each::All,
    };
    if rng.random_bool(0.5) {
        policy("village", village, share(Bound::Min, 0.3));
    }
    if rng.random_bool(0.5) {
        policy(
            "posts",
            only(0),
            quota(Bound::Max, Quota::Units(rng.random_range(0..6) as f64)),
        );
    }
    if rng.random_bool(0.5) {
        policy("rotation", only(1), quota(Bound::Max, Quota::OfStock(0.1)));
    }
    if rng.random_bool(0.5) {
        policy(
            "building",
            only(3),
            quota(Bound::Max, Quota::Units(rng.random_range(100..2000) as f64)),
        );
    }
}
