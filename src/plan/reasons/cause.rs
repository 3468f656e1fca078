//! The one reason why a need stays short.

use super::offer::{Closed, Limit, Offer};
use super::unmet::Why;
use crate::words::tolerance::TIE;
use crate::words::{PolicyIx, YearIx};

/// How a school stands in one resource.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum State {
    /// Its stock, pupils or classes are unknown: left out of the plan.
    Unknown,
    /// The standard asks nothing of it.
    NotAsked,
    /// Never short in the plan years; nothing is done.
    Enough,
    /// It gives posts to others.
    Gives,
    /// Short without the plan; in the last plan year it is so no more.
    Met,
    /// Short at first, but in the last plan year no more even without the plan.
    Passes,
    /// Given something, and still short in the last plan year.
    Partly,
    /// Given nothing, and short in the last plan year.
    Unserved,
}

/// Why a need is still short in the last plan year: the finer form of [`Why`].
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Cause {
    /// What is missing is less than can be handed out.
    LessThanOneStep,
    /// No measure of the case supplies it to this school.
    NoMeasure,
    /// There is a measure, but none is in use by the last plan year.
    NotInTime,
    /// A rule forbids the measures there are.
    Forbidden(PolicyIx),
    /// No fund may pay for a measure that would.
    NoFund,
    /// The funds that may pay have no money in a period in which it must be paid.
    NoMoney(YearIx),
    /// No school that could give has a post to spare.
    NobodyToSpare,
    /// A quota allows none.
    Shut(PolicyIx),
    /// What it has would be replaced before it wears out.
    InUse,
    /// All that could be mended or trained there is.
    UsedUp,
    /// The need counts for nothing in the gap index.
    Weightless,
    /// It closes less than the limits it takes from are worth elsewhere; the one it takes most from.
    AboveCutOff(Limit),
    /// It closes as much as it takes: the limit ended among needs of the same worth.
    Tie(Limit),
    /// It closes more than it takes, but in whole units nothing was left that pays one.
    WholeUnits,
    /// The search ended before there were prices to judge by.
    Unproven,
}

impl Cause {
    /// The short name, for tables and programs.
    pub fn key(self) -> &'static str {
        match self {
            Cause::LessThanOneStep => "less-than-one-step",
            Cause::NoMeasure => "no-measure",
            Cause::NotInTime => "not-in-time",
            Cause::Forbidden(_) => "forbidden",
            Cause::NoFund => "no-fund",
            Cause::NoMoney(_) => "no-money",
            Cause::NobodyToSpare => "nobody-to-spare",
            Cause::Shut(_) => "quota-allows-none",
            Cause::InUse => "in-use",
            Cause::UsedUp => "used-up",
            Cause::Weightless => "weightless",
            Cause::AboveCutOff(_) => "above-cut-off",
            Cause::Tie(_) => "tie",
            Cause::WholeUnits => "whole-units",
            Cause::Unproven => "unproven",
        }
    }

    /// The reason that is counted when a plan is shown.
    pub fn why(self) -> Why {
        match self {
            Cause::LessThanOneStep => Why::LessThanOneStep,
            Cause::NoMeasure | Cause::NotInTime | Cause::Forbidden(_) => Why::NoMeasure,
            Cause::NoFund => Why::NoFund,
            _ => Why::Limits,
        }
    }

    /// The limit it speaks of.
    pub fn limit(self) -> Option<Limit> {
        match self {
            Cause::AboveCutOff(limit) | Cause::Tie(limit) => Some(limit),
            Cause::Forbidden(policy) | Cause::Shut(policy) => Some(Limit::Rule(policy)),
            _ => None,
        }
    }
}

/// The cause of a counted reason, and the offer that decides: of those in use in the last plan year the one that
/// closes most for what it takes. `has_measure`: whether any measure speaks of the school, in time or not.
pub(super) fn cause(
    why: Why,
    offers: &[Offer],
    has_measure: bool,
    proven: bool,
) -> (Cause, Option<usize>) {
    let last = || {
        offers
            .iter()
            .enumerate()
            .filter(|(_, offer)| offer.serves_last)
    };
    let closed = || last().filter_map(|(at, offer)| Some((at, offer.closed?)));
    match why {
        Why::LessThanOneStep => (Cause::LessThanOneStep, None),
        Why::NoFund => (Cause::NoFund, last().map(|(at, _)| at).next()),
        Why::NoMeasure => {
            let forbidden = closed().find_map(|(at, closed)| match closed {
                Closed::Forbidden(policy) => Some((Cause::Forbidden(policy), Some(at))),
                _ => None,
            });
            let late = match has_measure {
                true => (Cause::NotInTime, None),
                false => (Cause::NoMeasure, None),
            };
            forbidden.unwrap_or(late)
        }
        Why::Limits if !proven => (Cause::Unproven, None),
        Why::Limits => {
            let open = last().filter(|(_, offer)| offer.closed.is_none());
            let better = |best: (usize, f64), next: (usize, f64)| {
                if next.1 > best.1 { next } else { best }
            };
            match open
                .map(|(at, offer)| (at, offer.ratio(offer.next)))
                .reduce(better)
            {
                Some((at, ratio)) => (weighed(&offers[at], ratio), Some(at)),
                None => shut(closed()),
            }
        }
    }
}

/// The cause where there is an offer that could be taken.
fn weighed(offer: &Offer, ratio: f64) -> Cause {
    if offer.next <= 0.0 {
        return Cause::Weightless;
    }
    match offer.dearest() {
        Some(limit) if ratio < 1.0 - TIE => Cause::AboveCutOff(limit),
        Some(limit) if ratio <= 1.0 + TIE => Cause::Tie(limit),
        _ => Cause::WholeUnits,
    }
}

/// The cause where every offer is closed: what comes closest to being open.
fn shut(closed: impl Iterator<Item = (usize, Closed)>) -> (Cause, Option<usize>) {
    let causes = closed.map(|(at, closed)| {
        let (rank, cause) = match closed {
            Closed::InUse => (0, Cause::InUse),
            Closed::Shut(quota) => match Limit::from(quota) {
                Limit::Rule(policy) => (1, Cause::Shut(policy)),
                _ => (1, Cause::NobodyToSpare),
            },
            Closed::UsedUp => (0, Cause::UsedUp),
            Closed::NobodyToSpare => (2, Cause::NobodyToSpare),
            Closed::NoMoney(period) => (3, Cause::NoMoney(period)),
            Closed::NoFund => (4, Cause::NoFund),
            Closed::Forbidden(policy) => (5, Cause::Forbidden(policy)),
        };
        (rank, at, cause)
    });
    causes
        .min_by_key(|&(rank, at, _)| (rank, at))
        .map_or((Cause::NoMeasure, None), |(_, at, cause)| (cause, Some(at)))
}
