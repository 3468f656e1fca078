//! From rows to records: headers found, what stands above and below them left out, sheets put one below the other.

use std::collections::{HashMap, VecDeque};

use super::super::fold::fold;
use super::super::workbook::Merged;
use super::super::workbook::bounds::{MOST_COLUMNS, MOST_ROWS};
use super::findings::Findings;
use super::header::Expected;
use super::sheet::{Part, Record, Sheet};
use super::{MOST_CELLS, Row, footing, heading, merged};
use crate::words::catalogue::{
    CELLS_OUTSIDE, COLUMNS_TOO_MANY, HEADER_LEVELS, HEADER_TWICE, HEADER_TWICE_UNUSED,
    RECORD_RAGGED, ROWS_EMPTY, ROWS_HIDDEN, TABLE_EMPTY, TABLE_TOO_LARGE, TABLE_WITHOUT_ROWS,
    TITLE_SKIPPED,
};

/// How many joined headers are shown as examples.
const EXAMPLES: usize = 3;

/// A sheet that grows part by part.
pub struct Stack {
    sheet: Sheet,
    /// The encoding of a text.
    pub encoding: &'static str,
    /// Whether nothing has gone wrong so far.
    sound: bool,
}

impl Stack {
    /// Nothing yet of this file.
    pub fn new(file: &str, hash: String) -> Stack {
        let mut sheet = Sheet::of_rows(file, Vec::new(), Vec::new());
        sheet.parts.clear();
        sheet.hash = hash;
        Stack {
            sheet,
            encoding: "UTF-8",
            sound: true,
        }
    }

    /// Adds the rows of a text, or of the sheet of this name. `top` of them are known to stand above the headers.
    pub fn add(
        &mut self,
        name: Option<&str>,
        mut rows: Vec<Row>,
        top: usize,
        merged: &[Merged],
        expected: &Expected,
        found: &mut Findings,
    ) {
        let Some(heading) = heading::find(&rows, top, merged) else {
            found.push(found.notice(TABLE_EMPTY, None, None));
            self.sound &= name.is_some();
            return;
        };
        let lines = (rows[heading.first].line, rows[heading.last].line);
        if heading.first > 0 {
            found.push(found.notice(TITLE_SKIPPED, None, None).with(heading.first));
        }
        report_levels(&heading, lines, found);
        let mut body = rows.split_off(heading.last + 1);
        let width = heading.names.len();
        if width > MOST_COLUMNS || body.len().saturating_mul(width) > MOST_CELLS {
            let notice = match width > MOST_COLUMNS {
                true => found
                    .notice(COLUMNS_TOO_MANY, Some(lines.1), None)
                    .with(width)
                    .with(MOST_COLUMNS),
                false => found
                    .notice(TABLE_TOO_LARGE, None, None)
                    .with(MOST_CELLS)
                    .with(MOST_ROWS),
            };
            found.push(notice);
            self.sound = false;
            return;
        }
        check_doubles(&heading.names, lines.1, expected, found);
        if name.is_some() {
            report_outside(&body, width, found);
            body = body.into_iter().map(|row| row.fitted(width)).collect();
            merged::fill(&mut body, merged, found);
        }
        let body = without_empty(body, lines.1, name.is_some(), found);
        let body = footing::without_footing(body, found);
        report_hidden(&body, found);
        if body.is_empty() {
            found.push(found.notice(TABLE_WITHOUT_ROWS, Some(lines.1), None));
        }
        let part = self.sheet.parts.len();
        let columns = self.columns(heading.names);
        let mut own: Vec<Option<usize>> = vec![None; self.sheet.header.len()];
        for (at, &column) in columns.iter().enumerate() {
            own[column] = Some(at);
        }
        let plain = columns.iter().copied().eq(0..columns.len());
        for row in body {
            if name.is_none() {
                check_length(&row, width, found);
            }
            let cell = |at: &Option<usize>| at.map_or("", |at| &row.cells[at]);
            let cells = match plain {
                true => row.cells.fitted(own.len()),
                false => own.iter().map(cell).collect(),
            };
            self.sheet.records.push(Record {
                line: row.line,
                part,
                cells,
            });
        }
        self.sheet.parts.push(Part {
            name: name.map(str::to_string),
            header_line: lines.1,
            columns: own,
        });
    }

    /// Where the columns of these names stand in the sheet; new ones are added at its end.
    fn columns(&mut self, names: Vec<String>) -> Vec<usize> {
        let mut known: HashMap<String, VecDeque<usize>> = HashMap::new();
        for (at, name) in self.sheet.header.iter().enumerate() {
            let alike = known.entry(fold(name).into_owned()).or_default();
            alike.push_back(at);
        }
        let mut columns = Vec::with_capacity(names.len());
        for name in names {
            let folded = fold(&name);
            let alike = known
                .get_mut(folded.as_ref())
                .filter(|_| !folded.is_empty())
                .and_then(VecDeque::pop_front);
            columns.push(alike.unwrap_or(self.sheet.header.len()));
            drop(folded);
            if alike.is_none() {
                self.sheet.header.push(name);
            }
        }
        columns
    }

