//! The simplex that keeps its basis: where others come from cold, it comes from wherever it stood.

mod generated;

use generated::{Size, certified, county, impossible, seeded};
use junheng::program::certificate::{distance, lower_bound, proves_impossible};
use junheng::program::lump::lump;
use junheng::program::{Program, Sense};
use junheng::solve::simplex::{End, Piece, Simplex};
use junheng::solve::{Point, Said, SolverChoice, Want, minimise};
use junheng::words::Halt;
use junheng::words::tolerance::PROVEN;
use rand::{Rng, RngExt};

/// How exact a vertex is, relative.
const EXACT: f64 = 1e-9;

fn cold(program: &Program) -> Option<Point> {
    match minimise(
        program,
        SolverChoice::Clarabel,
        Want::Multipliers,
        &Halt::default(),
    ) {
        // Close to nothing, an interior point may be unproven; what is compared is its value.
        Said::Optimal(point) | Said::Stopped(point) => Some(point),
        Said::Impossible(_) => None,
        other => panic!("{other:?}"),
    }
}

/// Its value when the point keeps all rows and its multipliers prove it, to `EXACT`.
fn proven(program: &Program, simplex: &mut Simplex, what: &str) -> f64 {
    let point = simplex.point();
    let value = program.objective(&point.values);
    let bound = lower_bound(program, &point.multipliers.expect("it has multipliers"));
    assert!(
        distance(value, bound).abs() <= EXACT,
        "{what}: {value} {bound}"
    );
    for (at, row) in program.rows.iter().enumerate() {
        let size = row
            .entries
            .iter()
            .map(|&(col, a)| (a * program.cols[col].upper).abs());
        let size = size.fold(row.rhs.abs(), f64::max);
        let broken = row.violation(&point.values);
        assert!(
            broken <= 1e-8 * size,
            "{what}: row {at} is broken by {broken} of {size}"
        );
    }
    for (col, &value) in program.cols.iter().zip(&point.values) {
        let slack = 1e-8 * (1.0 + col.upper.abs() + col.lower.abs());
        assert!(
            value >= col.lower - slack && value <= col.upper + slack,
            "{what}: {value} {col:?}"
        );
    }
    value
}

fn started(program: &Program, what: &str) -> Simplex {
    let point = cold(program).expect("it has an optimum");
    let mut simplex = Simplex::at(program, &point).expect("its numbers are fit");
    assert_eq!(simplex.optimise(&Halt::default()), End::Optimal, "{what}");
    simplex
}

fn a_county(rng: &mut impl Rng) -> Program {
    let size = Size {
        schools: rng.random_range(1..25),
        resources: rng.random_range(1..5),
        years: rng.random_range(1..4),
        kinds: rng.random_range(0..4),
    };
    county(rng, size)
}

#[test]
fn it_finds_optima_known_beforehand() {
    for seed in 0..150 {
        let mut rng = seeded(seed);
        let (cols, rows) = (rng.random_range(1..60), rng.random_range(1..40));
        let known = certified(&mut rng, cols, rows);
        let mut simplex = started(&known.program, &format!("seed {seed}"));
        let value = proven(&known.program, &mut simplex, &format!("seed {seed}"));
        assert!(
            distance(value, known.optimum).abs() <= PROVEN,
            "seed {seed}: {value} {}",
            known.optimum
        );
    }
}

#[test]
fn whatever_changes_hot_and_cold_agree() {
    let mut impossible = 0;
    for seed in 0..40 {
        let mut rng = seeded(1000 + seed);
        let mut program = lump(&a_county(&mut rng)).program;
        let mut simplex = started(&program, &format!("seed {seed}"));
        for round in 0..12 {
            let what = format!("seed {seed}, round {round}");
            for at in 0..program.rows.len() {
                if rng.random_bool(0.2) {
                    program.rows[at].rhs *= rng.random_range(0.3..1.6);
                    simplex.set_rhs(at, program.rows[at].rhs);
                }
            }
            for at in 0..program.cols.len() {
                if rng.random_bool(0.1) {
                    program.cols[at].upper *= rng.random_range(0.7..1.5);
                    simplex.set_upper(at, program.cols[at].upper);
                }
                if round % 3 == 2 && rng.random_bool(0.1) {
                    program.cols[at].cost *= rng.random_range(0.2..3.0);
                    simplex.set_cost(at, program.cols[at].cost);
                }
            }
            match (simplex.optimise(&Halt::default()), cold(&program)) {
                (End::Optimal, Some(point)) => {
                    let value = proven(&program, &mut simplex, &what);
                    let other = program.objective(&point.values);
                    assert!(
                        distance(value, other).abs() <= PROVEN,
                        "{what}: {value} {other}"
                    );
                }
                (End::Impossible(proof), None) => {
                    assert!(proves_impossible(&program, &proof), "{what}");
                    impossible += 1;
                }
                (end, point) => panic!("{what}: {end:?}, cold {:?}", point.is_some()),
            }
        }
    }
    assert!(impossible > 10, "{impossible} impossible programs were met");
}

