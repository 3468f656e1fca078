//! From the rows of recognised sheets to the tables of `case.toml` and of scenarios.

use std::rc::Rc;

use super::cells::{literal, split};
use super::kind::{Kind, Schemas};
use super::layout::{Column, SCENARIO};
use super::page::{Block, CellAt, Value};
use super::tabs::{Grid, Heading};
use crate::read::nearest::nearest;
use crate::read::workbook::{CellText, TabRow};
use crate::words::catalogue::{
    BOOK_CELL_FAULT, HEADING_UNKNOWN, SAID_TWICE, SCENARIO_UNKNOWN, YEAR_NOT_PLANNED,
};
use crate::words::{Code, Notice, Notices, Place};

/// What is needed to read the sheets one after the other.
pub(super) struct Reader<'a> {
    /// The workbook's file.
    pub(super) file: &'a str,
    /// What cells hold.
    pub(super) schemas: Schemas,
    /// Names that may hold a mark which parts values elsewhere.
    pub(super) names: Vec<String>,
    /// The scenarios of the workbook.
    pub(super) scenarios: Vec<Rc<str>>,
    /// The first year planned, where it is stated.
    pub(super) first_year: Option<i32>,
    /// How many years are planned, where that is stated.
    pub(super) years: Option<usize>,
    /// Findings.
    pub(super) notices: &'a mut Notices,
}

/// A table of the case, or of the scenario of this name.
pub(super) type Stated = (Option<Rc<str>>, Block);

