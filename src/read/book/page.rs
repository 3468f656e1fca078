//! The TOML text that a workbook stands for, with the cell each of its lines came from.

use std::rc::Rc;

use crate::read::source::Source;
use crate::words::Place;

/// A cell of a workbook.
#[derive(Clone, PartialEq, Debug)]
pub(in crate::read) struct CellAt {
    /// Its sheet.
    pub(in crate::read) sheet: Rc<str>,
    /// Its row, counted from 1.
    pub(in crate::read) row: usize,
    /// Its column, counted from 1.
    pub(in crate::read) column: usize,
    /// What stands in it.
    pub(in crate::read) text: Rc<str>,
}

/// The value of a key.
pub(super) enum Value {
    /// As TOML writes it.
    One(String, CellAt),
    /// A list, each item from a cell of its own.
    Each(Vec<(String, CellAt)>),
}

/// A table, or an entry of a list of tables: its header, the cell that stands for it, and its keys as paths from here.
pub(super) struct Block {
    /// The table, such as `case`, or the list, such as `fund`; empty for the top of the file.
    pub(super) table: String,
    /// Whether it is an entry of a list.
    pub(super) listed: bool,
    /// What stands for the whole of it.
    pub(super) at: Option<CellAt>,
    /// Its keys.
    pub(super) values: Vec<(String, Value)>,
}

impl Block {
    /// A table without keys.
    pub(super) fn table(table: &str, at: Option<CellAt>) -> Block {
        Block {
            table: table.to_string(),
            listed: false,
            at,
            values: Vec::new(),
        }
    }

    /// An entry without keys.
    pub(super) fn entry(list: &str, at: CellAt) -> Block {
        Block {
            listed: true,
            ..Block::table(list, Some(at))
        }
    }
}

/// Writes a text line by line.
#[derive(Default)]
pub(super) struct Page {
    text: String,
    cells: Vec<Option<CellAt>>,
}

impl Page {
    /// Adds a table with what is inside it.
    pub(super) fn block(&mut self, block: &Block) {
        let header = match (block.table.as_str(), block.listed) {
            ("", _) => None,
            (table, true) => Some(format!("[[{table}]]")),
            (table, false) => Some(format!("[{table}]")),
        };
        if let Some(header) = header {
            self.line(&header, block.at.as_ref());
        }
        let mut inner: Vec<&str> = Vec::new();
        for (key, value) in &block.values {
            match key.rsplit_once('.') {
                None => self.value(key, value),
                Some((table, _)) if !inner.contains(&table) => inner.push(table),
                Some(_) => {}
            }
        }
        for table in inner {
            self.line(&format!("[{}.{table}]", block.table), block.at.as_ref());
            for (key, value) in &block.values {
                if let Some((own, key)) = key.rsplit_once('.').filter(|(own, _)| *own == table) {
                    debug_assert!(!own.is_empty());
                    self.value(key, value);
                }
            }
        }
    }

    fn value(&mut self, key: &str, value: &Value) {
        match value {
            Value::One(literal, at) => self.line(&format!("{key} = {literal}"), Some(at)),
            Value::Each(items) => {
                self.line(&format!("{key} = ["), items.first().map(|(_, at)| at));
                for (literal, at) in items {
                    self.line(&format!("{literal},"), Some(at));
                }
                self.line("]", items.last().map(|(_, at)| at));
            }
        }
    }

    fn line(&mut self, text: &str, at: Option<&CellAt>) {
        self.text.push_str(text);
        self.text.push('\n');
        self.cells.push(at.cloned());
    }

    /// The text as a source whose places are cells; `whole` is the place of what came from no cell.
    pub(super) fn source(self, whole: Place) -> Source {
        Source::of_cells(whole, self.text, self.cells)
    }
}

/// A text as TOML writes it, on one line.
pub(super) fn quoted(text: &str) -> String {
    let mut written = String::from("\"");
    for c in text.chars() {
        match c {
            '"' | '\\' => written.extend(['\\', c]),
            c if c.is_control() => written.push_str(&format!("\\u{:04X}", c as u32)),
            c => written.push(c),
        }
    }
    written.push('"');
    written
}

/// A number as TOML writes it.
pub(super) fn number(value: f64) -> String {
    if value.fract() == 0.0 && value.abs() < 1e15 {
        format!("{}", value as i64)
    } else if value.fract() == 0.0 {
        format!("{value:e}")
    } else {
        format!("{value}")
    }
}
