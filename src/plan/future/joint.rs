//! The first years decided so that the worst regret is least: one program over all futures.
//!
//! minimise t, subject to t ≥ gap_j − best_j for each future j, where the first years' decisions are shared by all
//! futures and everything else is each future's own. A regret is the difference of two gaps and known no better than
//! they are, so t is counted from the largest gap up: proven to a part of that, as every gap is.

use std::collections::BTreeMap;

use super::super::answer::Options;
use super::super::posed::Posed;
use super::super::proof::Proof;
use super::super::prove::{Known, optimum};
use super::{Future, fixed_gap};
use crate::formulate::{Decision, RowKey, Units};
use crate::program::certificate::lower_bound;
use crate::program::join::{Joined, join};
use crate::program::{Program, Row, Sense};
use crate::solve::{Said, Want, minimise};
use crate::words::tolerance::PROVEN;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// Weight of the total regret beside the worst at the first try, and of money beside the total; how often they are cut
/// to a tenth. As in the stages of a plan.
const FIRST_WEIGHT: f64 = 1e-3;
const MONEY_WEIGHT: f64 = 1e-3;
const TRIES: usize = 6;
/// A decision that is none, as a share of the largest: values may come from the inside of what is best.
const NOTHING: f64 = 1e-7;

/// The first years decided so that the worst regret is least.
#[derive(Clone, Debug)]
pub struct MinMax {
    /// What is decided.
    pub units: Units,
    /// The worst regret in the program over all futures.
    pub worst: f64,
    /// No decisions of the first years have a smaller worst regret than this.
    pub bound: f64,
    /// What proves the bound: multipliers of each future's rows, and of the row of its regret.
    multipliers: Vec<(Vec<f64>, f64)>,
}

impl MinMax {
    /// What the proof over all futures says without one of them: no decisions have a smaller worst regret over the
    /// others than this. As good as a proof of its own wherever that future carries nothing of it.
    pub fn bound_without(&self, futures: &[&Future], dropped: usize) -> f64 {
        let left = futures.iter().enumerate().filter(|(at, _)| *at != dropped);
        let left: Vec<&Future> = left.map(|(_, one)| *one).collect();
        let joint = Joint::of(&left);
        let kept = self.multipliers.iter().enumerate();
        let kept = kept.filter(|(at, _)| *at != dropped).map(|(_, one)| one);
        let mut multipliers = vec![0.0; joint.joined.program.rows.len()];
        for (at, (own, regret)) in kept.enumerate() {
            for (&multiplier, &row) in own.iter().zip(&joint.joined.rows[at]) {
                multipliers[row] = multiplier;
            }
            multipliers[joint.regrets[at]] = *regret;
        }
        (lower_bound(&joint.joined.program, &multipliers) - joint.scale).max(0.0)
    }
}

/// The min–max-regret decisions of futures that were made with the same years and room; ties go to the smaller total
/// regret, then to less money. Whether each future can have them is known only when they are tried in it.
///
/// # Errors
/// What is known, when it is no optimum: above all that no decisions are possible in every future.
pub fn minmax(futures: &[&Future], options: &Options) -> Result<MinMax, Known> {
    let joint = Joint::of(futures);
    let mut posed = Posed::new(&joint.joined.program, options.unlumped);
    let known = optimum(&mut posed, options.solver, &options.halt);
    let Known::Point(proof) = &known else {
        return Err(known);
    };
    let values = joint.refine(futures, proof, &posed, options);
    Ok(MinMax {
        units: joint.units(&values),
        worst: joint.worst(&values),
        bound: (proof.bound - joint.scale).max(0.0),
        multipliers: joint.multipliers(proof),
    })
}

struct Joint {
    joined: Joined,
    /// The columns of the shared decisions.
    shared: Vec<(Decision, usize)>,
    /// The column of the worst regret, counted from `scale` up.
    worst: usize,
    scale: f64,
    /// The row of each future's regret.
    regrets: Vec<usize>,
}

