//! The independent check of a plan: every rule of the case recomputed in the planner's own units from the plan's
//! rows alone. No linear program, no solver, nothing of the code that made the plan.

mod differences;
mod indicators;
mod kept;
mod money;
mod rules;
mod said;
mod stay;
mod units;

use super::outcome::Outcome;
use super::row::PlanRow;
use crate::case::{Case, Reach};

/// A rule that a plan breaks.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Breach {
    /// What kind of rule.
    pub rule: &'static str,
    /// In words, Chinese and English.
    pub message: (String, String),
}

/// The result of an audit.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize)]
pub struct Audit {
    /// How many rules were checked.
    pub checked: usize,
    /// Those that are broken.
    pub breaches: Vec<Breach>,
}

impl Audit {
    /// Whether nothing is broken.
    pub fn passed(&self) -> bool {
        self.breaches.is_empty()
    }

    /// Counts a rule, and notes it when it does not hold.
    fn check(
        &mut self,
        rule: &'static str,
        holds: bool,
        message: impl FnOnce() -> (String, String),
    ) {
        self.checked += 1;
        if !holds {
            self.breaches.push(Breach {
                rule,
                message: message(),
            });
        }
    }
}

/// Checks the rows of a plan against a case, and against the rows that were to be kept.
pub fn audit(case: &Case, rows: &[PlanRow], keep: &[PlanRow]) -> Audit {
    let mut audit = Audit::default();
    let reach = Reach::of(case);
    check_each(&mut audit, case, &reach, rows);
    let outcome = Outcome::new(case, rows);
    units::check_schools(&mut audit, case, &outcome);
    units::check_rotation(&mut audit, case, rows);
    units::check_uses(&mut audit, case, rows);
    units::check_projects(&mut audit, case, rows);
    money::check_prices(&mut audit, case, rows);
    money::check_funds(&mut audit, case, rows);
    rules::check(&mut audit, case, &reach, rows);
    rules::check_targets(&mut audit, case, &reach, &outcome);
    stay::check(&mut audit, case, rows);
    differences::check(&mut audit, case, &outcome);
    indicators::check(&mut audit, case, &outcome);
    kept::check(&mut audit, case, rows, keep);
    audit
}

/// Checks what can be said of each row by itself, and that no school gets more of a measure than it has use for.
pub fn check_rows(case: &Case, rows: &[PlanRow]) -> Audit {
    let mut audit = Audit::default();
    if !rows.is_empty() {
        check_each(&mut audit, case, &Reach::of(case), rows);
        units::check_uses(&mut audit, case, rows);
        units::check_projects(&mut audit, case, rows);
    }
    audit
}

fn check_each(audit: &mut Audit, case: &Case, reach: &Reach, rows: &[PlanRow]) {
    units::check(audit, case, reach, rows);
    money::check_earmarks(audit, case, reach, rows);
}

/// A school's name with its code, for messages.
fn school(case: &Case, row: &PlanRow) -> String {
    let school = &case.schools[row.school];
    format!("{} ({})", school.name, school.id)
}

/// Whether `left ≤ right`, forgiving what adding up numbers loses.
fn at_most(left: f64, right: f64) -> bool {
    left <= right + crate::words::tolerance::AUDIT * left.abs().max(right.abs()).max(1.0)
}
