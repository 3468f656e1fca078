//! Numbers as planners type them: full-width digits, thousands marks, percent signs and marks for "missing".

use super::fold::fold;

/// What stands in a cell where a number is expected.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cell {
    /// Nothing is known. Never the same as 0.
    Missing,
    /// A finite number; a percentage as a fraction (13 % is 0.13).
    Number(f64),
    /// Something else, to be shown to the planner.
    Bad,
}

/// The usual marks for "missing", folded; runs of dashes or dots are recognised besides.
///
/// 无 is not among them: it may mean "none" as well as "not known", so the planner has to say which.
const MISSING: &[&str] = &[
    "/",
    "//",
    "\\",
    "na",
    "n/a",
    "n.a.",
    "#n/a",
    "null",
    "none",
    "?",
    "无数据",
    "暂无数据",
    "未知",
    "不详",
    "缺",
    "缺失",
    "缺数据",
    "未填",
    "未填报",
    "未统计",
    "不明",
];

/// Reads a cell. `extra_missing` are further marks for "missing"; they win over numbers, so that a sheet may say −1.
///
/// Thousands marks (`,` `，` `'` `’` and the thin and no-break spaces) count only in thousands positions: `1,234` is a
/// number, `1,2` and `0,123` are not, since they may be decimals of another country. `inf` and `nan` are no numbers.
pub fn parse(cell: &str, extra_missing: &[String]) -> Cell {
    let folded = fold(cell);
    if is_missing(&folded) || extra_missing.iter().any(|mark| fold(mark) == folded) {
        return Cell::Missing;
    }
    let number = if cell.is_ascii() {
        number(&folded)
    } else {
        number(&fold(&keep_thin_spaces(cell)))
    };
    number.map_or(Cell::Bad, Cell::Number)
}

fn is_missing(folded: &str) -> bool {
    let run_of = |marks: &[char]| folded.chars().all(|letter| marks.contains(&letter));
    run_of(&['-', '‐', '‒', '–', '—', '―', '−', '_', ' '])
        || (folded.len() > 1 && run_of(&['.']))
        || MISSING.contains(&folded)
}

/// The marks that may part thousands, after [`keep_thin_spaces`] and folding.
const THOUSANDS: [char; 2] = [',', '\''];

/// Writes the spaces that part thousands as apostrophes, before folding makes ordinary spaces of them.
fn keep_thin_spaces(cell: &str) -> String {
    cell.trim()
        .chars()
        .map(|c| {
            if matches!(c, '\u{2009}' | '\u{202f}' | '\u{a0}' | '’') {
                '\''
            } else {
                c
            }
        })
        .collect()
}

fn number(folded: &str) -> Option<f64> {
    let (digits, scale) = match folded.strip_suffix('%') {
        Some(before) => (before.trim_end_matches([' ', '\'']), 100.0),
        None => (folded, 1.0),
    };
    let (sign, digits) = match digits.strip_prefix(['-', '−']) {
        Some(rest) => (-1.0, rest),
        None => (1.0, digits.strip_prefix('+').unwrap_or(digits)),
    };
    let plain = without_thousands(digits)?;
    let starts_like_number = plain.starts_with(|c: char| c.is_ascii_digit() || c == '.');
    let value = sign * plain.parse::<f64>().ok().filter(|_| starts_like_number)? / scale;
    value.is_finite().then_some(value)
}

