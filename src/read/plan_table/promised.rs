//! What a plan table promises: how many units of a measure are begun at which school in which year. A case that wants its
//! plan to stay near an earlier one has no use for more of it: who pays, and how much, is settled anew.

use std::path::Path;

use super::{Column, Reader, opened};
use crate::case::Case;
use crate::case::earlier::Spot;
use crate::read::number::{self, Cell};
use crate::read::table::Record;
use crate::words::Notices;

/// What was read of an earlier plan.
#[derive(Clone, Debug)]
pub struct Promised {
    /// Units by place, row by row.
    pub units: Vec<(Spot, f64)>,
    /// The file and the BLAKE3 of its bytes in hexadecimal.
    pub read: (String, String),
}

/// Reads what a plan table made for a case promises; the file lies in `folder`. What was begun before the first plan year
/// is done, and is passed over. `None` when there is a fault; every one is noted.
pub fn promised(case: &Case, folder: &Path, file: &str, notices: &mut Notices) -> Option<Promised> {
    let mut faults = Notices::new();
    let needed = [Column::School, Column::Measure, Column::Year, Column::Units];
    let found = opened(case, folder, file, &mut faults).and_then(|sheet| {
        let reader = Reader::new(case, &sheet, &needed, &mut faults)?;
        let mut units = Vec::new();
        for record in &sheet.records {
            if !reader.is_unmet_need(record) && !is_over(case, &reader, record) {
                units.extend(row(&reader, record, &mut faults));
            }
        }
        Some(Promised {
            units,
            read: (sheet.file.display().to_string(), sheet.hash.clone()),
        })
    });
    let sound = !faults.any_error();
    faults.iter().for_each(|fault| notices.push(fault.clone()));
    found.filter(|_| sound)
}

fn row(reader: &Reader, record: &Record, notices: &mut Notices) -> Option<(Spot, f64)> {
    let school = reader.school(record, notices);
    let measure = reader.measure(record, notices);
    let year = reader.year(record, notices);
    let units = reader.number(record, Column::Units, None, notices);
    Some(((year?, measure?, school?), units?))
}

/// Whether a row was begun before the first plan year.
fn is_over(case: &Case, reader: &Reader, record: &Record) -> bool {
    let text = reader.text(record, Column::Year).trim_end_matches('年');
    matches!(number::parse(text, &[]), Cell::Number(year) if year < f64::from(case.horizon.first_year))
}
