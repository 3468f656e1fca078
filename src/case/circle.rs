//! Circles: the schools among which units of a measure change places.
//!
//! Those of a county and stage, where the measure says nothing else. Where it may only be used among schools that are
//! paired (结对、学区、教育集团), or within a distance (走教), these are parted into circles before the program is built, and
//! whatever changes places inside a circle keeps to both.
//!
//! Circles are stricter than pairs: two schools that are near enough may be in different circles. Pairs could be stated
//! exactly, with a column for what goes from each school to each near one in each year, but each school would then have a
//! row of its own: needs that are alike would no longer be lumped, and a county of 191 schools with ten neighbours each
//! would have ten thousand columns for each such measure over five years in place of two rows a circle and year. Who goes
//! where would also have to be dealt out in whole units as a transport, and every gift be held against the one who gets
//! it. A plan that keeps to circles keeps to every pair, so that no plan is wrong by it; what it may miss is told by
//! widening `within`, or by naming groups (`paired`).

use std::collections::{BTreeMap, BTreeSet};

use super::{Case, Distances, Stage};
use crate::words::{CountyIx, MeasureIx, SchoolIx};

/// The most schools of a county, stage and group that are gathered by distance: every pair of them is looked at. A large county
/// has 191.
pub const MOST_GATHERED: usize = 2000;

/// Schools among which units of a measure change places.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Circle {
    /// Their county.
    pub county: CountyIx,
    /// Their stage.
    pub stage: Stage,
    /// The first school of a circle that is smaller than the county.
    pub first: Option<SchoolIx>,
}

/// Among which schools a measure may be used.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Among {
    /// Only those of one group of the school table.
    pub paired: bool,
    /// Only those so many km from each other.
    pub within: Option<f64>,
    /// The first school of each school's circle; empty where those of a county and stage are together.
    firsts: Vec<SchoolIx>,
}

impl Among {
    /// Among schools of one group, or within so many km.
    pub fn of(paired: bool, within: Option<f64>) -> Among {
        Among {
            paired,
            within,
            firsts: Vec::new(),
        }
    }

    /// Whether the schools of a county are parted.
    pub fn is_parted(&self) -> bool {
        self.paired || self.within.is_some()
    }

    /// The first school of a school's circle; `None` where those of a county and stage are together.
    pub fn first(&self, school: SchoolIx) -> Option<SchoolIx> {
        self.firsts.get(school.at()).copied()
    }
}

impl Case {
    /// The circle of a school in a measure whose units move.
    pub fn circle(&self, measure: MeasureIx, school: SchoolIx) -> Circle {
        let stated = &self.schools[school];
        Circle {
            county: stated.county,
            stage: stated.stage,
            first: self.measures[measure].among.first(school),
        }
    }

    /// A circle in words, Chinese and English.
    pub fn circle_name(&self, circle: Circle) -> (String, String) {
        let (zh, en) = circle.stage.name();
        match circle.first {
            None => {
                let county = &self.counties[circle.county];
                (format!("{county}{zh}"), format!("{county}, {en}"))
            }
            Some(first) => {
                let name = &self.schools[first].name;
                (
                    format!("{name}一片的{zh}"),
                    format!("{name} and those with it, {en}"),
                )
            }
        }
    }

    /// The first schools of a school's circles, in the measures that have any.
    pub fn circles(&self, school: SchoolIx) -> Vec<SchoolIx> {
        let parted = self.measures.iter();
        parted
            .filter_map(|measure| measure.among.first(school))
            .collect()
    }

    /// The most schools that a measure would gather by distance; none where it asks for no distance. More than
    /// [`MOST_GATHERED`] are left alone.
    pub fn to_gather(&self, measure: MeasureIx) -> usize {
        let among = &self.measures[measure].among;
        match among.within {
            None => 0,
            Some(_) => together(self, among.paired)
                .iter()
                .map(Vec::len)
                .max()
                .unwrap_or(0),
        }
    }

