//! The template: an empty workbook for a whole case, in the planner's language, with a small example that solves as it
//! stands. Sheets, columns, lists and notes come from [`crate::read::book`], which reads the workbook too.

mod allowed;
mod example;
mod help;
mod style;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, Worksheet, XlsxError};

use self::allowed::allowed;
use self::style::{Style, note};
use super::fit::{lines, width};
use crate::read::book::{
    self, Facts, Form, HELP, ITEM, Kind, Pair, REMARK, SCENARIO, SHEETS, Schemas, SheetSpec, VALUE,
};
use crate::words::Lang;

/// Columns of years in the template.
const YEARS: usize = 5;

/// Rows of a list that have drop-downs.
const ROWS: u32 = 1_000;

/// The bytes of the template. The same language gives the same bytes.
///
/// # Errors
/// When the workbook cannot be put together.
pub fn render(lang: Lang) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // The time of writing would make the bytes differ.
    let made = ExcelDateTime::from_ymd(2026, 1, 1)?;
    workbook.set_properties(
        &DocProperties::new()
            .set_creation_datetime(&made)
            .set_author("Junheng 均衡"),
    );
    let maker = Maker {
        lang,
        style: Style::new(),
        schemas: Schemas::new(),
    };
    help::write(workbook.add_worksheet().set_name(maker.pick(HELP))?, &maker)?;
    for spec in SHEETS {
        let sheet = workbook.add_worksheet().set_name(spec.name(lang))?;
        match spec.form {
            Form::Settings { .. } => maker.settings(sheet, spec)?,
            _ => maker.list(sheet, spec)?,
        }
        sheet.set_landscape().set_print_fit_to_pages(1, 0);
    }
    workbook.save_to_buffer()
}

/// What is needed to write one sheet after the other.
struct Maker {
    lang: Lang,
    style: Style,
    schemas: Schemas,
}

/// A column of a list in the template.
struct Shown {
    /// The key its examples go by.
    key: String,
    header: String,
    note: String,
    facts: Option<Facts>,
    required: bool,
    people: bool,
}

