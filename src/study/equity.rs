//! What equity costs: the smallest total gap as differences are limited more and more, or as the floor under every school
//! rises. All gaps are continuous optima, before whole units.

use rayon::prelude::*;

use crate::case::Case;
use crate::plan::fair::{Ask, Priced, highest_floor, priced};
use crate::plan::{Options, Verdict};

/// Along what the price is told.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Along {
    /// The largest coefficient of variation of an indicator.
    Cv,
    /// The least part of its standard that any school has.
    Floor,
}

/// One point of the curve.
#[derive(Clone, PartialEq, Debug)]
pub struct Point {
    /// The limit on coefficients, or the floor.
    pub at: f64,
    /// What it comes to; `None` where no plan is possible or none was found.
    pub priced: Option<Priced>,
    /// Whether it is proven that no plan is possible.
    pub impossible: bool,
}

/// The curve.
#[derive(Clone, PartialEq, Debug)]
pub struct Curve {
    /// Along what.
    pub along: Along,
    /// With nothing asked for.
    pub free: Priced,
    /// From the loosest to the strictest.
    pub points: Vec<Point>,
    /// Whether the search was halted.
    pub halted: bool,
}

/// The price of equity at these limits (or floors); where none are given, at `steps` of them between what the plan with the
/// smallest gap comes to and the strictest: no difference, or the highest floor that every school can have.
///
/// # Errors
/// The verdict of the case without anything asked for, where that has no plan.
pub fn curve(
    case: &Case,
    along: Along,
    at: &[f64],
    steps: usize,
    options: &Options,
) -> Result<Curve, Verdict> {
    let free = priced(case, Ask::Nothing, options)?;
    let levels = match (at.is_empty(), along) {
        (false, _) => at.to_vec(),
        (true, Along::Cv) => spaced(free.worst_cv, 0.0, steps),
        (true, Along::Floor) => {
            let highest = highest_floor(case, options).unwrap_or(free.lowest);
            spaced(free.lowest, highest, steps)
        }
    };
    let one = |&at: &f64| {
        let options = options.for_one();
        let found = priced(
            case,
            match along {
                Along::Cv => Ask::Cv(at),
                Along::Floor => Ask::Floor(at),
            },
            &options,
        );
        let impossible = matches!(found, Err(Verdict::Impossible { .. }));
        Point {
            at,
            priced: found.ok(),
            impossible,
        }
    };
    let points = levels.par_iter().map(one).collect();
    Ok(Curve {
        along,
        free,
        points,
        halted: options.halt.asked().is_some(),
    })
}

/// Evenly spaced from one end to the other; the last a little short of it, where rounding alone would decide.
fn spaced(from: f64, to: f64, steps: usize) -> Vec<f64> {
    const SHORT: f64 = 1e-6;
    let part = |step: usize| (step as f64 / steps as f64).min(1.0 - SHORT);
    let steps = 1..=steps;
    steps.map(|step| from + (to - from) * part(step)).collect()
}
