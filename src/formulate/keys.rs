//! What the rows and columns of a program mean.

use crate::case::county::OF;
use crate::case::{Case, Circle, Each, Rule, Section};
use crate::words::{CountyIx, FundIx, MeasureIx, PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What a column decides.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ColKey {
    /// Units short in a period, within a severity band (position from the lowest band up).
    Short {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The period.
        period: YearIx,
        /// The severity band.
        band: usize,
    },
    /// Units a measure started in a year brings to a school.
    Supply {
        /// The school.
        school: SchoolIx,
        /// The measure.
        measure: MeasureIx,
        /// The plan year in which it starts.
        year: YearIx,
    },
    /// Posts a rotation started in a year takes from a school.
    Give {
        /// The school.
        school: SchoolIx,
        /// The rotation.
        measure: MeasureIx,
        /// The plan year in which it starts.
        year: YearIx,
    },
    /// Posts that change places one against one inside a pool, among schools of which the same quotas speak: they
    /// fill these and leave every stock as it is.
    Exchange {
        /// The first of the schools, which tells them from those of every other [`super::Exchanging`].
        first: SchoolIx,
        /// The rotation.
        measure: MeasureIx,
        /// The schools among which they move.
        circle: Circle,
        /// The spending class of the allowances.
        class: Option<usize>,
        /// The plan year.
        year: YearIx,
    },
    /// Units of an earlier plan that are kept where they were.
    Kept {
        /// The rule that asks for it.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// The measure.
        measure: MeasureIx,
        /// The plan year in which it starts.
        year: YearIx,
    },
    /// Units that a school has in a plan year, where a rule compares schools.
    Stock {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The plan year.
        year: YearIx,
    },
    /// Units by which an indicator stays below its norm, where it is open which do.
    Below {
        /// The rule.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// Which section of it.
        section: Section,
        /// The indicator.
        resource: ResourceIx,
        /// The plan year.
        year: YearIx,
    },
    /// Main units of money a fund pays for a spending class in a period.
    Pay {
        /// The fund.
        fund: FundIx,
        /// The spending class.
        class: usize,
        /// The period.
        period: YearIx,
    },
}

/// What a row says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RowKey {
    /// What a school has and gets, and what stays short, is at least what the standard asks in a period.
    Need {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The period.
        period: YearIx,
    },
    /// What wears out is not bought anew while it is in use: no more than the largest need in a plan year.
    Ceiling {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The plan year.
        period: YearIx,
    },
    /// No more of a measure than a school has use for: mended is what is broken, trained is who is not yet.
    Most {
        /// The school.
        school: SchoolIx,
        /// The measure.
        measure: MeasureIx,
    },
    /// Posts that arrive in a pool are posts that leave others of it.
    Pool {
        /// The rotation.
        measure: MeasureIx,
        /// The schools among which they move.
        circle: Circle,
        /// The plan year.
        year: YearIx,
    },
    /// What a spending class costs in a period is paid by the funds that may.
    Class {
        /// The spending class.
        class: usize,
        /// The period.
        period: YearIx,
    },
    /// A fund pays no more than there is: in the period, or up to it when what is left may be carried over.
    Fund {
        /// The fund.
        fund: FundIx,
        /// The period.
        period: YearIx,
    },
    /// What a school may still lack where a target says what part of its standard it is to have.
    Target {
        /// The rule.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The plan year.
        year: YearIx,
    },
    /// What a school may still lack in the last plan year, so that no school falls behind the lowest that can be reached.
    Floor {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
    },
    /// What a school has in a plan year is what there was and what it gets, less what it gives.
    Stock {
        /// The school.
        school: SchoolIx,
        /// The resource.
        resource: ResourceIx,
        /// The plan year.
        year: YearIx,
    },
    /// An indicator has its norm, but for what stays below it.
    Indicator {
        /// The rule.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// Which section of it.
        section: Section,
        /// The indicator.
        resource: ResourceIx,
        /// The plan year.
        year: YearIx,
    },
    /// No more indicators of a school stay below their norm than may.
    Indicators {
        /// The rule.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// Which section of it.
        section: Section,
        /// The plan year.
        year: YearIx,
    },
    /// A tangent of a limit on differences: every plan that keeps the limit keeps it.
    Differences {
        /// The rule.
        policy: PolicyIx,
        /// The county whose schools are compared; `None` for all.
        county: Option<CountyIx>,
        /// Which section of them.
        section: Section,
        /// The plan year.
        year: YearIx,
        /// The resource; `None` for the mean over several.
        resource: Option<ResourceIx>,
    },
    /// A share rule, in one year or (None) over the plan.
    Share {
        /// The rule.
        policy: PolicyIx,
        /// The plan year.
        year: Option<YearIx>,
    },
    /// No more of an earlier plan is kept at a place than there is.
    Kept {
        /// The rule that asks for it.
        policy: PolicyIx,
        /// The school.
        school: SchoolIx,
        /// The measure.
        measure: MeasureIx,
        /// The plan year in which it starts.
        year: YearIx,
    },
    /// What of an earlier plan's money is kept at least.
    Stay {
        /// The rule.
        policy: PolicyIx,
    },
    /// A quota, in one year or over the plan, in one place or over all.
    Quota {
        /// The rule.
        policy: PolicyIx,
        /// The plan year.
        year: Option<YearIx>,
        /// The first school of the place, which stands for it.
        place: Option<SchoolIx>,
    },
}

