//! The plan as a table, `plan.csv`: its columns, declared once, and how its cells are read back.
//!
//! The plan's own room writes the table and makes rows of a plan of it; a case that wants a plan to stay near an earlier
//! one reads here what that one has begun where.

mod cells;
mod header;
mod promised;

pub use cells::{Reader, SchoolCodes, opened};
pub use header::{money_factor, needed, parted};
pub use promised::{Promised, promised};

use crate::case::{Case, Horizon};
use crate::words::{Lang, YearIx};

/// A column of the plan table.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Column {
    /// Running number.
    Number,
    /// Province; only where there are several.
    Province,
    /// County.
    County,
    /// Township.
    Township,
    /// Code of the school.
    School,
    /// Name of the school.
    SchoolName,
    /// Its stage.
    Stage,
    /// Its kind of area.
    Area,
    /// What is wrong, in words.
    Problem,
    /// Name of the resource.
    Resource,
    /// Its unit.
    Unit,
    /// Units short in the first plan year without a plan.
    Gap,
    /// Code of the measure; empty for a need left unmet.
    Measure,
    /// Name of the measure, or why there is none.
    MeasureName,
    /// Calendar year in which the measure starts.
    Year,
    /// Units supplied.
    Units,
    /// Price of a unit.
    Price,
    /// Money of the row's fund in a plan year.
    Spent(YearIx),
    /// Money of the row's fund over the plan years.
    Amount,
    /// Money of the row's fund in each year after the plan.
    After,
    /// Money from outside the funds over the plan years; only in a case with subsidised posts.
    Subsidy,
    /// Code of the fund.
    Fund,
    /// Name of the fund.
    FundName,
    /// Who carries the measure out.
    Body,
    /// When it is done.
    Deadline,
    /// Left empty for the planner, who marks the rows that `--keep` shall keep.
    Lock,
}

/// The columns with their headers (Chinese, English); `{year}` stands for a calendar year, and the one column that
/// has it is repeated for each plan year.
fn declared() -> [(Column, &'static str, &'static str); 26] {
    [
        (Column::Number, "序号", "No."),
        (Column::Province, "省份", "province"),
        (Column::County, "县区", "county"),
        (Column::Township, "乡镇", "township"),
        (Column::School, "学校代码", "school code"),
        (Column::SchoolName, "学校名称", "school"),
        (Column::Stage, "学段", "stage"),
        (Column::Area, "城乡类型", "area"),
        (Column::Problem, "问题", "problem"),
        (Column::Resource, "资源", "resource"),
        (Column::Unit, "单位", "unit"),
        (Column::Gap, "当前缺口", "short today"),
        (Column::Measure, "措施代码", "measure code"),
        (Column::MeasureName, "措施", "measure"),
        (Column::Year, "年份", "start year"),
        (Column::Units, "数量", "quantity"),
        (Column::Price, "单价", "unit price"),
        (
            Column::Spent(YearIx::new(0)),
            "{year}年支出",
            "spent {year}",
        ),
        (Column::Amount, "合计金额", "total"),
        (Column::After, "期后年支出", "a year afterwards"),
        (Column::Subsidy, "外部补助", "paid from outside"),
        (Column::Fund, "资金代码", "fund code"),
        (Column::FundName, "资金", "fund"),
        (Column::Body, "责任单位", "responsible body"),
        (Column::Deadline, "完成时限", "deadline"),
        (Column::Lock, "锁定", "lock"),
    ]
}

impl Column {
    /// The columns of a case's plan, in order.
    pub fn all(case: &Case) -> Vec<Column> {
        let mut columns = Column::over(&case.horizon);
        columns.retain(|column| match column {
            Column::Province => case.provinces.len() > 1,
            Column::Subsidy => case.is_subsidised(),
            _ => true,
        });
        columns
    }

    /// All columns there are over these years, in order.
    fn over(horizon: &Horizon) -> Vec<Column> {
        let mut columns = Vec::new();
        for (column, ..) in declared() {
            match column {
                Column::Spent(_) => columns.extend(horizon.plan_years().map(Column::Spent)),
                other => columns.push(other),
            }
        }
        columns
    }

    /// What stands above the column, without a unit of money.
    pub fn name(self, horizon: &Horizon, lang: Lang) -> String {
        let same_kind = |one: &Column| std::mem::discriminant(one) == std::mem::discriminant(&self);
        // Every column is declared above; a test walks through all of them.
        let (zh, en) = declared()
            .into_iter()
            .find(|(one, ..)| same_kind(one))
            .map_or(("", ""), |(_, zh, en)| (zh, en));
        match self {
            Column::Spent(year) => lang
                .pick(zh, en)
                .replace("{year}", &horizon.calendar(year).to_string()),
            _ => lang.pick(zh, en).to_string(),
        }
    }

    /// Whether the column holds money.
    pub fn is_money(self) -> bool {
        matches!(
            self,
            Column::Price | Column::Spent(_) | Column::Amount | Column::After | Column::Subsidy
        )
    }

    /// What stands above the column in the file: money columns name their unit.
    pub fn header(self, case: &Case, lang: Lang) -> String {
        let name = self.name(&case.horizon, lang);
        match self.is_money() {
            false => name,
            true => with_money_unit(case, &name, lang),
        }
    }
}

/// A header of money with the unit in which the case shows it.
pub fn with_money_unit(case: &Case, name: &str, lang: Lang) -> String {
    let unit = &case.money_shown.1;
    lang.pick(format!("{name}（{unit}）"), format!("{name} ({unit})"))
}

/// The words of the lock column that mark a row, in any letter case.
pub const LOCK_WORDS: [&str; 9] = ["是", "锁定", "√", "✓", "yes", "y", "true", "x", "1"];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_column_has_a_header_of_its_own() {
        let horizon = Horizon {
            first_year: 2026,
            years: 3,
            terminal: 5.0,
        };
        for lang in [Lang::Zh, Lang::En] {
            let mut names: Vec<String> = Column::over(&horizon)
                .into_iter()
                .map(|column| column.name(&horizon, lang))
                .collect();
            assert_eq!(names.len(), 28);
            names.sort();
            names.dedup();
            assert_eq!(names.len(), 28);
        }
        assert_eq!(
            Column::Spent(YearIx::new(2)).name(&horizon, Lang::Zh),
            "2028年支出"
        );
    }
}
