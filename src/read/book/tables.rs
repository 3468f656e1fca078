//! The school table and the roads inside the workbook: `[schools]` and `[links]` as far as the settings leave them open.

use std::rc::Rc;

use super::entries::{Stated, into_table};
use super::layout::Form;
use super::page::{CellAt, Value, quoted};
use super::tabs::{Grid, is};
use crate::read::workbook::Workbook;

/// How many rows are looked at for headers; titles and merged headers may stand above them.
const HEADERS_WITHIN: usize = 8;

/// Adds what the settings do not say: the file and sheet, and the headers of the template that the sheet has.
pub(super) fn complete(
    settings: &mut Vec<Stated>,
    workbook: &Workbook,
    grids: &[Grid],
    file: &str,
) {
    for grid in grids {
        let Form::Table(table) = grid.spec.form else {
            continue;
        };
        let elsewhere = has(settings, table, "file");
        let sheet = top(grid);
        if elsewhere || sheet.is_none() {
            continue;
        }
        let at = sheet.unwrap_or_else(|| grid.cell(1, 0, ""));
        let one = |text: &str, at: &CellAt| Value::One(quoted(text), at.clone());
        into_table(settings, None, &format!("{table}.file"), one(file, &at));
        into_table(
            settings,
            None,
            &format!("{table}.sheet"),
            one(&grid.name, &at),
        );
        let columns = format!("{table}.columns");
        for column in grid
            .spec
            .columns
            .iter()
            .filter(|column| !has(settings, &columns, column.key))
            .collect::<Vec<_>>()
        {
            if let Some(at) = header(workbook, grid, |text| is(text, column.header)) {
                into_table(
                    settings,
                    None,
                    &format!("{columns}.{}", column.key),
                    one(&at.text.clone(), &at),
                );
            }
        }
    }
}

/// Whether the case states a key of a table.
fn has(settings: &[Stated], table: &str, key: &str) -> bool {
    let own = |(owner, block): &&Stated| owner.is_none() && block.table == table;
    settings
        .iter()
        .filter(own)
        .any(|(_, block)| block.values.iter().any(|(name, _)| name == key))
}

/// The first cell of a table with rows.
fn top(grid: &Grid) -> Option<CellAt> {
    let named = grid.head > 0 && !grid.rows.is_empty();
    named.then(|| CellAt {
        sheet: grid.name.clone(),
        row: grid.head,
        column: 1,
        text: Rc::from(""),
    })
}

/// The first cell near the top of a sheet whose text fits.
fn header(workbook: &Workbook, grid: &Grid, fits: impl Fn(&str) -> bool) -> Option<CellAt> {
    let tab = workbook.sheets.iter().find(|tab| tab.name == *grid.name)?;
    tab.rows.iter().take(HEADERS_WITHIN).find_map(|row| {
        let cell = row.cells.iter().find(|(_, cell)| fits(&cell.to_string()))?;
        Some(grid.cell(row.number, cell.0, cell.1.to_string().trim()))
    })
}

/// What stands near the top of the school table, where its headers are.
pub(super) fn headers(workbook: &Workbook, grids: &[Grid]) -> Vec<String> {
    let schools = grids
        .iter()
        .filter(|grid| grid.spec.form == Form::Table("schools"));
    let tabs = schools.filter_map(|grid| workbook.sheets.iter().find(|tab| tab.name == *grid.name));
    let rows = tabs.flat_map(|tab| tab.rows.iter().take(HEADERS_WITHIN));
    rows.flat_map(|row| {
        row.cells
            .iter()
            .map(|(_, cell)| cell.to_string().trim().to_string())
    })
    .collect()
}
