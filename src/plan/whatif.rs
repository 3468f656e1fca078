//! A case kept ready to be asked what if: its program is built once, and asked again with other money.
//!
//! Answers here are the continuous optimum with its proof, gap and prices. Plans for files come from
//! [`super::solve`] alone.

use super::answer::Options;
use super::fair::fair;
use super::posed::Posed;
use super::proof::Proof;
use super::prove::{Known, optimum};
use crate::case::Case;
use crate::formulate::{Formulated, Moneyed};
use crate::program::Program;
use crate::program::certificate::{lower_bound, proves_impossible};
use crate::program::lump::{Lumped, lump};
use crate::solve::Point;
use crate::solve::simplex::{End, Piece, Simplex};
use crate::words::Halt;
use crate::words::tolerance::PROVEN;

/// Rows of the lumped program above which a cold solve is no slower than a hot one.
const HOT: usize = 12_000;

/// A case kept ready.
#[derive(Clone)]
pub struct WhatIf {
    /// The case as it was formulated. Questions may differ from it in the money of the funds.
    pub case: Case,
    /// Its program, with the money last asked for.
    pub form: Formulated,
    lumped: Lumped,
    hot: Option<Simplex>,
    options: Options,
    /// How many questions were answered hot, and how many from cold.
    pub answered: [usize; 2],
}

/// The optimum of a case of which only one question is asked.
pub fn once(case: &Case, options: &Options) -> (Formulated, Known) {
    let fair = fair(case, &[], options);
    let mut posed = Posed::new(&fair.form.program, options.unlumped);
    let known = fair.optimum(&mut posed, options);
    drop(posed);
    (fair.form, known)
}

/// How the optimum changes between two amounts of money, from t = 0 (the one) to t = 1 (the other).
#[derive(Clone, Debug)]
pub struct Course {
    /// Its straight pieces in order. Objectives are gap indices without the fixed part; columns are lumped.
    pub pieces: Vec<Piece>,
    /// Where no plan is possible any more, if the way does not lead to its end.
    pub impossible_beyond: Option<f64>,
}

impl Course {
    fn walked(
        hot: &mut Simplex,
        rates: &[(usize, f64)],
        more: &mut dyn FnMut(&Piece) -> bool,
        halt: &Halt,
    ) -> Option<Course> {
        let (pieces, whole) = hot.walk(rates, 1.0, more, halt)?;
        let end = pieces.last().map_or(0.0, |piece| piece.to);
        Some(Course {
            pieces,
            impossible_beyond: (!whole).then_some(end),
        })
    }
}

impl WhatIf {
    /// Formulates and solves a case, and keeps it ready.
    pub fn new(case: &Case, options: &Options) -> (WhatIf, Known) {
        let (form, known) = once(case, options);
        let lumped = lump(&form.program);
        let mut ready = WhatIf {
            case: case.clone(),
            lumped,
            form,
            hot: None,
            options: options.clone(),
            answered: [0, 0],
        };
        if ready.lumped.program.rows.len() <= HOT {
            ready.warm(&known);
        }
        (ready, known)
    }

    /// Gets the simplex to where another solver has come, if anywhere.
    fn warm(&mut self, known: &Known) {
        let Known::Point(proof) = known else { return };
        let point = Point {
            values: self.lumped.collect(&proof.values),
            multipliers: None,
            solver: proof.solver,
        };
        self.hot = Simplex::at(&self.lumped.program, &point);
    }

    /// From now on questions stop as this says.
    pub fn heed(&mut self, halt: Halt) {
        self.options.halt = halt;
    }

    /// The gap index of values of the program, with the part no measure can touch.
    pub fn gap(&self, objective: f64) -> f64 {
        objective + self.form.untouched()
    }

    /// The optimum of a case that differs in nothing but the money of its funds. Hot, where that comes to a proof; else
    /// from cold.
    pub fn ask(&mut self, case: &Case) -> Known {
        let moneyed = self.form.moneyed(case);
        self.take(&moneyed);
        if let Some(known) = self.ask_hot() {
            self.answered[0] += 1;
            return known;
        }
        self.answered[1] += 1;
        let mut posed = Posed::new(&self.form.program, self.options.unlumped);
        let known = optimum(&mut posed, self.options.solver, &self.options.halt);
        if self.hot.is_some() {
            self.warm(&known);
        }
        known
    }

