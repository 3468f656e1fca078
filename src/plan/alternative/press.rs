//! A plan pressed for more of its wish, with no program: what it was dealt out from is changed a little and dealt out
//! again.
//!
//! The program has closed the schools that are best closed before rounding, and has evened the years before rounding.
//! What whole units come to is known of the plan alone, and some room within the terms is left.

use super::figures::Figures;
use super::propose::{Proposal, touches};
use super::search::{Found, Search};
use super::wish::Wish;
use crate::plan::spread::Parts;
use crate::words::{Money, SchoolIx};

/// How often schools are closed, and the part of them that is tried at first.
const CLOSED: usize = 24;
const AT_FIRST: usize = 16;
/// How often the most of a year is lowered, from the dearest year to the cheapest.
const LOWERED: u32 = 2;

impl Search<'_> {
    /// Closes schools at which least is done, several at once while that is possible, one by one at last.
    pub(super) fn close_more(&mut self) {
        if self.sought.wish != Wish::FewestSchools {
            return;
        }
        let Some(mut now) = self.best_found().cloned() else {
            return;
        };
        let mut spared = vec![false; self.sought.reference.case.schools.len()];
        let mut at_once = (now.plan.figures.schools / AT_FIRST).max(1);
        for _ in 0..CLOSED {
            if self.sought.options.halt.asked().is_some() {
                return;
            }
            let least = self.least_done(&now, &spared);
            let closed = &least[..at_once.min(least.len())];
            if closed.is_empty() {
                return;
            }
            let before = now.plan.figures.schools;
            let proposal = self.without(&now, closed);
            self.dealt_with(&proposal, now.parts);
            match self.best_found() {
                Some(best) if best.plan.figures.schools < before => now = best.clone(),
                _ if at_once > 1 => at_once /= 2,
                _ => spared[closed[0].at()] = true,
            }
        }
    }

    /// The schools of a plan at which something is done, the least first.
    fn least_done(&self, found: &Found, spared: &[bool]) -> Vec<SchoolIx> {
        let (reference, case) = (self.sought.reference, self.sought.reference.case);
        let mut done: Vec<Option<f64>> = vec![None; case.schools.len()];
        for row in found.plan.rows.iter().filter(|row| row.units != 0.0) {
            let money = reference.price_of(row.measure, row.year) * row.units.abs();
            *done[row.school.at()].get_or_insert(0.0) += money;
        }
        let open = case.schools.ids().filter(|school| !spared[school.at()]);
        let mut open: Vec<(f64, SchoolIx)> = open
            .filter_map(|school| Some((done[school.at()]?, school)))
            .collect();
        open.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        open.into_iter().map(|(_, school)| school).collect()
    }

    /// What a plan was dealt out from, with nothing at some schools.
    fn without(&self, found: &Found, closed: &[SchoolIx]) -> Proposal {
        let reference = self.sought.reference;
        let mut proposal = found.proposal.clone();
        for (key, value) in reference.form.cols.iter().zip(&mut proposal.values) {
            if touches(key).is_some_and(|school| closed.contains(&school)) {
                *value = 0.0;
            }
        }
        let all = || vec![true; reference.case.schools.len()];
        let open = proposal.aim.schools.get_or_insert_with(all);
        for school in closed {
            open[school.at()] = false;
        }
        proposal
    }

    /// Lowers what may be added up to in a year, so that dear years get less of what is left: where the years are to be
    /// even and a proposal has come to `figures`.
    pub(super) fn even_out(&mut self, proposal: &Proposal, parts: Parts, figures: &Figures) {
        if self.sought.wish != Wish::SmoothestYears {
            return;
        }
        let most = figures.by_year.iter().copied().max().unwrap_or_default();
        let apart = figures.unevenness().main();
        for part in 1..=LOWERED {
            let less = Money::from_main(apart * f64::from(part) / f64::from(LOWERED));
            let mut proposal = proposal.clone();
            proposal.aim.most_in_year = Some(vec![most - less; figures.by_year.len()]);
            self.dealt_with(&proposal, parts);
        }
    }
}
