//! From the optimum's totals to schools: pool by pool, year by year, in whole steps, lowest attainment first.

use std::collections::{BTreeMap, BTreeSet};

use super::course::Course;
use super::pools::Pool;
use super::waterfill::{Vessel, drain, fill, whole};
use crate::case::{Case, Lever, Stage};
use crate::formulate::{ColKey, Exchanging, Formulated, Kept};
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{CountyIx, MeasureIx, ResourceIx, SchoolIx, YearIx};

/// What is done at one school with one measure started in one year.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Dealt {
    /// Units brought.
    pub brought: f64,
    /// Units taken away by a rotation.
    pub taken: f64,
    /// Whether the planner has fixed it.
    pub kept: bool,
}

/// Everything that is done, in order of year, measure and school.
pub type Deal = BTreeMap<(YearIx, MeasureIx, SchoolIx), Dealt>;

/// Hands the optimum's totals to the schools. The course is moved along.
pub fn spread(
    case: &Case,
    form: &Formulated,
    values: &[f64],
    pools: &[Pool],
    kept: &[Kept],
    course: &mut Course,
) -> Deal {
    let mut dealer = Dealer {
        case,
        course,
        deal: Deal::new(),
    };
    let totals = totals(case, form, values, pools);
    for year in case.horizon.plan_years() {
        for measure in case.measures.ids() {
            dealer.hold(kept, measure, year);
            let total = |at: usize| {
                totals
                    .get(&(year, measure, at))
                    .copied()
                    .unwrap_or_default()
            };
            let here: Vec<(&Pool, Total)> = (0..pools.len())
                .filter(|&at| pools[at].resource == case.measures[measure].resource)
                .map(|at| (&pools[at], total(at)))
                .collect();
            if matches!(case.measures[measure].lever, Lever::Rotate { .. }) {
                dealer.rotate(&here, measure, year);
            } else {
                for (pool, total) in here {
                    dealer.bring(pool, measure, year, dealer.steps(measure, total.brought));
                }
            }
        }
    }
    dealer.exchange_all(form, values);
    dealer.deal
}

#[derive(Clone, Copy, Default)]
struct Total {
    brought: f64,
    taken: f64,
}

/// What the optimum does in each pool with each measure and year; kept needs are left out, they are dealt as written.
fn totals(
    case: &Case,
    form: &Formulated,
    values: &[f64],
    pools: &[Pool],
) -> BTreeMap<(YearIx, MeasureIx, usize), Total> {
    let mut pool_of: BTreeMap<(ResourceIx, SchoolIx), usize> = BTreeMap::new();
    for (at, pool) in pools.iter().enumerate() {
        pool_of.extend(
            pool.schools
                .iter()
                .map(|&school| ((pool.resource, school), at)),
        );
    }
    let mut totals: BTreeMap<(YearIx, MeasureIx, usize), Total> = BTreeMap::new();
    for ((key, col), &value) in form.cols.iter().zip(&form.program.cols).zip(values) {
        let (school, measure, year, brings) = match *key {
            ColKey::Supply {
                school,
                measure,
                year,
            } => (school, measure, year, true),
            ColKey::Give {
                school,
                measure,
                year,
            } => (school, measure, year, false),
            _ => continue,
        };
        if col.lower == col.upper || value <= 0.0 {
            continue;
        }
        let total = totals
            .entry((
                year,
                measure,
                pool_of[&(case.measures[measure].resource, school)],
            ))
            .or_default();
        *(if brings {
            &mut total.brought
        } else {
            &mut total.taken
        }) += value;
    }
    totals
}

/// Which side of a need is dealt with.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    /// What is missing in every period of service.
    MissingThroughout,
    /// What is missing in some period of service.
    MissingSometimes,
    /// What can be spared in every period of service.
    Spare,
}

impl Side {
    fn room(self, missing: impl Iterator<Item = f64>) -> f64 {
        match self {
            Side::MissingThroughout => missing.fold(f64::INFINITY, f64::min),
            Side::MissingSometimes => missing.fold(f64::NEG_INFINITY, f64::max),
            Side::Spare => -missing.fold(f64::NEG_INFINITY, f64::max),
        }
    }
}

fn count(dealt: &[(SchoolIx, u64)]) -> u64 {
    dealt.iter().map(|(_, steps)| steps).sum()
}

struct Dealer<'a> {
    case: &'a Case,
    course: &'a mut Course,
    deal: Deal,
}

