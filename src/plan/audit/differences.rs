//! Limits on differences among schools, by the official formulas, from the stocks that the plan's rows come to.

use super::Audit;
use crate::case::Case;
use crate::case::balance::comparisons;
use crate::plan::outcome::Outcome;

/// Each comparison is within its limit. (That nobody is lowered to get there is checked school by school.)
pub(super) fn check(audit: &mut Audit, case: &Case, outcome: &Outcome) {
    if !case.limits_differences() {
        return;
    }
    for one in comparisons(case) {
        let stock = |school, resource| outcome.stock(case, school, resource, one.year);
        let found = one.value(|school, resource| stock(school, resource).unwrap_or(0.0));
        // Where nobody has anything there is no difference either.
        let found = found.unwrap_or(0.0);
        audit.check("differences", one.keeps(found), || {
            let (policy, (zh, en)) = (&case.policies[one.policy].name, one.words(case));
            let (index_zh, index_en) = one.index.name();
            let most = one.most;
            (
                format!("违反“{policy}”：{zh}的{index_zh}为 {found:.6}，规定不超过 {most}"),
                format!("rule “{policy}” is broken: the {index_en} of {en} is {found:.6}, while the rule says {most}"),
            )
        });
    }
}
