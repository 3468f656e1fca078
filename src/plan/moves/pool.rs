//! One pool: who goes where among the schools of a county and stage, for one measure and year.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

use super::pair::Pair;
use crate::case::Distances;
use crate::words::SchoolIx;

/// How many of the nearest schools that still give are looked up at first; then twice as many each time.
const LOOKED_UP: usize = 8;

/// Steps that leave and arrive, by school in file order.
#[derive(Default)]
pub(super) struct Pool {
    schools: BTreeMap<SchoolIx, Steps>,
}

#[derive(Clone, Copy, Default)]
struct Steps {
    leaving: u64,
    arriving: u64,
}

impl Steps {
    fn all(self) -> u64 {
        self.leaving + self.arriving
    }
}

/// Steps of a school that no pair accounts for.
pub(super) struct Left {
    pub(super) school: SchoolIx,
    pub(super) leaving: u64,
    pub(super) arriving: u64,
}

/// The outcome of a pool.
pub(super) struct Paired {
    /// Pairs in their order, with the steps that move.
    pub(super) moves: Vec<(Pair, u64)>,
    pub(super) left: Vec<Left>,
}

impl Pool {
    /// Adds steps that arrive at a school, or leave it when negative.
    pub(super) fn add(&mut self, school: SchoolIx, steps: f64) {
        let own = self.schools.entry(school).or_default();
        match steps < 0.0 {
            true => own.leaving += -steps as u64,
            false => own.arriving += steps as u64,
        }
    }

    /// Pairs those who leave with those who arrive.
    pub(super) fn pair(self, distances: &Distances) -> Paired {
        let mut open = Open {
            distances,
            schools: self.schools.keys().copied().collect(),
            steps: self.schools.into_values().collect(),
            moves: Vec::new(),
        };
        let own = open.set_aside();
        if let Some(tied) = open.nearest_first() {
            open.all_with(tied);
        }
        let mut left = Vec::new();
        for (at, steps) in open.steps.into_iter().enumerate() {
            let own = own
                .filter(|(school, _)| *school == at)
                .map_or(0, |own| own.1);
            let (leaving, arriving) = (steps.leaving + own, steps.arriving + own);
            if leaving + arriving > 0 {
                left.push(Left {
                    school: open.schools[at],
                    leaving,
                    arriving,
                });
            }
        }
        Paired {
            moves: open.moves,
            left,
        }
    }
}

/// What is still to be paired. Schools go by their place in `schools`, which keeps file order.
struct Open<'a> {
    distances: &'a Distances<'a>,
    schools: Vec<SchoolIx>,
    steps: Vec<Steps>,
    moves: Vec<(Pair, u64)>,
}

impl Open<'_> {
    /// The steps of the larger side. All of the smaller side can be paired without sending anybody home exactly while
    /// no school gives and gets more than this: what it gives must go to others, what it gets must come from others.
    fn total(&self) -> u64 {
        let leaving: u64 = self.steps.iter().map(|own| own.leaving).sum();
        let arriving: u64 = self.steps.iter().map(|own| own.arriving).sum();
        leaving.max(arriving)
    }

    /// Takes out what a school could only exchange with itself; at most one school can.
    fn set_aside(&mut self) -> Option<(usize, u64)> {
        let total = self.total();
        let at = (0..self.steps.len()).find(|&at| self.steps[at].all() > total)?;
        let own = self.steps[at].all() - total;
        self.steps[at].leaving -= own;
        self.steps[at].arriving -= own;
        Some((at, own))
    }

    /// Moves posts along the first open pair again and again. Ends with a school that all further moves have to do
    /// with, if there comes to be one that pairs without it would leave to itself.
    fn nearest_first(&mut self) -> Option<usize> {
        let mut total = self.total();
        let mut nearest: Vec<Nearest> = self.schools.iter().map(|_| Nearest::default()).collect();
        let mut queue = BinaryHeap::new();
        for (to, nearest) in nearest.iter_mut().enumerate() {
            queue.extend(self.next(nearest, to));
        }
        while let Some(Reverse((pair, from, to))) = queue.pop() {
            if self.steps[from].leaving > 0 {
                let (other, most) = self.heaviest_but(from, to);
                if most == total {
                    return other;
                }
                let steps = self.steps[from].leaving.min(self.steps[to].arriving);
                let steps = steps.min(total - most);
                self.go(pair, from, to, steps);
                total -= steps;
                if self.steps[from].leaving > 0 && self.steps[to].arriving > 0 {
                    return other;
                }
            }
            queue.extend(self.next(&mut nearest[to], to));
        }
        None
    }

    /// The school that gives and gets most beside two others, and how much that is.
    fn heaviest_but(&self, from: usize, to: usize) -> (Option<usize>, u64) {
        let others = (0..self.steps.len()).filter(|&at| at != from && at != to);
        let heaviest = others.max_by_key(|&at| self.steps[at].all());
        (heaviest, heaviest.map_or(0, |at| self.steps[at].all()))
    }

    /// Moves along pairs with one school only, in their order.
    fn all_with(&mut self, school: usize) {
        let others = (0..self.steps.len()).filter(|&other| other != school);
        let both = others.flat_map(|other| [(school, other), (other, school)]);
        let ranked = both.map(|(from, to)| (self.ranked(from, to), from, to));
        let mut pairs: Vec<(Pair, usize, usize)> = ranked.collect();
        pairs.sort_unstable();
        for (pair, from, to) in pairs {
            let steps = self.steps[from].leaving.min(self.steps[to].arriving);
            if steps > 0 {
                self.go(pair, from, to, steps);
            }
        }
    }

    fn go(&mut self, pair: Pair, from: usize, to: usize, steps: u64) {
        self.steps[from].leaving -= steps;
        self.steps[to].arriving -= steps;
        self.moves.push((pair, steps));
    }

    fn ranked(&self, from: usize, to: usize) -> Pair {
        Pair::between(self.distances, self.schools[from], self.schools[to])
    }

    /// The nearest school that still gives, for one that still gets.
    fn next(&self, nearest: &mut Nearest, to: usize) -> Option<Reverse<(Pair, usize, usize)>> {
        if self.steps[to].arriving == 0 {
            return None;
        }
        loop {
            while let Some((pair, from)) = nearest.upcoming.pop() {
                if self.steps[from].leaving > 0 {
                    return Some(Reverse((pair, from, to)));
                }
            }
            let givers = (0..self.schools.len())
                .filter(|&from| from != to && self.steps[from].leaving > 0)
                .map(|from| (self.ranked(from, to), from));
            nearest.look_up(givers.collect());
            if nearest.upcoming.is_empty() {
                return None;
            }
        }
    }
}

/// The nearest schools that give, looked up a few at a time: a large pool has too many pairs to keep them all.
#[derive(Default)]
struct Nearest {
    /// The nearest last.
    upcoming: Vec<(Pair, usize)>,
    looked_up: usize,
}

impl Nearest {
    fn look_up(&mut self, mut all: Vec<(Pair, usize)>) {
        self.looked_up = (self.looked_up * 2).max(LOOKED_UP);
        if all.len() > self.looked_up {
            all.select_nth_unstable(self.looked_up);
            all.truncate(self.looked_up);
            all.shrink_to_fit();
        }
        all.sort_unstable_by(|one, other| other.cmp(one));
        self.upcoming = all;
    }
}
