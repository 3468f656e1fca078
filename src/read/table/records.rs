//! From text to headers and records, every fault with its line and column.

use csv::StringRecord;

use super::Record;
use super::findings::Findings;
use super::header::{Expected, Shape, reader};
use crate::words::catalogue::{
    CHARACTER_BROKEN, HEADER_TWICE, HEADER_TWICE_UNUSED, QUOTE_UNCLOSED, RECORD_RAGGED, ROWS_EMPTY,
    TABLE_TOO_LARGE, TABLE_WITHOUT_ROWS,
};

/// The most cells that are read; 240,000 schools with 100 columns fit.
const MOST_CELLS: usize = 32_000_000;

/// Reads headers and records; `None` when there are too many cells to keep.
pub fn records(
    text: &str,
    shape: &Shape,
    expected: &Expected,
    found: &mut Findings,
) -> Option<(Vec<String>, Vec<Record>)> {
    let mut rows = Rows::new(text, shape.separator);
    let head = (0..=shape.row).map_while(|_| rows.next()).last()?;
    let header = trimmed(&head.cells);
    check_quotes(&head, found);
    check_characters(&head, &header, found);
    check_doubles(&head, &header, expected, found);

    let mut records = Vec::new();
    let mut empty: Option<(usize, usize)> = None;
    for row in rows {
        check_quotes(&row, found);
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
        if records.len().saturating_mul(header.len()) > MOST_CELLS {
            found.push(found.notice(TABLE_TOO_LARGE, None, None).with(MOST_CELLS));
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
    cells.iter().map(|cell| cell.trim().to_string()).collect()
}

/// A quotation mark that is never closed swallows the rest of the file into one cell.
fn check_quotes(row: &Row, found: &mut Findings) {
    let swallowed = row
        .cells
        .iter()
        .any(|cell| cell.trim_end().contains(['\n', '\r']));
    if swallowed && row.text.bytes().filter(|&byte| byte == b'"').count() % 2 == 1 {
        found.push(
            found
                .notice(QUOTE_UNCLOSED, Some(row.line), None)
                .text(found.shown(row.text)),
        );
    }
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
    for (at, name) in header
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty())
    {
        if let Some(first) = header[..at].iter().position(|earlier| earlier == name) {
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
