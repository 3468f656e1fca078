//! What a plan comes to when only part of its moves happens, beside the whole plan.

use serde_json::{Value, json};

use super::number::{number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::Lever;
use crate::plan::{Outcome, Plan, TakeUp};
use crate::words::sum::sum;
use crate::words::{ResourceIx, YearIx};

/// The section of the terminal and of `plan.md`.
pub fn section(asked: &Question, plan: &Plan, take_up: &TakeUp, page: &mut Page) {
    let share = percent(take_up.share);
    page.heading(asked.pick(
        format!("如果交流轮岗只落实 {share}"),
        format!("If only {share} of the moves happen"),
    ));
    if take_up.planned == 0.0 {
        page.text(asked.pick(
            "方案没有交流轮岗，结果不变",
            "no posts move in this plan; nothing changes",
        ));
        return;
    }
    let (moving, planned) = (number(take_up.moving), number(take_up.planned));
    // Things that one school has to spare are among them where the plan moves any.
    let things = plan.rows.iter().any(|row| {
        row.units < 0.0 && matches!(asked.case.measures[row.measure].lever, Lever::Move)
    });
    let (zh, en) = match things {
        true => ("岗次（台、件）", "posts and things"),
        false => ("岗次", "posts"),
    };
    page.text(asked.pick(
        format!("{planned} {zh}中落实 {moving}；每年每项措施落空的是清单上最后的（跨乡镇、路远的），人留在原校，其余措施照办"),
        format!("{moving} of {planned} {en} move; of each year and measure the last of the list (another township, the farthest) stay at home, and all else is done as planned"),
    ));
    let (whole, then) = (plan.outcome.gap_after, take_up.outcome.gap_after);
    let unit = asked.gap_unit();
    let change = change(asked, whole, then);
    let (whole, then) = (number(whole), number(then));
    page.text(asked.pick(
        format!("缺口指数：全部落实 {whole}，只落实 {share} 则为 {then} {unit}（{change}）"),
        format!("gap index: {whole} when all happen, {then} {unit} when {share} do ({change})"),
    ));
    page.grid(table(asked, plan, take_up));
    let unpaid = asked.money_in_words(take_up.unpaid);
    page.text(asked.pick(
        format!("落空的人在规划期内少领津贴 {unpaid}；这笔钱留着不用，没有算作别的投入"),
        format!("{unpaid} of allowances are then not paid in the plan years; that money is left unspent and buys nothing else here"),
    ));
}

/// How much larger or smaller the gap is, in words.
fn change(asked: &Question, whole: f64, then: f64) -> String {
    if whole == then {
        return asked.pick("不变", "the same").to_string();
    }
    let more = (then - whole).abs();
    let by = match whole > 0.0 {
        true => percent(more / whole),
        false => number(more),
    };
    match then > whole {
        true => asked.pick(format!("大 {by}"), format!("{by} more")),
        false => asked.pick(format!("小 {by}"), format!("{by} less")),
    }
}

fn table(asked: &Question, plan: &Plan, take_up: &TakeUp) -> Grid {
    let share = percent(take_up.share);
    let mut grid = Grid::new()
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .words(asked.pick("年份", "year"))
        .numbers(asked.pick("全部落实仍缺", "short when all move"))
        .numbers(asked.pick(
            format!("落实 {share} 仍缺"),
            format!("short when {share} do"),
        ));
    for (resource, year) in cells(asked, take_up) {
        let stated = &asked.case.resources[resource];
        grid.row([
            stated.name.clone(),
            stated.unit.clone(),
            asked.case.horizon.calendar(year).to_string(),
            number(short(asked, &plan.outcome, resource, year)),
            number(short(asked, &take_up.outcome, resource, year)),
        ]);
    }
    grid
}

/// The resources that move, with each plan year.
fn cells(asked: &Question, take_up: &TakeUp) -> impl Iterator<Item = (ResourceIx, YearIx)> {
    let horizon = &asked.case.horizon;
    let resources = take_up.resources.iter();
    resources.flat_map(|&resource| horizon.plan_years().map(move |year| (resource, year)))
}

/// Units of a resource that all schools together lack.
fn short(asked: &Question, outcome: &Outcome, resource: ResourceIx, year: YearIx) -> f64 {
    let schools = asked.case.schools.ids();
    sum(schools.filter_map(|school| outcome.short(asked.case, school, resource, year, true)))
}

/// `take_up` in `plan.json`: the share asked for; posts that move under the plan (`planned`) and then (`moving`);
/// the gap index of the whole plan and then, all periods; allowances of the plan years that are not paid, which buy
/// nothing else; and for each resource that moves, by plan year, the units all schools together lack.
pub fn json(asked: &Question, plan: &Plan, take_up: &TakeUp) -> Value {
    let case = asked.case;
    let short: Vec<Value> = cells(asked, take_up)
        .map(|(resource, year)| {
            json!({
                "resource": case.resources[resource].id,
                "year": case.horizon.calendar(year),
                "plan": short(asked, &plan.outcome, resource, year),
                "then": short(asked, &take_up.outcome, resource, year),
            })
        })
        .collect();
    json!({
        "share": take_up.share,
        "planned": take_up.planned,
        "moving": take_up.moving,
        "gap": { "plan": plan.outcome.gap_after, "then": take_up.outcome.gap_after },
        "unpaid": take_up.unpaid,
        "short": short,
    })
}
