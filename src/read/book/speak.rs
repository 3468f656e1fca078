//! Findings about a workbook in its own words: sheets, headers and labels in place of tables, keys and words of TOML;
//! and what is missing from a row points to the cell where it should stand.

use std::rc::Rc;

use super::choices::{is_known, label};
use super::kind::{Kind, Schemas};
use super::layout::{Column, Form, SheetSpec};
use super::sheets::{SCENARIOS, SHEETS};
use super::tabs::{Grid, Heading, is};
use crate::words::catalogue::{
    COUNT_OUT_OF_RANGE, EMPTY_TEXT, KEY_MISSING, KEY_OUT_OF_PLACE, NOT_FILLED_IN, NOT_FINITE,
    OUT_OF_RANGE, TYPE_WRONG, UNKNOWN_KEY, UNKNOWN_WORD, YEARS_MISMATCH,
};
use crate::words::{Code, Lang, Notice, Notices};

/// Codes whose first value is a key.
const OF_KEYS: [Code; 10] = [
    COUNT_OUT_OF_RANGE,
    EMPTY_TEXT,
    KEY_MISSING,
    KEY_OUT_OF_PLACE,
    NOT_FILLED_IN,
    NOT_FINITE,
    OUT_OF_RANGE,
    TYPE_WRONG,
    UNKNOWN_KEY,
    YEARS_MISMATCH,
];

/// The words of one workbook.
pub(in crate::read) struct Tongue {
    lang: Lang,
    sheets: Vec<Said>,
    schemas: Schemas,
}

/// A sheet and where its keys stand.
struct Said {
    spec: &'static SheetSpec,
    name: Rc<str>,
    /// The column of each key of a list, the row and column of each setting; both counted from 1.
    keys: Vec<(&'static Column, Option<usize>, usize)>,
}

impl Tongue {
    /// The words of the sheets that were recognised.
    pub(super) fn of(grids: &[Grid]) -> Tongue {
        let chinese = grids
            .iter()
            .filter(|grid| is(&grid.name, (grid.spec.name.0, "")))
            .count();
        Tongue {
            lang: if 2 * chinese >= grids.len() {
                Lang::Zh
            } else {
                Lang::En
            },
            sheets: grids.iter().map(said).collect(),
            schemas: Schemas::new(),
        }
    }

    /// The findings in the words of the workbook.
    pub(in crate::read) fn put(&self, notices: Notices) -> Notices {
        let mut put = Notices::new();
        notices
            .iter()
            .for_each(|notice| put.push(self.one(notice.clone())));
        put
    }

    fn one(&self, mut notice: Notice) -> Notice {
        notice.of_book = true;
        let here = notice.place.sheet.as_deref();
        let said = self.sheets.iter().find(|said| Some(&*said.name) == here);
        if notice.code == KEY_MISSING {
            self.move_to_gap(&mut notice, said);
        }
        let key_at = match notice.code {
            UNKNOWN_WORD => Some(1),
            code => OF_KEYS.contains(&code).then_some(0),
        };
        let column = key_at.and_then(|at| column(said?.spec, notice.with.get(at)?));
        if let (TYPE_WRONG | NOT_FILLED_IN, Some((column, said)), Some(example)) =
            (notice.code, column.zip(said), notice.with.get_mut(1))
        {
            *example = self.example(&self.schemas.facts(said.spec, column).kind);
        }
        let words = |(at, text): (usize, String)| match (column, Some(at) == key_at) {
            (Some(column), true) => column.header(self.lang).to_string(),
            // What no column of the sheet holds is a table of the whole, or a key of scenarios, which stand on many sheets.
            (None, true) => {
                let top = self.top(&text);
                top.unwrap_or_else(|| self.word(&text, Some(&SCENARIOS)))
            }
            _ => self.reworded(&text, said.map(|said| said.spec)),
        };
        notice.with = std::mem::take(&mut notice.with)
            .into_iter()
            .enumerate()
            .map(words)
            .collect();
        notice
    }

    /// Points to the empty cell of a missing key.
    fn move_to_gap(&self, notice: &mut Notice, said: Option<&Said>) {
        let Some((said, key)) = said.zip(notice.with.first()) else {
            return;
        };
        let wanted = column(said.spec, key).map(|column| column.key);
        let gap = said
            .keys
            .iter()
            .find(|(column, ..)| Some(column.key) == wanted);
        if let Some((_, row, column)) = gap {
            notice.place.line = row.or(notice.place.line);
            notice.place.column = Some(*column);
            notice.text = None;
        }
    }

    /// The sheet of a table at the top of the file.
    fn top(&self, table: &str) -> Option<String> {
        let spec = spec_of(table)?;
        Some(spec.name(self.lang).to_string())
    }

