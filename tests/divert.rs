//! Proposed diversions: as the README of `places` finds them by hand, as a planner runs the command, and as laws.

mod common;

use std::path::Path;
use std::process::{Command, Output};

use common::{With, county};
use junheng::case::balance::sizes;
use junheng::case::*;
use junheng::plan::diverting::{Places, Wanted, Why, movable, propose};
use junheng::read::read_case;
use junheng::words::*;
use serde_json::Value;

const PLACES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/places");
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .env("LC_ALL", "en_GB.UTF-8")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn told(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn shipped() -> Case {
    let read = read_case(Path::new(PLACES));
    read.case.expect("a sound case")
}

fn wanted(within: f64) -> Wanted {
    Wanted {
        since: YearIx::new(0),
        within,
        board_beyond: None,
        merge: Vec::new(),
        brings: Vec::new(),
        across: false,
    }
}

fn school(case: &Case, id: &str) -> SchoolIx {
    case.schools.find(|one| one.id == id).expect("a school")
}

/// (from, to, pupils) of all that is proposed.
fn moves(case: &Case, wanted: &Wanted) -> Vec<(String, String, f64)> {
    let found = propose(case, wanted).proposed;
    let id = |at: SchoolIx| case.schools[at].id.clone();
    found
        .iter()
        .map(|one| (id(one.diversion.from), id(one.diversion.to), one.pupils))
        .collect()
}

fn triple(from: &str, to: &str, pupils: f64) -> (String, String, f64) {
    (from.into(), to.into(), pupils)
}

#[test]
fn the_shipped_case_is_diverted_as_by_hand() {
    let case = shipped();
    let near = [
        triple("QX01", "QX02", 65.0),
        triple("QX06", "QX08", 30.0),
        triple("QX08", "QX02", 10.0),
    ];
    assert_eq!(moves(&case, &wanted(5.0)), near);
    let left = propose(&case, &wanted(5.0)).left;
    assert_eq!(
        (left.len(), left[0].school, left[0].pupils),
        (1, school(&case, "QX06"), 30.0)
    );
    assert_eq!(left[0].why, Why::NoPlaces(school(&case, "QX08"), 0));
    // Nobody is near enough of the primary school that is farthest away.
    let far = Wanted {
        merge: vec![school(&case, "QX04")],
        ..wanted(5.0)
    };
    assert_eq!(propose(&case, &far).left[0].why, Why::NobodyNear);
}

#[test]
fn who_is_diverted_fits_into_the_classes_that_are_there() {
    let case = shipped();
    let last = case.horizon.last();
    let above =
        |case: &Case| -> usize { sizes(case, last, None).iter().map(|one| one.above).sum() };
    assert_eq!(above(&case), 3);
    let read = read_case(Path::new(PLACES));
    let diverted = read
        .overlays
        .iter()
        .find(|one| one.name == "diverted")
        .expect("shipped");
    let changed = diverted.apply(&case);
    assert_eq!(above(&changed), 0, "no mean class is too large any more");
    let classes = |case: &Case, id: &str, section| case.classes(school(case, id), section, last);
    // 855 in the 19 classes that stay, 523 in the 12 that are there; 1,000 in 20.
    assert_eq!(classes(&changed, "QX01", Section::Primary), Some(19.0));
    assert_eq!(classes(&changed, "QX02", Section::Primary), Some(12.0));
    assert_eq!(classes(&changed, "QX06", Section::Junior), Some(20.0));
    // Beyond the places more classes are formed.
    let mut fuller = case.clone();
    fuller.divert(&Diversion {
        from: school(&case, "QX01"),
        to: school(&case, "QX02"),
        since: YearIx::new(0),
        pupils: Some(200.0),
        section: None,
        boards: false,
        brings: Vec::new(),
    });
    assert_eq!(
        classes(&fuller, "QX02", Section::Primary),
        Some(14.0),
        "610 pupils"
    );
}

#[test]
fn boarders_and_claims_to_aid_go_along_and_nobody_is_lost() {
    let case = shipped();
    let last = case.horizon.last();
    let sent = |pupils, boards| {
        let mut changed = case.clone();
        changed.divert(&Diversion {
            from: school(&case, "QX06"),
            to: school(&case, "QX07"),
            since: YearIx::new(1),
            pupils,
            section: None,
            boards,
            brings: Vec::new(),
        });
        changed
    };
    let boarders = |case: &Case, id| case.boarders(school(case, id), last).expect("known");
    let poor = |case: &Case, id| case.poor_of(school(case, id), Section::Junior, last);
    // 106 of 1,060 pupils: 42 of 420 boarders, 18 of 180 with a claim, 15 of 150 of both.
    let walk = sent(Some(106.0), false);
    assert!((boarders(&walk, "QX06") - 378.0).abs() < 1e-9);
    assert!((boarders(&walk, "QX07") - 182.0).abs() < 1e-9);
    assert_eq!(poor(&walk, "QX06"), Some((162.0, 135.0)));
    assert_eq!(poor(&walk, "QX07"), Some((128.0, 75.0)));
    let before = case.boarders(school(&case, "QX06"), YearIx::new(0));
    assert_eq!(walk.boarders(school(&case, "QX06"), YearIx::new(0)), before);
    // All 106 board there, the 18 with a claim among them.
    let board = sent(Some(106.0), true);
    assert!((boarders(&board, "QX07") - 246.0).abs() < 1e-9);
    assert_eq!(poor(&board, "QX07"), Some((128.0, 78.0)));
    // A school that closes has none left.
    let closed = sent(None, false);
    assert!(boarders(&closed, "QX06").abs() < 1e-9);
    assert!((boarders(&closed, "QX07") - 560.0).abs() < 1e-9);
    assert_eq!(poor(&closed, "QX07"), Some((290.0, 210.0)));
    // Other numbers of pupils in place of those of the table: all is made anew.
    let mut fewer = board.clone();
    fewer.put(school(&case, "QX06"), Quantity::Pupils, 530.0);
    assert!((boarders(&fewer, "QX07") - 246.0).abs() < 1e-9);
}

/// A generated county on a map, with places.
fn mapped(seed: u64) -> Case {
    let mut case = county(
        seed,
        With {
            enrolment: seed % 2 == 1,
            ..With::default()
        },
    );
    let schools: Vec<SchoolIx> = case.schools.ids().collect();
    for at in schools {
        let n = at.at() as u64 * 7 + seed * 13;
        let stated = &mut case.schools[at];
        stated.position = (n % 11 != 3).then_some(Position {
            latitude: 29.5 + (n % 17) as f64 / 250.0,
            longitude: 108.5 + (n % 23) as f64 / 250.0,
        });
        let most = |pupils: f64| (pupils * (0.6 + (n % 9) as f64 / 8.0)).round();
        stated.places = stated.pupils.map(|pupils| BySection {
            primary: most(pupils.primary),
            junior: most(pupils.junior),
        });
    }
    case.standard.sizes.school = Some(500.0);
    case
}

#[test]
fn pupils_go_to_another_county_only_where_that_is_asked_for() {
    let mut case = shipped();
    let one = moves(&case, &wanted(5.0));
    let far = case.counties.push(case.counties[CountyIx::new(0)].clone());
    let neighbour = school(&case, "QX02");
    case.schools[neighbour].county = far;
    let within = moves(&case, &wanted(5.0));
    let stays = [triple("QX01", "QX03", 65.0), triple("QX06", "QX08", 30.0)];
    assert_eq!(within, stays);
    let across = Wanted {
        across: true,
        ..wanted(5.0)
    };
    assert_eq!(moves(&case, &across), one);
    // Every county loses no fewer pupils without a place when both may help each other.
    for seed in 0..40 {
        let case = mapped(seed);
        let left = |across| -> f64 {
            let asked = Wanted {
                across,
                ..wanted(4.0)
            };
            let left = propose(&case, &asked).left;
            left.iter().map(|one| one.pupils).sum()
        };
        assert!(left(true) <= left(false) + 1e-9, "seed {seed}");
    }
}

#[test]
fn proposals_keep_to_places_distance_and_county() {
    let (mut proposed, mut merged, mut kept) = (0, 0, 0);
    for seed in 0..60 {
        let case = mapped(seed);
        let distances = Distances::of(&case);
        let small = case.schools.ids().filter(|&at| {
            case.pupils(at, YearIx::new(0))
                .is_some_and(|pupils| pupils < 120.0)
        });
        let asked = Wanted {
            merge: small.collect(),
            brings: movable(&case),
            ..wanted(4.0)
        };
        let found = propose(&case, &asked);
        let overlay = Overlay {
            name: String::new(),
            title: String::new(),
            changes: found
                .proposed
                .iter()
                .map(|one| Change::Divert(one.diversion.clone()))
                .collect(),
        };
        let changed = overlay.apply(&case);
        let (before, after) = (
            Places::of(&case, asked.since),
            Places::of(&changed, asked.since),
        );
        for one in &found.proposed {
            let (from, to) = (one.diversion.from, one.diversion.to);
            let km = distances.km(from, to).expect("known");
            assert!(km <= 4.0 && (km - one.km).abs() < 1e-12, "seed {seed}");
            assert_eq!(case.schools[from].county, case.schools[to].county);
            proposed += 1;
            merged += usize::from(one.diversion.pupils.is_none());
        }
        kept += found.left.len();
        for one in after.iter() {
            // Nobody is sent where there is no place, and nobody sent who has one.
            let was = before
                .at(one.school, one.section)
                .map_or(0, |one| one.over());
            assert!(one.over() <= was, "seed {seed}: {one:?}");
            let told = found.after.at(one.school, one.section).expect("told");
            let free = |places: &Places| places.free(one.school, one.section);
            let (found, told) = (
                (one.over(), free(&after)),
                (told.over(), free(&found.after)),
            );
            assert_eq!(found, told, "seed {seed}: {one:?}");
        }
        let all = |case: &Case| -> f64 {
            case.schools
                .ids()
                .filter_map(|at| case.pupils(at, case.horizon.last()))
                .sum()
        };
        assert!((all(&case) - all(&changed)).abs() < 1e-6);
    }
    assert!(
        proposed > 60 && merged > 15 && kept > 20,
        "{proposed} {merged} {kept}"
    );
}

#[test]
fn the_scenario_that_ships_is_what_the_command_writes() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    let asked = [
        "--within",
        "12",
        "--board-beyond",
        "6",
        "--merge-below",
        "50",
    ];
    let written = run(&[&["divert", PLACES, "--out", &out], &asked[..]].concat());
    assert_eq!(written.status.code(), Some(0), "{}", told(&written));
    let read = |path: &Path| std::fs::read_to_string(path).expect("written");
    let scenario = read(&place.path().join("scenarios/diverted.toml"));
    assert_eq!(
        scenario,
        read(&Path::new(PLACES).join("scenarios/diverted.toml"))
    );
    let csv = read(&place.path().join("divert.csv"));
    assert!(
        csv.contains("\nQX04,QX05,,,是,teachers；pe-arts,2026,高岭小学,石坝乡中心小学,46,7.228,"),
        "{csv}"
    );
    let places = read(&place.path().join("places.csv"));
    assert!(
        places.contains("\nQX01,青溪镇中心小学,小学,920,855,65,0,0,0\n"),
        "{places}"
    );
    let json: Value = serde_json::from_str(&read(&place.path().join("divert.json"))).expect("JSON");
    let solved = run(&["solve", PLACES, "-s", "diverted", "--json", "-q"]);
    let solved: Value = serde_json::from_slice(&solved.stdout).expect("JSON");
    let (after, found) = (&json["after"], &solved["certificate"]["continuous"]);
    let near = |one: &Value, other: &Value| {
        (one.as_f64().expect("a gap") - other.as_f64().expect("a gap")).abs() < 1e-3
    };
    assert!(near(&after["smallest_gap"], found), "{after} {found}");
    assert!(
        near(&after["gap_without_measures"], &solved["gap"]["before"]),
        "{after}"
    );
    // On top of others, however they are named.
    let on_top = run(&[
        "divert",
        PLACES,
        "-s",
        "no-sharing+diverted",
        "--out",
        &out,
        "-q",
    ]);
    assert_eq!(on_top.status.code(), Some(0), "{}", told(&on_top));
    let json: Value = serde_json::from_str(&read(&place.path().join("divert.json"))).expect("JSON");
    assert_eq!(
        json["proposed"].as_array().map(Vec::len),
        Some(0),
        "all have their places"
    );
    let on_top = run(&[
        "divert",
        PLACES,
        "-s",
        " no-sharing + no-sharing",
        "--out",
        &out,
        "-q",
    ]);
    assert_eq!(on_top.status.code(), Some(0), "{}", told(&on_top));
    let scenario = read(&place.path().join("scenarios/diverted.toml"));
    assert!(
        scenario.contains("include = [\"no-sharing\", \"no-sharing\"]"),
        "{scenario}"
    );
    // The same on any number of threads.
    let one = run(&[
        &["divert", PLACES, "--json", "-q", "--threads", "1"],
        &asked[..],
    ]
    .concat());
    let two = run(&[
        &["divert", PLACES, "--json", "-q", "--threads", "2"],
        &asked[..],
    ]
    .concat());
    assert_eq!(one.stdout, two.stdout);
}

#[test]
fn what_is_missing_or_wrong_is_said() {
    let positions = run(&["divert", FIVE]);
    assert_eq!(positions.status.code(), Some(1));
    assert!(
        told(&positions).contains("latitude"),
        "{}",
        told(&positions)
    );
    let school = run(&["divert", PLACES, "--merge", "QX99", "--lang", "zh"]);
    assert_eq!(school.status.code(), Some(1));
    assert!(
        told(&school).contains("没有学校“QX99”"),
        "{}",
        told(&school)
    );
    let year = run(&["divert", PLACES, "--since", "2031"]);
    assert_eq!(year.status.code(), Some(2));
    assert!(told(&year).contains("2026–2028"), "{}", told(&year));
    let far = run(&["divert", PLACES, "--within", "near", "--lang", "zh"]);
    assert_eq!(far.status.code(), Some(2));
    assert!(told(&far).contains("写公里数"), "{}", told(&far));
    let nobody = run(&["divert", PLACES, "--within", "0", "--lang", "zh", "-q"]);
    assert_eq!(nobody.status.code(), Some(0));
    assert!(told(&nobody).contains("没有已知距离"), "{}", told(&nobody));
}
