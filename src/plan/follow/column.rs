//! The columns of the follow-up table, declared once: [`super::blank`] writes them, [`super::entry`] reads them.

use crate::case::Case;
use crate::read::fold::fold;
use crate::read::plan_table::with_money_unit;
use crate::read::plan_table::{money_factor, parted};
use crate::read::table::Sheet;
use crate::words::catalogue::{FOLLOW_COLUMN_MISSING, PLAN_MONEY_UNIT};
use crate::words::{Lang, Notice, Notices, Place};

/// A column of the follow-up table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// County.
    County,
    /// Code of the school.
    School,
    /// Its name.
    SchoolName,
    /// Code of the measure.
    Measure,
    /// Its name.
    MeasureName,
    /// The unit of its quantities.
    Unit,
    /// Calendar year in which it is begun.
    Year,
    /// Code of the fund.
    Fund,
    /// Its name.
    FundName,
    /// Units planned; negative where a rotation takes them away.
    Planned,
    /// Money planned over all plan years.
    PlannedMoney,
    /// Who carries it out.
    Body,
    /// When it is to be done.
    Deadline,
    /// Units allocated (已下达).
    Allocated,
    /// Money allocated.
    AllocatedMoney,
    /// Units taken up (已落实): bought, built, arrived.
    Taken,
    /// Money spent so far.
    Spent,
    /// Anything else.
    Remark,
}

/// The columns in order, with their headers (Chinese, English).
const DECLARED: [(Column, &str, &str); 18] = [
    (Column::County, "县区", "county"),
    (Column::School, "学校代码", "school code"),
    (Column::SchoolName, "学校名称", "school"),
    (Column::Measure, "措施代码", "measure code"),
    (Column::MeasureName, "措施", "measure"),
    (Column::Unit, "单位", "unit"),
    (Column::Year, "年份", "start year"),
    (Column::Fund, "资金代码", "fund code"),
    (Column::FundName, "资金", "fund"),
    (Column::Planned, "计划数量", "planned quantity"),
    (
        Column::PlannedMoney,
        "规划期计划金额",
        "planned money, all years",
    ),
    (Column::Body, "责任单位", "responsible body"),
    (Column::Deadline, "完成时限", "deadline"),
    (Column::Allocated, "已下达数量", "allocated quantity"),
    (Column::AllocatedMoney, "已下达金额", "allocated money"),
    (Column::Taken, "已落实数量", "taken up quantity"),
    (Column::Spent, "累计支出", "spent so far"),
    (Column::Remark, "备注", "remark"),
];

/// Columns without which rows cannot be understood.
const NEEDED: [Column; 5] = [
    Column::School,
    Column::Measure,
    Column::Year,
    Column::Fund,
    Column::Taken,
];

impl Column {
    /// All of them, in order.
    pub fn all() -> impl Iterator<Item = Column> {
        DECLARED.iter().map(|(column, ..)| *column)
    }

    /// What stands above it, without a unit of money.
    pub fn name(self, lang: Lang) -> &'static str {
        let own = DECLARED.iter().find(|(column, ..)| *column == self);
        own.map_or("", |&(_, zh, en)| lang.pick(zh, en))
    }

    fn is_money(self) -> bool {
        matches!(
            self,
            Column::PlannedMoney | Column::AllocatedMoney | Column::Spent
        )
    }

    /// What stands above it in the file.
    pub fn header(self, case: &Case, lang: Lang) -> String {
        match self.is_money() {
            true => with_money_unit(case, self.name(lang), lang),
            false => self.name(lang).to_string(),
        }
    }

    fn is_called(self, header: &str) -> bool {
        let (name, unit) = parted(header);
        let own = |lang| fold(self.name(lang)) == name;
        (unit.is_none() || self.is_money()) && [Lang::Zh, Lang::En].into_iter().any(own)
    }
}

/// All headers a follow-up table may have.
pub fn known(case: &Case) -> Vec<String> {
    let headers = |lang| Column::all().map(move |column| column.header(case, lang));
    headers(Lang::Zh).chain(headers(Lang::En)).collect()
}

/// Where a column stands in a sheet, counted from 0, and how many main units of money its numbers count in.
pub struct Found {
    /// The column.
    pub column: Column,
    /// Its position.
    pub at: usize,
    /// Main units of money per number; of no meaning for other columns.
    pub factor: f64,
}

/// The columns of a sheet. Those that are needed and missing, and unknown units of money, are reported.
pub fn find(case: &Case, sheet: &Sheet, notices: &mut Notices) -> Vec<Found> {
    let mut found = Vec::new();
    for column in Column::all() {
        let Some(at) = sheet.header.iter().position(|text| column.is_called(text)) else {
            if NEEDED.contains(&column) {
                let [zh, en] = [Lang::Zh, Lang::En].map(|lang| column.name(lang));
                let place = Place {
                    column: None,
                    ..sheet.header_place(0)
                };
                let notice = Notice::new(FOLLOW_COLUMN_MISSING, place);
                notices.push(notice.with(format!("{zh} / {en}")));
            }
            continue;
        };
        match money_factor(case, &sheet.header[at], column.is_money()) {
            Some(factor) => found.push(Found { column, at, factor }),
            None => {
                let notice = Notice::new(PLAN_MONEY_UNIT, sheet.header_place(at));
                notices.push(notice.text(&sheet.header[at]).with(&case.money_shown.1));
            }
        }
    }
    found
}
