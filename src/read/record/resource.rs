//! `[[resource]]`: what schools need.

use schemars::JsonSchema;
use serde::Deserialize;

use super::Terms;
use crate::case::Resource;
use crate::case::write_off::out_of_use;
use crate::read::at::{At, OneOrMany};
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::{KEY_MISSING, STEP_NOT_WHOLE, YEAR_OF_COLUMN};

/// The earliest year in which something still in use may have been bought.
const EARLIEST: i32 = 1900;

/// How many years after the first of the plan something may be said to fall out of use.
const LATEST: i32 = 200;

/// Stock that a column of the school table counts and that falls out of use in a year.
pub(in crate::read) struct AgeRecord {
    /// The header of the column.
    pub(in crate::read) header: At<String>,
    /// The first calendar year in which it is out of use.
    pub(in crate::read) year: i32,
    /// Whether that follows from the year in which it was bought.
    pub(in crate::read) bought: bool,
}

/// 资源。A resource.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ResourceRecord {
    /// 代码，供本文件其他处引用。Code by which the rest of the file names it.
    #[schemars(length(min = 1))]
    pub(in crate::read) id: At<String>,
    /// 名称。Name.
    #[schemars(length(min = 1))]
    name: String,
    /// 计量单位，如“台”“平方米”。Unit of measure.
    #[schemars(length(min = 1))]
    pub(in crate::read) unit: String,
    /// 是否只能取整数，默认 false。Whether it comes in whole units only; false when absent.
    #[serde(default)]
    whole: bool,
    /// 分配的最小单位；取整的资源默认 1，否则 0.01。Smallest amount handed out; 1 for whole resources, else 0.01.
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    step: Option<At<f64>>,
    /// 现有数量的表头，可列多个求和。Header of the stock column; a list of headers is summed.
    pub(in crate::read) stock: At<OneOrMany<String>>,
    /// 不可用数量（超期、破损）的表头，从现有数量中扣除。Header of unusable stock (age, condition), taken off.
    pub(in crate::read) unusable: Option<At<OneOrMany<String>>>,
    /// 现有数量中某年及以前购置的有多少，写“表头:购置年份”，如“2019年及以前购置:2019”；满 life 年的到期报废，不再计入。What of
    /// the stock was bought in a year (or up to it), as `header:year`; after `life` years it falls out of use.
    #[serde(default)]
    bought: Vec<At<String>>,
    /// 现有数量的使用年限，购置当年为第一年（有 bought 时必填）。Years of use of the stock, the first of them the year in which
    /// it was bought (required with `bought`).
    #[schemars(range(min = 1, max = 200))]
    life: Option<At<usize>>,
    /// 现有数量中某年起不再有的有多少（退休、拆除），写“表头:年份”，如“2027年退休:2027”。What of the stock is there no longer from a
    /// year on (retiring, to be pulled down), as `header:year`.
    #[serde(default)]
    leaving: Vec<At<String>>,
    /// 现有数量为 0 时是否按没有数据处理，默认 false。Whether a stock of 0 means "not known"; false when absent.
    #[serde(default)]
    pub(in crate::read) zero_is_missing: bool,
    /// 在缺口指数中的权重，默认 1。Weight in the gap index, 1 when absent.
    #[schemars(range(min = 0, max = 1e6))]
    weight: Option<f64>,
    /// 是否算作达标指标，默认 true。Whether it counts as an indicator of the standard; true when absent.
    indicator: Option<bool>,
    /// 合理范围；没有时用程序自带的范围。What is plausible; the program's own thresholds when absent.
    pub(in crate::read) plausible: Option<PlausibleRecord>,
}

/// 合理范围。What is plausible.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct PlausibleRecord {
    /// 每名学生至多多少才算合理。Most units per pupil that are plausible.
    #[schemars(extend("exclusiveMinimum" = 0))]
    pub(in crate::read) per_pupil_max: Option<f64>,
}

impl ResourceRecord {
    /// The resource; a whole resource handed out in broken steps is reported.
    pub(in crate::read) fn build(&self, source: &Source, notices: &mut Notices) -> Resource {
        let step = self
            .step
            .as_ref()
            .map_or(if self.whole { 1.0 } else { 0.01 }, |step| step.value);
        if let Some(stated) = self
            .step
            .as_ref()
            .filter(|_| self.whole && step.fract() != 0.0)
        {
            notices.push(
                source
                    .notice(STEP_NOT_WHOLE, &stated.span)
                    .with(&self.id.value),
            );
        }
        Resource {
            id: self.id.value.clone(),
            name: self.name.clone(),
            unit: self.unit.clone(),
            whole: self.whole,
            step,
            weight: self.weight.unwrap_or(1.0),
            indicator: self.indicator.unwrap_or(true),
        }
    }

    /// All headers it names, with the places where they are.
    pub(in crate::read) fn headers(&self) -> Vec<At<String>> {
        let unusable = self.unusable.as_ref().map(At::list).unwrap_or_default();
        let aged = self.bought.iter().chain(&self.leaving);
        let aged = aged.filter_map(|stated| Some(dated(stated)?.0));
        self.stock
            .list()
            .into_iter()
            .chain(unusable)
            .chain(aged)
            .collect()
    }

    /// What of the stock falls out of use in which year, the earliest first; what cannot be understood is reported.
    pub(in crate::read) fn ages(
        &self,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Vec<AgeRecord> {
        let life = self.life.as_ref().map(|life| life.value);
        for (key, missing) in [
            ("life", life.is_none() && !self.bought.is_empty()),
            ("bought", life.is_some() && self.bought.is_empty()),
        ] {
            if missing {
                let notice = source.notice(KEY_MISSING, &self.id.span);
                notices.push(notice.with(key).with("[[resource]]"));
            }
        }
        let first = terms.first_year;
        let mut ages = Vec::new();
        let mut read = |all: &[At<String>], bought: bool| {
            let (from, to) = match bought {
                true => (EARLIEST, first),
                false => (first, first.saturating_add(LATEST)),
            };
            for stated in all {
                let sound = |year: &i32| terms.years.is_none() || (from..=to).contains(year);
                let found = dated(stated).filter(|(_, year)| sound(year));
                let Some((header, year)) = found else {
                    let notice = source.notice(YEAR_OF_COLUMN, &stated.span);
                    let range = format!("{from} … {to}");
                    notices.push(notice.with(&stated.value).with(range));
                    continue;
                };
                let year = match (bought, life) {
                    (true, None) => continue,
                    (true, Some(life)) => out_of_use(year, life),
                    (false, _) => year,
                };
                ages.push(AgeRecord {
                    header,
                    year,
                    bought,
                });
            }
        };
        read(&self.bought, true);
        read(&self.leaving, false);
        ages.sort_by_key(|one| one.year);
        ages
    }

    /// Most units per pupil that are plausible, where the case says so.
    pub(in crate::read) fn per_pupil_max(&self) -> Option<f64> {
        self.plausible
            .as_ref()
            .and_then(|plausible| plausible.per_pupil_max)
    }
}

/// A header with the year that stands behind it.
fn dated(stated: &At<String>) -> Option<(At<String>, i32)> {
    let (header, year) = stated.value.rsplit_once([':', '：'])?;
    let header = At {
        value: header.trim().to_string(),
        span: stated.span.clone(),
    };
    let year = year.trim().trim_end_matches('年').parse().ok()?;
    (!header.value.is_empty()).then_some((header, year))
}
