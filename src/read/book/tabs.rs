//! Which sheet of a workbook is which, and which column.

use std::rc::Rc;

use super::layout::{Column, FACTORS, Form, Pair, SheetSpec};
use super::page::CellAt;
use super::sheets::SHEETS;
use crate::read::fold::fold;
use crate::read::nearest::nearest;
use crate::read::workbook::{CellText, Tab, TabRow, Workbook};
use crate::words::catalogue::{BOOK_NO_CASE, BOOK_SHEET_UNKNOWN, HEADING_UNKNOWN, SAID_TWICE};
use crate::words::{Notice, Notices, Place};

/// The sheet that explains the others; not read.
pub const HELP: Pair = ("填写说明", "How to fill in");
/// The header of remarks; what stands below is not read.
pub const REMARK: Pair = ("备注", "Remarks");
/// The header of the column of values in settings.
pub const VALUE: Pair = ("值", "Value");
/// The header of the column of keys in settings.
pub const ITEM: Pair = ("项目", "Item");
/// What a remark begins with where the row is an example of the template.
pub const EXAMPLE: Pair = ("示例", "Example");

/// How headers and sheets begin that hold what only people read.
const FOR_PEOPLE: [&str; 8] = [
    "备注",
    "说明",
    "填写说明",
    "remark",
    "note",
    "how to",
    "findings",
    "检查结果",
];

/// How many rows are looked at for headers; a title may stand above them.
const HEADERS_WITHIN: usize = 8;

/// What a column holds.
#[derive(Clone, PartialEq, Debug)]
pub(super) enum Heading {
    /// A key, by its position in the sheet's declaration.
    Key(usize),
    /// The plan's n-th year, counted from 0.
    NthYear(usize),
    /// A calendar year.
    Year(i32),
    /// Keys of settings.
    Item,
    /// Values of the case.
    Value,
    /// Values of a scenario.
    Scenario(Rc<str>),
    /// Not read.
    Remark,
}

/// A sheet that was recognised.
pub(super) struct Grid<'a> {
    /// What it is.
    pub(super) spec: &'static SheetSpec,
    /// Its name in the workbook.
    pub(super) name: Rc<str>,
    /// The row of the headers.
    pub(super) head: usize,
    /// What the columns hold, with their positions counted from 0.
    pub(super) headings: Vec<(usize, Heading)>,
    /// The rows below the headers.
    pub(super) rows: &'a [TabRow],
}

/// Whether a text is one of a pair.
pub(super) fn is(text: &str, pair: Pair) -> bool {
    let text = fold(text);
    text == fold(pair.0) || text == fold(pair.1)
}

/// Whether a text begins as what only people read.
fn for_people(text: &str) -> bool {
    let text = fold(text);
    FOR_PEOPLE.iter().any(|start| text.starts_with(start))
}

/// The sheets that are part of a case. Two of a kind are told.
pub(super) fn recognised<'a>(book: &'a Workbook, notices: &mut Notices) -> Vec<Grid<'a>> {
    let mut grids: Vec<Grid> = Vec::new();
    for tab in &book.sheets {
        let Some(spec) = SHEETS.iter().find(|spec| is(&tab.name, spec.name)) else {
            continue;
        };
        if grids.iter().any(|grid| grid.spec.name == spec.name) {
            let place = Place::sheet(&book.file, &tab.name);
            notices.push(Notice::new(SAID_TWICE, place).with(&tab.name));
        } else {
            grids.push(grid(spec, tab, book, notices));
        }
    }
    if grids.is_empty() {
        notices.push(Notice::new(BOOK_NO_CASE, Place::file(&book.file)));
        return grids;
    }
    grids
}

