//! How far schools are from each other.

use std::collections::BTreeMap;

use super::{Case, Position};
use crate::words::SchoolIx;

/// The mean radius of the Earth in km (IUGG: R₁ = 6371.0088).
const EARTH_RADIUS: f64 = 6371.0088;

/// Townships, roads and positions of a case's schools.
pub struct Distances<'a> {
    case: &'a Case,
    /// The shortest road stated between two schools, the earlier in the file first.
    roads: BTreeMap<(SchoolIx, SchoolIx), f64>,
    /// Where each school lies, as a point of the unit sphere.
    points: Vec<Option<[f64; 3]>>,
}

impl Distances<'_> {
    /// Those of a case.
    pub fn of(case: &Case) -> Distances<'_> {
        let mut roads = BTreeMap::new();
        for link in &case.links {
            let ends = (link.from.min(link.to), link.from.max(link.to));
            let km = roads.entry(ends).or_insert(link.km);
            *km = link.km.min(*km);
        }
        let positions = case.schools.iter().map(|school| school.position);
        Distances {
            case,
            roads,
            points: positions.map(|position| position.map(point)).collect(),
        }
    }

    /// Whether two schools of a county lie in one township; `None` where one's is not given.
    pub fn same_township(&self, one: SchoolIx, other: SchoolIx) -> Option<bool> {
        let [one, other] = [one, other].map(|at| self.case.schools[at].township.as_str());
        (!one.is_empty() && !other.is_empty()).then(|| one == other)
    }

    /// How far two schools lie apart: by the shortest road that is stated, else as the crow flies; `None` where neither
    /// is known.
    pub fn km(&self, one: SchoolIx, other: SchoolIx) -> Option<f64> {
        let road = match self.roads.is_empty() {
            true => None,
            false => self.roads.get(&(one.min(other), one.max(other))),
        };
        road.copied().or_else(|| {
            let (one, other) = (self.points[one.at()]?, self.points[other.at()]?);
            Some(great_circle(one, other))
        })
    }
}

/// The point of the unit sphere.
fn point(position: Position) -> [f64; 3] {
    let (latitude, longitude) = (
        position.latitude.to_radians(),
        position.longitude.to_radians(),
    );
    [
        latitude.cos() * longitude.cos(),
        latitude.cos() * longitude.sin(),
        latitude.sin(),
    ]
}

/// Kilometres along the great circle, to the metre: finer than any survey of schools, and coarse enough that
/// mathematical libraries agree. From the chord, which is exact for near points where the arc cosine is not.
fn great_circle(one: [f64; 3], other: [f64; 3]) -> f64 {
    let squares = one.iter().zip(other).map(|(a, b)| (a - b) * (a - b));
    let half_chord = squares.sum::<f64>().sqrt() / 2.0;
    let km = 2.0 * EARTH_RADIUS * half_chord.min(1.0).asin();
    (km * 1000.0).round() / 1000.0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn km(one: (f64, f64), other: (f64, f64)) -> f64 {
        let [one, other] = [one, other].map(|(latitude, longitude)| {
            point(Position {
                latitude,
                longitude,
            })
        });
        great_circle(one, other)
    }

    #[test]
    fn great_circles_are_as_long_as_known() {
        // A degree of a great circle, a quarter and half of one, and a way across the date line.
        assert_eq!(km((0.0, 0.0), (0.0, 1.0)), 111.195);
        assert_eq!(km((0.0, 10.0), (90.0, 0.0)), 10_007.557);
        assert_eq!(km((0.0, 0.0), (0.0, 180.0)), 20_015.114);
        assert_eq!(km((0.0, 179.5), (0.0, -179.5)), 111.195);
        assert_eq!(km((31.2, 121.5), (31.2, 121.5)), 0.0);
        // Beijing to Shanghai, by the haversine formula.
        assert_eq!(km((39.9042, 116.4074), (31.2304, 121.4737)), 1_067.312);
    }
}
