//! Tables for spreadsheets: a byte order mark for Chinese Excel, and no cell that a spreadsheet would run.

use crate::plan::table::Cell;
use crate::words::Lang;

/// Rows as CSV bytes in UTF-8; Chinese files begin with a byte order mark, without which Excel garbles them.
pub fn render(header: &[String], rows: impl IntoIterator<Item = Vec<Cell>>, lang: Lang) -> Vec<u8> {
    let mut bytes = lang.pick("\u{feff}", "").as_bytes().to_vec();
    let mut writer = csv::WriterBuilder::new().from_writer(&mut bytes);
    // Writing into memory cannot fail, and every row has the header's length.
    let mut put = |cells: Vec<String>| writer.write_record(cells).unwrap_or_default();
    put(header.iter().map(|name| guarded(name)).collect());
    for row in rows {
        put(row.into_iter().map(text_of).collect());
    }
    drop(writer);
    bytes
}

fn text_of(cell: Cell) -> String {
    match cell {
        Cell::Empty => String::new(),
        Cell::Number(number) => number,
        Cell::Text(text) => guarded(&text),
    }
}

/// Text that a spreadsheet takes for text: a leading apostrophe where it would see a formula.
fn guarded(text: &str) -> String {
    if text.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{text}")
    } else {
        text.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_guarded_and_numbers_are_not() {
        let rows = [vec![
            Cell::Text("=1+1".into()),
            Cell::Number("-3".into()),
            Cell::Empty,
        ]];
        let header = ["a".to_string(), "b".to_string(), "c".to_string()];
        assert_eq!(
            render(&header, rows.clone(), Lang::En),
            b"a,b,c\n'=1+1,-3,\n"
        );
        assert_eq!(&render(&header, rows, Lang::Zh)[..3], "\u{feff}".as_bytes());
    }
}
