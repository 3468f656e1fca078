//! The limits that hold a plan back, with what one more unit of them would bring.

use super::answer::{Binding, BindingUnit};
use super::proof::Proof;
use crate::case::{Base, Case, Quota, Rule};
use crate::formulate::{ColKey, Formulated, RowKey};
use crate::words::{FundIx, Money, PolicyIx, YearIx};

/// Limits whose loosening by one hundredth of their size would close less than this share of the gap are not named.
const NEGLIGIBLE: f64 = 1e-6;

/// The binding limits, those first whose loosening by one per cent closes most gap.
pub fn bindings(case: &Case, form: &Formulated, proof: &Proof) -> Vec<Binding> {
    let mut found: Vec<(f64, Binding)> = Vec::new();
    let prices = fund_prices(case, form, proof);
    let payments = Payments::of(case, form, proof);
    for fund in case.funds.ids() {
        for year in case.horizon.periods() {
            let price = fund_price(case, &prices, fund, year);
            let size = if case.horizon.is_terminal(year) {
                case.funds[fund].after
            } else {
                case.funds[fund].amounts[year]
            };
            let key = RowKey::Fund { fund, period: year };
            let year = (!case.horizon.is_terminal(year)).then_some(year);
            let binding = Binding {
                name: key.words(case),
                year,
                price,
                per: BindingUnit::Money,
            };
            found.push((price * size.main(), binding));
        }
    }
    for (key, (row, multiplier)) in form
        .rows
        .iter()
        .zip(form.program.rows.iter().zip(&proof.multipliers))
    {
        let (year, per, price, size) = match *key {
            RowKey::Quota { policy, year, .. } => (
                year,
                quota_unit(case, policy),
                multiplier.abs(),
                row.rhs.abs(),
            ),
            RowKey::Share { policy, year } => {
                let Rule::Share {
                    share, funds, base, ..
                } = &case.policies[policy].rule
                else {
                    continue;
                };
                let base = match (base, year.and_then(YearIx::before)) {
                    (Base::YearBefore, Some(before)) => {
                        let funds = case.counted_funds(funds);
                        inside(form, proof, policy, &funds, &[before])
                    }
                    (Base::Matched(others), _) => {
                        let years = year
                            .map_or_else(|| case.horizon.plan_years().collect(), |year| vec![year]);
                        inside(form, proof, policy, others, &years)
                    }
                    _ => payments.counted(case, funds, year),
                };
                (
                    year,
                    BindingUnit::Points,
                    multiplier.abs() * base / 100.0,
                    share * 100.0,
                )
            }
            RowKey::Stay { policy } => {
                let Rule::Stay { earlier, least } = &case.policies[policy].rule else {
                    continue;
                };
                let all: Money = earlier.money(case).values().copied().sum();
                let price = multiplier.abs() * all.main() / 100.0;
                (None, BindingUnit::Points, price, least * 100.0)
            }
            _ => continue,
        };
        found.push((
            price * size.max(1.0),
            Binding {
                name: key.words(case),
                year,
                price,
                per,
            },
        ));
    }
    let least = NEGLIGIBLE * proof.objective.abs().max(1.0);
    found.retain(|(worth, _)| worth / 100.0 > least);
    found.sort_by(|a, b| b.0.total_cmp(&a.0));
    found.into_iter().map(|(_, binding)| binding).collect()
}

/// The prices of the fund rows, by fund: period and price.
pub(super) fn fund_prices(
    case: &Case,
    form: &Formulated,
    proof: &Proof,
) -> Vec<Vec<(YearIx, f64)>> {
    let mut prices = vec![Vec::new(); case.funds.len()];
    for (key, multiplier) in form.rows.iter().zip(&proof.multipliers) {
        if let RowKey::Fund { fund, period } = *key {
            prices[fund.at()].push((period, -multiplier));
        }
    }
    prices
}

/// What one more main unit of a fund in a period brings: it stands in the row of that period and, when the fund
/// carries over, in those of all later years.
pub(super) fn fund_price(
    case: &Case,
    prices: &[Vec<(YearIx, f64)>],
    fund: FundIx,
    at: YearIx,
) -> f64 {
    let carries = case.funds[fund].carry_over && !case.horizon.is_terminal(at);
    let counts = |period: YearIx| {
        period == at || (carries && period > at && !case.horizon.is_terminal(period))
    };
    let rows = prices[fund.at()]
        .iter()
        .filter(|(period, _)| counts(*period));
    rows.map(|(_, price)| price).sum::<f64>().max(0.0)
}

/// What the optimum has some funds pay in some years for what a rule speaks of.
fn inside(
    form: &Formulated,
    proof: &Proof,
    policy: PolicyIx,
    funds: &[FundIx],
    years: &[YearIx],
) -> f64 {
    let paid = form.cols.iter().zip(&proof.values);
    let inside = paid.filter(|(key, _)| match **key {
        ColKey::Pay {
            fund,
            class,
            period,
        } => {
            years.contains(&period)
                && funds.binary_search(&fund).is_ok()
                && form.classes.shares[class].contains(&policy)
        }
        _ => false,
    });
    crate::words::sum::sum(inside.map(|(_, value)| *value))
}

/// What the optimum has the funds pay in each plan year, and at the end in all of them.
struct Payments {
    by_fund: Vec<Vec<f64>>,
    by_all: Vec<f64>,
}

impl Payments {
    fn of(case: &Case, form: &Formulated, proof: &Proof) -> Payments {
        let years = case.horizon.years;
        let mut payments = Payments {
            by_fund: vec![vec![0.0; years + 1]; case.funds.len()],
            by_all: vec![0.0; years + 1],
        };
        for (key, &value) in form.cols.iter().zip(&proof.values) {
            if let ColKey::Pay { fund, period, .. } = *key
                && !case.horizon.is_terminal(period)
            {
                for sums in [&mut payments.by_fund[fund.at()], &mut payments.by_all] {
                    sums[period.at()] += value;
                    sums[years] += value;
                }
            }
        }
        payments
    }

    /// What these funds (all when none is named) pay in a year, or in all.
    fn counted(&self, case: &Case, funds: &[FundIx], year: Option<YearIx>) -> f64 {
        let at = year.map_or(case.horizon.years, YearIx::at);
        if funds.is_empty() {
            self.by_all[at]
        } else {
            let funds = case.counted_funds(funds);
            funds.iter().map(|fund| self.by_fund[fund.at()][at]).sum()
        }
    }
}

/// What the price of a quota is for one more of.
pub fn quota_unit(case: &Case, policy: PolicyIx) -> BindingUnit {
    match case.policies[policy].rule {
        Rule::Quota {
            amount: Quota::Money(_),
            ..
        } => BindingUnit::Money,
        _ => BindingUnit::Units,
    }
}
