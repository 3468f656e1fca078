//! Prices on paper: what it would be worth to loosen each limit, and what each rule costs.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::csv;
use super::frontier::plain;
use super::number::{MISSING, number, or_missing, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::plan::BindingUnit;
use crate::plan::table::Cell;
use crate::study::prices::{Costly, Price, Prices, RuleCost, Side};

/// How many limits are shown, those first that are worth most.
const SHOWN: usize = 20;

/// The page of the prices.
pub fn page(asked: &Question, found: &Prices) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("值得放宽的限额", "What it is worth to loosen each limit"));
    let (gap, unit) = (number(found.gap), asked.gap_unit());
    page.text(asked.pick(
        format!("最小缺口 {gap} {unit}（连续最优值）。价格：限额变动一个单位，缺口变动多少；在所列范围内不变"),
        format!("smallest gap {gap} {unit} (continuous). A price is what one unit of the limit changes the gap by; it holds over the range shown"),
    ));
    page.grid(limits(asked, found));
    page.list(remarks(asked, found));
    page.heading(asked.pick("各项规定的代价", "What each rule costs"));
    page.grid(rules(asked, found));
    page.text(asked.pick(
        "代价：取消该规定后，最小缺口减少多少；取消“专款专用”指该资金可用于任何措施。每项另行求解并证明",
        "cost: by how much the smallest gap falls without the rule; an earmark is lifted when the fund may pay for anything. Each was solved and proven by itself",
    ));
    page
}

fn limits(asked: &Question, found: &Prices) -> Grid {
    let mut grid = Grid::new()
        .words(asked.pick("限额", "limit"))
        .numbers(asked.pick("现值", "today"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("放宽一单位减少", "loosened: closes"))
        .numbers(asked.pick("有效范围", "holds for"))
        .numbers(asked.pick("收紧一单位增加", "tightened: opens"))
        .numbers(asked.pick("有效范围", "holds for"));
    for one in found.limits.iter().take(SHOWN) {
        let scale = scale(asked, one.per);
        let price = |side: Option<Side>| or_missing(side.map(|side| side.price * scale));
        let range = |side: Option<Side>| range(side, scale);
        let up = match one.up.or(one.down) {
            Some(_) => price(one.up),
            None => number(one.multiplier * scale),
        };
        grid.row([
            asked.of(&one.limit.words(asked.case)).to_string(),
            number(one.size / scale),
            unit(asked, one.per),
            up,
            range(one.up),
            price(one.down),
            range(one.down),
        ]);
    }
    let left_out = found.limits.len().saturating_sub(SHOWN);
    grid.foot = (left_out > 0).then(|| {
        asked.pick(
            format!("另有 {left_out} 项，见 prices.csv"),
            format!("and {left_out} more in prices.csv"),
        )
    });
    grid
}

/// How far a price holds; at least so far where it was followed no further.
fn range(side: Option<Side>, scale: f64) -> String {
    side.map_or(MISSING.to_string(), |side| {
        let more = if side.or_more { "≥ " } else { "" };
        format!("{more}{}", number(side.holds_for / scale))
    })
}

fn remarks(asked: &Question, found: &Prices) -> Vec<String> {
    let mut points = Vec::new();
    if found.limits.is_empty() {
        points.push(asked.pick(
            "单独放宽任何一项限额，缺口都不会再缩小".to_string(),
            "loosening any one limit would not lower the gap further".to_string(),
        ));
    }
    let means = found.limits.iter().filter(|one| !one.straight).count();
    if means > 0 {
        points.push(asked.pick(
            format!("{means} 项是规定中的比例，没有在一段范围内不变的价格：所列为变动一个百分点的结果，两侧各自另行求解并证明"),
            format!("{means} are parts that rules state, which have no price that holds over a range: shown is what one percentage point changes, each way solved and proven by itself"),
        ));
    }
    let twofold = found.limits.iter().filter(|one| !one.is_unique()).count();
    if twofold > 0 {
        points.push(asked.pick(
            format!("{twofold} 项的价格不唯一：放宽与收紧的价格不同，或只对一侧成立"),
            format!("{twofold} have no one price: loosened they are worth less than tightened"),
        ));
    }
    let sides = || {
        found
            .limits
            .iter()
            .flat_map(|one| [one.up, one.down])
            .flatten()
    };
    let (all, confirmed) = (
        sides().count(),
        sides().filter(|side| side.confirmed).count(),
    );
    if all > 0 {
        points.push(asked.pick(
            format!("{all} 个单侧价格中，{confirmed} 个在有效范围的端点另行求解并证明"),
            format!("{confirmed} of {all} one-sided prices were solved again at the end of their range, and proven"),
        ));
    }
    if !found.followed {
        points.push(asked.pick(
            "有的限额没有追踪到价格变化之处：所列为乘子，只在一侧的附近成立".to_string(),
            "some limits could not be followed to where their price changes: what is shown is the multiplier, good close by on one side".to_string(),
        ));
    }
    points
}

fn rules(asked: &Question, found: &Prices) -> Grid {
    let gap = asked.gap_unit();
    let mut grid = Grid::new()
        .words(asked.pick("规定", "rule"))
        .numbers(asked.pick(format!("代价（{gap}）"), format!("cost ({gap})")))
        .numbers(asked.pick("占缺口", "of the gap"));
    for one in &found.rules {
        let cost = cost(found, one);
        grid.row([
            rule_name(asked, one.rule),
            or_missing(cost),
            cost.map_or(MISSING.to_string(), |cost| percent(cost / found.gap)),
        ]);
    }
    grid
}

/// What a rule costs; what solving twice differs by is nothing.
fn cost(found: &Prices, one: &RuleCost) -> Option<f64> {
    let cost = one.gap_without.map(|without| found.gap - without)?;
    let noise = 2.0 * crate::words::tolerance::PROVEN * found.gap.abs().max(1.0);
    Some(if cost.abs() <= noise { 0.0 } else { cost })
}

fn rule_name(asked: &Question, rule: Costly) -> String {
    match rule {
        Costly::Policy(policy) => asked.case.policies[policy].name.clone(),
        Costly::Earmark(fund) => {
            let name = &asked.case.funds[fund].name;
            asked.pick(
                format!("“{name}”专款专用"),
                format!("the earmark of \"{name}\""),
            )
        }
    }
}

/// How many of what a limit is counted in make a unit that people count in.
pub fn scale(asked: &Question, per: BindingUnit) -> f64 {
    match per {
        BindingUnit::Money => asked.case.money_shown.0,
        BindingUnit::Units | BindingUnit::Points => 1.0,
    }
}

/// What a limit is counted in, in words.
pub fn unit(asked: &Question, per: BindingUnit) -> String {
    match per {
        BindingUnit::Money => asked.money_unit().to_string(),
        BindingUnit::Units => asked.pick("个单位", "units").to_string(),
        BindingUnit::Points => asked.pick("百分点", "points").to_string(),
    }
}

/// Every limit with its prices, then every rule with its cost.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(asked: &Question, found: &Prices, out: impl Write) -> io::Result<()> {
    let header = [
        ("种类", "kind"),
        ("名称", "name"),
        ("年度", "year"),
        ("现值", "today"),
        ("单位", "unit"),
        ("放宽一单位减少", "loosened closes"),
        ("有效范围", "holds for"),
        ("收紧一单位增加", "tightened opens"),
        ("有效范围", "holds for"),
        ("代价", "cost"),
    ];
    let header = header.map(|(zh, en)| asked.pick(zh, en).to_string());
    let limits = found.limits.iter().map(|one| limit_row(asked, one));
    let rules = found.rules.iter().map(|one| {
        let mut cells = vec![Cell::Empty; 10];
        cells[0] = Cell::Text(asked.pick("规定", "rule").into());
        cells[1] = Cell::Text(rule_name(asked, one.rule));
        cells[9] = cell(cost(found, one));
        cells
    });
    csv::write(out, &header, limits.chain(rules), asked.lang)
}

