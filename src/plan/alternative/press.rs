//! A plan pressed for more of its wish, with no program: what it was dealt out from is changed a little and dealt out
//! again.
//!
//! What whole units come to is known of the plan alone. The program has closed the schools that are best closed before
//! rounding, and evened the years before rounding: some room within the terms is left.

use super::propose::{Proposal, touches};
use super::search::{Found, Search};
use super::wish::Wish;
use crate::words::{Money, SchoolIx};

/// How often schools are closed, and the part of them that is tried at first.
const CLOSED: usize = 24;
const AT_FIRST: usize = 16;
/// How often the most of a year is lowered, from the dearest year to the cheapest.
const LOWERED: i64 = 6;

impl Search<'_> {
    /// Presses the best plan for more of the wish.
    pub(super) fn press(&mut self) {
        match self.sought.wish {
            Wish::FewestSchools => self.close_more(),
            Wish::SmoothestYears => self.even_out(),
            _ => {}
        }
    }

    /// Closes schools at which least is done, several at once while that is possible, one by one at last.
    fn close_more(&mut self) {
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

    /// Lowers what may be added up to in a year, so that the years in which more is spent get less of what is left.
    fn even_out(&mut self) {
        let Some(found) = self.best_found().cloned() else {
            return;
        };
        let years = &found.plan.figures.by_year;
        let most = years.iter().copied().max().unwrap_or_default();
        let apart = found.plan.figures.unevenness();
        for part in 1..=LOWERED {
            if self.sought.options.halt.asked().is_some() {
                return;
            }
            let less = Money::from_main(apart.main() * part as f64 / LOWERED as f64);
            let mut proposal = found.proposal.clone();
            proposal.aim.most_in_year = Some(vec![most - less; years.len()]);
            self.dealt_with(&proposal, found.parts);
        }
    }
}
