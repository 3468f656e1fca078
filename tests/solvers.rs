//! All solvers give one optimum, and code that shares nothing with them proves it.

mod generated;

use generated::{Certified, Size, certified, county, impossible, seeded};
use junheng::program::certificate::{distance, lower_bound, proves_impossible};
use junheng::program::{Program, Sense};
use junheng::solve::{Point, Said, SolverChoice, Want, minimise};
use junheng::words::Halt;
use junheng::words::tolerance::{PROVEN, SOLVERS_AGREE};
use rand::RngExt;

/// The solvers of this build, with whether they give multipliers.
fn solvers() -> Vec<(SolverChoice, bool)> {
    vec![
        (SolverChoice::Clarabel, true),
        (SolverChoice::Microlp, false),
        (SolverChoice::Interior, true),
        #[cfg(feature = "highs")]
        (SolverChoice::Highs, true),
    ]
}

fn optimum(program: &Program, choice: SolverChoice, what: &str) -> Point {
    match minimise(program, choice, Want::Values, &Halt::default()) {
        Said::Optimal(point) => point,
        other => panic!("{choice:?} on {what}: {other:?}"),
    }
}

/// Every solver's optimum within 1e-6 of every other's, and each proven by the multipliers of those that give some.
fn agree(program: &Program, what: &str) -> f64 {
    let points: Vec<(Point, bool)> = solvers()
        .into_iter()
        .map(|(choice, duals)| (optimum(program, choice, what), duals))
        .collect();
    let bound = points
        .iter()
        .filter_map(|(point, _)| point.multipliers.as_ref())
        .map(|y| lower_bound(program, y))
        .fold(f64::NEG_INFINITY, f64::max);
    for (point, duals) in &points {
        assert!(point.multipliers.is_some() || !duals, "{what}");
        let value = program.objective(&point.values);
        let away = distance(value, bound).abs();
        assert!(
            away <= PROVEN,
            "{} on {what}: {value} is {away:e} from the bound {bound}",
            point.solver
        );
        if let Some(y) = &point.multipliers {
            let own = lower_bound(program, y);
            assert!(
                distance(value, own).abs() <= PROVEN,
                "{} on {what}: own bound {own}",
                point.solver
            );
        }
    }
    for (one, _) in &points {
        let (one, other) = (
            program.objective(&one.values),
            program.objective(&points[0].0.values),
        );
        assert!(
            distance(one, other).abs() <= SOLVERS_AGREE,
            "{what}: {one} {other}"
        );
    }
    bound
}

#[test]
fn solvers_agree_on_two_hundred_counties() {
    for seed in 0..200 {
        let rng = &mut seeded(seed);
        let size = Size {
            schools: rng.random_range(1..12),
            resources: rng.random_range(1..4),
            years: rng.random_range(1..5),
            kinds: 0,
        };
        agree(&county(rng, size), &format!("county {seed}"));
    }
}

#[test]
fn solvers_find_optima_known_beforehand() {
    for seed in 0..300 {
        let rng = &mut seeded(10_000 + seed);
        let (cols, rows) = (rng.random_range(1..40), rng.random_range(0..25));
        let Certified {
            program,
            optimum,
            multipliers,
        } = certified(rng, cols, rows);
        assert!(distance(optimum, lower_bound(&program, &multipliers)).abs() < 1e-10);
        let bound = agree(&program, &format!("certified {seed}"));
        assert!(
            distance(optimum, bound).abs() <= PROVEN,
            "seed {seed}: {optimum} {bound}"
        );
    }
}

#[test]
fn impossible_programs_are_proven_so_by_every_solver() {
    for seed in 0..100 {
        let rng = &mut seeded(20_000 + seed);
        let size = Size {
            schools: rng.random_range(1..8),
            resources: 2,
            years: 3,
            kinds: 0,
        };
        let program = impossible(rng, size);
        for (choice, _) in solvers() {
            match minimise(&program, choice, Want::Values, &Halt::default()) {
                Said::Impossible(Some(proof)) => {
                    assert!(proves_impossible(&program, &proof), "{choice:?} {seed}");
                }
                other => panic!("{choice:?} on impossible {seed}: {other:?}"),
            }
        }
    }
}

