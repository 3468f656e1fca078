//! `[standard]`: how much of each resource there should be, and what passes.

use schemars::JsonSchema;
use serde::Deserialize;

use crate::case::{BySection, Compliance, CvLimit, Norm, NormBasis, RotationGoal, SizeLimits};
use crate::read::at::At;
use crate::read::names::Names;
use crate::read::source::Source;
use crate::words::catalogue::{
    KEY_MISSING, KEY_OUT_OF_PLACE, KEYS_EXCLUDE, NORM_TABLE_ORDER, NOT_EXACTLY_ONE,
};
use crate::words::{Notices, ResourceIx};

/// 标准。A standard.
#[derive(Deserialize, JsonSchema, Default, Clone)]
#[serde(default)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct StandardRecord {
    /// 使用程序自带的标准：quality-balance-2017 或 basic-balance-2012。A set shipped in the program, by name.
    #[serde(rename = "use")]
    #[schemars(rename = "use")]
    pub(in crate::read) set: Option<At<String>>,
    /// 名称；没有时用所选标准的名称。Name; that of the set when absent.
    pub(in crate::read) name: Option<String>,
    /// 在校生少于此数的学校不参加达标和差异系数的计算，默认 50。
    /// Schools with fewer pupils are left out of compliance and coefficients; 50 when absent.
    #[schemars(range(min = 0, max = 1e5))]
    pub(in crate::read) small_school: Option<f64>,
    /// 九年一贯制学校分摊共用资源时，一名初中生折合几名小学生，默认 1.1。
    /// What a junior pupil counts for when a nine-year school's stock is split; 1.1 when absent.
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    pub(in crate::read) junior_share: Option<At<f64>>,
    /// 参加达标和差异系数计算的资源；没有时为所选标准自己的指标，另加的标准值只计缺口。
    /// The resources that count for compliance and coefficients; those of the set when absent, so that further norms
    /// are planned for and not judged.
    pub(in crate::read) indicators: Option<At<Vec<At<String>>>>,
    /// 各资源的标准值；与所选标准相同的资源以这里为准。Norms; for a resource that the set has too, this one holds.
    #[schemars(length(max = 500))]
    pub(in crate::read) norm: Vec<At<NormRecord>>,
    /// 怎样算达标。What passes.
    pub(in crate::read) compliance: Option<At<ComplianceRecord>>,
    /// 差异系数上限。Limits on the coefficient of variation.
    pub(in crate::read) cv: Option<CvRecord>,
    /// 班额和学校规模的上限；没有时用所选标准的。Limits on the size of classes and schools; those of the set when absent.
    pub(in crate::read) size: Option<SizeRecord>,
    /// 每年交流轮岗的要求；没有时用所选标准的。How many teachers are to rotate each year; that of the set when absent.
    pub(in crate::read) rotation: Option<RotationRecord>,
}

/// 每年交流轮岗的要求。How many teachers are to rotate each year.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct RotationRecord {
    /// 教师的资源代码。The resource of the teachers.
    teachers: At<String>,
    /// 每年开始交流的教师至少占教师的比例。The least part of them that begins a rotation in each year.
    #[schemars(range(min = 0, max = 1))]
    least: f64,
    /// 骨干教师的资源代码。The resource of the backbone teachers.
    backbone: Option<At<String>>,
    /// 骨干教师至少占交流教师的比例，默认 0。The least part of those who rotate that they are; 0 when absent.
    #[schemars(range(min = 0, max = 1))]
    backbone_least: Option<f64>,
}

impl RotationRecord {
    /// The goal; the resources are found by `known`. `None` where the teachers are not among them.
    pub(in crate::read) fn build(
        &self,
        mut known: impl FnMut(&At<String>) -> Option<ResourceIx>,
    ) -> Option<RotationGoal> {
        let backbone = self.backbone.as_ref().and_then(&mut known);
        Some(RotationGoal {
            teachers: known(&self.teachers)?,
            least: self.least,
            backbone: backbone.map(|at| (at, self.backbone_least.unwrap_or(0.0))),
        })
    }
}

