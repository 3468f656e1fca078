//! Pairing by brute force, post by post, with nothing of the program but the case.

use std::collections::BTreeMap;

use junheng::case::*;
use junheng::words::SchoolIx;

/// Haversine formula, unlike the chord of the program.
fn great_circle(one: Position, other: Position) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
    let across = one.latitude.to_radians().cos() * other.latitude.to_radians().cos();
    let h = half(one.latitude, other.latitude) + across * half(one.longitude, other.longitude);
    let km = 2.0 * 6371.0088 * h.sqrt().asin();
    (km * 1000.0).round() / 1000.0
}

pub fn km(case: &Case, from: usize, to: usize) -> Option<f64> {
    let [one, other] = [from, to].map(SchoolIx::new);
    let roads = case.links.iter().filter(|link| {
        (link.from, link.to) == (one, other) || (link.from, link.to) == (other, one)
    });
    let road = roads.map(|link| link.km).reduce(f64::min);
    road.or_else(|| {
        Some(great_circle(
            case.schools[one].position?,
            case.schools[other].position?,
        ))
    })
}

/// The place of a pair in the order that is promised.
pub fn rank(case: &Case, from: usize, to: usize) -> (bool, f64, usize, usize) {
    let township = |at: usize| case.schools[SchoolIx::new(at)].township.as_str();
    let same = !township(from).is_empty() && township(from) == township(to);
    (!same, km(case, from, to).unwrap_or(f64::INFINITY), to, from)
}

/// How many posts can be paired with none sent to their own school: a matching post by post, by augmenting ways.
fn most(leave: &[usize], come: &[usize]) -> usize {
    fn place(
        post: usize,
        leave: &[usize],
        come: &[usize],
        seen: &mut [bool],
        taken: &mut [Option<usize>],
    ) -> bool {
        (0..come.len()).any(|at| {
            if come[at] == leave[post] || std::mem::replace(&mut seen[at], true) {
                return false;
            }
            let free = taken[at].is_none_or(|other| place(other, leave, come, seen, taken));
            if free {
                taken[at] = Some(post);
            }
            free
        })
    }
    let mut taken = vec![None; come.len()];
    (0..leave.len())
        .filter(|&post| place(post, leave, come, &mut vec![false; come.len()], &mut taken))
        .count()
}

/// One post at a time along the first pair that leaves all others as many partners as they can have.
pub fn by_force(
    case: &Case,
    mut leave: Vec<usize>,
    mut come: Vec<usize>,
) -> BTreeMap<(usize, usize), f64> {
    let mut found = BTreeMap::new();
    let mut left = most(&leave, &come);
    while left > 0 {
        let mut pairs: Vec<(usize, usize)> = leave
            .iter()
            .flat_map(|&from| come.iter().map(move |&to| (from, to)))
            .filter(|(from, to)| from != to)
            .collect();
        pairs.sort_by(|one, other| {
            let [one, other] = [one, other].map(|&(from, to)| rank(case, from, to));
            one.partial_cmp(&other).expect("no way is not a number")
        });
        let without = |all: &[usize], one: usize| {
            let at = all.iter().position(|&own| own == one).expect("it is there");
            [&all[..at], &all[at + 1..]].concat()
        };
        let open = |&&(from, to): &&(usize, usize)| {
            most(&without(&leave, from), &without(&come, to)) == left - 1
        };
        let &(from, to) = pairs.iter().find(open).expect("a pair is open");
        (leave, come) = (without(&leave, from), without(&come, to));
        *found.entry((from, to)).or_insert(0.0) += 1.0;
        left -= 1;
    }
    found
}
