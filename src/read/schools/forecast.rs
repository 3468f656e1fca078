//! Pupils expected in each plan year (学位预测).

use super::cells::Cells;
use super::columns::Forecast;
use crate::case::{BySection, Section, Stage};
use crate::read::table::Record;
use crate::words::catalogue::FORECAST_MISSING;

/// The pupils that a school expects, one entry a plan year; none where the table has no columns for it, where today's are
/// not known, and where a cell of any year says nothing, which is reported.
pub(super) fn read(
    cells: &mut Cells,
    columns: &Forecast,
    (stage, today): (Stage, Option<BySection<f64>>),
    record: &Record,
) -> Vec<BySection<f64>> {
    let all = [&columns.total, &columns.primary, &columns.junior];
    let (Some(today), Some(named)) = (today, all.into_iter().flatten().next()) else {
        return Vec::new();
    };
    let years = 0..named.len();
    let found: Option<Vec<_>> = years
        .map(|year| expected(cells, columns, (stage, today), record, year))
        .collect();
    if found.is_none() {
        let header = cells.header(named[0]);
        cells
            .tally
            .gather(FORECAST_MISSING, record, Some(named[0]), &header);
    }
    found.unwrap_or_default()
}

/// What the cells of one year say. A total of a nine-year school is parted as its pupils of today are.
fn expected(
    cells: &mut Cells,
    columns: &Forecast,
    (stage, today): (Stage, BySection<f64>),
    record: &Record,
    year: usize,
) -> Option<BySection<f64>> {
    let mut read = |columns: &Option<Vec<usize>>| {
        let column = *columns.as_ref()?.get(year)?;
        cells.number(record, column).number()
    };
    let (total, primary, junior) = (
        read(&columns.total),
        read(&columns.primary),
        read(&columns.junior),
    );
    let only = |section, pupils| {
        let mut all = BySection::default();
        *all.of_mut(section) = pupils;
        all
    };
    match stage {
        Stage::Primary => Some(only(Section::Primary, primary.or(total)?)),
        Stage::Junior => Some(only(Section::Junior, junior.or(total)?)),
        Stage::NineYear => match (primary, junior) {
            (Some(primary), Some(junior)) => Some(BySection { primary, junior }),
            _ => Some(parted(total?, today)),
        },
    }
}

fn parted(total: f64, today: BySection<f64>) -> BySection<f64> {
    let primary = total * today.primary / (today.primary + today.junior);
    BySection {
        primary,
        junior: total - primary,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_total_is_parted_as_the_pupils_of_today_are() {
        let today = BySection {
            primary: 60.0,
            junior: 40.0,
        };
        let parts = parted(150.0, today);
        assert_eq!((parts.primary, parts.junior), (90.0, 60.0));
    }
}
