//! The price of equity on paper: the total gap as differences are limited more, or as the floor rises.

use std::io::{self, Write};

use serde_json::{Value, json};

use super::csv;
use super::frontier::plain;
use super::number::{number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use crate::plan::table::Cell;
use crate::study::equity::{Along, Curve, Point};

/// The page of a curve.
pub fn page(asked: &Question, found: &Curve) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.heading(asked.pick("公平的代价", "The price of equity"));
    page.text(subject(asked, found));
    page.grid(grid(asked, found));
    page.text(finding(asked, found));
    page.text(proof(asked, found));
    page
}

fn subject(asked: &Question, found: &Curve) -> String {
    let last = asked.year(asked.case.horizon.last());
    let free = number(found.free.gap);
    let unit = asked.gap_unit();
    match found.along {
        Along::Cv => {
            let cv = decimals(found.free.worst_cv);
            asked.pick(
                format!("{last}各项指标的差异系数（每县、小学、初中分别计算）都不超过 κ 时的最小缺口；不加限制时缺口 {free} {unit}，最大的差异系数 {cv}。缺口为连续最优值，不计取整"),
                format!("the smallest gap when no coefficient of variation of an indicator in {last} (county by county, primary and junior apart) is above κ; without a limit the gap is {free} {unit} and the largest coefficient {cv}. Gaps are continuous optima, before whole units"),
            )
        }
        Along::Floor => {
            let lowest = percent(found.free.lowest);
            asked.pick(
                format!("{last}每所学校每项（措施能补的）都不低于标准的这一比例时的最小缺口；不加限制时缺口 {free} {unit}，最低 {lowest}。缺口为连续最优值，不计取整"),
                format!("the smallest gap when in {last} every school has at least this part of its standard of everything that measures can raise; without a floor the gap is {free} {unit} and the lowest {lowest}. Gaps are continuous optima, before whole units"),
            )
        }
    }
}

fn grid(asked: &Question, found: &Curve) -> Grid {
    let unit = asked.gap_unit();
    let mut grid = Grid::new()
        .numbers(match found.along {
            Along::Cv => "κ".to_string(),
            Along::Floor => asked.pick("最低达到", "floor").to_string(),
        })
        .numbers(asked.pick(
            format!("最小缺口（{unit}）"),
            format!("smallest gap ({unit})"),
        ))
        .numbers(asked.pick("增加", "more"))
        .numbers(asked.pick("最大差异系数", "largest CV"))
        .numbers(asked.pick("最低学校", "lowest school"));
    for point in &found.points {
        let mut cells = vec![level(found.along, point.at)];
        match &point.priced {
            Some(one) => cells.extend([
                number(one.gap),
                percent(rise(found, one.gap)),
                decimals(one.worst_cv),
                percent(one.lowest),
            ]),
            None => {
                let why = match point.impossible {
                    true => asked.pick("不可能", "impossible"),
                    false => asked.pick("没有结论", "undecided"),
                };
                cells.extend([why.to_string(), String::new(), String::new(), String::new()]);
            }
        }
        grid.row(cells);
    }
    grid
}

fn level(along: Along, at: f64) -> String {
    match along {
        Along::Cv => decimals(at),
        Along::Floor => percent(at),
    }
}

fn decimals(value: f64) -> String {
    format!("{value:.4}")
}

fn rise(found: &Curve, gap: f64) -> f64 {
    match found.free.gap > 0.0 {
        // To ask for more never makes the gap smaller; what solving twice differs by is nothing.
        true => ((gap - found.free.gap) / found.free.gap).max(0.0),
        false => 0.0,
    }
}

/// What the curve shows, in a sentence with its numbers.
pub fn finding(asked: &Question, found: &Curve) -> String {
    let possible = |point: &&Point| point.priced.is_some();
    let Some(last) = found.points.iter().rfind(possible) else {
        return String::new();
    };
    let gap = last.priced.as_ref().map_or(0.0, |one| one.gap);
    let (at, more) = (level(found.along, last.at), percent(rise(found, gap)));
    match found.along {
        Along::Cv => asked.pick(
            format!("差异系数都压到 {at}，缺口增加 {more}"),
            format!("With every coefficient at most {at} the gap is {more} larger"),
        ),
        Along::Floor => asked.pick(
            format!("最低的学校提高到 {at}，缺口增加 {more}"),
            format!("With the lowest school at {at} the gap is {more} larger"),
        ),
    }
}

fn proof(asked: &Question, found: &Curve) -> String {
    let unproven = found
        .points
        .iter()
        .filter_map(|point| point.priced.as_ref());
    let unproven = unproven.filter(|one| !one.proven).count();
    match unproven {
        0 => asked
            .pick("各点都已证明", "every point is proven")
            .to_string(),
        some => asked.pick(
            format!("{some} 个点只有下界"),
            format!("of {some} points only a bound is known"),
        ),
    }
}

/// The points as a table.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(asked: &Question, found: &Curve, out: impl Write) -> io::Result<()> {
    let header = [
        match found.along {
            Along::Cv => asked.pick("差异系数上限", "cv at most"),
            Along::Floor => asked.pick("最低达到", "floor"),
        },
        asked.pick("状态", "state"),
        asked.pick("最小缺口", "gap"),
        asked.pick("比不加限制增加", "more than without"),
        asked.pick("最大差异系数", "largest cv"),
        asked.pick("最低学校", "lowest school"),
    ];
    let header = header.map(str::to_string);
    let rows = found.points.iter().map(|point| {
        let mut cells = vec![
            Cell::Number(plain(point.at)),
            Cell::Text(state(point).to_string()),
        ];
        if let Some(one) = &point.priced {
            let numbers = [one.gap, rise(found, one.gap), one.worst_cv, one.lowest];
            cells.extend(numbers.map(|value| Cell::Number(plain(value))));
        }
        cells
    });
    csv::write(out, &header, rows, asked.lang)
}

fn state(point: &Point) -> &'static str {
    match &point.priced {
        Some(one) if one.proven => "proven",
        Some(_) => "bound",
        None if point.impossible => "impossible",
        None => "undecided",
    }
}

/// Everything, for programs.
pub fn json(asked: &Question, found: &Curve) -> Value {
    let point = |point: &Point| {
        json!({
            "at": point.at,
            "state": state(point),
            "gap": point.priced.as_ref().map(|one| one.gap),
            "more": point.priced.as_ref().map(|one| rise(found, one.gap)),
            "largest_cv": point.priced.as_ref().map(|one| one.worst_cv),
            "lowest": point.priced.as_ref().map(|one| one.lowest),
        })
    };
    json!({
        "case": asked.case.name,
        "along": match found.along { Along::Cv => "cv", Along::Floor => "floor" },
        "free": { "gap": found.free.gap, "largest_cv": found.free.worst_cv, "lowest": found.free.lowest },
        "points": found.points.iter().map(point).collect::<Vec<_>>(),
    })
}
