//! `[[fund]]`: money by year and what it may pay.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScopeRecord, Terms};
use crate::case::{BySection, Fund, Nature, PerPupil, Scope};
use crate::read::at::{At, OneOrMany};
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{KEY_MISSING, KEYS_EXCLUDE, OUT_OF_RANGE, YEARS_MISMATCH};
use crate::words::{Money, Notices};

/// 资金。A fund.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct FundRecord {
    /// 代码，供本文件其他处引用。Code by which the rest of the file names it.
    #[schemars(length(min = 1))]
    pub(in crate::read) id: At<String>,
    /// 名称。Name.
    #[schemars(length(min = 1))]
    name: String,
    /// 每个规划年的金额；一个数表示每年相同。Amounts, one a plan year; a single number holds for every year.
    amounts: Option<At<OneOrMany<f64>>>,
    /// 公用经费：按学生数拨的钱，代替 amounts。Money that comes by the pupil, in place of `amounts`.
    pub(in crate::read) per_pupil: Option<At<PerPupilRecord>>,
    /// 规划期后每年的金额；没有时，可付经常性支出的资金按最后一年，其余为 0。
    /// Money a year after the plan; when absent, last year's amount if the fund may pay recurrent spending, else 0.
    #[schemars(range(min = 0, max = 1e15))]
    after: Option<At<f64>>,
    /// 当年结余可否结转以后使用，默认 false。Whether what is left in a year may be spent later; false when absent.
    #[serde(default)]
    carry_over: bool,
    /// 可以用在哪里（专项）；没有时不限。What it may pay; anything when absent.
    #[serde(default)]
    pays: ScopeRecord,
}

/// 按学生数拨的钱（公用经费），每人每年。Money by the pupil and year.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct PerPupilRecord {
    /// 每名小学生，如 720 元。A primary pupil.
    #[schemars(range(min = 0, max = 1e9))]
    primary: Option<At<f64>>,
    /// 每名初中生，如 940 元。A junior pupil.
    #[schemars(range(min = 0, max = 1e9))]
    junior: Option<At<f64>>,
    /// 每名寄宿生另加，如 300 元；需要寄宿生一列。More for a boarder; needs the column of boarders.
    #[schemars(range(min = 0, max = 1e9))]
    boarder: Option<At<f64>>,
    /// 学生数少于它的学校按它计，如 100；默认不补。A school with fewer pupils is counted as having this many; none when absent.
    #[schemars(range(min = 0, max = 1e4))]
    least: Option<At<f64>>,
    /// 其中可以用于规划的比例，其余维持运转；默认 1。The part that may be spent on the plan, the rest runs the schools; 1 when absent.
    #[schemars(range(min = 0, max = 1))]
    share: Option<At<f64>>,
}

impl PerPupilRecord {
    /// Whether it states no rate for any pupil.
    fn pays_nobody(&self) -> bool {
        let nothing =
            |stated: &Option<At<f64>>| stated.as_ref().is_none_or(|rate| rate.value == 0.0);
        nothing(&self.primary) && nothing(&self.junior)
    }

    /// The share, where it leaves nothing for the plan.
    fn nothing_of_it(&self) -> Option<&At<f64>> {
        self.share.as_ref().filter(|share| share.value == 0.0)
    }

    /// Whether boarders bring more.
    pub(in crate::read) fn counts_boarders(&self) -> bool {
        self.boarder.as_ref().is_some_and(|more| more.value > 0.0)
    }

    fn build(&self, terms: &Terms, source: &Source, notices: &mut Notices) -> PerPupil {
        let mut rate = |key: &str, stated: &Option<At<f64>>| {
            let stated = stated.as_ref();
            stated.map_or(0.0, |rate| terms.money(key, rate, source, notices).main())
        };
        PerPupil {
            rate: BySection {
                primary: rate("primary", &self.primary),
                junior: rate("junior", &self.junior),
            },
            boarder: rate("boarder", &self.boarder),
            least: self.least.as_ref().map_or(0.0, |least| least.value),
            share: self.share.as_ref().map_or(1.0, |share| share.value),
            besides: None,
            goes_on: false,
        }
    }
}

