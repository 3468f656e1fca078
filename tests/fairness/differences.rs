//! Limits on differences hold by the official formula, lower nobody, and are bounded from outside by every row that is added.

use junheng::case::balance::{Index, comparisons, spread, survey};
use junheng::formulate::{Weighing, formulate};
use junheng::plan::Options;
use junheng::plan::solve;
use junheng::words::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::common::{AREA, BOOKS, TEACHERS, county};
use super::*;

const ALL: [Index; 3] = [Index::Cv, Index::Gini, Index::MeanDeviation];

#[test]
fn the_limit_is_the_official_coefficient_on_thousands_of_random_plans() {
    let rng = &mut ChaCha8Rng::seed_from_u64(7);
    let mut checked = 0;
    for seed in 0..40 {
        let plain = county(seed, variants(seed));
        let case = with(
            &plain,
            limit(&plain, Index::Cv, 0.5, &[TEACHERS, BOOKS, AREA], false),
        );
        let (all, year) = (comparisons(&case), case.horizon.last());
        for _ in 0..60 {
            let size = case.schools.len() * case.resources.len();
            let more: Vec<f64> = (0..size).map(|_| rng.random_range(0.0..300.0)).collect();
            let stock = |school: SchoolIx, resource: ResourceIx| {
                let added = more[school.at() * case.resources.len() + resource.at()];
                Some(case.stock_in(school, resource, year)? + added)
            };
            let official = survey(&case, stock, year);
            for one in &all {
                let sections = official.sections.iter();
                let section = sections.filter(|found| found.section == one.section);
                let mut indicators = section.flat_map(|section| &section.indicators);
                let at = one.parts[0].resource;
                let found = indicators
                    .find(|found| found.resource == at)
                    .expect("surveyed");
                let cv = found.spread.expect("counted").cv;
                let ours = one.value(|school, resource| stock(school, resource).unwrap());
                let (cv, ours) = (cv.unwrap(), ours.unwrap());
                assert!(
                    (cv - ours).abs() <= 1e-12 * cv.max(1.0),
                    "seed {seed}: {cv} {ours}"
                );
                checked += 1;
            }
        }
    }
    assert!(checked > 5_000, "{checked}");
}

#[test]
fn a_tangent_cuts_off_no_plan_that_keeps_the_limit() {
    let rng = &mut ChaCha8Rng::seed_from_u64(11);
    let (mut kept, mut cut) = (0, 0);
    for seed in 0..40 {
        let plain = county(seed, variants(seed));
        for index in ALL {
            let case = with(
                &plain,
                limit(&plain, index, 0.4, &[TEACHERS, BOOKS, AREA], false),
            );
            let mut form = formulate(&case, &[]);
            let points: Vec<Vec<f64>> = (0..12)
                .map(|_| {
                    let cols = form.program.cols.iter();
                    let part = rng.random_range(0.0..1.0_f64);
                    cols.map(|col| {
                        col.lower + (col.upper - col.lower) * rng.random_range(0.0..part + 1e-9)
                    })
                    .collect()
                })
                .collect();
            let all = form.comparisons.clone();
            for one in &all {
                let weighing = Weighing {
                    parts: vec![(1.0, one.most)],
                    rest: 0.0,
                };
                let rows: Vec<usize> = points
                    .iter()
                    .map(|point| form.add_tangent(point, one, &weighing))
                    .collect();
                for (at, point) in points.iter().enumerate() {
                    let value = form.compared(point, one).unwrap_or(0.0);
                    let breaks = |row: &usize| form.program.rows[*row].violation(point) > 1e-9;
                    match value <= one.most {
                        true => {
                            kept += 1;
                            assert!(!rows.iter().any(breaks), "seed {seed}: {index:?} {value}");
                        }
                        // Its own tangent does cut it off.
                        false if value > one.most * 1.001 => {
                            cut += 1;
                            let row = &form.program.rows[rows[at]];
                            assert!(row.violation(point) > 0.0, "seed {seed}: {index:?} {value}");
                        }
                        false => {}
                    }
                }
            }
        }
    }
    assert!(kept > 300 && cut > 300, "{kept} {cut}");
}

