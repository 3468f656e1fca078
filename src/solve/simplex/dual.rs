//! The dual simplex: steepest edge, long steps over the bounds of what is boxed.

use super::{End, FEASIBLE, OLD, PIVOT, Simplex};
use crate::words::Halt;

/// Iterations per row before it is given up.
const PATIENCE: usize = 40;
/// By how much a reduced cost may be on the wrong side while a larger pivot is had for it (scaled program).
const SLACK: f64 = 1e-10;
/// The least steepest-edge weight.
const LEAST_WEIGHT: f64 = 1e-4;

/// The next that leaves the basis: its place, to which bound, and by how much it passes it (below: negative).
#[derive(Clone, Copy)]
pub(super) struct Leaving {
    place: usize,
    to_upper: bool,
    beyond: f64,
}

/// What comes in.
pub(super) struct Entering {
    pub(super) col: usize,
    /// Those that go over to their other bound on the way.
    flips: Vec<usize>,
}

impl Simplex {
    /// Goes on to the optimum from where it stands.
    pub fn optimise(&mut self, halt: &Halt) -> End {
        self.restore_costs();
        if self.refresh().is_err() {
            return End::Lost;
        }
        let most = PATIENCE * self.basis.len() + 1000;
        for iteration in 0..most {
            if iteration % 64 == 0 && halt.asked().is_some() {
                return End::Lost;
            }
            if self.factor.age() >= OLD && self.refresh().is_err() {
                return End::Lost;
            }
            let Some(leaving) = self.leaving() else {
                // What was carried along is worked out from nothing before it is believed.
                if self.factor.age() == 0 {
                    return End::Optimal;
                }
                if self.refresh().is_err() {
                    return End::Lost;
                }
                continue;
            };
            match self.step(leaving) {
                Ok(()) => {}
                Err(Stuck::Impossible(ray)) if self.factor.age() == 0 => {
                    return End::Impossible(self.scaled.multipliers(&ray));
                }
                Err(_) if self.factor.age() == 0 => return End::Lost,
                Err(_) => {
                    if self.refresh().is_err() {
                        return End::Lost;
                    }
                }
            }
        }
        End::Lost
    }

    /// The basic column that passes its bound the most, in steepest-edge measure.
    pub(super) fn leaving(&self) -> Option<Leaving> {
        let mut best: Option<(f64, Leaving)> = None;
        for (place, &col) in self.basis.iter().enumerate() {
            let (value, lower, upper) = (self.value[col], self.lower[col], self.upper[col]);
            let beyond = if value < lower - FEASIBLE * lower.abs().max(1.0) {
                value - lower
            } else if value > upper + FEASIBLE * upper.abs().max(1.0) {
                value - upper
            } else {
                continue;
            };
            let worth = beyond * beyond / self.weight[place];
            if best.is_none_or(|(most, _)| worth > most) {
                let to_upper = beyond > 0.0;
                best = Some((
                    worth,
                    Leaving {
                        place,
                        to_upper,
                        beyond,
                    },
                ));
            }
        }
        best.map(|(_, leaving)| leaving)
    }

    fn step(&mut self, leaving: Leaving) -> Result<(), Stuck> {
        let Leaving {
            place,
            to_upper,
            beyond,
        } = leaving;
        let rho = self.tableau_row(place);
        let Some(entering) = self.entering(to_upper, Some(beyond.abs())) else {
            let sign = if to_upper { -1.0 } else { 1.0 };
            return Err(Stuck::Impossible(
                rho.iter().map(|value| -sign * value).collect(),
            ));
        };
        let column = self.in_basis(entering.col);
        self.agree(&column, place, entering.col)?;
        for col in entering.flips {
            self.flip(col);
        }
        if self.pending {
            self.spread_flips();
        }
        let leaving_col = self.basis[place];
        let bound = match to_upper {
            true => self.upper[leaving_col],
            false => self.lower[leaving_col],
        };
        let by = (self.value[leaving_col] - bound) / column[place];
        for (&col, share) in self.basis.iter().zip(&column) {
            self.value[col] -= by * share;
        }
        self.value[entering.col] += by;
        self.value[leaving_col] = bound;
        self.reprice(place, entering.col);
        self.reweigh(place, &column, rho);
        self.exchange(place, entering.col, &column, to_upper);
        Ok(())
    }

    /// Row `place` of B⁻¹, and with it the row of the tableau over what is not in the basis.
    pub(super) fn tableau_row(&mut self, place: usize) -> Vec<f64> {
        for &col in &self.touched {
            self.row[col] = 0.0;
        }
        self.touched.clear();
        let mut rho = vec![0.0; self.basis.len()];
        rho[place] = 1.0;
        self.factor.backward(&mut rho);
        let cols = self.scaled.program.cols.len();
        for (at, &share) in rho.iter().enumerate() {
            if share.abs() < 1e-14 {
                continue;
            }
            for &(col, coefficient) in &self.scaled.program.rows[at].entries {
                if self.row[col] == 0.0 {
                    self.touched.push(col);
                }
                self.row[col] += share * coefficient;
            }
            self.touched.push(cols + at);
            self.row[cols + at] = share;
        }
        let place = &self.place;
        // A sum may have come to nothing and begun again.
        self.touched.sort_unstable();
        self.touched.dedup();
        for &col in &self.touched {
            if place[col].is_some() {
                self.row[col] = 0.0;
            }
        }
        rho
    }

