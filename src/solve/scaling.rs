//! Scaling by powers of two: it changes exponents only, so that going there and back loses nothing.
//!
//! Columns are counted in (about) their range, rows in their largest coefficient, the objective in its largest cost;
//! a solver's absolute tolerances then mean the same for fen and for billions.

use super::Raw;
use crate::program::{Column, Program, Row};

/// The largest power of two used either way; products of three stay far from the ends of the number range.
const LARGEST_EXPONENT: i32 = 300;

/// A scaled program with the factors that lead back.
#[derive(Clone)]
pub struct Scaled {
    /// The scaled program.
    pub program: Program,
    /// value = scaled value × factor, by column.
    cols: Vec<f64>,
    /// scaled row = row × factor.
    rows: Vec<f64>,
    /// scaled objective = objective × factor.
    objective: f64,
}

/// The power of two at or below |number|; 1 for 0.
fn power_of_two(number: f64) -> f64 {
    if number == 0.0 {
        return 1.0;
    }
    let exponent = ((number.to_bits() >> 52) & 0x7ff) as i32 - 1023;
    f64::powi(2.0, exponent.clamp(-LARGEST_EXPONENT, LARGEST_EXPONENT))
}

fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |largest, number| largest.max(number.abs()))
}

impl Scaled {
    /// Scales a program.
    pub fn of(program: &Program) -> Scaled {
        let cols: Vec<f64> = program
            .cols
            .iter()
            .map(|col| power_of_two(col.upper - col.lower))
            .collect();
        let objective = 1.0
            / power_of_two(largest(
                program
                    .cols
                    .iter()
                    .zip(&cols)
                    .map(|(col, by)| col.cost * by),
            ));
        let mut scaled = Program {
            cols: Vec::with_capacity(program.cols.len()),
            rows: Vec::with_capacity(program.rows.len()).into(),
            blocks: Vec::new(),
        };
        scaled
            .cols
            .extend(program.cols.iter().zip(&cols).map(|(col, by)| Column {
                lower: col.lower / by,
                upper: col.upper / by,
                cost: col.cost * by * objective,
            }));
        let mut rows = Vec::with_capacity(program.rows.len());
        for row in &program.rows {
            let in_cols = || {
                row.entries
                    .iter()
                    .map(|&(col, coefficient)| (col, coefficient * cols[col]))
            };
            let by = 1.0 / power_of_two(largest(in_cols().map(|(_, coefficient)| coefficient)));
            scaled.rows.push(Row {
                sense: row.sense,
                rhs: row.rhs * by,
                entries: in_cols()
                    .map(|(col, coefficient)| (col, coefficient * by))
                    .collect(),
            });
            rows.push(by);
        }
        Scaled {
            program: scaled,
            cols,
            rows,
            objective,
        }
    }

    /// An answer to the scaled program as an answer to the program itself.
    pub fn restore(&self, raw: Raw) -> Raw {
        match raw {
            Raw::Point {
                values,
                multipliers,
                finished,
            } => Raw::Point {
                values: self.values(&values),
                multipliers: multipliers.map(|given| self.multipliers(&given)),
                finished,
            },
            Raw::Impossible(proof) => Raw::Impossible(proof.map(|given| self.multipliers(&given))),
            other => other,
        }
    }

    /// Changes the right-hand side of a row, given in the numbers of the program itself.
    pub fn set_rhs(&mut self, row: usize, rhs: f64) {
        self.program.rows[row].rhs = self.scaled_rhs(row, rhs);
    }

    /// Changes the upper bound of a column, given in the numbers of the program itself.
    pub fn set_upper(&mut self, col: usize, upper: f64) {
        self.program.cols[col].upper = upper / self.cols[col];
    }

    /// Changes the cost of a column, given in the numbers of the program itself.
    pub fn set_cost(&mut self, col: usize, cost: f64) {
        self.program.cols[col].cost = cost * self.cols[col] * self.objective;
    }

    /// A right-hand side of the program itself in the scaled one.
    pub fn scaled_rhs(&self, row: usize, rhs: f64) -> f64 {
        rhs * self.rows[row]
    }

    /// Values of the program itself in the scaled one.
    pub fn scaled_values(&self, values: &[f64]) -> Vec<f64> {
        let pairs = values.iter().zip(&self.cols);
        pairs.map(|(value, by)| value / by).collect()
    }

    /// Values of the program itself, out of the scaled one's.
    pub fn values(&self, scaled: &[f64]) -> Vec<f64> {
        let pairs = scaled.iter().zip(&self.cols);
        pairs.map(|(value, by)| value * by).collect()
    }

    /// A value of one column of the program itself, out of the scaled one's.
    pub fn value(&self, col: usize, scaled: f64) -> f64 {
        scaled * self.cols[col]
    }

    /// An objective of the program itself, out of the scaled one's.
    pub fn unscaled_objective(&self, scaled: f64) -> f64 {
        scaled / self.objective
    }

    /// d objective / d rhs, out of the scaled program's.
    pub fn multipliers(&self, scaled: &[f64]) -> Vec<f64> {
        scaled
            .iter()
            .zip(&self.rows)
            .map(|(multiplier, by)| multiplier * by / self.objective)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Sense;

    #[test]
    fn there_and_back_changes_no_bit() {
        let mut program = Program::default();
        let x = program.add_col(0.0, 1.0 / 3.0 * 1e9, 0.1);
        let y = program.add_col(-7.7, 1e-5, -123.4);
        program.add_row(Sense::AtMost, 0.7, vec![(x, 1e-7 / 3.0), (y, 1e6)]);
        let scaled = Scaled::of(&program);
        assert!(
            scaled.program.rows[0]
                .entries
                .iter()
                .all(|&(_, a)| a.abs() < 2.0)
        );
        let value = [scaled.program.cols[x].upper, scaled.program.cols[y].lower];
        let raw = Raw::Point {
            values: value.to_vec(),
            multipliers: Some(vec![-0.3]),
            finished: true,
        };
        let Raw::Point {
            values,
            multipliers: Some(back),
            ..
        } = scaled.restore(raw)
        else {
            panic!("a point stays a point")
        };
        assert_eq!(values, [program.cols[x].upper, program.cols[y].lower]);
        // What the row is worth is the same in either unit: multiplier × rhs, counted in the objective.
        let worth = -0.3 * scaled.program.rows[0].rhs / scaled.objective;
        assert_eq!(back[0] * 0.7, worth);
    }

    #[test]
    fn powers_of_two_stay_in_range() {
        let numbers = [0.0, 1.0, 3.9, -4.0, f64::MIN_POSITIVE, f64::MAX];
        let powers = [
            1.0,
            1.0,
            2.0,
            4.0,
            f64::powi(2.0, -300),
            f64::powi(2.0, 300),
        ];
        assert_eq!(numbers.map(power_of_two), powers);
    }
}
