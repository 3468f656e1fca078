//! From rules that must give way to what is proposed: how far each gives way, the least that is enough.

use std::collections::{BTreeMap, BTreeSet};

use super::least::{self, More};
use super::step::{Knob, Step, sensible};
use crate::case::Case;
use crate::formulate::Kept;
use crate::plan::answer::Options;
use crate::plan::culprits::{Rule, Trial, Trials, held};
use crate::words::{FundIx, Money, PolicyIx, Table};

/// In which way a policy gives way.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Way {
    /// Its number is loosened.
    Number,
    /// Its year is put off.
    Year,
    /// It is dropped.
    Drop,
}

/// What is proposed for one rule, before it has been seen whether it is enough in whole units.
#[derive(Clone, Debug)]
enum Turn {
    Knob(Box<Knob>, u64),
    Money(FundIx, BTreeMap<usize, f64>),
    As(Step),
}

/// A repair that is enough in divisible amounts.
#[derive(Clone, Debug)]
pub struct Draft {
    turns: Vec<Turn>,
}

impl Draft {
    /// How many steps it has.
    pub fn len(&self) -> usize {
        self.turns.len()
    }

    /// Its steps, each raised by so many hundredths where it is not enough in whole units; a number by one step at least, and
    /// by two or three when that was not enough.
    pub fn steps(&self, case: &Case, raised: &[u64]) -> Vec<Step> {
        let turned = self
            .turns
            .iter()
            .zip(raised)
            .map(|(turn, &raised)| match turn {
                Turn::Knob(knob, steps) => {
                    let least = match raised {
                        0 => 0,
                        1..25 => 1,
                        25..100 => 2,
                        _ => 3,
                    };
                    let more = (steps * raised).div_ceil(100).max(least);
                    knob.turned((steps + more).min(knob.most()))
                }
                Turn::Money(fund, periods) => {
                    let factor = 1.0 + raised as f64 / 100.0;
                    given(case, *fund, periods, factor)
                }
                Turn::As(step) => step.clone(),
            });
        turned.collect()
    }

    /// Whether raising it makes any difference.
    pub fn can_be_raised(&self) -> bool {
        let moves = |turn: &Turn| match turn {
            Turn::Knob(knob, steps) => *steps < knob.most(),
            Turn::Money(..) => true,
            Turn::As(_) => false,
        };
        self.turns.iter().any(moves)
    }
}

/// More money in round amounts.
fn given(case: &Case, fund: FundIx, periods: &BTreeMap<usize, f64>, factor: f64) -> Step {
    let unit = case.money_shown.0;
    let least = periods.values().copied().fold(f64::INFINITY, f64::min);
    let round = |period: usize| {
        let amount = periods.get(&period).copied().unwrap_or(0.0) * factor;
        let grid = sensible(least, unit);
        let slack = SLACK * (amount / grid).max(1.0);
        Money::from_main((amount / grid - slack).ceil().max(0.0) * grid)
    };
    let more: Vec<Money> = (0..case.horizon.years).map(round).collect();
    Step::Money {
        fund,
        more: Table::from(more),
        after: round(case.horizon.years),
    }
}

/// The part of an amount that is noise of a solver.
const SLACK: f64 = 1e-7;

/// Who drafts repairs of a case.
pub struct Drafts<'t, 'a> {
    /// The case as it is.
    pub case: &'a Case,
    /// What is kept.
    pub kept: &'a [Kept],
    /// How it is tried.
    pub trials: &'t mut Trials<'a>,
    /// How to solve.
    pub options: &'a Options,
}

impl Drafts<'_, '_> {
    /// The least by which these rules must give way: the policies one after the other in file order, each the least while
    /// those after it and money are let go altogether; then the money. So none of them can give way less while the
    /// others stay as they are. `None` where no such amounts were found.
    pub fn of(&mut self, rules: &BTreeSet<Rule>, way: Way) -> Option<Draft> {
        let mut standing = self.trials.all();
        standing.retain(|rule| !rules.contains(rule));
        let mut case = self.case.clone();
        let mut turns = Vec::new();
        let mut funds = Vec::new();
        for &rule in rules {
            match rule {
                Rule::Money(fund) => funds.push(fund),
                Rule::Kept(at) => turns.push(Turn::As(Step::Unlock {
                    rows: self.trials.together(at),
                    name: held(self.case, &self.kept[at]),
                })),
                Rule::Policy(policy) => {
                    let turn = self.policy(&case, policy, &mut standing, way)?;
                    if let Turn::Knob(knob, steps) = &turn {
                        knob.turned(*steps).make(&mut case);
                    }
                    turns.push(turn);
                }
            }
        }
        if !funds.is_empty() {
            standing.extend(funds.iter().copied().map(Rule::Money));
            let (_, more) = self.money(&case, &funds, &standing)?;
            turns.extend(by_fund(more));
        }
        Some(Draft { turns })
    }