    /// Which column comes in when the one whose row this is leaves to its upper or lower bound. `room` is how far it is
    /// beyond that bound: as long as something is left of it, columns go over to their other bound instead; with none,
    /// nothing may.
    pub(super) fn entering(&self, to_upper: bool, room: Option<f64>) -> Option<Entering> {
        let sign = if to_upper { -1.0 } else { 1.0 };
        let mut open: Vec<(usize, f64, f64)> = Vec::new();
        for &col in &self.touched {
            let share = sign * self.row[col];
            let fixed = self.lower[col] == self.upper[col];
            let helps = if self.at_upper[col] {
                share > PIVOT
            } else {
                share < -PIVOT
            };
            if self.place[col].is_none() && !fixed && helps {
                open.push((col, self.reduced[col].abs(), share.abs()));
            }
        }
        let mut flips = Vec::new();
        let mut room = room.unwrap_or(0.0);
        while !open.is_empty() {
            let reach = |&(_, cost, share): &(usize, f64, f64)| (cost + SLACK) / share;
            let nearest = open.iter().map(reach).fold(f64::INFINITY, f64::min);
            let (near, far): (Vec<_>, Vec<_>) = open
                .into_iter()
                .partition(|&(_, cost, share)| cost / share <= nearest);
            let width =
                |&(col, _, share): &(usize, f64, f64)| share * (self.upper[col] - self.lower[col]);
            let used: f64 = near.iter().map(width).sum();
            if room - used < 0.0 || far.is_empty() {
                let best = near
                    .iter()
                    .max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0)))?;
                return Some(Entering { col: best.0, flips });
            }
            room -= used;
            flips.extend(near.iter().map(|&(col, ..)| col));
            open = far;
        }
        None
    }

    /// Whether row and column of the tableau agree on the pivot.
    pub(super) fn agree(&self, column: &[f64], place: usize, entering: usize) -> Result<(), Stuck> {
        let (one, two) = (column[place], self.row[entering]);
        if one.abs() < PIVOT || (one - two).abs() > 1e-6 * (1.0 + one.abs()) {
            return Err(Stuck::Inexact);
        }
        Ok(())
    }

    fn flip(&mut self, col: usize) {
        let to = !self.at_upper[col];
        let (from, to_value) = (
            self.value[col],
            if to { self.upper[col] } else { self.lower[col] },
        );
        self.at_upper[col] = to;
        self.value[col] = to_value;
        for &(row, coefficient) in self.columns.of(col) {
            self.moved[row] -= coefficient * (to_value - from);
        }
        self.pending = true;
    }

    /// What flips do to the basis.
    fn spread_flips(&mut self) {
        let mut moved = std::mem::take(&mut self.moved);
        self.factor.forward(&mut moved);
        for (&col, by) in self.basis.iter().zip(&mut moved) {
            self.value[col] += *by;
            *by = 0.0;
        }
        self.moved = moved;
        self.pending = false;
    }

    /// Reduced costs after the exchange. One that comes to the wrong side by rounding is moved to 0 with its cost.
    pub(super) fn reprice(&mut self, place: usize, entering: usize) {
        let theta = self.reduced[entering] / self.row[entering];
        for &col in &self.touched {
            if self.place[col].is_some() {
                continue;
            }
            let reduced = self.reduced[col] - theta * self.row[col];
            let wrong = if self.at_upper[col] {
                reduced > 0.0
            } else {
                reduced < 0.0
            };
            let fixed = self.lower[col] == self.upper[col];
            if wrong && !fixed {
                self.cost[col] -= reduced;
                self.reduced[col] = 0.0;
            } else {
                self.reduced[col] = reduced;
            }
        }
        self.reduced[entering] = 0.0;
        self.reduced[self.basis[place]] = -theta;
    }

    /// Steepest-edge weights after the exchange (Forrest and Goldfarb).
    fn reweigh(&mut self, place: usize, column: &[f64], mut rho: Vec<f64>) {
        let weight: f64 = rho.iter().map(|value| value * value).sum();
        self.factor.forward(&mut rho);
        let pivot = column[place];
        for (at, (&share, tau)) in column.iter().zip(rho).enumerate() {
            if share != 0.0 && at != place {
                let ratio = share / pivot;
                let updated = self.weight[at] - 2.0 * ratio * tau + ratio * ratio * weight;
                self.weight[at] = updated.max(LEAST_WEIGHT).max(ratio * ratio);
            }
        }
        self.weight[place] = (weight / (pivot * pivot)).max(LEAST_WEIGHT);
    }
}

/// Why a step was not taken.
pub(super) enum Stuck {
    /// Nothing can bring the row back: multipliers (scaled) that should prove it.
    Impossible(Vec<f64>),
    /// Rounding has grown too large.
    Inexact,
}
