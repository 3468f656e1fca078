//! Who pays what: exact money for whole units, and the rows of the plan.

use std::collections::BTreeMap;

use super::course::Course;
use super::ledger::Ledger;
use super::row::PlanRow;
use super::spread::{Deal, Dealt};
use super::waterfill::whole;
use crate::case::{Case, Lever};
use crate::formulate::{ColKey, Formulated, Kept};
use crate::words::{FundIx, MeasureIx, Money, SchoolIx, YearIx};

type At = (YearIx, MeasureIx, SchoolIx);

/// Money that no fund can pay: the class and period, and how much.
struct Unpaid {
    class: usize,
    period: YearIx,
    amount: Money,
}

/// Books a deal: kept payments as written, then the optimum's own choice of funds, then whatever fund has room.
/// Where rounding leaves a few hundredths that nobody can pay, the last units dealt there are taken back.
pub fn settle<'a>(
    case: &'a Case,
    form: &'a Formulated,
    values: &[f64],
    kept: &[Kept],
    deal: &mut Deal,
    course: &mut Course,
) -> Ledger<'a> {
    let wished = wished_payments(case, form, values);
    loop {
        let (ledger, unpaid) = book(case, form, &wished, kept, deal);
        match unpaid {
            Some(unpaid) if take_back(case, form, &unpaid, deal, course) => {}
            _ => return ledger,
        }
    }
}

/// What the optimum has each fund pay, by (class, period), in hundredths.
fn wished_payments(
    case: &Case,
    form: &Formulated,
    values: &[f64],
) -> BTreeMap<(usize, YearIx), Vec<f64>> {
    let mut wished: BTreeMap<(usize, YearIx), Vec<f64>> = BTreeMap::new();
    for (key, &value) in form.cols.iter().zip(values) {
        if let ColKey::Pay {
            fund,
            class,
            period,
        } = *key
        {
            wished
                .entry((class, period))
                .or_insert_with(|| vec![0.0; case.funds.len()])[fund.at()] = value.max(0.0) * 100.0;
        }
    }
    wished
}

fn book<'a>(
    case: &'a Case,
    form: &'a Formulated,
    wished: &BTreeMap<(usize, YearIx), Vec<f64>>,
    kept: &[Kept],
    deal: &Deal,
) -> (Ledger<'a>, Option<Unpaid>) {
    let mut ledger = Ledger::new(case, &form.classes);
    let mut due: BTreeMap<(usize, YearIx), Money> = BTreeMap::new();
    for (&(year, measure, school), dealt) in deal {
        let rotates = matches!(case.measures[measure].lever, Lever::Rotate { .. });
        ledger.count(
            school,
            measure,
            year,
            if rotates { dealt.taken } else { dealt.brought },
        );
        let each = case.measures[measure].cost.times(dealt.brought);
        if let Some(class) = form
            .classes
            .class(measure, school)
            .filter(|_| !each.is_zero())
        {
            for period in case.paid(measure, year) {
                *due.entry((class, YearIx::new(period))).or_default() += each;
            }
        }
    }
    for row in kept {
        let (Some(fund), Some(class)) = (row.fund, form.classes.class(row.measure, row.school))
        else {
            continue;
        };
        for (period, &amount) in row
            .payments
            .iter()
            .enumerate()
            .filter(|(_, amount)| !amount.is_zero())
        {
            let period = YearIx::new(period);
            ledger.book(class, fund, period, amount);
            *due.entry((class, period)).or_default() -= amount;
        }
    }
    for (&(class, period), due) in &mut due {
        let Some(wished) = wished.get(&(class, period)) else {
            continue;
        };
        let total: f64 = wished.iter().sum();
        let scale = if total > 0.0 {
            (due.as_cents() as f64 / total).clamp(0.0, 1.0)
        } else {
            0.0
        };
        for &fund in &form.classes.funds[class] {
            let wish = Money::cents((wished[fund.at()] * scale).floor() as i64);
            let part = wish
                .min(*due)
                .min(ledger.room(fund, period))
                .max(Money::ZERO);
            ledger.book(class, fund, period, part);
            *due -= part;
        }
    }
    let mut unpaid = None;
    for ((class, period), due) in due {
        let amount = ledger.pay(class, period, due.max(Money::ZERO));
        if unpaid.is_none() && !amount.is_zero() {
            unpaid = Some(Unpaid {
                class,
                period,
                amount,
            });
        }
    }
    (ledger, unpaid)
}