#[test]
fn plans_keep_the_limit_lower_nobody_and_cost_no_less() {
    let (mut costly, mut kept, mut impossible, mut unfound) = (0, 0, 0, 0);
    // Of the first 40 seeds these are among the few where a limit costs gap, and soon done: 22 limits of 253 do in all.
    for seed in (0..6).chain([37, 38]) {
        let plain = county(seed, variants(seed));
        let free = solved(&plain).plan.expect("a plan").certificate.bound;
        let resources: &[usize] =
            [&[BOOKS][..], &[AREA], &[TEACHERS, BOOKS], &[BOOKS, AREA]][(seed % 4) as usize];
        for index in ALL {
            let probe = with(&plain, limit(&plain, index, 1.0, resources, false));
            let worst = today(&probe)
                .into_iter()
                .map(|one| one.1)
                .fold(0.0, f64::max);
            let mut before = free;
            for part in [0.9, 0.7, 0.5] {
                if worst * part < 1e-3 {
                    continue;
                }
                let case = with(&plain, limit(&plain, index, worst * part, resources, false));
                let answer = solved(&case);
                match (&answer.verdict, &answer.plan) {
                    (Verdict::Optimal, Some(plan)) => {
                        kept += 1;
                        assert!(plan.audit.passed(), "{:?}", plan.audit.breaches);
                        check(&case, plan, index, worst * part, seed);
                        let held = bound(plan);
                        // A tighter limit never makes the gap smaller.
                        assert!(
                            held >= before - 1e-6 * before.max(1.0),
                            "seed {seed}: {held} {before}"
                        );
                        before = held;
                        costly += usize::from(held > free * 1.001);
                    }
                    (Verdict::Impossible { rules }, None) => {
                        impossible += 1;
                        let named = rules.iter().any(|rule| rule.name.1.contains("even"));
                        assert!(named, "seed {seed}: {rules:?}");
                    }
                    (Verdict::Undecided { .. }, None) => unfound += 1,
                    other => panic!("seed {seed}: {:?}", other.0),
                }
            }
        }
    }
    println!(
        "{kept} kept, {costly} of them costly, {impossible} impossible, {unfound} not found in whole units"
    );
    assert!(
        kept > 15 && costly > 2 && impossible > 5,
        "{kept} {costly} {impossible}"
    );
    assert!(
        unfound * 10 <= kept,
        "{unfound} of {kept} were not found in whole units"
    );
}

/// By the plan's rows alone: the index by its definition, and nobody below the course without the plan.
fn check(case: &Case, plan: &Plan, index: Index, most: f64, seed: u64) {
    let year = case.horizon.last();
    let stock = |school, resource| plan.outcome.stock(case, school, resource, year);
    for one in comparisons(case) {
        let part = &one.parts[0];
        let levels = part.levels(|school, resource| stock(school, resource).expect("known"));
        let value = match index {
            Index::Cv => spread(&levels).and_then(|spread| spread.cv).unwrap_or(0.0),
            Index::Gini => {
                let pairs = levels
                    .iter()
                    .flat_map(|a| levels.iter().map(move |b| (a, b)));
                let mean: f64 = levels.iter().map(|(w, x)| w * x).sum();
                let all: f64 = pairs.map(|(a, b)| a.0 * b.0 * (a.1 - b.1).abs()).sum();
                if mean > 0.0 { all / 2.0 / mean } else { 0.0 }
            }
            Index::MeanDeviation => {
                let mean: f64 = levels.iter().map(|(w, x)| w * x).sum();
                let all: f64 = levels.iter().map(|(w, x)| w * (x - mean).abs()).sum();
                if mean > 0.0 { all / mean } else { 0.0 }
            }
        };
        assert!(
            value <= most * (1.0 + 1e-9),
            "seed {seed}: {value} of {most}"
        );
    }
    for school in case.schools.ids() {
        for resource in case.resources.ids() {
            let short = |planned| plan.outcome.short(case, school, resource, year, planned);
            if let (Some(before), Some(after)) = (short(false), short(true)) {
                assert!(after <= before + 1e-9, "seed {seed}");
            }
        }
    }
}