    /// Parts the schools into circles for every measure that asks for it.
    pub fn gather(&mut self) {
        let asked: Vec<MeasureIx> = self.measures.ids().collect();
        for measure in asked {
            let among = &self.measures[measure].among;
            if among.is_parted() {
                let firsts = firsts(self, among.paired, among.within);
                self.measures[measure].among.firsts = firsts;
            }
        }
    }
}

/// The first school of each school's circle. The nearest schools come together first; two circles become one while no two
/// schools of it would be farther apart than asked (complete linkage). A school without a group, or whose distance to
/// others is unknown where one is asked for, is alone.
fn firsts(case: &Case, paired: bool, within: Option<f64>) -> Vec<SchoolIx> {
    let mut firsts: Vec<SchoolIx> = case.schools.ids().collect();
    let distances = Distances::of(case);
    for schools in together(case, paired) {
        match within {
            None => schools.iter().for_each(|at| firsts[at.at()] = schools[0]),
            Some(km) => gather(&schools, &distances, km, &mut firsts),
        }
    }
    firsts
}

/// Schools of each county and stage, and of each group where only those of one are together.
fn together(case: &Case, paired: bool) -> Vec<Vec<SchoolIx>> {
    let mut together: BTreeMap<(CountyIx, Stage, &str), Vec<SchoolIx>> = BTreeMap::new();
    for (at, school) in case.schools.pairs() {
        let group = if paired { school.group.as_str() } else { "" };
        if !paired || !group.is_empty() {
            let key = (school.county, school.stage, group);
            together.entry(key).or_default().push(at);
        }
    }
    together.into_values().collect()
}

/// Circles of schools of which no two are farther apart than `most` km. Once two circles could not become one, no larger ones
/// can that hold them.
fn gather(schools: &[SchoolIx], distances: &Distances, most: f64, firsts: &mut [SchoolIx]) {
    if schools.len() > MOST_GATHERED {
        return;
    }
    let mut circle: Vec<usize> = (0..schools.len()).collect();
    let mut members: Vec<Vec<usize>> = (0..schools.len()).map(|at| vec![at]).collect();
    let mut apart: Vec<BTreeSet<usize>> = vec![BTreeSet::new(); schools.len()];
    let near = |a: usize, b: usize| {
        let km = distances.km(schools[a], schools[b]);
        km.is_some_and(|km| km <= most)
    };
    for (one, other) in ways(schools, distances, most) {
        let (one, other) = (
            circle[one].min(circle[other]),
            circle[one].max(circle[other]),
        );
        if one == other || apart[one].contains(&other) {
            continue;
        }
        let fits = members[one]
            .iter()
            .all(|&a| members[other].iter().all(|&b| near(a, b)));
        if !fits {
            apart[one].insert(other);
            apart[other].insert(one);
            continue;
        }
        let joining = std::mem::take(&mut members[other]);
        joining.iter().for_each(|at| circle[*at] = one);
        members[one].extend(joining);
        for far in std::mem::take(&mut apart[other]) {
            apart[far].insert(one);
            apart[one].insert(far);
        }
    }
    for (at, school) in schools.iter().enumerate() {
        firsts[school.at()] = schools[circle[at]];
    }
}

/// Pairs of schools that are near enough, the nearest first, then in file order.
fn ways(schools: &[SchoolIx], distances: &Distances, most: f64) -> Vec<(usize, usize)> {
    let mut ways: Vec<(f64, usize, usize)> = Vec::new();
    for (one, &from) in schools.iter().enumerate() {
        for (other, &to) in schools.iter().enumerate().skip(one + 1) {
            let km = distances.km(from, to).filter(|km| *km <= most);
            ways.extend(km.map(|km| (km, one, other)));
        }
    }
    ways.sort_by(|one, other| {
        let ends = (one.1, one.2).cmp(&(other.1, other.2));
        one.0.total_cmp(&other.0).then(ends)
    });
    ways.into_iter()
        .map(|(_, one, other)| (one, other))
        .collect()
}