#[test]
fn what_is_impossible_is_proven_so() {
    for seed in 0..40 {
        let mut rng = seeded(2000 + seed);
        let size = Size {
            schools: 8,
            resources: 3,
            years: 2,
            kinds: 0,
        };
        let program = impossible(&mut rng, size);
        let nowhere = Point {
            values: program.cols.iter().map(|col| col.lower).collect(),
            multipliers: None,
            solver: "nobody",
        };
        let mut simplex = Simplex::at(&program, &nowhere).expect("its numbers are fit");
        match simplex.optimise(&Halt::default()) {
            End::Impossible(proof) => assert!(proves_impossible(&program, &proof), "seed {seed}"),
            other => panic!("seed {seed}: {other:?}"),
        }
    }
}

/// The rows that are limits on money, with the rate that takes them from all they have to nothing.
fn money_rows(program: &Program) -> Vec<(usize, f64)> {
    let rows = program.rows.iter().enumerate();
    let money = rows.filter(|(_, row)| row.sense == Sense::AtMost && row.rhs > 0.0);
    money.map(|(at, row)| (at, -row.rhs)).collect()
}

fn value_at(pieces: &[Piece], at: f64) -> Option<f64> {
    let piece = pieces
        .iter()
        .find(|piece| piece.from <= at && at <= piece.to)?;
    Some(piece.objective + piece.slope * (at - piece.from))
}

#[test]
fn a_walk_is_what_solves_from_cold_find_along_it() {
    let (mut broken_off, mut compared) = (0, 0);
    for seed in 0..40 {
        let mut rng = seeded(3000 + seed);
        let program = lump(&a_county(&mut rng)).program;
        let what = format!("seed {seed}");
        let mut simplex = started(&program, &what);
        let rates = money_rows(&program);
        let (pieces, whole) = simplex
            .walk(&rates, 1.0, &mut |_| true, &Halt::default())
            .unwrap_or_else(|| panic!("{what}: lost"));
        for pair in pieces.windows(2) {
            let steeper = pair[1].slope - pair[0].slope;
            assert!(
                steeper >= -1e-6 * (1.0 + pair[0].slope.abs()),
                "{what}: it is convex"
            );
            let end = pair[0].objective + pair[0].slope * (pair[0].to - pair[0].from);
            assert!(
                distance(end, pair[1].objective).abs() <= EXACT,
                "{what}: {pair:?} jumps"
            );
            assert!(
                (pair[0].to - pair[1].from).abs() <= 1e-9,
                "{what}: it has no holes"
            );
        }
        let end = pieces.last().map_or(0.0, |piece| piece.to);
        for at in [0.0, 0.13, 0.37, 0.49, 0.51, 0.77, 0.99] {
            let mut there = program.clone();
            for &(row, rate) in &rates {
                there.rows[row].rhs += at * rate;
            }
            match (value_at(&pieces, at), cold(&there)) {
                (Some(value), Some(point)) => {
                    let other = there.objective(&point.values);
                    assert!(
                        distance(value, other).abs() <= PROVEN,
                        "{what} at {at}: {value} {other}"
                    );
                    compared += 1;
                }
                (None, None) => assert!(!whole && at > end, "{what} at {at}"),
                (value, point) => panic!(
                    "{what} at {at} of {end}: {value:?}, cold {:?}",
                    point.is_some()
                ),
            }
        }
        broken_off += usize::from(!whole);
    }
    assert!(
        compared > 100 && broken_off > 2,
        "{compared} compared, {broken_off} broken off"
    );
}

#[test]
fn the_same_changes_give_the_same_bits() {
    let run = || {
        let mut rng = seeded(7);
        let program = a_county(&mut rng);
        let mut simplex = started(&program, "seed 7");
        for (at, rate) in money_rows(&program) {
            simplex.set_rhs(at, -0.8 * rate);
        }
        assert_eq!(simplex.optimise(&Halt::default()), End::Optimal);
        simplex.point()
    };
    assert_eq!(run(), run());
}
