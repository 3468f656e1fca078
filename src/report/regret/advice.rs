//! What to choose, why, and how much of it hangs on any one future.

use super::super::number::{MISSING, money_value, number};
use super::super::page::Grid;
use super::super::question::Question;
use super::super::verdict;
use super::{future_name, name};
use crate::plan::Verdict;
use crate::study::regret::{Regret, Whose, choice as simple_choice};

/// Regrets that differ by less than this share of the larger are called equal.
const EQUAL: f64 = 1e-3;

/// What to choose, in a sentence.
pub fn choice(asked: &Question, found: &Regret) -> String {
    let least = match &found.least {
        Ok(least) => least,
        Err(Verdict::Impossible { .. }) => {
            return asked
                .pick(
                    "没有一种先定的安排在所有情景下都可行（已证明）：先定的年数再少些，或去掉互相冲突的情景",
                    "no decisions are possible in every future (proven): decide fewer years first, or leave out a future that contradicts the others",
                )
                .to_string();
        }
        Err(other) => {
            let verdict = verdict::name(asked, other);
            return asked.pick(
                format!("最小最大后悔方案没有求得：{verdict}"),
                format!("the min–max-regret decisions were not found: {verdict}"),
            );
        }
    };
    let worst = number(least.worst);
    let unit = asked.gap_unit();
    let there = found
        .minmax()
        .and_then(|one| one.worst(None))
        .filter(|(worst, _)| *worst > 0.0)
        .map(|(_, at)| future_name(found, at));
    let simple = simple_choice(&found.candidates, None);
    if least.worst <= 0.0 {
        return asked.pick(
            "现在就定没有任何后悔：最小最大后悔方案先定的部分，在每个情景里都是最优方案的一部分".to_string(),
            "nothing is lost by deciding now: what the min–max-regret plan decides first is part of a best plan in every future".to_string(),
        );
    }
    let there = there.unwrap_or_default();
    match simple {
        Some((at, regret)) if regret - least.worst <= EQUAL * regret => {
            let whose = future_name(found, at);
            asked.pick(
                format!("先按 {whose} 的方案定即可：最坏后悔值 {worst} {unit}（在 {there}），任何先定的安排都不能更小"),
                format!("decide as planned for {whose}: its worst regret is {worst} {unit} (in {there}), and no decisions have a smaller one"),
            )
        }
        Some((at, regret)) => {
            let (whose, other) = (future_name(found, at), number(regret));
            asked.pick(
                format!("先按最小最大后悔方案定：最坏后悔值 {worst} {unit}（在 {there}）；现成方案中最好的是 {whose}，最坏后悔值 {other}"),
                format!("decide as the min–max-regret plan does: its worst regret is {worst} {unit} (in {there}); the best of the ready plans is that for {whose}, with {other}"),
            )
        }
        None => asked.pick(
            format!("先按最小最大后悔方案定：最坏后悔值 {worst} {unit}（在 {there}）；没有一个现成方案在所有情景下都可行"),
            format!("decide as the min–max-regret plan does: its worst regret is {worst} {unit} (in {there}); none of the ready plans is possible in every future"),
        ),
    }
}

/// What is proven of it; nothing where it was not found.
pub fn proof(asked: &Question, found: &Regret) -> Option<String> {
    let least = found.least.as_ref().ok()?;
    let bound = number(least.bound);
    let cells = found.candidates.iter().flat_map(|one| &one.cells);
    let (all, proven) = cells.fold((0, 0), |(all, proven), cell| {
        (all + 1, proven + usize::from(cell.is_proven()))
    });
    let claim = match least.is_proven() {
        true => asked.pick("已证明", "proven"),
        false => asked.pick("未证明为最小", "not proven least"),
    };
    Some(asked.pick(
        format!("证明：任何先定的安排，最坏后悔值不低于 {bound}（{claim}）；表中 {all} 格逐格求解，{proven} 格已证明"),
        format!("Proof: no decisions have a worst regret below {bound} ({claim}); each of the {all} cells was solved by itself, {proven} are proven"),
    ))
}

/// What is said of the decisions in whole units.
pub fn whole(asked: &Question, found: &Regret) -> String {
    let Some(whole) = &found.whole else {
        return asked
            .pick(
                "没有找到一种取整后在每个情景里都可行的安排，因此不写 regret-plan.csv",
                "no decisions in whole units were found that every future can have, so there is no regret-plan.csv",
            )
            .to_string();
    };
    let worst = whole.candidate.worst(None).map_or(0.0, |(worst, _)| worst);
    let worst = number(worst);
    let audited = whole.audited.iter().flatten().count();
    let all = whole.audited.len();
    asked.pick(
        format!("取整：按整数单位分配到校（最大余额法），最坏后悔值 {worst}；{all} 个情景中有 {audited} 个另行排出了包含这些安排的整数方案并通过逐条核对。资金由谁出，待情景明朗后各按其规定"),
        format!("Whole units (largest remainder): the worst regret is {worst}; in {audited} of {all} futures a plan in whole units around these decisions was made and passed its audit. Who pays follows in each future by its own rules"),
    )
}

