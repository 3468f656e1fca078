//! Regret against brute force, and as a planner runs it.

mod common;

use std::process::{Command, Output};

use common::{With, county};
use junheng::case::{
    Case, Change, Horizon, Lever, Measure, Most, Nature, Overlay, Policy, Rule, Scope, Tilt,
};
use junheng::formulate::Decision;

use junheng::plan::{Options, Verdict};
use junheng::study::regret::{Candidate, Regret, Whose, regret};
use junheng::words::{AreaIx, MeasureIx, Money, Place, ResourceIx, SchoolIx, YearIx};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const NORM: f64 = 10.0;
const PRICE: f64 = 5.0;

fn overlay(name: &str, changes: Vec<Change>) -> Overlay {
    Overlay {
        name: name.into(),
        title: name.into(),
        changes,
    }
}

fn found(case: &Case, overlays: &[Overlay], years: usize) -> Regret {
    regret(case, "base", overlays, years, &Options::default(), &|_| ())
}

/// Two schools, one resource, one purchase, two years, one fund: what is decided first is two numbers.
fn pair(rng: &mut ChaCha8Rng) -> Case {
    let mut case = county(rng.random_range(0..1000), With::default());
    case.horizon = Horizon {
        first_year: 2026,
        years: 2,
        terminal: 0.0,
    };
    let mut schools: Vec<_> = case.schools.iter().take(2).cloned().collect();
    for (at, school) in schools.iter_mut().enumerate() {
        school.stage = junheng::case::Stage::Primary;
        school.area = AreaIx::new(at);
        let pupils = rng.random_range(50..300) as f64;
        school.pupils = Some(junheng::case::BySection {
            primary: pupils,
            junior: 0.0,
        });
        school.stock = vec![Some((pupils * NORM * rng.random_range(0.2..0.8)).round())];
    }
    case.schools = schools.into();
    case.resources = case
        .resources
        .iter()
        .skip(1)
        .take(1)
        .cloned()
        .collect::<Vec<_>>()
        .into();
    case.resources[ResourceIx::new(0)].weight = 1.0;
    let mut norm = case
        .standard
        .norms
        .iter()
        .nth(1)
        .cloned()
        .flatten()
        .expect("books");
    norm.amount.primary = Some(NORM);
    case.standard.norms = vec![Some(norm)].into();
    case.measures = vec![Measure {
        id: "books".into(),
        name: "books".into(),
        resource: ResourceIx::new(0),
        also: Vec::new(),
        most: Most::Needed,
        lever: Lever::Buy { lead: 0, life: 10 },
        cost: Money::from_main(PRICE),
        subsidy: None,
        step: None,
        among: junheng::case::Among::default(),
        least: 0.0,
        nature: Nature::Capital,
        body: "bureau".into(),
        scope: Scope::default(),
    }]
    .into();
    let missing: f64 = (0..2).map(|at| missing(&case, at, 0)).sum();
    let mut fund = case.funds.iter().next().cloned().expect("a fund");
    fund.scope = Scope::default();
    fund.carry_over = rng.random_bool(0.5);
    let amount = |part: f64| Money::from_main((part * missing * PRICE).round());
    fund.amounts = vec![
        amount(rng.random_range(0.2..0.6)),
        amount(rng.random_range(0.1..0.4)),
    ]
    .into();
    case.funds = vec![fund].into();
    case.enrolment = junheng::case::BySection {
        primary: vec![1.0; 2],
        junior: vec![1.0; 2],
    };
    case
}

fn missing(case: &Case, school: usize, year: usize) -> f64 {
    let at = SchoolIx::new(school);
    let pupils = case.pupils(at, YearIx::new(year)).expect("known");
    (pupils * NORM - case.schools[at].stock[0].expect("known")).max(0.0)
}

