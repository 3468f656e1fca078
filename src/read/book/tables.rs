//! The school table, the roads and the doubts inside the workbook: `[schools]`, `[links]` and `[doubts]` as far as the settings leave them open.

use std::rc::Rc;

use super::cells::split;
use super::entries::{Stated, into_table};
use super::layout::{Form, SheetSpec};
use super::page::{Block, CellAt, Value, quoted};
use super::sheets::SHEETS;
use super::tabs::{Grid, is};
use crate::read::workbook::{Tab, TabRow, Workbook};

/// How many rows are looked at for headers; titles and merged headers may stand above them.
const HEADERS_WITHIN: usize = 8;

/// Adds what the settings do not say: the file and sheet, and the headers of the template that the sheet has.
pub(super) fn complete(
    settings: &mut Vec<Stated>,
    workbook: &Workbook,
    grids: &[Grid],
    file: &str,
) {
    for spec in SHEETS {
        if let Form::Table(table) = spec.form {
            complete_table(settings, spec, table, workbook, grids, file);
        }
    }
}

fn complete_table(
    settings: &mut Vec<Stated>,
    spec: &SheetSpec,
    table: &str,
    workbook: &Workbook,
    grids: &[Grid],
    file: &str,
) {
    let elsewhere = key(settings, table, "file").is_some();
    let stated = key(settings, table, "sheet").cloned();
    // Roads may be left out, schools not: a sheet without rows is told where it is read.
    let own = grids.iter().find(|grid| grid.spec.name == spec.name);
    let own = own.filter(|grid| table == "schools" || !grid.rows.is_empty());
    if elsewhere || (stated.is_none() && own.is_none()) {
        return;
    }
    let tabs: Vec<&Tab> = match &stated {
        Some(at) => named(workbook, at),
        None => workbook
            .sheets
            .iter()
            .filter(|tab| own.is_some_and(|grid| *grid.name == tab.name))
            .collect(),
    };
    let at = stated.clone().unwrap_or_else(|| CellAt {
        sheet: tabs.first().map_or("", |tab| &tab.name).into(),
        row: own.map_or(1, |grid| grid.head.max(1)),
        column: 1,
        text: Rc::from(""),
    });
    let one = |text: &str, at: &CellAt| Value::One(quoted(text), at.clone());
    into_table(settings, None, &format!("{table}.file"), one(file, &at));
    if stated.is_none() {
        into_table(
            settings,
            None,
            &format!("{table}.sheet"),
            one(&at.sheet, &at),
        );
    }
    let columns = format!("{table}.columns");
    for column in spec.columns {
        if key(settings, &columns, column.key).is_some() {
            continue;
        }
        if let Some(at) = tabs
            .iter()
            .find_map(|tab| header(tab, |text| is(text, column.header)))
        {
            into_table(
                settings,
                None,
                &format!("{columns}.{}", column.key),
                one(&at.text, &at),
            );
        }
    }
    // A table needs its columns, even when none was found: then the check says which.
    let has = |block: &Block| block.table == columns;
    if table == "schools"
        && !settings
            .iter()
            .any(|(owner, block)| owner.is_none() && has(block))
    {
        settings.push((None, Block::table(&columns, Some(at))));
    }
}

/// The cell in which the case states a key of a table.
fn key<'a>(settings: &'a [Stated], table: &str, key: &str) -> Option<&'a CellAt> {
    let own = settings
        .iter()
        .filter(|(owner, block)| owner.is_none() && block.table == table);
    let mut values = own.flat_map(|(_, block)| &block.values);
    values
        .find(|(name, _)| name == key)
        .and_then(|(_, value)| match value {
            Value::One(_, at) => Some(at),
            Value::Each(items) => items.first().map(|(_, at)| at),
        })
}

/// The sheets of a workbook that a cell names.
fn named<'a>(workbook: &'a Workbook, at: &CellAt) -> Vec<&'a Tab> {
    let tab = |name: &str| workbook.sheets.iter().find(|tab| tab.name == name);
    let names = split(&at.text, &|text| tab(text).is_some());
    names.into_iter().filter_map(tab).collect()
}

/// Sheets that the settings name as tables.
pub(super) fn used<'a>(settings: &[Stated], workbook: &'a Workbook) -> Vec<&'a str> {
    let stated = ["schools", "links", "doubts"]
        .into_iter()
        .filter_map(|table| key(settings, table, "sheet"));
    stated
        .flat_map(|at| named(workbook, at))
        .map(|tab| tab.name.as_str())
        .collect()
}

/// The first cell near the top of a sheet whose text fits and below which anything stands: a column of the template
/// that was left empty is as good as none.
fn header(tab: &Tab, fits: impl Fn(&str) -> bool) -> Option<CellAt> {
    let filled = |row: &TabRow, column: usize| {
        let below = tab.rows.iter().filter(|own| own.number > row.number);
        let mut cells = below.filter_map(|own| own.cell(column));
        cells.any(|cell| !cell.to_string().trim().is_empty())
    };
    tab.rows.iter().take(HEADERS_WITHIN).find_map(|row| {
        let (column, cell) = row.cells.iter().find(|(_, cell)| fits(&cell.to_string()))?;
        filled(row, *column).then(|| CellAt {
            sheet: tab.name.as_str().into(),
            row: row.number,
            column: column + 1,
            text: cell.to_string().trim().into(),
        })
    })
}

/// Headers of tables that hold a mark which parts values elsewhere.
pub(super) fn headers(workbook: &Workbook) -> Vec<String> {
    let states = |tab: &&Tab| {
        let spec = SHEETS.iter().find(|spec| is(&tab.name, spec.name));
        spec.is_some_and(|spec| !matches!(spec.form, Form::Table(_)))
    };
    let tables = workbook.sheets.iter().filter(|tab| !states(tab));
    let cells = tables.flat_map(|tab| {
        tab.rows
            .iter()
            .take(HEADERS_WITHIN)
            .flat_map(|row| &row.cells)
    });
    let texts = cells.map(|(_, cell)| cell.to_string().trim().to_string());
    texts
        .filter(|text| text.contains(super::cells::PARTS))
        .collect()
}
