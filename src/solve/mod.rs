//! Floor 2: the only place that names a solver. Solvers are believed by nobody: their answers are candidates that
//! [`crate::program::certificate`] proves or refuses.

use crate::program::Program;

/// Which solver to use.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, clap::ValueEnum)]
pub enum SolverChoice {
    /// The best for the program's size and for what is wanted.
    #[default]
    Auto,
    /// Clarabel (interior point, pure Rust).
    Clarabel,
    /// microlp (simplex, pure Rust; gives no multipliers).
    Microlp,
    /// HiGHS (needs the `highs` feature).
    #[cfg(feature = "highs")]
    Highs,
}

/// What the caller needs from a solve.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Want {
    /// Multipliers of the rows, for the bound; the values may lie inside the optimal face.
    Multipliers,
    /// Values, at a vertex where the solver has one; multipliers if they come along.
    Values,
}

/// A candidate for the optimum.
#[derive(Clone, PartialEq, Debug)]
pub struct Point {
    /// One value a column.
    pub values: Vec<f64>,
    /// One multiplier a row, in the signs of [`crate::program::Sense`], when the solver gives them.
    pub multipliers: Option<Vec<f64>>,
    /// The solver's name.
    pub solver: &'static str,
}

/// What a solver says.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// This is the optimum.
    Optimal(Point),
    /// It stopped at this point before it was sure.
    Stopped(Point),
    /// No point keeps all rows; with multipliers that may prove it, when the solver gives them.
    Impossible(Option<Vec<f64>>),
    /// The objective falls without end.
    Unbounded,
    /// Nothing useful; the solver's own words.
    Undecided(String),
}

/// Asks a solver for the optimum of a program.
pub fn minimise(_program: &Program, _choice: SolverChoice, _want: Want) -> Said {
    Said::Undecided("not built yet".to_string())
}
