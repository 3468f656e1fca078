//! The matrix of a program, by column and by row, with a unit column for each row's slack.

use crate::program::Program;

/// Columns, those of the program first and then one a row; `A x + s = 0`.
#[derive(Clone)]
pub struct Columns {
    starts: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl Columns {
    pub fn of_program(program: &Program) -> Columns {
        let mut starts = vec![0];
        let mut entries = Vec::new();
        for column in program.by_column() {
            entries.extend(column);
            starts.push(entries.len());
        }
        for row in 0..program.rows.len() {
            entries.push((row, 1.0));
            starts.push(entries.len());
        }
        Columns { starts, entries }
    }

    /// (row, coefficient) of a column.
    pub fn of(&self, col: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[col]..self.starts[col + 1]]
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Σ value of a row × coefficient.
    pub fn times(&self, col: usize, by_row: &[f64]) -> f64 {
        self.of(col)
            .iter()
            .map(|&(row, coefficient)| coefficient * by_row[row])
            .sum()
    }
}
