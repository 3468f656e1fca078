//! Exact lumping: blocks that are copies of one another up to size become one block of their total size.
//!
//! Let X be what one block may do, of size 1. A block of size s with the same shape may do s·X, and n of them together
//! s₁X + … + s_nX = (s₁ + … + s_n)·X, because X is convex. Costs and shared rows see only the total. So the lumped
//! program has the same optimum; a plan of the total is handed back in proportion to size, and a multiplier of a
//! lumped row serves each of its copies, with the same bound.

use super::shape::{Shape, SharedEntries};
use super::{Block, Column, Program, Row};
use crate::words::sum::sum;
use std::collections::BTreeMap;
use std::ops::Range;

/// With how many kinds of the same key a block is compared. Kinds share a key only when they differ by less than single
/// precision; should data be full of those, more lumps than needed are made, in the same time.
const MOST_ALIKE: usize = 16;

/// A lumped program and the way back.
#[derive(Clone, PartialEq, Debug)]
pub struct Lumped {
    /// The lumped program. Its blocks are the representatives: the first of each kind, in the order of the blocks.
    pub program: Program,
    groups: Vec<Vec<usize>>,
    cols: Vec<Part>,
    rows: Vec<usize>,
}

/// What a column of the original is of a column of the lumped program.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Part {
    col: usize,
    share: f64,
    lower: f64,
    upper: f64,
}

impl Lumped {
    /// Values of the lumped columns as values of the original columns: split in proportion to the blocks' sizes, and
    /// kept within their bounds against rounding.
    pub fn expand(&self, values: &[f64]) -> Vec<f64> {
        self.cols
            .iter()
            .map(|part| (values[part.col] * part.share).clamp(part.lower, part.upper))
            .collect()
    }

    /// The same without regard to bounds: what each has of the total, in proportion to its size.
    pub fn parts(&self, values: &[f64]) -> Vec<f64> {
        let part = |part: &Part| values[part.col] * part.share;
        self.cols.iter().map(part).collect()
    }

    /// Values of the original columns as values of the lumped columns: the total over the copies.
    pub fn collect(&self, values: &[f64]) -> Vec<f64> {
        let mut collected = vec![0.0; self.program.cols.len()];
        for (part, value) in self.cols.iter().zip(values) {
            collected[part.col] += value;
        }
        collected
    }

    /// Multipliers of the lumped rows as multipliers of the original rows: the same for every copy.
    pub fn expand_multipliers(&self, multipliers: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|&row| multipliers[row]).collect()
    }

    /// The blocks that became one, as positions in the original `blocks`, in order of first appearance. A block that
    /// is not one (it overlaps another, or a row of it reaches outside) is left as it is and is in no group.
    pub fn groups(&self) -> &[Vec<usize>] {
        &self.groups
    }

    /// The lumped row of an original one.
    pub fn row(&self, original: usize) -> usize {
        self.rows[original]
    }

    /// The lumped column of an original one.
    pub fn col(&self, original: usize) -> usize {
        self.cols[original].col
    }
}

/// Lumps the blocks of a checked program that have the same shape: divided by their sizes, the same bounds and
/// right-hand sides, and the same costs and coefficients inside and in shared rows, all to
/// [`crate::words::tolerance::SAME_SHAPE`]. Takes time linear in the program's entries.
pub fn lump(program: &Program) -> Lumped {
    let sound = sound_blocks(program);
    let shared = SharedEntries::of(program, &sound);
    let groups = group(program, &shared, &sound);
    assemble(program, groups)
}

/// The program as it is, every block by itself.
pub fn apart(program: &Program) -> Lumped {
    let alone = |at| Group {
        members: vec![at],
        sizes: vec![1.0],
    };
    assemble(
        program,
        sound_blocks(program).into_iter().map(alone).collect(),
    )
}

/// The blocks that are what a block promises to be.
fn sound_blocks(program: &Program) -> Vec<usize> {
    let mut row_taken = vec![false; program.rows.len()];
    let mut col_taken = vec![false; program.cols.len()];
    let mut sound = Vec::with_capacity(program.blocks.len());
    for (at, block) in program.blocks.iter().enumerate() {
        let free = |taken: &[bool], range: &Range<usize>| {
            taken
                .get(range.clone())
                .is_some_and(|part| part.iter().all(|&taken| !taken))
        };
        if free(&row_taken, &block.rows)
            && free(&col_taken, &block.cols)
            && program.rows[block.rows.clone()]
                .iter()
                .all(|row| row.entries.iter().all(|(col, _)| block.cols.contains(col)))
        {
            row_taken[block.rows.clone()].fill(true);
            col_taken[block.cols.clone()].fill(true);
            sound.push(at);
        }
    }
    sound
}

/// Blocks of one shape together, in order of first appearance, each with its size.
fn group(program: &Program, shared: &SharedEntries, sound: &[usize]) -> Vec<Group> {
    let mut groups: Vec<Group> = Vec::new();
    let mut by_key: BTreeMap<u64, Vec<usize>> = BTreeMap::new();
    for &at in sound {
        let shape = Shape::of(program, shared, at);
        let alike = by_key.entry(shape.key()).or_default();
        let same =
            |&&group: &&usize| Shape::of(program, shared, groups[group].members[0]).same(&shape);
        match alike.iter().rev().take(MOST_ALIKE).find(same).copied() {
            Some(group) => groups[group].add(at, shape.size),
            None => {
                alike.push(groups.len());
                groups.push(Group {
                    members: vec![at],
                    sizes: vec![shape.size],
                });
            }
        }
    }
    groups
}

