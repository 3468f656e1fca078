//! Other plans that are nearly as good, one for each wish, side by side.

use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use crate::case::Case;
use crate::plan::alternative::{
    Alternative, Figures, Missed, Prospect, Reference, Terms, Wish, alternative, least_gap,
    most_moved, share,
};
use crate::plan::{Answer, Options, Plan, solved};

/// The most needs (school × resource × period) of a case for which this is done: every place is told apart here, so that
/// next to nothing can be lumped, and the program is solved some dozens of times.
pub const MOST_NEEDS: usize = 100_000;

/// The needs of a case.
pub fn needs(case: &Case) -> usize {
    case.schools.len() * case.resources.len() * case.horizon.period_count()
}

/// A plan and what could be done instead.
#[derive(Clone, Debug)]
pub struct Alternatives {
    /// The answer of [`crate::plan::solve`], with its plan: what all others are compared with.
    pub base: Answer,
    /// What was asked of the others.
    pub terms: Terms,
    /// What can be said of the reference.
    pub reference: Figures,
    /// No plan in whole units has a smaller gap index than this.
    pub bound: f64,
    /// What can be expected of plans that differ.
    pub prospect: Prospect,
    /// For each wish a plan, or why there is none; in the order in which they were asked for.
    pub found: Vec<(Wish, Result<Alternative, Missed>)>,
}

impl Alternatives {
    /// The plan that the others are compared with.
    pub fn plan(&self) -> Option<&Plan> {
        self.base.plan.as_ref()
    }

    /// The plans that were found, with what was wished.
    pub fn plans(&self) -> impl Iterator<Item = (Wish, &Alternative)> {
        let plans = self.found.iter();
        plans.filter_map(|(wish, found)| Some((*wish, found.as_ref().ok()?)))
    }
}

/// What a run has finished.
#[derive(Clone, Copy, Debug)]
pub enum Step {
    /// The reference.
    Reference,
    /// What can be expected.
    Prospect,
    /// The plan for a wish.
    Wish(Wish),
}

/// Plans within the terms, one for each wish; on rayon's current pool. The result does not depend on the number of
/// threads. A wish that fails stops no other. `done` is told what is finished.
///
/// # Errors
/// The answer to the case, when it has no plan.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::plan::alternative::{Terms, Wish};
/// use junheng::study::alternatives::alternatives;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let terms = Terms { within: 0.05, moving: 0.2 };
/// let wishes = [Wish::LeastMoney];
/// let found = alternatives(&case, terms, &wishes, &Options::default(), &|_| {});
/// let found = found.expect("a case with a plan");
/// for (wish, plan) in found.plans() {
///     println!("{}: {} rows", wish.key(), plan.rows.len());
/// }
/// # assert_eq!(found.found.len(), 1);
/// ```
pub fn alternatives(
    case: &Case,
    terms: Terms,
    wishes: &[Wish],
    options: &Options,
    done: &(dyn Fn(Step) + Sync),
) -> Result<Alternatives, Box<Answer>> {
    let solved = solved(case, options);
    let (Some(plan), Some(basis)) = (&solved.answer.plan, &solved.basis) else {
        return Err(Box::new(solved.answer));
    };
    let reference = Reference::of(case, plan, basis);
    done(Step::Reference);
    let [_, limit] = terms.limits(&reference);
    let (least, most) = rayon::join(
        || least_gap(&reference, terms.moving, &anew(options)),
        || most_moved(&reference, limit, &anew(options)),
    );
    let prospect = Prospect::of(least, most);
    done(Step::Prospect);
    let found = wishes.par_iter().with_max_len(1).map(|&wish| {
        let work = || alternative(&reference, &prospect, wish, terms, &anew(options));
        let found = catch_unwind(AssertUnwindSafe(work)).unwrap_or(Err(Missed::NotFound));
        done(Step::Wish(wish));
        (wish, found)
    });
    let mut found: Vec<_> = found.collect();
    share(&mut found);
    let (figures, bound) = (reference.figures.clone(), reference.bound);
    Ok(Alternatives {
        terms,
        reference: figures,
        bound,
        prospect,
        found,
        base: solved.answer,
    })
}

/// What one solve was too large for another may have memory enough for.
fn anew(options: &Options) -> Options {
    Options {
        halt: options.halt.anew(),
        ..options.clone()
    }
}
