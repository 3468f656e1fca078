//! What the funds pay for units of a measure, period by period.
//!
//! Most measures cost the same in every period in which they are paid. A subsidised post (特岗) does not: in its first
//! years a part of its pay comes from outside the funds of the case, and then they pay it all.

use std::ops::{Range, Sub};

use super::Case;
use crate::words::{MeasureIx, Money, YearIx};

/// What is paid towards a post from outside the funds in its first years (特岗补助).
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Subsidy {
    /// Money per post and year; what exceeds the price is not paid.
    pub each: Money,
    /// Years from the first of the post.
    pub years: usize,
}

/// The periods in which dues fall: the first, the first in which the whole price is due, and that past the last.
pub type Span = (usize, usize, usize);

/// What some units cost the funds in each period.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Dues {
    periods: Range<usize>,
    /// The first period in which the whole price is due.
    turn: usize,
    before: Money,
    from_then: Money,
}

impl Dues {
    /// Money due in a period, none where nothing is paid.
    pub fn at(&self, period: usize) -> Money {
        match (self.periods.contains(&period), period < self.turn) {
            (false, _) => Money::ZERO,
            (true, true) => self.before,
            (true, false) => self.from_then,
        }
    }

    /// The periods in which something is due, with how much.
    pub fn iter(&self) -> impl Iterator<Item = (usize, Money)> + '_ {
        let all = self.periods.clone().map(|period| (period, self.at(period)));
        all.filter(|(_, due)| !due.is_zero())
    }

    /// Whether nothing is due in any period.
    pub fn is_zero(&self) -> bool {
        self.iter().next().is_none()
    }

    /// When they fall due.
    pub fn span(&self) -> Span {
        (self.periods.start, self.turn, self.periods.end)
    }

    /// Whether they are at least others of the same span, in every period.
    pub fn covers(&self, others: &Dues) -> bool {
        self.before >= others.before && self.from_then >= others.from_then
    }

    /// The same units paid back.
    pub fn back(&self) -> Dues {
        Dues {
            before: -self.before,
            from_then: -self.from_then,
            ..self.clone()
        }
    }
}

/// What the dues of more units exceed those of fewer by, of the same measure and year.
impl Sub for Dues {
    type Output = Dues;
    fn sub(self, fewer: Dues) -> Dues {
        Dues {
            before: self.before - fewer.before,
            from_then: self.from_then - fewer.from_then,
            ..self
        }
    }
}

impl Case {
    /// What units of a measure begun in `start` cost the funds, each period's price rounded to the hundredth once for
    /// all of them. In the terminal period the whole price is due, however many of its years are still subsidised: it is
    /// what must be paid for good.
    pub fn dues(&self, measure: MeasureIx, start: YearIx, units: f64) -> Dues {
        let stated = &self.measures[measure];
        let periods = self.paid(measure, start);
        let (turn, outside) = match stated.subsidy {
            Some(subsidy) => {
                let end = start.at().saturating_add(subsidy.years);
                (end.min(self.horizon.years), subsidy.each)
            }
            None => (periods.start, Money::ZERO),
        };
        let reduced = stated.cost - outside.min(stated.cost);
        Dues {
            periods,
            turn,
            before: reduced.times(units),
            from_then: stated.cost.times(units),
        }
    }

    /// What one unit costs the funds in a period, in main units of money.
    pub fn price(&self, measure: MeasureIx, start: YearIx, period: usize) -> f64 {
        self.dues(measure, start, 1.0).at(period).main()
    }

    /// What one unit costs the funds in the plan years, in main units of money.
    pub fn price_in_plan(&self, measure: MeasureIx, start: YearIx) -> f64 {
        let dues = self.dues(measure, start, 1.0);
        let within = dues.iter().filter(|&(at, _)| at < self.horizon.years);
        within.map(|(_, due)| due).sum::<Money>().main()
    }

    /// What one unit costs the funds in the plan years and in all years of the terminal period, in main units of money.
    pub fn price_for_good(&self, measure: MeasureIx, start: YearIx) -> f64 {
        let dues = self.dues(measure, start, 1.0);
        let all = dues.iter();
        all.map(|(at, due)| due.main() * self.horizon.duration(YearIx::new(at)))
            .sum()
    }

    /// The price (main units of money, before what comes from outside) at which a unit would cost the funds `factor` times
    /// what it does, over all years.
    pub fn price_times(&self, measure: MeasureIx, start: YearIx, factor: f64) -> f64 {
        let cost = self.measures[measure].cost.main();
        let periods = self.paid(measure, start).map(YearIx::new);
        let years: f64 = periods.map(|at| self.horizon.duration(at)).sum();
        cost - (1.0 - factor) * self.price_for_good(measure, start) / years.max(1.0)
    }

    /// Whether any measure is paid in part from outside the funds.
    pub fn is_subsidised(&self) -> bool {
        self.measures
            .iter()
            .any(|measure| measure.subsidy.is_some())
    }
}
