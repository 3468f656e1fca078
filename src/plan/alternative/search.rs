//! From what is proposed to a plan: the gap that is asked for is drawn in until whole units keep the terms.

use super::propose::{Left, Proposal, Sought};
use super::{Alternative, Figures, SAME, taken};
use crate::plan::deal::Deal;
use crate::plan::pools::{Pool, pools};
use crate::plan::spread::{Parts, Towards};
use crate::plan::topup::LEFT_OVER;

/// How often the gap that is asked of the program is drawn in, and the part of what is left to look through that a step
/// is worth its while for.
const DRAWN_IN: usize = 4;
const NO_NEARER: f64 = 0.02;
/// How far beyond what is aimed at the program may be asked, as a part of what there is from the smallest gap to there.
const BEYOND: f64 = 1.0;
/// What is asked beyond the share of money elsewhere, since rounding may bring some of it back.
const MARGIN: f64 = 0.005;
/// How often more of the money is asked to go elsewhere.
const ASKED_MORE: usize = 4;

/// A plan that keeps the terms, with what it was dealt out from.
#[derive(Clone)]
pub(super) struct Found {
    pub plan: Alternative,
    pub proposal: Proposal,
    pub parts: Parts,
}

/// The search for a plan for one wish.
pub(super) struct Search<'a> {
    pub sought: Sought<'a>,
    pools: Vec<Pool>,
    margin: f64,
    left: Left,
    /// The best plans that were found, by standing at most one.
    found: Vec<Found>,
    /// What comes nearest of what does not keep the terms.
    pub nearest: Option<Figures>,
}

impl<'a> Search<'a> {
    /// Before anything is looked for.
    pub fn of(sought: Sought<'a>) -> Search<'a> {
        let reference = sought.reference;
        Search {
            pools: pools(reference.case, reference.form, &[]),
            sought,
            margin: MARGIN,
            left: Left::default(),
            found: Vec::new(),
            nearest: None,
        }
    }

    /// Looks for plans, and closes more schools where that is wished.
    pub fn run(mut self) -> Search<'a> {
        self.draw_in();
        self.close_more();
        self
    }

    /// The plan to take.
    pub fn best(&self) -> Option<&Alternative> {
        taken(self.sought.wish, self.found.iter().map(|one| &one.plan))
    }

    /// The same with what it was dealt out from.
    pub fn best_found(&self) -> Option<&Found> {
        let best = self.best()?;
        self.found
            .iter()
            .find(|one| one.plan.standing == best.standing)
    }

    /// Tries the smallest gap, and then as far beyond it as what whole units have cost leaves room for; also beyond what is
    /// aimed at, where dealing out has closed more than was asked.
    fn draw_in(&mut self) {
        let reference = self.sought.reference;
        let [of_bound, of_reference] = self.sought.terms.limits(reference);
        let least = self.sought.prospect.least_gap.found;
        let within = |gap: f64| gap <= of_reference + SAME * of_reference.abs();
        let Some(least) = least.filter(|&least| within(least)) else {
            return;
        };
        let least = least.max(reference.smallest);
        let first = self.attempt(least, of_bound);
        let aimed = match first {
            Some(gap) if gap <= of_bound => of_bound,
            _ => of_reference,
        };
        let farthest = aimed + BEYOND * (aimed - least);
        let (mut low, mut high) = (least, farthest);
        // Where too little of the money went elsewhere, there is most room for it all the way.
        let mut next = Some(first.map_or(aimed, |found| aimed - (found - least)));
        for time in 0..DRAWN_IN {
            let apart = NO_NEARER * (high - low);
            if self.sought.options.halt.asked().is_some() || apart <= 0.0 {
                return;
            }
            // By turns what is reckoned and the middle: what rounding costs is no smooth function of the gap.
            let reckoned = next.filter(|_| time % 2 == 0 || high == farthest);
            let inside = reckoned.filter(|&gap| low + apart <= gap && gap < high);
            let gap = inside.unwrap_or(0.5 * (low + high));
            let found = self.attempt(gap, aimed);
            // Where nothing was found, or too little of the money went elsewhere, a larger gap leaves more room.
            match found.is_some_and(|found| found > aimed + SAME * aimed.abs()) {
                true => high = gap,
                false => low = gap,
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
        let mut found = Vec::new();
        for parts in Parts::ALL {
            if let Some(figures) = self.dealt_with(proposal, parts) {
                self.even_out(proposal, parts, &figures);
                found.push((figures.gap, figures.moved.share()));
            }
        }
        let order = |(gap, moved): &(f64, f64)| (-moved.min(moving), *gap);
        found.into_iter().min_by(|one, other| {
            let (one, other) = (order(one), order(other));
            one.0.total_cmp(&other.0).then(one.1.total_cmp(&other.1))
        })
    }

    /// Deals out a proposal in one way, and keeps the plan when it is better than those before; what can be said of it.
    pub(super) fn dealt_with(&mut self, proposal: &Proposal, parts: Parts) -> Option<Figures> {
        let reference = self.sought.reference;
        let deal = Deal {
            case: reference.case,
            form: reference.form,
            values: &proposal.values,
            pools: &self.pools,
            towards: Some(&Towards::of(reference.form, &proposal.values, parts)),
            whole: true,
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
        let found = figures.clone();
        match self.sought.terms.standing(reference, &figures) {
            Some(standing) => {
                let plan = Alternative {
                    rows: whole.rows,
                    outcome: whole.outcome,
                    audit: whole.audit,
                    figures,
                    standing,
                    made_for: self.sought.wish,
                };
                self.keep(plan, proposal, parts);
            }
            None => self.note(figures),
        }
        Some(found)
    }

    fn keep(&mut self, plan: Alternative, proposal: &Proposal, parts: Parts) {
        let wish = self.sought.wish;
        let beside = |one: &Found| one.plan.standing == plan.standing;
        let at = self.found.iter().position(beside);
        if at.is_some_and(|at| !plan.serves_better(wish, &self.found[at].plan)) {
            return;
        }
        let one = Found {
            plan,
            proposal: proposal.clone(),
            parts,
        };
        match at {
            Some(at) => self.found[at] = one,
            None => self.found.push(one),
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
