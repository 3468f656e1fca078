//! What is handed out: steps, years, scopes, the schools' levels, and rotation.

use std::collections::BTreeMap;

use super::said::numbers;
use super::{Audit, at_most, school};
use crate::case::settled::settled_supply;
use crate::case::{Case, Reach};
use crate::plan::outcome::Outcome;
use crate::plan::row::PlanRow;
use crate::words::YearIx;
use crate::words::tolerance::STEP;

/// Each row: units in whole steps, a year of the plan, a measure that is open at the school and serves in time.
pub(super) fn check(audit: &mut Audit, case: &Case, reach: &Reach, rows: &[PlanRow]) {
    for row in rows {
        let measure = &case.measures[row.measure];
        let steps = row.units / case.step(row.measure);
        audit.check(
            "whole-steps",
            steps.is_finite() && (steps - steps.round()).abs() <= STEP * steps.abs().max(1.0),
            || {
                let [units, _] = numbers(row.units, row.units.round());
                (
                    format!(
                        "{}的“{}”数量 {units} 不是整数单位",
                        school(case, row),
                        measure.name,
                    ),
                    format!(
                        "{}: {units} of “{}” is not in whole steps",
                        school(case, row),
                        measure.name
                    ),
                )
            },
        );
        audit.check(
            "open-measure",
            reach.allows(row.measure, row.school),
            || {
                (
                    format!("{}不得采用“{}”", school(case, row), measure.name),
                    format!(
                        "{}: “{}” may not be used there",
                        school(case, row),
                        measure.name
                    ),
                )
            },
        );
        let rotates = measure.lever.moves();
        audit.check("only-rotation-takes", row.units >= 0.0 || rotates, || {
            (
                format!("{}的“{}”数量为负", school(case, row), measure.name),
                format!(
                    "{}: “{}” has a negative amount",
                    school(case, row),
                    measure.name
                ),
            )
        });
        let in_plan = row.year.at() < case.horizon.years && case.is_open(row.year);
        audit.check(
            "in-time",
            in_plan && !case.service(row.measure, row.year).is_empty(),
            || {
                (
                    format!(
                        "{}的“{}”在规划期内来不及见效",
                        school(case, row),
                        measure.name
                    ),
                    format!(
                        "{}: “{}” comes too late to serve in the plan",
                        school(case, row),
                        measure.name
                    ),
                )
            },
        );
    }
}

/// No school below its course without the plan, and no stock below nothing.
pub(super) fn check_schools(audit: &mut Audit, case: &Case, outcome: &Outcome) {
    let settled = settled_supply(case);
    for (at, stated) in case.schools.pairs() {
        for (resource, named) in case.resources.pairs() {
            // What the closed years have taken was not taken by this plan.
            let taken = settled.get(&(at, resource));
            let taken = |period: YearIx| taken.map_or(0.0, |units| units[period.at()].min(0.0));
            for period in case.horizon.periods() {
                let Some(today) = case.stock_in(at, resource, period) else {
                    continue;
                };
                let stock = today + outcome.supplied(at, resource, period);
                let today = today + taken(period);
                let words = || {
                    (
                        format!("{} ({})的{}会低于现状", stated.name, stated.id, named.name),
                        format!(
                            "{} ({}): {} would fall below its course",
                            stated.name, stated.id, named.name
                        ),
                    )
                };
                audit.check("stock", at_most(today.min(0.0), stock), words);
                if let (Some(required), true) = (
                    case.required(at, resource, period),
                    case.no_school_below_today,
                ) {
                    let short = |stock: f64| (required - stock).max(0.0);
                    let (before, after) = (short(today), short(stock));
                    audit.check("no-school-below-today", at_most(after, before), words);
                }
            }
        }
    }
}

/// In each circle, as many posts arrive in a year as leave, and nobody arrives where he left: no school has
/// more than half of all ends of the moves.
pub(super) fn check_rotation(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    let mut balance = BTreeMap::new();
    let mut ends = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|row| case.measures[row.measure].lever.moves())
    {
        let pool = (row.measure, row.year, case.circle(row.measure, row.school));
        *balance.entry(pool).or_insert(0.0) += row.units;
        let of_pool = ends.entry(pool).or_insert((0.0, BTreeMap::new()));
        of_pool.0 += row.units.abs();
        *of_pool.1.entry(row.school).or_insert(0.0) += row.units.abs();
    }
    for ((measure, year, ..), (all, by_school)) in ends {
        for (at, own) in by_school {
            audit.check("rotation-to-itself", at_most(2.0 * own, all), || {
                let (name, stated) = (&case.measures[measure].name, &case.schools[at]);
                let calendar = case.horizon.calendar(year);
                (
                    format!(
                        "{calendar}年{} ({})的“{name}”没有足够的其他学校可以交换",
                        stated.name, stated.id
                    ),
                    format!(
                        "{calendar}, {} ({}): not enough other schools to change places with in “{name}”",
                        stated.name, stated.id
                    ),
                )
            });
        }
    }
    for ((measure, year, circle), net) in balance {
        audit.check("rotation-balance", f64::abs(net) <= STEP, || {
            let name = &case.measures[measure].name;
            let (place_zh, place_en) = case.circle_name(circle);
            let [net, _] = numbers(net, 0.0);
            let calendar = case.horizon.calendar(year);
            (
                format!("{calendar}年{place_zh}“{name}”派出与接收人数不等（相差 {net}）"),
                format!("{calendar}, {place_en}: “{name}” arrivals and departures differ by {net}"),
            )
        });
    }
}

/// No school is brought more of a measure than it has use for: mended is what is broken, trained is who is not yet.
pub(super) fn check_uses(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    let rooms = case.rooms();
    let mut brought = BTreeMap::new();
    for row in rows {
        let bounded = case.bounded_with(row.measure);
        *brought.entry((bounded, row.school)).or_insert(0.0) += row.units;
    }
    for ((measure, at), units) in brought {
        let Some(&room) = rooms.get(&(measure, at)) else {
            continue;
        };
        audit.check("no-more-than-of-use", at_most(units, room), || {
            let (name, stated) = (&case.measures[measure].name, &case.schools[at]);
            let [units, room] = numbers(units, room);
            (
                format!(
                    "{} ({})的“{name}”共 {units}，可以的只有 {room}",
                    stated.name, stated.id
                ),
                format!(
                    "{} ({}): {units} of “{name}”, and use for {room} only",
                    stated.name, stated.id
                ),
            )
        });
    }
}

/// At a school in a year nothing of a measure, or as much as its smallest project has.
pub(super) fn check_projects(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    let mut brought = BTreeMap::new();
    for row in rows
        .iter()
        .filter(|row| case.measures[row.measure].least > 0.0)
    {
        let at = (row.year, row.measure, row.school);
        *brought.entry(at).or_insert(0.0) += row.units;
    }
    for ((year, measure, at), units) in brought {
        let (stated, school) = (&case.measures[measure], &case.schools[at]);
        audit.check("project", stated.is_project(units), || {
            let (name, least) = (&stated.name, stated.least);
            let (id, year) = (&school.id, case.horizon.calendar(year));
            let school = &school.name;
            (
                format!("{year}年{school} ({id})的“{name}”只有 {units}，一个项目至少 {least}"),
                format!("{school} ({id}), {year}: {units} of “{name}”, while a project has at least {least}"),
            )
        });
    }
}
