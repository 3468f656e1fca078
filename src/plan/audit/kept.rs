//! Rows that the planner fixed stand in the plan as written.

use super::{Audit, school};
use crate::case::Case;
use crate::plan::row::PlanRow;
use crate::words::Money;

pub(super) fn check(audit: &mut Audit, case: &Case, rows: &[PlanRow], keep: &[PlanRow]) {
    for wanted in keep {
        let same = |row: &&PlanRow| {
            (row.school, row.measure, row.year) == (wanted.school, wanted.measure, wanted.year)
        };
        let units = |rows: &[PlanRow]| -> f64 {
            let signed = rows
                .iter()
                .filter(same)
                .filter(|row| (row.units < 0.0) == (wanted.units < 0.0));
            signed.map(|row| row.units).sum()
        };
        let paid = |rows: &[PlanRow]| -> Money {
            let by_fund = rows
                .iter()
                .filter(same)
                .filter(|row| row.fund == wanted.fund);
            by_fund.map(PlanRow::amount).sum()
        };
        let as_written = units(rows) == units(keep) && paid(rows) >= paid(keep);
        audit.check("kept", as_written, || {
            let name = &case.measures[wanted.measure].name;
            (
                format!("锁定的{}“{name}”被改动", school(case, wanted)),
                format!("the kept row {} “{name}” was changed", school(case, wanted)),
            )
        });
    }
}
