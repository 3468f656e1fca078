//! Programs with second-order cones beside their rows. Their values are candidates like any others: what is proven is
//! proven on a linear program with tangents.

use clarabel::algebra::CscMatrix;
use clarabel::solver::{
    DefaultSettingsBuilder, DefaultSolver, IPSolver, SolverStatus,
    SupportedConeT::{NonnegativeConeT, SecondOrderConeT, ZeroConeT},
};

use crate::program::{Program, Sense};
use crate::words::Halt;

/// ‖values of the columns `parts`‖ ≤ value of the column `bound`.
#[derive(Clone, PartialEq, Debug)]
pub struct Cone {
    /// The column that bounds.
    pub bound: usize,
    /// The columns that are bounded together.
    pub parts: Vec<usize>,
}

/// Values of a program that keep its rows, bounds and some cones, with the least objective; `None` where the solver comes to
/// none.
pub fn minimise(program: &Program, cones: &[Cone], halt: &Halt) -> Option<Vec<f64>> {
    program.check().ok()?;
    let cols = program.cols.len();
    let scales: Vec<f64> = program
        .cols
        .iter()
        .map(|col| match col.upper - col.lower {
            range if range > 0.0 => range,
            _ => 1.0,
        })
        .collect();
    let mut rows = Rows::default();
    let mut kinds = Vec::new();
    for equal in [true, false] {
        let first = rows.rhs.len();
        for row in &program.rows {
            if (row.sense == Sense::Equal) != equal || row.entries.is_empty() {
                continue;
            }
            let sign = if row.sense == Sense::AtLeast {
                -1.0
            } else {
                1.0
            };
            let size = row.entries.iter().map(|&(col, a)| (a * scales[col]).abs());
            let size = sign / size.fold(f64::MIN_POSITIVE, f64::max);
            let shifted = row
                .entries
                .iter()
                .map(|&(col, a)| a * program.cols[col].lower);
            let rhs = row.rhs - shifted.sum::<f64>();
            let entries = row
                .entries
                .iter()
                .map(|&(col, a)| (col, a * scales[col] * size));
            rows.add(entries, rhs * size);
        }
        if !equal {
            for (at, col) in program.cols.iter().enumerate() {
                rows.add([(at, -1.0)], 0.0);
                rows.add([(at, 1.0)], if col.upper > col.lower { 1.0 } else { 0.0 });
            }
        }
        let count = rows.rhs.len() - first;
        kinds.push(if equal {
            ZeroConeT(count)
        } else {
            NonnegativeConeT(count)
        });
    }
    for cone in cones {
        let unit = scales[cone.bound];
        for &at in [cone.bound].iter().chain(&cone.parts) {
            let lower = program.cols[at].lower;
            rows.add([(at, -scales[at] / unit)], lower / unit);
        }
        kinds.push(SecondOrderConeT(cone.parts.len() + 1));
    }
    let costs = program
        .cols
        .iter()
        .zip(&scales)
        .map(|(col, by)| col.cost * by);
    let largest = costs
        .clone()
        .fold(f64::MIN_POSITIVE, |most, cost| most.max(cost.abs()));
    let costs: Vec<f64> = costs.map(|cost| cost / largest).collect();
    let settings = DefaultSettingsBuilder::default()
        .verbose(false)
        .max_threads(1)
        .tol_gap_abs(1e-10)
        .tol_gap_rel(1e-10)
        .tol_feas(1e-9)
        .build()
        .ok()?;
    let none = CscMatrix::<f64>::zeros((cols, cols));
    let matrix = rows.matrix(cols);
    let mut solver =
        DefaultSolver::new(&none, &costs, &matrix, &rows.rhs, &kinds, settings).ok()?;
    let halt = halt.clone();
    solver.set_termination_callback(move |_| halt.asked().is_some());
    solver.solve();
    let solution = &solver.solution;
    let useful = [
        SolverStatus::Solved,
        SolverStatus::AlmostSolved,
        SolverStatus::InsufficientProgress,
        SolverStatus::MaxIterations,
    ];
    useful.contains(&solution.status).then(|| {
        let values = solution.x.iter().zip(program.cols.iter().zip(&scales));
        values
            .map(|(x, (col, by))| (col.lower + x * by).clamp(col.lower, col.upper))
            .collect()
    })
}

/// Rows of A·x + s = b.
#[derive(Default)]
struct Rows {
    entries: Vec<(usize, usize, f64)>,
    rhs: Vec<f64>,
}

impl Rows {
    fn add(&mut self, entries: impl IntoIterator<Item = (usize, f64)>, rhs: f64) {
        let row = self.rhs.len();
        let entries = entries.into_iter().map(|(col, a)| (col, row, a));
        self.entries.extend(entries);
        self.rhs.push(rhs);
    }

    fn matrix(&mut self, cols: usize) -> CscMatrix<f64> {
        self.entries.sort_by_key(|&(col, row, _)| (col, row));
        let mut starts = vec![0; cols + 1];
        for &(col, _, _) in &self.entries {
            starts[col + 1] += 1;
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let rows = self.entries.iter().map(|entry| entry.1).collect();
        let values = self.entries.iter().map(|entry| entry.2).collect();
        CscMatrix::new(self.rhs.len(), cols, starts, rows, values)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_point_of_a_line_to_the_origin() {
        // min t, ‖(x, y)‖ ≤ t, x + 2y = 5: (1, 2), t = √5.
        let mut program = Program::default();
        let t = program.add_col(0.0, 100.0, 1.0);
        let x = program.add_col(-50.0, 50.0, 0.0);
        let y = program.add_col(-50.0, 50.0, 0.0);
        program.add_row(Sense::Equal, 5.0, vec![(x, 1.0), (y, 2.0)]);
        let cone = Cone {
            bound: t,
            parts: vec![x, y],
        };
        let found = minimise(&program, &[cone], &Halt::default()).expect("a point");
        for (found, expected) in found.iter().zip([5.0_f64.sqrt(), 1.0, 2.0]) {
            assert!((found - expected).abs() < 1e-6, "{found} {expected}");
        }
    }
}
