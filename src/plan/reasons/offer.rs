//! What a unit of a measure would do for a need, and what it would take from the limits.

use crate::case::Circle;
use crate::formulate::RowKey;
use crate::words::sum::sum;
use crate::words::{FundIx, MeasureIx, PolicyIx, YearIx};

/// A limit as planners speak of it, over all its years.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Limit {
    /// The money of a fund.
    Fund(FundIx),
    /// A share rule or quota.
    Rule(PolicyIx),
    /// The posts that the schools of a circle can spare for a rotation.
    Posts(MeasureIx, Circle),
    /// What a school may have in use.
    Own,
}

impl From<RowKey> for Limit {
    fn from(key: RowKey) -> Limit {
        match key {
            RowKey::Fund { fund, .. } => Limit::Fund(fund),
            RowKey::Share { policy, .. }
            | RowKey::Quota { policy, .. }
            | RowKey::Differences { policy, .. }
            | RowKey::Stay { policy }
            | RowKey::Kept { policy, .. } => Limit::Rule(policy),
            RowKey::Pool {
                measure, circle, ..
            } => Limit::Posts(measure, circle),
            RowKey::Need { .. }
            | RowKey::Ceiling { .. }
            | RowKey::Most { .. }
            | RowKey::Target { .. }
            | RowKey::Indicator { .. }
            | RowKey::Indicators { .. }
            | RowKey::Floor { .. }
            | RowKey::Stock { .. }
            | RowKey::Class { .. } => Limit::Own,
        }
    }
}

/// What a unit takes from a limit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Toll {
    /// The limit, with its year.
    pub limit: RowKey,
    /// How much of it: main units of money (a year, after the plan), units of a quota, posts of a pool.
    pub uses: f64,
    /// What one of those is worth elsewhere, in units of the gap index.
    pub price: f64,
}

impl Toll {
    /// What it takes, in units of the gap index; negative where a rule wants it.
    pub fn worth(&self) -> f64 {
        self.uses * self.price
    }

    /// Whether it is paid in money.
    pub fn is_money(&self) -> bool {
        matches!(self.limit, RowKey::Fund { .. } | RowKey::Share { .. })
    }
}

/// Why a measure cannot be used at all at a school in a year.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Closed {
    /// A rule forbids it.
    Forbidden(PolicyIx),
    /// No fund may pay it.
    NoFund,
    /// No fund that may pay it has money in a period in which it must be paid.
    NoMoney(YearIx),
    /// No school that could give has a post to spare.
    NobodyToSpare,
    /// A quota allows none.
    Shut(RowKey),
    /// What is in use would be replaced before it wears out.
    InUse,
    /// All is mended that is broken; all are trained who can be.
    UsedUp,
}

/// One unit of a measure at a school, started in a year.
#[derive(Clone, PartialEq, Debug)]
pub struct Offer {
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year in which it starts.
    pub year: YearIx,
    /// Whether it is in use in the last plan year.
    pub serves_last: bool,
    /// Why it cannot be used, if it cannot.
    pub closed: Option<Closed>,
    /// Units the plan gives by it.
    pub given: f64,
    /// Gap index that the first step in which it is handed out closes, nothing else being done; per unit.
    pub first: f64,
    /// Gap index that one more step closes, beside the plan; per unit.
    pub next: f64,
    /// Main units of money a unit costs over the plan and the years counted after it.
    pub money: f64,
    /// What it takes from each limit that has a price.
    pub tolls: Vec<Toll>,
}

impl Offer {
    /// Whether what it takes from the limits is known: nothing but the school's own stock may close it.
    pub fn is_weighed(&self) -> bool {
        matches!(self.closed, None | Some(Closed::InUse | Closed::UsedUp))
    }

    /// What a unit takes from all limits, in units of the gap index.
    pub fn toll(&self) -> f64 {
        sum(self.tolls.iter().map(Toll::worth))
    }

    /// The part of it that is paid in money; it rises and falls with the price of the measure.
    pub fn money_toll(&self) -> f64 {
        sum(self
            .tolls
            .iter()
            .filter(|toll| toll.is_money())
            .map(Toll::worth))
    }

    /// What must at least be closed by each unit for each that it takes: 1 at the cut-off, more above. Infinite where
    /// the limits it uses are in no demand.
    pub fn ratio(&self, closes: f64) -> f64 {
        let toll = self.toll();
        if toll > 0.0 {
            closes / toll
        } else if closes > 0.0 {
            f64::INFINITY
        } else {
            0.0
        }
    }

    /// The reduced cost of one more unit, in units of the gap index: what it takes less what it closes.
    pub fn reduced_cost(&self) -> f64 {
        self.toll() - self.next
    }

    /// Main units of money per unit of the gap index; `None` when it closes none.
    pub fn money_per_gap(&self, closes: f64) -> Option<f64> {
        (closes > 0.0).then(|| self.money / closes)
    }

    /// The most that may be paid for a unit of the gap index, in main units of money, at the prices of the money it is
    /// paid from and after what it takes from other limits; `None` where that money is in no demand, where it is free, and
    /// where the other limits leave nothing.
    pub fn cut_off(&self, closes: f64) -> Option<f64> {
        let (paid, other) = (self.money_toll(), self.toll() - self.money_toll());
        (paid > 0.0 && self.money > 0.0 && closes > other.max(0.0))
            .then(|| (closes - other) / closes * self.money / paid)
    }

    /// By what the price of the measure would have to be multiplied to stand at the cut-off; `None` where no price
    /// would do.
    pub fn price_factor(&self, closes: f64) -> Option<f64> {
        let (paid, other) = (self.money_toll(), self.toll() - self.money_toll());
        (paid > 0.0 && closes > other).then(|| (closes - other) / paid)
    }

    /// How many times as much the need would have to count to stand at the cut-off; `None` when it counts nothing.
    pub fn weight_factor(&self, closes: f64) -> Option<f64> {
        (closes > 0.0).then(|| self.toll() / closes)
    }

    /// The limit from which a unit takes most.
    pub fn dearest(&self) -> Option<Limit> {
        let mut sums: Vec<(Limit, f64)> = Vec::new();
        for toll in &self.tolls {
            let limit = Limit::from(toll.limit);
            match sums.iter_mut().find(|(own, _)| *own == limit) {
                Some((_, worth)) => *worth += toll.worth(),
                None => sums.push((limit, toll.worth())),
            }
        }
        let dearer = |best: (Limit, f64), next: (Limit, f64)| {
            if next.1 > best.1 { next } else { best }
        };
        let (limit, worth) = sums.into_iter().reduce(dearer)?;
        (worth > 0.0).then_some(limit)
    }
}

/// What a unit takes from a limit is nothing when it is a smaller part than this of all that it takes or closes.
const NOTHING: f64 = 1e-9;

impl Offer {
    pub(super) fn drop_noise(&mut self) {
        let all = sum(self.tolls.iter().map(|toll| toll.worth().abs()));
        let least = NOTHING * all.max(self.first);
        self.tolls.retain(|toll| toll.worth().abs() > least);
    }

    pub(super) fn add(&mut self, limit: RowKey, uses: f64, price: f64) {
        if price != 0.0 {
            self.tolls.push(Toll { limit, uses, price });
        }
    }
}
