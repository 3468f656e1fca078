//! Money by fund and year.

use super::stack::Stack;
use super::{Chart, source};
use crate::plan::Plan;
use crate::report::number::{money_value, percent};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::{FundIx, Money};

/// How many funds have a part of their own; those with less money share one.
pub const SHOWN: usize = 5;

/// The funds that spend something, those that spend most first, and what stands for all beyond [`SHOWN`].
pub struct Payers {
    shown: Vec<FundIx>,
    others: usize,
}

impl Payers {
    /// Of a plan.
    pub fn of(asked: &Question, plan: &Plan) -> Payers {
        let spent = |fund: FundIx| -> Money {
            let own = plan.money.iter().filter(|one| one.fund == fund);
            own.map(|one| one.spent).sum()
        };
        let mut shown: Vec<(Money, FundIx)> = asked
            .case
            .funds
            .ids()
            .map(|fund| (spent(fund), fund))
            .filter(|(spent, _)| *spent > Money::ZERO)
            .collect();
        shown.sort_by_key(|(spent, fund)| (std::cmp::Reverse(*spent), *fund));
        let others = match shown.len() > SHOWN + 1 {
            true => shown.len() - SHOWN,
            false => 0,
        };
        shown.truncate(shown.len() - others);
        Payers {
            shown: shown.into_iter().map(|(_, fund)| fund).collect(),
            others,
        }
    }

    /// Their names.
    pub fn names(&self, asked: &Question) -> Vec<String> {
        let mut names: Vec<String> = self
            .shown
            .iter()
            .map(|&fund| asked.case.funds[fund].name.clone())
            .collect();
        if self.others > 0 {
            let others = self.others;
            names.push(asked.pick(
                format!("其余 {others} 项资金"),
                format!("{others} other funds"),
            ));
        }
        names
    }

    /// Which part a fund is.
    pub fn part(&self, fund: FundIx) -> usize {
        let own = self.shown.iter().position(|&one| one == fund);
        own.unwrap_or(self.shown.len())
    }
}

/// The chart; `None` when nothing is spent.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let case = asked.case;
    let payers = Payers::of(asked, plan);
    let parts = payers.names(asked);
    let largest = parts.first()?.clone();
    let years = case.horizon.plan_years();
    let mut amounts = vec![vec![Money::ZERO; parts.len()]; case.horizon.years];
    for one in plan.money.iter().filter(|one| one.spent > Money::ZERO) {
        amounts[one.year.at()][payers.part(one.fund)] += one.spent;
    }
    let total: Money = amounts.iter().flatten().copied().sum();
    let most: Money = amounts.iter().map(|year| year[0]).sum();
    let shown = |amount: Money| amount.main() / case.money_shown.0;
    let (all, unit) = (money_value(shown(total)), asked.money_unit());
    let part = percent(share(most.main(), total.main()));
    let finding = asked.pick(
        format!("规划期共支出 {all} {unit}，其中{largest}占 {part}"),
        format!("{all} {unit} are spent over the plan, {part} of it from {largest}"),
    );
    let stack = Stack {
        parts,
        bars: years
            .zip(&amounts)
            .map(|(year, parts)| (asked.year(year), parts.iter().copied().map(shown).collect()))
            .collect(),
        unit: unit.to_string(),
    };
    Some(Chart {
        key: "funds",
        picture: stack.columns(&finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}，每年"),
            format!("unit: {unit} a year"),
        ),
        source: source(asked, "money"),
    })
}
