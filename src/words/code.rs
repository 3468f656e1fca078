//! The code of a kind of finding, and how grave it is.

/// How grave a finding is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Grade {
    /// No plan can be made from these data.
    Error,
    /// A plan can be made, but something is left out or looks wrong.
    Warning,
    /// Something worth knowing.
    Hint,
}

/// The code of a kind of finding, such as `E201`; its texts stand in [`super::catalogue`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Code(pub &'static str);
