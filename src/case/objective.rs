//! How shortfalls are weighed against each other: the gap index.

use super::Case;
use super::scope::Scope;
use crate::words::SchoolIx;

/// What a wholly unmet standard counts for.
#[derive(
    Clone, Copy, PartialEq, Eq, Debug, serde::Serialize, serde::Deserialize, schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Count {
    /// Each pupil of the school once: the index is in pupil-standards.
    Pupils,
    /// Each school once: the index is in school-standards.
    Schools,
}

/// What comes first.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    Debug,
    Default,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum First {
    /// The smallest total gap.
    #[default]
    Gap,
    /// The lowest school as high as it can be, then the next lowest, and so on (leximin); then the smallest total gap.
    Leximin,
}

impl First {
    /// The name in Chinese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            First::Gap => ("总缺口最小", "smallest total gap"),
            First::Leximin => (
                "先逐级提高最低的学校，再使总缺口最小",
                "the lowest school first, then the next (leximin), then the smallest total gap",
            ),
        }
    }
}

/// More weight for some schools (倾斜). Where several speak of a school, their weights multiply.
#[derive(Clone, PartialEq, Debug)]
pub struct Tilt {
    /// Which schools; only the school fields of the scope are used.
    pub scope: Scope,
    /// Their weight, 1 for no tilt.
    pub weight: f64,
}

/// A severity band: the part of a shortfall that lies below `below` of the standard and above the band before.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Band {
    /// Upper edge as a share of the standard; the last band ends at 1.
    pub below: f64,
    /// Weight of a shortfall inside the band; never smaller for a lower band.
    pub weight: f64,
}

/// How shortfalls are weighed.
#[derive(Clone, PartialEq, Debug)]
pub struct Objective {
    /// Pupils or schools.
    pub count: Count,
    /// Tilts, in file order.
    pub tilts: Vec<Tilt>,
    /// What comes first.
    pub first: First,
    /// Severity bands from the lowest up; empty when every part of a shortfall weighs the same.
    pub bands: Vec<Band>,
}

impl Objective {
    /// The tilt of a school, 1 for none.
    pub fn tilt(&self, case: &Case, school: SchoolIx) -> f64 {
        self.tilts
            .iter()
            .filter(|tilt| tilt.scope.covers_school(case, school))
            .map(|tilt| tilt.weight)
            .product()
    }
}