impl Reader<'_> {
    fn tell(&mut self, code: Code, at: &CellAt, fill: impl FnOnce(Notice) -> Notice) {
        let place = Place::cell(self.file, &*at.sheet, at.row, at.column);
        self.notices
            .push(fill(Notice::new(code, place).text(&*at.text)));
    }

    /// The value of a cell; a fault of the spreadsheet is told.
    pub(super) fn value(&mut self, kind: &Kind, at: &CellAt, cell: &CellText) -> Option<String> {
        if let CellText::Fault(_) | CellText::Uncomputed = cell {
            self.tell(BOOK_CELL_FAULT, at, |notice| notice);
            return None;
        }
        let names = &self.names;
        Some(literal(kind, cell, &|text| {
            names.iter().any(|name| name == text)
        }))
    }

    /// The tables that a sheet of settings states.
    pub(super) fn settings(&mut self, grid: &Grid) -> Vec<Stated> {
        let mut stated: Vec<Stated> = Vec::new();
        let mut seen: Vec<&str> = Vec::new();
        let owners = self.owners(grid);
        for row in grid.rows {
            let values: Vec<(Option<Rc<str>>, CellAt, &CellText)> = owners
                .iter()
                .filter_map(|(heading, owner)| {
                    let (at, cell) = grid.under(row, heading)?;
                    Some((owner.clone(), at, cell))
                })
                .collect();
            let Some((label, _)) = grid
                .under(row, &Heading::Item)
                .filter(|_| !values.is_empty())
            else {
                continue;
            };
            let text = &*label.text;
            let column = grid
                .spec
                .columns
                .iter()
                .find(|column| super::tabs::is(text, column.header) || text == column.key);
            let Some(column) = column else {
                let meant = grid.meant(text);
                self.tell(HEADING_UNKNOWN, &label, |notice| {
                    notice.with(text).with(meant)
                });
                continue;
            };
            if seen.contains(&column.key) {
                self.tell(SAID_TWICE, &label, |notice| notice.with(text));
                continue;
            }
            seen.push(column.key);
            let kind = self.schemas.facts(grid.spec, column).kind;
            for (owner, at, cell) in values {
                if let Some(literal) = self.value(&kind, &at, cell) {
                    into_table(&mut stated, owner, column.key, Value::One(literal, at));
                }
            }
        }
        stated
    }

    /// The columns of values and whose they are; a scenario that is not known is told.
    fn owners(&mut self, grid: &Grid) -> Vec<(Heading, Option<Rc<str>>)> {
        let mut owners = Vec::new();
        for (column, heading) in &grid.headings {
            match heading {
                Heading::Value => owners.push((heading.clone(), None)),
                Heading::Scenario(name) => {
                    let at = grid.cell(grid.head, *column, name);
                    if self.is_scenario(&at, name) {
                        owners.push((heading.clone(), Some(name.clone())));
                    }
                }
                _ => {}
            }
        }
        owners
    }

    fn is_scenario(&mut self, at: &CellAt, name: &str) -> bool {
        let known = self.scenarios.iter().any(|own| &**own == name);
        if !known {
            let meant = nearest(name, self.scenarios.iter().map(|own| &**own));
            self.tell(SCENARIO_UNKNOWN, at, |notice| notice.with(name).with(meant));
        }
        known
    }

    /// To whom a row belongs: the case, or each of the scenarios it names.
    pub(super) fn belongs(&mut self, grid: &Grid, row: &TabRow) -> Vec<Option<Rc<str>>> {
        let column = grid
            .spec
            .columns
            .iter()
            .position(|column| column.key == SCENARIO);
        let named = column.and_then(|column| grid.under(row, &Heading::Key(column)));
        let Some((at, _)) = named else {
            return vec![None];
        };
        let scenarios = self.scenarios.clone();
        let names = split(&at.text, &|text| scenarios.iter().any(|own| &**own == text));
        let known = names.into_iter().filter(|name| self.is_scenario(&at, name));
        known.map(|name| Some(name.into())).collect()
    }

    /// The entries of a list.
    pub(super) fn entries(
        &mut self,
        grid: &Grid,
        case: &str,
        scenario: Option<&str>,
    ) -> Vec<Stated> {
        let mut stated = Vec::new();
        for row in grid.entries() {
            for owner in self.belongs(grid, row) {
                let list = owner.as_ref().map_or(Some(case), |_| scenario);
                if let Some(list) = list {
                    let mut entry = Block::entry(list, first(grid, row));
                    entry.values = self.keys(grid, row);
                    stated.push((owner, entry));
                }
            }
        }
        stated
    }

    /// The keys that a row states.
    pub(super) fn keys(&mut self, grid: &Grid, row: &TabRow) -> Vec<(String, Value)> {
        let mut values = Vec::new();
        for (at, column) in grid.spec.columns.iter().enumerate() {
            if column.key.starts_with('@') {
                continue;
            }
            let kind = self.schemas.facts(grid.spec, column).kind;
            let value = match kind {
                Kind::Years => self.yearly(grid, row, at),
                _ => self.one(grid, row, at, &kind),
            };
            values.extend(value.map(|value| (column.key.to_string(), value)));
        }
        values
    }

    fn one(&mut self, grid: &Grid, row: &TabRow, column: usize, kind: &Kind) -> Option<Value> {
        let (at, cell) = grid.under(row, &Heading::Key(column))?;
        self.value(kind, &at, cell)
            .map(|literal| Value::One(literal, at))
    }

    /// One number for every year, or those of the years' columns. An empty cell between them stays a gap, which is told.
    pub(super) fn yearly(&mut self, grid: &Grid, row: &TabRow, column: usize) -> Option<Value> {
        let mut by_year: Vec<Option<(String, CellAt)>> = Vec::new();
        for (heading, nth) in self.years_of(grid) {
            let Some((at, cell)) = grid.under(row, &heading) else {
                continue;
            };
            let Some(nth) = nth.filter(|nth| self.years.is_none_or(|years| *nth < years)) else {
                self.tell(YEAR_NOT_PLANNED, &at, |notice| notice);
                continue;
            };
            if by_year.len() <= nth {
                by_year.resize(nth + 1, None);
            }
            let literal = self.value(&Kind::Number, &at, cell);
            by_year[nth] = literal.map(|literal| (literal, at));
        }
        let every = self.one(grid, row, column, &Kind::Number);
        if by_year.is_empty() {
            return every;
        }
        if let Some(Value::One(_, at)) = &every {
            let text = at.text.clone();
            self.tell(SAID_TWICE, at, |notice| notice.with(text));
        }
        let years = self.years_of(grid);
        let gap = |wanted: usize| {
            let heading = years.iter().find(|(_, nth)| *nth == Some(wanted));
            let stands = |own: &&(usize, Heading)| heading.is_some_and(|(of, _)| own.1 == *of);
            let column = grid.headings.iter().find(stands);
            let at = grid.cell(row.number, column.map_or(0, |(column, _)| *column), "");
            ("\"\"".to_string(), at)
        };
        let items = by_year.into_iter().enumerate();
        let items = items.map(|(nth, item)| item.unwrap_or_else(|| gap(nth)));
        Some(Value::Each(items.collect()))
    }

    /// The columns of years and which plan year each is, counted from 0; `None` for years before the plan. Without a
    /// first year that can be read, which is told elsewhere, the earliest year of the sheet is taken for it.
    fn years_of(&self, grid: &Grid) -> Vec<(Heading, Option<usize>)> {
        let calendar = grid
            .headings
            .iter()
            .filter_map(|(_, heading)| match heading {
                Heading::Year(year) => Some(*year),
                _ => None,
            });
        let first = self
            .first_year
            .or_else(|| calendar.min())
            .unwrap_or_default();
        let nth = |heading: &Heading| match heading {
            Heading::NthYear(nth) => Some(Some(*nth)),
            Heading::Year(year) => Some(usize::try_from(i64::from(*year) - i64::from(first)).ok()),
            _ => None,
        };
        let years = grid.headings.iter();
        years
            .filter_map(|(_, heading)| Some((heading.clone(), nth(heading)?)))
            .collect()
    }
}

