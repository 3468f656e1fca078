//! The official balance arithmetic: levels, coefficients of variation, compliance and shortages of a case.
//!
//! Source: 教督〔2012〕3号 (eight indicators, composite coefficient) and 教督〔2017〕6号 (seven indicators, each
//! coefficient by itself). Stock comes through a closure, so the same arithmetic judges today's schools and a plan.

mod comparison;
mod index;
mod indicators;
mod level;
mod pass;
mod shortage;
mod sizes;
mod spread;
mod survey;
#[cfg(test)]
mod tests;

pub use comparison::{Comparison, Member, Part, comparisons};
pub use index::Index;
pub use indicators::{Check, checks};
pub use level::Level;
pub use shortage::{Shortage, shortages};
pub use sizes::{SizeCheck, Sized, Stock, sizes};
pub use spread::{Spread, composite, spread};
pub use survey::{Group, IndicatorSurvey, SchoolSurvey, SectionSurvey, Survey, survey};
