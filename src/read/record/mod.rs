//! The tables of `case.toml` and of overlays as they stand in the files, one module a table: the raw records, private
//! to this room, and how each becomes a part of the case.
//!
//! The doc comment of each field is its description in the printed schema, in both languages.

mod case;
mod cohort;
mod divert;
mod doubts;
pub(super) mod enrolment;
mod fund;
mod links;
mod measure;
mod objective;
mod overlay;
mod policy;
mod resource;
mod schools;
mod scope;
mod standard;

use schemars::JsonSchema;
use serde::Deserialize;

pub(super) use case::{CaseRecord, Terms};
pub(super) use divert::{DivertRecord, possible};
pub(super) use doubts::DoubtsRecord;
pub(super) use enrolment::EnrolmentRecord;
pub(super) use fund::FundRecord;
pub(super) use links::LinksRecord;
pub(super) use measure::MeasureRecord;
pub(super) use objective::{BandRecord, ObjectiveRecord, TiltRecord, bands};
pub(super) use overlay::{FundChangeRecord, OverlayFile, ProjectRecord};
pub(super) use policy::PolicyRecord;
pub(super) use resource::ResourceRecord;
pub(super) use schools::{ColumnsRecord, OnlyRecord, SchoolsRecord};
pub(super) use scope::ScopeRecord;
pub(super) use standard::{ComplianceRecord, NormRecord, SetFile, SizeRecord, StandardRecord};

use super::at::{At, List, Tried};

/// 均衡规划案例（case.toml）。A Junheng case.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields, extend("required" = ["case", "schools", "resource", "standard"]))]
pub(super) struct CaseFile {
    /// 案例总体说明：名称、年限、金额单位。What the case is called, its years and its money unit.
    pub(super) case: Tried<At<CaseRecord>>,
    /// 学校表。The school table.
    pub(super) schools: Tried<At<SchoolsRecord>>,
    /// 学校之间的道路表，可不填。The table of roads between schools, optional.
    pub(super) links: Tried<At<LinksRecord>>,
    /// 存疑的数及其范围，供核实排序（junheng verify-first）用，可不填。Doubtful numbers and their ranges, for junheng verify-first; optional.
    pub(super) doubts: Tried<At<DoubtsRecord>>,
    /// 资源：学校需要的东西，如教师、校舍、设备。Resources: what schools need.
    #[schemars(length(min = 1, max = 500))]
    pub(super) resource: List<ResourceRecord>,
    /// 标准：每样资源应有多少、怎样算达标。The standard: how much of each resource there should be, and what passes.
    pub(super) standard: Tried<At<StandardRecord>>,
    /// 目标：缺口怎样计权。The objective: how shortfalls are weighed.
    pub(super) objective: Tried<At<ObjectiveRecord>>,
    /// 各规划年在校生相对学校表的倍数。Pupils of each plan year as a factor on the school table.
    pub(super) enrolment: Tried<At<EnrolmentRecord>>,
    /// 分流、撤并：学生转到其他学校。Pupils who go to another school.
    #[schemars(length(max = 5000))]
    pub(super) divert: List<DivertRecord>,
    /// 措施：补足缺口的办法。Measures: the ways of meeting needs.
    #[schemars(length(max = 2000))]
    pub(super) measure: List<MeasureRecord>,
    /// 资金：每年多少、能用在哪里。Funds: money by year and what it may pay.
    #[schemars(length(max = 5000))]
    pub(super) fund: List<FundRecord>,
    /// 政策约束。Policies.
    #[schemars(length(max = 500))]
    pub(super) policy: List<PolicyRecord>,
}
