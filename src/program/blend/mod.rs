//! Blending: many akin blocks that lie between two of them become a few.
//!
//! Let X(b) be what a block may do whose right-hand sides and bounds are b. X(b) + X(b′) ⊆ X(b + b′), because the
//! blocks' rows are linear. So blocks at a few places, of which every member of a family is a blend, may stand for the
//! family: what they do can be handed back to the members, in the parts of the blend. That gives up nothing as long
//! as members between two places would do what the places do, in their proportion; where they would do better, the
//! multipliers tell, and a place is added there (the price of a blend is convex and piecewise linear in its place, so
//! the places are those where it bends). The bound is never at risk: it is reckoned on the program with all its blocks.

mod assemble;
mod family;
mod loss;

use super::Program;
use super::shape::SharedEntries;
use assemble::Parts;
use family::Family;
use loss::{Bend, Prices};

/// How a program was blended, and the way back.
#[derive(Clone, PartialEq, Debug)]
pub struct Blended {
    families: Vec<Family>,
    parts: Parts,
}

/// Blends the blocks of a checked program, all of which must be what a block promises to be (as those of a lumped
/// program are). Gives the blended program and the way back; `None` when no blocks are akin.
pub fn blend(program: &Program) -> Option<(Program, Blended)> {
    let families = family::families(program, &SharedEntries::of_blocks(program));
    if families.is_empty() {
        return None;
    }
    let (blended, parts) = assemble::assemble(program, &families);
    Some((blended, Blended { families, parts }))
}

impl Blended {
    /// Values of the blended columns as values of the original columns.
    pub fn expand(&self, original: &Program, values: &[f64]) -> Vec<f64> {
        self.parts.expand(original, values)
    }

    /// Multipliers of the blended rows as multipliers of the original rows: for each member those of the place that
    /// bound it best. `blended` is the blended program, with the costs the multipliers are for.
    pub fn expand_multipliers(
        &self,
        original: &Program,
        blended: &Program,
        multipliers: &[f64],
    ) -> Vec<f64> {
        let mut expanded = self.parts.shared_multipliers(multipliers);
        let prices = Prices::of(blended, multipliers);
        for (family, blocks) in self.families.iter().zip(&self.parts.families) {
            let lines = prices.lines(blended, family, blocks);
            for member in &family.members {
                let best = loss::best(&lines, member.at);
                let rows = blended.blocks[blocks[best]].rows.clone();
                expanded[original.blocks[member.block].rows.clone()]
                    .copy_from_slice(&multipliers[rows]);
            }
        }
        expanded
    }

    /// Adds places where members would do better than the places beside them, as a point and its multipliers tell,
    /// the largest losses first, until no more than `allowed` of the objective is lost elsewhere. Gives the program
    /// blended anew; `None` when there is nothing to add.
    pub fn refine(
        &mut self,
        original: &Program,
        blended: &Program,
        (values, multipliers): (&[f64], &[f64]),
        allowed: f64,
    ) -> Option<Program> {
        let prices = Prices::of(blended, multipliers);
        let mut bends: Vec<(usize, Bend)> = Vec::new();
        for (at, (family, blocks)) in self.families.iter().zip(&self.parts.families).enumerate() {
            let lines = prices.lines(blended, family, blocks);
            let heights = prices.heights(blended, family, blocks, values, &lines);
            bends.extend(loss::bends(family, &lines, &heights).map(|bend| (at, bend)));
        }
        bends.sort_by(|one, two| one.1.loss.total_cmp(&two.1.loss).then(one.0.cmp(&two.0)));
        let (mut lost, mut added) = (0.0, false);
        for (at, bend) in bends {
            lost += bend.loss;
            if lost > allowed {
                for place in bend.places {
                    added |= self.families[at].mark(place);
                }
            }
        }
        added.then(|| {
            let (program, parts) = assemble::assemble(original, &self.families);
            self.parts = parts;
            program
        })
    }

    /// The blended columns that an original one is a blend of.
    pub fn cols(&self, original: usize) -> [usize; 2] {
        self.parts.cols(original)
    }
}
