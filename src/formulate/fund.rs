//! Money: who pays the spending classes, and what each fund has.
//!
//! Σ cost · x over a class and period = Σ payments of the funds that may pay it; payments of a fund ≤ what there is.

use std::collections::BTreeMap;

use super::keep::Kept;
use super::{Classes, ColKey, Formulated, RowKey, money};
use crate::case::Case;
use crate::program::Sense;
use crate::words::{FundIx, Money, YearIx};

pub(super) fn add_rows(form: &mut Formulated, case: &Case, kept: &[Kept]) {
    let periods = case.horizon.period_count();
    let mut costs: Vec<Vec<(usize, f64)>> = vec![Vec::new(); form.classes.len() * periods];
    for (col, key) in form.cols.iter().enumerate() {
        let (measure, year, class) = match *key {
            ColKey::Supply {
                school,
                measure,
                year,
            } => (measure, year, form.classes.class(measure, school)),
            ColKey::Exchange {
                measure,
                year,
                class,
                ..
            } => (measure, year, class),
            _ => continue,
        };
        if let Some(class) = class {
            for (period, price) in case.dues(measure, year, 1.0).iter() {
                costs[class * periods + period].push((col, price.main()));
            }
        }
    }
    let held = kept_payments(&form.classes, kept);
    let mut paid: Vec<Vec<(usize, f64)>> = vec![Vec::new(); case.funds.len() * periods];
    for class in 0..form.classes.len() {
        for period in case.horizon.periods() {
            let mut entries = std::mem::take(&mut costs[class * periods + period.at()]);
            if entries.is_empty() {
                continue;
            }
            let due = form.most_due(&entries);
            for fund in form.classes.funds[class].clone() {
                let floor = held
                    .get(&(class, fund, period))
                    .map_or(0.0, |sum| sum.main());
                let ceiling = money::ceiling(case, fund, period, due, floor);
                let col = form.add_col(
                    ColKey::Pay {
                        fund,
                        class,
                        period,
                    },
                    floor,
                    ceiling,
                    0.0,
                );
                entries.push((col, -1.0));
                paid[fund.at() * periods + period.at()].push((col, 1.0));
            }
            form.add_row(RowKey::Class { class, period }, Sense::Equal, 0.0, entries);
        }
    }
    for fund in case.funds.ids() {
        let mut so_far: Vec<(usize, f64)> = Vec::new();
        for period in case.horizon.periods() {
            let now = &paid[fund.at() * periods + period.at()];
            if case.funds[fund].carry_over && !case.horizon.is_terminal(period) {
                so_far.extend(now);
            } else {
                so_far.clone_from(now);
            }
            if !so_far.is_empty() {
                let rhs = case.available(fund, period).main();
                form.add_row(
                    RowKey::Fund { fund, period },
                    Sense::AtMost,
                    rhs,
                    so_far.clone(),
                );
            }
        }
    }
}

/// What kept rows already take from the funds, by class, fund and period.
fn kept_payments(classes: &Classes, kept: &[Kept]) -> BTreeMap<(usize, FundIx, YearIx), Money> {
    let mut payments = BTreeMap::new();
    for row in kept {
        let (Some(fund), Some(class)) = (row.fund, classes.class(row.measure, row.school)) else {
            continue;
        };
        for (period, &part) in row.payments.iter().enumerate() {
            let sum: &mut Money = payments
                .entry((class, fund, YearIx::new(period)))
                .or_default();
            *sum += part;
        }
    }
    payments
}
