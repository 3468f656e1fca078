//! The rows of a plan: 问题 – 措施 – 责任单位 – 完成时限, one per measure and fund.

use crate::case::Case;
use crate::words::{FundIx, MeasureIx, Money, ResourceIx, SchoolIx, YearIx};

/// One measure at one school in one year, as far as one fund pays it.
#[derive(Clone, PartialEq, Debug)]
pub struct PlanRow {
    /// The school.
    pub school: SchoolIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The plan year in which it starts: bought, hired, moved.
    pub year: YearIx,
    /// Units supplied; negative when a rotation takes them away from this school. Stands on the first row of a
    /// measure; rows of further funds that share in its cost have 0, so that columns add up.
    pub units: f64,
    /// Who pays; `None` when nothing is to be paid.
    pub fund: Option<FundIx>,
    /// What this fund pays in each plan year (length: plan years).
    pub payments: Vec<Money>,
    /// What it pays a year after the plan (pay of those hired).
    pub after: Money,
}

impl PlanRow {
    /// The resource supplied.
    pub fn resource(&self, case: &Case) -> ResourceIx {
        case.measures[self.measure].resource
    }

    /// What this fund pays within the plan years.
    pub fn amount(&self) -> Money {
        self.payments.iter().copied().sum()
    }

    /// What comes from outside the funds in each plan year for the units of this row (特岗补助).
    pub fn subsidies(&self, case: &Case) -> Vec<Money> {
        let units = self.units.max(0.0);
        let whole = case.measures[self.measure].cost.times(units);
        let dues = case.dues(self.measure, self.year, units);
        let paid = case.paid(self.measure, self.year);
        let of = |year| match paid.contains(&year) {
            true => whole - dues.at(year),
            false => Money::ZERO,
        };
        (0..case.horizon.years).map(of).collect()
    }

    /// The plan year by which the measure is in use, the deadline (完成时限).
    pub fn deadline(&self, case: &Case) -> YearIx {
        case.deadline(self.measure, self.year)
    }
}

/// What comes from outside the funds in each plan year for all rows.
pub fn subsidies(case: &Case, rows: &[PlanRow]) -> Vec<Money> {
    let mut all = vec![Money::ZERO; case.horizon.years];
    for row in rows {
        for (sum, part) in all.iter_mut().zip(row.subsidies(case)) {
            *sum += part;
        }
    }
    all
}
