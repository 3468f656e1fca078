//! What a row of the school table says in numbers: stock, boarders, pupils by grade, position.

use super::cells::Said;
use super::columns::AgeColumn;
use super::{Rows, cohort};
use crate::case::{Position, School, WriteOff};
use crate::read::number::{self, Cell};
use crate::read::table::Record;
use crate::words::ResourceIx;
use crate::words::catalogue::{
    AGES_ABOVE_STOCK, GRADES_DISAGREE, MISSING_CELLS, POSITION_WRONG, UNUSABLE_ABOVE_STOCK,
    ZERO_IS_MISSING,
};

/// What a school has of a resource.
pub(super) struct Stock {
    /// Units that are of use.
    pub(super) usable: f64,
    /// Units that are not.
    pub(super) unusable: f64,
    /// What of those of use falls out of it, the earliest first.
    pub(super) write_offs: Vec<WriteOff>,
}

/// What of the usable stock falls out of use when. What cannot be used already is taken to be among what was bought first,
/// and no more falls out of use than there is.
fn write_offs(
    resource: ResourceIx,
    columns: &[AgeColumn],
    mut ages: Vec<f64>,
    (stock, unusable): (f64, f64),
) -> Vec<WriteOff> {
    let mut take = |mut units: f64, from: fn(&AgeColumn) -> bool| {
        let dated = ages.iter_mut().zip(columns);
        for (age, _) in dated.filter(|(_, column)| from(column)) {
            let part = age.min(units);
            *age -= part;
            units -= part;
        }
        ages.iter().sum::<f64>()
    };
    let left = take(unusable, |column| column.bought);
    take((left + unusable - stock).max(0.0), |_| true);
    let all = columns.iter().zip(ages).filter(|(_, units)| *units > 0.0);
    all.map(|(column, units)| WriteOff {
        resource,
        units,
        year: column.year,
        along: false,
    })
    .collect()
}

impl Rows<'_> {
    /// The stock of each resource; `None` where it is unknown.
    pub(super) fn all_stock(&mut self, record: &Record) -> Vec<Option<Stock>> {
        (0..self.stock.len())
            .map(|at| self.one_stock(at, record))
            .collect()
    }

    /// Usable stock of one resource, what there is less what is unusable, the latter, and what falls out of use when.
    fn one_stock(&mut self, at: usize, record: &Record) -> Option<Stock> {
        let columns = &self.stock[at];
        let stock = columns
            .stock
            .as_ref()
            .map(|columns| self.cells.sum(record, columns));
        let unusable = columns
            .unusable
            .as_ref()
            .map(|columns| self.cells.sum(record, columns));
        let ages = columns.ages.as_ref().map(|columns| {
            let said: Vec<Option<f64>> = columns
                .iter()
                .map(|age| self.cells.expected(record, age.column))
                .collect();
            said.into_iter().collect::<Option<Vec<f64>>>()
        });
        let (stock, unusable, ages) = (stock??, unusable??, ages??);
        let resource = &self.resources[at];
        if resource.zero_is_missing && stock == 0.0 {
            let column = columns.stock.as_ref().and_then(|all| all.first().copied());
            let id = &resource.id.value;
            self.cells.tally.gather(ZERO_IS_MISSING, record, column, id);
            return None;
        }
        if unusable > stock {
            let column = columns
                .unusable
                .as_ref()
                .and_then(|columns| columns.first().copied());
            self.cells.tally.gather(
                UNUSABLE_ABOVE_STOCK,
                record,
                column,
                &self.resources[at].id.value,
            );
            return None;
        }
        let aged = columns.ages.as_deref().unwrap_or_default();
        if ages.iter().sum::<f64>() > stock * (1.0 + 1e-9) {
            let column = aged.first().map(|age| age.column);
            let id = &resource.id.value;
            self.cells
                .tally
                .gather(AGES_ABOVE_STOCK, record, column, id);
            return None;
        }
        Some(Stock {
            usable: stock - unusable,
            unusable,
            write_offs: write_offs(ResourceIx::new(at), aged, ages, (stock, unusable)),
        })
    }

    /// Pupils by grade, where there are columns for them.
    pub(super) fn graded(&mut self, record: &Record, school: &School) -> Option<Vec<f64>> {
        let grades = self.grades.as_ref()?;
        let (columns, primary) = (&grades.columns, grades.primary);
        let found = cohort::grades(&mut self.cells, columns, (school.stage, primary), record)?;
        let pupils = school.pupils.map(|pupils| pupils.primary + pupils.junior);
        let counted: f64 = found.iter().sum();
        let differs = pupils.is_some_and(|pupils| (pupils - counted).abs() > 0.5);
        if grades.same_year && differs {
            let column = columns.first().copied();
            let header = column.map(|column| self.cells.header(column));
            let header = header.unwrap_or_default();
            self.cells
                .tally
                .gather(GRADES_DISAGREE, record, column, &header);
        }
        Some(found)
    }

    /// Boarders and the like; an empty cell is gathered, since it is no 0.
    pub(super) fn counted(&mut self, record: &Record, column: Option<usize>) -> Option<f64> {
        let column = column?;
        let said = self.cells.number(record, column);
        if said == Said::Missing {
            let header = self.cells.header(column);
            self.cells
                .tally
                .gather(MISSING_CELLS, record, Some(column), &header);
        }
        said.number()
    }

    /// Where the school lies; `None` where a cell is empty or no degree, which is reported.
    pub(super) fn position(&mut self, record: &Record) -> Option<Position> {
        let (latitude, longitude) = (self.columns.latitude?, self.columns.longitude?);
        let missing = self.cells.missing;
        let mut degrees =
            |column: usize, most: f64| match number::parse(&record.cells[column], missing) {
                Cell::Number(degrees) if degrees.abs() <= most => Some(degrees),
                Cell::Missing => None,
                Cell::Number(_) | Cell::Bad => {
                    let header = self.cells.header(column);
                    self.cells
                        .tally
                        .gather(POSITION_WRONG, record, Some(column), &header);
                    None
                }
            };
        let (latitude, longitude) = (degrees(latitude, 90.0), degrees(longitude, 180.0));
        Some(Position {
            latitude: latitude?,
            longitude: longitude?,
        })
    }
}
