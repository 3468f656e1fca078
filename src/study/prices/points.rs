//! Rules that state a part: a share of what is spent, of the year before or of what others pay, a part of the standard.
//! No right-hand side tells of them, so the case is solved anew with one percentage point more and one less.

use rayon::prelude::*;

use super::{Limit, Price, Side};
use crate::case::{Base, Bound, Case, Rule};
use crate::plan::{BindingUnit, Known, Options, WhatIf};
use crate::words::PolicyIx;
use crate::words::tolerance::PROVEN;

/// A percentage point.
const POINT: f64 = 0.01;

/// The prices of such rules, in percentage points; in file order.
pub(super) fn points(case: &Case, gap: f64, options: &Options) -> Vec<Price> {
    let policies: Vec<PolicyIx> = case.policies.ids().collect();
    let priced = policies.into_par_iter().map(|policy| {
        let part = part(case, policy)?;
        let side = |direction: f64| side(case, policy, direction, gap, options);
        let (up, down) = rayon::join(|| side(1.0), || side(-1.0));
        Some(Price {
            limit: Limit::Rule(policy),
            year: None,
            per: BindingUnit::Points,
            size: part / POINT,
            multiplier: up.or(down).map_or(0.0, |side| side.price),
            up,
            down,
            straight: false,
        })
    });
    priced.collect::<Vec<_>>().into_iter().flatten().collect()
}

/// The part that a rule states, where no right-hand side tells of it.
fn part(case: &Case, policy: PolicyIx) -> Option<f64> {
    match &case.policies[policy].rule {
        Rule::Share { share, base, .. } => (*base != Base::Available).then_some(*share),
        Rule::Target { share, .. } => Some(*share),
        Rule::Stay { least, .. } => Some(*least),
        Rule::Differences { most, .. } => *most,
        // How many indicators are met is no part of anything.
        Rule::Quota { .. } | Rule::Indicators { .. } | Rule::Forbid => None,
    }
}

/// What a point changes when the rule is loosened (1) or tightened (-1); `None` where that is not possible or not proven.
fn side(
    case: &Case,
    policy: PolicyIx,
    direction: f64,
    gap: f64,
    options: &Options,
) -> Option<Side> {
    let (changed, points) = by_a_point(case, policy, direction)?;
    let (ready, known) = WhatIf::new(&changed, options);
    let Known::Point(proof) = known else {
        return None;
    };
    if proof.distance() > PROVEN {
        return None;
    }
    let change = direction * (gap - ready.gap(proof.objective));
    // What solving twice differs by is nothing.
    let known = 2.0 * PROVEN * gap.abs().max(1.0);
    Some(Side {
        price: if change <= known {
            0.0
        } else {
            change / points
        },
        holds_for: points,
        or_more: false,
        confirmed: true,
    })
}

/// The case with a rule loosened or tightened by a point, and by how many it was: by less where the part would leave the
/// span in which it means anything.
fn by_a_point(case: &Case, policy: PolicyIx, direction: f64) -> Option<(Case, f64)> {
    let mut case = case.clone();
    let (part, most, sign) = match &mut case.policies[policy].rule {
        Rule::Share {
            bound, share, base, ..
        } => {
            let most = match base {
                Base::Spent | Base::Available => 1.0,
                Base::YearBefore | Base::Matched(_) => f64::INFINITY,
            };
            let loosens = if *bound == Bound::Max { 1.0 } else { -1.0 };
            (share, most, loosens)
        }
        Rule::Target { share, .. } => (share, 1.0, -1.0),
        Rule::Stay { least, .. } => (least, 1.0, -1.0),
        Rule::Differences {
            most: Some(most), ..
        } => (most, f64::INFINITY, 1.0),
        Rule::Differences { most: None, .. }
        | Rule::Indicators { .. }
        | Rule::Quota { .. }
        | Rule::Forbid => return None,
    };
    let before = *part;
    *part = (before + sign * direction * POINT).clamp(0.0, most);
    let points = (*part - before).abs() / POINT;
    (points > 0.0).then_some((case, points))
}
