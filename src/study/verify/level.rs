//! How far the present plan fills needs that tie: the level of its water-fill.

use std::collections::BTreeMap;

use crate::case::Case;
use crate::formulate::Formulated;
use crate::plan::{Plan, pools};
use crate::words::{ResourceIx, SchoolIx};

/// The attainment of those that were given something, by pool, and by resource for pools of which none was.
pub(super) struct Levels {
    by_need: BTreeMap<(SchoolIx, ResourceIx), f64>,
    by_resource: Vec<Filled>,
}

/// Sums over those that were given something.
#[derive(Clone, Copy, Default)]
struct Filled {
    has: f64,
    wants: f64,
}

impl Filled {
    fn add(&mut self, other: Filled) {
        self.has += other.has;
        self.wants += other.wants;
    }

    fn level(self) -> Option<f64> {
        (self.wants > 0.0).then(|| self.has / self.wants)
    }
}

impl Levels {
    /// The levels of the plan of `base`, for the pools of a case that differs from it in some numbers.
    pub(super) fn of(base: &Case, plan: &Plan, case: &Case, form: &Formulated) -> Levels {
        let mut levels = Levels {
            by_need: BTreeMap::new(),
            by_resource: vec![Filled::default(); case.resources.len()],
        };
        for pool in pools(case, form, &[]) {
            let resource = pool.resource;
            let mut filled = Filled::default();
            let given = pool.schools.iter();
            given
                .filter_map(|&school| given_to(base, plan, school, resource))
                .for_each(|one| filled.add(one));
            levels.by_resource[resource.at()].add(filled);
            if let Some(level) = filled.level() {
                let needs = pool.schools.iter().map(|&school| (school, resource));
                levels.by_need.extend(needs.map(|need| (need, level)));
            }
        }
        levels
    }

    /// The attainment up to which the plan would fill this need; `None` where it fills none of its resource.
    pub(super) fn at(&self, need: (SchoolIx, ResourceIx)) -> Option<f64> {
        let own = self.by_need.get(&need).copied();
        own.or_else(|| self.by_resource[need.1.at()].level())
    }
}

/// What a school has with the plan, and should have, where the plan gives it something; what comes into use only after
/// the plan counts too.
fn given_to(base: &Case, plan: &Plan, school: SchoolIx, resource: ResourceIx) -> Option<Filled> {
    let stock = base.schools[school].stock[resource.at()]?;
    let wants = base.required(school, resource, base.horizon.last())?;
    let supplied = |period| plan.outcome.supplied(school, resource, period);
    let most = base.horizon.periods().map(supplied).fold(0.0, f64::max);
    (most > 0.0).then_some(Filled {
        has: stock + most,
        wants,
    })
}
