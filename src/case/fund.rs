//! Funds (资金): money by year and what it may pay.

use super::scope::Scope;
use crate::words::{Money, Table, YearIx};

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
    /// What it may pay (专项); empty fields allow everything.
    pub scope: Scope,
}

impl Fund {
    /// All the money of the plan years.
    pub fn total(&self) -> Money {
        self.amounts.iter().copied().sum()
    }
}
