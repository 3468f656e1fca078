//! What is said of two plans in sentences.

use super::super::number::{count, number, percent, plural};
use super::super::verdict;
use super::{SchoolGaps, Told, closed};
use crate::plan::Outcome;
use crate::program::certificate::distance;
use crate::report::comparison::Turn;
use crate::study::against::spent;

/// How many broken rules are told.
const TOLD: usize = 5;

/// That the other plan breaks rules.
pub fn broken(told: &Told) -> String {
    let broken = told.found.theirs.audit.breaches.len();
    let name = told.theirs;
    told.asked.pick(
        format!("“{name}”违反 {} 条规定（junheng audit 可查全部）：它的缺口不是守规矩的方案能比的", count(broken)),
        format!("{name} breaks {} (all of them: junheng audit): its gap is none that a plan within the rules could be measured by", plural(broken, "rule")),
    )
}

/// The first rules that the other plan breaks.
pub fn breaches(told: &Told) -> Vec<String> {
    let mut said = verdict::breaches(&told.asked, &told.found.theirs.audit);
    let more = said.len().saturating_sub(TOLD);
    said.truncate(TOLD);
    if more > 0 {
        said.push(
            told.asked
                .pick(format!("另有 {more} 条"), format!("and {more} more")),
        );
    }
    said
}

/// What the best plan saves.
pub fn headline(told: &Told) -> Vec<String> {
    let Some(ours) = told.found.plan() else {
        return Vec::new();
    };
    let (asked, theirs) = (&told.asked, &told.found.theirs);
    let unit = asked.gap_unit();
    let say = |outcome: &Outcome| (number(outcome.gap_after), percent(closed(outcome)));
    let ((their_gap, their_part), (our_gap, our_part)) = (say(&theirs.outcome), say(&ours.outcome));
    let name = told.theirs;
    let mut said = vec![asked.pick(
        format!("同样的资金和规定，“{name}”把缺口减少 {their_part}（剩 {their_gap} {unit}），最优方案减少 {our_part}（剩 {our_gap} {unit}）"),
        format!("With the same money and rules {name} closes {their_part} of the gap (leaving {their_gap} {unit}), the best plan {our_part} (leaving {our_gap} {unit})"),
    )];
    said.extend(same_gap(told));
    said.push(proof(told, ours.certificate.bound));
    said
}

/// With how little money the same gap can be had.
fn same_gap(told: &Told) -> Option<String> {
    let (asked, theirs) = (&told.asked, &told.found.theirs);
    let name = told.theirs;
    let Some(same) = &told.found.same_gap else {
        return Some(asked.pick(
            "没有求出达到同样缺口所需的资金：守规定的方案达不到这个缺口，或者求解中止".to_string(),
            "The money for the same gap was not found: no plan within the rules has so small a gap, or the search was halted".to_string(),
        ));
    };
    let below = percent(same.below);
    let proven = asked.pick(
        format!("已证明：各项资金只有 {below} 时，任何方案都达不到"),
        format!("proven: with {below} of every fund no plan has so small a gap"),
    );
    let Some((share, answer)) = &same.whole else {
        if same.halted {
            let least = percent(same.least);
            return Some(asked.pick(
                format!("不计取整，同样的缺口只要各项资金的 {least}；取整之后要多少，求解中止前没有求出；{proven}"),
                format!("But for whole units the same gap takes {least} of every fund; what it takes in whole units was not found before the search was halted; {proven}"),
            ));
        }
        return Some(asked.pick(
            format!("取整之后，全部资金也只能达到与“{name}”差不多的缺口；{proven}"),
            format!(
                "In whole units even all the money only does for about the gap of {name}; {proven}"
            ),
        ));
    };
    let money = answer
        .plan
        .as_ref()
        .map_or_else(Default::default, |plan| spent(&plan.rows));
    let share = percent(*share);
    let (ours, theirs) = (
        asked.money_in_words(money),
        asked.money_in_words(theirs.money()),
    );
    Some(asked.pick(
        format!("同样的缺口，只要各项资金的 {share}：花 {ours}，而“{name}”花 {theirs}（方案见 same-gap.csv）；{proven}"),
        format!("The same gap takes {share} of every fund: {ours}, where {name} spends {theirs} (the plan is same-gap.csv); {proven}"),
    ))
}

/// How far both are from what is possible.
fn proof(told: &Told, bound: f64) -> String {
    let asked = &told.asked;
    let above = |outcome: &Outcome| percent(distance(outcome.gap_after, bound).max(0.0));
    let theirs = above(&told.found.theirs.outcome);
    let ours = told.found.plan().map(|plan| above(&plan.outcome));
    let ours = ours.unwrap_or_default();
    let (bound, unit, name) = (number(bound), asked.gap_unit(), told.theirs);
    asked.pick(
        format!("任何方案的缺口都不低于 {bound} {unit}（已证明）：最优方案因取整高出 {ours}，“{name}”高出 {theirs}"),
        format!("No plan has a gap below {bound} {unit} (proven): the best plan is {ours} above it, since posts and things come in whole units, {name} {theirs}"),
    )
}

/// How many schools gain and lose.
pub fn turns(told: &Told) -> String {
    let asked = &told.asked;
    let Some(ours) = told.found.plan() else {
        return String::new();
    };
    let before = SchoolGaps::of(asked.case, &told.found.theirs.outcome);
    let after = SchoolGaps::of(asked.case, &ours.outcome);
    let turned = |turn: Turn| after.turns(&before).filter(|one| *one == turn).count();
    let [better, worse, same] = [Turn::Better, Turn::Worse, Turn::Same].map(turned);
    let [better, worse, same] = [better, worse, same].map(count);
    let name = told.theirs;
    asked.pick(
        format!("与“{name}”相比，最优方案使 {better} 所学校的缺口更小，{worse} 所更大，{same} 所不变"),
        format!("Beside {name} the best plan leaves {better} schools with less gap, {worse} with more and {same} with the same"),
    )
}
