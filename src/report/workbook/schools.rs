//! Every school and resource before and after the plan, as `gaps.csv` has it.

use rust_xlsxwriter::XlsxError;

use super::SCHOOLS;
use super::attainment::Attained;
use super::book::Book;
use super::sheet::Layout;
use crate::plan::Plan;
use crate::report::column::Holds;
use crate::report::gaps_csv;

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