impl Maker {
    fn pick(&self, pair: Pair) -> &'static str {
        self.lang.pick(pair.0, pair.1)
    }

    /// What is said about a key: what it is, its unit where that is another setting, and what it may be.
    fn about(&self, facts: &Facts) -> String {
        let about = facts.about(self.lang);
        let several =
            matches!(facts.kind, Kind::Texts | Kind::Choices(_)) && !about.contains(['、', ';']);
        match several {
            true => format!(
                "{about}{}",
                self.pick((
                    "几个时用顿号（、）或分号隔开。",
                    " Several are parted by semicolons."
                ))
            ),
            false => about.to_string(),
        }
    }

    /// A list: headers with notes, examples, drop-downs.
    fn list(&self, sheet: &mut Worksheet, spec: &'static SheetSpec) -> Result<(), XlsxError> {
        let columns = self.columns(spec);
        let examples = example::rows(spec.name.1);
        for (at, shown) in columns.iter().enumerate() {
            let column = at as u16;
            let format = match (shown.people, shown.required) {
                (true, _) => &self.style.remark,
                (false, true) => &self.style.required,
                (false, false) => &self.style.optional,
            };
            sheet.write_string_with_format(0, column, &shown.header, format)?;
            if !shown.note.is_empty() {
                sheet.insert_note(0, column, &note(&shown.note))?;
            }
            let mut texts = vec![shown.header.as_str()];
            for (row, example) in examples.iter().enumerate() {
                let text = match shown.people {
                    true => Some(self.pick(EXAMPLE_ROW)),
                    false => example
                        .iter()
                        .find(|(key, _)| *key == shown.key)
                        .map(|(_, pair)| self.pick(*pair)),
                };
                self.example(
                    sheet,
                    row as u32 + 1,
                    column,
                    text.unwrap_or_default(),
                    shown.facts.as_ref(),
                )?;
                texts.extend(text);
            }
            sheet.set_column_width(column, width(&texts))?;
            if let Some(facts) = &shown.facts {
                let source = spec.columns.iter().find(|column| column.key == shown.key);
                if let Some(validation) =
                    allowed(self.lang, facts, source.and_then(|column| column.refers))?
                {
                    sheet.add_data_validation(1, column, ROWS, column, &validation)?;
                }
            }
        }
        sheet.set_row_height(0, 32)?;
        sheet.set_freeze_panes(1, frozen(spec))?;
        Ok(())
    }

    /// An example, as a number where it reads as one.
    fn example(
        &self,
        sheet: &mut Worksheet,
        row: u32,
        column: u16,
        text: &str,
        facts: Option<&Facts>,
    ) -> Result<(), XlsxError> {
        let numeric = facts
            .is_none_or(|facts| matches!(facts.kind, Kind::Number | Kind::Whole | Kind::Years));
        match text.parse::<f64>().ok().filter(|_| numeric) {
            Some(number) => {
                sheet.write_number_with_format(row, column, number, &self.style.example)?
            }
            None if text.is_empty() => sheet.write_blank(row, column, &self.style.example)?,
            None => sheet.write_string_with_format(row, column, text, &self.style.example)?,
        };
        Ok(())
    }

    /// The columns of a list, with those of the years and of remarks.
    fn columns(&self, spec: &'static SheetSpec) -> Vec<Shown> {
        let mut shown = Vec::new();
        let table = matches!(spec.form, Form::Table(_));
        for column in spec.columns {
            let facts = self.schemas.facts(spec, column);
            let yearly = facts.kind == Kind::Years;
            let must = match spec.form {
                // Headers of the school table are settings that may be absent; these four no plan does without.
                Form::Table("schools") => ["id", "stage", "pupils"].contains(&column.key),
                Form::Table(_) => column.key != "why",
                Form::Changes => {
                    column.key == SCENARIO || facts.required && column.key.ends_with("factor")
                }
                _ => facts.required && !yearly,
            } || matches!(column.key, book::NAME | book::WHAT | book::SECTION);
            shown.push(Shown {
                key: column.key.to_string(),
                header: column.header(self.lang).to_string(),
                note: self.about(&facts),
                required: must,
                people: false,
                facts: (!table).then_some(facts),
            });
            if yearly {
                shown.extend((1..=YEARS).map(|nth| self.year(nth)));
            }
        }
        if spec.form == Form::Table("schools") {
            shown.extend(
                example::STOCK
                    .iter()
                    .enumerate()
                    .map(|(at, pair)| self.stock(at, *pair)),
            );
            if let Some(stage) = shown.iter_mut().find(|shown| shown.key == "stage") {
                let words = ["primary", "junior", "nine-year"];
                stage.facts = Some(Facts {
                    kind: Kind::Choice(words.map(str::to_string).to_vec()),
                    required: true,
                    about: Default::default(),
                });
            }
        }
        shown.push(Shown {
            key: String::new(),
            header: self.pick(REMARK).to_string(),
            note: String::new(),
            facts: None,
            required: false,
            people: true,
        });
        shown
    }

    fn year(&self, nth: usize) -> Shown {
        let facts = Facts {
            kind: Kind::Years,
            required: false,
            about: Default::default(),
        };
        Shown {
            key: format!("year {nth}"),
            header: self.lang.pick(format!("第{nth}年"), format!("Year {nth}")),
            note: self.lang.pick(
                format!("规划第 {nth} 年；也可以把列名改成公历年，如 2027。规划年数更多时照样加列。"),
                format!("Plan year {nth}; the header may be a calendar year too, such as 2027. Add columns for more years."),
            ),
            facts: Some(facts),
            required: false,
            people: false,
        }
    }

    fn stock(&self, at: usize, header: Pair) -> Shown {
        let note = self.pick((
            "现有数量，列名由您定；在“资源”表的“现有数量列”写这个列名。没有数据就留空，不要填 0。",
            "Stock under a header of your own; name this header in the column Stock column of Resources. Leave cells empty where nothing is known, never 0.",
        ));
        Shown {
            key: format!("stock {}", at + 1),
            header: self.pick(header).to_string(),
            note: note.to_string(),
            facts: None,
            required: false,
            people: false,
        }
    }

    /// Settings: what, value, what it means.
    fn settings(&self, sheet: &mut Worksheet, spec: &'static SheetSpec) -> Result<(), XlsxError> {
        const WIDE: f64 = 62.0;
        let headers = [self.pick(ITEM), self.pick(VALUE), self.pick(MEANING)];
        for (column, header) in headers.into_iter().enumerate() {
            sheet.write_string_with_format(0, column as u16, header, &self.style.remark)?;
        }
        let examples = example::rows(spec.name.1)
            .first()
            .copied()
            .unwrap_or_default();
        let mut texts = Vec::new();
        for (at, column) in spec.columns.iter().enumerate() {
            let row = at as u32 + 1;
            let facts = self.schemas.facts(spec, column);
            // What the standard's coefficients require is asked for only where coefficients are stated at all.
            let must = facts.required && column.key.starts_with("case.");
            let format = if must {
                &self.style.required_item
            } else {
                &self.style.item
            };
            let header = column.header(self.lang);
            texts.push(header);
            sheet.write_string_with_format(row, 0, header, format)?;
            let about = self.about(&facts);
            sheet.write_string_with_format(row, 2, &about, &self.style.about)?;
            match examples.iter().find(|(key, _)| *key == column.key) {
                Some((_, pair)) => self.example(sheet, row, 1, self.pick(*pair), Some(&facts))?,
                None => sheet.write_blank(row, 1, &self.style.open).map(|_| ())?,
            }
            if let Some(validation) = allowed(self.lang, &facts, column.refers)? {
                sheet.add_data_validation(row, 1, row, 1, &validation)?;
            }
            sheet.set_row_height(row, 17.0 * lines(&about, WIDE) as f64 + 4.0)?;
        }
        sheet.set_column_width(0, width(&texts))?;
        sheet.set_column_width(1, 30)?;
        sheet.set_column_width(2, WIDE)?;
        sheet.set_freeze_panes(1, 1)?;
        Ok(())
    }
}

