//! What is wished of a plan beside a small gap, while the last units are dealt out.

use std::collections::BTreeSet;

use super::At;
use crate::case::{Case, Dues};
use crate::plan::ledger::Ledger;
use crate::words::{Money, SchoolIx, YearIx};

/// Where units may be added to what the optimum's values have brought, and how many. Nothing is wished by default. What
/// rules demand is added wherever it can be, first where it is wished.
#[derive(Clone, Debug, Default)]
pub struct Aim {
    /// By school: whether something may be added there.
    pub schools: Option<Vec<bool>>,
    /// Where something is added only when no other place is left.
    pub last: BTreeSet<At>,
    /// The most that may be spent in each plan year, over all funds.
    pub most_in_year: Option<Vec<Money>>,
    /// The gap index that is small enough: nothing is added below it.
    pub enough: Option<f64>,
    /// Whether limits on differences are kept to at the end only.
    pub even_at_last: bool,
}

impl Aim {
    /// Whether a unit is welcome at a place.
    pub fn welcomes(&self, at: &At) -> bool {
        self.is_open(at.2) && !self.last.contains(at)
    }

    /// Whether a unit may be added at a school.
    pub fn is_open(&self, school: SchoolIx) -> bool {
        self.schools
            .as_ref()
            .is_none_or(|schools| schools[school.at()])
    }

    /// Whether so much more may be spent in each of some periods.
    pub(super) fn allows(&self, case: &Case, ledger: &Ledger, dues: &Dues) -> bool {
        let Some(most) = &self.most_in_year else {
            return true;
        };
        dues.iter().all(|(period, due)| {
            let Some(most) = most.get(period) else {
                return true;
            };
            let of = |fund| ledger.spent(fund, YearIx::new(period));
            let spent: Money = case.funds.ids().map(of).sum();
            spent + due <= *most
        })
    }
}
