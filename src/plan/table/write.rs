//! From a plan to the cells of its table.

use super::problem::{left_unmet, problem, problems};
use super::{Cell, Column};
use crate::case::Case;
use crate::plan::reasons::{Unmet, unmet};
use crate::plan::{Outcome, PlanRow};
use crate::words::{Lang, MeasureIx, Money, ResourceIx, SchoolIx, YearIx};

/// The rows of the plan table, in the order of [`Column::all`]: first what is done, then what is left unmet.
/// Each is made when it is asked for: a nation's table is longer than its plan.
pub fn rows<'a>(
    case: &'a Case,
    outcome: &'a Outcome,
    rows: &'a [PlanRow],
    lang: Lang,
) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let done = rows.iter().map(Line::Done);
    let lines = done.chain(unmet(case, outcome).into_iter().map(Line::Left));
    let columns = Column::all(case);
    let sheet = Writer {
        case,
        outcome,
        lang,
    };
    lines.enumerate().map(move |(at, line)| {
        let cells = columns.iter();
        cells
            .map(|&column| sheet.cell(column, at + 1, &line))
            .collect()
    })
}

/// What a row of the table speaks of.
enum Line<'a> {
    Done(&'a PlanRow),
    Left(Unmet),
}

struct Writer<'a> {
    case: &'a Case,
    outcome: &'a Outcome,
    lang: Lang,
}

impl Writer<'_> {
    fn cell(&self, column: Column, number: usize, line: &Line) -> Cell {
        let (need, measure) = match line {
            Line::Done(row) => ((row.school, row.resource(self.case)), Some(row.measure)),
            Line::Left(need) => ((need.school, need.resource), None),
        };
        if column == Column::Number {
            return Cell::Number(number.to_string());
        }
        self.cell_of_need(column, need, measure)
            .unwrap_or_else(|| match line {
                Line::Done(row) => self.cell_of_measure(column, row),
                Line::Left(need) if column == Column::MeasureName => {
                    left_unmet(self.case, need, self.lang)
                }
                Line::Left(_) => Cell::Empty,
            })
    }

    /// The columns that say what is wrong and where.
    fn cell_of_need(
        &self,
        column: Column,
        (at, resource): (SchoolIx, ResourceIx),
        measure: Option<MeasureIx>,
    ) -> Option<Cell> {
        let school = &self.case.schools[at];
        Some(match column {
            Column::Province => Cell::text(&self.case.provinces[self.case.province(at)]),
            Column::County => Cell::text(&self.case.counties[school.county].label),
            Column::Township => Cell::text(&school.township),
            Column::School => Cell::text(&school.id),
            Column::SchoolName => Cell::text(&school.name),
            Column::Stage => {
                Cell::text(self.lang.pick(school.stage.name().0, school.stage.name().1))
            }
            Column::Area => Cell::text(&self.case.areas[school.area]),
            Column::Problem => Cell::text(match measure {
                Some(measure) => problems(self.case, self.outcome, at, measure, self.lang),
                None => problem(self.case, self.outcome, at, resource, self.lang),
            }),
            Column::Resource => Cell::text(&self.case.resources[resource].name),
            Column::Unit => Cell::text(&self.case.resources[resource].unit),
            Column::Gap => {
                Cell::known(
                    self.outcome
                        .short(self.case, at, resource, YearIx::new(0), false),
                )
            }
            _ => return None,
        })
    }

    /// The columns that say what is done about it.
    fn cell_of_measure(&self, column: Column, row: &PlanRow) -> Cell {
        let case = self.case;
        let measure = &case.measures[row.measure];
        match column {
            Column::Measure => Cell::text(&measure.id),
            Column::MeasureName => Cell::text(&measure.name),
            Column::Year => Cell::Number(case.horizon.calendar(row.year).to_string()),
            Column::Units => Cell::number(row.units),
            Column::Price => Cell::money(case, measure.cost),
            Column::Spent(year) => row
                .payments
                .get(year.at())
                .map_or(Cell::Empty, |&payment| Cell::money(case, payment)),
            Column::Amount => Cell::money(case, row.amount()),
            Column::After => Cell::money(case, row.after),
            Column::Subsidy => {
                let all: Money = row.subsidies(case).into_iter().sum();
                match all.is_zero() {
                    true => Cell::Empty,
                    false => Cell::money(case, all),
                }
            }
            Column::Fund => row
                .fund
                .map_or(Cell::Empty, |fund| Cell::text(&case.funds[fund].id)),
            Column::FundName => row
                .fund
                .map_or(Cell::Empty, |fund| Cell::text(&case.funds[fund].name)),
            Column::Body => Cell::text(&measure.body),
            Column::Deadline => Cell::text(deadline(case, row, self.lang)),
            _ => Cell::Empty,
        }
    }
}

/// When a measure is done: 2027年12月底前. What is built may be ready only after the plan.
pub fn deadline(case: &Case, row: &PlanRow, lang: Lang) -> String {
    let year = case.horizon.calendar(row.deadline(case));
    lang.pick(format!("{year}年12月底前"), format!("end of {year}"))
}
