//! A table as it was read, and its copy.

use std::collections::BTreeMap;
use std::path::Path;

use rust_xlsxwriter::{Color, Format, FormatAlign, Worksheet, XlsxError};
use unicode_width::UnicodeWidthStr;

use super::LONGEST_NAME;
use super::comment::comment;
use super::spots::Spot;
use crate::read::table::read_sheet;
use crate::read::workbook::{self, CellText};
use crate::words::{Grade, Lang, Notices, Place};

/// Most characters of a cell.
const LONGEST_CELL: usize = 32_767;

/// Rows that are looked at for the widths of columns.
const MEASURED: usize = 200;

/// A table of the case.
pub(super) struct Table {
    /// Its file, as named from the folder.
    file: String,
    /// Its sheet, where the file is a workbook.
    sheet: Option<String>,
    /// What its copy is called.
    pub(super) name: String,
    /// Its rows with their lines in the file, ascending, and in each the columns counted from 0.
    rows: Vec<(usize, Vec<(usize, CellText)>)>,
    /// Whether a row of the copy is the row of the file of that number; else rows follow one another.
    numbered: bool,
}

/// The tables of the case, in the order they were read.
pub(super) struct Tables(Vec<Table>);

impl Tables {
    /// Reads them again; what cannot be read is left out, and a sheet of an earlier copy's findings too.
    pub(super) fn read(folder: &Path, files: &[String], findings: &str) -> Tables {
        let mut tables: Vec<Table> = Vec::new();
        for file in files {
            let mut unheard = Notices::new();
            match workbook::read(folder, file, &mut unheard) {
                Some(book) => {
                    let own = book.sheets.into_iter().filter(|tab| tab.name != findings);
                    tables.extend(own.map(|tab| {
                        Table {
                            file: file.clone(),
                            name: tab.name.clone(),
                            sheet: Some(tab.name),
                            rows: tab
                                .rows
                                .into_iter()
                                .map(|row| (row.number, row.cells))
                                .collect(),
                            numbered: true,
                        }
                    }));
                }
                None => tables.extend(of_text(folder, file)),
            }
        }
        let mut taken = vec![findings.to_string()];
        for table in &mut tables {
            table.name = free(&table.name, &taken);
            taken.push(table.name.clone());
        }
        Tables(tables)
    }

    /// The tables.
    pub(super) fn iter(&self) -> std::slice::Iter<'_, Table> {
        self.0.iter()
    }

    /// The cell of a copy that a place is in: the table, the row and the column, counted from 0. A whole row is its
    /// first cell, a whole column its header.
    pub(super) fn find(&self, place: &Place) -> Option<(usize, u32, u16)> {
        let file = place.file.to_string_lossy();
        let fits =
            |table: &Table| table.file == file && (!table.numbered || table.sheet == place.sheet);
        let at = self.0.iter().position(fits)?;
        let table = &self.0[at];
        if place.line.is_none() && place.column.is_none() {
            return None;
        }
        let row = match place.line {
            Some(line) if table.numbered => line.checked_sub(1)?,
            Some(line) => table
                .rows
                .partition_point(|(own, _)| *own <= line)
                .checked_sub(1)?,
            None if table.numbered => table.rows.first()?.0.checked_sub(1)?,
            None => 0,
        };
        let column = place.column.map_or(0, |column| column.saturating_sub(1));
        Some((at, u32::try_from(row).ok()?, u16::try_from(column).ok()?))
    }
}

/// A table of text: its headers, then its records.
fn of_text(folder: &Path, file: &str) -> Option<Table> {
    let sheet = read_sheet(folder, file, &mut Notices::new())?;
    let cells = |cells: Vec<&str>| {
        let said = cells
            .into_iter()
            .enumerate()
            .filter(|(_, text)| !text.is_empty());
        said.map(|(column, text)| (column, typed(text))).collect()
    };
    let header = cells(sheet.header.iter().map(String::as_str).collect());
    let records = sheet.records.iter().map(|record| {
        (
            record.line,
            cells(
                (0..sheet.header.len())
                    .map(|at| &record.cells[at])
                    .collect(),
            ),
        )
    });
    let rows = std::iter::once((0, header)).chain(records).collect();
    let stem = Path::new(file)
        .file_stem()
        .map_or(file.to_string(), |stem| stem.to_string_lossy().into_owned());
    Some(Table {
        file: file.to_string(),
        sheet: None,
        name: stem,
        rows,
        numbered: false,
    })
}

/// A cell of a text: a number only where writing it gives the very same text, so that codes such as `007` stay.
fn typed(text: &str) -> CellText {
    match text.parse::<f64>() {
        Ok(number) if number.is_finite() && number.to_string() == text => CellText::Number(number),
        _ => CellText::Text(text.into()),
    }
}

