//! Decisions of the first years held in a future.

use std::collections::BTreeSet;

use super::super::answer::{NamedRule, Options};
use super::super::culprits::carrying_rows;
use super::super::posed::Posed;
use super::super::prove::{Known, optimum};
use super::{Future, Gap, Held, fixed_gap};
use crate::case::Case;
use crate::formulate::{Decision, RowKey, Units};
use crate::program::{Program, Row, Sense};
use crate::words::tolerance::{KEEPS_ROW, STEP};

/// By how much limits are loosened to tell decisions that are impossible from decisions that a solver has rounded.
/// Relative; at most ten times what a solver's values may break a row by.
const LOOSE: f64 = 10.0 * KEEPS_ROW;
/// The loosening is tried in these parts, so that the gap is not made smaller than it need be.
const PARTS: [f64; 3] = [0.01, 0.1, 1.0];

/// How firmly decisions are held.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Firmly {
    /// Neither more nor less.
    AsTheyAre,
    /// No more.
    AtMost,
}

impl Future {
    /// The best of this future with these decisions in the first years and no others.
    pub fn hold(&self, units: &Units, options: &Options) -> Held {
        let rules = match self.holding(units, Firmly::AsTheyAre) {
            Err(beyond) => not_open(&self.case, &beyond),
            Ok(program) => match self.optimum(&program, options) {
                Known::Impossible(proof) => {
                    let tried = PARTS.map(|part| part * LOOSE).into_iter();
                    let mut known = tried.map(|by| self.optimum(&loosened(&program, by), options));
                    if let Some(known) = known.find(|one| !matches!(one, Known::Impossible(_))) {
                        return self.held(known);
                    }
                    self.rules(&program, &proof, options)
                }
                known => return self.held(known),
            },
        };
        let cut = self.holding(units, Firmly::AtMost).ok();
        let cut = cut.map(|program| self.held(self.optimum(&program, options)));
        Held::NotPossible {
            rules,
            cut: match cut {
                Some(Held::Possible(gap)) if gap.is_proven() => Some(gap),
                _ => None,
            },
        }
    }

    fn held(&self, known: Known) -> Held {
        match known {
            Known::Point(proof) => {
                let fixed = fixed_gap(&self.form);
                Held::Possible(Gap {
                    gap: proof.objective + fixed,
                    bound: proof.bound + fixed,
                })
            }
            known => Held::Open(known.verdict()),
        }
    }

    fn optimum(&self, program: &Program, options: &Options) -> Known {
        let mut posed = Posed::new(program, options.unlumped);
        optimum(&mut posed, options.solver, &options.halt)
    }

    /// The program with the decisions fixed.
    ///
    /// # Errors
    /// The decisions that are not open in this future.
    fn holding(&self, units: &Units, firmly: Firmly) -> Result<Program, BTreeSet<Decision>> {
        let mut program = self.form.program.clone();
        let wanted = |one: &Decision| units.get(one).copied().unwrap_or(0.0);
        let mut beyond: BTreeSet<Decision> = units
            .iter()
            .filter(|(_, units)| **units > STEP)
            .map(|(&one, _)| one)
            .collect();
        let mut fixed = vec![false; program.cols.len()];
        for (at, one) in self.form.decisions(self.years) {
            let col = &mut program.cols[at];
            // What a school can give is bounded by what it can spare, what it gets by no need.
            if !one.gives || wanted(&one) <= col.upper + STEP.max(LOOSE * col.upper) {
                beyond.remove(&one);
            }
            let most = if one.gives { col.upper } else { f64::INFINITY };
            let value = wanted(&one).max(col.lower).min(most);
            col.upper = value;
            if firmly == Firmly::AsTheyAre {
                (col.lower, fixed[at]) = (value, true);
            }
        }
        if !beyond.is_empty() && firmly == Firmly::AsTheyAre {
            return Err(beyond);
        }
        for (row, key) in program.rows.iter_mut().zip(&self.form.rows) {
            let terms = row.entries.iter().filter(|(col, _)| fixed[*col]);
            let terms: Vec<f64> = terms
                .map(|&(col, number)| number * program.cols[col].lower)
                .collect();
            let activity = terms.iter().fold(0.0, |sum, term| sum + term);
            if matches!(key, RowKey::Ceiling { .. }) {
                // What is there already is there; nothing more is bought anew.
                row.rhs = row.rhs.max(activity);
            } else if terms.len() == row.entries.len() && is_kept(row, activity, &terms) {
                (row.entries, row.rhs) = (Vec::new(), 0.0);
            }
        }
        Ok(program)
    }

