//! Costs and money so far apart that a unit of money was probably mistaken.

use super::Places;
use crate::case::Case;
use crate::read::plausible::{Plausible, median};
use crate::words::catalogue::{COST_ABOVE_FUNDS, COST_OUT_OF_SCALE, FUNDS_OUT_OF_SCALE};
use crate::words::{MeasureIx, Money, Notice, Notices, ResourceIx, YearIx};

/// Reports costs and amounts out of scale.
pub(super) fn check(case: &Case, places: &Places, notices: &mut Notices) {
    let known = Plausible::shipped();
    check_costs(case, places, known.scale.cost_ratio, notices);
    check_affordable(case, places, notices);
    check_funds(case, places, &known, notices);
}

/// Compares what each measure would cost to bring one pupil from nothing to standard.
fn check_costs(case: &Case, places: &Places, ratio: f64, notices: &mut Notices) {
    let costs: Vec<(MeasureIx, f64)> = case
        .measures
        .ids()
        .filter_map(|measure| Some((measure, cost_per_pupil(case, measure)?)))
        .collect();
    for (measure, cost) in &costs {
        let others = costs
            .iter()
            .filter(|(other, _)| other != measure)
            .map(|(_, cost)| *cost);
        let Some(usual) = median(others) else {
            continue;
        };
        if *cost > usual * ratio || *cost < usual / ratio {
            let stated = &case.measures[*measure];
            let notice =
                Notice::new(COST_OUT_OF_SCALE, places.measures[*measure].clone()).text(&stated.id);
            let shown = |cost: f64| format!("{cost:.2} {}", case.currency);
            notices.push(
                notice
                    .with(&stated.name)
                    .with(shown(*cost))
                    .with(shown(usual)),
            );
        }
    }
}

/// Main units of money that the standard of one pupil costs by a measure, over all schools; `None` without a cost
/// or a norm.
fn cost_per_pupil(case: &Case, measure: MeasureIx) -> Option<f64> {
    let stated = &case.measures[measure];
    let first = YearIx::new(0);
    let (mut units, mut pupils) = (0.0, 0.0);
    for school in case.schools.ids() {
        if let (Some(required), Some(own)) = (
            case.required(school, stated.resource, first),
            case.pupils(school, first),
        ) {
            units += required;
            pupils += own;
        }
    }
    let cost = stated.cost.main() * units / pupils;
    (cost.is_finite() && cost > 0.0).then_some(cost)
}

/// Reports measures of which not one step can be paid with all the money there is.
fn check_affordable(case: &Case, places: &Places, notices: &mut Notices) {
    let all = total(case);
    if all.is_zero() {
        return;
    }
    for (measure, stated) in case.measures.pairs() {
        let resource = &case.resources[stated.resource];
        if stated.cost.times(resource.step) > all {
            let notice =
                Notice::new(COST_ABOVE_FUNDS, places.measures[measure].clone()).text(&stated.id);
            notices.push(
                notice
                    .with(&stated.name)
                    .with(stated.cost)
                    .with(all)
                    .with(&case.currency),
            );
        }
    }
}

fn total(case: &Case) -> Money {
    case.funds.iter().map(|fund| fund.total()).sum()
}

/// Compares all the money with what closing every gap would cost.
fn check_funds(case: &Case, places: &Places, known: &Plausible, notices: &mut Notices) {
    let needs: f64 = case
        .resources
        .ids()
        .filter_map(|resource| cost_of_gaps(case, resource))
        .sum();
    let money = total(case).main();
    if needs <= 0.0 || money <= 0.0 {
        return;
    }
    let ratio = money / needs;
    if ratio > known.scale.money_above_needs || ratio < known.scale.money_below_needs {
        let place = places.funds.iter().next().cloned().unwrap_or_default();
        let shown = |amount: f64| format!("{amount:.2} {}", case.currency);
        notices.push(
            Notice::new(FUNDS_OUT_OF_SCALE, place)
                .with(shown(money))
                .with(shown(needs)),
        );
    }
}

/// Main units of money that closing all gaps of a resource would cost by its cheapest measure.
fn cost_of_gaps(case: &Case, resource: ResourceIx) -> Option<f64> {
    let first = YearIx::new(0);
    let measures = case
        .measures
        .iter()
        .filter(|measure| measure.resource == resource);
    let cheapest = measures
        .map(|measure| measure.cost.main())
        .min_by(f64::total_cmp)?;
    let short = case.schools.pairs().filter_map(|(school, stated)| {
        let required = case.required(school, resource, first)?;
        Some((required - stated.stock[resource.at()]?).max(0.0))
    });
    Some(cheapest * short.sum::<f64>())
}