/// A name for a sheet that no other has: no mark that spreadsheets refuse, at most 31 characters.
fn free(wanted: &str, taken: &[String]) -> String {
    let allowed: String = wanted
        .chars()
        .map(|c| {
            if "[]:*?/\\".contains(c) || c.is_control() {
                '_'
            } else {
                c
            }
        })
        .collect();
    let allowed = allowed.trim_matches('\'');
    let allowed = if allowed.trim().is_empty() {
        "_"
    } else {
        allowed
    };
    let cut = |most: usize| allowed.chars().take(most).collect::<String>();
    let names = std::iter::once(cut(LONGEST_NAME))
        .chain((2..).map(|nth| format!("{} ({nth})", cut(LONGEST_NAME - 8))));
    let is_free = |name: &String| {
        taken
            .iter()
            .all(|one| one.to_lowercase() != name.to_lowercase())
    };
    names
        .take(taken.len() + 1)
        .find(is_free)
        .unwrap_or_else(|| cut(LONGEST_NAME))
}

/// The fill of a grade.
pub(super) fn fill(grade: Grade) -> Color {
    Color::RGB(match grade {
        Grade::Error => 0xFF_C7_CE,
        Grade::Warning => 0xFF_EB_9C,
        Grade::Hint => 0xDD_EB_F7,
    })
}

/// Writes the copy of a table.
pub(super) fn write(
    sheet: &mut Worksheet,
    table: &Table,
    spots: &BTreeMap<(u32, u16), Spot>,
    lang: Lang,
) -> Result<(), XlsxError> {
    sheet.set_name(&table.name)?;
    let formats = [Grade::Error, Grade::Warning, Grade::Hint]
        .map(|grade| Format::new().set_background_color(fill(grade)));
    let head = Format::new()
        .set_bold()
        .set_align(FormatAlign::Center)
        .set_text_wrap();
    let plain = Format::new();
    let mut widths: BTreeMap<u16, usize> = BTreeMap::new();
    let mut unwritten: BTreeMap<(u32, u16), &Spot> =
        spots.iter().map(|(at, spot)| (*at, spot)).collect();
    for (at, (line, cells)) in table.rows.iter().enumerate() {
        let row = if table.numbered {
            line.saturating_sub(1)
        } else {
            at
        } as u32;
        for (column, cell) in cells {
            let Ok(column) = u16::try_from(*column) else {
                continue;
            };
            let format = match unwritten.remove(&(row, column)) {
                Some(spot) => &formats[spot.grade as usize],
                None if at == 0 && !table.numbered => &head,
                None => &plain,
            };
            cell_of(sheet, row, column, cell, format)?;
            if at < MEASURED {
                let width = widths.entry(column).or_default();
                *width = (*width).max(cell.to_string().width());
            }
        }
    }
    for ((row, column), spot) in unwritten {
        sheet.write_blank(row, column, &formats[spot.grade as usize])?;
    }
    for ((row, column), spot) in spots {
        sheet.insert_note(*row, *column, &comment(spot, lang))?;
    }
    for (column, width) in widths {
        sheet.set_column_width(column, (width as f64 * 1.1 + 2.0).clamp(8.0, 40.0))?;
    }
    if !table.numbered {
        sheet.set_freeze_panes(1, 0)?;
    }
    Ok(())
}

/// Writes what a cell holds: texts always as texts, whatever they begin with.
fn cell_of(
    sheet: &mut Worksheet,
    row: u32,
    column: u16,
    cell: &CellText,
    format: &Format,
) -> Result<(), XlsxError> {
    match cell {
        CellText::Number(number) => sheet.write_number_with_format(row, column, *number, format)?,
        CellText::Truth(truth) => sheet.write_boolean_with_format(row, column, *truth, format)?,
        CellText::Text(text) | CellText::Fault(text) => {
            let text: String = text.chars().take(LONGEST_CELL).collect();
            sheet.write_string_with_format(row, column, text, format)?
        }
        CellText::Uncomputed => sheet.write_blank(row, column, format)?,
    };
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_sheets_are_free_and_allowed() {
        let taken = vec!["检查结果".to_string(), "A".to_string()];
        assert_eq!(free("a", &taken), "a (2)");
        assert_eq!(free("x/y:z", &taken), "x_y_z");
        assert_eq!(free("", &taken), "_");
        assert_eq!(free(&"长".repeat(40), &taken).chars().count(), LONGEST_NAME);
    }

    #[test]
    fn codes_stay_texts() {
        assert_eq!(typed("007"), CellText::Text("007".into()));
        assert_eq!(typed("1.50"), CellText::Text("1.50".into()));
        assert_eq!(typed("12.5"), CellText::Number(12.5));
        assert_eq!(typed("=1+1"), CellText::Text("=1+1".into()));
    }
}
