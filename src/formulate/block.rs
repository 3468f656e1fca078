//! Blocks: the rows and columns of one school's needs. Each resource is a block of its own, but for those in which the
//! same units count: these are one.

use std::collections::BTreeMap;

use super::differences::{Compared, add_stocks};
use super::floor::{Floors, add_floor};
use super::keep::{Kept, held};
use super::moves::{Move, moves, roomy};
use super::need::{Need, add_shorts, untouched_gap};
use super::stay::Stays;
use super::{ColKey, Formulated, RowKey, Units};
use crate::case::settled::settled_supply;
use crate::case::{Band, Case};
use crate::program::{Block, Sense};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, ResourceIx, SchoolIx, YearIx};

type ByNeed = BTreeMap<(SchoolIx, ResourceIx), Compared>;

pub(super) fn add_blocks(
    form: &mut Formulated,
    case: &Case,
    kept: &[Kept],
    (room, floors, compared): (&Units, &Floors, &ByNeed),
) {
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
    };
    for resources in case.joint_resources() {
        let supplies = |measure: &MeasureIx| resources.contains(&case.measures[*measure].resource);
        let measures: Vec<MeasureIx> = case.measures.ids().filter(supplies).collect();
        for school in case.schools.ids() {
            let kept = by_school.get(&school).map_or(&[][..], Vec::as_slice);
            let need = |&resource: &ResourceIx| {
                let need = Need::of(case, school, resource, settled.get(&(school, resource)));
                let compared = compared.get(&(school, resource));
                need.map(|need| match compared {
                    Some(compared) => need.lifted(compared.years.first().copied(), compared.lift),
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
}

impl Builder<'_> {
    fn add_block(&mut self, needs: &[Need], measures: &[MeasureIx], kept: &[&Kept]) {
        let case = self.case;
        let moves = moves(self.form, case, needs, measures, (kept, self.room));
        let is_served = |need: &&Need| {
            let brings = |m: &Move| case.measures[m.measure].brings(need.resource).is_some();
            moves.iter().any(brings) || self.is_targeted(need)
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
            self.add_targets(need, shorts);
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

    /// Units that a target asks for beyond what a school has in a plan year; `None` where no target speaks of it.
    fn lacking(&self, need: &Need, year: YearIx) -> Option<f64> {
        let (school, resource) = (need.school, need.resource);
        let asked = self.case.target(&self.form.reach, school, resource, year)?;
        Some(asked.stock - (need.required[year.at()] - need.missing[year.at()]))
    }

    /// What may stay short in each plan year under the targets that speak of a need. What is brought is brought in whole
    /// steps, so that what a target asks for is rounded up to them: no plan in whole units is lost by it, and the optimum
    /// pays for what each school will need.
    fn add_targets(&mut self, need: &Need, shorts: &[Vec<(usize, f64)>]) {
        let case = self.case;
        let joint = case.measures.iter();
        let mut joint = joint.filter(|one| {
            (one.is_joint() || one.step.is_some()) && one.brings(need.resource).is_some()
        });
        let step = match joint.next() {
            None => case.resources[need.resource].step,
            Some(_) => 0.0,
        };
        for (year, shorts) in case.horizon.plan_years().zip(shorts) {
            let asked = case.target(&self.form.reach, need.school, need.resource, year);
            let (Some(asked), Some(lacking)) = (asked, self.lacking(need, year)) else {
                continue;
            };
            let lacking = match step > 0.0 {
                true => ((lacking / step) - STEP).ceil() * step,
                false => lacking,
            };
            let most = (need.missing[year.at()] - lacking).max(0.0);
            let could_be: f64 = shorts
                .iter()
                .map(|&(col, _)| self.form.program.cols[col].upper)
                .sum();
            if could_be > most {
                let key = RowKey::Target {
                    policy: asked.policy,
                    school: need.school,
                    resource: need.resource,
                    year,
                };
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
