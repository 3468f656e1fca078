//! Money by fund and year, and what each fund carries from year to year.

use rust_xlsxwriter::utility::row_col_to_cell;
use rust_xlsxwriter::{Formula, Worksheet, XlsxError};

use super::book::Book;
use super::sheet::{Layout, Part};
use super::{FUND_YEARS, MONEY, text};
use crate::case::Fund;
use crate::plan::table::{Cell, money_shown};
use crate::plan::{FundYear, Plan, row::subsidies};
use crate::report::column::{Column, Holds};
use crate::report::solved::amounts_of;
use crate::words::{FundIx, Money};

/// Where the money stands: a column for each year after the first one, then what is spent in all, what there is, what
/// is left and how much of it is used.
pub struct Sheet {
    /// The sheet with a row for each fund.
    pub part: Option<Part>,
    /// How many funds there are.
    pub funds: usize,
    /// How many years there are.
    pub years: usize,
}

/// Writes money by fund and year.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<Sheet, XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let years = case.horizon.years;
    let names = case.horizon.plan_years().map(|year| asked.year(year));
    let mut columns = vec![Column::new(asked.pick("资金", "fund"), Holds::Words)];
    let money = |name: &str| Column::new(asked.money_header(name, name), Holds::Money);
    columns.extend(names.map(|name| money(&name)));
    let tail = [("合计", "total"), ("可用", "available"), ("结余", "left")];
    columns.extend(tail.map(|(zh, en)| money(asked.pick(zh, en))));
    columns.push(Column::new(asked.pick("使用%", "% used"), Holds::Percent));
    let layout = Layout {
        name: asked.pick(MONEY.0, MONEY.1),
        columns,
        frozen: 1,
        summed: (1..years + 4).collect(),
        bars: vec![(1, years)],
        wide: false,
    };
    let row = |(at, fund): (FundIx, &Fund)| {
        let amounts = amounts_of(&asked, plan, at);
        let mut cells = vec![Cell::text(&fund.name)];
        cells.extend(amounts.into_iter().map(|amount| Cell::money(case, amount)));
        cells
    };
    let parts = book.table(&layout, || case.funds.pairs().map(row))?;
    let sheet = Sheet {
        part: parts.into_iter().next(),
        funds: case.funds.len(),
        years,
    };
    if let Some(part) = &sheet.part {
        for (row, fund) in (part.first..part.end).zip(case.funds.ids()) {
            let amounts = amounts_of(&asked, plan, fund);
            across(book, part, row, &amounts)?;
        }
        if case.is_subsidised() {
            outside(book, part, plan)?;
        }
    }
    carried(book, plan)?;
    Ok(sheet)
}

/// Puts formulas where numbers of a fund follow from others of its row; what they come to is exact money.
fn across(book: &mut Book, part: &Part, row: u32, amounts: &[Money]) -> Result<(), XlsxError> {
    let case = book.asked.case;
    let years = case.horizon.years;
    let (total, available, left, used) = (years, years + 1, years + 2, years + 4);
    let cell = |column: usize| row_col_to_cell(row, column as u16);
    let (sheet, _) = book.again(&part.sheet)?;
    let sum = format!("SUM({}:{})", cell(1), cell(years));
    put(
        sheet,
        (row, total + 1),
        &sum,
        money_shown(case, amounts[total]),
    )?;
    let rest = format!("{}-{}", cell(available + 1), cell(total + 1));
    put(
        sheet,
        (row, left + 1),
        &rest,
        money_shown(case, amounts[left]),
    )?;
    if !amounts[available].is_zero() {
        let share = format!("100*{}/{}", cell(total + 1), cell(available + 1));
        let value = 100.0 * amounts[total].main() / amounts[available].main();
        put(sheet, (row, used), &share, value)?;
    }
    Ok(())
}

/// What is paid from outside the funds, below the totals.
fn outside(book: &mut Book, part: &Part, plan: &Plan) -> Result<(), XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let name = asked.pick("另：资金以外的补助", "besides: paid from outside the funds");
    let amounts = subsidies(case, &plan.rows);
    let all: Money = amounts.iter().copied().sum();
    let (sheet, look) = book.again(&part.sheet)?;
    let row = part.end + 1;
    text::write(sheet, (row, 0), name, Some(&look.words))?;
    for (at, &amount) in amounts.iter().enumerate() {
        sheet.write_number(row, at as u16 + 1, money_shown(case, amount))?;
    }
    let last = amounts.len();
    let cell = |column: usize| row_col_to_cell(row, column as u16);
    let sum = format!("SUM({}:{})", cell(1), cell(last));
    put(sheet, (row, last + 1), &sum, money_shown(case, all))
}

/// Writes a formula that looks like its column.
fn put(
    sheet: &mut Worksheet,
    (row, column): (u32, usize),
    formula: &str,
    value: f64,
) -> Result<(), XlsxError> {
    let formula = Formula::new(formula).set_result(format!("{value}"));
    sheet.write_formula(row, column as u16, formula)?;
    Ok(())
}

/// Writes what comes into each fund, what it carries over and what it spends, year by year.
fn carried(book: &mut Book, plan: &Plan) -> Result<(), XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let money = |zh, en| Column::new(asked.money_header(zh, en), Holds::Money);
    let layout = Layout {
        name: asked.pick(FUND_YEARS.0, FUND_YEARS.1),
        columns: vec![
            Column::new(asked.pick("资金代码", "fund code"), Holds::Words),
            Column::new(asked.pick("资金", "fund"), Holds::Words),
            Column::new(asked.pick("年份", "year"), Holds::Label),
            money("当年安排", "given"),
            money("上年结转", "carried over"),
            money("支出", "spent"),
        ],
        frozen: 2,
        summed: vec![3, 5],
        bars: vec![(5, 5)],
        wide: false,
    };
    let row = |one: &FundYear| {
        let fund = &case.funds[one.fund];
        vec![
            Cell::text(&fund.id),
            Cell::text(&fund.name),
            Cell::Number(case.horizon.calendar(one.year).to_string()),
            Cell::money(case, one.given),
            Cell::money(case, one.carried),
            Cell::money(case, one.spent),
        ]
    };
    book.table(&layout, || plan.money.iter().map(row))?;
    Ok(())
}
