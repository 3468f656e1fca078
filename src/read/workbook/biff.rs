//! The records of an XLS workbook, looked through before a reader that believes them sees them.
//!
//! Layouts follow [MS-XLS]. What declares sizes or is not needed (dimensions, names, formula tokens) is made void in
//! place, so that positions stay as they are.

use std::collections::BTreeSet;
use std::ops::Range;

use super::{Refused, bounds};

const BOF: u16 = 0x0809;
const EOF: u16 = 0x000A;
const FILE_PASS: u16 = 0x002F;
const BOUND_SHEET: u16 = 0x0085;
const SST: u16 = 0x00FC;
const CONTINUE: u16 = 0x003C;
const NAME: u16 = 0x0018;
const EXTERN_SHEET: u16 = 0x0017;
const DIMENSIONS: u16 = 0x0200;
const ROW: u16 = 0x0208;
const MERGE_CELLS: u16 = 0x00E5;
const FORMULA: u16 = 0x0006;
const STRING: u16 = 0x0207;
const LABEL: u16 = 0x0204;
const R_STRING: u16 = 0x00D6;
const LABEL_SST: u16 = 0x00FD;
const NUMBER: u16 = 0x0203;
const RK: u16 = 0x027E;
const MUL_RK: u16 = 0x00BD;
const BOOL_ERR: u16 = 0x0205;

/// A type that no reader knows.
const VOID: u16 = 0x0EFF;

/// Cells of the rectangles that hold those of each sheet, in all; the reader fills them.
const MOST_FILLED: usize = 8 << 20;

/// Bytes of UTF-8 a character takes at most.
const PER_CHARACTER: usize = 3;

/// What the reader does not tell.
pub struct Survey {
    /// The hidden rows of each sheet of cells, from 0, in the order of the sheets.
    pub hidden: Vec<BTreeSet<usize>>,
}

/// Looks through a stream of records and makes void what may not be believed.
pub fn survey(stream: &mut [u8]) -> Result<Survey, Refused> {
    let mut book = Book::default();
    let globals = records(stream, 0)?;
    for record in &globals {
        let data = &stream[record.data.clone()];
        match record.kind {
            FILE_PASS => return Err(Refused::Locked),
            BOUND_SHEET => {
                let position = u32_at(data, 0)? as usize;
                let is_cells = data.get(5) == Some(&0);
                book.sheets.push((position, is_cells));
            }
            SST => book.lengths = lengths(stream, &globals, record)?,
            _ => {}
        }
    }
    make_void(stream, &globals, &[NAME, EXTERN_SHEET]);
    if book.sheets.len() > bounds::MOST_SHEETS {
        return Err(broken("sheets"));
    }
    let mut hidden = Vec::new();
    for (position, is_cells) in std::mem::take(&mut book.sheets) {
        let own = records(stream, position)?;
        make_void(stream, &own, &[DIMENSIONS]);
        let rows = book.sheet(stream, &own)?;
        if is_cells {
            hidden.push(rows);
        }
    }
    Ok(Survey { hidden })
}

/// A record: its type and where its data lie.
struct Record {
    kind: u16,
    data: Range<usize>,
}

/// The records from a position to the end of the part that starts there.
fn records(stream: &[u8], start: usize) -> Result<Vec<Record>, Refused> {
    let mut records = Vec::new();
    let (mut at, mut depth) = (start, 0usize);
    while at + 4 <= stream.len() {
        let (kind, length) = (u16_at(stream, at)?, u16_at(stream, at + 2)?);
        let data = at + 4..at + 4 + usize::from(length);
        if data.end > stream.len() {
            return Err(broken("record"));
        }
        at = data.end;
        match kind {
            BOF => depth += 1,
            EOF => depth = depth.saturating_sub(1),
            _ => {}
        }
        records.push(Record { kind, data });
        if kind == EOF && depth == 0 {
            return Ok(records);
        }
    }
    match records.is_empty() {
        true => Err(broken("sheet")),
        false => Ok(records),
    }
}

fn make_void(stream: &mut [u8], records: &[Record], kinds: &[u16]) {
    for record in records.iter().filter(|record| kinds.contains(&record.kind)) {
        let head = record.data.start - 4;
        stream[head..head + 2].copy_from_slice(&VOID.to_le_bytes());
    }
}

/// What all sheets share, and how much they hold so far.
#[derive(Default)]
struct Book {
    sheets: Vec<(usize, bool)>,
    /// How many bytes each shared text takes at most.
    lengths: Vec<usize>,
    filled: usize,
    cells: usize,
    text: usize,
}

