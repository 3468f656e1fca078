//! What is lost between two marks of a family, and where to put a mark that ends it.

use super::family::Family;
use crate::program::Program;
use crate::program::certificate::clamped;

/// Between these many members or fewer, every one gets a mark of its own.
const FEW: usize = 3;

/// A bound of a block of size 1 as a function of its place, by one mark's multipliers: linear in the place.
#[derive(Clone, Copy, Debug)]
pub struct Line {
    first: f64,
    last: f64,
}

impl Line {
    fn height(&self, at: f64) -> f64 {
        (1.0 - at) * self.first + at * self.last
    }

    /// Where two lines meet, if they do between these places.
    fn meets(&self, other: &Line, (from, to): (f64, f64)) -> Option<f64> {
        let (left, right) = (
            self.height(from) - other.height(from),
            self.height(to) - other.height(to),
        );
        let at = from + (to - from) * left / (left - right);
        (left * right < 0.0 && at.is_finite()).then_some(at)
    }
}

/// The mark whose line is highest at a place.
pub fn best(lines: &[Line], at: f64) -> usize {
    (0..lines.len())
        .max_by(|&one, &two| {
            lines[one]
                .height(at)
                .total_cmp(&lines[two].height(at))
                .then(two.cmp(&one))
        })
        .unwrap_or(0)
}

/// What columns cost once all rows are paid for.
pub struct Prices {
    reduced: Vec<f64>,
    multipliers: Vec<f64>,
}

impl Prices {
    /// At these multipliers.
    pub fn of(program: &Program, multipliers: &[f64]) -> Prices {
        let rows = program.rows.iter().zip(multipliers);
        let multipliers: Vec<f64> = rows.map(|(row, &y)| clamped(row.sense, y)).collect();
        let mut reduced: Vec<f64> = program.cols.iter().map(|col| col.cost).collect();
        for (row, y) in program.rows.iter().zip(&multipliers) {
            for &(col, a) in &row.entries {
                reduced[col] -= a * y;
            }
        }
        Prices {
            reduced,
            multipliers,
        }
    }

    /// The bounds that each mark's multipliers give the family.
    pub fn lines(&self, program: &Program, family: &Family, blocks: &[usize]) -> Vec<Line> {
        let line = |&at: &usize| Line {
            first: self.bound(program, at, &family.first),
            last: self.bound(program, at, &family.last),
        };
        blocks.iter().map(line).collect()
    }

    fn bound(&self, program: &Program, block: usize, limits: &[f64]) -> f64 {
        let block = &program.blocks[block];
        let (rhs, bounds) = limits.split_at(block.rows.len());
        let (lower, upper) = bounds.split_at(block.cols.len());
        let rows: f64 = self.multipliers[block.rows.clone()]
            .iter()
            .zip(rhs)
            .map(|(y, rhs)| y * rhs)
            .sum();
        let reduced = &self.reduced[block.cols.clone()];
        let cols: f64 = reduced
            .iter()
            .zip(lower.iter().zip(upper))
            .map(|(&d, (lower, upper))| d * if d >= 0.0 { lower } else { upper })
            .sum();
        rows + cols
    }

    /// What a block of size 1 costs at each mark, paying for the shared rows only.
    pub fn heights(
        &self,
        program: &Program,
        family: &Family,
        blocks: &[usize],
        values: &[f64],
        lines: &[Line],
    ) -> Vec<f64> {
        let sizes = family.sizes();
        let height = |(at, (&block, &size)): (usize, (&usize, &f64))| {
            let block = &program.blocks[block];
            let bound = lines[best(lines, family.marks[at])].height(family.marks[at]);
            if size <= 0.0 {
                return bound;
            }
            let cols: f64 = block
                .cols
                .clone()
                .map(|col| self.reduced[col] * values[col])
                .sum();
            let rows: f64 = block
                .rows
                .clone()
                .map(|row| self.multipliers[row] * program.rows[row].activity(values))
                .sum();
            ((cols + rows) / size).max(bound)
        };
        blocks.iter().zip(&sizes).enumerate().map(height).collect()
    }
}

/// A loss between two marks, and the places of marks that would end it.
pub struct Bend {
    /// What the members between the marks would save.
    pub loss: f64,
    /// Where to put marks.
    pub places: Vec<f64>,
}

/// The losses of a family.
pub fn bends<'a>(
    family: &'a Family,
    lines: &'a [Line],
    heights: &[f64],
) -> impl Iterator<Item = Bend> + 'a {
    let mut losses = vec![0.0; family.marks.len()];
    for member in &family.members {
        let [(left, one), (right, two)] = member.between(&family.marks);
        let stands = one * heights[left] + two * heights[right];
        losses[left] +=
            (stands - member.size * lines[best(lines, member.at)].height(member.at)).max(0.0);
    }
    let lost = losses
        .into_iter()
        .enumerate()
        .filter(|(_, loss)| *loss > 0.0);
    lost.map(|(left, loss)| Bend {
        loss,
        places: places(family, lines, left),
    })
}

fn places(family: &Family, lines: &[Line], left: usize) -> Vec<f64> {
    let (from, to) = (family.marks[left], family.marks[left + 1]);
    let mut inside: Vec<f64> = family
        .members
        .iter()
        .map(|m| m.at)
        .filter(|&at| from < at && at < to)
        .collect();
    inside.sort_by(f64::total_cmp);
    inside.dedup_by(|one, two| (*one - *two).abs() < 1e-9);
    if inside.len() <= FEW {
        return inside;
    }
    let near = 0.01 * (to - from);
    let (one, two) = (best(lines, from + near), best(lines, to - near));
    match lines[one].meets(&lines[two], (from, to)) {
        Some(at) => vec![0.5 * (from + at), at, 0.5 * (at + to)],
        None => vec![inside[inside.len() / 2]],
    }
}
