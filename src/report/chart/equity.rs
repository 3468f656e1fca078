//! The total gap against the limit on differences, or against the floor.

use super::Chart;
use super::bars::WIDTH;
use super::ink::{AFTER, FAINT, GRID, TEXT};
use super::picture::{Anchor, Picture};
use super::scale::Scale;
use crate::report::equity::finding;
use crate::report::number::{number, percent};
use crate::report::question::Question;
use crate::study::equity::{Along, Curve};

/// The chart; `None` where fewer than two points have a plan.
pub fn equity(asked: &Question, found: &Curve) -> Option<Chart> {
    let free = match found.along {
        Along::Cv => (found.free.worst_cv, found.free.gap),
        Along::Floor => (found.free.lowest, found.free.gap),
    };
    let points = found.points.iter();
    let points = points.filter_map(|point| Some((point.at, point.priced.as_ref()?.gap)));
    let curve: Vec<(f64, f64)> = std::iter::once(free).chain(points).collect();
    if curve.len() < 2 {
        return None;
    }
    let finding = finding(asked, found);
    let unit = asked.gap_unit();
    let across = match found.along {
        Along::Cv => asked.pick(
            "横轴为差异系数上限 κ",
            "across: the limit κ on coefficients of variation",
        ),
        Along::Floor => asked.pick(
            "横轴为最低达到标准的比例",
            "across: the part of the standard that every school has",
        ),
    };
    Some(Chart {
        key: "price-of-equity",
        picture: draw(asked, found, &curve, &finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}；{across}；缺口为连续最优值，不计取整"),
            format!("unit: {unit}; {across}; gaps are continuous optima, before whole units"),
        ),
        source: asked
            .pick(
                "来源：junheng price-of-equity（equity.json）",
                "source: junheng price-of-equity (equity.json)",
            )
            .to_string(),
    })
}

pub(super) fn draw(asked: &Question, found: &Curve, curve: &[(f64, f64)], label: &str) -> Picture {
    let (right, top, bottom) = (WIDTH - 24.0, 24.0, 260.0);
    let mut svg = Picture::new(WIDTH, bottom + 28.0);
    let (widest, largest) = curve.iter().fold((0.0_f64, 0.0_f64), |most, one| {
        (most.0.max(one.0), most.1.max(one.1))
    });
    let up = Scale::new(largest, bottom, top);
    let left = up.room(84.0);
    let across = Scale::new(widest, left, right);
    for tick in up.ticks() {
        svg.line((left, up.at(tick)), (right, up.at(tick)), GRID);
        svg.text(
            (left - 6.0, up.at(tick) + 4.5),
            Anchor::End,
            FAINT,
            &number(tick),
        );
    }
    let said = |at: f64| match found.along {
        Along::Cv => number(at),
        Along::Floor => percent(at),
    };
    for tick in across.ticks() {
        let x = across.at(tick);
        svg.line((x, bottom), (x, bottom + 4.0), FAINT);
        svg.text((x, bottom + 18.0), Anchor::Middle, TEXT, &said(tick));
    }
    let points: Vec<(f64, f64)> = curve
        .iter()
        .map(|&(at, gap)| (across.at(at), up.at(gap)))
        .collect();
    svg.path(&points, AFTER, "");
    for (&place, &(at, gap)) in points.iter().zip(curve) {
        let hover = format!("{}: {} {}", said(at), number(gap), asked.gap_unit());
        svg.disc(place, 3.5, (AFTER, "#fff"), &hover);
    }
    let free = points[0];
    let now = asked.pick("不加限制", "without");
    let now = format!("{now}: {}", number(curve[0].1));
    let (shift, anchor) = match found.along {
        Along::Cv => (-6.0, Anchor::End),
        Along::Floor => (6.0, Anchor::Start),
    };
    svg.text((free.0 + shift, free.1 - 9.0), anchor, TEXT, &now);
    svg.line((left, bottom), (right, bottom), FAINT);
    svg.finish(label)
}
