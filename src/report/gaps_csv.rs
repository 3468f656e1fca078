//! `gaps.csv`: every school and resource, before and after the plan.

use std::io::{self, Write};

use super::column::{Column, Holds, headers};
use super::csv;
use super::question::Question;
use crate::plan::Outcome;
use crate::plan::table::Cell;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// Writes the file.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, asked: &Question, outcome: &Outcome) -> io::Result<()> {
    csv::write(
        out,
        &headers(&columns(asked)),
        rows(asked, outcome),
        asked.lang,
    )
}

/// The rows of the table, in the order of [`columns`].
pub fn rows<'a>(
    asked: &'a Question<'a>,
    outcome: &'a Outcome,
) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let case = asked.case;
    let needs = case
        .schools
        .ids()
        .flat_map(|school| case.resources.ids().map(move |resource| (school, resource)));
    let asks = move |&(school, resource): &(SchoolIx, ResourceIx)| {
        case.horizon
            .plan_years()
            .any(|year| case.required(school, resource, year).is_some())
            || case.schools[school].stock[resource.at()].is_some()
    };
    needs
        .filter(asks)
        .map(move |(school, resource)| row(asked, outcome, school, resource))
}

/// The columns of the table: where and what, then stock and need, then shortages year by year, then how far the
/// standard is attained and the gap index.
pub fn columns(asked: &Question) -> Vec<Column> {
    let last = asked.year(asked.case.horizon.last());
    let fixed = [
        ("县区", "county"),
        ("乡镇", "township"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("学段", "stage"),
        ("城乡类型", "area"),
        ("资源代码", "resource code"),
        ("资源", "resource"),
        ("单位", "unit"),
    ];
    let province = several_provinces(asked).then_some(("省份", "province"));
    let fixed = province.into_iter().chain(fixed);
    let mut columns: Vec<Column> = fixed
        .map(|(zh, en)| Column::new(asked.pick(zh, en), Holds::Words))
        .collect();
    let mut quantity = |header: String| columns.push(Column::new(header, Holds::Quantity));
    quantity(asked.pick("现有", "stock today").to_string());
    if asked.case.writes_off() {
        quantity(asked.pick(
            format!("到{last}已到期退出"),
            format!("of it out of use by {last}"),
        ));
    }
    quantity(asked.pick(format!("{last}应有"), format!("required {last}")));
    quantity(asked.pick(format!("{last}规划后有"), format!("stock {last} with plan")));
    for year in asked.case.horizon.plan_years().map(|year| asked.year(year)) {
        quantity(asked.pick(
            format!("{year}不规划缺"),
            format!("short {year} without plan"),
        ));
        quantity(asked.pick(format!("{year}规划后缺"), format!("short {year} with plan")));
    }
    let tail = [
        (
            Holds::Percent,
            "达标程度%·规划前",
            "attained % without plan",
        ),
        (Holds::Percent, "达标程度%·规划后", "attained % with plan"),
        (Holds::Gap, "缺口指数·规划前", "gap index without plan"),
        (Holds::Gap, "缺口指数·规划后", "gap index with plan"),
    ];
    columns.extend(tail.map(|(holds, zh, en)| Column::new(asked.pick(zh, en), holds)));
    columns
}

fn row(asked: &Question, outcome: &Outcome, at: SchoolIx, resource: ResourceIx) -> Vec<Cell> {
    let case = asked.case;
    let (school, stated) = (&case.schools[at], &case.resources[resource]);
    let last = case.horizon.last();
    let (zh, en) = school.stage.name();
    let (today, required) = (
        school.stock[resource.at()],
        case.required(at, resource, last),
    );
    let planned = outcome.stock(case, at, resource, last);
    let province = &case.provinces[case.province(at)];
    let mut cells = Vec::with_capacity(20 + 2 * case.horizon.years);
    cells.extend(several_provinces(asked).then(|| Cell::text(province)));
    let fixed = [
        case.counties[school.county].label.as_str(),
        &school.township,
        &school.id,
        &school.name,
        asked.pick(zh, en),
        &case.areas[school.area],
        &stated.id,
        &stated.name,
        &stated.unit,
    ];
    cells.extend(fixed.map(Cell::text));
    cells.push(Cell::known(today));
    let gone = today.map(|_| case.written_off(at, resource, last));
    cells.extend(case.writes_off().then(|| Cell::known(gone)));
    cells.extend([required, planned].map(Cell::known));
    for year in case.horizon.plan_years() {
        cells.extend(
            [false, true].map(|with| Cell::known(outcome.short(case, at, resource, year, with))),
        );
    }
    let attained = |stock: Option<f64>| Some(100.0 * (stock? / required?).min(1.0));
    cells.extend([today, planned].map(|stock| Cell::known(attained(stock))));
    cells.extend([false, true].map(|with| gap(asked, outcome, at, resource, with)));
    cells
}

/// Whether a column says the province.
fn several_provinces(asked: &Question) -> bool {
    asked.case.provinces.len() > 1
}

/// The gap index of a need over all periods; nothing when its stock or requirement is unknown.
fn gap(
    asked: &Question,
    outcome: &Outcome,
    school: SchoolIx,
    resource: ResourceIx,
    planned: bool,
) -> Cell {
    let case = asked.case;
    let known = |period: YearIx| {
        outcome
            .short(case, school, resource, period, planned)
            .is_some()
    };
    if !case.horizon.periods().any(known) {
        return Cell::Empty;
    }
    let periods = case.horizon.periods();
    Cell::number(
        periods
            .map(|period| outcome.gap_of(case, school, resource, period, planned))
            .sum(),
    )
}
