//! The rows of a plan: the money of each spending class, divided among what it pays for.

use std::collections::BTreeMap;

use super::At;
use crate::case::Case;
use crate::formulate::{Classes, Formulated, Kept};
use crate::plan::ledger::Ledger;
use crate::plan::row::PlanRow;
use crate::plan::spread::Deal;
use crate::words::{FundIx, Money};

/// The plan's rows: each measure is paid by as few funds as possible, in order, so that an auditor finds one
/// project under one fund; only where a fund runs out does the next one continue.
pub fn rows(
    case: &Case,
    form: &Formulated,
    ledger: &Ledger,
    kept: &[Kept],
    deal: &Deal,
) -> Vec<PlanRow> {
    let (years, periods) = (case.horizon.years, case.horizon.period_count());
    let mut tills = Tills::of(case, form, ledger);
    let mut paid: BTreeMap<(At, FundIx), Vec<Money>> = BTreeMap::new();
    let mut settled: BTreeMap<(At, usize), Money> = BTreeMap::new();
    for row in kept {
        let (Some(fund), Some(class)) = (row.fund, form.classes.class(row.measure, row.school))
        else {
            continue;
        };
        let at = (row.year, row.measure, row.school);
        for (period, &amount) in row.payments.iter().enumerate().take(periods) {
            tills.take_from(class, fund, period, amount);
            paid.entry((at, fund))
                .or_insert_with(|| vec![Money::ZERO; periods])[period] += amount;
            *settled.entry((at, period)).or_default() += amount;
        }
    }
    for (&at, dealt) in deal {
        let (year, measure, school) = at;
        let dues = case.dues(measure, year, dealt.brought);
        let Some(class) = form
            .classes
            .class(measure, school)
            .filter(|_| !dues.is_zero())
        else {
            continue;
        };
        for (period, due) in dues.iter() {
            let due = due - settled.get(&(at, period)).copied().unwrap_or_default();
            tills.take(class, period, due, |fund, part| {
                paid.entry((at, fund))
                    .or_insert_with(|| vec![Money::ZERO; periods])[period] += part;
            });
        }
    }
    let mut rows = Vec::new();
    for (&at, dealt) in deal
        .iter()
        .filter(|(_, dealt)| tidy(dealt.brought) > 0.0 || tidy(dealt.taken) > 0.0)
    {
        let (year, measure, school) = at;
        let row = |units: f64, fund: Option<FundIx>, money: &[Money]| PlanRow {
            school,
            measure,
            year,
            units: tidy(units),
            fund,
            payments: (0..years)
                .map(|period| money.get(period).copied().unwrap_or_default())
                .collect(),
            after: money.get(years).copied().unwrap_or_default(),
        };
        let mut units = dealt.brought;
        let funds = paid
            .range((at, FundIx::new(0))..)
            .take_while(|((one, _), _)| *one == at);
        for (&(_, fund), money) in funds {
            rows.push(row(units, Some(fund), money));
            units = 0.0;
        }
        if tidy(units) > 0.0 {
            rows.push(row(units, None, &[]));
        }
        if tidy(dealt.taken) > 0.0 {
            rows.push(row(-dealt.taken, None, &[]));
        }
    }
    rows
}

/// The money of the funds that is to be divided among what they pay for.
struct Tills<'a> {
    classes: &'a Classes,
    periods: usize,
    /// By class with fund (its slot) and period.
    left: Vec<Money>,
    /// By class and period: the first of its funds that may have something left.
    first: Vec<usize>,
}

impl<'a> Tills<'a> {
    fn of(case: &Case, form: &'a Formulated, ledger: &Ledger) -> Tills<'a> {
        let (classes, periods) = (&form.classes, case.horizon.period_count());
        let mut left = Vec::with_capacity(classes.slot_count() * periods);
        for (class, funds) in classes.funds.iter().enumerate() {
            for &fund in funds {
                let paid = |period| ledger.paid(class, fund, period);
                left.extend(case.horizon.periods().map(paid));
            }
        }
        Tills {
            classes,
            periods,
            left,
            first: vec![0; classes.len() * periods],
        }
    }

    fn take_from(&mut self, class: usize, fund: FundIx, period: usize, amount: Money) {
        if let Some(slot) = self.classes.slot(class, fund) {
            self.left[slot * self.periods + period] -= amount;
        }
    }

    /// Takes an amount from the funds of a class in file order; tells which fund gives which part.
    fn take(
        &mut self,
        class: usize,
        period: usize,
        mut due: Money,
        mut give: impl FnMut(FundIx, Money),
    ) {
        let funds = &self.classes.funds[class];
        let first = &mut self.first[class * self.periods + period];
        while due > Money::ZERO && *first < funds.len() {
            let slot = self.classes.slots(class).start + *first;
            let left = &mut self.left[slot * self.periods + period];
            let part = due.min(*left).max(Money::ZERO);
            if !part.is_zero() {
                *left -= part;
                due -= part;
                give(funds[*first], part);
            }
            if *left <= Money::ZERO {
                *first += 1;
            }
        }
    }
}

/// A sum of steps without the last digits that adding them up has blurred: 31.04, not 31.040000000000003.
fn tidy(units: f64) -> f64 {
    (units * 1e9).round() / 1e9
}
