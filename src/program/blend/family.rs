//! Families: akin blocks whose limits all lie between those of two of them.

use crate::program::Program;
use crate::program::shape::{Shape, SharedEntries};
use std::collections::BTreeMap;

/// Fewer akin blocks than this stay as they are: three blocks would stand for them.
const FEWEST: usize = 4;

/// How many families are looked for among akin blocks.
const MOST_PLANES: usize = 8;

/// Of how many blocks pairs are tried.
const PICKS: usize = 6;

/// How far limits may be from what a blend gives, in units of the block's size.
const BLENDS: f64 = 1e-10;

/// Akin blocks, each a blend of two extreme ones: limits = size · ((1 − at) · first + at · last).
#[derive(Clone, PartialEq, Debug)]
pub struct Family {
    /// The limits of the extremes, in units of their sizes (see [`Shape::limits`]).
    pub first: Vec<f64>,
    /// The limits of the other extreme.
    pub last: Vec<f64>,
    /// The blocks, in the order of the program.
    pub members: Vec<Member>,
    /// Where blocks stand that are to stand for them: from 0 to 1, rising.
    pub marks: Vec<f64>,
}

/// A block of a family.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Member {
    /// Its position among the program's blocks.
    pub block: usize,
    /// Its size.
    pub size: f64,
    /// Its place between the extremes.
    pub at: f64,
}

impl Member {
    /// The marks it lies between and the size it takes up at each.
    pub fn between(&self, marks: &[f64]) -> [(usize, f64); 2] {
        let right = marks
            .partition_point(|&mark| mark <= self.at)
            .clamp(1, marks.len() - 1);
        let (from, to) = (marks[right - 1], marks[right]);
        let part = ((self.at - from) / (to - from)).clamp(0.0, 1.0);
        [
            (right - 1, self.size * (1.0 - part)),
            (right, self.size * part),
        ]
    }
}

impl Family {
    /// The limits of a block of size 1 at a place.
    pub fn limits(&self, at: f64) -> Vec<f64> {
        let both = self.first.iter().zip(&self.last);
        both.map(|(first, last)| (1.0 - at) * first + at * last)
            .collect()
    }

    /// The sizes of the blocks at the marks.
    pub fn sizes(&self) -> Vec<f64> {
        let mut sizes = vec![0.0; self.marks.len()];
        for member in &self.members {
            for (mark, size) in member.between(&self.marks) {
                sizes[mark] += size;
            }
        }
        sizes
    }

    /// Adds a mark, unless one stands there; whether it was added.
    pub fn mark(&mut self, at: f64) -> bool {
        const APART: f64 = 1e-9;
        let free = self.marks.iter().all(|mark| (mark - at).abs() > APART);
        if free {
            let place = self.marks.partition_point(|&mark| mark < at);
            self.marks.insert(place, at);
        }
        free
    }
}

/// The families of a program's blocks; a block that is in none has no kin to be blended with.
pub fn families(program: &Program, shared: &SharedEntries) -> Vec<Family> {
    let shape = |at: usize| Shape::of(program, shared, at);
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for at in 0..program.blocks.len() {
        by_key.entry(shape(at).kin_key()).or_default().push(at);
    }
    let mut families = Vec::new();
    for kin in by_key.into_values().filter(|kin| kin.len() >= FEWEST) {
        let one = shape(kin[0]);
        let akin = kin
            .iter()
            .map(|&at| shape(at))
            .filter(|other| one.akin(other));
        let mut left: Vec<Kin> = akin
            .map(|shape| Kin {
                block: shape.position,
                size: shape.size,
                limits: shape.limits(),
            })
            .collect();
        for _ in 0..MOST_PLANES {
            let Some(family) = largest_family(&left) else {
                break;
            };
            left.retain(|kin| {
                family
                    .members
                    .binary_search_by_key(&kin.block, |member| member.block)
                    .is_err()
            });
            families.push(family);
        }
    }
    families.sort_by_key(|family| family.members[0].block);
    families
}

/// A block with its size and its limits in units of its size.
struct Kin {
    block: usize,
    size: f64,
    limits: Vec<f64>,
}

