//! Coded findings about what a planner has stated: every fault with its place and what to do.

use std::path::PathBuf;

use super::catalogue;
use super::code::{Code, Grade};
use super::lang::Lang;

/// Where a finding was made. Lines and columns count from 1; for tables the column is the column of the sheet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Place {
    /// The file, as the planner named it.
    pub file: PathBuf,
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
            line: None,
            column: None,
        }
    }

    /// A place with line and column.
    pub fn at(file: impl Into<PathBuf>, line: usize, column: usize) -> Place {
        Place {
            file: file.into(),
            line: Some(line),
            column: Some(column),
        }
    }
}

/// `schools.csv:12:3`
impl std::fmt::Display for Place {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}", self.file.display())?;
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
}

impl Notice {
    /// A finding of kind `code` at `place`.
    pub fn new(code: Code, place: Place) -> Notice {
        Notice {
            code,
            place,
            text: None,
            with: Vec::new(),
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
        self.fill(lang.pick(entry.message.0, entry.message.1))
    }

    /// What to do about it.
    pub fn remedy(&self, lang: Lang) -> String {
        let entry = catalogue::entry(self.code);
        self.fill(lang.pick(entry.remedy.0, entry.remedy.1))
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