#[test]
fn lumped_and_unlumped_bounds_agree_under_a_limit() {
    for seed in 0..6 {
        let mut plain = county(seed, variants(seed));
        // A school of the same shape, twice the size.
        let mut twin = plain.schools[SchoolIx::new(0)].clone();
        twin.id = "double".into();
        twin.stock
            .iter_mut()
            .for_each(|units| *units = units.map(|units| 2.0 * units));
        twin.pupils = twin.pupils.map(|own| BySection {
            primary: 2.0 * own.primary,
            junior: 2.0 * own.junior,
        });
        plain.schools.push(twin);
        let probe = with(&plain, limit(&plain, Index::Cv, 1.0, &[BOOKS, AREA], false));
        let worst = today(&probe)
            .into_iter()
            .map(|one| one.1)
            .fold(0.0, f64::max);
        let case = with(
            &plain,
            limit(&plain, Index::Cv, 0.8 * worst, &[BOOKS, AREA], false),
        );
        let found = [false, true].map(|unlumped| {
            let options = Options {
                unlumped,
                ..Options::default()
            };
            solve(&case, &options).plan.map(|plan| bound(&plan))
        });
        if let [Some(one), Some(other)] = found {
            assert!(
                (one - other).abs() <= 1e-5 * one.max(1.0),
                "seed {seed}: {one} {other}"
            );
        }
    }
}

#[test]
fn a_limit_on_a_mean_of_coefficients_is_not_convex() {
    // Two schools of equal size. One plan has many books, unevenly, and few rooms, evenly; the other the other way round.
    let cv = |[a, b]: [f64; 2]| Index::Cv.of(&[(0.5, a), (0.5, b)]).unwrap();
    let composite = |books: [f64; 2], rooms: [f64; 2]| (cv(books) + cv(rooms)) / 2.0;
    let (many, few) = ([0.0, 20.0], [0.1, 0.1]);
    assert_eq!((composite(many, few), composite(few, many)), (0.5, 0.5));
    // Halfway between them both are uneven: (0.05, 10.05), of which S / X̄ = 5 / 5.05.
    let half = [0.05, 10.05];
    let between = composite(half, half);
    assert!((between - 5.0 / 5.05).abs() < 1e-12);
    assert!(
        between > 0.5,
        "a plan between two that keep a limit of 0.5 breaks it"
    );
}

#[test]
fn a_limit_on_a_mean_has_a_plan_that_keeps_it_and_a_bound_below() {
    let (mut found, mut costly) = (0, 0);
    for seed in 0..8 {
        let plain = county(seed, variants(seed));
        let free = solved(&plain).plan.expect("a plan").certificate.bound;
        let resources = [TEACHERS, BOOKS, AREA];
        let probe = with(&plain, limit(&plain, Index::Cv, 1.0, &resources, true));
        let worst = today(&probe)
            .into_iter()
            .map(|one| one.1)
            .fold(0.0, f64::max);
        let case = with(
            &plain,
            limit(&plain, Index::Cv, 0.6 * worst, &resources, true),
        );
        let answer = solved(&case);
        match (&answer.verdict, &answer.plan) {
            (Verdict::Stopped { .. }, Some(plan)) => {
                found += 1;
                assert!(plan.audit.passed());
                assert!(!plan.fairness.exact, "never called best");
                assert!(bound(plan) >= free - 1e-6 * free.max(1.0));
                assert!(plan.certificate.planned >= bound(plan) - 1e-6 * free.max(1.0));
                costly += usize::from(plan.certificate.planned > free * 1.02);
                for one in &plan.fairness.differences {
                    assert!(one.compared.keeps(one.after.unwrap_or(0.0)));
                }
            }
            (Verdict::Impossible { .. } | Verdict::Undecided { .. }, None) => {}
            other => panic!("seed {seed}: {:?}", other.0),
        }
    }
    println!("{found} found, {costly} above the free plan");
    assert!(found > 3, "{found}");
}
