//! What fairness was chosen, and what a plan comes to by it. The choice is named wherever a plan is shown.

use serde_json::{Value, json};

use super::indicators;
use super::number::{count, number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::{First, Policy, Rule};
use crate::plan::Plan;
use crate::plan::fair::{Difference, Fairness, Reached};

/// How many comparisons and schools are shown; plan.json has all.
const SHOWN: usize = 20;

/// What was chosen, one sentence each; nothing where the total gap alone decides.
pub fn chosen(asked: &Question) -> Vec<String> {
    let case = asked.case;
    let mut said = Vec::new();
    if case.objective.first != First::Gap {
        let (zh, en) = case.objective.first.name();
        said.push(asked.pick(format!("先做到：{zh}"), format!("what comes first: {en}")));
    }
    if !case.objective.bands.is_empty() {
        let bands = case.objective.bands.iter().map(|band| {
            let (below, weight) = (percent(band.below), number(band.weight));
            asked.pick(
                format!("{below} 以下计 {weight}"),
                format!("below {below}: {weight}"),
            )
        });
        let bands: Vec<String> = bands.collect();
        let bands = bands.join(asked.pick("、", ", "));
        said.push(asked.pick(
            format!("缺口分段计权（占标准）：{bands}"),
            format!("severity bands, parts of the standard: {bands}"),
        ));
    }
    let tilts = case.objective.tilts.len();
    if tilts > 0 {
        said.push(asked.pick(
            format!("倾斜 {tilts} 条，见案例"),
            format!("tilts: {tilts}, as the case states them"),
        ));
    }
    let limits = case.policies.iter();
    let limits = limits.filter(|policy| {
        matches!(
            policy.rule,
            Rule::Differences { .. } | Rule::Indicators { .. }
        )
    });
    said.extend(limits.map(|policy| {
        format!(
            "{}{}{}",
            policy.name,
            asked.pick("：", ": "),
            limit(asked, policy)
        )
    }));
    said
}

/// A limit on differences, or a rule on indicators, in words.
pub fn limit(asked: &Question, policy: &Policy) -> String {
    if matches!(policy.rule, Rule::Indicators { .. }) {
        return indicators::rule(asked, policy);
    }
    let Rule::Differences {
        index,
        most,
        composite,
        from,
        together,
    } = policy.rule
    else {
        return String::new();
    };
    let case = asked.case;
    let own = case.standard.cv_limit.as_ref();
    let composite = match most {
        Some(_) => composite,
        None => own.is_some_and(|own| own.composite),
    };
    let most = match (most, own) {
        (Some(most), _) => number(most),
        (None, Some(own)) => {
            let (primary, junior) = (number(own.limit.primary), number(own.limit.junior));
            asked.pick(
                format!("标准所定（小学 {primary}、初中 {junior}）"),
                format!("the standard's own ({primary} primary, {junior} junior)"),
            )
        }
        (None, None) => asked.pick("（标准没有规定）", "none stated").to_string(),
    };
    let year = asked.year(from);
    let (zh, en) = index.name();
    let place = match together {
        true => ("各县合在一起", "all schools together"),
        false => ("每县", "in each county"),
    };
    let what = match composite {
        true => ("各项平均", "mean of all"),
        false => ("逐项", "each by itself"),
    };
    asked.pick(
        format!(
            "{year}起{}{}{zh}不超过 {most}，不得“削峰填谷”",
            place.0, what.0
        ),
        format!(
            "from {year} on the {en} ({}, {}) at most {most}, and nobody is lowered for it",
            what.1, place.1
        ),
    )
}

/// The section on fairness; nothing where the total gap alone decides.
pub fn section(asked: &Question, plan: &Plan, page: &mut Page) {
    let said = chosen(asked);
    if said.is_empty() {
        return;
    }
    page.heading(asked.pick("公平", "Fairness"));
    tell(asked, plan, page);
}

/// As [`section`], under a heading that already stands.
pub fn tell(asked: &Question, plan: &Plan, page: &mut Page) {
    page.list(chosen(asked));
    if let Some(lowest) = &plan.fairness.lowest {
        levels(asked, lowest, page);
    }
    indicators::tell(asked, plan, page);
    differences(asked, &plan.fairness, page);
    if !plan.fairness.exact && !plan.fairness.differences.is_empty() {
        let composite = plan.fairness.differences.iter();
        let composite = composite
            .map(|one| &one.compared)
            .any(|one| one.is_composite());
        page.text(match composite {
            true => asked.pick(
                "平均差异系数的上限不是凸约束：下界是已证明的，方案符合规定，但不称为最优",
                "a limit on a mean of coefficients is not convex: the bound is proven and the plan keeps the rule, but it is not called best",
            ),
            false => asked.pick(
                "差异上限的切线没有加到底：下界是已证明的，方案符合规定，但不称为最优",
                "the search for tangents of the limits was given up: the bound is proven and the plan keeps the rule, but it is not called best",
            ),
        });
    }
}

fn levels(asked: &Question, reached: &Reached, page: &mut Page) {
    let Some([before, continuous, planned]) = reached.lowest() else {
        return;
    };
    let levels = reached.levels.levels;
    let (before, continuous, planned) = (percent(before), percent(continuous), percent(planned));
    page.text(asked.pick(
        format!(
            "最低的学校（各项中达到标准比例最低的一项）由 {before} 提高到 {planned}；可分割时最高可到 {continuous}（已证明）；共 {levels} 级"
        ),
        format!(
            "the lowest school (the least part of its standard in any resource) rises from {before} to {planned}; \
             in divisible amounts {continuous} is the most that is possible (proven); {levels} levels"
        ),
    ));
    let (behind, most) = reached.behind();
    if behind > 0 {
        let most = number(most * 100.0);
        page.text(asked.pick(
            format!("因按整数配置，{} 所学校低于可分割时的水平，最多低 {most} 个百分点", count(behind)),
            format!(
                "since units come whole, {} schools stay below their divisible level, by {most} percentage points at most",
                count(behind)
            ),
        ));
    }
    if !reached.levels.complete {
        page.text(asked.pick(
            "逐级提高没有做完：其余学校停在已证明的一级",
            "the search was stopped before every school was as high as it can be",
        ));
    }
    let left = reached.levels.left_out.len();
    if left > 0 {
        page.text(asked.pick(
            format!("{} 项缺口没有措施能在规划期内补，不计入学校的水平，见 plan.json", count(left)),
            format!("{} needs that no measure can raise in time are no part of it; plan.json lists them", count(left)),
        ));
    }
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .numbers(asked.pick("规划前", "before"))
        .numbers(asked.pick("可分割时", "divisible"))
        .numbers(asked.pick("整数方案", "whole units"))
        .words(asked.pick("不能再高的一项", "held by"));
    let mut order: Vec<usize> = (0..reached.planned.len()).collect();
    order.sort_by(|&a, &b| {
        let level = |at: usize| reached.levels.schools[at].level;
        level(a).total_cmp(&level(b)).then(a.cmp(&b))
    });
    for &at in order.iter().take(SHOWN) {
        let held = &reached.levels.schools[at];
        let by = held.by.map(|by| asked.case.resources[by].name.clone());
        grid.row([
            asked.case.schools[held.school].name.clone(),
            percent(reached.before[at]),
            percent(held.level),
            percent(reached.planned[at]),
            by.unwrap_or_default(),
        ]);
    }
    grid.foot = more(asked, order.len());
    page.grid(grid);
}

fn more(asked: &Question, all: usize) -> Option<String> {
    let rest = all.saturating_sub(SHOWN);
    (rest > 0).then(|| {
        asked.pick(
            format!("其余 {} 行见 plan.json", count(rest)),
            format!("{} more in plan.json", count(rest)),
        )
    })
}

fn differences(asked: &Question, fairness: &Fairness, page: &mut Page) {
    let mut shown: Vec<&Difference> = fairness.differences.iter().collect();
    let tight = |one: &Difference| one.after.unwrap_or(0.0) / one.compared.most;
    shown.sort_by(|a, b| tight(b).total_cmp(&tight(a)));
    let mut grid = Grid::new()
        .words(asked.pick("比较的是", "compared"))
        .words(asked.pick("指数", "index"))
        .numbers(asked.pick("上限", "at most"))
        .numbers(asked.pick("规划前", "before"))
        .numbers(asked.pick("规划后", "after"));
    for one in shown.iter().take(SHOWN) {
        let (zh, en) = one.compared.words(asked.case);
        let (index_zh, index_en) = one.compared.index.name();
        grid.row([
            asked.pick(zh, en),
            asked.pick(index_zh, index_en).to_string(),
            decimals(Some(one.compared.most)),
            decimals(one.before),
            decimals(one.after),
        ]);
    }
    grid.foot = more(asked, shown.len());
    page.grid(grid);
}

fn decimals(value: Option<f64>) -> String {
    value.map_or("–".to_string(), |value| format!("{value:.4}"))
}

/// What was chosen and what the plan comes to, for programs.
pub fn json(asked: &Question, plan: &Plan) -> Value {
    let case = asked.case;
    let fairness = &plan.fairness;
    let mut value = json!({
        "first": case.objective.first,
        "bands": case.objective.bands.iter().map(|band| json!({ "below": band.below, "weight": band.weight })).collect::<Vec<_>>(),
        "tilts": case.objective.tilts.len(),
        "chosen": chosen(asked),
        "exact": fairness.exact,
    });
    if let Some(reached) = &fairness.lowest {
        let schools = reached.levels.schools.iter().enumerate();
        let schools = schools.map(|(at, held)| {
            json!({
                "school": case.schools[held.school].id,
                "before": reached.before[at],
                "divisible": held.level,
                "planned": reached.planned[at],
                "held_by": held.by.map(|by| &case.resources[by].id),
            })
        });
        let left = reached.levels.left_out.iter().map(|&(school, resource)| {
            json!({ "school": case.schools[school].id, "resource": case.resources[resource].id })
        });
        value["lowest"] = json!({
            "year": case.horizon.calendar(case.horizon.last()),
            "levels": reached.levels.levels,
            "proven_within": reached.levels.within.max(0.0),
            "complete": reached.levels.complete,
            "schools": schools.collect::<Vec<_>>(),
            "left_out": left.collect::<Vec<_>>(),
        });
    }
    let differences = fairness.differences.iter().map(|one| {
        let compared = &one.compared;
        let resources = compared
            .parts
            .iter()
            .map(|part| &case.resources[part.resource].id);
        json!({
            "policy": case.policies[compared.policy].id,
            "index": compared.index,
            "county": compared.county.map(|at| case.counties[at].to_string()),
            "section": compared.section,
            "resources": resources.collect::<Vec<_>>(),
            "year": case.horizon.calendar(compared.year),
            "schools": compared.parts.first().map_or(0, |part| part.members.len()),
            "at_most": compared.most,
            "before": one.before,
            "after": one.after,
        })
    });
    if case.asks_indicators() {
        value["indicators"] = indicators::json(asked, plan);
    }
    value["differences"] = json!(differences.collect::<Vec<_>>());
    value
}
