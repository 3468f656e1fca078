//! The curve of a program that is too large to be walked along, between points that are each solved and proven by
//! themselves.
//!
//! The smallest gap is convex in the money. So the curve lies below the line between two of its points, and above
//! their tangents, which the multipliers tell: how far these are apart is how well the curve is known there. Where that
//! is worst it is asked for where the tangents meet, which is the breakpoint if there is only one (the sandwich method).

use super::queue::Tally;
use super::{Frontier, STEP, Span, Stretch, scaled};
use crate::case::Case;
use crate::formulate::ColKey;
use crate::plan::{Known, Options, WhatIf};
use crate::words::tolerance::PROVEN;

/// How closely the curve is to be known, as a part of the gap.
const CLOSE: f64 = 1e-3;
/// How many points are asked for at most.
const ASKED: usize = 48;
/// How near to a known point the next one may be, as a part of the interval: where the multipliers are not unique, a
/// tangent may be as steep as it likes, and tells of a breakpoint where it touches.
const APART: f64 = 0.05;
/// How closely the least money with which there is a plan is found, as a share of the money stated.
const LEAST: f64 = 0.01;

/// A point of the curve.
struct Solved {
    share: f64,
    gap: f64,
    /// By how much the gap changes a unit of share, along a line that the curve does not pass below.
    slope: f64,
    /// What is done, by column; nothing is left out but zeros.
    done: Vec<(usize, f64)>,
}

/// What was asked for so far, money ascending.
struct Asked<'a> {
    case: &'a Case,
    span: Span,
    ready: &'a mut WhatIf,
    points: Vec<Solved>,
    left: usize,
}

impl Frontier {
    /// Stretches between points that are solved for one by one.
    pub(super) fn sandwich(&mut self, case: &Case, ready: &mut WhatIf, options: &Options) {
        let mut asked = Asked {
            case,
            span: self.span,
            ready,
            points: Vec::new(),
            left: ASKED,
        };
        self.least = asked.evenly();
        while asked.left > 0 && options.halt.asked().is_none() && asked.refine() {}
        self.confirmed = asked.points.len();
        let apart = asked.points.windows(2).map(|pair| meeting(pair).1);
        self.uncertain = Some(apart.fold(0.0, f64::max));
        let money = self.stated.main();
        let stretches = asked
            .points
            .windows(2)
            .map(|pair| asked.stretch(pair, money));
        self.stretches = stretches.collect();
    }
}

