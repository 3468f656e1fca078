//! What is seen of a column while it is written: how its numbers are best shown and how much room it takes.

use unicode_width::UnicodeWidthStr;

use crate::plan::table::Cell;
use crate::report::column::Holds;
use crate::report::fit::lines;

/// How wide columns of words, sentences and numbers may be, in digits of the default font.
const WIDEST_WORDS: f64 = 30.0;
const WIDEST_SENTENCE: f64 = 52.0;
const NARROWEST: f64 = 6.0;

/// A header that needs three lines is better than one whose last bracket stands alone because its column is wide.
const TIGHT: f64 = 0.8;

/// Digits before the point up to which a gap index is shown with two places.
const SHORT: usize = 3;

/// Room that the button of a filter takes.
const BUTTON: f64 = 2.8;

/// What the cells of a column have in common.
#[derive(Clone, Debug)]
pub struct Measure {
    holds: Holds,
    /// Decimal places of the longest number.
    places: usize,
    /// Digits before the point of the largest number.
    whole: usize,
    negative: bool,
    /// The smallest size above 0.
    smallest: f64,
    /// Width of the widest text.
    text: usize,
}

impl Measure {
    /// Of a column in which nothing stands yet.
    pub fn new(holds: Holds) -> Measure {
        Measure {
            holds,
            places: 0,
            whole: 1,
            negative: false,
            smallest: f64::INFINITY,
            text: 0,
        }
    }

    /// Sees a cell.
    pub fn see(&mut self, cell: &Cell) {
        match cell {
            Cell::Empty => {}
            Cell::Text(text) => self.text = self.text.max(text.width()),
            Cell::Number(number) => self.see_number(number),
        }
    }

    /// Sees a number in plain digits.
    pub fn see_number(&mut self, number: &str) {
        let digits = number.trim_start_matches('-');
        self.negative |= digits.len() < number.len();
        let (whole, places) = digits.split_once('.').unwrap_or((digits, ""));
        self.whole = self.whole.max(whole.len());
        self.places = self.places.max(places.len());
        let size: f64 = digits.parse().unwrap_or(0.0);
        if size > 0.0 {
            self.smallest = self.smallest.min(size);
        }
    }

    /// The number format of the column. Numbers below one hundredth keep two digits that count, so that a price of
    /// 0.00138 万元 is not shown as nothing.
    pub fn format(&self) -> String {
        match self.holds {
            Holds::Words | Holds::Sentence => "General".to_string(),
            Holds::Label => "0".to_string(),
            Holds::Percent => "0.0".to_string(),
            Holds::Coefficient => "0.000".to_string(),
            Holds::Share => "+0.0%;-0.0%;0.0%".to_string(),
            Holds::Quantity | Holds::Money | Holds::Gap if self.places == 0 => "#,##0".to_string(),
            Holds::Gap if self.whole <= SHORT => "#,##0.00".to_string(),
            Holds::Gap => "#,##0.0".to_string(),
            Holds::Quantity | Holds::Money => self.decimals(),
        }
    }

    fn decimals(&self) -> String {
        let extra = self.extra();
        match extra {
            0 if self.places == 1 && self.holds == Holds::Quantity => "#,##0.0".to_string(),
            0 => "#,##0.00".to_string(),
            _ => format!("[>=1]#,##0.00;[=0]0;0.00{}", "#".repeat(extra)),
        }
    }

    /// Places beyond two that small numbers need. A column with negative numbers keeps to two: a format tells three
    /// kinds of numbers apart at most.
    fn extra(&self) -> usize {
        if self.negative || self.smallest >= 0.01 || !self.smallest.is_finite() {
            return 0;
        }
        let magnitude = -self.smallest.log10().floor() as i32;
        (magnitude - 1).clamp(0, 4) as usize
    }

