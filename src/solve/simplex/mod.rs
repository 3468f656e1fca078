//! A program that is solved again and again: a simplex that keeps its basis.
//!
//! All columns have finite bounds, and the slack of a row has them too (its activity's range). So every basis can be
//! made dual feasible by putting what is not in it at its better bound, and the dual simplex goes on from wherever it
//! stands when right-hand sides, bounds or costs change. It gives multipliers with each point, as the certificate wants
//! them, and can be walked along a direction of the right-hand sides from breakpoint to breakpoint.
//!
//! No library does that in pure Rust: microlp keeps no multipliers, Clarabel no basis. What can be had is used: the
//! factors are rsparse's, and the first basis comes from the point of whichever solver was first.

mod crash;
mod dual;
mod factor;
mod matrix;
mod walk;

pub use walk::Piece;

use super::Point;
use super::scaling::Scaled;
use crate::program::{Program, Sense};
use factor::{Factor, Singular};
use matrix::Columns;

/// The solver's name.
const NAME: &str = "simplex";
/// By how much a basic value may pass its bound, relative to the larger of the bound and 1 (scaled program).
const FEASIBLE: f64 = 1e-9;
/// A reduced cost (scaled program) that may be of the wrong sign by rounding.
const ROUNDED: f64 = 1e-10;
/// The least pivot.
const PIVOT: f64 = 1e-7;
/// Exchanges after which the basis is factorised anew.
const OLD: usize = 60;
/// Costs are moved by this (scaled program) so that no two of them tie; the bound suffers less than a tenth of
/// [`crate::words::tolerance::PROVEN`] from it.
const APART: f64 = 2e-9;

/// How a search ended.
#[derive(Clone, PartialEq, Debug)]
pub enum End {
    /// At the optimum.
    Optimal,
    /// No point keeps all rows; with multipliers that should prove it.
    Impossible(Vec<f64>),
    /// Nowhere: halted, or numerically at a loss.
    Lost,
}

/// A program and where the simplex stands on it.
#[derive(Clone)]
pub struct Simplex {
    scaled: Scaled,
    columns: Columns,
    /// Bounds, costs (moved apart), values and reduced costs of the columns and then of the slacks.
    lower: Vec<f64>,
    upper: Vec<f64>,
    cost: Vec<f64>,
    value: Vec<f64>,
    reduced: Vec<f64>,
    /// Whether what is not in the basis stands at its upper bound.
    at_upper: Vec<bool>,
    /// The column in each place of the basis, and the place of each column in it.
    basis: Vec<usize>,
    place: Vec<Option<usize>>,
    /// Steepest-edge weights by place.
    weight: Vec<f64>,
    factor: Factor,
    /// Room for a row of the tableau, and which of it are in use.
    row: Vec<f64>,
    touched: Vec<usize>,
    /// What columns that went over to their other bound moved, by row, and whether anything did.
    moved: Vec<f64>,
    pending: bool,
}

impl Simplex {
    /// Loads a checked program and goes over to a basis near a point of another solver. `None` when that cannot be
    /// done with these numbers.
    pub fn at(program: &Program, point: &Point) -> Option<Simplex> {
        let mut simplex = Simplex::load(program)?;
        simplex.crash(point).ok()?;
        Some(simplex)
    }

    /// A loaded program with the slacks in the basis.
    fn load(program: &Program) -> Option<Simplex> {
        let scaled = Scaled::of(program);
        scaled.program.check().ok()?;
        let columns = Columns::of_program(&scaled.program);
        let (cols, rows) = (program.cols.len(), program.rows.len());
        let basis: Vec<usize> = (cols..cols + rows).collect();
        let factor = Factor::of(&columns, &basis).ok()?;
        let mut simplex = Simplex {
            lower: scaled.program.cols.iter().map(|col| col.lower).collect(),
            upper: scaled.program.cols.iter().map(|col| col.upper).collect(),
            cost: Vec::new(),
            value: vec![0.0; cols + rows],
            reduced: vec![0.0; cols + rows],
            at_upper: vec![false; cols + rows],
            place: (0..cols + rows).map(|at| at.checked_sub(cols)).collect(),
            weight: vec![1.0; rows],
            row: vec![0.0; cols + rows],
            touched: Vec::new(),
            moved: vec![0.0; rows],
            pending: false,
            basis,
            columns,
            factor,
            scaled,
        };
        for at in 0..rows {
            let (lower, upper) = simplex.slack_range(at);
            simplex.lower.push(lower);
            simplex.upper.push(upper);
        }
        simplex.restore_costs();
        Some(simplex)
    }

    /// The costs, moved apart; undoes what rounding has moved since.
    fn restore_costs(&mut self) {
        let costs = self.scaled.program.cols.iter().enumerate();
        self.cost = costs
            .map(|(at, col)| col.cost + APART * apart(at))
            .collect();
        self.cost.resize(self.columns.len(), 0.0);
    }

