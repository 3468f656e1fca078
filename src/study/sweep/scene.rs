//! The cases of the points of one run: one case, in which only the money changes from point to point.

use super::design::{Design, Point};
use super::solved::unbroken;
use crate::case::{Case, Fund};
use crate::plan::Outcome;
use crate::words::{FundIx, Money, Table};

/// The case of a run, at the money last asked for. To copy a case for every point would take longer than to solve it.
pub(super) struct Scene<'a> {
    design: &'a Design,
    case: Case,
    funds: Table<FundIx, Fund>,
    now: Option<f64>,
}

impl<'a> Scene<'a> {
    /// The run of a point; `None` where it makes no case.
    pub fn of(case: &Case, design: &'a Design, point: &Point) -> Option<Scene<'a>> {
        let case = unbroken(|| design.run_case(case, point))?;
        Some(Scene {
            design,
            funds: case.funds.clone(),
            case,
            now: None,
        })
    }

    /// The case of a point of the run; `None` where it makes no case.
    pub fn at(&mut self, point: &Point) -> Option<&Case> {
        self.case.funds.clone_from(&self.funds);
        let (design, case) = (self.design, &mut self.case);
        unbroken(|| design.put_money(case, point))?;
        Some(&self.case)
    }

    /// All money of the plan years at a point.
    pub fn money(&mut self, point: &Point) -> Option<Money> {
        self.at(point)
            .map(|case| case.funds.iter().map(Fund::total).sum())
    }

    /// The gap index without any measure; the same at every point, since money changes no need.
    pub fn gap_now(&mut self) -> f64 {
        let case = &self.case;
        *self
            .now
            .get_or_insert_with(|| Outcome::new(case, &[]).gap_before)
    }
}
