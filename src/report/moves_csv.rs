//! `moves.csv`: who goes where, a row for each pair of schools, the same township and the nearest first.

use std::io::{self, Write};

use super::column::{self, Holds, headers};
use super::csv;
use super::moves::back;
use super::question::Question;
use crate::plan::moves::moves;
use crate::plan::table::Cell;
use crate::plan::{Move, Plan};

/// A column of the file.
#[derive(Clone, Copy, PartialEq)]
enum Column {
    Number,
    Year,
    Province,
    County,
    Stage,
    Measure,
    From,
    FromName,
    FromTownship,
    To,
    ToName,
    ToTownship,
    Quantity,
    Unit,
    SameTownship,
    Km,
    Back,
    Body,
}

/// The columns in order, with their headers (Chinese, English).
const COLUMNS: [(Column, &str, &str); 18] = [
    (Column::Number, "序号", "No."),
    (Column::Year, "年份", "year"),
    (Column::Province, "省份", "province"),
    (Column::County, "县区", "county"),
    (Column::Stage, "学段", "stage"),
    (Column::Measure, "措施", "measure"),
    (Column::From, "派出学校代码", "from school code"),
    (Column::FromName, "派出学校", "from school"),
    (Column::FromTownship, "派出乡镇", "from township"),
    (Column::To, "接收学校代码", "to school code"),
    (Column::ToName, "接收学校", "to school"),
    (Column::ToTownship, "接收乡镇", "to township"),
    (Column::Quantity, "数量", "quantity"),
    (Column::Unit, "单位", "unit"),
    (Column::SameTownship, "同乡镇", "same township"),
    (Column::Km, "公里", "km"),
    (Column::Back, "返回年份", "back in"),
    (Column::Body, "责任单位", "responsible body"),
];

/// Writes the file.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, asked: &Question, plan: &Plan) -> io::Result<()> {
    csv::write(
        out,
        &headers(&columns(asked)),
        rows(asked, plan),
        asked.lang,
    )
}

fn shown(asked: &Question) -> impl Iterator<Item = (Column, &'static str, &'static str)> + use<> {
    let several = asked.case.provinces.len() > 1;
    COLUMNS
        .into_iter()
        .filter(move |(column, ..)| several || *column != Column::Province)
}

/// The columns of the table.
pub fn columns(asked: &Question) -> Vec<column::Column> {
    let holds = |column| match column {
        Column::Number | Column::Year => Holds::Label,
        Column::Quantity | Column::Km => Holds::Quantity,
        _ => Holds::Words,
    };
    shown(asked)
        .map(|(column, zh, en)| column::Column::new(asked.pick(zh, en), holds(column)))
        .collect()
}

/// The rows of the table, in the order of [`columns`].
pub fn rows<'a>(asked: &'a Question<'a>, plan: &Plan) -> impl Iterator<Item = Vec<Cell>> + use<'a> {
    let columns: Vec<Column> = shown(asked).map(|(column, ..)| column).collect();
    let list = moves(asked.case, &plan.rows).list;
    list.into_iter().enumerate().map(move |(at, one)| {
        let cells = columns.iter();
        cells
            .map(|&column| cell(asked, column, at + 1, &one))
            .collect()
    })
}

fn cell(asked: &Question, column: Column, number: usize, one: &Move) -> Cell {
    let case = asked.case;
    let (from, to) = (&case.schools[one.from], &case.schools[one.to]);
    match column {
        Column::Number => Cell::Number(number.to_string()),
        Column::Year => Cell::Number(case.horizon.calendar(one.year).to_string()),
        Column::Province => Cell::text(&case.provinces[case.province(one.to)]),
        Column::County => Cell::text(&case.counties[to.county].label),
        Column::Stage => Cell::text(asked.pick(to.stage.name().0, to.stage.name().1)),
        Column::Measure => Cell::text(&case.measures[one.measure].name),
        Column::From => Cell::text(&from.id),
        Column::FromName => Cell::text(&from.name),
        Column::FromTownship => Cell::text(&from.township),
        Column::To => Cell::text(&to.id),
        Column::ToName => Cell::text(&to.name),
        Column::ToTownship => Cell::text(&to.township),
        Column::Quantity => Cell::number(one.units),
        Column::Unit => Cell::text(&case.resources[case.measures[one.measure].resource].unit),
        Column::SameTownship => match one.same_township {
            Some(true) => Cell::text(asked.pick("是", "yes")),
            Some(false) => Cell::text(asked.pick("否", "no")),
            None => Cell::Empty,
        },
        Column::Km => Cell::known(one.km),
        Column::Back => match one.back {
            Some(year) => Cell::Number(year.to_string()),
            None => Cell::text(back(asked, one)),
        },
        Column::Body => Cell::text(&case.measures[one.measure].body),
    }
}
