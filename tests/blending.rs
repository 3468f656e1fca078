//! Blending gives up nothing: the same optimum, and bounds that hold for every block.

mod generated;

use generated::seeded;
use junheng::program::blend::blend;
use junheng::program::certificate::{distance, lower_bound};
use junheng::program::lump::lump;
use junheng::program::{Block, Program, Sense};
use junheng::solve::{Point, Said, SolverChoice, Want, minimise};
use junheng::words::Halt;
use junheng::words::tolerance::PROVEN;
use rand::RngExt;

/// Needs of one kind over three years and a period after them. A need has a size, grows by a part of it, and no more
/// than its ceiling may be in use at once; a unit bought serves two years and half of the period after them.
struct Kind {
    /// What a unit short costs in each period.
    costs: [f64; 4],
    /// What a unit costs.
    price: f64,
}

const SERVES: [[f64; 4]; 3] = [
    [1.0, 1.0, 0.0, 0.0],
    [0.0, 1.0, 1.0, 0.5],
    [0.0, 0.0, 1.0, 1.0],
];

fn add_need(program: &mut Program, kind: &Kind, shorts: [f64; 4], ceiling: f64) -> [usize; 3] {
    let (rows, cols) = (program.rows.len(), program.cols.len());
    let short: Vec<usize> = (0..4)
        .map(|at| program.add_col(0.0, shorts[at], kind.costs[at]))
        .collect();
    let deepest = shorts.iter().copied().fold(0.0, f64::max);
    let buy = [(); 3].map(|()| program.add_col(0.0, deepest, 0.0));
    for period in 0..4 {
        let serving = (0..3).map(|year| (buy[year], SERVES[year][period]));
        let entries = serving.chain([(short[period], 1.0)]).collect();
        program.add_row(Sense::AtLeast, shorts[period], entries);
    }
    for year in 1..3 {
        program.add_row(
            Sense::AtMost,
            ceiling,
            vec![(buy[year - 1], 1.0), (buy[year], 1.0)],
        );
    }
    program.blocks.push(Block {
        rows: rows..program.rows.len(),
        cols: cols..program.cols.len(),
    });
    buy
}

/// How pupils grow by the year; what is there stays.
const GROWTH: [f64; 4] = [1.0, 1.02, 1.05, 1.07];
const STEADY: [f64; 4] = [1.0; 4];

/// Needs of three kinds that three years' money does not meet.
fn needs(seed: u64, needs: usize, growth: [f64; 4], whole_ceilings: bool) -> Program {
    let rng = &mut seeded(seed);
    let mut program = Program::default();
    let mut spending: Vec<Vec<(usize, f64)>> = vec![Vec::new(); 3];
    let kinds: Vec<Kind> = (0..3)
        .map(|_| Kind {
            costs: [1.0, 1.0, 1.0, 3.0].map(|years| years * rng.random_range(0.5..2.0)),
            price: rng.random_range(1.0..4.0),
        })
        .collect();
    let mut all = 0.0;
    for need in 0..needs {
        let kind = &kinds[need % kinds.len()];
        let (required, stocked) = (rng.random_range(5.0..80.0), rng.random_range(0.0..0.95));
        let shorts = growth.map(|growth: f64| required * (growth - stocked));
        let ceiling = if whole_ceilings {
            shorts[2].ceil()
        } else {
            1.01 * shorts[2]
        };
        let buy = add_need(&mut program, kind, shorts, ceiling);
        for (year, col) in buy.into_iter().enumerate() {
            spending[year].push((col, kind.price));
        }
        all += kind.price * shorts[2];
    }
    for entries in spending {
        let money = all * rng.random_range(0.05..0.3);
        program.add_row(Sense::AtMost, money, entries);
    }
    program
}

fn optimum(program: &Program) -> (Point, Vec<f64>) {
    match minimise(
        program,
        SolverChoice::Clarabel,
        Want::Multipliers,
        &Halt::default(),
    ) {
        Said::Optimal(point) | Said::Stopped(point) => {
            let multipliers = point.multipliers.clone().expect("multipliers");
            (point, multipliers)
        }
        other => panic!("no optimum: {other:?}"),
    }
}

