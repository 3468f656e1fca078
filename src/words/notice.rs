//! Coded findings about what a planner has stated: every fault with its place and what to do.

use std::path::PathBuf;

use super::code::{Code, Grade};
use super::lang::Lang;
use super::{catalogue, in_book};

/// Where a finding was made. Lines and columns count from 1; for tables the column is the column of the sheet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The file, as the planner named it.
    pub file: PathBuf,
    /// The sheet of a workbook; the line is a row of it.
    pub sheet: Option<String>,
    /// The line in the file.
    pub line: Option<usize>,
    /// The column: a character of the line in `case.toml`, a field of the record in a table.
    pub column: Option<usize>,
}

impl Place {
    /// A place that is a whole file.
    pub fn file(file: impl Into<PathBuf>) -> Place {
        Place {
            file: file.into(),
            ..Place::default()
        }
    }

    /// A place with line and column.
    pub fn at(file: impl Into<PathBuf>, line: usize, column: usize) -> Place {
        Place {
            line: Some(line),
            column: Some(column),
            ..Place::file(file)
        }
    }

    /// A whole sheet of a workbook.
    pub fn sheet(file: impl Into<PathBuf>, sheet: impl Into<String>) -> Place {
        Place {
            sheet: Some(sheet.into()),
            ..Place::file(file)
        }
    }

    /// A cell of a workbook; rows and columns count from 1.
    pub fn cell(
        file: impl Into<PathBuf>,
        sheet: impl Into<String>,
        row: usize,
        column: usize,
    ) -> Place {
        Place {
            line: Some(row),
            column: Some(column),
            ..Place::sheet(file, sheet)
        }
    }

    /// The cell as a spreadsheet names it, such as `C12`; `C:C` and `12:12` are a whole column and a whole row. `None`
    /// where the place is in no workbook, or is a whole sheet.
    pub fn cell_name(&self) -> Option<String> {
        self.sheet.as_ref()?;
        match (self.column.map(column_letters), self.line) {
            (Some(column), Some(line)) => Some(format!("{column}{line}")),
            (Some(column), None) => Some(format!("{column}:{column}")),
            (None, Some(line)) => Some(format!("{line}:{line}")),
            (None, None) => None,
        }
    }
}

/// The letters by which spreadsheets name a column counted from 1: A … Z, AA … ZZ, AAA …
pub fn column_letters(column: usize) -> String {
    let mut letters = Vec::new();
    let mut rest = column;
    while rest > 0 {
        letters.push(b'A' + ((rest - 1) % 26) as u8);
        rest = (rest - 1) / 26;
    }
    letters.iter().rev().map(|&letter| letter as char).collect()
}

/// `schools.csv:12:3`, or `schools.xlsx[小学]!C12` in a workbook.
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
        if let Some(sheet) = &self.sheet {
            write!(f, "[{sheet}]")?;
            return match self.cell_name() {
                Some(cell) => write!(f, "!{cell}"),
                None => Ok(()),
            };
        }
        if let Some(line) = self.line {
            write!(f, ":{line}")?;
            if let Some(column) = self.column {
                write!(f, ":{column}")?;
            }
        }
        Ok(())
    }
}

/// One finding.
#[derive(Clone, PartialEq, Debug)]
pub struct Notice {
    /// Its kind.
    pub code: Code,
    /// Where it was made.
    pub place: Place,
    /// The offending text as it stands in the file, where there is one.
    pub text: Option<String>,
    /// What fills `{0}`, `{1}` … in the texts of the code.
    pub with: Vec<String>,
    /// Where else the same was found, for a finding that stands for many; a bounded number of places.
    pub elsewhere: Vec<Place>,
    /// Whether the case it is about is a workbook.
    pub of_book: bool,
}

impl Notice {
    /// A finding of kind `code` at `place`.
    pub fn new(code: Code, place: Place) -> Notice {
        Notice {
            code,
            place,
            text: None,
            with: Vec::new(),
            elsewhere: Vec::new(),
            of_book: false,
        }
    }

    /// Shows the offending text.
    pub fn text(mut self, text: impl Into<String>) -> Notice {
        self.text = Some(text.into());
        self
    }

    /// Fills the next place holder of the code's texts.
    pub fn with(mut self, value: impl ToString) -> Notice {
        self.with.push(value.to_string());
        self
    }

    /// How grave it is.
    pub fn grade(&self) -> Grade {
        catalogue::entry(self.code).grade
    }

    /// What is the matter.
    pub fn message(&self, lang: Lang) -> String {
        let entry = catalogue::entry(self.code);
        let own = in_book::message(self.code).filter(|_| self.of_book);
        let (zh, en) = own.unwrap_or(entry.message);
        self.fill(lang.pick(zh, en))
    }

    /// What to do about it.
    pub fn remedy(&self, lang: Lang) -> String {
        let entry = catalogue::entry(self.code);
        let own = in_book::remedy(self.code).filter(|_| self.of_book);
        let (zh, en) = own.unwrap_or(entry.remedy);
        self.fill(lang.pick(zh, en))
    }

    fn fill(&self, template: &str) -> String {
        self.with
            .iter()
            .enumerate()
            .fold(template.to_string(), |text, (at, value)| {
                text.replace(&format!("{{{at}}}"), value)
            })
    }
}

/// Findings in the order they were made.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Notices {
    list: Vec<Notice>,
}

impl Notices {
    /// No finding yet.
    pub fn new() -> Notices {
        Notices::default()
    }

    /// Adds a finding.
    pub fn push(&mut self, notice: Notice) {
        self.list.push(notice);
    }

    /// Adds all findings of another list.
    pub fn extend(&mut self, other: Notices) {
        self.list.extend(other.list);
    }

    /// Whether an error is among them.
    pub fn any_error(&self) -> bool {
        self.list
            .iter()
            .any(|notice| notice.grade() == Grade::Error)
    }

    /// How many there are of a grade.
    pub fn count(&self, grade: Grade) -> usize {
        self.list
            .iter()
            .filter(|notice| notice.grade() == grade)
            .count()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// The findings, gravest first, else in the order they were made.
    pub fn by_grade(&self) -> Vec<&Notice> {
        let mut sorted: Vec<&Notice> = self.list.iter().collect();
        sorted.sort_by_key(|notice| notice.grade());
        sorted
    }

    /// The findings in the order they were made.
    pub fn iter(&self) -> std::slice::Iter<'_, Notice> {
        self.list.iter()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_are_named_as_spreadsheets_name_them() {
        for (column, letters) in [
            (1, "A"),
            (26, "Z"),
            (27, "AA"),
            (702, "ZZ"),
            (703, "AAA"),
            (16_384, "XFD"),
        ] {
            assert_eq!(column_letters(column), letters);
        }
    }

    #[test]
    fn places_in_workbooks_name_sheet_and_cell() {
        let cell = Place::cell("schools.xlsx", "小学", 12, 3);
        assert_eq!(cell.to_string(), "schools.xlsx[小学]!C12");
        assert_eq!(cell.cell_name().as_deref(), Some("C12"));
        let column = Place { line: None, ..cell };
        assert_eq!(column.to_string(), "schools.xlsx[小学]!C:C");
        assert_eq!(Place::sheet("s.xlsx", "小学").to_string(), "s.xlsx[小学]");
        assert_eq!(Place::at("s.csv", 12, 3).to_string(), "s.csv:12:3");
        assert_eq!(Place::at("s.csv", 12, 3).cell_name(), None);
    }
}
