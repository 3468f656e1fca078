//! Dealing out: from values of a program to whole units, paid to the hundredth and audited.

use super::audit::{Audit, audit};
use super::course::Course;
use super::ledger::{Demand, Ledger};
use super::outcome::Outcome;
use super::payment;
use super::pools::Pool;
use super::row::PlanRow;
use super::spread::{Towards, spread};
use super::topup::{Aim, TopUp};
use crate::case::Case;
use crate::formulate::{Formulated, Kept};

/// What is dealt out.
pub struct Deal<'a, 'v> {
    /// The case.
    pub case: &'a Case,
    /// Its program.
    pub form: &'a Formulated,
    /// A value for each column of the program.
    pub values: &'v [f64],
    /// Needs among which the lowest attainment rises first.
    pub pools: &'v [Pool],
    /// What each school is to get, rather than the lowest attainment first.
    pub towards: Option<&'v Towards>,
    /// Whether the values know that units come whole: then parts that add up to a unit are dealt as one.
    pub whole: bool,
    /// Rows that are held as they are, for the program.
    pub kept: &'v [Kept],
    /// The same as rows of a plan.
    pub keep: &'v [PlanRow],
    /// What a school gets at once of what is left over, as a share of its standard.
    pub at_once: f64,
}

/// A plan in whole units.
pub struct Whole<'a> {
    /// The books.
    pub ledger: Ledger<'a>,
    /// Its rows.
    pub rows: Vec<PlanRow>,
    /// The state of every school with it.
    pub outcome: Outcome,
    /// The independent check of its rows.
    pub audit: Audit,
}

impl<'a> Deal<'a, '_> {
    /// Deals out towards the values; what rounding leaves over goes where the aim lets it.
    ///
    /// # Errors
    /// The demand of a rule that cannot be met in whole units.
    pub fn out(&self, aim: &Aim) -> Result<Whole<'a>, Demand> {
        let (case, form) = (self.case, self.form);
        let mut course = Course::of(case, &form.reach).above(&form.floors);
        let pools = (self.pools, self.towards);
        let values = (self.values, self.whole);
        let mut deal = spread(case, form, values, pools, self.kept, &mut course);
        let mut ledger =
            payment::settle(case, form, self.values, self.kept, &mut deal, &mut course);
        let mut top_up = TopUp {
            case,
            classes: &form.classes,
            ledger: &mut ledger,
            course: &mut course,
            deal: &mut deal,
            at_once: self.at_once,
            aim,
        };
        top_up.run()?;
        let rows = payment::rows(case, form, &ledger, self.kept, &deal);
        let outcome = Outcome::new(case, &rows);
        let audit = audit(case, &rows, self.keep);
        Ok(Whole {
            ledger,
            rows,
            outcome,
            audit,
        })
    }
}