/// The cell that stands for a row.
pub(super) fn first(grid: &Grid, row: &TabRow) -> CellAt {
    let said = row.cells.iter().find(|(column, cell)| {
        let headed = grid
            .headings
            .iter()
            .any(|(own, heading)| own == column && *heading != Heading::Remark);
        headed && !cell.to_string().trim().is_empty()
    });
    let (column, text) = said.map_or((0, String::new()), |(column, cell)| {
        (*column, cell.to_string())
    });
    grid.cell(row.number, column, text.trim())
}

/// Adds a key, a path from the top, to the table it is in.
pub(super) fn into_table(
    stated: &mut Vec<Stated>,
    owner: Option<Rc<str>>,
    path: &str,
    value: Value,
) {
    let (table, key) = path.rsplit_once('.').unwrap_or(("", path));
    let known = stated
        .iter_mut()
        .find(|(own, block)| *own == owner && block.table == table && !block.listed);
    if let Some((_, block)) = known {
        block.values.push((key.to_string(), value));
        return;
    }
    let at = match &value {
        Value::One(_, at) => Some(at.clone()),
        Value::Each(items) => items.first().map(|(_, at)| at.clone()),
    };
    let mut block = Block::table(table, at);
    block.values.push((key.to_string(), value));
    stated.push((owner, block));
}

/// The number that a setting states, for what has to be known before the sheets are read.
pub(super) fn stated_number(grid: &Grid, key: &str) -> Option<f64> {
    let column: &Column = grid.spec.columns.iter().find(|column| column.key == key)?;
    let row = grid.rows.iter().find(|row| {
        grid.under(row, &Heading::Item)
            .is_some_and(|(at, _)| super::tabs::is(&at.text, column.header) || *at.text == *key)
    })?;
    let (at, cell) = grid.under(row, &Heading::Value)?;
    literal(&Kind::Number, cell, &|_| false)
        .parse()
        .ok()
        .filter(|_| !at.text.is_empty())
}
