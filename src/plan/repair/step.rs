//! What is done to one rule, and how it is done to a case.

use crate::case::{Bound, Case, Change, Policy, Quota, Rule as Stated};
use crate::words::{FundIx, Money, PolicyIx, Table, YearIx};

/// What is done to one rule.
#[derive(Clone, PartialEq, Debug)]
pub enum Step {
    /// More money of a fund.
    Money {
        /// The fund.
        fund: FundIx,
        /// How much more in each plan year.
        more: Table<YearIx, Money>,
        /// How much more a year after the plan.
        after: Money,
    },
    /// A policy that says the same with another number or year.
    Loosen {
        /// The policy.
        policy: PolicyIx,
        /// What it says then.
        rule: Stated,
    },
    /// A policy that no longer holds.
    Drop {
        /// The policy.
        policy: PolicyIx,
    },
    /// Kept rows that are no longer held.
    Unlock {
        /// Their positions among the rows kept, all of one measure at one school and year.
        rows: Vec<usize>,
        /// What they hold, in words, Chinese and English.
        name: (String, String),
    },
}

/// What a step costs, in the unit of its rule.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Price {
    /// More money, of all plan years and all years after the plan.
    Money(Money),
    /// More or fewer units of a quota: posts, rooms.
    Units(f64),
    /// Percentage points by which a standard, a share or a quota of the stock gives way.
    Points(f64),
    /// Years by which a target is put off.
    Years(usize),
    /// A rule given up.
    Rule,
    /// Kept rows given up.
    Rows(usize),
}

impl Step {
    /// What it costs.
    pub fn price(&self, case: &Case) -> Price {
        match self {
            Step::Money { more, after, .. } => {
                let within: Money = more.iter().copied().sum();
                Price::Money(within + after.times(case.horizon.terminal))
            }
            Step::Loosen { policy, rule } => distance(&case.policies[*policy].rule, rule),
            Step::Drop { .. } => Price::Rule,
            Step::Unlock { rows, .. } => Price::Rows(rows.len()),
        }
    }

    /// Makes it in place, so that every rule keeps its position. Dropping and unlocking are for who knows what stands.
    pub fn make(&self, case: &mut Case) {
        match self {
            Step::Money { fund, more, after } => {
                let stated = &mut case.funds[*fund];
                for (amount, more) in stated.amounts.iter_mut().zip(more) {
                    *amount += *more;
                }
                stated.after += *after;
            }
            Step::Loosen { policy, rule } => case.policies[*policy].rule = rule.clone(),
            Step::Drop { .. } | Step::Unlock { .. } => {}
        }
    }

    /// The changes by which a scenario makes it; none for unlocking.
    pub fn changes(&self, case: &Case) -> Vec<Change> {
        match self {
            Step::Money { fund, more, after } => vec![Change::Money {
                fund: *fund,
                more: more.clone(),
                after: *after,
            }],
            Step::Loosen { policy, rule } => {
                let stated = &case.policies[*policy];
                let restated = Policy {
                    id: free_id(case, &stated.id),
                    rule: rule.clone(),
                    ..stated.clone()
                };
                vec![Change::Drop(*policy), Change::Policy(restated)]
            }
            Step::Drop { policy } => vec![Change::Drop(*policy)],
            Step::Unlock { .. } => Vec::new(),
        }
    }
}

/// An id for a rule restated that no other has.
fn free_id(case: &Case, id: &str) -> String {
    let is_taken = |id: &str| case.policies.iter().any(|policy| policy.id == id);
    let mut free = format!("{id}-loosened");
    while is_taken(&free) {
        free.push('\'');
    }
    free
}

/// How far a rule is from what it was, in its own unit.
fn distance(from: &Stated, to: &Stated) -> Price {
    const POINTS: f64 = 100.0;
    match (from, to) {
        (
            Stated::Target { share, from },
            Stated::Target {
                share: lower,
                from: later,
            },
        ) => match from == later {
            true => Price::Points((share - lower) * POINTS),
            false => Price::Years(later.at() - from.at()),
        },
        (Stated::Share { share, .. }, Stated::Share { share: other, .. })
        | (Stated::Stay { least: share, .. }, Stated::Stay { least: other, .. }) => {
            Price::Points((share - other).abs() * POINTS)
        }
        (Stated::Quota { amount, .. }, Stated::Quota { amount: other, .. }) => {
            match (*amount, *other) {
                (Quota::Units(units), Quota::Units(other)) => Price::Units((units - other).abs()),
                (Quota::OfStock(share), Quota::OfStock(other)) => {
                    Price::Points((share - other).abs() * POINTS)
                }
                (Quota::Money(money), Quota::Money(other)) => Price::Money(match other < money {
                    true => money - other,
                    false => other - money,
                }),
                _ => Price::Rule,
            }
        }
        (
            Stated::Indicators { asked, from, .. },
            Stated::Indicators {
                asked: other,
                from: later,
                ..
            },
        ) => match (from == later, asked, other) {
            (false, ..) => Price::Years(later.at() - from.at()),
            (true, Some((met, _)), Some((fewer, _))) => Price::Units((met - fewer) as f64),
            _ => Price::Rule,
        },
        _ => Price::Rule,
    }
}

