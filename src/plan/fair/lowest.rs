//! The lowest first (leximin): the attainment of the lowest schools is raised as far as it can be for all of them; those
//! that can go no higher are held there, the others go on rising.
//!
//! The attainment of a school is the least part of its standard that it has of any weighted resource in the last plan year,
//! min(1, stock / R). A need that no measure can raise by then is no part of it, and is listed. A common level t stands in
//! a row for each need that rises, short + R·t ≤ R, and is maximised. A need whose row has a multiplier is at t in every
//! optimum (complementary slackness): its school is held there.
//!
//! Equal needs are lumped first and the level put in afterwards: for a fixed t the rows scale with their schools' size, so
//! that a lump at t is a plan of each of its schools at t, and the other way round.

use std::collections::{BTreeMap, BTreeSet};

use super::tangents;
use crate::case::Case;
use crate::formulate::{ColKey, Floors, Formulated, RowKey};
use crate::plan::answer::Options;
use crate::plan::posed::Posed;
use crate::plan::prove::{Known, optimum};
use crate::program::Program;
use crate::program::lump::{Lumped, lump};
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// How many levels and rounds of tangents are gone through before the search is given up.
const ROUNDS: usize = 400;

/// A row is at the level in every optimum when what it weighs is at least this part of what the heaviest weighs.
const WEIGHS: f64 = 1e-4;

/// What is left of a level as room for the rounding of the solves that build on it, absolute, as a part of the standard.
const ROOM: f64 = 1e-7;

/// Up to where the lowest schools can be raised, before whole units.
#[derive(Clone, PartialEq, Debug)]
pub struct Lowest {
    /// The schools with a need that measures can raise, in file order.
    pub schools: Vec<Held>,
    /// The needs that count for their attainment, in order of school and resource.
    pub needs: Vec<(SchoolIx, ResourceIx)>,
    /// Needs that no measure can raise by the last plan year: no part of their schools' attainment.
    pub left_out: Vec<(SchoolIx, ResourceIx)>,
    /// How many different levels there are.
    pub levels: usize,
    /// The largest distance of a level and its proven bound, as a part of the standard.
    pub within: f64,
    /// Whether every school has been raised as far as it can be.
    pub complete: bool,
}

/// A school at its level.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Held {
    /// The school.
    pub school: SchoolIx,
    /// Its attainment in the continuous plan.
    pub level: f64,
    /// The need that can go no higher; `None` at the full standard and where the search was given up.
    pub by: Option<ResourceIx>,
}

/// The needs that rise, at floor 0: something is missing without a plan in the last plan year, or may come to be, and a
/// measure can bring something by then.
pub(super) fn needs(case: &Case, form: &Formulated) -> Floors {
    let last = case.horizon.last();
    let mut found = Floors::new();
    for (key, row) in form.rows.iter().zip(&form.program.rows) {
        let RowKey::Need {
            school,
            resource,
            period,
        } = *key
        else {
            continue;
        };
        let brings = |&(col, each): &(usize, f64)| {
            matches!(form.cols[col], ColKey::Supply { .. })
                && each > 0.0
                && form.program.cols[col].upper > 0.0
        };
        let is_short = |&(col, _): &(usize, f64)| matches!(form.cols[col], ColKey::Short { .. });
        let counts = period == last && case.resources[resource].weight > 0.0;
        if counts && row.entries.iter().any(brings) && row.entries.iter().any(is_short) {
            found.insert((school, resource), 0.0);
        }
    }
    found
}

/// What is short in the last plan year without a plan and can be raised by no measure.
fn left_out(case: &Case, floors: &Floors) -> Vec<(SchoolIx, ResourceIx)> {
    let last = case.horizon.last();
    let mut found = Vec::new();
    for school in case.schools.ids() {
        for (resource, stated) in case.resources.pairs() {
            let (required, stock) = (
                case.required(school, resource, last),
                case.stock_in(school, resource, last),
            );
            let short =
                matches!((required, stock), (Some(required), Some(stock)) if stock < required);
            if short && stated.weight > 0.0 && !floors.contains_key(&(school, resource)) {
                found.push((school, resource));
            }
        }
    }
    found
}

/// Raises the lowest, level by level, and puts the floors into the program. `None` where no plan keeps the rules, or the
/// search was halted before it had a level.
pub(super) fn raise(case: &Case, form: &mut Formulated, options: &Options) -> Option<Lowest> {
    let mut climb = Climb::of(case, form);
    let mut lowest = Lowest {
        schools: Vec::new(),
        needs: form.floors.keys().copied().collect(),
        left_out: left_out(case, &form.floors),
        levels: 0,
        within: 0.0,
        complete: true,
    };
    let mut held: BTreeMap<SchoolIx, Held> = BTreeMap::new();
    let mut level = 0.0_f64;
    let mut rounds = 0;
    while !climb.rising.is_empty() {
        rounds += 1;
        let found = match rounds > ROUNDS {
            true => None,
            false => climb.highest(form, options),
        };
        let Some(found) = found else {
            if held.is_empty() && level == 0.0 {
                return None;
            }
            lowest.complete = false;
            for school in std::mem::take(&mut climb.rising) {
                held.insert(
                    school,
                    Held {
                        school,
                        level,
                        by: None,
                    },
                );
                climb.hold(case, form, school, level);
            }
            break;
        };
        if !form.comparisons.is_empty() && tangents::add_broken(form, &found.values, 0.0) > 0 {
            continue;
        }
        // What is left as room may make the next level seem a little lower.
        level = found.level.max(level).min(1.0);
        lowest.within = lowest.within.max(found.bound - found.level);
        lowest.levels += 1;
        let stopped: BTreeMap<SchoolIx, Option<ResourceIx>> = match level >= 1.0 - ROOM {
            true => climb.rising.iter().map(|&school| (school, None)).collect(),
            false => climb.stopped(form, &found.weights),
        };
        for (school, by) in stopped {
            climb.rising.remove(&school);
            climb.hold(case, form, school, level);
            held.insert(school, Held { school, level, by });
        }
    }
    lowest.levels = distinct(held.values().map(|one| one.level));
    lowest.schools = held.into_values().collect();
    Some(lowest)
}

