//! How the schools lie: their share by attainment, without and with the plan.

use super::bars::{WIDTH, key};
use super::ink::{AFTER, BEFORE, FAINT, GRID, TEXT};
use super::picture::{Anchor, Picture, Rect};
use super::scale::Scale;
use super::{Chart, states};
use crate::plan::Plan;
use crate::report::number::{count, percent};
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::SchoolIx;
use crate::words::tolerance::TIE;

/// Where bands begin; the last is that of schools that lack nothing.
const BANDS: [f64; 7] = [0.0, 0.5, 0.6, 0.7, 0.8, 0.9, 1.0];

/// The attainment of a school in the last plan year: what it has of what it should have, at most all of it, averaged
/// over the resources for which both are known; `None` when none is.
pub fn attainment(asked: &Question, plan: &Plan, school: SchoolIx, planned: bool) -> Option<f64> {
    let (case, last) = (asked.case, asked.case.horizon.last());
    let of = |resource| {
        let required = case.required(school, resource, last)?;
        let short = plan.outcome.short(case, school, resource, last, planned)?;
        (required > 0.0).then(|| 1.0 - short / required)
    };
    let known: Vec<f64> = case.resources.ids().filter_map(of).collect();
    (!known.is_empty()).then(|| known.iter().sum::<f64>() / known.len() as f64)
}

/// The chart; `None` when nothing is known of any school.
pub fn chart(asked: &Question, plan: &Plan) -> Option<Chart> {
    let counts = |planned| {
        let mut counts = [0_usize; BANDS.len()];
        for school in asked.case.schools.ids() {
            if let Some(at) = attainment(asked, plan, school, planned).map(band) {
                counts[at] += 1;
            }
        }
        counts
    };
    let (before, after) = (counts(false), counts(true));
    let all: usize = after.iter().sum();
    if all == 0 {
        return None;
    }
    let year = asked.year(asked.case.horizon.last());
    let finding = finding(asked, &year, (&before, &after), all);
    Some(Chart {
        key: "attainment",
        picture: draw(asked, (&before, &after), all, &finding),
        finding,
        unit: asked.pick(
            format!("单位：占 {} 所学校的百分比；达标程度为各项资源“现有÷应有”（最多算 100%）的平均值，{year}", count(all)),
            format!("unit: share of {} schools; attainment is what a school has of what it should have, at most 100% of each resource, averaged over its resources, in {year}", count(all)),
        ),
        source: asked.pick("来源：本案例的求解结果（gaps.csv）", "source: the result of this case (gaps.csv)").to_string(),
    })
}

fn band(attained: f64) -> usize {
    let above = |from: &&f64| attained >= **from - TIE;
    BANDS.iter().filter(above).count().saturating_sub(1)
}

fn name(asked: &Question, at: usize) -> String {
    let whole = |share: f64| format!("{:.0}", share * 100.0);
    match (at, BANDS.get(at + 1)) {
        (0, Some(to)) => asked.pick(
            format!("不到 {}%", whole(*to)),
            format!("below {}%", whole(*to)),
        ),
        (at, Some(to)) => format!("{}–{}%", whole(BANDS[at]), whole(*to)),
        (_, None) => "100%".to_string(),
    }
}

type Counts = [usize; BANDS.len()];

/// By how much the schools near the standard become more.
fn finding(
    asked: &Question,
    year: &str,
    (before, after): (&Counts, &Counts),
    all: usize,
) -> String {
    // The two upper bands: 90 % and all of it.
    let near = |counts: &Counts| {
        percent(share(
            counts[BANDS.len() - 2..].iter().sum::<usize>() as f64,
            all as f64,
        ))
    };
    let (today, then) = (near(before), near(after));
    let whole = count(after[BANDS.len() - 1]);
    asked.pick(
        format!("{year}达标程度在 90% 以上的学校由不规划时的 {today} 变为 {then}；{whole} 所全部达标"),
        format!("In {year} {then} of the schools attain 90% or more, {today} without the plan; {whole} lack nothing"),
    )
}

pub(super) fn draw(
    asked: &Question,
    (before, after): (&Counts, &Counts),
    all: usize,
    label: &str,
) -> Picture {
    let (left, top, bottom) = (52.0, 48.0, 250.0);
    let year = asked.year(asked.case.horizon.last());
    let (without, with) = states(asked, &year);
    let mut svg = Picture::new(WIDTH, bottom + 28.0);
    key(&mut svg, left, &[(BEFORE, &without), (AFTER, &with)]);
    let part = |number: usize| share(number as f64, all as f64);
    let largest = before.iter().chain(after).copied().max().unwrap_or(0);
    let scale = Scale::new(part(largest) * 100.0, bottom, top);
    for tick in scale.ticks() {
        svg.line((left, scale.at(tick)), (WIDTH, scale.at(tick)), GRID);
        svg.text(
            (left - 6.0, scale.at(tick) + 4.5),
            Anchor::End,
            FAINT,
            &percent(tick / 100.0),
        );
    }
    let room = (WIDTH - left) / BANDS.len() as f64;
    let wide = room * 0.42;
    for at in 0..BANDS.len() {
        let middle = left + room * (at as f64 + 0.5);
        for (counts, x, fill, state) in [
            (before, middle - wide, BEFORE, &without),
            (after, middle, AFTER, &with),
        ] {
            let shown = percent(part(counts[at]));
            let y = scale.at(part(counts[at]) * 100.0);
            let rect = Rect {
                x,
                y,
                width: wide,
                height: bottom - y,
            };
            let (band, schools) = (name(asked, at), count(counts[at]));
            let hover = asked.pick(
                format!("{state} · {band}：{schools} 所（{shown}）"),
                format!("{state} · {band}: {schools} schools ({shown})"),
            );
            svg.rect(rect, fill, &hover);
            svg.text(
                (x + wide / 2.0, y - 4.0),
                Anchor::Middle,
                TEXT,
                shown.trim_end_matches('%'),
            );
        }
        svg.text(
            (middle, bottom + 18.0),
            Anchor::Middle,
            TEXT,
            &name(asked, at),
        );
    }
    svg.line((left, bottom), (WIDTH, bottom), FAINT);
    svg.finish(label)
}
