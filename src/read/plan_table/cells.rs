//! The cells of a plan table that comes back, one kind each.

use std::collections::HashMap;
use std::path::Path;

use super::Column;
use super::header::{self, Found};
use crate::case::Case;
use crate::read::fold::fold;
use crate::read::number::{self, Cell};
use crate::read::table::{Record, Sheet, read_sheet_expecting};
use crate::words::catalogue::{
    PLAN_FUND_UNKNOWN, PLAN_MEASURE_UNKNOWN, PLAN_NUMBER_BAD, PLAN_SCHOOL_UNKNOWN, PLAN_YEAR_BAD,
};
use crate::words::{Code, FundIx, MeasureIx, Money, Notice, Notices, SchoolIx, YearIx};

/// The sheet of a plan table that lies in a folder; `None` where it cannot be read, which is noted.
pub fn opened(case: &Case, folder: &Path, file: &str, notices: &mut Notices) -> Option<Sheet> {
    let expected = header::known(case);
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    read_sheet_expecting(folder, file, &expected, notices)
}

/// A sheet with the columns of a plan table.
pub struct Reader<'a> {
    /// The case the plan is of.
    pub case: &'a Case,
    /// The sheet.
    pub sheet: &'a Sheet,
    found: Vec<Found>,
    schools: SchoolCodes<'a>,
}

/// The schools by their codes.
pub struct SchoolCodes<'a> {
    exact: HashMap<&'a str, SchoolIx>,
    /// By the code without leading zeros; `None` where several have the same.
    cut: HashMap<&'a str, Option<SchoolIx>>,
}

impl<'a> SchoolCodes<'a> {
    /// Those of a case.
    pub fn of(case: &'a Case) -> SchoolCodes<'a> {
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
    pub fn find(&self, code: &str) -> Option<SchoolIx> {
        let alike = || self.cut.get(without_zeros(code)).copied().flatten();
        self.exact.get(code).copied().or_else(alike)
    }
}

fn without_zeros(code: &str) -> &str {
    code.trim_start_matches('0')
}

impl<'a> Reader<'a> {
    /// The columns of a sheet; `None` where one of those that are needed is missing, which is noted.
    pub fn new(
        case: &'a Case,
        sheet: &'a Sheet,
        needed: &[Column],
        notices: &mut Notices,
    ) -> Option<Reader<'a>> {
        let found = header::find(case, sheet, needed, notices);
        (!notices.any_error()).then(|| Reader {
            case,
            sheet,
            found,
            schools: SchoolCodes::of(case),
        })
    }

    /// Where a column stands; `None` where the sheet has none.
    pub fn find(&self, column: Column) -> Option<&Found> {
        self.found.iter().find(|one| one.column == column)
    }

    /// Whether a row tells of a need left unmet: no measure, no quantity and no money.
    pub fn is_unmet_need(&self, record: &Record) -> bool {
        let amounts = self
            .case
            .horizon
            .plan_years()
            .map(Column::Spent)
            .chain([Column::Units, Column::After]);
        let empty = |column| self.text(record, column).is_empty();
        empty(Column::Measure) && amounts.into_iter().all(empty)
    }

    /// The text of a cell, without the apostrophe that guards text from being run as a formula.
    pub fn text<'b>(&self, record: &'b Record, column: Column) -> &'b str {
        let text = self
            .find(column)
            .map_or("", |found| &record.cells[found.at]);
        match text.strip_prefix('\'') {
            Some(rest) if rest.starts_with(['=', '+', '-', '@']) => rest,
            _ => text,
        }
    }

    /// A fault of a cell.
    pub fn fault(&self, code: Code, record: &Record, column: Column) -> Notice {
        let at = self.find(column).map(|found| found.at);
        Notice::new(code, self.sheet.record_place(record, at)).text(self.text(record, column))
    }

    /// The school with the code of a record. A spreadsheet cuts leading zeros off codes, so a code that differs in
    /// nothing else is taken, if only one does.
    pub fn school(&self, record: &Record, notices: &mut Notices) -> Option<SchoolIx> {
        let found = self.schools.find(self.text(record, Column::School));
        if found.is_none() {
            notices.push(self.fault(PLAN_SCHOOL_UNKNOWN, record, Column::School));
        }
        found
    }

    /// The measure of a record.
    pub fn measure(&self, record: &Record, notices: &mut Notices) -> Option<MeasureIx> {
        let code = self.text(record, Column::Measure);
        let found = self.case.measures.find(|measure| measure.id == code);
        if found.is_none() {
            notices.push(self.fault(PLAN_MEASURE_UNKNOWN, record, Column::Measure));
        }
        found
    }

    /// The fund of a record, `Some(None)` when it names none.
    pub fn fund(&self, record: &Record, notices: &mut Notices) -> Option<Option<FundIx>> {
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

    /// The plan year in which the measure of a record starts.
    pub fn year(&self, record: &Record, notices: &mut Notices) -> Option<YearIx> {
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

    /// A number; `missing` stands for an empty cell.
    pub fn number(
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
    pub fn money(&self, record: &Record, column: Column, notices: &mut Notices) -> Option<Money> {
        let factor = self.find(column).map_or(1.0, |found| found.factor);
        self.number(record, column, Some(0.0), notices)
            .map(|amount| Money::from_main(amount * factor))
    }
}