/// A number of a policy that can be made looser, step by step on a grid.
#[derive(Clone, Debug)]
pub struct Knob {
    policy: PolicyIx,
    rule: Stated,
    turns: Turns,
}

/// What is turned.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Turns {
    /// The part of the standard, the share or the share of the stock, down or up by tenths of a percentage point.
    Share { up: bool, most: f64 },
    /// The number of a quota, down or up by this much.
    Number { up: bool, grid: f64 },
    /// The year of a target, up to the last one (position).
    Year { last: usize },
}

/// The most to which a limit on differences is raised.
const MOST_INDEX: f64 = 10.0;

/// Steps in a whole: tenths of a percentage point.
const IN_WHOLE: f64 = 1000.0;

impl Knob {
    /// The number of a policy, turned in units that suit `least`, the least by which it must give way as far as is known.
    /// `None` for what can only be dropped.
    pub fn number(case: &Case, policy: PolicyIx, least: f64) -> Option<Knob> {
        let rule = case.policies[policy].rule.clone();
        let turns = match rule {
            Stated::Target { .. } | Stated::Stay { .. } => Turns::Share {
                up: false,
                most: 1.0,
            },
            Stated::Share { bound, .. } => Turns::Share {
                up: bound == Bound::Max,
                most: 1.0,
            },
            Stated::Quota { bound, amount, .. } => {
                let up = bound == Bound::Max;
                match amount {
                    Quota::OfStock(_) => Turns::Share { up, most: 1.0 },
                    Quota::Units(_) if is_whole(case, policy) => Turns::Number { up, grid: 1.0 },
                    Quota::Units(_) => Turns::Number {
                        up,
                        grid: sensible(least, 1.0),
                    },
                    Quota::Money(_) => Turns::Number {
                        up,
                        grid: sensible(least, case.money_shown.0),
                    },
                }
            }
            Stated::Differences { most: Some(_), .. } => Turns::Share {
                up: true,
                most: MOST_INDEX,
            },
            Stated::Indicators { asked: Some(_), .. } => Turns::Number {
                up: false,
                grid: 1.0,
            },
            Stated::Differences { most: None, .. }
            | Stated::Indicators { asked: None, .. }
            | Stated::Forbid => return None,
        };
        Some(Knob {
            policy,
            rule,
            turns,
        })
    }

    /// The year of a target that is not yet the last plan year.
    pub fn year(case: &Case, policy: PolicyIx) -> Option<Knob> {
        let rule = case.policies[policy].rule.clone();
        let last = case.horizon.last();
        let is_early = matches!(rule, Stated::Target { from, .. } | Stated::Differences { from, .. } | Stated::Indicators { from, .. } if from < last);
        is_early.then(|| Knob {
            policy,
            rule,
            turns: Turns::Year { last: last.at() },
        })
    }

    /// How many steps there are at most.
    pub fn most(&self) -> u64 {
        match self.turns {
            Turns::Share { up: false, .. } => (stated(&self.rule) * IN_WHOLE - SLACK).ceil() as u64,
            Turns::Share { up: true, most } => {
                ((most - stated(&self.rule)) * IN_WHOLE - SLACK).ceil() as u64
            }
            Turns::Number { up: false, grid } => (stated(&self.rule) / grid - SLACK).ceil() as u64,
            Turns::Number { up: true, .. } => 1 << 40,
            Turns::Year { last } => match self.rule {
                Stated::Target { from, .. }
                | Stated::Differences { from, .. }
                | Stated::Indicators { from, .. } => (last - from.at()) as u64,
                _ => 0,
            },
        }
    }

