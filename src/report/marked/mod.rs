//! What a check found, written back: a copy of each table of the case with the faulty cells coloured and commented, and
//! a sheet that lists all findings with links to their cells.
//!
//! Values are copied, formulas as what they last gave; the looks of the planner's own workbook, its charts and formulas
//! are not (the libraries that would keep them hold some kilobytes a cell and take minutes for a state's schools).

mod comment;
mod findings;
mod spots;
mod table;

use std::path::Path;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use self::spots::Spots;
use self::table::Tables;
use crate::words::{Lang, Notices};

/// Most characters of a sheet's name.
const LONGEST_NAME: usize = 31;

/// The bytes of a marked copy of the tables `files` (as named from `folder`), with what was found in them and elsewhere.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn render(
    folder: &Path,
    files: &[String],
    notices: &Notices,
    lang: Lang,
) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(&DocProperties::new().set_creation_datetime(&made));
    let tables = Tables::read(folder, files, findings::name(lang));
    let spots = Spots::of(notices, &tables);
    findings::write(workbook.add_worksheet(), notices, &tables, lang)?;
    for (at, table) in tables.iter().enumerate() {
        table::write(workbook.add_worksheet(), table, spots.of_table(at), lang)?;
    }
    workbook.save_to_buffer()
}
