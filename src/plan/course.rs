//! What schools have, need and miss as a plan is being put together.

use std::collections::BTreeMap;

use super::evenness::Evenness;
use crate::case::{Band, Case, Measure, Reach, Service};
use crate::formulate::Floors;
use crate::words::sum::sum;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

/// Requirements, supplied units and weights of every school, resource and period; filled once, then changed as
/// measures are handed out.
#[derive(Clone, Debug)]
pub struct Course {
    resources: usize,
    periods: usize,
    /// The last plan year.
    last: usize,
    /// R − S, `NaN` where stock or requirement is unknown.
    missing: Vec<f64>,
    required: Vec<f64>,
    /// Gap index of one unit short for the whole period.
    unit_gap: Vec<f64>,
    supplied: Vec<f64>,
    /// What the closed years have supplied of it; empty for nothing.
    settled: Vec<f64>,
    /// Units brought of what will wear out before the last period ends, by place.
    brought: BTreeMap<(YearIx, MeasureIx, SchoolIx), f64>,
    bands: Vec<Band>,
    /// Units that targets ask for beyond what a school has, like `missing`; empty where no rule sets any.
    asked: Vec<f64>,
    /// Parts of the standard that needs are to have in the last plan year, as far as whole units allow.
    floors: Floors,
    /// What rules compare.
    evenness: Evenness,
    /// Units of the measures that are bounded at a school which it still has use for.
    rooms: BTreeMap<(MeasureIx, SchoolIx), f64>,
    /// By measure: the first that is bounded by the same.
    bounded_with: Vec<MeasureIx>,
}

