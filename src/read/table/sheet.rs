//! A table that was read.

use std::path::PathBuf;

use super::super::fold::fold;
use super::cells::Cells;
use super::unit;
use crate::words::Place;

/// A table as it stands in a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// The file, as the planner named it.
    pub file: PathBuf,
    /// The headers, trimmed, in the order of the columns; the levels of one are joined by `/`. A column without a
    /// header has an empty one.
    pub header: Vec<String>,
    /// The records below the header, in file order; empty records, totals and remarks are left out.
    pub records: Vec<Record>,
    /// The name of the encoding it was read with, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// BLAKE3 of the file's bytes as they lie on the disk, in hexadecimal.
    pub hash: String,
    /// Where it comes from: one part of a text, one or more of a workbook.
    pub(super) parts: Vec<Part>,
}

/// One record of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// The line or row of the file it starts on, counted from 1.
    pub line: usize,
    /// The part of the sheet it comes from.
    pub(super) part: usize,
    /// Its cells, trimmed; always as many as the sheet has headers.
    pub cells: Cells,
}

/// A text, or a sheet of a workbook.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Part {
    /// The name of the sheet of a workbook.
    pub(super) name: Option<String>,
    /// The line of its headers, the last one where they have several.
    pub(super) header_line: usize,
    /// Where each column of the sheet stands in this part, counted from 0.
    pub(super) columns: Vec<Option<usize>>,
}

/// How a header was found.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Alike {
    /// It is the same but for the width of letters, capitals and outer space.
    Same,
    /// Only one of the two names a unit, such as `面积(㎡)` and `面积`.
    Unit,
    /// It is the lowest of several levels, such as `骨干` of `教师/骨干`.
    Level,
}

impl Sheet {
    /// A sheet of rows that follow one another below the headers, for tables that are in no file.
    pub fn of_rows(file: &str, header: Vec<String>, rows: Vec<Cells>) -> Sheet {
        let width = header.len();
        let records = rows.into_iter().enumerate().map(|(at, cells)| Record {
            line: at + 2,
            part: 0,
            cells: cells.fitted(width),
        });
        Sheet {
            file: file.into(),
            records: records.collect(),
            encoding: "UTF-8",
            hash: String::new(),
            parts: vec![Part {
                name: None,
                header_line: 1,
                columns: (0..width).map(Some).collect(),
            }],
            header,
        }
    }

    /// The column (counted from 0) with this header; see [`Sheet::find`].
    pub fn column(&self, header: &str) -> Option<usize> {
        self.find(header).map(|(column, _)| column)
    }

    /// The column (counted from 0) with this header and how alike they are: the first spelt the same, else the first
    /// that differs only in width of letters, capitals or outer space, else the only one that differs in that one of
    /// the two names a unit, else the only one of which it is the lowest level.
    pub fn find(&self, header: &str) -> Option<(usize, Alike)> {
        let spelt = self.header.iter().position(|own| own == header.trim());
        let folded = fold(header);
        let same = || self.position(|own| fold(own) == folded);
        if let Some(column) = spelt.or_else(same) {
            return Some((column, Alike::Same));
        }
        let wanted = unit::split(&folded);
        let by_unit = self.only(|own| {
            let own = fold(own);
            let own = unit::split(&own);
            own.0 == wanted.0 && own.1.is_some() != wanted.1.is_some()
        });
        let lowest = || {
            self.only(|own| {
                let own = own.rsplit_once('/').map(|(_, lowest)| fold(lowest));
                own.is_some_and(|own| own == folded || unit::split(&own).0 == wanted.0)
            })
        };
        let by_unit = by_unit.map(|column| (column, Alike::Unit));
        by_unit.or_else(|| lowest().map(|column| (column, Alike::Level)))
    }

    fn position(&self, alike: impl Fn(&str) -> bool) -> Option<usize> {
        self.header
            .iter()
            .position(|own| !own.is_empty() && alike(own))
    }

    /// The only column of which this holds.
    fn only(&self, alike: impl Fn(&str) -> bool) -> Option<usize> {
        let mut found = (0..self.header.len())
            .filter(|&at| !self.header[at].is_empty() && alike(&self.header[at]));
        found.next().filter(|_| found.next().is_none())
    }

    /// The place of a cell, for notices; `column` counts from 0, the place from 1.
    pub fn place(&self, record: &Record, column: usize) -> Place {
        self.record_place(record, Some(column))
    }

    /// The place of a record, or of one of its cells.
    pub fn record_place(&self, record: &Record, column: Option<usize>) -> Place {
        self.place_in(self.parts.get(record.part), Some(record.line), column)
    }

    /// The place of a header in the first part of the sheet that has it.
    pub fn header_place(&self, column: usize) -> Place {
        let has = |part: &&Part| part.columns.get(column).is_some_and(Option::is_some);
        let part = self.parts.iter().find(has).or(self.parts.first());
        self.place_in(part, part.map(|part| part.header_line), Some(column))
    }

    /// The place of a column of the whole sheet.
    pub fn column_place(&self, column: usize) -> Place {
        match self.parts.as_slice() {
            [part] => self.place_in(Some(part), None, Some(column)),
            _ => Place::file(&self.file),
        }
    }

    fn place_in(&self, part: Option<&Part>, line: Option<usize>, column: Option<usize>) -> Place {
        let own = |part: &Part| part.columns.get(column?).copied().flatten();
        Place {
            sheet: part.and_then(|part| part.name.clone()),
            line,
            column: part.map_or(column, own).map(|column| column + 1),
            ..Place::file(&self.file)
        }
    }

    /// The line of a record as it is listed: its number, with the name of its sheet where there are several.
    pub fn line_name(&self, record: &Record) -> String {
        let several = self.parts.len() > 1;
        match self.tab(record).filter(|_| several) {
            Some(tab) => format!("{tab}!{}", record.line),
            None => record.line.to_string(),
        }
    }

    /// The name of the sheet of the workbook a record comes from.
    pub fn tab(&self, record: &Record) -> Option<&str> {
        self.parts.get(record.part)?.name.as_deref()
    }

    /// The names of the sheets of the workbook it was put together from; none for a text.
    pub fn tabs(&self) -> impl Iterator<Item = &str> {
        self.parts.iter().filter_map(|part| part.name.as_deref())
    }
}