/// Blocks of one shape.
struct Group {
    members: Vec<usize>,
    sizes: Vec<f64>,
}

impl Group {
    fn add(&mut self, member: usize, size: f64) {
        self.members.push(member);
        self.sizes.push(size);
    }

    /// The part of the total that each member is; equal parts when all sizes are 0.
    fn shares(&self) -> Vec<f64> {
        let total = sum(self.sizes.iter().copied());
        let equal = 1.0 / self.members.len() as f64;
        self.sizes
            .iter()
            .map(|size| if total > 0.0 { size / total } else { equal })
            .collect()
    }
}

/// Builds the lumped program and the way back.
fn assemble(program: &Program, groups: Vec<Group>) -> Lumped {
    let copies = || {
        groups.iter().flat_map(|group| {
            let first = &program.blocks[group.members[0]];
            let copies = group.members[1..].iter();
            copies.map(move |&member| (first, &program.blocks[member]))
        })
    };
    let cols = copies().map(|(first, copy)| (&first.cols, &copy.cols));
    let cols = Places::of(program.cols.len(), cols);
    let rows = copies().map(|(first, copy)| (&first.rows, &copy.rows));
    let rows = Places::of(program.rows.len(), rows);
    let mut lumped = Program {
        cols: cols.kept(&program.cols).copied().collect(),
        rows: rows
            .kept(&program.rows)
            .map(|row| cols.renamed(row))
            .collect(),
        blocks: Vec::with_capacity(groups.len()),
    };
    for group in &groups {
        let first = &program.blocks[group.members[0]];
        let block = Block {
            rows: rows.range(&first.rows),
            cols: cols.range(&first.cols),
        };
        if group.members.len() > 1 {
            total_up(program, group, &block, &mut lumped);
        }
        lumped.blocks.push(block);
    }
    Lumped {
        program: lumped,
        cols: parts(program, &groups, &cols),
        rows: rows.place,
        groups: groups.into_iter().map(|group| group.members).collect(),
    }
}

/// What each original column is of a lumped one.
fn parts(program: &Program, groups: &[Group], places: &Places) -> Vec<Part> {
    let whole = |(col, &col_at): (&Column, &usize)| Part {
        col: col_at,
        share: 1.0,
        lower: col.lower,
        upper: col.upper,
    };
    let mut parts: Vec<Part> = program.cols.iter().zip(&places.place).map(whole).collect();
    for group in groups.iter().filter(|group| group.members.len() > 1) {
        for (&member, share) in group.members.iter().zip(group.shares()) {
            for part in &mut parts[program.blocks[member].cols.clone()] {
                part.share = share;
            }
        }
    }
    parts
}

/// Gives a lumped block the bounds and right-hand sides of all members together.
fn total_up(program: &Program, group: &Group, block: &Block, lumped: &mut Program) {
    let members = || group.members.iter().map(|&member| &program.blocks[member]);
    for (offset, at) in block.rows.clone().enumerate() {
        lumped.rows[at].rhs =
            sum(members().map(|member| program.rows[member.rows.start + offset].rhs));
    }
    for (offset, at) in block.cols.clone().enumerate() {
        let copy = |member: &Block| &program.cols[member.cols.start + offset];
        lumped.cols[at].lower = sum(members().map(|member| copy(member).lower));
        lumped.cols[at].upper = sum(members().map(|member| copy(member).upper));
    }
}

/// Where rows or columns of the original stand in the lumped program; copies stand where their representative does.
struct Places {
    keep: Vec<bool>,
    place: Vec<usize>,
    kept: usize,
}

impl Places {
    fn of<'a>(
        len: usize,
        copies: impl Iterator<Item = (&'a Range<usize>, &'a Range<usize>)> + Clone,
    ) -> Places {
        let mut keep = vec![true; len];
        for (_, copy) in copies.clone() {
            keep[copy.clone()].fill(false);
        }
        let mut next = 0;
        let mut place = Vec::with_capacity(len);
        for &keep in &keep {
            place.push(next);
            next += usize::from(keep);
        }
        for (first, copy) in copies {
            for (from, to) in first.clone().zip(copy.clone()) {
                place[to] = place[from];
            }
        }
        Places {
            keep,
            place,
            kept: next,
        }
    }

    fn kept<'a, T>(&'a self, all: &'a [T]) -> impl Iterator<Item = &'a T> {
        all.iter()
            .zip(&self.keep)
            .filter(|&(_, &keep)| keep)
            .map(|(one, _)| one)
    }

    /// Where a kept range stands.
    fn range(&self, range: &Range<usize>) -> Range<usize> {
        let start = self.place.get(range.start).copied().unwrap_or(self.kept);
        start..start + range.len()
    }

    /// A row with its columns renamed; entries in columns that were not kept are spoken for by their representative.
    fn renamed(&self, row: &Row) -> Row {
        let kept = row.entries.iter().filter(|&&(col, _)| self.keep[col]);
        Row {
            sense: row.sense,
            rhs: row.rhs,
            entries: kept
                .map(|&(col, coefficient)| (self.place[col], coefficient))
                .collect(),
        }
    }
}
