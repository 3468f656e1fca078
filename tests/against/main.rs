//! `junheng against` as a planner runs it, and what it says checked by other ways of finding it out.

#[path = "../common/mod.rs"]
mod common;
mod laws;

use std::path::Path;
use std::process::{Command, Output};

use junheng::case::{Case, Change, Overlay};
use junheng::plan::{Options, continuous, solve};
use junheng::read::read_case;
use serde_json::Value;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

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

fn inside(folder: &Path, name: &str) -> String {
    folder.join(name).display().to_string()
}

/// A case with the money of every fund scaled.
fn scaled(case: &Case, factor: f64) -> Case {
    let change = Change::Fund { fund: None, factor };
    let overlay = Overlay {
        name: String::new(),
        title: String::new(),
        changes: vec![change],
    };
    overlay.apply(case)
}

/// The smallest gap of a case, before whole units.
fn smallest(case: &Case) -> f64 {
    let found = continuous(case, &Options::default()).expect("an optimum");
    found.proof.bound + found.form.untouched()
}

#[test]
fn what_the_county_saves_holds_when_found_out_otherwise() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    let asked = run(&[
        "against", COUNTY, "pro-rata", "--out", &out, "--json", "--quiet",
    ]);
    ended(&asked, 0);
    let found = json(&asked);
    // Both plans made by rules keep every rule of the case, by the audit of their tables alone.
    for file in ["pro-rata.csv", "rule.csv"] {
        ended(
            &run(&["audit", COUNTY, &inside(place.path(), file), "--quiet"]),
            0,
        );
    }
    let theirs = number(&found["theirs"]["gap"]);
    let (ours, bound) = (number(&found["ours"]["gap"]), number(&found["bound"]));
    assert!(bound <= ours && ours < theirs, "{bound} {ours} {theirs}");
    // The same money less the share: solved anew, from cold.
    let case = read_case(Path::new(COUNTY)).case.expect("a case");
    let same = &found["same_gap"];
    let impossible = number(&same["impossible_with_share"]);
    assert!(
        smallest(&scaled(&case, impossible)) > theirs,
        "{impossible}"
    );
    let least = number(&same["continuous_share"]);
    assert!(smallest(&scaled(&case, least)) <= theirs * (1.0 + 1e-6));
    assert!(least - impossible <= 1e-3);
    let share = number(&same["whole_units"]["share"]);
    assert!(share >= least && share < 1.0, "{share} of {least}");
    let plan = solve(&scaled(&case, share), &Options::default());
    let gap = plan.plan.expect("a plan").outcome.gap_after;
    assert!(gap <= theirs * (1.0 + 1e-9), "{gap} with {share}");
    // A rule is no optimum, and no guess: it is better than pro rata.
    let rule = &found["rule"];
    let by_rule = number(&rule["plan"]["gap"]);
    assert!(bound <= by_rule && by_rule < theirs, "{by_rule}");
    let lines = rule["lines"].as_array().expect("lines");
    assert!((1..=30).contains(&lines.len()), "{lines:?}");
    // The table of schools adds up to both gaps.
    let mut table = csv::Reader::from_path(inside(place.path(), "against.csv")).expect("a table");
    let mut sums = [0.0; 2];
    for row in table.records() {
        let row = row.expect("a row");
        for (sum, at) in sums.iter_mut().zip([7, 8]) {
            *sum += row[at].parse::<f64>().expect("a gap");
        }
    }
    assert!((sums[0] - theirs).abs() <= 1e-6 * theirs, "{sums:?}");
    assert!((sums[1] - ours).abs() <= 1e-6 * ours, "{sums:?}");
}

/// README of the case: 81, 159, 448 and 38 books and 3, 2, 3 and 1 kits are lacking, 32,520 yuan in all; there are 22,600.
/// At 67 % schools have got 2, 1, 2 and no kits, which are 10,000 yuan; at 87 % 70, 138, 389 and 33 books, 12,600 yuan.
#[test]
fn pro_rata_of_five_schools_is_what_a_hand_finds() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    let asked = run(&[
        "against", FIVE, "pro-rata", "--out", &out, "--json", "--quiet",
    ]);
    ended(&asked, 0);
    let text = std::fs::read_to_string(inside(place.path(), "pro-rata.csv")).expect("a table");
    let mut table = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
    let mut got: Vec<(String, String, u32)> = Vec::new();
    for row in table.records() {
        let row = row.expect("a row");
        if !row[11].is_empty() {
            got.push((
                row[3].into(),
                row[11].into(),
                row[14].parse().expect("units"),
            ));
        }
    }
    let expected = [
        ("S1", "buy-books", 70),
        ("S2", "buy-books", 138),
        ("S4", "buy-books", 389),
        ("S5", "buy-books", 33),
        ("S1", "buy-kits", 2),
        ("S3", "buy-kits", 1),
        ("S4", "buy-kits", 2),
    ];
    let expected = expected.map(|(school, measure, units)| (school.into(), measure.into(), units));
    assert_eq!(got, expected);
    // Kits for schools of 50 pupils or more, and then books for all: the optimum itself, as two lines.
    let found = json(&asked);
    assert!(number(&found["rule"]["over_best"]).abs() < 1e-6);
    assert_eq!(found["rule"]["lines"].as_array().map(Vec::len), Some(2));
    assert_eq!(found["rule"]["lines"][0]["least_pupils"], 50);
}

