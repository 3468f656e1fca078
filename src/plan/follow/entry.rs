//! From a follow-up table that was filled in to entries. All its faults are found in one pass.

use std::path::Path;

use super::column::{self, Column, Found};
use super::line::Entered;
use crate::case::Case;
use crate::read::fold::fold;
use crate::read::number::{self, Cell};
use crate::read::plan_table::SchoolCodes;
use crate::read::table::{Record, Sheet, read_sheet_expecting};
use crate::words::catalogue::{
    FOLLOW_COLUMN_MISSING, FOLLOW_MONEY_WITHOUT_FUND, FOLLOW_MORE_THAN_ALLOCATED, FOLLOW_NEGATIVE,
    FOLLOW_NO_ROWS, FOLLOW_NOT_WHOLE, PLAN_FUND_UNKNOWN, PLAN_MEASURE_UNKNOWN, PLAN_NUMBER_BAD,
    PLAN_SCHOOL_UNKNOWN, PLAN_YEAR_BAD,
};
use crate::words::tolerance::STEP;
use crate::words::{Code, FundIx, MeasureIx, Money, Notice, Notices, Place, SchoolIx, YearIx};

/// A row of a follow-up table.
#[derive(Clone, PartialEq, Debug)]
pub struct Entry {
    /// The school.
    pub school: SchoolIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year in which it is begun.
    pub year: YearIx,
    /// Who pays.
    pub fund: Option<FundIx>,
    /// Whether posts leave there; `None` where the signs do not tell.
    pub gives: Option<bool>,
    /// The planned quantity as it stands in the table; the plan itself decides.
    pub planned: Option<f64>,
    /// What was entered; quantities without their sign.
    pub entered: Entered,
    /// Where it stands.
    pub place: Place,
}

impl Entry {
    /// By what entries are added up, so that the order of rows changes nothing.
    pub(super) fn order(&self) -> impl PartialOrd + use<> {
        let entered = &self.entered;
        (
            (self.year, self.measure, self.school, self.fund, self.gives),
            (
                entered.taken,
                entered.allocated,
                entered.spent,
                entered.allocated_money,
            ),
            entered.remarks.clone(),
        )
    }
}

/// Reads a follow-up table made for a case.
///
/// # Errors
/// Every fault of the table; then no entry is given. What is only odd comes back beside the entries.
pub fn read(case: &Case, file: &Path) -> Result<(Vec<Entry>, Notices), Notices> {
    let mut notices = Notices::new();
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file
        .file_name()
        .unwrap_or(file.as_os_str())
        .to_string_lossy();
    let expected = column::known(case);
    let expected: Vec<&str> = expected.iter().map(String::as_str).collect();
    let Some(sheet) = read_sheet_expecting(folder, &name, &expected, &mut notices) else {
        return Err(notices);
    };
    let found = column::find(case, &sheet, &mut notices);
    let lacks = |notice: &Notice| notice.code == FOLLOW_COLUMN_MISSING;
    if notices.iter().any(lacks) {
        return Err(notices);
    }
    let reader = Reader {
        case,
        sheet: &sheet,
        found,
        schools: SchoolCodes::of(case),
    };
    if sheet.records.is_empty() {
        notices.push(Notice::new(FOLLOW_NO_ROWS, Place::file(&sheet.file)));
    }
    let records = sheet.records.iter();
    let entries: Vec<Entry> = records
        .filter_map(|record| reader.entry(record, &mut notices))
        .collect();
    match notices.any_error() {
        true => Err(notices),
        false => Ok((entries, notices)),
    }
}

struct Reader<'a> {
    case: &'a Case,
    sheet: &'a Sheet,
    found: Vec<Found>,
    schools: SchoolCodes<'a>,
}

