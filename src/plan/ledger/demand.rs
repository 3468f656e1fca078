//! What a rule asks for that is not there yet.

use crate::case::{Case, Reach};
use crate::words::{CountyIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// A demand that is not yet met.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Demand {
    /// The rule.
    pub policy: PolicyIx,
    /// In which year, when it holds by year.
    pub year: Option<YearIx>,
    /// In which county, when it holds by county.
    pub county: Option<CountyIx>,
    /// Whether it asks for what the rule does not speak of: so does a maximum share of what is spent.
    pub outside: bool,
    /// The year in which less of the same would do as well: of a rule that spending does not fall, the year before.
    pub eased_in: Option<YearIx>,
    /// How much it asks for.
    pub lacks: Lacks,
    /// Money that the other side would have to give up for the rule to hold; for units: nothing.
    pub crowded: Money,
}

/// What a demand lacks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Lacks {
    /// Spending.
    Money(Money),
    /// Units handed out.
    Units(f64),
}

impl Demand {
    /// Whether both are of one rule, year and county.
    pub fn is_of(&self, other: &Demand) -> bool {
        (self.policy, self.year, self.county) == (other.policy, other.year, other.county)
    }

    /// Whether a measure at a school is on the side that the demand asks for.
    pub fn wants(&self, case: &Case, reach: &Reach, measure: MeasureIx, school: SchoolIx) -> bool {
        reach.rules(self.policy, measure, school) != self.outside
            && self
                .county
                .is_none_or(|county| county == case.schools[school].county)
    }
}
