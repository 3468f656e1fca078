//! The independent check of a plan: every rule recomputed in the planner's own units from the rows alone.

/// A rule that a plan breaks.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Breach {
    /// What kind of rule.
    pub rule: &'static str,
    /// In words, Chinese and English.
    pub message: (String, String),
}

/// The result of an audit.
#[derive(Clone, PartialEq, Debug, Default, serde::Serialize)]
pub struct Audit {
    /// How many rules were checked.
    pub checked: usize,
    /// Those that are broken.
    pub breaches: Vec<Breach>,
}
