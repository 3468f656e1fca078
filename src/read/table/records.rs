//! From text to headers and records, every fault with its line and column.

use std::collections::HashMap;

use csv::StringRecord;

use super::Record;
use super::findings::Findings;
use super::header::{Expected, Shape, reader};
use crate::words::catalogue::{
    CELL_TOO_LONG, CHARACTER_BROKEN, HEADER_TWICE, HEADER_TWICE_UNUSED, QUOTE_UNCLOSED,
    RECORD_RAGGED, ROWS_EMPTY, TABLE_TOO_LARGE, TABLE_WITHOUT_ROWS,
};

/// The most cells that are read; 240,000 schools with 100 columns fit.
pub const MOST_CELLS: usize = 24_000_000;

/// The most records that are read, as many as a spreadsheet has rows.
pub const MOST_RECORDS: usize = 1_048_576;

/// The most columns that are read, as many as a spreadsheet has.
pub const MOST_COLUMNS: usize = 16_384;

/// The longest cell that is kept, in bytes: three for each of the 32,767 characters that a spreadsheet's cell holds.
pub const LONGEST_CELL: usize = 3 * 32_767;

/// Whether a text may hold more cells than are read, whatever parts them. Told before anything is taken apart: a single
/// record of commas would take many times the memory of its text.
pub fn may_be_too_large(text: &str, separators: &[u8]) -> bool {
    separators
        .iter()
        .any(|separator| text.bytes().filter(|byte| byte == separator).count() > MOST_CELLS)
}

/// Says how large a table may be.
pub fn too_large(found: &mut Findings) {
    let notice = found.notice(TABLE_TOO_LARGE, None, None);
    found.push(
        notice
            .with(MOST_CELLS)
            .with(MOST_RECORDS)
            .with(MOST_COLUMNS),
    );
}

/// Reads headers and records; `None` when there are too many to keep.
pub fn records(
    text: &str,
    shape: &Shape,
    expected: &Expected,
    found: &mut Findings,
) -> Option<(Vec<String>, Vec<Record>)> {
    let mut rows = Rows::new(text, shape.separator);
    let head = (0..=shape.row).map_while(|_| rows.next()).last()?;
    if head.cells.len() > MOST_COLUMNS {
        too_large(found);
        return None;
    }
    let header = trimmed(&head.cells);
    check_lengths(&head, found);
    check_characters(&head, &header, found);
    check_doubles(&head, &header, expected, found);

    let mut records = Vec::new();
    let mut empty: Option<(usize, usize)> = None;
    for row in rows {
        if row.cells.len() > MOST_COLUMNS {
            too_large(found);
            return None;
        }
        check_lengths(&row, found);
        let cells = trimmed(&row.cells);
        if cells.iter().all(String::is_empty) {
            empty = Some(empty.map_or((row.line, 1), |(first, count)| (first, count + 1)));
            continue;
        }
        check_characters(&row, &cells, found);
        records.push(Record {
            line: row.line,
            cells: fitted(&row, cells, header.len(), found),
        });
        let cells = records.len().saturating_mul(header.len());
        if records.len() > MOST_RECORDS || cells > MOST_CELLS {
            too_large(found);
            return None;
        }
    }
    if let Some((first, count)) = empty {
        found.push(found.notice(ROWS_EMPTY, Some(first), None).with(count));
    }
    if records.is_empty() {
        found.push(found.notice(TABLE_WITHOUT_ROWS, Some(head.line), None));
    }
    Some((header, records))
}

/// One record as it stands in the text.
struct Row<'a> {
    line: usize,
    text: &'a str,
    cells: StringRecord,
}

/// The records of a text with the lines they start on.
///
/// Lines are counted here, since the reader's own count lags where records end in CR LF or blank lines stand between.
struct Rows<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    counted: usize,
    line: usize,
}

impl<'a> Rows<'a> {
    fn new(text: &'a str, separator: u8) -> Rows<'a> {
        Rows {
            text,
            reader: reader(text, separator),
            counted: 0,
            line: 1,
        }
    }

    fn offset(&self) -> usize {
        (self.reader.position().byte() as usize).min(self.text.len())
    }
}

impl<'a> Iterator for Rows<'a> {
    type Item = Row<'a>;

