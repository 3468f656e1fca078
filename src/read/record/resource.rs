//! `[[resource]]`: what schools need.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::case::Resource;
use crate::read::at::{At, OneOrMany};
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::STEP_NOT_WHOLE;

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
        self.stock.list().into_iter().chain(unusable).collect()
    }

    /// Most units per pupil that are plausible, where the case says so.
    pub(in crate::read) fn per_pupil_max(&self) -> Option<f64> {
        self.plausible
            .as_ref()
            .and_then(|plausible| plausible.per_pupil_max)
    }
}
