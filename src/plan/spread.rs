//! From the optimum's totals to schools: pool by pool, year by year, in whole steps, lowest attainment first.

use std::collections::BTreeMap;

use super::course::Course;
use super::ledger::Quotas;
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
        form,
        course,
        quotas: Quotas::of(case, &form.reach),
        deal: Deal::new(),
    };
    let totals = totals(case, form, values, pools);
    let mut held: BTreeMap<(YearIx, MeasureIx), Vec<&Kept>> = BTreeMap::new();
    for row in kept {
        held.entry((row.year, row.measure)).or_default().push(row);
    }
    let mut by_resource: Vec<Vec<usize>> = vec![Vec::new(); case.resources.len()];
    for (at, pool) in pools.iter().enumerate() {
        by_resource[pool.resource.at()].push(at);
    }
    for year in case.horizon.plan_years() {
        for (measure, stated) in case.measures.pairs() {
            dealer.hold(held.get(&(year, measure)).map_or(&[], Vec::as_slice));
            let total = |at: usize| {
                totals
                    .get(&(year, measure, at))
                    .copied()
                    .unwrap_or_default()
            };
            let here = by_resource[stated.resource.at()].iter();
            let here = here.map(|&at| (&pools[at], total(at)));
            if matches!(stated.lever, Lever::Rotate { .. }) {
                dealer.rotate(here, measure, year);
            } else {
                for (pool, total) in here {
                    dealer.bring(pool, measure, year, dealer.steps(measure, total.brought));
                }
            }
        }
    }
    dealer.exchange_all(values);
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
    let need =
        |school: SchoolIx, resource: ResourceIx| school.at() * case.resources.len() + resource.at();
    let mut pool_of = vec![usize::MAX; case.schools.len() * case.resources.len()];
    for (at, pool) in pools.iter().enumerate() {
        for &school in &pool.schools {
            pool_of[need(school, pool.resource)] = at;
        }
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
        let pool = pool_of[need(school, case.measures[measure].resource)];
        let total = totals.entry((year, measure, pool)).or_default();
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
    form: &'a Formulated,
    course: &'a mut Course,
    /// Counts postings only: nothing else is dealt in more steps than its total has.
    quotas: Quotas,
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

    fn hold(&mut self, kept: &[&Kept]) {
        for row in kept {
            self.record(row.school, row.measure, row.year, row.units);
            self.count(row.school, row.measure, row.year, (-row.units).max(0.0));
            self.deal
                .entry((row.year, row.measure, row.school))
                .or_default()
                .kept = true;
        }
    }

    /// Counts posts that leave a school.
    fn count(&mut self, school: SchoolIx, measure: MeasureIx, year: YearIx, units: f64) {
        let (case, reach) = (self.case, &self.form.reach);
        let rows: Vec<usize> = self
            .quotas
            .counted_at(case, reach, school, measure, year)
            .collect();
        for at in rows {
            self.quotas.count(at, units);
        }
    }

    /// Steps that may still leave a school, and others like it, under every quota that speaks of it.
    fn allowed(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> u64 {
        let (case, reach) = (self.case, &self.form.reach);
        let rows = self.quotas.counted_at(case, reach, school, measure, year);
        rows.filter_map(|at| self.quotas.left(at))
            .map(|units| self.steps(measure, units))
            .min()
            .unwrap_or(u64::MAX)
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
        let service = self.case.service(measure, year);
        for &school in pool
            .schools
            .iter()
            .filter(|&&school| self.form.reach.allows(measure, school))
        {
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
                Side::MissingSometimes => side.room(missing).min(self.course.open(
                    self.case,
                    school,
                    resource,
                    service.clone(),
                )),
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
            let units = steps as f64 * step;
            self.record(school, measure, year, sign * units);
            if side == Side::Spare {
                self.count(school, measure, year, units);
            }
        }
        dealt
    }

    /// Posts leave first; as many arrive as have left, and who finds no place stays at home. Held postings count on
    /// both sides.
    fn rotate<'p>(
        &mut self,
        here: impl Iterator<Item = (&'p Pool, Total)>,
        measure: MeasureIx,
        year: YearIx,
    ) {
        let mut places: BTreeMap<(CountyIx, Stage), Vec<(&Pool, Total)>> = BTreeMap::new();
        for (pool, total) in here {
            if let Some(place) = pool.place {
                places.entry(place).or_default().push((pool, total));
            }
        }
        let held = self.held(measure, year);
        for (place, local) in places {
            let (held_arriving, held_leaving) = held.get(&place).copied().unwrap_or_default();
            let arrivals: u64 = local
                .iter()
                .map(|(_, total)| self.steps(measure, total.brought))
                .sum();
            let wanted = (held_arriving + arrivals).max(held_leaving);
            let take = |dealer: &mut Self, pool: &Pool, steps: u64| {
                let steps = steps.min(dealer.allowed(pool.schools[0], measure, year));
                dealer.take(pool, measure, year, steps)
            };
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
        local: &[(&Pool, Total)],
        steps: u64,
        measure: MeasureIx,
        of: fn(&Total) -> f64,
        mut deal: impl FnMut(&mut Self, &Pool, u64) -> Vec<(SchoolIx, u64)>,
    ) -> Vec<(SchoolIx, u64)> {
        let mut dealt = Vec::new();
        let mut left = steps;
        for round in 0..3 {
            for (pool, total) in local {
                let most = match round {
                    0 => self.steps(measure, of(total)),
                    1 => u64::from(of(total) > ZERO_UNITS),
                    _ => steps,
                };
                let placed = deal(self, pool, most.min(left));
                left -= count(&placed);
                dealt.extend(placed);
            }
        }
        dealt
    }

    /// Steps the planner has fixed in each county and stage: arriving and leaving.
    fn held(&self, measure: MeasureIx, year: YearIx) -> BTreeMap<(CountyIx, Stage), (u64, u64)> {
        let first = (year, measure, SchoolIx::new(0));
        let here = self
            .deal
            .range(first..)
            .take_while(|(at, _)| (at.0, at.1) == (year, measure));
        let mut held: BTreeMap<(CountyIx, Stage), (u64, u64)> = BTreeMap::new();
        for ((_, _, school), dealt) in here.filter(|(_, dealt)| dealt.kept) {
            let stated = &self.case.schools[*school];
            let (arriving, leaving) = held.entry((stated.county, stated.stage)).or_default();
            *arriving += self.steps(measure, dealt.brought);
            *leaving += self.steps(measure, dealt.taken);
        }
        held
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
                self.count(school, measure, year, -units);
            }
        }
    }

    /// Exchanges one against one, in proportion to the schools' stocks.
    fn exchange_all(&mut self, values: &[f64]) {
        let form = self.form;
        let mut exchanging: BTreeMap<(MeasureIx, SchoolIx), Vec<SchoolIx>> = BTreeMap::new();
        for (measure, stated) in self.case.measures.pairs() {
            if matches!(stated.lever, Lever::Rotate { .. }) {
                let found = Exchanging::of(self.case, &form.reach, &form.classes, measure);
                let schools = found.into_iter().map(|one| one.schools);
                exchanging.extend(schools.map(|schools| ((measure, schools[0]), schools)));
            }
        }
        for (key, &value) in form.cols.iter().zip(values) {
            let ColKey::Exchange {
                first,
                measure,
                year,
                ..
            } = *key
            else {
                continue;
            };
            let steps = self.steps(measure, value);
            let steps = steps.min(self.allowed(first, measure, year));
            let Some(schools) = exchanging.get(&(measure, first)).filter(|_| steps > 0) else {
                continue;
            };
            let resource = self.case.measures[measure].resource;
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
            for (&school, &steps) in schools.iter().zip(&given).filter(|(_, steps)| **steps > 0) {
                let units = steps as f64 * self.step(measure);
                self.record(school, measure, year, units);
                self.record(school, measure, year, -units);
                self.count(school, measure, year, units);
            }
        }
    }
}
