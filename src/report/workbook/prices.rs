//! What each limit that binds is worth, as `plan.json` has it.

use rust_xlsxwriter::XlsxError;

use super::PRICES;
use super::book::Book;
use super::sheet::{BARS, Layout, bars};
use crate::plan::table::Cell;
use crate::plan::{Binding, BindingUnit, Plan};
use crate::report::column::{Column, Holds};
use crate::report::frontier::plain;
use crate::report::prices::{scale, unit};

/// Writes the limits, those first of which one per cent more closes most.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<(), XlsxError> {
    let asked = book.asked;
    let gap = asked.gap_unit();
    let columns = vec![
        Column::new(asked.pick("限额", "limit"), Holds::Sentence),
        Column::new(asked.pick("年份", "year"), Holds::Label),
        Column::new(asked.pick("单位", "unit"), Holds::Words),
        Column::new(
            asked.pick(
                format!("放宽一单位减少（{gap}）"),
                format!("loosened by one: closes ({gap})"),
            ),
            Holds::Quantity,
        ),
    ];
    let layout = Layout {
        name: asked.pick(PRICES.0, PRICES.1),
        columns,
        frozen: 1,
        summed: Vec::new(),
        bars: Vec::new(),
        wide: false,
    };
    let row = |one: &Binding| {
        let year = one.year.map(|year| asked.case.horizon.calendar(year));
        vec![
            Cell::text(asked.of(&one.name)),
            year.map_or(Cell::Empty, |year| Cell::Number(year.to_string())),
            Cell::text(unit(&asked, one.per)),
            Cell::Number(plain(one.price * scale(&asked, one.per))),
        ]
    };
    // Money first: only prices for the same unit can be held side by side, and their bars share a scale.
    let money = |one: &&Binding| one.per == BindingUnit::Money;
    let of_money = plan.bindings.iter().filter(money);
    let count = of_money.clone().count() as u32;
    let others = plan.bindings.iter().filter(|one| !money(one));
    let parts = book.table(&layout, || of_money.clone().chain(others.clone()).map(row))?;
    if let Some(part) = parts.first().filter(|_| count > 0) {
        let (sheet, _) = book.again(&part.sheet)?;
        bars(sheet, (part.first, 3), (part.first + count - 1, 3), BARS)?;
    }
    Ok(())
}
