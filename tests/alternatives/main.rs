//! `junheng alternatives` as a planner runs it: every plan is read back from its table and measured anew.

mod hand;
mod table;

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use table::Sheet;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");
const WISHES: [&str; 5] = [
    "fewest-schools",
    "fewest-moves",
    "smoothest-years",
    "least-money",
    "most-different",
];

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("LANG", "C")
        .output()
        .expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = || format!("{}\n{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}", said());
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

fn number(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("no number: {value}"))
}

/// The entry of a wish.
fn entry<'a>(found: &'a Value, wish: &str) -> &'a Value {
    let all = found["alternatives"].as_array().expect("a list");
    all.iter()
        .find(|one| one["wish"] == wish)
        .unwrap_or_else(|| panic!("no {wish}"))
}

fn inside(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

#[test]
fn every_alternative_of_the_county_keeps_what_it_says() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    let solved = run(&["solve", COUNTY, "--out", &out, "--quiet"]);
    ended(&solved, 0);
    let asked = run(&["alternatives", COUNTY, "--out", &out, "--json", "--quiet"]);
    ended(&asked, 0);
    let found = json(&asked);
    let reference = Sheet::read(&place.path().join("plan.csv"));
    let (bound, base) = (number(&found["bound"]), &found["reference"]);
    let base_gap = number(&base["gap"]);
    assert_eq!(reference.schools() as f64, number(&base["schools"]));
    let mut strictly = 0;
    let mut shown = Vec::new();
    for wish in WISHES {
        let one = entry(&found, wish);
        let file = inside(place.path(), one["plan"].as_str().expect(wish));
        ended(&run(&["audit", COUNTY, &file, "--quiet"]), 0);
        let sheet = Sheet::read(Path::new(&file));
        // At least a fifth of the money elsewhere, from the two tables alone.
        let moved = sheet.moved(&reference);
        assert!(moved >= 0.2, "{wish}: {moved}");
        let figures = &one["figures"];
        let said = number(&figures["elsewhere"]["share"]);
        assert!((said - moved).abs() < 1e-6, "{wish}: {said} for {moved}");
        // Near what it says it is near.
        let gap = number(&figures["gap"]);
        assert!(gap >= bound, "{wish}: {gap} below {bound}");
        let near = match one["result"].as_str() {
            Some("near-bound") => bound,
            Some("near-reference") => base_gap,
            other => panic!("{wish}: {other:?}"),
        };
        assert!(gap <= near * 1.01 * (1.0 + 1e-9), "{wish}: {gap} by {near}");
        // Its own wish, measured from the tables.
        let wished = |sheet: &Sheet| measured(wish, sheet, &reference);
        let (before, after) = (wished(&reference), wished(&sheet));
        assert!(after <= before, "{wish}: {before} → {after}");
        strictly += usize::from(after < before * (1.0 - 1e-6));
        // What is said of it is what its table says.
        assert_eq!(
            sheet.schools() as f64,
            number(&figures["schools"]),
            "{wish}"
        );
        assert_eq!(sheet.moves(), number(&figures["moves"]), "{wish}");
        shown.push((wish, near == bound, sheet));
    }
    none_is_better_by_anothers_wish(&shown, &reference);
    // The reference knows of whole units; what a wish gains before rounding may be lost by it.
    assert!(
        strictly >= WISHES.len(),
        "{strictly} wishes better the reference"
    );
    // Around a table that is kept whole there is a plan, and no worse a one.
    let kept = inside(place.path(), "kept.csv");
    table::without_lock(
        &place.path().join("plan-fewest-moves.csv"),
        Path::new(&kept),
    );
    let solved = run(&["solve", COUNTY, "--keep", &kept, "--json", "--quiet"]);
    ended(&solved, 0);
    let around = number(&json(&solved)["certificate"]["planned"]);
    let alone = number(&entry(&found, "fewest-moves")["figures"]["gap"]);
    assert!(around <= alone * (1.0 + 1e-9), "{around} > {alone}");
}

/// How far a plan is from a wish, from its table alone: the less the better.
fn measured(wish: &str, sheet: &Sheet, reference: &Sheet) -> f64 {
    match wish {
        "fewest-schools" => sheet.schools() as f64,
        "fewest-moves" => sheet.moves(),
        "smoothest-years" => sheet.unevenness(),
        "least-money" => sheet.money(),
        _ => 1.0 - sheet.moved(reference),
    }
}

/// What was found for one wish would have been taken for another if it served that better: of two plans that stand the
/// same the better one, and one near the reference alone before one near the bound where it is better by a twentieth.
fn none_is_better_by_anothers_wish(shown: &[(&str, bool, Sheet)], reference: &Sheet) {
    const ROUNDED: f64 = 1e-6;
    for (wish, near_bound, own) in shown {
        let own = measured(wish, own, reference);
        for (other_wish, other_near_bound, other) in shown {
            let other = measured(wish, other, reference);
            let taken_rightly = match (near_bound, other_near_bound) {
                (true, true) | (false, false) => own <= other * (1.0 + ROUNDED),
                (true, false) => other >= own * (0.95 - ROUNDED),
                (false, true) => own <= other * (0.95 + ROUNDED),
            };
            assert!(taken_rightly, "{wish} {own}: {other_wish} has {other}");
        }
    }
}

#[test]
fn threads_change_no_byte_of_any_file() {
    let written = |threads: &str| {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().display().to_string();
        let asked = run(&[
            "alternatives",
            FIVE,
            "--within",
            "5%",
            "--moving",
            "10%",
            "--out",
            &out,
            "--threads",
            threads,
            "--quiet",
        ]);
        ended(&asked, 0);
        let mut files: Vec<(String, Vec<u8>)> = std::fs::read_dir(place.path())
            .expect("a folder")
            .map(|entry| {
                let entry = entry.expect("an entry");
                let name = entry.file_name().to_string_lossy().into_owned();
                (name, std::fs::read(entry.path()).expect("a file"))
            })
            .collect();
        files.sort();
        (asked.stdout, files)
    };
    let (one, two) = (written("1"), written("2"));
    assert!(one.1.len() >= 5, "{:?}", one.1);
    assert!(one == two, "one thread and two write different bytes");
}

#[test]
fn a_plan_table_reads_the_same_in_either_language() {
    for (lang, word) in [
        ("zh", "近优备选方案"),
        ("en", "Alternatives nearly as good"),
    ] {
        let asked = run(&[
            "alternatives",
            FIVE,
            "--within",
            "5%",
            "--moving",
            "10%",
            "--lang",
            lang,
            "--quiet",
        ]);
        ended(&asked, 0);
        let text = String::from_utf8_lossy(&asked.stdout);
        assert!(text.contains(word), "{text}");
    }
}

#[test]
fn wishes_can_be_named_and_wrong_ones_are_refused() {
    let asked = run(&[
        "alternatives",
        FIVE,
        "--wish",
        "least-money",
        "--within",
        "5%",
        "--moving",
        "0%",
        "--json",
        "--quiet",
    ]);
    ended(&asked, 0);
    let found = json(&asked);
    assert_eq!(found["alternatives"].as_array().map(Vec::len), Some(1));
    assert_eq!(found["alternatives"][0]["wish"], "least-money");
    for wrong in [
        ["--wish", "cheapest"],
        ["--moving", "120%"],
        ["--within", "-1%"],
    ] {
        let [name, value] = wrong;
        let joined = format!("{name}={value}");
        ended(&run(&["alternatives", FIVE, &joined]), 2);
    }
}
