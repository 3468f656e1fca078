//! Measures (措施): the ways of meeting a need.

use super::nature::Nature;
use super::scope::Scope;
use crate::words::{Money, ResourceIx};

/// How a measure meets a need.
#[derive(Clone, PartialEq, Debug)]
pub enum Lever {
    /// Buying or building: paid in full in its year, useful `lead` years later and for `life` years from then.
    Buy {
        /// Years from payment to use; 0 when it is useful in its own year.
        lead: usize,
        /// Years of use.
        life: usize,
    },
    /// Hiring: paid every year from its year on, in the terminal period too, and useful as long.
    Hire,
    /// Rotation inside a county (交流轮岗): a post moves for `term` years from a school to another of the same
    /// stage; the cost is an allowance per post and year, paid for the receiving side.
    Rotate {
        /// Years a post stays away.
        term: usize,
    },
}

/// A way of meeting the needs of one resource.
#[derive(Clone, Debug)]
pub struct Measure {
    /// The code in the case file.
    pub id: String,
    /// The name that is shown, such as 新建教学用房.
    pub name: String,
    /// The resource it supplies.
    pub resource: ResourceIx,
    /// How it works.
    pub lever: Lever,
    /// Price of a unit: once for buying, per year for hiring and rotation.
    pub cost: Money,
    /// What kind of spending it is.
    pub nature: Nature,
    /// Who carries it out (责任单位).
    pub body: String,
    /// Where it may be used; its own resource and measure fields are empty.
    pub scope: Scope,
}