impl FundRecord {
    /// What is stated of the amounts, which has to be said in one way.
    fn amounts(&self, terms: &Terms, source: &Source, notices: &mut Notices) -> Option<Vec<Money>> {
        match (&self.amounts, &self.per_pupil) {
            (Some(stated), None) => amounts("amounts", stated, terms, source, notices),
            (None, Some(per_pupil)) if per_pupil.value.pays_nobody() => {
                let notice = source.notice(KEY_MISSING, &per_pupil.span);
                notices.push(notice.with("primary`/`junior").with("per_pupil"));
                None
            }
            (None, Some(per_pupil)) if per_pupil.value.nothing_of_it().is_some() => {
                let share = per_pupil.value.nothing_of_it()?;
                let notice = source.notice(OUT_OF_RANGE, &share.span);
                notices.push(notice.with("share").with("> 0, ≤ 1"));
                None
            }
            // They are worked out when the schools are known.
            (None, Some(_)) => Some(vec![Money::ZERO; terms.years?]),
            (Some(_), Some(per_pupil)) => {
                let notice = source.notice(KEYS_EXCLUDE, &per_pupil.span);
                notices.push(notice.with("`amounts`").with("`per_pupil`"));
                None
            }
            (None, None) => {
                let notice = source.notice(KEY_MISSING, &self.id.span);
                notices.push(notice.with("amounts").with("[[fund]]"));
                None
            }
        }
    }

    /// The fund, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        this: &At<FundRecord>,
        terms: &Terms,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Fund> {
        let stated = &this.value;
        let scope = stated.pays.build(names, source, notices);
        let amounts = stated.amounts(terms, source, notices);
        let per_pupil = stated.per_pupil.as_ref();
        let per_pupil = per_pupil.map(|one| one.value.build(terms, source, notices));
        let after = stated
            .after
            .as_ref()
            .map(|after| terms.money("after", after, source, notices));
        let (scope, amounts) = (scope?, amounts?);
        let last = amounts.last().copied().unwrap_or_default();
        let per_pupil = per_pupil.map(|one| PerPupil {
            goes_on: after.is_none() && pays_recurrent(&scope),
            ..one
        });
        let after = after.unwrap_or(if pays_recurrent(&scope) {
            last
        } else {
            Default::default()
        });
        Some(Fund {
            id: stated.id.value.clone(),
            name: stated.name.clone(),
            amounts: amounts.into(),
            after,
            carry_over: stated.carry_over,
            per_pupil,
            scope,
            place: source.place(this.span.start),
        })
    }
}

fn pays_recurrent(scope: &Scope) -> bool {
    scope.natures.is_empty() || scope.natures.contains(&Nature::Recurrent)
}

/// An amount of money for each plan year, none of them negative; faults are reported.
pub(super) fn amounts(
    key: &str,
    stated: &At<OneOrMany<f64>>,
    terms: &Terms,
    source: &Source,
    notices: &mut Notices,
) -> Option<Vec<Money>> {
    let stated = yearly(key, stated, terms, source, notices)?;
    for amount in stated.iter().filter(|amount| amount.value < 0.0) {
        let notice = source.notice(OUT_OF_RANGE, &amount.span);
        notices.push(notice.with(key).with("≥ 0"));
    }
    let amounts = stated.iter();
    let amounts = amounts.map(|amount| terms.money(key, amount, source, notices));
    Some(amounts.collect())
}

/// One number a plan year; a list of another length is reported.
pub(super) fn yearly(
    key: &str,
    stated: &At<OneOrMany<f64>>,
    terms: &Terms,
    source: &Source,
    notices: &mut Notices,
) -> Option<Vec<At<f64>>> {
    let years = terms.years?;
    match &stated.value {
        OneOrMany::One(value) => Some(vec![
            At {
                value: *value,
                span: stated.span.clone()
            };
            years
        ]),
        OneOrMany::Many(list) if list.len() == years => Some(list.clone()),
        OneOrMany::Many(list) => {
            let notice = source.notice(YEARS_MISMATCH, &stated.span);
            notices.push(notice.with(key).with(list.len()).with(years));
            None
        }
    }
}
