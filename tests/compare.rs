//! Scenarios side by side, as a planner asks for them: combinations, another base, winners and losers, dominated ones.

use std::collections::HashMap;
use std::fs;
use std::process::{Command, Output};

use serde_json::Value;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn talk(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("UTF-8")
}

fn scenarios(output: &Output) -> Vec<Value> {
    assert_eq!(output.status.code(), Some(0), "{}", talk(output));
    let data: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    data["scenarios"].as_array().expect("scenarios").clone()
}

fn figure(one: &Value, key: &str) -> f64 {
    one["figures"][key].as_f64().expect("a number")
}

#[test]
fn combinations_are_compared_with_the_base_that_was_named() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    let output = run(&[
        "compare",
        COUNTY,
        "-s",
        "budget-80,base+posts-frozen,prices-up",
        "-s",
        "posts-frozen",
        "--base",
        "prices-up",
        "--json",
        "--lang",
        "en",
        "--out",
        folder,
    ]);
    let all = scenarios(&output);
    let names: Vec<&str> = all
        .iter()
        .filter_map(|one| one["scenario"].as_str())
        .collect();
    assert_eq!(
        names,
        [
            "prices-up",
            "budget-80 + posts-frozen",
            "budget-80 + prices-up",
            "posts-frozen",
            "prices-up"
        ]
    );
    // The base again, as one of those that are compared with it.
    let (base, same) = (&all[0], &all[4]);
    assert_eq!(base["figures"], same["figures"]);
    assert_eq!(figure(same, "gap_change"), 0.0);

    let table = fs::read_to_string(place.path().join("comparison-schools.csv")).expect("the table");
    let mut reader = csv::Reader::from_reader(table.trim_start_matches('\u{feff}').as_bytes());
    let header = reader.headers().expect("a header").clone();
    assert_eq!(&header[6], "gap: prices-up");
    let mut sums: HashMap<usize, f64> = HashMap::new();
    let (mut better, mut rows) = (0, 0);
    for row in reader.records() {
        let row = row.expect("a row");
        rows += 1;
        for at in 6..row.len() {
            *sums.entry(at).or_default() += row[at].parse::<f64>().expect("a number");
        }
        let (gap, change): (f64, f64) = (
            row[6].parse().expect("a number"),
            row[7].parse().expect("a number"),
        );
        better += usize::from(change < -1e-6 * gap.max(1.0));
    }
    assert_eq!(rows, 117);
    let near = |one: f64, two: f64| (one - two).abs() < 1e-3;
    assert!(near(sums[&6], figure(base, "gap_by_base")));
    for at in 1..all.len() {
        let change = figure(&all[at], "gap_by_base") - figure(base, "gap_by_base");
        assert!(
            near(sums[&(6 + at)], change),
            "{at}: {} {change}",
            sums[&(6 + at)]
        );
    }
    assert_eq!(all[1]["figures"]["schools_better"], better);
}

#[test]
fn a_scenario_is_marked_when_another_leaves_less_for_no_more() {
    let output = run(&[
        "compare",
        COUNTY,
        "-s",
        "budget-80,base+prices-up,posts-frozen,base",
        "--json",
        "--lang",
        "en",
    ]);
    let all = scenarios(&output);
    let means = |one: &Value| ["gap_by_base", "spent", "posts"].map(|key| figure(one, key));
    let noticeable = |a: f64, b: f64| (a - b).abs() > 1e-6 * a.abs().max(b.abs());
    let mut marked = 0;
    for one in &all {
        let own = means(one);
        let better = |other: &&Value| {
            let other = means(other);
            let pairs = || other.iter().zip(&own);
            pairs().all(|(a, b)| a <= b || !noticeable(*a, *b))
                && pairs().any(|(a, b)| a < b && noticeable(*a, *b))
        };
        let found = all.iter().find(better);
        assert_eq!(
            one["dominated_by"].is_null(),
            found.is_none(),
            "{}",
            one["scenario"]
        );
        marked += usize::from(found.is_some());
    }
    assert!(marked > 0, "dearer building leaves more for the same money");
}

#[test]
fn fairness_that_was_asked_for_is_not_judged_by_gap_and_money_alone() {
    let district = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/district");
    let names = "base,even,even-mean,five-of-eight";
    let output = run(&["compare", district, "-s", names, "--json", "--lang", "en"]);
    // A limit on a mean of coefficients is never called best.
    assert_eq!(output.status.code(), Some(3), "{}", talk(&output));
    let data: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    let all = data["scenarios"].as_array().expect("scenarios").clone();
    let of = |name: &str| {
        all.iter()
            .find(|one| one["scenario"] == name)
            .expect("a run")
    };
    for name in ["even", "five-of-eight"] {
        assert!(of(name)["dominated_by"].is_null(), "{name}");
        assert_eq!(of(name)["fairer_than"], "base");
        assert_eq!(of(name)["fairness"].as_array().map(Vec::len), Some(1));
    }
    // What the base keeps without being asked is no reason to pay more.
    assert_eq!(of("even-mean")["dominated_by"], "base");
    assert!(of("even-mean")["fairer_than"].is_null());
    let output = run(&["compare", district, "-s", names, "--lang", "zh"]);
    let said = String::from_utf8_lossy(&output.stdout);
    assert!(said.contains("是公平的代价"), "{said}");
}

#[test]
fn what_takes_too_long_is_told_and_what_cannot_be_meant_refused() {
    let output = run(&[
        "compare",
        COUNTY,
        "-s",
        "prices-up",
        "--each",
        "0",
        "--lang",
        "en",
    ]);
    assert_eq!(output.status.code(), Some(3), "{}", talk(&output));
    let many = "budget-80,base,prices-up+".repeat(9) + "base";
    let output = run(&["compare", COUNTY, "-s", &many, "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
    assert!(
        talk(&output).contains("too many combinations"),
        "{}",
        talk(&output)
    );
    let output = run(&["compare", COUNTY, "--base", "nobody", "--lang", "en"]);
    assert_eq!(output.status.code(), Some(2));
}
