//! `[[measure]]`: the ways of meeting needs.

use schemars::JsonSchema;
use serde::Deserialize;

use super::{ScopeRecord, Terms};
use crate::case::{Among, Lever, Measure, Most, Nature, Scope, Stage, Subsidy};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{COUNTS_WRONGLY, KEY_MISSING, KEY_OUT_OF_PLACE, OUT_OF_RANGE};
use crate::words::{Notices, ResourceIx};

/// The most units of another resource that one unit may count for: beyond it lies a slip of the pen.
const MOST_EACH: f64 = 1e9;

/// The part of a post that is shared where nothing else is said: a day a week.
const PART_OF_A_POST: f64 = 0.2;

/// 措施的种类。The kind of a measure.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq)]
#[serde(rename_all = "kebab-case")]
pub(in crate::read) enum KindRecord {
    /// 购置：一次付款，用 life 年。Buying: paid once, of use for `life` years.
    Buy,
    /// 建设：同购置，通常要提前 lead 年。Building: like buying, mostly with `lead` years before use.
    Build,
    /// 维修：同建设，只能修复学校现有而不可用的部分。Repair: like building, of what a school has and cannot use.
    Repair,
    /// 培训：同购置，只能培训 from 所列人员中尚不具备的。Training: like buying, of those in `from` who are not yet.
    Train,
    /// 招聘：以后每年都要付。Hiring: paid in every later year too.
    Hire,
    /// 资助：每年按人（或按金额）发放，当年有效。Aid to pupils: paid in each year for that year alone.
    Aid,
    /// 交流轮岗：在一个县内从一校到另一校，为期 term 年。Rotation inside a county for `term` years.
    Rotate,
    /// 走教：一名教师在同一片的两所学校任教，一年一定，按岗位的一部分计，付交通补助。A post shared by two schools of a circle for a
    /// year, in parts of a post; travel is paid.
    SharePost,
    /// 调剂：把一校富余的永久调给县内同学段的另一校，一次付运费。Moving what a school has to spare to another of the same
    /// county and stage for good; transport is paid once.
    Move,
}

