//! Limits on differences that rounding has broken: units for schools that are behind the others.
//!
//! First with money that is left, then with what is taken back where it does not matter to any rule, and in the end by
//! taking back what the plan brings to schools that are ahead: nobody is lowered below what there is without the plan.

use super::{At, TopUp};
use crate::case::balance::{Comparison, Index};
use crate::plan::effort::look;
use crate::plan::ledger::{Demand, Lacks};
use crate::plan::waterfill::whole;
use crate::words::tolerance::STEP;
use crate::words::{Money, ResourceIx, SchoolIx};

/// How many steps of mending one comparison may take before it is given up.
const MOST_STEPS: usize = 20_000;

/// How many places are tried for units that have to be taken back elsewhere.
const MOST_PLACES: usize = 24;

/// A school on one side of a comparison.
struct Side {
    school: SchoolIx,
    resource: ResourceIx,
    /// By how much the index grows with a unit of stock.
    slope: f64,
    /// Units up to (or down to) the mean.
    units: f64,
}

impl TopUp<'_, '_> {
    /// Brings every comparison within its limit. Says of which rule that cannot be done in whole units.
    pub(super) fn meet_differences(&mut self) -> Result<(), Demand> {
        for _ in 0..MOST_STEPS {
            let Some((at, value)) = self.course.most_uneven() else {
                return Ok(());
            };
            let one = self.course.comparisons()[at].clone();
            if !self.narrow(&one) {
                return Err(uneven(&one, value));
            }
        }
        let found = self.course.most_uneven();
        found.map_or(Ok(()), |(at, value)| {
            Err(uneven(&self.course.comparisons()[at], value))
        })
    }

    /// Makes a difference smaller by one portion. Says whether anything could be done.
    fn narrow(&mut self, one: &Comparison) -> bool {
        let sides = self.sides(one);
        let mut places: Vec<(f64, At, u64)> = Vec::new();
        for side in sides.iter().filter(|side| side.slope < 0.0) {
            places.extend(self.places_below(one, side));
        }
        // What narrows most for its money comes first.
        places.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        if places
            .iter()
            .any(|&(_, at, steps)| self.add_most(at, steps, None))
        {
            return true;
        }
        let few = places.iter().take(MOST_PLACES);
        if few.clone().any(|&(_, at, _)| self.add_within_rules(at)) {
            return true;
        }
        let mut above: Vec<&Side> = sides.iter().filter(|side| side.slope > 0.0).collect();
        above.sort_by(|a, b| b.slope.total_cmp(&a.slope).then(a.school.cmp(&b.school)));
        above.into_iter().any(|side| self.take_from(one, side))
    }

    /// Adds a step paid with what is taken back elsewhere, where no rule misses that.
    fn add_within_rules(&mut self, at: At) -> bool {
        let before = (self.ledger.clone(), self.course.clone(), self.deal.clone());
        let added = self.add_instead(at) && self.ledger.unmet_demand().is_none();
        if !added {
            (*self.ledger, *self.course, *self.deal) = before;
        }
        added
    }

    /// The schools of a comparison, in its order.
    fn sides(&self, one: &Comparison) -> Vec<Side> {
        let mut sides = Vec::new();
        for part in &one.parts {
            let stock = |school, resource| self.course.stock(school, resource, one.year.at());
            let levels = part.levels(stock);
            let mean: f64 = levels.iter().map(|(w, x)| w * x).sum();
            let Some(value) = one.index.of(&levels) else {
                continue;
            };
            let slopes = one.index.slopes(&levels);
            for ((member, (w, x)), g) in part.members.iter().zip(&levels).zip(slopes) {
                // Of Gini's and the mean deviation's slopes there are several where levels tie.
                let turn = match one.index {
                    Index::Cv => g - value * w,
                    _ if *x < mean => (g - value * w).min(-f64::MIN_POSITIVE),
                    _ => g - value * w,
                };
                sides.push(Side {
                    school: member.school,
                    resource: part.resource,
                    slope: turn * member.scale,
                    units: (mean - x).abs() / member.scale.max(f64::MIN_POSITIVE),
                });
            }
        }
        sides
    }

    /// Where a school may be brought more in time, with how much that narrows for its money, and how many steps.
    fn places_below(&self, one: &Comparison, side: &Side) -> Vec<(f64, At, u64)> {
        let (case, reach) = (self.case, self.ledger.reach());
        let mut found = Vec::new();
        for (measure, stated) in case.measures.pairs() {
            let Some(each) = stated.brings(side.resource) else {
                continue;
            };
            if stated.lever.moves() || !reach.allows(measure, side.school) {
                continue;
            }
            let step = case.step(measure);
            // Half of the way to the mean, which moves too.
            let steps = whole(side.units / each / step / 2.0).max(1);
            for year in case.open_years() {
                if !case.service(measure, year).contains(one.year.at()) {
                    continue;
                }
                let money = case.price_for_good(measure, year).max(1e-9);
                found.push((
                    -side.slope * each / money,
                    (year, measure, side.school),
                    steps,
                ));
            }
        }
        found
    }

    /// Takes back what the plan brings to a school that is ahead, as far as no rule misses it.
    fn take_from(&mut self, one: &Comparison, side: &Side) -> bool {
        let case = self.case;
        let gives = |at: &&At| {
            look();
            let stated = &case.measures[at.1];
            let dealt = &self.deal[at];
            at.2 == side.school
                && stated.brings(side.resource).is_some()
                && !dealt.kept
                && dealt.brought > 0.0
                && !stated.lever.moves()
                && case.service(at.1, at.0).contains(one.year.at())
        };
        let from: Vec<At> = self.deal.keys().rev().filter(gives).copied().collect();
        from.into_iter().any(|at| {
            let step = case.step(at.1);
            let all = whole(self.deal[&at].brought / step);
            let wanted = whole(side.units / step / 2.0).max(1);
            let steps = wanted.min(all);
            if steps == 0 || !self.is_spare(&at) {
                return false;
            }
            let units = steps as f64 * step;
            if !self.course.stays_even(case, &[(at, -units)]) {
                return false;
            }
            let before = self.course.compared(one);
            self.withdraw(at, units);
            let helps = self.course.compared(one) < before - STEP * one.most * 1e-6;
            if !helps || self.ledger.unmet_demand().is_some() {
                self.add_most(at, steps, None);
                return false;
            }
            true
        })
    }
}

/// The demand that is not met where a comparison stays beyond its limit.
fn uneven(one: &Comparison, value: f64) -> Demand {
    Demand {
        policy: one.policy,
        year: Some(one.year),
        place: None,
        outside: false,
        eased_in: None,
        yields_inside: false,
        lacks: Lacks::Units(value - one.most),
        crowded: Money::ZERO,
    }
}
