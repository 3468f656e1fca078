//! What stands in a cell.

use std::fmt;

use calamine::{ExcelDateTime, ExcelDateTimeType};

/// What stands in a cell, as a planner takes it. A formula is its last computed value.
#[derive(Clone, PartialEq, Debug)]
pub enum CellText {
    /// A text, or a date or time in ISO form.
    Text(Box<str>),
    /// A number; a percentage as a fraction.
    Number(f64),
    /// True or false.
    Truth(bool),
    /// A fault of the spreadsheet, such as `#N/A`.
    Fault(Box<str>),
    /// A formula that was never computed.
    Uncomputed,
}

impl CellText {
    /// How many bytes its text takes beside the cell itself.
    pub(super) fn size(&self) -> usize {
        match self {
            CellText::Text(text) | CellText::Fault(text) => text.len(),
            CellText::Number(_) | CellText::Truth(_) | CellText::Uncomputed => 0,
        }
    }

    /// The text of a date: the days since the epoch of the workbook as `2026-09-01`, `2026-09-01 08:30:00` or `08:30:00`.
    pub(super) fn date(days: f64, from_1904: bool) -> CellText {
        // Spreadsheets know dates from 1900 to 9999; anything else is a number that was formatted by mistake.
        if !(0.0..2_958_466.0).contains(&days) {
            return CellText::Number(days);
        }
        let date = ExcelDateTime::new(days, ExcelDateTimeType::DateTime, from_1904);
        let (year, month, day, hour, minute, second, _) = date.to_ymd_hms_milli();
        let time = format!("{hour:02}:{minute:02}:{second:02}");
        let day = format!("{year:04}-{month:02}-{day:02}");
        let text = match (days < 1.0 && !from_1904, days.fract() == 0.0) {
            (true, _) => time,
            (false, true) => day,
            (false, false) => format!("{day} {time}"),
        };
        CellText::Text(text.into())
    }
}

/// The text as a planner would type it: `12.5`, never `12.50` or `12.0`.
impl fmt::Display for CellText {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            CellText::Text(text) | CellText::Fault(text) => f.write_str(text),
            CellText::Number(number) => write!(f, "{number}"),
            CellText::Truth(true) => f.write_str("TRUE"),
            CellText::Truth(false) => f.write_str("FALSE"),
            CellText::Uncomputed => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_written_as_typed() {
        for (number, text) in [
            (2026.0, "2026"),
            (0.1, "0.1"),
            (-12.5, "-12.5"),
            (0.13, "0.13"),
        ] {
            assert_eq!(CellText::Number(number).to_string(), text);
        }
    }

    #[test]
    fn dates_are_iso() {
        for (days, text) in [
            (46_266.0, "2026-09-01"),
            (46_266.5, "2026-09-01 12:00:00"),
            (0.25, "06:00:00"),
            (-3.0, "-3"),
            (1e300, &CellText::Number(1e300).to_string()),
        ] {
            assert_eq!(CellText::date(days, false).to_string(), text);
        }
    }
}
