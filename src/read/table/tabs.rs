//! From the sheets of a workbook to one table: those that are asked for, else every visible one with known headers.

use super::super::nearest::nearest;
use super::super::workbook::{CellText, Tab, Workbook};
use super::findings::Findings;
use super::header::{CONFIRMED, Expected, ROWS};
use super::stack::Stack;
use super::text::check_characters;
use super::{Asked, Cells, Row, Sheet};
use crate::words::catalogue::{
    CELL_FAULTY, FORMULA_UNCOMPUTED, SHEET_COLUMNS_DIFFER, SHEET_NOT_THERE, SHEETS_NONE_FIT,
    SHEETS_USED, TABLE_EMPTY,
};
use crate::words::{Notice, Notices, Place};

/// A title above the headers is one cell; the headers below it are at least so many.
const FEWEST_HEADERS: usize = 3;

/// The table of a workbook; `None` when it has none to be read.
pub fn sheet(
    book: Workbook,
    asked: Asked,
    expected: &Expected,
    notices: &mut Notices,
) -> Option<Sheet> {
    let file = book.file.display().to_string();
    let chosen = chosen(&book, asked, expected, notices)?;
    let mut stack = Stack::new(&file, book.hash);
    stack.encoding = "workbook";
    for (tab, _) in book
        .sheets
        .into_iter()
        .zip(&chosen)
        .filter(|(_, taken)| **taken)
    {
        let mut found = Findings::new(Place::sheet(&book.file, &tab.name), notices);
        let top = top(&tab, expected);
        check_faults(&tab, top.line, expected, &mut found);
        let (name, merged, rows) = (tab.name, tab.merged, rows(tab.rows));
        rows.iter()
            .for_each(|row| check_characters(row, &mut found));
        stack.add(Some(&name), rows, top.at, &merged, expected, &mut found);
        found.close();
    }
    let sheet = stack.sheet();
    if let Some(sheet) = &sheet {
        report_lacking(sheet, asked, notices);
    }
    sheet
}

/// Which of the sheets are taken; which are and which are not is said where there are several.
fn chosen(
    book: &Workbook,
    asked: Asked,
    expected: &Expected,
    notices: &mut Notices,
) -> Option<Vec<bool>> {
    if !asked.sheets.is_empty() {
        return named(book, asked.sheets, notices);
    }
    let open = |tab: &Tab| !tab.hidden && !tab.rows.is_empty();
    let matches: Vec<usize> = book
        .sheets
        .iter()
        .map(|tab| {
            if open(tab) {
                top(tab, expected).matches
            } else {
                0
            }
        })
        .collect();
    let most = matches.iter().copied().max().unwrap_or(0);
    // A sheet with far fewer of the headers than the best is another table.
    let fits =
        |matches: usize| matches > 0 && matches >= expected.confirmed() && matches * 2 >= most;
    let mut chosen: Vec<bool> = matches.iter().map(|&matches| fits(matches)).collect();
    let opens: Vec<usize> = (0..chosen.len())
        .filter(|&at| open(&book.sheets[at]))
        .collect();
    if !chosen.contains(&true) {
        match opens.as_slice() {
            [] => {
                notices.push(Notice::new(TABLE_EMPTY, Place::file(&book.file)));
                return None;
            }
            [only] => chosen[*only] = true,
            [first, ..] if expected.is_empty() => chosen[*first] = true,
            several => {
                let names = several.iter().map(|&at| book.sheets[at].name.as_str());
                let listed = nearest("", names);
                let notice = Notice::new(SHEETS_NONE_FIT, Place::file(&book.file));
                notices.push(notice.with(listed));
                return None;
            }
        }
    }
    report_used(book, &chosen, notices);
    Some(chosen)
}

/// The sheets of these names. A hidden sheet is read when it is named.
fn named(book: &Workbook, names: &[&str], notices: &mut Notices) -> Option<Vec<bool>> {
    let all = || book.sheets.iter().map(|tab| tab.name.as_str());
    let mut sound = true;
    for name in names
        .iter()
        .filter(|name| !all().any(|own| own == name.trim()))
    {
        sound = false;
        let notice = Notice::new(SHEET_NOT_THERE, Place::file(&book.file)).text(*name);
        notices.push(notice.with(name).with(nearest(name, all())));
    }
    let taken = |tab: &Tab| names.iter().any(|name| name.trim() == tab.name);
    sound.then(|| book.sheets.iter().map(taken).collect())
}

