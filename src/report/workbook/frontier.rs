//! The smallest gap as money grows, breakpoint by breakpoint, as a table and a chart.

use rust_xlsxwriter::{Chart, ChartLine, ChartType, Color, XlsxError};

use super::FRONTIER;
use super::book::Book;
use super::charts::{Size, framed};
use super::look::AFTER;
use super::sheet::{Layout, Part};
use crate::plan::table::Cell;
use crate::report::chart;
use crate::report::column::{Column, Holds};
use crate::report::frontier::{first_of, plain};
use crate::report::question::Question;
use crate::study::frontier::Frontier;

/// Where money, in per cent of that stated, and the gap stand.
const MONEY: u16 = 0;
const GAP: u16 = 2;

/// Writes the curve; where it stands, and what its chart says.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, found: &Frontier) -> Result<Option<Part>, XlsxError> {
    let asked = book.asked;
    let (gap, unit) = (asked.gap_unit(), asked.money_unit());
    let columns = vec![
        Column::new(
            asked.pick("资金（现有 = 100）", "money (stated = 100)"),
            Holds::Quantity,
        ),
        Column::new(asked.money_header("金额", "amount"), Holds::Money),
        Column::new(
            asked.pick(
                format!("最小缺口（{gap}）"),
                format!("smallest gap ({gap})"),
            ),
            Holds::Gap,
        ),
        Column::new(
            asked.pick(
                format!("再增 1 {unit}减少缺口"),
                format!("closed by 1 {unit} more"),
            ),
            Holds::Quantity,
        ),
        Column::new(asked.pick("再有钱先办", "funded next"), Holds::Sentence),
    ];
    let layout = Layout {
        name: asked.pick(FRONTIER.0, FRONTIER.1),
        columns,
        frozen: 1,
        summed: Vec::new(),
        bars: Vec::new(),
        wide: false,
    };
    let shown = asked.case.money_shown.0;
    let number = |value: f64| Cell::Number(plain(value));
    let begins = found.stretches.iter().map(|stretch| {
        vec![
            number(stretch.from * 100.0),
            number(stretch.from * found.stated.main() / shown),
            number(stretch.gap_from),
            number(stretch.price * shown),
            Cell::text(first_of(&asked, stretch)),
        ]
    });
    let end = found.stretches.last().map(|stretch| {
        vec![
            number(stretch.to * 100.0),
            number(stretch.to * found.stated.main() / shown),
            number(stretch.gap_to),
            Cell::Empty,
            Cell::Empty,
        ]
    });
    let rows = begins.chain(end);
    let parts = book.table(&layout, || rows.clone())?;
    Ok(parts.into_iter().next())
}

/// The curve through the cells of the sheet; `None` where there is none.
pub fn drawn(asked: &Question, found: &Frontier, part: &Part, size: Size) -> Option<Chart> {
    let said = chart::frontier(asked, found)?;
    let mut curve = framed(ChartType::ScatterStraight, &said.finding, size);
    let (sheet, first, last) = (part.sheet.as_str(), part.first, part.end - 1);
    let mut line = ChartLine::new();
    line.set_color(Color::RGB(AFTER)).set_width(2.25);
    curve
        .add_series()
        .set_categories((sheet, first, MONEY, last, MONEY))
        .set_values((sheet, first, GAP, last, GAP))
        .set_name(asked.pick("最小缺口", "smallest gap"))
        .set_format(&mut line);
    curve.legend().set_hidden();
    curve
        .x_axis()
        .set_name(asked.pick("资金（现有 = 100）", "money (stated = 100)"))
        .set_min(found.span.from * 100.0)
        .set_max(found.span.to * 100.0)
        .set_num_format("0");
    curve.y_axis().set_name(asked.gap_unit());
    Some(curve)
}
