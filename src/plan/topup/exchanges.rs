//! Posts that change places one against one need somebody to change with.

use std::collections::BTreeMap;

use super::TopUp;
use crate::case::{Bound, Circle, Rule};
use crate::plan::ledger::{Demand, Lacks};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

type PoolAt = (YearIx, MeasureIx, Circle);

/// What moves in a pool: posts in all, and the school that has most of both ends of the moves.
#[derive(Default)]
struct Moving {
    all: f64,
    busiest: Option<(SchoolIx, f64)>,
}

impl TopUp<'_, '_> {
    /// Sees to it that no school changes places with itself: in each pool whoever arrives at a school has left another.
    /// That can be arranged as long as no school has more than half of all ends of the moves. Where one has, others
    /// exchange as well. Says which minimum cannot be met so.
    pub(super) fn pair_exchanges(&mut self) -> Result<(), Demand> {
        for (pool, moving) in self.moving() {
            let Some((school, ends)) = moving.busiest else {
                continue;
            };
            let step = self.case.step(pool.1);
            let mut lacking = ends - moving.all;
            for other in self.partners(&pool, school) {
                let at = (pool.0, pool.1, other);
                while lacking > STEP * step && self.add(at, other, 1, None) {
                    lacking -= step;
                }
            }
            if lacking > STEP * step
                && let Some(policy) = self.minimum(pool.1, school)
            {
                return Err(Demand {
                    policy,
                    year: Some(pool.0),
                    place: None,
                    outside: false,
                    eased_in: None,
                    yields_inside: false,
                    lacks: Lacks::Units(lacking),
                    crowded: Money::ZERO,
                });
            }
        }
        Ok(())
    }

    fn moving(&self) -> BTreeMap<PoolAt, Moving> {
        let mut pools: BTreeMap<PoolAt, Moving> = BTreeMap::new();
        for (&(year, measure, school), dealt) in self.deal.iter() {
            if !self.case.measures[measure].lever.moves() {
                continue;
            }
            let circle = self.case.circle(measure, school);
            let pool = pools.entry((year, measure, circle));
            let pool = pool.or_default();
            pool.all += dealt.brought;
            let ends = dealt.brought + dealt.taken;
            if pool.busiest.is_none_or(|(_, most)| ends > most) {
                pool.busiest = Some((school, ends));
            }
        }
        pools
    }

    /// Other schools of a pool that may exchange, those with most posts first.
    fn partners(&self, pool: &PoolAt, school: SchoolIx) -> Vec<SchoolIx> {
        let resource = self.case.measures[pool.1].resource;
        let stock = |school: &SchoolIx| self.case.stock_in(*school, resource, pool.0);
        let neighbours = self.ledger.neighbours(pool.1, school).into_iter();
        let mut others: Vec<SchoolIx> = neighbours
            .filter(|&other| other != school && self.ledger.reach().allows(pool.1, other))
            .collect();
        let posts = |school: &SchoolIx| stock(school).unwrap_or(0.0);
        others.sort_by(|one, other| posts(other).total_cmp(&posts(one)).then(one.cmp(other)));
        others
    }

    /// The first minimum quota that speaks of a rotation at a school.
    fn minimum(&self, measure: MeasureIx, school: SchoolIx) -> Option<PolicyIx> {
        let is_minimum = |policy: &PolicyIx| {
            matches!(
                self.case.policies[*policy].rule,
                Rule::Quota {
                    bound: Bound::Min,
                    ..
                }
            )
        };
        let reach = self.ledger.reach();
        let mut policies = reach.policies(measure, reach.kind(school));
        policies.find(is_minimum)
    }
}
