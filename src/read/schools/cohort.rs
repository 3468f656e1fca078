//! Pupils by grade, and the forecast made from them.

use super::cells::{Cells, Said};
use crate::case::{Cohort, Graded, School, Section, Stage};
use crate::read::table::Record;
use crate::words::catalogue::FORECAST_MISSING;
use crate::words::{SchoolIx, Table};

/// The pupils of a school in each grade, 0 in those it does not have; `None` where a grade it has says nothing, which is
/// reported.
pub(super) fn grades(
    cells: &mut Cells,
    columns: &[usize],
    (stage, primary): (Stage, usize),
    record: &Record,
) -> Option<Vec<f64>> {
    let has = |grade: usize| {
        let section = match grade < primary {
            true => Section::Primary,
            false => Section::Junior,
        };
        stage.sections().contains(&section)
    };
    let mut found = Some(Vec::with_capacity(columns.len()));
    for (grade, &column) in columns.iter().enumerate() {
        let said = match has(grade) {
            true => cells.number(record, column),
            false => Said::Number(0.0),
        };
        if said == Said::Missing {
            let header = cells.header(column);
            cells
                .tally
                .gather(FORECAST_MISSING, record, Some(column), &header);
        }
        match (said.number(), &mut found) {
            (Some(pupils), Some(found)) => found.push(pupils),
            _ => found = None,
        }
    }
    found
}

/// Gives every school whose grades are known what it has to expect.
pub(super) fn foretell(
    schools: &mut Table<SchoolIx, School>,
    grades: Vec<Option<Vec<f64>>>,
    cohort: &Cohort,
) {
    let known = schools.ids().zip(grades);
    let (at, graded): (Vec<SchoolIx>, Vec<Graded>) = known
        .filter_map(|(at, grades)| {
            let county = schools[at].county;
            Some((
                at,
                Graded {
                    county,
                    grades: grades?,
                },
            ))
        })
        .unzip();
    for (at, expected) in at.into_iter().zip(cohort.forecast(&graded)) {
        schools[at].forecast = expected;
    }
}
