//! Other plans that are nearly as good: within a part of the smallest gap, with much of the money elsewhere, and as
//! good as can be by some other wish.
//!
//! The linear program proposes values that keep both terms; they are dealt out in whole units, audited, and only then
//! measured. What whole units cost is not known beforehand, so the gap asked of the program is drawn in until the plan
//! in whole units keeps the terms.

mod asked;
mod figures;
mod press;
mod propose;
mod prospect;
mod reference;
mod search;
mod wish;

pub use asked::Counted;
pub use figures::{Figures, Moved, Place, placed};
pub use prospect::{Counting, Prospect, Reach, least_gap, most_moved};
pub use reference::Reference;
pub use wish::Wish;

use super::answer::Options;
use super::audit::Audit;
use super::outcome::Outcome;
use super::row::PlanRow;
use propose::Sought;
use search::Search;

/// What is asked of every alternative.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Terms {
    /// How much larger its gap may be, as a share.
    pub within: f64,
    /// The share of the money that goes elsewhere.
    pub moving: f64,
}

/// Of what a plan is within the terms.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Standing {
    /// Of what no plan has a smaller gap than: so it is proven to be near the best of all plans.
    NearBound,
    /// Of the reference: that one itself is further from the bound, since posts and things come in whole units.
    NearReference,
}

/// A plan that keeps the terms.
#[derive(Clone, Debug)]
pub struct Alternative {
    /// Its rows.
    pub rows: Vec<PlanRow>,
    /// The state of every school with it.
    pub outcome: Outcome,
    /// The independent check of its rows: nothing is broken.
    pub audit: Audit,
    /// What can be said of it.
    pub figures: Figures,
    /// Of what it is within the terms.
    pub standing: Standing,
    /// The wish it was made for.
    pub made_for: Wish,
}

impl Alternative {
    /// Whether it serves a wish better than another plan that stands the same: it is better by the wish; or the same,
    /// and has a smaller gap.
    fn serves_better(&self, wish: Wish, other: &Alternative) -> bool {
        let measure = |one: &Alternative| wish.measure(&one.figures);
        measure(self)
            .total_cmp(&measure(other))
            .then(self.figures.gap.total_cmp(&other.figures.gap))
            .is_lt()
    }

    /// Whether it is better by a wish than another plan, by a clear step.
    fn clearly_better(&self, wish: Wish, other: &Alternative) -> bool {
        let (own, other) = (wish.measure(&self.figures), wish.measure(&other.figures));
        own < other - CLEARLY * other.abs()
    }
}

/// The plan to take for a wish: the best that is near the bound, unless the best that is near the reference alone is
/// better by a clear step. The first, where they tie.
fn taken<'a>(
    wish: Wish,
    plans: impl Iterator<Item = &'a Alternative> + Clone,
) -> Option<&'a Alternative> {
    let best = |standing: Standing| {
        let stand = plans.clone().filter(move |one| one.standing == standing);
        stand.reduce(|best, one| {
            if one.serves_better(wish, best) {
                one
            } else {
                best
            }
        })
    };
    match (best(Standing::NearBound), best(Standing::NearReference)) {
        (Some(one), Some(other)) if other.clearly_better(wish, one) => Some(other),
        (one, other) => one.or(other),
    }
}

/// Has each wish take a plan that was made for another where it serves it better, or where there was none.
pub fn share(found: &mut [(Wish, Result<Alternative, Missed>)]) {
    let made: Vec<Alternative> = found
        .iter()
        .filter_map(|(_, one)| one.as_ref().ok().cloned())
        .collect();
    for (wish, own) in found.iter_mut() {
        if matches!(own, Err(Missed::Nothing)) {
            continue;
        }
        let all = own.as_ref().ok().into_iter().chain(&made);
        if let Some(best) = taken(*wish, all).cloned() {
            *own = Ok(best);
        }
    }
}

/// Why there is no plan for a wish.
#[derive(Clone, Debug)]
pub enum Missed {
    /// There is nothing to wish for: the reference is as good as can be.
    Nothing,
    /// Proven: no plan keeps both terms.
    Impossible,
    /// No continuous plan that keeps both terms was found; that there is none is not proven.
    NotFound,
    /// Plans in whole units were found that come near and do not keep both terms: the nearest.
    Rounding(Box<Figures>),
    /// The search was halted.
    Halted,
}

/// The part of a wish's measure by which a plan that is near the reference alone has to be better to be taken.
pub const CLEARLY: f64 = 0.05;
/// What two gaps may differ by and still be the same, relative.
const SAME: f64 = 1e-9;

impl Terms {
    /// The largest gap index that is within the terms: of the bound, and of the reference.
    pub fn limits(&self, reference: &Reference) -> [f64; 2] {
        [reference.bound, reference.figures.gap].map(|gap| gap * (1.0 + self.within))
    }

    fn standing(&self, reference: &Reference, figures: &Figures) -> Option<Standing> {
        if figures.moved.share() < self.moving {
            return None;
        }
        let [of_bound, of_reference] = self.limits(reference);
        let keeps = |limit: f64| figures.gap <= limit + SAME * limit.abs();
        match (keeps(of_bound), keeps(of_reference)) {
            (true, _) => Some(Standing::NearBound),
            (false, true) => Some(Standing::NearReference),
            _ => None,
        }
    }
}

/// A plan for a wish.
///
/// # Errors
/// Why there is none.
pub fn alternative(
    reference: &Reference,
    prospect: &Prospect,
    wish: Wish,
    terms: Terms,
    options: &Options,
) -> Result<Alternative, Missed> {
    let [_, limit] = terms.limits(reference);
    if prospect
        .least_gap
        .proven
        .is_some_and(|least| least > limit + SAME * limit.abs())
    {
        return Err(Missed::Impossible);
    }
    if wish == Wish::FewestMoves && reference.figures.moves == 0.0 {
        return Err(Missed::Nothing);
    }
    let sought = Sought {
        reference,
        prospect,
        wish,
        terms,
        options,
    };
    let search = Search::of(sought).run();
    match (search.best().cloned(), search.nearest) {
        (Some(best), _) => Ok(best),
        _ if options.halt.asked().is_some() => Err(Missed::Halted),
        (None, Some(nearest)) => Err(Missed::Rounding(Box::new(nearest))),
        (None, None) => Err(Missed::NotFound),
    }
}
