//! From the bytes of a text to its rows, every fault with its line and column.

use csv::StringRecord;

use super::super::workbook::bounds::MOST_ROWS;
use super::findings::Findings;
use super::header::{self, Expected, reader};
use super::{Cells, MOST_CELLS, Row, decode};
use crate::words::catalogue::{
    CELL_TOO_LONG, CHARACTER_BROKEN, ENCODING_DOUBTFUL, QUOTE_UNCLOSED, TABLE_EMPTY,
    TABLE_TOO_LARGE,
};

/// The longest cell that is kept, in bytes: three for each of the 32,767 characters that a spreadsheet's cell holds.
const LONGEST_CELL: usize = 3 * 32_767;

/// The rows of a text.
pub struct Rows {
    /// All rows, empty ones too.
    pub rows: Vec<Row>,
    /// How many of them stand above the headers.
    pub top: usize,
    /// The name of the encoding.
    pub encoding: &'static str,
}

/// The rows of a text; `None` when it holds nothing.
pub fn rows(content: Vec<u8>, expected: &Expected, found: &mut Findings) -> Option<Rows> {
    let decoded = decode::decode(content, expected);
    if decoded.doubtful {
        let notice = found.notice(ENCODING_DOUBTFUL, None, None);
        found.push(notice.with(decoded.encoding));
    }
    if may_be_too_large(&decoded.text) {
        too_large(found);
        return None;
    }
    let Some(shape) = header::shape(&decoded.text, expected) else {
        found.push(found.notice(TABLE_EMPTY, None, None));
        return None;
    };
    let mut lines = Lines::new(&decoded.text, shape.separator);
    let mut rows = Vec::new();
    while let Some((line, text)) = lines.next() {
        if !check_quotes(line, text, &lines.cells, found) {
            check_lengths(line, &lines.cells, found);
        }
        if rows.len() >= MOST_ROWS {
            too_large(found);
            return None;
        }
        let row = Row {
            line,
            hidden: false,
            cells: Cells::of(
                lines.cells.as_slice().len(),
                lines.cells.iter().map(shortened),
            ),
        };
        check_characters(&row, found);
        rows.push(row);
    }
    Some(Rows {
        rows,
        top: shape.row,
        encoding: decoded.encoding,
    })
}

/// The records of a text with the lines they start on.
///
/// Lines are counted here, since the reader's own count lags where records end in CR LF or blank lines stand between.
struct Lines<'a> {
    text: &'a str,
    reader: csv::Reader<&'a [u8]>,
    counted: usize,
    line: usize,
    cells: StringRecord,
}

impl<'a> Lines<'a> {
    fn new(text: &'a str, separator: u8) -> Lines<'a> {
        Lines {
            text,
            reader: reader(text, separator),
            counted: 0,
            line: 1,
            cells: StringRecord::new(),
        }
    }

    fn offset(&self) -> usize {
        (self.reader.position().byte() as usize).min(self.text.len())
    }

    /// Reads the cells of the next record; gives the line it starts on and its text.
    fn next(&mut self) -> Option<(usize, &'a str)> {
        let before = self.offset();
        // Reading UTF-8 from memory with lengths free to differ cannot fail; an error would be the end.
        if !self.reader.read_record(&mut self.cells).unwrap_or(false) {
            return None;
        }
        let text = self.text.get(before..self.offset()).unwrap_or_default();
        let start = before + (text.len() - text.trim_start_matches(['\r', '\n']).len());
        self.line += line_ends(self.text.get(self.counted..start).unwrap_or_default());
        self.counted = start;
        Some((self.line, text.trim_start_matches(['\r', '\n'])))
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

/// Whether a text may hold more cells than are read, whatever parts them. Told before anything is taken apart: a single
/// record of commas would take many times the memory of its text.
fn may_be_too_large(text: &str) -> bool {
    header::SEPARATORS
        .iter()
        .any(|separator| text.bytes().filter(|byte| byte == separator).count() > MOST_CELLS)
}

fn too_large(found: &mut Findings) {
    let notice = found.notice(TABLE_TOO_LARGE, None, None);
    found.push(notice.with(MOST_CELLS).with(MOST_ROWS));
}

/// The beginning of a cell that is too long to be kept.
fn shortened(cell: &str) -> &str {
    let cell = cell.trim();
    let mut end = cell.len().min(LONGEST_CELL);
    while !cell.is_char_boundary(end) {
        end -= 1;
    }
    &cell[..end]
}

/// Reports cells that are too long.
fn check_lengths(line: usize, cells: &StringRecord, found: &mut Findings) {
    if cells.as_slice().len() <= LONGEST_CELL {
        return;
    }
    let long = cells
        .iter()
        .position(|cell| cell.trim().len() > LONGEST_CELL);
    if let Some(at) = long {
        let notice = found.notice(CELL_TOO_LONG, Some(line), Some(at + 1));
        found.push(notice.text(found.shown(&cells[at])).with(LONGEST_CELL));
    }
}

/// A quotation mark that is never closed swallows the rest of the file into one cell. Whether there is one.
fn check_quotes(line: usize, text: &str, cells: &StringRecord, found: &mut Findings) -> bool {
    let swallowed = cells
        .iter()
        .any(|cell| cell.trim_end().contains(['\n', '\r']));
    let unclosed = swallowed && text.bytes().filter(|&byte| byte == b'"').count() % 2 == 1;
    if unclosed {
        let notice = found.notice(QUOTE_UNCLOSED, Some(line), None);
        found.push(notice.text(found.shown(text)));
    }
    unclosed
}

/// Reports cells with characters that were lost on the way or that no text has.
pub fn check_characters(row: &Row, found: &mut Findings) {
    let lost = |c: char| {
        c == char::REPLACEMENT_CHARACTER || (c.is_control() && !matches!(c, '\t' | '\n' | '\r'))
    };
    // All of them have one of these bytes, which few texts have.
    let suspect = |byte: u8| byte < b' ' || matches!(byte, 0x7f | 0xc2 | 0xef);
    let text = row.cells.text();
    if !text.bytes().any(suspect) || !text.contains(lost) {
        return;
    }
    for (at, cell) in row.cells.iter().enumerate() {
        if let Some(c) = cell.chars().find(|&c| lost(c)) {
            let notice = found.notice(CHARACTER_BROKEN, Some(row.line), Some(at + 1));
            let code = format!("U+{:04X}", c as u32);
            found.push(notice.text(found.shown(cell)).with(code));
        }
    }
}
