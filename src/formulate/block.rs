//! Blocks: the rows and columns of one school's needs. Each resource is a block of its own, but for those in which the
//! same units count: these are one.

use std::collections::BTreeMap;

use super::differences::{Compared, add_stocks};
use super::floor::{Floors, add_floor};
use super::indicators::{Beyond, Slot, add_norms, asked_for, brought, is_beyond, steps};
use super::keep::{Kept, held};
use super::moves::{Move, moves, roomy};
use super::need::{Need, add_shorts, untouched_gap};
use super::stay::Stays;
use super::{ColKey, Formulated, RowKey, Units};
use crate::case::balance::Check;
use crate::case::settled::settled_supply;
use crate::case::{Band, Case};
use crate::program::{Block, Sense};
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

type ByNeed = BTreeMap<(SchoolIx, ResourceIx), Compared>;

/// What is compared, what is asked beyond R, and the checks that are open.
type Asked = (ByNeed, Beyond, Vec<Check>);

pub(super) fn add_blocks(
    form: &mut Formulated,
    case: &Case,
    kept: &[Kept],
    (room, floors, (compared, beyond, open)): (&Units, &Floors, &Asked),
) -> Vec<(usize, Slot)> {
    let mut by_school: BTreeMap<SchoolIx, Vec<&Kept>> = BTreeMap::new();
    for row in kept {
        by_school.entry(row.school).or_default().push(row);
    }
    let settled = settled_supply(case);
    let mut builder = Builder {
        form,
        case,
        bands: case.bands(),
        rooms: case.rooms(),
        room,
        stays: Stays::of(case),
        floors,
        compared,
        open: by_school_of(open),
        slots: Vec::new(),
    };
    for resources in case.joint_resources() {
        let supplies = |measure: &MeasureIx| resources.contains(&case.measures[*measure].resource);
        let measures: Vec<MeasureIx> = case.measures.ids().filter(supplies).collect();
        for school in case.schools.ids() {
            let kept = by_school.get(&school).map_or(&[][..], Vec::as_slice);
            let need = |&resource: &ResourceIx| {
                let need = Need::of(case, school, resource, settled.get(&(school, resource)));
                let compared = compared.get(&(school, resource));
                let lifted = compared.map(|one| (one.years.first().copied(), one.lift));
                let beyond = beyond.get(&(school, resource));
                let beyond = beyond.map(|&(from, units)| (Some(from), units));
                let lifts = lifted.into_iter().chain(beyond);
                let lift = lifts.reduce(|one, other| (one.0.min(other.0), one.1.max(other.1)));
                need.map(|need| match lift {
                    Some((from, units)) => need.lifted(from, units),
                    None => need,
                })
            };
            let needs: Vec<Need> = resources.iter().filter_map(need).collect();
            builder.add_block(&needs, &measures, kept);
            let known = |resource| needs.iter().any(|need| need.resource == resource);
            let others = measures.iter().copied();
            let others = others.filter(|&measure| !known(case.measures[measure].resource));
            let others: Vec<MeasureIx> = others.collect();
            builder.add_held(school, &others, kept);
            builder.add_unneeded(school, &others);
        }
    }
    builder.slots
}

/// Checks by their school, each with its place.
fn by_school_of(open: &[Check]) -> BTreeMap<SchoolIx, Vec<(usize, Check)>> {
    let mut found: BTreeMap<SchoolIx, Vec<(usize, Check)>> = BTreeMap::new();
    for (at, check) in open.iter().enumerate() {
        found
            .entry(check.school)
            .or_default()
            .push((at, check.clone()));
    }
    found
}

/// What blocks are built from.
struct Builder<'a> {
    form: &'a mut Formulated,
    case: &'a Case,
    bands: Vec<Band>,
    /// What a school still has use for of the measures that are bounded there.
    rooms: BTreeMap<(MeasureIx, SchoolIx), f64>,
    room: &'a Units,
    stays: Stays,
    floors: &'a Floors,
    compared: &'a ByNeed,
    /// The checks of which it is open which indicators stay below their norm, by school, with their places.
    open: BTreeMap<SchoolIx, Vec<(usize, Check)>>,
    /// The indicators that may, with the places of their checks.
    slots: Vec<(usize, Slot)>,
}

