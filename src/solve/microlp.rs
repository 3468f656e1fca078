//! microlp: a simplex method in pure Rust. It ends at a vertex, and gives no multipliers.

use super::Raw;
use super::model::{Posed, pose};
use crate::program::Program;
use good_lp::solvers::WithTimeLimit;
use good_lp::{ResolutionError, Solution, SolutionStatus, SolverModel};

/// The longest microlp may run, in seconds. Only a program that was forced on it comes near.
const PATIENCE: f64 = 600.0;

/// Whether a program is small enough for microlp to be worth asking.
pub fn is_small(program: &Program) -> bool {
    program.rows.len() <= 1_000 && program.cols.len() <= 5_000
}

/// Its answer to a scaled kernel.
pub fn run(program: &Program) -> Raw {
    let Posed { model, cols, .. } = pose(program, good_lp::microlp);
    match model.with_time_limit(PATIENCE).solve() {
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
