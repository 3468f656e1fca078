//! The program of a case, asked another question: not the smallest gap, but what is wished for within a gap.

use super::reference::Reference;
use crate::formulate::ColKey;
use crate::plan::posed::Posed;
use crate::plan::prove::{Known, optimum};
use crate::plan::steps::InSteps;
use crate::program::{Program, Sense};
use crate::solve::{Point, Said, SolverChoice, Want, minimise};
use crate::words::Halt;

/// Room that a limit on the gap is given beyond itself, relative: what a proof forgives. Without it the limit at the
/// optimum would leave nothing inside for a solver to walk in.
const ROOM: f64 = 1e-7;

/// What breaks ties of a wish: the gap, and then money, dearer where a school has more of its standard already, so
/// that the weakest come first. As shares of the wish.
const GAP_WEIGHT: f64 = 1e-3;
const MONEY_WEIGHT: f64 = 1e-5;

/// A program with more rows and columns than the case has; the case's columns come first.
#[derive(Clone)]
pub struct Asked<'a> {
    reference: &'a Reference<'a>,
    /// The program; its costs are what is wished for.
    pub program: Program,
}

impl<'a> Asked<'a> {
    /// The rules of the case alone, with nothing wished for.
    pub fn of(reference: &'a Reference) -> Asked<'a> {
        let nothing = vec![0.0; reference.form.cols.len()];
        Asked {
            reference,
            program: reference.form.program.with_costs(&nothing),
        }
    }

    /// The columns of the case, with what each decides.
    pub fn cols(&self) -> impl Iterator<Item = (usize, &'a ColKey)> + use<'a> {
        self.reference.form.cols.iter().enumerate()
    }

    /// No larger gap index than this.
    pub fn gap_at_most(&mut self, gap: f64) {
        let limit = gap.max(self.reference.smallest);
        let room = ROOM * self.reference.bound.abs().max(1.0);
        let costs = self.reference.form.program.cols.iter().enumerate();
        let entries = costs.map(|(at, col)| (at, col.cost)).collect();
        let rhs = limit + room - self.reference.form.untouched();
        self.program.add_row(Sense::AtMost, rhs, entries);
    }

    /// At least this share of the money elsewhere than in the reference, of the larger of both plans' money.
    ///
    /// What goes elsewhere is Σ max(0, x − r) over places, which no linear row can demand. But for whatever places are
    /// counted, Σ over them of (x − r) is no more than that: to demand it of these is enough.
    pub fn moves(&mut self, counted: &Counted, share: f64) {
        let all: Vec<(usize, f64)> = self
            .cols()
            .map(|(at, key)| (at, self.reference.price(key)))
            .collect();
        let moved = counted.entries(self.reference);
        let before = counted.before(self.reference);
        let least = share * self.reference.figures.money.main();
        self.program
            .add_row(Sense::AtLeast, least + before, moved.clone());
        let rest = all.iter().map(|&(at, price)| (at, -share * price));
        let entries = moved.into_iter().chain(rest).collect();
        self.program.add_row(Sense::AtLeast, before, entries);
    }

    /// Wishes for less of something: costs by column, counted in units of `scale`; ties go to the smaller gap, then to
    /// less money and the weakest schools.
    pub fn wish(&mut self, costs: &[(usize, f64)], scale: f64) {
        for col in &mut self.program.cols {
            col.cost = 0.0;
        }
        self.break_ties();
        for &(at, cost) in costs {
            self.program.cols[at].cost += cost / scale;
        }
    }

    /// Wishes for the smallest gap, in units of the bound.
    pub fn wish_gap(&mut self) {
        let scale = self.reference.bound.abs().max(f64::MIN_POSITIVE);
        let gaps = self.reference.form.program.cols.iter().enumerate();
        let gaps: Vec<(usize, f64)> = gaps.map(|(at, col)| (at, col.cost)).collect();
        self.wish(&gaps, scale);
    }

    fn break_ties(&mut self) {
        let gap = self.reference.bound.abs().max(f64::MIN_POSITIVE);
        let money = self.reference.figures.money.main().max(1.0);
        for (at, key) in self.cols() {
            let own = &self.reference.form.program.cols[at];
            self.program.cols[at].cost = GAP_WEIGHT * own.cost / gap
                + MONEY_WEIGHT * self.reference.price(key) * (1.0 + self.attained(key)) / money;
        }
    }

    /// How much of its standard a school has, of what a column brings, in the first plan year; between 0 and 1.
    pub(super) fn attained(&self, key: &ColKey) -> f64 {
        let case = self.reference.case;
        let ColKey::Supply {
            school, measure, ..
        } = *key
        else {
            return 0.0;
        };
        let resource = case.measures[measure].resource;
        let first = crate::words::YearIx::new(0);
        let required = case.required(school, resource, first).unwrap_or(0.0);
        let stock = case.schools[school].stock[resource.at()].unwrap_or(0.0);
        match required > 0.0 {
            true => (stock / required).clamp(0.0, 1.0),
            false => 1.0,
        }
    }

    /// Values that keep every row, the best a solver finds, that know that units come whole where the program is not too
    /// large for that. `None` where none are found.
    pub fn values(&self, solver: SolverChoice, halt: &Halt) -> Option<Vec<f64>> {
        let Reference { case, form, .. } = self.reference;
        match InSteps::of(case, form, &self.program) {
            Some(tight) => tight.values(choice(solver), halt),
            None => self.divisible(solver, halt),
        }
    }

    /// The same in divisible amounts.
    pub fn divisible(&self, solver: SolverChoice, halt: &Halt) -> Option<Vec<f64>> {
        let posed = self.posed();
        let point = found(posed.shown(), solver, halt)?;
        Some(posed.values(&point.values))
    }

    /// As solvers see it. What is blended moves together, and a limit on the gap may leave no room for that.
    fn posed(&self) -> Posed<'_> {
        let mut posed = Posed::new(&self.program, false);
        posed.unblend();
        posed
    }

    /// The optimum with its proof.
    pub fn optimum(&self, solver: SolverChoice, halt: &Halt) -> Known {
        optimum(&mut self.posed(), solver, halt)
    }
}

/// The best point that a solver finds.
fn found(program: &Program, solver: SolverChoice, halt: &Halt) -> Option<Point> {
    match minimise(program, choice(solver), Want::Values, halt) {
        Said::Optimal(point) | Said::Stopped(point) => Some(point),
        _ => None,
    }
}

/// For values alone one solver is enough.
fn choice(solver: SolverChoice) -> SolverChoice {
    match solver {
        SolverChoice::Auto => SolverChoice::Clarabel,
        other => other,
    }
}

/// The places at which money is counted as going elsewhere.
#[derive(Clone, PartialEq, Debug)]
pub struct Counted(Vec<bool>);

impl Counted {
    /// Those where the reference has nothing, and those where these values have more than the reference: for these
    /// values Σ (x − r) over them is all that goes elsewhere.
    pub fn at(reference: &Reference, values: &[f64]) -> Counted {
        let cols = reference.form.cols.iter().zip(values);
        let counts = |(key, &value): (&ColKey, &f64)| {
            let before = reference.units(key);
            matches!(key, ColKey::Supply { .. }) && (before == 0.0 || value > before)
        };
        Counted(cols.map(counts).collect())
    }

    /// The prices of the places' columns.
    pub fn entries(&self, reference: &Reference) -> Vec<(usize, f64)> {
        let cols = reference.form.cols.iter().enumerate();
        cols.filter(|(at, _)| self.0[*at])
            .map(|(at, key)| (at, reference.price(key)))
            .collect()
    }

    /// The reference's money at the places, in main units.
    pub fn before(&self, reference: &Reference) -> f64 {
        let cols = reference.form.cols.iter().enumerate();
        let money = cols
            .filter(|(at, _)| self.0[*at])
            .map(|(_, key)| reference.price(key) * reference.units(key));
        crate::words::sum::sum(money)
    }
}