impl Builder<'_> {
    fn add_block(&mut self, needs: &[Need], measures: &[MeasureIx], kept: &[&Kept]) {
        let case = self.case;
        let moves = moves(self.form, case, needs, measures, (kept, self.room));
        let is_served = |need: &&Need| {
            let brings = |m: &Move| case.measures[m.measure].brings(need.resource).is_some();
            moves.iter().any(brings) || self.is_targeted(need) || self.is_checked(need)
        };
        let (served, untouched): (Vec<&Need>, Vec<&Need>) = needs.iter().partition(is_served);
        for need in untouched {
            for period in case.horizon.periods() {
                let gap = untouched_gap(self.form, case, &self.bands, need, period);
                self.form.fixed_gap[period.at()] += gap;
            }
        }
        if served.is_empty() {
            return;
        }
        let (first_row, first_col) = (self.form.program.rows.len(), self.form.program.cols.len());
        let mut shorts: Vec<Vec<(usize, f64)>> = Vec::new();
        for need in &served {
            for period in case.horizon.periods() {
                shorts.push(add_shorts(self.form, case, &self.bands, need, period));
            }
        }
        let columns: Vec<usize> = moves
            .iter()
            .map(|m| self.form.add_col(m.key, m.lower, m.upper, 0.0))
            .collect();
        let short_of = shorts.clone();
        let mut shorts = shorts.into_iter();
        for need in &served {
            self.add_needs(need, &moves, &columns, &mut shorts);
            add_ceilings(self.form, case, need, &moves, &columns);
        }
        for (need, shorts) in served
            .iter()
            .zip(short_of.chunks(case.horizon.period_count()))
        {
            self.add_targets(need, shorts, (&moves, &columns));
            let open = self.open.get(&need.school).map_or(&[][..], Vec::as_slice);
            let added = add_norms(self.form, case, need, (&moves, &columns), open);
            self.slots.extend(added);
            let last = case.horizon.years - 1;
            let floors = self.floors;
            add_floor(self.form, floors, need, YearIx::new(last), &shorts[last]);
            if let Some(compared) = self.compared.get(&(need.school, need.resource)) {
                add_stocks(self.form, case, need, &compared.years, &moves, &columns);
            }
        }
        self.add_mosts(&moves, &columns);
        self.stays.add(self.form, case, &moves, &columns);
        let (rows, cols) = (
            first_row..self.form.program.rows.len(),
            first_col..self.form.program.cols.len(),
        );
        self.form.program.blocks.push(Block { rows, cols });
    }

    /// One row for each period of a need; its shortfall columns are the next of `shorts`.
    fn add_needs(
        &mut self,
        need: &Need,
        moves: &[Move],
        columns: &[usize],
        shorts: &mut impl Iterator<Item = Vec<(usize, f64)>>,
    ) {
        let case = self.case;
        for (period, mut entries) in case.horizon.periods().zip(shorts) {
            let serving = moves
                .iter()
                .zip(columns)
                .filter(|(m, _)| m.service.contains(period.at()));
            entries.extend(serving.filter_map(|(m, &col)| {
                let each = case.measures[m.measure].brings(need.resource)?;
                Some((col, m.sign * each * m.service.share(period.at())))
            }));
            if !entries.is_empty() {
                let key = RowKey::Need {
                    school: need.school,
                    resource: need.resource,
                    period,
                };
                let missing = need.missing[period.at()];
                self.form.add_row(key, Sense::AtLeast, missing, entries);
            }
        }
    }

    /// Whether a target asks for more than a school has.
    fn is_targeted(&self, need: &Need) -> bool {
        let mut years = self.case.horizon.plan_years();
        years.any(|year| self.lacking(need, year).is_some_and(|units| units > 0.0))
    }

    /// Whether it is open whether a school is to meet the norm of a need that it does not meet.
    fn is_checked(&self, need: &Need) -> bool {
        let open = self.open.get(&need.school);
        let lacks = |(_, check): &(usize, Check)| {
            let part = check.parts.iter().find(|part| part.0 == need.resource);
            part.is_some_and(|part| part.1 > need.stock(check.year.at()))
        };
        open.is_some_and(|open| open.iter().any(lacks))
    }

    /// Units that a target asks for beyond what a school has in a plan year; `None` where no target speaks of it.
    fn lacking(&self, need: &Need, year: YearIx) -> Option<f64> {
        let (school, resource) = (need.school, need.resource);
        let asked = self.case.target(&self.form.reach, school, resource, year)?;
        Some(asked.stock - (need.required[year.at()] - need.missing[year.at()]))
    }

    /// What may stay short in each plan year under the targets that speak of a need. What is brought is brought in whole
    /// steps, so that what a target asks for is rounded up to them: no plan in whole units is lost by it, and the optimum
    /// pays for what each school will need.
    fn add_targets(
        &mut self,
        need: &Need,
        shorts: &[Vec<(usize, f64)>],
        (moves, columns): (&[Move], &[usize]),
    ) {
        let case = self.case;
        let step = steps(case, need.resource);
        for (year, shorts) in case.horizon.plan_years().zip(shorts) {
            let asked = case.target(&self.form.reach, need.school, need.resource, year);
            let Some(asked) = asked else {
                continue;
            };
            let lacking = asked_for(need, year, asked.stock, step);
            let key = RowKey::Target {
                policy: asked.policy,
                school: need.school,
                resource: need.resource,
                year,
            };
            // What is asked beyond R is no matter of what is short of it.
            if is_beyond(need, year, asked.stock) {
                let (entries, least) = brought(case, need, year, (moves, columns));
                if lacking > least {
                    self.form.add_row(key, Sense::AtLeast, lacking, entries);
                }
                continue;
            }
            let most = (need.missing[year.at()] - lacking).max(0.0);
            let could_be: f64 = shorts
                .iter()
                .map(|&(col, _)| self.form.program.cols[col].upper)
                .sum();
            if could_be > most {
                self.form.add_row(key, Sense::AtMost, most, shorts.to_vec());
            }
        }
    }

    /// No more of what is bounded by the same than a school has use for, over all measures and years.
    fn add_mosts(&mut self, moves: &[Move], columns: &[usize]) {
        let mut bounded: BTreeMap<(MeasureIx, SchoolIx), Vec<usize>> = BTreeMap::new();
        for (m, &col) in moves.iter().zip(columns) {
            if let ColKey::Supply { school, .. } = m.key {
                let at = (self.case.bounded_with(m.measure), school);
                bounded.entry(at).or_default().push(col);
            }
        }
        for ((measure, school), cols) in bounded {
            let Some(&most) = self.rooms.get(&(measure, school)) else {
                continue;
            };
            let upper = cols.iter().map(|&col| self.form.program.cols[col].upper);
            if upper.sum::<f64>() > most {
                let entries = cols.into_iter().map(|col| (col, 1.0)).collect();
                let key = RowKey::Most { school, measure };
                self.form.add_row(key, Sense::AtMost, most, entries);
            }
        }
    }

    /// Kept rows of a school of whose need nothing is known: they cost money, fill quotas and move posts all the same.
    fn add_held(&mut self, school: SchoolIx, measures: &[MeasureIx], kept: &[&Kept]) {
        let case = self.case;
        for &measure in measures {
            for year in case.horizon.plan_years() {
                let Some((brought, taken)) = held(kept, school, measure, year) else {
                    continue;
                };
                let supply = ColKey::Supply {
                    school,
                    measure,
                    year,
                };
                let give = ColKey::Give {
                    school,
                    measure,
                    year,
                };
                for (key, units) in [(supply, brought), (give, taken)] {
                    if units > 0.0 {
                        self.form.add_col(key, units, units, 0.0);
                    }
                }
            }
        }
    }

    /// Room for what a school is brought of whose need nothing is asked: it costs money and fills quotas all the same.
    fn add_unneeded(&mut self, school: SchoolIx, measures: &[MeasureIx]) {
        let (case, room) = (self.case, self.room);
        if room.is_empty() {
            return;
        }
        for &measure in measures {
            let payable = case.measures[measure].cost.is_zero()
                || self.form.classes.class(measure, school).is_some();
            if !payable || !self.form.reach.allows(measure, school) {
                continue;
            }
            for year in case.open_years() {
                let supply = ColKey::Supply {
                    school,
                    measure,
                    year,
                };
                let units = roomy(room, &supply);
                if units > 0.0 && !case.service(measure, year).is_empty() {
                    self.form.add_col(supply, 0.0, units, 0.0);
                }
            }
        }
    }
}

