//! Prices: what one more unit of each limit would close, as far as that holds, and what each rule costs.
//!
//! The price of a limit is the slope of the smallest gap as the limit is loosened (upward) or tightened (downward).
//! Where the two differ the price is not unique. Each holds up to the next breakpoint, to which the simplex walks; the
//! value there is then solved for once more and proven by itself.

use rayon::prelude::*;

use crate::case::{Base, Case, Rule};
use crate::formulate::RowKey;
use crate::plan::{BindingUnit, Known, Options, WhatIf, quota_unit};
use crate::program::certificate::distance;
use crate::program::{Program, Sense};
use crate::words::tolerance::PROVEN;
use crate::words::{FundIx, PolicyIx, YearIx};

/// Prices that differ by less than this (relative) are one.
const SAME: f64 = 1e-6;
/// Prices of which a whole limit is worth less than this share of the gap are none.
const NEGLIGIBLE: f64 = 1e-9;

/// What limits and rules are worth.
#[derive(Clone, Debug)]
pub struct Prices {
    /// The smallest gap index (continuous).
    pub gap: f64,
    /// The limits with a price, those first whose loosening by one per cent closes most.
    pub limits: Vec<Price>,
    /// What each policy and earmark costs, the dearest first.
    pub rules: Vec<RuleCost>,
    /// Whether limits could be followed to where their prices change; not in very large cases.
    pub followed: bool,
}

/// The price of a limit.
#[derive(Clone, Debug)]
pub struct Price {
    /// The limit, as a row of the program; for money the row of the period in which it comes.
    pub limit: RowKey,
    /// In which plan year, when it belongs to one.
    pub year: Option<YearIx>,
    /// What it is counted in.
    pub per: BindingUnit,
    /// How large it is, in that unit.
    pub size: f64,
    /// When it is loosened.
    pub up: Option<Side>,
    /// When it is tightened.
    pub down: Option<Side>,
    /// From the multipliers alone: what there is where no side could be followed.
    pub multiplier: f64,
}

/// A price on one side of today's limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Side {
    /// By how much the gap index changes by a unit: falls when loosened, rises when tightened.
    pub price: f64,
    /// Over how many units it holds.
    pub holds_for: f64,
    /// Whether it may hold for more: it was followed no further than to twice the limit, or to nothing of it.
    pub or_more: bool,
    /// Whether solving again at the end of that range gave what the price says, with its own proof.
    pub confirmed: bool,
}

impl Price {
    /// Whether loosening and tightening by a little are worth the same.
    pub fn is_unique(&self) -> bool {
        match (self.up, self.down) {
            (Some(up), Some(down)) => {
                (up.price - down.price).abs() <= SAME * up.price.abs().max(down.price.abs())
            }
            _ => true,
        }
    }

    /// The price when loosened; where that is not known the multiplier.
    pub fn upward(&self) -> f64 {
        self.up.map_or(self.multiplier, |up| up.price)
    }
}

/// Which rule.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Costly {
    /// A policy.
    Policy(PolicyIx),
    /// What a fund may pay.
    Earmark(FundIx),
}

/// What a rule costs.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct RuleCost {
    /// The rule.
    pub rule: Costly,
    /// The smallest gap index without it; `None` where no optimum was proven.
    pub gap_without: Option<f64>,
}

/// The prices of a case.
///
/// # Errors
/// What is known of the case, when that is no optimum.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::prices::prices;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let found = prices(&case, &Options::default()).expect("a case with a plan");
/// for price in &found.limits {
///     println!("{:?}: one more is worth {}", price.limit, price.upward());
/// }
/// # assert!(found.limits.iter().any(|price| price.upward() > 0.0));
/// ```
pub fn prices(case: &Case, options: &Options) -> Result<Prices, Known> {
    let (mut ready, known) = WhatIf::new(case, options);
    let Known::Point(proof) = &known else {
        return Err(known);
    };
    let gap = ready.gap(proof.objective);
    let multipliers = proof.multipliers.clone();
    // Brings what is kept to the optimum.
    ready.ask(case);
    let (limits, rules) = rayon::join(
        || limits(case, &ready, &multipliers, gap),
        || rules(case, gap, options),
    );
    let followed = limits
        .iter()
        .all(|one| one.up.is_some() || one.down.is_some());
    Ok(Prices {
        gap,
        limits,
        rules,
        followed,
    })
}

