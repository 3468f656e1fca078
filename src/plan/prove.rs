//! The optimum of a program with its proof. Solvers propose, the certificate decides.

use super::answer::Verdict;
use super::posed::Posed;
use super::proof::Proof;
use crate::program::Program;
use crate::program::certificate::proves_impossible;
use crate::program::elastic::elastic;
use crate::solve::simplex::{End, Simplex};
use crate::solve::{Point, Said, SolverChoice, Want, minimise};
use crate::words::Halt;
use crate::words::tolerance::PROVEN;

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

impl Known {
    /// What may be said of a case of whose program this is known, before its rules have been named.
    pub fn verdict(&self) -> Verdict {
        match self {
            Known::Point(proof) if proof.distance() <= PROVEN => Verdict::Optimal,
            Known::Point(proof) => Verdict::Stopped {
                distance: proof.distance(),
            },
            Known::Impossible(_) => Verdict::Impossible { rules: Vec::new() },
            Known::Unbounded => Verdict::Unbounded,
            Known::Halted(_) => Verdict::NotBegun,
            Known::Undecided(words) => Verdict::Undecided {
                why: (
                    format!("求解器没有给出可以证明的结果({words})"),
                    format!("no solver gave a provable result ({words})"),
                ),
            },
        }
    }
}

/// The optimum of a program and its proof. A solver whose point is not proven is not asked twice about the same: first
/// it is shown more of what was blended, then every need by itself, then the next one solves from cold; the best proof
/// found is returned. Once halted, no further question is asked.
pub fn optimum(posed: &mut Posed, choice: SolverChoice, halt: &Halt) -> Known {
    let mut known = Best::default();
    for solver in order(choice) {
        for round in 0.. {
            if halt.asked().is_some() {
                return known.best(halt);
            }
            let said = minimise(posed.shown(), solver, Want::Multipliers, halt);
            let (Said::Optimal(point) | Said::Stopped(point)) = said else {
                if let Some(settled) = known.no_point(posed, said, halt) {
                    return settled;
                }
                if posed.unblend() {
                    continue;
                }
                break;
            };
            let multipliers = match &point.multipliers {
                Some(multipliers) => multipliers.clone(),
                None => borrowed_multipliers(posed.shown(), halt),
            };
            let proof = posed.proof(&point, point.solver, &multipliers);
            let more = proof.distance() > PROVEN
                && ((round < REFINEMENTS && posed.refine(&point.values, &multipliers))
                    || posed.unblend());
            let proven = proof.distance() <= PROVEN;
            known.point(proof);
            if !more {
                if !proven && let Some(proof) = at_a_corner(posed, &point, halt) {
                    known.point(proof);
                }
                break;
            }
        }
        if known.is_proven() {
            break;
        }
    }
    known.best(halt)
}

/// Rows up to which a corner is looked for.
const SMALL: usize = 12_000;

/// Where a solver's multipliers do not prove its point, as where nearly everything is kept and hardly anything is left to
/// decide: a corner near it, and the multipliers that the simplex has there.
fn at_a_corner(posed: &Posed, point: &Point, halt: &Halt) -> Option<Proof> {
    if posed.shown().rows.len() > SMALL {
        return None;
    }
    let mut simplex = Simplex::at(posed.shown(), point)?;
    if simplex.optimise(halt) != End::Optimal {
        return None;
    }
    let corner = simplex.point();
    let multipliers = corner.multipliers.clone()?;
    Some(posed.proof(&corner, corner.solver, &multipliers))
}

/// How often one solver is shown more of what was blended before it is shown everything.
const REFINEMENTS: usize = 8;

/// The best that is known so far.
#[derive(Default)]
struct Best {
    proof: Option<Proof>,
    halted_at: Option<Vec<f64>>,
    last_words: String,
    unbounded: bool,
}

impl Best {
    fn point(&mut self, proof: Proof) {
        let better = |best: &Proof| proof.distance() < best.distance();
        if self.proof.as_ref().is_none_or(better) {
            self.proof = Some(proof);
        }
    }

    fn is_proven(&self) -> bool {
        self.proof
            .as_ref()
            .is_some_and(|proof| proof.distance() <= PROVEN)
    }

    /// Takes an answer without a point; what it settles, if anything.
    fn no_point(&mut self, posed: &Posed, said: Said, halt: &Halt) -> Option<Known> {
        match said {
            Said::Impossible(multipliers) => {
                let claimed = multipliers.map(|shown| posed.multipliers(&shown));
                let proof = claimed
                    .filter(|multipliers| proves_impossible(posed.reference, multipliers))
                    .or_else(|| prove_impossible(posed, halt));
                if proof.is_none() {
                    self.last_words = "infeasible, without a proof".to_string();
                }
                proof.map(Known::Impossible)
            }
            // With finite bounds on all columns that is never true; another solver may know better.
            Said::Unbounded => {
                self.unbounded = true;
                None
            }
            Said::Halted(multipliers) => {
                self.halted_at = multipliers.map(|shown| posed.multipliers(&shown));
                None
            }
            Said::Undecided(words) => {
                self.last_words = words;
                None
            }
            Said::Optimal(_) | Said::Stopped(_) => None,
        }
    }

    fn best(self, halt: &Halt) -> Known {
        match self.proof {
            Some(proof) => Known::Point(proof),
            None if halt.asked().is_some() => Known::Halted(self.halted_at),
            None if self.unbounded && self.last_words.is_empty() => Known::Unbounded,
            None => Known::Undecided(self.last_words),
        }
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
