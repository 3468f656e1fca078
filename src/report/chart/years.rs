//! The gap of each plan year, without and with the plan.

use super::bars::WIDTH;
use super::ink::{AFTER, FAINT, GRID, TEXT};
use super::picture::{Anchor, Picture, width};
use super::scale::Scale;
use super::{Chart, source};
use crate::plan::Plan;
use crate::report::number::{number, percent};
use crate::report::question::Question;
use crate::report::solved::share;

/// The chart; `None` when there is no gap, or but one year.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let horizon = &asked.case.horizon;
    let years: Vec<String> = horizon.plan_years().map(|year| asked.year(year)).collect();
    let gaps = plan.outcome.gap_by_period.get(..years.len())?;
    let (&(before, after), last) = (gaps.last()?, years.last()?);
    if gaps.len() < 2 || gaps.iter().all(|(before, _)| *before <= 0.0) {
        return None;
    }
    let (without, with, unit) = (number(before), number(after), asked.gap_unit());
    let less = percent(share(before - after, before));
    let finding = asked.pick(
        format!("{last}当年的缺口由不规划时的 {without} {unit}降到 {with}，减少 {less}"),
        format!("The gap of {last} is {with} {unit} instead of {without}, {less} less"),
    );
    Some(Chart {
        key: "years",
        picture: draw(asked, &years, gaps, &finding),
        finding,
        unit: asked.pick(
            format!("单位：{unit}，每年；规划期之后的年份不在图中"),
            format!("unit: {unit} a year; the years after the plan are not shown"),
        ),
        source: source(asked, "gap.by_period"),
    })
}

fn draw(asked: &Question, years: &[String], gaps: &[(f64, f64)], label: &str) -> Picture {
    let names = asked.pick(["不规划", "规划后"], ["without the plan", "with the plan"]);
    let right = WIDTH - names.map(width).into_iter().fold(0.0, f64::max) - 14.0;
    let (left, top, bottom) = (84.0, 28.0, 250.0);
    let mut svg = Picture::new(WIDTH, bottom + 28.0);
    let largest = gaps
        .iter()
        .map(|(before, after)| before.max(*after))
        .fold(0.0, f64::max);
    let scale = Scale::new(largest, bottom, top);
    for tick in scale.ticks() {
        svg.line((left, scale.at(tick)), (right, scale.at(tick)), GRID);
        svg.text(
            (left - 6.0, scale.at(tick) + 4.5),
            Anchor::End,
            FAINT,
            &number(tick),
        );
    }
    let step = (right - left - 76.0) / (years.len() - 1) as f64;
    let x = |at: usize| left + 34.0 + step * at as f64;
    let lines: [Vec<f64>; 2] = [
        gaps.iter().map(|gap| gap.0).collect(),
        gaps.iter().map(|gap| gap.1).collect(),
    ];
    for (values, (name, (stroke, dashes, below))) in lines.iter().zip(
        names
            .into_iter()
            .zip([(FAINT, "6 4", false), (AFTER, "", true)]),
    ) {
        let points: Vec<(f64, f64)> = values
            .iter()
            .enumerate()
            .map(|(at, value)| (x(at), scale.at(*value)))
            .collect();
        svg.path(&points, stroke, dashes);
        for (at, (value, point)) in values.iter().zip(&points).enumerate() {
            let shown = number(*value);
            let hover = format!("{} · {name}: {shown} {}", years[at], asked.gap_unit());
            svg.disc(*point, 4.0, (stroke, "#fff"), &hover);
            let y = if below { point.1 + 19.0 } else { point.1 - 9.0 };
            svg.text((point.0, y), Anchor::Middle, TEXT, &shown);
        }
        if let Some((_, y)) = points.last() {
            svg.text((right - 30.0, y + 4.5), Anchor::Start, stroke, name);
        }
    }
    for (at, year) in years.iter().enumerate() {
        svg.text((x(at), bottom + 18.0), Anchor::Middle, TEXT, year);
    }
    svg.line((left, bottom), (right, bottom), FAINT);
    svg.finish(label)
}
