//! `plan.csv`: one row per measure and fund, and the needs left unmet.

use std::io::{self, Write};

use super::csv;
use super::question::Question;
use crate::plan::table::{Column, rows};
use crate::plan::{Outcome, Plan, PlanRow};

/// Writes the file; [`crate::plan::table::read`] takes it back.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, asked: &Question, plan: &Plan) -> io::Result<()> {
    write_rows(out, asked, &plan.outcome, &plan.rows)
}

/// Writes the rows of a plan with the needs that they leave unmet.
///
/// # Errors
/// When `out` cannot be written.
pub fn write_rows(
    out: impl Write,
    asked: &Question,
    outcome: &Outcome,
    planned: &[PlanRow],
) -> io::Result<()> {
    let columns = Column::all(asked.case);
    let header: Vec<String> = columns
        .into_iter()
        .map(|column| column.header(asked.case, asked.lang))
        .collect();
    csv::write(
        out,
        &header,
        rows(asked.case, outcome, planned, asked.lang),
        asked.lang,
    )
}
