//! A program as a good_lp model. The expression always stands on the left of the comparison: on the right it would
//! turn the sign of the row's dual.

use crate::program::{Program, Sense};
use good_lp::{Expression, ProblemVariables, Solver, SolverModel, Variable, variable};

/// A program in a back end's hands.
pub struct Posed<M> {
    /// The back end's model.
    pub model: M,
    /// The model's variable of each column.
    pub cols: Vec<Variable>,
    /// The rows in the order in which the model has them: equalities first, so that a conic back end sees one cone of
    /// each kind.
    pub order: Vec<usize>,
}

/// Poses a checked program to a back end.
pub fn pose<S: Solver>(program: &Program, solver: S) -> Posed<S::Model> {
    let mut variables = ProblemVariables::new();
    let cols: Vec<Variable> = program
        .cols
        .iter()
        .map(|col| variables.add(variable().min(col.lower).max(col.upper)))
        .collect();
    let costs = program.cols.iter().map(|col| col.cost).enumerate();
    let objective = expression(&cols, costs.filter(|&(_, cost)| cost != 0.0));
    let mut model = variables.minimise(objective).using(solver);
    let mut order: Vec<usize> = (0..program.rows.len()).collect();
    order.sort_by_key(|&at| program.rows[at].sense != Sense::Equal);
    for &at in &order {
        let row = &program.rows[at];
        let activity = expression(&cols, row.entries.iter().copied());
        model.add_constraint(match row.sense {
            Sense::AtLeast => activity.geq(row.rhs),
            Sense::AtMost => activity.leq(row.rhs),
            Sense::Equal => activity.eq(row.rhs),
        });
    }
    Posed { model, cols, order }
}

fn expression(cols: &[Variable], terms: impl Iterator<Item = (usize, f64)>) -> Expression {
    let mut expression = Expression::with_capacity(terms.size_hint().0);
    for (col, coefficient) in terms {
        expression.add_mul(coefficient, cols[col]);
    }
    expression
}
