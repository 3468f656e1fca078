//! What is said of two plans in sentences.

use super::super::number::{count, number, percent, plural};
use super::super::verdict;
use super::{SchoolGaps, Told, above, closed};
use crate::plan::{Outcome, Verdict};
use crate::report::comparison::Turn;
use crate::study::against::spent;
use crate::words::tolerance::PROVEN;

/// How many broken rules are told.
const TOLD: usize = 5;

/// How pro rata shares out.
pub fn pro_rata(told: &Told) -> String {
    told.asked.pick(
        "按比例分配：逐年把各校的各项缺口一起补到同一比例，补到能用的资金用完为止，用途窄的资金先用；本县富余的教师和设备也按同一比例调剂，由最富余的学校先出",
        "pro rata: year by year every shortfall is closed by the same part, as far as the money goes that may pay for it, money for few uses first; what schools of a county can spare is moved to others by the same part, those that have most giving first",
    ).to_string()
}

/// That the other plan breaks rules.
pub fn broken(told: &Told) -> String {
    let broken = told.found.theirs.audit.breaches.len();
    let name = told.theirs;
    told.asked.pick(
        format!("“{name}”违反 {} 条规定（全部见 junheng audit）：它的缺口不宜与守规定的方案直接相比", count(broken)),
        format!("{name} breaks {} (all of them: junheng audit): its gap is no fair measure for a plan that keeps them", plural(broken, "rule")),
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
    // A plan that breaks rules has not had the same money or not kept the same rules.
    let (zh, en) = match theirs.audit.passed() {
        true => ("同样的资金和规定，", "With the same money and rules "),
        false => ("", ""),
    };
    let mut said = vec![asked.pick(
        format!("{zh}“{name}”把缺口减少 {their_part}（剩 {their_gap} {unit}），最优方案减少 {our_part}（剩 {our_gap} {unit}）"),
        format!("{en}{name} closes {their_part} of the gap (leaving {their_gap} {unit}), the best plan {our_part} (leaving {our_gap} {unit})"),
    )];
    if theirs.audit.passed() && theirs.outcome.gap_after < ours.outcome.gap_after {
        let less = number(ours.outcome.gap_after - theirs.outcome.gap_after);
        said.push(asked.pick(
            format!("“{name}”比这里求出的整数方案更好，缺口少 {less} {unit}：整数方案离下界还有一点距离，见下"),
            format!("{name} is better than the plan in whole units that was found here, by {less} {unit}: that one is a little above the bound, see below"),
        ));
    }
    said.extend(same_gap(told));
    said.push(proof(told, ours.certificate.bound));
    said
}

/// With how little money the same gap can be had.
fn same_gap(told: &Told) -> Option<String> {
    let (asked, theirs) = (&told.asked, &told.found.theirs);
    let name = told.theirs;
    let Some(same) = &told.found.same_gap else {
        let bound = told.found.plan().map(|plan| plan.certificate.bound);
        let beyond = bound.is_some_and(|bound| theirs.outcome.gap_after < bound);
        return Some(
            match beyond {
                true => asked.pick(
                    "守规定的方案都达不到这么小的缺口（已证明），所以没有同样缺口的资金可比",
                    "No plan that keeps the rules has so small a gap (proven), so that there is no money for the same gap",
                ),
                false => asked.pick(
                    "没有求出达到同样缺口所需的资金：求解中止",
                    "The money for the same gap was not found: the search was halted",
                ),
            }
            .to_string(),
        );
    };
    if same.least == 0.0 {
        return Some(asked.pick(
            format!("不花钱也能达到“{name}”的缺口"),
            format!("The gap of {name} can be had without any money"),
        ));
    }
    // Rounded down: no more may be said than is proven.
    let below = percent((same.below * 1e3).floor() / 1e3);
    let proven = asked.pick(
        format!("已证明：各项资金只有 {below} 时，任何方案都达不到"),
        format!("proven: with {below} of every fund no plan has so small a gap"),
    );
    let Some((share, answer)) = &same.whole else {
        if same.halted {
            let least = enough(same.least);
            return Some(asked.pick(
                format!("不计取整，达到同样的缺口只要各项资金的 {least}；取整之后要多少，求解中止前没有求出；{proven}"),
                format!("In divisible amounts {least} of every fund is enough for the same gap; what is enough in whole units was not found before the search was halted; {proven}"),
            ));
        }
        return Some(asked.pick(
            format!("取整之后，用全部资金求出的方案也没有达到“{name}”的缺口；{proven}"),
            format!("In whole units no plan was found that has the gap of {name}, even with all the money; {proven}"),
        ));
    };
    let money = answer
        .plan
        .as_ref()
        .map_or_else(Default::default, |plan| spent(&plan.rows));
    let share = enough(*share);
    // Funds may be left over on both sides: what counts is the part of the money that is really spent.
    let part = match theirs.money().main() {
        all if all > 0.0 => enough(money.main() / all),
        _ => percent(1.0),
    };
    let (ours, theirs) = (
        asked.money_in_words(money),
        asked.money_in_words(theirs.money()),
    );
    Some(asked.pick(
        format!("达到同样的缺口，各项资金有 {share} 就够：花 {ours}，是“{name}”所花 {theirs} 的 {part}（方案见 same-gap.csv）；{proven}"),
        format!("{share} of every fund is enough for the same gap: {ours}, {part} of the {theirs} that {name} spends (the plan is same-gap.csv); {proven}"),
    ))
}

/// A share of money that is enough, rounded up, so that what is said is enough too.
fn enough(share: f64) -> String {
    percent((share * 1e3).ceil() / 1e3)
}

/// How far both are from what is possible.
fn proof(told: &Told, bound: f64) -> String {
    let asked = &told.asked;
    let theirs = above(told.found.theirs.outcome.gap_after, bound);
    let ours = told
        .found
        .plan()
        .map_or(bound, |plan| plan.outcome.gap_after);
    let reached = ours - bound <= PROVEN * bound.abs().max(1.0);
    let ours = above(ours, bound);
    let (bound, unit, name) = (number(bound), asked.gap_unit(), told.theirs);
    let (zh, en) = match (&told.found.ours.verdict, reached) {
        (_, true) => (
            "最优方案正好达到".to_string(),
            "the best plan reaches it".to_string(),
        ),
        (Verdict::Optimal, _) => (
            format!("最优方案因取整高出 {ours}"),
            format!("the best plan is {ours} above it, since posts and things come in whole units"),
        ),
        _ => (
            format!("当时最好的方案高出 {ours}"),
            format!("the best plan so far is {ours} above it"),
        ),
    };
    // A plan that breaks rules may well be below what any other can have.
    let beside = match told.found.theirs.audit.passed() {
        true => asked.pick(
            format!("，“{name}”高出 {theirs}"),
            format!(", {name} {theirs} above it"),
        ),
        false => String::new(),
    };
    asked.pick(
        format!("守规定的方案缺口都不低于 {bound} {unit}（已证明）：{zh}{beside}"),
        format!(
            "No plan that keeps the rules has a gap below {bound} {unit} (proven): {en}{beside}"
        ),
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
