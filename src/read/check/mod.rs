//! Checks on the case as a whole: contradictions between rules, what is left out, what looks mistaken.

mod completeness;
mod contradiction;
mod covered;
mod scale;

use crate::case::{Case, Change, Overlay};
use crate::words::{FundIx, MeasureIx, Notice, Notices, Place, ResourceIx, Table};

/// Where the parts of a case are stated.
#[derive(Debug, Default)]
pub(super) struct Places {
    /// `[case]`.
    pub(super) case: Place,
    /// `[standard]`.
    pub(super) standard: Place,
    /// Each `[[resource]]`.
    pub(super) resources: Table<ResourceIx, Place>,
    /// Each `[[measure]]`.
    pub(super) measures: Table<MeasureIx, Place>,
    /// Each `[[fund]]`.
    pub(super) funds: Table<FundIx, Place>,
}

/// Checks a case. What is left out is looked for only in a case that is `whole`: where tables or references are
/// faulty, all sorts of things would seem to be missing.
pub(super) fn case(case: &Case, places: &Places, whole: bool, notices: &mut Notices) {
    contradiction::check(case, notices);
    if whole {
        completeness::check(case, places, notices);
        scale::check(case, places, notices);
    }
}

/// Checks the rules that a scenario adds against those of the case and against each other.
pub(super) fn overlay(base: &Case, overlay: &Overlay, notices: &mut Notices) {
    if !overlay
        .changes
        .iter()
        .any(|change| matches!(change, Change::Policy(_)))
    {
        return;
    }
    let mut found = Notices::new();
    contradiction::check(&overlay.apply(base), &mut found);
    let added = |notice: &&Notice| {
        base.policies
            .iter()
            .all(|policy| policy.place != notice.place)
    };
    found
        .iter()
        .filter(added)
        .for_each(|notice| notices.push(notice.clone()));
}
