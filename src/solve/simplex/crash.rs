//! From a point of another solver to a basis.

use super::factor::Singular;
use super::{OLD, Simplex};
use crate::solve::Point;

/// How far from its bounds (scaled program) a value of the point must be to ask for a place in the basis.
const INSIDE: f64 = 1e-7;
/// The least pivot on the way: below it a column counts as a mixture of those that are in.
const INDEPENDENT: f64 = 1e-4;

impl Simplex {
    /// Goes over to a basis of what stands farthest inside its bounds at the point: the columns come in one after the
    /// other, each in place of the slack that is nearest to its bound and can be told from it.
    pub(super) fn crash(&mut self, point: &Point) -> Result<(), Singular> {
        let cols = self.scaled.program.cols.len();
        let values = self.scaled.scaled_values(&point.values);
        let mut inside: Vec<f64> = Vec::with_capacity(self.columns.len());
        for (at, value) in values.iter().enumerate() {
            inside.push((value - self.lower[at]).min(self.upper[at] - value));
        }
        for (at, row) in self.scaled.program.rows.iter().enumerate() {
            let slack = -row.activity(&values);
            let slack_inside = (slack - self.lower[cols + at]).min(self.upper[cols + at] - slack);
            inside.push(slack_inside);
        }
        let mut asking: Vec<usize> = (0..cols).filter(|&col| inside[col] > INSIDE).collect();
        asking.sort_by(|&a, &b| inside[b].total_cmp(&inside[a]).then(a.cmp(&b)));
        for entering in asking {
            let column = self.in_basis(entering);
            if let Some(place) = self.slack_for(&column, &inside, inside[entering]) {
                self.exchange(place, entering, &column, false);
                if self.factor.age() >= OLD {
                    self.refresh()?;
                }
            }
        }
        for (col, &value) in values.iter().enumerate() {
            self.at_upper[col] = value - self.lower[col] > self.upper[col] - value;
        }
        self.refresh()
    }

    /// The place of a slack that stands nearer to its bound than the one that comes in, and by which that one can best
    /// be told from the rest of the basis.
    fn slack_for(&self, column: &[f64], inside: &[f64], nearer_than: f64) -> Option<usize> {
        let cols = self.scaled.program.cols.len();
        let mut best: Option<(usize, f64)> = None;
        for (place, value) in column.iter().enumerate() {
            let size = value.abs();
            let basic = self.basis[place];
            if size > INDEPENDENT
                && basic >= cols
                && inside[basic] < nearer_than
                && best.is_none_or(|(_, most)| size > most)
            {
                best = Some((place, size));
            }
        }
        best.map(|(place, _)| place)
    }
}