/// The smallest gap with so many units bought in the first year, by arithmetic: what can be bought in the second year
/// goes where a unit counts for most. `None` where the first year has not the money.
fn by_hand(case: &Case, first: [f64; 2]) -> Option<f64> {
    let price = case.measures[MeasureIx::new(0)].cost.main();
    let fund = &case.funds.iter().next()?;
    let money = |year: usize| fund.amounts[YearIx::new(year)].main();
    let spent = price * (first[0] + first[1]);
    if spent > money(0) * (1.0 + 1e-7) {
        return None;
    }
    let left = if fund.carry_over {
        money(0) - spent
    } else {
        0.0
    };
    let mut second = ((money(1) + left) / price).max(0.0);
    let weight = |at: usize| {
        let area = case.schools[SchoolIx::new(at)].area;
        let tilts = case.objective.tilts.iter();
        let own = tilts.filter(|tilt| tilt.scope.areas.contains(&area));
        own.map(|tilt| tilt.weight).product::<f64>() / NORM
    };
    let mut order = [0, 1];
    order.sort_by(|&one, &two| weight(two).total_cmp(&weight(one)));
    let mut gap = 0.0;
    for at in order {
        gap += weight(at) * (missing(case, at, 0) - first[at]).max(0.0);
        let short = (missing(case, at, 1) - first[at]).max(0.0);
        // Nothing is bought beyond the need of the year in which it is bought.
        let bought = short.min(second);
        second -= bought;
        gap += weight(at) * (short - bought);
    }
    Some(gap)
}

fn first_year(one: &Candidate) -> [f64; 2] {
    [0, 1].map(|at| {
        let decision = Decision {
            year: YearIx::new(0),
            measure: MeasureIx::new(0),
            school: SchoolIx::new(at),
            gives: false,
        };
        one.units.get(&decision).copied().unwrap_or(0.0)
    })
}

fn futures(rng: &mut ChaCha8Rng) -> Vec<Overlay> {
    let tilt = |area, weight| {
        Change::Tilt(Tilt {
            scope: Scope {
                areas: vec![AreaIx::new(area)],
                ..Scope::default()
            },
            weight,
        })
    };
    vec![
        overlay("one", vec![tilt(0, rng.random_range(1.2..3.0))]),
        overlay("two", vec![tilt(1, rng.random_range(1.2..3.0))]),
        overlay(
            "fewer",
            vec![
                Change::Enrolment {
                    section: None,
                    factors: vec![rng.random_range(0.7..1.0), rng.random_range(0.5..0.9)],
                },
                tilt(0, rng.random_range(1.0..2.0)),
            ],
        ),
        overlay(
            "poorer",
            vec![
                Change::Fund {
                    fund: None,
                    factor: rng.random_range(0.6..1.1),
                },
                Change::Cost {
                    scope: Scope::default(),
                    factor: rng.random_range(0.9..1.3),
                },
            ],
        ),
    ]
}

#[test]
fn every_cell_and_the_least_worst_regret_are_what_enumeration_finds() {
    const STEPS: usize = 120;
    let (mut impossible, mut real) = (0, 0);
    for seed in 0..40 {
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let case = pair(rng);
        let overlays = futures(rng);
        let found = found(&case, &overlays, 1);
        let cases: Vec<Case> = found.futures.iter().map(|one| one.case.clone()).collect();
        let bests: Vec<f64> = found
            .possible()
            .map(|one| one.best.clone().expect("a plan").gap)
            .collect();
        assert_eq!(bests.len(), cases.len(), "seed {seed}");
        for one in &found.candidates {
            for ((cell, case), best) in one.cells.iter().zip(&cases).zip(&bests) {
                match (by_hand(case, first_year(one)), cell.regret) {
                    (Some(gap), Some(regret)) => {
                        assert!(
                            (gap - best - regret).abs() <= 1e-5 * best.max(1.0),
                            "seed {seed} {:?}: {gap} {best} {regret}",
                            one.whose
                        );
                    }
                    (None, None) => impossible += 1,
                    other => panic!("seed {seed} {:?}: {other:?} {cell:?}", one.whose),
                }
            }
        }
        // The least worst regret over a grid of first years.
        let most = [0, 1].map(|at| {
            let needs = cases.iter().map(|case| missing(case, at, 0));
            needs.fold(0.0, f64::max)
        });
        let worst = |first: [f64; 2]| {
            cases
                .iter()
                .zip(&bests)
                .try_fold(0.0_f64, |worst, (case, best)| {
                    Some(worst.max(by_hand(case, first)? - best))
                })
        };
        let grid = (0..=STEPS).flat_map(|one| (0..=STEPS).map(move |two| [one, two]));
        let point = |at: [usize; 2]| [0, 1].map(|of| most[of] * at[of] as f64 / STEPS as f64);
        let least = grid
            .filter_map(|at| worst(point(at)))
            .fold(f64::INFINITY, f64::min);
        let own = found.least.as_ref().expect("solved");
        let minmax = found.minmax().expect("found");
        let again = worst(first_year(minmax)).expect("possible");
        assert!(
            (again - own.worst).abs() <= 1e-5 * bests[0].max(1.0),
            "seed {seed}: {again} {own:?}"
        );
        assert!(
            own.worst <= least + 1e-5 * bests[0].max(1.0),
            "seed {seed}: {own:?} {least}"
        );
        assert!(
            own.bound <= own.worst + 1e-6 * own.scale,
            "seed {seed}: {own:?}"
        );
        // A step of the grid moves no regret by more than both years' weight of it.
        let coarse: f64 = most
            .iter()
            .map(|most| most / STEPS as f64 * 2.0 * 3.0 * 2.0 / NORM)
            .sum();
        assert!(own.worst >= least - coarse, "seed {seed}: {own:?} {least}");
        real += usize::from(own.worst > 1.0);
        laws(&found, &format!("seed {seed}"));
    }
    assert!(impossible > 10 && real > 10, "{impossible} {real}");
}

