//! A program for plans in whole steps: tighter than the one in divisible amounts, and still linear.
//!
//! Who lacks 3.4 posts is helped by the fourth with 0.4 of it only, at the price of a whole one. In divisible amounts 0.4
//! of a post would do; so the optimum in divisible amounts spends on last parts what buys less than it looks, and its
//! value is a poor bound for plans in whole units. For n units that each meet δ of a need u, what stays short is at least
//!
//! > s ≥ u − δn,  s ≥ fδ(⌈u/δ⌉ − n),  s ≥ 0,   f the fractional part of u/δ
//!
//! (mixed-integer rounding, Nemhauser and Wolsey 1990), and no less can be said of it by any linear rows. Where needs are
//! lumped n and s are their totals. Those of several needs together lie above the sum of these broken lines, in which the
//! steepest parts come first: all full units, then the last units of each, the largest part first. Any of its lines
//! is a row that every plan in whole units keeps.

use super::lump::Lumped;
use super::{Column, Program, Row, Sense};
use crate::words::sum::sum;

/// From so many steps on a need counts as divisible: what rounding changes there is less than a part in so many.
const MANY: f64 = 100.0;
/// Parts of a step that are none.
const NOTHING: f64 = 1e-6;
/// How many lines are drawn for needs that are lumped.
const LINES: usize = 6;

/// The lumped program, tightened. Its first columns are those of the lumped one, where what comes in steps is counted in
/// full: as handed out and paid for.
pub fn in_steps(original: &Program, lumped: &Lumped, steps: &[Option<f64>]) -> Program {
    let members = Members::of(original, lumped);
    let stepped = stepped(original, lumped, &members, steps);
    let mut program = lumped.program.clone();
    program.blocks.clear();
    let by_column = lumped.program.by_column();
    let block_of = block_of(&lumped.program);
    let mut even = vec![true; lumped.program.rows.len()];
    let mut wider = vec![0.0; lumped.program.cols.len()];
    for (col, stated) in stepped.iter().enumerate() {
        let Some(step) = *stated else { continue };
        let inside = block_of[col].map(|block| lumped.program.blocks[block].rows.clone());
        let of_need = by_column[col].iter().filter(|(row, _)| {
            inside.as_ref().is_some_and(|rows| rows.contains(row))
                && lumped.program.rows[*row].sense == Sense::AtLeast
        });
        let of_need: Vec<(usize, f64)> = of_need.copied().collect();
        let full = of_need
            .iter()
            .fold(0.0_f64, |most, one| most.max(one.1.abs()));
        let gives = of_need.iter().any(|one| one.1 < 0.0);
        let partly: Vec<usize> = of_need
            .iter()
            .filter(|one| one.1.abs() < full * (1.0 - NOTHING))
            .map(|one| one.0)
            .collect();
        let upper = sum(members.cols(col).map(|at| {
            let steps = original.cols[at].upper / step;
            step * match gives {
                true => (steps + NOTHING).floor(),
                false => (steps - NOTHING).ceil(),
            }
        }));
        let before = program.cols[col].upper;
        program.cols[col].upper = upper;
        wider[col] = (upper - before).max(0.0);
        if partly.is_empty() {
            continue;
        }
        for &row in &partly {
            even[row] = false;
        }
        // Of use where a part of the time is served is no more than what is missing, handed out as it may be.
        if upper > before + NOTHING * step {
            let of_use = program.add_col(0.0, before, 0.0);
            program.add_row(Sense::AtLeast, 0.0, vec![(col, 1.0), (of_use, -1.0)]);
            for row in partly {
                for entry in &mut program.rows[row].entries {
                    if entry.0 == col {
                        entry.0 = of_use;
                    }
                }
                program.rows[row].entries.sort_by_key(|entry| entry.0);
            }
        }
    }
    for row in lumped
        .program
        .rows
        .iter()
        .filter(|row| row.sense == Sense::Equal)
    {
        let brings = row.entries.iter().filter(|entry| entry.1 > 0.0);
        let more = sum(brings.map(|&(col, coefficient)| coefficient * wider[col]));
        // Whoever pays for parts of steps can pay for whole ones.
        let pays = row
            .entries
            .iter()
            .filter(|entry| entry.1 < 0.0 && block_of[entry.0].is_none());
        for &(col, coefficient) in pays {
            program.cols[col].upper += more / -coefficient;
        }
    }
    for (at, row) in lumped.program.rows.iter().enumerate() {
        if row.sense == Sense::AtLeast && !even[at] {
            let mut needs = members.rows(at).map(|at| original.rows[at].rhs);
            if let (Some(need), None) = (needs.next(), needs.next())
                && let Some(line) = partly(row, &stepped, &lumped.program.cols, need)
            {
                program.add_row(line.sense, line.rhs, line.entries);
            }
        }
        if row.sense == Sense::AtLeast && even[at] {
            let needs = members.rows(at).map(|at| original.rows[at].rhs);
            for line in lines(row, &stepped, &lumped.program.cols, needs.collect()) {
                program.add_row(line.sense, line.rhs, line.entries);
            }
        }
    }
    program
}

