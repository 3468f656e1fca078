//! What a cell accepts: drop-downs for closed lists and references, bounds for numbers.

use rust_xlsxwriter::{
    DataValidation, DataValidationErrorStyle, DataValidationRule, Formula, XlsxError,
};

use super::ROWS;
use crate::read::book::{Facts, Form, Kind, NAME, Refers, SHEETS, label};
use crate::words::Lang;

/// The rule of a cell; none where anything goes.
pub fn allowed(
    lang: Lang,
    facts: &Facts,
    refers: Option<Refers>,
) -> Result<Option<DataValidation>, XlsxError> {
    let rule = || DataValidation::new().ignore_blank(true);
    let several = matches!(facts.kind, Kind::Texts | Kind::Choices(_));
    if let Some(range) = refers.and_then(|refers| range(lang, refers)) {
        let list = rule().allow_list_formula(Formula::new(range));
        return soft(list, several, lang).map(Some);
    }
    let list = |words: &[String]| {
        let labels: Vec<&str> = words.iter().map(|word| label(word, lang)).collect();
        rule().allow_list_strings(&labels)
    };
    let bounded = match &facts.kind {
        Kind::Flag => list(&["true".to_string(), "false".to_string()])?,
        Kind::Choice(words) => list(words)?,
        Kind::Choices(words) => return soft(list(words)?, true, lang).map(Some),
        Kind::Number | Kind::Years => {
            rule().allow_decimal_number(DataValidationRule::GreaterThanOrEqualTo(0.0))
        }
        Kind::Whole => rule().allow_whole_number(DataValidationRule::GreaterThanOrEqualTo(0)),
        Kind::Text | Kind::Texts | Kind::Tiers => return Ok(None),
    };
    let (title, said) = match facts.kind {
        Kind::Number | Kind::Years | Kind::Whole => lang.pick(
            ("请填数", "这里填不小于 0 的数；没有数据就留空。"),
            (
                "A number, please",
                "A number not below 0 goes here; leave the cell empty where nothing is known.",
            ),
        ),
        _ => lang.pick(
            ("请从列表中选", "这里只能选列表里的词。"),
            (
                "From the list, please",
                "Only the words of the list have a meaning here.",
            ),
        ),
    };
    Ok(Some(
        bounded.set_error_title(title)?.set_error_message(said)?,
    ))
}

/// A list that is offered and not insisted on: what it refers to may be written later, or several values in one cell.
fn soft(list: DataValidation, several: bool, lang: Lang) -> Result<DataValidation, XlsxError> {
    if several {
        return Ok(list.show_error_message(false));
    }
    let said = lang.pick(
        "列表里没有这一项，确定要这样写吗？",
        "This is not in the list yet. Keep it?",
    );
    list.set_error_style(DataValidationErrorStyle::Warning)
        .set_error_message(said)
}

/// The cells that hold what may be referred to.
fn range(lang: Lang, refers: Refers) -> Option<String> {
    let (sheet, key) = match refers {
        Refers::Ids(list) => {
            let holds = |form: Form| matches!(form, Form::List { case, .. } if case == list);
            (SHEETS.iter().find(|spec| holds(spec.form))?, "id")
        }
        Refers::Scenarios => (
            SHEETS.iter().find(|spec| spec.form == Form::Scenarios)?,
            NAME,
        ),
        Refers::Headers => {
            let schools = SHEETS
                .iter()
                .find(|spec| spec.form == Form::Table("schools"))?;
            return Some(format!("='{}'!$A$1:$AZ$1", schools.name(lang)));
        }
    };
    // Ids and names are the first column of their sheets.
    let first = sheet
        .columns
        .first()
        .is_some_and(|column| column.key == key);
    first.then(|| format!("='{}'!$A$2:$A${}", sheet.name(lang), ROWS + 1))
}