impl Joint {
    fn of(futures: &[&Future]) -> Joint {
        let (parts, labels, decisions) = parts(futures);
        let mut joined = join(&parts.iter().collect::<Vec<_>>(), &labels);
        let scale = futures
            .iter()
            .fold(1.0_f64, |most, one| most.max(one.best.gap.gap.abs()));
        let most = |part: &Program| {
            let costs = part.cols.iter().map(|col| col.cost * col.upper);
            costs.fold(0.0, |sum, cost| sum + cost)
        };
        let range = parts.iter().map(most).fold(1.0, f64::max);
        for col in &mut joined.program.cols {
            col.cost = 0.0;
        }
        let worst = joined.program.add_col(scale, scale + range, 1.0);
        let mut regrets = Vec::new();
        for ((part, future), places) in parts.iter().zip(futures).zip(&joined.cols) {
            let costs = part.cols.iter().zip(places);
            let mut entries: Vec<(usize, f64)> =
                costs.map(|(col, &place)| (place, col.cost)).collect();
            entries.push((worst, -1.0));
            let best = future.best.gap.gap - fixed_gap(&future.form);
            regrets.push(joined.program.add_row(Sense::AtMost, best - scale, entries));
        }
        let mut shared: BTreeMap<usize, usize> = BTreeMap::new();
        for (labels, places) in labels.iter().zip(&joined.cols) {
            let labelled = labels.iter().zip(places);
            shared.extend(labelled.filter_map(|(label, &place)| Some(((*label)?, place))));
        }
        Joint {
            shared: shared
                .into_iter()
                .map(|(label, place)| (decisions[label], place))
                .collect(),
            joined,
            worst,
            scale,
            regrets,
        }
    }

    /// The least worst regret with the least total regret and the least money for the first years among those. Falls
    /// back on the first stage's values when no weight keeps the worst regret, and when halted.
    fn refine(
        &self,
        futures: &[&Future],
        proof: &Proof,
        posed: &Posed,
        options: &Options,
    ) -> Vec<f64> {
        let program = &self.joined.program;
        let mut total = vec![0.0; program.cols.len()];
        for (future, places) in futures.iter().zip(&self.joined.cols) {
            for (col, &place) in future.form.program.cols.iter().zip(places) {
                total[place] += col.cost;
            }
        }
        let mut money = vec![0.0; program.cols.len()];
        let mut all: f64 = 0.0;
        for &(one, place) in &self.shared {
            money[place] = futures[0].case.measures[one.measure].cost.main();
            all = all.max(money[place] * program.cols[place].upper);
        }
        let money_weight =
            MONEY_WEIGHT * self.scale / (all.max(1.0) * self.shared.len().max(1) as f64);
        let mut weight = FIRST_WEIGHT / futures.len() as f64;
        for _ in 0..TRIES {
            if options.halt.asked().is_some() {
                break;
            }
            let costs = program.cols.iter().zip(total.iter().zip(&money));
            let costs: Vec<f64> = costs
                .map(|(col, (gap, money))| col.cost + weight * (gap + money_weight * money))
                .collect();
            let staged = program.with_costs(&costs);
            let posed = posed.recosted(&staged);
            let said = minimise(posed.shown(), options.solver, Want::Values, &options.halt);
            if let Said::Optimal(point) = said {
                let values = posed.values(&point.values);
                if self.worst(&values) <= proof.objective - self.scale + PROVEN * self.scale {
                    return values;
                }
            }
            weight /= 10.0;
        }
        proof.values.clone()
    }

    /// The multipliers of a proof, future by future.
    fn multipliers(&self, proof: &Proof) -> Vec<(Vec<f64>, f64)> {
        let of = |(rows, &regret): (&Vec<usize>, &usize)| {
            let own = rows.iter().map(|&row| proof.multipliers[row]).collect();
            (own, proof.multipliers[regret])
        };
        self.joined.rows.iter().zip(&self.regrets).map(of).collect()
    }

