//! Rotation: posts that leave schools of a county and stage and arrive at others, within every quota.

use std::collections::BTreeMap;

use super::{Dealer, Total, count};
use crate::case::Circle;
use crate::formulate::{ColKey, Exchanging};
use crate::plan::pools::Pool;
use crate::plan::waterfill::{Vessel, fill, whole};
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{MeasureIx, SchoolIx, YearIx};

impl Dealer<'_> {
    /// Counts posts that leave a school.
    pub(super) fn count(&mut self, school: SchoolIx, measure: MeasureIx, year: YearIx, units: f64) {
        let reach = &self.form.reach;
        let rows: Vec<usize> = self
            .quotas
            .counted_at(reach, school, measure, year)
            .collect();
        for at in rows {
            self.quotas.count(at, units);
        }
    }

    /// Steps that may still leave a school, and others like it, under every quota that speaks of it.
    pub(super) fn allowed(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> u64 {
        let reach = &self.form.reach;
        let rows = self.quotas.counted_at(reach, school, measure, year);
        rows.filter_map(|at| self.quotas.left(at))
            .map(|units| self.steps(measure, units))
            .min()
            .unwrap_or(u64::MAX)
    }

    /// Counts the money for what a school is brought.
    pub(super) fn count_money(
        &mut self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        units: f64,
    ) {
        if !self.caps_money || units <= 0.0 {
            return;
        }
        let dues = self.case.dues(measure, year, units);
        let at = (year, measure, school);
        for (row, due) in self.quotas.paid_at(&self.form.reach, at, &dues) {
            self.quotas.count(row, due.main());
        }
    }

    /// Steps that a school, and others like it, may still be brought under every rule that speaks of money for them.
    pub(super) fn affordable(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> u64 {
        if !self.caps_money {
            return u64::MAX;
        }
        let dues = self.case.dues(measure, year, self.step(measure));
        let at = (year, measure, school);
        let rows = self.quotas.paid_at(&self.form.reach, at, &dues);
        let left = rows.into_iter().filter_map(|(row, due)| {
            let steps = self.quotas.left(row)? / due.main();
            Some(whole(steps))
        });
        left.min().unwrap_or(u64::MAX)
    }

    /// Posts leave first; as many arrive as have left, and who finds no place stays at home. Held postings count on
    /// both sides.
    pub(super) fn rotate<'p>(
        &mut self,
        here: impl Iterator<Item = (&'p Pool, Total)>,
        measure: MeasureIx,
        year: YearIx,
    ) {
        let mut places: BTreeMap<Circle, Vec<(&Pool, Total)>> = BTreeMap::new();
        for (pool, total) in here {
            if pool.place.is_some() {
                let circle = self.case.circle(measure, pool.schools[0]);
                places.entry(circle).or_default().push((pool, total));
            }
        }
        let held = self.held(measure, year);
        let arriving = self.arriving(&places, measure);
        for ((place, local), arrivals) in places.into_iter().zip(arriving) {
            let (held_arriving, held_leaving) = held.get(&place).copied().unwrap_or_default();
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
            let bring = |dealer: &mut Self, pool: &Pool, steps: u64| {
                let steps = steps.min(dealer.affordable(pool.schools[0], measure, year));
                dealer.bring(pool, measure, year, steps)
            };
            let open = leaving.saturating_sub(held_arriving);
            let come = self.share_out(&local, open, measure, |total| total.brought, bring);
            self.call_back(&gone, measure, year, open - count(&come));
        }
    }

    /// Posts that arrive in each place: whole ones, and of what is rounded away the posts that it adds up to over all
    /// places, where most was.
    fn arriving(
        &self,
        places: &BTreeMap<Circle, Vec<(&Pool, Total)>>,
        measure: MeasureIx,
    ) -> Vec<u64> {
        let step = self.step(measure);
        let totals: Vec<f64> = places
            .values()
            .map(|local| local.iter().map(|(_, total)| total.brought / step).sum())
            .collect();
        let mut arriving: Vec<u64> = totals.iter().map(|&total| whole(total)).collect();
        let all: f64 = totals.iter().sum();
        // More than the total only where parts are known to be worth a whole post.
        let most = if self.rounds_up[measure.at()] {
            0.5
        } else {
            0.0
        };
        let parts = whole(all + most).saturating_sub(arriving.iter().sum());
        let mut order: Vec<usize> = (0..totals.len()).collect();
        let part = |at: usize| totals[at] - arriving[at] as f64;
        order.sort_by(|&one, &other| part(other).total_cmp(&part(one)).then(one.cmp(&other)));
        order.truncate(usize::try_from(parts).unwrap_or(usize::MAX));
        for at in order {
            arriving[at] += 1;
        }
        arriving
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

    /// Steps the planner has fixed in each circle: arriving and leaving.
    fn held(&self, measure: MeasureIx, year: YearIx) -> BTreeMap<Circle, (u64, u64)> {
        let first = (year, measure, SchoolIx::new(0));
        let here = self
            .deal
            .range(first..)
            .take_while(|(at, _)| (at.0, at.1) == (year, measure));
        let mut held: BTreeMap<Circle, (u64, u64)> = BTreeMap::new();
        for ((_, _, school), dealt) in here.filter(|(_, dealt)| dealt.kept) {
            let circle = self.case.circle(measure, *school);
            let (arriving, leaving) = held.entry(circle).or_default();
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
        let step = self.step(measure);
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
                self.course.bring(self.case, (year, measure, school), units);
                self.count(school, measure, year, -units);
            }
        }
    }

    /// Exchanges one against one, in proportion to the schools' stocks.
    pub(super) fn exchange_all(&mut self, values: &[f64]) {
        let form = self.form;
        let mut exchanging: BTreeMap<(MeasureIx, SchoolIx), Vec<SchoolIx>> = BTreeMap::new();
        for (measure, stated) in self.case.measures.pairs() {
            if stated.lever.moves() {
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
                .map(|&school| self.case.stock_in(school, resource, year).unwrap_or(0.0));
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
