//! Other plans that are nearly as good: within a part of the smallest gap, with much of the money elsewhere, and as
//! good as can be by some other wish.
//!
//! The linear program proposes values that keep both terms; they are dealt out in whole units, audited, and only then
//! measured. What whole units cost is not known beforehand, so the gap asked of the program is drawn in until the plan
//! in whole units keeps the terms.

mod asked;
mod figures;
mod propose;
mod prospect;
mod reference;
mod stand;
mod wish;

pub use asked::Counted;
pub use figures::{Figures, Moved, Place, placed};
pub use prospect::{Counting, Prospect, Reach, least_gap, most_moved};
pub use reference::Reference;
pub use wish::Wish;

use super::answer::Options;
use super::audit::Audit;
use super::deal::Deal;
use super::outcome::Outcome;
use super::pools::{Pool, pools};
use super::row::PlanRow;
use super::spread::{Parts, Towards};
use super::topup::LEFT_OVER;
use propose::{Left, Proposal, Sought};

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
    /// Whether it serves a wish better than another plan: it stands better; or the same, and is better by the wish; or
    /// that the same, and has a smaller gap.
    fn serves_better(&self, wish: Wish, other: &Alternative) -> bool {
        let measure = |one: &Alternative| wish.measure(&one.figures);
        self.standing
            .cmp(&other.standing)
            .then(measure(self).total_cmp(&measure(other)))
            .then(self.figures.gap.total_cmp(&other.figures.gap))
            .is_lt()
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
        for other in &made {
            let better = match &*own {
                Ok(own) => other.serves_better(*wish, own),
                Err(_) => true,
            };
            if better {
                *own = Ok(other.clone());
            }
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

/// How often the gap that is asked of the program is drawn in, and the part of what is left to look through that a step
/// is worth its while for.
const DRAWN_IN: usize = 3;
const NO_NEARER: f64 = 0.02;
/// What is asked beyond the share of money elsewhere, since rounding may bring some of it back.
const MARGIN: f64 = 0.005;
/// How often more of the money is asked to go elsewhere.
const ASKED_MORE: usize = 3;
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
    let mut search = Search {
        sought: Sought {
            reference,
            prospect,
            wish,
            terms,
            options,
        },
        pools: pools(reference.case, reference.form, &[]),
        margin: MARGIN,
        left: Left::default(),
        best: None,
        nearest: None,
    };
    search.run();
    match (search.best, search.nearest) {
        (Some(best), _) => Ok(best),
        _ if options.halt.asked().is_some() => Err(Missed::Halted),
        (None, Some(nearest)) => Err(Missed::Rounding(Box::new(nearest))),
        (None, None) => Err(Missed::NotFound),
    }
}

struct Search<'a> {
    sought: Sought<'a>,
    pools: Vec<Pool>,
    margin: f64,
    left: Left,
    best: Option<Alternative>,
    nearest: Option<Figures>,
}

