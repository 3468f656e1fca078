//! Pupils by grade, and the forecast made from them.

use std::collections::BTreeSet;

use super::cells::{Cells, Said};
use crate::case::{Cohort, Graded, School, Section, Stage};
use crate::read::table::Record;
use crate::words::catalogue::FORECAST_MISSING;
use crate::words::{CountyIx, SchoolIx, Table};

/// The columns of the grades.
pub(super) struct GradeColumns {
    /// One a grade, from the first on.
    pub(super) columns: Vec<usize>,
    /// How many of them are primary.
    pub(super) primary: usize,
    /// Whether they were counted in the first plan year, as the pupils were.
    pub(super) same_year: bool,
}

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
    // A section without a single column is not known, and not empty.
    let told = |section: &Section| match section {
        Section::Primary => primary > 0,
        Section::Junior => columns.len() > primary,
    };
    let mut found = Some(Vec::with_capacity(columns.len()));
    if !stage.sections().iter().all(told) {
        let last = columns.last().copied();
        let header = last.map(|column| cells.header(column));
        cells
            .tally
            .gather(FORECAST_MISSING, record, last, &header.unwrap_or_default());
        found = None;
    }
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

/// Gives the schools of every county in which all grades are known what they have to expect: where those of one school
/// are not, it is not known either who comes to the others.
pub(super) fn foretell(
    schools: &mut Table<SchoolIx, School>,
    grades: Vec<Option<Vec<f64>>>,
    cohort: &Cohort,
) {
    let counties: Vec<CountyIx> = schools.iter().map(|school| school.county).collect();
    let unknown = counties.iter().zip(&grades);
    let unknown = unknown.filter(|(_, grades)| grades.is_none());
    let unknown: BTreeSet<CountyIx> = unknown.map(|(county, _)| *county).collect();
    let known = schools.ids().zip(counties.into_iter().zip(grades));
    let (at, graded): (Vec<SchoolIx>, Vec<Graded>) = known
        .filter(|(_, (county, _))| !unknown.contains(county))
        .filter_map(|(at, (county, grades))| {
            let grades = grades?;
            Some((at, Graded { county, grades }))
        })
        .unzip();
    for (at, expected) in at.into_iter().zip(cohort.forecast(&graded)) {
        schools[at].forecast = expected;
    }
}
