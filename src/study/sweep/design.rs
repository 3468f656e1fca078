//! The points of a sweep in order, and the pieces in which they are solved. All of it follows from the axes: no list of
//! points is ever held, and no thread has a say in what is solved from what.

use std::ops::Range;

use super::axis::{Axis, Value, drawn};
use crate::case::{Case, Overlay};

/// What a sweep goes over: every combination of the listed values, and as many draws at each as are asked for.
///
/// Points that differ in money alone stand together: they are a run, and share one program.
#[derive(Clone, Debug)]
pub struct Design {
    /// What is varied, in the planner's order.
    pub axes: Vec<Axis>,
    /// How many draws; 1 when nothing is drawn.
    pub draws: usize,
    /// What the draws follow from.
    pub seed: u64,
    /// Points that are handed over at once, at most: what is done again after a sweep was killed. At least 1.
    pub piece: usize,
}

/// A point: where it lies on each axis, in their order.
#[derive(Clone, PartialEq, Debug)]
pub struct Point {
    /// Its number, from 0.
    pub number: usize,
    /// Its value on each axis.
    pub values: Vec<Value>,
}

impl Design {
    /// How many points there are; `None` when they cannot be counted.
    pub fn points(&self) -> Option<usize> {
        let listed = self.axes.iter().filter_map(Axis::listed);
        listed.chain([self.draws]).try_fold(1, usize::checked_mul)
    }

    fn combinations(&self, money: bool) -> usize {
        let of_kind = self.axes.iter().filter(|axis| axis.is_money() == money);
        of_kind.filter_map(Axis::listed).product()
    }

    /// Whether the draws change nothing but money.
    fn draws_money(&self) -> bool {
        let mut drawn = self.axes.iter().filter(|axis| axis.listed().is_none());
        drawn.all(Axis::is_money)
    }

    /// How many points a run has.
    pub(super) fn run_length(&self) -> usize {
        let money = self.combinations(true);
        match self.draws_money() {
            true => money * self.draws,
            false => money,
        }
    }

    /// How many runs there are.
    fn runs(&self) -> usize {
        let others = self.combinations(false);
        match self.draws_money() {
            true => others,
            false => others * self.draws,
        }
    }

    fn chunks_of_run(&self) -> usize {
        self.run_length().div_ceil(self.piece)
    }

    /// How many pieces there are.
    pub fn chunks(&self) -> usize {
        self.runs() * self.chunks_of_run()
    }

    /// The run a piece belongs to.
    pub(super) fn run_of(&self, chunk: usize) -> usize {
        chunk / self.chunks_of_run()
    }

    /// The numbers of a piece's points.
    pub fn chunk(&self, chunk: usize) -> Range<usize> {
        let (run, within) = (
            chunk / self.chunks_of_run(),
            chunk % self.chunks_of_run() * self.piece,
        );
        let length = self.run_length();
        let first = run * length;
        first + within..first + length.min(within + self.piece)
    }

    /// How many pieces are whole when so many points are done.
    pub fn whole_chunks(&self, points: usize) -> usize {
        let length = self.run_length();
        let (runs, within) = (points / length, points % length);
        (runs * self.chunks_of_run() + within / self.piece).min(self.chunks())
    }

    /// The point of a number.
    pub fn point(&self, number: usize) -> Point {
        let (run, within) = (number / self.run_length(), number % self.run_length());
        let money = self.combinations(true);
        let (mut other, draw, mut money) = match self.draws_money() {
            true => (run, within / money, within % money),
            false => (run / self.draws, run % self.draws, within),
        };
        let mut listed: Vec<Option<usize>> = vec![None; self.axes.len()];
        // The last axis of its kind turns fastest.
        for (place, axis) in listed.iter_mut().zip(&self.axes).rev() {
            if let Some(count) = axis.listed() {
                let turning = if axis.is_money() {
                    &mut money
                } else {
                    &mut other
                };
                *place = Some(*turning % count);
                *turning /= count;
            }
        }
        let drawn_axes = listed.iter().filter(|place| place.is_none()).count();
        let mut parts = drawn(self.seed, draw, drawn_axes).into_iter();
        let values = self
            .axes
            .iter()
            .zip(listed)
            .map(|(axis, place)| match place {
                Some(at) => axis.listed_value(at),
                None => axis.drawn_value(parts.next().unwrap_or(0.0)),
            });
        Point {
            number,
            values: values.collect(),
        }
    }

    /// The case of the run a point belongs to: all of its changes but those of the money.
    pub(super) fn run_case(&self, case: &Case, point: &Point) -> Case {
        let placed = || self.axes.iter().zip(&point.values);
        // Scenarios name rules of the case as it stands: all of them come first, and at once.
        let scenarios = Overlay {
            name: String::new(),
            title: String::new(),
            changes: placed()
                .flat_map(|(axis, value)| axis.scenario_changes(value))
                .cloned()
                .collect(),
        };
        let mut changed = scenarios.apply(case);
        for (axis, value) in placed().filter(|(axis, _)| !axis.is_money()) {
            axis.put(&mut changed, value);
        }
        changed
    }

    /// Puts the money of a point into the case of its run.
    pub(super) fn put_money(&self, case: &mut Case, point: &Point) {
        let placed = self.axes.iter().zip(&point.values);
        for (axis, value) in placed.filter(|(axis, _)| axis.is_money()) {
            axis.put(case, value);
        }
    }
}