    /// How wide the column is below a header, in digits of the default font.
    pub fn width(&self, header: &str) -> f64 {
        let places = match self.holds {
            Holds::Words | Holds::Sentence | Holds::Label => 0,
            Holds::Percent | Holds::Share => 2,
            Holds::Coefficient => 4,
            _ if self.places == 0 => 0,
            Holds::Gap => 2 + usize::from(self.whole <= SHORT),
            Holds::Quantity | Holds::Money => 3 + self.extra(),
        };
        let marks = match self.holds {
            Holds::Label => 0,
            _ => (self.whole - 1) / 3,
        };
        let digits = self.whole + marks + places + usize::from(self.negative);
        let numbers = if self.holds.is_number() {
            digits as f64 + 2.5
        } else {
            0.0
        };
        // Chinese characters take a little more than two digits.
        let text = self.text as f64 * 1.1 + 2.5;
        let widest = match self.holds {
            Holds::Sentence => WIDEST_SENTENCE,
            _ => WIDEST_WORDS,
        };
        let content = numbers.max(text.min(widest));
        let tight = if broken(header) < header.width() {
            TIGHT
        } else {
            1.0
        };
        let header = broken(header) as f64 * tight + BUTTON;
        content.max(header.min(WIDEST_WORDS)).max(NARROWEST)
    }
}

/// Headers with a unit in Chinese brackets are not broken up to this width: not every spreadsheet breaks before the
/// bracket.
const UNBROKEN: usize = 16;

/// How wide a header is when it is broken into two lines as evenly as can be, before a bracket, between words, or
/// between Chinese characters where there is neither.
fn broken(header: &str) -> usize {
    if header.contains('（') && header.width() <= UNBROKEN {
        return header.width();
    }
    let bracket = header.rfind(['（', '(']).filter(|&at| at > 0);
    let spaces = || header.match_indices(' ').map(|(at, _)| at);
    let characters = || header.char_indices().map(|(at, _)| at).skip(1);
    let wider = |at: usize| {
        let (one, other) = header.split_at(at);
        one.trim().width().max(other.trim().width())
    };
    let narrowest = |at: &mut dyn Iterator<Item = usize>| at.map(wider).min();
    let best = match bracket {
        Some(at) => Some(wider(at)),
        None if header.is_ascii() => narrowest(&mut spaces()),
        None => narrowest(&mut characters()),
    };
    best.unwrap_or(header.width())
}

/// The lines that a cell takes in a column of sentences.
pub fn lines_of(cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) => lines(text, WIDEST_SENTENCE - 1.5),
        Cell::Number(_) | Cell::Empty => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(holds: Holds, numbers: &[&str]) -> Measure {
        let mut measure = Measure::new(holds);
        numbers.iter().for_each(|number| measure.see_number(number));
        measure
    }

    #[test]
    fn small_numbers_are_never_shown_as_nothing() {
        let format = |holds, numbers: &[&str]| seen(holds, numbers).format();
        assert_eq!(format(Holds::Money, &["12", "5500"]), "#,##0");
        assert_eq!(format(Holds::Money, &["12.5", "0.09"]), "#,##0.00");
        assert_eq!(
            format(Holds::Money, &["12.5", "0.00138"]),
            "[>=1]#,##0.00;[=0]0;0.00##"
        );
        assert_eq!(format(Holds::Quantity, &["0.5", "-0.0001"]), "#,##0.00");
        assert_eq!(format(Holds::Gap, &["58.25"]), "#,##0.00");
        assert_eq!(format(Holds::Gap, &["60337.8125"]), "#,##0.0");
        assert_eq!(format(Holds::Label, &["2026"]), "0");
    }

    #[test]
    fn columns_are_as_wide_as_what_they_show() {
        let width = |holds, numbers: &[&str]| seen(holds, numbers).width("x");
        assert!(width(Holds::Money, &["1234567.89"]) >= "1,234,567.89".len() as f64 + 2.0);
        assert_eq!(broken("2026年支出（万元）"), "2026年支出".width());
        assert_eq!(broken("short 2026 with plan"), "short 2026".width());
        assert_eq!(broken("责任单位"), 4);
        assert!(width(Holds::Label, &["1"]) < width(Holds::Label, &["1000000"]));
        let mut words = Measure::new(Holds::Words);
        words.see(&Cell::text("云岭县第一中心小学"));
        assert!(words.width("学校") > 18.0);
        words.see(&Cell::text("长".repeat(400)));
        assert_eq!(words.width("学校"), WIDEST_WORDS);
    }
}
