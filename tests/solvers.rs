//! All solvers give one optimum, and code that shares nothing with them proves it.

mod generated;

use generated::{Certified, Size, certified, county, impossible, seeded};
use junheng::program::certificate::{distance, lower_bound, proves_impossible};
use junheng::program::{Program, Sense};
use junheng::solve::{Point, Said, SolverChoice, Want, minimise};
use junheng::words::tolerance::{PROVEN, SOLVERS_AGREE};
use rand::RngExt;

/// The solvers of this build, with whether they give multipliers.
fn solvers() -> Vec<(SolverChoice, bool)> {
    vec![
        (SolverChoice::Clarabel, true),
        (SolverChoice::Microlp, false),
        #[cfg(feature = "highs")]
        (SolverChoice::Highs, true),
    ]
}

fn optimum(program: &Program, choice: SolverChoice, what: &str) -> Point {
    match minimise(program, choice, Want::Values) {
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
    for seed in 0..200 {
        let rng = &mut seeded(10_000 + seed);
        let (cols, rows) = (rng.random_range(1..40), rng.random_range(1..25));
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
            match minimise(&program, choice, Want::Values) {
                Said::Impossible(Some(proof)) => {
                    assert!(proves_impossible(&program, &proof), "{choice:?} {seed}");
                }
                other => panic!("{choice:?} on impossible {seed}: {other:?}"),
            }
        }
    }
}

/// x + 2 y over one row of each sense, with the derivative of the optimum by the right-hand side known by heart.
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
            for row in shared..program.rows.len() {
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
                    left - noise <= y[row] && y[row] <= right + noise,
                    "{choice:?} {seed} row {row}: {left} {} {right}",
                    y[row]
                );
                match program.rows[row].sense {
                    Sense::AtLeast => assert!(y[row] >= -1e-9),
                    Sense::AtMost => assert!(y[row] <= 1e-9),
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
    let contradictions: [(Sense, f64, Vec<(usize, f64)>); 4] = [
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
            match minimise(&program, choice, Want::Values) {
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
        minimise(&program, SolverChoice::Auto, Want::Values),
        Said::Undecided(_)
    ));
    let mut program = Program::default();
    program.add_col(0.0, 1.0, f64::NAN);
    assert!(matches!(
        minimise(&program, SolverChoice::Auto, Want::Values),
        Said::Undecided(_)
    ));
    let mut program = Program::default();
    program.add_col(2.0, 1.0, 1.0);
    assert!(matches!(
        minimise(&program, SolverChoice::Auto, Want::Values),
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
                minimise(&program, choice, want),
                minimise(&program, choice, want)
            );
        }
    }
}

#[test]
fn units_do_not_matter() {
    let rng = &mut seeded(6);
    let program = county(
        rng,
        Size {
            schools: 6,
            resources: 2,
            years: 3,
            kinds: 0,
        },
    );
    let base = program.objective(&optimum(&program, SolverChoice::Clarabel, "base").values);
    // Money counted in fen or in billions, supply in grams, the objective in millionths.
    for (by_col, by_row, by_cost) in [(1e-6, 1e9, 1e3), (1e5, 1e-7, 1e-2), (1.0, 1e12, 1e6)] {
        let mut scaled = program.clone();
        for (at, col) in scaled.cols.iter_mut().enumerate() {
            let by = if at % 2 == 0 { by_col } else { 1.0 };
            (col.lower, col.upper, col.cost) =
                (col.lower * by, col.upper * by, col.cost / by * by_cost);
        }
        for (at, row) in scaled.rows.iter_mut().enumerate() {
            let by = if at % 3 == 0 { by_row } else { 1.0 };
            row.rhs *= by;
            for (col, a) in &mut row.entries {
                *a *= if *col % 2 == 0 { by / by_col } else { by };
            }
        }
        let value = agree(&scaled, "other units");
        assert!(
            distance(value / by_cost, base).abs() < SOLVERS_AGREE,
            "{value} {base}"
        );
    }
}
