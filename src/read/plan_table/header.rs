//! The headers of a plan table that comes back: which column is which, and in what unit its money stands.

use super::Column;
use crate::case::Case;
use crate::read::fold::fold;
use crate::read::table::Sheet;
use crate::words::catalogue::{PLAN_COLUMN_MISSING, PLAN_MONEY_UNIT};
use crate::words::{Lang, Notice, Notices, Place};

/// Where a column stands in the sheet, and how many main units of money its numbers count in.
pub struct Found {
    /// The column.
    pub column: Column,
    /// Its position in the sheet, counted from 0.
    pub at: usize,
    /// Main units of money per number; of no meaning for other columns.
    pub factor: f64,
}

/// All headers a plan table may have.
pub fn known(case: &Case) -> Vec<String> {
    let headers = |lang| {
        let columns = Column::all(case).into_iter();
        columns.map(move |column| column.header(case, lang))
    };
    headers(Lang::Zh).chain(headers(Lang::En)).collect()
}

/// The columns without which rows cannot be understood.
pub fn needed(case: &Case) -> Vec<Column> {
    let mut needed = vec![
        Column::School,
        Column::Measure,
        Column::Year,
        Column::Units,
        Column::Fund,
        Column::After,
    ];
    needed.extend(case.horizon.plan_years().map(Column::Spent));
    needed
}

/// The columns of a sheet. Those that are needed and missing, and unknown units of money, are reported.
pub fn find(case: &Case, sheet: &Sheet, needed: &[Column], notices: &mut Notices) -> Vec<Found> {
    let place = |column: Option<usize>| match column {
        Some(column) => sheet.header_place(column - 1),
        None => Place {
            column: None,
            ..sheet.header_place(0)
        },
    };
    let mut found = Vec::new();
    let stands = |column| {
        let mut header = sheet.header.iter();
        header.position(|text| names(case, column, text))
    };
    // Another table altogether is told once, and not column by column.
    if needed.iter().all(|column| stands(*column).is_none()) {
        let [zh, en] = [Lang::Zh, Lang::En].map(|lang| {
            let names = needed.iter();
            let names = names.map(|column| column.name(&case.horizon, lang));
            names.collect::<Vec<_>>().join(lang.pick("、", ", "))
        });
        notices.push(Notice::new(PLAN_COLUMN_MISSING, place(None)).with(format!("{zh} / {en}")));
        return found;
    }
    for column in Column::all(case) {
        let Some(at) = stands(column) else {
            if needed.contains(&column) {
                let [zh, en] = [Lang::Zh, Lang::En].map(|lang| column.name(&case.horizon, lang));
                notices.push(
                    Notice::new(PLAN_COLUMN_MISSING, place(None)).with(format!("{zh} / {en}")),
                );
            }
            continue;
        };
        match factor(case, column, &sheet.header[at]) {
            Some(factor) => found.push(Found { column, at, factor }),
            None => notices.push(
                Notice::new(PLAN_MONEY_UNIT, place(Some(at + 1)))
                    .text(&sheet.header[at])
                    .with(&case.money_shown.1),
            ),
        }
    }
    found
}

/// A header without its unit of money, and the unit.
pub fn parted(header: &str) -> (String, Option<String>) {
    let folded = fold(header).into_owned();
    match folded.split_once('(') {
        Some((name, unit)) => (
            name.trim().to_string(),
            Some(unit.trim_end_matches(')').trim().to_string()),
        ),
        None => (folded, None),
    }
}

fn names(case: &Case, column: Column, header: &str) -> bool {
    let (name, unit) = parted(header);
    let own = |lang| fold(&column.name(&case.horizon, lang)) == name;
    (unit.is_none() || column.is_money()) && [Lang::Zh, Lang::En].into_iter().any(own)
}

/// Main units of money per number of a column; `None` when its header names a unit the case does not know.
fn factor(case: &Case, column: Column, header: &str) -> Option<f64> {
    money_factor(case, header, column.is_money())
}

/// The same for a column that holds money or does not.
pub fn money_factor(case: &Case, header: &str, is_money: bool) -> Option<f64> {
    let (shown, name) = &case.money_shown;
    match parted(header).1.filter(|_| is_money) {
        None => Some(*shown),
        Some(unit) if unit == fold(name) => Some(*shown),
        Some(unit) if unit == fold(&case.currency) => Some(1.0),
        Some(_) => None,
    }
}
