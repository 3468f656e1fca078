//! What a rule asks for that is not there yet.

use crate::case::{Case, Quota, Reach, Rule};
use crate::words::{MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// A demand that is not yet met.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Demand {
    /// The rule.
    pub policy: PolicyIx,
    /// In which year, when it holds by year.
    pub year: Option<YearIx>,
    /// In which place, by its first school, when it holds by place.
    pub place: Option<SchoolIx>,
    /// Whether it asks for what the rule does not speak of: so does a maximum share of what is spent.
    pub outside: bool,
    /// Whether what the rule itself speaks of has to give way: of a rule that some funds match others.
    pub yields_inside: bool,
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
    /// Whether both are of one rule, year and place.
    pub fn is_of(&self, other: &Demand) -> bool {
        (self.policy, self.year, self.place) == (other.policy, other.year, other.place)
    }

    /// Whether a school lies in the place that the demand speaks of.
    pub fn is_in_place(&self, case: &Case, reach: &Reach, school: SchoolIx) -> bool {
        match (self.place, &case.policies[self.policy].rule) {
            (Some(first), Rule::Quota { each, .. }) => {
                reach.first_of_place(*each, school) == Some(first)
            }
            _ => true,
        }
    }

    /// Whether what is begun in a year counts in the year that the demand speaks of: units in their own, money in every one
    /// in which it is paid.
    pub fn is_met_by(&self, case: &Case, measure: MeasureIx, year: YearIx) -> bool {
        let in_money = matches!(
            case.policies[self.policy].rule,
            Rule::Quota {
                amount: Quota::Money(_),
                ..
            }
        );
        self.year.is_none_or(|at| match in_money {
            true => case.paid(measure, year).contains(&at.at()),
            false => at == year,
        })
    }
}
