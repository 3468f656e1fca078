//! Where the money comes from and goes (资金安排).

use crate::case::Rule;
use crate::plan::Plan;
use crate::report::page::{Grid, Page};
use crate::report::question::Question;
use crate::report::solved::money_grid;
use crate::words::Money;

/// What each fund pays in each year.
pub fn table(asked: &Question, plan: &Plan) -> Grid {
    let unit = asked.money_unit();
    let mut grid = money_grid(asked, plan);
    grid.caption = Some(asked.pick(
        format!("资金安排（{unit}）"),
        format!("Money by fund and year ({unit})"),
    ));
    grid
}

/// The rules that money and posts are used by.
pub fn ruled(asked: &Question, page: &mut Page) {
    let rules = rules(asked);
    if !rules.is_empty() {
        page.text(asked.pick(
            "资金和指标的使用符合下列规定：",
            "Money and posts are used within these rules:",
        ));
        page.list(rules);
    }
}

/// What is spent, of how much.
pub fn in_all(asked: &Question, plan: &Plan) -> String {
    let spent: Money = plan.money.iter().map(|one| one.spent).sum();
    let given: Money = asked.case.funds.iter().map(|fund| fund.total()).sum();
    let left = asked.money_in_words(given - spent);
    let (spent, given) = (asked.money_in_words(spent), asked.money_in_words(given));
    asked.pick(
        format!("规划期内可用资金 {given}，安排 {spent}，结余 {left}。"),
        format!("Of {given} available in the plan years {spent} are spent and {left} are left."),
    )
}

/// What those who are hired cost every year after the plan.
pub fn afterwards(asked: &Question, plan: &Plan) -> String {
    let after: Money = plan.rows.iter().map(|row| row.after).sum();
    if after == Money::ZERO {
        return String::new();
    }
    let after = asked.money_in_words(after);
    asked.pick(
        format!("规划期满以后，为已招聘人员每年还需列支 {after}，应纳入以后年度预算。"),
        format!("After the plan years those who were hired cost {after} every year; later budgets have to provide for it."),
    )
}

/// The rules by name, but for the targets, which are goals.
fn rules(asked: &Question) -> Vec<String> {
    let rules = asked.case.policies.iter();
    let rules = rules.filter(|policy| {
        !matches!(
            policy.rule,
            Rule::Target { .. } | Rule::Differences { .. } | Rule::Indicators { .. }
        )
    });
    rules
        .map(|policy| asked.pick(format!("{}。", policy.name), format!("{}.", policy.name)))
        .collect()
}
