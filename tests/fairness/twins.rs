//! Equal schools get equal shares, and the order of rows decides nothing but ties, whatever fairness is asked for.

use junheng::case::balance::Index;

use super::common::{AREA, BOOKS, county};
use super::*;

/// The cases with each choice of fairness in turn.
fn chosen(seed: u64, plain: &Case) -> Case {
    let mut case = plain.clone();
    match seed % 3 {
        0 => case.objective.first = First::Leximin,
        at => {
            let index = [Index::Cv, Index::Gini][at as usize - 1];
            let probe = with(plain, limit(plain, index, 1.0, &[BOOKS, AREA], false));
            let worst = today(&probe)
                .into_iter()
                .map(|one| one.1)
                .fold(0.0, f64::max);
            case = with(
                plain,
                limit(plain, index, 0.8 * worst.max(0.01), &[BOOKS, AREA], false),
            );
        }
    }
    case
}

#[test]
fn twins_get_the_same_but_for_whole_units() {
    let mut compared = 0;
    for seed in 0..24 {
        let mut plain = county(
            seed,
            With {
                enrolment: false,
                ..variants(seed)
            },
        );
        let mut twin = plain.schools[SchoolIx::new(0)].clone();
        twin.id = "twin".into();
        let twin = plain.schools.push(twin);
        let case = chosen(seed, &plain);
        let Some(plan) = best(solved(&case)) else {
            continue;
        };
        compared += 1;
        for resource in case.resources.ids() {
            let step = case.resources[resource].step;
            let last = case.horizon.last();
            let [one, other] =
                [SchoolIx::new(0), twin].map(|at| plan.outcome.supplied(at, resource, last));
            let required = case.required(twin, resource, last).unwrap_or(0.0);
            let most = (step * case.horizon.years as f64).max(0.003 * required) + 1e-9;
            assert!(
                (one - other).abs() <= most,
                "seed {seed}: {one} {other} of {}",
                case.resources[resource].id
            );
        }
    }
    assert!(compared > 12, "{compared}");
}

#[test]
fn the_order_of_schools_does_not_change_what_is_proven() {
    for seed in 0..24 {
        let case = chosen(seed, &county(seed, variants(seed)));
        let mut turned = case.clone();
        let mut schools: Vec<School> = case.schools.iter().cloned().collect();
        schools.reverse();
        turned.schools = schools.into();
        let [one, other] = [&case, &turned].map(|case| best(solved(case)));
        let (Some(one), Some(other)) = (one, other) else {
            continue;
        };
        let (a, b) = (bound(&one), bound(&other));
        assert!((a - b).abs() <= 2e-5 * a.max(1.0), "seed {seed}: {a} {b}");
        if let (Some(one), Some(other)) = (&one.fairness.lowest, &other.fairness.lowest) {
            let last = case.schools.len() - 1;
            for held in &one.levels.schools {
                let mirror = SchoolIx::new(last - held.school.at());
                let twin = other.levels.schools.iter().find(|one| one.school == mirror);
                let twin = twin.expect("the same schools");
                assert!(
                    (held.level - twin.level).abs() <= 1e-5,
                    "seed {seed}: {held:?} {twin:?}"
                );
            }
        }
    }
}
