//! How a run ends.

use std::process::ExitCode;

/// How a run ends; the later the worse, so that a comparison ends as its worst scenario does.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Exit {
    /// Done and, where something was to be proven, proven.
    Done = 0,
    /// The data are bad.
    BadData = 1,
    /// The run could not be made: wrong arguments, a folder that cannot be written.
    CouldNotRun = 2,
    /// Stopped without a proof.
    Unproven = 3,
    /// No plan keeps all rules.
    Impossible = 4,
    /// A plan breaks a rule.
    AuditFailed = 5,
}

impl From<Exit> for ExitCode {
    fn from(exit: Exit) -> ExitCode {
        ExitCode::from(exit as u8)
    }
}
