//! Every school and resource before and after the plan, as `gaps.csv` has it, and every school over its resources.

use rust_xlsxwriter::XlsxError;

use super::attainment::Attained;
use super::book::Book;
use super::sheet::Layout;
use super::{SCHOOLS, TOTALS};
use crate::case::School;
use crate::plan::Plan;
use crate::plan::table::Cell;
use crate::report::column::{Column, Holds};
use crate::report::gaps_csv;
use crate::report::provinces::gap;
use crate::words::{Money, SchoolIx};

/// Writes the table; says how far the standard is attained in it.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn write(book: &mut Book, plan: &Plan) -> Result<Attained, XlsxError> {
    let asked = book.asked;
    let columns = gaps_csv::columns(&asked);
    let of = |holds: Holds| -> Vec<usize> {
        let found = columns.iter().enumerate();
        found
            .filter(|(_, column)| column.holds == holds)
            .map(|(at, _)| at)
            .collect()
    };
    let (gaps, percents) = (of(Holds::Gap), of(Holds::Percent));
    let pair = |all: &[usize]| all.first().copied().zip(all.last().copied());
    let rows = || gaps_csv::rows(&asked, &plan.outcome);
    let layout = Layout {
        name: asked.pick(SCHOOLS.0, SCHOOLS.1),
        // Quantities of different resources have no sum.
        bars: pair(&gaps).into_iter().collect(),
        summed: gaps.clone(),
        frozen: if asked.case.provinces.len() > 1 { 5 } else { 4 },
        columns: columns.clone(),
        wide: true,
    };
    book.table(&layout, rows)?;
    let attained = pair(&percents).map(|(before, after)| Attained::of(rows(), before, after));
    Ok(attained.unwrap_or_default())
}

/// Writes the gap of each school over its resources, without and with the plan, and the money it gets.
///
/// # Errors
/// When the sheet cannot be put together.
pub fn totals(book: &mut Book, plan: &Plan) -> Result<(), XlsxError> {
    let asked = book.asked;
    let case = asked.case;
    let several = case.provinces.len() > 1;
    let named = [
        ("县区", "county"),
        ("乡镇", "township"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("学段", "stage"),
        ("城乡类型", "area"),
    ];
    let province = several.then_some(("省份", "province"));
    let named = province.into_iter().chain(named);
    let named = named.map(|(zh, en)| Column::new(asked.pick(zh, en), Holds::Words));
    let mut columns: Vec<Column> = named.collect();
    let first = columns.len();
    let numbers = [
        (Holds::Gap, "缺口指数·规划前", "gap index without plan"),
        (Holds::Gap, "缺口指数·规划后", "gap index with plan"),
        (Holds::Share, "缺口增减", "change of the gap"),
    ];
    columns.extend(numbers.map(|(holds, zh, en)| Column::new(asked.pick(zh, en), holds)));
    columns.push(Column::new(
        asked.money_header("投入", "money"),
        Holds::Money,
    ));
    let layout = Layout {
        name: asked.pick(TOTALS.0, TOTALS.1),
        columns,
        frozen: first as u16 - 2,
        summed: vec![first, first + 1, first + 3],
        bars: vec![(first, first + 1), (first + 3, first + 3)],
        wide: false,
    };
    let mut spent = vec![Money::ZERO; case.schools.len()];
    for row in &plan.rows {
        spent[row.school.at()] += row.amount();
    }
    let row = |(at, school): (SchoolIx, &School)| {
        let stage = school.stage.name();
        let province = several.then(|| Cell::text(&case.provinces[case.province(at)]));
        let mut cells: Vec<Cell> = province.into_iter().collect();
        let named = [
            case.counties[school.county].label.as_str(),
            &school.township,
            &school.id,
            &school.name,
            asked.pick(stage.0, stage.1),
            &case.areas[school.area],
        ];
        cells.extend(named.map(Cell::text));
        let [before, after] = [false, true].map(|with| gap(&asked, plan, at, with));
        cells.extend([before, after].map(Cell::number));
        cells.push(match before > 0.0 {
            true => Cell::number((after - before) / before),
            false => Cell::Empty,
        });
        cells.push(Cell::money(case, spent[at.at()]));
        cells
    };
    book.table(&layout, || case.schools.pairs().map(row))?;
    Ok(())
}
