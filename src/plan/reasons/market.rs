//! Where the offers to needs come from: every measure and year, weighed by the case and the prices of the limits.

use std::collections::BTreeMap;

use super::offer::{Closed, Offer};
use super::prices::{PoolAt, PostPrice, Prices};
use crate::case::required::banded;
use crate::case::{Band, Case, Lever, Quota, Reach, Rule, Service};
use crate::formulate::{Classes, RowKey};
use crate::words::sum::sum;
use crate::words::tolerance::{STEP, ZERO_UNITS};
use crate::words::{MeasureIx, PolicyIx, ResourceIx, SchoolIx, YearIx};

/// What the offers to all needs are made from.
#[derive(Clone, Debug)]
pub(super) struct Market<'a> {
    pub case: &'a Case,
    pub reach: Reach,
    pub classes: Classes,
    pub prices: Prices,
    bands: Vec<Band>,
    /// The measures whose units count in each resource.
    measures: Vec<Vec<MeasureIx>>,
    /// What schools have use for of the measures that are bounded there.
    rooms: BTreeMap<(MeasureIx, SchoolIx), f64>,
}

/// A need as offers see it: what is asked and missing in each period.
#[derive(Clone, Debug)]
pub(super) struct Lacking {
    pub school: SchoolIx,
    pub resource: ResourceIx,
    pub required: Vec<f64>,
    /// R − S without the plan.
    pub before: Vec<f64>,
    /// The same with it.
    pub after: Vec<f64>,
}

