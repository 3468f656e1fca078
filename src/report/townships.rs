//! The townships of a plan, and the rectification table (问题 – 措施 – 责任单位 – 完成时限) of each.

use super::number::number;
use super::page::Grid;
use super::provinces::gap;
use super::question::Question;
use crate::plan::table::{deadline, problems};
use crate::plan::{Plan, PlanRow};
use crate::words::{CountyIx, Money};

/// A township of a county, with what the plan does there.
pub struct Township<'a> {
    /// The county it lies in.
    pub county: CountyIx,
    /// Its name; empty for the schools of a county that name none.
    pub name: &'a str,
    /// How many schools it has.
    pub schools: usize,
    /// What is done there, in the order of the plan.
    pub rows: Vec<&'a PlanRow>,
    /// The gap index without and with the plan.
    pub gap: (f64, f64),
}

impl Township<'_> {
    /// What is spent there in the plan years.
    pub fn spent(&self) -> Money {
        self.rows.iter().map(|row| row.amount()).sum()
    }
}

/// Townships in order of first appearance.
pub fn gathered<'a>(asked: &Question<'a>, plan: &'a Plan) -> Vec<Township<'a>> {
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

/// How it is called in headings.
pub fn title(asked: &Question, township: &Township) -> String {
    let county = &asked.case.counties[township.county];
    let several = asked.case.counties.len() > 1;
    match (township.name, several) {
        ("", _) => county.to_string(),
        (name, false) => name.to_string(),
        (name, true) => format!("{county} · {name}"),
    }
}

/// Where the problem, the body and the deadline stand in the table.
pub const WORDS: [usize; 3] = [1, 5, 6];

/// The rectification table of a township, this many rows at most.
pub fn table(asked: &Question, plan: &Plan, township: &Township, most: usize) -> Grid {
    let case = asked.case;
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("问题", "problem"))
        .words(asked.pick("措施", "measure"))
        .numbers(asked.money_header("金额", "money"))
        .words(asked.pick("资金", "fund"))
        .words(asked.pick("责任单位", "responsible body"))
        .words(asked.pick("完成时限", "deadline"));
    for row in township.rows.iter().take(most) {
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
            problems(case, &plan.outcome, row.school, row.measure, asked.lang),
            done,
            asked.money(row.amount()),
            row.fund
                .map(|fund| case.funds[fund].name.clone())
                .unwrap_or_default(),
            measure.body.clone(),
            deadline(case, row, asked.lang),
        ]);
    }
    let left_out = township.rows.len().saturating_sub(most);
    if left_out > 0 {
        grid.foot = Some(asked.pick(
            format!("另有 {left_out} 行，见 plan.csv"),
            format!("{left_out} more rows in plan.csv"),
        ));
    }
    grid
}
