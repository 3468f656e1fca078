//! A walk along a direction of the right-hand sides: the optimum's value is a chain of straight pieces, and here they
//! are found one after the other (the parametric dual simplex).

use super::{End, OLD, Simplex};
use crate::program::Sense;
use crate::words::Halt;

/// Pieces shorter than this (in units of the walk) are passed over.
const NOTHING: f64 = 1e-11;

/// A stretch on which one basis is best.
#[derive(Clone, PartialEq, Debug)]
pub struct Piece {
    /// Where it begins and ends along the walk.
    pub from: f64,
    /// Where it ends.
    pub to: f64,
    /// Objective at its beginning.
    pub objective: f64,
    /// Change of the objective along the walk.
    pub slope: f64,
    /// How the columns that change do so along the walk: (column, rate).
    pub rates: Vec<(usize, f64)>,
}

impl Simplex {
    /// Walks from the optimum where it stands: right-hand side of row i = where it stands + t·rate, from t = 0 to
    /// `until`, or as long as `more` wants more after a piece. Gives the pieces, and whether the walk came to that end;
    /// it ends before it where no point keeps all rows. `None` when halted or numerically at a loss.
    pub fn walk(
        &mut self,
        rates: &[(usize, f64)],
        until: f64,
        more: &mut dyn FnMut(&Piece) -> bool,
        halt: &Halt,
    ) -> Option<(Vec<Piece>, bool)> {
        self.refresh().ok()?;
        let rates: Vec<(usize, f64)> = rates
            .iter()
            .map(|&(row, rate)| (row, self.scaled.scaled_rhs(row, rate)))
            .collect();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut at = 0.0;
        let most = 100 * self.basis.len() + 1000;
        for iteration in 0..most {
            if iteration % 64 == 0 && halt.asked().is_some() {
                return None;
            }
            if self.factor.age() >= OLD {
                self.refresh().ok()?;
                // Rounding may have put something past its bound.
                if self.leaving().is_some() && self.optimise(halt) != End::Optimal {
                    return None;
                }
            }
            let moving = self.moving(&rates);
            let (step, next) = self.until_bound(&moving, &rates, until - at);
            if step > NOTHING {
                let piece = self.piece(at, step, &moving, &rates);
                let enough = !more(&piece);
                pieces.push(piece);
                if enough {
                    return Some((pieces, true));
                }
            }
            self.go(step, &moving, &rates);
            at += step;
            let Some((place, to_upper)) = next else {
                return Some((pieces, true));
            };
            let _ = self.tableau_row(place);
            let Some(entering) = self.entering(to_upper, None) else {
                if self.factor.age() == 0 {
                    return Some((pieces, false));
                }
                self.refresh().ok()?;
                continue;
            };
            let column = self.in_basis(entering.col);
            if self.agree(&column, place, entering.col).is_err() {
                if self.factor.age() == 0 {
                    return None;
                }
                self.refresh().ok()?;
                continue;
            }
            let leaving = self.basis[place];
            self.reprice(place, entering.col);
            self.value[leaving] = if to_upper {
                self.upper[leaving]
            } else {
                self.lower[leaving]
            };
            self.exchange(place, entering.col, &column, to_upper);
        }
        None
    }

    /// How the basis changes along the walk, by place.
    fn moving(&mut self, rates: &[(usize, f64)]) -> Vec<f64> {
        let cols = self.scaled.program.cols.len();
        let mut moving = vec![0.0; self.basis.len()];
        for &(row, rate) in rates {
            let slack = cols + row;
            if self.place[slack].is_none() && self.moves(slack, self.at_upper[slack]) {
                moving[row] += rate;
            }
        }
        self.factor.forward(&mut moving);
        moving
    }

    /// Whether this bound of a slack goes with the right-hand side of its row.
    fn moves(&self, slack: usize, upper: bool) -> bool {
        let row = &self.scaled.program.rows[slack - self.scaled.program.cols.len()];
        match row.sense {
            Sense::AtLeast => upper,
            Sense::AtMost => !upper,
            Sense::Equal => true,
        }
    }

    /// How far it goes until something of the basis comes to a bound, and what, and to which.
    fn until_bound(
        &self,
        moving: &[f64],
        rates: &[(usize, f64)],
        until: f64,
    ) -> (f64, Option<(usize, bool)>) {
        let cols = self.scaled.program.cols.len();
        let mut best: (f64, f64, Option<(usize, bool)>) = (until, 0.0, None);
        let mut consider = |place: usize, upper: bool, room: f64, speed: f64| {
            if speed > 1e-11 {
                let step = room.max(0.0) / speed;
                if step < best.0 || (step == best.0 && speed > best.1) {
                    best = (step, speed, Some((place, upper)));
                }
            }
        };
        for (place, &speed) in moving.iter().enumerate() {
            let col = self.basis[place];
            let (mut to_lower, mut to_upper) = (-speed, speed);
            if col >= cols
                && let Some(&(_, rate)) = rates.iter().find(|&&(row, _)| row + cols == col)
            {
                // Its bound is minus the right-hand side.
                if self.moves(col, false) {
                    to_lower -= rate;
                }
                if self.moves(col, true) {
                    to_upper += rate;
                }
            }
            consider(place, false, self.value[col] - self.lower[col], to_lower);
            consider(place, true, self.upper[col] - self.value[col], to_upper);
        }
        (best.0, best.2)
    }

    fn piece(&mut self, at: f64, step: f64, moving: &[f64], rates: &[(usize, f64)]) -> Piece {
        let multipliers = self.multipliers();
        let cols = self.scaled.program.cols.len();
        let slope = rates
            .iter()
            .map(|&(row, rate)| multipliers[row] * rate)
            .sum::<f64>();
        let objective: f64 = self.scaled.program.objective(&self.value[..cols]);
        let places = self.basis.iter().zip(moving);
        let changing = places.filter(|&(&col, rate)| col < cols && rate.abs() > 1e-12);
        Piece {
            from: at,
            to: at + step,
            objective: self.scaled.unscaled_objective(objective),
            slope: self.scaled.unscaled_objective(slope),
            rates: changing
                .map(|(&col, &rate)| (col, self.scaled.value(col, rate)))
                .collect(),
        }
    }

    fn go(&mut self, step: f64, moving: &[f64], rates: &[(usize, f64)]) {
        let cols = self.scaled.program.cols.len();
        for (&col, speed) in self.basis.iter().zip(moving) {
            self.value[col] += step * speed;
        }
        for &(row, rate) in rates {
            let slack = cols + row;
            self.scaled.program.rows[row].rhs += step * rate;
            for upper in [false, true] {
                if self.moves(slack, upper) {
                    let bound = if upper {
                        &mut self.upper[slack]
                    } else {
                        &mut self.lower[slack]
                    };
                    *bound -= step * rate;
                }
            }
            if self.place[slack].is_none() && self.moves(slack, self.at_upper[slack]) {
                self.value[slack] -= step * rate;
            }
        }
    }
}