/// The digits without thousands marks; `None` when a mark stands anywhere but in a thousands position.
fn without_thousands(digits: &str) -> Option<std::borrow::Cow<'_, str>> {
    let Some(mark) = digits.chars().find(|c| THOUSANDS.contains(c)) else {
        return Some(digits.into());
    };
    let whole = digits.split(['.', 'e']).next().unwrap_or(digits);
    let mut groups = whole.split(mark);
    let first = groups.next()?;
    let fits = (1..=3).contains(&first.len())
        && !first.starts_with('0')
        && groups.all(|group| group.len() == 3 && group.bytes().all(|byte| byte.is_ascii_digit()));
    let rest = &digits[whole.len()..];
    (fits && !rest.contains(THOUSANDS)).then(|| (whole.replace(mark, "") + rest).into())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn plain(cell: &str) -> Cell {
        parse(cell, &[])
    }

    #[test]
    fn numbers_as_planners_type_them() {
        for (cell, value) in [
            ("12", 12.0),
            (" 12 ", 12.0),
            ("\u{3000}１２．５\u{3000}", 12.5),
            ("+3", 3.0),
            ("-3", -3.0),
            ("−3", -3.0),
            ("－３", -3.0),
            ("1,234", 1234.0),
            ("1，234，567.25", 1_234_567.25),
            ("12\u{2009}345", 12_345.0),
            ("12\u{202f}345", 12_345.0),
            ("1'234", 1234.0),
            ("1’234", 1234.0),
            ("13%", 0.13),
            ("１３％", 0.13),
            ("13 %", 0.13),
            ("-1,250%", -12.5),
            ("1e3", 1000.0),
            ("1.5E-2", 0.015),
            (".5", 0.5),
            ("0", 0.0),
        ] {
            assert_eq!(plain(cell), Cell::Number(value), "{cell:?}");
        }
    }

    #[test]
    fn missing_is_missing_and_not_zero() {
        for cell in [
            "",
            " ",
            "\u{3000}",
            "-",
            "--",
            "—",
            "——",
            "－",
            "/",
            "／",
            "NA",
            "N/A",
            "n/a",
            "#N/A",
            "null",
            "无数据",
            "未知",
            "不详",
            "缺",
            "…",
            "……",
            "？",
        ] {
            assert_eq!(plain(cell), Cell::Missing, "{cell:?}");
        }
    }

    #[test]
    fn own_marks_for_missing_win_over_numbers() {
        let extra = ["-1".to_string(), "待核".to_string()];
        assert_eq!(parse("－１", &extra), Cell::Missing);
        assert_eq!(parse(" 待核", &extra), Cell::Missing);
        assert_eq!(parse("-10", &extra), Cell::Number(-10.0));
    }

    #[test]
    fn what_may_be_something_else_is_bad() {
        for cell in [
            "1,2",
            "1,23",
            "0,123",
            "12,34",
            "1234,567",
            ",123",
            "1,234,56",
            "1,234'567",
            "1.234,567",
            "1 2",
            "1 234",
            "inf",
            "-inf",
            "infinity",
            "NaN",
            "nan",
            "1e999",
            "e5",
            "1e",
            ".",
            "+",
            "%",
            "--3",
            "+-3",
            "12人",
            "3㎡",
            "无",
            "(12)",
            "0x10",
            "1_000",
            "一百",
            "12%%",
            "1,234e1,000",
        ] {
            assert_eq!(plain(cell), Cell::Bad, "{cell:?}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_read_without_panic(cell in any::<String>(), mark in any::<String>()) {
            if let Cell::Number(value) = parse(&cell, &[mark]) {
                prop_assert!(value.is_finite());
            }
        }

        #[test]
        fn number_like_text_is_read_without_panic(cell in "[0-9,.'%eE+\\-−，％ \u{2009}\u{3000}]{0,12}") {
            parse(&cell, &[]);
        }

        #[test]
        fn a_written_number_is_read_back(value in proptest::num::f64::NORMAL | proptest::num::f64::ZERO) {
            prop_assert_eq!(plain(&value.to_string()), Cell::Number(value));
            prop_assert_eq!(plain(&format!("{value:e}")), Cell::Number(value));
        }

        #[test]
        fn thousands_marks_change_nothing(value in 0u64..10_000_000_000) {
            let digits = value.to_string();
            let mut marked = String::new();
            for (at, digit) in digits.chars().enumerate() {
                if at > 0 && (digits.len() - at).is_multiple_of(3) {
                    marked.push(',');
                }
                marked.push(digit);
            }
            prop_assert_eq!(plain(&marked), Cell::Number(value as f64));
        }
    }
}