fn report_used(book: &Workbook, chosen: &[bool], notices: &mut Notices) {
    let holding = || {
        book.sheets
            .iter()
            .zip(chosen)
            .filter(|(tab, _)| !tab.rows.is_empty())
    };
    if holding().count() < 2 {
        return;
    }
    let list = |which: &dyn Fn(&Tab, bool) -> bool| {
        let names: Vec<String> = holding()
            .filter(|(tab, taken)| which(tab, **taken))
            .map(|(tab, _)| format!("`{}`", tab.name))
            .collect();
        match names.is_empty() {
            true => "—".to_string(),
            false => names.join(", "),
        }
    };
    let notice = Notice::new(SHEETS_USED, Place::file(&book.file))
        .with(list(&|_, taken| taken))
        .with(list(&|tab, taken| !taken && !tab.hidden))
        .with(list(&|tab, taken| !taken && tab.hidden));
    notices.push(notice);
}

/// Expected headers that some of several sheets have and others have not.
fn report_lacking(sheet: &Sheet, asked: Asked, notices: &mut Notices) {
    for part in &sheet.parts {
        let lacks = |header: &&&str| {
            let column = sheet.column(header);
            column.is_some_and(|column| part.columns.get(column).copied().flatten().is_none())
        };
        let lacking: Vec<String> = asked
            .headers
            .iter()
            .filter(lacks)
            .map(|own| format!("“{own}”"))
            .collect();
        if let (Some(name), false) = (&part.name, lacking.is_empty()) {
            let notice = Notice::new(SHEET_COLUMNS_DIFFER, Place::sheet(&sheet.file, name));
            notices.push(notice.with(lacking.join(", ")));
        }
    }
}

/// Where the headers of a sheet start.
struct Top {
    /// How many rows stand above.
    at: usize,
    /// The number of the row.
    line: usize,
    /// How many of the headers are expected ones.
    matches: usize,
}

/// The row with most expected headers, if it has enough; else the first that is no title.
fn top(tab: &Tab, expected: &Expected) -> Top {
    let head = || tab.rows.iter().take(ROWS).enumerate();
    let of = |at: usize, matches| Top {
        at,
        line: tab.rows.get(at).map_or(1, |row| row.number),
        matches,
    };
    let matches = |at: usize| {
        let texts = tab.rows[at].cells.iter().map(|(_, cell)| cell.to_string());
        texts.filter(|text| expected.has(text)).count()
    };
    let first = tab.rows.first().map_or(0, |_| matches(0));
    let best = head()
        .map(|(at, _)| (matches(at), std::cmp::Reverse(at)))
        .max();
    if let Some((most, std::cmp::Reverse(at))) = best
        && most >= CONFIRMED
        && most > first
    {
        return of(at, most);
    }
    let wide = head().find(|(_, row)| row.cells.len() >= FEWEST_HEADERS);
    let titled = head().take_while(|(_, row)| row.cells.len() == 1).count();
    match wide {
        Some((at, _)) if first == 0 && at <= titled => of(at, matches(at)),
        _ => of(0, first),
    }
}

/// Faults of the spreadsheet in columns that are expected; all columns where none is.
fn check_faults(tab: &Tab, header: usize, expected: &Expected, found: &mut Findings) {
    let head = tab.rows.iter().filter(|row| row.number >= header).take(3);
    let named: Vec<usize> = head
        .flat_map(|row| &row.cells)
        .filter(|(_, cell)| expected.has(&cell.to_string()))
        .map(|(column, _)| *column)
        .collect();
    for row in &tab.rows {
        for (column, cell) in &row.cells {
            let code = match cell {
                CellText::Fault(_) => CELL_FAULTY,
                CellText::Uncomputed => FORMULA_UNCOMPUTED,
                CellText::Text(_) | CellText::Number(_) | CellText::Truth(_) => continue,
            };
            if named.is_empty() || named.contains(column) {
                let notice = found.notice(code, Some(row.number), Some(column + 1));
                found.push(notice.text(cell.to_string()));
            }
        }
    }
}

/// The rows of a sheet as those of a text.
fn rows(rows: Vec<super::super::workbook::TabRow>) -> Vec<Row> {
    rows.into_iter()
        .map(|row| {
            let width = row.cells.last().map_or(0, |(column, _)| column + 1);
            let mut cells = row.cells.iter().peekable();
            let text = |at: usize| match cells.next_if(|(column, _)| *column == at) {
                Some((_, cell)) => cell.to_string(),
                None => String::new(),
            };
            Row {
                line: row.number,
                hidden: row.hidden,
                cells: (0..width).map(text).collect::<Cells>(),
            }
        })
        .collect()
}