/// What holds of every regret study.
fn laws(found: &Regret, what: &str) {
    let slack = |worst: f64| worst + 1e-6 * found.least.as_ref().map_or(1.0, |one| one.scale);
    for one in &found.candidates {
        if let Whose::Future(at) = one.whose {
            assert_eq!(one.cells[at].regret, Some(0.0), "{what}: the diagonal");
        }
        assert!(
            one.cells
                .iter()
                .all(|cell| cell.regret.is_none_or(|regret| regret >= 0.0))
        );
        if let (Ok(least), Some((worst, _))) = (&found.least, one.worst(None)) {
            assert!(least.bound <= slack(worst), "{what}: {least:?} {worst}");
            if least.is_proven() {
                assert!(least.worst <= slack(worst), "{what}: {least:?} {worst}");
            }
        }
    }
    if let Ok(least) = &found.least {
        for one in &found.dropped {
            let left = one.least.as_ref().expect("fewer futures are no harder");
            assert!(
                left.bound <= slack(least.worst),
                "{what}: {one:?} {least:?}"
            );
            assert!(one.is_proven(), "{what}: {one:?}");
        }
    }
}

#[test]
fn generated_counties_keep_the_laws_of_regret() {
    let (mut real, mut proven, mut whole) = (0, 0, 0);
    for seed in 0..24 {
        let with = With {
            bands: seed % 3 == 0,
            enrolment: seed % 2 == 0,
            policies: seed % 4 == 0,
            levers: seed % 5 == 2,
            ageing: seed % 4 == 1,
            terminal: if seed % 3 == 0 { 4.0 } else { 0.0 },
        };
        let case = county(seed, with);
        let fewer = vec![0.8; case.horizon.years];
        let overlays = [
            overlay(
                "money",
                vec![Change::Fund {
                    fund: None,
                    factor: 0.7,
                }],
            ),
            overlay(
                "pupils",
                vec![Change::Enrolment {
                    section: None,
                    factors: fewer,
                }],
            ),
            overlay(
                "prices",
                vec![Change::Cost {
                    scope: Scope::default(),
                    factor: 1.2,
                }],
            ),
        ];
        let found = found(&case, &overlays, 1 + seed as usize % 2);
        laws(&found, &format!("seed {seed}"));
        let Ok(least) = &found.least else {
            continue;
        };
        real += usize::from(least.worst > 0.0);
        proven += usize::from(least.is_proven());
        let Some(dealt) = &found.whole else {
            continue;
        };
        whole += usize::from(dealt.audited.iter().all(Option::is_some));
        for (one, &units) in &dealt.candidate.units {
            let measure = &case.measures[one.measure];
            let steps = units / case.resources[measure.resource].step;
            assert!(
                (steps - steps.round()).abs() < 1e-6,
                "seed {seed}: {one:?} {units}"
            );
        }
    }
    assert!(
        real > 8 && proven > 18 && whole > 12,
        "{real} {proven} {whole}"
    );
}

