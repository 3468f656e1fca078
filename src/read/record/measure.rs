//! `[[measure]]`: the ways of meeting needs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScopeRecord, Terms};
use crate::case::{Lever, Measure, Nature, Scope, Stage};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::Notices;
use crate::words::catalogue::{KEY_MISSING, KEY_OUT_OF_PLACE};

/// 措施的种类。The kind of a measure.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(in crate::read) enum KindRecord {
    /// 购置：一次付款，用 life 年。Buying: paid once, of use for `life` years.
    Buy,
    /// 建设：同购置，通常要提前 lead 年。Building: like buying, mostly with `lead` years before use.
    Build,
    /// 招聘：以后每年都要付。Hiring: paid in every later year too.
    Hire,
    /// 交流轮岗：在一个县内从一校到另一校，为期 term 年。Rotation inside a county for `term` years.
    Rotate,
}

impl KindRecord {
    fn word(self) -> &'static str {
        match self {
            KindRecord::Buy => "buy",
            KindRecord::Build => "build",
            KindRecord::Hire => "hire",
            KindRecord::Rotate => "rotate",
        }
    }
}

/// 措施。A measure.
#[derive(Deserialize, JsonSchema)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct MeasureRecord {
    /// 代码，供本文件其他处引用。Code by which the rest of the file names it.
    #[schemars(length(min = 1))]
    pub(in crate::read) id: At<String>,
    /// 名称。Name.
    #[schemars(length(min = 1))]
    name: String,
    /// 种类。Kind.
    kind: At<KindRecord>,
    /// 补充的资源。The resource it supplies.
    resource: At<String>,
    /// 单价（金额单位）；招聘、轮岗为每岗每年。Price of a unit in money units; per year for hiring and rotation.
    #[schemars(range(min = 0, max = 1e15))]
    cost: At<f64>,
    /// 使用年限（购置、建设必填）。Years of use (required for buying and building).
    #[schemars(range(min = 1, max = 200))]
    life: Option<At<usize>>,
    /// 从付款到可用的年数，默认 0（购置、建设）。Years from payment to use, 0 when absent (buying, building).
    #[schemars(range(min = 0, max = 30))]
    lead: Option<At<usize>>,
    /// 轮岗年数，默认 1（仅轮岗）。Years a post stays away, 1 when absent (rotation only).
    #[schemars(range(min = 1, max = 30))]
    term: Option<At<usize>>,
    /// 支出性质；购置、建设默认资本性，招聘、轮岗默认经常性。Kind of spending; by the kind of measure when absent.
    nature: Option<Nature>,
    /// 责任单位。Who carries it out.
    #[schemars(length(min = 1))]
    body: String,
    /// 只用于这些学段。Only for schools of these stages.
    #[serde(default)]
    stages: Vec<Stage>,
    /// 只用于这些城乡类型。Only for schools in these kinds of area.
    #[serde(default)]
    areas: Vec<At<String>>,
    /// 只用于这些省份。Only for schools of these provinces.
    #[serde(default)]
    provinces: Vec<At<String>>,
    /// 只用于这些县区。Only for schools of these counties.
    #[serde(default)]
    counties: Vec<At<String>>,
    /// 只用于这些学校（代码）。Only for these schools, by code.
    #[serde(default)]
    schools: Vec<At<String>>,
}

impl MeasureRecord {
    /// The measure, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        this: &At<MeasureRecord>,
        terms: &Terms,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Measure> {
        let stated = &this.value;
        let resource = names.resources.one(&stated.resource, source, notices);
        let lever = stated.lever(this, source, notices);
        let scope = stated.scope(names, source, notices);
        let cost = terms.money("cost", &stated.cost, source, notices);
        let lever = lever?;
        let nature = stated.nature.unwrap_or(match lever {
            Lever::Buy { .. } => Nature::Capital,
            Lever::Hire | Lever::Rotate { .. } => Nature::Recurrent,
        });
        Some(Measure {
            id: stated.id.value.clone(),
            name: stated.name.clone(),
            resource: resource?,
            lever,
            cost,
            nature,
            body: stated.body.clone(),
            scope: scope?,
        })
    }

    fn lever(
        &self,
        this: &At<MeasureRecord>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Lever> {
        let kind = self.kind.value;
        let buys = matches!(kind, KindRecord::Buy | KindRecord::Build);
        let fits = [
            ("life", &self.life, buys),
            ("lead", &self.lead, buys),
            ("term", &self.term, kind == KindRecord::Rotate),
        ];
        for (key, value, fits) in fits {
            if let Some(value) = value.as_ref().filter(|_| !fits) {
                let notice = source.notice(KEY_OUT_OF_PLACE, &value.span);
                notices.push(notice.with(key).with(format!("kind = \"{}\"", kind.word())));
            }
        }
        let years =
            |value: &Option<At<usize>>, default| value.as_ref().map_or(default, |at| at.value);
        match kind {
            KindRecord::Hire => Some(Lever::Hire),
            KindRecord::Rotate => Some(Lever::Rotate {
                term: years(&self.term, 1),
            }),
            KindRecord::Buy | KindRecord::Build => {
                if self.life.is_none() {
                    notices.push(
                        source
                            .notice(KEY_MISSING, &this.span)
                            .with("life")
                            .with("[[measure]]"),
                    );
                }
                Some(Lever::Buy {
                    lead: years(&self.lead, 0),
                    life: self.life.as_ref()?.value,
                })
            }
        }
    }

    fn scope(&self, names: &Names, source: &Source, notices: &mut Notices) -> Option<Scope> {
        let record = ScopeRecord {
            stages: self.stages.clone(),
            areas: self.areas.clone(),
            provinces: self.provinces.clone(),
            counties: self.counties.clone(),
            schools: self.schools.clone(),
            ..ScopeRecord::default()
        };
        record.build(names, source, notices)
    }
}
