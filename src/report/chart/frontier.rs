//! The smallest gap as money grows.

use super::Chart;
use super::bars::WIDTH;
use super::ink::{AFTER, FAINT, GRID, TEXT};
use super::picture::{Anchor, Picture, width};
use super::scale::Scale;
use crate::report::number::{number, percent};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::study::frontier::{Frontier, FrontierPoint};

/// The chart; `None` where the curve has no point at the money stated.
pub fn frontier(asked: &Question, found: &Frontier) -> Option<Chart> {
    let stated = point(found, 1.0)?;
    let finding = finding(asked, found, stated);
    let (money, unit) = (asked.money_in_words(found.stated), asked.gap_unit());
    Some(Chart {
        key: "frontier",
        picture: draw(asked, found, stated, &finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}；横轴为资金占现有（{money}）的百分比；缺口为连续最优值，不计取整"),
            format!("unit: {unit}; money as a share of that stated ({money}); gaps are continuous optima, before whole units"),
        ),
        source: asked
            .pick(
                "来源：junheng frontier（frontier.json）",
                "source: junheng frontier (frontier.json)",
            )
            .to_string(),
    })
}

/// The point of the table at a share of the money stated.
fn point(found: &Frontier, share: f64) -> Option<&FrontierPoint> {
    let near = |one: &&FrontierPoint| (one.share - share).abs() < 1e-9;
    found.points.iter().find(near)
}

fn finding(asked: &Question, found: &Frontier, stated: &FrontierPoint) -> String {
    let gap = number(stated.gap);
    let changed = |at: f64| {
        let other = point(found, at)?;
        Some(percent(share((other.gap - stated.gap).abs(), stated.gap)))
    };
    match (changed(1.1), changed(0.9)) {
        (Some(more), Some(less)) => asked.pick(
            format!("按现有资金最小缺口为 {gap}；资金增一成，缺口再降 {more}，减一成则升 {less}"),
            format!("With the money stated the smallest gap is {gap}; a tenth more lowers it by {more}, a tenth less raises it by {less}"),
        ),
        _ => asked.pick(
            format!("按现有资金最小缺口为 {gap}"),
            format!("With the money stated the smallest gap is {gap}"),
        ),
    }
}

/// The curve through its breakpoints where they are known, else through the points of the table.
fn curve(found: &Frontier) -> Vec<(f64, f64)> {
    let Some(first) = found.stretches.first() else {
        return found
            .points
            .iter()
            .map(|one| (one.share, one.gap))
            .collect();
    };
    let ends = found.stretches.iter().map(|one| (one.to, one.gap_to));
    std::iter::once((first.from, first.gap_from))
        .chain(ends)
        .collect()
}

pub(super) fn draw(
    asked: &Question,
    found: &Frontier,
    stated: &FrontierPoint,
    label: &str,
) -> Picture {
    let (right, top, bottom) = (WIDTH - 24.0, 24.0, 260.0);
    let mut svg = Picture::new(WIDTH, bottom + 28.0);
    let curve = curve(found);
    let largest = curve.iter().map(|one| one.1).fold(0.0, f64::max);
    let up = Scale::new(largest, bottom, top);
    let left = up.room(84.0);
    let across = Scale::new(found.span.to * 100.0, left, right);
    let at = |(share, gap): (f64, f64)| (across.at(share * 100.0), up.at(gap));
    for tick in up.ticks() {
        svg.line((left, up.at(tick)), (right, up.at(tick)), GRID);
        svg.text(
            (left - 6.0, up.at(tick) + 4.5),
            Anchor::End,
            FAINT,
            &number(tick),
        );
    }
    for tick in across.ticks() {
        let x = across.at(tick);
        svg.line((x, bottom), (x, bottom + 4.0), FAINT);
        svg.text(
            (x, bottom + 18.0),
            Anchor::Middle,
            TEXT,
            &percent(tick / 100.0),
        );
    }
    let points: Vec<(f64, f64)> = curve.into_iter().map(at).collect();
    svg.path(&points, AFTER, "");
    for one in &found.points {
        let (share, gap) = (percent(one.share), number(one.gap));
        let hover = format!("{share}: {gap} {}", asked.gap_unit());
        svg.disc(at((one.share, one.gap)), 3.5, (AFTER, "#fff"), &hover);
    }
    let here = at((1.0, stated.gap));
    svg.line((here.0, here.1), (here.0, bottom), FAINT);
    let now = asked.pick("现有资金", "money stated");
    let said = format!("{now}: {}", number(stated.gap));
    // To the right, where the curve has gone down; to the left where no room is left there.
    let (shift, anchor) = match here.0 + 6.0 + width(&said) <= WIDTH {
        true => (6.0, Anchor::Start),
        false => (-6.0, Anchor::End),
    };
    svg.text((here.0 + shift, here.1 - 9.0), anchor, TEXT, &said);
    svg.line((left, bottom), (right, bottom), FAINT);
    svg.finish(label)
}
