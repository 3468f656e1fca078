//! The blended program, and what each original row and column is of it.

use super::family::Family;
use crate::program::{Block, Column, Program, Row};

/// What the original's rows and columns are of the blended program's.
#[derive(Clone, PartialEq, Debug)]
pub struct Parts {
    /// For each original column up to two blended ones, each with the share of it.
    cols: Vec<[(usize, f64); 2]>,
    /// For each original row the blended one; of a family's member, the first mark's.
    rows: Vec<usize>,
    /// For each family the blended block at each mark.
    pub families: Vec<Vec<usize>>,
}

impl Parts {
    /// Values of blended columns as values of the original ones, kept within their bounds against rounding.
    pub fn expand(&self, original: &Program, values: &[f64]) -> Vec<f64> {
        let value = |(parts, col): (&[(usize, f64); 2], &Column)| {
            let [one, two] = *parts;
            (values[one.0] * one.1 + values[two.0] * two.1).clamp(col.lower, col.upper)
        };
        self.cols.iter().zip(&original.cols).map(value).collect()
    }

    /// The blended columns of an original one.
    pub fn cols(&self, original: usize) -> [usize; 2] {
        self.cols[original].map(|(col, _)| col)
    }

    /// Multipliers where no family is: each row's own.
    pub fn shared_multipliers(&self, multipliers: &[f64]) -> Vec<f64> {
        self.rows.iter().map(|&row| multipliers[row]).collect()
    }
}

/// Where a block of the original goes.
#[derive(Clone, Copy)]
enum Fate {
    /// It stays.
    Alone,
    /// It is the first of a family, whose blocks stand in its place.
    Leads(usize),
    /// Others of its family stand for it.
    Follows,
}

/// Blends a program.
pub fn assemble(program: &Program, families: &[Family]) -> (Program, Parts) {
    let mut fate = vec![Fate::Alone; program.blocks.len()];
    for (at, family) in families.iter().enumerate() {
        for member in &family.members {
            fate[member.block] = Fate::Follows;
        }
        fate[family.members[0].block] = Fate::Leads(at);
    }
    let builder = Builder {
        program,
        families,
        blended: Program::default(),
        col_place: vec![0; program.cols.len()],
        row_place: vec![usize::MAX; program.rows.len()],
        blocks: vec![Vec::new(); families.len()],
        own_row: vec![false; program.rows.len()],
        own_col: vec![false; program.cols.len()],
        copies: Vec::new(),
    };
    builder.build(&fate)
}

struct Builder<'a> {
    program: &'a Program,
    families: &'a [Family],
    blended: Program,
    /// Where a column stands; of a family's leader, at the first mark.
    col_place: Vec<usize>,
    row_place: Vec<usize>,
    blocks: Vec<Vec<usize>>,
    own_row: Vec<bool>,
    own_col: Vec<bool>,
    /// For each original column how many copies stand at which distance; (0, 0) when it is not kept.
    copies: Vec<(usize, usize)>,
}

