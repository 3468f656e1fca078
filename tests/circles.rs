//! Circles: who may share and change places with whom, against every pair of schools; and that plans keep to them.

mod common;

use common::{BOOKS, TEACHERS, With, county};
use junheng::case::*;
use junheng::plan::audit::audit;
use junheng::plan::moves::moves;
use junheng::plan::{Move, Options, PlanRow, Verdict, solve};
use junheng::words::*;

/// A generated county on a map with groups, whose teachers are shared and whose books are moved inside circles.
fn parted(seed: u64, paired: bool, within: Option<f64>) -> Case {
    let mut case = county(
        seed,
        With {
            terminal: (seed % 3) as f64,
            ..With::default()
        },
    );
    let schools: Vec<SchoolIx> = case.schools.ids().collect();
    for at in schools {
        let n = at.at() as u64 * 7 + seed * 13;
        let stated = &mut case.schools[at];
        stated.stage = Stage::Primary;
        stated.pupils = stated.pupils.map(|pupils| BySection {
            primary: pupils.primary + pupils.junior,
            junior: 0.0,
        });
        stated.position = (n % 11 != 3).then_some(Position {
            latitude: 29.5 + (n % 17) as f64 / 200.0,
            longitude: 108.5 + (n % 23) as f64 / 200.0,
        });
        stated.group = ["", "a", "b", "c"][(n % 4) as usize].into();
    }
    let like = case.measures[MeasureIx::new(0)].clone();
    let moving = |id: &str, resource, lever, step| Measure {
        id: id.into(),
        name: id.into(),
        resource: ResourceIx::new(resource),
        also: Vec::new(),
        most: Most::Needed,
        lever,
        cost: Money::from_main(10.0),
        subsidy: None,
        nature: Nature::Recurrent,
        scope: Scope::default(),
        among: Among::of(paired, within),
        step,
        ..like.clone()
    };
    case.measures
        .push(moving("share", TEACHERS, Lever::Share, Some(0.2)));
    case.measures
        .push(moving("rotate", TEACHERS, Lever::Rotate { term: 2 }, None));
    case.measures
        .push(moving("pass-on", BOOKS, Lever::Move, None));
    case.gather();
    case
}

/// How a generated case is parted.
fn ways(seed: u64) -> (bool, Option<f64>) {
    match seed % 3 {
        0 => (true, None),
        1 => (false, Some(3.0)),
        _ => (true, Some(5.0)),
    }
}

#[test]
fn no_two_schools_of_a_circle_are_too_far_apart_or_of_two_groups() {
    let (mut together, mut apart) = (0, 0);
    for seed in 0..60 {
        let (paired, within) = ways(seed);
        let case = parted(seed, paired, within);
        let distances = Distances::of(&case);
        let share = case.measures.find(|one| one.id == "share").expect("there");
        for one in case.schools.ids() {
            for other in case.schools.ids().filter(|&other| other > one) {
                let (a, b) = (&case.schools[one], &case.schools[other]);
                let near =
                    within.is_none_or(|most| distances.km(one, other).is_some_and(|km| km <= most));
                let grouped = !paired || (!a.group.is_empty() && a.group == b.group);
                let may = near && grouped && a.county == b.county && a.stage == b.stage;
                let same = case.circle(share, one) == case.circle(share, other);
                assert!(may || !same, "seed {seed}: {one:?} {other:?}");
                // Nothing but distance parts those who could be together.
                assert!(
                    same || !may || within.is_some(),
                    "seed {seed}: {one:?} {other:?}"
                );
                together += usize::from(same);
                apart += usize::from(may && !same);
            }
        }
    }
    assert!(together > 100 && apart < together, "{together} {apart}");
}

#[test]
fn plans_share_inside_circles_and_lumping_changes_nothing() {
    let (mut shared, mut parts) = (0, 0);
    for seed in 0..45 {
        let (paired, within) = ways(seed);
        let case = parted(seed, paired, within);
        let answer = solve(&case, &Options::default());
        let plan = answer.plan.expect("a plan");
        assert_eq!(answer.verdict, Verdict::Optimal, "seed {seed}");
        assert!(
            plan.audit.breaches.is_empty(),
            "seed {seed}: {:?}",
            plan.audit.breaches
        );
        let found = moves(&case, &plan.rows);
        assert!(found.unpaired.is_empty(), "seed {seed}");
        // The county has a rotation of its own that knows no circles.
        let parted = |one: &&Move| case.measures[one.measure].among.is_parted();
        for one in found.list.iter().filter(parted) {
            let km = Distances::of(&case).km(one.from, one.to);
            assert!(
                within.is_none_or(|most| km.is_some_and(|km| km <= most)),
                "seed {seed}: {one:?}"
            );
            assert!(!paired || case.schools[one.from].group == case.schools[one.to].group);
            shared += 1;
            let share = case.measures[one.measure].id == "share";
            parts += usize::from(share && one.units.fract() != 0.0);
        }
        let apart = Options {
            unlumped: true,
            ..Options::default()
        };
        let other = solve(&case, &apart).plan.expect("a plan");
        let (one, two) = (plan.certificate.continuous, other.certificate.continuous);
        assert!(
            (one - two).abs() <= 1e-6 * one.abs().max(1.0),
            "seed {seed}: {one} {two}"
        );
    }
    assert!(shared > 60 && parts > 10, "{shared} {parts}");
}

