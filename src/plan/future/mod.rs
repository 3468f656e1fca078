//! Futures: cases that may come, and what is decided before it is known which.
//!
//! What is decided beforehand are the [`Decision`]s of the first plan years. In a future they stand as they are, neither
//! more nor less, though it may need less than that; everything else is then decided best for this future, by its own
//! rules, prices and money. All gaps here are continuous optima, before whole units.

mod hold;
mod joint;
mod whole;

pub use joint::{MinMax, minmax};
pub use whole::{Heeded, in_whole_units, rows};

use super::answer::{NamedRule, Options, Verdict};
use super::fair::fair;
use super::posed::Posed;
use super::prove::Known;
use super::stages::refine;
use crate::case::Case;
use crate::formulate::{Decision, Formulated, Units, formulate_with_room};
use crate::program::certificate::distance;
use crate::words::tolerance::PROVEN;

/// The best that can be done in a case by itself, and what is decided in it.
#[derive(Clone, Debug)]
pub struct Best {
    /// The smallest gap index, proven.
    pub gap: Gap,
    /// What its plan decides, before it is dealt out in whole units; ties broken as [`super::solve`] breaks them.
    pub units: Units,
    /// The most that each decision can be.
    most: Units,
}

/// The best of a case.
///
/// # Errors
/// The verdict, when no optimum was found and proven.
pub fn best(case: &Case, options: &Options) -> Result<Best, Verdict> {
    let fair = fair(case, &[], options);
    let (form, case) = (fair.form.clone(), fair.case(case));
    let mut posed = Posed::new(&form.program, options.unlumped);
    let known = fair.optimum(&mut posed, options);
    let Known::Point(proof) = &known else {
        return Err(known.verdict());
    };
    if proof.distance() > PROVEN {
        return Err(known.verdict());
    }
    let (values, _) = refine(case, &form, proof, options.solver, &posed, &options.halt);
    let fixed = fixed_gap(&form);
    let all = || form.decisions(case.horizon.years);
    // What is less than rounding is not decided.
    let decided = |(col, one): (usize, Decision)| {
        let (value, upper) = (values[col], form.program.cols[col].upper);
        (value > NOTHING * upper).then_some((one, value))
    };
    Ok(Best {
        gap: Gap {
            gap: proof.objective + fixed,
            bound: proof.bound + fixed,
        },
        units: all().filter_map(decided).collect(),
        most: all()
            .map(|(col, one)| (one, form.program.cols[col].upper))
            .collect(),
    })
}

/// A value that is none, as a share of the largest.
const NOTHING: f64 = 1e-9;

fn fixed_gap(form: &Formulated) -> f64 {
    form.fixed_gap.iter().sum()
}

/// What the first years of a plan decide.
pub fn first_years(units: &Units, years: usize) -> Units {
    let first = units.iter().filter(|(one, _)| one.year.at() < years);
    first.map(|(&one, &units)| (one, units)).collect()
}

/// Room for whatever any of several futures may decide in the first years; what a school gives is bounded by what it can
/// spare in each.
pub fn room<'a>(futures: impl IntoIterator<Item = &'a Best>, years: usize) -> Units {
    let mut room = Units::new();
    for best in futures {
        for (one, &most) in &best.most {
            if one.year.at() < years && !one.gives {
                let units: &mut f64 = room.entry(*one).or_default();
                *units = units.max(most);
            }
        }
    }
    room
}

/// A future in which decisions of the first years can be tried.
#[derive(Clone, Debug)]
pub struct Future {
    /// The case.
    pub case: Case,
    /// The best that can be done in it.
    pub best: Best,
    years: usize,
    form: Formulated,
}

/// A gap index and what proves it.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gap {
    /// The smallest gap found.
    pub gap: f64,
    /// What no plan goes below.
    pub bound: f64,
}

impl Gap {
    /// Whether the gap is proven.
    pub fn is_proven(&self) -> bool {
        distance(self.gap, self.bound).abs() <= PROVEN
    }
}

/// What becomes of decisions in a future.
#[derive(Clone, PartialEq, Debug)]
pub enum Held {
    /// The smallest gap with them.
    Possible(Gap),
    /// No plan of this future has them: proven.
    NotPossible {
        /// The rules that carry the proof.
        rules: Vec<NamedRule>,
        /// The smallest gap when any of them may be cut down or dropped, and nothing added; `None` where no such gap is
        /// proven.
        cut: Option<Gap>,
    },
    /// Not known; why.
    Open(Verdict),
}

impl Future {
    /// A future with the first years still to be decided. `room` is that of all futures it is compared with.
    pub fn new(case: Case, best: Best, years: usize, room: &Units) -> Future {
        Future {
            form: formulate_with_room(&case, &[], room),
            case,
            best,
            years,
        }
    }

    /// What its own plan decides in the first years.
    pub fn own(&self) -> Units {
        first_years(&self.best.units, self.years)
    }
}
