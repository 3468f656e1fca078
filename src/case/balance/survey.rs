//! A survey against the standard (定标普查): every section of every school, and the totals inspectors read.

use super::level::{self, Level};
use super::pass::{self, Asked};
use super::shortage::{Shortage, shortages};
use super::spread::{Spread, composite, spread};
use crate::case::{Case, Section};
use crate::words::sum::sum;
use crate::words::{ResourceIx, SchoolIx, YearIx, tolerance};

/// The state of a case's schools in one year.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Survey {
    /// The calendar year.
    pub year: i32,
    /// All schools together, primary first.
    pub sections: Vec<SectionSurvey>,
    /// What all schools together lack.
    pub shortages: Vec<Shortage>,
    /// Each province, in the order of the case.
    pub provinces: Vec<Group>,
    /// Each county, in the order of the case; the official rule is judged county by county.
    pub counties: Vec<Group>,
    /// Each kind of area, in the order of the case.
    pub areas: Vec<Group>,
    /// Each section of each school with pupils, in file order.
    pub schools: Vec<SchoolSurvey>,
    /// Schools whose pupils are unknown; they are in none of the other figures.
    pub pupils_unknown: usize,
}

/// The schools of one county or kind of area.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Group {
    /// Its name.
    pub name: String,
    /// Its sections, primary first; those without pupils are absent.
    pub sections: Vec<SectionSurvey>,
    /// What its schools lack.
    pub shortages: Vec<Shortage>,
}

/// One section over a set of schools.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct SectionSurvey {
    /// Which section.
    pub section: Section,
    /// Schools counted: those with at least [`crate::case::Standard::small_school`] pupils.
    pub schools: usize,
    /// Schools left out because they are smaller.
    pub small: usize,
    /// Pupils of the section in the schools counted.
    pub pupils: f64,
    /// Each resource, in file order.
    pub indicators: Vec<IndicatorSurvey>,
    /// Plain mean of the indicators' coefficients; `None` when no indicator has one.
    pub composite: Option<f64>,
    /// The standard's limit on the coefficients of this section, if it has one.
    pub cv_limit: Option<f64>,
    /// Whether that limit holds: for the composite, or for every indicator. `None` without a limit or without data.
    pub cv_within_limit: Option<bool>,
    /// Schools that pass the compliance rule.
    pub passing: usize,
    /// Schools that fail it.
    pub failing: usize,
    /// Schools where unknown stocks decide.
    pub undecided: usize,
}

/// One resource in one section over a set of schools.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct IndicatorSurvey {
    /// The resource.
    #[serde(skip)]
    pub resource: ResourceIx,
    /// Its code in the case file.
    pub id: String,
    /// Whether it counts for the composite, the limit on coefficients and rules that count indicators.
    pub indicator: bool,
    /// The norm on its own scale, where it is one number for all schools.
    pub norm: Option<f64>,
    /// Spread of the level, weighted by pupils; absent when no stock is known.
    #[serde(flatten)]
    pub spread: Option<Spread>,
    /// Schools at or above the norm.
    pub met_schools: usize,
    /// Schools whose level is known.
    pub known: usize,
    /// Schools whose stock (or classes, where the norm needs them) is unknown: left out of the spread.
    pub unknown: usize,
    /// Whether the coefficient keeps the limit, where the standard limits each one.
    pub cv_within_limit: Option<bool>,
}

/// One section of one school.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct SchoolSurvey {
    /// The school.
    #[serde(skip)]
    pub school: SchoolIx,
    /// Its code in the case file.
    pub id: String,
    /// Which section.
    pub section: Section,
    /// Pupils of the section.
    pub pupils: f64,
    /// Whether the school is too small to be counted in coefficients and compliance.
    pub small: bool,
    /// Its level in each resource, in file order; `None` where the stock is unknown.
    pub levels: Vec<Option<Level>>,
    /// How many indicators are asked of it.
    pub asked: usize,
    /// How many of them it meets.
    pub met: usize,
    /// Whether it passes the compliance rule; `None` without a rule, for small schools, or when unknown stocks decide.
    pub passes: Option<bool>,
}