impl Reader<'_> {
    /// The entry of a record; all its faults are said. `None` also for a need left unmet, in a plan table that was
    /// made into a follow-up table.
    fn entry(&self, record: &Record, notices: &mut Notices) -> Option<Entry> {
        let quantities = [Column::Allocated, Column::Taken];
        let amounts = [Column::AllocatedMoney, Column::Spent];
        let empty = |column: &Column| self.text(record, *column).is_empty();
        if empty(&Column::Measure) && quantities.iter().chain(&amounts).all(empty) {
            return None;
        }
        let school = self.school(record, notices);
        let measure = self.measure(record, notices);
        let year = self.year(record, notices);
        let fund = self.fund(record, notices);
        let planned = self.number(record, Column::Planned, notices);
        let quantities = quantities.map(|column| self.number(record, column, notices));
        let amounts = amounts.map(|column| self.money(record, column, notices));
        let (school, measure, year, fund) = (school?, measure?, year?, fund?);
        let ([allocated, taken], [allocated_money, spent]) = (quantities, amounts);
        let ([allocated, taken], [allocated_money, spent]) =
            ([allocated?, taken?], [allocated_money?, spent?]);
        let planned = planned?;
        let gives = self.direction(record, measure, [planned, allocated, taken], notices);
        let abs = |units: Option<f64>| units.map(f64::abs);
        let remark = self.text(record, Column::Remark);
        let entered = Entered {
            allocated: abs(allocated),
            allocated_money,
            taken: abs(taken),
            spent,
            remarks: (!remark.is_empty())
                .then(|| remark.to_string())
                .into_iter()
                .collect(),
        };
        self.check(record, measure, fund, &entered, notices);
        Some(Entry {
            school,
            measure,
            year,
            fund,
            gives,
            planned,
            entered,
            place: self.sheet.record_place(record, None),
        })
    }

    /// Whether posts leave: the signs say so. Only a rotation takes anything away, and never both ways in one row.
    fn direction(
        &self,
        record: &Record,
        measure: MeasureIx,
        [planned, allocated, taken]: [Option<f64>; 3],
        notices: &mut Notices,
    ) -> Option<bool> {
        let rotates = self.case.measures[measure].lever.moves();
        let leaves = planned.is_some_and(|units| units < 0.0);
        let entered = [(Column::Allocated, allocated), (Column::Taken, taken)];
        let negative = |units: Option<f64>| units.is_some_and(|units| units < 0.0);
        if !rotates || planned.is_some_and(|units| units > 0.0) {
            for (column, _) in entered.iter().filter(|(_, units)| negative(*units)) {
                notices.push(self.fault(FOLLOW_NEGATIVE, record, *column));
            }
            return Some(false);
        }
        if leaves || entered.iter().any(|(_, units)| negative(*units)) {
            return Some(true);
        }
        planned.map(|_| false)
    }

    /// What is wrong or odd about the numbers of a row.
    fn check(
        &self,
        record: &Record,
        measure: MeasureIx,
        fund: Option<FundIx>,
        entered: &Entered,
        notices: &mut Notices,
    ) {
        let resource = &self.case.resources[self.case.measures[measure].resource];
        let quantities = [
            (Column::Allocated, entered.allocated),
            (Column::Taken, entered.taken),
        ];
        for (column, units) in quantities {
            let steps = units.unwrap_or(0.0) / self.case.step(measure);
            if resource.whole && (steps - steps.round()).abs() > STEP {
                let fault = self.fault(FOLLOW_NOT_WHOLE, record, column);
                notices.push(fault.with(&resource.name).with(&resource.unit));
            }
        }
        let amounts = [
            (Column::AllocatedMoney, entered.allocated_money),
            (Column::Spent, entered.spent),
        ];
        for (column, amount) in amounts {
            if amount.is_some_and(|amount| amount < Money::ZERO) {
                notices.push(self.fault(FOLLOW_NEGATIVE, record, column));
            } else if fund.is_none() && amount.is_some_and(|amount| !amount.is_zero()) {
                notices.push(self.fault(FOLLOW_MONEY_WITHOUT_FUND, record, column));
            }
        }
        let more = |taken: f64, allocated: f64| taken > allocated * (1.0 + STEP);
        if let (Some(taken), Some(allocated)) = (entered.taken, entered.allocated)
            && more(taken, allocated)
        {
            let fault = self.fault(FOLLOW_MORE_THAN_ALLOCATED, record, Column::Taken);
            notices.push(fault.with(allocated));
        }
        if let (Some(spent), Some(allocated)) = (entered.spent, entered.allocated_money)
            && spent > allocated
        {
            let factor = self.find(Column::Spent).map_or(1.0, |found| found.factor);
            let fault = self.fault(FOLLOW_MORE_THAN_ALLOCATED, record, Column::Spent);
            notices.push(fault.with(allocated.main() / factor));
        }
    }

    fn find(&self, column: Column) -> Option<&Found> {
        self.found.iter().find(|one| one.column == column)
    }

    /// The text of a cell, without the apostrophe that guards text from being run as a formula.
    fn text<'b>(&self, record: &'b Record, column: Column) -> &'b str {
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
        let text = fold(self.text(record, Column::Year));
        let horizon = &self.case.horizon;
        let found = match number::parse(text.trim_end_matches('年'), &[]) {
            Cell::Number(year) if year == year.round() => horizon.of_calendar(year as i32),
            _ => None,
        };
        if found.is_none() {
            let fault = self.fault(PLAN_YEAR_BAD, record, Column::Year);
            let last = horizon.calendar(horizon.last());
            notices.push(fault.with(horizon.first_year).with(last));
        }
        found
    }

    /// The number of a cell, `Some(None)` when it is empty.
    fn number(
        &self,
        record: &Record,
        column: Column,
        notices: &mut Notices,
    ) -> Option<Option<f64>> {
        match number::parse(self.text(record, column), &[]) {
            Cell::Number(number) => Some(Some(number)),
            Cell::Missing => Some(None),
            Cell::Bad => {
                notices.push(self.fault(PLAN_NUMBER_BAD, record, column));
                None
            }
        }
    }

    fn money(
        &self,
        record: &Record,
        column: Column,
        notices: &mut Notices,
    ) -> Option<Option<Money>> {
        let factor = self.find(column).map_or(1.0, |found| found.factor);
        let found = self.number(record, column, notices)?;
        Some(found.map(|amount| Money::from_main(amount * factor)))
    }
}