/// 班额和学校规模的上限（在校生数）。Limits on the size of classes and schools, in pupils.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct SizeRecord {
    /// 小学班额上限。The most pupils of a primary class.
    #[schemars(range(min = 1, max = 1000))]
    class_primary: Option<f64>,
    /// 初中班额上限。The most pupils of a junior class.
    #[schemars(range(min = 1, max = 1000))]
    class_junior: Option<f64>,
    /// 小学、初中学校规模上限。The most pupils of a school of one stage.
    #[schemars(range(min = 1, max = 1e5))]
    school: Option<f64>,
    /// 九年一贯制学校规模上限。The most pupils of a school of both stages.
    #[schemars(range(min = 1, max = 1e5))]
    through_school: Option<f64>,
}

impl SizeRecord {
    /// The limits.
    pub(in crate::read) fn build(&self) -> SizeLimits {
        SizeLimits {
            class: BySection {
                primary: self.class_primary,
                junior: self.class_junior,
            },
            school: self.school,
            through_school: self.through_school,
        }
    }
}

/// 标准值按什么计。What a norm is counted by.
#[derive(Deserialize, JsonSchema, Clone, Copy, PartialEq, Eq, Debug)]
#[serde(rename_all = "kebab-case")]
pub(in crate::read) enum PerRecord {
    /// 每名学生。Per pupil.
    Pupil,
    /// 每百名学生。Per 100 pupils.
    #[serde(rename = "100-pupils")]
    HundredPupils,
    /// 每班。Per class.
    Class,
    /// 每若干班（不足的按一份计）。Per so many classes or part of them.
    ClassesOrPart,
    /// 每班，班数按班额上限折算：现有班数会超班额的，按够分的班数。Per class, of as many as keep within the size of classes.
    ClassWithinSize,
    /// 每名寄宿生。Per boarder.
    Boarder,
    /// 每名家庭经济困难学生。Per pupil with a claim to aid.
    PoorPupil,
    /// 每校。Per school.
    School,
    /// 按在校生规模分档。By enrolment.
    Enrolment,
}

impl PerRecord {
    fn word(self) -> &'static str {
        match self {
            PerRecord::Pupil => "pupil",
            PerRecord::HundredPupils => "100-pupils",
            PerRecord::Class => "class",
            PerRecord::ClassesOrPart => "classes-or-part",
            PerRecord::ClassWithinSize => "class-within-size",
            PerRecord::Boarder => "boarder",
            PerRecord::PoorPupil => "poor-pupil",
            PerRecord::School => "school",
            PerRecord::Enrolment => "enrolment",
        }
    }
}

/// 一样资源的标准值。The norm of one resource.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct NormRecord {
    /// 资源。The resource.
    pub(in crate::read) resource: At<String>,
    /// 按什么计。What it is counted by.
    per: Option<At<PerRecord>>,
    /// 小学的标准值。Units for the primary section.
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    primary: Option<At<f64>>,
    /// 初中的标准值。Units for the junior section.
    #[schemars(range(max = 1e9), extend("exclusiveMinimum" = 0))]
    junior: Option<At<f64>>,
    /// 每几个班（仅 classes-or-part）。Per how many classes (classes-or-part only).
    #[schemars(range(min = 1, max = 1000))]
    classes: Option<At<f64>>,
    /// 小学每名寄宿的困难学生另加多少（仅 poor-pupil）。Units more for a poor primary pupil who boards (poor-pupil only).
    #[schemars(range(min = 0, max = 1e9))]
    boarder_primary: Option<At<f64>>,
    /// 初中每名寄宿的困难学生另加多少（仅 poor-pupil）。Units more for a poor junior pupil who boards (poor-pupil only).
    #[schemars(range(min = 0, max = 1e9))]
    boarder_junior: Option<At<f64>>,
    /// 按规模分档：每档的人数上限和数量，人数自小到大；超过最后一档按最后一档（仅 enrolment）。
    /// Rows by enrolment, rising; the last row holds above too (enrolment only).
    #[schemars(length(min = 1, max = 1000))]
    table: Option<At<Vec<RowRecord>>>,
    /// 写 true 表示取消所选标准对这一资源的要求。True takes the set's norm for this resource away.
    #[serde(default)]
    none: bool,
}

