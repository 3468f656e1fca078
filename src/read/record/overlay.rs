//! `scenarios/*.toml`: small named changes on a case.

use schemars::JsonSchema;
use serde::Deserialize;

use super::fund::amounts;
use super::{
    BandRecord, DivertRecord, EnrolmentRecord, NormRecord, PolicyRecord, StandardRecord, Terms,
    TiltRecord,
};
use crate::case::{Change, First};
use crate::read::at::{At, List, OneOrMany, Tried};
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::KEY_MISSING;
use crate::words::{Money, Notices};

/// 情景。A scenario.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields, extend("required" = ["title"]))]
pub(in crate::read) struct OverlayFile {
    /// 标题。Title.
    #[schemars(length(min = 1))]
    pub(in crate::read) title: Tried<String>,
    /// 先套用的其他情景（文件名，不带 .toml）。Other scenarios, applied first (file names without .toml).
    #[schemars(length(max = 100))]
    pub(in crate::read) include: Tried<Vec<At<String>>>,
    /// 规划期后继续计入的年数。Years after the plan that still count.
    #[schemars(range(min = 0, max = 100))]
    pub(in crate::read) terminal_years: Tried<f64>,
    /// 缺口分段，取代案例的分段。Severity bands in place of those of the case.
    #[schemars(length(max = 20))]
    pub(in crate::read) bands: Tried<At<Vec<BandRecord>>>,
    /// 先做到什么：gap 或 leximin。What comes first: gap or leximin.
    pub(in crate::read) first: Tried<First>,
    /// 资金乘以系数，或再增加。Funds times a factor, or with more money.
    pub(in crate::read) fund: List<FundChangeRecord>,
    /// 取代整个标准。Another standard altogether.
    pub(in crate::read) standard: Tried<At<StandardRecord>>,
    /// 改变单项标准值。Other norms for single resources.
    pub(in crate::read) norm: List<NormRecord>,
    /// 改变资源权重。Other weights of resources.
    pub(in crate::read) weight: List<WeightRecord>,
    /// 增加倾斜。More tilts.
    pub(in crate::read) tilt: List<TiltRecord>,
    /// 在校生再乘以系数。Pupils times further factors.
    pub(in crate::read) enrolment: Tried<At<EnrolmentRecord>>,
    /// 分流、撤并：学生转到其他学校。Pupils who go to another school.
    #[schemars(length(max = 5000))]
    pub(in crate::read) divert: List<DivertRecord>,
    /// 单价乘以系数。Prices times a factor.
    pub(in crate::read) cost: List<CostRecord>,
    /// 改变项目最小规模。Other smallest projects.
    pub(in crate::read) project: List<ProjectRecord>,
    /// 增加政策约束。More policies.
    pub(in crate::read) policy: List<PolicyRecord>,
    /// 取消案例的某些约束。Rules of the case that are dropped.
    pub(in crate::read) drop: Tried<At<DropRecord>>,
}

/// 资金乘以系数，或再增加。Funds times a factor, or with more money.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct FundChangeRecord {
    /// 资金代码；没有时为全部资金。Code of the fund; all funds when absent.
    pub(in crate::read) id: Option<At<String>>,
    /// 系数；没有时为 1。Factor; 1 when absent.
    #[schemars(range(min = 0, max = 1000))]
    factor: Option<f64>,
    /// 各规划年再增加的金额；一个数表示每年相同（须写 id）。How much more in each plan year; a single number holds for every
    /// year (needs `id`).
    more: Option<At<OneOrMany<f64>>>,
    /// 规划期后每年再增加的金额（须写 id）。How much more a year after the plan (needs `id`).
    #[schemars(range(min = 0, max = 1e15))]
    more_after: Option<At<f64>>,
}

impl FundChangeRecord {
    /// The changes; faults are reported.
    pub(in crate::read) fn build(
        this: &At<FundChangeRecord>,
        terms: &Terms,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Vec<Change> {
        let stated = &this.value;
        let gives = stated.more.is_some() || stated.more_after.is_some();
        let mut missing = |key: &str| {
            let notice = source.notice(KEY_MISSING, &this.span);
            notices.push(notice.with(key).with("[[fund]]"));
        };
        if stated.factor.is_none() && !gives {
            missing("factor");
        }
        let Some(id) = &stated.id else {
            if gives {
                missing("id");
            }
            let factor = stated.factor.into_iter();
            return factor
                .map(|factor| Change::Fund { fund: None, factor })
                .collect();
        };
        let fund = names.funds.one(id, source, notices);
        let after = stated.more_after.as_ref();
        let after = after.map(|after| terms.money("more_after", after, source, notices));
        let more = match &stated.more {
            Some(more) => amounts("more", more, terms, source, notices),
            None => terms.years.map(|years| vec![Money::ZERO; years]),
        };
        let Some(fund) = fund else {
            return Vec::new();
        };
        let factor = stated.factor.map(|factor| Change::Fund {
            fund: Some(fund),
            factor,
        });
        let more = more.filter(|_| gives).map(|more| Change::Money {
            fund,
            more: more.into(),
            after: after.unwrap_or_default(),
        });
        factor.into_iter().chain(more).collect()
    }
}

/// 改变资源权重。Another weight of a resource.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct WeightRecord {
    /// 资源。The resource.
    pub(in crate::read) resource: At<String>,
    /// 权重。Its weight in the gap index.
    #[schemars(range(min = 0, max = 1e6))]
    pub(in crate::read) weight: f64,
}

/// 单价乘以系数。Prices times a factor.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct CostRecord {
    /// 这些措施；与 resources 都没有时为全部措施。These measures; all when neither this nor `resources` is given.
    #[serde(default)]
    pub(in crate::read) measures: Vec<At<String>>,
    /// 补充这些资源的措施。Measures that supply these resources.
    #[serde(default)]
    pub(in crate::read) resources: Vec<At<String>>,
    /// 系数。Factor.
    #[schemars(range(min = 0, max = 1000))]
    pub(in crate::read) factor: f64,
}

/// 改变项目最小规模。Another smallest project.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ProjectRecord {
    /// 措施（购置、建设、维修、培训、招聘、资助）。The measures: none that rotates, shares or moves.
    #[schemars(length(min = 1))]
    pub(in crate::read) measures: Vec<At<String>>,
    /// 一所学校一年里要么不办，要么至少办这么多；0 为不限。At a school in a year either nothing or at least so many units; 0 for
    /// no limit.
    #[schemars(range(min = 0, max = 1e9))]
    pub(in crate::read) least: f64,
}

/// 取消的约束。Rules that are dropped.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct DropRecord {
    /// 政策代码。Codes of policies.
    pub(in crate::read) policies: Vec<At<String>>,
}