impl<'a> Market<'a> {
    pub fn new(case: &'a Case, reach: Reach, classes: Classes, prices: Prices) -> Market<'a> {
        let mut measures = vec![Vec::new(); case.resources.len()];
        for (at, measure) in case.measures.pairs() {
            for (resource, _) in measure.serves() {
                measures[resource.at()].push(at);
            }
        }
        Market {
            bands: case.bands(),
            rooms: case.rooms(),
            case,
            reach,
            classes,
            prices,
            measures,
        }
    }

    /// Gap index that a whole step of a measure closes at a school while it serves, in all needs in which it counts, by
    /// what is missing in each period; per unit of the measure.
    fn closes_whole(
        &self,
        needs: &[Lacking],
        measure: MeasureIx,
        service: &Service,
        missing: fn(&Lacking) -> &[f64],
    ) -> f64 {
        let (stated, step) = (&self.case.measures[measure], self.case.step(measure));
        let served = needs.iter().filter_map(|need| {
            let each = stated.brings(need.resource)?;
            Some(each * self.closes_step(need, service, missing(need), each * step))
        });
        sum(served)
    }

    /// Gap index that so many units at once close in one need, by what is missing in each period; per unit.
    fn closes_step(&self, need: &Lacking, service: &Service, missing: &[f64], step: f64) -> f64 {
        let case = self.case;
        let tilt = self.reach.tilt(need.school);
        let of = |period: usize| {
            let (required, missing) = (need.required[period], missing[period]);
            if required <= 0.0 || missing <= ZERO_UNITS {
                return 0.0;
            }
            let at = YearIx::new(period);
            let left = (missing - step * service.share(period)).max(0.0);
            let weighted =
                banded(&self.bands, missing, required) - banded(&self.bands, left, required);
            case.horizon.duration(at)
                * case.gap_per_unit_of(need.school, need.resource, at, required, tilt)
                * weighted
                / step
        };
        sum(service.clone().map(of))
    }

    /// Gap index that a small part of a unit closes at a school while it serves, by what is missing in each period;
    /// per unit.
    pub fn closes(&self, need: &Lacking, service: Service, missing: &[f64]) -> f64 {
        let case = self.case;
        let tilt = self.reach.tilt(need.school);
        let of = |period: usize| {
            let (required, missing) = (need.required[period], missing[period]);
            if required <= 0.0 || missing <= ZERO_UNITS {
                return 0.0;
            }
            let at = YearIx::new(period);
            service.share(period)
                * case.horizon.duration(at)
                * case.gap_per_unit_of(need.school, need.resource, at, required, tilt)
                * self.weight(1.0 - missing / required)
        };
        sum(service.clone().map(of))
    }

    /// The weight of what raises an attainment.
    fn weight(&self, attained: f64) -> f64 {
        let within = |band: &&Band| attained < band.below - STEP * STEP;
        self.bands
            .iter()
            .find(within)
            .or(self.bands.last())
            .map_or(0.0, |band| band.weight)
    }

    /// Whether any measure for a resource speaks of a school, whenever it would be in use.
    pub fn has_measure(&self, school: SchoolIx, resource: ResourceIx) -> bool {
        self.inside(school, resource).next().is_some()
    }

    /// The measures for a resource that speak of a school, forbidden or not.
    fn inside(&self, school: SchoolIx, resource: ResourceIx) -> impl Iterator<Item = MeasureIx> {
        let kind = self.reach.kind(school);
        let measures = self.measures[resource.at()].iter().copied();
        measures.filter(move |&measure| self.reach.is_inside(measure, kind))
    }

    /// The offers to the first of some needs, in file order of the measures, then by year. The others are those of the
    /// same school in which the same units may count.
    pub fn offers(
        &self,
        needs: &[Lacking],
        given: impl Fn(MeasureIx, YearIx) -> f64,
    ) -> Vec<Offer> {
        let Some(need) = needs.first() else {
            return Vec::new();
        };
        let mut offers = Vec::new();
        for measure in self.inside(need.school, need.resource) {
            let bounded = self.case.bounded_with(measure);
            let room = self.rooms.get(&(bounded, need.school));
            let measures = self.case.measures.ids();
            let with = measures.filter(|&other| self.case.bounded_with(other) == bounded);
            let all = with.map(|other| {
                let years = self.case.horizon.plan_years();
                sum(years.map(|year| given(other, year)))
            });
            let all = sum(all);
            let least = STEP * self.case.step(measure);
            let used_up = room.is_some_and(|room| room - all <= least);
            for year in self.case.horizon.plan_years() {
                if !self.case.service(measure, year).is_empty() {
                    let mut offer = self.offer(needs, measure, year, given(measure, year));
                    let used_up = used_up.then_some(Closed::UsedUp);
                    offer.closed = offer.closed.or(used_up);
                    offers.push(offer);
                }
            }
        }
        offers
    }

    fn offer(&self, needs: &[Lacking], measure: MeasureIx, year: YearIx, given: f64) -> Offer {
        let (case, need) = (self.case, &needs[0]);
        let stated = &case.measures[measure];
        let service = case.service(measure, year);
        let mut offer = Offer {
            measure,
            year,
            serves_last: service.contains(case.horizon.last().at()),
            closed: self.forbidden(need.school, measure),
            given,
            first: self.closes_whole(needs, measure, &service, |need| &need.before),
            next: self.closes_whole(needs, measure, &service, |need| &need.after),
            money: case.price_for_good(measure, year),
            tolls: Vec::new(),
        };
        let payment = self.add_payment(&mut offer, need.school);
        let quotas = match case.measures[measure].lever {
            Lever::Rotate { .. } | Lever::Share | Lever::Move => {
                self.add_post(&mut offer, need.school)
            }
            Lever::Buy { .. } | Lever::Hire | Lever::Aid => {
                self.add_quotas(&mut offer, need.school)
            }
        };
        let money = self.add_money_quotas(&mut offer, need.school);
        offer.drop_noise();
        let in_use = || {
            let mut served = needs.iter();
            let in_use = served.all(|need| {
                let counts = stated.brings(need.resource).is_some();
                !counts || self.in_use(need, measure, service.clone())
            });
            in_use.then_some(Closed::InUse)
        };
        offer.closed = offer
            .closed
            .or(payment)
            .or(quotas)
            .or(money)
            .or_else(in_use);
        offer
    }

    fn forbidden(&self, school: SchoolIx, measure: MeasureIx) -> Option<Closed> {
        if self.reach.allows(measure, school) {
            return None;
        }
        let forbids = |policy: &PolicyIx| matches!(self.case.policies[*policy].rule, Rule::Forbid);
        let mut policies = self
            .reach
            .policies(measure, self.reach.kind(school))
            .filter(forbids);
        policies.next().map(Closed::Forbidden)
    }

    fn add_payment(&self, offer: &mut Offer, school: SchoolIx) -> Option<Closed> {
        let dues = self.case.dues(offer.measure, offer.year, 1.0);
        if dues.is_zero() {
            return None;
        }
        let Some(class) = self.classes.class(offer.measure, school) else {
            return Some(Closed::NoFund);
        };
        for (period, due) in dues.iter() {
            let (at, cost) = (YearIx::new(period), due.main());
            let Some(payer) = self.prices.payer(class, period) else {
                return Some(Closed::NoMoney(at));
            };
            let fund = RowKey::Fund {
                fund: payer.fund,
                period: at,
            };
            offer.add(fund, cost, payer.price);
            for &(share, toll) in &payer.shares {
                offer.add(share, cost, toll);
            }
        }
        None
    }

    fn add_post(&self, offer: &mut Offer, school: SchoolIx) -> Option<Closed> {
        let circle = self.case.circle(offer.measure, school);
        let at: PoolAt = (offer.measure, circle, offer.year);
        match self.prices.post(at) {
            PostPrice::NobodyToSpare => Some(Closed::NobodyToSpare),
            PostPrice::Shut(quota) => Some(Closed::Shut(quota)),
            PostPrice::Toll { quotas, scarcity } => {
                let (measure, circle, year) = at;
                let pool = RowKey::Pool {
                    measure,
                    circle,
                    year,
                };
                for (quota, toll) in quotas {
                    offer.add(quota, 1.0, toll);
                }
                offer.add(pool, 1.0, scarcity);
                None
            }
        }
    }

    fn add_quotas(&self, offer: &mut Offer, school: SchoolIx) -> Option<Closed> {
        let mut closed = None;
        for policy in self.reach.policies(offer.measure, self.reach.kind(school)) {
            let Rule::Quota { each, amount, .. } = self.case.policies[policy].rule else {
                continue;
            };
            let place = self.reach.first_of_place(each, school);
            if matches!(amount, Quota::Money(_)) {
                continue;
            }
            if let Some((key, price)) = self.prices.quota(policy, offer.year, place) {
                offer.add(key, 1.0, price.toll);
                closed = closed.or(price.shut.then_some(Closed::Shut(key)));
            }
        }
        closed
    }

    /// What quotas of money take for each unit, in every plan year in which it is paid.
    fn add_money_quotas(&self, offer: &mut Offer, school: SchoolIx) -> Option<Closed> {
        let dues = self.case.dues(offer.measure, offer.year, 1.0);
        let mut closed = None;
        for policy in self.reach.policies(offer.measure, self.reach.kind(school)) {
            let Rule::Quota {
                each,
                each_year,
                amount: Quota::Money(_),
                ..
            } = self.case.policies[policy].rule
            else {
                continue;
            };
            let place = self.reach.first_of_place(each, school);
            let within = dues.iter().filter(|&(at, _)| at < self.case.horizon.years);
            for (period, due) in within {
                let cost = due.main();
                let year = YearIx::new(period);
                if let Some((key, price)) = self.prices.quota(policy, year, place) {
                    offer.add(key, cost, price.toll);
                    let shut = price.shut && cost > 0.0 && (each_year || period == offer.year.at());
                    closed = closed.or(shut.then_some(Closed::Shut(key)));
                }
            }
        }
        closed
    }

    /// Whether a thing bought would take the place of one that is still in use: there would be more than the school
    /// ever needs in the plan years.
    fn in_use(&self, need: &Lacking, measure: MeasureIx, service: Service) -> bool {
        if !matches!(self.case.measures[measure].lever, Lever::Buy { .. }) {
            return false;
        }
        let years = 0..self.case.horizon.years;
        let most = need.before[years.clone()]
            .iter()
            .copied()
            .fold(0.0, f64::max);
        let used = service
            .filter(|period| years.contains(period))
            .map(|period| need.before[period] - need.after[period]);
        let used = used.fold(0.0, f64::max);
        used > 0.0 && most - used <= STEP * self.case.resources[need.resource].step
    }
}
