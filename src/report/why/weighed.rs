//! An offer weighed: what a unit closes against what it takes.

use super::words::{gap_one, limit, money, period};
use crate::case::Lever;
use crate::formulate::RowKey;
use crate::plan::reasons::{Limit, Offer};
use crate::report::number::number;
use crate::report::question::Question;
use crate::words::YearIx;
use crate::words::tolerance::TIE;

/// An offer weighed: what a unit closes, what it takes, and how the two stand.
pub fn weighed(asked: &Question, offer: &Offer, closes: f64) -> String {
    let measure = &asked.case.measures[offer.measure];
    let unit = &asked.case.resources[measure.resource].unit;
    let (gap, one) = (asked.gap_unit(), gap_one(asked));
    let (year, name, removed) = (asked.year(offer.year), &measure.name, number(closes));
    let head = asked.pick(
        format!("{year}{name}，每{unit}弥补 {removed} {gap}"),
        format!("{name} in {year} closes {removed} {gap} a unit"),
    );
    if offer.toll() <= 0.0 {
        return asked.pick(
            format!("{head}，所用的资金和名额都不紧张"),
            format!("{head}, and nothing that it uses is scarce"),
        );
    }
    let ratio = offer.ratio(closes);
    let other = offer.toll() - offer.money_toll();
    match (offer.money_per_gap(closes), offer.cut_off(closes)) {
        (Some(per_gap), Some(cut_off)) if other.abs() <= TIE * offer.toll() => {
            let (cost, per_gap, cut_off) = (
                cost(asked, offer),
                money(asked, per_gap),
                money(asked, cut_off),
            );
            let source = source(asked, offer);
            let (zh, en) = stands(ratio);
            asked.pick(
                format!("{head}，{cost}，合每{one} {per_gap}，{zh}截断线 {cut_off}（{source}）"),
                format!(
                    "{head} and costs {cost}: {per_gap} per {one}, {en} the cut-off {cut_off} ({source})"
                ),
            )
        }
        _ => {
            let (cost, toll) = (cost(asked, offer), number(offer.toll()));
            let parts = parts(asked, offer);
            let (zh, en) = match () {
                () if ratio < 1.0 - TIE => ("多于它弥补的", "more than it closes"),
                () if ratio <= 1.0 + TIE => ("与它弥补的相等", "as much as it closes"),
                () => ("少于它弥补的", "less than it closes"),
            };
            asked.pick(
                format!("{head}，{cost}；它占用的限额在别处可弥补 {toll} {gap}（{parts}），{zh}"),
                format!(
                    "{head} and costs {cost}; the limits it uses would close {toll} {gap} elsewhere ({parts}), {en}"
                ),
            )
        }
    }
}

fn stands(ratio: f64) -> (&'static str, &'static str) {
    match () {
        () if ratio < 1.0 - TIE => ("高于", "above"),
        () if ratio <= 1.0 + TIE => ("正在", "right at"),
        () => ("低于", "below"),
    }
}

/// What a unit costs.
fn cost(asked: &Question, offer: &Offer) -> String {
    let measure = &asked.case.measures[offer.measure];
    let total = money(asked, offer.money);
    match measure.lever {
        _ if offer.money == 0.0 => asked.pick("不花钱", "nothing").to_string(),
        Lever::Buy { .. } | Lever::Move => asked.pick(format!("需 {total}"), total),
        Lever::Hire | Lever::Aid | Lever::Share | Lever::Rotate { .. } => {
            let yearly = money(asked, measure.cost.main());
            let subsidy = measure.subsidy.map_or_else(String::new, |subsidy| {
                let (each, years) = (money(asked, subsidy.each.main()), subsidy.years);
                asked.pick(
                    format!("（前 {years} 年其中 {each} 由外部补助）"),
                    format!(" (of which {each} is paid from outside in the first {years} years)"),
                )
            });
            asked.pick(
                format!("每年 {yearly}{subsidy}、计入期内共 {total}"),
                format!("{yearly} a year{subsidy}, {total} over the years counted"),
            )
        }
    }
}

/// The limits an offer takes from, each once, with its years.
fn source(asked: &Question, offer: &Offer) -> String {
    let limits = by_limit(offer);
    let named = limits.into_iter().map(|(one, years, _)| {
        let name = limit(asked, one);
        match years.as_slice() {
            [only] => {
                let year = period(asked, *only);
                asked.pick(format!("{name}{year}"), format!("{name}, {year}"))
            }
            _ => name,
        }
    });
    named.collect::<Vec<_>>().join(asked.pick("、", "; "))
}

/// The limits an offer takes from, with what each would close elsewhere.
fn parts(asked: &Question, offer: &Offer) -> String {
    let limits = by_limit(offer).into_iter();
    let said = limits.map(|(one, _, worth)| format!("{} {}", limit(asked, one), number(worth)));
    said.collect::<Vec<_>>().join(asked.pick("，", "; "))
}

fn by_limit(offer: &Offer) -> Vec<(Limit, Vec<YearIx>, f64)> {
    let mut found: Vec<(Limit, Vec<YearIx>, f64)> = Vec::new();
    for toll in &offer.tolls {
        let year = match toll.limit {
            RowKey::Fund { period, .. } => Some(period),
            _ => None,
        };
        let limit = Limit::from(toll.limit);
        let at = found.iter().position(|(own, ..)| *own == limit);
        let at = at.unwrap_or_else(|| {
            found.push((limit, Vec::new(), 0.0));
            found.len() - 1
        });
        found[at].1.extend(year);
        found[at].2 += toll.worth();
    }
    found
}