/// A limit: what it is, its year, its size and unit, and its prices on both sides with how far each holds.
pub fn limit_cells(asked: &Question, one: &Price) -> Vec<Cell> {
    let scale = scale(asked, one.per);
    let price = |side: Option<Side>| cell(side.map(|side| side.price * scale));
    let range = |side: Option<Side>| cell(side.map(|side| side.holds_for / scale));
    let up = match one.up.or(one.down) {
        Some(_) => price(one.up),
        None => cell(Some(one.multiplier * scale)),
    };
    let year = one.year.map(|year| asked.case.horizon.calendar(year));
    vec![
        Cell::Text(asked.of(&one.limit.words(asked.case)).to_string()),
        year.map_or(Cell::Empty, |year| Cell::Number(year.to_string())),
        cell(Some(one.size / scale)),
        Cell::Text(unit(asked, one.per)),
        up,
        range(one.up),
        price(one.down),
        range(one.down),
    ]
}

/// A rule: what it is, what it costs, and which part of the smallest gap that is.
pub fn rule_cells(asked: &Question, found: &Prices, one: &RuleCost) -> Vec<Cell> {
    let cost = cost(found, one);
    vec![
        Cell::Text(rule_name(asked, one.rule)),
        cell(cost),
        cell(
            cost.filter(|_| found.gap > 0.0)
                .map(|cost| cost / found.gap),
        ),
    ]
}

/// The row of a limit in the table of limits and rules.
fn limit_row(asked: &Question, one: &Price) -> Vec<Cell> {
    let mut cells = limit_cells(asked, one);
    cells.insert(0, Cell::Text(asked.pick("限额", "limit").into()));
    cells.push(Cell::Empty);
    cells
}

fn cell(value: Option<f64>) -> Cell {
    value.map_or(Cell::Empty, |value| Cell::Number(plain(value)))
}

/// Everything, for programs; money in main units.
pub fn json(asked: &Question, found: &Prices) -> Value {
    let case = asked.case;
    let side = |side: Option<Side>| {
        side.map(|side| {
            json!({ "price": side.price, "holds_for": side.holds_for, "or_more": side.or_more, "confirmed": side.confirmed })
        })
    };
    let per = |per: BindingUnit| match per {
        BindingUnit::Money => "money",
        BindingUnit::Units => "units",
        BindingUnit::Points => "percentage-points",
    };
    json!({
        "case": case.name,
        "gap": found.gap,
        "limits": found.limits.iter().map(|one| json!({
            "limit": asked.of(&one.limit.words(asked.case)),
            "year": one.year.map(|year| case.horizon.calendar(year)),
            "per": per(one.per),
            "size": one.size,
            "loosened": side(one.up),
            "tightened": side(one.down),
            "multiplier": one.multiplier,
            "unique": one.straight.then(|| one.is_unique()),
            "straight": one.straight,
        })).collect::<Vec<_>>(),
        "rules": found.rules.iter().map(|one| json!({
            "rule": rule_name(asked, one.rule),
            "id": match one.rule {
                Costly::Policy(policy) => case.policies[policy].id.clone(),
                Costly::Earmark(fund) => case.funds[fund].id.clone(),
            },
            "kind": match one.rule { Costly::Policy(_) => "policy", Costly::Earmark(_) => "earmark" },
            "gap_without": one.gap_without,
            "cost": cost(found, one),
        })).collect::<Vec<_>>(),
    })
}
