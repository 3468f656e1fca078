//! What a rule speaks of, by names; shared by funds, measures, policies and tilts.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::case::{Nature, Scope, Stage};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::Notices;

/// 范围；不写的项表示不限。A part of the case; what is absent means any.
#[derive(Deserialize, JsonSchema, Default, Clone)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ScopeRecord {
    /// 这些资源。These resources.
    pub(in crate::read) resources: Vec<At<String>>,
    /// 这些措施。These measures.
    pub(in crate::read) measures: Vec<At<String>>,
    /// 这些性质的支出。These kinds of spending.
    pub(in crate::read) natures: Vec<Nature>,
    /// 这些学段的学校。Schools of these stages.
    pub(in crate::read) stages: Vec<Stage>,
    /// 这些城乡类型的学校。Schools in these kinds of area.
    pub(in crate::read) areas: Vec<At<String>>,
    /// 这些省份的学校。Schools of these provinces.
    pub(in crate::read) provinces: Vec<At<String>>,
    /// 这些县区的学校；几个省有同名县时写“省/县”。Schools of these counties; "province/county" where provinces share a name.
    pub(in crate::read) counties: Vec<At<String>>,
    /// 这些学校（代码）。These schools, by code.
    pub(in crate::read) schools: Vec<At<String>>,
}

impl ScopeRecord {
    /// The scope, `None` when a name is not known; every unknown name is reported.
    pub(in crate::read) fn build(
        &self,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Scope> {
        let resources = names.resources.all(&self.resources, source, notices);
        let measures = names.measures.all(&self.measures, source, notices);
        let areas = names.areas.all(&self.areas, source, notices);
        let provinces = names.provinces.all(&self.provinces, source, notices);
        let counties = names.counties.all(&self.counties, source, notices);
        let schools = names.schools.all(&self.schools, source, notices);
        Some(Scope {
            resources: resources?,
            measures: measures?,
            natures: self.natures.clone(),
            stages: self.stages.clone(),
            areas: areas?,
            provinces: provinces?,
            counties: counties?,
            schools: schools?,
        })
    }
}