/// Surveys the schools of a case in a plan year. `stock` gives usable units, `None` where they are unknown.
pub fn survey(
    case: &Case,
    stock: impl Fn(SchoolIx, ResourceIx) -> Option<f64>,
    year: YearIx,
) -> Survey {
    let known: Vec<SchoolIx> = case
        .schools
        .ids()
        .filter(|&school| case.pupils(school, year).is_some())
        .collect();
    let schools: Vec<SchoolSurvey> = known
        .iter()
        .flat_map(|&school| survey_school(case, &stock, school, year))
        .collect();
    let group = |(name, members): (&str, Members)| Group {
        name: name.to_string(),
        sections: survey_sections(case, &members.rows),
        shortages: shortages(case, &stock, year, &members.schools),
    };
    let groups = |names: Vec<&str>, of: &dyn Fn(SchoolIx) -> usize| -> Vec<Group> {
        let members = sorted(names.len(), &known, &schools, of);
        names.into_iter().zip(members).map(group).collect()
    };
    let provinces = case.provinces.iter().map(String::as_str).collect();
    let counties = case.counties.iter().map(|county| county.label.as_str());
    let areas = case.areas.iter().map(String::as_str).collect();
    Survey {
        year: case.horizon.calendar(year),
        sections: survey_sections(case, &schools.iter().collect::<Vec<_>>()),
        shortages: shortages(case, &stock, year, &known),
        provinces: groups(provinces, &|school| case.province(school).at()),
        counties: groups(counties.collect(), &|school| {
            case.schools[school].county.at()
        }),
        areas: groups(areas, &|school| case.schools[school].area.at()),
        pupils_unknown: case.schools.len() - known.len(),
        schools,
    }
}

/// The schools of a county or kind of area and their sections, in file order.
#[derive(Clone, Default)]
struct Members<'a> {
    schools: Vec<SchoolIx>,
    rows: Vec<&'a SchoolSurvey>,
}

/// Sorts schools and their sections into `groups` by the position of a school's group.
fn sorted<'a>(
    groups: usize,
    schools: &[SchoolIx],
    rows: &'a [SchoolSurvey],
    of: impl Fn(SchoolIx) -> usize,
) -> Vec<Members<'a>> {
    let mut sorted = vec![Members::default(); groups];
    for &school in schools {
        sorted[of(school)].schools.push(school);
    }
    for row in rows {
        sorted[of(row.school)].rows.push(row);
    }
    sorted
}

/// The sections of a school that have pupils.
fn survey_school(
    case: &Case,
    stock: &impl Fn(SchoolIx, ResourceIx) -> Option<f64>,
    school: SchoolIx,
    year: YearIx,
) -> Vec<SchoolSurvey> {
    let Some(pupils) = case.pupils_by_section(school, year) else {
        return Vec::new();
    };
    let small = pupils.primary + pupils.junior < case.standard.small_school;
    let taught = case.schools[school]
        .stage
        .sections()
        .iter()
        .filter(|&&section| *pupils.of(section) > 0.0);
    taught
        .map(|&section| {
            let level = |resource| {
                Level::of(
                    case,
                    school,
                    section,
                    resource,
                    stock(school, resource)?,
                    year,
                )
            };
            let levels: Vec<Option<Level>> = case.resources.ids().map(level).collect();
            let asked = asked_of(case, section, &levels);
            let indicators = asked.iter().filter(|one| one.indicator);
            let met =
                |one: &&Asked| levels[one.resource].is_some_and(|level| level.met() == Some(true));
            SchoolSurvey {
                school,
                id: case.schools[school].id.clone(),
                section,
                pupils: *pupils.of(section),
                small,
                asked: indicators.clone().count(),
                met: indicators.filter(met).count(),
                passes: case
                    .standard
                    .compliance
                    .as_ref()
                    .filter(|_| !small)
                    .and_then(|rule| pass::passes(rule, &asked)),
                levels,
            }
        })
        .collect()
}

fn asked_of(case: &Case, section: Section, levels: &[Option<Level>]) -> Vec<Asked> {
    let asks = |at: &ResourceIx| level::asks(case.standard.norms[*at].as_ref(), section);
    let asked = case.resources.ids().filter(asks);
    asked
        .map(|at| Asked {
            resource: at.at(),
            indicator: case.is_indicator(at),
            ratio: levels[at.at()].and_then(|level| level.ratio),
        })
        .collect()
}

