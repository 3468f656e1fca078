//! The laws of moves: who goes where in a rotation, against the rows of the plan and against pairing by brute force.

mod common;

use std::collections::BTreeMap;

use common::{With, county};
use junheng::case::*;
use junheng::plan::moves::moves;
use junheng::plan::{Move, Moves, Options, Outcome, PlanRow, TakeUp, Verdict, solve};
use junheng::words::*;
use rand::seq::SliceRandom;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

/// The rotation of a generated case.
const ROTATE: usize = 1;

/// A generated case whose schools lie somewhere, some of them in townships and on roads.
fn located(seed: u64) -> Case {
    let with = With {
        policies: true,
        terminal: [0.0, 3.0][(seed % 2) as usize],
        ..With::default()
    };
    let mut case = county(seed, with);
    let rng = &mut ChaCha8Rng::seed_from_u64(seed ^ 0x5eed);
    for school in case.schools.iter_mut() {
        school.township = ["", "east", "west"][rng.random_range(0..3)].to_string();
        // A coarse grid, so that some ways are equally long.
        let at = |rng: &mut ChaCha8Rng, from: f64| from + f64::from(rng.random_range(0..4)) / 50.0;
        school.position = rng.random_bool(0.8).then(|| Position {
            latitude: at(rng, 30.0),
            longitude: at(rng, 106.0),
        });
    }
    let schools = case.schools.len();
    let school = |rng: &mut ChaCha8Rng| SchoolIx::new(rng.random_range(0..schools));
    case.links = (0..rng.random_range(0..schools))
        .map(|_| Link {
            from: school(rng),
            to: school(rng),
            km: f64::from(rng.random_range(0..30)) / 10.0,
        })
        .collect();
    if seed.is_multiple_of(2) {
        case.measures[MeasureIx::new(ROTATE)].lever = Lever::Rotate { term: 2 };
    }
    case
}

/// The same case with a rule that so many posts change places each year.
fn exchanging(seed: u64) -> Case {
    let mut case = located(seed);
    let rotation = MeasureIx::new(ROTATE);
    case.measures[rotation].cost = Money::ZERO;
    case.policies.push(Policy {
        id: "least".into(),
        name: "least".into(),
        scope: Scope {
            measures: vec![rotation],
            ..Scope::default()
        },
        rule: Rule::Quota {
            bound: Bound::Min,
            amount: Quota::Units(4.0),
            each_year: true,
            each_county: false,
        },
        place: Place::default(),
    });
    case
}

fn row(school: usize, year: usize, units: f64) -> PlanRow {
    PlanRow {
        school: SchoolIx::new(school),
        measure: MeasureIx::new(ROTATE),
        year: YearIx::new(year),
        units,
        fund: None,
        payments: Vec::new(),
        after: Money::ZERO,
    }
}

/// Rows of a rotation out of thin air: as many arrive as leave in each pool, at some schools both.
fn random_rows(case: &Case, rng: &mut ChaCha8Rng) -> Vec<PlanRow> {
    let mut pools: BTreeMap<(CountyIx, Stage), Vec<usize>> = BTreeMap::new();
    for (at, school) in case.schools.pairs() {
        let pool = pools.entry((school.county, school.stage)).or_default();
        pool.push(at.at());
    }
    let mut sides: BTreeMap<(usize, usize), [f64; 2]> = BTreeMap::new();
    for year in 0..case.horizon.years {
        for pool in pools.values() {
            for _ in 0..rng.random_range(0..9) {
                for side in 0..2 {
                    let school = pool[rng.random_range(0..pool.len())];
                    sides.entry((year, school)).or_default()[side] += 1.0;
                }
            }
        }
    }
    let rows = sides
        .into_iter()
        .flat_map(|((year, school), [leave, come])| {
            [row(school, year, -leave), row(school, year, come)]
        });
    rows.collect()
}

/// Haversine formula, unlike the chord of the program.
fn great_circle(one: Position, other: Position) -> f64 {
    let half = |a: f64, b: f64| ((a - b).to_radians() / 2.0).sin().powi(2);
    let across = one.latitude.to_radians().cos() * other.latitude.to_radians().cos();
    let h = half(one.latitude, other.latitude) + across * half(one.longitude, other.longitude);
    let km = 2.0 * 6371.0088 * h.sqrt().asin();
    (km * 1000.0).round() / 1000.0
}

