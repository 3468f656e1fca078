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
    let none = junheng(&none);
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