/// The largest family found among akin blocks: planes through a few pairs of them are tried.
fn largest_family(kin: &[Kin]) -> Option<Family> {
    if kin.len() < FEWEST {
        return None;
    }
    let picks: Vec<usize> = (0..PICKS)
        .map(|pick| pick * (kin.len() - 1) / (PICKS - 1))
        .collect();
    let pairs = picks
        .iter()
        .flat_map(|&one| picks.iter().map(move |&two| (one, two)));
    let planes = pairs
        .filter(|(one, two)| one < two)
        .filter_map(|(one, two)| Plane::of(&kin[one].limits, &kin[two].limits));
    let members = |plane: &Plane| {
        kin.iter()
            .filter(|kin| plane.parts(&kin.limits).is_some())
            .count()
    };
    let counted = planes.map(|plane| (members(&plane), plane));
    let (count, plane) = counted.reduce(|best, next| if next.0 > best.0 { next } else { best })?;
    if count < FEWEST {
        None
    } else {
        family(kin, &plane)
    }
}

/// The family of the blocks that lie in a plane.
fn family(kin: &[Kin], plane: &Plane) -> Option<Family> {
    let place = |kin: &Kin| {
        plane
            .parts(&kin.limits)
            .map(|(first, last)| last / (first + last))
    };
    let placed: Vec<(f64, &Kin)> = kin
        .iter()
        .filter_map(|kin| Some((place(kin)?, kin)))
        .collect();
    let first = placed.iter().min_by(|one, two| one.0.total_cmp(&two.0))?.1;
    let last = placed.iter().max_by(|one, two| one.0.total_cmp(&two.0))?.1;
    let plane = Plane::of(&first.limits, &last.limits)?;
    let member = |(_, kin): &(f64, &Kin)| {
        let (first, last) = plane.parts(&kin.limits)?;
        let (first, last) = (first.max(0.0), last.max(0.0));
        (kin.size > 0.0).then(|| Member {
            block: kin.block,
            size: kin.size * (first + last),
            at: last / (first + last),
        })
    };
    let members: Vec<Member> = placed.iter().filter_map(member).collect();
    let mut places: Vec<f64> = members.iter().map(|member| member.at).collect();
    places.sort_by(f64::total_cmp);
    let middle = *places.get(places.len() / 2)?;
    let mut family = Family {
        first: first.limits.clone(),
        last: last.limits.clone(),
        members,
        marks: vec![0.0, 1.0],
    };
    family.mark(middle);
    if family.marks.len() < 3 {
        family.mark(0.5);
    }
    (family.members.len() >= FEWEST).then_some(family)
}

/// What can be blended of two limits, seen in the two entries that tell them apart best.
struct Plane<'a> {
    first: &'a [f64],
    last: &'a [f64],
    entries: (usize, usize),
    determinant: f64,
}

impl<'a> Plane<'a> {
    fn of(first: &'a [f64], last: &'a [f64]) -> Option<Plane<'a>> {
        let determinant = |p: usize, q: usize| first[p] * last[q] - first[q] * last[p];
        let pairs = (0..first.len()).flat_map(|p| (p + 1..first.len()).map(move |q| (p, q)));
        let entries = pairs.max_by(|one, two| {
            determinant(one.0, one.1)
                .abs()
                .total_cmp(&determinant(two.0, two.1).abs())
        })?;
        let determinant = determinant(entries.0, entries.1);
        (determinant.abs() > 1e-6).then_some(Plane {
            first,
            last,
            entries,
            determinant,
        })
    }

    /// How much of each it takes, in all more than nothing; `None` when that does not give the limits.
    fn parts(&self, limits: &[f64]) -> Option<(f64, f64)> {
        let (p, q) = self.entries;
        let first = (limits[p] * self.last[q] - limits[q] * self.last[p]) / self.determinant;
        let last = (self.first[p] * limits[q] - self.first[q] * limits[p]) / self.determinant;
        let gives = |at: usize| {
            (first * self.first[at] + last * self.last[at] - limits[at]).abs() <= BLENDS
        };
        (first + last > 0.0 && (0..limits.len()).all(gives)).then_some((first, last))
    }
}
