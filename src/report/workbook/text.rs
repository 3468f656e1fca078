//! Texts in cells: none that a spreadsheet would take for a formula, none longer than a cell holds.

use std::borrow::Cow;

use rust_xlsxwriter::{Format, Worksheet, XlsxError};

use crate::report::csv::{begins_a_formula, without_controls};
use crate::report::page::tame;

/// Most characters of a cell, as a spreadsheet counts them (in UTF-16).
const LONGEST: usize = 32_767;

/// Most characters of the title of a chart.
const LONGEST_TITLE: usize = 250;

/// Writes a text. It is stored as text whatever it begins with; where it would become a formula if it was typed in, the
/// cell is marked (as by a leading apostrophe), so that it stays text when somebody edits it. Without a format the cell
/// looks like its column.
///
/// # Errors
/// When the sheet has no such cell.
pub fn write(
    sheet: &mut Worksheet,
    (row, column): (u32, u16),
    text: &str,
    format: Option<&Format>,
) -> Result<(), XlsxError> {
    let text = fitting(text);
    if begins_a_formula(&text) {
        let marked = format.cloned().unwrap_or_default().set_quote_prefix();
        sheet.write_string_with_format(row, column, text.as_ref(), &marked)?;
    } else if let Some(format) = format {
        sheet.write_string_with_format(row, column, text.as_ref(), format)?;
    } else {
        sheet.write_string(row, column, text.as_ref())?;
    }
    Ok(())
}

/// As much of a text as fits into a cell.
fn fitting(text: &str) -> Cow<'_, str> {
    if let Cow::Owned(shown) = without_controls(text) {
        return Cow::Owned(fitting(&shown).into_owned());
    }
    if text.len() <= LONGEST || text.encode_utf16().count() <= LONGEST {
        return Cow::Borrowed(text);
    }
    let mut room = LONGEST - 1;
    let kept = text.chars().take_while(|c| {
        let fits = c.len_utf16() <= room;
        room = room.saturating_sub(c.len_utf16());
        fits
    });
    Cow::Owned(kept.chain(['…']).collect())
}

/// A text as the title of a chart: one that begins with `=` would be taken for a reference.
pub fn title(text: &str) -> String {
    let text = tame(text);
    let text = text.trim_start_matches(['=', ' ']);
    text.chars().take(LONGEST_TITLE).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_cut_to_what_a_cell_holds() {
        assert_eq!(fitting("一").as_ref(), "一");
        let long = "𠮷".repeat(20_000);
        let cut = fitting(&long);
        assert!(cut.encode_utf16().count() <= LONGEST && cut.ends_with('…'));
    }

    #[test]
    fn no_title_is_a_reference() {
        assert_eq!(title("=A1"), "A1");
    }
}
