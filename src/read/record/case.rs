//! `[case]`: what the case is called, its years and its money unit.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::case::Horizon;
use crate::read::at::At;
use crate::read::source::Source;
use crate::words::catalogue::OUT_OF_RANGE;
use crate::words::{Lang, Money, Notices, YearIx};

/// Most years a plan may have.
const MOST_YEARS: usize = 30;

/// Most money a single amount may be, in main units: exact in hundredths as an `f64`.
const MOST_MONEY: f64 = 1e15;

/// 写出文件所用的语言。The language of written files.
#[derive(Deserialize, JsonSchema, Clone, Copy)]
#[serde(rename_all = "lowercase")]
pub(in crate::read) enum LanguageRecord {
    /// 中文。Chinese.
    Zh,
    /// 英文。English.
    En,
}

/// 案例总体说明。What the case is called, its years and its money unit.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct CaseRecord {
    /// 规划名称。Title of the plan.
    #[schemars(length(min = 1))]
    pub(in crate::read) name: String,
    /// 写出文件所用的语言：zh 或 en，默认 zh。Language of written files: zh or en; zh when absent.
    language: Option<LanguageRecord>,
    /// 需要处处注明的话，如“合成数据”。What must be said wherever the case shows, such as "synthetic".
    pub(in crate::read) remark: Option<String>,
    /// 规划第一年（公历）。Calendar year of the first plan year.
    #[schemars(range(min = 1900, max = 2200))]
    first_year: i32,
    /// 规划年数，1 到 30。Number of plan years, 1 to 30.
    #[schemars(range(min = 1, max = 30))]
    years: usize,
    /// 规划期后继续计入的年数，默认 5；0 表示不计。Years after the plan that still count, 5 when absent, 0 for none.
    #[schemars(range(min = 0, max = 100))]
    terminal_years: Option<At<f64>>,
    /// 货币主单位名称，如“元”。Name of the currency's main unit.
    #[schemars(length(min = 1))]
    pub(in crate::read) currency: String,
    /// 本案例所有金额的单位名称，如“万元”，默认与货币单位相同。Name of the unit of every amount; the currency when absent.
    #[schemars(length(min = 1))]
    money: Option<String>,
    /// 一个金额单位等于多少主单位，如 10000，默认 1。Main units in one money unit, 1 when absent.
    #[schemars(range(max = 1e12), extend("exclusiveMinimum" = 0))]
    money_factor: Option<f64>,
    /// 不得使任何学校低于现状，默认 true。No school may end below its course without the plan; true when absent.
    no_school_below_today: Option<bool>,
}

impl CaseRecord {
    /// The terms the other tables are stated in.
    pub(in crate::read) fn terms(&self) -> Terms {
        Terms {
            lang: self.language.map_or(Lang::Zh, |language| match language {
                LanguageRecord::Zh => Lang::Zh,
                LanguageRecord::En => Lang::En,
            }),
            money_factor: self.money_factor.unwrap_or(1.0),
            years: Some(self.years.clamp(1, MOST_YEARS)),
            first_year: self.first_year,
        }
    }

    /// The years planned and the period after them.
    pub(in crate::read) fn horizon(&self) -> Horizon {
        Horizon {
            first_year: self.first_year,
            years: self.years.clamp(1, MOST_YEARS),
            terminal: self
                .terminal_years
                .as_ref()
                .map_or(5.0, |years| years.value),
        }
    }

    /// How money is shown: main units per shown unit, and its name.
    pub(in crate::read) fn money_shown(&self) -> (f64, String) {
        (
            self.money_factor.unwrap_or(1.0),
            self.money.clone().unwrap_or_else(|| self.currency.clone()),
        )
    }

    /// Whether no school may end below its course without the plan.
    pub(in crate::read) fn no_school_below_today(&self) -> bool {
        self.no_school_below_today.unwrap_or(true)
    }
}

/// What the other tables have to know to be understood.
#[derive(Clone, Copy, Debug)]
pub(in crate::read) struct Terms {
    /// The language of written files.
    pub(in crate::read) lang: Lang,
    /// Main units per unit of money in the files.
    money_factor: f64,
    /// How many years are planned; `None` when that could not be read.
    pub(in crate::read) years: Option<usize>,
    /// The first of them.
    pub(in crate::read) first_year: i32,
}

impl Default for Terms {
    fn default() -> Self {
        Terms {
            lang: Lang::Zh,
            money_factor: 1.0,
            years: None,
            first_year: 0,
        }
    }
}

impl Terms {
    /// The plan year of a calendar year; `None` for one that is not planned. Where the years could not be read, the first.
    pub(in crate::read) fn plan_year(&self, calendar: i32) -> Option<YearIx> {
        let Some(years) = self.years else {
            return Some(YearIx::new(0));
        };
        let at = usize::try_from(i64::from(calendar) - i64::from(self.first_year)).ok();
        at.filter(|&at| at < years).map(YearIx::new)
    }

    /// A plan year that is stated in a file; one outside the plan is reported.
    pub(in crate::read) fn stated_year(
        &self,
        key: &str,
        stated: &At<i32>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<YearIx> {
        let year = self.plan_year(stated.value);
        if year.is_none() {
            let notice = source.notice(OUT_OF_RANGE, &stated.span);
            notices.push(notice.with(key).with(self.plan_years()));
        }
        year
    }

    /// The years that are planned, in digits.
    pub(in crate::read) fn plan_years(&self) -> String {
        let last = i64::from(self.first_year) + self.years.unwrap_or(1) as i64 - 1;
        format!("{} … {last}", self.first_year)
    }

    /// An amount stated in money units of the file; one too large for exact sums is reported.
    pub(in crate::read) fn money(
        &self,
        key: &str,
        amount: &At<f64>,
        source: &Source,
        notices: &mut Notices,
    ) -> Money {
        let main = amount.value * self.money_factor;
        if main.is_finite() && main.abs() > MOST_MONEY {
            let most = format!("≤ {}", MOST_MONEY / self.money_factor);
            notices.push(
                source
                    .notice(OUT_OF_RANGE, &amount.span)
                    .with(key)
                    .with(most),
            );
        }
        Money::from_main(main)
    }
}
