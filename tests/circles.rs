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
