//! What a solver says is measured here on the program as it was asked.

use super::{Engine, Point, Raw, Said, Want};
use crate::program::Program;
use crate::program::certificate::{distance, lower_bound, proves_impossible};
use crate::program::elastic::elastic;
use crate::words::Halt;
use crate::words::tolerance::{KEEPS_ROW, PROVEN};

/// How much larger than the row itself the terms may be that its tolerance is measured in; see [`keeps_rows`].
const LOPSIDED: f64 = 1e4;

/// A checked answer.
pub fn said(program: &Program, raw: Raw, engine: Engine, halt: &Halt) -> Said {
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
            halt,
        ),
        Raw::Impossible(proof) => impossible(program, proof, halt),
        Raw::Unbounded => Said::Unbounded,
        Raw::Failed(words) => Said::Undecided(words),
    }
}

/// A point is an optimum when its multipliers prove it, whatever the solver calls it; without multipliers, when the
/// solver calls it one. A point that breaks rows is perhaps the end of a hopeless search, unless the search was halted.
fn point(program: &Program, point: Point, finished: bool, halt: &Halt) -> Said {
    if !keeps_rows(program, &point.values) {
        if halt.asked().is_some() {
            return Said::Halted(point.multipliers);
        }
        return match doubt(program, halt) {
            Doubt::Proven(proof) => Said::Impossible(Some(proof)),
            _ => Said::Undecided(format!("{} gave a point that breaks a row", point.solver)),
        };
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

/// "Impossible" is said with a proof, or with the best effort to find one.
fn impossible(program: &Program, proof: Option<Vec<f64>>, halt: &Halt) -> Said {
    if let Some(proof) = proof.filter(|proof| proves_impossible(program, proof)) {
        return Said::Impossible(Some(proof));
    }
    match doubt(program, halt) {
        Doubt::Proven(proof) => Said::Impossible(Some(proof)),
        Doubt::Refuted => Said::Undecided(
            "called impossible, yet there is a point that keeps all rows".to_string(),
        ),
        Doubt::Open => Said::Impossible(None),
    }
}

/// Whether the values are numbers and break no row by more than a solver's rounding.
///
/// A solver knows a value inside its bounds to a certain fraction of the bounds, so a row is measured in the largest
/// term that it can have; but where that is out of all proportion to what the row is about (a bound of a billion on
/// something of which ten are asked), in no more than [`LOPSIDED`] times the row's right-hand side or largest term.
fn keeps_rows(program: &Program, values: &[f64]) -> bool {
    values.iter().all(|value| value.is_finite())
        && program.rows.iter().all(|row| {
            let (mut actual, mut possible) = (row.rhs.abs(), row.rhs.abs());
            for &(at, coefficient) in &row.entries {
                let col = &program.cols[at];
                actual = actual.max((coefficient * values[at]).abs());
                possible = possible.max(coefficient.abs() * col.lower.abs().max(col.upper.abs()));
            }
            let size = if row.rhs == 0.0 {
                possible
            } else {
                possible.min(LOPSIDED * actual)
            };
            row.violation(values) <= KEEPS_ROW * size
        })
}

/// Asks the elastic program, which has an optimum whatever the rows say.
fn doubt(program: &Program, halt: &Halt) -> Doubt {
    let relaxed = elastic(program);
    let Ok(kernel) = super::Kernel::of(&relaxed) else {
        return Doubt::Open;
    };
    match kernel.restore(
        &relaxed,
        super::run(&kernel.program, Engine::Clarabel, halt),
    ) {
        Raw::Point {
            multipliers: Some(proof),
            ..
        } if proves_impossible(program, &proof) => Doubt::Proven(proof),
        Raw::Point { values, .. } if keeps_rows(program, &values) => Doubt::Refuted,
        _ => Doubt::Open,
    }
}

/// Whether a program is impossible, by its elastic program.
enum Doubt {
    /// It is: the multipliers prove it.
    Proven(Vec<f64>),
    /// It is not: there is a point.
    Refuted,
    /// Neither was found.
    Open,
}

/// The worth of an answer that settles the question.
pub const SETTLED: u8 = 3;

/// How much an answer is worth beside another. A point without multipliers settles nothing when those are wanted.
pub fn worth(said: &Said, want: Want) -> u8 {
    match said {
        Said::Optimal(point) if want == Want::Multipliers && point.multipliers.is_none() => 1,
        Said::Optimal(_) | Said::Impossible(Some(_)) => SETTLED,
        Said::Stopped(_) => 2,
        Said::Impossible(None) | Said::Halted(Some(_)) => 1,
        Said::Unbounded | Said::Halted(None) | Said::Undecided(_) => 0,
    }
}
