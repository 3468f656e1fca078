//! What the plan comes to, year by year (工作目标).

use super::present::{Standing, in_words};
use crate::case::Rule;
use crate::case::balance::survey;
use crate::plan::Plan;
use crate::report::aid;
use crate::report::needs::short;
use crate::report::number::{count, number, percent};
use crate::report::page::Grid;
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::{YearIx, tolerance};

/// What is to be reached, as points.
pub fn points(asked: &Question, plan: &Plan) -> Vec<String> {
    let mut points = vec![gap_falls(asked, plan), schools_up_to_standard(asked, plan)];
    let last = asked.case.horizon.last();
    let stock = |school, resource| plan.outcome.stock(asked.case, school, resource, last);
    let planned = survey(asked.case, stock, last);
    let year = asked.year(last);
    let reached = in_words(asked, &planned).into_iter();
    points.extend(
        reached.map(|said| asked.pick(format!("到{year}，{said}"), format!("In {year}, {said}"))),
    );
    points.extend(phased(asked));
    points.extend(aid::in_words(asked, plan));
    points
}

/// What the plan does to the gap index, which is a sum over all years.
pub fn gap_falls(asked: &Question, plan: &Plan) -> String {
    let outcome = &plan.outcome;
    let (before, after) = (number(outcome.gap_before), number(outcome.gap_after));
    let change = outcome.gap_before - outcome.gap_after;
    let unit = asked.gap_unit();
    let (zh, en) = match (outcome.gap_before > 0.0, change > 0.0) {
        (true, true) => {
            let less = percent(share(change, outcome.gap_before));
            (format!("，减少 {less}"), format!(", {less} less"))
        }
        _ => ("，没有减少".to_string(), ", no less".to_string()),
    };
    asked.pick(
        format!("各年累计的缺口指数：不采取措施为 {before} {unit}，按本方案为 {after}{zh}。"),
        format!("The gap index over all years: {before} {unit} if nothing is done, {after} with the plan{en}."),
    )
}

/// How many schools lack nothing, today and at the end.
pub fn schools_up_to_standard(asked: &Question, plan: &Plan) -> String {
    let case = asked.case;
    let (first, last) = (YearIx::new(0), case.horizon.last());
    let (now, then) = (
        Standing::of(case, plan, first, false),
        Standing::of(case, plan, last, true),
    );
    let (all, today, end) = (
        count(case.schools.len()),
        count(now.whole),
        count(then.whole),
    );
    let year = asked.year(last);
    let unknown = match then.unknown {
        0 => String::new(),
        some => asked.pick(
            format!("，{} 所数据不全、无法判定", count(some)),
            format!("; {} cannot be judged, for want of data", count(some)),
        ),
    };
    asked.pick(
        format!("{all} 所学校中没有短缺的：现在 {today} 所，{year} {end} 所{unknown}。"),
        format!("Of {all} schools, {today} lack nothing today and {end} in {year}{unknown}."),
    )
}

/// The targets that the case states.
fn phased<'a>(asked: &'a Question) -> impl Iterator<Item = String> + use<'a> {
    let of = |policy: &crate::case::Policy| match policy.rule {
        Rule::Target { share, from } => {
            let (name, share, year) = (&policy.name, percent(share), asked.year(from));
            Some(asked.pick(
                format!("{name}：{year}起不低于标准的 {share}。"),
                format!("{name}: at least {share} of the standard from {year} on."),
            ))
        }
        Rule::Differences { .. } | Rule::Indicators { .. } => Some(format!(
            "{}：{}",
            policy.name,
            crate::report::fairness::limit(asked, policy)
        )),
        _ => None,
    };
    asked.case.policies.iter().filter_map(of)
}

/// What is short of each resource in each year, if the plan is carried out.
pub fn by_year(asked: &Question, plan: &Plan) -> Grid {
    let case = asked.case;
    let first = YearIx::new(0);
    let mut grid = Grid::new()
        .captioned(asked.pick(
            "分年度目标：各项资源的短缺",
            "Goals by year: what is still short",
        ))
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("现状", "today"));
    for year in case.horizon.plan_years() {
        grid = grid.numbers(asked.year(year));
    }
    for (at, resource) in case.resources.pairs() {
        let mut values = vec![short(asked, plan, at, first, false)];
        let years = case.horizon.plan_years();
        values.extend(years.map(|year| short(asked, plan, at, year, true)));
        if values.iter().any(|value| *value > tolerance::ZERO_UNITS) {
            let cells = values.into_iter().map(number);
            grid.row(
                [resource.name.clone(), resource.unit.clone()]
                    .into_iter()
                    .chain(cells),
            );
        }
    }
    grid
}
