//! Schools, money and gap of each province; only where there are several.

use rust_xlsxwriter::XlsxError;

use super::PROVINCES;
use super::book::Book;
use super::sheet::Layout;
use crate::plan::Plan;
use crate::plan::table::Cell;
use crate::report::column::{Column, Holds};
use crate::report::provinces::{Total, by_province};

/// Writes the table.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<(), XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let named = |zh, en, holds| Column::new(asked.pick(zh, en), holds);
    let layout = Layout {
        name: asked.pick(PROVINCES.0, PROVINCES.1),
        columns: vec![
            named("省份", "province", Holds::Words),
            named("学校数", "schools", Holds::Quantity),
            Column::new(asked.money_header("金额", "money"), Holds::Money),
            named("缺口指数·规划前", "gap index without plan", Holds::Gap),
            named("缺口指数·规划后", "gap index with plan", Holds::Gap),
        ],
        frozen: 1,
        summed: vec![1, 2, 3, 4],
        bars: vec![(2, 2), (3, 4)],
        wide: false,
    };
    let totals = by_province(&asked, plan);
    let row = |(name, total): (&String, &Total)| {
        vec![
            Cell::text(name),
            Cell::number(total.schools as f64),
            Cell::money(case, total.spent),
            Cell::number(total.before.value()),
            Cell::number(total.after.value()),
        ]
    };
    book.table(&layout, || case.provinces.iter().zip(&totals).map(row))?;
    Ok(())
}
