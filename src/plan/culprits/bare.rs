//! A program that asks whether there is a plan, and not which is best: without costs, and without the needs that may stay
//! as short as they are.

use crate::formulate::{ColKey, Formulated, RowKey};
use crate::program::{Program, Sense};

/// The rules alone. It has a point just when the program itself has one: a shortfall of which no target speaks may be as
/// large as it can be, and then most needs ask for nothing. For the same reason multipliers that prove it impossible prove the
/// program so: what stays short stands with +1 in rows of at-least sense, so that its upper bound is its worst.
pub struct Bare {
    /// The program, row for row and column for column.
    pub program: Program,
    /// Rows that ask for nothing.
    idle: Vec<bool>,
}

impl Bare {
    /// The rules of a program, which may have more rows and columns than those that were formulated.
    pub fn of(form: &Formulated) -> Bare {
        let mut program = form.program.with_costs(&vec![0.0; form.program.cols.len()]);
        let mut is_bounded = vec![false; program.cols.len()];
        for (key, row) in form.rows.iter().zip(&program.rows) {
            if !matches!(key, RowKey::Need { .. }) {
                row.entries
                    .iter()
                    .for_each(|&(col, _)| is_bounded[col] = true);
            }
        }
        for (at, key) in form.cols.iter().enumerate() {
            if matches!(key, ColKey::Short { .. }) && !is_bounded[at] {
                program.cols[at].lower = program.cols[at].upper;
            }
        }
        let mut idle = vec![false; program.rows.len()];
        for (at, key) in form.rows.iter().enumerate() {
            let row = &program.rows[at];
            let is_idle = matches!(key, RowKey::Need { .. })
                && row.sense == Sense::AtLeast
                && row.activity_range(&program.cols).0 >= row.rhs;
            if is_idle {
                let row = &mut program.rows[at];
                (row.entries, row.rhs) = (Vec::new(), 0.0);
                idle[at] = true;
            }
        }
        Bare { program, idle }
    }

    /// Multipliers of the rules as multipliers of the program.
    pub fn multipliers(&self, mut of_rules: Vec<f64>) -> Vec<f64> {
        for (multiplier, idle) in of_rules.iter_mut().zip(&self.idle) {
            if *idle {
                *multiplier = 0.0;
            }
        }
        of_rules
    }
}
