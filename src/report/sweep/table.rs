//! The table of a sweep's points: one row a point.

use std::io::{self, Write};

use super::super::csv;
use super::super::question::Question;
use super::super::verdict;
use super::label;
use crate::plan::table::Cell;
use crate::study::sweep::{Design, Solved, Value};

/// How many columns follow those of the axes.
pub const AFTER_AXES: usize = 5;

/// The names of the columns: number, axes, money, verdict, gap now, smallest gap, bound.
pub fn header(asked: &Question, design: &Design) -> Vec<String> {
    let gap = asked.gap_unit();
    let mut header = vec![asked.pick("序号", "no.").to_string()];
    header.extend(design.axes.iter().map(|axis| label(asked, axis)));
    header.extend([
        asked.money_header("资金", "money"),
        asked.pick("结论", "verdict").to_string(),
        asked.pick(format!("现状缺口（{gap}）"), format!("gap now ({gap})")),
        asked.pick(
            format!("最小缺口（{gap}）"),
            format!("smallest gap ({gap})"),
        ),
        asked.pick("下界", "lower bound").to_string(),
    ]);
    header
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
