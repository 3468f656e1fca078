//! Rows that the planner fixed stand in the plan as written.

use std::collections::BTreeMap;

use super::{Audit, school};
use crate::case::Case;
use crate::plan::row::PlanRow;
use crate::words::{FundIx, MeasureIx, Money, SchoolIx, YearIx};

type At = (SchoolIx, MeasureIx, YearIx);

pub(super) fn check(audit: &mut Audit, case: &Case, rows: &[PlanRow], keep: &[PlanRow]) {
    if keep.is_empty() {
        return;
    }
    let (is, wanted) = (Totals::of(rows), Totals::of(keep));
    for row in keep {
        let as_written = is.units(row) == wanted.units(row) && is.paid(row) >= wanted.paid(row);
        audit.check("kept", as_written, || {
            let name = &case.measures[row.measure].name;
            (
                format!("锁定的{}“{name}”被改动", school(case, row)),
                format!("the kept row {} “{name}” was changed", school(case, row)),
            )
        });
    }
}

/// What rows bring or take, and what each fund pays for it.
#[derive(Default)]
struct Totals {
    /// By measure at a school in a year, and whether it takes.
    units: BTreeMap<(At, bool), f64>,
    paid: BTreeMap<(At, Option<FundIx>), Money>,
}

impl Totals {
    fn of(rows: &[PlanRow]) -> Totals {
        let mut totals = Totals::default();
        for row in rows {
            *totals.units.entry(signed(row)).or_default() += row.units;
            *totals.paid.entry((at(row), row.fund)).or_default() += row.amount();
        }
        totals
    }

    fn units(&self, row: &PlanRow) -> f64 {
        self.units.get(&signed(row)).copied().unwrap_or(0.0)
    }

    fn paid(&self, row: &PlanRow) -> Money {
        let paid = self.paid.get(&(at(row), row.fund));
        paid.copied().unwrap_or_default()
    }
}

fn at(row: &PlanRow) -> At {
    (row.school, row.measure, row.year)
}

fn signed(row: &PlanRow) -> (At, bool) {
    (at(row), row.units < 0.0)
}
