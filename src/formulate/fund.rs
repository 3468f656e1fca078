//! Money: spending classes, who pays them, and what each fund has.
//!
//! Σ cost · x over a class and period = Σ payments of the funds that may pay it; payments of a fund ≤ what there is.

use super::keep::Kept;
use super::{ColKey, Formulated, RowKey};
use crate::case::{Case, Rule};
use crate::program::Sense;
use crate::words::{FundIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// Spending that every earmark and every share rule treats alike: the coarsest such partition.
#[derive(Clone, Debug, Default)]
pub struct Classes {
    /// The funds that may pay each class, in file order.
    pub funds: Vec<Vec<FundIx>>,
    /// The share rules that speak of each class, in file order.
    pub shares: Vec<Vec<PolicyIx>>,
    schools: usize,
    of: Vec<Option<usize>>,
}

impl Classes {
    /// The spending classes of a case.
    pub fn of(case: &Case) -> Classes {
        let mut classes = Classes {
            schools: case.schools.len(),
            ..Classes::default()
        };
        for measure in case.measures.ids() {
            for school in case.schools.ids() {
                let class = classes.find_or_add(case, measure, school);
                classes.of.push(class);
            }
        }
        classes
    }

    /// The class of a measure at a school; `None` when no fund may pay it.
    pub fn class(&self, measure: MeasureIx, school: SchoolIx) -> Option<usize> {
        self.of[measure.at() * self.schools + school.at()]
    }

    /// How many classes there are.
    pub fn len(&self) -> usize {
        self.funds.len()
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.funds.is_empty()
    }

    fn find_or_add(&mut self, case: &Case, measure: MeasureIx, school: SchoolIx) -> Option<usize> {
        let funds: Vec<FundIx> = case
            .funds
            .ids()
            .filter(|&fund| case.funds[fund].scope.covers(case, measure, school))
            .collect();
        if funds.is_empty() || !case.measures[measure].scope.covers_school(case, school) {
            return None;
        }
        let is_share =
            |policy: &PolicyIx| matches!(case.policies[*policy].rule, Rule::Share { .. });
        let covers = |policy: &PolicyIx| case.policies[*policy].scope.covers(case, measure, school);
        let shares: Vec<PolicyIx> = case
            .policies
            .ids()
            .filter(|p| is_share(p) && covers(p))
            .collect();
        let known =
            (0..self.funds.len()).find(|&at| self.funds[at] == funds && self.shares[at] == shares);
        Some(known.unwrap_or_else(|| {
            self.funds.push(funds);
            self.shares.push(shares);
            self.funds.len() - 1
        }))
    }
}

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
        let cost = case.measures[measure].cost.main();
        if let Some(class) = class.filter(|_| cost != 0.0) {
            for period in case.paid(measure, year) {
                costs[class * periods + period].push((col, cost));
            }
        }
    }
    let mut paid: Vec<Vec<(usize, f64)>> = vec![Vec::new(); case.funds.len() * periods];
    for class in 0..form.classes.len() {
        for period in case.horizon.periods() {
            let mut entries = std::mem::take(&mut costs[class * periods + period.at()]);
            if entries.is_empty() {
                continue;
            }
            for fund in form.classes.funds[class].clone() {
                let floor = kept_payment(form, kept, fund, class, period);
                // Far enough above what there is never to bind: the price of money must stand in the fund row alone.
                let ceiling = 2.0 * case.available(fund, period).main().max(floor) + 1.0;
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

/// What kept rows already take from a fund for a class in a period, main units.
fn kept_payment(
    form: &Formulated,
    kept: &[Kept],
    fund: FundIx,
    class: usize,
    period: YearIx,
) -> f64 {
    kept.iter()
        .filter(|row| {
            row.fund == Some(fund) && form.classes.class(row.measure, row.school) == Some(class)
        })
        .filter_map(|row| row.payments.get(period.at()))
        .copied()
        .sum::<Money>()
        .main()
}
