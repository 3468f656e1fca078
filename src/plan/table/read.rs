//! From a plan table, perhaps edited in a spreadsheet, back to the rows of a plan.

use std::collections::HashMap;
use std::path::Path;

use super::header::{self, Found};
use super::{Column, LOCK_WORDS};
use crate::case::Case;
use crate::plan::PlanRow;
use crate::read::fold::fold;
use crate::read::number::{self, Cell};
use crate::read::table::{Record, Sheet, read_sheet_expecting};
use crate::words::catalogue::{
    PLAN_FUND_UNKNOWN, PLAN_MEASURE_UNKNOWN, PLAN_NOTHING_LOCKED, PLAN_NUMBER_BAD,
    PLAN_SCHOOL_UNKNOWN, PLAN_TOTAL_DIFFERS, PLAN_YEAR_BAD,
};
use crate::words::{Code, FundIx, MeasureIx, Money, Notice, Notices, SchoolIx, YearIx};

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
    let Some(sheet) = opened(case, file, &mut notices) else {
        return Err(notices);
    };
    let reader = Reader::new(case, &sheet, &mut notices);
    let rows = match reader {
        Some(reader) => reader.rows(wanted, &mut notices),
        None => Vec::new(),
    };
    if notices.any_error() {
        Err(notices)
    } else {
        Ok(rows)
    }
}

/// The sheet of a plan table; `None` where it cannot be read, which is noted.
pub(super) fn opened(case: &Case, file: &Path, notices: &mut Notices) -> Option<Sheet> {
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let expected = header::known(case);
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    read_sheet_expecting(folder, &name, &expected, notices)
}

pub(super) struct Reader<'a> {
    case: &'a Case,
    sheet: &'a Sheet,
    found: Vec<Found>,
    schools: SchoolCodes<'a>,
}

/// The schools by their codes.
pub(in crate::plan) struct SchoolCodes<'a> {
    exact: HashMap<&'a str, SchoolIx>,
    /// By the code without leading zeros; `None` where several have the same.
    cut: HashMap<&'a str, Option<SchoolIx>>,
}

impl<'a> SchoolCodes<'a> {
    pub(in crate::plan) fn of(case: &'a Case) -> SchoolCodes<'a> {
        let (mut exact, mut cut) = (HashMap::new(), HashMap::new());
        for (at, school) in case.schools.pairs() {
            exact.entry(school.id.as_str()).or_insert(at);
            cut.entry(without_zeros(&school.id))
                .and_modify(|only| *only = None)
                .or_insert(Some(at));
        }
        SchoolCodes { exact, cut }
    }

    /// The school with a code; one that differs in nothing but leading zeros is taken, if only one does.
    pub(in crate::plan) fn find(&self, code: &str) -> Option<SchoolIx> {
        let alike = || self.cut.get(without_zeros(code)).copied().flatten();
        self.exact.get(code).copied().or_else(alike)
    }
}

fn without_zeros(code: &str) -> &str {
    code.trim_start_matches('0')
}

impl<'a> Reader<'a> {
    pub(super) fn new(
        case: &'a Case,
        sheet: &'a Sheet,
        notices: &mut Notices,
    ) -> Option<Reader<'a>> {
        let found = header::find(case, sheet, notices);
        (!notices.any_error()).then(|| Reader {
            case,
            sheet,
            found,
            schools: SchoolCodes::of(case),
        })
    }

    fn find(&self, column: Column) -> Option<&Found> {
        self.found.iter().find(|one| one.column == column)
    }

    fn rows(&self, wanted: Wanted, notices: &mut Notices) -> Vec<PlanRow> {
        let records = self
            .sheet
            .records
            .iter()
            .filter(|record| !self.is_unmet_need(record));
        let lock = self.find(Column::Lock).filter(|_| wanted == Wanted::Locked);
        let Some(lock) = lock else {
            return records
                .filter_map(|record| self.row(record, notices))
                .collect();
        };
        let marked = |record: &&Record| LOCK_WORDS.contains(&fold(&record.cells[lock.at]).as_ref());
        let records: Vec<&Record> = records.filter(marked).collect();
        if records.is_empty() {
            let place = self.sheet.header_place(lock.at);
            notices.push(Notice::new(PLAN_NOTHING_LOCKED, place));
        }
        records
            .into_iter()
            .filter_map(|record| self.row(record, notices))
            .collect()
    }

    /// Whether a row tells of a need left unmet: no measure, no quantity and no money.
    pub(super) fn is_unmet_need(&self, record: &Record) -> bool {
        let amounts = self
            .case
            .horizon
            .plan_years()
            .map(Column::Spent)
            .chain([Column::Units, Column::After]);
        let empty = |column| self.text(record, column).is_empty();
        empty(Column::Measure) && amounts.into_iter().all(empty)
    }

