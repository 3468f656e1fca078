//! What is short of each resource, without and with the plan.

use super::bars::{Bar, draw};
use super::{Chart, source, states};
use crate::plan::Plan;
use crate::report::needs::short;
use crate::report::number::{number, percent};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{ResourceIx, YearIx};

/// What is short of a resource in the last plan year.
struct Short {
    resource: ResourceIx,
    before: f64,
    after: f64,
}

impl Short {
    fn left(&self) -> f64 {
        share(self.after, self.before)
    }
}

/// The chart; `None` when nothing is short without the plan.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let last = asked.case.horizon.last();
    let shorts = shorts(asked, plan, last);
    let finding = finding(asked, &shorts)?;
    let (before, after) = states(asked, &asked.year(last));
    let bars: Vec<Bar> = shorts.iter().map(|one| bar(asked, one)).collect();
    Some(Chart {
        key: "shortfall",
        picture: draw(&bars, Some((&before, &after)), &finding),
        finding,
        unit: asked.pick(
            "单位：不规划时所缺的百分比；右侧为所缺的数量".to_string(),
            "unit: share of what would be short without the plan; quantities at the right"
                .to_string(),
        ),
        source: source(asked, "schools[].resources[].short_before, short_after"),
    })
}

fn shorts(asked: &Question, plan: &Plan, year: YearIx) -> Vec<Short> {
    let resources = asked.case.resources.ids();
    let all = resources.map(|resource| Short {
        resource,
        before: short(asked, plan, resource, year, false),
        after: short(asked, plan, resource, year, true),
    });
    all.filter(|one| one.before > ZERO_UNITS).collect()
}

fn bar(asked: &Question, one: &Short) -> Bar {
    let resource = &asked.case.resources[one.resource];
    let (before, after, unit) = (number(one.before), number(one.after), &resource.unit);
    Bar {
        name: resource.name.clone(),
        before: Some(1.0),
        after: one.left(),
        label: format!("{before} → {after} {unit}"),
    }
}

/// What falls most, and what is left of what falls least.
fn finding(asked: &Question, shorts: &[Short]) -> Option<String> {
    let most = shorts
        .iter()
        .reduce(|one, other| match other.left() < one.left() {
            true => other,
            false => one,
        })?;
    let least = shorts
        .iter()
        .reduce(|one, other| match other.left() > one.left() {
            true => other,
            false => one,
        })?;
    let said = |one: &Short| {
        let resource = &asked.case.resources[one.resource];
        let (name, unit) = (&resource.name, &resource.unit);
        if one.after <= ZERO_UNITS {
            return asked.pick(
                format!("{name}的缺口全部补齐"),
                format!("{name}: nothing is short any more"),
            );
        }
        let (less, left) = (percent(1.0 - one.left()), number(one.after));
        if one.after >= one.before - ZERO_UNITS {
            return asked.pick(
                format!("{name}的缺口没有减少，仍缺 {left} {unit}"),
                format!("{name}: no less is short, {left} {unit} still are"),
            );
        }
        asked.pick(
            format!("{name}缺口减少 {less}，仍缺 {left} {unit}"),
            format!("{name}: {less} less is short, {left} {unit} still are"),
        )
    };
    Some(match most.resource == least.resource {
        true => said(most),
        false => format!("{}{}{}", said(most), asked.pick("；", "; "), said(least)),
    })
}
