//! The plan that others are compared with.

use std::collections::BTreeMap;

use super::super::answer::{Basis, Plan};
use super::figures::{Figures, Place, placed};
use crate::case::Case;
use crate::formulate::{ColKey, Formulated};
use crate::words::{MeasureIx, Money, YearIx};

/// The plan that others are compared with, and the program it is a plan of.
pub struct Reference<'a> {
    /// The case.
    pub case: &'a Case,
    /// The case as a program.
    pub(super) form: &'a Formulated,
    /// What the gap index may be asked to be at least: the smallest that is known to be possible, or whole units allow.
    pub(super) smallest: f64,
    /// No plan in whole units has a smaller gap index than this.
    pub bound: f64,
    /// What can be said of the plan.
    pub figures: Figures,
    /// Its units by place, as far as they are brought.
    units: BTreeMap<Place, f64>,
    /// Its money by place.
    pub money: BTreeMap<Place, Money>,
}

impl<'a> Reference<'a> {
    /// A proven plan as the reference.
    pub fn of(case: &'a Case, plan: &'a Plan, basis: &'a Basis) -> Reference<'a> {
        let mut units: BTreeMap<Place, f64> = BTreeMap::new();
        for row in plan.rows.iter().filter(|row| row.units > 0.0) {
            *units
                .entry((row.year, row.measure, row.school))
                .or_default() += row.units;
        }
        let money = placed(&plan.rows);
        Reference {
            case,
            form: &basis.form,
            smallest: (basis.proof.objective + basis.form.untouched()).max(plan.certificate.whole),
            bound: plan.certificate.whole,
            figures: Figures::of(case, &plan.rows, &plan.outcome, &money),
            units,
            money,
        }
    }

    /// The reference's units of what a column brings.
    pub(super) fn units(&self, key: &ColKey) -> f64 {
        let place = place_of(key);
        place
            .and_then(|place| self.units.get(&place).copied())
            .unwrap_or(0.0)
    }

    /// Money of the plan years, in main units, that one unit of a column costs.
    pub(super) fn price(&self, key: &ColKey) -> f64 {
        match *key {
            ColKey::Supply { measure, year, .. } | ColKey::Exchange { measure, year, .. } => {
                self.price_of(measure, year)
            }
            _ => 0.0,
        }
    }

    /// Money of the plan years, in main units, that one unit of a measure begun in a year costs.
    pub(super) fn price_of(&self, measure: MeasureIx, year: YearIx) -> f64 {
        self.case.price_in_plan(measure, year)
    }
}

/// The place at which a column brings units; `None` for any other column.
pub(super) fn place_of(key: &ColKey) -> Option<Place> {
    match *key {
        ColKey::Supply {
            school,
            measure,
            year,
        } => Some((year, measure, school)),
        _ => None,
    }
}
