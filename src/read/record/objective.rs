//! `[objective]`: how shortfalls are weighed against each other.

use schemars::JsonSchema;
use serde::Deserialize;

use super::ScopeRecord;
use crate::case::{Band, Count, First, Objective, Stage, Tilt};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::{BAND_WEIGHTS, BANDS_ORDER};

/// 目标。The objective.
#[derive(Deserialize, JsonSchema, Default)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ObjectiveRecord {
    /// 按学生数还是按学校数计权，默认学生数。Whether pupils or schools are counted; pupils when absent.
    count: Option<Count>,
    /// 先做到什么：总缺口最小（gap，默认），或先逐级提高最低的学校、再使总缺口最小（leximin）。What comes first: the smallest
    /// total gap (gap, when absent), or the lowest school, then the next lowest, then the total gap (leximin).
    first: Option<First>,
    /// 缺口分段：自低到高，权重不增，最后一段到 1。Severity bands: rising, weights never rising, the last ends at 1.
    #[schemars(length(max = 20))]
    bands: Option<At<Vec<BandRecord>>>,
    /// 倾斜：给一部分学校更大的权重。Tilts: more weight for some schools.
    #[schemars(length(max = 500))]
    tilt: Vec<At<TiltRecord>>,
}

/// 缺口的一段。A severity band.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct BandRecord {
    /// 上界，占标准的比例。Upper edge as a share of the standard.
    #[schemars(range(max = 1), extend("exclusiveMinimum" = 0))]
    below: At<f64>,
    /// 这一段缺口的权重。Weight of a shortfall inside the band.
    #[schemars(range(min = 0, max = 1e6))]
    weight: At<f64>,
}

/// 倾斜。A tilt.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct TiltRecord {
    /// 权重，1 为不倾斜。Weight, 1 for none.
    #[schemars(range(min = 0, max = 1e6))]
    weight: f64,
    /// 这些学段的学校。Schools of these stages.
    #[serde(default)]
    stages: Vec<Stage>,
    /// 这些城乡类型的学校。Schools in these kinds of area.
    #[serde(default)]
    areas: Vec<At<String>>,
    /// 这些省份的学校。Schools of these provinces.
    #[serde(default)]
    provinces: Vec<At<String>>,
    /// 这些县区的学校。Schools of these counties.
    #[serde(default)]
    counties: Vec<At<String>>,
    /// 这些学校（代码）。These schools, by code.
    #[serde(default)]
    schools: Vec<At<String>>,
}

impl ObjectiveRecord {
    /// The objective; a tilt that names something unknown is reported and left out.
    pub(in crate::read) fn build(
        &self,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Objective {
        let tilts: Vec<Option<Tilt>> = self
            .tilt
            .iter()
            .map(|tilt| tilt.value.build(names, source, notices))
            .collect();
        Objective {
            count: self.count.unwrap_or(Count::Pupils),
            tilts: tilts.into_iter().flatten().collect(),
            first: self.first.unwrap_or_default(),
            bands: self
                .bands
                .as_ref()
                .map(|stated| bands(stated, source, notices))
                .unwrap_or_default(),
        }
    }
}

impl TiltRecord {
    /// The tilt, `None` when it names something unknown.
    pub(in crate::read) fn build(
        &self,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Tilt> {
        let record = ScopeRecord {
            stages: self.stages.clone(),
            areas: self.areas.clone(),
            provinces: self.provinces.clone(),
            counties: self.counties.clone(),
            schools: self.schools.clone(),
            ..ScopeRecord::default()
        };
        Some(Tilt {
            scope: record.build(names, source, notices)?,
            weight: self.weight,
        })
    }
}

/// The severity bands; bands that do not rise to 1 or whose weights rise are reported.
pub(in crate::read) fn bands(
    stated: &At<Vec<BandRecord>>,
    source: &Source,
    notices: &mut Notices,
) -> Vec<Band> {
    for pair in stated.value.windows(2) {
        if pair[1].below.value <= pair[0].below.value {
            notices.push(source.notice(BANDS_ORDER, &pair[1].below.span));
        }
        if pair[1].weight.value > pair[0].weight.value {
            notices.push(source.notice(BAND_WEIGHTS, &pair[1].weight.span));
        }
    }
    if let Some(last) = stated.value.last().filter(|last| last.below.value < 1.0) {
        notices.push(source.notice(BANDS_ORDER, &last.below.span));
    }
    stated
        .value
        .iter()
        .map(|band| Band {
            below: band.below.value,
            weight: band.weight.value,
        })
        .collect()
}