/// What is said of futures that count gaps otherwise.
pub fn yardstick(asked: &Question, found: &Regret) -> Option<String> {
    let otherwise: Vec<&str> = found
        .possible()
        .filter(|one| one.counts_otherwise)
        .map(|one| one.title.as_str())
        .collect();
    (!otherwise.is_empty()).then(|| {
        let names = otherwise.join(asked.pick("”“", "”, “"));
        asked.pick(
            format!("“{names}”改变了缺口的算法（标准、权重或年限），那里的后悔值用它自己的算法计，与别的情景不可直接相比；这类情景多半是选择而不是未来，可用 --scenario 只选真正不由自己决定的情景"),
            format!("“{names}” counts gaps otherwise (by another standard, other weights or years): regrets there are in its own measure and do not compare with the others. Such a scenario is mostly a choice and not a future; name with --scenario those that are not yours to decide"),
        )
    })
}

/// What changes when each future is left out.
pub fn dropped(asked: &Question, found: &Regret) -> Grid {
    let mut grid = Grid::new()
        .words(asked.pick("去掉的情景", "left out"))
        .numbers(asked.pick("最小的最坏后悔值", "least worst regret"))
        .numbers(asked.money_header("先定部分改投", "decided elsewhere"))
        .words(asked.pick("现成方案中的首选", "best ready plan"))
        .numbers(asked.pick("其最坏后悔值", "its worst regret"));
    let shown = asked.case.money_shown.0;
    for one in &found.dropped {
        let (worst, moved) = match &one.least {
            Ok(least) => (
                number(least.worst),
                least
                    .moved
                    .map_or(MISSING.to_string(), |money| money_value(money / shown)),
            ),
            Err(verdict) => (
                verdict::name(asked, verdict).to_string(),
                MISSING.to_string(),
            ),
        };
        grid.row([
            future_name(found, one.future),
            worst,
            moved,
            one.choice.map_or(MISSING.to_string(), |(at, _)| {
                name(asked, found, Whose::Future(at))
            }),
            one.choice
                .map_or(MISSING.to_string(), |(_, regret)| number(regret)),
        ]);
    }
    grid
}

/// Whether the choice hangs on one future, in sentences.
pub fn sensitivity(asked: &Question, found: &Regret) -> Vec<String> {
    let chosen = simple_choice(&found.candidates, None).map(|(at, _)| at);
    let mut points = Vec::new();
    let changes: Vec<String> = found
        .dropped
        .iter()
        // A future that is left out takes its own plan with it.
        .filter(|one| one.choice.map(|(at, _)| at) != chosen)
        .map(|one| future_name(found, one.future))
        .collect();
    if !found.dropped.is_empty() {
        points.push(match changes.is_empty() {
            true if chosen.is_none() => asked.pick(
                "没有一个现成方案在所有情景下都可行，去掉任何一个情景也是如此".to_string(),
                "none of the ready plans is possible in every future, whichever future is left out"
                    .to_string(),
            ),
            true => asked.pick(
                "去掉任何一个情景，现成方案中的首选都不变".to_string(),
                "whichever future is left out, the best ready plan stays the same".to_string(),
            ),
            false => {
                let names = changes.join(asked.pick("、", ", "));
                asked.pick(
                    format!("现成方案中的首选取决于是否计入：{names}"),
                    format!("the best ready plan hangs on: {names}"),
                )
            }
        });
    }
    if let Ok(least) = &found.least {
        let worst = |one: &&crate::study::regret::Dropped| {
            one.least.as_ref().ok().map(|left| (left.worst, one.future))
        };
        let leanest = found.dropped.iter().filter_map(|one| worst(&one));
        let leanest = leanest.min_by(|one, other| one.0.total_cmp(&other.0));
        if let Some((left, at)) = leanest.filter(|(left, _)| *left < least.worst * (1.0 - EQUAL)) {
            let (there, from, to) = (future_name(found, at), number(least.worst), number(left));
            points.push(asked.pick(
                format!("最坏后悔值最受 {there} 影响：去掉后由 {from} 降到 {to}"),
                format!("the worst regret hangs most on {there}: without it, {from} becomes {to}"),
            ));
        }
    }
    points
}