/// The highest level that every school can have of each need that measures can raise; `None` where none was proven.
pub(super) fn highest(case: &Case, form: &Formulated, options: &Options) -> Option<f64> {
    let climb = Climb::of(case, form);
    if climb.rising.is_empty() {
        return Some(1.0);
    }
    Some(climb.highest(form, options)?.level)
}

/// How many of some levels differ by more than rounding.
fn distinct(levels: impl Iterator<Item = f64>) -> usize {
    let mut levels: Vec<f64> = levels.collect();
    levels.sort_by(f64::total_cmp);
    levels.dedup_by(|one, before| (*one - *before).abs() <= 10.0 * ROOM);
    levels.len()
}

/// A climb on its way.
struct Climb {
    /// The rows of floors, by school.
    floors: BTreeMap<SchoolIx, Vec<(usize, ResourceIx)>>,
    rising: BTreeSet<SchoolIx>,
    last: YearIx,
}

/// The highest common level of the schools that rise.
struct Highest {
    level: f64,
    /// No plan has a higher one.
    bound: f64,
    /// Values of the program's columns.
    values: Vec<f64>,
    /// What each row of a floor weighs in the proof, by row of the program.
    weights: BTreeMap<usize, f64>,
}

impl Climb {
    fn of(case: &Case, form: &Formulated) -> Climb {
        let mut floors: BTreeMap<SchoolIx, Vec<(usize, ResourceIx)>> = BTreeMap::new();
        for (at, key) in form.rows.iter().enumerate() {
            if let RowKey::Floor { school, resource } = *key {
                floors.entry(school).or_default().push((at, resource));
            }
        }
        Climb {
            rising: floors.keys().copied().collect(),
            floors,
            last: case.horizon.last(),
        }
    }

    /// Holds a school at a level: each of its needs has a floor there.
    fn hold(&self, case: &Case, form: &mut Formulated, school: SchoolIx, level: f64) {
        let floor = (level - ROOM).max(0.0);
        for &(row, resource) in &self.floors[&school] {
            let required = case.required(school, resource, self.last).unwrap_or(0.0);
            // A floor of 0 asks for nothing; it must not be taken for a row that rises.
            form.program.rows[row].rhs = match floor > 0.0 {
                true => (1.0 - floor) * required,
                false => 2.0 * required,
            };
            form.floors.insert((school, resource), floor);
        }
    }

    /// The rows that rise.
    fn rows(&self) -> impl Iterator<Item = usize> {
        let rising = self.rising.iter();
        rising.flat_map(|school| self.floors[school].iter().map(|floor| floor.0))
    }

    /// `None` where no level was proven.
    fn highest(&self, form: &Formulated, options: &Options) -> Option<Highest> {
        let lumped = match options.unlumped {
            true => None,
            false => Some(lump(&form.program)),
        };
        let place = |row: usize| {
            lumped
                .as_ref()
                .map_or(row, |lumped: &Lumped| lumped.row(row))
        };
        let mut program: Program = lumped
            .as_ref()
            .map_or_else(|| form.program.clone(), |lumped| lumped.program.clone());
        program = program.with_costs(&vec![0.0; program.cols.len()]);
        program.blocks.clear();
        let level = program.add_col(0.0, 1.0, -1.0);
        let rows: BTreeSet<usize> = self.rows().map(place).collect();
        for &row in &rows {
            let row = &mut program.rows[row];
            let required = row.rhs;
            row.entries.push((level, required));
        }
        let mut posed = Posed::new(&program, true);
        let Known::Point(proof) = optimum(&mut posed, options.solver, &options.halt) else {
            return None;
        };
        let weigh = |row: usize| -proof.multipliers[place(row)] * program.rows[place(row)].rhs;
        let values = &proof.values[..level];
        Some(Highest {
            level: proof.values[level],
            bound: -proof.bound,
            values: lumped
                .as_ref()
                .map_or_else(|| values.to_vec(), |lumped| lumped.expand(values)),
            weights: self.rows().map(|row| (row, weigh(row))).collect(),
        })
    }

    /// The schools that can go no higher, each with the need that holds it: those with a row that weighs something. At
    /// least one does, since what all rows weigh together is 1 where the level is below 1.
    fn stopped(
        &self,
        form: &Formulated,
        weights: &BTreeMap<usize, f64>,
    ) -> BTreeMap<SchoolIx, Option<ResourceIx>> {
        let most = weights.values().copied().fold(0.0, f64::max);
        let heavy = weights
            .iter()
            .filter(|(_, weight)| **weight >= WEIGHS * most);
        let mut stopped: BTreeMap<SchoolIx, (f64, Option<ResourceIx>)> = BTreeMap::new();
        for (&row, &weight) in heavy {
            let RowKey::Floor { school, resource } = form.rows[row] else {
                continue;
            };
            let best = stopped.entry(school).or_insert((f64::NEG_INFINITY, None));
            if weight > best.0 {
                *best = (weight, Some(resource));
            }
        }
        stopped
            .into_iter()
            .map(|(school, (_, by))| (school, by))
            .collect()
    }
}