    /// A value in the words of the workbook.
    fn reworded(&self, text: &str, here: Option<&'static SheetSpec>) -> String {
        if let Some((table, rest)) = bracketed(text) {
            let Some(spec) = spec_of(table) else {
                return match self.changed(table) {
                    Some(kind) => kind,
                    None => text.to_string(),
                };
            };
            let key = column(spec, rest.trim()).map(|column| column.header(self.lang));
            let name = spec.name(self.lang);
            return key.map_or(name.to_string(), |key| format!("{name} · {key}"));
        }
        if let Some((key, word)) = text.split_once(" = ") {
            let word = word.trim_matches('"');
            if let Some(column) = here.and_then(|here| column(here, key)) {
                return format!("{} = {}", column.header(self.lang), label(word, self.lang));
            }
            // How a cell is filled in whose key is a word of a list, such as a stage.
            if is_known(key) {
                return self.example(&Kind::Number);
            }
        }
        if text.contains('`') {
            // What no column of the sheet holds cannot be meant.
            let meant = text.split(" / ").filter(|one| {
                let key = one.trim_matches('`');
                !one.starts_with('`') || !is_key(key) || self.word(key, here) != key
            });
            let text = meant.collect::<Vec<_>>().join(" / ");
            let parts = text.split('`').enumerate().map(|(at, part)| match at % 2 {
                1 => self.word(part, here),
                _ => part.to_string(),
            });
            return parts.collect::<Vec<_>>().join("`");
        }
        text.to_string()
    }

    /// What rows of the sheet of factors are called that change what a table of a scenario changes.
    fn changed(&self, table: &str) -> Option<String> {
        let spec = SHEETS
            .iter()
            .find(|spec| matches!(spec.form, Form::Changes))?;
        is_known(table).then(|| {
            let (sheet, kind) = (spec.name(self.lang), label(table, self.lang));
            self.lang
                .pick(format!("{sheet}（改{kind}）"), format!("{sheet} ({kind})"))
        })
    }

    /// A key or a word of a closed list.
    fn word(&self, text: &str, here: Option<&'static SheetSpec>) -> String {
        let header = here
            .and_then(|here| column(here, text))
            .map(|column| column.header(self.lang));
        match header {
            Some(header) => header.to_string(),
            None if is_known(text) => label(text, self.lang).to_string(),
            None => text.to_string(),
        }
    }

    /// How a cell of this kind is filled in.
    fn example(&self, kind: &Kind) -> String {
        let lang = self.lang;
        match kind {
            Kind::Text => lang.pick("一段文字", "a text").to_string(),
            Kind::Texts => lang.pick("甲；乙", "one; another").to_string(),
            Kind::Number | Kind::Years => lang
                .pick("一个数，如 0.5", "a number, such as 0.5")
                .to_string(),
            Kind::Whole => lang
                .pick("一个整数，如 5", "a whole number, such as 5")
                .to_string(),
            Kind::Flag => lang.pick("“是”或“否”", "yes or no").to_string(),
            Kind::Choice(words) | Kind::Choices(words) => words
                .iter()
                .map(|word| label(word, lang))
                .collect::<Vec<_>>()
                .join(" / "),
            Kind::Tiers => "200:1; 500:2".to_string(),
        }
    }
}

fn said(grid: &Grid) -> Said {
    let columns = grid.spec.columns;
    let of_lists = grid
        .headings
        .iter()
        .filter_map(|(column, heading)| match heading {
            Heading::Key(key) => Some((columns.get(*key)?, None, column + 1)),
            _ => None,
        });
    let value = grid
        .headings
        .iter()
        .find(|(_, heading)| *heading == Heading::Value);
    let settings = grid.rows.iter().filter_map(|row| {
        let (at, _) = grid.under(row, &Heading::Item)?;
        let column = columns.iter().find(|column| is(&at.text, column.header))?;
        Some((column, Some(row.number), value?.0 + 1))
    });
    Said {
        spec: grid.spec,
        name: grid.name.clone(),
        keys: match grid.spec.form {
            Form::Settings { .. } => settings.collect(),
            _ => of_lists.collect(),
        },
    }
}

/// The column of a key: of the whole path, or of its last part. New weights and smallest projects
/// stand among the factors.
fn column(spec: &'static SheetSpec, key: &str) -> Option<&'static Column> {
    let key = match (&spec.form, key) {
        (Form::Changes, "weight" | "least") => "factor",
        (_, key) => key,
    };
    let last = |column: &&Column| column.key.rsplit('.').next() == Some(key);
    let whole = spec.columns.iter().find(|column| column.key == key);
    whole.or_else(|| spec.columns.iter().find(last))
}

/// Whether a word is written as keys of `case.toml` are, with a low line: names of a planner seldom are.
fn is_key(word: &str) -> bool {
    let plain = |c: char| c.is_ascii_lowercase() || c == '_';
    word.chars().all(plain) && (word.contains('_') || word == "more")
}

/// The sheet on which a table of `case.toml` or of a scenario stands.
fn spec_of(table: &str) -> Option<&'static SheetSpec> {
    let holds = |spec: &&SheetSpec| match spec.form {
        Form::List { case, scenario } => case == table || scenario == Some(table),
        Form::Table(own) | Form::Yearly(own) => table.split('.').next() == Some(own),
        Form::Settings { .. } => spec
            .columns
            .iter()
            .any(|column| column.key.split('.').next() == Some(table)),
        Form::Scenarios | Form::Changes => false,
    };
    let whole = SHEETS.iter().find(holds);
    let upper = || table.rsplit_once('.').and_then(|(upper, _)| spec_of(upper));
    whole.or_else(upper)
}

/// The table in `[table]` or `[[table]] rest`, and the rest.
fn bracketed(text: &str) -> Option<(&str, &str)> {
    let inner = text.strip_prefix("[[").or_else(|| text.strip_prefix('['))?;
    let (table, rest) = inner.split_once(']')?;
    Some((table, rest.trim_start_matches(']')))
}
