//! The limits that hold a plan back, with what one more unit of them would bring.

use super::answer::{Binding, BindingUnit};
use super::prove::Proof;
use crate::case::{Case, Rule};
use crate::formulate::{Formulated, RowKey};
use crate::words::{FundIx, YearIx};

/// Limits whose loosening by one hundredth of their size would close less than this share of the gap are not named.
const NEGLIGIBLE: f64 = 1e-6;

/// The binding limits, those first whose loosening by one per cent closes most gap.
pub fn bindings(case: &Case, form: &Formulated, proof: &Proof) -> Vec<Binding> {
    let mut found: Vec<(f64, Binding)> = Vec::new();
    for fund in case.funds.ids() {
        for year in case.horizon.periods() {
            let price = fund_price(case, form, proof, fund, year);
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
            RowKey::Quota { year, .. } => {
                (year, BindingUnit::Units, multiplier.abs(), row.rhs.abs())
            }
            RowKey::Share { policy, year } => {
                let Rule::Share { share, .. } = case.policies[policy].rule else {
                    continue;
                };
                let base = share_base(case, form, proof, policy, year);
                (
                    year,
                    BindingUnit::Points,
                    multiplier.abs() * base / 100.0,
                    share * 100.0,
                )
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

/// What one more main unit of a fund in a period brings: it stands in the row of that period and, when the fund
/// carries over, in those of all later years.
fn fund_price(case: &Case, form: &Formulated, proof: &Proof, fund: FundIx, at: YearIx) -> f64 {
    let carries = case.funds[fund].carry_over && !case.horizon.is_terminal(at);
    let counts = |period: YearIx| {
        period == at || (carries && period > at && !case.horizon.is_terminal(period))
    };
    let rows =
        form.rows
            .iter()
            .zip(&proof.multipliers)
            .filter_map(|(key, multiplier)| match *key {
                RowKey::Fund { fund: one, period } if one == fund && counts(period) => {
                    Some(-multiplier)
                }
                _ => None,
            });
    rows.sum::<f64>().max(0.0)
}

/// The money a share rule is a share of, as spent by the optimum.
fn share_base(
    case: &Case,
    form: &Formulated,
    proof: &Proof,
    policy: crate::words::PolicyIx,
    year: Option<YearIx>,
) -> f64 {
    let Rule::Share { funds, .. } = &case.policies[policy].rule else {
        return 0.0;
    };
    let counted = form
        .cols
        .iter()
        .zip(&proof.values)
        .filter_map(|(key, value)| match *key {
            crate::formulate::ColKey::Pay { fund, period, .. }
                if (funds.is_empty() || funds.contains(&fund))
                    && !case.horizon.is_terminal(period)
                    && year.is_none_or(|year| year == period) =>
            {
                Some(*value)
            }
            _ => None,
        });
    counted.sum()
}
