//! What people wrote into a plan table otherwise than it is written: the words of a row, which no rule speaks of.

use std::collections::BTreeMap;
use std::path::Path;

use super::read::{row, sheet};
use super::{Column, deadline, problems};
use crate::case::Case;
use crate::plan::{Outcome, PlanRow};
use crate::read::plan_table::{Reader, needed};
use crate::read::table::Record;
use crate::words::{FundIx, Lang, MeasureIx, Notices, SchoolIx, YearIx};

/// Which row: a measure at a school in a year, as far as one fund pays it.
pub type RowKey = (SchoolIx, MeasureIx, YearIx, Option<FundIx>);

/// The words of a row that are a planner's own.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Reworded {
    /// What is wrong.
    pub problem: Option<String>,
    /// Who carries the measure out.
    pub body: Option<String>,
    /// When it is done.
    pub deadline: Option<String>,
}

/// The key of a row.
pub fn key(row: &PlanRow) -> RowKey {
    (row.school, row.measure, row.year, row.fund)
}

/// The rows of a table whose words are a planner's own, compared with those the table is written with in either
/// language. A cell that was emptied is none. A table that cannot be read has none; [`super::read()`] tells why.
pub fn reworded(case: &Case, outcome: &Outcome, file: &Path) -> BTreeMap<RowKey, Reworded> {
    let mut unsaid = Notices::new();
    let Some(sheet) = sheet(case, file, &mut unsaid) else {
        return BTreeMap::new();
    };
    let Some(reader) = Reader::new(case, &sheet, &needed(case), &mut unsaid) else {
        return BTreeMap::new();
    };
    let records = sheet
        .records
        .iter()
        .filter(|record| !reader.is_unmet_need(record));
    let mut found = BTreeMap::new();
    for record in records {
        let Some(row) = row(&reader, record, &mut unsaid) else {
            continue;
        };
        let own = own_words(&reader, (case, outcome), record, &row);
        if own != Reworded::default() {
            found.insert(key(&row), own);
        }
    }
    found
}

fn own_words(
    reader: &Reader,
    (case, outcome): (&Case, &Outcome),
    record: &Record,
    row: &PlanRow,
) -> Reworded {
    let own = |column: Column, written: &dyn Fn(Lang) -> String| {
        let text = reader.text(record, column).trim();
        let as_written = [Lang::Zh, Lang::En]
            .into_iter()
            .any(|lang| written(lang).trim() == text);
        (!text.is_empty() && !as_written).then(|| text.to_string())
    };
    let measure = &case.measures[row.measure];
    Reworded {
        problem: own(Column::Problem, &|lang| {
            problems(case, outcome, row.school, row.measure, lang)
        }),
        body: own(Column::Body, &|_| measure.body.clone()),
        deadline: own(Column::Deadline, &|lang| deadline(case, row, lang)),
    }
}
