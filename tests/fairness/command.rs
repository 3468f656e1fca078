//! Fairness from the command line: by scenario and by flag, named in every output.

use std::process::{Command, Output};

use serde_json::Value;

const DISTRICT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/district");

fn junheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(["--quiet", "--color", "never"])
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn said(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned()
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("JSON")
}

#[test]
fn the_lowest_first_is_named_wherever_the_plan_is_shown() {
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().display().to_string();
    let run = junheng(&[
        "solve", DISTRICT, "--first", "leximin", "--lang", "en", "--out", &place,
    ]);
    assert_eq!(run.status.code(), Some(0));
    for text in [
        said(&run),
        std::fs::read_to_string(out.path().join("plan.md")).expect("the memo"),
    ] {
        assert!(text.contains("(leximin)"), "{text}");
        assert!(text.contains("the lowest school"), "{text}");
    }
    let plan = std::fs::read_to_string(out.path().join("plan.json")).expect("the plan");
    let plan: Value = serde_json::from_str(&plan).expect("JSON");
    let fairness = &plan["fairness"];
    assert_eq!(fairness["first"], "leximin");
    let schools = fairness["lowest"]["schools"].as_array().expect("schools");
    assert_eq!(schools.len(), 8);
    let level = |key: &str| {
        let levels = schools
            .iter()
            .map(|one| one[key].as_f64().expect("a level"));
        levels.fold(1.0, f64::min)
    };
    assert_eq!(level("before"), 0.0);
    // Five of six parts of what is asked: art rooms come in halves, and money ends there.
    assert!((level("divisible") - 0.833).abs() < 5e-4);
    assert!(level("planned") > 0.7);
    let zh = junheng(&["solve", DISTRICT, "-s", "lowest-first", "--lang", "zh"]);
    assert!(said(&zh).contains("先逐级提高最低的学校"));
}

#[test]
fn a_limit_on_differences_is_kept_and_one_on_their_mean_is_never_called_best() {
    let run = junheng(&["solve", DISTRICT, "-s", "even", "--json"]);
    assert_eq!(run.status.code(), Some(0));
    let differences = json(&run)["fairness"]["differences"].clone();
    let differences = differences.as_array().expect("a list");
    assert_eq!(differences.len(), 2);
    for one in differences {
        assert!(
            one["before"].as_f64() > Some(0.15) && one["after"].as_f64() <= Some(0.15),
            "{one}"
        );
    }
    let run = junheng(&["solve", DISTRICT, "-s", "even-mean", "--json"]);
    assert_eq!(run.status.code(), Some(3));
    let found = json(&run);
    assert_eq!(found["verdict"]["kind"], "stopped");
    assert_eq!(found["fairness"]["exact"], false);
    let kept = found["fairness"]["differences"].as_array().expect("a list");
    assert!(kept.iter().all(|one| one["after"].as_f64() <= Some(0.085)));
}

#[test]
fn what_stays_below_its_norm_is_told_school_by_school() {
    let run = junheng(&["solve", DISTRICT, "-s", "five-of-eight", "--json"]);
    assert_eq!(run.status.code(), Some(0));
    let found = json(&run);
    assert_eq!(found["verdict"]["kind"], "optimal");
    let checks = found["fairness"]["indicators"].as_array().expect("a list");
    assert_eq!(checks.len(), 8);
    for one in checks {
        let below = one["below"].as_array().expect("a list");
        assert!(one["met"].as_u64() >= Some(5) && below.len() <= 3, "{one}");
        let parts = below
            .iter()
            .map(|one| one["after"].as_f64().expect("a part"));
        assert!(parts.fold(1.0, f64::min) >= 0.7 - 1e-9, "{one}");
    }
    let school = checks
        .iter()
        .find(|one| {
            one["below"]
                .as_array()
                .is_some_and(|below| !below.is_empty())
        })
        .and_then(|one| one["school"].as_str())
        .expect("a school with something below");
    let why = junheng(&[
        "why",
        DISTRICT,
        school,
        "-s",
        "five-of-eight",
        "--lang",
        "en",
    ]);
    assert!(said(&why).contains("of 8 met"), "{}", said(&why));
    let zh = junheng(&["solve", DISTRICT, "-s", "five-of-eight", "--lang", "zh"]);
    assert!(said(&zh).contains("哪几项未达标，由程序逐校选定"));
}