    /// The worst regret of values.
    fn worst(&self, values: &[f64]) -> f64 {
        values[self.worst] - self.scale
    }

    fn units(&self, values: &[f64]) -> Units {
        let cols = &self.joined.program.cols;
        let decided = |&(one, place): &(Decision, usize)| {
            (values[place] > NOTHING * cols[place].upper).then_some((one, values[place]))
        };
        self.shared.iter().filter_map(decided).collect()
    }
}

/// The futures' programs, fit to be joined: what is not open in every future is decided in none, and ceilings leave room
/// for what may be there before a need is known. The labels of their columns, and the decisions these stand for.
#[allow(clippy::type_complexity)] // three lists, used in one place
fn parts(futures: &[&Future]) -> (Vec<Program>, Vec<Vec<Option<usize>>>, Vec<Decision>) {
    let mut open: BTreeMap<Decision, usize> = BTreeMap::new();
    for future in futures {
        for (_, one) in future.form.decisions(future.years) {
            *open.entry(one).or_default() += 1;
        }
    }
    let decisions: Vec<Decision> = open.keys().copied().collect();
    let highest = highest(futures);
    let (mut parts, mut labels) = (Vec::new(), Vec::new());
    for future in futures {
        let mut program = future.form.program.clone();
        let mut label = vec![None; program.cols.len()];
        for (at, one) in future.form.decisions(future.years) {
            label[at] = decisions.binary_search(&one).ok();
            if open[&one] < futures.len() {
                program.cols[at].upper = program.cols[at].lower;
            }
        }
        for (row, key) in program.rows.iter_mut().zip(&future.form.rows) {
            if let Some(highest) = ceiling(key).and_then(|at| highest.get(&at)) {
                lower(row, *highest, &label);
            }
        }
        parts.push(program);
        labels.push(label);
    }
    (parts, labels, decisions)
}

/// A school, a resource and a plan year.
type Place = (SchoolIx, ResourceIx, YearIx);

fn ceiling(key: &RowKey) -> Option<Place> {
    match *key {
        RowKey::Ceiling {
            school,
            resource,
            period,
        } => Some((school, resource, period)),
        _ => None,
    }
}

/// The highest of the futures' ceilings, which bounds what is decided beforehand; where a future has none, what its
/// columns may be at most.
fn highest(futures: &[&Future]) -> BTreeMap<Place, f64> {
    let mut found: BTreeMap<Place, (f64, f64, usize)> = BTreeMap::new();
    for future in futures {
        let program = &future.form.program;
        for (row, key) in program.rows.iter().zip(&future.form.rows) {
            if let Some(at) = ceiling(key) {
                let uppers = row.entries.iter().map(|&(col, _)| program.cols[col].upper);
                let most = uppers.fold(0.0, |sum, upper| sum + upper);
                let (highest, widest, count) = found.entry(at).or_default();
                (*highest, *widest) = (highest.max(row.rhs), widest.max(most));
                *count += 1;
            }
        }
    }
    let known = |(highest, widest, count): (f64, f64, usize)| match count == futures.len() {
        true => highest,
        false => highest.max(widest),
    };
    found
        .into_iter()
        .map(|(at, one)| (at, known(one)))
        .collect()
}

/// A ceiling that leaves room for what is decided beforehand, up to the highest of all futures' ceilings.
///
/// Of what is decided beforehand (x) and afterwards (y) a future says y ≤ max(ceiling − x, 0). That is no linear
/// program where x may go beyond the ceiling; y + x · ceiling/highest ≤ ceiling is the least that one can allow, and
/// right at either end.
fn lower(row: &mut Row, highest: f64, label: &[Option<usize>]) {
    if row.rhs >= highest {
        return;
    }
    let share = row.rhs / highest;
    for (col, number) in &mut row.entries {
        if label[*col].is_some() {
            *number *= share;
        }
    }
}
