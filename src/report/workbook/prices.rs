//! What each limit that binds is worth, as `plan.json` has it; or, where prices were followed, how far each holds and what
//! each rule costs, as `junheng prices` has it.

use rust_xlsxwriter::XlsxError;

use super::book::Book;
use super::sheet::{BARS, Layout, bars};
use super::{PRICES, RULES};
use crate::plan::table::Cell;
use crate::plan::{Binding, BindingUnit, Plan};
use crate::report::column::{Column, Holds};
use crate::report::frontier::plain;
use crate::report::prices::{limit_cells, rule_cells, scale, unit};
use crate::study::prices::Prices;

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

/// Writes the limits with their prices on both sides, and what each rule costs.
///
/// # Errors
/// When a sheet cannot be put together.
pub fn followed(book: &mut Book, found: &Prices) -> Result<(), XlsxError> {
    let asked = book.asked;
    let gap = asked.gap_unit();
    let quantity = |zh: &str, en: &str| Column::new(asked.pick(zh, en), Holds::Quantity);
    let columns = vec![
        Column::new(asked.pick("限额", "limit"), Holds::Sentence),
        Column::new(asked.pick("年份", "year"), Holds::Label),
        quantity("现值", "today"),
        Column::new(asked.pick("单位", "unit"), Holds::Words),
        Column::new(
            asked.pick(
                format!("放宽一单位减少（{gap}）"),
                format!("loosened by one: closes ({gap})"),
            ),
            Holds::Quantity,
        ),
        quantity("放宽多少之内成立", "holds for so much more"),
        Column::new(
            asked.pick(
                format!("收紧一单位增加（{gap}）"),
                format!("tightened by one: opens ({gap})"),
            ),
            Holds::Quantity,
        ),
        quantity("收紧多少之内成立", "holds for so much less"),
    ];
    let layout = Layout {
        name: asked.pick(PRICES.0, PRICES.1),
        columns,
        frozen: 1,
        summed: Vec::new(),
        bars: Vec::new(),
        wide: false,
    };
    let rows = || found.limits.iter().map(|one| limit_cells(&asked, one));
    book.table(&layout, rows)?;
    let columns = vec![
        Column::new(asked.pick("规定", "rule"), Holds::Sentence),
        Column::new(
            asked.pick(format!("代价（{gap}）"), format!("cost ({gap})")),
            Holds::Gap,
        ),
        Column::new(
            asked.pick("占最小缺口", "of the smallest gap"),
            Holds::Share,
        ),
    ];
    let layout = Layout {
        name: asked.pick(RULES.0, RULES.1),
        columns,
        bars: vec![(1, 1)],
        ..layout
    };
    let rows = || found.rules.iter().map(|one| rule_cells(&asked, found, one));
    book.table(&layout, rows)?;
    Ok(())
}
