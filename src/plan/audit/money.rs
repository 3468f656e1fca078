//! Money: prices, earmarks and what the funds have, exact to the hundredth.

use std::collections::BTreeMap;

use super::said::monies;
use super::{Audit, school};
use crate::case::{Case, Reach};
use crate::plan::row::PlanRow;
use crate::words::{FundIx, MeasureIx, Money, SchoolIx, YearIx};

/// Each measure is paid for, in each period, exactly what its units cost.
pub(super) fn check_prices(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    let periods = case.horizon.years + 1;
    let mut bought: BTreeMap<(SchoolIx, MeasureIx, YearIx), (f64, Vec<Money>)> = BTreeMap::new();
    for row in rows {
        let at = (row.school, row.measure, row.year);
        let (units, paid) = bought
            .entry(at)
            .or_insert_with(|| (0.0, vec![Money::ZERO; periods]));
        *units += row.units.max(0.0);
        for (sum, part) in paid.iter_mut().zip(row.payments.iter().chain([&row.after])) {
            *sum += *part;
        }
    }
    for ((at, measure, year), (units, paid)) in bought {
        let dues = case.dues(measure, year, units);
        for (period, paid) in paid.into_iter().enumerate() {
            let due = dues.at(period);
            audit.check("price", paid == due, || {
                let (name, stated) = (&case.measures[measure].name, &case.schools[at]);
                let [due, paid] = monies(case, due, paid);
                (
                    format!(
                        "{} ({})的“{name}”应付 {due}，列支 {paid}",
                        stated.name, stated.id
                    ),
                    format!(
                        "{} ({}): “{name}” costs {due} but {paid} is paid",
                        stated.name, stated.id
                    ),
                )
            });
        }
    }
}

/// Every fund pays only what it may, and nothing negative.
pub(super) fn check_earmarks(audit: &mut Audit, case: &Case, reach: &Reach, rows: &[PlanRow]) {
    for row in rows {
        let pays = row.payments.iter().chain([&row.after]);
        audit.check(
            "no-negative-payment",
            pays.clone().all(|&part| part >= Money::ZERO),
            || {
                (
                    format!("{}有负的支出", school(case, row)),
                    format!("{}: a payment is negative", school(case, row)),
                )
            },
        );
        let paid = pays.copied().sum::<Money>();
        let may = match row.fund {
            Some(fund) => reach.pays(fund, row.measure, row.school),
            None => paid.is_zero(),
        };
        audit.check("earmark", may, || {
            let fund = row.fund.map_or("", |fund| &case.funds[fund].name);
            let name = &case.measures[row.measure].name;
            (
                format!("“{fund}”不得用于{}的“{name}”", school(case, row)),
                format!(
                    "fund “{fund}” may not pay “{name}” at {}",
                    school(case, row)
                ),
            )
        });
    }
}

/// No fund spends what it does not have: year by year, or up to each year when what is left carries over; and what
/// goes on being paid after the plan is covered by what goes on coming.
pub(super) fn check_funds(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    let years = case.horizon.years;
    // By fund and plan year, with what goes on being paid at the end.
    let settled = |fund: FundIx| {
        let periods = (0..=years).map(YearIx::new);
        periods
            .map(|period| case.settled_spending(fund, period))
            .collect()
    };
    let mut spending: Vec<Vec<Money>> = case.funds.ids().map(settled).collect();
    for row in rows {
        if let Some(fund) = row.fund {
            let sums = &mut spending[fund.at()];
            sums.iter_mut()
                .zip(row.payments.iter().take(years))
                .for_each(|(sum, &part)| *sum += part);
            sums[years] += row.after;
        }
    }
    for (stated, spending) in case.funds.iter().zip(spending) {
        let (mut given, mut spent) = (Money::ZERO, Money::ZERO);
        for year in case.horizon.plan_years() {
            if !stated.carry_over {
                (given, spent) = (Money::ZERO, Money::ZERO);
            }
            given += stated.amounts[year];
            spent += spending[year.at()];
            if !case.is_open(year) {
                continue;
            }
            let calendar = case.horizon.calendar(year);
            audit.check("fund", spent <= given, || {
                over(case, &stated.name, &calendar.to_string(), [spent, given])
            });
        }
        if case.horizon.terminal > 0.0 {
            let after = spending[years];
            audit.check("fund-after", after <= stated.after, || {
                over(case, &stated.name, "+", [after, stated.after])
            });
        }
    }
}

fn over(case: &Case, fund: &str, year: &str, [spent, given]: [Money; 2]) -> (String, String) {
    let [spent, given] = monies(case, spent, given);
    (
        format!("“{fund}”{year}年支出 {spent} 超过可用 {given}"),
        format!("fund “{fund}” spends {spent} of {given} ({year})"),
    )
}
