//! The shape of a block: what is left of it when its size is divided out.

use crate::program::{Block, Column, Program, Row};
use crate::words::tolerance::SAME_SHAPE;

/// The entries of all columns in rows that belong to no block, column by column.
pub struct SharedEntries {
    starts: Vec<usize>,
    entries: Vec<(usize, f64)>,
}

impl SharedEntries {
    /// Collects them; `sound` are the blocks whose rows are their own.
    pub fn of(program: &Program, sound: &[usize]) -> SharedEntries {
        let mut own = vec![false; program.rows.len()];
        for &at in sound {
            own[program.blocks[at].rows.clone()].fill(true);
        }
        let shared = || program.rows.iter().enumerate().filter(|&(at, _)| !own[at]);
        let mut starts = vec![0; program.cols.len() + 1];
        for (_, row) in shared() {
            for &(col, _) in &row.entries {
                starts[col + 1] += 1;
            }
        }
        for at in 1..starts.len() {
            starts[at] += starts[at - 1];
        }
        let mut next = starts.clone();
        let mut entries = vec![(0, 0.0); starts[program.cols.len()]];
        for (at, row) in shared() {
            for &(col, coefficient) in &row.entries {
                entries[next[col]] = (at, coefficient);
                next[col] += 1;
            }
        }
        SharedEntries { starts, entries }
    }

    /// Of a program all of whose blocks are sound.
    pub fn of_blocks(program: &Program) -> SharedEntries {
        let all: Vec<usize> = (0..program.blocks.len()).collect();
        SharedEntries::of(program, &all)
    }

    fn of_col(&self, col: usize) -> &[(usize, f64)] {
        &self.entries[self.starts[col]..self.starts[col + 1]]
    }
}

/// A block seen without its size.
pub struct Shape<'a> {
    /// The block's position among the program's.
    pub position: usize,
    program: &'a Program,
    shared: &'a SharedEntries,
    block: &'a Block,
    /// The largest |rhs|, or the largest |bound| when all right-hand sides are 0.
    pub size: f64,
}