/// Tells of sheets that are neither part of the case nor named as a table (`used`) nor for people alone.
pub(super) fn report_unknown(book: &Workbook, used: &[&str], notices: &mut Notices) {
    let known = |tab: &Tab| {
        SHEETS.iter().any(|spec| is(&tab.name, spec.name)) || used.contains(&tab.name.as_str())
    };
    let silent = |tab: &Tab| for_people(&tab.name) || tab.rows.is_empty();
    for tab in book.sheets.iter().filter(|tab| !known(tab) && !silent(tab)) {
        let names = SHEETS.iter().flat_map(|spec| [spec.name.0, spec.name.1]);
        let notice = Notice::new(BOOK_SHEET_UNKNOWN, Place::sheet(&book.file, &tab.name));
        notices.push(notice.with(&tab.name).with(nearest(&tab.name, names)));
    }
}

fn grid<'a>(
    spec: &'static SheetSpec,
    tab: &'a Tab,
    book: &Workbook,
    notices: &mut Notices,
) -> Grid<'a> {
    let name: Rc<str> = tab.name.as_str().into();
    let known = |row: &TabRow| {
        row.cells
            .iter()
            .filter(|(_, cell)| heading(spec, &cell.to_string()).is_some())
            .count()
    };
    let candidates = tab.rows.iter().take(HEADERS_WITHIN).enumerate();
    let best = candidates.max_by_key(|(at, row)| (known(row), std::cmp::Reverse(*at)));
    let settings = matches!(spec.form, Form::Settings { .. });
    let Some((at, head)) = best.filter(|(_, row)| !settings || known(row) > 1) else {
        // Settings without headers: what, value.
        return Grid {
            spec,
            name,
            head: 0,
            headings: vec![(0, Heading::Item), (1, Heading::Value)],
            rows: &tab.rows,
        };
    };
    let mut grid = Grid {
        spec,
        name,
        head: head.number,
        headings: Vec::new(),
        rows: &tab.rows[at + 1..],
    };
    if !matches!(spec.form, Form::Table(_)) {
        grid.read_headings(head, book, notices);
        grid.report_headless(book, notices);
    } else {
        grid.read_table(head);
    }
    grid
}

/// What a header means in a sheet.
fn heading(spec: &SheetSpec, text: &str) -> Option<Heading> {
    let known = |column: &Column| is(text, column.header) || fold(text) == column.key;
    if let Form::Settings { .. } = spec.form {
        return [(ITEM, Heading::Item), (VALUE, Heading::Value)]
            .into_iter()
            .find(|(pair, _)| is(text, *pair))
            .map(|(_, heading)| heading)
            .or_else(|| for_people(text).then_some(Heading::Remark));
    }
    let key = spec.columns.iter().position(known).map(Heading::Key);
    let by_year = spec
        .columns
        .iter()
        .any(|column| ["amounts", FACTORS].contains(&column.key));
    key.or_else(|| year(text).filter(|_| by_year))
        .or_else(|| for_people(text).then_some(Heading::Remark))
}

/// `第2年`, `Year 2`, `2027` or `2027年`.
fn year(text: &str) -> Option<Heading> {
    let text = fold(text);
    let nth = text
        .strip_prefix('第')
        .and_then(|rest| rest.strip_suffix('年'));
    let nth = nth.or_else(|| text.strip_prefix("year"));
    if let Some(nth) = nth {
        let nth: usize = nth
            .trim()
            .parse()
            .ok()
            .filter(|nth| (1..=100).contains(nth))?;
        return Some(Heading::NthYear(nth - 1));
    }
    let year: i32 = text.trim_end_matches('年').trim().parse().ok()?;
    (1900..=2300).contains(&year).then_some(Heading::Year(year))
}

