//! microlp: a simplex method in pure Rust. It ends at a vertex, and gives no multipliers.

use super::Raw;
use super::model::{Posed, pose};
use crate::program::Program;
use crate::words::Halt;
use good_lp::solvers::WithTimeLimit;
use good_lp::{ResolutionError, Solution, SolutionStatus, SolverModel};

/// The longest microlp may run, in seconds. Only a program that was forced on it comes near.
const PATIENCE: f64 = 600.0;

/// Rows × columns up to which microlp is worth asking. Its time grows with about that product, Clarabel's with the
/// entries. Measured on generated counties (needs × measures × limits, optimised build, one core):
///
/// | rows × columns | microlp | Clarabel |
/// | --- | --- | --- |
/// | 187 × 540 | 6 ms | 7 ms |
/// | 609 × 1,800 | 43 ms | 29 ms |
/// | 1,209 × 3,600 | 0.16 s | 0.07 s |
/// | 2,410 × 7,200 | 0.44 s | 0.14 s |
/// | 5,011 × 15,000 | 3.2 s | 0.46 s |
/// | 14,013 × 42,000 | 28 s | 1.2 s |
const SMALL: usize = 4_500_000;

/// Whether a program is small enough for microlp to be worth asking.
pub fn is_small(program: &Program) -> bool {
    program.rows.len().saturating_mul(program.cols.len()) <= SMALL
}

/// Its answer to a scaled kernel. It keeps a time, but hears no other word while it runs: on the small programs it is
/// asked by itself, that is a matter of seconds.
pub fn run(program: &Program, halt: &Halt) -> Raw {
    let Posed { model, cols, .. } = pose(program, good_lp::microlp);
    let patience = halt
        .left()
        .map_or(PATIENCE, |left| left.as_secs_f64().min(PATIENCE));
    match model.with_time_limit(patience).solve() {
        Ok(solution) => Raw::Point {
            values: cols.iter().map(|&col| solution.value(col)).collect(),
            multipliers: None,
            finished: matches!(solution.status(), SolutionStatus::Optimal),
        },
        Err(ResolutionError::Infeasible) => Raw::Impossible(None),
        Err(ResolutionError::Unbounded) => Raw::Unbounded,
        Err(other) => Raw::Failed(other.to_string()),
    }
}
