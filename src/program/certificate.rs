//! Proofs that share nothing with any solver: the box-Lagrangian bound.
//!
//! For any multipliers y with the sign of their rows (clamped here when they have not), every feasible x has
//! c·x ≥ y·b + Σ_k min over lower ≤ x_k ≤ upper of (c_k − Σ_i a_ik y_i) x_k. Where the multipliers came from does
//! not matter; a bad one only weakens the bound.

use super::{Program, Sense};
use crate::words::sum::Sum;

/// The multiplier a row can use: the nearest one with the row's sign, 0 for a number that is not finite.
fn clamped(sense: Sense, multiplier: f64) -> f64 {
    if !multiplier.is_finite() {
        return 0.0;
    }
    match sense {
        Sense::AtLeast => multiplier.max(0.0),
        Sense::AtMost => multiplier.min(0.0),
        Sense::Equal => multiplier,
    }
}

/// A value no feasible point of the program can go below.
pub fn lower_bound(program: &Program, multipliers: &[f64]) -> f64 {
    bound(program, multipliers, |cost| cost)
}

/// Whether the multipliers prove that no point satisfies all rows within the bounds (a Farkas certificate): the bound
/// of the program without costs is above 0 by more than rounding can explain.
pub fn proves_impossible(program: &Program, multipliers: &[f64]) -> bool {
    let size: f64 = program
        .rows
        .iter()
        .zip(multipliers)
        .map(|(row, &y)| (row.rhs * clamped(row.sense, y)).abs())
        .fold(0.0, f64::max);
    bound(program, multipliers, |_| 0.0) > 1e-9 * size.max(f64::MIN_POSITIVE)
}

fn bound(program: &Program, multipliers: &[f64], cost: impl Fn(f64) -> f64) -> f64 {
    let mut total = Sum::default();
    let mut reduced: Vec<Sum> = program
        .cols
        .iter()
        .map(|col| {
            let mut sum = Sum::default();
            sum.add(cost(col.cost));
            sum
        })
        .collect();
    for (row, &multiplier) in program.rows.iter().zip(multipliers) {
        let y = clamped(row.sense, multiplier);
        if y != 0.0 {
            total.add(y * row.rhs);
            for &(col, coefficient) in &row.entries {
                reduced[col].add(-y * coefficient);
            }
        }
    }
    for (col, reduced) in program.cols.iter().zip(reduced) {
        let d = reduced.value();
        total.add(if d >= 0.0 { d * col.lower } else { d * col.upper });
    }
    total.value()
}
