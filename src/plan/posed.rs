//! A program as solvers see it: equal needs lumped, akin needs blended; and the way back.

use std::sync::Arc;

use super::proof::Proof;
use crate::program::Program;
use crate::program::blend::{Blended, blend};
use crate::program::certificate::lower_bound;
use crate::program::lump::{Lumped, lump};
use crate::solve::Point;
use crate::words::tolerance::{PROVEN, SAME_SHAPE};

/// A program, and what is shown of it to solvers.
#[derive(Clone, Debug)]
pub struct Posed<'a> {
    /// The program as formulated: proofs are checked on it.
    pub reference: &'a Program,
    lumped: Option<Arc<Lumped>>,
    blended: Option<Blended>,
    /// What the solvers see, when that is not the reference itself.
    shown: Option<Program>,
}

impl<'a> Posed<'a> {
    /// Lumps and blends a program, unless it is to be left as it is.
    pub fn new(reference: &'a Program, unlumped: bool) -> Posed<'a> {
        let mut posed = Posed {
            reference,
            lumped: None,
            blended: None,
            shown: None,
        };
        if !unlumped {
            let lumped = lump(reference);
            let (shown, blended) = match blend(&lumped.program) {
                Some((program, blended)) => (program, Some(blended)),
                None => (lumped.program.clone(), None),
            };
            posed.lumped = Some(Arc::new(lumped));
            posed.blended = blended;
            posed.shown = Some(shown);
        }
        posed
    }

    /// The same with other costs. What was lumped and blended stays so, provided the costs treat alike what is alike;
    /// else it is done anew.
    pub fn recosted<'b>(&self, reference: &'b Program) -> Posed<'b> {
        let Some(shown) = &self.shown else {
            return Posed::new(reference, true);
        };
        let mut costs: Vec<Option<f64>> = vec![None; shown.cols.len()];
        for (at, col) in reference.cols.iter().enumerate() {
            for place in self.shown_cols(at) {
                let cost = *costs[place].get_or_insert(col.cost);
                if (cost - col.cost).abs() > SAME_SHAPE * cost.abs() {
                    return Posed::new(reference, false);
                }
            }
        }
        let mut shown = shown.clone();
        for (col, cost) in shown.cols.iter_mut().zip(costs) {
            col.cost = cost.unwrap_or(col.cost);
        }
        Posed {
            reference,
            lumped: self.lumped.clone(),
            blended: self.blended.clone(),
            shown: Some(shown),
        }
    }

    /// The shown columns of one of the reference.
    fn shown_cols(&self, at: usize) -> [usize; 2] {
        let col = self.lumped.as_ref().map_or(at, |lumped| lumped.col(at));
        self.blended
            .as_ref()
            .map_or([col, col], |blended| blended.cols(col))
    }

    /// What the solvers see.
    pub fn shown(&self) -> &Program {
        self.shown.as_ref().unwrap_or(self.reference)
    }

    /// Values of the shown program as values of the reference.
    pub fn values(&self, shown: &[f64]) -> Vec<f64> {
        match (&self.lumped, &self.blended) {
            (Some(lumped), Some(blended)) => lumped.expand(&blended.expand(&lumped.program, shown)),
            (Some(lumped), None) => lumped.expand(shown),
            (None, _) => shown.to_vec(),
        }
    }

    /// Multipliers of the shown program as multipliers of the reference.
    pub fn multipliers(&self, shown: &[f64]) -> Vec<f64> {
        match (&self.lumped, &self.blended) {
            (Some(lumped), Some(blended)) => lumped.expand_multipliers(
                &blended.expand_multipliers(&lumped.program, self.shown(), shown),
            ),
            (Some(lumped), None) => lumped.expand_multipliers(shown),
            (None, _) => shown.to_vec(),
        }
    }

    /// A point of the shown program with its proof on the reference.
    pub fn proof(&self, point: &Point, solver: &'static str, multipliers: &[f64]) -> Proof {
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

    /// Shows more where blending has lost something, as a point and its multipliers tell. Whether there was anything.
    pub fn refine(&mut self, values: &[f64], multipliers: &[f64]) -> bool {
        let (Some(lumped), Some(blended), Some(shown)) =
            (&self.lumped, &mut self.blended, &mut self.shown)
        else {
            return false;
        };
        let allowed = ALLOWED * PROVEN * shown.objective(values).abs().max(1.0);
        let original = costed(&lumped.program, blended, shown);
        let refined = blended.refine(&original, shown, (values, multipliers), allowed);
        let changed = refined.is_some();
        if let Some(program) = refined {
            *shown = program;
        }
        changed
    }

    /// Shows every lumped need by itself. Whether that is more than was shown.
    pub fn unblend(&mut self) -> bool {
        let (Some(lumped), Some(blended), Some(shown)) =
            (&self.lumped, self.blended.take(), &mut self.shown)
        else {
            return false;
        };
        *shown = costed(&lumped.program, &blended, shown);
        true
    }
}

/// The part of [`PROVEN`] that blending may lose.
const ALLOWED: f64 = 0.2;

/// The lumped program with the costs of the shown one.
fn costed(lumped: &Program, blended: &Blended, shown: &Program) -> Program {
    let mut program = lumped.clone();
    for (at, col) in program.cols.iter_mut().enumerate() {
        col.cost = shown.cols[blended.cols(at)[0]].cost;
    }
    program
}
