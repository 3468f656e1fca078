//! The earlier plans that rules of a case or of its scenarios name: read once there is a case to read them against.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use super::files::lies_inside;
use super::plan_table::promised;
use crate::case::earlier::Spot;
use crate::case::{Case, Policy, Rule};
use crate::words::catalogue::FILE_OUTSIDE;
use crate::words::{Notice, Notices};

/// What has been read of earlier plans, each file once however many scenarios name it.
#[derive(Debug, Default)]
pub(super) struct EarlierPlans {
    /// By file; `None` where it has faults, which have been told.
    known: BTreeMap<String, Option<Vec<(Spot, f64)>>>,
}

impl EarlierPlans {
    /// Gives a rule that wants a plan near an earlier one what that one promises, as far as the rule speaks of it. Other
    /// rules stay as they are.
    pub(super) fn fill(
        &mut self,
        policy: &mut Policy,
        (case, folder): (&Case, &Path),
        hashes: &mut Vec<(String, String)>,
        notices: &mut Notices,
    ) {
        let Rule::Stay { earlier, .. } = &mut policy.rule else {
            return;
        };
        let Some(file) = earlier.file().map(str::to_string) else {
            return;
        };
        let place = policy.place.clone();
        let read = self.known.entry(file.clone()).or_insert_with(|| {
            if !lies_inside(folder, &file) {
                notices.push(Notice::new(FILE_OUTSIDE, place).text(&file).with(&file));
                return None;
            }
            let found = promised(case, folder, &file, notices)?;
            if !hashes.contains(&found.read) {
                hashes.push(found.read);
            }
            Some(found.units)
        });
        let rows = read.iter().flatten().copied();
        let spoken_of =
            rows.filter(|((_, measure, school), _)| policy.scope.covers(case, *measure, *school));
        *earlier = Arc::new(earlier.with(spoken_of));
    }
}