    /// The rules that carry a proof of impossibility: limits where there are any among them, those of the first years
    /// above all, and of these only such as the others cannot do without.
    fn rules(&self, program: &Program, multipliers: &[f64], options: &Options) -> Vec<NamedRule> {
        let carrying = carrying_rows(multipliers);
        let key = |at: &usize| &self.form.rows[*at];
        let is_limit = |at: &usize| {
            matches!(
                key(at),
                RowKey::Fund { .. }
                    | RowKey::Share { .. }
                    | RowKey::Quota { .. }
                    | RowKey::Target { .. }
                    | RowKey::Indicator { .. }
                    | RowKey::Indicators { .. }
                    | RowKey::Stay { .. }
                    | RowKey::Differences { .. }
            )
        };
        let is_early = |at: &usize| key(at).period().is_some_and(|year| year.at() < self.years);
        let limits: Vec<usize> = carrying.iter().copied().filter(is_limit).collect();
        let early: Vec<usize> = limits.iter().copied().filter(is_early).collect();
        let named = match (early.is_empty(), limits.is_empty()) {
            (false, _) => self.needed(program, early, options),
            (true, false) => self.needed(program, limits, options),
            (true, true) => carrying,
        };
        let told = named
            .iter()
            .map(key)
            .filter(|key| !matches!(key, RowKey::Class { .. } | RowKey::Pool { .. }));
        told.map(|key| NamedRule {
            name: key.words(&self.case),
            place: match key {
                RowKey::Share { policy, .. }
                | RowKey::Quota { policy, .. }
                | RowKey::Differences { policy, .. }
                | RowKey::Target { policy, .. }
                | RowKey::Indicator { policy, .. }
                | RowKey::Indicators { policy, .. }
                | RowKey::Stay { policy } => Some(self.case.policies[*policy].place.clone()),
                _ => None,
            },
        })
        .collect()
    }

    /// Of these rows those without which the decisions would be possible, each tried in turn (deletion filter); all of
    /// them where other rows alone make the decisions impossible.
    fn needed(&self, program: &Program, rows: Vec<usize>, options: &Options) -> Vec<usize> {
        let mut without = program.with_costs(&vec![0.0; program.cols.len()]);
        let mut is_impossible = |at: usize| {
            let kept = without.rows[at].clone();
            let row = &mut without.rows[at];
            (row.entries, row.rhs, row.sense) = (Vec::new(), 0.0, Sense::Equal);
            let known = self.optimum(&without, options);
            let impossible = matches!(known, Known::Impossible(_));
            if !impossible {
                without.rows[at] = kept;
            }
            impossible
        };
        let needed = rows.iter().copied().filter(|&at| !is_impossible(at));
        let needed: Vec<usize> = needed.collect();
        if !needed.is_empty() {
            return needed;
        }
        // Several limits are too tight, each by itself; money is what says most.
        let is_money = |at: &usize| matches!(self.form.rows[*at], RowKey::Fund { .. });
        let money: Vec<usize> = rows.iter().copied().filter(is_money).collect();
        if money.is_empty() { rows } else { money }
    }
}

/// Whether a row whose columns are all fixed is kept but for a solver's rounding.
fn is_kept(row: &Row, activity: f64, terms: &[f64]) -> bool {
    let size = terms
        .iter()
        .fold(row.rhs.abs(), |size, term| size + term.abs());
    let over = activity - row.rhs;
    let violation = match row.sense {
        Sense::AtLeast => -over,
        Sense::AtMost => over,
        Sense::Equal => over.abs(),
    };
    violation <= LOOSE * size + STEP * terms.len() as f64
}

/// The program with every limit loosened by a part of it.
fn loosened(program: &Program, by: f64) -> Program {
    let mut loose = program.clone();
    for row in &mut loose.rows {
        let (least, most) = row.activity_range(&program.cols);
        let size = row.rhs.abs().max(least.abs().min(most.abs()));
        match row.sense {
            Sense::AtLeast => row.rhs -= by * size,
            Sense::AtMost => row.rhs += by * size,
            Sense::Equal => {}
        }
    }
    loose
}

/// Why decisions are not open: a measure that may not be used there, or posts that cannot be spared.
fn not_open(case: &Case, beyond: &BTreeSet<Decision>) -> Vec<NamedRule> {
    let kinds: BTreeSet<_> = beyond.iter().map(|one| (one.measure, one.gives)).collect();
    let named = |(measure, gives)| {
        let name = &case.measures[measure].name;
        NamedRule {
            name: match gives {
                true => (
                    format!("{name}：派出学校没有这么多富余"),
                    format!("{name}: the giving schools have less to spare"),
                ),
                false => (
                    format!("不得采用“{name}”"),
                    format!("“{name}” may not be used"),
                ),
            },
            place: None,
        }
    };
    kinds.into_iter().map(named).collect()
}
