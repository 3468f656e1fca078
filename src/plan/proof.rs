//! A point and what proves it.

use crate::program::Program;
use crate::program::certificate::{distance, lower_bound};

/// A point with its proof, in the rows and columns of the program that was asked for.
#[derive(Clone, Debug)]
pub struct Proof {
    /// One value a column.
    pub values: Vec<f64>,
    /// One multiplier a row.
    pub multipliers: Vec<f64>,
    /// The objective at the values.
    pub objective: f64,
    /// What no feasible point goes below.
    pub bound: f64,
    /// The solver that proposed them.
    pub solver: &'static str,
}

/// The name in place of a solver's where none came to anything.
pub const NOBODY: &str = "none";

impl Proof {
    /// What is known when the search was halted before it had a point: to do nothing, which may break rows, and a bound.
    pub fn of_nothing(program: &Program, multipliers: Option<Vec<f64>>) -> Proof {
        let nothing = vec![0.0; program.rows.len()];
        let bound = lower_bound(program, &nothing);
        let (multipliers, bound) = multipliers
            .map(|multipliers| (lower_bound(program, &multipliers), multipliers))
            .filter(|(other, _)| *other > bound)
            .map_or((nothing, bound), |(bound, multipliers)| {
                (multipliers, bound)
            });
        Proof {
            values: program.cols.iter().map(|col| col.lower).collect(),
            multipliers,
            objective: f64::INFINITY,
            bound,
            solver: NOBODY,
        }
    }

    /// Relative distance of objective and bound. A point that is better than the bound breaks a row by a little, so
    /// its sign is no comfort.
    pub fn distance(&self) -> f64 {
        distance(self.objective, self.bound).abs()
    }
}
