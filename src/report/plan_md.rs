//! `plan.md`: the answer as a memo, with the rectification table of each township.

use super::markdown;
use super::number::{count, number};
use super::page::{Grid, Page};
use super::question::Question;
use super::solved;
use crate::plan::table::{deadline, problem};
use crate::plan::{Answer, Plan, PlanRow};
use crate::words::{CountyIx, SchoolIx};

/// How many townships have a table of their own.
const TOWNSHIPS_SHOWN: usize = 60;
/// How many rows a township's table shows.
const ROWS_SHOWN: usize = 30;

/// The memo.
pub fn render(asked: &Question, answer: &Answer) -> String {
    let mut page = solved::page(asked, answer);
    if let Some(plan) = &answer.plan {
        townships(asked, plan, &mut page);
    }
    markdown::render(&page)
}

/// A township of a county, with what the plan does there.
struct Township<'a> {
    county: CountyIx,
    name: &'a str,
    schools: Vec<SchoolIx>,
    rows: Vec<&'a PlanRow>,
}

fn townships(asked: &Question, plan: &Plan, page: &mut Page) {
    let townships = gathered(asked, plan);
    overview(asked, plan, &townships, page);
    let busy: Vec<&Township> = townships
        .iter()
        .filter(|one| !one.rows.is_empty())
        .collect();
    for township in busy.iter().take(TOWNSHIPS_SHOWN) {
        page.heading(asked.pick(
            format!("{}：问题与措施", title(asked, township)),
            format!("{}: problems and measures", title(asked, township)),
        ));
        page.grid(table(asked, plan, township));
    }
    let left_out = busy.len().saturating_sub(TOWNSHIPS_SHOWN);
    if left_out > 0 {
        page.text(asked.pick(
            format!("另有 {left_out} 个乡镇，见 plan.csv"),
            format!("{left_out} more townships in plan.csv"),
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
                schools: Vec::new(),
                rows: Vec::new(),
            });
        }
        townships[place].schools.push(at);
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

fn overview(asked: &Question, plan: &Plan, townships: &[Township], page: &mut Page) {
    page.heading(asked.pick("各乡镇", "By township"));
    let mut grid = Grid::new()
        .words(asked.pick("乡镇", "township"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("缺口指数·前", "gap before"))
        .numbers(asked.pick("缺口指数·后", "gap after"));
    for township in townships {
        grid.row([
            title(asked, township),
            count(township.schools.len()),
            asked.money(township.rows.iter().map(|row| row.amount()).sum()),
            number(gap(asked, plan, township, false)),
            number(gap(asked, plan, township, true)),
        ]);
    }
    page.grid(grid);
}

fn gap(asked: &Question, plan: &Plan, township: &Township, planned: bool) -> f64 {
    let case = asked.case;
    let needs = township
        .schools
        .iter()
        .flat_map(|&school| case.resources.ids().map(move |one| (school, one)));
    needs
        .flat_map(|(school, one)| {
            case.horizon
                .periods()
                .map(move |period| plan.outcome.gap_of(case, school, one, period, planned))
        })
        .sum()
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
