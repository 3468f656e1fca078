//! From a plan table, perhaps edited in a spreadsheet, back to the rows of a plan.

use std::path::Path;

use crate::case::Case;
use crate::plan::PlanRow;
use crate::read::fold::fold;
use crate::read::plan_table::{Column, LOCK_WORDS, Reader, needed, opened};
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::{PLAN_NOTHING_LOCKED, PLAN_TOTAL_DIFFERS};
use crate::words::{Money, Notice, Notices};

/// Which rows of a plan table are wanted.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Wanted {
    /// All that name a measure.
    All,
    /// Those that are marked in the lock column; all when the table has no such column.
    Locked,
}

/// Reads the rows of a plan table made for `case`. Rows without a measure (needs left unmet) are passed over.
///
/// # Errors
/// Every fault of the table; then no row is given.
pub fn read(case: &Case, file: &Path, wanted: Wanted) -> Result<Vec<PlanRow>, Notices> {
    let mut notices = Notices::new();
    let Some(sheet) = sheet(case, file, &mut notices) else {
        return Err(notices);
    };
    let reader = Reader::new(case, &sheet, &needed(case), &mut notices);
    let rows = match reader {
        Some(reader) => rows(&reader, wanted, &mut notices),
        None => Vec::new(),
    };
    if notices.any_error() {
        Err(notices)
    } else {
        Ok(rows)
    }
}

/// The sheet of a plan table; `None` where it cannot be read, which is noted.
pub(super) fn sheet(case: &Case, file: &Path, notices: &mut Notices) -> Option<Sheet> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().unwrap_or(file.as_os_str());
    opened(case, folder, &name.to_string_lossy(), notices)
}

fn rows(reader: &Reader, wanted: Wanted, notices: &mut Notices) -> Vec<PlanRow> {
    let records = reader
        .sheet
        .records
        .iter()
        .filter(|record| !reader.is_unmet_need(record));
    let lock = reader
        .find(Column::Lock)
        .filter(|_| wanted == Wanted::Locked);
    let Some(lock) = lock else {
        return records
            .filter_map(|record| row(reader, record, notices))
            .collect();
    };
    let marked = |record: &&Record| LOCK_WORDS.contains(&fold(&record.cells[lock.at]).as_ref());
    let records: Vec<&Record> = records.filter(marked).collect();
    if records.is_empty() {
        let place = reader.sheet.header_place(lock.at);
        notices.push(Notice::new(PLAN_NOTHING_LOCKED, place));
    }
    records
        .into_iter()
        .filter_map(|record| row(reader, record, notices))
        .collect()
}

/// The row of a record; all its faults are said.
pub(super) fn row(reader: &Reader, record: &Record, notices: &mut Notices) -> Option<PlanRow> {
    let school = reader.school(record, notices);
    let measure = reader.measure(record, notices);
    let year = reader.year(record, notices);
    let units = reader.number(record, Column::Units, None, notices);
    let fund = reader.fund(record, notices);
    let spent = reader.case.horizon.plan_years().map(Column::Spent);
    let payments: Vec<Option<Money>> = spent
        .map(|column| reader.money(record, column, notices))
        .collect();
    let after = reader.money(record, Column::After, notices);
    let payments: Vec<Money> = payments.into_iter().collect::<Option<_>>()?;
    check_total(reader, record, &payments, notices);
    Some(PlanRow {
        school: school?,
        measure: measure?,
        year: year?,
        units: units?,
        fund: fund?,
        payments,
        after: after?,
    })
}

/// A total that does not fit its years was edited on one side only.
fn check_total(reader: &Reader, record: &Record, payments: &[Money], notices: &mut Notices) {
    if reader.text(record, Column::Amount).is_empty() {
        return;
    }
    let Some(total) = reader.money(record, Column::Amount, notices) else {
        return;
    };
    let sum: Money = payments.iter().copied().sum();
    // A spreadsheet may round each amount by a hundredth.
    if (total - sum).as_cents().unsigned_abs() > payments.len() as u64 {
        let shown = sum.main()
            / reader
                .find(Column::Amount)
                .map_or(1.0, |found| found.factor);
        notices.push(
            reader
                .fault(PLAN_TOTAL_DIFFERS, record, Column::Amount)
                .with(shown),
        );
    }
}
