//! The place of a need among others: in the water-fill of its pool, and in the queue before a limit.

use std::collections::BTreeMap;

use super::offer::Limit;
use crate::case::Case;
use crate::plan::Outcome;
use crate::plan::pools::Pool;
use crate::words::tolerance::{STEP, TIE};
use crate::words::{ResourceIx, SchoolIx};

/// A need's place among needs of the same worth, of which the lowest attainment is raised first.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize)]
pub struct Place {
    /// Its place by today's attainment, from 1.
    pub place: usize,
    /// How many they are.
    pub of: usize,
    /// How many of them were given something.
    pub served: usize,
    /// The place of the last of those; 0 when none was.
    pub last_served: usize,
    /// The lowest attainment in the last plan year with the plan among those that could take another step: how far the
    /// water rose.
    pub level: f64,
}

/// What stands before a need at the same limit.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize)]
pub struct Ahead {
    /// Needs still short that close more for what they take.
    pub needs: usize,
    /// Main units of money that they still lack.
    pub money: f64,
}

/// The places of all needs.
#[derive(Clone, Debug)]
pub(super) struct Places {
    resources: usize,
    /// By school and resource: its pool and place in it.
    of: Vec<Option<(u32, u32)>>,
    pools: Vec<Water>,
}

/// The water-fill of a pool.
#[derive(Clone, Debug)]
struct Water {
    needs: usize,
    served: usize,
    last_served: usize,
    level: f64,
    /// Whether some of its needs stay short although they are worth as much as what is done.
    contested: bool,
}

impl Places {
    pub fn of(case: &Case, outcome: &Outcome, pools: &[Pool]) -> Places {
        let resources = case.resources.len();
        let mut places = Places {
            resources,
            of: vec![None; case.schools.len() * resources],
            pools: Vec::new(),
        };
        for pool in pools {
            places.add(case, outcome, pool);
        }
        places
    }

    fn add(&mut self, case: &Case, outcome: &Outcome, pool: &Pool) {
        let resource = pool.resource;
        // Who lacks less than a step can be given nothing, and is in nobody's way.
        let step = case.finest_step(resource) * (1.0 - STEP);
        let mut short: Vec<(f64, SchoolIx)> = pool
            .schools
            .iter()
            .filter_map(|&school| {
                let mut years = case.horizon.plan_years();
                let lacks = |year| outcome.short(case, school, resource, year, false);
                let first = years.find(|&year| lacks(year).is_some_and(|short| short >= step))?;
                let required = case.required(school, resource, first)?;
                Some((case.stock_in(school, resource, first)? / required, school))
            })
            .collect();
        if short.len() < 2 {
            return;
        }
        short.sort_by(|one, other| one.0.total_cmp(&other.0).then(one.1.cmp(&other.1)));
        let last = case.horizon.last();
        let mut water = Water {
            needs: short.len(),
            served: 0,
            last_served: 0,
            level: f64::INFINITY,
            contested: false,
        };
        for (place, &(_, school)) in (1..).zip(&short) {
            let mut periods = case.horizon.periods();
            if periods.any(|period| outcome.supplied(school, resource, period) > 0.0) {
                water.served += 1;
                water.last_served = place;
            }
            if let (Some(stock), Some(required)) = (
                outcome.stock(case, school, resource, last),
                case.required(school, resource, last),
            ) && required - stock >= step
            {
                water.level = water.level.min(stock / required);
            }
            let at = self.at(school, resource);
            self.of[at] = Some((self.pools.len() as u32, place as u32));
        }
        self.pools.push(water);
    }

    fn at(&self, school: SchoolIx, resource: ResourceIx) -> usize {
        school.at() * self.resources + resource.at()
    }

    /// Notes that a need stays short though others of its worth may have been given.
    pub fn contest(&mut self, school: SchoolIx, resource: ResourceIx) {
        if let Some((pool, _)) = self.of[self.at(school, resource)] {
            self.pools[pool as usize].contested = true;
        }
    }

    /// The place of a need whose pool is contested.
    pub fn find(&self, school: SchoolIx, resource: ResourceIx) -> Option<Place> {
        let (pool, place) = self.of[self.at(school, resource)]?;
        let water = &self.pools[pool as usize];
        water.contested.then_some(Place {
            place: place as usize,
            of: water.needs,
            served: water.served,
            last_served: water.last_served,
            level: water.level,
        })
    }
}

/// The needs still short that stand before each limit, best first.
#[derive(Clone, Debug, Default)]
pub(super) struct Queues {
    /// By limit: what each closes for what it takes, and the money that it and all before it lack.
    by_limit: BTreeMap<Limit, Vec<(f64, f64)>>,
}

impl Queues {
    pub fn add(&mut self, limit: Limit, ratio: f64, money: f64) {
        self.by_limit.entry(limit).or_default().push((ratio, money));
    }

    /// Sorts the queues, after which they can be asked.
    pub fn close(&mut self) {
        for queue in self.by_limit.values_mut() {
            queue.sort_by(|one, other| other.0.total_cmp(&one.0));
            let mut so_far = 0.0;
            for (_, money) in queue {
                so_far += *money;
                *money = so_far;
            }
        }
    }

    /// What stands before a need with this ratio.
    pub fn ahead(&self, limit: Limit, ratio: f64) -> Option<Ahead> {
        let queue = self.by_limit.get(&limit)?;
        let needs = queue.partition_point(|(other, _)| *other > ratio * (1.0 + TIE));
        let money = needs.checked_sub(1).map_or(0.0, |last| queue[last].1);
        Some(Ahead { needs, money })
    }
}