fn survey_sections(case: &Case, rows: &[&SchoolSurvey]) -> Vec<SectionSurvey> {
    let sections = Section::ALL.into_iter();
    sections
        .filter_map(|section| {
            let rows: Vec<&SchoolSurvey> = rows
                .iter()
                .copied()
                .filter(|row| row.section == section)
                .collect();
            (!rows.is_empty()).then(|| survey_section(case, section, &rows))
        })
        .collect()
}

fn survey_section(case: &Case, section: Section, rows: &[&SchoolSurvey]) -> SectionSurvey {
    let counted: Vec<&SchoolSurvey> = rows.iter().copied().filter(|row| !row.small).collect();
    let indicators: Vec<IndicatorSurvey> = case
        .resources
        .ids()
        .map(|resource| survey_indicator(case, section, resource, &counted))
        .collect();
    let coefficients: Vec<f64> = indicators
        .iter()
        .filter(|one| one.indicator)
        .filter_map(|one| one.spread.and_then(|spread| spread.cv))
        .collect();
    let composite = composite(&coefficients);
    let limit = case.standard.cv_limit.as_ref();
    let ruled = case.standard.compliance.is_some();
    let count = |verdict| counted.iter().filter(|row| row.passes == verdict).count();
    SectionSurvey {
        section,
        schools: counted.len(),
        small: rows.len() - counted.len(),
        pupils: sum(counted.iter().map(|row| row.pupils)),
        composite,
        cv_limit: limit.map(|limit| *limit.limit.of(section)),
        cv_within_limit: limit.and_then(|limit| match limit.composite {
            true => composite.map(|composite| keeps(composite, *limit.limit.of(section))),
            false => all_keep(
                indicators
                    .iter()
                    .filter(|one| one.indicator)
                    .map(|one| one.cv_within_limit),
            ),
        }),
        passing: count(Some(true)),
        failing: count(Some(false)),
        undecided: if ruled { count(None) } else { 0 },
        indicators,
    }
}

fn survey_indicator(
    case: &Case,
    section: Section,
    at: ResourceIx,
    counted: &[&SchoolSurvey],
) -> IndicatorSurvey {
    let resource = &case.resources[at];
    let levels = counted
        .iter()
        .filter_map(|row| row.levels[at.at()].map(|level| (row.pupils, level)));
    let pairs: Vec<(f64, f64)> = levels
        .clone()
        .map(|(pupils, level)| (pupils, level.value))
        .collect();
    let spread = spread(&pairs);
    let limit = case
        .standard
        .cv_limit
        .as_ref()
        .filter(|limit| !limit.composite && case.is_indicator(at));
    let cv = spread.and_then(|spread| spread.cv);
    // Where nobody boards no bed is missing from the table either.
    let nobody = counted.iter().filter(|row| {
        row.levels[at.at()].is_none() && case.has_nobody_concerned(row.school, at, section)
    });
    let nobody = nobody.count();
    IndicatorSurvey {
        resource: at,
        id: resource.id.clone(),
        indicator: case.is_indicator(at),
        norm: level::norm_of_section(case.standard.norms[at].as_ref(), section),
        spread,
        met_schools: levels
            .filter(|(_, level)| level.met() == Some(true))
            .count(),
        known: pairs.len(),
        unknown: counted.len() - pairs.len() - nobody,
        cv_within_limit: limit.and_then(|limit| cv.map(|cv| keeps(cv, *limit.limit.of(section)))),
    }
}

fn keeps(coefficient: f64, limit: f64) -> bool {
    coefficient <= limit * (1.0 + tolerance::AUDIT)
}

/// Whether all verdicts are yes; `None` when one is open and none is no, or when there is none.
fn all_keep(verdicts: impl Iterator<Item = Option<bool>> + Clone) -> Option<bool> {
    if verdicts.clone().any(|verdict| verdict == Some(false)) {
        return Some(false);
    }
    verdicts.reduce(|one, other| one.and(other)).flatten()
}
