//! Share rules: money for what is in scope, as a share of what is spent or of what is available.

use super::{ColKey, Formulated, RowKey};
use crate::case::{Base, Bound, Case, Rule};
use crate::program::Sense;
use crate::words::{FundIx, Money, YearIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
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
        for years in spans(case, *each_year) {
            let mut entries = Vec::new();
            for (col, key) in form.cols.iter().enumerate() {
                let ColKey::Pay {
                    fund,
                    class,
                    period,
                } = *key
                else {
                    continue;
                };
                if !years.contains(&period) || !counts(funds, fund) {
                    continue;
                }
                let inside = if form.classes.shares[class].contains(&policy) {
                    1.0
                } else {
                    0.0
                };
                let of_base = if *base == Base::Spent { *share } else { 0.0 };
                entries.push((col, inside - of_base));
            }
            let rhs = if *base == Base::Available {
                share * given(case, funds, &years).main()
            } else {
                0.0
            };
            let sense = if *bound == Bound::Min {
                Sense::AtLeast
            } else {
                Sense::AtMost
            };
            let key = RowKey::Share {
                policy,
                year: each_year.then(|| years[0]),
            };
            form.add_row(key, sense, rhs, entries);
        }
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

/// Whether a fund is counted by a rule that names funds (none named: all).
fn counts(named: &[FundIx], fund: FundIx) -> bool {
    named.is_empty() || named.contains(&fund)
}

/// What the counted funds bring in some years.
fn given(case: &Case, funds: &[FundIx], years: &[YearIx]) -> Money {
    let counted = case.funds.pairs().filter(|(fund, _)| counts(funds, *fund));
    counted
        .flat_map(|(_, fund)| years.iter().map(|&year| fund.amounts[year]))
        .sum()
}
