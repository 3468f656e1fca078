//! Floor 2: the only place that names a solver. Solvers are believed by nobody: their answers are candidates that
//! [`crate::program::certificate`] proves or refuses.
//!
//! What a solver sees is the kernel of a program (fixed columns and rows without entries taken out), scaled by powers
//! of two. What it answers is put back, measured on the program as it was asked, and only then said.

mod clarabel;
pub mod cone;
#[cfg(feature = "highs")]
mod highs;
mod interior;
mod judge;
mod kernel;
mod microlp;
mod model;
mod scaling;
pub mod simplex;

use crate::program::Program;
use crate::words::Halt;
use kernel::Kernel;
use scaling::Scaled;

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
    /// Our own interior point method, for large programs.
    Interior,
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
    /// One value a column, within the column's bounds.
    pub values: Vec<f64>,
    /// One multiplier a row, in the signs of [`crate::program::Sense`], when the solver gives them.
    pub multipliers: Option<Vec<f64>>,
    /// The solver's name.
    pub solver: &'static str,
}

/// What a solver says, as far as it could be checked.
#[derive(Clone, PartialEq, Debug)]
pub enum Said {
    /// This is the optimum. The values keep the rows; where there are multipliers, they prove the value to
    /// [`crate::words::tolerance::PROVEN`].
    Optimal(Point),
    /// The values keep the rows, but that no better ones exist is not claimed or not proven.
    Stopped(Point),
    /// No point keeps all rows; with multipliers that prove it, whenever some were found.
    Impossible(Option<Vec<f64>>),
    /// The objective falls without end. With finite bounds on all columns this cannot be true; it is passed on only
    /// to be told apart.
    Unbounded,
    /// The search was halted before it had values that keep the rows; with the multipliers it had come to, if any.
    /// Whatever they are, they bound.
    Halted(Option<Vec<f64>>),
    /// Nothing useful; the solver's own words.
    Undecided(String),
}

/// Bytes that the kernel of a program, its scaled copy and the most frugal solver (ours) take for each entry of its
/// rows. Measured: 298 to 319, from Nigeria's census to a nation of 240,000 schools.
const BYTES_AN_ENTRY: usize = 290;

/// Asks a solver for the optimum of a program.
///
/// The program is checked before a solver sees it, and the answer after. `Auto` asks a second solver when the first
/// has nothing certain to say. The same program, choice and want give the same answer, bit for bit, unless the search is
/// halted: then no further solver is asked, and the best answer so far is given. Where there is certainly no room for
/// any solver, none is asked.
pub fn minimise(program: &Program, choice: SolverChoice, want: Want, halt: &Halt) -> Said {
    if let Err(malformed) = program.check() {
        return Said::Undecided(malformed.to_string());
    }
    let entries: usize = program.rows.iter().map(|row| row.entries.len()).sum();
    if !halt.has_room_for(entries.saturating_mul(BYTES_AN_ENTRY)) {
        return Said::Halted(None);
    }
    let kernel = match Kernel::of(program) {
        Ok(kernel) => kernel,
        Err(proof) => return Said::Impossible(Some(proof)),
    };
    let mut best: Option<(u8, Said)> = None;
    for engine in engines(choice, want, &kernel.program) {
        if halt.asked().is_some() {
            break;
        }
        let raw = kernel.restore(program, run(&kernel.program, engine, halt));
        let said = judge::said(program, raw, engine, halt);
        let worth = judge::worth(&said, want);
        if best.as_ref().is_none_or(|(so_far, _)| worth > *so_far) {
            best = Some((worth, said));
        }
        if worth == judge::SETTLED {
            break;
        }
    }
    best.map_or(Said::Halted(None), |(_, said)| said)
}

/// One of the solvers, decided.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Engine {
    Clarabel,
    Interior,
    Microlp,
    #[cfg(feature = "highs")]
    Highs,
}

impl Engine {
    fn name(self) -> &'static str {
        match self {
            Engine::Clarabel => "Clarabel",
            Engine::Interior => "interior point",
            Engine::Microlp => "microlp",
            #[cfg(feature = "highs")]
            Engine::Highs => "HiGHS",
        }
    }
}

/// A solver's answer before anything was checked.
#[derive(Clone, PartialEq, Debug)]
enum Raw {
    /// A point; multipliers when the solver has them; whether it calls the point the optimum.
    Point {
        values: Vec<f64>,
        multipliers: Option<Vec<f64>>,
        finished: bool,
    },
    /// No point exists; with a Farkas certificate when the solver has one.
    Impossible(Option<Vec<f64>>),
    /// The objective falls without end.
    Unbounded,
    /// An error or a limit, in the solver's words.
    Failed(String),
}

