//! Regret on paper: the matrix, what to choose and why, what to do whatever comes.

mod advice;
mod data;

use super::number::{MISSING, number, or_missing};
use super::page::{Grid, Page};
use super::question::Question;
use super::verdict;
use crate::plan::Verdict;
use crate::plan::future::Held;
use crate::study::regret::{Agreed, Candidate, Cell, Outlook, Regret, Whose, agreed};

pub use data::{csv, json, plan_csv};

/// How many cells without a plan are explained on the page.
const EXPLAINED: usize = 12;
/// How many rules are named of each.
const RULES: usize = 3;

/// The page of a regret study.
pub fn page(asked: &Question, found: &Regret) -> Page {
    let mut page = Page::titled(format!("{} · {}", asked.case.name, years(asked, found)));
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("先定后知的后悔值", "Regret of deciding first"));
    page.text(subject(asked, found));
    page.grid(matrix(asked, found));
    page.list(impossible_cells(asked, found));
    page.list(without_plan(asked, found));
    if let Some(remark) = advice::yardstick(asked, found) {
        page.remark(remark);
    }
    page.heading(asked.pick("怎样选", "What to choose"));
    page.text(advice::choice(asked, found));
    let proof = advice::proof(asked, found).into_iter();
    page.list(proof.chain([advice::whole(asked, found)]).collect());
    page.heading(asked.pick("去掉任一情景", "Leaving one future out"));
    page.grid(advice::dropped(asked, found));
    page.list(advice::sensitivity(asked, found));
    let candidates: Vec<&Candidate> = found.candidates.iter().collect();
    page.heading(asked.pick("不论来哪种情景都要办的", "What to do whatever comes"));
    page.grid(common(asked, &agreed(asked.case, &candidates)));
    page
}

/// The years that are decided first.
fn years(asked: &Question, found: &Regret) -> String {
    let horizon = &asked.case.horizon;
    let first = horizon.first_year;
    let last = first + found.years.saturating_sub(1) as i32;
    match (found.years >= horizon.years, first == last) {
        (true, _) => asked.pick(
            "整个规划期先定".into(),
            "the whole plan decided first".into(),
        ),
        (_, true) => asked.pick(format!("{first}年先定"), format!("{first} decided first")),
        _ => asked.pick(
            format!("{first}–{last}年先定"),
            format!("{first}–{last} decided first"),
        ),
    }
}

fn subject(asked: &Question, found: &Regret) -> String {
    let unit = asked.gap_unit();
    let years = years(asked, found);
    asked.pick(
        format!("{years}（开办什么、哪所学校、多少），其余待情景明朗后再作最优安排。后悔值 = 这样得到的缺口 − 该情景的最小缺口（{unit}，连续最优值，不计取整）"),
        format!("{years} (which measures, which schools, how many), everything else decided best once the future is known. Regret = the gap that comes of it, less the smallest gap of that future ({unit}, continuous, before whole units)"),
    )
}

/// The number by which a future is called in grids.
fn label(at: usize) -> String {
    format!("[{}]", at + 1)
}

/// What a candidate is called.
fn name(asked: &Question, found: &Regret, whose: Whose) -> String {
    match whose {
        Whose::Future(at) => {
            let title = found
                .possible()
                .nth(at)
                .map_or("", |one| one.title.as_str());
            format!("{} {title}", label(at))
        }
        Whose::MinMax => asked.pick("最小最大后悔方案", "min–max regret").to_string(),
        Whose::Whole => asked
            .pick("最小最大后悔方案（取整）", "min–max regret, whole units")
            .to_string(),
    }
}

/// A future by its number among those with a plan.
fn future_name(found: &Regret, at: usize) -> String {
    let title = found
        .possible()
        .nth(at)
        .map_or("", |one| one.title.as_str());
    format!("{} {title}", label(at))
}

fn matrix(asked: &Question, found: &Regret) -> Grid {
    let mut grid = Grid::new().words(asked.pick("先按谁的方案定", "decided as planned for"));
    let futures: Vec<&Outlook> = found.possible().collect();
    for at in 0..futures.len() {
        grid = grid.numbers(label(at));
    }
    grid = grid
        .numbers(asked.pick("最坏", "worst"))
        .words(asked.pick("最坏在", "worst in"))
        .numbers(asked.pick("平均", "mean"));
    let whole = found.whole.iter().map(|one| &one.candidate);
    for one in found.candidates.iter().chain(whole) {
        let worst = one.worst(None);
        let mut row = vec![name(asked, found, one.whose)];
        row.extend(one.cells.iter().map(|cell| shown(asked, cell)));
        let nowhere = || asked.pick("不可行", "not possible").to_string();
        row.push(match worst {
            Some((worst, _)) => number(worst),
            None if one.cells.iter().any(is_impossible) => nowhere(),
            None => MISSING.to_string(),
        });
        row.push(
            worst
                .filter(|one| one.0 > 0.0)
                .map_or(String::new(), |(_, at)| label(at)),
        );
        row.push(or_missing(one.mean()));
        grid.row(row);
    }
    let mut row = vec![
        asked
            .pick("该情景的最小缺口", "smallest gap there")
            .to_string(),
    ];
    let gap = |one: &&Outlook| or_missing(one.best.as_ref().ok().map(|gap| gap.gap));
    row.extend(futures.iter().map(gap));
    row.extend([String::new(), String::new(), String::new()]);
    grid.row(row);
    grid
}

