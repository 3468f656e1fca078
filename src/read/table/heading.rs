//! Where the headers stand among the first rows, and what the columns are called.
//!
//! Headers may have several levels (教师 above 总数 and 其中:骨干), a row of units below them and a row that numbers the
//! columns. None of these is taken for a record, and the names of the levels are joined by `/`.

use std::collections::HashSet;

use super::super::number::{self, Cell};
use super::super::workbook::Merged;
use super::{Row, unit};

/// Levels of headers.
const MOST_LEVELS: usize = 3;

/// Levels of headers follow one another; a header of a text may itself run over some lines.
const FURTHEST: usize = 10;

/// A row that numbers the columns has at least so many numbers.
const NUMBERED: usize = 4;

/// The headers of a table.
#[derive(Debug, PartialEq)]
pub struct Heading {
    /// The first row of headers.
    pub first: usize,
    /// The last.
    pub last: usize,
    /// The name of each column.
    pub names: Vec<String>,
}

/// The headers that start on row `top`; `None` when no row holds anything.
pub fn find(rows: &[Row], top: usize, merged: &[Merged]) -> Option<Heading> {
    let mut top = top
        + rows
            .get(top..)?
            .iter()
            .position(|row| !row.cells.are_blank())?;
    if top > 0 && is_above(&rows[top - 1]) && is_below(&rows[top - 1], &rows[top], merged) {
        top -= 1;
    }
    let mut levels = vec![top];
    while levels.len() < MOST_LEVELS {
        let last = levels[levels.len() - 1];
        match rows.get(last + 1) {
            Some(below) if is_below(&rows[last], below, merged) => levels.push(last + 1),
            _ => break,
        }
    }
    let width = width(rows, &levels);
    let mut names = joined(rows, &levels, merged, width);
    if levels.len() == 1 && stands_twice(&names) && top > 0 && is_above(&rows[top - 1]) {
        levels.insert(0, top - 1);
        names = joined(rows, &levels, merged, width);
    }
    let first = levels[0];
    let mut last = levels[levels.len() - 1];
    if let Some(units) = rows.get(last + 1).filter(|row| are_units(row)) {
        for (name, unit) in names.iter_mut().zip(units.cells.iter()) {
            if !unit.is_empty() && unit::split(name).1.is_none() {
                *name = format!("{name}({})", unit.trim_matches(['(', ')', '（', '）']));
            }
        }
        last += 1;
    }
    if rows.get(last + 1).is_some_and(numbers_columns) {
        last += 1;
    }
    Some(Heading { first, last, names })
}

fn width(rows: &[Row], levels: &[usize]) -> usize {
    let widths = levels.iter().map(|&level| rows[level].cells.len());
    widths.max().unwrap_or(0)
}

fn is_number(cell: &str) -> bool {
    matches!(number::parse(cell, &[]), Cell::Number(_))
}

/// Whether `below` holds a further level of the headers in `above`: words only, none under the first header, some where
/// `above` has none or spans several columns.
fn is_below(above: &Row, below: &Row, merged: &[Merged]) -> bool {
    let apart = below.line > above.line + FURTHEST || above.cells.filled().count() < 2;
    let mut filled = below.cells.filled().peekable();
    if apart || filled.peek().is_none() || filled.any(|(_, cell)| is_number(cell)) {
        return false;
    }
    let spans = |area: &&Merged| {
        area.rows == (above.line, above.line)
            && (area.columns.0..=area.columns.1)
                .filter(|&at| !below.cells[at].is_empty())
                .count()
                > 1
    };
    let falls = |area: &&Merged| area.rows.0 <= above.line && area.rows.1 >= below.line;
    let first = above.cells.filled().next().map(|(at, _)| at);
    let first_is_open = first.is_some_and(|at| below.cells[at].is_empty());
    let under_none = below
        .cells
        .filled()
        .any(|(at, _)| above.cells[at].is_empty());
    let shown = merged.iter().any(|area| spans(&area))
        && (first_is_open || merged.iter().any(|area| falls(&area)));
    shown || (first_is_open && under_none)
}

/// Whether a row above the headers names groups of them, and is no title.
fn is_above(row: &Row) -> bool {
    row.cells.filled().count() > 1 && !row.cells.filled().any(|(_, cell)| is_number(cell))
}

fn stands_twice(names: &[String]) -> bool {
    let mut seen = HashSet::new();
    let mut named = names.iter().filter(|name| !name.is_empty());
    named.any(|name| !seen.insert(name))
}

/// The names of the columns: their levels from above, each that says something new.
fn joined(rows: &[Row], levels: &[usize], merged: &[Merged], width: usize) -> Vec<String> {
    let spread: Vec<Vec<&str>> = levels
        .iter()
        .enumerate()
        .map(|(at, &level)| match levels.get(at + 1) {
            Some(&below) => spread(&rows[level], &rows[below], merged, width),
            None => (0..width).map(|at| &rows[level].cells[at]).collect(),
        })
        .collect();
    let name = |column: usize| {
        let mut parts: Vec<String> = Vec::new();
        for level in &spread {
            let part = on_one_line(level[column]);
            if !part.is_empty() && parts.last() != Some(&part) {
                parts.push(part);
            }
        }
        parts.join("/")
    };
    (0..width).map(name).collect()
}

