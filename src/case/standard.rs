//! A standard: norms, the rule a school must pass, and the limit on differences between schools.

use super::Case;
use super::resource::Norm;
use super::school::BySection;
use crate::words::{ResourceIx, Table};

/// A set of norms with its rules (标准).
#[derive(Clone, Debug)]
pub struct Standard {
    /// Its name and source, as shown.
    pub name: String,
    /// The norm of each resource, where it has one.
    pub norms: Table<ResourceIx, Option<Norm>>,
    /// The resources that count for compliance and coefficients, where the set names them; `None` leaves it to
    /// [`super::Resource::indicator`]. Norms beyond them are planned for but not judged.
    pub indicators: Option<Vec<ResourceIx>>,
    /// When a school counts as up to standard, if the set says.
    pub compliance: Option<Compliance>,
    /// The limit on the coefficients of variation, if the set says.
    pub cv_limit: Option<CvLimit>,
    /// Schools with fewer pupils than this are left out of compliance and of coefficients (official: 50).
    pub small_school: f64,
    /// Limits on the size of classes and schools, as far as the set has any.
    pub sizes: SizeLimits,
    /// How many teachers are to change schools each year, if the set says and the case has the resources.
    pub rotation: Option<RotationGoal>,
}

/// How many teachers are to change schools each year (教师交流轮岗).
#[derive(Clone, PartialEq, Debug)]
pub struct RotationGoal {
    /// The teachers.
    pub teachers: ResourceIx,
    /// The part of them that is to begin a rotation in each year, between 0 and 1 (official: 0.10 of those who may be asked).
    pub least: f64,
    /// The backbone teachers, and the part of all who begin one that they are to be (official: 0.20).
    pub backbone: Option<(ResourceIx, f64)>,
}

/// Limits on the size of classes and schools, in pupils.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct SizeLimits {
    /// The most pupils of a class, by section (班额).
    pub class: BySection<Option<f64>>,
    /// The most pupils of a school of one stage.
    pub school: Option<f64>,
    /// The most pupils of a school of both stages (九年一贯制).
    pub through_school: Option<f64>,
}

impl Case {
    /// Whether a resource is one of the standard's indicators; never where its norm counts some of the pupils only.
    pub fn is_indicator(&self, resource: ResourceIx) -> bool {
        let norm = self.standard.norms[resource].as_ref();
        if norm.is_some_and(|norm| norm.basis.counts_some()) {
            return false;
        }
        match &self.standard.indicators {
            Some(named) => named.contains(&resource),
            None => self.resources[resource].indicator,
        }
    }
}

/// When a school counts as up to standard, out of its indicators.
#[derive(Clone, PartialEq, Debug)]
pub enum Compliance {
    /// At least this many met, and each of the others at least at `rest` of its norm ("6 of 7, the rest at 85 %").
    AtLeast {
        /// How many must be met.
        met: usize,
        /// The share of its norm each other indicator must reach.
        rest: f64,
    },
    /// At most this many failed ("at most 2 of 11").
    AtMostFailed(usize),
    /// All of these met ("all core items").
    All(Vec<ResourceIx>),
}

/// The limit on the official coefficient of variation (差异系数).
#[derive(Clone, PartialEq, Debug)]
pub struct CvLimit {
    /// The limit itself, by section.
    pub limit: BySection<f64>,
    /// Whether it holds for the plain mean of all indicators (2012) or for each of them (2017).
    pub composite: bool,
}