/// A copy of the district with one scenario more.
fn with_scenario(text: &str) -> tempfile::TempDir {
    let copy = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(copy.path().join("scenarios")).expect("a folder");
    for file in ["case.toml", "schools.csv"] {
        std::fs::copy(format!("{DISTRICT}/{file}"), copy.path().join(file)).expect("a copy");
    }
    std::fs::write(copy.path().join("scenarios/own.toml"), text).expect("a scenario");
    copy
}

#[test]
fn indicators_that_money_does_not_reach_are_told_impossible_and_repaired() {
    let rule = "title = \"own\"\n[[policy]]\nid = \"own\"\nname = \"the standard's own rule\"\nkind = \"indicators\"\n";
    let copy = with_scenario(rule);
    let case = copy.path().display().to_string();
    let run = junheng(&["solve", &case, "-s", "own", "--lang", "en", "--json"]);
    assert_eq!(run.status.code(), Some(4));
    let found = json(&run);
    let rules = found["verdict"]["rules"].as_array().expect("rules");
    let named = |one: &&Value| {
        one["rule"]
            .as_str()
            .is_some_and(|name| name.contains("own rule"))
    };
    let own = rules.iter().find(named).expect("the rule is named");
    assert_eq!(own["place"], "scenarios/own.toml:2:1");
    assert!(rules.len() > 1, "money is part of it: {rules:?}");
    let repairs = found["verdict"]["repairs"].as_array().expect("repairs");
    assert!(repairs.len() >= 2, "{repairs:?}");
    // Compared with others it is told as well.
    let run = junheng(&["compare", &case, "--lang", "en"]);
    assert!(said(&run).contains("the standard's own rule"));
}

#[test]
fn the_price_of_equity_rises_and_ends_where_no_plan_is_possible() {
    for (along, at) in [("cv", "0.16,0.13,0.11,0.05"), ("floor", "60%,70%,83%,90%")] {
        let out = tempfile::tempdir().expect("a folder");
        let place = out.path().display().to_string();
        let run = junheng(&[
            "price-of-equity",
            DISTRICT,
            "--along",
            along,
            "--at",
            at,
            "--json",
            "--out",
            &place,
        ]);
        assert_eq!(
            run.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&run.stderr)
        );
        let found = json(&run);
        let points = found["points"].as_array().expect("points");
        let mut before = found["free"]["gap"].as_f64().expect("a gap");
        for point in &points[..3] {
            assert_eq!(point["state"], "proven", "{point}");
            let gap = point["gap"].as_f64().expect("a gap");
            assert!(gap >= before - 1e-6 * before, "{point}");
            before = gap;
        }
        assert_eq!(points[3]["state"], "impossible", "{along}");
        let svg = std::fs::read_to_string(out.path().join("equity.svg")).expect("the chart");
        assert!(svg.starts_with("<svg"));
        assert!(out.path().join("equity.csv").exists());
    }
    // Where no limit can be kept there is nothing to draw, and no empty picture.
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().display().to_string();
    let none = ["price-of-equity", DISTRICT, "--at", "0.01", "--out", &place];
    let mut none_said = Command::new(env!("CARGO_BIN_EXE_junheng"));
    let none = none_said.args(none).output().expect("the program runs");
    assert_eq!(none.status.code(), Some(0));
    assert!(out.path().join("equity.csv").exists());
    assert!(!out.path().join("equity.svg").exists());
    let told = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(told.contains("equity.svg"), "{told}");
    let wrong = junheng(&["price-of-equity", DISTRICT, "--along", "luck"]);
    assert_eq!(wrong.status.code(), Some(2));
    let zh = junheng(&["price-of-equity", DISTRICT, "--at", "0.16", "--lang", "zh"]);
    assert!(said(&zh).contains("公平的代价"));
}
