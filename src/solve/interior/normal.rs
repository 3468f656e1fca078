//! The normal equations (A D Aᵀ) y = r, D diagonal and positive: their pattern is ordered once and factorised for
//! every D, by QDLDL as it comes with Clarabel.
//!
//! Rows are scaled so that the diagonal is 1. A row whose pivot vanishes is one that the others imply; it is left out.

use clarabel::algebra::CscMatrix;
use clarabel::qdldl::{QDLDLFactorisation, QDLDLSettings};

use super::matrix::Equations;

/// A pivot below this is none (the diagonal is 1).
const NO_PIVOT: f64 = 1e-13;
/// What stands in its place, so that the multiplier of the row does not move.
const LEFT_OUT: f64 = 1e64;
/// How often a solution is corrected by what it leaves, and what it may leave of the largest right-hand side.
const CORRECTIONS: usize = 3;
const LEAVES: f64 = 1e-9;

/// The normal equations of some equations.
pub struct Normal<'a> {
    equations: &'a Equations,
    factor: QDLDLFactorisation<f64>,
    /// The upper triangle by columns: where they start, the rows of their entries, and the entries.
    starts: Vec<usize>,
    places: Vec<usize>,
    values: Vec<f64>,
    /// 0, 1, 2 … : all values are new each time.
    positions: Vec<usize>,
    /// D, and by what the rows are scaled.
    weights: Vec<f64>,
    scale: Vec<f64>,
    /// Room to reckon in.
    wanted: Vec<f64>,
    left: Vec<f64>,
    by_col: Vec<f64>,
}

impl<'a> Normal<'a> {
    /// Orders the equations; `None` when that cannot be done.
    pub fn of(equations: &'a Equations) -> Option<Normal<'a>> {
        let (rows, cols) = (equations.rows.len(), equations.cols.len());
        let (starts, places) = pattern(equations);
        let mut values = vec![0.0; places.len()];
        for end in &starts[1..] {
            values[end - 1] = 1.0;
        }
        let matrix = CscMatrix::new(rows, rows, starts, places, values);
        let settings = QDLDLSettings {
            logical: true,
            regularize_eps: NO_PIVOT,
            regularize_delta: LEFT_OUT,
            ..QDLDLSettings::default()
        };
        Some(Normal {
            equations,
            factor: QDLDLFactorisation::new(&matrix, Some(settings)).ok()?,
            positions: (0..matrix.nzval.len()).collect(),
            starts: matrix.colptr,
            places: matrix.rowval,
            values: matrix.nzval,
            weights: vec![1.0; cols],
            scale: vec![1.0; rows],
            wanted: vec![0.0; rows],
            left: vec![0.0; rows],
            by_col: vec![0.0; cols],
        })
    }

    /// Factorises for another D; `None` when there are no factors.
    pub fn factorise(&mut self, weights: &[f64]) -> Option<()> {
        self.weights.copy_from_slice(weights);
        let equations = self.equations;
        for (row, scale) in self.scale.iter_mut().enumerate() {
            let entries = equations.rows.of(row);
            let diagonal: f64 = entries.map(|(col, a)| a * a * weights[col]).sum();
            *scale = if diagonal > 0.0 {
                diagonal.sqrt().recip()
            } else {
                1.0
            };
        }
        let sums = &mut self.left;
        for row in 0..equations.rows.len() {
            let range = self.starts[row]..self.starts[row + 1];
            for &place in &self.places[range.clone()] {
                sums[place] = 0.0;
            }
            for (col, a) in equations.rows.of(row) {
                let weighted = a * weights[col];
                let above = equations
                    .cols
                    .of(col)
                    .take_while(|&(other, _)| other <= row);
                for (other, b) in above {
                    sums[other] += weighted * b;
                }
            }
            for at in range {
                let place = self.places[at];
                self.values[at] = sums[place] * self.scale[row] * self.scale[place];
            }
        }
        self.factor.update_values(&self.positions, &self.values);
        self.factor.refactor().ok()
    }

    /// Solves for a right-hand side, in place.
    pub fn solve(&mut self, right: &mut [f64]) {
        self.wanted.copy_from_slice(right);
        self.left.copy_from_slice(right);
        right.fill(0.0);
        let allowed = LEAVES * largest(&self.wanted);
        for correction in 0..=CORRECTIONS {
            for (left, by) in self.left.iter_mut().zip(&self.scale) {
                *left *= by;
            }
            self.factor.solve(&mut self.left);
            for (answer, (part, by)) in right.iter_mut().zip(self.left.iter().zip(&self.scale)) {
                *answer += part * by;
            }
            if correction < CORRECTIONS {
                self.see_what_is_left(right);
                if largest(&self.left) <= allowed {
                    break;
                }
            }
        }
    }

    /// left = wanted − A D Aᵀ answer
    fn see_what_is_left(&mut self, answer: &[f64]) {
        let equations = self.equations;
        for (col, (value, weight)) in self.by_col.iter_mut().zip(&self.weights).enumerate() {
            *value = weight * equations.cols.times(col, answer);
        }
        for (row, (left, wanted)) in self.left.iter_mut().zip(&self.wanted).enumerate() {
            *left = wanted - equations.rows.times(row, &self.by_col);
        }
    }
}

fn largest(numbers: &[f64]) -> f64 {
    let sizes = numbers.iter().map(|number| number.abs());
    sizes.fold(0.0, f64::max)
}

/// Where the upper triangle of A Aᵀ has entries, column by column, rows ascending; each column ends with the diagonal.
fn pattern(equations: &Equations) -> (Vec<usize>, Vec<usize>) {
    let rows = equations.rows.len();
    let (mut starts, mut places) = (vec![0], Vec::new());
    let mut seen_by = vec![usize::MAX; rows];
    for row in 0..rows {
        let first = places.len();
        for (col, _) in equations.rows.of(row) {
            let above = equations.cols.of(col).take_while(|&(other, _)| other < row);
            for (other, _) in above {
                if seen_by[other] != row {
                    seen_by[other] = row;
                    places.push(other);
                }
            }
        }
        places[first..].sort_unstable();
        places.push(row);
        starts.push(places.len());
    }
    (starts, places)
}
