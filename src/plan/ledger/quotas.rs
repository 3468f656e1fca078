//! Quotas: units handed out so far, and what each rule still allows or demands.

use std::collections::BTreeSet;

use super::demand::{Demand, Lacks};
use crate::case::settled::Counted;
use crate::case::{Bound, Case, Dues, Each, Quota, Reach, Rule, quota_sizes};
use crate::words::{MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// The books of all quotas.
#[derive(Clone, Debug)]
pub struct Quotas {
    rows: Vec<Row>,
    /// Where the rows of each policy are; `None` for other rules.
    of_policy: Vec<Option<Rows>>,
    /// Minimum quotas that are not met.
    unmet: BTreeSet<usize>,
    /// Plan years; money of the terminal period counts in none.
    years: usize,
}

/// The rows of a quota: for each span of years one a place.
#[derive(Clone, Copy, Debug)]
struct Rows {
    first: usize,
    places: usize,
    each_year: bool,
    each: Each,
    in_money: bool,
}

impl Rows {
    fn at(&self, year: Option<YearIx>, place: usize) -> usize {
        let span = year.filter(|_| self.each_year).map_or(0, YearIx::at);
        self.first + span * self.places + place
    }
}

#[derive(Clone, Debug)]
struct Row {
    policy: PolicyIx,
    bound: Bound,
    /// Units, or main units of money.
    units: f64,
    in_money: bool,
    year: Option<YearIx>,
    place: Option<SchoolIx>,
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
        let lacking = self.units - self.used;
        let money = match self.in_money {
            true => Money::from_main(lacking),
            false => Money::ZERO,
        };
        self.is_unmet().then_some(Demand {
            policy: self.policy,
            year: self.year,
            place: self.place,
            outside: false,
            eased_in: None,
            yields_inside: false,
            lacks: match self.in_money {
                true => Lacks::Money(money),
                false => Lacks::Units(lacking),
            },
            crowded: money,
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
            years: case.horizon.years,
        };
        let sizes = quota_sizes(case, reach);
        let counted = Counted::of(case, reach);
        for ((policy, stated), sizes) in case.policies.pairs().zip(&sizes) {
            let Rule::Quota {
                bound,
                each_year,
                each,
                amount,
            } = stated.rule
            else {
                quotas.of_policy.push(None);
                continue;
            };
            let in_money = matches!(amount, Quota::Money(_));
            let firsts = reach.places(each);
            quotas.of_policy.push(Some(Rows {
                first: quotas.rows.len(),
                places: sizes.len(),
                each_year,
                each,
                in_money,
            }));
            let spans = if each_year { case.horizon.years } else { 1 };
            for span in 0..spans {
                let at = |place: usize| span * sizes.len() + place;
                let rows = sizes.iter().enumerate().map(|(place, &units)| Row {
                    policy,
                    bound,
                    units: counted.size(case, policy, at(place), units),
                    year: each_year.then(|| YearIx::new(span)),
                    in_money,
                    place: (each != Each::All).then(|| firsts[place]),
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
        reach: &'a Reach,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
    ) -> impl Iterator<Item = usize> + use<'a> {
        let policies = reach.policies(measure, reach.kind(school));
        let rows = policies.filter_map(|policy| self.of_policy[policy.at()]);
        let rows = rows.filter(|rows| !rows.in_money);
        rows.map(move |rows| rows.at(Some(year), reach.place(rows.each, school)))
    }

    /// Where the money for a measure at a school is counted, once for each plan year in which it is paid.
    pub fn paid_at(
        &self,
        reach: &Reach,
        (_, measure, school): (YearIx, MeasureIx, SchoolIx),
        dues: &Dues,
    ) -> Vec<(usize, Money)> {
        let policies = reach.policies(measure, reach.kind(school));
        let rows = policies.filter_map(|policy| self.of_policy[policy.at()]);
        let rows = rows.filter(|rows| rows.in_money);
        let within = |&(period, _): &(usize, Money)| period < self.years;
        rows.flat_map(|rows| {
            let place = reach.place(rows.each, school);
            let dues = dues.iter().filter(within);
            dues.map(move |(period, due)| (rows.at(Some(YearIx::new(period)), place), due))
        })
        .collect()
    }

    /// Whether any rule says how much money goes somewhere at most.
    pub fn caps_money(&self) -> bool {
        let mut rows = self.rows.iter();
        rows.any(|row| row.in_money && row.bound == Bound::Max)
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
    pub fn now(&self, reach: &Reach, demand: &Demand) -> Option<Demand> {
        let rows = self.of_policy[demand.policy.at()]?;
        let place = demand
            .place
            .map_or(0, |first| reach.place(rows.each, first));
        self.rows[rows.at(demand.year, place)].demand()
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