#[test]
fn equal_futures_are_no_reason_for_regret() {
    let case = county(
        3,
        With {
            policies: true,
            levers: false,
            ageing: false,
            ..With::default()
        },
    );
    let found = found(&case, &[overlay("same", Vec::new())], 1);
    let least = found.least.as_ref().expect("solved");
    assert!(
        least.is_proven() && least.worst <= 1e-6 * least.scale,
        "{least:?}"
    );
    for one in &found.candidates {
        let worst = one.worst(None).expect("possible").0;
        assert!(worst <= 1e-6 * least.scale, "{one:?}");
    }
}

#[test]
fn a_future_without_a_plan_is_named_and_stops_no_other() {
    let case = county(5, With::default());
    let must = Policy {
        id: "must".into(),
        name: "must".into(),
        scope: Scope {
            measures: vec![MeasureIx::new(0)],
            ..Scope::default()
        },
        rule: Rule::Quota {
            bound: junheng::case::Bound::Min,
            amount: junheng::case::Quota::Units(1e5),
            each_year: false,
            each: junheng::case::Each::All,
        },
        place: Place::default(),
    };
    let overlays = [
        overlay("hopeless", vec![Change::Policy(must)]),
        overlay(
            "poorer",
            vec![Change::Fund {
                fund: None,
                factor: 0.8,
            }],
        ),
    ];
    let found = found(&case, &overlays, 1);
    assert!(matches!(
        found.futures[1].best,
        Err(Verdict::Impossible { .. })
    ));
    assert_eq!(found.possible().count(), 2);
    assert_eq!(found.candidates.len(), 3);
    assert!(found.least.as_ref().is_ok_and(|least| least.is_proven()));
}

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .output()
        .expect("the program runs")
}

#[test]
fn threads_change_no_byte_and_a_wrong_name_is_told() {
    let asked = |threads| {
        run(&[
            "regret",
            "tests/simple_case",
            "--scenario",
            "less",
            "--scenario",
            "mixed",
            "--json",
            "--lang",
            "en",
            "--threads",
            threads,
        ])
    };
    let (one, two) = (asked("1"), asked("2"));
    assert_eq!(
        one.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&one.stderr)
    );
    assert_eq!(one.stdout, two.stdout);
    let wrong = run(&[
        "regret",
        "tests/simple_case",
        "--scenario",
        "nothing-like-it",
        "--lang",
        "en",
    ]);
    assert_eq!(wrong.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&wrong.stderr).contains("no scenario"));
    let none = run(&[
        "regret",
        "tests/simple_case",
        "--years",
        "0",
        "--lang",
        "en",
    ]);
    assert_eq!(none.status.code(), Some(2));
}

/// What is decided first can be kept: the table is a plan around which each future is solved.
#[test]
fn every_future_is_planned_around_the_table_as_it_was_written() {
    let place = tempfile::tempdir().expect("a folder");
    for (case, scenarios) in [
        ("tests/simple_case", &["less", "mixed"][..]),
        ("scenarios/county", &["hard-times"]),
    ] {
        let folder = place.path().join(case).to_string_lossy().into_owned();
        let mut asked = vec!["regret", case, "--json", "--out", &folder];
        asked.extend(scenarios.iter().flat_map(|name| ["--scenario", *name]));
        let output = run(&asked);
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(0), "{case}: {said}");
        let data: serde_json::Value = serde_json::from_slice(&output.stdout).expect("JSON");
        let audited = data["whole_units"]["audited"].as_array().expect("audits");
        assert_eq!(audited.len(), scenarios.len() + 1);
        assert!(
            audited.iter().all(|one| one["gap"].is_f64()),
            "{case}: {audited:?}"
        );
        let table = format!("{folder}/regret-plan.csv");
        let mut solve = vec!["solve", case, "--keep", &table];
        for scenario in [None, Some(scenarios[0])] {
            solve.extend(scenario.iter().flat_map(|name| ["--scenario", *name]));
            let output = run(&solve);
            let said = String::from_utf8_lossy(&output.stderr);
            assert_eq!(output.status.code(), Some(0), "{case} {scenario:?}: {said}");
        }
    }
}
