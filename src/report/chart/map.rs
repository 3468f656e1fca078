//! Schools where they lie.

use super::bars::WIDTH;
use super::ink::{AFTER, BEFORE, FAINT, TEXT};
use super::picture::{Anchor, Picture, SIZE, fitted, width};
use super::{Chart, source};
use crate::case::Position;
use crate::report::number::{count, number, percent};
use crate::report::question::Question;
use crate::report::solved::share;

/// The radius of the largest gap, in pixels.
const LARGEST: f64 = 15.0;
/// The radius of a place without a gap.
const POINT: f64 = 1.2;
const HEIGHTS: (f64, f64) = (200.0, 620.0);
const MARGIN: f64 = 18.0;

/// A place on the map.
#[derive(Clone, PartialEq, Debug)]
pub struct Spot {
    /// What lies there.
    pub name: String,
    /// Where.
    pub position: Position,
    /// Its gap without the plan.
    pub before: f64,
    /// And with it.
    pub after: f64,
}

/// The map; `None` where fewer than two places have a position. North is up; degrees of longitude are as long as they
/// are in the middle of the map.
pub fn map(asked: &Question, spots: &[Spot], unknown: usize) -> Option<Chart> {
    let bounds = Bounds::of(spots).filter(|_| spots.len() > 1)?;
    let largest = spots
        .iter()
        .map(|one| one.before.max(one.after))
        .fold(0.0, f64::max);
    let better = spots.iter().filter(|one| one.after < one.before).count();
    let tenth = tenth(spots);
    let (shown, better) = (count(spots.len()), count(better));
    let finding = asked.pick(
        format!("{shown} 处中有 {better} 处的缺口缩小；剩下的缺口 {tenth} 集中在最大的十分之一"),
        format!("The gap falls at {better} of {shown} places; the tenth with the largest gaps has {tenth} of what is left"),
    );
    let unit = asked.gap_unit();
    let mut said = asked.pick(
        format!("单位：{unit}；圆面积与缺口成正比，浅色圈为不规划，深色为规划后；上北下南"),
        format!("unit: {unit}; areas are in proportion to the gap, the light disc without the plan, the dark one with it; north is up"),
    );
    if unknown > 0 {
        let unknown = count(unknown);
        said += &asked.pick(
            format!("；另有 {unknown} 处没有坐标"),
            format!("; {unknown} more have no position"),
        );
    }
    Some(Chart {
        key: "map",
        picture: draw(asked, spots, &bounds, largest, &finding),
        finding,
        unit: said,
        source: source(asked, "schools[].resources[].gap_before, gap_after"),
    })
}

/// The part of what is left that the tenth of the places with the largest gaps has.
fn tenth(spots: &[Spot]) -> String {
    let mut left: Vec<f64> = spots.iter().map(|one| one.after).collect();
    left.sort_by(|one, other| other.total_cmp(one));
    let most = left.len().div_ceil(10);
    percent(share(left[..most].iter().sum(), left.iter().sum()))
}

/// The corner of the map and pixels a degree.
struct Bounds {
    west: f64,
    north: f64,
    scale: (f64, f64),
    size: (f64, f64),
}

impl Bounds {
    fn of(spots: &[Spot]) -> Option<Bounds> {
        let range = |of: fn(&Spot) -> f64| {
            let values = || spots.iter().map(of);
            (
                values().fold(f64::INFINITY, f64::min),
                values().fold(f64::NEG_INFINITY, f64::max),
            )
        };
        let (west, east) = range(|one| one.position.longitude);
        let (south, north) = range(|one| one.position.latitude);
        if !(west.is_finite() && south.is_finite()) {
            return None;
        }
        let narrow = ((south + north) / 2.0).to_radians().cos().max(0.05);
        let (wide, high) = (
            ((east - west) * narrow).max(1e-6),
            (north - south).max(1e-6),
        );
        let room = (WIDTH - 2.0 * MARGIN, HEIGHTS.1 - 2.0 * MARGIN);
        let degree = (room.0 / wide).min(room.1 / high);
        let height = (high * degree + 2.0 * MARGIN).max(HEIGHTS.0);
        Some(Bounds {
            west: west - ((WIDTH / degree) - wide) / 2.0 / narrow,
            north: north + (height / degree - high) / 2.0,
            scale: (degree * narrow, degree),
            size: (WIDTH, height),
        })
    }

