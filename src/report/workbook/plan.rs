//! The plan table, as `plan.csv` has it, and the list of moves.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::book::Book;
use super::sheet::{Layout, Part};
use super::{MOVES, PLAN};
use crate::plan::Plan;
use crate::plan::table::{Column, rows};
use crate::report::column::Holds;
use crate::report::{moves_csv, plan_csv};

/// Writes the plan table. Its rows are read back by `audit` and `--keep`.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<Vec<Part>, XlsxError> {
    let asked = book.asked;
    let all = Column::all(asked.case);
    let at = |wanted: Column| all.iter().position(|column| *column == wanted);
    let columns = plan_csv::columns(&asked);
    let summed = all.iter().enumerate().filter(|(_, column)| {
        matches!(
            column,
            Column::Spent(_) | Column::Amount | Column::After | Column::Subsidy
        )
    });
    let layout = Layout {
        name: asked.pick(PLAN.0, PLAN.1),
        summed: summed.map(|(at, _)| at).collect(),
        bars: at(Column::Amount).map(|at| (at, at)).into_iter().collect(),
        // The names of the schools stay in sight.
        frozen: at(Column::SchoolName).map_or(1, |at| at as u16 + 1),
        columns,
        wide: true,
    };
    let parts = book.table(
        &layout,
        rows(asked.case, &plan.outcome, &plan.rows, asked.lang),
    )?;
    for part in parts.iter().filter(|part| part.end > part.first) {
        if let Some(lock) = at(Column::Lock) {
            let words = [asked.pick("是", "yes")];
            let choice = DataValidation::new().allow_list_strings(&words)?;
            let (sheet, _) = book.again(&part.sheet)?;
            let lock = lock as u16;
            sheet.add_data_validation(part.first, lock, part.end - 1, lock, &choice)?;
        }
    }
    Ok(parts)
}

/// Writes who goes where.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn moves(book: &mut Book, plan: &Plan) -> Result<Vec<Part>, XlsxError> {
    let asked = book.asked;
    let columns = moves_csv::columns(&asked);
    let quantity = columns
        .iter()
        .position(|column| column.holds == Holds::Quantity);
    let layout = Layout {
        name: asked.pick(MOVES.0, MOVES.1),
        columns,
        frozen: 1,
        summed: quantity.into_iter().collect(),
        bars: Vec::new(),
        wide: true,
    };
    book.table(&layout, moves_csv::rows(&asked, plan))
}
