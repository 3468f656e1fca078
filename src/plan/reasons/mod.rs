//! Why each school gets what it gets: the reason per school and need, derived from the proof of the plan.
//!
//! What a unit closes follows from the case: the gap index of the periods it serves. What it takes is what it uses of
//! the limits, at their prices in the proof ([`prices`]). A unit is worth its place in the plan where it closes no less
//! than it takes; the difference is its reduced cost. Where both are the same the total gap does not decide, and the
//! water-fill does.

mod cause;
mod market;
mod offer;
mod place;
pub mod prices;
mod unmet;

pub use cause::{Cause, State};
pub use offer::{Closed, Limit, Offer, Toll};
pub use place::{Ahead, Place};
pub use unmet::{Unmet, Why, unmet};

use super::answer::{Basis, Plan};
use super::pools::pools;
use super::row::PlanRow;
use crate::case::{Case, NormBasis};
use crate::words::sum::sum;
use crate::words::tolerance::{PROVEN, STEP};
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};
use market::{Lacking, Market};
use place::{Places, Queues};
use prices::Prices;

/// The reasons of a plan. They are worked out when they are asked for: a nation's take more room than its plan.
#[derive(Clone, Debug)]
pub struct Reasons<'a> {
    case: &'a Case,
    plan: &'a Plan,
    market: Market<'a>,
    proven: bool,
    /// The rows of the plan, by school, then as they stand in it.
    rows: Vec<u32>,
    places: Places,
    /// Resources in sets, those together in which the same units count.
    joint: Vec<Vec<ResourceIx>>,
    queues: Queues,
}

/// Why a school gets what it gets of a resource.
#[derive(Clone, PartialEq, Debug)]
pub struct Reason {
    /// The school.
    pub school: SchoolIx,
    /// The resource.
    pub resource: ResourceIx,
    /// How it stands.
    pub state: State,
    /// Why it is still short in the last plan year; `None` when it is not.
    pub cause: Option<Cause>,
    /// Units short in the last plan year with the plan; `None` when unknown or nothing is asked.
    pub short: Option<f64>,
    /// Every measure and year there is for it, in file order, then by year.
    pub offers: Vec<Offer>,
    /// The offer that decides, as a position in `offers`: of those given the one given most of, else the one that
    /// closes most for what it takes.
    pub decides: Option<usize>,
    /// Its place in the water-fill, where that decides.
    pub place: Option<Place>,
    /// What stands before it at the limit that holds it back.
    pub ahead: Option<Ahead>,
}

impl Reason {
    /// The offer that decides.
    pub fn deciding(&self) -> Option<&Offer> {
        self.decides.map(|at| &self.offers[at])
    }
}