impl Builder<'_> {
    fn build(mut self, fate: &[Fate]) -> (Program, Parts) {
        let program = self.program;
        for block in &program.blocks {
            self.own_row[block.rows.clone()].fill(true);
            self.own_col[block.cols.clone()].fill(true);
        }
        self.copies = vec![(1, 0); program.cols.len()];
        let mut order: Vec<usize> = (0..program.blocks.len()).collect();
        order.sort_by_key(|&at| (program.blocks[at].cols.start, program.blocks[at].rows.start));
        for at in order {
            self.place_block(at, fate[at]);
        }
        for at in (0..program.cols.len()).filter(|&at| !self.own_col[at]) {
            self.col_place[at] = self.blended.cols.len();
            self.blended.cols.push(program.cols[at]);
        }
        for at in 0..program.rows.len() {
            if !self.own_row[at] {
                self.place_shared_row(at);
            }
        }
        let parts = self.parts();
        (self.blended, parts)
    }

    fn place_block(&mut self, at: usize, fate: Fate) {
        let program = self.program;
        let block = &program.blocks[at];
        match fate {
            Fate::Alone => {
                self.place_cols(block);
                self.place_rows(block);
                self.close(block);
            }
            Fate::Leads(family) => self.place_family(block, family),
            Fate::Follows => self.copies[block.cols.clone()].fill((0, 0)),
        }
    }

    fn place_cols(&mut self, block: &Block) {
        let start = self.blended.cols.len();
        for (offset, at) in block.cols.clone().enumerate() {
            self.col_place[at] = start + offset;
        }
        self.blended
            .cols
            .extend_from_slice(&self.program.cols[block.cols.clone()]);
    }

    /// Copies the rows of a block onto the columns placed last.
    fn place_rows(&mut self, block: &Block) {
        let (start, cols) = (
            self.blended.rows.len(),
            self.blended.cols.len() - block.cols.len(),
        );
        for (offset, at) in block.rows.clone().enumerate() {
            if self.row_place[at] == usize::MAX {
                self.row_place[at] = start + offset;
            }
            let row = &self.program.rows[at];
            let entries = row
                .entries
                .iter()
                .map(|&(col, a)| (cols + col - block.cols.start, a))
                .collect();
            self.blended.rows.push(Row { entries, ..*row });
        }
    }

    fn close(&mut self, block: &Block) {
        let (rows, cols) = (self.blended.rows.len(), self.blended.cols.len());
        self.blended.blocks.push(Block {
            rows: rows - block.rows.len()..rows,
            cols: cols - block.cols.len()..cols,
        });
    }

    fn place_family(&mut self, block: &Block, at: usize) {
        let families = self.families;
        let family = &families[at];
        let sizes = family.sizes();
        let first = self.blended.cols.len();
        for (&mark, size) in family.marks.iter().zip(sizes) {
            self.blended
                .cols
                .extend_from_slice(&self.program.cols[block.cols.clone()]);
            self.place_rows(block);
            self.close(block);
            self.blocks[at].push(self.blended.blocks.len() - 1);
            self.set_limits(&family.limits(mark), size);
        }
        for (offset, col) in block.cols.clone().enumerate() {
            self.col_place[col] = first + offset;
            self.copies[col] = (family.marks.len(), block.cols.len());
        }
    }

    /// Gives the block placed last these limits, at this size.
    fn set_limits(&mut self, limits: &[f64], size: f64) {
        let Some(block) = self.blended.blocks.last() else {
            return;
        };
        let (rows, cols) = (block.rows.clone(), block.cols.clone());
        let mut limits = limits.iter().map(|limit| limit * size);
        for row in &mut self.blended.rows[rows] {
            row.rhs = limits.next().unwrap_or(0.0);
        }
        for col in &mut self.blended.cols[cols.clone()] {
            col.lower = limits.next().unwrap_or(0.0);
        }
        for col in &mut self.blended.cols[cols] {
            col.upper = limits.next().unwrap_or(0.0).max(col.lower);
        }
    }

    fn place_shared_row(&mut self, at: usize) {
        let row = &self.program.rows[at];
        let mut entries = Vec::with_capacity(row.entries.len());
        for &(col, a) in &row.entries {
            let (copies, apart) = self.copies[col];
            entries.extend((0..copies).map(|copy| (self.col_place[col] + copy * apart, a)));
        }
        entries.sort_by_key(|&(col, _)| col);
        self.row_place[at] = self.blended.rows.len();
        self.blended.rows.push(Row { entries, ..*row });
    }

    /// What each original row and column is, once everything has its place.
    fn parts(&mut self) -> Parts {
        let whole = |&place: &usize| [(place, 1.0), (place, 0.0)];
        let mut cols: Vec<[(usize, f64); 2]> = self.col_place.iter().map(whole).collect();
        for (family, blocks) in self.families.iter().zip(&self.blocks) {
            let sizes = family.sizes();
            for member in &family.members {
                let own = &self.program.blocks[member.block];
                let shares = member.between(&family.marks).map(|(mark, size)| {
                    let share = if sizes[mark] > 0.0 {
                        size / sizes[mark]
                    } else {
                        0.0
                    };
                    (self.blended.blocks[blocks[mark]].cols.start, share)
                });
                for (offset, col) in own.cols.clone().enumerate() {
                    cols[col] = shares.map(|(start, share)| (start + offset, share));
                }
                let lead = self.blended.blocks[blocks[0]].rows.start;
                for (offset, row) in own.rows.clone().enumerate() {
                    self.row_place[row] = lead + offset;
                }
            }
        }
        Parts {
            cols,
            rows: std::mem::take(&mut self.row_place),
            families: std::mem::take(&mut self.blocks),
        }
    }
}