#[test]
fn a_contradiction_of_a_hundred_millionth_is_found_and_rounding_is_none() {
    let size = Size {
        schools: 30,
        resources: 3,
        years: 4,
        kinds: 0,
    };
    let limits = |program: &Program| program.rows.len() - 1 - size.years - size.resources;
    for (below, possible) in [(1e-6, false), (1e-8, false), (1e-13, true), (0.0, true)] {
        let mut program = county(&mut seeded(3), size);
        // The floor under the first year's spending asks for a little more than its fund has.
        let floor = limits(&program);
        program.rows[floor].rhs = program.rows[floor + 1].rhs * (1.0 + below);
        match minimise(
            &program,
            SolverChoice::Auto,
            Want::Multipliers,
            &Halt::default(),
        ) {
            Said::Optimal(_) if possible => {}
            Said::Impossible(Some(proof)) if !possible => {
                assert!(proves_impossible(&program, &proof));
            }
            other => panic!("{below:e}: {other:?}"),
        }
    }
}

#[test]
fn what_cannot_be_trusted_is_not_called_an_optimum() {
    // Bounds a million million times too far away: a solver's tolerance swallows the whole plan.
    let mut program = county(
        &mut seeded(3),
        Size {
            schools: 30,
            resources: 3,
            years: 4,
            kinds: 0,
        },
    );
    let value = program.objective(&optimum(&program, SolverChoice::Auto, "near").values);
    for col in &mut program.cols {
        col.upper = 1e15;
    }
    for (choice, _) in solvers() {
        if let Said::Optimal(point) = minimise(&program, choice, Want::Values, &Halt::default()) {
            assert!(
                distance(program.objective(&point.values), value).abs() < 1e-2,
                "{choice:?}"
            );
        }
    }
}

/// One row of each sense, with the derivative of the optimum by the right-hand side known by heart.
#[test]
fn multipliers_have_the_signs_of_their_rows() {
    for (choice, duals) in solvers() {
        if !duals {
            continue;
        }
        let cases = [
            // min 3x, x ≥ 2: one more costs 3.
            (Sense::AtLeast, 3.0, 2.0, 3.0),
            // min −3x, x ≤ 2: one more saves 3.
            (Sense::AtMost, -3.0, 2.0, -3.0),
            // an equality pushes either way.
            (Sense::Equal, 3.0, 2.0, 3.0),
            (Sense::Equal, -3.0, 2.0, -3.0),
            // rows that do not bind.
            (Sense::AtLeast, -3.0, 2.0, 0.0),
            (Sense::AtMost, 3.0, 2.0, 0.0),
        ];
        for (sense, cost, rhs, multiplier) in cases {
            let mut program = Program::default();
            let x = program.add_col(0.0, 10.0, cost);
            let y = program.add_col(0.0, 1.0, 0.0);
            program.add_row(sense, rhs, vec![(x, 1.0)]);
            program.add_row(Sense::AtMost, 1.5, vec![(y, 1.0)]);
            let y = optimum(&program, choice, "sign table").multipliers.unwrap();
            assert!(
                (y[0] - multiplier).abs() < 1e-6,
                "{choice:?} {sense:?} {cost}: {y:?}"
            );
        }
    }
}

#[test]
fn multipliers_are_derivatives_of_the_optimum() {
    for (choice, duals) in solvers() {
        for seed in 0..if duals { 10 } else { 0 } {
            let program = county(
                &mut seeded(30_000 + seed),
                Size {
                    schools: 4,
                    resources: 2,
                    years: 2,
                    kinds: 0,
                },
            );
            let base = optimum(&program, choice, "base");
            let y = base.multipliers.clone().unwrap();
            let shared = program.blocks.last().unwrap().rows.end;
            for (row, &multiplier) in y.iter().enumerate().skip(shared) {
                let step = 1e-3 * program.rows[row].rhs.abs().max(1.0);
                let at = |rhs: f64| {
                    let mut moved = program.clone();
                    moved.rows[row].rhs = rhs;
                    moved.objective(&optimum(&moved, choice, "moved").values)
                };
                let rhs = program.rows[row].rhs;
                let (down, up) = (at(rhs - step), at(rhs + step));
                let value = program.objective(&base.values);
                // The optimum is convex in the right-hand side: the multiplier is between both slopes.
                let (left, right) = ((value - down) / step, (up - value) / step);
                let noise = 1e-6 * value.abs().max(1.0) / step;
                assert!(
                    left - noise <= multiplier && multiplier <= right + noise,
                    "{choice:?} {seed} row {row}: {left} {} {right}",
                    multiplier
                );
                match program.rows[row].sense {
                    Sense::AtLeast => assert!(multiplier >= -1e-9),
                    Sense::AtMost => assert!(multiplier <= 1e-9),
                    Sense::Equal => {}
                }
            }
        }
    }
}

