//! Values in the school table that are possible but not plausible.

use super::columns::{Columns, StockColumns};
use super::tally::Tally;
use crate::case::School;
use crate::read::plausible::{Plausible, median};
use crate::read::record::ResourceRecord;
use crate::read::table::{Record, Sheet};
use crate::words::Code;
use crate::words::catalogue::{
    CLASS_SIZE_IMPLAUSIBLE, PUPILS_IMPLAUSIBLE, STOCK_IMPLAUSIBLE, STOCK_ZERO,
};

/// Looks for implausible values; schools stand with the records they came from.
pub(super) fn check(
    sheet: &Sheet,
    schools: &[(&Record, &School)],
    (columns, stock): (&Columns, &[StockColumns]),
    resources: &[&ResourceRecord],
    tally: &mut Tally,
) {
    let known = Plausible::shipped();
    check_sizes(sheet, schools, columns, &known, tally);
    for (at, (resource, columns)) in resources.iter().zip(stock).enumerate() {
        let Some(column) = columns
            .stock
            .as_ref()
            .and_then(|columns| columns.first().copied())
        else {
            continue;
        };
        let of: Vec<Stock> = schools
            .iter()
            .filter_map(|(record, school)| Stock::of(record, school, at, &known))
            .collect();
        check_stock(&sheet.header[column], column, &of, resource, &known, tally);
    }
}

/// The stock of one resource at one school.
struct Stock<'a> {
    record: &'a Record,
    units: f64,
    per_pupil: f64,
}

impl<'a> Stock<'a> {
    fn of(record: &'a Record, school: &School, at: usize, known: &Plausible) -> Option<Stock<'a>> {
        let pupils = school.pupils.map(|pupils| pupils.primary + pupils.junior)?;
        let units = school.stock[at]?;
        (pupils >= known.school.pupils_least).then(|| Stock {
            record,
            units,
            per_pupil: units / pupils,
        })
    }
}

fn check_stock(
    header: &str,
    column: usize,
    stock: &[Stock],
    resource: &ResourceRecord,
    known: &Plausible,
    tally: &mut Tally,
) {
    let thresholds = known.resource(&resource.id.value);
    let stated = resource
        .per_pupil_max()
        .or(thresholds.map(|one| one.per_pupil_max));
    let positive = stock
        .iter()
        .map(|one| one.per_pupil)
        .filter(|per_pupil| *per_pupil > 0.0);
    let outlier = median(positive)
        .filter(|_| stock.len() >= known.outlier.schools_least)
        .map(|median| median * known.outlier.times_median);
    if let Some(most) = stated.or(outlier) {
        let subject = format!("{header} > {}", round(most));
        for one in stock.iter().filter(|one| one.per_pupil > most) {
            tally.gather(STOCK_IMPLAUSIBLE, one.record, Some(column), &subject);
        }
    }
    if thresholds.is_some_and(|one| one.never_zero) {
        for one in stock.iter().filter(|one| one.units == 0.0) {
            tally.gather(STOCK_ZERO, one.record, Some(column), header);
        }
    }
}

/// Three significant digits, for messages.
fn round(value: f64) -> f64 {
    format!("{value:.2e}").parse().unwrap_or(value)
}

fn check_sizes(
    sheet: &Sheet,
    schools: &[(&Record, &School)],
    columns: &Columns,
    known: &Plausible,
    tally: &mut Tally,
) {
    let first =
        |counted: super::columns::Counted| counted.total.or(counted.primary).or(counted.junior);
    let mut report = |code: Code, record: &Record, column: Option<usize>, most: f64| {
        let header = column.map_or("", |column| sheet.header[column].as_str());
        tally.gather(code, record, column, &format!("{header} > {most}"));
    };
    for (record, school) in schools {
        let Some(pupils) = school.pupils else {
            continue;
        };
        if pupils.primary + pupils.junior > known.school.pupils_max {
            report(
                PUPILS_IMPLAUSIBLE,
                record,
                first(columns.pupils),
                known.school.pupils_max,
            );
        }
        let Some(classes) = school.classes else {
            continue;
        };
        let crowded = school.stage.sections().iter().any(|section| {
            *pupils.of(*section) > known.school.class_size_max * classes.of(*section)
        });
        if crowded {
            report(
                CLASS_SIZE_IMPLAUSIBLE,
                record,
                first(columns.classes),
                known.school.class_size_max,
            );
        }
    }
}
