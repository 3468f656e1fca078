//! What the first plan years have come to: in them nothing is planned any more, what was done in them stays done.
//!
//! A plan is followed up year by year. Years that are over are facts: they are the stock, the money gone and the quotas
//! used from which the years left are planned. Rules that speak of one year alone are none for a year that is over.

use super::{Bound, Case, Lever, Quota, Reach, Rule};
use crate::words::sum::Sum;
use crate::words::{FundIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// What was done in the closed years; empty for a case of which every year is open.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Settled {
    /// How many plan years are closed, from the first on.
    pub years: usize,
    /// What was done in them, in file order of nothing but year, measure and school.
    pub done: Vec<Done>,
    /// What was paid for it, and what goes on being paid for the posts.
    pub paid: Vec<Paid>,
    /// By fund and period; filled by [`Settled::new`].
    spent: Vec<Money>,
}

/// A measure as it was carried out.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Done {
    /// The school.
    pub school: SchoolIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year it is counted in.
    pub year: YearIx,
    /// Units brought; negative where a rotation took them away.
    pub units: f64,
}

/// Money of a fund that is gone or bound.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Paid {
    /// Who pays.
    pub fund: FundIx,
    /// The school it is paid for.
    pub school: SchoolIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The period in which it is paid; in the terminal period: what is paid a year.
    pub period: YearIx,
    /// How much.
    pub amount: Money,
}

impl Settled {
    /// What was done and paid in the first `years` of a case.
    pub fn new(case: &Case, years: usize, done: Vec<Done>, paid: Vec<Paid>) -> Settled {
        let periods = case.horizon.years + 1;
        let mut spent = vec![Money::ZERO; case.funds.len() * periods];
        for one in &paid {
            spent[one.fund.at() * periods + one.period.at()] += one.amount;
        }
        Settled {
            years,
            done,
            paid,
            spent,
        }
    }

    /// Whether no year is closed.
    pub fn is_empty(&self) -> bool {
        self.years == 0
    }
}

impl Case {
    /// Whether something can still be begun in a plan year.
    pub fn is_open(&self, year: YearIx) -> bool {
        year.at() >= self.settled.years
    }

    /// The plan years in which something can still be begun.
    pub fn open_years(
        &self,
    ) -> impl DoubleEndedIterator<Item = YearIx> + ExactSizeIterator + use<> {
        (self.settled.years.min(self.horizon.years)..self.horizon.years).map(YearIx::new)
    }

    /// What a fund has paid or is bound to pay in a period for what was done in the closed years.
    pub fn settled_spending(&self, fund: FundIx, period: YearIx) -> Money {
        let at = fund.at() * (self.horizon.years + 1) + period.at();
        self.settled.spent.get(at).copied().unwrap_or_default()
    }
}

/// What the closed years count for under each rule of a case: quotas used and shares paid.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Counted {
    /// Units (or main units of money) under each quota, by span of years and then by place; empty for other rules and
    /// where no year is closed.
    units: Vec<Vec<f64>>,
    /// How many places each quota has.
    places: Vec<usize>,
    /// Money inside each share, by plan year; the same.
    inside: Vec<Vec<Money>>,
}

impl Counted {
    /// Counts what was done and paid.
    pub fn of(case: &Case, reach: &Reach) -> Counted {
        if case.settled.is_empty() {
            return Counted::default();
        }
        let mut counted = Counted {
            units: case
                .policies
                .iter()
                .map(|one| rows(case, reach, &one.rule))
                .collect(),
            places: case
                .policies
                .iter()
                .map(|one| places(reach, &one.rule))
                .collect(),
            inside: vec![Vec::new(); case.policies.len()],
        };
        for done in &case.settled.done {
            counted.count(case, reach, done);
        }
        for paid in &case.settled.paid {
            counted.pay(case, reach, paid);
        }
        counted
    }

    fn count(&mut self, case: &Case, reach: &Reach, done: &Done) {
        let units = match case.measures[done.measure].lever {
            // A rotated post counts where it leaves.
            Lever::Rotate { .. } | Lever::Move => (-done.units).max(0.0),
            _ => done.units,
        };
        for policy in reach.policies(done.measure, reach.kind(done.school)) {
            let Rule::Quota {
                each_year,
                each,
                amount,
                ..
            } = case.policies[policy].rule
            else {
                continue;
            };
            if !matches!(amount, Quota::Money(_)) {
                let span = if each_year { done.year.at() } else { 0 };
                let row = span * self.places[policy.at()] + reach.place(each, done.school);
                self.units[policy.at()][row] += units;
            }
        }
    }

