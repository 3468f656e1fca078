//! Sheets: a table file, whatever its encoding, separator or format, becomes headers and cells of text.
//!
//! CSV texts and sheets of workbooks become rows (`text`, `tabs`); in the rows the headers are found (`heading`), what
//! stands below the records is left out (`footing`), and sheets of one workbook are put one below the other (`stack`).
//! Whatever is recognised is a notice.

mod cells;
mod decode;
pub(in crate::read) mod findings;
mod footing;
mod header;
mod heading;
mod merged;
mod sheet;
mod stack;
mod tabs;
mod text;
pub mod unit;

use std::path::Path;

use super::bytes::{self, Found};
use super::workbook::{self, Kind};
use crate::words::catalogue::SHEET_NOT_THERE;
use crate::words::{Notice, Notices, Place};

pub use self::cells::Cells;
pub use self::sheet::{Alike, Record, Sheet};
use self::stack::Stack;

/// The most cells of records that are kept; 240,000 schools with 100 columns fit.
const MOST_CELLS: usize = workbook::bounds::MOST_CELLS;

/// What is asked of a table.
#[derive(Clone, Copy, Debug, Default)]
pub struct Asked<'a> {
    /// Some of the headers that should stand in it.
    pub headers: &'a [&'a str],
    /// The sheets of the workbook to be read; none for every visible one that has such headers.
    pub sheets: &'a [&'a str],
}

/// A row as it stands in a file.
#[derive(Clone, PartialEq, Debug)]
struct Row {
    /// The line or row it starts on, counted from 1.
    line: usize,
    /// Whether a spreadsheet hides it.
    hidden: bool,
    cells: Cells,
}

impl Row {
    fn fitted(self, len: usize) -> Row {
        Row {
            cells: self.cells.fitted(len),
            ..self
        }
    }
}

/// Reads a table: CSV, plain or gzip, separated by commas, semicolons or tabs, in UTF-8, GB18030 or UTF-16; or the
/// first visible sheet of a workbook.
///
/// Every fault becomes a notice. `None` when nothing could be read; a sheet may come back beside errors, so that its
/// other cells can be checked in the same pass.
pub fn read_sheet(folder: &Path, file: &str, notices: &mut Notices) -> Option<Sheet> {
    read_table(folder, file, Asked::default(), notices)
}

/// Reads a table in which some of the headers `expected` should stand.
pub fn read_sheet_expecting(
    folder: &Path,
    file: &str,
    expected: &[&str],
    notices: &mut Notices,
) -> Option<Sheet> {
    let asked = Asked {
        headers: expected,
        sheets: &[],
    };
    read_table(folder, file, asked, notices)
}

/// Reads a table as asked.
///
/// The expected headers confirm the encoding (the GB18030 bytes of 学校 are good UTF-8 too), the separator, the sheets
/// of a workbook and the line of the headers (a title may stand above them); an expected header that stands twice is an
/// error, any other a warning.
pub fn read_table(folder: &Path, file: &str, asked: Asked, notices: &mut Notices) -> Option<Sheet> {
    let found = bytes::read(folder, file)
        .map_err(|notice| notices.push(notice))
        .ok()?;
    let expected = header::Expected::new(asked.headers);
    match workbook::of_content(&found.content) {
        Kind::Text => of_text(file, found, asked, &expected, notices),
        _ => {
            let book = workbook::of_bytes(file, found, notices)?;
            tabs::sheet(book, asked, &expected, notices)
        }
    }
}

fn of_text(
    file: &str,
    found: Found,
    asked: Asked,
    expected: &header::Expected,
    notices: &mut Notices,
) -> Option<Sheet> {
    for name in asked.sheets {
        let notice = Notice::new(SHEET_NOT_THERE, Place::file(file));
        notices.push(notice.text(*name).with(name).with("CSV: —"));
    }
    let mut findings = findings::Findings::new(Place::file(file), notices);
    let rows = text::rows(found.content, expected, &mut findings);
    let mut stack = Stack::new(file, found.hash);
    if let Some(rows) = rows {
        stack.encoding = rows.encoding;
        stack.add(None, rows.rows, rows.top, &[], expected, &mut findings);
    }
    findings.close();
    stack.sheet()
}

#[cfg(test)]
mod tests;
