//! `plan.md`: the answer as a memo, with the rectification table of each township.

use std::cmp::Reverse;

use super::markdown;
use super::moves;
use super::number::{count, number};
use super::page::{Grid, Page};
use super::provinces::gap;
use super::question::Question;
use super::solved;
use crate::plan::table::{deadline, problem};
use crate::plan::{Answer, Plan, PlanRow};
use crate::words::{CountyIx, Money};

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

/// A township of a county, with what the plan does there.
struct Township<'a> {
    county: CountyIx,
    name: &'a str,
    schools: usize,
    rows: Vec<&'a PlanRow>,
    /// Without and with the plan.
    gap: (f64, f64),
}

impl Township<'_> {
    fn spent(&self) -> Money {
        self.rows.iter().map(|row| row.amount()).sum()
    }
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
        page.grid(table(asked, plan, township));
    }
    let (shown, rest) = (busy.len(), all - busy.len());
    if rest > 0 {
        page.text(asked.pick(
            format!("以上是投入最多的 {shown} 处；其余 {rest} 处的问题与措施见 plan.csv"),
            format!("above: the {shown} places with the most money; {rest} more in plan.csv"),
        ));
    }
}

/// Townships in order of first appearance.
fn gathered<'a>(asked: &Question<'a>, plan: &'a Plan) -> Vec<Township<'a>> {
    let mut townships: Vec<Township> = Vec::new();
    let mut place_of = Vec::with_capacity(asked.case.schools.len());
    let mut known = std::collections::HashMap::new();
    for (at, school) in asked.case.schools.pairs() {
        let place = *known
            .entry((school.county, school.township.as_str()))
            .or_insert(townships.len());
        if place == townships.len() {
            let (county, name) = (school.county, school.township.as_str());
            townships.push(Township {
                county,
                name,
                schools: 0,
                rows: Vec::new(),
                gap: (0.0, 0.0),
            });
        }
        let own = &mut townships[place];
        own.schools += 1;
        own.gap.0 += gap(asked, plan, at, false);
        own.gap.1 += gap(asked, plan, at, true);
        place_of.push(place);
    }
    for row in &plan.rows {
        townships[place_of[row.school.at()]].rows.push(row);
    }
    townships
}

fn title(asked: &Question, township: &Township) -> String {
    let county = &asked.case.counties[township.county];
    let several = asked.case.counties.len() > 1;
    match (township.name, several) {
        ("", _) => county.to_string(),
        (name, false) => name.to_string(),
        (name, true) => format!("{county} · {name}"),
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

fn table(asked: &Question, plan: &Plan, township: &Township) -> Grid {
    let case = asked.case;
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("问题", "problem"))
        .words(asked.pick("措施", "measure"))
        .numbers(asked.money_header("金额", "money"))
        .words(asked.pick("资金", "fund"))
        .words(asked.pick("责任单位", "responsible body"))
        .words(asked.pick("完成时限", "deadline"));
    for row in township.rows.iter().take(ROWS_SHOWN) {
        let measure = &case.measures[row.measure];
        let resource = &case.resources[row.resource(case)];
        let done = match row.units {
            0.0 => measure.name.clone(),
            // A rotation takes posts from this school.
            units if units < 0.0 => asked.pick(
                format!(
                    "{}：派出 {} {}",
                    measure.name,
                    number(-units),
                    resource.unit
                ),
                format!(
                    "{}: gives {} {}",
                    measure.name,
                    number(-units),
                    resource.unit
                ),
            ),
            units => format!("{} {} {}", measure.name, number(units), resource.unit),
        };
        grid.row([
            case.schools[row.school].name.clone(),
            problem(
                case,
                &plan.outcome,
                row.school,
                row.resource(case),
                asked.lang,
            ),
            done,
            asked.money(row.amount()),
            row.fund
                .map(|fund| case.funds[fund].name.clone())
                .unwrap_or_default(),
            measure.body.clone(),
            deadline(case, row, asked.lang),
        ]);
    }
    let left_out = township.rows.len().saturating_sub(ROWS_SHOWN);
    if left_out > 0 {
        grid.foot = Some(asked.pick(
            format!("另有 {left_out} 行，见 plan.csv"),
            format!("{left_out} more rows in plan.csv"),
        ));
    }
    grid
}
