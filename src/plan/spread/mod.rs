//! From the optimum's totals to schools: pool by pool, year by year, in whole steps, lowest attainment first.

mod parts;
mod project;
mod rotate;
mod towards;

use std::collections::BTreeMap;

use towards::share_out;
pub use towards::{Parts, Towards};

use super::course::Course;
use super::ledger::Quotas;
use super::pools::Pool;
use super::waterfill::{Vessel, drain, fill, whole};
use crate::case::Case;
use crate::formulate::{ColKey, Formulated, Kept};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

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

/// Hands the optimum's totals to the schools: towards what is to be had by each, else the lowest attainment first. The
/// course is moved along.
pub fn spread(
    case: &Case,
    form: &Formulated,
    (values, whole): (&[f64], bool),
    (pools, towards): (&[Pool], Option<&Towards>),
    kept: &[Kept],
    course: &mut Course,
) -> Deal {
    let mut dealer = Dealer {
        case,
        form,
        course,
        quotas: Quotas::of(case, &form.reach),
        deal: Deal::new(),
        owed: BTreeMap::new(),
        towards,
        parts: BTreeMap::new(),
        rounds_up: case
            .measures
            .ids()
            .map(|at| whole && parts::rounds_up(case, at))
            .collect(),
        caps_money: false,
    };
    dealer.caps_money = dealer.quotas.caps_money();
    let totals = totals(case, form, values, pools);
    for row in kept {
        dealer.count_money(row.school, row.measure, row.year, row.units);
    }
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
            let here = here.map(|&at| (at, &pools[at], total(at)));
            if stated.lever.moves() {
                dealer.rotate(here.map(|(_, pool, total)| (pool, total)), measure, year);
            } else {
                dealer.bring_all(here, measure, year);
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
    /// What a target asks for in some period of service.
    Target,
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
            Side::Target => 0.0,
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
    /// Counts what is dealt out.
    quotas: Quotas,
    deal: Deal,
    /// Steps of measures that come in projects which were too few for one, by measure and first school of the pool.
    owed: BTreeMap<(MeasureIx, SchoolIx), u64>,
    /// What each school is to get, if that is said.
    towards: Option<&'a Towards>,
    /// By measure and pool: the part of a step that was rounded away in the years before.
    parts: BTreeMap<(MeasureIx, usize), f64>,
    /// By measure: whether what adds up to a step may be dealt as one.
    rounds_up: Vec<bool>,
    /// Whether any rule says how much money goes somewhere at most.
    caps_money: bool,
}

impl Dealer<'_> {
    fn step(&self, measure: MeasureIx) -> f64 {
        self.case.step(measure)
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
        let is_kept = self.deal[&(year, measure, school)].kept;
        if !is_kept {
            self.count_money(school, measure, year, units);
        }
        // Postings are counted where they leave.
        if units > 0.0 && !self.case.measures[measure].lever.moves() {
            self.count(school, measure, year, units);
        }
        self.course.bring(self.case, (year, measure, school), units);
    }

    fn hold(&mut self, kept: &[&Kept]) {
        for row in kept {
            // Its money has been counted from the start.
            let at = (row.year, row.measure, row.school);
            self.deal.entry(at).or_default().kept = true;
            self.record(row.school, row.measure, row.year, row.units);
            self.count(row.school, row.measure, row.year, (-row.units).max(0.0));
        }
    }

    /// Whether a measure is dealt out in projects.
    fn in_projects(&self, measure: MeasureIx) -> bool {
        self.towards.is_none() && self.case.least_steps(measure) > 1
    }

    /// Brings whole steps to a pool; says to whom.
    fn bring(
        &mut self,
        pool: &Pool,
        measure: MeasureIx,
        year: YearIx,
        steps: u64,
    ) -> Vec<(SchoolIx, u64)> {
        if self.in_projects(measure) {
            return self.bring_projects(pool, measure, year, steps);
        }
        // First what targets ask for, then what is missing in every period of service, then what is missing in some.
        let mut placed = match self.course.asks_of_schools() {
            true => self.pass(pool, (measure, year), steps, Side::Target),
            false => Vec::new(),
        };
        let left = steps - count(&placed);
        placed.extend(self.pass(pool, (measure, year), left, Side::MissingThroughout));
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
            let stated = &self.case.measures[measure];
            let missing = service
                .clone()
                .map(|period| self.course.wanting(stated, school, period));
            let room = match side {
                Side::MissingSometimes => side
                    .room(missing)
                    .min(self.course.open(self.case, school, measure, &service)),
                // The part of a unit that a school lacks at last waits for the next pass.
                Side::MissingThroughout => {
                    let room = side.room(missing).min(self.course.room(measure, school));
                    whole(room / step) as f64 * step
                }
                Side::Target => {
                    let asked = self.course.wanting_for_targets(stated, school, &service);
                    let room = self.course.room(measure, school);
                    (asked / step - STEP).ceil().min(whole(room / step) as f64) * step
                }
                Side::Spare => side.room(missing),
            };
            if room > 0.0 {
                schools.push(school);
                vessels.push(Vessel { has, wants, room });
            }
        }
        let given = match (self.towards, side) {
            (Some(towards), _) => {
                let wants = schools.iter().map(|&school| {
                    let at = (year, measure, school);
                    let dealt = self.deal.get(&at).copied().unwrap_or_default();
                    match side {
                        Side::Spare => towards.units(&at, false) - dealt.taken,
                        _ => towards.units(&at, true) - dealt.brought,
                    }
                });
                let wants: Vec<f64> = wants.map(|units| units / step).collect();
                let rooms: Vec<f64> = vessels.iter().map(|one| one.room / step).collect();
                let rotates = self.case.measures[measure].lever.moves();
                let least = towards.least_room(rotates, side == Side::MissingSometimes);
                share_out(&wants, &rooms, steps, least)
            }
            (None, Side::Spare) => drain(&vessels, steps, step),
            (None, Side::MissingSometimes) if steps <= parts::MANY => {
                self.by_gain(&schools, &vessels, (measure, year), steps)
            }
            (None, Side::Target | Side::MissingThroughout | Side::MissingSometimes) => {
                fill(&vessels, steps, step)
            }
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
}
