//! Programs as text, in the CPLEX LP format that every solver and modelling tool reads: for golden tests of the
//! formulation, and for a look at a program with other eyes.

use super::{Program, Sense};
use std::collections::BTreeSet;
use std::fmt::Write;

/// Words that open a section or stand for a number in the format; no name may be one, in any case of letters.
const RESERVED: [&str; 24] = [
    "minimize", "minimise", "minimum", "min", "maximize", "maximise", "maximum", "max", "subject",
    "such", "st", "s.t.", "st.", "bounds", "bound", "free", "inf", "infinity", "general",
    "generals", "gen", "binary", "end", "obj",
];

/// The longest name that every reader of the format takes, less room for a number that tells equal names apart.
const LONGEST_NAME: usize = 240;

/// The program in LP format: one line for the objective, one a row, one a column's bounds, in the program's order.
///
/// `col` and `row` name columns and rows by position. Names are made safe: brackets become parentheses, other
/// characters that the format has no room for become `_`, those outside ASCII their code (`校` is `u6821`), and a name
/// that is taken gets a number. Numbers are written with 12 significant digits, so that rounding does not show.
///
/// ```
/// # use junheng::program::{Program, Sense, lp_text::lp_text};
/// let mut program = Program::default();
/// let short = program.add_col(0.0, 7.0, 1.5);
/// let buy = program.add_col(0.0, 7.0, 0.0);
/// program.add_row(Sense::AtLeast, 7.0, vec![(short, 1.0), (buy, 1.0)]);
/// program.add_row(Sense::AtMost, 0.1 + 0.2, vec![(buy, 1.0), (short, -2.0)]);
/// let text = lp_text(&program, |col| format!("{}[A,2026]", ["short", "buy"][col]), |row| format!("row {row}"));
/// assert_eq!(text, "\
/// Minimize
///  obj: 1.5 short(A,2026)
/// Subject To
///  row_0: short(A,2026) + buy(A,2026) >= 7
///  row_1: - 2 short(A,2026) + buy(A,2026) <= 0.3
/// Bounds
///  0 <= short(A,2026) <= 7
///  0 <= buy(A,2026) <= 7
/// End
/// ");
/// ```
pub fn lp_text(
    program: &Program,
    col: impl Fn(usize) -> String,
    row: impl Fn(usize) -> String,
) -> String {
    let cols = names((0..program.cols.len()).map(col));
    let rows = names((0..program.rows.len()).map(row));
    let costs = program.cols.iter().map(|col| col.cost).enumerate();
    let objective = terms(costs.filter(|&(_, cost)| cost != 0.0), &cols);
    let mut text = format!("Minimize\n obj: {objective}\nSubject To\n");
    let mut line = |line: String| {
        text.push_str(&line);
        text.push('\n');
    };
    for (row, name) in program.rows.iter().zip(&rows) {
        let sense = match row.sense {
            Sense::AtLeast => ">=",
            Sense::AtMost => "<=",
            Sense::Equal => "=",
        };
        let activity = terms(row.entries.iter().copied(), &cols);
        line(format!(" {name}: {activity} {sense} {}", number(row.rhs)));
    }
    line("Bounds".to_string());
    for (col, name) in program.cols.iter().zip(&cols) {
        if col.lower == col.upper {
            line(format!(" {name} = {}", number(col.lower)));
        } else {
            line(format!(
                " {} <= {name} <= {}",
                number(col.lower),
                number(col.upper)
            ));
        }
    }
    line("End".to_string());
    text
}

/// A sum of terms. The format knows no empty sum: it becomes 0 times the first column.
fn terms(terms: impl Iterator<Item = (usize, f64)>, cols: &[String]) -> String {
    let mut text = String::new();
    for (col, coefficient) in terms {
        let sign = match (text.is_empty(), coefficient < 0.0) {
            (true, false) => "",
            (true, true) => "- ",
            (false, false) => " + ",
            (false, true) => " - ",
        };
        let size = match number(coefficient.abs()).as_str() {
            "1" => String::new(),
            size => format!("{size} "),
        };
        // Writing to a string cannot fail.
        let _ = write!(text, "{sign}{size}{}", cols[col]);
    }
    match cols.first() {
        Some(first) if text.is_empty() => format!("0 {first}"),
        _ => text,
    }
}