    /// The least money over all funds that makes the case possible while every rule holds, with its total (main units).
    pub fn money_overall(&mut self) -> Option<(f64, Draft)> {
        let funds: Vec<FundIx> = self.case.funds.ids().collect();
        let (standing, case) = (self.trials.all(), self.case);
        let (total, more) = self.money(case, &funds, &standing)?;
        let turns = by_fund(more).collect();
        Some((total, Draft { turns }))
    }

    fn money(
        &mut self,
        case: &Case,
        funds: &[FundIx],
        standing: &BTreeSet<Rule>,
    ) -> Option<(f64, More)> {
        self.trials.take(2)?;
        let mut trials = self.trials.of(case);
        let found = least::money(case, funds, standing, &mut trials, self.options)?;
        (!found.1.is_empty()).then_some(found)
    }

    /// How a policy gives way. It stands from then on, as it is loosened.
    fn policy(
        &mut self,
        case: &Case,
        policy: PolicyIx,
        standing: &mut BTreeSet<Rule>,
        way: Way,
    ) -> Option<Turn> {
        let bare = Knob::number(case, policy, 0.0);
        if way == Way::Drop || bare.is_none() {
            return Some(Turn::As(Step::Drop { policy }));
        }
        standing.insert(Rule::Policy(policy));
        let (knob, from) = match way {
            Way::Year => (Knob::year(case, policy)?, 1),
            _ => {
                self.trials.take(1)?;
                let mut trials = self.trials.of(case);
                let least = least::number(case, policy, standing, &mut trials, self.options);
                let knob = Knob::number(case, policy, least.unwrap_or(0.0))?;
                let from = least.map_or(1, |least| knob.steps(least));
                (knob, from)
            }
        };
        let steps = self.fewest(case, &knob, from, standing)?;
        Some(Turn::Knob(Box::new(knob), steps))
    }

    /// The fewest steps, at least `from`, with which the standing rules are possible: found by doubling and halving, each
    /// answer proven.
    fn fewest(
        &mut self,
        case: &Case,
        knob: &Knob,
        from: u64,
        standing: &BTreeSet<Rule>,
    ) -> Option<u64> {
        let (mut low, mut high) = (from.saturating_sub(1), from.min(knob.most()));
        let mut stride = 1;
        while !self.is_enough(case, knob, high, standing)? {
            if high >= knob.most() {
                return None;
            }
            low = high;
            high = (high + stride).min(knob.most());
            stride *= 2;
        }
        while high > low + 1 {
            let middle = low + (high - low) / 2;
            match self.is_enough(case, knob, middle, standing)? {
                true => high = middle,
                false => low = middle,
            }
        }
        (high > 0).then_some(high)
    }

    fn is_enough(
        &mut self,
        case: &Case,
        knob: &Knob,
        steps: u64,
        standing: &BTreeSet<Rule>,
    ) -> Option<bool> {
        self.trials.take(1)?;
        let mut turned = case.clone();
        knob.turned(steps).make(&mut turned);
        match self.trials.of(&turned).stand(standing) {
            Trial::Possible => Some(true),
            Trial::Impossible(_) => Some(false),
            Trial::Unknown => None,
        }
    }
}

fn by_fund(more: More) -> impl Iterator<Item = Turn> {
    let mut funds: BTreeMap<FundIx, BTreeMap<usize, f64>> = BTreeMap::new();
    for ((fund, period), amount) in more {
        funds.entry(fund).or_default().insert(period, amount);
    }
    let turns = funds.into_iter();
    turns.map(|(fund, periods)| Turn::Money(fund, periods))
}