/// 一档规模。A row by enrolment.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct RowRecord {
    /// 在校生上限。Pupils at most.
    #[schemars(range(max = 1e6), extend("exclusiveMinimum" = 0))]
    up_to: At<f64>,
    /// 数量。Units.
    #[schemars(range(min = 0, max = 1e9))]
    amount: f64,
}

/// 怎样算达标：三种写法任选一种。What passes: exactly one of three shapes.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct ComplianceRecord {
    /// 至少几项达标。At least this many indicators met.
    #[schemars(range(min = 1, max = 500))]
    at_least: Option<At<usize>>,
    /// 其余各项至少达到标准的这一比例（与 at_least 合用），默认 0。
    /// Share of its norm each other indicator must reach (with at_least); 0 when absent.
    #[schemars(range(min = 0, max = 1))]
    rest: Option<At<f64>>,
    /// 至多几项不达标。At most this many indicators failed.
    #[schemars(range(min = 0, max = 500))]
    at_most_failed: Option<At<usize>>,
    /// 这些项全部达标。All of these met.
    all_of: Option<At<Vec<At<String>>>>,
}

/// 差异系数上限。Limits on the coefficient of variation.
#[derive(Deserialize, JsonSchema, Clone)]
#[schemars(deny_unknown_fields)]
pub(in crate::read) struct CvRecord {
    /// true 为综合差异系数（各项平均），false 为每一项，默认 false。
    /// True for the plain mean of all indicators, false for each of them; false when absent.
    #[serde(default)]
    composite: bool,
    /// 小学上限。Limit for the primary section.
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    primary: f64,
    /// 初中上限。Limit for the junior section.
    #[schemars(range(max = 10), extend("exclusiveMinimum" = 0))]
    junior: f64,
}

impl CvRecord {
    /// The limit.
    pub(in crate::read) fn build(&self) -> CvLimit {
        CvLimit {
            limit: BySection {
                primary: self.primary,
                junior: self.junior,
            },
            composite: self.composite,
        }
    }
}

impl ComplianceRecord {
    /// The rule, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        this: &At<ComplianceRecord>,
        names: &Names,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Compliance> {
        let stated = &this.value;
        if let Some(rest) = stated.rest.as_ref().filter(|_| stated.at_least.is_none()) {
            notices.push(
                source
                    .notice(KEY_OUT_OF_PLACE, &rest.span)
                    .with("rest")
                    .with("`at_least`: —"),
            );
        }
        let rest = stated.rest.as_ref().map_or(0.0, |rest| rest.value);
        match (&stated.at_least, &stated.at_most_failed, &stated.all_of) {
            (Some(met), None, None) => Some(Compliance::AtLeast {
                met: met.value,
                rest,
            }),
            (None, Some(failed), None) => Some(Compliance::AtMostFailed(failed.value)),
            (None, None, Some(all)) => names
                .resources
                .all(&all.value, source, notices)
                .map(Compliance::All),
            _ => {
                let keys = "`at_least` / `at_most_failed` / `all_of`";
                notices.push(source.notice(NOT_EXACTLY_ONE, &this.span).with(keys));
                None
            }
        }
    }
}

