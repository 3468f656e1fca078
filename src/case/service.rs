//! When a measure serves and when it is paid.

use std::ops::Range;

use super::{Case, Lever};
use crate::words::{MeasureIx, YearIx};

impl Case {
    /// The periods, as positions, in which a measure started in `start` is useful. What was bought counts in the
    /// terminal period only if its life covers all of it; a post still away in the last plan year is taken to stay
    /// away afterwards, and is paid as long.
    pub fn service(&self, measure: MeasureIx, start: YearIx) -> Range<usize> {
        let (years, periods) = (self.horizon.years, self.horizon.period_count());
        let clip = |from: usize, to: usize| {
            let after = years + self.horizon.terminal.ceil() as usize;
            let to = if to >= after { periods } else { to.min(years) };
            from.min(to)..to
        };
        match self.measures[measure].lever {
            Lever::Buy { lead, life } => {
                let from = start.at().saturating_add(lead);
                clip(from, from.saturating_add(life))
            }
            Lever::Hire => start.at()..periods,
            Lever::Rotate { term } if start.at().saturating_add(term) >= years => {
                start.at()..periods
            }
            Lever::Rotate { term } => start.at()..start.at() + term,
        }
    }

    /// The periods, as positions, in which a measure started in `start` is paid: its own year for buying, every
    /// period of service for posts (in the terminal period: the pay of one year, for each of its years).
    pub fn paid(&self, measure: MeasureIx, start: YearIx) -> Range<usize> {
        match self.measures[measure].lever {
            Lever::Buy { .. } => start.at()..start.at() + 1,
            Lever::Hire | Lever::Rotate { .. } => self.service(measure, start),
        }
    }

    /// The plan year by which a measure started in `start` is in use, the deadline (完成时限).
    pub fn deadline(&self, measure: MeasureIx, start: YearIx) -> YearIx {
        match self.measures[measure].lever {
            Lever::Buy { lead, .. } => YearIx::new(start.at() + lead),
            Lever::Hire | Lever::Rotate { .. } => start,
        }
    }
}
