//! What holds of the moves of any rows.

use std::collections::BTreeMap;

use junheng::case::*;
use junheng::plan::moves::moves;
use junheng::plan::{Move, Moves, Options, PlanRow, Verdict, solve};
use junheng::words::*;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::force::{by_force, km, rank};
use super::{ROTATE, exchanging, located, random_rows};

/// Posts by school, of one year and of all pools.
type Posts = BTreeMap<(YearIx, CountyIx, Stage), [Vec<usize>; 2]>;

fn posts(case: &Case, rows: &[PlanRow]) -> Posts {
    let mut posts = Posts::new();
    for row in rows.iter().filter(|row| row.measure.at() == ROTATE) {
        let school = &case.schools[row.school];
        let pool = (row.year, school.county, school.stage);
        let side = &mut posts.entry(pool).or_default()[usize::from(row.units > 0.0)];
        side.extend(std::iter::repeat_n(
            row.school.at(),
            row.units.abs() as usize,
        ));
    }
    posts
}

/// What holds of the moves of any rows.
fn obeys_the_laws(case: &Case, rows: &[PlanRow], found: &Moves) {
    let mut sums: BTreeMap<(SchoolIx, YearIx), [f64; 2]> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.measure.at() == ROTATE) {
        let side = usize::from(row.units > 0.0);
        sums.entry((row.school, row.year)).or_default()[side] += row.units.abs();
    }
    for one in &found.list {
        assert_ne!(one.from, one.to, "{}", case.name);
        assert!(one.units >= 1.0 && one.units.fract() == 0.0);
        let [from, to] = [one.from, one.to].map(|at| &case.schools[at]);
        assert_eq!((from.county, from.stage), (to.county, to.stage));
        assert_eq!(one.km, km(case, one.from.at(), one.to.at()));
        let given = !from.township.is_empty() && !to.township.is_empty();
        assert_eq!(
            one.same_township,
            given.then(|| from.township == to.township)
        );
        sums.entry((one.from, one.year)).or_default()[0] -= one.units;
        sums.entry((one.to, one.year)).or_default()[1] -= one.units;
    }
    for one in &found.unpaired {
        sums.entry((one.school, one.year)).or_default()[0] -= one.leaving;
        sums.entry((one.school, one.year)).or_default()[1] -= one.arriving;
    }
    for (at, left) in sums {
        assert_eq!(left, [0.0; 2], "{}: {at:?}", case.name);
    }
    let order = |one: &Move| {
        let place = rank(case, one.from.at(), one.to.at());
        (one.year, one.measure, place)
    };
    assert!(
        found
            .list
            .is_sorted_by(|one, next| order(one) < order(next))
    );
}

fn is_as_by_force(case: &Case, rows: &[PlanRow], found: &Moves) {
    for ((year, county, stage), [leave, come]) in posts(case, rows) {
        let here = |one: &&Move| {
            let to = &case.schools[one.to];
            (one.year, to.county, to.stage) == (year, county, stage)
        };
        let moved = found.list.iter().filter(here);
        let moved: BTreeMap<(usize, usize), f64> = moved
            .map(|one| ((one.from.at(), one.to.at()), one.units))
            .collect();
        assert_eq!(moved, by_force(case, leave, come), "{}", case.name);
    }
}

#[test]
fn pairs_are_made_in_their_order_as_by_brute_force() {
    let (mut moved, mut alone) = (0, 0);
    for seed in 0..150 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut rows = random_rows(&case, rng);
        let found = moves(&case, &rows);
        obeys_the_laws(&case, &rows, &found);
        is_as_by_force(&case, &rows, &found);
        rows.shuffle(rng);
        assert_eq!(
            found,
            moves(&case, &rows),
            "the order of rows is irrelevant"
        );
        moved += found.list.len();
        alone += found.unpaired.len();
    }
    assert!(moved > 500 && alone > 10, "{moved} moves, {alone} alone");
}

#[test]
fn what_does_not_balance_is_left_over_and_counted() {
    for seed in 0..40 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut rows = random_rows(&case, rng);
        rows.retain(|_| rng.random_bool(0.7));
        let found = moves(&case, &rows);
        obeys_the_laws(&case, &rows, &found);
        is_as_by_force(&case, &rows, &found);
    }
}

/// The plan's moves; `None` where no plan keeps all rules.
fn planned(case: &Case) -> Option<(Vec<PlanRow>, Moves)> {
    let answer = solve(case, &Options::default());
    match answer.verdict {
        Verdict::Impossible { .. } | Verdict::Undecided { .. } => None,
        _ => {
            let rows = answer.plan.expect("a plan").rows;
            let found = moves(case, &rows);
            Some((rows, found))
        }
    }
}

#[test]
fn moves_of_plans_add_up_to_their_rows() {
    let (mut moved, mut swapped) = (0, 0);
    for seed in 0..30 {
        for case in [located(seed), exchanging(seed)] {
            let Some((rows, found)) = planned(&case) else {
                continue;
            };
            obeys_the_laws(&case, &rows, &found);
            is_as_by_force(&case, &rows, &found);
            moved += found.list.len();
            let takes: Vec<_> = rows.iter().filter(|row| row.units < 0.0).collect();
            let also_gets = |one: &&&PlanRow| {
                rows.iter().any(|row| {
                    let at = |row: &PlanRow| (row.school, row.year, row.measure);
                    at(row) == at(one) && row.units > 0.0
                })
            };
            swapped += takes.iter().filter(also_gets).count();
        }
    }
    assert!(moved > 60 && swapped > 30, "{moved} moves, {swapped} swap");
}
