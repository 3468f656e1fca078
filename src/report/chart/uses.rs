//! Money by use (measure) and fund.

use super::funds::Payers;
use super::stack::Stack;
use super::{Chart, source};
use crate::plan::Plan;
use crate::report::number::{money_value, percent};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::{MeasureIx, Money};

/// The chart; `None` when nothing is spent.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let case = asked.case;
    let payers = Payers::of(asked, plan);
    let parts = payers.names(asked);
    let mut amounts = vec![vec![Money::ZERO; parts.len()]; case.measures.len()];
    for row in &plan.rows {
        if let Some(fund) = row.fund.filter(|_| row.amount() > Money::ZERO) {
            amounts[row.measure.at()][payers.part(fund)] += row.amount();
        }
    }
    let sum = |measure: MeasureIx| -> Money { amounts[measure.at()].iter().copied().sum() };
    let mut uses: Vec<MeasureIx> = case
        .measures
        .ids()
        .filter(|&measure| sum(measure) > Money::ZERO)
        .collect();
    uses.sort_by_key(|&measure| (std::cmp::Reverse(sum(measure)), measure));
    let &first = uses.first()?;
    let shown = |amount: Money| amount.main() / case.money_shown.0;
    let total: Money = uses.iter().map(|&measure| sum(measure)).sum();
    let (name, unit) = (&case.measures[first].name, asked.money_unit());
    let (most, part) = (
        money_value(shown(sum(first))),
        percent(share(sum(first).main(), total.main())),
    );
    let finding = asked.pick(
        format!("用钱最多的是“{name}”：{most} {unit}，占 {part}"),
        format!("Most is spent on “{name}”: {most} {unit}, {part} of all"),
    );
    let stack = Stack {
        parts,
        bars: uses
            .iter()
            .map(|&measure| {
                let amounts = amounts[measure.at()].iter().copied().map(shown);
                (case.measures[measure].name.clone(), amounts.collect())
            })
            .collect(),
        unit: unit.to_string(),
    };
    Some(Chart {
        key: "uses",
        picture: stack.rows(&finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}，规划期合计"),
            format!("unit: {unit} over the plan"),
        ),
        source: source(asked, "rows[].payments"),
    })
}
