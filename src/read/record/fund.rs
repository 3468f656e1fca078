//! `[[fund]]`: money by year and what it may pay.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScopeRecord, Terms};
use crate::case::{Fund, Nature, Scope};
use crate::read::at::{At, OneOrMany};
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{OUT_OF_RANGE, YEARS_MISMATCH};
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
    amounts: At<OneOrMany<f64>>,
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

impl FundRecord {
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
        let amounts = amounts("amounts", &stated.amounts, terms, source, notices);
        let after = stated
            .after
            .as_ref()
            .map(|after| terms.money("after", after, source, notices));
        let (scope, amounts) = (scope?, amounts?);
        let last = amounts.last().copied().unwrap_or_default();
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
