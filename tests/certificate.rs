//! The bound is valid for any multipliers, and "impossible" is never said of a program that has a point.

mod generated;

use generated::{Certified, Size, certified, impossible, seeded};
use junheng::program::certificate::{distance, lower_bound, proves_impossible};
use junheng::program::elastic::elastic;
use junheng::program::{Program, Sense};
use junheng::solve::{Said, SolverChoice, Want, minimise};
use junheng::words::Halt;
use proptest::prelude::*;
use rand::{Rng, RngExt};

fn any_multipliers(rng: &mut impl Rng, rows: usize) -> Vec<f64> {
    let size = 10f64.powi(rng.random_range(-8..9));
    (0..rows)
        .map(|_| size * rng.random_range(-1.0..1.0))
        .collect()
}

proptest! {
    #[test]
    fn no_multipliers_pass_the_optimum(seed: u64, cols in 1usize..30, rows in 0usize..20) {
        let rng = &mut seeded(seed);
        let Certified { program, optimum, multipliers } = certified(rng, cols, rows);
        let any = any_multipliers(rng, rows);
        prop_assert!(distance(lower_bound(&program, &any), optimum) <= 1e-12);
        // Good ones, a little or very wrong, do not either; exact ones reach it.
        for wrong in [0.0, 1e-9, 1e-3, 1.0] {
            let near: Vec<f64> =
                multipliers.iter().map(|y| y + wrong * rng.random_range(-1.0..1.0)).collect();
            prop_assert!(distance(lower_bound(&program, &near), optimum) <= 1e-12);
        }
        prop_assert!(distance(optimum, lower_bound(&program, &multipliers)) <= 1e-10);
    }

    #[test]
    fn nothing_proves_a_possible_program_impossible(seed: u64, cols in 1usize..30, rows in 1usize..20) {
        let rng = &mut seeded(seed);
        let Certified { program, multipliers, .. } = certified(rng, cols, rows);
        prop_assert!(!proves_impossible(&program, &multipliers));
        prop_assert!(!proves_impossible(&program, &any_multipliers(rng, rows)));
        for row in 0..rows {
            for sign in [-1.0, 1.0] {
                let mut one = vec![0.0; rows];
                one[row] = sign;
                prop_assert!(!proves_impossible(&program, &one));
            }
        }
    }

    #[test]
    fn the_proof_does_not_depend_on_its_scale(seed in 0u64..1000, scale in -30i32..30) {
        let program = impossible(&mut seeded(seed), Size { schools: 2, resources: 1, years: 2, kinds: 0 });
        let relaxed = elastic(&program);
        // Whether the optimum is proven to the last digit does not matter: its multipliers need only be good enough.
        let (Said::Optimal(point) | Said::Stopped(point)) =
            minimise(&relaxed, SolverChoice::Clarabel, Want::Multipliers, &Halt::default())
        else {
            return Err(TestCaseError::fail("the elastic program always has an optimum"));
        };
        let proof = point.multipliers.unwrap();
        let scaled: Vec<f64> = proof.iter().map(|y| y * 10f64.powi(scale)).collect();
        prop_assert!(proves_impossible(&program, &proof));
        prop_assert!(proves_impossible(&program, &scaled));
    }
}

#[test]
fn multipliers_that_are_no_numbers_or_too_many_or_too_few_do_no_harm() {
    let mut program = Program::default();
    let x = program.add_col(0.0, 10.0, 1.0);
    program.add_row(Sense::AtLeast, 2.0, vec![(x, 1.0)]);
    program.add_row(Sense::AtMost, 9.0, vec![(x, 1.0)]);
    for bad in [f64::NAN, f64::INFINITY, f64::NEG_INFINITY, 1e308, -1e308] {
        for y in [
            vec![bad, 0.0],
            vec![0.0, bad],
            vec![bad, bad],
            vec![],
            vec![bad; 5],
        ] {
            assert!(lower_bound(&program, &y) <= 2.0, "{y:?}");
            assert!(!proves_impossible(&program, &y), "{y:?}");
        }
    }
    assert!((lower_bound(&program, &[1.0, 0.0]) - 2.0).abs() < 1e-12);
    // The wrong sign is worth nothing, not less.
    assert!(lower_bound(&program, &[-5.0, 5.0]).abs() < 1e-12);
}

#[test]
fn contradictions_count_and_rounding_does_not() {
    let between = |floor: f64, ceiling: f64| {
        let mut program = Program::default();
        let cols: Vec<(usize, f64)> = (0..1000)
            .map(|at| (program.add_col(0.0, 1e6, 1.0), 0.1 + f64::from(at)))
            .collect();
        program.add_row(Sense::AtLeast, floor, cols.clone());
        program.add_row(Sense::AtMost, ceiling, cols);
        proves_impossible(&program, &[1.0, -1.0])
    };
    assert!(!between(0.1 + 0.2, 0.3));
    assert!(!between(1e6, 1e6));
    // One fen in a hundred thousand yuan is a contradiction.
    assert!(between(100_000.01, 100_000.0));
}

#[test]
fn the_elastic_program_says_how_much_must_give_way() {
    // Two rules ask for 6 and 7 of something of which there are 10 at most.
    let mut program = Program::default();
    let (x, y) = (
        program.add_col(0.0, 100.0, 1.0),
        program.add_col(0.0, 100.0, 1.0),
    );
    program.add_row(Sense::AtLeast, 6.0, vec![(x, 1.0)]);
    program.add_row(Sense::AtLeast, 7.0, vec![(y, 1.0)]);
    program.add_row(Sense::AtMost, 10.0, vec![(x, 1.0), (y, 1.0)]);
    let relaxed = elastic(&program);
    relaxed.check().unwrap();
    for choice in [SolverChoice::Clarabel, SolverChoice::Microlp] {
        let Said::Optimal(point) = minimise(&relaxed, choice, Want::Values, &Halt::default())
        else {
            panic!("{choice:?}")
        };
        assert!(
            (relaxed.objective(&point.values) - 3.0).abs() < 1e-7,
            "{choice:?}"
        );
    }
    // With room for both, nothing gives way.
    program.rows[2].rhs = 13.0;
    let relaxed = elastic(&program);
    let Said::Optimal(point) = minimise(
        &relaxed,
        SolverChoice::Clarabel,
        Want::Values,
        &Halt::default(),
    ) else {
        panic!()
    };
    assert!(relaxed.objective(&point.values) < 1e-7);
    assert!(!proves_impossible(&program, &point.multipliers.unwrap()));
}