/// What was bought and does not last is not bought anew while it is still in use: in no plan year does a school have
/// more of it than its largest need of the plan years. (Without this, the years after the plan would have computers
/// replaced at once in the last year.) Posts do not wear out: a rotation that ends is no reason to replace anybody.
/// Not where a rule forces more than the need, nor around kept rows.
fn add_ceilings(
    form: &mut Formulated,
    case: &Case,
    need: &Need,
    moves: &[Move],
    columns: &[usize],
) {
    let without = |period: usize| need.missing[period] + need.base(period);
    let most = most_in_use(
        (0..case.horizon.years)
            .map(without)
            .fold(need.lift(), f64::max),
        case.resources[need.resource].step,
    );
    // The last part of a need may take a project of the smallest size.
    let leasts = moves.iter().map(|m| case.measures[m.measure].least);
    let most = most + leasts.fold(0.0, f64::max) * f64::from(u8::from(most > 0.0));
    let last = case.horizon.period_count() - 1;
    let counts = |m: &&Move| case.measures[m.measure].brings(need.resource).is_some();
    let serving: Vec<(&Move, usize)> = moves
        .iter()
        .zip(columns.iter().copied())
        .filter(|(m, _)| counts(m))
        .collect();
    let wears_out = |m: &Move| m.lasts && m.service.share(last) < 1.0;
    let free = |m: &Move| m.sign > 0.0 && m.lower < m.upper && m.wanted <= need.welcome(&m.service);
    let mut all = serving.iter().map(|(m, _)| *m);
    if most <= 0.0 || !all.clone().any(wears_out) || !all.all(free) {
        return;
    }
    for period in case.horizon.plan_years() {
        let here = serving
            .iter()
            .filter(|(m, _)| m.service.contains(period.at()));
        let each = |m: &Move| case.measures[m.measure].brings(need.resource);
        let entries = here.filter_map(|&(m, col)| Some((col, each(m)?)));
        let entries: Vec<(usize, f64)> = entries.collect();
        let base = need.base(period.at()).max(0.0);
        if entries.len() > usize::from(base == 0.0) {
            let (school, resource) = (need.school, need.resource);
            let most = (most - base).max(0.0);
            form.add_row(
                RowKey::Ceiling {
                    school,
                    resource,
                    period,
                },
                Sense::AtMost,
                most,
                entries,
            );
        }
    }
}

/// How much may be in use at once for a need: up to whole steps, since a plan in whole units may cover the last part of
/// a need, and the bound must hold for it. Where that is less than one part in a hundred, a hundredth more: so the limit
/// grows with the need, and large needs that differ only in size stay alike.
fn most_in_use(need: f64, step: f64) -> f64 {
    const LARGE: f64 = 100.0;
    if need >= LARGE * step {
        need * (1.0 + 1.0 / LARGE)
    } else {
        (need / step).ceil() * step
    }
}
