//! What is asked of a plan beside a small total gap: that the lowest schools come first, and that schools differ by no
//! more than rules allow.
//!
//! Both end as rows of the case's program, which is then solved like any other: floors under needs (see `lowest`) and
//! tangents of the limits on differences (see `tangents`). Every plan that keeps the rules keeps these rows, so that the
//! program's bound is one for all of them.

mod choice;
mod composite;
mod conic;
mod curve;
mod lowest;
mod shown;
mod tangents;

pub use choice::Choice;
pub(super) use choice::any_choice;
use choice::{Chosen, choose};
pub use curve::{Ask, Priced, highest_floor, priced};
pub use lowest::{Held, Lowest};
pub use shown::{Below, Difference, Fairness, Indicated, Reached, fairness};
use tangents::Settled;
pub(super) use tangents::add_broken;

use super::answer::Options;
use super::posed::Posed;
use super::prove::{Known, optimum};
use crate::case::{Case, First};
use crate::formulate::{Formulated, Kept, formulate, formulate_above, formulate_unlifted};
use crate::program::Program;

/// A case's program with all rows that fairness adds to it.
#[derive(Clone, Debug)]
pub struct Fair {
    /// The program.
    pub form: Formulated,
    /// The levels up to which the lowest schools can be raised, where these come first.
    pub lowest: Option<Lowest>,
    /// Whether the lowest schools come first.
    pub asks_lowest: bool,
    /// Whether the program's optimum keeps every limit on differences, as far as these are looked for. Otherwise its bound
    /// holds, and how near a plan can come to it is not known.
    pub exact: bool,
    /// Limits on means of several indices: a stricter program whose plans keep them.
    pub inner: Option<Formulated>,
    /// The choice made of indicators that stay below their norm, where a rule leaves that open.
    pub choice: Option<Choice>,
    /// What is known where no such choice was found, of the program that was looked at last.
    without_choice: Option<Known>,
}

/// The program of a case with what fairness asks for.
pub fn fair(case: &Case, kept: &[Kept], options: &Options) -> Fair {
    if !case.leaves_indicators_open() {
        return fair_of_chosen(case, kept, options);
    }
    match choose(case, kept, options) {
        Chosen::Made(choice) => Fair {
            choice: Some((*choice).clone()),
            ..fair_of_chosen(&choice.case, kept, options)
        },
        Chosen::Not(last) => {
            let (form, known) = *last;
            Fair {
                without_choice: Some(known),
                ..Fair::plain_of(case, form)
            }
        }
    }
}

/// The same where nothing is left to be chosen.
fn fair_of_chosen(case: &Case, kept: &[Kept], options: &Options) -> Fair {
    let mut fair = Fair::plain_of(case, formulate(case, kept));
    if fair.asks_lowest {
        let floors = lowest::needs(case, &fair.form);
        fair.form = formulate_above(case, kept, &floors);
        fair.lowest = lowest::raise(case, &mut fair.form, options);
    }
    if fair.form.comparisons.is_empty() {
        return fair;
    }
    let composite = fair.form.comparisons.iter().any(|one| one.is_composite());
    if composite {
        composite::bound_means(&mut fair.form, options);
    }
    let settled = tangents::settle(case, &mut fair.form, options, 0.0);
    fair.exact = !matches!(settled, Settled::Outside) && !composite;
    if composite {
        fair.inner = composite::within(&fair.form, options, 0.0);
    }
    fair
}

impl Fair {
    /// A program with nothing added.
    fn plain_of(case: &Case, form: Formulated) -> Fair {
        Fair {
            form,
            lowest: None,
            asks_lowest: case.objective.first == First::Leximin,
            exact: true,
            inner: None,
            choice: None,
            without_choice: None,
        }
    }

    /// The case that is dealt out: with the choice made where a rule leaves one.
    pub fn case<'a>(&'a self, case: &'a Case) -> &'a Case {
        self.choice.as_ref().map_or(case, |choice| &choice.case)
    }

    /// The optimum of the program, and what is proven for every plan of the case: also for those of other choices.
    pub fn optimum(&self, posed: &mut Posed, options: &Options) -> Known {
        if let Some(known) = &self.without_choice {
            return known.clone();
        }
        let mut known = optimum(posed, options.solver, &options.halt);
        if let (Known::Point(proof), Some(choice)) = (&mut known, &self.choice) {
            proof.bound = proof.bound.min(choice.bound - self.form.untouched());
        }
        known
    }

    /// Whether nothing is asked for beside a small gap, once indicators are chosen.
    pub fn is_plain(&self) -> bool {
        !self.asks_lowest && self.form.comparisons.is_empty() && self.inner.is_none()
    }

    /// Whether all that fairness asks for was found and proven, so that the program's optimum is that of the case.
    pub fn is_settled(&self) -> bool {
        // The lowest are raised after the choice, which is one for the smallest gap.
        let chosen_before = self.asks_lowest && self.choice.is_some();
        self.exact
            && !chosen_before
            && self
                .lowest
                .as_ref()
                .map_or(!self.asks_lowest, |lowest| lowest.complete)
    }

    /// The program without the limits on differences; `None` where there are none.
    pub fn plain(&self, case: &Case, kept: &[Kept]) -> Option<Formulated> {
        let limits = !self.form.comparisons.is_empty();
        limits.then(|| formulate_unlifted(case, kept, &self.form.floors))
    }

    /// A program whose plans keep every limit on differences with a part of it to spare, for whole units; `None` where there
    /// is none.
    pub fn tighter(&self, case: &Case, options: &Options, spare: f64) -> Option<Formulated> {
        let composite = self.form.comparisons.iter().any(|one| one.is_composite());
        if composite {
            return composite::within(&self.form, options, spare);
        }
        let mut form = self.form.clone();
        let settled = tangents::settle(case, &mut form, options, spare);
        (!matches!(settled, Settled::Impossible)).then_some(form)
    }
}

/// What is known of a program.
pub(super) fn known(program: &Program, options: &Options) -> Known {
    let mut posed = Posed::new(program, options.unlumped);
    optimum(&mut posed, options.solver, &options.halt)
}
