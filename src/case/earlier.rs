//! An earlier plan that a new one is to stay near (与原方案衔接).
//!
//! What was promised is money at a place: a measure begun in a plan year at a school. A new plan keeps of it what it has of
//! the same there, up to as much; who pays is no part of it. Of what moves between schools, that which arrives is kept:
//! from where it comes may change. What is new beside it is not counted: where there is more money, it may go anywhere.

use std::collections::BTreeMap;

use super::Case;
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

/// A measure begun in a plan year at a school.
pub type Spot = (YearIx, MeasureIx, SchoolIx);

/// What an earlier plan brings, in units.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Earlier {
    /// The file of its table, as the case names it; empty where no file of the case does.
    file: String,
    units: BTreeMap<Spot, f64>,
}

impl Earlier {
    /// A plan that stands in a file of the case, of which nothing has been read yet.
    pub fn in_file(file: &str) -> Earlier {
        Earlier {
            file: file.to_string(),
            units: BTreeMap::new(),
        }
    }

    /// The same plan with the units of these rows.
    pub fn with(&self, rows: impl Iterator<Item = (Spot, f64)>) -> Earlier {
        Earlier {
            file: self.file.clone(),
            ..Earlier::of(rows)
        }
    }

    /// The file of its table, as the case names it; `None` where no file of the case does.
    pub fn file(&self) -> Option<&str> {
        Some(self.file.as_str()).filter(|file| !file.is_empty())
    }

    /// The units of some rows; what a rotation takes away is none.
    pub fn of(rows: impl Iterator<Item = (Spot, f64)>) -> Earlier {
        let mut units: BTreeMap<Spot, f64> = BTreeMap::new();
        for (spot, brought) in rows.filter(|(_, units)| *units > 0.0) {
            *units.entry(spot).or_default() += brought;
        }
        Earlier {
            file: String::new(),
            units,
        }
    }

    /// The units it brings at a spot; 0 where it brings none.
    pub fn units(&self, spot: &Spot) -> f64 {
        self.units.get(spot).copied().unwrap_or(0.0)
    }

    /// What it brings, in order of year, measure and school.
    pub fn iter(&self) -> impl Iterator<Item = (Spot, f64)> + '_ {
        self.units.iter().map(|(&spot, &units)| (spot, units))
    }

    /// Its money within the plan years by spot, at the prices of a case; what it began in years that are over is done, and
    /// what costs nothing is no money. Allowances for who rotates and the transport of what is moved are money where they
    /// arrive.
    pub fn money(&self, case: &Case) -> BTreeMap<Spot, Money> {
        let open = self.units.iter().filter(|(spot, _)| case.is_open(spot.0));
        open.map(|(&spot, &units)| (spot, case.money_in_plan(spot.1, spot.0, units)))
            .filter(|(_, money)| !money.is_zero())
            .collect()
    }
}

/// What of earlier money is kept by a plan that has so much at each spot.
pub fn kept(earlier: &BTreeMap<Spot, Money>, now: impl Fn(&Spot) -> Money) -> Money {
    let kept = earlier.iter().map(|(spot, &money)| money.min(now(spot)));
    kept.sum()
}

impl Case {
    /// What units of a measure begun in a year cost the funds within the plan years.
    pub fn money_in_plan(&self, measure: MeasureIx, start: YearIx, units: f64) -> Money {
        let dues = self.dues(measure, start, units);
        let within = dues.iter().filter(|&(at, _)| at < self.horizon.years);
        within.map(|(_, due)| due).sum()
    }
}