/// Takes back the last units that need the unpaid money; says whether there were any.
fn take_back(
    case: &Case,
    form: &Formulated,
    unpaid: &Unpaid,
    deal: &mut Deal,
    course: &mut Course,
) -> bool {
    let uses = |entry: &(&At, &Dealt)| {
        let (&(year, measure, school), dealt) = *entry;
        !dealt.kept
            && dealt.brought > 0.0
            && form.classes.class(measure, school) == Some(unpaid.class)
            && case.paid(measure, year).contains(&unpaid.period.at())
            && !case.measures[measure].cost.is_zero()
    };
    let Some((&at, _)) = deal.iter().rev().find(uses) else {
        return false;
    };
    let (year, measure, school) = at;
    let step = case.resources[case.measures[measure].resource].step;
    let per_step = case.measures[measure].cost.main() * step;
    let wanted = (unpaid.amount.main() / per_step).ceil().max(1.0);
    let steps = wanted.min(whole(deal[&at].brought / step).max(1) as f64);
    let units = (steps * step).min(deal[&at].brought);
    withdraw(case, deal, course, at, units);
    if matches!(case.measures[measure].lever, Lever::Rotate { .. }) {
        send_home(case, deal, course, (year, measure, school), units);
    }
    true
}

fn withdraw(case: &Case, deal: &mut Deal, course: &mut Course, at: At, units: f64) {
    let (year, measure, school) = at;
    if let Some(dealt) = deal.get_mut(&at) {
        dealt.brought -= units;
        course.supply(
            school,
            case.measures[measure].resource,
            case.service(measure, year),
            -units,
        );
    }
}

/// As many posts as no longer arrive no longer leave, the last first.
pub fn send_home(
    case: &Case,
    deal: &mut Deal,
    course: &mut Course,
    (year, measure, school): At,
    mut units: f64,
) {
    let place = |school: SchoolIx| (case.schools[school].county, case.schools[school].stage);
    let donors = deal.range_mut((year, measure, SchoolIx::new(0))..).rev();
    for (&(at_year, at_measure, donor), dealt) in donors {
        let same = (at_year, at_measure) == (year, measure) && place(donor) == place(school);
        if same && !dealt.kept && dealt.taken > 0.0 && units > 0.0 {
            let back = units.min(dealt.taken);
            dealt.taken -= back;
            units -= back;
            course.supply(
                donor,
                case.measures[measure].resource,
                case.service(measure, year),
                back,
            );
        }
    }
}

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
    let mut left: BTreeMap<(usize, YearIx), Vec<(FundIx, Money)>> = BTreeMap::new();
    for class in 0..form.classes.len() {
        for period in case.horizon.periods() {
            let funds = form.classes.funds[class].iter();
            left.insert(
                (class, period),
                funds
                    .map(|&fund| (fund, ledger.paid(class, fund, period)))
                    .collect(),
            );
        }
    }
    let mut paid: BTreeMap<(At, FundIx), Vec<Money>> = BTreeMap::new();
    let mut settled: BTreeMap<(At, usize), Money> = BTreeMap::new();
    for row in kept {
        let (Some(fund), Some(class)) = (row.fund, form.classes.class(row.measure, row.school))
        else {
            continue;
        };
        let at = (row.year, row.measure, row.school);
        for (period, &amount) in row.payments.iter().enumerate().take(periods) {
            let funds = left.get_mut(&(class, YearIx::new(period)));
            if let Some(found) =
                funds.and_then(|funds| funds.iter_mut().find(|(one, _)| *one == fund))
            {
                found.1 -= amount;
            }
            paid.entry((at, fund))
                .or_insert_with(|| vec![Money::ZERO; periods])[period] += amount;
            *settled.entry((at, period)).or_default() += amount;
        }
    }
    for (&at, dealt) in deal {
        let (year, measure, school) = at;
        let each = case.measures[measure].cost.times(dealt.brought);
        let Some(class) = form
            .classes
            .class(measure, school)
            .filter(|_| !each.is_zero())
        else {
            continue;
        };
        for period in case.paid(measure, year) {
            let mut due = each - settled.get(&(at, period)).copied().unwrap_or_default();
            for (fund, money) in left.entry((class, YearIx::new(period))).or_default() {
                let part = due.min(*money).max(Money::ZERO);
                if !part.is_zero() {
                    *money -= part;
                    due -= part;
                    paid.entry((at, *fund))
                        .or_insert_with(|| vec![Money::ZERO; periods])[period] += part;
                }
            }
        }
    }
    let mut rows = Vec::new();
    for (&at, dealt) in deal
        .iter()
        .filter(|(_, dealt)| dealt.brought > 0.0 || dealt.taken > 0.0)
    {
        let (year, measure, school) = at;
        let row = |units: f64, fund: Option<FundIx>, money: &[Money]| PlanRow {
            school,
            measure,
            year,
            units,
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
        if units > 0.0 {
            rows.push(row(units, None, &[]));
        }
        if dealt.taken > 0.0 {
            rows.push(row(-dealt.taken, None, &[]));
        }
    }
    rows
}