impl<'a> Shape<'a> {
    /// The shape of a block.
    pub fn of(program: &'a Program, shared: &'a SharedEntries, position: usize) -> Shape<'a> {
        let block = &program.blocks[position];
        let rhs = program.rows[block.rows.clone()].iter().map(|row| row.rhs);
        let bounds = program.cols[block.cols.clone()]
            .iter()
            .flat_map(|col| [col.lower, col.upper]);
        let largest_rhs = largest(rhs);
        let size = if largest_rhs > 0.0 {
            largest_rhs
        } else {
            largest(bounds)
        };
        Shape {
            position,
            program,
            shared,
            block,
            size,
        }
    }

    /// A key that blocks of the same shape share, but for blocks whose numbers lie within rounding on either side of
    /// the edge between two single-precision numbers: those are lumped apart, which costs speed and nothing else.
    pub fn key(&self) -> u64 {
        let mut key = Key::default();
        key.add(self.rows().len() as u64);
        for row in self.rows() {
            key.add(row.sense as u64);
            key.add(row.entries.len() as u64);
            key.relative(self.relative(row.rhs));
            for &(col, coefficient) in &row.entries {
                key.add((col - self.block.cols.start) as u64);
                key.number(coefficient);
            }
        }
        for (at, col) in self.block.cols.clone().zip(self.cols()) {
            key.relative(self.relative(col.lower));
            key.relative(self.relative(col.upper));
            key.number(col.cost);
            for &(row, coefficient) in self.shared.of_col(at) {
                key.add(row as u64);
                key.number(coefficient);
            }
        }
        key.0
    }

    /// Whether two blocks differ in nothing but size.
    pub fn same(&self, other: &Shape) -> bool {
        self.akin(other) && self.same_limits(other)
    }

    /// A key that akin blocks share, as [`Shape::key`] is for blocks of one shape.
    pub fn kin_key(&self) -> u64 {
        let mut key = Key::default();
        key.add(self.rows().len() as u64);
        for row in self.rows() {
            key.add(row.sense as u64);
            for &(col, coefficient) in &row.entries {
                key.add((col - self.block.cols.start) as u64);
                key.number(coefficient);
            }
        }
        for (at, col) in self.block.cols.clone().zip(self.cols()) {
            key.number(col.cost);
            for &(row, coefficient) in self.shared.of_col(at) {
                key.add(row as u64);
                key.number(coefficient);
            }
        }
        key.0
    }

    /// Whether two blocks differ in nothing but bounds and right-hand sides.
    pub fn akin(&self, other: &Shape) -> bool {
        self.block.rows.len() == other.block.rows.len()
            && self.block.cols.len() == other.block.cols.len()
            && self.same_costs(other)
            && self.same_entries(other)
            && self.same_shared_entries(other)
    }

    /// The right-hand sides, lower bounds and upper bounds, in this order, in units of the block's size.
    pub fn limits(&self) -> Vec<f64> {
        let rhs = self.rows().iter().map(|row| row.rhs);
        let lower = self.cols().iter().map(|col| col.lower);
        let upper = self.cols().iter().map(|col| col.upper);
        let all = rhs.chain(lower).chain(upper);
        all.map(|number| self.relative(number)).collect()
    }

    fn same_limits(&self, other: &Shape) -> bool {
        let (one, two) = (self.limits(), other.limits());
        one.iter()
            .zip(&two)
            .all(|(&one, &two)| close(one, two, 1.0))
    }

    fn same_entries(&self, other: &Shape) -> bool {
        let (first, other_first) = (self.block.cols.start, other.block.cols.start);
        self.rows().iter().zip(other.rows()).all(|(one, two)| {
            one.sense == two.sense
                && one.entries.len() == two.entries.len()
                && one
                    .entries
                    .iter()
                    .zip(&two.entries)
                    .all(|(&(a, x), &(b, y))| a - first == b - other_first && close(x, y, 0.0))
        })
    }

    fn same_costs(&self, other: &Shape) -> bool {
        let costs = self.cols().iter().zip(other.cols());
        costs
            .into_iter()
            .all(|(one, two)| close(one.cost, two.cost, 0.0))
    }

    fn same_shared_entries(&self, other: &Shape) -> bool {
        self.block
            .cols
            .clone()
            .zip(other.block.cols.clone())
            .all(|(at, other_at)| {
                let (one, two) = (self.shared.of_col(at), other.shared.of_col(other_at));
                one.len() == two.len()
                    && one
                        .iter()
                        .zip(two)
                        .all(|(&(a, x), &(b, y))| a == b && close(x, y, 0.0))
            })
    }

    fn rows(&self) -> &'a [Row] {
        &self.program.rows[self.block.rows.clone()]
    }

    fn cols(&self) -> &'a [Column] {
        &self.program.cols[self.block.cols.clone()]
    }

    /// A bound or right-hand side in units of the block's size.
    fn relative(&self, number: f64) -> f64 {
        if self.size > 0.0 {
            number / self.size
        } else {
            number
        }
    }
}

fn largest(numbers: impl Iterator<Item = f64>) -> f64 {
    numbers.fold(0.0, |largest, number| largest.max(number.abs()))
}

/// Whether two numbers are the same but for rounding, relative to the larger of them and `unit`.
fn close(one: f64, two: f64, unit: f64) -> bool {
    one == two || (one - two).abs() <= SAME_SHAPE * one.abs().max(two.abs()).max(unit)
}

/// A running 64-bit key (multiply and fold, as in FxHash): the same on every machine and in every run.
#[derive(Default)]
struct Key(u64);

impl Key {
    fn add(&mut self, word: u64) {
        let mixed = (self.0 ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ (mixed >> 29);
    }

    /// Adds a number to single precision.
    fn number(&mut self, number: f64) {
        self.add(u64::from((number as f32 + 0.0).to_bits()));
    }

    /// Adds a number whose rounding is relative to 1 when it is smaller than 1: squeezed into 1 to 3, without a jump.
    fn relative(&mut self, number: f64) {
        self.number(2.0 + number / (number.abs() + 1.0));
    }
}