fn km(case: &Case, from: usize, to: usize) -> Option<f64> {
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
fn rank(case: &Case, from: usize, to: usize) -> (bool, f64, usize, usize) {
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
fn by_force(
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

/// Posts by school, of one year and of all pools.
type Posts = BTreeMap<(YearIx, CountyIx, Stage), [Vec<usize>; 2]>;

fn posts(case: &Case, rows: &[PlanRow]) -> Posts {
    let mut posts = Posts::new();
    for row in rows.iter().filter(|row| row.measure.at() == ROTATE) {
        let school = &case.schools[row.school];
        let pool = (row.year, school.county, school.stage);
        let side = &mut posts.entry(pool).or_default()[usize::from(row.units > 0.0)];
        side.extend(std::iter::repeat_n(
            row.school.at(),
            row.units.abs() as usize,
        ));
    }
    posts
}

/// What holds of the moves of any rows.
fn obeys_the_laws(case: &Case, rows: &[PlanRow], found: &Moves) {
    let mut sums: BTreeMap<(SchoolIx, YearIx), [f64; 2]> = BTreeMap::new();
    for row in rows.iter().filter(|row| row.measure.at() == ROTATE) {
        let side = usize::from(row.units > 0.0);
        sums.entry((row.school, row.year)).or_default()[side] += row.units.abs();
    }
    for one in &found.list {
        assert_ne!(one.from, one.to, "{}", case.name);
        assert!(one.units >= 1.0 && one.units.fract() == 0.0);
        let [from, to] = [one.from, one.to].map(|at| &case.schools[at]);
        assert_eq!((from.county, from.stage), (to.county, to.stage));
        assert_eq!(one.km, km(case, one.from.at(), one.to.at()));
        let given = !from.township.is_empty() && !to.township.is_empty();
        assert_eq!(
            one.same_township,
            given.then(|| from.township == to.township)
        );
        sums.entry((one.from, one.year)).or_default()[0] -= one.units;
        sums.entry((one.to, one.year)).or_default()[1] -= one.units;
    }
    for one in &found.unpaired {
        sums.entry((one.school, one.year)).or_default()[0] -= one.leaving;
        sums.entry((one.school, one.year)).or_default()[1] -= one.arriving;
    }
    for (at, left) in sums {
        assert_eq!(left, [0.0; 2], "{}: {at:?}", case.name);
    }
    let order = |one: &Move| {
        let place = rank(case, one.from.at(), one.to.at());
        (one.year, one.measure, place)
    };
    assert!(
        found
            .list
            .is_sorted_by(|one, next| order(one) < order(next))
    );
}

fn is_as_by_force(case: &Case, rows: &[PlanRow], found: &Moves) {
    for ((year, county, stage), [leave, come]) in posts(case, rows) {
        let here = |one: &&Move| {
            let to = &case.schools[one.to];
            (one.year, to.county, to.stage) == (year, county, stage)
        };
        let moved = found.list.iter().filter(here);
        let moved: BTreeMap<(usize, usize), f64> = moved
            .map(|one| ((one.from.at(), one.to.at()), one.units))
            .collect();
        assert_eq!(moved, by_force(case, leave, come), "{}", case.name);
    }
}

#[test]
fn pairs_are_made_in_their_order_as_by_brute_force() {
    let (mut moved, mut alone) = (0, 0);
    for seed in 0..150 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut rows = random_rows(&case, rng);
        let found = moves(&case, &rows);
        obeys_the_laws(&case, &rows, &found);
        is_as_by_force(&case, &rows, &found);
        rows.shuffle(rng);
        assert_eq!(
            found,
            moves(&case, &rows),
            "the order of rows is irrelevant"
        );
        moved += found.list.len();
        alone += found.unpaired.len();
    }
    assert!(moved > 500 && alone > 10, "{moved} moves, {alone} alone");
}

#[test]
fn what_does_not_balance_is_left_over_and_counted() {
    for seed in 0..40 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let mut rows = random_rows(&case, rng);
        rows.retain(|_| rng.random_bool(0.7));
        let found = moves(&case, &rows);
        obeys_the_laws(&case, &rows, &found);
        is_as_by_force(&case, &rows, &found);
    }
}

/// The plan's moves; `None` where no plan keeps all rules.
fn planned(case: &Case) -> Option<(Vec<PlanRow>, Moves)> {
    let answer = solve(case, &Options::default());
    match answer.verdict {
        Verdict::Impossible { .. } | Verdict::Undecided { .. } => None,
        _ => {
            let rows = answer.plan.expect("a plan").rows;
            let found = moves(case, &rows);
            Some((rows, found))
        }
    }
}

#[test]
fn moves_of_plans_add_up_to_their_rows() {
    let (mut moved, mut swapped) = (0, 0);
    for seed in 0..30 {
        for case in [located(seed), exchanging(seed)] {
            let Some((rows, found)) = planned(&case) else {
                continue;
            };
            obeys_the_laws(&case, &rows, &found);
            is_as_by_force(&case, &rows, &found);
            moved += found.list.len();
            let takes: Vec<_> = rows.iter().filter(|row| row.units < 0.0).collect();
            let also_gets = |one: &&&PlanRow| {
                rows.iter().any(|row| {
                    let at = |row: &PlanRow| (row.school, row.year, row.measure);
                    at(row) == at(one) && row.units > 0.0
                })
            };
            swapped += takes.iter().filter(also_gets).count();
        }
    }
    assert!(moved > 60 && swapped > 30, "{moved} moves, {swapped} swap");
}

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
            assert_eq!(home.is_some_and(|home| serves.contains(&home)), false);
            assert_eq!(home.is_none(), serves.contains(&2), "away to the end");
        }
    }
}

