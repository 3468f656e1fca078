//! Lumping is exact: the same optimum, plans and bounds that go both ways.

mod generated;

use generated::{Size, county, seeded};
use junheng::program::certificate::{distance, lower_bound};
use junheng::program::lump::lump;
use junheng::program::{Block, Program, Sense};
use junheng::solve::{Point, Said, SolverChoice, Want, minimise};
use junheng::words::Halt;
use junheng::words::tolerance::{PROVEN, SOLVERS_AGREE};
use rand::RngExt;
use rand::seq::SliceRandom;

const SIZE: Size = Size {
    schools: 24,
    resources: 2,
    years: 3,
    kinds: 4,
};

fn optimum(program: &Program) -> Point {
    match minimise(
        program,
        SolverChoice::Auto,
        Want::Multipliers,
        &Halt::default(),
    ) {
        Said::Optimal(point) => point,
        other => panic!("no optimum: {other:?}"),
    }
}

fn largest_violation(program: &Program, values: &[f64]) -> f64 {
    program
        .rows
        .iter()
        .map(|row| row.violation(values) / row.rhs.abs().max(1.0))
        .fold(0.0, f64::max)
}

#[test]
fn lumped_and_unlumped_have_one_optimum_and_expansion_keeps_it() {
    for seed in 0..20 {
        let program = county(&mut seeded(seed), SIZE);
        let lumped = lump(&program);
        assert_eq!(
            lumped.groups().len(),
            SIZE.kinds * SIZE.resources,
            "seed {seed}"
        );
        assert_eq!(lumped.program.blocks.len(), lumped.groups().len());
        lumped.program.check().unwrap();

        let small = optimum(&lumped.program);
        let large = optimum(&program);
        let values = lumped.expand(&small.values);
        let (of_small, of_large) = (program.objective(&values), program.objective(&large.values));
        assert!(
            distance(of_small, of_large).abs() < SOLVERS_AGREE,
            "{of_small} {of_large}"
        );
        assert!(distance(of_small, lumped.program.objective(&small.values)).abs() < 1e-12);
        let slack = largest_violation(&lumped.program, &small.values);
        assert!(
            largest_violation(&program, &values) <= slack + 1e-12,
            "seed {seed}"
        );
        for (value, col) in values.iter().zip(&program.cols) {
            assert!(col.lower <= *value && *value <= col.upper);
        }
    }
}

#[test]
fn multipliers_expand_to_the_same_bound() {
    for seed in 0..20 {
        let program = county(&mut seeded(seed), SIZE);
        let lumped = lump(&program);
        let y = optimum(&lumped.program).multipliers.unwrap();
        let bound = lower_bound(&lumped.program, &y);
        let expanded = lower_bound(&program, &lumped.expand_multipliers(&y));
        assert!(
            distance(bound, expanded).abs() < 1e-11,
            "{bound} {expanded}"
        );
        assert!(distance(program.objective(&optimum(&program).values), expanded).abs() < PROVEN);

        // Any multipliers, not only good ones.
        let rng = &mut seeded(seed + 1000);
        let any: Vec<f64> = y.iter().map(|_| rng.random_range(-2.0..2.0)).collect();
        let (bound, expanded) = (
            lower_bound(&lumped.program, &any),
            lower_bound(&program, &lumped.expand_multipliers(&any)),
        );
        assert!(
            distance(bound, expanded).abs() < 1e-11,
            "{bound} {expanded}"
        );
    }
}

/// The same program with its blocks in another order.
fn shuffled(program: &Program, seed: u64) -> Program {
    let mut order: Vec<usize> = (0..program.blocks.len()).collect();
    order.shuffle(&mut seeded(seed));
    let mut place = vec![0; program.cols.len()];
    let mut mixed = Program::default();
    for &at in &order {
        let block = &program.blocks[at];
        let (rows, cols) = (mixed.rows.len(), mixed.cols.len());
        for col in block.cols.clone() {
            place[col] = mixed.cols.len();
            mixed.cols.push(program.cols[col]);
        }
        for row in &program.rows[block.rows.clone()] {
            let entries = row
                .entries
                .iter()
                .map(|&(col, a)| (place[col], a))
                .collect();
            mixed.add_row(row.sense, row.rhs, entries);
        }
        mixed.blocks.push(Block {
            rows: rows..mixed.rows.len(),
            cols: cols..mixed.cols.len(),
        });
    }
    let inside = program
        .blocks
        .iter()
        .map(|block| block.rows.end)
        .max()
        .unwrap();
    for row in program.rows[inside..].iter().rev() {
        let entries = row
            .entries
            .iter()
            .map(|&(col, a)| (place[col], a))
            .collect();
        mixed.add_row(row.sense, row.rhs, entries);
    }
    mixed
}

#[test]
fn the_order_of_schools_and_limits_does_not_matter() {
    let program = county(&mut seeded(7), SIZE);
    let mixed = shuffled(&program, 8);
    let (one, two) = (lump(&program), lump(&mixed));
    assert_eq!(one.groups().len(), two.groups().len());
    let values = (
        one.program.objective(&optimum(&one.program).values),
        two.program.objective(&optimum(&two.program).values),
    );
    assert!(distance(values.0, values.1).abs() < PROVEN, "{values:?}");
}

