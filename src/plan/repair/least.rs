//! The least by which one rule, or the money of some funds, must give way: a linear program in which nothing but that is
//! elastic, each amount in its own unit, and the sum of it is minimised.

use std::collections::{BTreeMap, BTreeSet};

use crate::case::{Base, Bound, Case, Quota, Rule as Stated};
use crate::formulate::{ColKey, Formulated, RowKey};
use crate::plan::answer::Options;
use crate::plan::culprits::{Bare, Rule, Trials};
use crate::plan::posed::Posed;
use crate::plan::prove::{Known, optimum};
use crate::program::Sense;
use crate::words::{FundIx, PolicyIx, YearIx};

/// The least total of some elastic columns, as proven, and their values there.
struct Least {
    bound: f64,
    values: Vec<f64>,
}

/// Minimises Σ cost × elastic column, all else without cost. `None` where no point keeps the rows, or none was found.
fn least(form: &Formulated, elastic: &[(usize, f64)], options: &Options) -> Option<Least> {
    let mut program = Bare::of(form).program;
    for &(col, cost) in elastic {
        program.cols[col].cost = cost;
    }
    let mut posed = Posed::new(&program, program.blocks.is_empty());
    let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
        return None;
    };
    Some(Least {
        bound: proof.bound,
        values: elastic.iter().map(|&(col, _)| proof.values[col]).collect(),
    })
}

/// The least by which the number of a policy must give way, in its own unit, while `standing` rules hold: no less is
/// possible. `None` where that is no linear question (a share of what is spent), or no answer was found.
pub fn number(
    case: &Case,
    policy: PolicyIx,
    standing: &BTreeSet<Rule>,
    trials: &mut Trials,
    options: &Options,
) -> Option<f64> {
    let mut form = trials.program(standing);
    let position = trials.policies().iter().position(|&at| at == policy)?;
    let position = PolicyIx::new(position);
    let elastic = match case.policies[policy].rule {
        Stated::Quota { bound, amount, .. } => {
            let each = per_row(case, policy, standing, trials, &form, amount);
            quota(&mut form, position, bound, &each)
        }
        Stated::Target { share, .. } => target(&mut form, case, position, share),
        Stated::Share { .. }
        | Stated::Stay { .. }
        | Stated::Differences { .. }
        | Stated::Indicators { .. }
        | Stated::Forbid => return None,
    };
    Some(least(&form, &[(elastic, 1.0)], options)?.bound)
}

/// By how much the rows of a quota move when its number moves by 1: by 1, or by the stock of which it is a share.
fn per_row(
    case: &Case,
    policy: PolicyIx,
    standing: &BTreeSet<Rule>,
    trials: &Trials,
    form: &Formulated,
    amount: Quota,
) -> Vec<f64> {
    let Quota::OfStock(_) = amount else {
        return vec![1.0; form.rows.len()];
    };
    let mut all = case.clone();
    if let Stated::Quota { amount, .. } = &mut all.policies[policy].rule {
        *amount = Quota::OfStock(1.0);
    }
    let form = trials.of(&all).program(standing);
    form.program.rows.iter().map(|row| row.rhs).collect()
}

fn quota(form: &mut Formulated, policy: PolicyIx, bound: Bound, each: &[f64]) -> usize {
    let is_of = |key: &RowKey| matches!(key, RowKey::Quota { policy: of, .. } if *of == policy);
    let rows: Vec<usize> = (0..form.rows.len())
        .filter(|&at| is_of(&form.rows[at]))
        .collect();
    let cols = &form.program.cols;
    let lacks = |&at: &usize| {
        let row = &form.program.rows[at];
        let (low, high) = row.activity_range(cols);
        let lack = match bound {
            Bound::Min => row.rhs - low,
            Bound::Max => high - row.rhs,
        };
        match each[at] > 0.0 {
            true => lack.max(0.0) / each[at],
            false => 0.0,
        }
    };
    let most = rows.iter().map(lacks).fold(0.0, f64::max);
    let col = form.program.add_col(0.0, most, 1.0);
    for at in rows {
        let sign = match bound {
            Bound::Min => each[at],
            Bound::Max => -each[at],
        };
        if sign != 0.0 {
            form.program.rows[at].entries.push((col, sign));
        }
    }
    col
}

/// What may stay short under a target grows by the standard times what the share gives way. What is asked is not rounded up
/// to whole steps here: the least that is found is no more than what it takes.
fn target(form: &mut Formulated, case: &Case, policy: PolicyIx, share: f64) -> usize {
    let col = form.program.add_col(0.0, share, 1.0);
    for at in 0..form.rows.len() {
        let RowKey::Target {
            policy: of,
            school,
            resource,
            year,
        } = form.rows[at]
        else {
            continue;
        };
        let Some(required) = case.required(school, resource, year) else {
            continue;
        };
        if of == policy && required > 0.0 {
            let row = &mut form.program.rows[at];
            row.rhs = row.rhs.max((1.0 - share) * required);
            row.entries.push((col, -required));
        }
    }
    // The same column stands in the rows of many blocks: they are none any more.
    form.program.blocks.clear();
    col
}

