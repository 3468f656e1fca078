//! When a measure serves and when it is paid.
//!
//! The terminal period is one period however many years it has, and a unit whose remaining life covers a part of it
//! counts as that part of a unit for all of it. As long as every unit short weighs the same this is what the years one
//! by one come to. With severity bands it is the gap of the mean state, not the mean of the gaps: half a unit for four
//! years is taken to lift a school out of its lowest band for all four, where a unit for two years does so for two. So
//! what wears out within the terminal period is then credited with more than the years one by one would give, up to
//! the ratio of the lowest band's weight to the highest's; never with less, since a lower band never weighs less. What
//! lasts to the end of the period, and every post, is credited exactly. It is left so: the years one by one would need
//! rows of their own for each year in which something wears out, for the one period that nobody plans, and the plan,
//! the outcome and the audit all reckon by this same rule, so that a proof is one of what is printed.

use std::ops::Range;

use super::{Case, Lever};
use crate::words::{MeasureIx, YearIx};

/// The periods in which a unit serves, as positions in order, and how much of each it serves.
#[derive(Clone, PartialEq, Debug)]
pub struct Service {
    periods: Range<usize>,
    /// The terminal period's position and the share of it that is served.
    terminal: (usize, f64),
}

impl Service {
    /// The share of a period that is served: 1 in plan years; in the terminal period what is left of a life.
    pub fn share(&self, period: usize) -> f64 {
        match (self.contains(period), period == self.terminal.0) {
            (false, _) => 0.0,
            (true, true) => self.terminal.1,
            (true, false) => 1.0,
        }
    }

    /// Whether it serves in a period.
    pub fn contains(&self, period: usize) -> bool {
        self.periods.contains(&period)
    }

    /// The period of which only a part is served, if there is one.
    pub fn partly(&self) -> Option<usize> {
        let (terminal, share) = self.terminal;
        (self.contains(terminal) && share < 1.0).then_some(terminal)
    }

    /// Whether it never serves.
    pub fn is_empty(&self) -> bool {
        self.periods.is_empty()
    }
}

impl Iterator for Service {
    type Item = usize;
    fn next(&mut self) -> Option<usize> {
        self.periods.next()
    }
}

impl Case {
    /// When a unit of a measure started in `start` serves. What was bought is credited in the terminal period for the
    /// part of it that its remaining life covers; a post still away in the last plan year is taken to stay away
    /// afterwards, and is paid as long.
    pub fn service(&self, measure: MeasureIx, start: YearIx) -> Service {
        let (years, periods) = (self.horizon.years, self.horizon.period_count());
        let whole = |periods| Service {
            periods,
            terminal: (years, 1.0),
        };
        match self.measures[measure].lever {
            Lever::Buy { lead, life } => {
                let from = start.at().saturating_add(lead);
                let to = from.saturating_add(life);
                let covered = (to as f64 - from.max(years) as f64) / self.horizon.terminal;
                let end = if to > years { periods } else { to };
                Service {
                    periods: from.min(end)..end,
                    terminal: (years, covered.clamp(0.0, 1.0)),
                }
            }
            Lever::Aid | Lever::Share if start.at() + 1 < years => {
                whole(start.at()..start.at() + 1)
            }
            Lever::Rotate { term } if start.at().saturating_add(term) < years => {
                whole(start.at()..start.at() + term)
            }
            Lever::Hire | Lever::Aid | Lever::Share | Lever::Rotate { .. } | Lever::Move => {
                whole(start.at()..periods)
            }
        }
    }

    /// The periods, as positions, in which a measure started in `start` is paid: its own year for buying, every
    /// period of service for posts (in the terminal period: the pay of one year, for each of its years).
    pub fn paid(&self, measure: MeasureIx, start: YearIx) -> Range<usize> {
        match self.measures[measure].lever {
            Lever::Buy { .. } | Lever::Move => start.at()..start.at() + 1,
            Lever::Hire | Lever::Aid | Lever::Share | Lever::Rotate { .. } => {
                self.service(measure, start).periods
            }
        }
    }

    /// The plan year by which a measure started in `start` is in use, the deadline (完成时限).
    pub fn deadline(&self, measure: MeasureIx, start: YearIx) -> YearIx {
        match self.measures[measure].lever {
            Lever::Buy { lead, .. } => YearIx::new(start.at() + lead),
            Lever::Hire | Lever::Aid | Lever::Share | Lever::Rotate { .. } | Lever::Move => start,
        }
    }
}
