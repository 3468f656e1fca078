//! `plan.md`: the answer as a memo, with the rectification table of each township.

use std::cmp::Reverse;

use super::markdown;
use super::moves;
use super::number::{count, number};
use super::page::{Grid, Page};
use super::question::Question;
use super::solved;
use super::townships::{Township, gathered, table, title};
use crate::plan::{Answer, Plan};

/// How many townships have a table of their own.
const TOWNSHIPS_SHOWN: usize = 60;
/// How many townships the overview lists before it keeps to those that are worst off.
const OVERVIEW_SHOWN: usize = 200;
/// How many of those it lists then.
const MOST_SHORT: usize = 40;
/// How many townships have a table of their own where not all can have one.
const MOST_SPENT: usize = 20;
/// How many rows a township's table shows.
const ROWS_SHOWN: usize = 30;

/// The memo.
pub fn render(asked: &Question, answer: &Answer) -> String {
    let mut page = solved::page(asked, answer);
    if let Some(plan) = &answer.plan {
        moves::section(asked, plan, &mut page);
        townships(asked, plan, &mut page);
    }
    markdown::render(&page)
}

fn townships(asked: &Question, plan: &Plan, page: &mut Page) {
    let townships = gathered(asked, plan);
    overview(asked, &townships, page);
    let mut busy: Vec<&Township> = townships
        .iter()
        .filter(|one| !one.rows.is_empty())
        .collect();
    let all = busy.len();
    if all > TOWNSHIPS_SHOWN {
        // A nation's memo shows where most is spent; all of it stands in the tables.
        busy.sort_by_cached_key(|one| Reverse(one.spent()));
        busy.truncate(MOST_SPENT);
    }
    for township in &busy {
        page.heading(asked.pick(
            format!("{}：问题与措施", title(asked, township)),
            format!("{}: problems and measures", title(asked, township)),
        ));
        page.grid(table(asked, plan, township, ROWS_SHOWN));
    }
    let (shown, rest) = (busy.len(), all - busy.len());
    if rest > 0 {
        page.text(asked.pick(
            format!("以上是投入最多的 {shown} 处；其余 {rest} 处的问题与措施见 plan.csv"),
            format!("above: the {shown} places with the most money; {rest} more in plan.csv"),
        ));
    }
}

fn overview(asked: &Question, townships: &[Township], page: &mut Page) {
    let by_township = townships.iter().any(|one| !one.name.is_empty());
    let (heading, column) = match by_township {
        true => (("各乡镇", "By township"), ("乡镇", "township")),
        false => (("各县区", "By county"), ("县区", "county")),
    };
    page.heading(asked.pick(heading.0, heading.1));
    let mut grid = Grid::new()
        .words(asked.pick(column.0, column.1))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("缺口指数·前", "gap before"))
        .numbers(asked.pick("缺口指数·后", "gap after"));
    let mut shown: Vec<&Township> = townships.iter().collect();
    if townships.len() > OVERVIEW_SHOWN {
        shown.sort_by(|one, other| other.gap.1.total_cmp(&one.gap.1));
        shown.truncate(MOST_SHORT);
        let (rest, shown) = (townships.len() - MOST_SHORT, MOST_SHORT);
        grid.foot = Some(asked.pick(
            format!("以上是规划后缺口最大的 {shown} 处，其余 {rest} 处见 gaps.csv"),
            format!("above: the {shown} with the largest gap left; {rest} more in gaps.csv"),
        ));
    }
    for township in shown {
        grid.row([
            title(asked, township),
            count(township.schools),
            asked.money(township.spent()),
            number(township.gap.0),
            number(township.gap.1),
        ]);
    }
    page.grid(grid);
}