fn is_impossible(cell: &Cell) -> bool {
    matches!(cell.held, Held::NotPossible { .. })
}

fn shown(asked: &Question, cell: &Cell) -> String {
    match (&cell.held, cell.regret) {
        (_, Some(regret)) => number(regret),
        (Held::NotPossible { .. }, _) => asked.pick("不可行", "not possible").to_string(),
        _ => MISSING.to_string(),
    }
}

/// Why decisions are not possible in a future, and what is left when they are cut down.
fn impossible_cells(asked: &Question, found: &Regret) -> Vec<String> {
    let mut points = Vec::new();
    for one in &found.candidates {
        for (at, cell) in one.cells.iter().enumerate() {
            if let Held::NotPossible { rules, .. } = &cell.held {
                let (whose, there) = (name(asked, found, one.whose), future_name(found, at));
                let mut names: Vec<&str> = rules.iter().map(|rule| asked.of(&rule.name)).collect();
                let more = names.len() > RULES;
                names.truncate(RULES);
                let etc = if more {
                    asked.pick("等", " and others")
                } else {
                    ""
                };
                let names = names.join(asked.pick("、", "; "));
                let cut = cell.cut.map(number);
                let cut = cut.map_or_else(String::new, |cut| {
                    asked.pick(
                        format!("；只缩减、不新增，后悔值 {cut}"),
                        format!("; cut down and nothing added, the regret is {cut}"),
                    )
                });
                points.push(asked.pick(
                    format!("{whose} 的安排在 {there} 不可行：{names}{etc}{cut}"),
                    format!("what {whose} decides is not possible in {there}: {names}{etc}{cut}"),
                ));
            }
        }
    }
    let more = points.len().saturating_sub(EXPLAINED);
    points.truncate(EXPLAINED);
    if more > 0 {
        points.push(asked.pick(
            format!("另有 {more} 处不可行，见 regret.json"),
            format!("and {more} more that are not possible, in regret.json"),
        ));
    }
    points
}

/// The futures that have no plan of their own.
fn without_plan(asked: &Question, found: &Regret) -> Vec<String> {
    let none = found.futures.iter().filter_map(|one| {
        let verdict = one.best.as_ref().err()?;
        Some((one, verdict))
    });
    none.map(|(one, verdict)| {
        let title = &one.title;
        match verdict {
            Verdict::Impossible { .. } => asked.pick(
                format!("情景“{title}”本身没有可行方案（已证明），不参加比较；原因见 junheng solve --scenario {}", one.name),
                format!("no plan is possible in “{title}” by itself (proven); it is left out. Why: junheng solve --scenario {}", one.name),
            ),
            other => {
                let verdict = verdict::name(asked, other);
                asked.pick(
                    format!("情景“{title}”{verdict}，不参加比较"),
                    format!("“{title}” is left out: {verdict}"),
                )
            }
        }
    })
    .collect()
}

fn common(asked: &Question, agreed: &[Agreed]) -> Grid {
    let mut grid = Grid::new()
        .words(asked.pick("年度", "year"))
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("各方案都办", "all agree on"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.money_header("金额", "cost"))
        .numbers(asked.pick("最少的方案", "least"))
        .numbers(asked.pick("最多的方案", "most"))
        .numbers(asked.money_header("相差金额", "differ by"));
    let shown = asked.case.money_shown.0;
    for one in agreed {
        let measure = &asked.case.measures[one.measure];
        let money = |units| super::number::money_value(one.money(asked.case, units) / shown);
        grid.row([
            asked.year(one.year),
            measure.name.clone(),
            asked.case.resources[measure.resource].unit.clone(),
            number(one.same),
            super::number::count(one.schools),
            money(one.same),
            number(one.least),
            number(one.most),
            money(one.most - one.same),
        ]);
    }
    grid.foot = Some(asked.pick(
        "“各方案都办”：每个方案都在同一所学校办的数量；金额按基准单价",
        "all agree on: what every candidate does at the same schools; money at the prices of the base",
    ).to_string());
    grid
}
