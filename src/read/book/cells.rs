//! From the text of a cell to a value of TOML. What cannot be understood stays a text, so that the check of shapes
//! reports it where it stands.

use super::choices;
use super::kind::Kind;
use super::page::{number, quoted};
use crate::read::number::{self as typed, Cell};
use crate::read::workbook::CellText;

/// What parts several values in one cell.
pub(super) const PARTS: [char; 4] = ['、', '；', ';', '\n'];

/// The value of a cell of this kind, as TOML writes it. Names that hold a mark which parts values elsewhere are `known`.
pub(super) fn literal(kind: &Kind, cell: &CellText, known: &dyn Fn(&str) -> bool) -> String {
    let text = cell.to_string();
    let text = text.trim();
    match kind {
        Kind::Text => quoted(text),
        Kind::Texts => list(split(text, known).into_iter().map(quoted)),
        Kind::Number | Kind::Whole => match numeric(cell) {
            Some(value) => number(value),
            None => quoted(text),
        },
        Kind::Years => match (numeric(cell), numbers(text)) {
            (Some(value), _) => number(value),
            (None, Some(values)) => list(values.into_iter().map(number)),
            (None, None) => quoted(text),
        },
        Kind::Flag => choices::flag(text).map_or_else(|| quoted(text), |yes| yes.to_string()),
        Kind::Choice(words) => quoted(choices::word(text, words).unwrap_or(text)),
        Kind::Choices(words) => {
            let parts = split(text, &|_| false).into_iter();
            list(parts.map(|part| quoted(choices::word(part, words).unwrap_or(part))))
        }
        Kind::Tiers => tiers(text).unwrap_or_else(|| quoted(text)),
    }
}

fn list(items: impl Iterator<Item = String>) -> String {
    format!("[{}]", items.collect::<Vec<_>>().join(", "))
}

fn numeric(cell: &CellText) -> Option<f64> {
    match cell {
        CellText::Number(value) => Some(*value),
        CellText::Text(text) => number_of(text),
        _ => None,
    }
}

fn number_of(text: &str) -> Option<f64> {
    match typed::parse(text, &[]) {
        Cell::Number(value) => Some(value),
        Cell::Missing | Cell::Bad => None,
    }
}

/// Several numbers in one cell, where each part is one.
fn numbers(text: &str) -> Option<Vec<f64>> {
    split(text, &|_| false).into_iter().map(number_of).collect()
}

/// The values of a cell; the longest run that is a known name is one of them, whatever marks it holds.
pub(super) fn split<'a>(text: &'a str, known: &dyn Fn(&str) -> bool) -> Vec<&'a str> {
    let mut ends: Vec<usize> = text
        .char_indices()
        .filter(|(_, c)| PARTS.contains(c))
        .map(|(at, _)| at)
        .collect();
    ends.push(text.len());
    let mut values = Vec::new();
    let mut start = 0;
    while start < text.len() {
        let open: Vec<usize> = ends.iter().copied().filter(|end| *end >= start).collect();
        let whole = open
            .iter()
            .rev()
            .find(|end| known(text[start..**end].trim()));
        let Some(end) = whole.or(open.first()).copied() else {
            break;
        };
        let value = text[start..end].trim();
        if !value.is_empty() {
            values.push(value);
        }
        start = end + text[end..].chars().next().map_or(1, char::len_utf8);
    }
    values
}

/// `200:1; 500:2`, as rows by enrolment.
fn tiers(text: &str) -> Option<String> {
    let rows: Option<Vec<String>> = split(text, &|_| false)
        .into_iter()
        .map(|row| {
            let (up_to, amount) = row.split_once([':', '：', '='])?;
            let (up_to, amount) = (number_of(up_to)?, number_of(amount)?);
            Some(format!(
                "{{ up_to = {}, amount = {} }}",
                number(up_to),
                number(amount)
            ))
        })
        .collect();
    rows.map(|rows| list(rows.into_iter()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(kind: &Kind, text: &str) -> String {
        literal(kind, &CellText::Text(text.into()), &|name| {
            name == "体育、艺术教师"
        })
    }

    #[test]
    fn several_numbers_in_a_cell_are_a_list_of_numbers() {
        let of = |text: &str| literal(&Kind::Years, &CellText::Text(text.into()), &|_| false);
        assert_eq!(of("1；0.95、0.9"), of("1;0.95;0.9"));
        assert!(of("1；0.95").starts_with('['), "{}", of("1；0.95"));
        assert_eq!(of("1；多"), quoted("1；多"));
    }

    #[test]
    fn several_values_in_a_cell_are_parted_but_names_are_kept_whole() {
        assert_eq!(
            of(&Kind::Texts, "图书、计算机；校舍"),
            r#"["图书", "计算机", "校舍"]"#
        );
        assert_eq!(
            of(&Kind::Texts, "图书;体育、艺术教师"),
            r#"["图书", "体育、艺术教师"]"#
        );
        assert_eq!(of(&Kind::Texts, "、 a ;;"), r#"["a"]"#);
    }

    #[test]
    fn what_is_no_number_stays_a_text() {
        assert_eq!(of(&Kind::Number, "１,200"), "1200");
        assert_eq!(of(&Kind::Number, "85%"), "0.85");
        assert_eq!(of(&Kind::Number, "a \"b\"\n"), r#""a \"b\"""#);
        assert_eq!(
            literal(&Kind::Whole, &CellText::Number(2026.0), &|_| false),
            "2026"
        );
    }

    #[test]
    fn words_are_known_in_both_languages() {
        let words = Kind::Choice(vec!["buy".into(), "100-pupils".into()]);
        assert_eq!(of(&words, "购置"), "\"buy\"");
        assert_eq!(of(&words, "100 Pupils"), "\"100-pupils\"");
        assert_eq!(of(&words, "买"), "\"买\"");
        assert_eq!(of(&Kind::Flag, "是"), "true");
    }

    #[test]
    fn rows_by_enrolment_stand_in_one_cell() {
        assert_eq!(
            of(&Kind::Tiers, "100：500；500:2,000"),
            "[{ up_to = 100, amount = 500 }, { up_to = 500, amount = 2000 }]"
        );
        assert_eq!(of(&Kind::Tiers, "100-500"), "\"100-500\"");
    }
}