    fn pay(&mut self, case: &Case, reach: &Reach, paid: &Paid) {
        if case.horizon.is_terminal(paid.period) {
            return;
        }
        for policy in reach.policies(paid.measure, reach.kind(paid.school)) {
            match &case.policies[policy].rule {
                Rule::Share { funds, .. }
                    if case.counted_funds(funds).binary_search(&paid.fund).is_ok() =>
                {
                    let inside = &mut self.inside[policy.at()];
                    inside.resize(case.horizon.years, Money::ZERO);
                    inside[paid.period.at()] += paid.amount;
                }
                Rule::Quota {
                    amount: Quota::Money(_),
                    each_year,
                    each,
                    ..
                } => {
                    let span = if *each_year { paid.period.at() } else { 0 };
                    let row = span * self.places[policy.at()] + reach.place(*each, paid.school);
                    self.units[policy.at()][row] += paid.amount.main();
                }
                _ => {}
            }
        }
    }

    /// Units used under a quota in a span of years and a place (0 where it has only one row).
    pub fn units(&self, policy: PolicyIx, row: usize) -> f64 {
        let rows = self.units.get(policy.at());
        rows.and_then(|rows| rows.get(row)).copied().unwrap_or(0.0)
    }

    /// Money inside a share in some plan years.
    pub fn inside(&self, policy: PolicyIx, years: &[YearIx]) -> Money {
        let Some(inside) = self.inside.get(policy.at()) else {
            return Money::ZERO;
        };
        let paid = years.iter().filter_map(|year| inside.get(year.at()));
        paid.copied().sum()
    }

    /// The size of a quota for the years left: a maximum that the closed years have passed is as large as what was done,
    /// and one that speaks of a closed year alone asks for nothing more and allows nothing more.
    pub fn size(&self, case: &Case, policy: PolicyIx, row: usize, stated: f64) -> f64 {
        let (
            Rule::Quota {
                bound, each_year, ..
            },
            Some(&places),
        ) = (&case.policies[policy].rule, self.places.get(policy.at()))
        else {
            return stated;
        };
        let (bound, each_year) = (*bound, *each_year);
        let used = self.units(policy, row);
        let year = YearIx::new(row / places.max(1));
        if each_year && !case.is_open(year) {
            used
        } else if bound == Bound::Max {
            stated.max(used)
        } else {
            stated
        }
    }

    /// By how much the closed years have passed a maximum share already, in main units of money; 0 for a minimum.
    /// `whole` is the money the rule is a share of, as far as it is settled.
    pub fn excess(&self, case: &Case, policy: PolicyIx, years: &[YearIx], whole: Money) -> f64 {
        let Rule::Share {
            bound: Bound::Max,
            share,
            ..
        } = case.policies[policy].rule
        else {
            return 0.0;
        };
        let inside = self.inside(policy, years).main();
        (inside - share * whole.main()).max(0.0)
    }
}

/// What some funds have paid or are bound to pay in some plan years.
pub fn settled_in_all(case: &Case, funds: &[FundIx], years: &[YearIx]) -> Money {
    let of = |&fund: &FundIx| {
        years
            .iter()
            .map(move |&year| case.settled_spending(fund, year))
    };
    funds.iter().flat_map(of).sum()
}

/// What some funds, in file order, have paid or are bound to pay in some plan years for what a policy speaks of.
pub fn settled_for(
    case: &Case,
    reach: &Reach,
    policy: PolicyIx,
    funds: &[FundIx],
    years: &[YearIx],
) -> Money {
    let counts = |paid: &&Paid| {
        years.contains(&paid.period)
            && funds.binary_search(&paid.fund).is_ok()
            && reach.rules(policy, paid.measure, paid.school)
    };
    let paid = case.settled.paid.iter().filter(counts);
    paid.map(|paid| paid.amount).sum()
}

fn places(reach: &Reach, rule: &Rule) -> usize {
    match *rule {
        Rule::Quota { each, .. } => reach.places(each).len(),
        _ => 0,
    }
}

fn rows(case: &Case, reach: &Reach, rule: &Rule) -> Vec<f64> {
    match *rule {
        Rule::Quota { each_year, .. } => {
            let spans = if each_year { case.horizon.years } else { 1 };
            vec![0.0; spans * places(reach, rule)]
        }
        _ => Vec::new(),
    }
}

/// Units that what was done supplies to each need: by school and resource, then by period. Needs of which nothing was
/// done are absent.
pub fn settled_supply(
    case: &Case,
) -> std::collections::BTreeMap<(SchoolIx, crate::words::ResourceIx), Vec<f64>> {
    let mut sums = std::collections::BTreeMap::new();
    for done in &case.settled.done {
        let periods = case.horizon.period_count();
        let service = case.service(done.measure, done.year);
        for (resource, each) in case.measures[done.measure].serves() {
            let needs = sums
                .entry((done.school, resource))
                .or_insert_with(|| vec![Sum::default(); periods]);
            for period in service.clone() {
                needs[period].add(done.units * each * service.share(period));
            }
        }
    }
    let value = |(at, sums): (_, Vec<Sum>)| (at, sums.into_iter().map(Sum::value).collect());
    sums.into_iter().map(value).collect()
}