/// The solvers to ask, in order. For `Auto`: a vertex of a small program is microlp's work ([`microlp::is_small`] says
/// why), a large program that of our interior point method, everything else Clarabel's. The others are asked only when the first leaves the question open, so that a
/// build with HiGHS gives the same answers as one without wherever that one has any.
fn engines(choice: SolverChoice, want: Want, kernel: &Program) -> Vec<Engine> {
    let microlp = microlp::is_small(kernel).then_some(Engine::Microlp);
    match choice {
        SolverChoice::Clarabel => vec![Engine::Clarabel],
        SolverChoice::Microlp => vec![Engine::Microlp],
        SolverChoice::Interior => vec![Engine::Interior],
        #[cfg(feature = "highs")]
        SolverChoice::Highs => vec![Engine::Highs],
        SolverChoice::Auto => {
            let own = interior::is_large(kernel).then_some(Engine::Interior);
            let others = [
                Engine::Clarabel,
                #[cfg(feature = "highs")]
                Engine::Highs,
            ];
            let (first, last) = match want {
                Want::Values => (microlp, None),
                Want::Multipliers => (None, microlp),
            };
            first
                .into_iter()
                .chain(own)
                .chain(others)
                .chain(last)
                .collect()
        }
    }
}

/// Runs one solver on a kernel: scaled, and unscaled again.
fn run(kernel: &Program, engine: Engine, halt: &Halt) -> Raw {
    if kernel.rows.is_empty() || kernel.cols.is_empty() {
        return cheapest_corner(kernel);
    }
    let scaled = Scaled::of(kernel);
    if scaled.program.check().is_err() {
        return Raw::Failed("the numbers of the program span too many magnitudes".to_string());
    }
    let raw = match engine {
        Engine::Clarabel => clarabel::run(&scaled.program, halt),
        Engine::Interior => interior::run(&scaled.program, halt),
        Engine::Microlp => microlp::run(&scaled.program, halt),
        #[cfg(feature = "highs")]
        Engine::Highs => highs::run(&scaled.program, halt),
    };
    scaled.restore(raw)
}

/// The optimum of a program without rows: every column at its cheaper bound.
fn cheapest_corner(kernel: &Program) -> Raw {
    let corner = |col: &crate::program::Column| if col.cost < 0.0 { col.upper } else { col.lower };
    Raw::Point {
        values: kernel.cols.iter().map(corner).collect(),
        multipliers: Some(vec![0.0; kernel.rows.len()]),
        finished: true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Sense;

    fn small() -> Program {
        let mut program = Program::default();
        let short = program.add_col(0.0, 6.0, 2.0);
        let buy = program.add_col(0.0, 6.0, 0.0);
        program.add_row(Sense::AtLeast, 6.0, vec![(short, 1.0), (buy, 1.0)]);
        program.add_row(Sense::AtMost, 8.0, vec![(buy, 2.0)]);
        program
    }

    fn solver_of(said: Said) -> &'static str {
        match said {
            Said::Optimal(point) => point.solver,
            other => panic!("no optimum: {other:?}"),
        }
    }

    #[test]
    fn auto_asks_the_simplex_for_vertices_of_small_programs_only() {
        let (small, auto) = (small(), SolverChoice::Auto);
        assert_eq!(
            solver_of(minimise(&small, auto, Want::Values, &Halt::default())),
            "microlp"
        );
        assert_eq!(
            solver_of(minimise(&small, auto, Want::Multipliers, &Halt::default())),
            "Clarabel"
        );
        let mut large = Program::default();
        for _ in 0..2200 {
            let col = large.add_col(0.0, 1.0, 1.0);
            large.add_row(Sense::AtLeast, 0.5, vec![(col, 1.0)]);
        }
        assert_eq!(
            solver_of(minimise(&large, auto, Want::Values, &Halt::default())),
            "Clarabel"
        );
    }

    #[test]
    fn a_false_word_of_any_solver_is_not_passed_on() {
        let program = small();
        let point = |values: [f64; 2], multipliers: Option<[f64; 2]>| Raw::Point {
            values: values.to_vec(),
            multipliers: multipliers.map(|y| y.to_vec()),
            finished: true,
        };
        let halt = Halt::default();
        let said = |raw| judge::said(&program, raw, Engine::Clarabel, &halt);
        // The truth: 4 bought, 2 short, one more of the limit saves 1.
        assert!(matches!(
            said(point([2.0, 4.0], Some([2.0, -1.0]))),
            Said::Optimal(_)
        ));
        // A worse point, bad multipliers, a broken row, no number, "impossible".
        assert!(matches!(
            said(point([3.0, 4.0], Some([2.0, -1.0]))),
            Said::Stopped(_)
        ));
        assert!(matches!(
            said(point([2.0, 4.0], Some([1.0, -1.0]))),
            Said::Stopped(_)
        ));
        assert!(matches!(
            said(point([1.0, 4.0], Some([2.0, -1.0]))),
            Said::Undecided(_)
        ));
        assert!(matches!(
            said(point([f64::NAN, 4.0], None)),
            Said::Undecided(_)
        ));
        assert!(matches!(
            said(Raw::Impossible(Some(vec![2.0, -1.0]))),
            Said::Undecided(_)
        ));
        assert!(matches!(said(Raw::Impossible(None)), Said::Undecided(_)));
        assert_eq!(said(Raw::Unbounded), Said::Unbounded);
    }
}
