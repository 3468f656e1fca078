//! Sheets: a table file, in whatever encoding and with whatever separator, becomes headers and cells of text.

mod bytes;
mod decode;
pub(in crate::read) mod findings;
mod header;
mod records;

use std::path::{Path, PathBuf};

use super::fold::fold;
use crate::words::catalogue::{ENCODING_DOUBTFUL, TABLE_EMPTY, TITLE_SKIPPED};
use crate::words::{Notice, Notices, Place};

/// A table as it stands in a file.
#[derive(Clone, PartialEq, Debug)]
pub struct Sheet {
    /// The file, as the planner named it.
    pub file: PathBuf,
    /// The headers, trimmed, in the order of the columns. A column without a header has an empty one.
    pub header: Vec<String>,
    /// The records below the header, in file order; records of empty cells are left out.
    pub records: Vec<Record>,
    /// The name of the encoding it was read with, such as `UTF-8` or `gb18030`.
    pub encoding: &'static str,
    /// BLAKE3 of the file's bytes as they lie on the disk, in hexadecimal.
    pub hash: String,
}

/// One record of a sheet.
#[derive(Clone, PartialEq, Debug)]
pub struct Record {
    /// The line of the file it starts on, counted from 1.
    pub line: usize,
    /// Its cells, trimmed; always as many as the sheet has headers.
    pub cells: Vec<String>,
}

impl Sheet {
    /// The column (counted from 0) with this header: the first spelt the same, else the first that differs only in
    /// width of letters, capitals or outer space.
    pub fn column(&self, header: &str) -> Option<usize> {
        let same = self.header.iter().position(|own| own == header.trim());
        same.or_else(|| {
            self.header
                .iter()
                .position(|own| !own.is_empty() && fold(own) == fold(header))
        })
    }

    /// The place of a cell, for notices; `column` counts from 0, the place from 1.
    pub fn place(&self, record: &Record, column: usize) -> Place {
        Place::at(&self.file, record.line, column + 1)
    }
}

/// Reads a table: CSV, plain or gzip, separated by commas, semicolons or tabs, in UTF-8, GB18030 or UTF-16 with a mark.
///
/// Every fault becomes a notice. `None` when nothing could be read; a sheet may come back beside errors, so that its
/// other cells can be checked in the same pass.
pub fn read_sheet(folder: &Path, file: &str, notices: &mut Notices) -> Option<Sheet> {
    read_sheet_expecting(folder, file, &[], notices)
}

/// Reads a table in which some of the headers `expected` should stand.
///
/// They confirm the encoding (the GB18030 bytes of 学校 are good UTF-8 too), the separator and the line of the headers
/// (a title may stand above them); an expected header that stands twice is an error, any other a warning.
pub fn read_sheet_expecting(
    folder: &Path,
    file: &str,
    expected: &[&str],
    notices: &mut Notices,
) -> Option<Sheet> {
    let raw = bytes::read(folder, file)
        .map_err(|notice| notices.push(notice))
        .ok()?;
    sheet_of(file, raw, expected, notices)
}

fn sheet_of(
    file: &str,
    raw: bytes::Found,
    expected: &[&str],
    notices: &mut Notices,
) -> Option<Sheet> {
    let expected = header::Expected::new(expected);
    let decoded = decode::decode(raw.content, &expected);
    if decoded.doubtful {
        notices.push(Notice::new(ENCODING_DOUBTFUL, Place::file(file)).with(decoded.encoding));
    }
    if records::may_be_too_large(&decoded.text, &header::SEPARATORS) {
        records::too_large(&mut findings::Findings::new(file, notices));
        return None;
    }
    let Some(shape) = header::shape(&decoded.text, &expected) else {
        notices.push(Notice::new(TABLE_EMPTY, Place::file(file)));
        return None;
    };
    if shape.row > 0 {
        notices.push(Notice::new(TITLE_SKIPPED, Place::file(file)).with(shape.row));
    }
    let mut found = findings::Findings::new(file, notices);
    let read = records::records(&decoded.text, &shape, &expected, &mut found);
    found.close();
    let (header, records) = read?;
    Some(Sheet {
        file: file.into(),
        header,
        records,
        encoding: decoded.encoding,
        hash: raw.hash,
    })
}

#[cfg(test)]
mod tests;
