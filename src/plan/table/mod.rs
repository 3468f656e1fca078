//! The plan as a table, one row per measure and fund: 问题 – 措施 – 责任单位 – 完成时限.
//!
//! Its columns are declared where tables are read ([`crate::read::plan_table`]); [`rows`] writes them and [`read`] takes
//! them back from a sheet a planner has edited, so that `solve --keep` and `audit` understand what `solve --out` wrote.

mod problem;
mod read;
mod reworded;
mod write;

pub use problem::{problem, problems};
pub use read::{Wanted, read};
pub use reworded::{Reworded, RowKey, key, reworded};
pub use write::{deadline, rows};

pub use crate::read::plan_table::{Column, LOCK_WORDS};

use crate::case::Case;
use crate::words::Money;

/// A cell of a table for spreadsheets.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing, or not known.
    Empty,
    /// A number, in plain digits with a point.
    Number(String),
    /// Words.
    Text(String),
}

impl Cell {
    /// Words; nothing when there are none.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    /// A number without thousands marks and without digits below a millionth of a unit, which is finer than any
    /// step in which something is handed out.
    pub fn number(value: f64) -> Cell {
        if value.is_finite() {
            Cell::Number(plain(value))
        } else {
            Cell::Empty
        }
    }

    /// A number that may be unknown.
    pub fn known(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::number)
    }

    /// An amount in the unit in which the case shows money; exact when that unit is a power of ten of main units.
    pub fn money(case: &Case, amount: Money) -> Cell {
        Cell::Number(format!("{}", money_shown(case, amount)))
    }
}

/// An amount in the unit in which the case shows money.
pub fn money_shown(case: &Case, amount: Money) -> f64 {
    // Both sides are whole numbers where the unit is a power of ten of main units, so the quotient is the double next
    // to the exact decimal, which is what the shortest form prints.
    amount.as_cents() as f64 / (100.0 * case.money_shown.0)
}

fn plain(value: f64) -> String {
    if value.trunc() == value && value.abs() < 1e15 {
        return (value as i64).to_string(); // most amounts are whole, and this is several times as fast
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_string()
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_plain_and_without_noise() {
        assert_eq!(Cell::number(0.1 + 0.2), Cell::Number("0.3".into()));
        assert_eq!(Cell::number(-1e-13), Cell::Number("0".into()));
        assert_eq!(Cell::number(f64::NAN), Cell::Empty);
        assert_eq!(Cell::number(1200.0), Cell::Number("1200".into()));
    }
}
