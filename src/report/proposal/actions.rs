//! The annex of tasks (问题 – 整改措施 – 责任单位 – 完成时限): school by school, or township by township where that would be
//! too long to print.

use std::collections::BTreeMap;

use crate::plan::Plan;
use crate::plan::table::{Reworded, RowKey, key};
use crate::report::number::{count, number};
use crate::report::page::{Grid, Page};
use crate::report::question::Question;
use crate::report::townships::{Township, WORDS, gathered, table, title};

use super::measures::{Used, moves_anything};
use crate::report::moves;

/// Rows of a plan up to which every one is printed: some eighty pages.
const MOST_ROWS: usize = 2000;

/// Adds the tasks.
pub fn tell(asked: &Question, plan: &Plan, own: &OwnWords, page: &mut Page) {
    let mut townships = gathered(asked, plan);
    // Who answers for a school reads down its rows.
    for township in &mut townships {
        township.rows.sort_by_key(|row| row.school);
    }
    page.grid(overview(asked, &townships));
    match plan.rows.len() <= MOST_ROWS {
        true => {
            for township in townships.iter().filter(|one| !one.rows.is_empty()) {
                page.heading(title(asked, township));
                let mut grid = table(asked, plan, township, MOST_ROWS);
                for (cells, row) in grid.rows.iter_mut().zip(&township.rows) {
                    put_own_words(cells, own.get(&key(row)));
                }
                page.grid(grid);
            }
        }
        false => {
            page.text(asked.pick(
                format!("逐校任务共 {} 行，见方案表 plan.csv；以下按地区汇总。", count(plan.rows.len())),
                format!("The {} tasks of single schools are in plan.csv; here they are added up by place.", count(plan.rows.len())),
            ));
            page.grid(summed(asked, &townships));
        }
    }
    if moves_anything(asked, plan) && plan.rows.len() <= MOST_ROWS {
        moves::section(asked, plan, page);
    }
}

/// What planners wrote into rows of the plan table otherwise than it is written.
pub type OwnWords = BTreeMap<RowKey, Reworded>;

fn put_own_words(cells: &mut [String], own: Option<&Reworded>) {
    let Some(own) = own else {
        return;
    };
    for (at, words) in WORDS
        .into_iter()
        .zip([&own.problem, &own.body, &own.deadline])
    {
        if let (Some(cell), Some(words)) = (cells.get_mut(at), words) {
            cell.clone_from(words);
        }
    }
}

fn overview(asked: &Question, townships: &[Township]) -> Grid {
    let mut grid = Grid::new()
        .captioned(asked.pick("各地投入和成效", "Money and effect by place"))
        .words(asked.pick("地区", "place"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.pick("任务数", "tasks"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("缺口指数·前", "gap before"))
        .numbers(asked.pick("缺口指数·后", "gap after"));
    for township in townships {
        grid.row([
            title(asked, township),
            count(township.schools),
            count(township.rows.len()),
            asked.money(township.spent()),
            number(township.gap.0),
            number(township.gap.1),
        ]);
    }
    grid
}

/// The tasks of each place by measure.
fn summed(asked: &Question, townships: &[Township]) -> Grid {
    let case = asked.case;
    let mut grid = Grid::new()
        .captioned(asked.pick("各地任务", "Tasks by place"))
        .words(asked.pick("地区", "place"))
        .words(asked.pick("措施", "measure"))
        .numbers(asked.pick("数量", "quantity"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.money_header("金额", "money"))
        .words(asked.pick("责任单位", "responsible body"))
        .words(asked.pick("完成时限", "deadline"));
    for township in townships {
        for measure in case.measures.ids() {
            let Some(used) = Used::among(&township.rows, measure) else {
                continue;
            };
            let stated = &case.measures[measure];
            grid.row([
                title(asked, township),
                stated.name.clone(),
                number(used.units(None)),
                case.resources[stated.resource].unit.clone(),
                count(used.schools()),
                asked.money(used.money()),
                stated.body.clone(),
                used.deadline(asked),
            ]);
        }
    }
    grid
}
