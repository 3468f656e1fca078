//! `plan.csv`: one row per measure and fund, and the needs left unmet.

use std::io::{self, Write};

use super::column::{Column, Holds, headers};
use super::csv;
use super::question::Question;
use crate::plan::table::{self, rows};
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
    csv::write(
        out,
        &headers(&columns(asked)),
        rows(asked.case, outcome, planned, asked.lang),
        asked.lang,
    )
}

/// The columns of the table.
pub fn columns(asked: &Question) -> Vec<Column> {
    let all = table::Column::all(asked.case).into_iter();
    all.map(|column| Column::new(column.header(asked.case, asked.lang), holds(column)))
        .collect()
}

fn holds(column: table::Column) -> Holds {
    use table::Column as Of;
    match column {
        Of::Number | Of::Year => Holds::Label,
        Of::Gap | Of::Units => Holds::Quantity,
        Of::Problem | Of::MeasureName => Holds::Sentence,
        column if column.is_money() => Holds::Money,
        _ => Holds::Words,
    }
}
