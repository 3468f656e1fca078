//! From what was entered to facts: what was brought, what was paid for it, and what goes on being paid.

use super::line::{At, Line};
use crate::case::{Case, Done, Paid};
use crate::plan::PlanRow;
use crate::words::{FundIx, Money, YearIx};

/// The closed years as facts.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Facts {
    /// What was done.
    pub done: Vec<Done>,
    /// What was and what will be paid for it.
    pub paid: Vec<Paid>,
    /// The same as rows of a plan table.
    pub rows: Vec<PlanRow>,
    /// Measures at a school and year of which units were entered and no money: counted at the price of the case.
    pub at_case_price: usize,
    /// The same, where not even a fund is named and the plan has none: they cost nobody anything.
    pub paid_by_nobody: usize,
}

/// The facts of the first `closed` years.
pub fn facts(case: &Case, lines: &[Line], closed: usize) -> Facts {
    let mut facts = Facts::default();
    let lines = &lines[..lines.partition_point(|line| line.is_closed(closed))];
    for group in lines.chunk_by(|one, next| one.at == next.at) {
        facts.add(case, group, closed);
    }
    facts
}

impl Facts {
    fn add(&mut self, case: &Case, lines: &[Line], closed: usize) {
        let at = lines[0].at;
        let units: f64 = lines.iter().filter_map(|line| line.entered.taken).sum();
        if units > 0.0 {
            self.done.push(Done {
                school: at.school,
                measure: at.measure,
                year: at.year,
                units: if at.gives { -units } else { units },
            });
        }
        let money = self.money(case, lines, units, closed);
        self.record(case, at, units, money);
    }

    /// What each fund pays in each period.
    fn money(
        &mut self,
        case: &Case,
        lines: &[Line],
        units: f64,
        closed: usize,
    ) -> Vec<(FundIx, Vec<Money>)> {
        let at = lines[0].at;
        let funded: Vec<(FundIx, &Line)> = lines
            .iter()
            .filter_map(|line| Some((line.fund?, line)))
            .collect();
        let brought = if at.gives { 0.0 } else { units };
        let dues = case.dues(at.measure, at.year, brought);
        let mut money: Vec<(FundIx, Vec<Money>)> = funded
            .iter()
            .map(|&(fund, _)| (fund, vec![Money::ZERO; case.horizon.years + 1]))
            .collect();
        let entered = lines.iter().any(|line| line.entered.spent.is_some());
        let periods = case.paid(at.measure, at.year);
        let gone: Vec<usize> = periods.clone().filter(|&period| period < closed).collect();
        if entered {
            for ((_, line), (_, parts)) in funded.iter().zip(&mut money) {
                let spent = line.entered.spent.unwrap_or_default();
                let gone = if gone.is_empty() {
                    vec![at.year.at()]
                } else {
                    gone.clone()
                };
                let planned: Vec<Money> = gone.iter().map(|&at| line.payments[at]).collect();
                for (&period, part) in gone.iter().zip(share(spent, &planned)) {
                    parts[period] += part;
                }
            }
        } else if !dues.is_zero() {
            self.at_case_price += 1;
            self.paid_by_nobody += usize::from(funded.is_empty());
        }
        for period in periods.filter(|period| !entered || *period >= closed) {
            // By the plan's funds; where it has none, by those that have paid so far.
            let planned: Vec<Money> = funded
                .iter()
                .map(|(_, line)| line.payments[period])
                .collect();
            let so_far = || money.iter().map(|(_, parts)| parts.iter().copied().sum());
            let weights: Vec<Money> = match planned.iter().all(|part| part.is_zero()) {
                true => so_far().collect(),
                false => planned,
            };
            for ((_, parts), part) in money.iter_mut().zip(share(dues.at(period), &weights)) {
                parts[period] += part;
            }
        }
        money
    }

    fn record(&mut self, case: &Case, at: At, units: f64, money: Vec<(FundIx, Vec<Money>)>) {
        let years = case.horizon.years;
        let row = |units: f64, fund: Option<FundIx>, parts: &[Money]| PlanRow {
            school: at.school,
            measure: at.measure,
            year: at.year,
            units,
            fund,
            payments: (0..years)
                .map(|at| parts.get(at).copied().unwrap_or_default())
                .collect(),
            after: parts.get(years).copied().unwrap_or_default(),
        };
        let mut left = if at.gives { -units } else { units };
        for (fund, parts) in money {
            if parts.iter().all(|part| part.is_zero()) {
                continue;
            }
            self.rows.push(row(left, Some(fund), &parts));
            left = 0.0;
            for (period, &amount) in parts.iter().enumerate().filter(|(_, part)| !part.is_zero()) {
                self.paid.push(Paid {
                    fund,
                    school: at.school,
                    measure: at.measure,
                    period: YearIx::new(period),
                    amount,
                });
            }
        }
        if left != 0.0 {
            self.rows.push(row(left, None, &[]));
        }
    }
}

/// An amount in parts that are in proportion to weights, to the hundredth: the largest remainders get what is left over,
/// the first among equals. In equal parts where all weights are nothing.
fn share(amount: Money, weights: &[Money]) -> Vec<Money> {
    let weight = |one: &Money| i128::from(one.as_cents().max(0));
    let all: i128 = weights.iter().map(weight).sum();
    let weights: Vec<i128> = match all {
        0 => vec![1; weights.len()],
        _ => weights.iter().map(weight).collect(),
    };
    let all: i128 = weights.iter().sum();
    if all == 0 {
        return Vec::new();
    }
    let amount = i128::from(amount.as_cents());
    let mut parts: Vec<i128> = weights.iter().map(|weight| amount * weight / all).collect();
    let mut order: Vec<usize> = (0..weights.len()).collect();
    order.sort_by_key(|&at| std::cmp::Reverse((amount * weights[at]) % all));
    let left = (amount - parts.iter().sum::<i128>()).max(0);
    for &at in order.iter().take(usize::try_from(left).unwrap_or(0)) {
        parts[at] += 1;
    }
    parts
        .into_iter()
        .map(|part| Money::cents(part as i64))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_add_up_and_follow_their_weights() {
        let of = |amount, weights: &[i64]| -> Vec<i64> {
            let weights: Vec<Money> = weights.iter().map(|&one| Money::cents(one)).collect();
            share(Money::cents(amount), &weights)
                .iter()
                .map(|part| part.as_cents())
                .collect()
        };
        assert_eq!(of(100, &[1, 2]), [33, 67]);
        assert_eq!(of(100, &[0, 0, 0]), [34, 33, 33]);
        assert_eq!(of(7, &[5, 2]), [5, 2]);
        assert_eq!(of(7, &[]), [0; 0]);
    }
}