    /// The bounds of a row's slack, minus its activity. The far one lies beyond what the row can come to, so that no
    /// optimum rests on it: it would give the row a multiplier of the wrong sign.
    fn slack_range(&self, at: usize) -> (f64, f64) {
        let row = &self.scaled.program.rows[at];
        let (least, most) = row.activity_range(&self.scaled.program.cols);
        let (least, most) = (least - beyond(least), most + beyond(most));
        match row.sense {
            Sense::AtLeast => (-most.max(row.rhs), -row.rhs),
            Sense::AtMost => (-row.rhs, -least.min(row.rhs)),
            Sense::Equal => (-row.rhs, -row.rhs),
        }
    }

    /// Changes the right-hand side of a row.
    pub fn set_rhs(&mut self, at: usize, rhs: f64) {
        self.scaled.set_rhs(at, rhs);
        let slack = self.scaled.program.cols.len() + at;
        (self.lower[slack], self.upper[slack]) = self.slack_range(at);
    }

    /// Changes the upper bound of a column.
    pub fn set_upper(&mut self, at: usize, upper: f64) {
        self.scaled.set_upper(at, upper);
        self.upper[at] = self.scaled.program.cols[at].upper;
        for &(row, _) in self.columns.of(at) {
            let slack = self.scaled.program.cols.len() + row;
            (self.lower[slack], self.upper[slack]) = self.slack_range(row);
        }
    }

    /// Changes the cost of a column.
    pub fn set_cost(&mut self, at: usize, cost: f64) {
        self.scaled.set_cost(at, cost);
    }

    /// Where it stands, in the numbers of the program that was loaded.
    pub fn point(&mut self) -> Point {
        let cols = self.scaled.program.cols.len();
        let multipliers = self.multipliers();
        Point {
            values: self.scaled.values(&self.value[..cols]),
            multipliers: Some(self.scaled.multipliers(&multipliers)),
            solver: NAME,
        }
    }

    /// The multipliers of the basis at the costs as they are.
    fn multipliers(&mut self) -> Vec<f64> {
        let program = &self.scaled.program;
        let cost = |&col: &usize| program.cols.get(col).map_or(0.0, |col| col.cost);
        let mut y: Vec<f64> = self.basis.iter().map(cost).collect();
        self.factor.backward(&mut y);
        y
    }

    /// Factorises anew and works out values and reduced costs from nothing.
    fn refresh(&mut self) -> Result<(), Singular> {
        self.factor = Factor::of(&self.columns, &self.basis)?;
        let mut y: Vec<f64> = self.basis.iter().map(|&col| self.cost[col]).collect();
        self.factor.backward(&mut y);
        for col in 0..self.columns.len() {
            self.reduced[col] = match self.place[col] {
                Some(_) => 0.0,
                None => self.cost[col] - self.columns.times(col, &y),
            };
            // What is on the wrong side by rounding only is moved with its cost.
            let reduced = self.reduced[col];
            if reduced != 0.0 && reduced.abs() <= ROUNDED && self.at_upper[col] == (reduced > 0.0) {
                self.cost[col] -= reduced;
                self.reduced[col] = 0.0;
            }
        }
        self.settle();
        Ok(())
    }

    /// Puts what is not in the basis at its better bound, and works out what is.
    fn settle(&mut self) {
        let mut activity = vec![0.0; self.basis.len()];
        for col in 0..self.columns.len() {
            if self.place[col].is_some() {
                continue;
            }
            if self.reduced[col] != 0.0 {
                self.at_upper[col] = self.reduced[col] < 0.0;
            }
            self.value[col] = match self.at_upper[col] {
                true => self.upper[col],
                false => self.lower[col],
            };
            if self.value[col] != 0.0 {
                for &(row, coefficient) in self.columns.of(col) {
                    activity[row] -= coefficient * self.value[col];
                }
            }
        }
        self.factor.forward(&mut activity);
        for (&col, value) in self.basis.iter().zip(activity) {
            self.value[col] = value;
        }
    }

    /// A column in terms of the basis.
    fn in_basis(&mut self, col: usize) -> Vec<f64> {
        let mut column = vec![0.0; self.basis.len()];
        for &(row, coefficient) in self.columns.of(col) {
            column[row] = coefficient;
        }
        self.factor.forward(&mut column);
        column
    }

    /// Puts `entering`, which is `column` in terms of the basis, in a place of it; the one that was there is left at the
    /// bound said.
    fn exchange(&mut self, place: usize, entering: usize, column: &[f64], at_upper: bool) {
        let leaving = std::mem::replace(&mut self.basis[place], entering);
        self.place[leaving] = None;
        self.place[entering] = Some(place);
        self.at_upper[leaving] = at_upper;
        self.factor.exchange(place, column);
    }
}

/// How far beyond the end of a row's range its slack may go.
fn beyond(end: f64) -> f64 {
    1.0 + end.abs() / 16.0
}

/// A number from ½ to 1½ for each column, in no order.
fn apart(at: usize) -> f64 {
    let mixed = (at as u64 + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    0.5 + (mixed >> 11) as f64 / (1u64 << 53) as f64
}