#[test]
fn a_plan_saves_nothing_against_itself() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["solve", FIVE, "--out", &out, "--quiet"]), 0);
    let plan = inside(place.path(), "plan.csv");
    let asked = run(&["against", FIVE, &plan, "--json", "--quiet"]);
    ended(&asked, 0);
    let found = json(&asked);
    assert_eq!(found["theirs"]["gap"], found["ours"]["gap"]);
    assert_eq!(found["theirs"]["name"], "plan.csv");
    assert!(number(&found["same_gap"]["impossible_with_share"]) > 0.998);
    assert_eq!(number(&found["same_gap"]["whole_units"]["share"]), 1.0);
    let told = run(&["against", FIVE, &plan, "--lang", "en", "--quiet"]);
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(
        text.contains("0 schools with less gap, 0 with more and 5 with the same"),
        "{text}"
    );
    // A share that is enough is rounded up and one that is not down, so that they never read the same.
    assert!(text.contains("100% of every fund is enough"), "{text}");
    assert!(text.contains("with 99.9% of every fund no plan"), "{text}");
}

#[test]
fn a_plan_of_nothing_needs_no_money_and_none_is_proven_needed() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["solve", FIVE, "--out", &out, "--quiet"]), 0);
    let plan = inside(place.path(), "plan.csv");
    let text = std::fs::read_to_string(&plan).expect("a plan");
    let header = text.lines().next().expect("a header");
    std::fs::write(&plan, format!("{header}\n")).expect("written");
    for (lang, none, proven) in [
        ("zh", "不花钱", "只有 0%"),
        ("en", "without any money", "with 0%"),
    ] {
        let told = run(&["against", FIVE, &plan, "--lang", lang, "--quiet"]);
        ended(&told, 0);
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(text.contains(none) && !text.contains(proven), "{text}");
    }
}

#[test]
fn a_plan_that_breaks_rules_is_compared_and_its_breaches_are_told() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["solve", FIVE, "--out", &out, "--quiet"]), 0);
    let plan = inside(place.path(), "plan.csv");
    let text = std::fs::read_to_string(&plan).expect("a plan");
    // Two kits more than are paid for.
    let tampered = text.replacen(
        "buy-kits,购置科学实验箱,2026,3,",
        "buy-kits,购置科学实验箱,2026,5,",
        1,
    );
    assert_ne!(text, tampered, "the plan has a row to tamper with");
    std::fs::write(&plan, tampered).expect("written");
    let asked = run(&["against", FIVE, &plan, "--json", "--quiet"]);
    ended(&asked, 5);
    let audit = &json(&asked)["theirs"]["audit"];
    assert_eq!(audit["kept"], false);
    assert!(!audit["breaches"].as_array().expect("a list").is_empty());
    for (lang, word) in [("zh", "违反"), ("en", "breaks")] {
        let told = run(&["against", FIVE, &plan, "--lang", lang, "--quiet"]);
        ended(&told, 5);
        let text = String::from_utf8_lossy(&told.stdout).into_owned();
        assert!(text.contains(word), "{text}");
        let same = ["同样的资金和规定", "With the same money and rules"];
        assert!(same.iter().all(|same| !text.contains(same)), "{text}");
    }
}

#[test]
fn a_table_that_is_no_plan_is_refused() {
    let asked = run(&["against", FIVE, "no-such-plan.csv", "--quiet"]);
    ended(&asked, 1);
    let asked = run(&["against", FIVE, "--quiet"]);
    ended(&asked, 2);
}

#[test]
fn without_money_there_is_no_rule_to_publish() {
    let place = tempfile::tempdir().expect("a folder");
    let case = std::fs::read_to_string(Path::new(FIVE).join("case.toml")).expect("a case");
    let poor = case.replace("amounts = 22600", "amounts = 0");
    assert_ne!(case, poor);
    std::fs::write(place.path().join("case.toml"), poor).expect("written");
    std::fs::copy(
        Path::new(FIVE).join("schools.csv"),
        place.path().join("schools.csv"),
    )
    .expect("copied");
    let folder = place.path().display().to_string();
    let told = run(&["against", &folder, "pro-rata", "--lang", "en", "--quiet"]);
    ended(&told, 0);
    let text = String::from_utf8_lossy(&told.stdout).into_owned();
    assert!(text.contains("no line would close any gap"), "{text}");
    assert!(!text.contains("Where the money goes"), "{text}");
}

#[test]
fn threads_change_no_byte_of_any_file() {
    let written = |threads: &str| {
        let place = tempfile::tempdir().expect("a folder");
        let out = place.path().display().to_string();
        let asked = run(&[
            "against",
            FIVE,
            "pro-rata",
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
    assert_eq!(one.1.len(), 6);
    assert!(one == two, "one thread and two write different bytes");
}

#[test]
fn pro_rata_is_understood_however_it_is_written() {
    let asked = |name: &str| run(&["against", FIVE, name, "--json", "--quiet"]);
    let found = asked("pro-rata");
    ended(&found, 0);
    for name in ["prorata", "Pro_Rata", "按比例"] {
        assert_eq!(asked(name).stdout, found.stdout, "{name}");
    }
    let missing = run(&["against", FIVE, "no-such-plan.csv", "--lang", "en"]);
    ended(&missing, 1);
    let said = String::from_utf8_lossy(&missing.stderr).into_owned()
        + &String::from_utf8_lossy(&missing.stdout);
    assert!(
        said.contains("E102") && said.contains("from where you are"),
        "{said}"
    );
}