impl Search<'_> {
    /// Tries the smallest gap, and then as far beyond it as what whole units have cost leaves room for.
    fn run(&mut self) {
        let reference = self.sought.reference;
        let [of_bound, of_reference] = self.sought.terms.limits(reference);
        let least = self.sought.prospect.least_gap.found;
        let Some(least) = least.filter(|&least| least <= of_reference) else {
            return;
        };
        let first = self.attempt(least, of_bound);
        let aimed = match first {
            Some(gap) if gap <= of_bound => of_bound,
            _ => of_reference,
        };
        let (mut low, mut high) = (least, aimed);
        let mut next = first.map(|found| aimed - (found - least));
        for _ in 0..DRAWN_IN {
            let apart = NO_NEARER * (high - low);
            if self.sought.options.halt.asked().is_some() || apart <= 0.0 {
                return;
            }
            let inside = next.filter(|&next| low + apart <= next && next <= aimed + SAME * aimed);
            let gap = inside.filter(|&gap| gap < high || high == aimed);
            let gap = gap.unwrap_or(0.5 * (low + high));
            let found = self.attempt(gap, aimed);
            match found.is_some_and(|found| found <= aimed + SAME * aimed.abs()) {
                true => low = gap,
                false => high = gap,
            }
            next = found.map(|found| aimed - (found - gap));
        }
    }

    /// The gap index, in whole units, of what is proposed within a gap; `None` where nothing is, or too little of the
    /// money goes elsewhere: then more is asked for, a few times. What is found is kept when it is better.
    fn attempt(&mut self, gap: f64, enough: f64) -> Option<f64> {
        let moving = self.sought.terms.moving;
        for _ in 0..ASKED_MORE {
            let wanted = match moving > 0.0 {
                true => moving + self.margin,
                false => 0.0,
            };
            let proposal = self.sought.propose(gap, wanted, enough, &mut self.left);
            let asked_less = proposal.is_none();
            let proposal = match proposal {
                Some(proposal) => proposal,
                None => self.sought.propose(gap, moving, enough, &mut self.left)?,
            };
            let (found, moved) = self.dealt(&proposal)?;
            if moved >= moving {
                return Some(found);
            }
            if asked_less {
                return None;
            }
            self.margin = 2.0 * self.margin + (moving - moved);
        }
        None
    }

    /// Deals out a proposal in each way; the smallest gap index that comes of it and the share of the money elsewhere.
    /// What goes elsewhere counts first, as far as it is asked for.
    fn dealt(&mut self, proposal: &Proposal) -> Option<(f64, f64)> {
        let moving = self.sought.terms.moving;
        let ways = [Parts::RoundedUp, Parts::WhereRoom, Parts::LeftOver];
        let found = ways.map(|parts| self.dealt_with(proposal, parts));
        let order = |(gap, moved): &(f64, f64)| (-moved.min(moving), *gap);
        found.into_iter().flatten().min_by(|one, other| {
            let (one, other) = (order(one), order(other));
            one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
        })
    }

    fn dealt_with(&mut self, proposal: &Proposal, parts: Parts) -> Option<(f64, f64)> {
        let reference = self.sought.reference;
        let deal = Deal {
            case: reference.case,
            form: reference.form,
            values: &proposal.values,
            pools: &self.pools,
            towards: Some(&Towards::of(reference.form, &proposal.values, parts)),
            kept: &[],
            keep: &[],
            at_once: LEFT_OVER,
        };
        let whole = deal.out(&proposal.aim).ok()?;
        if !whole.audit.passed() {
            return None;
        }
        let figures = Figures::of(
            reference.case,
            &whole.rows,
            &whole.outcome,
            &reference.money,
        );
        let found = (figures.gap, figures.moved.share());
        match self.sought.terms.standing(reference, &figures) {
            Some(standing) => self.keep(Alternative {
                rows: whole.rows,
                outcome: whole.outcome,
                audit: whole.audit,
                figures,
                standing,
                made_for: self.sought.wish,
            }),
            None => self.note(figures),
        }
        Some(found)
    }

    fn keep(&mut self, one: Alternative) {
        let wish = self.sought.wish;
        let best = self.best.as_ref();
        if best.is_none_or(|best| one.serves_better(wish, best)) {
            self.best = Some(one);
        }
    }

    /// Notes a plan that does not keep the terms: of these the one with the smallest gap among those that move most.
    fn note(&mut self, figures: Figures) {
        let moving = self.sought.terms.moving;
        let key = |one: &Figures| (one.moved.share().min(moving), -one.gap);
        let better = self.nearest.as_ref().is_none_or(|nearest| {
            let (one, other) = (key(&figures), key(nearest));
            one.0
                .total_cmp(&other.0)
                .then(one.1.total_cmp(&other.1))
                .is_gt()
        });
        if better {
            self.nearest = Some(figures);
        }
    }
}
