//! HiGHS: simplex and interior point in C++, with multipliers. Only with the `highs` feature.

use super::Raw;
use super::model::{Posed, pose};
use crate::program::Program;
use crate::words::Halt;
use good_lp::solvers::highs::HighsParallelType;
use good_lp::{ResolutionError, Solution, SolutionStatus, SolverModel};

/// Its answer to a scaled kernel.
///
/// "Unbounded or infeasible" arrives from good_lp as infeasible, without a certificate; the caller looks for one and
/// doubts the word when there is none.
///
/// It keeps a time, but hears no other word while it runs.
pub fn run(program: &Program, halt: &Halt) -> Raw {
    let Posed { model, cols, order } = pose(program, good_lp::highs);
    let model = model
        .set_threads(1)
        .set_parallel(HighsParallelType::Off)
        .set_option("primal_feasibility_tolerance", 1e-9)
        .set_option("dual_feasibility_tolerance", 1e-9);
    let model = match halt.left() {
        Some(left) => model.set_time_limit(left.as_secs_f64()),
        None => model,
    };
    match model.solve() {
        Ok(solution) => {
            let finished = matches!(solution.status(), SolutionStatus::Optimal);
            let values = cols.iter().map(|&col| solution.value(col)).collect();
            let duals = solution.into_inner();
            let mut multipliers = vec![0.0; program.rows.len()];
            for (&at, &dual) in order.iter().zip(duals.dual_rows()) {
                multipliers[at] = dual;
            }
            Raw::Point {
                values,
                multipliers: Some(multipliers),
                finished,
            }
        }
        Err(ResolutionError::Infeasible) => Raw::Impossible(None),
        Err(ResolutionError::Unbounded) => Raw::Unbounded,
        Err(other) => Raw::Failed(other.to_string()),
    }
}