#[test]
fn who_shares_across_circles_is_told() {
    let mut told = 0;
    for seed in 0..30 {
        let (paired, within) = ways(seed);
        let case = parted(seed, paired, within);
        let share = case.measures.find(|one| one.id == "share").expect("there");
        let schools: Vec<SchoolIx> = case.schools.ids().collect();
        let far = schools
            .iter()
            .flat_map(|one| schools.iter().map(move |other| (*one, *other)));
        let mut far = far.filter(|(one, other)| {
            let (a, b) = (&case.schools[*one], &case.schools[*other]);
            a.county == b.county && case.circle(share, *one) != case.circle(share, *other)
        });
        let Some((from, to)) = far.next() else {
            continue;
        };
        let row = |school, units| PlanRow {
            school,
            measure: share,
            year: YearIx::new(0),
            units,
            fund: None,
            payments: vec![Money::ZERO; case.horizon.years],
            after: Money::ZERO,
        };
        let rows = [row(from, -0.2), row(to, 0.2)];
        let breaches = audit(&case, &rows, &[]).breaches;
        assert!(
            breaches.iter().any(|one| one.rule == "rotation-balance"),
            "seed {seed}: {breaches:?}"
        );
        let crooked = audit(&case, &[row(from, -0.3), row(from, 0.3)], &[]).breaches;
        assert!(
            crooked.iter().any(|one| one.rule == "whole-steps"),
            "{crooked:?}"
        );
        told += 1;
    }
    assert!(told > 20, "{told}");
}

/// What the README of `places` finds by hand.
#[test]
fn the_shipped_case_shares_as_its_readme_says() {
    let read = junheng::read::read_case(std::path::Path::new("scenarios/places"));
    let case = read.case.expect("a sound case");
    let tenths = |units: f64| (units * 10.0).round() / 10.0;
    let planned = |case: &Case| solve(case, &Options::default()).plan.expect("a plan");
    let first_moves = |case: &Case, rows: &[PlanRow]| -> Vec<(String, String, String, f64)> {
        let found = moves(case, rows).list.into_iter();
        let id = |at: SchoolIx| case.schools[at].id.clone();
        found
            .filter(|one| one.year.at() == 0)
            .map(|one| {
                let measure = case.measures[one.measure].id.clone();
                (measure, id(one.from), id(one.to), tenths(one.units))
            })
            .collect()
    };
    let row = |measure: &str, from: &str, to: &str, units: f64| {
        (measure.to_string(), from.to_string(), to.to_string(), units)
    };
    let plan = planned(&case);
    let shared = [
        row("share-teachers", "QX03", "QX01", 2.4),
        row("share-teachers", "QX04", "QX05", 0.8),
        row("share-pe-arts", "QX02", "QX01", 1.2),
        row("share-pe-arts", "QX02", "QX03", 0.4),
        row("rotate-far", "QX07", "QX06", 1.0),
    ];
    assert_eq!(first_moves(&case, &plan.rows), shared);
    let remote = |id: &str| -> f64 {
        let rows = plan.rows.iter().filter(|row| {
            case.measures[row.measure].id == "remote-lessons" && case.schools[row.school].id == id
        });
        tenths(rows.map(|row| row.units).sum())
    };
    assert_eq!(["QX04", "QX05"].map(remote), [0.2, 1.0]);
    let without = read
        .overlays
        .iter()
        .find(|one| one.name == "no-sharing")
        .expect("shipped");
    let without = without.apply(&case);
    let rotated = [
        row("rotate-near", "QX02", "QX01", 1.0),
        row("rotate-far", "QX07", "QX06", 1.0),
    ];
    assert_eq!(first_moves(&without, &planned(&without).rows), rotated);
    // Five rooms are built, and no mean class is too large any more.
    let last = case.horizon.last();
    let then = |school, resource| plan.outcome.stock(&case, school, resource, last);
    let above = |stock: Option<balance::Stock>| -> usize {
        balance::sizes(&case, last, stock)
            .iter()
            .map(|one| one.above)
            .sum()
    };
    assert_eq!((above(None), above(Some(&then))), (3, 0));
    // The fund for aid is spent to the last yuan in each year.
    for year in case.horizon.plan_years() {
        let aid = plan
            .rows
            .iter()
            .filter(|row| row.year == year && case.measures[row.measure].id == "pay-aid");
        assert_eq!(aid.map(|row| row.units).sum::<f64>(), 500_000.0);
    }
}