/// A number with at most 12 significant digits and no more characters than it needs.
fn number(number: f64) -> String {
    let rounded: f64 = format!("{number:.11e}").parse().unwrap_or(number);
    match rounded.abs() {
        0.0 => "0".to_string(),
        size if (1e-5..1e15).contains(&size) => rounded.to_string(),
        _ => format!("{rounded:e}"),
    }
}

/// Safe names, no two equal.
fn names(raw: impl Iterator<Item = String>) -> Vec<String> {
    let mut taken = BTreeSet::new();
    raw.map(|raw| {
        let safe = safe(&raw);
        let numbered = (2u64..).map(|at| format!("{safe}~{at}"));
        let name = std::iter::once(safe.clone())
            .chain(numbered)
            .find(|name| !taken.contains(name));
        let name = name.unwrap_or(safe);
        taken.insert(name.clone());
        name
    })
    .collect()
}

/// A name the format takes: of its characters only, not starting like a number, no word of its own, not too long.
fn safe(raw: &str) -> String {
    let mut name = String::new();
    for character in raw.chars() {
        match character {
            '[' => name.push('('),
            ']' => name.push(')'),
            _ if character.is_ascii_alphanumeric() || "_(),.;".contains(character) => {
                name.push(character);
            }
            _ if character.is_ascii() => name.push('_'),
            _ => {
                let _ = write!(name, "u{:x}", u32::from(character));
            }
        }
    }
    let like_a_number = |name: &str| {
        name.starts_with(|first: char| !(first.is_ascii_alphabetic() || first == '_'))
            || (name.starts_with(['e', 'E'])
                && !name[1..].starts_with(|next: char| next.is_ascii_alphabetic()))
    };
    let reserved = RESERVED.contains(&name.to_ascii_lowercase().as_str());
    if name.is_empty() || reserved || like_a_number(&name) {
        name.insert(0, '_');
    }
    name.truncate(LONGEST_NAME);
    name
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_safe_and_different() {
        let raw = [
            "a b", "a-b", "学校", "", "3x", "e12", "free", "Bounds", "earth", ".5", "a b",
        ];
        let safe = names(raw.into_iter().map(str::to_string));
        let expected = [
            "a_b",
            "a_b~2",
            "u5b66u6821",
            "_",
            "_3x",
            "_e12",
            "_free",
            "_Bounds",
            "earth",
            "_.5",
            "a_b~3",
        ];
        assert_eq!(safe, expected);
        assert!(safe.iter().all(|name| name.is_ascii() && name.len() <= 255));
    }

    #[test]
    fn numbers_are_short() {
        let numbers = [
            0.1 + 0.2,
            -0.0,
            1e20,
            1e-7,
            -2.5,
            1.0 / 3.0,
            123456789.0,
            -1e-300,
        ];
        let expected = [
            "0.3",
            "0",
            "1e20",
            "1e-7",
            "-2.5",
            "0.333333333333",
            "123456789",
            "-1e-300",
        ];
        assert_eq!(numbers.map(number), expected);
    }

    #[test]
    fn odd_programs_stay_readable() {
        let mut program = Program::default();
        assert_eq!(
            lp_text(&program, |_| String::new(), |_| String::new()),
            "Minimize\n obj: \nSubject To\nBounds\nEnd\n"
        );
        let fixed = program.add_col(3.0, 3.0, 0.0);
        program.add_row(Sense::Equal, -1.0, vec![]);
        program.add_row(Sense::AtMost, 1.0, vec![(fixed, -1.0)]);
        let text = lp_text(&program, |_| "x".to_string(), |_| "row".to_string());
        let expected = "Minimize\n obj: 0 x\nSubject To\n row: 0 x = -1\n row~2: - x <= 1\nBounds\n x = 3\nEnd\n";
        assert_eq!(text, expected);
    }
}
