//! Tables for spreadsheets: a byte order mark for Chinese Excel, and no cell that a spreadsheet would run.

use std::borrow::Cow;
use std::io::{self, Write};

use crate::plan::table::Cell;
use crate::words::Lang;

/// Writes rows as CSV in UTF-8, each as it comes; Chinese files begin with a byte order mark, without which Excel
/// garbles them.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(
    mut out: impl Write,
    header: &[String],
    rows: impl IntoIterator<Item = Vec<Cell>>,
    lang: Lang,
) -> io::Result<()> {
    out.write_all(lang.pick("\u{feff}", "").as_bytes())?;
    let mut writer = csv::Writer::from_writer(&mut out);
    writer.write_record(header.iter().map(|name| guarded(name).into_owned()))?;
    writer.flush()?;
    drop(writer);
    append(out, rows)
}

/// Writes more rows to what [`write()`] began.
///
/// # Errors
/// When `out` cannot be written.
pub fn append(out: impl Write, rows: impl IntoIterator<Item = Vec<Cell>>) -> io::Result<()> {
    let mut writer = csv::WriterBuilder::new().flexible(true).from_writer(out);
    for row in rows {
        for cell in &row {
            writer.write_field(text_of(cell).as_bytes())?;
        }
        writer.write_record(None::<&[u8]>)?;
    }
    writer.flush()
}

fn text_of(cell: &Cell) -> Cow<'_, str> {
    match cell {
        Cell::Empty => Cow::Borrowed(""),
        Cell::Number(number) => Cow::Borrowed(number),
        Cell::Text(text) => guarded(text),
    }
}

/// Text that a spreadsheet takes for text: a leading apostrophe where it would see a formula, and no control character.
fn guarded(text: &str) -> Cow<'_, str> {
    let text = without_controls(text);
    match begins_a_formula(&text) {
        true => Cow::Owned(format!("'{text}")),
        false => text,
    }
}

/// A text with the picture of each control character in its place (␇ for the bell): some programs obey them, and most of a
/// workbook cannot hold them.
pub fn without_controls(text: &str) -> Cow<'_, str> {
    let controls = |c: char| c.is_control() && !matches!(c, '\n' | '\r' | '\t');
    if !text.contains(controls) {
        return Cow::Borrowed(text);
    }
    let shown = |c: char| match u32::from(c) {
        low @ 0..0x20 => char::from_u32(0x2400 + low).unwrap_or('?'),
        0x7f => '\u{2421}',
        _ => '?',
    };
    let pictured = text.chars().map(|c| if controls(c) { shown(c) } else { c });
    Cow::Owned(pictured.collect())
}

/// Whether a spreadsheet would see a formula in a text that is typed in.
pub fn begins_a_formula(text: &str) -> bool {
    text.starts_with(['=', '+', '-', '@', '\t', '\r'])
}

/// The text of a cell that was read back, without the apostrophe that guarded it.
pub fn unguarded(text: &str) -> &str {
    match text.strip_prefix('\'') {
        Some(rest) if guarded(rest) != rest => rest,
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_guarded_and_numbers_are_not() -> io::Result<()> {
        let rows = [vec![
            Cell::Text("=1+1\u{7}".into()),
            Cell::Number("-3".into()),
            Cell::Empty,
        ]];
        let header = ["a".to_string(), "b".to_string(), "c".to_string()];
        let written = |lang| {
            let mut bytes = Vec::new();
            let done = write(&mut bytes, &header, rows.clone(), lang);
            done.map(|()| bytes)
        };
        assert_eq!(unguarded("'=1+1"), "=1+1");
        assert_eq!(unguarded("'tis"), "'tis");
        assert_eq!(written(Lang::En)?, "a,b,c\n'=1+1\u{2407},-3,\n".as_bytes());
        assert_eq!(&written(Lang::Zh)?[..3], "\u{feff}".as_bytes());
        Ok(())
    }
}
