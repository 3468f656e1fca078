//! The rows of a program as equations, by row and by column: every row that is none has a slack of its own.

use crate::program::{Program, Sense};

/// `A x = b`, the columns of the program first and then the slacks.
pub struct Equations {
    /// By row, columns ascending.
    pub rows: Lines,
    /// By column, rows ascending.
    pub cols: Lines,
    /// The right-hand sides.
    pub rhs: Vec<f64>,
}

impl Equations {
    /// The equations of a program; `None` when it has more rows and columns than can be counted in 32 bits.
    pub fn of(program: &Program) -> Option<Equations> {
        let mut cols = program.cols.len();
        u32::try_from(cols + program.rows.len()).ok()?;
        let entries = program.rows.iter().map(|row| row.entries.len() + 1).sum();
        let mut rows = Lines {
            starts: vec![0],
            places: Vec::with_capacity(entries),
            coefficients: Vec::with_capacity(entries),
        };
        for row in &program.rows {
            for &(col, coefficient) in &row.entries {
                rows.push(col, coefficient);
            }
            let slack = match row.sense {
                Sense::AtLeast => Some(-1.0),
                Sense::AtMost => Some(1.0),
                Sense::Equal => None,
            };
            if let Some(sign) = slack {
                rows.push(cols, sign);
                cols += 1;
            }
            rows.starts.push(rows.places.len());
        }
        Some(Equations {
            cols: rows.turned(cols),
            rows,
            rhs: program.rows.iter().map(|row| row.rhs).collect(),
        })
    }

    /// b − A x of each row.
    pub fn left(&self, x: &[f64], into: &mut [f64]) {
        for (row, (left, rhs)) in into.iter_mut().zip(&self.rhs).enumerate() {
            *left = rhs - self.rows.times(row, x);
        }
    }
}

/// Entries of a matrix, line after line.
pub struct Lines {
    starts: Vec<usize>,
    places: Vec<u32>,
    coefficients: Vec<f64>,
}

impl Lines {
    fn push(&mut self, place: usize, coefficient: f64) {
        self.places.push(place as u32);
        self.coefficients.push(coefficient);
    }

    /// The entries of one line: where in it, and the coefficient.
    pub fn of(&self, line: usize) -> impl Iterator<Item = (usize, f64)> + '_ {
        let range = self.starts[line]..self.starts[line + 1];
        let places = self.places[range.clone()].iter();
        places
            .map(|&place| place as usize)
            .zip(self.coefficients[range].iter().copied())
    }

    /// How many lines there are.
    pub fn len(&self) -> usize {
        self.starts.len() - 1
    }

    /// Σ coefficient × value of one line.
    pub fn times(&self, line: usize, values: &[f64]) -> f64 {
        self.of(line).map(|(at, a)| a * values[at]).sum()
    }

    /// The same entries by the other index, of which there are `lines`.
    fn turned(&self, lines: usize) -> Lines {
        let mut starts = vec![0; lines + 1];
        for &place in &self.places {
            starts[place as usize + 1] += 1;
        }
        for line in 0..lines {
            starts[line + 1] += starts[line];
        }
        let mut next = starts.clone();
        let mut places = vec![0; self.places.len()];
        let mut coefficients = vec![0.0; self.places.len()];
        for line in 0..self.len() {
            for (place, coefficient) in self.of(line) {
                places[next[place]] = line as u32;
                coefficients[next[place]] = coefficient;
                next[place] += 1;
            }
        }
        Lines {
            starts,
            places,
            coefficients,
        }
    }
}
