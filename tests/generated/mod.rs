//! Random programs of the shape needs × measures × limits, from seeds.
#![allow(dead_code, reason = "each test and bench uses its own part")]

use junheng::program::{Block, Program, Sense};
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// A generator for a seed.
pub fn seeded(seed: u64) -> ChaCha8Rng {
    ChaCha8Rng::seed_from_u64(seed)
}

/// What a generated county looks like.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// Schools short of everything.
    pub schools: usize,
    /// Resources.
    pub resources: usize,
    /// Plan years.
    pub years: usize,
    /// Kinds of schools; schools of a kind differ in size only. 0: all differ.
    pub kinds: usize,
}

/// A county: for each school and resource a block with one shortfall and two measures a year; a fund a year, a
/// quota a resource, and one floor under the spending of the first year.
///
/// Feasible by construction: every limit is set from a plan drawn first, so that some bind and none contradict.
pub fn county(rng: &mut impl Rng, size: Size) -> Program {
    let mut program = Program::default();
    let mut funds = vec![Vec::new(); size.years];
    let mut quotas = vec![Vec::new(); size.resources];
    let unit_costs: Vec<f64> = (0..size.resources)
        .map(|_| rng.random_range(0.5..20.0))
        .collect();
    let kinds = if size.kinds == 0 {
        size.schools
    } else {
        size.kinds
    };
    let norms: Vec<Vec<f64>> = (0..kinds)
        .map(|_| {
            (0..size.years * size.resources)
                .map(|_| rng.random_range(0.1..1.0))
                .collect()
        })
        .collect();
    let weights: Vec<f64> = (0..kinds).map(|_| rng.random_range(0.5..3.0)).collect();
    for school in 0..size.schools {
        let pupils: f64 = rng.random_range(20.0..2000.0);
        let kind = school % kinds;
        for resource in 0..size.resources {
            let (first_row, first_col) = (program.rows.len(), program.cols.len());
            let mut measures = Vec::new();
            for year in 0..size.years {
                let need = pupils * norms[kind][resource * size.years + year];
                let short = program.add_col(0.0, need, weights[kind] * (1.0 + resource as f64));
                let buy = program.add_col(0.0, need, 0.0);
                let rent = program.add_col(0.0, need, 0.0);
                measures.push((buy, 1.0));
                let mut serving = measures.clone();
                serving.extend([(short, 1.0), (rent, 0.7)]);
                program.add_row(Sense::AtLeast, need, serving);
                funds[year].extend([
                    (buy, unit_costs[resource]),
                    (rent, 0.3 * unit_costs[resource]),
                ]);
                quotas[resource].push((rent, 1.0));
            }
            program.blocks.push(Block {
                rows: first_row..program.rows.len(),
                cols: first_col..program.cols.len(),
            });
        }
    }
    limit(rng, &mut program, funds, quotas);
    program
}

/// Limits that a random plan keeps.
fn limit(
    rng: &mut impl Rng,
    program: &mut Program,
    funds: Vec<Vec<(usize, f64)>>,
    quotas: Vec<Vec<(usize, f64)>>,
) {
    let level: f64 = rng.random_range(0.05..0.6);
    let plan: Vec<f64> = program
        .cols
        .iter()
        .map(|col| col.upper * rng.random_range(0.0..level))
        .collect();
    let activity =
        |entries: &[(usize, f64)]| entries.iter().map(|&(col, a)| a * plan[col]).sum::<f64>();
    let floor = funds[0].clone();
    program.add_row(Sense::AtLeast, activity(&floor) * 0.5, floor);
    for entries in funds {
        program.add_row(Sense::AtMost, activity(&entries), entries);
    }
    for (at, entries) in quotas.into_iter().enumerate() {
        let sense = if at == 0 { Sense::Equal } else { Sense::AtMost };
        program.add_row(sense, activity(&entries), entries);
    }
}

/// A program whose optimum is known because it was made around it.
#[derive(Clone, Debug)]
pub struct Certified {
    /// The program.
    pub program: Program,
    /// Its optimum value.
    pub optimum: f64,
    /// Multipliers that prove it.
    pub multipliers: Vec<f64>,
}

/// A random program of any signs and senses with a known optimum: a point and multipliers are drawn first, then
/// right-hand sides and costs that make them optimal (complementary slackness).
pub fn certified(rng: &mut impl Rng, cols: usize, rows: usize) -> Certified {
    let mut program = Program::default();
    let mut point = Vec::new();
    let mut reduced = Vec::new();
    for _ in 0..cols {
        let lower = if rng.random_bool(0.7) {
            0.0
        } else {
            rng.random_range(-50.0..50.0)
        };
        let upper = if rng.random_bool(0.1) {
            lower
        } else {
            lower + rng.random_range(0.1..100.0)
        };
        program.add_col(lower, upper, 0.0);
        let (value, cost) = match rng.random_range(0..3) {
            0 => (lower, rng.random_range(0.0..5.0)),
            1 => (upper, -rng.random_range(0.0..5.0)),
            _ => (lower + rng.random_range(0.0..1.0) * (upper - lower), 0.0),
        };
        point.push(value);
        reduced.push(cost);
    }
    let mut multipliers = Vec::new();
    for _ in 0..rows {
        let mut entries = Vec::new();
        for col in 0..cols {
            if rng.random_bool(0.3) {
                entries.push((col, rng.random_range(-3.0..10.0)));
            }
        }
        let activity: f64 = entries
            .iter()
            .map(|&(col, a): &(usize, f64)| a * point[col])
            .sum();
        let size: f64 = rng.random_range(0.0..4.0);
        let (sense, sign) = match rng.random_range(0..3) {
            0 => (Sense::AtLeast, 1.0),
            1 => (Sense::AtMost, -1.0),
            _ => (Sense::Equal, if rng.random_bool(0.5) { 1.0 } else { -1.0 }),
        };
        let slack = sense != Sense::Equal && rng.random_bool(0.4);
        let room = if slack {
            -sign * rng.random_range(0.0..10.0)
        } else {
            0.0
        };
        program.add_row(sense, activity + room, entries);
        multipliers.push(if slack { 0.0 } else { sign * size });
    }
    for (col, cost) in reduced.iter().enumerate() {
        program.cols[col].cost = *cost;
    }
    for (row, y) in program.rows.iter().zip(&multipliers) {
        for &(col, a) in &row.entries {
            program.cols[col].cost += a * y;
        }
    }
    let optimum = program.objective(&point);
    Certified {
        program,
        optimum,
        multipliers,
    }
}

/// A county with one limit more, which contradicts the others: the first fund's year must spend more than the fund
/// has, or a quota must be passed.
pub fn impossible(rng: &mut impl Rng, size: Size) -> Program {
    let mut program = county(rng, size);
    let limits = program.rows.len() - size.resources - size.years;
    let at = limits + rng.random_range(0..size.years + size.resources);
    let row = program.rows[at].clone();
    program.add_row(
        Sense::AtLeast,
        row.rhs * rng.random_range(1.001..1.5) + 0.01,
        row.entries,
    );
    program
}
