//! The elastic program: how little must the rows give way so that a point exists?

use super::{Program, Sense};

/// The program that minimises the total violation of the rows, each measured in its row's largest coefficient.
///
/// Its first columns are the program's own, without cost; after them comes one column for each way in which a row can
/// be broken within the bounds, in order of rows. It always has a point. When its optimum is above 0 its multipliers
/// prove the program impossible ([`super::certificate::proves_impossible`] on the program itself): every artificial
/// column only adds min(cost ∓ y, 0) × bound ≤ 0 to the bound, so that the bound without them is no smaller.
pub fn elastic(program: &Program) -> Program {
    let mut relaxed = program.with_costs(&vec![0.0; program.cols.len()]);
    relaxed.blocks.clear();
    for at in 0..program.rows.len() {
        let row = &program.rows[at];
        let largest = row
            .entries
            .iter()
            .map(|&(_, coefficient)| coefficient.abs())
            .fold(0.0, f64::max);
        let cost = if largest > 0.0 { 1.0 / largest } else { 1.0 };
        let (least, most) = row.activity_range(&program.cols);
        let lacking = (row.rhs - least).max(0.0);
        let excess = (most - row.rhs).max(0.0);
        if row.sense != Sense::AtMost && lacking > 0.0 {
            let col = relaxed.add_col(0.0, lacking, cost);
            relaxed.rows[at].entries.push((col, 1.0));
        }
        if row.sense != Sense::AtLeast && excess > 0.0 {
            let col = relaxed.add_col(0.0, excess, cost);
            relaxed.rows[at].entries.push((col, -1.0));
        }
    }
    relaxed
}
