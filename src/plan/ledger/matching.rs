//! Funds that match others: who pays how much of the same.

use super::shares::Shares;
use super::{Demand, Ledger, Trial};
use crate::formulate::Classes;
use crate::words::{FundIx, Money, YearIx};

/// The funds of each class that others have to match, in file order.
pub(super) fn matched_in(classes: &Classes, shares: &Shares) -> Vec<Vec<FundIx>> {
    let of_class = |(funds, policies): (&Vec<FundIx>, &Vec<_>)| {
        let is_matched = |fund: &FundIx| {
            let mut policies = policies.iter();
            policies.any(|policy| shares.matched(*policy).contains(fund))
        };
        funds.iter().copied().filter(is_matched).collect()
    };
    let classes = classes.funds.iter().zip(&classes.shares);
    classes.map(of_class).collect()
}

impl Ledger<'_> {
    /// Has the funds that match others pay the part of an amount that the rules ask of them; says how much that is.
    pub(super) fn match_first(
        &mut self,
        class: usize,
        period: YearIx,
        amount: Money,
        trial: &mut Trial,
    ) -> Money {
        if self.matched[class].is_empty() || self.case.horizon.is_terminal(period) {
            return Money::ZERO;
        }
        let mut paid = Money::ZERO;
        for policy in &self.classes.shares[class] {
            let mut part = self.shares.own_part(*policy, period, amount - paid);
            for fund in self.shares.funds(*policy).to_vec() {
                if self.classes.slot(class, fund).is_some() {
                    let one = self.pay_from(class, fund, period, part, trial);
                    part -= one;
                    paid += one;
                }
            }
        }
        paid
    }

    /// Meets a demand that some funds match others by having them pay what those pay, as far as they have room and no
    /// other rule is worse off; says whether it lacks less then.
    pub fn pay_otherwise(&mut self, demand: &Demand) -> bool {
        let others = self.shares.matched(demand.policy).to_vec();
        if others.is_empty() {
            return false;
        }
        let own = self.shares.funds(demand.policy).to_vec();
        let years: Vec<YearIx> = match demand.year {
            Some(year) => vec![year],
            None => self.case.horizon.plan_years().collect(),
        };
        let lacked = self.lacks(demand);
        let classes = self.classes;
        let spoken_of = |class: &usize| classes.shares[*class].contains(&demand.policy);
        for class in (0..classes.len()).filter(spoken_of) {
            for &year in &years {
                for &other in &others {
                    for &fund in &own {
                        self.exchange_payers(demand, class, year, [other, fund]);
                    }
                }
            }
        }
        self.lacks(demand) != lacked
    }

    /// Has one fund pay for a class in a year what another pays, at most what a rule needs to hold; changes nothing when
    /// another share is worse off.
    fn exchange_payers(
        &mut self,
        demand: &Demand,
        class: usize,
        year: YearIx,
        [from, to]: [FundIx; 2],
    ) {
        if self.classes.slot(class, to).is_none() {
            return;
        }
        let wanted = self.shares.to_exchange(demand.policy, year, Money::ZERO);
        let part = wanted.min(self.free(class, from, year));
        let part = part.min(self.room(to, year)).max(Money::ZERO);
        if part.is_zero() {
            return;
        }
        self.shares.judge();
        self.book(class, from, year, -part);
        self.book(class, to, year, part);
        if self.shares.is_worse() {
            self.book(class, to, year, -part);
            self.book(class, from, year, part);
        }
    }
}
