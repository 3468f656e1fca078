//! Moves: who goes where in a rotation (交流轮岗).
//!
//! The rows of a plan say how many posts a school gives and how many it gets. Those who leave and those who arrive
//! are paired here within each measure, year and circle, the pool in which a rotation balances. Pairs of schools
//! have an order: the same township first, then the shorter way, then the file order of the school that gets, then of
//! the one that gives. The first pair that is open moves as many posts as it can, and so on. A pair is open while both
//! schools have posts to give and to get, and while what is left can still be paired without sending anybody to the
//! school they come from: exchanges one against one make schools that both give and get.
//!
//! The way is the road that the case states, in either direction (the shortest if it states several); else the great
//! circle between the schools' positions; else unknown, which comes after all that are known. A township that is not
//! given is taken for another one.

mod pair;
mod pool;
mod take_up;

use std::collections::BTreeMap;

use self::pool::Pool;
pub use self::take_up::TakeUp;
use super::row::PlanRow;
use crate::case::{Case, Circle, Distances, Lever};
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// Posts that go from one school to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Move {
    /// The rotation.
    pub measure: MeasureIx,
    /// The plan year in which they go.
    pub year: YearIx,
    /// The school they leave.
    pub from: SchoolIx,
    /// The school they go to, of the same county and stage; another one than `from`.
    pub to: SchoolIx,
    /// How many, in units of the resource; whole steps, more than 0.
    pub units: f64,
    /// Whether both schools lie in one township; `None` where one's is not given.
    pub same_township: Option<bool>,
    /// How far it is in km: by the road stated, else along the great circle, to the metre; `None` where unknown.
    pub km: Option<f64>,
    /// The first calendar year in which they are home again; `None` where that is after the plan.
    pub back: Option<i32>,
}

/// Posts of a school that no move accounts for.
#[derive(Clone, PartialEq, Debug)]
pub struct Unpaired {
    /// The rotation.
    pub measure: MeasureIx,
    /// The plan year.
    pub year: YearIx,
    /// The school.
    pub school: SchoolIx,
    /// Units that leave it and go nowhere.
    pub leaving: f64,
    /// Units that arrive and come from nowhere. As many as leave where a school could only exchange with itself; the
    /// other is 0 where the rows do not balance, which the audit reports.
    pub arriving: f64,
}

/// All moves of a plan.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Moves {
    /// By year and measure, then in the order in which pairs are made: the same township and the nearest first.
    pub list: Vec<Move>,
    /// What could not be paired, by year, measure and school.
    pub unpaired: Vec<Unpaired>,
}

/// Whether a case knows rotation at all.
pub fn rotates(case: &Case) -> bool {
    let mut measures = case.measures.iter();
    measures.any(|measure| measure.lever.moves())
}

/// Where posts change places: one measure and year, one circle.
type Place = (YearIx, MeasureIx, Circle);

/// The moves behind the rows of a plan. In each pool O(n² log n) at most, n being its schools.
pub fn moves(case: &Case, rows: &[PlanRow]) -> Moves {
    let mut pools: BTreeMap<Place, Pool> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.units != 0.0) {
        if case.measures[row.measure].lever.moves() {
            let place = (row.year, row.measure, case.circle(row.measure, row.school));
            let steps = (row.units / step(case, row.measure)).round();
            pools.entry(place).or_default().add(row.school, steps);
        }
    }
    if pools.is_empty() {
        return Moves::default();
    }
    let distances = Distances::of(case);
    let mut ranked = Vec::new();
    let mut moves = Moves::default();
    for ((year, measure, ..), pool) in pools {
        let step = step(case, measure);
        let paired = pool.pair(&distances);
        ranked.extend(paired.moves.into_iter().map(|one| (year, measure, one)));
        moves
            .unpaired
            .extend(paired.left.into_iter().map(|left| Unpaired {
                measure,
                year,
                school: left.school,
                leaving: left.leaving as f64 * step,
                arriving: left.arriving as f64 * step,
            }));
    }
    ranked.sort_by_key(|&(year, measure, (pair, _))| (year, measure, pair));
    moves
        .unpaired
        .sort_by_key(|one| (one.year, one.measure, one.school));
    let list = ranked.into_iter().map(|(year, measure, (pair, steps))| {
        let units = steps as f64 * step(case, measure);
        Move {
            measure,
            year,
            from: pair.from,
            to: pair.to,
            units,
            same_township: distances.same_township(pair.from, pair.to),
            km: pair.km(),
            back: back(case, measure, year),
        }
    });
    moves.list = list.collect();
    moves
}

fn step(case: &Case, measure: MeasureIx) -> f64 {
    case.step(measure)
}

/// The calendar year in which those who go in a plan year are home again, as [`Case::service`] has it.
fn back(case: &Case, measure: MeasureIx, year: YearIx) -> Option<i32> {
    let term = match case.measures[measure].lever {
        Lever::Rotate { term } => term,
        Lever::Share => 1,
        _ => return None,
    };
    let home = year.at().saturating_add(term);
    (home < case.horizon.years).then(|| case.horizon.calendar(YearIx::new(home)))
}
