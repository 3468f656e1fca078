//! Workbooks: XLSX, ODS and XLS become rows of cells, whatever a file declares about itself.
//!
//! XLSX and ODS are read here as streams, cell by cell, over `zip` and `quick-xml`: only cells that hold something are
//! kept, and every byte unpacked and every cell kept is counted. The reader of `calamine` is used for XLS only: for the
//! others it reserves what a file declares, copies fonts for each cell format and fills the rectangle between two far
//! cells, so that a few hundred bytes exhaust memory; nor does it tell hidden rows or formulas without a value.
//!
//! Bounds: [`bounds`]. A workbook within them is read in at most about 2 GiB, most often in some ten times its size on
//! the disk; one beyond them is refused.

mod biff;
pub mod bounds;
mod calm;
mod cell;
mod gather;
mod kind;
mod ods;
mod package;
mod xls;
mod xlsx;
mod xml;

use std::path::{Path, PathBuf};

use super::bytes::{self, Found};
use crate::words::catalogue::{
    FILE_TOO_LARGE, NOT_A_TEXT_TABLE, TABLE_TOO_LARGE, WORKBOOK_BROKEN, WORKBOOK_LOCKED,
};
use crate::words::{Notice, Notices, Place};

pub use self::cell::CellText;
pub(super) use self::kind::{Kind, of_content};

/// A workbook as it stands in a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Workbook {
    /// The file, as the planner named it.
    pub file: PathBuf,
    /// Its sheets of cells, in the order of their tabs.
    pub sheets: Vec<Tab>,
    /// BLAKE3 of the file's bytes as they lie on the disk, in hexadecimal.
    pub hash: String,
}

/// A sheet of a workbook.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Tab {
    /// Its name.
    pub name: String,
    /// Whether it is hidden.
    pub hidden: bool,
    /// The rows that hold something, in ascending order.
    pub rows: Vec<TabRow>,
    /// The rectangles of merged cells.
    pub merged: Vec<Merged>,
}

/// A row of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct TabRow {
    /// Its number, as the spreadsheet counts, from 1.
    pub number: usize,
    /// Whether it is hidden, by hand or by a filter.
    pub hidden: bool,
    /// The cells that hold something with their columns counted from 0, in ascending order.
    pub cells: Vec<(usize, CellText)>,
}

/// A rectangle of merged cells; its text is that of the first cell.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Merged {
    /// The numbers of its first and last row, counted from 1.
    pub rows: (usize, usize),
    /// Its first and last column, counted from 0.
    pub columns: (usize, usize),
}

impl TabRow {
    /// What stands in a column counted from 0, if anything does.
    pub fn cell(&self, column: usize) -> Option<&CellText> {
        let at = self.cells.binary_search_by_key(&column, |(at, _)| *at);
        at.ok().map(|at| &self.cells[at].1)
    }
}

impl Workbook {
    /// The place of a cell; the row counts from 1, the column from 0.
    pub fn place(&self, tab: &Tab, row: usize, column: usize) -> Place {
        Place::cell(&self.file, &tab.name, row, column + 1)
    }
}

/// Why a workbook is not read.
#[derive(Debug)]
enum Refused {
    /// More than this many MiB, packed or unpacked.
    Bytes(u64),
    /// Too many cells, or too much text in them.
    Cells,
    /// A password is needed.
    Locked,
    /// Not a workbook, but this.
    Other(&'static str),
    /// Damaged, or not as its format asks.
    Broken(String),
}

/// Reads a workbook, told by its content whatever its name; `None` when it is none or cannot be read, which is reported.
pub fn read(folder: &Path, file: &str, notices: &mut Notices) -> Option<Workbook> {
    let found = bytes::read(folder, file)
        .map_err(|notice| notices.push(notice))
        .ok()?;
    of_bytes(file, found, notices)
}

/// Reads a workbook from its bytes.
pub(super) fn of_bytes(file: &str, found: Found, notices: &mut Notices) -> Option<Workbook> {
    let sheets = if found.content.len() as u64 > bounds::FILE_MIB << 20 {
        Err(Refused::Bytes(bounds::FILE_MIB))
    } else {
        calm::calmly(|| match of_content(&found.content) {
            Kind::Zip => package::read(found.content),
            Kind::Compound => xls::read(found.content),
            Kind::Text => Err(Refused::Other("CSV")),
            Kind::Other(kind) => Err(Refused::Other(kind)),
        })
    };
    match sheets {
        Ok(sheets) => Some(Workbook {
            file: file.into(),
            sheets,
            hash: found.hash,
        }),
        Err(refused) => {
            notices.push(refused.notice(file));
            None
        }
    }
}

impl Refused {
    fn notice(self, file: &str) -> Notice {
        let notice = |code| Notice::new(code, Place::file(file));
        match self {
            Refused::Bytes(mib) => notice(FILE_TOO_LARGE).with(mib),
            Refused::Cells => notice(TABLE_TOO_LARGE)
                .with(bounds::MOST_CELLS)
                .with(bounds::MOST_ROWS),
            Refused::Locked => notice(WORKBOOK_LOCKED),
            Refused::Other(kind) => notice(NOT_A_TEXT_TABLE).with(kind),
            Refused::Broken(why) => notice(WORKBOOK_BROKEN).with(why),
        }
    }
}
