//! What is odd about a follow-up table beside its plan, with the place of each.

use std::collections::BTreeMap;

use super::entry::Entry;
use super::line::Line;
use crate::case::Case;
use crate::words::catalogue::{
    FOLLOW_ADDED_UP, FOLLOW_AFTER_THE_YEAR, FOLLOW_COSTS_NOBODY, FOLLOW_PLAN_DIFFERS,
};
use crate::words::{FundIx, MeasureIx, Notice, Notices, SchoolIx, YearIx, tolerance};

type Same = (SchoolIx, MeasureIx, YearIx, Option<FundIx>, Option<bool>);

/// Remarks on the rows of a follow-up table, in order of the table.
pub fn remarks(case: &Case, lines: &[Line], entries: &[Entry], as_of: YearIx) -> Notices {
    let mut notices = Notices::new();
    let mut planned: BTreeMap<Same, f64> = BTreeMap::new();
    let mut funded: BTreeMap<(SchoolIx, MeasureIx, YearIx), bool> = BTreeMap::new();
    for line in lines {
        let at = line.at;
        let signed = if at.gives {
            -line.planned
        } else {
            line.planned
        };
        for gives in [None, Some(at.gives)] {
            *planned
                .entry((at.school, at.measure, at.year, line.fund, gives))
                .or_default() += signed;
        }
        *funded.entry((at.school, at.measure, at.year)).or_default() |=
            line.fund.is_some() || line.is_planned;
    }
    let mut seen: BTreeMap<Same, &Entry> = BTreeMap::new();
    for entry in entries {
        let same = (
            entry.school,
            entry.measure,
            entry.year,
            entry.fund,
            entry.gives,
        );
        let notice = |code| Notice::new(code, entry.place.clone());
        if let Some(said) = entry.planned {
            let stands = planned.get(&same).copied().unwrap_or(0.0);
            // A table holds what spreadsheets show: the last digits may be gone.
            if (said - stands).abs() > tolerance::STEP * stands.abs().max(1.0) {
                notices.push(
                    notice(FOLLOW_PLAN_DIFFERS)
                        .text(said.to_string())
                        .with(stands),
                );
            }
        }
        if !entry.entered.any() {
            continue;
        }
        match seen.get(&same) {
            Some(first) => {
                let line = first.place.line.unwrap_or_default();
                notices.push(notice(FOLLOW_ADDED_UP).with(line));
            }
            None => {
                seen.insert(same, entry);
            }
        }
        if entry.year > as_of {
            notices.push(notice(FOLLOW_AFTER_THE_YEAR).with(case.horizon.calendar(as_of)));
        }
        let costs = !case.measures[entry.measure].cost.is_zero() && entry.gives != Some(true);
        let known = funded.get(&(entry.school, entry.measure, entry.year));
        if costs && entry.entered.taken.is_some_and(|units| units > 0.0) && known == Some(&false) {
            notices.push(notice(FOLLOW_COSTS_NOBODY));
        }
    }
    notices
}
