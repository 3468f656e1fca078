//! `plan.csv`: one row per measure and fund, and the needs left unmet.

use std::io::{self, Write};

use super::csv;
use super::question::Question;
use crate::plan::Plan;
use crate::plan::table::{Column, rows};

/// Writes the file; [`crate::plan::table::read`] takes it back.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, asked: &Question, plan: &Plan) -> io::Result<()> {
    let columns = Column::all(asked.case);
    let header: Vec<String> = columns
        .into_iter()
        .map(|column| column.header(asked.case, asked.lang))
        .collect();
    csv::write(
        out,
        &header,
        rows(asked.case, &plan.outcome, &plan.rows, asked.lang),
        asked.lang,
    )
}
