//! Kinds of spending.

/// Whether money is spent once or every year (earmarks ask).
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Nature {
    /// Spent once (资本性).
    Capital,
    /// Spent every year (经常性).
    Recurrent,
}
