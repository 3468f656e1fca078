//! The follow-up table of a plan before anything is entered.

use super::column::Column;
use crate::case::Case;
use crate::plan::PlanRow;
use crate::plan::table::{Cell, deadline};
use crate::words::Lang;

/// The headers of the table.
pub fn header(case: &Case, lang: Lang) -> Vec<String> {
    Column::all()
        .map(|column| column.header(case, lang))
        .collect()
}

/// Its rows, one for each row of the plan, with nothing in the columns that are to be filled in.
pub fn rows<'a>(
    case: &'a Case,
    plan: &'a [PlanRow],
    lang: Lang,
) -> impl Iterator<Item = Vec<Cell>> + 'a {
    plan.iter().map(move |row| {
        Column::all()
            .map(|column| cell(case, row, column, lang))
            .collect()
    })
}

fn cell(case: &Case, row: &PlanRow, column: Column, lang: Lang) -> Cell {
    let (school, measure) = (&case.schools[row.school], &case.measures[row.measure]);
    let fund = row.fund.map(|fund| &case.funds[fund]);
    match column {
        Column::County => Cell::text(&case.counties[school.county].label),
        Column::School => Cell::text(&school.id),
        Column::SchoolName => Cell::text(&school.name),
        Column::Measure => Cell::text(&measure.id),
        Column::MeasureName => Cell::text(&measure.name),
        Column::Unit => Cell::text(&case.resources[measure.resource].unit),
        Column::Year => Cell::Number(case.horizon.calendar(row.year).to_string()),
        Column::Fund => fund.map_or(Cell::Empty, |fund| Cell::text(&fund.id)),
        Column::FundName => fund.map_or(Cell::Empty, |fund| Cell::text(&fund.name)),
        Column::Planned => Cell::number(row.units),
        Column::PlannedMoney => Cell::money(case, row.amount()),
        Column::Body => Cell::text(&measure.body),
        Column::Deadline => Cell::text(deadline(case, row, lang)),
        Column::Allocated
        | Column::AllocatedMoney
        | Column::Taken
        | Column::Spent
        | Column::Remark => Cell::Empty,
    }
}