#[test]
fn fixed_columns_empty_rows_and_programs_without_rows_are_fine() {
    let mut program = Program::default();
    let fixed = program.add_col(3.0, 3.0, 5.0);
    let free = program.add_col(-1.0, 4.0, -2.0);
    for (choice, _) in solvers() {
        let point = optimum(&program, choice, "no rows");
        assert_eq!(point.values, [3.0, 4.0]);
    }
    program.add_row(Sense::AtLeast, -1.0, vec![]);
    program.add_row(Sense::Equal, 6.0, vec![(fixed, 2.0)]);
    program.add_row(Sense::AtMost, 7.0, vec![(fixed, 2.0), (free, 0.5)]);
    for (choice, _) in solvers() {
        let point = optimum(&program, choice, "fixed and empty");
        assert_eq!(point.values[fixed], 3.0);
        assert!(
            (point.values[free] - 2.0).abs() < 1e-7,
            "{choice:?} {:?}",
            point.values
        );
    }
    let empty = Program::default();
    for (choice, _) in solvers() {
        assert_eq!(optimum(&empty, choice, "empty").values, [0.0; 0]);
    }
}

#[test]
fn rows_that_the_bounds_break_are_impossible_with_a_proof() {
    let contradictions = [
        (Sense::AtLeast, 1.0, vec![]),
        (Sense::Equal, -1.0, vec![]),
        (Sense::AtMost, 5.0, vec![(0, 2.0)]),
        (Sense::AtLeast, 5.0, vec![(1, 1.0)]),
    ];
    for (sense, rhs, entries) in contradictions {
        let mut program = Program::default();
        program.add_col(3.0, 3.0, 1.0);
        program.add_col(0.0, 4.0, 1.0);
        program.add_row(Sense::AtLeast, 1.0, vec![(1, 1.0)]);
        program.add_row(sense, rhs, entries);
        for (choice, _) in solvers() {
            match minimise(&program, choice, Want::Values, &Halt::default()) {
                Said::Impossible(Some(proof)) => assert!(proves_impossible(&program, &proof)),
                other => panic!("{choice:?} {sense:?}: {other:?}"),
            }
        }
    }
}

#[test]
fn malformed_programs_reach_no_solver() {
    let mut program = Program::default();
    program.add_col(0.0, f64::INFINITY, 1.0);
    assert!(matches!(
        minimise(&program, SolverChoice::Auto, Want::Values, &Halt::default()),
        Said::Undecided(_)
    ));
    let mut program = Program::default();
    program.add_col(0.0, 1.0, f64::NAN);
    assert!(matches!(
        minimise(&program, SolverChoice::Auto, Want::Values, &Halt::default()),
        Said::Undecided(_)
    ));
    let mut program = Program::default();
    program.add_col(2.0, 1.0, 1.0);
    assert!(matches!(
        minimise(&program, SolverChoice::Auto, Want::Values, &Halt::default()),
        Said::Undecided(_)
    ));
}

#[test]
fn the_same_question_has_the_same_answer_bit_for_bit() {
    let program = county(
        &mut seeded(5),
        Size {
            schools: 10,
            resources: 3,
            years: 3,
            kinds: 0,
        },
    );
    for (choice, _) in solvers() {
        for want in [Want::Values, Want::Multipliers] {
            assert_eq!(
                minimise(&program, choice, want, &Halt::default()),
                minimise(&program, choice, want, &Halt::default())
            );
        }
    }
}

#[test]
fn units_do_not_matter() {
    // Each column and each row in a unit of its own, up to 10^12 apart: fen beside billions, grams beside tonnes.
    for seed in 0..300 {
        let rng = &mut seeded(40_000 + seed);
        let (cols, rows) = (rng.random_range(1..40), rng.random_range(1..25));
        let Certified {
            mut program,
            optimum: expected,
            ..
        } = certified(rng, cols, rows);
        let spread = rng.random_range(0..=6);
        let mut unit = |_| 10f64.powi(rng.random_range(-spread..=spread));
        let units: Vec<f64> = (0..cols).map(&mut unit).collect();
        for (col, unit) in program.cols.iter_mut().zip(&units) {
            (col.lower, col.upper, col.cost) =
                (col.lower * unit, col.upper * unit, col.cost / unit);
        }
        for (at, row) in program.rows.iter_mut().enumerate() {
            let by = unit(at);
            row.rhs *= by;
            for (col, a) in &mut row.entries {
                *a *= by / units[*col];
            }
        }
        let value = agree(&program, &format!("units {seed}"));
        assert!(
            distance(value, expected).abs() <= PROVEN,
            "{seed}: {value} {expected}"
        );
    }
}
