//! An interior-point method for large programs: Mehrotra's predictor and corrector (1992) on the normal equations.
//!
//! A conic solver sees the two bounds of a column as rows, which makes the program of a nation four times as large as
//! it is. Here bounds are bounds. What is factorised are the rows alone, and there a need meets only its own limits, so
//! that the factors stay nearly as sparse as the rows. All columns have finite bounds: hence the normal equations
//! always have a diagonal, and y always gives a bound, by which its distance to the optimum is measured.
//!
//! min c·x with A x = b, 0 ≤ x ≤ u (slacks: 0 ≤ x); at the optimum Aᵀy + z − v = c, z·x = 0 and v·(u − x) = 0.

mod matrix;
mod normal;
mod point;
mod step;

use super::Raw;
use crate::program::Program;
use crate::program::certificate::proves_impossible;
use crate::words::Halt;
use matrix::Equations;
use normal::Normal;
use point::{Model, Point, State};
use step::Stepper;

/// Rows from which on it is asked before Clarabel. Measured on generated nations (`benches/nation`, one thread, three
/// programs each; processor seconds and memory of the whole run, of which half is not solving):
///
/// | schools | rows × columns | Clarabel | here |
/// | --- | --- | --- | --- |
/// | 50,000 | 133,257 × 231,330 | 25 s, 0.9 GiB | 7.0 s, 0.6 GiB |
/// | 240,000 | 585,679 × 1,024,286 | 166 s, 3.9 GiB | 40 s, 2.8 GiB |
///
/// Smaller programs are left to the library, which takes a few seconds for them.
const LARGE: usize = 100_000;

/// Steps after which it is given up, and steps without getting nearer.
const MOST_STEPS: usize = 200;
const PATIENCE: usize = 20;
/// A step in the values as short as this makes one ask whether there are any values at all.
const HARDLY: f64 = 0.1;

/// Whether a program is large enough for it to be asked first.
pub fn is_large(program: &Program) -> bool {
    program.rows.len() >= LARGE
}

/// Its answer to a scaled kernel: the nearest point it came to.
pub fn run(program: &Program, halt: &Halt) -> Raw {
    let Some(equations) = Equations::of(program) else {
        return Raw::Failed("more rows and columns than can be counted".to_string());
    };
    let model = Model {
        equations: &equations,
        costs: program.cols.iter().map(|col| col.cost).collect(),
        uppers: program.cols.iter().map(|col| col.upper).collect(),
    };
    let begun = Normal::of(&equations).and_then(|mut normal| {
        let first = Point::first(&model, &mut normal)?;
        Some((normal, first))
    });
    let Some((mut normal, mut point)) = begun else {
        return Raw::Failed("the normal equations have no factors".to_string());
    };
    let (mut state, mut stepper) = (State::blank(&model), Stepper::new(&model));
    let mut nearest = Nearest::default();
    for step in 0..MOST_STEPS {
        state.see(&model, &point);
        nearest.compare(step, state.away(), &model, &point);
        if nearest.is_there() || step > nearest.step + PATIENCE || halt.asked().is_some() {
            break;
        }
        match stepper.step(&model, &mut normal, &state, &mut point) {
            Some(gone) if gone.values < HARDLY && proves_impossible(program, &point.y) => {
                return Raw::Impossible(Some(point.y));
            }
            Some(_) => {}
            None => break,
        }
    }
    nearest.raw()
}

/// The point nearest to the optimum so far.
struct Nearest {
    away: f64,
    step: usize,
    values: Vec<f64>,
    multipliers: Vec<f64>,
}

impl Default for Nearest {
    fn default() -> Nearest {
        Nearest {
            away: f64::INFINITY,
            step: 0,
            values: Vec::new(),
            multipliers: Vec::new(),
        }
    }
}

impl Nearest {
    fn compare(&mut self, step: usize, away: f64, model: &Model, point: &Point) {
        if away < self.away {
            (self.away, self.step) = (away, step);
            self.values.clear();
            self.values
                .extend_from_slice(&point.x[..model.uppers.len()]);
            self.multipliers.clone_from(&point.y);
        }
    }

    fn is_there(&self) -> bool {
        self.away <= 1.0
    }

    fn raw(self) -> Raw {
        if self.values.is_empty() {
            return Raw::Failed("no step could be reckoned".to_string());
        }
        Raw::Point {
            finished: self.is_there(),
            values: self.values,
            multipliers: Some(self.multipliers),
        }
    }
}
