//! The reasons of one school, resource by resource.

use super::Explained;
use super::sentence::reason;
use super::words::{gap_one, standing};
use super::{change::change, given::given};
use crate::plan::PlanRow;
use crate::plan::reasons::{Offer, Reason, State};
use crate::plan::table::problem;
use crate::report::number::{MISSING, number, or_missing};
use crate::report::page::{Grid, Page};
use crate::report::{diverted, indicators};
use crate::words::SchoolIx;

/// Fills the page of a school.
pub fn fill(explained: &Explained, school: SchoolIx, page: &mut Page) {
    let (asked, case) = (&explained.asked, explained.asked.case);
    let stated = &case.schools[school];
    let (zh, en) = stated.stage.name();
    let pupils = or_missing(case.pupils(school, crate::words::YearIx::new(0)));
    let county = &case.counties[stated.county].label;
    let place = match county.is_empty() || case.counties.len() == 1 {
        true => String::new(),
        false => format!(" · {county}"),
    };
    page.heading(asked.pick(
        format!(
            "{}（{}）{place} · {zh} · {} · 学生 {pupils} 人",
            stated.name, stated.id, case.areas[stated.area]
        ),
        format!(
            "{} ({}){place} · {en} · {} · {pupils} pupils",
            stated.name, stated.id, case.areas[stated.area]
        ),
    ));
    diverted::add_of_school(asked, school, page);
    page.list(indicators::of_school(asked, explained.plan, school));
    let mut quiet: Vec<String> = Vec::new();
    for reason in explained.reasons() {
        match reason.state {
            State::Enough if explained.resource.is_none() => {
                quiet.push(case.resources[reason.resource].name.clone());
            }
            _ => need(explained, &reason, page),
        }
    }
    if !quiet.is_empty() {
        let list = quiet.join(asked.pick("、", ", "));
        page.heading(asked.pick("不缺", "Not short"));
        page.text(list);
    }
}

fn need(explained: &Explained, found: &Reason, page: &mut Page) {
    let (asked, case) = (&explained.asked, explained.asked.case);
    let resource = &case.resources[found.resource];
    page.heading(resource.name.clone());
    let problem = problem(
        case,
        &explained.plan.outcome,
        found.school,
        found.resource,
        asked.lang,
    );
    let mut said = vec![asked.pick(format!("需求：{problem}"), format!("need: {problem}"))];
    said.retain(|_| !problem.is_empty());
    let rows: Vec<&PlanRow> = explained
        .reasons
        .rows(found.school, found.resource)
        .collect();
    let given = given(asked, &rows);
    if !given.is_empty() {
        let given = given.join(asked.pick("；", "; "));
        said.push(asked.pick(format!("方案：{given}"), format!("plan: {given}")));
    }
    if found.cause.is_some() {
        let year = asked.year(case.horizon.last());
        let (short, unit) = (or_missing(found.short), &resource.unit);
        said.push(asked.pick(
            format!("仍缺：{year} {short} {unit}"),
            format!("still short: {short} {unit} in {year}"),
        ));
    }
    let why = reason(asked, explained.reasons, found);
    if !why.is_empty() {
        said.push(asked.pick(format!("原因：{why}"), format!("reason: {why}")));
    }
    let change = change(asked, found);
    if !change.is_empty() {
        said.push(asked.pick(
            format!("怎样才会改变：{change}"),
            format!("what would change it: {change}"),
        ));
    }
    page.list(said);
    page.grid(offers(explained, found));
}

/// Every measure and year: what a unit closes, what it costs, and how that stands to the cut-off.
fn offers(explained: &Explained, found: &Reason) -> Grid {
    let asked = &explained.asked;
    let (gap, one) = (asked.gap_unit(), gap_one(asked));
    let currency = &asked.case.currency;
    let mut grid = Grid::new()
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("开始", "start"))
        .numbers(asked.pick("安排", "given"))
        .numbers(asked.pick(
            format!("每单位弥补（{gap}）"),
            format!("closes per unit ({gap})"),
        ))
        .numbers(asked.pick(
            format!("每单位费用（{currency}）"),
            format!("cost per unit ({currency})"),
        ))
        .numbers(asked.pick(
            format!("每{one}（{currency}）"),
            format!("{currency} per {one}"),
        ))
        .numbers(asked.pick("截断线", "cut-off"))
        .words(asked.pick("判断", "standing"));
    if matches!(found.state, State::Enough | State::Gives | State::Passes) {
        return grid;
    }
    for offer in &found.offers {
        let closes = closes(offer);
        grid.row([
            asked.case.measures[offer.measure].name.clone(),
            asked.year(offer.year),
            match offer.given > 0.0 {
                true => number(offer.given),
                false => MISSING.to_string(),
            },
            number(closes),
            number(offer.money),
            or_missing(offer.money_per_gap(closes)),
            or_missing(cut_off(explained, offer).filter(|_| offer.is_weighed())),
            standing(asked, offer, explained.reasons.are_proven()),
        ]);
    }
    grid
}

/// What a unit closes: the first one where some are given, else one more.
pub fn closes(offer: &Offer) -> f64 {
    match offer.given > 0.0 {
        true => offer.first,
        false => offer.next,
    }
}

/// The cut-off of an offer; `None` where there is none or no price to tell it by.
pub fn cut_off(explained: &Explained, offer: &Offer) -> Option<f64> {
    let proven = explained.reasons.are_proven();
    offer.cut_off(closes(offer)).filter(|_| proven)
}
