//! A plan that is to stay near an earlier one keeps as much of its money where it was.

use std::collections::BTreeMap;

use super::Audit;
use super::said::monies;
use crate::case::earlier::{Spot, kept};
use crate::case::{Case, Rule};
use crate::plan::row::PlanRow;
use crate::words::Money;

pub(super) fn check(audit: &mut Audit, case: &Case, rows: &[PlanRow]) {
    for policy in &case.policies {
        let Rule::Stay { earlier, least } = &policy.rule else {
            continue;
        };
        let mut now: BTreeMap<Spot, Money> = BTreeMap::new();
        for row in rows {
            *now.entry((row.year, row.measure, row.school)).or_default() += row.amount();
        }
        let earlier = earlier.money(case);
        let all: Money = earlier.values().copied().sum();
        let kept = kept(&earlier, |spot| now.get(spot).copied().unwrap_or_default());
        let asked = all.times(*least);
        // A hundredth is what rounding to exact money may cost.
        audit.check("stay", kept + Money::cents(1) >= asked, || {
            let [kept, asked] = monies(case, kept, asked);
            let [all, _] = monies(case, all, all);
            (
                format!(
                    "违反“{}”：原方案的 {all} 中保留了 {kept}，至少应保留 {asked}",
                    policy.name
                ),
                format!(
                    "rule “{}” is broken: {kept} of {all} of the earlier plan are kept, {asked} have to be",
                    policy.name
                ),
            )
        });
    }
}