/// The header of what settings mean; not read.
const MEANING: Pair = ("说明", "Notes");

/// The remark of an example.
const EXAMPLE_ROW: Pair = ("示例，请删去本行", "Example, delete this row");

/// Columns that stay in sight: code and name.
fn frozen(spec: &SheetSpec) -> u16 {
    let named = spec
        .columns
        .iter()
        .take(2)
        .any(|column| column.key == "name");
    if named { 2 } else { 1 }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::book::EXAMPLE;

    #[test]
    fn the_same_language_gives_the_same_bytes() -> Result<(), XlsxError> {
        for lang in [Lang::Zh, Lang::En] {
            assert!(render(lang)? == render(lang)?);
        }
        Ok(())
    }

    #[test]
    fn examples_are_marked_as_the_reader_knows_them_and_name_known_keys() {
        assert!(EXAMPLE_ROW.0.starts_with(EXAMPLE.0) && EXAMPLE_ROW.1.starts_with(EXAMPLE.1));
        for spec in SHEETS {
            for (key, _) in example::rows(spec.name.1).iter().flat_map(|row| row.iter()) {
                let known = spec.columns.iter().any(|column| column.key == *key);
                assert!(
                    known || key.starts_with("year ") || key.starts_with("stock "),
                    "{key}"
                );
            }
        }
    }

    #[test]
    fn every_sheet_but_the_settings_of_tables_has_an_example() {
        let without: Vec<&str> = SHEETS
            .iter()
            .filter(|spec| example::rows(spec.name.1).is_empty())
            .map(|spec| spec.name.1)
            .collect();
        assert_eq!(without, ["Table settings"]);
    }
}