impl Course {
    /// The course of a case without any measure but those of its closed years.
    pub fn of(case: &Case, reach: &Reach) -> Course {
        let (resources, periods) = (case.resources.len(), case.horizon.period_count());
        let size = case.schools.len() * resources * periods;
        let mut course = Course {
            resources,
            periods,
            last: case.horizon.years - 1,
            missing: Vec::with_capacity(size),
            required: Vec::with_capacity(size),
            unit_gap: Vec::with_capacity(size),
            supplied: vec![0.0; size],
            settled: Vec::new(),
            brought: BTreeMap::new(),
            bands: case.bands(),
            asked: Vec::new(),
            floors: Floors::new(),
            evenness: Evenness::of(case),
            rooms: BTreeMap::new(),
            bounded_with: case
                .measures
                .ids()
                .map(|at| case.bounded_with(at))
                .collect(),
        };
        if case.has_targets() {
            course.asked.reserve(size);
        }
        for school in case.schools.ids() {
            let tilt = reach.tilt(school);
            for resource in case.resources.ids() {
                for period in case.horizon.periods() {
                    let stock = case.stock_in(school, resource, period).unwrap_or(f64::NAN);
                    let required = case.required(school, resource, period);
                    let unit_gap = required.map_or(0.0, |required| {
                        case.gap_per_unit_of(school, resource, period, required, tilt)
                    });
                    let required = required.unwrap_or(0.0);
                    course.required.push(required);
                    course.missing.push(required - stock);
                    if case.has_targets() {
                        let asked = case.target(reach, school, resource, period);
                        let asked = asked.map_or(f64::NEG_INFINITY, |asked| asked.stock - stock);
                        course.asked.push(asked);
                    }
                    course
                        .unit_gap
                        .push(unit_gap * case.horizon.duration(period));
                }
            }
        }
        for done in &case.settled.done {
            course.bring(case, (done.year, done.measure, done.school), done.units);
        }
        if !case.settled.done.is_empty() {
            course.settled = course.supplied.clone();
        }
        course.rooms = case.rooms();
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

    /// Units there are in a period; `NaN` when unknown.
    pub fn stock(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> f64 {
        self.required(school, resource, period) - self.missing(school, resource, period)
    }

    /// The same with floors for needs.
    pub fn above(self, floors: &Floors) -> Course {
        Course {
            floors: floors.clone(),
            ..self
        }
    }

    /// Whether any need has a floor.
    pub fn has_floors(&self) -> bool {
        !self.floors.is_empty()
    }

    /// Units by which a need is below its floor in the last plan year; negative for what is beyond it, infinitely so where
    /// it has none.
    pub fn below_floor(&self, school: SchoolIx, resource: ResourceIx) -> f64 {
        let Some(floor) = self.floors.get(&(school, resource)) else {
            return f64::NEG_INFINITY;
        };
        let last = self.last;
        let behind =
            floor * self.required(school, resource, last) - self.stock(school, resource, last);
        match behind.is_nan() {
            true => f64::NEG_INFINITY,
            false => behind,
        }
    }

    /// The part of its standard that a need with a floor would have in the last plan year with so many units less; `None`
    /// where it has no floor.
    pub fn attained_less(&self, school: SchoolIx, resource: ResourceIx, less: f64) -> Option<f64> {
        self.floors.get(&(school, resource))?;
        let stock = self.stock(school, resource, self.last) - less;
        Some((stock / self.required(school, resource, self.last)).min(1.0))
    }

    /// Whether limits on differences do not matter for now.
    pub fn let_differ(&mut self, idle: bool) {
        self.evenness.idle = idle;
    }

    /// What rules compare.
    pub(super) fn evenness(&self) -> &Evenness {
        &self.evenness
    }

    /// Units the standard asks in a period; 0 for none.
    pub fn required(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> f64 {
        self.required[self.at(school, resource, period)]
    }

    /// Records units of a measure brought to (or, negative, taken from) a school from a year on, in every resource in
    /// which they count.
    pub fn bring(
        &mut self,
        case: &Case,
        (year, measure, school): (YearIx, MeasureIx, SchoolIx),
        units: f64,
    ) {
        let service = case.service(measure, year);
        let place = (year, measure, school);
        let before = self.brought_to(&place);
        if service.partly().is_some() {
            self.brought.insert(place, before + units);
        }
        for (resource, each) in case.measures[measure].serves() {
            let of_use = self.of_use(school, resource, each, &service);
            for period in service.clone() {
                let counted = match service.partly() == Some(period) {
                    true => of_use(before + units) - of_use(before),
                    false => units,
                };
                let at = self.at(school, resource, period);
                self.supplied[at] += counted * each * service.share(period);
            }
        }
        let bounded = self.bounded_with[measure.at()];
        if let Some(room) = self.rooms.get_mut(&(bounded, school)) {
            *room -= units;
        }
    }

    /// Units brought to a place so far, of what will wear out before the last period ends.
    fn brought_to(&self, place: &(YearIx, MeasureIx, SchoolIx)) -> f64 {
        self.brought.get(place).copied().unwrap_or(0.0)
    }

    /// How many of some units count in a period of which they serve a part only: no more than is missing at the most
    /// while they serve. A computer too many does not go on when the others are worn out.
    fn of_use(
        &self,
        school: SchoolIx,
        resource: ResourceIx,
        each: f64,
        service: &Service,
    ) -> impl Fn(f64) -> f64 + use<> {
        let missing = service.clone().map(|period| {
            let at = self.at(school, resource, period);
            self.missing[at] - self.settled.get(at).copied().unwrap_or(0.0)
        });
        let most = missing.fold(0.0, f64::max) / each;
        move |units| units.min(most)
    }

    /// Units of a measure that a school still has use for, whatever it needs; infinite where nothing bounds them.
    pub fn room(&self, measure: MeasureIx, school: SchoolIx) -> f64 {
        let room = self.rooms.get(&(self.bounded_with[measure.at()], school));
        room.copied().unwrap_or(f64::INFINITY)
    }

    /// Units of a measure missing in a period: as many as the resource that misses most of those in which they count;
    /// negative for what all of them can spare, `NaN` when nothing is known.
    pub fn wanting(&self, stated: &Measure, school: SchoolIx, period: usize) -> f64 {
        let missing = |(resource, each)| self.missing(school, resource, period) / each;
        stated.serves().map(missing).fold(f64::NAN, f64::max)
    }

    /// Units that a target asks for in a period and that are not there yet; negative for what is beyond it, infinitely so
    /// where no target speaks of it or nothing is known.
    pub fn behind(&self, school: SchoolIx, resource: ResourceIx, period: usize) -> f64 {
        if self.asked.is_empty() {
            return f64::NEG_INFINITY;
        }
        let at = self.at(school, resource, period);
        match self.asked[at] - self.supplied[at] {
            unknown if unknown.is_nan() => f64::NEG_INFINITY,
            units => units,
        }
    }

    /// Units of a measure that targets ask for at a school while it serves, in any resource in which they count; negative
    /// for what could be taken away without any of them being missed.
    pub fn wanting_for_targets(
        &self,
        stated: &Measure,
        school: SchoolIx,
        service: &Service,
    ) -> f64 {
        let floors = |(resource, each)| match service.contains(self.last) {
            true => self.below_floor(school, resource) / each,
            false => f64::NEG_INFINITY,
        };
        let floors = stated.serves().map(floors);
        let rules = self.wanting_for_rules(stated, school, service);
        floors.fold(rules, f64::max)
    }

    /// The same of the rules alone, without floors.
    pub fn wanting_for_rules(&self, stated: &Measure, school: SchoolIx, service: &Service) -> f64 {
        if self.asked.is_empty() {
            return f64::NEG_INFINITY;
        }
        let behind = |(resource, each)| {
            let periods = service.clone();
            let most = periods.map(|period| self.behind(school, resource, period));
            most.fold(f64::NEG_INFINITY, f64::max) / each
        };
        stated
            .serves()
            .map(behind)
            .fold(f64::NEG_INFINITY, f64::max)
    }

    /// Whether any rule sets a target.
    pub fn has_targets(&self) -> bool {
        !self.asked.is_empty()
    }

    /// Whether any rule or floor says what single schools are to have.
    pub fn asks_of_schools(&self) -> bool {
        self.has_targets() || self.has_floors()
    }

    /// Units of a measure a school can be given for some periods without ever having more than its largest need of the
    /// plan years in every resource in which they count: what is in use is not replaced before it wears out.
    pub fn open(
        &self,
        case: &Case,
        school: SchoolIx,
        measure: MeasureIx,
        service: &Service,
    ) -> f64 {
        let open = |(resource, each)| self.open_in(case, school, resource, service.clone()) / each;
        let open = case.measures[measure].serves().map(open);
        match open.fold(f64::NAN, f64::max) {
            unknown if unknown.is_nan() => unknown,
            open => open.min(self.room(measure, school)),
        }
    }

    fn open_in(
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
        let service = case.service(measure, year);
        let served = case.measures[measure].serves();
        let before = self.brought_to(&(year, measure, school));
        served
            .flat_map(|served| service.clone().map(move |period| (served, period)))
            .map(|((resource, each), period)| {
                let counted = match service.partly() == Some(period) {
                    true => {
                        let of_use = self.of_use(school, resource, each, &service);
                        of_use(before + units) - of_use(before)
                    }
                    false => units,
                };
                let units = counted * each * service.share(period);
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