/// For each column the block it belongs to.
fn block_of(program: &Program) -> Vec<Option<usize>> {
    let mut block_of = vec![None; program.cols.len()];
    for (at, block) in program.blocks.iter().enumerate() {
        block_of[block.cols.clone()].fill(Some(at));
    }
    block_of
}

/// The rows and columns of the original program that each one of the lumped program stands for.
struct Members {
    rows: Groups,
    cols: Groups,
}

impl Members {
    fn of(original: &Program, lumped: &Lumped) -> Members {
        let rows = (0..original.rows.len()).map(|at| lumped.row(at));
        let cols = (0..original.cols.len()).map(|at| lumped.col(at));
        Members {
            rows: Groups::of(lumped.program.rows.len(), rows),
            cols: Groups::of(lumped.program.cols.len(), cols),
        }
    }

    fn rows(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.rows.of_group(at)
    }

    fn cols(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.cols.of_group(at)
    }
}

/// Numbers in groups, each ascending.
struct Groups {
    start: Vec<usize>,
    members: Vec<usize>,
}

impl Groups {
    fn of(groups: usize, group: impl Iterator<Item = usize> + Clone) -> Groups {
        let mut start = vec![0; groups + 1];
        for at in group.clone() {
            start[at + 1] += 1;
        }
        for at in 0..groups {
            start[at + 1] += start[at];
        }
        let mut next = start.clone();
        let mut members = vec![0; start[groups]];
        for (at, group) in group.enumerate() {
            members[next[group]] = at;
            next[group] += 1;
        }
        Groups { start, members }
    }

    fn of_group(&self, at: usize) -> impl Iterator<Item = usize> + '_ {
        self.members[self.start[at]..self.start[at + 1]]
            .iter()
            .copied()
    }
}

/// For each lumped column the step in which each of its members comes; `None` where they are divisible, decided already,
/// or come in so many steps that they count as divisible.
fn stepped(
    original: &Program,
    lumped: &Lumped,
    members: &Members,
    steps: &[Option<f64>],
) -> Vec<Option<f64>> {
    let wanted = wanted(original);
    let of_col = |col: usize| {
        let mut all = members.cols(col);
        let step = steps[all.next()?]?;
        let few = |at: usize| {
            let Column { lower, upper, .. } = original.cols[at];
            steps[at] == Some(step) && lower == 0.0 && upper.min(wanted[at]) < MANY * step
        };
        (step > 0.0 && members.cols(col).all(few)).then_some(step)
    };
    (0..lumped.program.cols.len()).map(of_col).collect()
}

/// For each column the most that any need it meets could use of it; infinite where it meets none. Rules may leave room for
/// much more.
fn wanted(program: &Program) -> Vec<f64> {
    let mut wanted = vec![f64::INFINITY; program.cols.len()];
    for row in program
        .rows
        .iter()
        .filter(|row| row.sense == Sense::AtLeast)
    {
        for &(col, coefficient) in row.entries.iter().filter(|entry| entry.1 > 0.0) {
            let most = (row.rhs / coefficient).max(0.0);
            wanted[col] = match wanted[col].is_finite() {
                true => wanted[col].max(most),
                false => most,
            };
        }
    }
    wanted
}