    /// The row of a record; all its faults are said.
    pub(super) fn row(&self, record: &Record, notices: &mut Notices) -> Option<PlanRow> {
        let school = self.school(record, notices);
        let measure = self.measure(record, notices);
        let year = self.year(record, notices);
        let units = self.number(record, Column::Units, None, notices);
        let fund = self.fund(record, notices);
        let spent = self.case.horizon.plan_years().map(Column::Spent);
        let payments: Vec<Option<Money>> = spent
            .map(|column| self.money(record, column, notices))
            .collect();
        let after = self.money(record, Column::After, notices);
        let payments: Vec<Money> = payments.into_iter().collect::<Option<_>>()?;
        self.check_total(record, &payments, notices);
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

    /// The text of a cell, without the apostrophe that guards text from being run as a formula.
    pub(super) fn text<'b>(&self, record: &'b Record, column: Column) -> &'b str {
        let text = self
            .find(column)
            .map_or("", |found| &record.cells[found.at]);
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        }
    }

    fn fault(&self, code: Code, record: &Record, column: Column) -> Notice {
        let at = self.find(column).map(|found| found.at);
        Notice::new(code, self.sheet.record_place(record, at)).text(self.text(record, column))
    }

    /// The school with the code of a record. A spreadsheet cuts leading zeros off codes, so a code that differs in
    /// nothing else is taken, if only one does.
    fn school(&self, record: &Record, notices: &mut Notices) -> Option<SchoolIx> {
        let found = self.schools.find(self.text(record, Column::School));
        if found.is_none() {
            notices.push(self.fault(PLAN_SCHOOL_UNKNOWN, record, Column::School));
        }
        found
    }

    fn measure(&self, record: &Record, notices: &mut Notices) -> Option<MeasureIx> {
        let code = self.text(record, Column::Measure);
        let found = self.case.measures.find(|measure| measure.id == code);
        if found.is_none() {
            notices.push(self.fault(PLAN_MEASURE_UNKNOWN, record, Column::Measure));
        }
        found
    }

    /// The fund of a record, `Some(None)` when it names none.
    fn fund(&self, record: &Record, notices: &mut Notices) -> Option<Option<FundIx>> {
        let code = self.text(record, Column::Fund);
        if code.is_empty() {
            return Some(None);
        }
        let found = self.case.funds.find(|fund| fund.id == code);
        if found.is_none() {
            notices.push(self.fault(PLAN_FUND_UNKNOWN, record, Column::Fund));
        }
        found.map(Some)
    }

    fn year(&self, record: &Record, notices: &mut Notices) -> Option<YearIx> {
        let text = fold(self.text(record, Column::Year))
            .trim_end_matches('年')
            .to_string();
        let found = match number::parse(&text, &[]) {
            Cell::Number(year) if year == year.round() => {
                self.case.horizon.of_calendar(year as i32)
            }
            _ => None,
        };
        if found.is_none() {
            let horizon = &self.case.horizon;
            let fault = self.fault(PLAN_YEAR_BAD, record, Column::Year);
            notices.push(
                fault
                    .with(horizon.first_year)
                    .with(horizon.calendar(horizon.last())),
            );
        }
        found
    }

    fn number(
        &self,
        record: &Record,
        column: Column,
        missing: Option<f64>,
        notices: &mut Notices,
    ) -> Option<f64> {
        let found = match number::parse(self.text(record, column), &[]) {
            Cell::Number(number) => Some(number),
            Cell::Missing => missing,
            Cell::Bad => None,
        };
        if found.is_none() {
            notices.push(self.fault(PLAN_NUMBER_BAD, record, column));
        }
        found
    }

    /// Money of a cell; an empty one pays nothing.
    fn money(&self, record: &Record, column: Column, notices: &mut Notices) -> Option<Money> {
        let factor = self.find(column).map_or(1.0, |found| found.factor);
        self.number(record, column, Some(0.0), notices)
            .map(|amount| Money::from_main(amount * factor))
    }

    /// A total that does not fit its years was edited on one side only.
    fn check_total(&self, record: &Record, payments: &[Money], notices: &mut Notices) {
        if self.text(record, Column::Amount).is_empty() {
            return;
        }
        let Some(total) = self.money(record, Column::Amount, notices) else {
            return;
        };
        let sum: Money = payments.iter().copied().sum();
        // A spreadsheet may round each amount by a hundredth.
        if (total - sum).as_cents().unsigned_abs() > payments.len() as u64 {
            let shown = sum.main() / self.find(Column::Amount).map_or(1.0, |found| found.factor);
            notices.push(
                self.fault(PLAN_TOTAL_DIFFERS, record, Column::Amount)
                    .with(shown),
            );
        }
    }
}
