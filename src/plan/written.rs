//! A plan that was written before, read again.

use super::answer::{Certificate, Plan};
use super::audit::audit;
use super::fair::fairness;
use super::outcome::Outcome;
use super::row::PlanRow;
use super::solve::money;
use crate::case::Case;
use crate::words::Money;

/// The plan that these rows are for a case: what they do, what they cost and whether they keep its rules, all told anew;
/// with the certificate that came with them, which the caller has to doubt. No limit is named: that takes a solve.
pub fn written(case: &Case, rows: Vec<PlanRow>, certificate: Certificate) -> Plan {
    let spent = |fund, year: crate::words::YearIx| -> Money {
        let of_fund = rows.iter().filter(|row| row.fund == Some(fund));
        of_fund.map(|row| row.payments[year.at()]).sum()
    };
    let outcome = Outcome::new(case, &rows);
    Plan {
        fairness: fairness(case, None, true, &outcome),
        outcome,
        money: money(case, spent),
        audit: audit(case, &rows, &[]),
        certificate,
        bindings: Vec::new(),
        without_terminal: None,
        take_up: None,
        rows,
    }
}
