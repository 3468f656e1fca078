//! Small cases whose moves are known.

use junheng::case::*;
use junheng::plan::PlanRow;
use junheng::plan::moves::moves;
use junheng::words::*;

use super::{ROTATE, located, row};

/// Three schools of a county and stage, and a fourth far away.
fn by_hand() -> Case {
    let mut case = located(0);
    let mut schools: Vec<School> = case.schools.iter().take(3).cloned().collect();
    schools.push(schools[0].clone());
    for (at, school) in schools.iter_mut().enumerate() {
        school.stage = Stage::Primary;
        school.county = CountyIx::new(0);
        school.township = ["a", "b", "b", ""][at].into();
        school.position = Some(Position {
            latitude: 30.0 + [0.0, 0.1, 0.3, 0.2][at],
            longitude: 106.0,
        });
    }
    case.schools = schools.into();
    case.links = Vec::new();
    case
}

/// (from, to, units) of all moves.
fn listed(case: &Case, rows: &[PlanRow]) -> Vec<(usize, usize, f64)> {
    let list = moves(case, rows).list.into_iter();
    list.map(|one| (one.from.at(), one.to.at(), one.units))
        .collect()
}

#[test]
fn the_same_township_comes_first_then_the_shortest_way() {
    let mut case = by_hand();
    let rows = [
        row(0, 0, -2.0),
        row(2, 0, -1.0),
        row(3, 0, -2.0),
        row(1, 0, 5.0),
    ];
    // 11 km from both, the first in the file first; a road makes the way longer, or shorter when there are two.
    assert_eq!(
        listed(&case, &rows),
        [(2, 1, 1.0), (0, 1, 2.0), (3, 1, 2.0)]
    );
    let road = |from: usize, to: usize, km| Link {
        from: SchoolIx::new(from),
        to: SchoolIx::new(to),
        km,
    };
    case.links = vec![road(1, 0, 12.0)];
    assert_eq!(
        listed(&case, &rows),
        [(2, 1, 1.0), (3, 1, 2.0), (0, 1, 2.0)]
    );
    case.links.push(road(0, 1, 10.0));
    assert_eq!(listed(&case, &rows)[1], (0, 1, 2.0));
    // A way that is not known comes after all that are.
    case.links.clear();
    case.schools[SchoolIx::new(0)].position = None;
    assert_eq!(
        listed(&case, &rows),
        [(2, 1, 1.0), (3, 1, 2.0), (0, 1, 2.0)]
    );
    let known = moves(&case, &rows).list;
    assert_eq!((known[2].km, known[2].same_township), (None, Some(false)));
    assert_eq!(known[1].same_township, None, "no township is given");
    let near = known[1].km.expect("both lie somewhere");
    assert!((near - 11.119).abs() < 0.002, "{near}");
}

#[test]
fn nobody_is_sent_home_where_others_could_change_places() {
    let case = by_hand();
    // Left to the order alone, 1 and 2 would change places and 0 would be left to itself.
    let all = [0, 1, 2]
        .map(|at| [row(at, 0, -1.0), row(at, 0, 1.0)])
        .concat();
    assert_eq!(listed(&case, &all), [(2, 1, 1.0), (1, 0, 1.0), (0, 2, 1.0)]);
    let alone = [
        row(0, 0, -3.0),
        row(0, 0, 3.0),
        row(1, 0, -1.0),
        row(1, 0, 1.0),
    ];
    let found = moves(&case, &alone);
    assert_eq!(listed(&case, &alone), [(1, 0, 1.0), (0, 1, 1.0)]);
    let left: Vec<_> = found
        .unpaired
        .iter()
        .map(|one| (one.school.at(), one.leaving, one.arriving))
        .collect();
    assert_eq!(left, [(0, 2.0, 2.0)]);
}

#[test]
fn those_who_go_are_back_when_their_term_is_over_or_after_the_plan() {
    let mut case = by_hand();
    case.horizon.years = 3;
    for (term, back) in [
        (1, [Some(2027), Some(2028), None]),
        (2, [Some(2028), None, None]),
        (3, [None, None, None]),
    ] {
        let rotation = MeasureIx::new(ROTATE);
        case.measures[rotation].lever = Lever::Rotate { term };
        for (year, back) in back.into_iter().enumerate() {
            let list = moves(&case, &[row(0, year, -1.0), row(1, year, 1.0)]).list;
            assert_eq!(list[0].back, back);
            let serves: Vec<usize> = case.service(rotation, list[0].year).collect();
            let home = back.map(|back| (back - case.horizon.first_year) as usize);
            assert!(home.is_none_or(|home| !serves.contains(&home)));
            assert_eq!(home.is_none(), serves.contains(&2), "away to the end");
        }
    }
}