    fn take(&mut self, moneyed: &Moneyed) {
        for &(row, rhs) in &moneyed.rhs {
            self.form.program.rows[row].rhs = rhs;
            let lumped = self.lumped.row(row);
            self.lumped.program.rows[lumped].rhs = rhs;
            if let Some(hot) = &mut self.hot {
                hot.set_rhs(lumped, rhs);
            }
        }
        for &(col, upper) in &moneyed.upper {
            let lumped = self.lumped.col(col);
            let changes = self.form.program.cols[col].upper != upper;
            self.form.program.cols[col].upper = upper;
            self.lumped.program.cols[lumped].upper = upper;
            if let Some(hot) = self.hot.as_mut().filter(|_| changes) {
                hot.set_upper(lumped, upper);
            }
        }
    }

    fn ask_hot(&mut self) -> Option<Known> {
        let hot = self.hot.as_mut()?;
        prove_hot(hot, &self.lumped, &self.form.program, &self.options.halt)
    }

    /// The course of the optimum from one amount of money to another. `None` where it could not be followed: the program
    /// is too large to be kept hot, no plan is possible at the start, or the search was halted.
    pub fn course(&mut self, from: &Case, to: &Case) -> Option<Course> {
        let (one, two) = (self.form.moneyed(from), self.form.moneyed(to));
        let wider = one.upper.iter().zip(&two.upper);
        let upper = wider.map(|(&(col, a), &(_, b))| (col, a.max(b))).collect();
        self.take(&Moneyed {
            rhs: one.rhs.clone(),
            upper,
        });
        let hot = self.hot.as_mut()?;
        if hot.optimise(&self.options.halt) != End::Optimal {
            return None;
        }
        let rates: Vec<(usize, f64)> = one
            .rhs
            .iter()
            .zip(&two.rhs)
            .filter(|(a, b)| a.1 != b.1)
            .map(|(&(row, a), &(_, b))| (self.lumped.row(row), b - a))
            .collect();
        Course::walked(hot, &rates, &mut |_| true, &self.options.halt)
    }

    /// The course of the optimum when right-hand sides change at these rates (rows of the case's program), from where
    /// the money last asked for has put them, up to t = 1 or as long as `more` wants more. What is kept stays where it
    /// is. `None` as for [`WhatIf::course`].
    pub fn aside(
        &self,
        rates: &[(usize, f64)],
        more: &mut dyn FnMut(&Piece) -> bool,
    ) -> Option<Course> {
        let mut hot = self.hot.clone()?;
        let rates = rates
            .iter()
            .map(|&(row, rate)| (self.lumped.row(row), rate));
        Course::walked(
            &mut hot,
            &rates.collect::<Vec<_>>(),
            more,
            &self.options.halt,
        )
    }

    /// The optimum of the case's program with other right-hand sides, when it is proven on that program. What is kept stays
    /// where it is.
    pub fn proven(&self, changed: &Program) -> Option<f64> {
        let mut hot = self.hot.clone()?;
        for (at, (row, kept)) in changed.rows.iter().zip(&self.form.program.rows).enumerate() {
            if row.rhs != kept.rhs {
                hot.set_rhs(self.lumped.row(at), row.rhs);
            }
        }
        match prove_hot(&mut hot, &self.lumped, changed, &self.options.halt)? {
            Known::Point(proof) => Some(proof.objective),
            _ => None,
        }
    }

    /// For each column of the lumped program the columns of the case's program that it stands for.
    pub fn members(&self) -> Vec<Vec<usize>> {
        let mut members = vec![Vec::new(); self.lumped.program.cols.len()];
        for col in 0..self.form.cols.len() {
            members[self.lumped.col(col)].push(col);
        }
        members
    }
}

/// What the simplex comes to, when that proves something about the program itself.
fn prove_hot(hot: &mut Simplex, lumped: &Lumped, program: &Program, halt: &Halt) -> Option<Known> {
    match hot.optimise(halt) {
        End::Optimal => {
            let point = hot.point();
            let values = lumped.expand(&point.values);
            let multipliers = lumped.expand_multipliers(&point.multipliers?);
            let proof = Proof {
                objective: program.objective(&values),
                bound: lower_bound(program, &multipliers),
                values,
                multipliers,
                solver: point.solver,
            };
            (proof.distance() <= PROVEN).then_some(Known::Point(proof))
        }
        End::Impossible(multipliers) => {
            let multipliers = lumped.expand_multipliers(&multipliers);
            proves_impossible(program, &multipliers).then_some(Known::Impossible(multipliers))
        }
        End::Lost => None,
    }
}
