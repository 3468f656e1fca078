//! Which numbers of a program come from how much money the funds have, so that other money needs no other program.

use super::{ColKey, Formulated, RowKey, share};
use crate::case::Case;
use crate::case::settled::Counted;
use crate::words::sum::sum;
use crate::words::{FundIx, YearIx};

/// The numbers of a program that come from the funds' money.
#[derive(Clone, PartialEq, Debug)]
pub struct Moneyed {
    /// (row, right-hand side in main units of money).
    pub rhs: Vec<(usize, f64)>,
    /// (payment column, upper bound in main units of money).
    pub upper: Vec<(usize, f64)>,
}

impl Formulated {
    /// These numbers for a case that differs from the one formulated in nothing but the money of its funds.
    pub fn moneyed(&self, case: &Case) -> Moneyed {
        let mut moneyed = Moneyed {
            rhs: Vec::new(),
            upper: Vec::new(),
        };
        let counted = Counted::of(case, &self.reach);
        let mut most_due = Vec::new();
        for (at, key) in self.rows.iter().enumerate() {
            match *key {
                RowKey::Fund { fund, period } => {
                    moneyed.rhs.push((at, case.available(fund, period).main()));
                }
                RowKey::Share { policy, year } => {
                    if let Some(rhs) = share::part_of_available(case, &counted, policy, year) {
                        moneyed.rhs.push((at, rhs));
                    }
                }
                RowKey::Class { class, period } => {
                    let costs = self.program.rows[at].entries.iter();
                    let costs: Vec<(usize, f64)> = costs
                        .copied()
                        .filter(|&(col, _)| !matches!(self.cols[col], ColKey::Pay { .. }))
                        .collect();
                    most_due.push(((class, period), self.most_due(&costs)));
                }
                _ => {}
            }
        }
        most_due.sort_by_key(|&(key, _)| key);
        for (at, key) in self.cols.iter().enumerate() {
            if let ColKey::Pay {
                fund,
                class,
                period,
            } = *key
            {
                let due = most_due.binary_search_by_key(&(class, period), |&(key, _)| key);
                let due = due.map_or(0.0, |found| most_due[found].1);
                let floor = self.program.cols[at].lower;
                moneyed
                    .upper
                    .push((at, ceiling(case, fund, period, due, floor)));
            }
        }
        moneyed
    }

    /// The most that a class can cost, given the terms of its cost (main units of money).
    pub(super) fn most_due(&self, costs: &[(usize, f64)]) -> f64 {
        let most = |&(col, cost): &(usize, f64)| cost * self.program.cols[col].upper;
        sum(costs.iter().map(most))
    }
}

/// The upper bound of what a fund pays for a class of which at most `due` can be due and `floor` is paid at least (main
/// units of money). Far enough above what there is and what can be due never to bind: the price of money must stand in
/// the fund row alone. And no further: money of a nation would drown what one county's class costs.
pub(super) fn ceiling(case: &Case, fund: FundIx, period: YearIx, due: f64, floor: f64) -> f64 {
    let most = case.available(fund, period).main().min(due);
    2.0 * most.max(floor) + 1.0
}
