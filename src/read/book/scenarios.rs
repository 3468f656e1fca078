//! Scenarios: their names, their factors, and what else of the workbook is theirs.

use std::rc::Rc;

use super::entries::{Reader, Stated, first, into_table};
use super::kind::Kind;
use super::layout::{Column, FACTORS, Form, NAME, SECTION, WHAT};
use super::page::{Block, CellAt, Value};
use super::tabs::{Grid, Heading};
use crate::read::nearest::nearest;
use crate::read::workbook::{CellText, TabRow};
use crate::words::catalogue::{KEY_MISSING, SAID_TWICE, UNKNOWN_WORD};
use crate::words::{Notice, Place};

/// The names of the scenarios, each once, in the order of their rows.
pub(super) fn names(grids: &[Grid]) -> Vec<Rc<str>> {
    let mut names: Vec<Rc<str>> = Vec::new();
    for grid in grids
        .iter()
        .filter(|grid| grid.spec.form == Form::Scenarios)
    {
        for (at, _) in grid
            .rows
            .iter()
            .filter_map(|row| grid.under(row, &key(grid, NAME)?))
        {
            if !names.contains(&at.text) {
                names.push(at.text);
            }
        }
    }
    names
}

/// The name of the sheet of scenarios.
pub(super) fn sheet(grids: &[Grid]) -> String {
    let grid = grids.iter().find(|grid| grid.spec.form == Form::Scenarios);
    grid.map_or(String::new(), |grid| grid.name.to_string())
}

/// The heading of a key of a sheet.
fn key(grid: &Grid, key: &str) -> Option<Heading> {
    grid.spec
        .columns
        .iter()
        .position(|column| column.key == key)
        .map(Heading::Key)
}

/// What stands in a row under a key.
fn said(grid: &Grid, row: &TabRow, name: &str) -> Option<CellAt> {
    grid.under(row, &key(grid, name)?).map(|(at, _)| at)
}

/// The scenarios' own rows: title, what they include, what they drop.
pub(super) fn scenarios(reader: &mut Reader, grid: &Grid) -> Vec<Stated> {
    let mut stated: Vec<Stated> = Vec::new();
    let mut seen: Vec<Rc<str>> = Vec::new();
    for row in grid.entries() {
        let Some(name) = said(grid, row, NAME) else {
            missing(reader, grid, row, NAME);
            continue;
        };
        if seen.contains(&name.text) {
            let place = Place::cell(reader.file, &*name.sheet, name.row, name.column);
            reader
                .notices
                .push(Notice::new(SAID_TWICE, place).with(&*name.text));
            continue;
        }
        seen.push(name.text.clone());
        let owner = Some(name.text.clone());
        stated.push((owner.clone(), Block::table("", Some(name))));
        for (path, value) in reader.keys(grid, row) {
            into_table(&mut stated, owner.clone(), &path, value);
        }
    }
    stated
}

/// A key that each row of a sheet must have.
fn missing(reader: &mut Reader, grid: &Grid, row: &TabRow, name: &str) {
    let at = first(grid, row);
    let place = Place::cell(reader.file, &*at.sheet, at.row, at.column);
    let notice = Notice::new(KEY_MISSING, place).with(name);
    reader.notices.push(notice.with(&*grid.name));
}

/// Factors on pupils: one row a section.
pub(super) fn yearly(reader: &mut Reader, grid: &Grid, table: &str) -> Vec<Stated> {
    let mut stated = Vec::new();
    let factors = grid
        .spec
        .columns
        .iter()
        .position(|column| column.key == FACTORS);
    let section = grid
        .spec
        .columns
        .iter()
        .find(|column| column.key == SECTION);
    let (Some(factors), Some(section)) = (factors, section) else {
        return stated;
    };
    let kind = reader.schemas.facts(grid.spec, section).kind;
    for row in grid.entries() {
        let cell = key(grid, SECTION).and_then(|heading| grid.under(row, &heading));
        let Some((at, cell)) = cell else {
            missing(reader, grid, row, SECTION);
            continue;
        };
        let named = chosen(reader, section, &kind, &at, cell);
        let value = reader.yearly(grid, row, factors);
        let (Some(named), Some(value)) = (named, value) else {
            continue;
        };
        for owner in reader.belongs(grid, row) {
            let path = format!("{table}.{named}");
            let twice = stated.iter().any(|(own, block): &Stated| {
                *own == owner
                    && block
                        .values
                        .iter()
                        .any(|(known, _)| format!("{table}.{known}") == path)
            });
            if twice {
                let place = Place::cell(reader.file, &*at.sheet, at.row, at.column);
                reader
                    .notices
                    .push(Notice::new(SAID_TWICE, place).with(&*at.text));
                continue;
            }
            into_table(&mut stated, owner, &path, copy(&value));
        }
    }
    stated
}

