//! What a plan changes against an earlier one (与原方案相比): in words, by measure, and place by place as `changes.csv`.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::column::{Column, Holds, headers};
use super::csv;
use super::number::{count, number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::Rule;
use crate::plan::changes::{Change, Changes};
use crate::plan::table::Cell;
use crate::plan::{Plan, PlanRow};
use crate::words::{MeasureIx, Money};

/// Whether the case wants a plan to stay near an earlier one.
pub fn is_asked(asked: &Question) -> bool {
    let mut policies = asked.case.policies.iter();
    policies.any(|policy| matches!(policy.rule, Rule::Stay { .. }))
}

/// Adds how much of the earlier plan stays and what of each measure changes; nothing where there is no earlier plan.
pub fn add(asked: &Question, plan: &Plan, page: &mut Page) {
    let Some(changes) = Changes::of(asked.case, &plan.rows) else {
        return;
    };
    page.heading(asked.pick("与原方案相比", "Against the earlier plan"));
    let [before, kept, now] = changes.sums();
    let part = percent(share(kept, before));
    let (taken, added) = (before - kept, now - kept);
    let [before, kept, taken, added] =
        [before, kept, taken, added].map(|one| asked.money_in_words(one));
    let changed = changes.all.iter().filter(|one| one.is_change()).count();
    page.text(asked.pick(
        format!(
            "原方案 {before} 中保留 {kept}（{part}），调出 {taken}；另新安排 {added}。变动 {} 处，逐处见 changes.csv",
            count(changed)
        ),
        format!(
            "of {before} in the earlier plan {kept} stay ({part}), {taken} are taken away; {added} are new. Places that change: {}, each in changes.csv",
            count(changed)
        ),
    ));
    page.text(asked.pick(
        "同一学校、同一措施、同一年份才算不变；金额按现价，由哪笔资金出不计；交流轮岗、走教、调剂按转入学校计".to_string(),
        "What stays is of the same measure at the same school in the same year; money at today's prices, whoever pays. Moves between schools count where they arrive".to_string(),
    ));
    let mut grid = Grid::new()
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("原数量", "quantity before"))
        .numbers(asked.pick("现数量", "quantity now"))
        .numbers(asked.money_header("原金额", "money before"))
        .numbers(asked.money_header("保留", "kept"))
        .numbers(asked.money_header("现金额", "money now"));
    for (measure, sums) in by_measure(&changes) {
        let stated = &asked.case.measures[measure];
        let unit = &asked.case.resources[stated.resource].unit;
        let mut cells = vec![stated.name.clone(), unit.clone()];
        cells.extend(sums.units.map(number));
        let [before, now] = sums.money;
        cells.extend([before, sums.kept, now].map(|money| asked.money(money)));
        grid.row(cells);
    }
    page.grid(grid);
}

struct Sums {
    units: [f64; 2],
    money: [Money; 2],
    kept: Money,
}

fn by_measure(changes: &Changes) -> BTreeMap<MeasureIx, Sums> {
    let mut by_measure = BTreeMap::new();
    for one in &changes.all {
        let sums = by_measure.entry(one.spot.1).or_insert(Sums {
            units: [0.0; 2],
            money: [Money::ZERO; 2],
            kept: Money::ZERO,
        });
        for side in [0, 1] {
            sums.units[side] += one.units[side];
            sums.money[side] += one.money[side];
        }
        sums.kept += one.kept();
    }
    by_measure
}

fn share(part: Money, of: Money) -> f64 {
    match of.is_zero() {
        true => 1.0,
        false => part.main() / of.main(),
    }
}

/// The same for programs.
pub fn json(asked: &Question, rows: &[PlanRow]) -> Option<Value> {
    let changes = Changes::of(asked.case, rows)?;
    let [before, kept, now] = changes.sums();
    let policy = &asked.case.policies[changes.policy];
    Some(json!({
        "rule": policy.name,
        "money_before": before,
        "money_kept": kept,
        "money_now": now,
        "share_kept": share(kept, before),
        "places_changed": changes.all.iter().filter(|one| one.is_change()).count(),
    }))
}

/// How much of the earlier plan's money stays under which rule, in one sentence; `None` where there is no earlier plan.
pub fn sentence(asked: &Question, rows: &[PlanRow]) -> Option<String> {
    let changes = Changes::of(asked.case, rows)?;
    let [before, kept, _] = changes.sums();
    let (part, rule) = (
        percent(share(kept, before)),
        &asked.case.policies[changes.policy].name,
    );
    Some(asked.pick(
        format!("原方案资金的 {part} 留在原处（“{rule}”）"),
        format!("{part} of the earlier plan's money stays where it was (“{rule}”)"),
    ))
}

/// Writes `changes.csv`: every place at which something has changed.
///
/// # Errors
/// When `out` cannot be written.
pub fn write(out: impl Write, asked: &Question, plan: &Plan) -> io::Result<()> {
    csv::write(
        out,
        &headers(&columns(asked)),
        rows(asked, plan),
        asked.lang,
    )
}

/// The columns of the table.
pub fn columns(asked: &Question) -> Vec<Column> {
    let words = [
        ("县区", "county"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("措施代码", "measure code"),
        ("措施", "measure"),
    ];
    let mut columns = vec![Column::new(asked.pick("年份", "year"), Holds::Label)];
    columns.extend(words.map(|(zh, en)| Column::new(asked.pick(zh, en), Holds::Words)));
    columns.push(Column::new(asked.pick("变动", "change"), Holds::Words));
    columns.push(Column::new(asked.pick("单位", "unit"), Holds::Words));
    for (zh, en) in [("原数量", "quantity before"), ("现数量", "quantity now")] {
        columns.push(Column::new(asked.pick(zh, en), Holds::Quantity));
    }
    for (zh, en) in [
        ("原金额", "money before"),
        ("现金额", "money now"),
        ("增减", "more or less"),
    ] {
        columns.push(Column::new(asked.money_header(zh, en), Holds::Money));
    }
    columns
}

/// The rows of the table, in the order of [`columns`].
pub fn rows<'a>(asked: &'a Question<'a>, plan: &Plan) -> impl Iterator<Item = Vec<Cell>> + use<'a> {
    let all = Changes::of(asked.case, &plan.rows).map(|changes| changes.all);
    let all = all.unwrap_or_default().into_iter();
    all.filter(Change::is_change)
        .map(move |one| row(asked, &one))
}

fn row(asked: &Question, one: &Change) -> Vec<Cell> {
    let case = asked.case;
    let (year, measure, school) = one.spot;
    let (school, measure) = (&case.schools[school], &case.measures[measure]);
    let [before, now] = one.units;
    let what = match (before > 0.0, now > 0.0) {
        (true, false) => asked.pick("取消", "dropped"),
        (false, true) => asked.pick("新增", "new"),
        _ if now < before => asked.pick("减少", "less"),
        _ if now > before => asked.pick("增加", "more"),
        _ => asked.pick("金额变动", "other money"),
    };
    let mut cells = vec![Cell::Number(case.horizon.calendar(year).to_string())];
    let texts = [
        case.counties[school.county].label.as_str(),
        &school.id,
        &school.name,
        &measure.id,
        &measure.name,
        what,
        &case.resources[measure.resource].unit,
    ];
    cells.extend(texts.map(Cell::text));
    cells.extend(one.units.map(Cell::number));
    let [before, now] = one.money;
    cells.extend([before, now, now - before].map(|money| Cell::money(case, money)));
    cells
}
