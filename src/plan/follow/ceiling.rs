//! Funds of which more was spent, or is bound to be spent, than they have. Facts cannot be planned away: their ceilings
//! are raised to what was spent, and every such case is told.

use crate::case::Case;
use crate::words::{FundIx, Money, YearIx};

/// A fund that was overdrawn.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Overdrawn {
    /// The fund.
    pub fund: FundIx,
    /// The plan year, or the period after the plan. Of a fund that carries over: up to and with that year.
    pub period: YearIx,
    /// What was spent, or is bound to be spent for posts that are filled.
    pub spent: Money,
    /// What there was.
    pub given: Money,
}

impl Overdrawn {
    /// By how much.
    pub fn by(&self) -> Money {
        self.spent - self.given
    }
}

/// Raises what the funds of a case have to what is settled; says where that was necessary.
pub fn raise(case: &mut Case) -> Vec<Overdrawn> {
    let mut found = Vec::new();
    let after = YearIx::new(case.horizon.years);
    for fund in case.funds.ids().collect::<Vec<_>>() {
        let carries = case.funds[fund].carry_over;
        let (mut given, mut spent) = (Money::ZERO, Money::ZERO);
        for year in case.horizon.plan_years() {
            if !carries {
                (given, spent) = (Money::ZERO, Money::ZERO);
            }
            given += case.funds[fund].amounts[year];
            spent += case.settled_spending(fund, year);
            // Money advanced for a closed year that had come by the last of them is no overdraft.
            let counts = !carries || year.at() + 1 >= case.settled.years;
            if spent > given && counts {
                let one = Overdrawn {
                    fund,
                    period: year,
                    spent,
                    given,
                };
                found.push(one);
                case.funds[fund].amounts[year] += one.by();
                given = spent;
            }
        }
        let (given, spent) = (case.funds[fund].after, case.settled_spending(fund, after));
        if spent > given {
            found.push(Overdrawn {
                fund,
                period: after,
                spent,
                given,
            });
            case.funds[fund].after = spent;
        }
    }
    found
}
