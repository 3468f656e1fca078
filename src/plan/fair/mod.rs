//! What is asked of a plan beside a small total gap: that the lowest schools come first, and that schools differ by no
//! more than rules allow.
//!
//! Both end as rows of the case's program, which is then solved like any other: floors under needs (see `lowest`) and
//! tangents of the limits on differences (see `tangents`). Every plan that keeps the rules keeps these rows, so that the
//! program's bound is one for all of them.

mod composite;
mod conic;
mod curve;
mod lowest;
mod shown;
mod tangents;

pub use curve::{Ask, Priced, highest_floor, priced};
pub use lowest::{Held, Lowest};
pub use shown::{Difference, Fairness, Reached, fairness};
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
}

/// The program of a case with what fairness asks for.
pub fn fair(case: &Case, kept: &[Kept], options: &Options) -> Fair {
    let mut fair = Fair {
        form: formulate(case, kept),
        lowest: None,
        asks_lowest: case.objective.first == First::Leximin,
        exact: true,
        inner: None,
    };
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
    /// Whether nothing is asked for beside a small gap.
    pub fn is_plain(&self) -> bool {
        !self.asks_lowest && self.form.comparisons.is_empty() && self.inner.is_none()
    }

    /// Whether all that fairness asks for was found and proven, so that the program's optimum is that of the case.
    pub fn is_settled(&self) -> bool {
        self.exact
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
