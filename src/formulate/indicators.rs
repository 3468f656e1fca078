//! Rules on indicators while it is open which of them stay below their norm: stock + below ≥ norm for each, with
//! below ≤ most = (1 − rest)·norm, and Σ below / most ≤ how many may. For whole numbers of indicators that is the convex
//! hull of all choices at one school; what is lost is lost where schools share a limit.
//!
//! That each has the rest of its norm is a target like any other (see `block`). So are the norms, once chosen.

use std::collections::BTreeMap;

use super::moves::Move;
use super::need::Need;
use super::{ColKey, Formulated, RowKey};
use crate::case::balance::{Check, checks};
use crate::case::settled::settled_supply;
use crate::case::{Case, Rule};
use crate::program::Sense;
use crate::words::tolerance::STEP;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// A check of which it is open which indicators stay below their norm.
#[derive(Clone, Debug)]
pub struct Leeway {
    /// What the rule asks.
    pub check: Check,
    /// The row that says how many may.
    pub row: usize,
    /// The indicators that may, those apart that are met whatever is done.
    pub slots: Vec<Slot>,
}

/// An indicator that may stay below its norm.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    /// The indicator.
    pub resource: ResourceIx,
    /// The column with the units by which it does.
    pub col: usize,
    /// The most they can be.
    pub most: f64,
    /// The row of its norm.
    pub row: usize,
}

/// The part of a norm that is nothing but rounding.
const ROUNDING: f64 = 1e-9;

/// By need: what rules on indicators ask beyond R, from when on. The sections of a nine-year school share what there is by
/// pupils, and one of them may be below its norm where all pupils together are not.
pub(super) type Beyond = BTreeMap<(SchoolIx, ResourceIx), (YearIx, f64)>;

/// What is open, and what is asked beyond R.
pub(super) fn asked(case: &Case) -> (Vec<Check>, Beyond) {
    let all = checks(case);
    let settled = settled_supply(case);
    let mut beyond = Beyond::new();
    for check in &all {
        for &(resource, full) in &check.parts {
            let (school, year) = (check.school, check.year);
            let required = case.required(school, resource, year).unwrap_or(0.0);
            let done = settled.get(&(school, resource));
            let done = done.map_or(0.0, |units| units[year.at()]);
            let stock = case.stock_in(school, resource, year).unwrap_or(0.0) + done;
            if full > required * (1.0 + ROUNDING) && full > stock {
                let entry = beyond.entry((school, resource)).or_insert((year, 0.0));
                entry.0 = entry.0.min(year);
                entry.1 = entry.1.max(full - stock);
            }
        }
    }
    let open = |check: &Check| {
        let rule = &case.policies[check.policy].rule;
        matches!(rule, Rule::Indicators { relaxed: None, .. })
            && check.free > 0
            && check.free < check.parts.len()
    };
    (all.into_iter().filter(open).collect(), beyond)
}

/// The whole steps in which all that a resource is brought comes; `None` where some of it comes otherwise.
pub(super) fn steps(case: &Case, resource: ResourceIx) -> Option<f64> {
    let mut otherwise = case
        .measures
        .iter()
        .filter(|one| (one.is_joint() || one.step.is_some()) && one.brings(resource).is_some());
    let step = case.resources[resource].step;
    (otherwise.next().is_none() && step > 0.0).then_some(step)
}

/// Units rounded up to whole steps.
fn in_steps(units: f64, step: Option<f64>) -> f64 {
    match step {
        Some(step) => ((units / step) - STEP).ceil() * step,
        None => units,
    }
}

/// Units that a target asks for beyond what there is in a plan year: up to whole steps, but for no more than R, up to which
/// measures bring something. What is asked beyond R is asked as it is.
pub(super) fn asked_for(need: &Need, year: YearIx, stock: f64, step: Option<f64>) -> f64 {
    let lacking = stock - need.stock(year.at());
    match is_beyond(need, year, stock) {
        true => lacking,
        false => in_steps(lacking, step).min(need.missing[year.at()].max(lacking)),
    }
}

/// Whether so many units are more than R.
pub(super) fn is_beyond(need: &Need, year: YearIx, stock: f64) -> bool {
    stock > need.required[year.at()] * (1.0 + ROUNDING)
}

/// The rows of one need: one for each open check of its school, with the places of the checks.
pub(super) fn add_norms(
    form: &mut Formulated,
    case: &Case,
    need: &Need,
    (moves, columns): (&[Move], &[usize]),
    open: &[(usize, Check)],
) -> Vec<(usize, Slot)> {
    let mut slots = Vec::new();
    let step = steps(case, need.resource);
    for (at, check) in open {
        let part = check.parts.iter().find(|part| part.0 == need.resource);
        let Some(&(resource, full)) = part else {
            continue;
        };
        let there = need.stock(check.year.at());
        let (entries, least) = brought(case, need, check.year, (moves, columns));
        let lacking = full - there;
        let rest = check.rest * full;
        let rest = asked_for(need, check.year, rest, step);
        let most = lacking - rest.max(least);
        if lacking <= least + ROUNDING * full {
            continue;
        }
        let (policy, school, section, year) =
            (check.policy, check.school, check.section, check.year);
        let key = ColKey::Below {
            policy,
            school,
            section,
            resource,
            year,
        };
        let col = form.add_col(key, 0.0, most.max(0.0), 0.0);
        let mut entries = entries;
        entries.push((col, 1.0));
        let key = RowKey::Indicator {
            policy,
            school,
            section,
            resource,
            year,
        };
        let row = form.add_row(key, Sense::AtLeast, lacking, entries);
        if most > ROUNDING * full {
            let slot = Slot {
                resource,
                col,
                most,
                row,
            };
            slots.push((*at, slot));
        }
    }
    slots
}

/// What measures bring of a need in a plan year, as entries of a row, and the least that it can come to.
pub(super) fn brought(
    case: &Case,
    need: &Need,
    year: YearIx,
    (moves, columns): (&[Move], &[usize]),
) -> (Vec<(usize, f64)>, f64) {
    let (mut entries, mut least) = (Vec::new(), 0.0);
    for (m, &col) in moves.iter().zip(columns) {
        let each = case.measures[m.measure].brings(need.resource);
        let Some(each) = each.filter(|_| m.service.contains(year.at())) else {
            continue;
        };
        let each = m.sign * each * m.service.share(year.at());
        least += (each * m.lower).min(each * m.upper);
        entries.push((col, each));
    }
    (entries, least)
}

/// No more indicators of a check stay below their norm than may.
pub(super) fn add_counts(form: &mut Formulated, open: Vec<Check>, slots: Vec<(usize, Slot)>) {
    let mut by_check: Vec<Vec<Slot>> = vec![Vec::new(); open.len()];
    for (at, slot) in slots {
        by_check[at].push(slot);
    }
    for (check, slots) in open.into_iter().zip(by_check) {
        if slots.len() <= check.free {
            continue;
        }
        let key = RowKey::Indicators {
            policy: check.policy,
            school: check.school,
            section: check.section,
            year: check.year,
        };
        let entries = slots.iter().map(|slot| (slot.col, 1.0 / slot.most));
        let row = form.add_row(key, Sense::AtMost, check.free as f64, entries.collect());
        form.leeways.push(Leeway { check, row, slots });
    }
}