/// The row that whole steps keep beside that of one need in a period of which some of them serve a part only.
fn partly(row: &Row, stepped: &[Option<f64>], cols: &[Column], need: f64) -> Option<Row> {
    let brings = |&&(col, _): &&(usize, f64)| stepped[col].is_some();
    let steps = row
        .entries
        .iter()
        .filter(brings)
        .filter_map(|&(col, _)| stepped[col]);
    let unit = steps.fold(0.0_f64, f64::max);
    let units = need / unit;
    let part = units - (units + NOTHING).floor();
    let rest = |entry: &&(usize, f64)| entry.1 > 0.0 && cols[entry.0].lower >= 0.0;
    let sound = unit > 0.0
        && part > NOTHING
        && (0.0..MANY).contains(&units)
        && row
            .entries
            .iter()
            .filter(brings)
            .all(|&(col, coefficient)| {
                stepped[col] == Some(unit)
                    && (coefficient == -1.0 || (0.0..=1.0).contains(&coefficient))
            })
        && row
            .entries
            .iter()
            .filter(|one| !brings(one))
            .all(|entry| rest(&entry));
    let entries = row.entries.iter().map(|&(col, coefficient)| {
        let slope = match stepped[col].is_some() {
            true if coefficient < 0.0 => -part,
            true => coefficient.min(part),
            false => coefficient,
        };
        (col, slope)
    });
    sound.then(|| Row {
        sense: Sense::AtLeast,
        rhs: part * unit * units.ceil(),
        entries: entries.collect(),
    })
}

/// The rows that whole steps keep beside one that adds up what is short and what is brought; `needs` are what each member
/// lacks.
fn lines(row: &Row, stepped: &[Option<f64>], cols: &[Column], needs: Vec<f64>) -> Vec<Row> {
    let brings = |&&(col, _): &&(usize, f64)| stepped[col].is_some();
    let each = |&(col, coefficient): &(usize, f64)| coefficient * stepped[col].unwrap_or(0.0);
    let unit = row.entries.iter().filter(brings).map(each);
    let unit = unit.fold(0.0_f64, |most, one| most.max(one.abs()));
    let even = |entry: &&(usize, f64)| {
        let units = each(entry) / unit;
        (units - units.round()).abs() < NOTHING
    };
    let rest = |entry: &&(usize, f64)| entry.1 > 0.0 && cols[entry.0].lower >= 0.0;
    let sound = unit > 0.0
        && row.entries.iter().filter(brings).all(|entry| even(&entry))
        && row
            .entries
            .iter()
            .filter(|one| !brings(one))
            .all(|entry| rest(&entry));
    let unlimited = |need: &f64| *need >= MANY * unit;
    if !sound || needs.iter().any(unlimited) {
        return Vec::new();
    }
    let mut full = 0.0;
    let mut parts: Vec<f64> = Vec::new();
    for need in needs {
        let units = need / unit;
        let whole = (units + NOTHING).floor();
        full += whole;
        if units - whole > NOTHING {
            parts.push(units - whole);
        }
    }
    parts.sort_by(|one, other| other.total_cmp(one));
    let chosen = (parts.len()).min(LINES);
    let mut found: Vec<Row> = Vec::new();
    for line in 0..chosen {
        let at = line * parts.len() / chosen;
        let part = parts[at];
        // Equal parts lie on one line.
        if line > 0 && parts[(line - 1) * parts.len() / chosen] - part < NOTHING {
            continue;
        }
        let left = sum(parts[at..].iter().copied());
        let entries = row.entries.iter().map(|&(col, coefficient)| {
            let slope = if stepped[col].is_some() { part } else { 1.0 };
            (col, coefficient * slope)
        });
        found.push(Row {
            sense: Sense::AtLeast,
            rhs: unit * (left + part * (full + at as f64)),
            entries: entries.collect(),
        });
    }
    found
}
