//! What schools have, need and miss as a plan is being put together.

use crate::case::{Band, Case, Reach, Service};
use crate::words::sum::sum;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

/// Requirements, supplied units and weights of every school, resource and period; filled once, then changed as
/// measures are handed out.
#[derive(Clone, Debug)]
pub struct Course {
    resources: usize,
    periods: usize,
    /// R − S, `NaN` where stock or requirement is unknown.
    missing: Vec<f64>,
    required: Vec<f64>,
    /// Gap index of one unit short for the whole period.
    unit_gap: Vec<f64>,
    supplied: Vec<f64>,
    bands: Vec<Band>,
}

impl Course {
    /// The course of a case without any measure but those of its closed years.
    pub fn of(case: &Case, reach: &Reach) -> Course {
        let (resources, periods) = (case.resources.len(), case.horizon.period_count());
        let size = case.schools.len() * resources * periods;
        let mut course = Course {
            resources,
            periods,
            missing: Vec::with_capacity(size),
            required: Vec::with_capacity(size),
            unit_gap: Vec::with_capacity(size),
            supplied: vec![0.0; size],
            bands: case.bands(),
        };
        for (school, stated) in case.schools.pairs() {
            let tilt = reach.tilt(school);
            for resource in case.resources.ids() {
                let stock = stated.stock[resource.at()].unwrap_or(f64::NAN);
                for period in case.horizon.periods() {
                    let required = case.required(school, resource, period);
                    let unit_gap = required.map_or(0.0, |required| {
                        case.gap_per_unit_of(school, resource, period, required, tilt)
                    });
                    let required = required.unwrap_or(0.0);
                    course.required.push(required);
                    course.missing.push(required - stock);
                    course
                        .unit_gap
                        .push(unit_gap * case.horizon.duration(period));
                }
            }
        }
        for done in &case.settled.done {
            let resource = case.measures[done.measure].resource;
            let service = case.service(done.measure, done.year);
            course.supply(done.school, resource, service, done.units);
        }
        course
    }

    fn at(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> usize {
        (school.at() * self.resources + resource.at()) * self.periods + period
    }

    /// Units still missing in a period; negative for a surplus, `NaN` when unknown.
    pub fn missing(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> f64 {
        let at = self.at(school, resource, period);
        self.missing[at] - self.supplied[at]
    }

    /// Units the standard asks in a period; 0 for none.
    pub fn required(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> f64 {
        self.required[self.at(school, resource, period)]
    }

    /// Records units brought (or, negative, taken) in some periods.
    pub fn supply(&mut self, school: SchoolIx, resource: ResourceIx, service: Service, units: f64) {
        for period in service.clone() {
            let at = self.at(school, resource, period);
            self.supplied[at] += units * service.share(period);
        }
    }

    /// Units a school can be given for some periods without ever having more than its largest need of the plan years:
    /// what is in use is not replaced before it wears out.
    pub fn open(
        &self,
        case: &Case,
        school: SchoolIx,
        resource: ResourceIx,
        service: Service,
    ) -> f64 {
        let plan_year = |period: &usize| *period < case.horizon.years;
        let need =
            (0..case.horizon.years).map(|period| self.missing[self.at(school, resource, period)]);
        let most = need.fold(0.0, f64::max);
        let used = service
            .filter(plan_year)
            .map(|period| self.supplied[self.at(school, resource, period)]);
        most - used.fold(0.0, f64::max)
    }

    /// The gap index of a school's resource over all periods, as things stand.
    pub fn gap_at(&self, school: SchoolIx, resource: ResourceIx) -> f64 {
        let first = self.at(school, resource, 0);
        let gap = |at: usize| {
            let missing = self.missing[at] - self.supplied[at];
            if missing > 0.0 {
                self.unit_gap[at] * self.banded(missing, self.required[at])
            } else {
                0.0
            }
        };
        sum((first..first + self.periods).map(gap))
    }

    /// The gap index as things stand.
    pub fn gap(&self) -> f64 {
        let schools = self.missing.len() / (self.resources * self.periods).max(1);
        let needs = (0..schools).flat_map(|school| {
            (0..self.resources)
                .map(move |resource| (SchoolIx::new(school), ResourceIx::new(resource)))
        });
        sum(needs.map(|(school, resource)| self.gap_at(school, resource)))
    }

    /// By how much the gap index falls when a measure started in `year` brings `units` more.
    pub fn gain(
        &self,
        case: &Case,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        units: f64,
    ) -> f64 {
        let resource = case.measures[measure].resource;
        let service = case.service(measure, year);
        service
            .clone()
            .map(|period| {
                let units = units * service.share(period);
                let at = self.at(school, resource, period);
                let missing = self.missing[at] - self.supplied[at];
                if missing > 0.0 {
                    self.unit_gap[at]
                        * (self.banded(missing, self.required[at])
                            - self.banded((missing - units).max(0.0), self.required[at]))
                } else {
                    0.0
                }
            })
            .sum()
    }

    /// The weighted shortfall; the same sum as [`Case::banded`], with the bands at hand.
    fn banded(&self, short: f64, required: f64) -> f64 {
        let attained = 1.0 - short / required;
        let mut floor = 0.0;
        let mut weighted = 0.0;
        for band in &self.bands {
            let inside = (band.below - attained.max(floor)).clamp(0.0, band.below - floor);
            weighted += band.weight * inside * required;
            floor = band.below;
        }
        weighted
    }
}
