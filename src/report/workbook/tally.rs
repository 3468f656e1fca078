//! Sums of the decimals that stand in cells, exact: what a total must come to, however a spreadsheet adds.

use crate::plan::table::Cell;
use crate::words::sum::Sum;

/// Decimal places that are counted; a cell has at most ten, when money of two places is shown in hundred millions.
const PLACES: usize = 12;

/// The sum of the numbers of a column.
#[derive(Clone, Copy, Debug)]
pub struct Tally {
    /// In units of 10⁻¹²; `None` once a number did not fit.
    exact: Option<i128>,
    close: Sum,
}

impl Default for Tally {
    fn default() -> Tally {
        Tally {
            exact: Some(0),
            close: Sum::default(),
        }
    }
}

impl Tally {
    /// Adds the number of a cell, if it holds one.
    pub fn see(&mut self, cell: &Cell) {
        if let Cell::Number(number) = cell {
            self.add(number);
        }
    }

    /// Adds a number in plain digits.
    fn add(&mut self, number: &str) {
        self.exact = self
            .exact
            .zip(scaled(number))
            .and_then(|(sum, term)| sum.checked_add(term));
        self.close.add(number.parse().unwrap_or(0.0));
    }

    /// The double next to the sum.
    pub fn value(&self) -> f64 {
        let Some(exact) = self.exact else {
            return self.close.value();
        };
        let unit = 10_u128.pow(PLACES as u32);
        let (whole, rest) = (exact.unsigned_abs() / unit, exact.unsigned_abs() % unit);
        let text = format!("{whole}.{rest:0PLACES$}");
        let size: f64 = text.parse().unwrap_or(0.0);
        if exact < 0 { -size } else { size }
    }
}

/// A number in plain digits in units of 10⁻¹².
fn scaled(number: &str) -> Option<i128> {
    let (negative, digits) = number
        .strip_prefix('-')
        .map_or((false, number), |rest| (true, rest));
    let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
    if places.len() > PLACES {
        return None;
    }
    let size: i128 = format!("{whole}{places:0<PLACES$}").parse().ok()?;
    Some(if negative { -size } else { size })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn total(numbers: &[&str]) -> f64 {
        let mut tally = Tally::default();
        numbers.iter().for_each(|number| tally.add(number));
        tally.value()
    }

    #[test]
    fn sums_are_those_of_the_decimals() {
        assert_ne!(0.1 + 0.2, 0.3);
        assert_eq!(total(&["0.1", "0.2"]), 0.3);
        assert_eq!(total(&["-1.25", "0.0000000001", "3"]), 1.7500000001);
        assert_eq!(total(&["-0.5", "0.25"]), -0.25);
        assert_eq!(total(&[]), 0.0);
    }

    #[test]
    fn what_does_not_fit_is_still_summed() {
        let huge = "1".to_string() + &"0".repeat(60);
        assert_eq!(total(&[&huge, "1"]), 1e60);
    }
}