    /// The fewest steps by which the number gives way at least so far, in the number's own unit; at least one.
    pub fn steps(&self, least: f64) -> u64 {
        let least = least - SLACK * least.abs().max(1e-3);
        let gives = |steps: u64| (self.value(steps) - stated(&self.rule)).abs();
        let grid = match self.turns {
            Turns::Share { .. } => 1.0 / IN_WHOLE,
            Turns::Number { grid, .. } => grid,
            Turns::Year { .. } => return 1,
        };
        let mut steps = ((least / grid).floor().max(1.0) as u64).min(self.most());
        while gives(steps) < least && steps < self.most() {
            steps += 1;
        }
        steps
    }

    /// The step that turns it so far.
    pub fn turned(&self, steps: u64) -> Step {
        let mut rule = self.rule.clone();
        let value = self.value(steps);
        match (&mut rule, self.turns) {
            (
                Stated::Target { from, .. }
                | Stated::Differences { from, .. }
                | Stated::Indicators { from, .. },
                Turns::Year { .. },
            ) => {
                *from = YearIx::new(from.at() + steps as usize);
            }
            (Stated::Target { share, .. } | Stated::Share { share, .. }, _) => *share = value,
            (Stated::Quota { amount, .. }, _) => {
                *amount = match *amount {
                    Quota::Units(_) => Quota::Units(value),
                    Quota::OfStock(_) => Quota::OfStock(value),
                    Quota::Money(_) => Quota::Money(Money::from_main(value)),
                };
            }
            (Stated::Stay { least, .. }, _) => *least = value,
            (Stated::Differences { most, .. }, _) => *most = Some(value),
            (Stated::Indicators { asked, .. }, _) => {
                *asked = asked.map(|(_, rest)| (value as usize, rest));
            }
            (Stated::Forbid, _) => {}
        }
        Step::Loosen {
            policy: self.policy,
            rule,
        }
    }

    /// The number after so many steps. The first step leads to the next round number, so that what is proposed is round
    /// whatever was stated.
    fn value(&self, steps: u64) -> f64 {
        let (number, steps) = (stated(&self.rule), steps as f64);
        match self.turns {
            Turns::Share { up: false, .. } => {
                (((number * IN_WHOLE - SLACK).ceil() - steps) / IN_WHOLE).max(0.0)
            }
            Turns::Share { up: true, most } => {
                (((number * IN_WHOLE + SLACK).floor() + steps) / IN_WHOLE).min(most.max(number))
            }
            Turns::Number { up: false, grid } => {
                round((number / grid - SLACK).ceil() - steps, grid).max(0.0)
            }
            Turns::Number { up: true, grid } => {
                round((number / grid + SLACK).floor() + steps, grid)
            }
            Turns::Year { .. } => number,
        }
    }
}

/// So many times a grid that is a whole number or a tenth, hundredth … of one.
fn round(times: f64, grid: f64) -> f64 {
    match grid < 1.0 {
        true => times / (1.0 / grid).round(),
        false => times * grid,
    }
}

/// What rounding may lose of a number on its grid.
const SLACK: f64 = 1e-7;

/// The number that a rule states.
fn stated(rule: &Stated) -> f64 {
    match *rule {
        Stated::Target { share, .. } | Stated::Share { share, .. } => share,
        Stated::Quota { amount, .. } => match amount {
            Quota::Units(number) | Quota::OfStock(number) => number,
            Quota::Money(money) => money.main(),
        },
        Stated::Stay { least, .. } => least,
        Stated::Differences { most, .. } => most.unwrap_or(0.0),
        Stated::Indicators { asked, .. } => asked.map_or(0.0, |(met, _)| met as f64),
        Stated::Forbid => 0.0,
    }
}

/// Whether all that a quota counts comes in whole units.
fn is_whole(case: &Case, policy: PolicyIx) -> bool {
    let scope = &case.policies[policy].scope;
    let measures = case.measures.pairs();
    let mut counted = measures.filter(|(at, _)| scope.covers_measure(case, *at));
    counted.all(|(_, measure)| case.resources[measure.resource].whole)
}

/// The coarsest round number that is no more than a hundredth of an amount: a unit divided by ten as often as need be, no
/// coarser than the unit and no finer than a hundredth.
pub fn sensible(amount: f64, unit: f64) -> f64 {
    let mut grid = unit;
    while grid * 100.0 > amount && grid > 0.01 {
        grid /= 10.0;
    }
    grid.max(0.01)
}
