//! What a stretch of the curve funds, added up by measure and year.

use std::collections::BTreeMap;

use super::Funded;
use crate::case::Case;
use crate::formulate::ColKey;
use crate::plan::WhatIf;
use crate::words::{MeasureIx, YearIx};

/// Units that are none.
const NOTHING: f64 = 1e-6;

/// Adds up what is done more, by measure and year.
pub(super) struct Tally<'a> {
    case: &'a Case,
    funded: BTreeMap<(MeasureIx, YearIx), Funded>,
}

impl<'a> Tally<'a> {
    pub fn new(case: &'a Case) -> Tally<'a> {
        Tally {
            case,
            funded: BTreeMap::new(),
        }
    }

    /// So many units more of what a column decides, at so many schools.
    pub fn add(&mut self, key: &ColKey, units: f64, schools: usize) {
        let (ColKey::Supply { measure, year, .. } | ColKey::Exchange { measure, year, .. }) = *key
        else {
            return;
        };
        let one = self.funded.entry((measure, year)).or_insert(Funded {
            measure,
            year,
            units: 0.0,
            cost: 0.0,
            schools: 0,
        });
        one.units += units;
        one.cost += units * self.case.price(measure, year, year.at());
        one.schools += schools;
    }

    /// What was added up, the dearest first.
    pub fn close(self) -> Vec<Funded> {
        let funded = self.funded.into_values();
        let mut funded: Vec<Funded> = funded.filter(|one| one.units.abs() > NOTHING).collect();
        funded.sort_by(|a, b| b.cost.abs().total_cmp(&a.cost.abs()));
        funded
    }
}

/// Follows the columns of a lumped program along a stretch.
pub(super) struct Queue<'a> {
    case: &'a Case,
    ready: &'a WhatIf,
    members: Vec<Vec<usize>>,
    units: Vec<f64>,
    touched: Vec<usize>,
}

impl<'a> Queue<'a> {
    pub fn new(case: &'a Case, ready: &'a WhatIf) -> Queue<'a> {
        let members = ready.members();
        Queue {
            case,
            ready,
            units: vec![0.0; members.len()],
            members,
            touched: Vec::new(),
        }
    }

    pub fn add(&mut self, rates: &[(usize, f64)], length: f64) {
        for &(col, rate) in rates {
            if self.units[col] == 0.0 {
                self.touched.push(col);
            }
            self.units[col] += rate * length;
        }
    }

    /// What was added up since it was last closed, the dearest first.
    pub fn close(&mut self) -> Vec<Funded> {
        let mut touched = std::mem::take(&mut self.touched);
        touched.sort_unstable();
        touched.dedup();
        let mut tally = Tally::new(self.case);
        for col in touched {
            let units = std::mem::take(&mut self.units[col]);
            if let Some(&first) = self.members[col].first() {
                let schools = self.members[col].len();
                tally.add(&self.ready.form.cols[first], units, schools);
            }
        }
        tally.close()
    }
}
