//! Where the optimum under limits on coefficients of variation lies: each limit is a second-order cone, and a conic solver
//! finds the point. What is proven is proven with the tangents there.

use std::collections::BTreeMap;

use crate::case::balance::{Comparison, Index};
use crate::formulate::{Formulated, Stock};
use crate::plan::answer::Options;
use crate::program::lump::lump;
use crate::program::{Program, Sense};
use crate::solve::cone::{Cone, minimise};

/// Values of a program's columns that keep the limits on coefficients of variation, with a part of each to spare, and have
/// about the least gap. `None` where there are no such limits, or the solver comes to nothing.
///
/// ‖√w·(X − X̄)‖ ≤ κ·X̄ with a column for X̄, one for κ·X̄ and one for each √w·(X − X̄). Schools that are lumped have one
/// level, and one column with the weight of all.
pub(super) fn optimum(form: &Formulated, options: &Options, spare: f64) -> Option<Vec<f64>> {
    let is_cone = |one: &&Comparison| one.index == Index::Cv && !one.is_composite();
    let limits: Vec<&Comparison> = form.comparisons.iter().filter(is_cone).collect();
    if limits.is_empty() {
        return None;
    }
    let lumped = lump(&form.program);
    let mut program = lumped.program.clone();
    program.blocks.clear();
    let first = program.cols.len();
    let shares = shares(form, &lumped.collect(&uppers(&form.program)), |col| {
        lumped.col(col)
    });
    let cones: Vec<Cone> = limits
        .into_iter()
        .map(|one| {
            let levels = levels(form, one, |col| (lumped.col(col), shares[&col]));
            cone(&mut program, &levels, one.most * (1.0 - spare))
        })
        .collect();
    let values = minimise(&program, &cones, &options.halt)?;
    Some(lumped.expand(&values[..first]))
}

fn uppers(program: &Program) -> Vec<f64> {
    program.cols.iter().map(|col| col.upper).collect()
}

/// What each decided stock is of its lump: blocks of one shape have bounds in proportion to their size.
fn shares(
    form: &Formulated,
    totals: &[f64],
    place: impl Fn(usize) -> usize,
) -> BTreeMap<usize, f64> {
    let decided = form.stocks.values().filter_map(|stock| match stock {
        Stock::Decided(col) => Some(*col),
        Stock::Fixed(_) => None,
    });
    let share = |col: usize| {
        let total = totals[place(col)];
        let own = form.program.cols[col].upper;
        if total > 0.0 { own / total } else { 1.0 }
    };
    decided.map(|col| (col, share(col))).collect()
}

/// A level: its weight, and the column it grows with, by how much, or what it is.
struct Linear {
    weight: f64,
    col: Option<usize>,
    each: f64,
}

fn levels(
    form: &Formulated,
    one: &Comparison,
    place: impl Fn(usize) -> (usize, f64),
) -> Vec<Linear> {
    let part = &one.parts[0];
    let mut found: Vec<Linear> = Vec::new();
    let mut known: BTreeMap<usize, usize> = BTreeMap::new();
    for member in &part.members {
        match form.stocks.get(&(member.school, part.resource, one.year)) {
            Some(Stock::Decided(col)) => {
                let (col, share) = place(*col);
                let at = *known.entry(col).or_insert(found.len());
                if at == found.len() {
                    found.push(Linear {
                        weight: 0.0,
                        col: Some(col),
                        each: member.scale * share,
                    });
                }
                found[at].weight += member.weight;
            }
            Some(Stock::Fixed(units)) => found.push(Linear {
                weight: member.weight,
                col: None,
                each: member.scale * units,
            }),
            None => {}
        }
    }
    found
}

/// Adds the columns and rows of a limit; and the cone.
fn cone(program: &mut Program, levels: &[Linear], most: f64) -> Cone {
    let highest = levels.iter().map(|one| match one.col {
        Some(col) => one.each * program.cols[col].upper,
        None => one.each,
    });
    let highest = highest.fold(f64::MIN_POSITIVE, f64::max);
    let mean = program.add_col(0.0, highest, 0.0);
    let bound = program.add_col(0.0, most * highest, 0.0);
    program.add_row(Sense::Equal, 0.0, vec![(bound, 1.0), (mean, -most)]);
    let mut entries = vec![(mean, 1.0)];
    let mut fixed = 0.0;
    for one in levels {
        match one.col {
            Some(col) => entries.push((col, -one.weight * one.each)),
            None => fixed += one.weight * one.each,
        }
    }
    program.add_row(Sense::Equal, fixed, entries);
    let parts = levels.iter().map(|one| {
        let root = one.weight.sqrt();
        let part = program.add_col(-root * highest, root * highest, 0.0);
        let mut entries = vec![(part, 1.0), (mean, root)];
        let fixed = match one.col {
            Some(col) => {
                entries.push((col, -root * one.each));
                0.0
            }
            None => root * one.each,
        };
        program.add_row(Sense::Equal, fixed, entries);
        part
    });
    let parts = parts.collect();
    Cone { bound, parts }
}
