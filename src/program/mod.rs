//! Floor 1: linear programs of the shape needs × measures × limits. No school in it.

pub mod blend;
pub mod certificate;
pub mod elastic;
pub mod join;
pub mod lp_text;
pub mod lump;
mod rows;
mod shape;
pub mod steps;

pub use rows::Rows;

use crate::words::sum::sum;

/// A column of a program: a measure, a shortfall or a payment. Both bounds are finite: the certificate rests on it.
/// They should be near what a plan can use. Solver and certificate count a column in its range, and lose a digit with
/// every digit by which a bound is too far away; a million times too far is too much.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Column {
    /// Smallest value.
    pub lower: f64,
    /// Largest value.
    pub upper: f64,
    /// Cost of one unit in the objective that is minimised.
    pub cost: f64,
}

/// How a row's activity stands to its right-hand side. One orientation each, so that every dual has one sign:
/// raising the right-hand side of an `AtLeast` row never helps (multiplier ≥ 0), of an `AtMost` row never hurts (≤ 0).
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Sense {
    /// activity ≥ rhs; multiplier ≥ 0
    AtLeast,
    /// activity ≤ rhs; multiplier ≤ 0
    AtMost,
    /// activity = rhs; multiplier free
    Equal,
}

/// A row of a program: a need or a limit.
#[derive(Clone, PartialEq, Debug)]
pub struct Row {
    /// How activity and right-hand side stand to each other.
    pub sense: Sense,
    /// The right-hand side.
    pub rhs: f64,
    /// (column, coefficient), columns ascending, no coefficient 0.
    pub entries: Vec<(usize, f64)>,
}

impl Row {
    /// Σ coefficient × value.
    pub fn activity(&self, values: &[f64]) -> f64 {
        sum(self
            .entries
            .iter()
            .map(|&(col, coefficient)| coefficient * values[col]))
    }

    /// The smallest and largest activity within the bounds of the columns `cols`.
    pub fn activity_range(&self, cols: &[Column]) -> (f64, f64) {
        let extreme = |least: bool| {
            sum(self.entries.iter().map(|&(col, coefficient)| {
                let col = &cols[col];
                coefficient
                    * if (coefficient > 0.0) == least {
                        col.lower
                    } else {
                        col.upper
                    }
            }))
        };
        (extreme(true), extreme(false))
    }

    /// By how much `values` break the row; 0 when they keep it.
    pub fn violation(&self, values: &[f64]) -> f64 {
        let over = self.activity(values) - self.rhs;
        match self.sense {
            Sense::AtLeast => (-over).max(0.0),
            Sense::AtMost => over.max(0.0),
            Sense::Equal => over.abs(),
        }
    }
}

/// Rows and columns that belong to one need over the years. A block's rows have entries in the block's columns
/// only; its columns may stand in shared rows (the limits) too.
#[derive(Clone, PartialEq, Debug)]
pub struct Block {
    /// Its rows (a contiguous range).
    pub rows: std::ops::Range<usize>,
    /// Its columns (a contiguous range).
    pub cols: std::ops::Range<usize>,
}

/// min Σ cost · x, subject to the rows and lower ≤ x ≤ upper.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Program {
    /// The columns.
    pub cols: Vec<Column>,
    /// The rows.
    pub rows: Rows,
    /// The blocks, disjoint; what is in none is shared.
    pub blocks: Vec<Block>,
}

/// What is wrong with the numbers of a program.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
pub enum Malformed {
    /// A bound or cost of a column is not a finite number.
    #[error("column {0} has a bound or cost that is not finite")]
    Column(usize),
    /// A column's lower bound is above its upper bound.
    #[error("column {0} has crossed bounds")]
    Crossed(usize),
    /// A coefficient or right-hand side of a row is not a finite number, or names no column.
    #[error("row {0} has a number that is not finite or names no column")]
    Row(usize),
}

impl Program {
    /// Adds a column and says where it stands.
    pub fn add_col(&mut self, lower: f64, upper: f64, cost: f64) -> usize {
        self.cols.push(Column { lower, upper, cost });
        self.cols.len() - 1
    }

    /// Adds a row and says where it stands. Entries are sorted, equal columns added up, zeros dropped.
    pub fn add_row(&mut self, sense: Sense, rhs: f64, mut entries: Vec<(usize, f64)>) -> usize {
        entries.sort_by_key(|&(col, _)| col);
        entries.dedup_by(|next, kept| {
            let same = next.0 == kept.0;
            if same {
                kept.1 += next.1;
            }
            same
        });
        entries.retain(|&(_, coefficient)| coefficient != 0.0);
        self.rows.push(Row {
            sense,
            rhs,
            entries,
        });
        self.rows.len() - 1
    }

    /// The objective's value at `values`.
    pub fn objective(&self, values: &[f64]) -> f64 {
        sum(self
            .cols
            .iter()
            .zip(values)
            .map(|(col, value)| col.cost * value))
    }

    /// The same program with other costs.
    pub fn with_costs(&self, costs: &[f64]) -> Program {
        let mut changed = self.clone();
        for (col, &cost) in changed.cols.iter_mut().zip(costs) {
            col.cost = cost;
        }
        changed
    }

    /// Whether all numbers are finite and no bounds are crossed; asked before any solver sees the program.
    pub fn check(&self) -> Result<(), Malformed> {
        for (at, col) in self.cols.iter().enumerate() {
            if !(col.lower.is_finite() && col.upper.is_finite() && col.cost.is_finite()) {
                return Err(Malformed::Column(at));
            }
            if col.lower > col.upper {
                return Err(Malformed::Crossed(at));
            }
        }
        for (at, row) in self.rows.iter().enumerate() {
            let sound = |&(col, coefficient): &(usize, f64)| {
                col < self.cols.len() && coefficient.is_finite()
            };
            if !row.rhs.is_finite() || !row.entries.iter().all(sound) {
                return Err(Malformed::Row(at));
            }
        }
        Ok(())
    }

    /// For each column the rows it stands in, with coefficients, rows ascending.
    pub fn by_column(&self) -> Vec<Vec<(usize, f64)>> {
        let mut columns = vec![Vec::new(); self.cols.len()];
        for (at, row) in self.rows.iter().enumerate() {
            for &(col, coefficient) in &row.entries {
                columns[col].push((at, coefficient));
            }
        }
        columns
    }
}
