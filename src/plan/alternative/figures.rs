//! What can be said of a plan beside its gap, from its rows alone.

use std::collections::{BTreeMap, BTreeSet};

use super::super::outcome::Outcome;
use super::super::row::PlanRow;
use crate::case::Case;
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

/// Where money goes: a measure begun in a plan year at a school.
///
/// Who pays is no part of it: a bill that another fund pays is not money that goes elsewhere. The year is: a school
/// that has to wait a year knows that the plan is another one.
pub type Place = (YearIx, MeasureIx, SchoolIx);

/// What a plan pays within the plan years, by place.
pub fn placed(rows: &[PlanRow]) -> BTreeMap<Place, Money> {
    let mut placed: BTreeMap<Place, Money> = BTreeMap::new();
    for row in rows {
        let amount = row.amount();
        if !amount.is_zero() {
            *placed
                .entry((row.year, row.measure, row.school))
                .or_default() += amount;
        }
    }
    placed
}

/// What can be said of a plan.
#[derive(Clone, PartialEq, Debug)]
pub struct Figures {
    /// Its gap index.
    pub gap: f64,
    /// What it pays within the plan years.
    pub money: Money,
    /// The same, year by year.
    pub by_year: Vec<Money>,
    /// Schools at which something is done: that get something, or give posts in a rotation.
    pub schools: usize,
    /// Posts that a rotation brings to a school, each counted in the year in which it begins.
    pub moves: f64,
    /// Its money that goes elsewhere than the reference's.
    pub moved: Moved,
}

/// Money that goes elsewhere than in the reference: Σ max(0, its money − the reference's), over places and over
/// coarser parts.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Moved {
    /// Over places: school, measure and year together.
    pub places: Money,
    /// Over schools alone.
    pub schools: Money,
    /// Over measures alone.
    pub measures: Money,
    /// Over the years of beginning alone.
    pub years: Money,
    /// The larger of both plans' money: what is moved is counted as a share of it.
    pub of: Money,
}

impl Moved {
    /// The part of the money that goes elsewhere, of the larger of both plans' money; 0 where neither has any.
    pub fn share(&self) -> f64 {
        self.part(self.places)
    }

    /// Such an amount as a share.
    pub fn part(&self, amount: Money) -> f64 {
        match self.of.is_zero() {
            true => 0.0,
            false => amount.main() / self.of.main(),
        }
    }

    fn between(placed: &BTreeMap<Place, Money>, reference: &BTreeMap<Place, Money>) -> Moved {
        let total = |placed: &BTreeMap<Place, Money>| placed.values().copied().sum::<Money>();
        Moved {
            places: elsewhere(placed, reference, |place| *place),
            schools: elsewhere(placed, reference, |place| place.2),
            measures: elsewhere(placed, reference, |place| place.1),
            years: elsewhere(placed, reference, |place| place.0),
            of: total(placed).max(total(reference)),
        }
    }
}

/// Money that goes to other parts than the reference's.
fn elsewhere<K: Ord>(
    placed: &BTreeMap<Place, Money>,
    reference: &BTreeMap<Place, Money>,
    part: impl Fn(&Place) -> K,
) -> Money {
    let by_part = |placed: &BTreeMap<Place, Money>| {
        let mut by_part: BTreeMap<K, Money> = BTreeMap::new();
        for (place, &money) in placed {
            *by_part.entry(part(place)).or_default() += money;
        }
        by_part
    };
    let there = by_part(reference);
    let more = |(key, money): (K, Money)| {
        let before = there.get(&key).copied().unwrap_or_default();
        (money - before).max(Money::ZERO)
    };
    by_part(placed).into_iter().map(more).sum()
}

impl Figures {
    /// The figures of a plan beside the money of the reference.
    pub fn of(
        case: &Case,
        rows: &[PlanRow],
        outcome: &Outcome,
        reference: &BTreeMap<Place, Money>,
    ) -> Figures {
        let placed = placed(rows);
        let done = rows.iter().filter(|row| row.units != 0.0);
        let arrive = |row: &&PlanRow| case.measures[row.measure].lever.moves() && row.units > 0.0;
        let of_year = |year: YearIx| -> Money {
            let payments = rows.iter().filter_map(|row| row.payments.get(year.at()));
            payments.copied().sum()
        };
        Figures {
            gap: outcome.gap_after,
            money: placed.values().copied().sum(),
            by_year: case.horizon.plan_years().map(of_year).collect(),
            schools: done
                .clone()
                .map(|row| row.school)
                .collect::<BTreeSet<SchoolIx>>()
                .len(),
            moves: done.filter(arrive).fold(0.0, |sum, row| sum + row.units),
            moved: Moved::between(&placed, reference),
        }
    }

    /// The money of the dearest plan year less that of the cheapest.
    pub fn unevenness(&self) -> Money {
        let most = self.by_year.iter().copied().max().unwrap_or_default();
        most - self.by_year.iter().copied().min().unwrap_or_default()
    }
}