/// The texts of a level with those of groups over all their columns: where cells are merged over these, else over the
/// empty cells to the right that have a level below.
fn spread<'a>(row: &'a Row, below: &Row, merged: &[Merged], width: usize) -> Vec<&'a str> {
    let mut texts: Vec<&str> = (0..width).map(|at| &row.cells[at]).collect();
    let areas: Vec<&Merged> = merged
        .iter()
        .filter(|area| area.rows.0 <= row.line && row.line <= area.rows.1)
        .collect();
    let mut group = "";
    for (at, text) in texts.iter_mut().enumerate() {
        let area = areas
            .iter()
            .find(|area| area.columns.0 <= at && at <= area.columns.1);
        if !text.is_empty() {
            let open = !below.cells[at].is_empty();
            group = if open && area.is_none() { *text } else { "" };
        } else if let Some(area) = area {
            *text = &row.cells[area.columns.0];
        } else if !below.cells[at].is_empty() {
            *text = group;
        } else {
            group = "";
        }
    }
    texts
}

/// A header without line breaks, which spreadsheets put into narrow columns.
fn on_one_line(header: &str) -> String {
    if !header.contains(['\n', '\r', '\t']) {
        return header.to_string();
    }
    let parts: Vec<&str> = header.split_whitespace().collect();
    let separator = if header.is_ascii() { " " } else { "" };
    parts.join(separator)
}

/// Whether a row below the headers says in which units they are counted.
fn are_units(row: &Row) -> bool {
    let mut filled = row.cells.filled();
    let several = row.cells.filled().count() > 1;
    several && filled.all(|(_, cell)| unit::is_unit(cell.trim_matches(['(', ')', '（', '）'])))
}

/// Whether a row below the headers numbers the columns, as statistical forms do: 甲 乙 1 2 3 4.
fn numbers_columns(row: &Row) -> bool {
    let mut next = 1.0;
    for (_, cell) in row.cells.filled() {
        match number::parse(cell, &[]) {
            Cell::Number(number) if number == next => next += 1.0,
            _ if ["甲", "乙", "丙", "丁", "戊", "己", "栏次", "序号"].contains(&cell) => {
            }
            _ => return false,
        }
    }
    next > NUMBERED as f64
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(lines: &[&str]) -> Vec<Row> {
        let row = |(at, line): (usize, &&str)| Row {
            line: at + 1,
            hidden: false,
            cells: line.split(',').collect(),
        };
        lines.iter().enumerate().map(row).collect()
    }

    fn found(lines: &[&str], merged: &[Merged]) -> (usize, usize, String) {
        let heading = find(&rows(lines), 0, merged).expect("headers");
        (heading.first, heading.last, heading.names.join(" "))
    }

    #[test]
    fn levels_are_joined() {
        let lines = ["代码,教师,,面积", ",总数,骨干,", "1,20,3,100"];
        assert_eq!(
            found(&lines, &[]),
            (0, 1, "代码 教师/总数 教师/骨干 面积".into())
        );
        let merged = [
            Merged {
                rows: (1, 1),
                columns: (1, 2),
            },
            Merged {
                rows: (1, 2),
                columns: (0, 0),
            },
        ];
        assert_eq!(
            found(&lines, &merged),
            (0, 1, "代码 教师/总数 教师/骨干 面积".into())
        );
    }

    #[test]
    fn a_record_is_no_level() {
        for second in ["A1,甲,小学", "A1,,", ",甲,5"] {
            let heading = found(&["代码,名称,学段", second], &[]);
            assert_eq!(heading, (0, 0, "代码 名称 学段".into()), "{second}");
        }
    }

    #[test]
    fn groups_above_part_names_that_stand_twice() {
        let lines = ["基本,小学,,初中,", "代码,学生,教师,学生,教师", "9,2,3,4,5"];
        let heading = find(&rows(&lines), 1, &[]).expect("headers");
        assert_eq!(
            heading.names[1..],
            ["小学/学生", "小学/教师", "初中/学生", "初中/教师"]
        );
        assert_eq!((heading.first, heading.last), (0, 1));
    }

    #[test]
    fn units_and_column_numbers_are_no_records() {
        let lines = [
            "代码,名称,面积,学生,教师,图书",
            ",,㎡,人,(人),册",
            "甲,乙,1,2,3,4",
            "9,x,1,2,3,4",
        ];
        assert_eq!(
            found(&lines, &[]),
            (0, 2, "代码 名称 面积(㎡) 学生(人) 教师(人) 图书(册)".into())
        );
    }

    #[test]
    fn line_breaks_in_headers_go() {
        assert_eq!(on_one_line("在校\n学生数"), "在校学生数");
        assert_eq!(on_one_line("school\r\ncode"), "school code");
    }
}
