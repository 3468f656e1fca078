//! Staying near an earlier plan, the same way for every command.

use std::path::Path;
use std::sync::Arc;

use super::args::Near;
use super::exit::Exit;
use super::load::show_faults;
use super::voice::Voice;
use crate::case::{Case, Earlier, Policy, Rule, Scope};
use crate::read::plan_table::promised;
use crate::report::number::percent;
use crate::words::{Notices, Place};

/// Adds to a case the rule that its plan stays near an earlier one, where that is asked.
///
/// # Errors
/// [`Exit::BadData`] when the table of the earlier plan has faults.
pub fn stay_near(voice: &Voice, case: &mut Case, asked: &Near) -> Result<(), Exit> {
    let Some(file) = &asked.stay_near else {
        return Ok(());
    };
    let folder = file.parent().unwrap_or(Path::new(""));
    let name = file.file_name().unwrap_or(file.as_os_str());
    let mut faults = Notices::new();
    let Some(found) = promised(case, folder, &name.to_string_lossy(), &mut faults) else {
        return Err(show_faults(voice, &faults, folder));
    };
    let most = percent(asked.moving);
    let name = voice.file_language(case).pick(
        format!("与原方案衔接，至多调出 {most} 的资金"),
        format!("stay near the earlier plan, taking away {most} of its money at most"),
    );
    case.policies.push(Policy {
        id: "stay-near".into(),
        name,
        scope: Scope::default(),
        rule: Rule::Stay {
            earlier: Arc::new(Earlier::of(found.units.into_iter())),
            least: 1.0 - asked.moving,
        },
        place: Place::file(file),
    });
    Ok(())
}

impl Near {
    /// The same once more, as it is typed; nothing where nothing is asked.
    pub fn again(&self) -> String {
        let Some(file) = &self.stay_near else {
            return String::new();
        };
        let (file, moving) = (file.display(), percent(self.moving));
        format!(" --stay-near {file} --moving {moving}")
    }
}
