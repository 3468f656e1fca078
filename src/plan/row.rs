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

    /// The plan year by which the measure is in use, the deadline (完成时限).
    pub fn deadline(&self, case: &Case) -> YearIx {
        case.deadline(self.measure, self.year)
    }
}
