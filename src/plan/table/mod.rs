//! The plan as a table, one row per measure and fund: 问题 – 措施 – 责任单位 – 完成时限.
//!
//! Its columns are declared once, here; [`rows`] writes them and [`read`] takes them back from a sheet a planner has
//! edited, so that `solve --keep` and `audit` understand what `solve --out` wrote.

pub(super) mod header;
mod problem;
mod read;
mod reworded;
mod write;

pub use problem::{problem, problems};
pub(super) use read::SchoolCodes;
pub use read::{Wanted, read};
pub use reworded::{Reworded, RowKey, key, reworded};
pub use write::{deadline, rows};

use crate::case::{Case, Horizon};
use crate::words::{Lang, Money, YearIx};

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
pub(super) fn with_money_unit(case: &Case, name: &str, lang: Lang) -> String {
    let unit = &case.money_shown.1;
    lang.pick(format!("{name}（{unit}）"), format!("{name} ({unit})"))
}

/// A cell of a table for spreadsheets.
#[derive(Clone, PartialEq, Debug)]
pub enum Cell {
    /// Nothing, or not known.
    Empty,
    /// A number, in plain digits with a point.
    Number(String),
    /// Words.
    Text(String),
}

impl Cell {
    /// Words; nothing when there are none.
    pub fn text(text: impl Into<String>) -> Cell {
        let text = text.into();
        if text.is_empty() {
            Cell::Empty
        } else {
            Cell::Text(text)
        }
    }

    /// A number without thousands marks and without digits below a millionth of a unit, which is finer than any
    /// step in which something is handed out.
    pub fn number(value: f64) -> Cell {
        if value.is_finite() {
            Cell::Number(plain(value))
        } else {
            Cell::Empty
        }
    }

    /// A number that may be unknown.
    pub fn known(value: Option<f64>) -> Cell {
        value.map_or(Cell::Empty, Cell::number)
    }

    /// An amount in the unit in which the case shows money; exact when that unit is a power of ten of main units.
    pub fn money(case: &Case, amount: Money) -> Cell {
        Cell::Number(format!("{}", money_shown(case, amount)))
    }
}

/// An amount in the unit in which the case shows money.
pub fn money_shown(case: &Case, amount: Money) -> f64 {
    // Both sides are whole numbers where the unit is a power of ten of main units, so the quotient is the double next
    // to the exact decimal, which is what the shortest form prints.
    amount.as_cents() as f64 / (100.0 * case.money_shown.0)
}

fn plain(value: f64) -> String {
    if value.trunc() == value && value.abs() < 1e15 {
        return (value as i64).to_string(); // most amounts are whole, and this is several times as fast
    }
    let text = format!("{value:.6}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".to_string()
    } else {
        text.to_string()
    }
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

    #[test]
    fn numbers_are_plain_and_without_noise() {
        assert_eq!(Cell::number(0.1 + 0.2), Cell::Number("0.3".into()));
        assert_eq!(Cell::number(-1e-13), Cell::Number("0".into()));
        assert_eq!(Cell::number(f64::NAN), Cell::Empty);
        assert_eq!(Cell::number(1200.0), Cell::Number("1200".into()));
    }
}