/// The word of a closed list; another one is told.
fn chosen(
    reader: &mut Reader,
    column: &Column,
    kind: &Kind,
    at: &CellAt,
    cell: &CellText,
) -> Option<String> {
    let Kind::Choice(words) = kind else {
        return None;
    };
    let literal = reader.value(kind, at, cell)?;
    let word = literal.trim_matches('"');
    if words.iter().any(|known| known == word) {
        return Some(word.to_string());
    }
    let place = Place::cell(reader.file, &*at.sheet, at.row, at.column);
    let notice = Notice::new(UNKNOWN_WORD, place)
        .with(&*at.text)
        .with(column.key);
    reader
        .notices
        .push(notice.with(nearest(&at.text, words.iter().map(String::as_str))));
    None
}

fn copy(value: &Value) -> Value {
    match value {
        Value::One(literal, at) => Value::One(literal.clone(), at.clone()),
        Value::Each(items) => Value::Each(items.clone()),
    }
}

/// Factors on funds and prices, weights of resources and smallest projects.
pub(super) fn changes(reader: &mut Reader, grid: &Grid) -> Vec<Stated> {
    let mut stated = Vec::new();
    let Some(what) = grid.spec.columns.iter().find(|column| column.key == WHAT) else {
        return stated;
    };
    let kind = reader.schemas.facts(grid.spec, what).kind;
    for row in grid.entries() {
        let cell = key(grid, WHAT).and_then(|heading| grid.under(row, &heading));
        let Some((at, cell)) = cell else {
            missing(reader, grid, row, WHAT);
            continue;
        };
        let Some(list) = chosen(reader, what, &kind, &at, cell) else {
            continue;
        };
        let owners = reader.belongs(grid, row);
        if owners.contains(&None) {
            missing(reader, grid, row, super::layout::SCENARIO);
            continue;
        }
        for owner in owners {
            for block in changed(reader, grid, row, &list, &at) {
                stated.push((owner.clone(), block));
            }
        }
    }
    stated
}

/// The entries that a row of factors stands for: one, or one a resource where weights are changed.
fn changed(reader: &mut Reader, grid: &Grid, row: &TabRow, list: &str, at: &CellAt) -> Vec<Block> {
    let keys = reader.keys(grid, row);
    let mut entry = Block::entry(list, at.clone());
    if list != "weight" {
        // What does not belong to the list stays, so that it is told as out of place.
        for (path, value) in keys {
            let name = match path.rsplit('.').next().unwrap_or_default() {
                "factor" if list == "project" => "least",
                name => name,
            };
            entry.values.push((name.to_string(), value));
        }
        return vec![entry];
    }
    let cell = key(grid, "cost.resources").and_then(|heading| grid.under(row, &heading));
    let Some((resources, _)) = cell else {
        missing(reader, grid, row, "cost.resources");
        return Vec::new();
    };
    let known = reader.names.clone();
    let names = super::cells::split(&resources.text, &|text| known.iter().any(|own| own == text));
    let weight = keys
        .into_iter()
        .find(|(path, _)| path == "cost.factor")
        .map(|(_, value)| value);
    names
        .into_iter()
        .map(|name| {
            let mut entry = Block::entry(list, at.clone());
            let name = Value::One(super::page::quoted(name), resources.clone());
            entry.values.push(("resource".to_string(), name));
            entry.values.extend(
                weight
                    .iter()
                    .map(|value| ("weight".to_string(), copy(value))),
            );
            entry
        })
        .collect()
}

/// Norms of a scenario that has a standard of its own are part of that standard.
pub(super) fn norms_of_standards(settings: &[Stated], stated: &mut [Stated]) {
    for (owner, block) in stated
        .iter_mut()
        .filter(|(owner, block)| owner.is_some() && block.table == "norm")
    {
        let own = |(other, table): &Stated| other == owner && table.table.starts_with("standard");
        if settings.iter().any(own) {
            block.table = "standard.norm".to_string();
        }
    }
}