/// Blends and refines until the bound on the original proves the values; the rounds it took and the objective.
fn blended_optimum(program: &Program) -> (usize, f64) {
    let (mut shown, mut blended) = blend(program).expect("akin blocks");
    for round in 1..=8 {
        let (point, multipliers) = optimum(&shown);
        let values = blended.expand(program, &point.values);
        for (value, col) in values.iter().zip(&program.cols) {
            assert!(col.lower <= *value && *value <= col.upper);
        }
        for row in &program.rows {
            let size = row
                .entries
                .iter()
                .map(|(_, a)| a.abs())
                .fold(row.rhs.abs(), f64::max);
            assert!(row.violation(&values) <= 1e-6 * size, "{row:?}");
        }
        let expanded = blended.expand_multipliers(program, &shown, &multipliers);
        let (objective, bound) = (program.objective(&values), lower_bound(program, &expanded));
        assert!(
            bound <= objective + 1e-6 * objective.abs(),
            "the bound holds"
        );
        if distance(objective, bound) <= PROVEN {
            return (round, objective);
        }
        let allowed = 0.2 * PROVEN * objective;
        let point = (point.values.as_slice(), multipliers.as_slice());
        let refined = blended.refine(program, &shown, point, allowed);
        shown = refined.expect("where something is lost there is a place to add");
    }
    panic!("eight rounds were not enough");
}

#[test]
fn blended_needs_have_the_optimum_of_the_needs() {
    let mut rounds = Vec::new();
    for seed in 0..30 {
        // Either size and stock differ, or size and what a whole-unit ceiling adds.
        let program = match seed % 2 {
            0 => needs(seed, 90, GROWTH, false),
            _ => needs(seed, 90, STEADY, true),
        };
        let lumped = lump(&program);
        assert!(lumped.program.blocks.len() > 60, "little is lumped here");
        let (round, objective) = blended_optimum(&program);
        let (whole, _) = optimum(&program);
        let off = distance(objective, program.objective(&whole.values)).abs();
        assert!(off <= 2.0 * PROVEN, "seed {seed}: {off:e}");
        rounds.push(round);
    }
    assert!(
        rounds.iter().any(|&round| round > 1),
        "refining was tried: {rounds:?}"
    );
}

#[test]
fn a_blended_program_is_small_and_stays_a_program() {
    let program = needs(7, 900, GROWTH, false);
    let (shown, blended) = blend(&program).expect("akin blocks");
    shown.check().expect("a sound program");
    assert_eq!(
        shown.blocks.len(),
        9,
        "three places for each of three kinds"
    );
    assert_eq!(shown.rows.len(), 9 * 6 + 3);
    for at in 0..program.cols.len() {
        assert!(
            blended
                .cols(at)
                .iter()
                .all(|&col| shown.cols[col].cost == program.cols[at].cost)
        );
    }
    assert_eq!(
        blend(&program),
        Some((shown, blended)),
        "the same every time"
    );
}

#[test]
fn needs_that_lie_in_no_plane_stay_as_they_are() {
    // Size, stock and a ceiling in whole units: three directions.
    let program = needs(3, 60, GROWTH, true);
    let kept = blend(&program).map_or(60, |(shown, _)| shown.blocks.len());
    assert!(kept > 40, "{kept} of 60 stay");
    if blend(&program).is_some() {
        let (_, objective) = blended_optimum(&program);
        let (whole, _) = optimum(&program);
        assert!(distance(objective, program.objective(&whole.values)).abs() <= 2.0 * PROVEN);
    }
}

#[test]
fn bad_multipliers_still_bound() {
    let program = needs(5, 90, GROWTH, false);
    let (whole, _) = optimum(&program);
    let best = program.objective(&whole.values);
    let (shown, blended) = blend(&program).expect("akin blocks");
    let rng = &mut seeded(50);
    for _ in 0..20 {
        let any: Vec<f64> = shown
            .rows
            .iter()
            .map(|_| rng.random_range(-2.0..2.0))
            .collect();
        let expanded = blended.expand_multipliers(&program, &shown, &any);
        assert!(lower_bound(&program, &expanded) <= best * (1.0 + PROVEN));
    }
}
