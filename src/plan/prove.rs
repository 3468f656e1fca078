//! The optimum of a program with its proof. Solvers propose, the certificate decides.

use crate::program::Program;
use crate::program::certificate::{distance, lower_bound, proves_impossible};
use crate::program::elastic::elastic;
use crate::program::lump::{Lumped, lump};
use crate::solve::{Point, Said, SolverChoice, Want, minimise};
use crate::words::Halt;
use crate::words::tolerance::PROVEN;

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

/// What is known of a program.
#[derive(Clone, Debug)]
pub enum Known {
    /// A point and how far it is proven best.
    Point(Proof),
    /// No point keeps all rows; the multipliers prove it.
    Impossible(Vec<f64>),
    /// The objective falls without end.
    Unbounded,
    /// The search was halted before it had a point; the multipliers it had, if any, in the rows of the program that
    /// was asked for.
    Halted(Option<Vec<f64>>),
    /// Neither; the last solver's own words.
    Undecided(String),
}

/// A program, and the same with equal needs lumped.
#[derive(Clone, Debug)]
pub struct Posed<'a> {
    /// The program as formulated: proofs are checked on it.
    pub reference: &'a Program,
    /// What the solvers see; `None` to show them the reference itself.
    pub lumped: Option<Lumped>,
}

impl<'a> Posed<'a> {
    /// Lumps a program, unless it is to be left as it is.
    pub fn new(reference: &'a Program, unlumped: bool) -> Posed<'a> {
        Posed {
            reference,
            lumped: (!unlumped).then(|| lump(reference)),
        }
    }

    /// What the solvers see.
    pub fn shown(&self) -> &Program {
        self.lumped
            .as_ref()
            .map_or(self.reference, |lumped| &lumped.program)
    }

    /// Values of the shown program as values of the reference.
    pub fn values(&self, shown: &[f64]) -> Vec<f64> {
        self.lumped
            .as_ref()
            .map_or_else(|| shown.to_vec(), |lumped| lumped.expand(shown))
    }

    fn multipliers(&self, shown: &[f64]) -> Vec<f64> {
        self.lumped
            .as_ref()
            .map_or_else(|| shown.to_vec(), |lumped| lumped.expand_multipliers(shown))
    }

    fn proof(&self, point: Point, solver: &'static str, multipliers: &[f64]) -> Proof {
        let values = self.values(&point.values);
        let multipliers = self.multipliers(multipliers);
        let bound = lower_bound(self.reference, &multipliers);
        Proof {
            objective: self.reference.objective(&values),
            values,
            multipliers,
            bound,
            solver,
        }
    }
}

/// The optimum of a program and its proof. A solver whose point is not proven is not asked twice: the next one
/// solves from cold, and the best proof found is returned. Once halted, no further solver is asked.
pub fn optimum(posed: &Posed, choice: SolverChoice, halt: &Halt) -> Known {
    let mut best: Option<Proof> = None;
    let mut last_words = String::new();
    let mut halted_at: Option<Vec<f64>> = None;
    for solver in order(choice) {
        if halt.asked().is_some() {
            return best.map_or(Known::Halted(halted_at), Known::Point);
        }
        match minimise(posed.shown(), solver, Want::Multipliers, halt) {
            Said::Optimal(point) | Said::Stopped(point) => {
                let (multipliers, solver) = match (&point.multipliers, point.solver) {
                    (Some(multipliers), solver) => (multipliers.clone(), solver),
                    (None, solver) => (borrowed_multipliers(posed.shown(), halt), solver),
                };
                let proof = posed.proof(point, solver, &multipliers);
                if proof.distance() <= PROVEN {
                    return Known::Point(proof);
                }
                if best
                    .as_ref()
                    .is_none_or(|best| proof.distance() < best.distance())
                {
                    best = Some(proof);
                }
            }
            Said::Impossible(multipliers) => {
                let claimed = multipliers.map(|shown| posed.multipliers(&shown));
                let proof = claimed
                    .filter(|multipliers| proves_impossible(posed.reference, multipliers))
                    .or_else(|| prove_impossible(posed, halt));
                match proof {
                    Some(multipliers) => return Known::Impossible(multipliers),
                    None => last_words = "infeasible, without a proof".to_string(),
                }
            }
            Said::Unbounded => return Known::Unbounded,
            Said::Halted(multipliers) => {
                halted_at = multipliers.map(|shown| posed.multipliers(&shown));
            }
            Said::Undecided(words) => last_words = words,
        }
    }
    match best {
        Some(proof) => Known::Point(proof),
        None if halt.asked().is_some() => Known::Halted(halted_at),
        None => Known::Undecided(last_words),
    }
}

/// The solvers to ask, first the chosen one.
fn order(choice: SolverChoice) -> Vec<SolverChoice> {
    let mut order = vec![choice];
    let others = [
        SolverChoice::Clarabel,
        #[cfg(feature = "highs")]
        SolverChoice::Highs,
        SolverChoice::Microlp,
    ];
    order.extend(others.into_iter().filter(|other| *other != choice));
    order
}

/// Multipliers for a point of a solver that gives none. Any multipliers bound; the interior point's are good ones.
fn borrowed_multipliers(program: &Program, halt: &Halt) -> Vec<f64> {
    match minimise(program, SolverChoice::Clarabel, Want::Multipliers, halt) {
        Said::Optimal(Point {
            multipliers: Some(multipliers),
            ..
        })
        | Said::Stopped(Point {
            multipliers: Some(multipliers),
            ..
        })
        | Said::Halted(Some(multipliers)) => multipliers,
        _ => vec![0.0; program.rows.len()],
    }
}

/// The least sum of violations is positive and its multipliers prove it: so no point keeps all rows.
fn prove_impossible(posed: &Posed, halt: &Halt) -> Option<Vec<f64>> {
    let elastic = elastic(posed.shown());
    let point = match minimise(&elastic, SolverChoice::Clarabel, Want::Multipliers, halt) {
        Said::Optimal(point) | Said::Stopped(point) => point,
        _ => return None,
    };
    let multipliers = posed.multipliers(&point.multipliers?);
    proves_impossible(posed.reference, &multipliers).then_some(multipliers)
}
