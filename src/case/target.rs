//! Phased targets (分阶段目标): the part of its standard that each school is to reach by a year.

use super::{Case, Reach, Rule};
use crate::words::{PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What a target asks of a need in a plan year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Asked {
    /// The rule.
    pub policy: PolicyIx,
    /// The stock it asks for, in units.
    pub stock: f64,
}

impl Case {
    /// Whether any rule sets a target for single schools.
    pub fn has_targets(&self) -> bool {
        let is_target = |rule: &Rule| matches!(rule, Rule::Target { .. } | Rule::Indicators { .. });
        self.policies.iter().any(|policy| is_target(&policy.rule))
    }

    /// The largest stock that targets and rules on indicators ask a school to have of a resource in a period, with the rule
    /// that asks for it; `None` where none speaks of it, in the terminal period, and in closed years, of which nothing can be
    /// asked any more. As long as it is open which indicators stay below their norm, what all of them are to have.
    pub fn target(
        &self,
        reach: &Reach,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
    ) -> Option<Asked> {
        if self.horizon.is_terminal(period) || !self.is_open(period) {
            return None;
        }
        let policies = reach.policies_at(reach.kind(school)).iter();
        let shares = policies.filter_map(|&policy| {
            let stated = &self.policies[policy];
            match stated.rule {
                Rule::Target { share, from } if period >= from => {
                    let speaks = stated.scope.covers_resource(resource);
                    speaks.then_some((policy, share))
                }
                _ => None,
            }
        });
        let larger = |best: (PolicyIx, f64), next: (PolicyIx, f64)| {
            if next.1 > best.1 { next } else { best }
        };
        let target = shares.reduce(larger).and_then(|(policy, share)| {
            let required = self.required(school, resource, period)?;
            Some(Asked {
                policy,
                stock: share * required,
            })
        });
        let indicators = self.policies.pairs();
        let indicators = indicators.filter_map(|(policy, stated)| match &stated.rule {
            Rule::Indicators { relaxed, from, .. } if period >= *from => {
                let checks = self.checks_of(policy, school, period).into_iter();
                let asked = checks.filter_map(|check| {
                    let part = check.parts.iter().find(|part| part.0 == resource)?;
                    Some(check.part(relaxed.as_deref(), resource) * part.1)
                });
                let stock = asked.reduce(f64::max)?;
                Some(Asked { policy, stock })
            }
            _ => None,
        });
        target.into_iter().chain(indicators).reduce(|best, next| {
            if next.stock > best.stock { next } else { best }
        })
    }
}