impl KindRecord {
    fn word(self) -> &'static str {
        match self {
            KindRecord::Buy => "buy",
            KindRecord::Build => "build",
            KindRecord::Repair => "repair",
            KindRecord::Train => "train",
            KindRecord::Hire => "hire",
            KindRecord::Aid => "aid",
            KindRecord::Rotate => "rotate",
            KindRecord::SharePost => "share-post",
            KindRecord::Move => "move",
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
    /// 每单位同时计入的其他资源；“资源:数量”表示每单位计多少，不写数量为 1。Other resources in which each unit counts;
    /// `resource:units` says for how many, 1 when absent.
    #[serde(default)]
    also: Vec<At<String>>,
    /// 培训对象所属的资源（培训必填）。The resource of those who can be trained (required for training).
    from: Option<At<String>>,
    /// 单价（金额单位）；招聘、轮岗为每岗每年，资助为每年。Price of a unit in money units; per year for hiring, aid and rotation.
    #[schemars(range(min = 0, max = 1e15))]
    cost: At<f64>,
    /// 使用年限（购置、建设、维修、培训必填）。Years of use (required for buying, building, repair and training).
    #[schemars(range(min = 1, max = 200))]
    life: Option<At<usize>>,
    /// 从付款到可用的年数，默认 0（购置、建设、维修、培训）。Years from payment to use, 0 when absent (not for posts).
    #[schemars(range(min = 0, max = 30))]
    lead: Option<At<usize>>,
    /// 轮岗年数，默认 1（仅轮岗）。Years a post stays away, 1 when absent (rotation only).
    #[schemars(range(min = 1, max = 30))]
    term: Option<At<usize>>,
    /// 一次至少配多少，走教默认 0.2，即每周一天；其他默认为资源的最小单位（购置、建设、招聘、资助、走教）。The smallest amount handed out:
    /// of a shared post 0.2 when absent, a day a week; else the step of the resource (buying, building, hiring, aid, sharing).
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    step: Option<At<f64>>,
    /// 只在相距不超过这么多公里的学校之间（轮岗、走教、调剂）：由近到远合成片，片内任何两校都不超过。Only between schools so many km
    /// from each other (rotation, sharing, moving): they are gathered in circles, the nearest first, in which no two are farther apart.
    #[schemars(range(max = 40075), extend("exclusiveMinimum" = 0))]
    within: Option<At<f64>>,
    /// 只在同一结对、学区或教育集团的学校之间，默认 false（轮岗、走教、调剂；学校表须有 group 一列）。Only between schools of the same
    /// group; false when absent (rotation, sharing, moving; needs the column `group`).
    paired: Option<At<bool>>,
    /// 至多替代标准的这一比例，如远程同步课堂只能替代一部分教师；默认不限（购置、建设、招聘、资助）。The part of what the standard asks
    /// for that it may stand in for at most, such as remote lessons; all when absent (buying, building, hiring, aid).
    #[schemars(range(max = 1), extend("exclusiveMinimum" = 0))]
    part: Option<At<f64>>,
    /// 特岗等岗位每岗每年由上述资金以外补助的钱（金额单位，仅招聘）。What is paid towards a post and year from outside the
    /// funds, in money units, such as the state's subsidy of special posts (hiring only).
    #[schemars(range(min = 0, max = 1e15))]
    subsidy: Option<At<f64>>,
    /// 补助的年数，从招聘的那一年起，此后全由资金支付（有 subsidy 时必填）。Years of the subsidy, from the first of the post; after
    /// them the funds pay it all (required with `subsidy`).
    #[schemars(range(min = 1, max = 30))]
    subsidy_years: Option<At<usize>>,
    /// 一个项目的最小规模：一所学校一年里要么不办，要么至少办这么多；缺的不到一半时，除非规则要求，不办（轮岗、调剂除外）。The smallest
    /// project: at a school in a year either nothing or at least so many units; none where less than half of it is lacking,
    /// unless a rule demands it (not for rotation and moving).
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    least: Option<At<f64>>,
    /// 支出性质；购置、建设、维修默认资本性，培训、招聘、资助、轮岗、调剂默认经常性。Kind of spending; by the kind of measure when
    /// absent.
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
        let also = stated.also(resource, names, source, notices);
        let most = stated.most(this, names, source, notices);
        let scope = stated.scope(names, source, notices);
        let cost = terms.money("cost", &stated.cost, source, notices);
        let subsidy = stated.subsidy(this, terms, source, notices);
        let lever = lever?;
        let nature = stated.nature.unwrap_or(match lever {
            Lever::Buy { .. } if stated.kind.value != KindRecord::Train => Nature::Capital,
            Lever::Buy { .. }
            | Lever::Hire
            | Lever::Aid
            | Lever::Share
            | Lever::Rotate { .. }
            | Lever::Move => Nature::Recurrent,
        });
        Some(Measure {
            id: stated.id.value.clone(),
            name: stated.name.clone(),
            resource: resource?,
            also: also?,
            lever,
            most: most?,
            step: match (&stated.step, stated.kind.value) {
                (Some(step), _) => Some(step.value),
                (None, KindRecord::SharePost) => Some(PART_OF_A_POST),
                (None, _) => None,
            },
            among: Among::of(
                stated.paired.as_ref().is_some_and(|paired| paired.value),
                stated.within.as_ref().map(|within| within.value),
            ),
            least: stated.least.as_ref().map_or(0.0, |least| least.value),
            cost,
            subsidy: subsidy?,
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
        let buys = !matches!(
            kind,
            KindRecord::Hire
                | KindRecord::Aid
                | KindRecord::Rotate
                | KindRecord::SharePost
                | KindRecord::Move
        );
        let moves = matches!(
            kind,
            KindRecord::Rotate | KindRecord::SharePost | KindRecord::Move
        );
        let shares = kind == KindRecord::SharePost;
        let brings = !moves && !matches!(kind, KindRecord::Repair | KindRecord::Train);
        let hires = kind == KindRecord::Hire;
        let trains = kind == KindRecord::Train;
        let span = |value: &Option<At<usize>>| value.as_ref().map(|at| at.span.clone());
        let fits = [
            ("life", span(&self.life), buys),
            ("lead", span(&self.lead), buys),
            ("term", span(&self.term), kind == KindRecord::Rotate),
            (
                "subsidy",
                self.subsidy.as_ref().map(|at| at.span.clone()),
                hires,
            ),
            (
                "least",
                self.least.as_ref().map(|at| at.span.clone()),
                buys || hires,
            ),
            ("subsidy_years", span(&self.subsidy_years), hires),
            (
                "step",
                self.step.as_ref().map(|at| at.span.clone()),
                shares || brings,
            ),
            (
                "within",
                self.within.as_ref().map(|at| at.span.clone()),
                moves,
            ),
            (
                "paired",
                self.paired.as_ref().map(|at| at.span.clone()),
                moves,
            ),
            ("part", self.part.as_ref().map(|at| at.span.clone()), brings),
            ("from", self.from.as_ref().map(|at| at.span.clone()), trains),
        ];
        for (key, span, fits) in fits {
            if let Some(span) = span.filter(|_| !fits) {
                let notice = source.notice(KEY_OUT_OF_PLACE, &span);
                notices.push(notice.with(key).with(format!("kind = \"{}\"", kind.word())));
            }
        }
        let years =
            |value: &Option<At<usize>>, default| value.as_ref().map_or(default, |at| at.value);
        match kind {
            KindRecord::Hire => Some(Lever::Hire),
            KindRecord::Aid => Some(Lever::Aid),
            KindRecord::Move => Some(Lever::Move),
            KindRecord::SharePost => {
                if self.within.is_none() && self.paired.is_none() {
                    let notice = source.notice(KEY_MISSING, &this.span);
                    notices.push(notice.with("within").with("[[measure]]"));
                }
                Some(Lever::Share)
            }
            KindRecord::Rotate => Some(Lever::Rotate {
                term: years(&self.term, 1),
            }),
            KindRecord::Buy | KindRecord::Build | KindRecord::Repair | KindRecord::Train => {
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

    /// What is paid from outside the funds: no more than the price, and only with its years.
    fn subsidy(
        &self,
        this: &At<MeasureRecord>,
        terms: &Terms,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Option<Subsidy>> {
        // Out of place elsewhere, which has been said.
        if self.kind.value != KindRecord::Hire {
            return Some(None);
        }
        let (each, years) = match (&self.subsidy, &self.subsidy_years) {
            (None, None) => return Some(None),
            (Some(each), Some(years)) => (each, years),
            (one, _) => {
                let missing = if one.is_none() {
                    "subsidy"
                } else {
                    "subsidy_years"
                };
                let notice = source.notice(KEY_MISSING, &this.span);
                notices.push(notice.with(missing).with("[[measure]]"));
                return None;
            }
        };
        if each.value > self.cost.value {
            let notice = source.notice(OUT_OF_RANGE, &each.span);
            notices.push(
                notice
                    .with("subsidy")
                    .with(format!("≤ {}", self.cost.value)),
            );
            return None;
        }
        Some(Some(Subsidy {
            each: terms.money("subsidy", each, source, notices),
            years: years.value,
        }))
    }

    /// The other resources in which a unit counts; a resource that is named twice is reported.
    fn also(
        &self,
        own: Option<ResourceIx>,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Vec<(ResourceIx, f64)>> {
        let mut also: Vec<(ResourceIx, f64)> = Vec::new();
        let mut sound = true;
        for stated in &self.also {
            let (name, units) = match stated.value.rsplit_once([':', '：']) {
                Some((name, units)) => (name.trim(), units.trim().parse().ok()),
                None => (stated.value.trim(), Some(1.0)),
            };
            let name = At {
                value: name.to_string(),
                span: stated.span.clone(),
            };
            let Some(resource) = names.resources.one(&name, source, notices) else {
                sound = false;
                continue;
            };
            let units = units.filter(|units: &f64| *units > 0.0 && *units <= MOST_EACH);
            let twice = own == Some(resource) || also.iter().any(|(other, _)| *other == resource);
            match units.filter(|_| !twice) {
                Some(units) => also.push((resource, units)),
                None => {
                    sound = false;
                    let notice = source.notice(COUNTS_WRONGLY, &stated.span);
                    notices.push(notice.with(&stated.value));
                }
            }
        }
        sound.then_some(also)
    }

    /// How much of it a school has use for; training without `from` is reported.
    fn most(
        &self,
        this: &At<MeasureRecord>,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Most> {
        match (self.kind.value, &self.from) {
            (KindRecord::Repair, _) => Some(Most::Unusable),
            (KindRecord::Train, Some(from)) => {
                let from = names.resources.one(from, source, notices);
                from.map(Most::NotYet)
            }
            (KindRecord::Train, None) => {
                let notice = source.notice(KEY_MISSING, &this.span);
                notices.push(notice.with("from").with("[[measure]]"));
                None
            }
            _ => Some(match &self.part {
                Some(part) => Most::PartOf(part.value),
                None => Most::Needed,
            }),
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
