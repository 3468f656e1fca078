//! Pairs of schools between which posts move.

use std::cmp::Ordering;

use crate::case::Distances;
use crate::words::SchoolIx;

/// A pair of schools, in the order in which moves are made.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pair {
    another_township: bool,
    /// Infinite where unknown.
    km: f64,
    pub(super) to: SchoolIx,
    pub(super) from: SchoolIx,
}

impl Pair {
    /// How far it is, where that is known.
    pub(super) fn km(&self) -> Option<f64> {
        self.km.is_finite().then_some(self.km)
    }
}

impl Ord for Pair {
    fn cmp(&self, other: &Pair) -> Ordering {
        let townships = self.another_township.cmp(&other.another_township);
        townships
            .then(self.km.total_cmp(&other.km))
            .then(self.to.cmp(&other.to))
            .then(self.from.cmp(&other.from))
    }
}

impl PartialOrd for Pair {
    fn partial_cmp(&self, other: &Pair) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Pair {
    fn eq(&self, other: &Pair) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Pair {}

impl Pair {
    /// Posts from one school to another, with their place in the order.
    pub(super) fn between(distances: &Distances, from: SchoolIx, to: SchoolIx) -> Pair {
        Pair {
            another_township: distances.same_township(from, to) != Some(true),
            km: distances.km(from, to).unwrap_or(f64::INFINITY),
            to,
            from,
        }
    }
}
