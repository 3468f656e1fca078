//! What a solver says is measured here on the program as it was asked.

use super::{Engine, Point, Raw, Said};
use crate::program::Program;
use crate::program::certificate::{distance, lower_bound, proves_impossible};
use crate::program::elastic::elastic;
use crate::words::tolerance::{KEEPS_ROW, PROVEN};

/// A checked answer.
pub fn said(program: &Program, raw: Raw, engine: Engine) -> Said {
    match raw {
        Raw::Point {
            values,
            multipliers,
            finished,
        } => point(
            program,
            Point {
                values,
                multipliers,
                solver: engine.name(),
            },
            finished,
        ),
        Raw::Impossible(proof) => impossible(program, proof),
        Raw::Unbounded => Said::Unbounded,
        Raw::Failed(words) => Said::Undecided(words),
    }
}

/// Whether no second solver needs to be asked.
pub fn settled(said: &Said) -> bool {
    matches!(said, Said::Optimal(_) | Said::Impossible(Some(_)))
}

/// How much an answer is worth beside another.
pub fn worth(said: &Said) -> u8 {
    match said {
        Said::Optimal(_) | Said::Impossible(Some(_)) => 3,
        Said::Stopped(_) => 2,
        Said::Impossible(None) => 1,
        Said::Unbounded | Said::Undecided(_) => 0,
    }
}

fn point(program: &Program, point: Point, finished: bool) -> Said {
    if !keeps_rows(program, &point.values) {
        return Said::Undecided(format!("{} gave a point that breaks a row", point.solver));
    }
    let optimal = match &point.multipliers {
        Some(multipliers) => {
            let bound = lower_bound(program, multipliers);
            distance(program.objective(&point.values), bound).abs() <= PROVEN
        }
        None => finished,
    };
    if optimal {
        Said::Optimal(point)
    } else {
        Said::Stopped(point)
    }
}

/// Whether the values are numbers and break no row by more than a solver's rounding: relative to the largest term
/// that the row can have, since a point inside the bounds is only known to that precision.
fn keeps_rows(program: &Program, values: &[f64]) -> bool {
    let size = |&(col, coefficient): &(usize, f64)| {
        let col = &program.cols[col];
        coefficient.abs() * col.lower.abs().max(col.upper.abs())
    };
    values.iter().all(|value| value.is_finite())
        && program.rows.iter().all(|row| {
            let largest = row.entries.iter().map(size).fold(row.rhs.abs(), f64::max);
            row.violation(values) <= KEEPS_ROW * largest
        })
}

/// "Impossible" is said with a proof, or with the best effort to find one.
fn impossible(program: &Program, proof: Option<Vec<f64>>) -> Said {
    match proof {
        Some(proof) if proves_impossible(program, &proof) => Said::Impossible(Some(proof)),
        _ => prove_or_doubt(program),
    }
}

/// Asks the elastic program, whose optimum exists whatever the rows say: its multipliers prove the program impossible,
/// or its values show that it is not.
fn prove_or_doubt(program: &Program) -> Said {
    let relaxed = elastic(program);
    let Ok(kernel) = super::Kernel::of(&relaxed) else {
        return Said::Impossible(None);
    };
    match kernel.restore(&relaxed, super::run(&kernel.program, Engine::Clarabel)) {
        Raw::Point {
            multipliers: Some(proof),
            ..
        } if proves_impossible(program, &proof) => Said::Impossible(Some(proof)),
        Raw::Point { values, .. } if keeps_rows(program, &values) => Said::Undecided(
            "called impossible, yet there is a point that keeps all rows".to_string(),
        ),
        _ => Said::Impossible(None),
    }
}
