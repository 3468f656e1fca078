//! The rule by which a school passes (教督〔2017〕6号: six of seven indicators met, the other at 85 %), asked of a plan: which
//! indicators may stay below their norm is open, school by school, until a choice is made.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::level::{Level, asks};
use super::pass::{Asked, passes};
use crate::case::policy::Relaxed;
use crate::case::{Case, Compliance, Policy, Rule, Section};
use crate::words::{PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What a rule on indicators asks of one section of one school in one year.
#[derive(Clone, PartialEq, Debug)]
pub struct Check {
    /// The rule.
    pub policy: PolicyIx,
    /// The school.
    pub school: SchoolIx,
    /// Which section of it.
    pub section: Section,
    /// In which plan year.
    pub year: YearIx,
    /// How many indicators may stay below their norm. What is unknown is taken to be met.
    pub free: usize,
    /// The part of its norm that such an indicator is to have all the same.
    pub rest: f64,
    /// The indicators whose stock is known, with the units that meet the norm, in file order.
    pub parts: Vec<(ResourceIx, f64)>,
}

impl Check {
    /// Whether the rule holds at these units of its resources, by the official rule.
    pub fn holds(&self, stock: impl Fn(ResourceIx) -> f64) -> bool {
        let asked = self.parts.iter().map(|&(resource, full)| Asked {
            resource: resource.at(),
            indicator: true,
            ratio: Some(stock(resource) / full),
        });
        let asked: Vec<Asked> = asked.collect();
        let rule = Compliance::AtLeast {
            met: self.parts.len().saturating_sub(self.free),
            rest: self.rest,
        };
        passes(&rule, &asked) == Some(true)
    }

    /// The part of an indicator's norm that a choice asks for; of none that all may come to have.
    pub fn part(&self, relaxed: Option<&Relaxed>, resource: ResourceIx) -> f64 {
        let stays = |relaxed: &Relaxed| {
            !relaxed.contains(&(self.school, self.section, self.year, resource))
        };
        match relaxed {
            Some(relaxed) if stays(relaxed) => 1.0,
            None if self.free == 0 => 1.0,
            _ => self.rest,
        }
    }
}

impl Case {
    /// Whether any rule says how many indicators schools are to meet.
    pub fn asks_indicators(&self) -> bool {
        let asks = |policy: &Policy| matches!(policy.rule, Rule::Indicators { .. });
        self.policies.iter().any(asks)
    }

    /// Whether such a rule leaves open which indicators stay below their norm.
    pub fn leaves_indicators_open(&self) -> bool {
        let open = |policy: &Policy| matches!(policy.rule, Rule::Indicators { relaxed: None, .. });
        self.policies.iter().any(open)
    }

    /// The indicators that a rule counts: those it names, else those of the standard's own rule.
    pub fn counted_by(&self, policy: &Policy) -> Vec<ResourceIx> {
        let named = &policy.scope.resources;
        let own = matches!(policy.rule, Rule::Indicators { asked: None, .. });
        let core = match &self.standard.compliance {
            Some(Compliance::All(core)) if own => Some(core),
            _ => None,
        };
        let counts = |at: &ResourceIx| match (named.is_empty(), core) {
            (false, _) => named.contains(at),
            (true, Some(core)) => core.contains(at),
            (true, None) => self.is_indicator(*at),
        };
        let normed = |at: &ResourceIx| self.standard.norms[*at].is_some();
        let all = self.resources.ids();
        all.filter(|at| counts(at) && normed(at)).collect()
    }

    /// How many of so many indicators may stay below their norm under a rule, and the part of it that they have all the
    /// same.
    fn leeway(&self, asked: Option<(usize, f64)>, indicators: usize) -> (usize, f64) {
        let own = match self.standard.compliance {
            Some(Compliance::AtLeast { met, rest }) => (met, rest),
            Some(Compliance::AtMostFailed(failed)) => (indicators.saturating_sub(failed), 0.0),
            // Where the standard has no rule all are asked for; the reader has said so.
            Some(Compliance::All(_)) | None => (indicators, 1.0),
        };
        let (met, rest) = asked.unwrap_or(own);
        (indicators.saturating_sub(met), rest)
    }

    /// What a rule asks of a school in a plan year, section by section: nothing of schools that the official survey does
    /// not count.
    pub fn checks_of(&self, at: PolicyIx, school: SchoolIx, year: YearIx) -> Vec<Check> {
        let policy = &self.policies[at];
        let Rule::Indicators { asked, from, .. } = policy.rule else {
            return Vec::new();
        };
        let mut scope = policy.scope.clone();
        let stages = std::mem::take(&mut scope.stages);
        let pupils = self.pupils_by_section(school, year);
        let Some(pupils) = pupils.filter(|_| year >= from && scope.covers_school(self, school))
        else {
            return Vec::new();
        };
        if pupils.primary + pupils.junior < self.standard.small_school
            || self.horizon.is_terminal(year)
            || !self.is_open(year)
        {
            return Vec::new();
        }
        let indicators = self.counted_by(policy);
        let speaks = |section: Section| {
            let has = |stage: &crate::case::Stage| stage.sections().contains(&section);
            stages.is_empty() || stages.iter().any(has)
        };
        let taught = self.schools[school].stage.sections().iter().copied();
        let taught = taught.filter(|&section| *pupils.of(section) > 0.0 && speaks(section));
        taught
            .map(|section| {
                let asks = |resource: &&ResourceIx| {
                    asks(self.standard.norms[**resource].as_ref(), section)
                };
                let (free, rest) = self.leeway(asked, indicators.iter().filter(asks).count());
                let full = |&resource: &ResourceIx| {
                    self.stock_in(school, resource, year)?;
                    let of_one = Level::of(self, school, section, resource, 1.0, year)?.ratio?;
                    (of_one > 0.0).then_some((resource, 1.0 / of_one))
                };
                Check {
                    policy: at,
                    school,
                    section,
                    year,
                    free,
                    rest,
                    parts: indicators.iter().filter(asks).filter_map(full).collect(),
                }
            })
            .filter(|check| !check.parts.is_empty())
            .collect()
    }

    /// The same case with a choice made, for each rule on indicators, of those that stay below their norm.
    pub fn with_relaxed(&self, mut chosen: BTreeMap<PolicyIx, Relaxed>) -> Case {
        let mut case = self.clone();
        let at: Vec<PolicyIx> = case.policies.ids().collect();
        for at in at {
            if let Rule::Indicators { relaxed, .. } = &mut case.policies[at].rule {
                *relaxed = Some(Arc::new(chosen.remove(&at).unwrap_or_default()));
            }
        }
        case
    }
}

/// Everything that rules on indicators ask, in order of rule, school, year and section.
pub fn checks(case: &Case) -> Vec<Check> {
    let mut found = Vec::new();
    for (at, policy) in case.policies.pairs() {
        if !matches!(policy.rule, Rule::Indicators { .. }) {
            continue;
        }
        for school in case.schools.ids() {
            for year in case.horizon.plan_years() {
                found.extend(case.checks_of(at, school, year));
            }
        }
    }
    found
}
