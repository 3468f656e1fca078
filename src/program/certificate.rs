//! Proofs that share nothing with any solver: the box-Lagrangian bound.
//!
//! For any multipliers y with the sign of their rows (clamped here when they have not), every feasible x has
//!
//! c·x ≥ y·b + Σ_k min over lower ≤ x_k ≤ upper of d_k x_k,   d_k = c_k − Σ_i a_ik y_i.
//!
//! Where the multipliers came from does not matter; a bad one only weakens the bound. The bound is lowered by an
//! estimate from above of its own rounding, so that it holds for the numbers of the program as they are stored.

use super::{Program, Sense};
use crate::words::sum::Sum;

/// By how much rounding can move the bound, relative to the sum of the sizes of everything added up. With unit
/// roundoff u: products y·b and a·y are off by u each, the compensated sums by u (and by n·u², n terms), the product
/// with a column's bound by u once more; that is at most 4 u to first order. Twice that leaves room for the rest.
const ROUNDING: f64 = 4.0 * f64::EPSILON;

/// By how much data may be rounded before a contradiction in them counts: relative to the largest term of the proof.
/// A floor of 0.3 over a ceiling of 0.1 + 0.2 is nobody's contradiction.
const CONTRADICTION: f64 = 1e-9;

/// A value no feasible point of the program can go below; −∞ when the multipliers are too large to reckon with.
pub fn lower_bound(program: &Program, multipliers: &[f64]) -> f64 {
    let bound = Bound::of(program, multipliers, |cost| cost);
    bound.value - bound.rounding
}

/// Whether the multipliers prove that no point satisfies all rows within the bounds (a Farkas certificate).
///
/// The bound of the program without costs would be 0 at any feasible point. It must be above 0 by more than its own
/// rounding, which makes the proof hold for the stored numbers, and by more than a billionth of the largest
/// term, which keeps contradictions that are only rounding in the data from being called one. The answer does not
/// depend on the scale of the multipliers or on the unit of any row. "No" means "not proven", never "possible".
pub fn proves_impossible(program: &Program, multipliers: &[f64]) -> bool {
    let bound = Bound::of(program, multipliers, |_| 0.0);
    bound.value > bound.rounding + CONTRADICTION * bound.largest
}

/// How far an objective is above a bound, relative to the larger of the bound's size and 1. The one definition of
/// every distance that is shown or compared with [`crate::words::tolerance::PROVEN`].
pub fn distance(objective: f64, bound: f64) -> f64 {
    (objective - bound) / bound.abs().max(1.0)
}

/// The multiplier a row can use: the nearest one with the row's sign, 0 for a number that is not finite.
pub(super) fn clamped(sense: Sense, multiplier: f64) -> f64 {
    if !multiplier.is_finite() {
        return 0.0;
    }
    match sense {
        Sense::AtLeast => multiplier.max(0.0),
        Sense::AtMost => multiplier.min(0.0),
        Sense::Equal => multiplier,
    }
}

/// The box-Lagrangian bound as computed.
struct Bound {
    value: f64,
    /// No less than the distance of `value` from the exact bound.
    rounding: f64,
    /// The size of the largest term.
    largest: f64,
}

/// The reduced cost of a column, and the sum of the sizes of its terms.
#[derive(Clone, Copy)]
struct Reduced {
    cost: Sum,
    size: f64,
}

impl Bound {
    fn of(program: &Program, multipliers: &[f64], cost: impl Fn(f64) -> f64) -> Bound {
        let mut total = Sum::default();
        let mut size = 0.0;
        let mut largest: f64 = 0.0;
        let mut count = |term: f64, uncertain: f64| {
            total.add(term);
            size += uncertain;
            largest = largest.max(term.abs());
        };
        let start = |cost: f64| Reduced {
            cost: Sum::from_iter([cost]),
            size: cost.abs(),
        };
        let mut reduced: Vec<Reduced> = program
            .cols
            .iter()
            .map(|col| start(cost(col.cost)))
            .collect();
        for (row, &multiplier) in program.rows.iter().zip(multipliers) {
            let y = clamped(row.sense, multiplier);
            if y != 0.0 {
                count(y * row.rhs, (y * row.rhs).abs());
                for &(col, coefficient) in &row.entries {
                    let term = y * coefficient;
                    reduced[col].cost.add(-term);
                    reduced[col].size += term.abs();
                }
            }
        }
        for (col, reduced) in program.cols.iter().zip(reduced) {
            let d = reduced.cost.value();
            let term = d * if d >= 0.0 { col.lower } else { col.upper };
            count(term, reduced.size * col.lower.abs().max(col.upper.abs()));
        }
        let value = total.value();
        if value.is_finite() && size.is_finite() {
            Bound {
                value,
                rounding: ROUNDING * size,
                largest,
            }
        } else {
            Bound {
                value: f64::NEG_INFINITY,
                rounding: 0.0,
                largest,
            }
        }
    }
}
