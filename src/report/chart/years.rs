//! The gap of each plan year, without and with the plan.

use super::bars::WIDTH;
use super::ink::{AFTER, FAINT, GRID, TEXT};
use super::picture::{Anchor, Picture, width};
use super::scale::{Scale, is_named};
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

/// The line of each state with its figures: the upper one's above it, the lower one's below.
pub(super) fn draw(
    asked: &Question,
    years: &[String],
    gaps: &[(f64, f64)],
    label: &str,
) -> Picture {
    let names = asked.pick(["不规划", "规划后"], ["without the plan", "with the plan"]);
    let right = WIDTH - names.map(width).into_iter().fold(0.0, f64::max) - 14.0;
    let (top, bottom) = (28.0, 250.0);
    let largest = gaps
        .iter()
        .map(|(before, after)| before.max(*after))
        .fold(0.0, f64::max);
    let scale = Scale::new(largest, bottom, top);
    let left = scale.room(84.0);
    let below = |value: f64| scale.at(value) + 19.0;
    // Years stand below the figures that hang down to them.
    let lowest = gaps.iter().map(|(before, after)| below(before.min(*after)));
    let foot = lowest.fold(bottom + 18.0, |foot, one| match one > bottom - 2.0 {
        true => foot.max(one + 16.0),
        false => foot,
    });
    let mut svg = Picture::new(WIDTH, foot + 10.0);
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
    let figures = gaps.iter().flat_map(|&(before, after)| [before, after]);
    let figures = figures.map(|figure| width(&number(figure)));
    let widest = figures.fold(0.0, f64::max);
    let all = years.len();
    // The names at the ends of the lines are a line of letters apart, however near the lines end.
    let ends = [0, 1].map(|line| lines[line].last().map_or(0.0, |value| scale.at(*value)));
    let middle = (ends[0] + ends[1]) / 2.0;
    let least = ((ends[0] - ends[1]).abs() / 2.0).max(9.0);
    let upper = usize::from(ends[1] < ends[0]);
    let named = [0, 1].map(|line| match line == upper {
        true => middle - least,
        false => middle + least,
    });
    // Moved off its line, a name may not stand on the figure at the end.
    let last = gaps
        .last()
        .map_or([0.0; 2], |&(before, after)| [before, after]);
    let last = last.map(|figure| width(&number(figure)));
    let name_from = match (ends[0] - ends[1]).abs() < 18.0 {
        true => right - 36.0 + last[0].max(last[1]) / 2.0,
        false => right - 30.0,
    };
    let inks = [(FAINT, "6 4"), (AFTER, "")];
    for (line, (values, (name, (stroke, dashes)))) in
        lines.iter().zip(names.into_iter().zip(inks)).enumerate()
    {
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
            let other = lines[1 - line][at];
            let lower = *value < other || (*value == other && line == 1);
            // What is said of both is said once.
            if (lower && shown == number(other)) || !is_named(at, all, step, widest) {
                continue;
            }
            let y = match lower {
                true => below(*value),
                false => point.1 - 9.0,
            };
            svg.text((point.0, y), Anchor::Middle, TEXT, &shown);
        }
        let name_at = (name_from, named[line] + 4.5);
        svg.text(name_at, Anchor::Start, stroke, name);
    }
    let widest = years.iter().map(|year| width(year));
    let widest = widest.fold(0.0, f64::max);
    for (at, year) in years.iter().enumerate() {
        if is_named(at, all, step, widest) {
            svg.text((x(at), foot), Anchor::Middle, TEXT, year);
        }
    }
    svg.line((left, bottom), (right, bottom), FAINT);
    svg.finish(label)
}
