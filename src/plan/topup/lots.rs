//! Measures that come in projects of a least size: what is added at once, and what is left when some is taken back.

use super::{At, TopUp};
use crate::plan::spread::Dealt;
use crate::plan::waterfill::whole;

impl TopUp<'_, '_> {
    /// The steps that can be added at once at a place at least: one, or as many as make a project of what is there.
    pub fn lot(&self, at: &At) -> u64 {
        let least = self.case.least_steps(at.1);
        if least == 1 {
            return 1;
        }
        let there = self.deal.get(at).map_or(0.0, |dealt| dealt.brought);
        let step = self.step(at);
        least.saturating_sub(whole(there / step)).max(1)
    }

    /// The unit in which a measure is handed out.
    pub(super) fn step(&self, at: &At) -> f64 {
        self.case.step(at.1)
    }

    /// The units that go when so many are taken back at a place: all of them where less than a project would be left.
    pub(super) fn going(&self, at: &At, units: f64) -> f64 {
        let there = self.deal.get(at).map_or(0.0, |dealt| dealt.brought);
        match self.case.measures[at.1].is_project(there - units) {
            true => units,
            false => there,
        }
    }

    /// Takes back what dealing out and paying have left of projects: less than the smallest has.
    pub(super) fn drop_parts(&mut self) {
        let measures = &self.case.measures;
        let is_part =
            |(at, dealt): &(&At, &Dealt)| !dealt.kept && !measures[at.1].is_project(dealt.brought);
        let parts = self.deal.iter().filter(is_part);
        let parts: Vec<(At, f64)> = parts.map(|(at, dealt)| (*at, dealt.brought)).collect();
        for (at, units) in parts {
            self.withdraw(at, units);
        }
    }
}
