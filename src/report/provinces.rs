//! What a plan does in each province.

use super::number::{count, number};
use super::page::{Grid, Page};
use super::question::Question;
use crate::plan::Plan;
use crate::words::sum::Sum;
use crate::words::{Money, ProvinceIx, SchoolIx, Table};

/// The totals of one province.
#[derive(Clone, Default)]
pub struct Total {
    /// Its schools.
    pub schools: usize,
    /// Money of the funds over the plan years.
    pub spent: Money,
    /// Gap index over all periods without the plan.
    pub before: Sum,
    /// And with the plan.
    pub after: Sum,
}

/// What a plan does in each province, in their order.
pub fn by_province(asked: &Question, plan: &Plan) -> Table<ProvinceIx, Total> {
    let case = asked.case;
    let mut totals = Table::filled(case.provinces.len(), Total::default());
    for row in &plan.rows {
        totals[case.province(row.school)].spent += row.amount();
    }
    for school in case.schools.ids() {
        let total = &mut totals[case.province(school)];
        total.schools += 1;
        total.before.add(gap(asked, plan, school, false));
        total.after.add(gap(asked, plan, school, true));
    }
    totals
}

/// Schools, money and gap by province; nothing where there is only one.
pub fn totals(asked: &Question, plan: &Plan, page: &mut Page) {
    let case = asked.case;
    if case.provinces.len() < 2 {
        return;
    }
    let totals = by_province(asked, plan);
    page.heading(asked.pick("各省", "By province"));
    let mut grid = Grid::new()
        .words(asked.pick("省份", "province"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.money_header("金额", "money"))
        .numbers(asked.pick("缺口指数·前", "gap before"))
        .numbers(asked.pick("缺口指数·后", "gap after"));
    for (name, total) in case.provinces.iter().zip(&totals) {
        grid.row([
            name.clone(),
            count(total.schools),
            asked.money(total.spent),
            number(total.before.value()),
            number(total.after.value()),
        ]);
    }
    page.grid(grid);
}

/// The gap index of a school over all periods, without or with the plan.
pub fn gap(asked: &Question, plan: &Plan, school: SchoolIx, planned: bool) -> f64 {
    let (case, outcome) = (asked.case, &plan.outcome);
    let mut total = Sum::default();
    for resource in case.resources.ids() {
        for period in case.horizon.periods() {
            total.add(outcome.gap_of(case, school, resource, period, planned));
        }
    }
    total.value()
}
