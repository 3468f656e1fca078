//! Where the headers stand and what separates cells.

use std::borrow::Cow;
use std::cmp::Reverse;

use csv::StringRecord;

use super::super::fold::fold;
use super::unit;

/// The headers that a sheet should have, folded and without units; of those with several levels the lowest too.
pub struct Expected(Vec<String>);

impl Expected {
    /// From the headers as the planner wrote them.
    pub fn new(headers: &[&str]) -> Expected {
        let mut expected: Vec<String> = headers
            .iter()
            .map(|header| unit::split(&fold(header)).0.to_string())
            .collect();
        let lowest = |own: &String| own.rsplit_once('/').map(|(_, lowest)| lowest.to_string());
        let lowest: Vec<String> = expected.iter().filter_map(lowest).collect();
        expected.extend(lowest);
        Expected(expected)
    }

    /// Whether nothing is expected.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// How many of them a row must have to show itself as that of the headers.
    pub fn confirmed(&self) -> usize {
        CONFIRMED.min(self.0.len())
    }

    /// Whether this header is expected.
    pub fn has(&self, header: &str) -> bool {
        let folded: Cow<str> = fold(header);
        let bare = unit::split(&folded).0;
        !bare.is_empty() && self.0.iter().any(|own| own == bare)
    }
}

/// The shape of a sheet.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Shape {
    /// What separates cells.
    pub separator: u8,
    /// How many records stand above the headers.
    pub row: usize,
    /// How many of the headers are expected ones.
    pub matches: usize,
}

/// The separators that are known, the likeliest first.
pub const SEPARATORS: [u8; 3] = [b',', b';', b'\t'];

/// How many records are looked at for headers; titles and remarks may stand above them.
pub const ROWS: usize = 6;

/// Headers below the first record must show themselves by this many expected ones.
pub const CONFIRMED: usize = 2;

/// A reader of records with this separator; records may differ in length.
pub fn reader(text: &str, separator: u8) -> csv::Reader<&[u8]> {
    csv::ReaderBuilder::new()
        .has_headers(false)
        .flexible(true)
        .delimiter(separator)
        .from_reader(text.as_bytes())
}

/// Finds the separator and the line of the headers: most expected headers, then first record, then most cells.
/// `None` when no record has a cell with text.
pub fn shape(text: &str, expected: &Expected) -> Option<Shape> {
    let mut best: Option<(Rank, Shape)> = None;
    for separator in SEPARATORS {
        let rows = reader(text, separator)
            .into_records()
            .map_while(Result::ok)
            .enumerate()
            .take(ROWS);
        let mut filled = rows.filter(|(_, row)| row.iter().any(has_text));
        let Some((first, record)) = filled.next() else {
            continue;
        };
        let top = candidate(separator, first, &record, expected);
        let below = filled.map(|(row, record)| candidate(separator, row, &record, expected));
        let below =
            below.filter(|(_, shape)| shape.matches >= CONFIRMED && shape.matches > top.1.matches);
        for (rank, shape) in std::iter::once(top).chain(below) {
            if best.is_none_or(|(so_far, _)| rank > so_far) {
                best = Some((rank, shape));
            }
        }
    }
    best.map(|(_, shape)| shape)
}

/// Whether a cell holds more than space and what another separator leaves of empty cells.
fn has_text(cell: &str) -> bool {
    cell.contains(|c: char| !c.is_whitespace() && !matches!(c, ',' | ';'))
}

/// Expected headers, how far up, cells.
type Rank = (usize, Reverse<usize>, usize);

fn candidate(
    separator: u8,
    row: usize,
    record: &StringRecord,
    expected: &Expected,
) -> (Rank, Shape) {
    let matches = record.iter().filter(|cell| expected.has(cell)).count();
    (
        (matches, Reverse(row), record.len()),
        Shape {
            separator,
            row,
            matches,
        },
    )
}