impl RowKey {
    /// The period it speaks of; `None` where it speaks of the whole plan.
    pub fn period(&self) -> Option<YearIx> {
        match *self {
            RowKey::Need { period, .. }
            | RowKey::Ceiling { period, .. }
            | RowKey::Class { period, .. }
            | RowKey::Fund { period, .. } => Some(period),
            RowKey::Pool { year, .. }
            | RowKey::Target { year, .. }
            | RowKey::Kept { year, .. }
            | RowKey::Stock { year, .. }
            | RowKey::Indicator { year, .. }
            | RowKey::Indicators { year, .. }
            | RowKey::Differences { year, .. } => Some(year),
            RowKey::Share { year, .. } | RowKey::Quota { year, .. } => year,
            RowKey::Most { .. } | RowKey::Stay { .. } | RowKey::Floor { .. } => None,
        }
    }

    /// The row in words, Chinese and English.
    pub fn words(&self, case: &Case) -> (String, String) {
        let year = |period: YearIx| {
            if case.horizon.is_terminal(period) {
                ("规划期后".to_string(), "after the plan".to_string())
            } else {
                let calendar = case.horizon.calendar(period);
                (format!("{calendar}年"), calendar.to_string())
            }
        };
        match *self {
            RowKey::Need {
                school,
                resource,
                period,
            } => {
                let (zh, en) = year(period);
                let (school, resource) =
                    (&case.schools[school].name, &case.resources[resource].name);
                (
                    format!("{school}的{resource}{zh}不得低于现状(不得“削峰填谷”)"),
                    format!("{resource} of {school} must not fall below today's level, {en}"),
                )
            }
            RowKey::Ceiling {
                school,
                resource,
                period,
            } => {
                let (zh, en) = year(period);
                let (school, resource) =
                    (&case.schools[school].name, &case.resources[resource].name);
                (
                    format!("{school}的{resource}{zh}不超过需要"),
                    format!("no more {resource} at {school} than needed, {en}"),
                )
            }
            RowKey::Most { school, measure } => {
                let (school, measure) = (&case.schools[school].name, &case.measures[measure].name);
                (
                    format!("{school}可以“{measure}”的数量"),
                    format!("what of “{measure}” {school} has use for"),
                )
            }
            RowKey::Pool {
                measure,
                circle,
                year: at,
            } => {
                let (zh, en) = year(at);
                let measure = &case.measures[measure].name;
                let (place_zh, place_en) = case.circle_name(circle);
                (
                    format!("{place_zh}{measure}{zh}派出与接收人数相等"),
                    format!("{measure}, {place_en}: as many posts arrive as leave, {en}"),
                )
            }
            RowKey::Class { period, .. } => {
                let (zh, en) = year(period);
                (
                    format!("{zh}每笔支出都有资金来源"),
                    format!("every expense has a fund that pays it, {en}"),
                )
            }
            RowKey::Fund { fund, period } => {
                let (zh, en) = year(period);
                let fund = &case.funds[fund].name;
                (format!("{fund}{zh}额度"), format!("money of {fund}, {en}"))
            }
            RowKey::Target {
                policy,
                school,
                resource,
                year: at,
            }
            | RowKey::Indicator {
                policy,
                school,
                resource,
                year: at,
                ..
            } => {
                let (zh, en) = named(case, policy, Some(year(at)), None);
                let (school, resource) =
                    (&case.schools[school].name, &case.resources[resource].name);
                (
                    format!("{school}的{resource}{zh}"),
                    format!("{resource} of {school}, {en}"),
                )
            }
            RowKey::Floor { school, resource } => {
                let (school, resource) =
                    (&case.schools[school].name, &case.resources[resource].name);
                (
                    format!("{school}的{resource}不低于保底水平"),
                    format!("{resource} of {school} at its floor"),
                )
            }
            RowKey::Stock {
                school,
                resource,
                year: at,
            } => {
                let (zh, en) = year(at);
                let (school, resource) =
                    (&case.schools[school].name, &case.resources[resource].name);
                (
                    format!("{school}{zh}的{resource}"),
                    format!("{resource} of {school}, {en}"),
                )
            }
            RowKey::Indicators {
                policy,
                school,
                year: at,
                ..
            } => {
                let (zh, en) = named(case, policy, Some(year(at)), None);
                let school = &case.schools[school].name;
                (format!("{school}{zh}"), format!("{school}, {en}"))
            }
            RowKey::Differences {
                policy,
                section,
                year: at,
                resource,
                ..
            } => {
                let (zh, en) = named(case, policy, Some(year(at)), None);
                let name = resource.map(|at| case.resources[at].name.as_str());
                let (section_zh, section_en) = section.name();
                (
                    format!("{section_zh}{}{zh}", name.unwrap_or_default()),
                    match name {
                        Some(name) => format!("{name}, {section_en}, {en}"),
                        None => format!("{section_en}, {en}"),
                    },
                )
            }
            RowKey::Share { policy, year: at } => named(case, policy, at.map(year), None),
            RowKey::Stay { policy } => named(case, policy, None, None),
            RowKey::Kept {
                policy,
                school,
                year: at,
                ..
            } => {
                let (zh, en) = named(case, policy, Some(year(at)), None);
                let school = &case.schools[school].name;
                (format!("{school}{zh}"), format!("{en}, {school}"))
            }
            RowKey::Quota {
                policy,
                year: at,
                place,
            } => named(case, policy, at.map(year), place),
        }
    }
}

fn named(
    case: &Case,
    policy: PolicyIx,
    year: Option<(String, String)>,
    place: Option<SchoolIx>,
) -> (String, String) {
    let name = &case.policies[policy].name;
    let (mut zh, mut en) = (format!("“{name}”"), format!("rule “{name}”"));
    if let Some(school) = place {
        let place = place_name(case, policy, school);
        zh = format!("{place}{zh}");
        en = format!("{en}, {place}");
    }
    if let Some((year_zh, year_en)) = year {
        zh = format!("{year_zh}{zh}");
        en = format!("{en}, {year_en}");
    }
    (zh, en)
}

/// The name of the place in which a quota holds, from its first school.
fn place_name(case: &Case, policy: PolicyIx, school: SchoolIx) -> String {
    let stated = &case.schools[school];
    let county = &case.counties[stated.county];
    match case.policies[policy].rule {
        Rule::Quota {
            each: Each::School, ..
        } => stated.name.clone(),
        Rule::Quota {
            each: Each::Township,
            ..
        } if !stated.township.is_empty() => match case.counties.len() {
            1 => stated.township.clone(),
            _ => format!("{county}{OF}{}", stated.township),
        },
        _ => county.to_string(),
    }
}
