//! Quotas: units handed out so far, and what each rule still allows or demands.

use std::collections::BTreeSet;

use super::demand::{Demand, Lacks};
use crate::case::settled::Counted;
use crate::case::{Bound, Case, Reach, Rule, quota_sizes};
use crate::words::{CountyIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// The books of all quotas.
#[derive(Clone, Debug)]
pub struct Quotas {
    rows: Vec<Row>,
    /// Where the rows of each policy are; `None` for other rules.
    of_policy: Vec<Option<Rows>>,
    /// Minimum quotas that are not met.
    unmet: BTreeSet<usize>,
}

/// The rows of a quota: for each span of years one a county, or one for all.
#[derive(Clone, Copy, Debug)]
struct Rows {
    first: usize,
    places: usize,
    each_year: bool,
    each_county: bool,
}

impl Rows {
    fn at(&self, year: Option<YearIx>, county: Option<CountyIx>) -> usize {
        let span = year.filter(|_| self.each_year).map_or(0, YearIx::at);
        let place = county.filter(|_| self.each_county).map_or(0, CountyIx::at);
        self.first + span * self.places + place
    }
}

#[derive(Clone, Debug)]
struct Row {
    policy: PolicyIx,
    bound: Bound,
    units: f64,
    year: Option<YearIx>,
    county: Option<CountyIx>,
    used: f64,
}

impl Row {
    fn is_over(&self) -> bool {
        self.bound == Bound::Max && self.used > self.units * (1.0 + 1e-12) + 1e-9
    }

    fn is_unmet(&self) -> bool {
        self.bound == Bound::Min && self.used < self.units - 1e-9
    }

    /// What the rule asks for, when it is a minimum that is not met.
    fn demand(&self) -> Option<Demand> {
        self.is_unmet().then_some(Demand {
            policy: self.policy,
            year: self.year,
            county: self.county,
            outside: false,
            eased_in: None,
            lacks: Lacks::Units(self.units - self.used),
            crowded: Money::ZERO,
        })
    }
}

impl Quotas {
    /// Books in which stands only what the closed years have used.
    pub fn of(case: &Case, reach: &Reach) -> Quotas {
        let mut quotas = Quotas {
            rows: Vec::new(),
            of_policy: Vec::with_capacity(case.policies.len()),
            unmet: BTreeSet::new(),
        };
        let sizes = quota_sizes(case, reach);
        let counted = Counted::of(case, reach);
        for ((policy, stated), sizes) in case.policies.pairs().zip(&sizes) {
            let Rule::Quota {
                bound,
                each_year,
                each_county,
                ..
            } = stated.rule
            else {
                quotas.of_policy.push(None);
                continue;
            };
            quotas.of_policy.push(Some(Rows {
                first: quotas.rows.len(),
                places: sizes.len(),
                each_year,
                each_county,
            }));
            let spans = if each_year { case.horizon.years } else { 1 };
            for span in 0..spans {
                let at = |place: usize| span * sizes.len() + place;
                let rows = sizes.iter().enumerate().map(|(place, &units)| Row {
                    policy,
                    bound,
                    units: counted.size(case, policy, at(place), units),
                    year: each_year.then(|| YearIx::new(span)),
                    county: each_county.then(|| CountyIx::new(place)),
                    used: counted.units(policy, at(place)),
                });
                quotas.rows.extend(rows);
            }
        }
        for at in 0..quotas.rows.len() {
            quotas.note(at);
        }
        quotas
    }

    /// Where units of a measure at a school are counted.
    pub fn counted_at<'a>(
        &'a self,
        case: &Case,
        reach: &'a Reach,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let county = case.schools[school].county;
        let policies = reach.policies(measure, reach.kind(school));
        let rows = policies.filter_map(|policy| self.of_policy[policy.at()]);
        rows.map(move |rows| rows.at(Some(year), Some(county)))
    }

    /// Counts units in a row. Says what was counted there before.
    pub fn count(&mut self, at: usize, units: f64) -> f64 {
        let before = self.rows[at].used;
        self.put(at, before + units);
        before
    }

    /// Sets what is counted in a row.
    pub fn put(&mut self, at: usize, used: f64) {
        self.rows[at].used = used;
        self.note(at);
    }

    /// Whether more is counted in a row than its rule allows.
    pub fn is_over(&self, at: usize) -> bool {
        self.rows[at].is_over()
    }

    /// Units that a maximum still allows; `None` for a minimum.
    pub fn left(&self, at: usize) -> Option<f64> {
        let row = &self.rows[at];
        (row.bound == Bound::Max).then(|| (row.units - row.used).max(0.0))
    }

    /// The first minimum that is not met.
    pub fn unmet(&self) -> Option<Demand> {
        self.unmet.first().and_then(|&at| self.rows[at].demand())
    }

    /// The demand of a rule as it is now; `None` when it is met or no quota.
    pub fn now(&self, demand: &Demand) -> Option<Demand> {
        let rows = self.of_policy[demand.policy.at()]?;
        self.rows[rows.at(demand.year, demand.county)].demand()
    }

    fn note(&mut self, at: usize) {
        if self.rows[at].bound == Bound::Max {
            return;
        }
        if self.rows[at].is_unmet() {
            self.unmet.insert(at);
        } else {
            self.unmet.remove(&at);
        }
    }
}