impl<'a> Reasons<'a> {
    /// The reasons of a plan for a case, from what it stands on.
    pub fn of(case: &'a Case, plan: &'a Plan, basis: Basis) -> Reasons<'a> {
        let Basis { form, proof } = basis;
        let prices = Prices::of(case, &form, &proof);
        let places = Places::of(case, &plan.outcome, &pools(case, &form, &[]));
        let mut rows: Vec<u32> = (0..plan.rows.len() as u32).collect();
        rows.sort_by_key(|&at| plan.rows[at as usize].school);
        let mut reasons = Reasons {
            case,
            plan,
            market: Market::new(case, form.reach, form.classes, prices),
            proven: plan.certificate.proven_within <= PROVEN && proof.distance() <= PROVEN,
            rows,
            places,
            joint: case.joint_resources(),
            queues: Queues::default(),
        };
        reasons.line_up();
        reasons
    }

    /// Finds who stands before whom.
    fn line_up(&mut self) {
        let mut queues = Queues::default();
        for left in unmet(self.case, &self.plan.outcome) {
            let reason = self.need(left.school, left.resource);
            let (Some(cause), Some(offer)) = (reason.cause, reason.deciding()) else {
                continue;
            };
            if let Cause::Tie(_) = cause {
                self.places.contest(left.school, left.resource);
            }
            let waits = matches!(
                cause,
                Cause::AboveCutOff(_) | Cause::Tie(_) | Cause::WholeUnits
            );
            if let Some(limit) = offer.dearest().filter(|_| waits) {
                queues.add(limit, offer.ratio(offer.next), left.short * offer.money);
            }
        }
        queues.close();
        self.queues = queues;
    }

    /// The prices of the limits.
    pub fn prices(&self) -> &Prices {
        &self.market.prices
    }

    /// Whether the prices are those of a proven optimum; else no reason is derived from them.
    pub fn are_proven(&self) -> bool {
        self.proven
    }

    /// The reasons for every school and resource that the standard asks of it or may ask, in file order.
    pub fn all(&self) -> impl Iterator<Item = Reason> {
        let schools = self.case.schools.ids();
        schools.flat_map(|school| self.of_school(school))
    }

    /// The reasons for one school.
    pub fn of_school(&self, school: SchoolIx) -> impl Iterator<Item = Reason> {
        let resources = self.case.resources.ids();
        let asked = move |&resource: &ResourceIx| self.is_asked(school, resource);
        resources
            .filter(asked)
            .map(move |resource| self.need(school, resource))
    }

    /// Whether something is asked of a school, or cannot be told for want of data.
    fn is_asked(&self, school: SchoolIx, resource: ResourceIx) -> bool {
        let case = self.case;
        let mut years = case.horizon.plan_years();
        if years.any(|year| case.required(school, resource, year).is_some()) {
            return true;
        }
        let Some(norm) = &case.standard.norms[resource] else {
            return false;
        };
        let stated = &case.schools[school];
        let mut sections = stated.stage.sections().iter();
        let spoken_of = matches!(norm.basis, NormBasis::Enrolment(_))
            || sections.any(|&one| norm.amount.of(one).is_some());
        let uncounted = match norm.basis {
            NormBasis::Boarder => stated.boarders.is_none(),
            NormBasis::PoorPupil { .. } => stated.poor.is_none(),
            _ => norm.basis.counts_classes() && stated.classes.is_none(),
        };
        spoken_of && (stated.pupils.is_none() || uncounted)
    }

    /// The rows of the plan that give (or take) a resource at a school, in the plan's order.
    pub fn rows(
        &self,
        school: SchoolIx,
        resource: ResourceIx,
    ) -> impl Iterator<Item = &'a PlanRow> {
        let (case, rows) = (self.case, &self.plan.rows);
        let of = move |at: &u32| &rows[*at as usize];
        let first = self.rows.partition_point(|at| of(at).school < school);
        let here = self.rows[first..].iter().map(of);
        let here: Vec<&PlanRow> = here.take_while(|row| row.school == school).collect();
        here.into_iter()
            .filter(move |row| case.measures[row.measure].brings(resource).is_some())
    }

    /// What is asked of a school and missing, in each period; `None` when it is not known.
    fn lacking(&self, school: SchoolIx, resource: ResourceIx) -> Option<Lacking> {
        let case = self.case;
        case.stock_in(school, resource, YearIx::new(0))?;
        let periods = case.horizon.periods();
        let asked: Vec<Option<f64>> = periods
            .map(|period| case.required(school, resource, period))
            .collect();
        if asked.iter().all(Option::is_none) {
            return None;
        }
        let required: Vec<f64> = asked
            .into_iter()
            .map(|units| units.unwrap_or(0.0))
            .collect();
        let stock = |at| case.stock_in(school, resource, at).unwrap_or(0.0);
        let before = required.iter().zip(case.horizon.periods());
        let before: Vec<f64> = before.map(|(units, at)| units - stock(at)).collect();
        let supplied = |period| self.plan.outcome.supplied(school, resource, period);
        let after = before
            .iter()
            .zip(case.horizon.periods())
            .map(|(missing, period)| missing - supplied(period));
        Some(Lacking {
            after: after.collect(),
            school,
            resource,
            required,
            before,
        })
    }

    /// The other needs of a school in which units may count that count in this one.
    fn beside(&self, school: SchoolIx, resource: ResourceIx) -> Vec<Lacking> {
        let set = self.joint.iter().find(|set| set.contains(&resource));
        let others = set.into_iter().flatten();
        let others = others.filter(|&&other| other != resource);
        others
            .filter_map(|&other| self.lacking(school, other))
            .collect()
    }

    /// The gap index that a small part of a unit of a measure started in a year closes at a school, per unit, beside
    /// what leaves this much missing of each resource in each period; needs of which nothing is known do not count.
    pub fn closes(
        &self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        missing: impl Fn(ResourceIx) -> Vec<f64>,
    ) -> f64 {
        let service = self.case.service(measure, year);
        let served = self.case.measures[measure].serves();
        let closes = served.filter_map(|(resource, each)| {
            let (need, missing) = (self.lacking(school, resource)?, missing(resource));
            Some(each * self.market.closes(&need, service.clone(), &missing))
        });
        sum(closes)
    }

    /// Why a school gets what it gets of a resource.
    pub fn need(&self, school: SchoolIx, resource: ResourceIx) -> Reason {
        let mut reason = Reason {
            school,
            resource,
            state: State::Unknown,
            cause: None,
            short: None,
            offers: Vec::new(),
            decides: None,
            place: None,
            ahead: None,
        };
        let Some(need) = self.lacking(school, resource) else {
            if !self.is_asked(school, resource) {
                reason.state = State::NotAsked;
            }
            return reason;
        };
        let rows: Vec<&PlanRow> = self.rows(school, resource).collect();
        let given = |measure, year| {
            let here = rows
                .iter()
                .filter(|row| (row.measure, row.year) == (measure, year));
            sum(here.map(|row| row.units.max(0.0)))
        };
        let mut needs = vec![need];
        needs.extend(self.beside(school, resource));
        reason.offers = self.market.offers(&needs, given);
        let need = &needs[0];
        let last = self.case.horizon.last();
        let least = STEP * self.case.finest_step(resource);
        reason.short = self
            .case
            .required(school, resource, last)
            .map(|_| need.after[last.at()].max(0.0));
        let unmet = reason.short.filter(|short| *short > least);
        reason.state = self.state(need, &rows, unmet.is_some(), least);
        if let Some(short) = unmet {
            let why = unmet::why(self.case, school, resource, short);
            let (cause, decides) = cause::cause(
                why,
                &reason.offers,
                self.market.has_measure(school, resource),
                self.proven,
            );
            (reason.cause, reason.decides) = (Some(cause), decides);
            if let (Cause::AboveCutOff(limit), Some(offer)) = (cause, reason.deciding()) {
                reason.ahead = self.queues.ahead(limit, offer.ratio(offer.next));
            }
        } else {
            let offers = reason.offers.iter().enumerate();
            let given = offers.filter(|(_, offer)| offer.given > 0.0);
            let most = given.max_by(|(at, one), (other_at, other)| {
                one.given.total_cmp(&other.given).then(other_at.cmp(at))
            });
            reason.decides = most.map(|(at, _)| at);
        }
        reason.place = self.places.find(school, resource);
        reason
    }

    fn state(&self, need: &Lacking, rows: &[&PlanRow], unmet: bool, least: f64) -> State {
        let years = self.case.horizon.years;
        let short = |missing: &f64| *missing > least;
        let given = rows.iter().any(|row| row.units > 0.0);
        if unmet {
            return if given {
                State::Partly
            } else {
                State::Unserved
            };
        }
        if !need.before[..years].iter().any(short) {
            return match rows.iter().any(|row| row.units < 0.0) {
                true => State::Gives,
                false => State::Enough,
            };
        }
        match short(&need.before[years - 1]) || given {
            true => State::Met,
            false => State::Passes,
        }
    }
}