/// More money of a fund: in each plan year, and a year after the plan.
pub type More = BTreeMap<(FundIx, usize), f64>;

/// The least money (main units; of all plan years and all years after the plan) that some funds need more while all
/// `standing` rules but their money hold, by fund and period; of all ways of giving it that of the earliest funds in file
/// order and the latest years. `None` where no money of theirs is enough, or no answer was found.
pub fn money(
    case: &Case,
    funds: &[FundIx],
    standing: &BTreeSet<Rule>,
    trials: &mut Trials,
    options: &Options,
) -> Option<(f64, More)> {
    let mut fewer = standing.clone();
    for &fund in funds {
        fewer.remove(&Rule::Money(fund));
    }
    let mut form = trials.program(&fewer);
    let elastic = elastic_money(&mut form, case, funds, trials.changed());
    let priced: Vec<(usize, f64)> = elastic
        .iter()
        .map(|one| (one.col, case.horizon.duration(one.period)))
        .collect();
    let first = least(&form, &priced, options)?;
    // Of all ways that cost no more, one that does not depend on how a solver breaks ties.
    let total: f64 = priced
        .iter()
        .zip(&first.values)
        .map(|((_, cost), value)| cost * value)
        .sum();
    let rank = |one: &Elastic| {
        let fund = funds.iter().position(|&fund| fund == one.fund).unwrap_or(0);
        let late = case.horizon.years - one.period.at().min(case.horizon.years);
        1.0 + (fund * (case.horizon.years + 1) + late) as f64
    };
    let ranked: Vec<(usize, f64)> = elastic.iter().map(|one| (one.col, rank(one))).collect();
    form.program
        .add_row(Sense::AtMost, total * (1.0 + TIE), priced.clone());
    let values = match least(&form, &ranked, options) {
        Some(second) => second.values,
        None => first.values,
    };
    let found = elastic.iter().zip(values);
    let more = found.map(|(one, value)| ((one.fund, one.period.at()), value));
    Some((
        first.bound,
        more.filter(|(_, value)| *value > NOTHING * total).collect(),
    ))
}

/// By how much more than the least what is given may cost for its ties to be broken.
const TIE: f64 = 1e-7;
/// The part of all money that is noise of a solver.
const NOTHING: f64 = 1e-6;

/// More money of a fund in a period.
struct Elastic {
    fund: FundIx,
    period: YearIx,
    col: usize,
}

/// Funds as the case states them, with columns for more money. Who has a share of what is available to keep has more to
/// keep then.
fn elastic_money(
    form: &mut Formulated,
    case: &Case,
    funds: &[FundIx],
    stands: &Case,
) -> Vec<Elastic> {
    let mut payable: BTreeMap<(FundIx, usize), f64> = BTreeMap::new();
    for (key, col) in form.cols.iter().zip(&form.program.cols) {
        if let ColKey::Pay { fund, period, .. } = *key {
            *payable.entry((fund, period.at())).or_default() += col.upper;
        }
    }
    let mut elastic: Vec<Elastic> = Vec::new();
    for &fund in funds {
        let carries = case.funds[fund].carry_over;
        for period in case.horizon.periods() {
            let is_after = case.horizon.is_terminal(period);
            let until = match carries && !is_after {
                true => case.horizon.years,
                false => period.at() + 1,
            };
            let due = (period.at()..until).filter_map(|at| payable.get(&(fund, at)));
            let most: f64 = due.sum();
            if most > 0.0 {
                let col = form.program.add_col(0.0, most, 1.0);
                elastic.push(Elastic { fund, period, col });
            }
        }
    }
    for at in 0..form.rows.len() {
        match form.rows[at] {
            RowKey::Fund { fund, period } if funds.contains(&fund) => {
                let row = &mut form.program.rows[at];
                row.rhs = case.available(fund, period).main();
                let carries = case.funds[fund].carry_over && !case.horizon.is_terminal(period);
                let counts = |one: &&Elastic| {
                    one.fund == fund && (one.period == period || (carries && one.period < period))
                };
                let given = elastic.iter().filter(counts);
                row.entries.extend(given.map(|one| (one.col, -1.0)));
            }
            RowKey::Share { policy, year } => {
                let Stated::Share {
                    share,
                    base: Base::Available,
                    funds: of,
                    ..
                } = &stands.policies[policy].rule
                else {
                    continue;
                };
                let of = case.counted_funds(of);
                let counts = |one: &&Elastic| {
                    !case.horizon.is_terminal(one.period)
                        && of.binary_search(&one.fund).is_ok()
                        && year.is_none_or(|year| year == one.period)
                };
                let given = elastic.iter().filter(counts);
                let entries = given
                    .map(|one| (one.col, -share))
                    .filter(|one| one.1 != 0.0);
                form.program.rows[at].entries.extend(entries);
            }
            _ => {}
        }
    }
    elastic
}
