//! Where the numbers of the schools stand.

use super::columns::{Columns, Counted, StockColumns};
use crate::case::Cells;
use crate::case::doubt::Part;
use crate::read::table::{Record, Sheet};

/// The cells of the schools read from these rows of a sheet, in their order.
pub(super) fn whereabouts<'a>(
    sheet: &Sheet,
    rows: impl Iterator<Item = &'a Record>,
    columns: &Columns,
    stock: &[StockColumns],
) -> Cells {
    let mut cells = Cells {
        file: sheet.file.clone(),
        ..Cells::default()
    };
    let mut last = None;
    for row in rows {
        let tab = sheet.tab(row);
        let known = |part: &Part| part.sheet.as_deref() == tab;
        // Rows of a sheet follow one another.
        let at = match last.filter(|&at: &usize| known(&cells.parts[at])) {
            Some(at) => at,
            None => cells.parts.iter().position(known).unwrap_or_else(|| {
                cells.parts.push(part(sheet, row, columns, stock));
                cells.parts.len() - 1
            }),
        };
        last = Some(at);
        cells.schools.push((at, row.line));
    }
    cells
}

/// The columns of the part of a sheet in which a row stands.
fn part(sheet: &Sheet, row: &Record, columns: &Columns, stock: &[StockColumns]) -> Part {
    let own = |column: usize| sheet.record_place(row, Some(column)).column;
    let counted =
        |of: Counted| [of.total, of.primary, of.junior].map(|column| column.and_then(own));
    let all = |columns: &StockColumns| {
        let all = [&columns.stock, &columns.unusable]
            .into_iter()
            .flatten()
            .flatten();
        all.filter_map(|&column| own(column)).collect()
    };
    Part {
        sheet: sheet.tab(row).map(str::to_string),
        pupils: counted(columns.pupils),
        classes: counted(columns.classes),
        stock: stock.iter().map(all).collect(),
    }
}
