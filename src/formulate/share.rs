//! Share rules: money for what is in scope, as a share of what is spent or of what is available.

use super::{ColKey, Formulated, RowKey};
use crate::case::settled::{Counted, settled_for, settled_in_all};
use crate::case::{Base, Bound, Case, Rule};
use crate::program::Sense;
use crate::words::{FundIx, Money, PolicyIx, YearIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    let payments = Payments::of(form, case);
    let counted = Counted::of(case, &form.reach);
    for (policy, stated) in case.policies.pairs() {
        let Rule::Share {
            bound,
            share,
            base,
            funds,
            each_year,
        } = &stated.rule
        else {
            continue;
        };
        let funds = case.counted_funds(funds);
        for years in spans(case, *each_year) {
            if *each_year && !case.is_open(years[0]) {
                continue;
            }
            let mut entries: Vec<(usize, f64)> = Vec::new();
            let inside = payments.inside(policy, &funds, &years);
            entries.extend(inside.map(|col| (col, 1.0)));
            let before = match base {
                Base::YearBefore => match years[0].before() {
                    Some(year) => vec![year],
                    None => continue,
                },
                _ => Vec::new(),
            };
            let inside = payments.inside(policy, &funds, &before);
            entries.extend(inside.map(|col| (col, -share)));
            if let Base::Matched(others) = base {
                let matched = payments.inside(policy, others, &years);
                entries.extend(matched.map(|col| (col, -share)));
            }
            if *base == Base::Spent {
                let all = funds.iter().flat_map(|fund| &payments.of_fund[fund.at()]);
                let all = all.filter(|payment| years.contains(&payment.period));
                entries.extend(all.map(|payment| (payment.col, -share)));
            }
            let year = each_year.then(|| years[0]);
            let rhs = match base {
                Base::Available => part_of_available(case, &counted, policy, year).unwrap_or(0.0),
                Base::Spent => {
                    let all = settled_in_all(case, &funds, &years);
                    left(*bound, share * all.main(), counted.inside(policy, &years))
                }
                Base::Matched(others) => {
                    let matched = settled_for(case, &form.reach, policy, others, &years);
                    let all = share * matched.main();
                    left(*bound, all, counted.inside(policy, &years))
                }
                Base::YearBefore => {
                    let before = share * counted.inside(policy, &before).main();
                    left(*bound, before, counted.inside(policy, &years))
                }
            };
            let sense = if *bound == Bound::Min {
                Sense::AtLeast
            } else {
                Sense::AtMost
            };
            let key = RowKey::Share { policy, year };
            form.add_row(key, sense, rhs, entries);
        }
    }
}

/// A payment column.
#[derive(Clone, Copy)]
struct Payment {
    col: usize,
    fund: FundIx,
    period: YearIx,
}

/// The payment columns by fund and by class, and the classes that each policy speaks of.
struct Payments {
    of_fund: Vec<Vec<Payment>>,
    of_class: Vec<Vec<Payment>>,
    spoken_of: Vec<Vec<usize>>,
}

impl Payments {
    fn of(form: &Formulated, case: &Case) -> Payments {
        let mut payments = Payments {
            of_fund: vec![Vec::new(); case.funds.len()],
            of_class: vec![Vec::new(); form.classes.len()],
            spoken_of: vec![Vec::new(); case.policies.len()],
        };
        for (class, shares) in form.classes.shares.iter().enumerate() {
            for policy in shares {
                payments.spoken_of[policy.at()].push(class);
            }
        }
        for (col, key) in form.cols.iter().enumerate() {
            if let ColKey::Pay {
                fund,
                class,
                period,
            } = *key
            {
                let payment = Payment { col, fund, period };
                payments.of_fund[fund.at()].push(payment);
                payments.of_class[class].push(payment);
            }
        }
        payments
    }
}

impl Payments {
    /// The columns of what some funds pay in some years for what a policy speaks of.
    fn inside(
        &self,
        policy: PolicyIx,
        funds: &[FundIx],
        years: &[YearIx],
    ) -> impl Iterator<Item = usize> {
        let classes = self.spoken_of[policy.at()].iter();
        let payments = classes.flat_map(|&class| &self.of_class[class]);
        let counts = move |payment: &&Payment| {
            years.contains(&payment.period) && funds.binary_search(&payment.fund).is_ok()
        };
        payments.filter(counts).map(|payment| payment.col)
    }
}

/// The plan years a rule adds up: each by itself, or all together.
pub(super) fn spans(case: &Case, each_year: bool) -> Vec<Vec<YearIx>> {
    let years: Vec<YearIx> = case.horizon.plan_years().collect();
    if each_year {
        years.into_iter().map(|year| vec![year]).collect()
    } else {
        vec![years]
    }
}

/// What a share of the money available comes to (main units), in one year or (`None`) over the plan, less what of it is
/// settled; `None` for rules with another base.
pub(super) fn part_of_available(
    case: &Case,
    counted: &Counted,
    policy: PolicyIx,
    year: Option<YearIx>,
) -> Option<f64> {
    let Rule::Share {
        bound,
        share,
        base: Base::Available,
        funds,
        ..
    } = &case.policies[policy].rule
    else {
        return None;
    };
    let years = year.map_or_else(|| case.horizon.plan_years().collect(), |year| vec![year]);
    let all = given(case, &case.counted_funds(funds), &years);
    Some(left(
        *bound,
        share * all.main(),
        counted.inside(policy, &years),
    ))
}

/// What a share still asks for or allows when some of it is settled. A maximum that was passed allows nothing more: what
/// was done cannot be undone.
fn left(bound: Bound, share: f64, inside: Money) -> f64 {
    let left = share - inside.main();
    match bound {
        Bound::Min => left,
        Bound::Max => left.max(0.0),
    }
}

/// What some funds bring in some years.
fn given(case: &Case, funds: &[FundIx], years: &[YearIx]) -> Money {
    let of = |&fund: &FundIx| {
        years
            .iter()
            .map(move |&year| case.funds[fund].amounts[year])
    };
    funds.iter().flat_map(of).sum()
}