impl NormRecord {
    /// The norm, `Some(None)` when it is taken away, `None` when it cannot be understood.
    pub(in crate::read) fn build(
        this: &At<NormRecord>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Option<Norm>> {
        let stated = &this.value;
        if stated.none {
            if let Some(per) = &stated.per {
                notices.push(
                    source
                        .notice(KEYS_EXCLUDE, &per.span)
                        .with("`per`")
                        .with("`none`"),
                );
            }
            return Some(None);
        }
        let Some(per) = stated.per.as_ref().map(|per| per.value) else {
            notices.push(
                source
                    .notice(KEY_MISSING, &this.span)
                    .with("per")
                    .with("[[standard.norm]]"),
            );
            return None;
        };
        stated.report_out_of_place(per, source, notices);
        let amount = BySection {
            primary: stated.primary.as_ref().map(|at| at.value),
            junior: stated.junior.as_ref().map(|at| at.value),
        };
        let missing = match per {
            PerRecord::Enrolment => stated.table.is_none().then_some("table"),
            _ if amount.primary.is_none() && amount.junior.is_none() => Some("primary"),
            PerRecord::ClassesOrPart => stated.classes.is_none().then_some("classes"),
            _ => None,
        };
        if let Some(key) = missing {
            notices.push(
                source
                    .notice(KEY_MISSING, &this.span)
                    .with(key)
                    .with("[[standard.norm]]"),
            );
            return None;
        }
        Some(Some(Norm {
            basis: stated.basis(per, source, notices),
            amount,
        }))
    }

    fn report_out_of_place(&self, per: PerRecord, source: &Source, notices: &mut Notices) {
        let by_enrolment = per == PerRecord::Enrolment;
        let stated = [
            (
                "primary",
                self.primary.as_ref().map(|at| &at.span),
                !by_enrolment,
            ),
            (
                "junior",
                self.junior.as_ref().map(|at| &at.span),
                !by_enrolment,
            ),
            (
                "classes",
                self.classes.as_ref().map(|at| &at.span),
                per == PerRecord::ClassesOrPart,
            ),
            (
                "boarder_primary",
                self.boarder_primary.as_ref().map(|at| &at.span),
                per == PerRecord::PoorPupil,
            ),
            (
                "boarder_junior",
                self.boarder_junior.as_ref().map(|at| &at.span),
                per == PerRecord::PoorPupil,
            ),
            (
                "table",
                self.table.as_ref().map(|at| &at.span),
                by_enrolment,
            ),
        ];
        for (key, span, fits) in stated {
            if let Some(span) = span.filter(|_| !fits) {
                let notice = source.notice(KEY_OUT_OF_PLACE, span);
                notices.push(notice.with(key).with(format!("per = \"{}\"", per.word())));
            }
        }
    }

    fn basis(&self, per: PerRecord, source: &Source, notices: &mut Notices) -> NormBasis {
        match per {
            PerRecord::Pupil => NormBasis::Pupil,
            PerRecord::HundredPupils => NormBasis::HundredPupils,
            PerRecord::Class => NormBasis::Class,
            PerRecord::School => NormBasis::School,
            PerRecord::ClassWithinSize => NormBasis::ClassWithinSize,
            PerRecord::Boarder => NormBasis::Boarder,
            PerRecord::PoorPupil => NormBasis::PoorPupil {
                boarder: BySection {
                    primary: self.boarder_primary.as_ref().map(|more| more.value),
                    junior: self.boarder_junior.as_ref().map(|more| more.value),
                },
            },
            PerRecord::ClassesOrPart => {
                NormBasis::ClassesOrPart(self.classes.as_ref().map_or(1.0, |classes| classes.value))
            }
            PerRecord::Enrolment => {
                let rows = self.table.as_ref().map_or(&[][..], |table| &table.value);
                for pair in rows
                    .windows(2)
                    .filter(|pair| pair[1].up_to.value <= pair[0].up_to.value)
                {
                    notices.push(source.notice(NORM_TABLE_ORDER, &pair[1].up_to.span));
                }
                NormBasis::Enrolment(
                    rows.iter()
                        .map(|row| (row.up_to.value, row.amount))
                        .collect(),
                )
            }
        }
    }
}

/// A set of norms shipped in the program: a standard with the names and notes that a case does not need.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::read) struct SetFile {
    /// The Chinese name.
    pub(in crate::read) name_zh: String,
    /// The English name.
    pub(in crate::read) name_en: String,
    /// Indicators for which the case has to state norms itself; empty when the set is complete.
    #[serde(default)]
    pub(in crate::read) asks_for: Vec<String>,
    /// The standard itself, as a case would state it.
    pub(in crate::read) standard: StandardRecord,
}
