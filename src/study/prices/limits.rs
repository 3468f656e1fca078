//! Limits that are right-hand sides: the simplex walks along them to where their price changes.

use rayon::prelude::*;

use super::{Limit, Price, SAME, Side};
use crate::case::{Base, Case, Rule};
use crate::formulate::RowKey;
use crate::plan::{BindingUnit, WhatIf, quota_unit};
use crate::program::certificate::distance;
use crate::program::{Program, Sense};
use crate::words::YearIx;
use crate::words::tolerance::PROVEN;

/// The rows that one limit moves, with their rate a unit, and what is said of it.
struct Moved {
    key: RowKey,
    year: Option<YearIx>,
    per: BindingUnit,
    size: f64,
    rows: Vec<(usize, f64)>,
}

/// The prices of these limits, in the order of the program's rows.
pub(super) fn limits(case: &Case, ready: &WhatIf, multipliers: &[f64]) -> Vec<Price> {
    let all = money_limits(case, ready).into_iter();
    let all: Vec<Moved> = all.chain(quota_limits(case, ready)).collect();
    let priced = all.into_par_iter().map(|limit| {
        let slope: f64 = limit
            .rows
            .iter()
            .map(|&(row, rate)| multipliers[row] * rate)
            .sum();
        Price {
            up: side(ready, &limit, 1.0),
            down: side(ready, &limit, -1.0),
            multiplier: -slope,
            limit: Limit::Row(limit.key),
            year: limit.year,
            per: limit.per,
            size: limit.size,
            straight: true,
        }
    });
    priced.collect()
}

/// The money of each fund in each period: it stands in the row of that period and, when the fund carries over, in those
/// of all later years.
fn money_limits(case: &Case, ready: &WhatIf) -> Vec<Moved> {
    let mut limits = Vec::new();
    for (fund, stated) in case.funds.pairs() {
        for at in case.horizon.periods() {
            let terminal = case.horizon.is_terminal(at);
            let carries = stated.carry_over && !terminal;
            let counts = |key: &RowKey| match *key {
                RowKey::Fund { fund: of, period } if of == fund => {
                    period == at || (carries && period > at && !case.horizon.is_terminal(period))
                }
                _ => false,
            };
            let rows = ready.form.rows.iter().enumerate();
            let rows: Vec<(usize, f64)> = rows
                .filter(|(_, key)| counts(key))
                .map(|(row, _)| (row, 1.0))
                .collect();
            if !rows.is_empty() {
                let amount = if terminal {
                    stated.after
                } else {
                    stated.amounts[at]
                };
                limits.push(Moved {
                    key: RowKey::Fund { fund, period: at },
                    year: (!terminal).then_some(at),
                    per: BindingUnit::Money,
                    size: amount.main(),
                    rows,
                });
            }
        }
    }
    limits
}

/// Quotas, in units; and shares of what is available, in percentage points.
fn quota_limits(case: &Case, ready: &WhatIf) -> Vec<Moved> {
    let rows = ready
        .form
        .rows
        .iter()
        .zip(&ready.form.program.rows)
        .enumerate();
    let limits = rows.filter_map(|(at, (key, row))| {
        // Loosened means more for a ceiling, less for a floor.
        let sign = if row.sense == Sense::AtLeast {
            -1.0
        } else {
            1.0
        };
        let (year, per, size, rate) = match *key {
            RowKey::Quota { policy, year, .. } => (year, quota_unit(case, policy), row.rhs, sign),
            RowKey::Share { policy, year } => {
                let Rule::Share { share, base, .. } = &case.policies[policy].rule else {
                    return None;
                };
                // Of what is spent no right-hand side tells; only a share of what is available can be followed.
                if *base != Base::Available || row.rhs == 0.0 || *share == 0.0 {
                    return None;
                }
                let point = row.rhs / (share * 100.0);
                (year, BindingUnit::Points, share * 100.0, sign * point)
            }
            _ => return None,
        };
        Some(Moved {
            key: *key,
            year,
            per,
            size,
            rows: vec![(at, rate)],
        })
    });
    limits.collect()
}

/// The price of a limit when it is loosened (1) or tightened (-1), up to its own size.
fn side(ready: &WhatIf, limit: &Moved, direction: f64) -> Option<Side> {
    let reach = limit.size.abs().max(1.0);
    if direction < 0.0 && limit.size <= 0.0 && limit.per == BindingUnit::Money {
        return None;
    }
    let rates: Vec<(usize, f64)> = limit
        .rows
        .iter()
        .map(|&(row, rate)| (row, direction * rate * reach))
        .collect();
    let mut first: Option<f64> = None;
    let mut more = |piece: &crate::solve::simplex::Piece| {
        let slope = *first.get_or_insert(piece.slope);
        (piece.slope - slope).abs() <= SAME * slope.abs()
    };
    let course = ready.aside(&rates, &mut more)?;
    let slope = course.pieces.first()?.slope;
    let same = course
        .pieces
        .iter()
        .take_while(|one| (one.slope - slope).abs() <= SAME * slope.abs());
    let end = same.last()?;
    let value = end.objective + end.slope * (end.to - end.from);
    Some(Side {
        price: -direction * slope / reach,
        holds_for: end.to * reach,
        or_more: end.to >= 1.0 && course.impossible_beyond.is_none(),
        confirmed: confirmed(ready, &rates, end.to, value),
    })
}

/// Whether the program with its right-hand sides that far along has this optimum, by its own proof.
fn confirmed(ready: &WhatIf, rates: &[(usize, f64)], along: f64, value: f64) -> bool {
    let mut program: Program = ready.form.program.clone();
    for &(row, rate) in rates {
        program.rows[row].rhs += along * rate;
    }
    ready
        .proven(&program)
        .is_some_and(|other| distance(value, other).abs() <= 2.0 * PROVEN)
}