    fn next(&mut self) -> Option<Row<'a>> {
        let before = self.offset();
        let mut cells = StringRecord::new();
        // Reading UTF-8 from memory with lengths free to differ cannot fail; an error would be the end.
        if !self.reader.read_record(&mut cells).unwrap_or(false) {
            return None;
        }
        let text = self.text.get(before..self.offset()).unwrap_or_default();
        let start = before + (text.len() - text.trim_start_matches(['\r', '\n']).len());
        self.line += line_ends(self.text.get(self.counted..start).unwrap_or_default());
        self.counted = start;
        Some(Row {
            line: self.line,
            text: text.trim_start_matches(['\r', '\n']),
            cells,
        })
    }
}

/// How many lines end in a text: at LF, at CR LF, and at CR alone as in files of old Macintoshes.
fn line_ends(text: &str) -> usize {
    let bytes = text.as_bytes();
    (0..bytes.len())
        .filter(|&at| {
            bytes[at] == b'\n' || (bytes[at] == b'\r' && bytes.get(at + 1) != Some(&b'\n'))
        })
        .count()
}

fn trimmed(cells: &StringRecord) -> Vec<String> {
    cells
        .iter()
        .map(|cell| shortened(cell.trim()).to_string())
        .collect()
}

/// The beginning of a cell that is too long to be kept.
fn shortened(cell: &str) -> &str {
    let mut end = cell.len().min(LONGEST_CELL);
    while !cell.is_char_boundary(end) {
        end -= 1;
    }
    &cell[..end]
}

/// Reports cells that are too long; of those that a quotation mark has swallowed lines into, the mark.
fn check_lengths(row: &Row, found: &mut Findings) {
    if check_quotes(row, found) {
        return;
    }
    let long = row
        .cells
        .iter()
        .position(|cell| cell.trim().len() > LONGEST_CELL);
    if let Some(at) = long {
        let notice = found.notice(CELL_TOO_LONG, Some(row.line), Some(at + 1));
        found.push(notice.text(found.shown(&row.cells[at])).with(LONGEST_CELL));
    }
}

/// A quotation mark that is never closed swallows the rest of the file into one cell. Whether there is one.
fn check_quotes(row: &Row, found: &mut Findings) -> bool {
    let swallowed = row
        .cells
        .iter()
        .any(|cell| cell.trim_end().contains(['\n', '\r']));
    let unclosed = swallowed && row.text.bytes().filter(|&byte| byte == b'"').count() % 2 == 1;
    if unclosed {
        found.push(
            found
                .notice(QUOTE_UNCLOSED, Some(row.line), None)
                .text(found.shown(row.text)),
        );
    }
    unclosed
}

/// Reports cells with characters that were lost on the way or that no text has.
fn check_characters(row: &Row, cells: &[String], found: &mut Findings) {
    let lost = |c: char| {
        c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    };
    for (at, cell) in cells.iter().enumerate() {
        if let Some(c) = cell.chars().find(|&c| lost(c)) {
            let notice = found.notice(CHARACTER_BROKEN, Some(row.line), Some(at + 1));
            found.push(
                notice
                    .text(found.shown(cell))
                    .with(format!("U+{:04X}", c as u32)),
            );
        }
    }
}

fn check_doubles(row: &Row, header: &[String], expected: &Expected, found: &mut Findings) {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    for (at, name) in header
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        let first = *first_of.entry(name).or_insert(at);
        if first < at {
            let code = if expected.has(name) {
                HEADER_TWICE
            } else {
                HEADER_TWICE_UNUSED
            };
            let notice = found.notice(code, Some(row.line), Some(at + 1));
            found.push(notice.text(found.shown(name)).with(first + 1).with(at + 1));
        }
    }
}

/// The cells, as many as there are headers. Empty cells too many at the end are what spreadsheets leave behind.
fn fitted(row: &Row, mut cells: Vec<String>, headers: usize, found: &mut Findings) -> Vec<String> {
    let too_many = cells
        .get(headers..)
        .is_some_and(|extra| extra.iter().any(|cell| !cell.is_empty()));
    if too_many || cells.len() < headers {
        let notice = found.notice(
            RECORD_RAGGED,
            Some(row.line),
            Some(cells.len().min(headers)),
        );
        found.push(
            notice
                .text(found.shown(row.text.trim_end()))
                .with(cells.len())
                .with(headers),
        );
    }
    cells.resize(headers, String::new());
    cells
}