#[test]
fn what_does_not_happen_is_taken_out_on_both_sides() {
    for seed in 0..60 {
        let case = located(seed);
        let rng = &mut ChaCha8Rng::seed_from_u64(seed);
        let rows = random_rows(&case, rng);
        let list = moves(&case, &rows).list;
        let planned: f64 = list.iter().map(|one| one.units).sum();
        let share = f64::from(rng.random_range(0..=20)) / 20.0;
        let part = TakeUp::of(&case, &rows, share);
        assert_eq!(part.planned, planned);
        assert_eq!(part.moving, (share * planned + 1e-6).floor());
        // Rows made anew from the moves that stay, each year losing the end of its list only.
        let mut rest = Vec::new();
        let mut before = (0.0, 0.0);
        for year in list.chunk_by(|one, next| one.year == next.year) {
            before.0 += year.iter().map(|one| one.units).sum::<f64>();
            let kept = (share * before.0 + 1e-6).floor();
            let mut left = kept - before.1;
            before.1 = kept;
            for one in year {
                let units = one.units.min(left);
                left -= units;
                rest.push(row(one.from.at(), one.year.at(), -units));
                rest.push(row(one.to.at(), one.year.at(), units));
            }
        }
        assert_eq!(part.outcome.gap_after, Outcome::new(&case, &rest).gap_after);
        let all = TakeUp::of(&case, &rows, 1.0);
        assert_eq!(all.outcome.gap_after, Outcome::new(&case, &rows).gap_after);
        assert_eq!((all.moving, all.unpaid), (planned, Money::ZERO));
        let none = TakeUp::of(&case, &rows, 0.0);
        assert_eq!(none.outcome.gap_after, none.outcome.gap_before);
        let rotation = MeasureIx::new(ROTATE);
        let years = |one: &Move| {
            let paid = case.paid(rotation, one.year);
            paid.filter(|&year| year < case.horizon.years).count() as f64
        };
        let allowances = list
            .iter()
            .map(|one| 6_000.0 * years(one) * one.units)
            .sum();
        assert_eq!(none.unpaid, Money::from_main(allowances));
    }
}

#[test]
fn a_plan_does_not_depend_on_the_part_of_its_moves_asked_about() {
    let mut asked_about = 0;
    for seed in 0..10 {
        let case = located(seed);
        let with = Options {
            take_up: Some(0.5),
            ..Options::default()
        };
        let [plain, with] = [Options::default(), with].map(|how| solve(&case, &how).plan);
        let (plain, with) = (plain.expect("a plan"), with.expect("a plan"));
        assert_eq!(plain.rows, with.rows);
        assert!(plain.take_up.is_none());
        let part = with.take_up.expect("asked for");
        let own = TakeUp::of(&case, &with.rows, 0.5);
        assert_eq!(part.outcome.gap_after, own.outcome.gap_after);
        asked_about += usize::from(part.planned > part.moving);
    }
    assert!(asked_about > 3, "{asked_about}");
}