#[test]
fn counting_in_other_units_lumps_the_same_way() {
    let program = county(&mut seeded(9), SIZE);
    for factor in [1e-4, 1.0 / 3.0, 1e7] {
        let mut scaled = program.clone();
        for row in &mut scaled.rows {
            row.rhs *= factor;
        }
        for col in &mut scaled.cols {
            (col.lower, col.upper) = (col.lower * factor, col.upper * factor);
        }
        let lumped = lump(&scaled);
        assert_eq!(lumped.groups(), lump(&program).groups());
        let (one, two) = (optimum(&lump(&program).program), optimum(&lumped.program));
        let (one, two) = (
            program.objective(&lump(&program).expand(&one.values)),
            scaled.objective(&lumped.expand(&two.values)),
        );
        assert!(
            distance(two / factor, one).abs() < PROVEN,
            "{one} {two} {factor}"
        );
    }
}

#[test]
fn a_school_split_in_two_changes_nothing() {
    let block = |program: &mut Program, size: f64, fund: &mut Vec<(usize, f64)>| {
        let (row, col) = (program.rows.len(), program.cols.len());
        let short = program.add_col(0.0, size, 3.0);
        let buy = program.add_col(0.0, size, 0.0);
        program.add_row(Sense::AtLeast, size, vec![(short, 1.0), (buy, 1.0)]);
        fund.push((buy, 2.0));
        program.blocks.push(Block {
            rows: row..row + 1,
            cols: col..col + 2,
        });
    };
    let build = |sizes: &[f64]| {
        let (mut program, mut fund) = (Program::default(), Vec::new());
        for &size in sizes {
            block(&mut program, size, &mut fund);
        }
        program.add_row(Sense::AtMost, 10.0, fund);
        program
    };
    let (whole, split) = (build(&[12.0]), build(&[4.0, 7.5, 0.5]));
    let lumped = lump(&split);
    assert_eq!(lumped.groups(), [vec![0, 1, 2]]);
    assert_eq!(lumped.program, lump(&whole).program);
    assert_eq!(
        lumped.expand(&[6.0, 6.0]),
        [2.0, 2.0, 3.75, 3.75, 0.25, 0.25]
    );
}

#[test]
fn blocks_that_differ_stay_apart() {
    let base = county(
        &mut seeded(11),
        Size {
            schools: 2,
            resources: 1,
            years: 2,
            kinds: 1,
        },
    );
    assert_eq!(lump(&base).groups(), [vec![0, 1]]);
    let second = base.blocks[1].clone();
    let changes: [fn(&mut Program, &Block); 6] = [
        |program, block| program.cols[block.cols.start].cost *= 1.0 + 1e-9,
        |program, block| program.cols[block.cols.start + 1].upper *= 1.0 + 1e-9,
        |program, block| program.rows[block.rows.start].rhs *= 1.0 - 1e-9,
        |program, block| program.rows[block.rows.start].entries[0].1 *= 1.0 + 1e-9,
        |program, block| program.rows[block.rows.start].sense = Sense::Equal,
        |program, _| {
            let last = program.rows.len() - 1;
            program.rows[last].entries.last_mut().unwrap().1 *= 1.0 + 1e-9;
        },
    ];
    for (at, change) in changes.iter().enumerate() {
        let mut changed = base.clone();
        change(&mut changed, &second);
        assert_eq!(lump(&changed).groups(), [vec![0], vec![1]], "change {at}");
    }
    // Rounding is not a difference.
    let mut rounded = base.clone();
    rounded.cols[second.cols.start].upper *= 1.0 + f64::EPSILON;
    rounded.rows[second.rows.start].rhs *= 1.0 - f64::EPSILON;
    assert_eq!(lump(&rounded).groups(), [vec![0, 1]]);
}

#[test]
fn what_is_no_block_is_left_alone() {
    let mut program = county(
        &mut seeded(13),
        Size {
            schools: 3,
            resources: 1,
            years: 1,
            kinds: 1,
        },
    );
    let foreign = program.blocks[2].cols.start;
    program.rows[1].entries.push((foreign, 0.5));
    program.blocks.push(Block {
        rows: 0..1,
        cols: 0..3,
    });
    program.blocks.push(Block {
        rows: 0..900,
        cols: 0..3,
    });
    let lumped = lump(&program);
    // The second block reaches into the third, so neither is a copy of the first; the last two overlap or do not fit.
    assert_eq!(lumped.groups(), [vec![0], vec![2]]);
    assert_eq!(lumped.program.rows, program.rows);
    assert_eq!(lumped.program.cols, program.cols);
}

#[test]
fn needs_of_size_zero_do_no_harm() {
    let mut program = Program::default();
    let mut fund = Vec::new();
    for at in 0..1000 {
        let size = if at % 3 == 0 { 0.0 } else { f64::from(at) };
        let (row, col) = (program.rows.len(), program.cols.len());
        let short = program.add_col(0.0, size, 1.0);
        program.add_row(Sense::AtLeast, size, vec![(short, 1.0)]);
        fund.push((short, 1.0));
        program.blocks.push(Block {
            rows: row..row + 1,
            cols: col..col + 1,
        });
    }
    program.add_row(Sense::AtMost, 1e9, fund);
    let lumped = lump(&program);
    assert_eq!(lumped.groups().len(), 2);
    let values = lumped.expand(&optimum(&lumped.program).values);
    assert!((values[500] - 500.0).abs() < 1e-6);
    assert_eq!(values[999], 0.0);
}
