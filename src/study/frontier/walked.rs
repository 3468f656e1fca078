//! The curve walked along by the simplex: every breakpoint is exact.

use super::queue::Queue;
use super::{Frontier, Span, Stretch, scaled};
use crate::case::Case;
use crate::plan::{Course, Known, WhatIf};
use crate::program::certificate::distance;
use crate::words::tolerance::PROVEN;

/// Slopes that differ by less than this (relative) belong to one stretch.
const SAME_SLOPE: f64 = 1e-7;
/// A share of the money that is none.
const NOTHING: f64 = 1e-9;
/// Breakpoints that are solved again to confirm the curve, at most; spread evenly over it.
const CONFIRMED: usize = 200;

impl Frontier {
    /// Stretches out of the pieces of a course that leads from the most money to the least.
    pub(super) fn follow(&mut self, case: &Case, ready: &WhatIf, course: &Course) {
        let Span { from, to, .. } = self.span;
        let share = |t: f64| to + t * (from - to);
        let money = self.stated.main() * (to - from);
        let mut queue = Queue::new(case, ready);
        let least = course.impossible_beyond.map(share);
        self.least = least.filter(|&least| least > from + NOTHING);
        for piece in course.pieces.iter().rev() {
            let length = piece.to - piece.from;
            let (gap_to, gap_from) = (
                ready.gap(piece.objective),
                ready.gap(piece.objective + piece.slope * length),
            );
            let price = if money > 0.0 {
                piece.slope / money
            } else {
                0.0
            };
            let same = self.stretches.last().is_some_and(|last| {
                (last.price - price).abs() <= SAME_SLOPE * last.price.abs().max(price.abs())
            });
            if !same {
                if let Some(last) = self.stretches.last_mut() {
                    last.changes = queue.close();
                }
                self.stretches.push(Stretch {
                    from: share(piece.to),
                    to: share(piece.from),
                    gap_from,
                    gap_to,
                    price,
                    changes: Vec::new(),
                });
            }
            if let Some(last) = self.stretches.last_mut() {
                (last.to, last.gap_to) = (share(piece.from), gap_to);
            }
            queue.add(&piece.rates, -length);
        }
        if let Some(last) = self.stretches.last_mut() {
            last.changes = queue.close();
        }
    }

    /// Solves breakpoints again, each with its own proof.
    pub(super) fn confirm(&mut self, case: &Case, ready: &mut WhatIf) {
        let every = self.stretches.len().div_ceil(CONFIRMED).max(1);
        for stretch in self.stretches.iter().step_by(every) {
            let known = ready.ask(&scaled(case, &self.span, stretch.to));
            if let Known::Point(proof) = known {
                let away = distance(ready.gap(proof.objective), stretch.gap_to).abs();
                self.furthest = self.furthest.max(away);
                self.confirmed += usize::from(away <= 10.0 * PROVEN);
            }
        }
    }
}
