//! Programs joined by columns they share: what is decided once for all of them.
//!
//! Blocks that have a shared column in common become one block, so that what is alike in every part stays alike in
//! the whole, and can be lumped.

use super::{Block, Column, Program};

/// Several programs as one, and where everything went.
#[derive(Clone, Debug)]
pub struct Joined {
    /// The whole: rows and costs of all parts.
    pub program: Program,
    /// For each part the place of each of its columns.
    pub cols: Vec<Vec<usize>>,
    /// For each part the place of each of its rows.
    pub rows: Vec<Vec<usize>>,
}

/// Joins programs. Columns of several parts that bear the same label are one column of the whole, within the bounds of
/// them all and at the sum of their costs. `labels` has one entry a part and column.
///
/// The labels of one part differ from each other. Where no value lies within all bounds, the whole has crossed bounds,
/// which [`Program::check`] names.
pub fn join(parts: &[&Program], labels: &[Vec<Option<usize>>]) -> Joined {
    let mut whole = Whole {
        parts,
        labels,
        placed: vec![
            None;
            labels
                .iter()
                .flatten()
                .flatten()
                .max()
                .map_or(0, |&most| most + 1)
        ],
        joined: Joined {
            program: Program::default(),
            cols: parts
                .iter()
                .map(|part| vec![NOWHERE; part.cols.len()])
                .collect(),
            rows: parts
                .iter()
                .map(|part| vec![NOWHERE; part.rows.len()])
                .collect(),
        },
    };
    let mut ranges = Vec::new();
    for group in groups(parts, labels) {
        let first = whole.joined.program.cols.len();
        for &(part, block) in &group {
            for col in parts[part].blocks[block].cols.clone() {
                whole.place_col(part, col);
            }
        }
        ranges.push((group, first..whole.joined.program.cols.len()));
    }
    for (part, program) in parts.iter().enumerate() {
        for col in 0..program.cols.len() {
            if whole.joined.cols[part][col] == NOWHERE {
                whole.place_col(part, col);
            }
        }
    }
    for (group, cols) in ranges {
        let first = whole.joined.program.rows.len();
        for (part, block) in group {
            for row in parts[part].blocks[block].rows.clone() {
                whole.place_row(part, row);
            }
        }
        let rows = first..whole.joined.program.rows.len();
        whole.joined.program.blocks.push(Block { rows, cols });
    }
    for (part, program) in parts.iter().enumerate() {
        for row in 0..program.rows.len() {
            if whole.joined.rows[part][row] == NOWHERE {
                whole.place_row(part, row);
            }
        }
    }
    whole.joined
}

const NOWHERE: usize = usize::MAX;

struct Whole<'a> {
    parts: &'a [&'a Program],
    labels: &'a [Vec<Option<usize>>],
    /// Where the column of each label stands.
    placed: Vec<Option<usize>>,
    joined: Joined,
}

impl Whole<'_> {
    fn place_col(&mut self, part: usize, at: usize) {
        let Column { lower, upper, cost } = self.parts[part].cols[at];
        let label = self.labels[part][at];
        let program = &mut self.joined.program;
        let place = match label.and_then(|label| self.placed[label]) {
            Some(place) => {
                let col = &mut program.cols[place];
                col.lower = col.lower.max(lower);
                col.upper = col.upper.min(upper);
                col.cost += cost;
                place
            }
            None => program.add_col(lower, upper, cost),
        };
        if let Some(label) = label {
            self.placed[label] = Some(place);
        }
        self.joined.cols[part][at] = place;
    }

    fn place_row(&mut self, part: usize, at: usize) {
        let row = &self.parts[part].rows[at];
        let cols = &self.joined.cols[part];
        let entries = row.entries.iter().map(|&(col, number)| (cols[col], number));
        let entries = entries.collect();
        self.joined.rows[part][at] = self.joined.program.add_row(row.sense, row.rhs, entries);
    }
}

/// The blocks (part, position) that hang together by shared columns, each group in order of parts, the groups in order
/// of their first.
fn groups(parts: &[&Program], labels: &[Vec<Option<usize>>]) -> Vec<Vec<(usize, usize)>> {
    let mut all: Vec<(usize, usize)> = Vec::new();
    let mut leader: Vec<usize> = Vec::new();
    let most = labels.iter().flatten().flatten().max();
    let mut first_with: Vec<Option<usize>> = vec![None; most.map_or(0, |&most| most + 1)];
    for (part, program) in parts.iter().enumerate() {
        for (position, block) in program.blocks.iter().enumerate() {
            let own = all.len();
            all.push((part, position));
            leader.push(own);
            for label in labels[part][block.cols.clone()].iter().flatten() {
                match first_with[*label] {
                    Some(other) => {
                        let (one, other) = (root(&leader, own), root(&leader, other));
                        leader[one.max(other)] = one.min(other);
                    }
                    None => first_with[*label] = Some(own),
                }
            }
        }
    }
    let mut groups: Vec<Vec<(usize, usize)>> = vec![Vec::new(); all.len()];
    for (at, block) in all.into_iter().enumerate() {
        groups[root(&leader, at)].push(block);
    }
    groups.retain(|group| !group.is_empty());
    groups
}

fn root(leader: &[usize], mut at: usize) -> usize {
    while leader[at] != at {
        at = leader[at];
    }
    at
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::Sense;

    /// One need of `missing` units: short + bought ≥ missing, and so much money for it.
    fn part(missing: f64, money: f64) -> Program {
        let mut program = Program::default();
        let short = program.add_col(0.0, missing, 1.0);
        let bought = program.add_col(0.0, missing, 0.0);
        program.add_row(Sense::AtLeast, missing, vec![(short, 1.0), (bought, 1.0)]);
        program.blocks.push(Block {
            rows: 0..1,
            cols: 0..2,
        });
        program.add_row(Sense::AtMost, money, vec![(bought, 2.0)]);
        program
    }

    #[test]
    fn what_is_shared_is_one_column_within_all_bounds_and_one_block() {
        let (one, two) = (part(6.0, 8.0), part(4.0, 20.0));
        let labels = vec![vec![None, Some(0)], vec![None, Some(0)]];
        let joined = join(&[&one, &two], &labels);
        assert_eq!(joined.program.check(), Ok(()));
        assert_eq!(joined.program.cols.len(), 3);
        assert_eq!(joined.cols[0][1], joined.cols[1][1]);
        assert_eq!(joined.program.cols[joined.cols[0][1]].upper, 4.0);
        let blocks = &joined.program.blocks;
        assert_eq!(blocks.len(), 1);
        assert_eq!(
            (blocks[0].rows.clone(), blocks[0].cols.clone()),
            (0..2, 0..3)
        );
        assert_eq!(joined.rows, vec![vec![0, 2], vec![1, 3]]);
    }

    #[test]
    fn what_shares_nothing_stands_side_by_side() {
        let (one, two) = (part(6.0, 8.0), part(4.0, 20.0));
        let joined = join(&[&one, &two], &[vec![None; 2], vec![None; 2]]);
        assert_eq!(joined.program.cols.len(), 4);
        assert_eq!(joined.program.blocks.len(), 2);
        let values = [1.0, 2.0, 3.0, 4.0];
        assert_eq!(joined.program.objective(&values), 4.0);
    }
}