impl Dealer<'_> {
    fn step(&self, measure: MeasureIx) -> f64 {
        self.case.resources[self.case.measures[measure].resource].step
    }

    fn steps(&self, measure: MeasureIx, units: f64) -> u64 {
        whole(units / self.step(measure))
    }

    /// Records units brought (positive) or taken (negative).
    fn record(&mut self, school: SchoolIx, measure: MeasureIx, year: YearIx, units: f64) {
        let dealt = self.deal.entry((year, measure, school)).or_default();
        if units >= 0.0 {
            dealt.brought += units;
        } else {
            dealt.taken -= units;
        }
        let service = self.case.service(measure, year);
        self.course
            .supply(school, self.case.measures[measure].resource, service, units);
    }

    fn hold(&mut self, kept: &[Kept], measure: MeasureIx, year: YearIx) {
        for row in kept
            .iter()
            .filter(|row| row.measure == measure && row.year == year)
        {
            self.record(row.school, measure, year, row.units);
            self.deal
                .entry((year, measure, row.school))
                .or_default()
                .kept = true;
        }
    }

    /// Brings whole steps to a pool; says to whom.
    fn bring(
        &mut self,
        pool: &Pool,
        measure: MeasureIx,
        year: YearIx,
        steps: u64,
    ) -> Vec<(SchoolIx, u64)> {
        // First what is missing in every period of service, then what is missing in some.
        let mut placed = self.pass(pool, (measure, year), steps, Side::MissingThroughout);
        let left = steps - count(&placed);
        placed.extend(self.pass(pool, (measure, year), left, Side::MissingSometimes));
        placed
    }

    /// Takes whole steps from a pool; says from whom.
    fn take(
        &mut self,
        pool: &Pool,
        measure: MeasureIx,
        year: YearIx,
        steps: u64,
    ) -> Vec<(SchoolIx, u64)> {
        self.pass(pool, (measure, year), steps, Side::Spare)
    }

    fn pass(
        &mut self,
        pool: &Pool,
        (measure, year): (MeasureIx, YearIx),
        steps: u64,
        side: Side,
    ) -> Vec<(SchoolIx, u64)> {
        if steps == 0 {
            return Vec::new();
        }
        let (resource, step) = (pool.resource, self.step(measure));
        let mut schools = Vec::new();
        let mut vessels = Vec::new();
        for &school in pool
            .schools
            .iter()
            .filter(|&&school| self.case.allows(measure, school))
        {
            let service = self.case.service(measure, year);
            let asked = |&period: &usize| self.course.required(school, resource, period) > 0.0;
            let Some(first) = service.clone().find(asked) else {
                continue;
            };
            let wants = self.course.required(school, resource, first);
            let has = wants - self.course.missing(school, resource, first);
            let missing = service
                .clone()
                .map(|period| self.course.missing(school, resource, period));
            let room = match side {
                Side::MissingSometimes => side
                    .room(missing)
                    .min(self.course.open(self.case, school, resource, service)),
                Side::MissingThroughout | Side::Spare => side.room(missing),
            };
            if room > 0.0 {
                schools.push(school);
                vessels.push(Vessel { has, wants, room });
            }
        }
        let given = match side {
            Side::Spare => drain(&vessels, steps, step),
            Side::MissingThroughout | Side::MissingSometimes => fill(&vessels, steps, step),
        };
        let sign = if side == Side::Spare { -1.0 } else { 1.0 };
        let dealt: Vec<(SchoolIx, u64)> = schools
            .into_iter()
            .zip(given)
            .filter(|(_, steps)| *steps > 0)
            .collect();
        for &(school, steps) in &dealt {
            self.record(school, measure, year, sign * steps as f64 * step);
        }
        dealt
    }

    /// Posts leave first; as many arrive as have left, and who finds no place stays at home. Held postings count on
    /// both sides.
    fn rotate(&mut self, here: &[(&Pool, Total)], measure: MeasureIx, year: YearIx) {
        let places: BTreeSet<(CountyIx, Stage)> =
            here.iter().filter_map(|(pool, _)| pool.place).collect();
        for place in places {
            let local: Vec<&(&Pool, Total)> = here
                .iter()
                .filter(|(pool, _)| pool.place == Some(place))
                .collect();
            let (held_arriving, held_leaving) = self.held(place, measure, year);
            let arrivals: u64 = local
                .iter()
                .map(|(_, total)| self.steps(measure, total.brought))
                .sum();
            let wanted = (held_arriving + arrivals).max(held_leaving);
            let take =
                |dealer: &mut Self, pool: &Pool, steps| dealer.take(pool, measure, year, steps);
            let gone = self.share_out(
                &local,
                wanted - held_leaving,
                measure,
                |total| total.taken,
                take,
            );
            let leaving = held_leaving + count(&gone);
            let bring =
                |dealer: &mut Self, pool: &Pool, steps| dealer.bring(pool, measure, year, steps);
            let open = leaving.saturating_sub(held_arriving);
            let come = self.share_out(&local, open, measure, |total| total.brought, bring);
            self.call_back(&gone, measure, year, open - count(&come));
        }
    }

    /// Deals steps over pools: first the whole part of each one's total, then the part of a step that was rounded
    /// away, then wherever there is room, until all are dealt.
    fn share_out(
        &mut self,
        local: &[&(&Pool, Total)],
        steps: u64,
        measure: MeasureIx,
        of: fn(&Total) -> f64,
        mut deal: impl FnMut(&mut Self, &Pool, u64) -> Vec<(SchoolIx, u64)>,
    ) -> Vec<(SchoolIx, u64)> {
        let mut dealt = Vec::new();
        for round in 0..3 {
            for (pool, total) in local {
                let most = match round {
                    0 => self.steps(measure, of(total)),
                    1 => u64::from(of(total) > ZERO_UNITS),
                    _ => steps,
                };
                let left = steps - count(&dealt);
                dealt.extend(deal(self, pool, most.min(left)));
            }
        }
        dealt
    }

    /// Steps the planner has fixed in a county and stage: arriving and leaving.
    fn held(&self, place: (CountyIx, Stage), measure: MeasureIx, year: YearIx) -> (u64, u64) {
        let first = (year, measure, SchoolIx::new(0));
        let here = self
            .deal
            .range(first..)
            .take_while(|(at, _)| (at.0, at.1) == (year, measure));
        let local = here.filter(|((_, _, school), dealt)| {
            let stated = &self.case.schools[*school];
            dealt.kept && (stated.county, stated.stage) == place
        });
        local.fold((0, 0), |(arriving, leaving), (_, dealt)| {
            (
                arriving + self.steps(measure, dealt.brought),
                leaving + self.steps(measure, dealt.taken),
            )
        })
    }

    /// Lets the last who left stay at home after all.
    fn call_back(
        &mut self,
        left: &[(SchoolIx, u64)],
        measure: MeasureIx,
        year: YearIx,
        mut steps: u64,
    ) {
        let (step, service) = (self.step(measure), self.case.service(measure, year));
        for &(school, gone) in left.iter().rev() {
            let back = gone.min(steps);
            steps -= back;
            if let Some(dealt) = self
                .deal
                .get_mut(&(year, measure, school))
                .filter(|_| back > 0)
            {
                let units = back as f64 * step;
                dealt.taken -= units;
                self.course.supply(
                    school,
                    self.case.measures[measure].resource,
                    service.clone(),
                    units,
                );
            }
        }
    }

    /// Exchanges one against one, in proportion to the schools' stocks.
    fn exchange_all(&mut self, form: &Formulated, values: &[f64]) {
        for (key, &value) in form.cols.iter().zip(values) {
            if let ColKey::Exchange {
                first,
                measure,
                year,
                ..
            } = *key
            {
                let steps = self.steps(measure, value);
                if steps == 0 {
                    continue;
                }
                let of = |school| Exchanging::of(self.case, &form.classes, measure, school);
                let alike = of(first);
                let members =
                    |school: &SchoolIx| self.case.allows(measure, *school) && of(*school) == alike;
                let resource = self.case.measures[measure].resource;
                let schools: Vec<SchoolIx> = self.case.schools.ids().filter(members).collect();
                let stocks = schools
                    .iter()
                    .map(|&school| self.case.schools[school].stock[resource.at()].unwrap_or(0.0));
                let vessels: Vec<Vessel> = stocks
                    .map(|stock| Vessel {
                        has: 0.0,
                        wants: stock.max(f64::MIN_POSITIVE),
                        room: stock.floor(),
                    })
                    .collect();
                let given = fill(&vessels, steps, self.step(measure));
                for (&school, &steps) in schools.iter().zip(&given).filter(|(_, steps)| **steps > 0)
                {
                    let units = steps as f64 * self.step(measure);
                    self.record(school, measure, year, units);
                    self.record(school, measure, year, -units);
                }
            }
        }
    }
}
