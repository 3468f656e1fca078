//! What sheets and columns are made of. The sheets themselves are declared in [`super::sheets`].

use crate::words::Lang;

/// A text in Chinese and English.
pub type Pair = (&'static str, &'static str);

/// How the rows of a sheet are to be understood.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Form {
    /// One key a row: what, value. Keys are paths from the top of `case.toml`. Further columns are headed by a
    /// scenario and state the same keys for it, where that is allowed.
    Settings {
        /// Whether scenarios may have columns of their own.
        scenarios: bool,
    },
    /// One entry a row, such as `[[fund]]`; a row may belong to a scenario where scenarios have such entries.
    List {
        /// The list in `case.toml`.
        case: &'static str,
        /// The list in a scenario.
        scenario: Option<&'static str>,
    },
    /// Factors by year, one row a key of the table: `[enrolment]`.
    Yearly(&'static str),
    /// One scenario a row.
    Scenarios,
    /// One factor of a scenario a row.
    Changes,
    /// A table of the planner's own, such as the schools; its columns are found by header.
    Table(&'static str),
}

/// The rows of which sheet a cell refers to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Refers {
    /// Ids of a list such as `resource`.
    Ids(&'static str),
    /// Names of scenarios.
    Scenarios,
    /// Headers of the school table.
    Headers,
}

/// A column of a list or a row of settings.
#[derive(Clone, Copy, Debug)]
pub struct Column {
    /// The key as a path from the entry (or from the top of the file, in settings). Keys that begin with `@` are of the
    /// workbook alone.
    pub key: &'static str,
    /// What it is headed with.
    pub header: Pair,
    /// What its cells refer to.
    pub refers: Option<Refers>,
    /// What to say about it in place of the description of the key.
    pub note: Option<Pair>,
}

/// A sheet.
#[derive(Clone, Copy, Debug)]
pub struct SheetSpec {
    /// What it is called.
    pub name: Pair,
    /// What is written in it.
    pub about: Pair,
    /// How its rows are understood.
    pub form: Form,
    /// Its columns.
    pub columns: &'static [Column],
}

/// The scenario a row belongs to.
pub const SCENARIO: &str = "@scenario";
/// The name of a scenario.
pub const NAME: &str = "@name";
/// What a row changes.
pub const WHAT: &str = "@what";
/// The section a row is of.
pub const SECTION: &str = "@section";
/// Factors by year.
pub const FACTORS: &str = "@factors";

impl Column {
    /// A column of a key.
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str) -> Column {
        Column {
            key,
            header: (zh, en),
            refers: None,
            note: None,
        }
    }

    /// What its cells refer to.
    pub const fn of(self, refers: Refers) -> Column {
        Column {
            refers: Some(refers),
            ..self
        }
    }

    /// What to say about it.
    pub const fn note(self, zh: &'static str, en: &'static str) -> Column {
        Column {
            note: Some((zh, en)),
            ..self
        }
    }

    /// The header in a language.
    pub fn header(&self, lang: Lang) -> &'static str {
        lang.pick(self.header.0, self.header.1)
    }
}

impl SheetSpec {
    /// The name in a language.
    pub fn name(&self, lang: Lang) -> &'static str {
        lang.pick(self.name.0, self.name.1)
    }

    /// The key of a column as a path from the top of `case.toml`; `None` for columns of the workbook alone and for what
    /// only scenarios have.
    pub fn path(&self, column: &Column) -> Option<String> {
        let key = column.key;
        match self.form {
            _ if key.starts_with('@') => None,
            Form::Settings { .. } => Some(key.to_string()),
            Form::List { case, .. } => Some(format!("{case}.{key}")),
            Form::Yearly(table) => Some(format!("{table}.{key}")),
            Form::Table(table) => Some(format!("{table}.columns.{key}")),
            Form::Scenarios | Form::Changes => None,
        }
    }

    /// The key of a column as a path from the top of a scenario's file; `None` where scenarios have no such key.
    pub fn scenario_path(&self, column: &Column) -> Option<String> {
        let key = column.key;
        match self.form {
            _ if key.starts_with('@') => None,
            Form::List { scenario, .. } => Some(format!("{}.{key}", scenario?)),
            Form::Settings { scenarios } => scenarios.then(|| key.to_string()),
            Form::Yearly(table) => Some(format!("{table}.{key}")),
            Form::Scenarios | Form::Changes => Some(key.to_string()),
            Form::Table(_) => None,
        }
    }
}
