//! The table of a sweep's points: one row a point.

use std::io::{self, Write};

use super::super::csv;
use super::super::question::Question;
use super::super::verdict;
use super::label;
use crate::plan::table::Cell;
use crate::study::sweep::{Design, Solved, Value, Values};

/// How many columns follow those of the axes.
pub const AFTER_AXES: usize = 5;

/// What the cells of a column hold.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Kind {
    /// Whole numbers.
    Count,
    /// Numbers.
    Number,
    /// Words.
    Words,
}

/// The columns: number, axes, money, verdict, gap now, smallest gap, bound.
pub fn columns(asked: &Question, design: &Design) -> Vec<(String, Kind)> {
    let gap = asked.gap_unit();
    let mut columns = vec![(asked.pick("序号", "no.").to_string(), Kind::Count)];
    columns.extend(design.axes.iter().map(|axis| {
        let kind = match axis.values {
            Values::Scenarios(_) => Kind::Words,
            Values::Listed(..) | Values::Drawn(..) => Kind::Number,
        };
        (label(asked, axis), kind)
    }));
    let now = asked.pick(format!("现状缺口（{gap}）"), format!("gap now ({gap})"));
    let smallest = asked.pick(
        format!("最小缺口（{gap}）"),
        format!("smallest gap ({gap})"),
    );
    columns.extend([
        (asked.money_header("资金", "money"), Kind::Number),
        (asked.pick("结论", "verdict").to_string(), Kind::Words),
        (now, Kind::Number),
        (smallest, Kind::Number),
        (asked.pick("下界", "lower bound").to_string(), Kind::Number),
    ]);
    columns
}

/// The names of the columns.
pub fn header(asked: &Question, design: &Design) -> Vec<String> {
    let columns = columns(asked, design).into_iter();
    columns.map(|(name, _)| name).collect()
}

/// Writes the rows of points.
///
/// # Errors
/// When `out` cannot be written.
pub fn append(out: impl Write, asked: &Question, points: &[Solved]) -> io::Result<()> {
    csv::append(out, points.iter().map(|point| row(asked, point)))
}

fn row(asked: &Question, one: &Solved) -> Vec<Cell> {
    let mut cells = vec![Cell::number((one.point.number + 1) as f64)];
    cells.extend(one.point.values.iter().map(|value| match value {
        Value::Number(number) => Cell::number(*number),
        Value::Scenario(name) => Cell::text(name),
    }));
    cells.extend([
        one.money
            .map_or(Cell::Empty, |money| Cell::money(asked.case, money)),
        Cell::text(verdict::name(asked, &one.verdict)),
        Cell::number(one.now),
        Cell::known(one.gap),
        Cell::known(one.bound),
    ]);
    cells
}
