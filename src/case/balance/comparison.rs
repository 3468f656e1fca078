//! Limits on differences among schools: what a rule compares, section by section, place by place and year by year.

use super::index::Index;
use super::level::{Level, asks};
use crate::case::{Case, Policy, Rule, Section};
use crate::words::sum::sum;
use crate::words::tolerance::AUDIT;
use crate::words::{CountyIx, PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What a rule on differences limits once: the schools of a place, of one section, in one year.
#[derive(Clone, PartialEq, Debug)]
pub struct Comparison {
    /// The rule.
    pub policy: PolicyIx,
    /// The county whose schools are compared; `None` for all together.
    pub county: Option<CountyIx>,
    /// Which section of them.
    pub section: Section,
    /// In which plan year.
    pub year: YearIx,
    /// By which index.
    pub index: Index,
    /// The most it may come to: of one resource, or of the plain mean over several.
    pub most: f64,
    /// What is compared: one resource, or several whose indices are averaged.
    pub parts: Vec<Part>,
}

/// One resource as it is compared.
#[derive(Clone, PartialEq, Debug)]
pub struct Part {
    /// The resource.
    pub resource: ResourceIx,
    /// The schools that count, in file order.
    pub members: Vec<Member>,
}

/// A school as it counts.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Member {
    /// The school.
    pub school: SchoolIx,
    /// Its part of the pupils compared.
    pub weight: f64,
    /// Level for each unit of stock: per pupil, per 100, per class, as the standard has it.
    pub scale: f64,
}

impl Part {
    /// (weight, level) of each school at these stocks.
    pub fn levels(&self, stock: impl Fn(SchoolIx, ResourceIx) -> f64) -> Vec<(f64, f64)> {
        let level = |one: &Member| (one.weight, one.scale * stock(one.school, self.resource));
        self.members.iter().map(level).collect()
    }
}

impl Comparison {
    /// What the index comes to at these stocks; `None` where a mean is not above 0.
    pub fn value(&self, stock: impl Fn(SchoolIx, ResourceIx) -> f64) -> Option<f64> {
        let of = |part: &Part| self.index.of(&part.levels(&stock));
        let values: Option<Vec<f64>> = self.parts.iter().map(of).collect();
        let values = values?;
        Some(sum(values.iter().copied()) / values.len() as f64)
    }

    /// Whether a value is within the limit, forgiving what adding up loses.
    pub fn keeps(&self, value: f64) -> bool {
        value <= self.most * (1.0 + AUDIT)
    }

    /// Whether the limit is one on a mean of several indices, which is no convex set.
    pub fn is_composite(&self) -> bool {
        self.parts.len() > 1
    }

    /// What is compared, in words: the resources, the section and the year; Chinese and English.
    pub fn words(&self, case: &Case) -> (String, String) {
        let names = |mark: &str| {
            let names = self.parts.iter().map(|part| &case.resources[part.resource]);
            let names: Vec<&str> = names.map(|one| one.name.as_str()).collect();
            match names.len() {
                0..=3 => names.join(mark),
                _ => format!("{}{mark}…", names[..2].join(mark)),
            }
        };
        let (section_zh, section_en) = self.section.name();
        let year = case.horizon.calendar(self.year);
        let county = self.county.filter(|_| case.counties.len() > 1);
        let county = county.map(|at| case.counties[at].to_string());
        let (zh, en) = match county {
            Some(county) => (county.clone(), format!(", {county}")),
            None => Default::default(),
        };
        (
            format!("{zh}{section_zh}{}（{year}年）", names("、")),
            format!("{}, {section_en}{en}, {year}", names(", ")),
        )
    }
}

impl Case {
    /// Whether any rule limits differences among schools.
    pub fn limits_differences(&self) -> bool {
        let limits = |policy: &Policy| matches!(policy.rule, Rule::Differences { .. });
        self.policies.iter().any(limits)
    }