impl Grid<'_> {
    /// A cell of the sheet; the column counts from 0.
    pub(super) fn cell(&self, row: usize, column: usize, text: &str) -> CellAt {
        CellAt {
            sheet: self.name.clone(),
            row,
            column: column + 1,
            text: text.into(),
        }
    }

    fn read_headings(&mut self, head: &TabRow, book: &Workbook, notices: &mut Notices) {
        for (column, cell) in &head.cells {
            let text = cell.to_string();
            let text = text.trim();
            if text.is_empty() {
                continue;
            }
            let place = Place::cell(&book.file, &*self.name, head.number, column + 1);
            match heading(self.spec, text).or_else(|| self.of_scenario(text)) {
                Some(known)
                    if known != Heading::Remark
                        && self.headings.iter().any(|(_, own)| *own == known) =>
                {
                    notices.push(Notice::new(SAID_TWICE, place).with(text));
                }
                Some(known) => self.headings.push((*column, known)),
                None => {
                    let notice = Notice::new(HEADING_UNKNOWN, place).text(text);
                    notices.push(notice.with(text).with(self.meant(text)));
                    self.headings.push((*column, Heading::Remark));
                }
            }
        }
    }

    /// Of a table of the planner's own only the remarks are of interest here.
    fn read_table(&mut self, head: &TabRow) {
        let heading = |text: &str| match for_people(text) {
            true => Heading::Remark,
            false => Heading::Item,
        };
        let cells = head.cells.iter();
        self.headings = cells
            .map(|(column, cell)| (*column, heading(&cell.to_string())))
            .collect();
    }

    fn of_scenario(&self, text: &str) -> Option<Heading> {
        let allowed = self.spec.form == Form::Settings { scenarios: true };
        allowed.then(|| Heading::Scenario(text.into()))
    }

    /// The header or setting that may have been meant.
    pub(super) fn meant(&self, text: &str) -> String {
        nearest(
            text,
            self.spec
                .columns
                .iter()
                .flat_map(|column| [column.header.0, column.header.1]),
        )
    }

    /// Tells of what stands under no header, once a column.
    fn report_headless(&self, book: &Workbook, notices: &mut Notices) {
        let mut told: Vec<usize> = Vec::new();
        for row in self.rows {
            for (column, cell) in &row.cells {
                let headed = self.headings.iter().any(|(own, _)| own == column);
                if headed || told.contains(column) || cell.to_string().trim().is_empty() {
                    continue;
                }
                told.push(*column);
                let place = Place::cell(&book.file, &*self.name, row.number, column + 1);
                let notice = Notice::new(HEADING_UNKNOWN, place).text(cell.to_string());
                notices.push(notice.with("").with("—"));
            }
        }
    }

    /// What stands in a row under a heading.
    pub(super) fn under<'r>(
        &self,
        row: &'r TabRow,
        wanted: &Heading,
    ) -> Option<(CellAt, &'r CellText)> {
        let (column, _) = self
            .headings
            .iter()
            .find(|(_, heading)| heading == wanted)?;
        let cell = row.cell(*column)?;
        let text = cell.to_string();
        let text = text.trim();
        (!text.is_empty() || matches!(cell, CellText::Uncomputed))
            .then(|| (self.cell(row.number, *column, text), cell))
    }

    /// Whether a row is an example of the template.
    pub(super) fn is_example(&self, row: &TabRow) -> bool {
        let remark = self
            .under(row, &Heading::Remark)
            .map(|(at, _)| fold(&at.text).into_owned());
        remark.is_some_and(|remark| {
            [EXAMPLE.0, EXAMPLE.1]
                .iter()
                .any(|start| remark.starts_with(&*fold(start)))
        })
    }

    /// The rows that say something beside a remark.
    pub(super) fn entries(&self) -> impl Iterator<Item = &TabRow> {
        let silent = |column: usize| {
            let heading = self.headings.iter().find(|(own, _)| *own == column);
            heading.is_none_or(|(_, heading)| *heading == Heading::Remark)
        };
        self.rows.iter().filter(move |row| {
            let mut said = row.cells.iter().filter(|(column, _)| !silent(*column));
            said.any(|(_, cell)| !cell.to_string().trim().is_empty())
        })
    }
}
