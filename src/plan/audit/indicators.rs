//! Rules on indicators, by the official rule, from the stocks that the plan's rows come to.

use super::Audit;
use crate::case::Case;
use crate::case::balance::{Check, checks};
use crate::plan::outcome::Outcome;
use crate::words::ResourceIx;

/// Each school meets as many indicators as it is to meet, and has the rest of the norm of the others.
pub(super) fn check(audit: &mut Audit, case: &Case, outcome: &Outcome) {
    for check in checks(case) {
        let stock = |resource: ResourceIx| {
            let found = outcome.stock(case, check.school, resource, check.year);
            found.unwrap_or(0.0)
        };
        audit.check("indicators", check.holds(stock), || {
            said(case, &check, stock)
        });
    }
}

fn said(case: &Case, check: &Check, stock: impl Fn(ResourceIx) -> f64) -> (String, String) {
    let (policy, school) = (
        &case.policies[check.policy].name,
        &case.schools[check.school],
    );
    let year = case.horizon.calendar(check.year);
    let (section_zh, section_en) = check.section.name();
    let part = |&(resource, full): &(ResourceIx, f64)| (resource, stock(resource) / full);
    let below = check.parts.iter().map(part).filter(|part| part.1 < 1.0);
    let below = below
        .map(|(resource, part)| format!("{} {:.1}%", case.resources[resource].name, 100.0 * part));
    let below: Vec<String> = below.collect();
    let (free, rest) = (check.free, 100.0 * check.rest);
    let (name, id) = (&school.name, &school.id);
    (
        format!(
            "违反“{policy}”（{year}年）：{name}（{id}）{section_zh}未达标 {}，规定至多 {free} 项未达标、且不低于标准的 {rest:.1}%",
            below.join("、")
        ),
        format!(
            "rule “{policy}” is broken ({year}): {name} ({id}), {section_en}, is below the norm in {}, while the rule allows \
             {free}, at {rest:.1} % of the norm or more",
            below.join(", ")
        ),
    )
}