    /// The sheet; `None` when there is none.
    pub fn sheet(self) -> Option<Sheet> {
        let mut sheet = self.sheet;
        let width = sheet.header.len();
        if sheet.parts.iter().any(|part| part.columns.len() < width) {
            for record in &mut sheet.records {
                record.cells = std::mem::take(&mut record.cells).fitted(width);
            }
            for part in &mut sheet.parts {
                part.columns.resize(width, None);
            }
        }
        sheet.encoding = self.encoding;
        (self.sound && !sheet.parts.is_empty()).then_some(sheet)
    }
}

fn report_levels(heading: &heading::Heading, lines: (usize, usize), found: &mut Findings) {
    if heading.first == heading.last {
        return;
    }
    let joined = heading.names.iter().filter(|name| name.contains('/'));
    let examples: Vec<&str> = joined.take(EXAMPLES).map(String::as_str).collect();
    let notice = found.notice(HEADER_LEVELS, Some(lines.0), None);
    let examples = match examples.is_empty() {
        true => "—".to_string(),
        false => examples.join(", "),
    };
    found.push(
        notice
            .with(format!("{}–{}", lines.0, lines.1))
            .with(examples),
    );
}

fn check_doubles(names: &[String], line: usize, expected: &Expected, found: &mut Findings) {
    let mut first_of: HashMap<&str, usize> = HashMap::new();
    let named = names
        .iter()
        .enumerate()
        .filter(|(_, name)| !name.is_empty());
    for (at, name) in named {
        let first = *first_of.entry(name).or_insert(at);
        if first == at {
            continue;
        }
        let code = match expected.has(name) {
            true => HEADER_TWICE,
            false => HEADER_TWICE_UNUSED,
        };
        let notice = found.notice(code, Some(line), Some(at + 1));
        found.push(notice.text(found.shown(name)).with(first + 1).with(at + 1));
    }
}

/// The rows that hold something. Of a workbook the empty ones are not there any more and show as gaps.
fn without_empty(rows: Vec<Row>, header: usize, gaps: bool, found: &mut Findings) -> Vec<Row> {
    let mut first = None;
    let mut empty = 0;
    let mut before = header;
    let mut kept = Vec::with_capacity(rows.len());
    for row in rows {
        let blank = row.cells.are_blank();
        let gap = if gaps {
            row.line.saturating_sub(before + 1)
        } else {
            0
        };
        if blank || gap > 0 {
            first.get_or_insert(if gap > 0 { before + 1 } else { row.line });
            empty += gap + usize::from(blank);
        }
        before = row.line;
        if !blank {
            kept.push(row);
        }
    }
    if let Some(first) = first {
        found.push(found.notice(ROWS_EMPTY, Some(first), None).with(empty));
    }
    kept
}

/// Cells of a workbook beside the headers belong to no column.
fn report_outside(rows: &[Row], width: usize, found: &mut Findings) {
    let outside = |row: &Row| (width..row.cells.len()).find(|&at| !row.cells[at].is_empty());
    let mut all = rows
        .iter()
        .filter_map(|row| Some((row.line, outside(row)?)));
    if let Some((line, column)) = all.next() {
        let notice = found.notice(CELLS_OUTSIDE, Some(line), Some(column + 1));
        found.push(notice.with(all.count() + 1));
    }
}

/// Hidden rows are records like others: a filter that was left on hides schools that are there.
fn report_hidden(rows: &[Row], found: &mut Findings) {
    let mut hidden = rows.iter().filter(|row| row.hidden);
    if let Some(first) = hidden.next() {
        let notice = found.notice(ROWS_HIDDEN, Some(first.line), None);
        found.push(notice.with(hidden.count() + 1));
    }
}

/// Empty cells too many at the end are what spreadsheets leave behind when they export.
fn check_length(row: &Row, headers: usize, found: &mut Findings) {
    let cells = &row.cells;
    let too_many = (headers..cells.len()).any(|at| !cells[at].is_empty());
    if too_many || cells.len() < headers {
        let last = cells.len().min(headers);
        let notice = found.notice(RECORD_RAGGED, Some(row.line), Some(last));
        let text: Vec<&str> = cells.iter().collect();
        found.push(
            notice
                .text(found.shown(&text.join(",")))
                .with(cells.len())
                .with(headers),
        );
    }
}