impl Asked<'_> {
    /// Asks at even steps; returns a share of the money with which it is proven that there is no plan, close below the
    /// least with which there is one.
    fn evenly(&mut self) -> Option<f64> {
        let Span { from, to, .. } = self.span;
        let step = STEP as f64 / 100.0;
        let even = (1..).map(|at| (from / step).floor() * step + f64::from(at) * step);
        let even = even
            .skip_while(|&share| share < from + 1e-9)
            .take_while(|&share| share < to - 1e-9);
        let shares: Vec<f64> = [from].into_iter().chain(even).chain([to]).collect();
        let impossible = |asked: &mut Self, share: &f64| asked.ask(*share) == Some(false);
        let mut none = shares
            .into_iter()
            .rev()
            .find(|share| impossible(self, share))?;
        while let Some(first) = self.points.first()
            && first.share - none > LEAST
            && self.left > 0
        {
            let share = 0.5 * (first.share + none);
            match self.ask(share) {
                Some(true) => {}
                Some(false) => none = share,
                None => break,
            }
        }
        Some(none)
    }

    /// Asks for the point at a share and keeps it; whether there is one, `None` where neither is proven.
    fn ask(&mut self, share: f64) -> Option<bool> {
        self.left = self.left.saturating_sub(1);
        let proof = match self.ready.ask(&scaled(self.case, &self.span, share)) {
            Known::Point(proof) if proof.distance() <= PROVEN => proof,
            Known::Impossible(_) => return Some(false),
            _ => return None,
        };
        let (none, all) = (
            self.ready.form.moneyed(&scaled(self.case, &self.span, 0.0)),
            self.ready.form.moneyed(&scaled(self.case, &self.span, 1.0)),
        );
        let rates = none.rhs.iter().zip(&all.rhs);
        let slope = rates.map(|(&(row, a), &(_, b))| proof.multipliers[row] * (b - a));
        let done = self.ready.form.cols.iter().zip(&proof.values).enumerate();
        let done = done.filter(|(_, (key, value))| {
            **value != 0.0 && matches!(key, ColKey::Supply { .. } | ColKey::Exchange { .. })
        });
        let solved = Solved {
            share,
            gap: self.ready.gap(proof.objective),
            slope: slope.sum(),
            done: done.map(|(at, (_, &value))| (at, value)).collect(),
        };
        let place = self.points.partition_point(|one| one.share < share);
        self.points.insert(place, solved);
        Some(true)
    }

    /// Asks where the curve is known worst; whether it was not known well enough everywhere.
    fn refine(&mut self) -> bool {
        let worst = self.points.windows(2).filter_map(|pair| {
            let (share, apart) = meeting(pair);
            (apart > CLOSE * pair[1].gap).then_some((share, apart))
        });
        let worst = worst.max_by(|one, other| one.1.total_cmp(&other.1));
        worst.is_some_and(|(share, _)| self.ask(share) == Some(true))
    }

    /// The stretch between two points that stand side by side; `money` is that of share 1.
    fn stretch(&self, pair: &[Solved], money: f64) -> Stretch {
        let [from, to] = [&pair[0], &pair[1]];
        let spent = (to.share - from.share) * money;
        let mut tally = Tally::new(self.case);
        let key = |col: usize| &self.ready.form.cols[col];
        for (col, units) in differences(&from.done, &to.done) {
            tally.add(key(col), units, 1);
        }
        Stretch {
            from: from.share,
            to: to.share,
            gap_from: from.gap,
            gap_to: to.gap,
            price: match spent > 0.0 {
                true => ((from.gap - to.gap) / spent).max(0.0),
                false => 0.0,
            },
            changes: tally.close(),
        }
    }
}

/// Where the tangents of two points meet, kept apart from both, and by how much the line between the points is above
/// them at the most.
fn meeting(pair: &[Solved]) -> (f64, f64) {
    let [a, b] = [&pair[0], &pair[1]];
    let length = b.share - a.share;
    let chord = (b.gap - a.gap) / length;
    // Measured from the first point, down from the line between the points, along which both tangents start at zero.
    let (down, up) = ((chord - a.slope).max(0.0), (b.slope - chord).max(0.0));
    if down <= 0.0 || up <= 0.0 {
        return (a.share + 0.5 * length, 0.0);
    }
    let part = up / (down + up);
    let apart = down * part * length;
    (a.share + part.clamp(APART, 1.0 - APART) * length, apart)
}

/// What is done more in the second than in the first; both by ascending column.
fn differences(one: &[(usize, f64)], two: &[(usize, f64)]) -> Vec<(usize, f64)> {
    let (mut one, mut two) = (one.iter().peekable(), two.iter().peekable());
    let mut found = Vec::new();
    loop {
        let next = match (one.peek(), two.peek()) {
            (Some(&&(a, _)), Some(&&(b, _))) => a.min(b),
            (Some(&&(a, _)), None) => a,
            (None, Some(&&(b, _))) => b,
            (None, None) => return found,
        };
        let before = one
            .next_if(|entry| entry.0 == next)
            .map_or(0.0, |entry| entry.1);
        let after = two
            .next_if(|entry| entry.0 == next)
            .map_or(0.0, |entry| entry.1);
        if (after - before).abs() > 1e-9 {
            found.push((next, after - before));
        }
    }
}
