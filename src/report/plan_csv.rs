//! `plan.csv`: one row per measure and fund, and the needs left unmet.

use super::csv;
use super::question::Question;
use crate::plan::Plan;
use crate::plan::table::{Column, rows};

/// The file's bytes; [`crate::plan::table::read`] takes them back.
pub fn render(asked: &Question, plan: &Plan) -> Vec<u8> {
    let columns = Column::all(&asked.case.horizon);
    let header: Vec<String> = columns
        .into_iter()
        .map(|column| column.header(asked.case, asked.lang))
        .collect();
    csv::render(
        &header,
        rows(asked.case, &plan.outcome, &plan.rows, asked.lang),
        asked.lang,
    )
}
