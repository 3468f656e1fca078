//! Numbers out of the cells of one sheet. Missing is never 0.

use super::tally::Tally;
use crate::read::number::{self, Cell};
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::{CELL_OUT_OF_RANGE, MISSING_CELLS, NUMBER_BAD};

/// Largest number of pupils, classes or units a cell may hold.
const MOST: f64 = 1e12;

/// What a cell says.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) enum Said {
    /// A number from 0 up.
    Number(f64),
    /// Nothing.
    Missing,
    /// Something wrong, which has been reported.
    Wrong,
}

impl Said {
    /// The number, where there is one.
    pub(super) fn number(self) -> Option<f64> {
        match self {
            Said::Number(number) => Some(number),
            Said::Missing | Said::Wrong => None,
        }
    }
}

/// Reads cells and collects what is wrong with them.
pub(super) struct Cells<'a> {
    /// The sheet.
    pub(super) sheet: &'a Sheet,
    /// Further marks for "missing".
    pub(super) missing: &'a [String],
    /// Findings.
    pub(super) tally: Tally<'a>,
}

impl Cells<'_> {
    /// The header of a column.
    pub(super) fn header(&self, column: usize) -> String {
        self.sheet.header[column].clone()
    }

    /// A number from 0 up; a missing one is not reported.
    pub(super) fn number(&mut self, record: &Record, column: usize) -> Said {
        let header = &self.sheet.header[column];
        match number::parse(&record.cells[column], self.missing) {
            Cell::Missing => Said::Missing,
            Cell::Number(number) if (0.0..=MOST).contains(&number) => Said::Number(number),
            Cell::Number(_) => {
                let range = format!("0 … {MOST:e}");
                self.tally
                    .cell(CELL_OUT_OF_RANGE, record, column, |notice| {
                        notice.with(header).with(range)
                    });
                Said::Wrong
            }
            Cell::Bad => {
                self.tally
                    .cell(NUMBER_BAD, record, column, |notice| notice.with(header));
                Said::Wrong
            }
        }
    }

    /// A number from 0 up; where it is missing, that is gathered by column.
    pub(super) fn expected(&mut self, record: &Record, column: usize) -> Option<f64> {
        let said = self.number(record, column);
        if said == Said::Missing {
            let header = &self.sheet.header[column];
            self.tally
                .gather(MISSING_CELLS, record, Some(column), header);
        }
        said.number()
    }

    /// The sum of several columns, `None` when one of them says nothing.
    pub(super) fn sum(&mut self, record: &Record, columns: &[usize]) -> Option<f64> {
        let numbers: Vec<Option<f64>> = columns
            .iter()
            .map(|column| self.expected(record, *column))
            .collect();
        numbers.into_iter().sum()
    }
}
