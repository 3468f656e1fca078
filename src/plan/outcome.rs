//! The state of every school with and without a plan, recomputed from the plan's rows alone.

use super::row::PlanRow;
use crate::case::required::banded;
use crate::case::{Case, Reach};
use crate::words::sum::Sum;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

/// Stocks and shortfalls of every school, resource and period, before and after a plan.
#[derive(Clone, Debug)]
pub struct Outcome {
    resources: usize,
    periods: usize,
    supplied: Vec<f64>,
    /// The gap index without the plan, all periods.
    pub gap_before: f64,
    /// The gap index with it, all periods.
    pub gap_after: f64,
    /// The gap index of each period, before and after.
    pub gap_by_period: Vec<(f64, f64)>,
}

impl Outcome {
    /// What the rows of a plan, with what was done in the closed years, do to the schools of a case.
    pub fn new(case: &Case, rows: &[PlanRow]) -> Outcome {
        let (resources, periods) = (case.resources.len(), case.horizon.period_count());
        let mut outcome = Outcome {
            resources,
            periods,
            supplied: vec![0.0; case.schools.len() * resources * periods],
            gap_before: 0.0,
            gap_after: 0.0,
            gap_by_period: Vec::new(),
        };
        let done = case.settled.done.iter();
        let done = done.map(|one| (one.school, one.measure, one.year, one.units));
        let rows = rows.iter().filter(|row| row.units != 0.0);
        let rows = rows.map(|row| (row.school, row.measure, row.year, row.units));
        outcome.supply(case, done, &[]);
        let settled = outcome.supplied.clone();
        outcome.supply(case, rows, &settled);
        let reach = Reach::of(case);
        let bands = case.bands();
        for period in case.horizon.periods() {
            let (mut before, mut after) = (Sum::default(), Sum::default());
            for school in case.schools.ids() {
                let tilt = reach.tilt(school);
                for resource in case.resources.ids() {
                    let Some(stock) = case.stock_in(school, resource, period) else {
                        continue;
                    };
                    let Some(required) = case.required(school, resource, period) else {
                        continue;
                    };
                    let unit = case.gap_per_unit_of(school, resource, period, required, tilt);
                    let gap = |short: f64| {
                        if short > 0.0 {
                            unit * banded(&bands, short, required) * case.horizon.duration(period)
                        } else {
                            0.0
                        }
                    };
                    let supplied = outcome.supplied(school, resource, period);
                    before.add(gap(required - stock));
                    after.add(gap(required - stock - supplied));
                }
            }
            outcome.gap_by_period.push((before.value(), after.value()));
        }
        outcome.gap_before = crate::words::sum::sum(outcome.gap_by_period.iter().map(|gap| gap.0));
        outcome.gap_after = crate::words::sum::sum(outcome.gap_by_period.iter().map(|gap| gap.1));
        outcome
    }

    /// Adds what some units supply, beside what is `settled` (empty for nothing). In a period of which units serve a part
    /// only, no more of them count than is missing at the most while they serve: a computer too many does not go on when
    /// the others are worn out.
    fn supply(
        &mut self,
        case: &Case,
        units: impl Iterator<Item = (SchoolIx, MeasureIx, YearIx, f64)>,
        settled: &[f64],
    ) {
        for (school, measure, year, units) in units {
            let service = case.service(measure, year);
            for (resource, each) in case.measures[measure].serves() {
                let first = (school.at() * self.resources + resource.at()) * self.periods;
                let missing = |period: usize| {
                    let at = YearIx::new(period);
                    let required = case.required(school, resource, at).unwrap_or(0.0);
                    let stock = case.stock_in(school, resource, at)?;
                    let before = settled.get(first + period).copied().unwrap_or(0.0);
                    Some(required - stock - before)
                };
                for period in service.clone() {
                    let counted = match service.partly() == Some(period) {
                        true => {
                            let most = service.clone().filter_map(missing).fold(0.0, f64::max);
                            units.min(most / each)
                        }
                        false => units,
                    };
                    self.supplied[first + period] += counted * each * service.share(period);
                }
            }
        }
    }

    /// Units the plan adds (or takes) in a period.
    pub fn supplied(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> f64 {
        self.supplied[(school.at() * self.resources + resource.at()) * self.periods + period.at()]
    }

    /// Usable stock in a period with the plan; `None` when the stock is unknown.
    pub fn stock(
        &self,
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
    ) -> Option<f64> {
        Some(case.stock_in(school, resource, period)? + self.supplied(school, resource, period))
    }

    /// Units short in a period, without or with the plan; `None` when stock or requirement is unknown.
    pub fn short(
        &self,
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
        planned: bool,
    ) -> Option<f64> {
        let required = case.required(school, resource, period)?;
        let today = case.stock_in(school, resource, period)?;
        let supplied = if planned {
            self.supplied(school, resource, period)
        } else {
            0.0
        };
        Some((required - today - supplied).max(0.0))
    }

    /// What a need counts for in the gap index over one period (its length included).
    pub fn gap_of(
        &self,
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
        planned: bool,
    ) -> f64 {
        match (
            self.short(case, school, resource, period, planned),
            case.required(school, resource, period),
        ) {
            (Some(short), Some(required)) if short > 0.0 => {
                case.gap_per_unit(school, resource, period)
                    * case.banded(short, required)
                    * case.horizon.duration(period)
            }
            _ => 0.0,
        }
    }
}
