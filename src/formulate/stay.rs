//! Staying near an earlier plan: what of it is kept at a school, and how much of its money that is at least.

use std::collections::BTreeMap;

use super::moves::Move;
use super::{ColKey, Formulated, RowKey};
use crate::case::earlier::Spot;
use crate::case::{Case, Rule};
use crate::program::Sense;
use crate::words::tolerance::STEP;
use crate::words::{Money, PolicyIx};

/// The rules of a case that ask a plan to stay near an earlier one, with the money of that by spot.
pub(super) struct Stays {
    rules: Vec<(PolicyIx, BTreeMap<Spot, Money>)>,
}

impl Stays {
    pub(super) fn of(case: &Case) -> Stays {
        let rules = case.policies.pairs();
        let rules = rules.filter_map(|(at, stated)| match &stated.rule {
            Rule::Stay { earlier, .. } => Some((at, earlier.money(case))),
            _ => None,
        });
        Stays {
            rules: rules.collect(),
        }
    }

    /// For each column of a school that an earlier plan has something of, a column of what is kept and a row that no more is
    /// kept than there is.
    pub(super) fn add(&self, form: &mut Formulated, case: &Case, moves: &[Move], cols: &[usize]) {
        for (policy, money) in &self.rules {
            let Rule::Stay { earlier, .. } = &case.policies[*policy].rule else {
                continue;
            };
            for (one, &col) in moves.iter().zip(cols) {
                let ColKey::Supply {
                    school,
                    measure,
                    year,
                } = one.key
                else {
                    continue;
                };
                let spot = (year, measure, school);
                let units = earlier.units(&spot);
                if units <= 0.0 || !money.contains_key(&spot) {
                    continue;
                }
                // An earlier plan in whole units may have covered the last part of a need, or been the smallest project.
                let step = case.step(measure);
                let whole = ((one.upper / step) - STEP).ceil() * step;
                let whole = whole.max(case.least_steps(measure) as f64 * step);
                if units > one.upper && units <= whole * (1.0 + STEP) {
                    form.program.cols[col].upper = units;
                }
                let units = units.min(form.program.cols[col].upper);
                let policy = *policy;
                let kept = ColKey::Kept {
                    policy,
                    school,
                    measure,
                    year,
                };
                let kept = form.add_col(kept, 0.0, units, 0.0);
                let key = RowKey::Kept {
                    policy,
                    school,
                    measure,
                    year,
                };
                form.add_row(key, Sense::AtLeast, 0.0, vec![(col, 1.0), (kept, -1.0)]);
            }
        }
    }
}

/// At least the part of the earlier money that each rule asks for is kept.
pub(super) fn add_rows(form: &mut Formulated, case: &Case) {
    for (policy, stated) in case.policies.pairs() {
        let Rule::Stay { earlier, least } = &stated.rule else {
            continue;
        };
        let all: Money = earlier.money(case).values().copied().sum();
        let kept = form.cols.iter().enumerate();
        let kept = kept.filter_map(|(col, key)| match *key {
            ColKey::Kept {
                policy: of,
                measure,
                year,
                ..
            } if of == policy => Some((col, case.price_in_plan(measure, year))),
            _ => None,
        });
        let entries = kept.collect();
        let key = RowKey::Stay { policy };
        form.add_row(key, Sense::AtLeast, least * all.main(), entries);
    }
}