/// The rows that one limit moves, with their rate a unit, and what is said of it.
struct Limit {
    key: RowKey,
    year: Option<YearIx>,
    per: BindingUnit,
    size: f64,
    rows: Vec<(usize, f64)>,
}

fn limits(case: &Case, ready: &WhatIf, multipliers: &[f64], gap: f64) -> Vec<Price> {
    let all = money_limits(case, ready).into_iter();
    let all: Vec<Limit> = all.chain(quota_limits(case, ready)).collect();
    let priced = all.into_par_iter().filter_map(|limit| {
        let slope: f64 = limit
            .rows
            .iter()
            .map(|&(row, rate)| multipliers[row] * rate)
            .sum();
        let price = Price {
            up: side(ready, &limit, 1.0),
            down: side(ready, &limit, -1.0),
            multiplier: -slope,
            limit: limit.key,
            year: limit.year,
            per: limit.per,
            size: limit.size,
        };
        let worth = [price.up, price.down].into_iter().flatten();
        let worth = worth
            .map(|side| side.price)
            .fold(price.multiplier, f64::max);
        (worth * price.size.max(1.0) > NEGLIGIBLE * gap.max(1.0)).then_some(price)
    });
    let mut priced: Vec<Price> = priced.collect();
    priced.sort_by(|a, b| (b.upward() * b.size).total_cmp(&(a.upward() * a.size)));
    priced
}

/// The money of each fund in each period: it stands in the row of that period and, when the fund carries over, in those
/// of all later years.
fn money_limits(case: &Case, ready: &WhatIf) -> Vec<Limit> {
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
                limits.push(Limit {
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
fn quota_limits(case: &Case, ready: &WhatIf) -> Vec<Limit> {
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
        Some(Limit {
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
fn side(ready: &WhatIf, limit: &Limit, direction: f64) -> Option<Side> {
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

/// What each policy and earmark costs: the case without it, solved by itself.
fn rules(case: &Case, gap: f64, options: &Options) -> Vec<RuleCost> {
    let policies = case.policies.ids().map(Costly::Policy);
    let earmarked = case
        .funds
        .pairs()
        .filter(|(_, fund)| fund.scope != Default::default());
    let all: Vec<Costly> = policies
        .chain(earmarked.map(|(at, _)| Costly::Earmark(at)))
        .collect();
    let mut costs: Vec<RuleCost> = all
        .into_par_iter()
        .map(|rule| {
            let (ready, known) = WhatIf::new(&without(case, rule), options);
            let gap_without = match known {
                Known::Point(proof) if proof.distance() <= PROVEN => {
                    Some(ready.gap(proof.objective))
                }
                _ => None,
            };
            RuleCost { rule, gap_without }
        })
        .collect();
    // Rules of which nothing is known stand last.
    let cost = |one: &RuleCost| {
        one.gap_without
            .map_or(f64::NEG_INFINITY, |without| gap - without)
    };
    costs.sort_by(|a, b| cost(b).total_cmp(&cost(a)));
    costs
}

/// The case without a rule.
fn without(case: &Case, rule: Costly) -> Case {
    let mut case = case.clone();
    match rule {
        Costly::Policy(dropped) => {
            let kept = case.policies.pairs().filter(|(at, _)| *at != dropped);
            case.policies = kept.map(|(_, one)| one.clone()).collect::<Vec<_>>().into();
        }
        Costly::Earmark(fund) => case.funds[fund].scope = Default::default(),
    }
    case
}
