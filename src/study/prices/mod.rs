//! Prices: what one more unit of each limit would close, as far as that holds, and what each rule costs.
//!
//! The price of a limit is the slope of the smallest gap as the limit is loosened (upward) or tightened (downward).
//! Where the two differ the price is not unique. Each holds up to the next breakpoint, to which the simplex walks; the
//! value there is then solved for once more and proven by itself. Of rules that state a part (a share of what is spent, a
//! part of the standard) the price is what one percentage point changes.

mod limits;
mod points;
mod rules;

use crate::case::Case;
use crate::formulate::RowKey;
use crate::plan::{BindingUnit, Known, Options, WhatIf};
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

/// What has a price.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Limit {
    /// A row of the program; for money the row of the period in which it comes.
    Row(RowKey),
    /// The part that a rule states, in all years and at all schools at once.
    Rule(PolicyIx),
}

impl Limit {
    /// The limit in words, Chinese and English.
    pub fn words(&self, case: &Case) -> (String, String) {
        match self {
            Limit::Row(key) => key.words(case),
            Limit::Rule(policy) => {
                let name = &case.policies[*policy].name;
                (format!("“{name}”"), format!("\"{name}\""))
            }
        }
    }
}

/// The price of a limit.
#[derive(Clone, Debug)]
pub struct Price {
    /// The limit.
    pub limit: Limit,
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
    /// Whether the gap changes along a straight line as far as a price holds. Of the part that a rule states it does not:
    /// there a price is the mean over its range.
    pub straight: bool,
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
    /// Whether loosening and tightening by a little are worth the same, as far as is known.
    pub fn is_unique(&self) -> bool {
        match (self.up, self.down) {
            (Some(up), Some(down)) if self.straight => {
                (up.price - down.price).abs() <= SAME * up.price.abs().max(down.price.abs())
            }
            _ => true,
        }
    }

    /// Whether the whole limit is worth anything beside a gap.
    fn matters(&self, gap: f64) -> bool {
        let sides = [self.up, self.down].into_iter().flatten();
        let worth = sides.map(|side| side.price).fold(self.multiplier, f64::max);
        worth * self.size.max(1.0) > NEGLIGIBLE * gap.max(1.0)
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
    let (mut limits, (points, rules)) = rayon::join(
        || limits::limits(case, &ready, &multipliers),
        || {
            rayon::join(
                || points::points(case, gap, options),
                || rules::rules(case, gap, options),
            )
        },
    );
    limits.extend(points);
    limits.retain(|one| one.matters(gap));
    limits.sort_by(|a, b| (b.upward() * b.size).total_cmp(&(a.upward() * a.size)));
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
