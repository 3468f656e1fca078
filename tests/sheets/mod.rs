//! A workbook read back: its values, its formulas, and what the formulas come to.
#![allow(dead_code)]

use std::collections::BTreeMap;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use calamine::{Data, Reader, Xlsx};

/// A cell: row and column, counted from 0.
pub type At = (u32, u32);

/// A workbook as a spreadsheet holds it.
pub struct Book {
    /// Its sheets in their order.
    pub names: Vec<String>,
    /// The values of each sheet.
    pub values: BTreeMap<String, BTreeMap<At, Data>>,
    /// The formulas of each sheet, without `=`.
    pub formulas: BTreeMap<String, BTreeMap<At, String>>,
}

impl Book {
    /// Reads a workbook.
    pub fn open(path: &Path) -> Book {
        let bytes = std::fs::read(path).expect("the workbook");
        let mut book = Xlsx::new(Cursor::new(bytes)).expect("a workbook");
        let names = book.sheet_names();
        let (mut values, mut formulas) = (BTreeMap::new(), BTreeMap::new());
        for name in &names {
            let range = book.worksheet_range(name).expect("a sheet");
            let (row, column) = range.start().unwrap_or((0, 0));
            let filled = range.used_cells();
            let filled =
                filled.map(|(r, c, cell)| ((r as u32 + row, c as u32 + column), cell.clone()));
            values.insert(name.clone(), filled.collect());
            let range = book.worksheet_formula(name).expect("formulas");
            let (row, column) = range.start().unwrap_or((0, 0));
            let filled = range.used_cells();
            let filled =
                filled.map(|(r, c, cell)| ((r as u32 + row, c as u32 + column), cell.clone()));
            formulas.insert(
                name.clone(),
                filled.filter(|(_, said)| !said.is_empty()).collect(),
            );
        }
        Book {
            names,
            values,
            formulas,
        }
    }

    /// The value of a cell.
    pub fn value(&self, sheet: &str, at: At) -> Data {
        self.values[sheet].get(&at).cloned().unwrap_or(Data::Empty)
    }

    /// The number in a cell; an empty one is 0, as in sums.
    pub fn number(&self, sheet: &str, at: At) -> f64 {
        match self.value(sheet, at) {
            Data::Float(number) => number,
            Data::Int(number) => number as f64,
            Data::Empty => 0.0,
            other => panic!("{sheet} {at:?}: no number but {other:?}"),
        }
    }

    /// All texts of a sheet, one below the other.
    pub fn texts(&self, sheet: &str) -> String {
        let cells = self.values[sheet].values();
        let texts = cells.filter_map(|cell| match cell {
            Data::String(text) => Some(text.as_str()),
            _ => None,
        });
        texts.collect::<Vec<_>>().join("\n")
    }

    /// What a formula comes to, from the stored values of the cells it names.
    pub fn evaluate(&self, sheet: &str, formula: &str) -> f64 {
        let sum = formula
            .strip_prefix("SUM(")
            .or(formula.strip_prefix("SUBTOTAL(9,"));
        if let Some(range) = sum.and_then(|rest| rest.strip_suffix(')')) {
            let (from, to) = range.split_once(':').expect("a range");
            let (from, to) = (cell(from), cell(to));
            let cells =
                (from.0..=to.0).flat_map(|row| (from.1..=to.1).map(move |column| (row, column)));
            return cells.map(|at| self.number(sheet, at)).sum();
        }
        if let Some((other, at)) = formula.rsplit_once('!') {
            return self.number(other.trim_matches('\''), cell(at));
        }
        if let Some((one, other)) = formula
            .strip_prefix("100*")
            .and_then(|rest| rest.split_once('/'))
        {
            return 100.0 * self.number(sheet, cell(one)) / self.number(sheet, cell(other));
        }
        if let Some((one, other)) = formula
            .strip_prefix("1-")
            .and_then(|rest| rest.split_once('/'))
        {
            return 1.0 - self.number(sheet, cell(one)) / self.number(sheet, cell(other));
        }
        let (one, other) = formula
            .split_once('-')
            .unwrap_or_else(|| panic!("{formula}"));
        self.number(sheet, cell(one)) - self.number(sheet, cell(other))
    }
}

/// The cell that a name such as `AB12` means.
pub fn cell(name: &str) -> At {
    let name = name.replace('$', "");
    let letters = name.chars().take_while(char::is_ascii_alphabetic);
    let column = letters.fold(0, |sum, letter| sum * 26 + (letter as u32 - 'A' as u32 + 1));
    let row: u32 = name
        .trim_start_matches(|c: char| c.is_ascii_alphabetic())
        .parse()
        .expect("a row");
    (row - 1, column - 1)
}

/// The name of a column counted from 0.
pub fn letters(column: u32) -> String {
    let last = char::from(b'A' + (column % 26) as u8);
    match column / 26 {
        0 => last.to_string(),
        before => letters(before - 1) + &last.to_string(),
    }
}

/// The parts of a workbook with their text; pictures and the like are left out.
pub fn parts(path: &Path) -> BTreeMap<String, String> {
    let bytes = std::fs::read(path).expect("the workbook");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut parts = BTreeMap::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).expect("a part");
        let mut text = String::new();
        file.read_to_string(&mut text).expect("text");
        parts.insert(file.name().expect("a name").into_owned(), text);
    }
    parts
}

/// Writes a workbook of such parts.
pub fn pack(path: &Path, parts: &BTreeMap<String, String>) {
    let mut packed = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in parts {
        let options = zip::write::SimpleFileOptions::default();
        packed.start_file(name.as_str(), options).expect("a part");
        packed.write_all(text.as_bytes()).expect("a part");
    }
    let bytes = packed.finish().expect("a package").into_inner();
    std::fs::write(path, bytes).expect("the workbook");
}

/// Whether two numbers are the same but for the noise of floating point.
pub fn close(one: f64, other: f64) -> bool {
    (one - other).abs() <= 1e-9 * one.abs().max(other.abs()).max(1.0)
}
