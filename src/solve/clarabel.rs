//! Clarabel: an interior-point method in pure Rust, with multipliers and Farkas certificates.

use super::Raw;
use super::model::{Posed, pose};
use crate::program::{Program, Sense};
use crate::words::Halt;
use clarabel::solver::{IPSolver, SolverStatus};

/// Its answer to a scaled kernel.
///
/// The tolerances are tighter than a certificate at 1e-7 needs. Where Clarabel cannot reach them it says so
/// ("insufficient progress") and leaves its last point, which is then judged by the certificate and not by that word.
/// good_lp's own `solve` would drop that point, the certificate of an impossible program, and the difference between
/// an optimum and an unbounded direction; hence the detour through Clarabel's solver.
///
/// It asks whether to halt before each of its iterations; what it has then is its last point.
pub fn run(program: &Program, halt: &Halt) -> Raw {
    let Posed {
        mut model, order, ..
    } = pose(program, good_lp::clarabel);
    model
        .settings()
        .verbose(false)
        .max_threads(1)
        .tol_gap_abs(1e-11)
        .tol_gap_rel(1e-10)
        .tol_feas(1e-9);
    let mut solver = match model.try_into_solver() {
        Ok(solver) => solver,
        Err(error) => return Raw::Failed(error.to_string()),
    };
    let halt = halt.clone();
    solver.set_termination_callback(move |_| halt.asked().is_some());
    solver.solve();
    let solution = &solver.solution;
    match solution.status {
        SolverStatus::PrimalInfeasible | SolverStatus::AlmostPrimalInfeasible => {
            Raw::Impossible(Some(multipliers(program, &order, &solution.z)))
        }
        SolverStatus::DualInfeasible | SolverStatus::AlmostDualInfeasible => Raw::Unbounded,
        SolverStatus::Unsolved => Raw::Failed("Clarabel did not start".to_string()),
        status => Raw::Point {
            values: solution.x.clone(),
            multipliers: Some(multipliers(program, &order, &solution.z)),
            finished: status == SolverStatus::Solved,
        },
    }
}

/// Clarabel's form is min c·x with A·x + s = b, so that z = −d objective / d b. good_lp lays the bounds of the columns
/// before the rows, and turns an `AtLeast` row over (−a·x ≤ −b), which turns its sign.
fn multipliers(program: &Program, order: &[usize], z: &[f64]) -> Vec<f64> {
    let mut multipliers = vec![0.0; program.rows.len()];
    let bounds = z.len().saturating_sub(order.len());
    for (&at, &z) in order.iter().zip(&z[bounds..]) {
        multipliers[at] = if program.rows[at].sense == Sense::AtLeast {
            z
        } else {
            -z
        };
    }
    multipliers
}