    fn at(&self, position: Position) -> (f64, f64) {
        (
            (position.longitude - self.west) * self.scale.0,
            (self.north - position.latitude) * self.scale.1,
        )
    }
}

/// How many places are named.
const NAMED: usize = 8;
/// How wide a name may be, in pixels.
const WIDEST: f64 = 160.0;

/// Names the places with the largest gaps that are left, beside their discs, where there is room.
fn named(svg: &mut Picture, spots: &[Spot], bounds: &Bounds, radius: &dyn Fn(f64) -> f64) {
    let reach = |spot: &Spot| radius(spot.before.max(spot.after)).max(POINT);
    let mut order: Vec<&Spot> = spots.iter().filter(|one| one.after > 0.0).collect();
    order.sort_by(|one, other| other.after.total_cmp(&one.after));
    let mut taken: Vec<[f64; 4]> = Vec::new();
    for spot in order.into_iter().take(NAMED) {
        let name = fitted(&spot.name, WIDEST);
        let ((x, y), long, off) = (bounds.at(spot.position), width(&name), reach(spot) + 3.0);
        let beside = [(x + off, Anchor::Start), (x - off - long, Anchor::End)];
        let place = beside.into_iter().find(|(left, _)| {
            let own = [*left, y - SIZE * 0.6, left + long, y + SIZE * 0.6];
            let inside = own[0] >= 0.0 && own[2] <= bounds.size.0 && own[1] >= 0.0;
            let on_name = taken.iter().any(|one| overlap(one, &own));
            // A name may not hide the disc of another place.
            let on_disc = spots
                .iter()
                .filter(|one| !std::ptr::eq(*one, spot))
                .any(|one| {
                    let (at, r) = (bounds.at(one.position), reach(one));
                    overlap(&[at.0 - r, at.1 - r, at.0 + r, at.1 + r], &own)
                });
            inside && !on_name && !on_disc
        });
        if let Some((left, anchor)) = place {
            taken.push([left, y - SIZE * 0.6, left + long, y + SIZE * 0.6]);
            let at = match anchor {
                Anchor::End => left + long,
                _ => left,
            };
            svg.text((at, y + SIZE * 0.36), anchor, TEXT, &name);
        }
    }
}

/// Whether two boxes (left, top, right, bottom) have a point in common.
fn overlap(one: &[f64; 4], other: &[f64; 4]) -> bool {
    one[0] < other[2] && other[0] < one[2] && one[1] < other[3] && other[1] < one[3]
}

fn draw(asked: &Question, spots: &[Spot], bounds: &Bounds, largest: f64, label: &str) -> Picture {
    let mut svg = Picture::new(bounds.size.0, bounds.size.1 + 30.0);
    let radius = |gap: f64| match largest > 0.0 {
        true => LARGEST * (gap / largest).sqrt(),
        false => 0.0,
    };
    // The largest first, so that none hides a smaller one.
    let mut order: Vec<&Spot> = spots.iter().collect();
    order.sort_by(|one, other| other.before.total_cmp(&one.before));
    for spot in &order {
        let at = bounds.at(spot.position);
        let hover = format!(
            "{}: {} → {}",
            spot.name,
            number(spot.before),
            number(spot.after)
        );
        svg.disc(at, radius(spot.before).max(POINT), (BEFORE, FAINT), &hover);
    }
    for spot in &order {
        if spot.after > 0.0 {
            let at = bounds.at(spot.position);
            let hover = format!(
                "{}: {} → {}",
                spot.name,
                number(spot.before),
                number(spot.after)
            );
            svg.disc(at, radius(spot.after).max(POINT), (AFTER, "#fff"), &hover);
        }
    }
    named(&mut svg, spots, bounds, &radius);
    let y = bounds.size.1 + 12.0;
    svg.disc((20.0, y), LARGEST * 0.6, (BEFORE, FAINT), "");
    let before = asked.pick("不规划", "without the plan");
    svg.text((36.0, y + 4.5), Anchor::Start, TEXT, before);
    let x = 60.0 + super::picture::width(before);
    svg.disc((x, y), LARGEST * 0.6, (AFTER, "#fff"), "");
    let after = asked.pick("规划后", "with the plan");
    svg.text((x + 16.0, y + 4.5), Anchor::Start, TEXT, after);
    let gap = number(largest);
    let most = asked.pick(format!("最大的圆：{gap}"), format!("largest disc: {gap}"));
    svg.text((WIDTH - 4.0, y + 4.5), Anchor::End, FAINT, &most);
    svg.finish(label)
}