    /// The resources whose differences a rule limits: those it names, else the indicators of the standard.
    pub fn compared_by(&self, policy: &Policy) -> Vec<ResourceIx> {
        let named = &policy.scope.resources;
        let counts = |at: &ResourceIx| match named.is_empty() {
            true => self.is_indicator(*at) && self.standard.norms[*at].is_some(),
            false => named.contains(at),
        };
        self.resources.ids().filter(counts).collect()
    }
}

/// Everything that the rules of a case compare, in order of rule, place, section, year and resource. Counted are the
/// schools that the official survey counts: not too small, with known stock and pupils.
pub fn comparisons(case: &Case) -> Vec<Comparison> {
    let mut found = Vec::new();
    for (at, policy) in case.policies.pairs() {
        let Rule::Differences {
            index,
            most,
            composite,
            from,
            together,
        } = policy.rule
        else {
            continue;
        };
        let own = case.standard.cv_limit.as_ref();
        let composite = match most {
            Some(_) => composite,
            None => own.is_some_and(|own| own.composite),
        };
        let places: Vec<Option<CountyIx>> = match together {
            true => vec![None],
            false => case.counties.ids().map(Some).collect(),
        };
        let resources = case.compared_by(policy);
        let years = case.horizon.plan_years();
        let years = years.filter(|&year| year >= from && case.is_open(year));
        let years: Vec<YearIx> = years.collect();
        for county in places {
            for section in Section::ALL {
                let own = own.map(|own| *own.limit.of(section));
                let Some(most) = most.or(own).filter(|_| speaks(policy, section)) else {
                    continue;
                };
                for &year in &years {
                    let part = |&resource: &ResourceIx| {
                        part(case, policy, county, section, year, resource)
                    };
                    let parts: Vec<Part> = resources.iter().filter_map(part).collect();
                    let sets = match composite {
                        true if parts.is_empty() => Vec::new(),
                        true => vec![parts],
                        false => parts.into_iter().map(|part| vec![part]).collect(),
                    };
                    found.extend(sets.into_iter().map(|parts| Comparison {
                        policy: at,
                        county,
                        section,
                        year,
                        index,
                        most,
                        parts,
                    }));
                }
            }
        }
    }
    found
}

/// Whether a rule speaks of a section: the stages of its scope are sections here, also of nine-year schools.
fn speaks(policy: &Policy, section: Section) -> bool {
    let stages = &policy.scope.stages;
    let has = |stage: &crate::case::Stage| stage.sections().contains(&section);
    stages.is_empty() || stages.iter().any(has)
}

/// The schools compared in one resource; `None` where fewer than two count or the standard asks nothing.
fn part(
    case: &Case,
    policy: &Policy,
    county: Option<CountyIx>,
    section: Section,
    year: YearIx,
    resource: ResourceIx,
) -> Option<Part> {
    asks(case.standard.norms[resource].as_ref(), section).then_some(())?;
    let mut scope = policy.scope.clone();
    scope.stages.clear();
    let mut counted = Vec::new();
    for (school, stated) in case.schools.pairs() {
        if county.is_some_and(|county| stated.county != county)
            || !scope.covers_school(case, school)
        {
            continue;
        }
        let Some(pupils) = case.pupils_by_section(school, year) else {
            continue;
        };
        let taught = stated.stage.sections().contains(&section) && *pupils.of(section) > 0.0;
        let small = pupils.primary + pupils.junior < case.standard.small_school;
        if !taught || small || case.stock_in(school, resource, year).is_none() {
            continue;
        }
        let level = Level::of(case, school, section, resource, 1.0, year);
        counted.extend(level.map(|level| (school, *pupils.of(section), level.value)));
    }
    let all = sum(counted.iter().map(|one| one.1));
    let member = |(school, pupils, scale)| Member {
        school,
        weight: pupils / all,
        scale,
    };
    (counted.len() > 1).then(|| Part {
        resource,
        members: counted.into_iter().map(member).collect(),
    })
}
