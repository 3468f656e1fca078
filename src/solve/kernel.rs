//! The part of a program that needs a solver: no fixed columns, no rows without entries, every column from 0 up.
//!
//! Fixed columns leave an interior-point method no interior, and back ends differ in how they take an empty row.

use super::Raw;
use crate::program::certificate::proves_impossible;
use crate::program::{Program, Sense};
use crate::words::sum::Sum;

/// A kernel and where its columns and rows stand in the program it was cut from.
pub struct Kernel {
    /// The kernel: all lower bounds 0, all upper bounds above 0, all rows with entries.
    pub program: Program,
    cols: Vec<usize>,
    rows: Vec<usize>,
}

impl Kernel {
    /// The kernel of a checked program, or the Farkas multipliers of a row that the bounds alone break.
    pub fn of(program: &Program) -> Result<Kernel, Vec<f64>> {
        let mut kernel = Kernel {
            program: Program::default(),
            cols: Vec::new(),
            rows: Vec::new(),
        };
        let mut place = vec![None; program.cols.len()];
        for (at, col) in program.cols.iter().enumerate() {
            if col.upper > col.lower {
                place[at] = Some(kernel.program.add_col(0.0, col.upper - col.lower, col.cost));
                kernel.cols.push(at);
            }
        }
        for (at, row) in program.rows.iter().enumerate() {
            let mut rhs = Sum::default();
            rhs.add(row.rhs);
            let mut entries = Vec::with_capacity(row.entries.len());
            for &(col, coefficient) in &row.entries {
                rhs.add(-coefficient * program.cols[col].lower);
                entries.extend(place[col].map(|col| (col, coefficient)));
            }
            if let Some(proof) = broken_by_bounds(program, at) {
                return Err(proof);
            }
            if !entries.is_empty() {
                kernel.program.add_row(row.sense, rhs.value(), entries);
                kernel.rows.push(at);
            }
        }
        Ok(kernel)
    }

    /// An answer to the kernel as an answer to the program it was cut from. Values are kept within their bounds.
    pub fn restore(&self, program: &Program, raw: Raw) -> Raw {
        match raw {
            Raw::Point {
                values,
                multipliers,
                finished,
            } => Raw::Point {
                values: self.values(program, &values),
                multipliers: multipliers.map(|given| self.multipliers(program, &given)),
                finished,
            },
            Raw::Impossible(proof) => {
                Raw::Impossible(proof.map(|given| self.multipliers(program, &given)))
            }
            other => other,
        }
    }

    fn values(&self, program: &Program, values: &[f64]) -> Vec<f64> {
        let mut restored: Vec<f64> = program.cols.iter().map(|col| col.lower).collect();
        for (&at, value) in self.cols.iter().zip(values) {
            let col = &program.cols[at];
            restored[at] = (col.lower + value).clamp(col.lower, col.upper);
        }
        restored
    }

    fn multipliers(&self, program: &Program, multipliers: &[f64]) -> Vec<f64> {
        let mut restored = vec![0.0; program.rows.len()];
        for (&at, &multiplier) in self.rows.iter().zip(multipliers) {
            restored[at] = multiplier;
        }
        restored
    }
}

/// The proof that one row cannot be kept whatever the columns do within their bounds, if that is so.
fn broken_by_bounds(program: &Program, at: usize) -> Option<Vec<f64>> {
    let row = &program.rows[at];
    let (least, most) = row.activity_range(&program.cols);
    let sign = match row.sense {
        Sense::AtLeast | Sense::Equal if most < row.rhs => 1.0,
        Sense::AtMost | Sense::Equal if least > row.rhs => -1.0,
        _ => return None,
    };
    let mut proof = vec![0.0; program.rows.len()];
    proof[at] = sign;
    proves_impossible(program, &proof).then_some(proof)
}
