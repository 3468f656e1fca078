//! The plan table, as `plan.csv` has it, and the list of moves.

use rust_xlsxwriter::{DataValidation, XlsxError};

use super::book::Book;
use super::sheet::{Layout, Part};
use super::{CHANGES, MOVES, PLAN};
use crate::plan::Plan;
use crate::plan::table::{Column, rows};
use crate::report::column::Holds;
use crate::report::{changes, moves_csv, plan_csv};

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
    let parts = book.table(&layout, || {
        rows(asked.case, &plan.outcome, &plan.rows, asked.lang)
    })?;
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
    book.table(&layout, || moves_csv::rows(&asked, plan))
}

/// Writes what has changed against an earlier plan.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn changes(book: &mut Book, plan: &Plan) -> Result<Vec<Part>, XlsxError> {
    let asked = book.asked;
    let columns = changes::columns(&asked);
    let money = (0..columns.len()).filter(|&at| columns[at].holds == Holds::Money);
    let layout = Layout {
        name: asked.pick(CHANGES.0, CHANGES.1),
        summed: money.collect(),
        columns,
        frozen: 4,
        bars: Vec::new(),
        wide: true,
    };
    book.table(&layout, || changes::rows(&asked, plan))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::plan::table::{Wanted, read};
    use crate::plan::{Options, solve};
    use crate::report::Question;

    /// The plan of the school district, its table written on sheets of so many rows, those of more than `long` records
    /// row by row.
    fn read_back(most_rows: u32, long: u64) -> (usize, bool) {
        let case = crate::read::read_case(Path::new("scenarios/district"));
        let case = case.case.expect("a sound case");
        let plan = solve(&case, &Options::default()).plan.expect("a plan");
        let asked = Question {
            case: &case,
            scenario: None,
            lang: case.lang,
        };
        let mut book = Book::new(asked, asked.title()).expect("a workbook");
        (book.most_rows, book.long) = (most_rows, long);
        let parts = write(&mut book, &plan).expect("the plan");
        moves(&mut book, &plan).expect("the moves");
        let total: f64 = parts
            .iter()
            .filter_map(|part| part.totals.first())
            .map(|(_, value)| value)
            .sum();
        assert!(total > 0.0);
        let folder = tempfile::tempdir().expect("a folder");
        let file = folder.path().join("plan.xlsx");
        std::fs::write(&file, book.bytes().expect("bytes")).expect("the file");
        let rows = read(&case, &file, Wanted::All);
        let same = rows.is_ok_and(|rows| {
            let mut pairs = rows.iter().zip(&plan.rows);
            rows.len() == plan.rows.len()
                && pairs.all(|(one, other)| {
                    one.school == other.school && one.payments == other.payments
                })
        });
        (parts.len(), same)
    }

    #[test]
    fn a_long_table_goes_on_on_other_sheets_and_is_read_back_whole() {
        assert_eq!(read_back(1_000_000, 1_000_000), (1, true));
        assert_eq!(read_back(40, 1_000_000), (3, true));
    }

    #[test]
    fn a_table_written_row_by_row_is_the_same() {
        assert_eq!(read_back(1_000_000, 0), (1, true));
        assert_eq!(read_back(40, 0), (3, true));
    }
}
