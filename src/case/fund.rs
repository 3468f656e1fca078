//! Funds (资金): money by year and what it may pay.

use super::Case;
use super::recurrent::PerPupil;
use super::scope::Scope;
use crate::words::{FundIx, Money, Place, Table, YearIx};

/// A source of money.
#[derive(Clone, Debug)]
pub struct Fund {
    /// The code in the case file.
    pub id: String,
    /// The name that is shown, such as 中央专项.
    pub name: String,
    /// Money that becomes available in each plan year.
    pub amounts: Table<YearIx, Money>,
    /// Money a year that goes on coming after the plan; it must cover the pay that goes on.
    pub after: Money,
    /// Whether what is left in a year may be spent later.
    pub carry_over: bool,
    /// Where its money comes by the pupil: what `amounts` follow from (see [`PerPupil`]).
    pub per_pupil: Option<PerPupil>,
    /// What it may pay (专项); empty fields allow everything.
    pub scope: Scope,
    /// Where it is stated.
    pub place: Place,
}

impl Fund {
    /// All the money of the plan years.
    pub fn total(&self) -> Money {
        self.amounts.iter().copied().sum()
    }
}

impl Case {
    /// What a fund can have spent by the end of a period: all that has come when it carries over, else what comes
    /// in that period. In the terminal period: what comes a year. Less what is settled already.
    pub fn available(&self, fund: FundIx, period: YearIx) -> Money {
        let stated = &self.funds[fund];
        let settled = |period| self.settled_spending(fund, period);
        if self.horizon.is_terminal(period) {
            stated.after - settled(period)
        } else if stated.carry_over {
            let so_far = stated.amounts.pairs().take(period.at() + 1);
            so_far.map(|(year, &given)| given - settled(year)).sum()
        } else {
            stated.amounts[period] - settled(period)
        }
    }
}