impl Book {
    /// Counts the cells of a sheet, makes its formulas void but for their values, and gives its hidden rows.
    fn sheet(&mut self, stream: &mut [u8], records: &[Record]) -> Result<BTreeSet<usize>, Refused> {
        let mut hidden = BTreeSet::new();
        let mut area: Option<(Range<usize>, Range<usize>)> = None;
        for record in records {
            let data = &mut stream[record.data.clone()];
            let columns = match record.kind {
                ROW => {
                    if u16_at(data, 12)? & 0x20 != 0 {
                        hidden.insert(usize::from(u16_at(data, 0)?));
                    }
                    continue;
                }
                MERGE_CELLS => {
                    if data.len() < 2 + 8 * usize::from(u16_at(data, 0)?) {
                        return Err(broken("merged cells"));
                    }
                    continue;
                }
                STRING => {
                    self.text += PER_CHARACTER * data.len();
                    continue;
                }
                FORMULA => {
                    let tokens = data.get_mut(20..22).ok_or_else(|| broken("formula"))?;
                    tokens.fill(0);
                    1
                }
                LABEL | R_STRING => {
                    self.text += PER_CHARACTER * data.len();
                    1
                }
                LABEL_SST => {
                    let at = u32_at(data, 6)? as usize;
                    self.text += self
                        .lengths
                        .get(at)
                        .ok_or_else(|| broken("shared string"))?;
                    1
                }
                MUL_RK => data.len().saturating_sub(6) / 6,
                NUMBER | RK | BOOL_ERR => 1,
                _ => continue,
            };
            let (row, column) = (usize::from(u16_at(data, 0)?), usize::from(u16_at(data, 2)?));
            self.cells += columns;
            let (rows, span) = area.get_or_insert((row..row + 1, column..column + 1));
            *rows = rows.start.min(row)..rows.end.max(row + 1);
            *span = span.start.min(column)..span.end.max(column + columns);
            if self.cells > bounds::MOST_CELLS || self.text > bounds::MOST_TEXT {
                return Err(Refused::Cells);
            }
        }
        self.filled += area.map_or(0, |(rows, span)| rows.len() * span.len());
        match self.filled > MOST_FILLED {
            true => Err(Refused::Cells),
            false => Ok(hidden),
        }
    }
}

/// How many bytes each shared text takes at most. Texts run on in the records that continue theirs, where a new byte of
/// flags says how wide their characters are ([MS-XLS] 2.5.293).
fn lengths(stream: &[u8], records: &[Record], table: &Record) -> Result<Vec<usize>, Refused> {
    let first = records.iter().position(|record| record.data == table.data);
    let own = records.iter().skip(first.map_or(0, |at| at + 1));
    let more = own.take_while(|record| record.kind == CONTINUE);
    let mut pieces = Pieces {
        rest: stream
            .get(table.data.start + 8..table.data.end)
            .ok_or_else(|| broken("texts"))?,
        more: more.map(|record| &stream[record.data.clone()]).collect(),
        next: 0,
    };
    let mut lengths = Vec::new();
    while !pieces.rest.is_empty() || pieces.turn() {
        lengths.push(pieces.text()?);
    }
    Ok(lengths)
}

/// The data of a record and of those that continue it.
struct Pieces<'a> {
    rest: &'a [u8],
    more: Vec<&'a [u8]>,
    next: usize,
}

impl Pieces<'_> {
    /// Goes on to the next piece that holds something.
    fn turn(&mut self) -> bool {
        while let Some(&piece) = self.more.get(self.next) {
            self.next += 1;
            self.rest = piece;
            if !piece.is_empty() {
                return true;
            }
        }
        false
    }

    fn skip(&mut self, mut bytes: usize) -> Result<(), Refused> {
        while bytes > self.rest.len() {
            bytes -= self.rest.len();
            if !self.turn() {
                return Err(broken("texts"));
            }
        }
        self.rest = &self.rest[bytes..];
        Ok(())
    }

    /// Passes over a text; gives how many bytes it takes at most.
    fn text(&mut self) -> Result<usize, Refused> {
        let characters = usize::from(u16_at(self.rest, 0)?);
        let mut flags = *self.rest.get(2).ok_or_else(|| broken("texts"))?;
        self.rest = &self.rest[3..];
        let mut beside = 0;
        if flags & 0x8 != 0 {
            beside += 4 * usize::from(u16_at(self.rest, 0)?);
            self.rest = &self.rest[2..];
        }
        if flags & 0x4 != 0 {
            beside += u32_at(self.rest, 0)? as usize;
            self.rest = &self.rest[4..];
        }
        let mut left = characters;
        loop {
            let width = if flags & 1 != 0 { 2 } else { 1 };
            let here = left.min(self.rest.len() / width);
            self.rest = &self.rest[here * width..];
            left -= here;
            if left == 0 {
                break;
            }
            if !self.turn() {
                return Err(broken("texts"));
            }
            flags = self.rest[0];
            self.rest = &self.rest[1..];
        }
        self.skip(beside)?;
        Ok(PER_CHARACTER * characters)
    }
}

fn broken(what: &str) -> Refused {
    Refused::Broken(format!("XLS: {what}"))
}

fn u16_at(data: &[u8], at: usize) -> Result<u16, Refused> {
    let bytes = data.get(at..).and_then(<[u8]>::first_chunk);
    bytes
        .map(|bytes| u16::from_le_bytes(*bytes))
        .ok_or_else(|| broken("record"))
}

fn u32_at(data: &[u8], at: usize) -> Result<u32, Refused> {
    let bytes = data.get(at..).and_then(<[u8]>::first_chunk);
    bytes
        .map(|bytes| u32::from_le_bytes(*bytes))
        .ok_or_else(|| broken("record"))
}
