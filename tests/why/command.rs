//! `junheng why` as a planner runs it.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

fn talk(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

fn ended(output: &Output, code: i32) {
    let said = || format!("{}\n{}", out(output), talk(output));
    assert_eq!(output.status.code(), Some(code), "{}", said());
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

/// All of these stand in the text, in this order.
fn in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        let at = rest
            .find(line)
            .unwrap_or_else(|| panic!("no {line:?} (in order) in\n{text}"));
        rest = &rest[at + line.len()..];
    }
}

/// A copy of the five schools with a text of a file replaced by another.
fn copy(file: &str, from: &str, to: &str) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for name in ["case.toml", "schools.csv"] {
        let text = fs::read_to_string(Path::new(FIVE).join(name)).expect("the file");
        let text = match name == file {
            true => text.replacen(from, to, 1),
            false => text,
        };
        assert!(name != file || text.contains(to), "{to} in {file}");
        fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

const IMPOSSIBLE: &str = r#"
[[policy]]
id = "books-half"
name = "图书不少于两千册"
kind = "quota"
min = 2000
scope = { measures = ["buy-books"] }

[[fund]]
"#;

#[test]
fn why_says_the_reasons_of_five_schools_as_solved_by_hand() {
    let output = run(&["why", FIVE, "小学1", "--lang", "zh"]);
    ended(&output, 0);
    in_order(
        &out(&output),
        &[
            "小学1（S1）",
            "图书",
            "方案：2026年购置图书 36 册，教学装备专项 720 元",
            "仍缺：2026年 45 册",
            "合每人·项 160 元，正在截断线 160 元（教学装备专项2026年）",
            "本校排第 3；3 项得到安排，最后一项排第 3，最低的达到标准的 87.5%",
            "科学实验箱",
            "每套弥补 11.25 人·项，需 2,000 元，合每人·项 177.8 元，高于截断线 160 元",
            "单价由 2,000 元降到 1,800 元以下，或本需求的权重提高到 1.111 倍以上",
            "前面还有 4 项，共差 3,920 元",
        ],
    );
    let output = run(&["why", FIVE, "s1", "KITS", "--lang", "en"]);
    ended(&output, 0);
    in_order(
        &out(&output),
        &[
            "closes 11.25 pupil-standards a unit and costs 2,000 元: 177.8 元 per pupil-standard, above the cut-off 160 元",
            "a unit price below 1,800 元 (now 2,000 元), or a weight more than 1.111 times as large",
            "4 needs are nearer and lack 3,920 元",
        ],
    );
    assert!(
        !out(&output).contains("购置图书"),
        "only what was asked for"
    );
}

#[test]
fn why_tells_all_schools_in_short_and_writes_them_in_full() {
    let folder = tempfile::tempdir().expect("a folder");
    let place = folder.path().to_str().expect("UTF-8");
    let output = run(&["why", FIVE, "--lang", "en", "--out", place]);
    ended(&output, 0);
    in_order(
        &out(&output),
        &[
            "Cut-offs: the most that is paid for one pupil-standard",
            "160",
            "not short: 2, met: 3, met in part: 3, not served: 2",
            "Why needs stay short",
            "at the cut-off, beyond the water-fill",
            "Nearest to the cut-off",
            "小学1",
            "1,800 元",
        ],
    );
    let table = fs::read_to_string(folder.path().join("why.csv")).expect("why.csv");
    assert_eq!(table.lines().count(), 11, "{table}");
    assert!(table.contains("above-cut-off"), "{table}");
    let text = fs::read(folder.path().join("why.json")).expect("why.json");
    let found: Value = serde_json::from_slice(&text).expect("why.json is JSON");
    assert_eq!(found["needs"].as_array().map(Vec::len), Some(10));
    assert_eq!(found["prices_proven"], true);

    let output = run(&["why", FIVE, "小学1", "kits", "--json"]);
    ended(&output, 0);
    let need = &json(&output)["needs"][0];
    assert_eq!(need["cause"], "above-cut-off");
    assert_eq!(need["counted_as"], "limits");
    let of = |key: &str| need["offers"][0][key].as_f64().expect("a number");
    // Every sentence can be checked.
    assert!((of("money") / of("closes_next") - of("money_per_gap")).abs() < 1e-9);
    assert!((of("takes") - of("closes_next") - of("reduced_cost")).abs() < 1e-9);
    assert!((of("price_below") - 1800.0).abs() < 1e-3);
    let toll = &need["offers"][0]["tolls"][0];
    let worth = toll["uses"].as_f64().zip(toll["price"].as_f64());
    assert!(worth.is_some_and(|(uses, price)| (uses * price - of("takes")).abs() < 1e-9));
}

#[test]
fn why_asks_back_when_a_name_fits_none_or_several() {
    let output = run(&["why", FIVE, "小学", "--lang", "zh"]);
    ended(&output, 1);
    in_order(
        &talk(&output),
        &["“小学”可以指 5 个学校", "S1  小学1", "S5  小学5"],
    );
    let output = run(&["why", FIVE, "小学11", "--lang", "en"]);
    ended(&output, 1);
    assert!(
        talk(&output).contains("did you mean \"小学1\"?"),
        "{}",
        talk(&output)
    );
    let output = run(&["why", FIVE, "小学1", "garden", "--lang", "en"]);
    ended(&output, 1);
    assert!(
        talk(&output).contains("no resource \"garden\""),
        "{}",
        talk(&output)
    );
    let output = run(&["why", FIVE, "", "--lang", "en"]);
    ended(&output, 1);
    let output = run(&["why", "no-such-folder", "--lang", "en"]);
    ended(&output, 1);
}

#[test]
fn why_says_what_is_impossible_as_solve_does() {
    let case = copy("case.toml", "[[fund]]\n", IMPOSSIBLE);
    let case = case.path().to_str().expect("UTF-8");
    let why = run(&["why", case, "--lang", "zh"]);
    ended(&why, 4);
    let solve = run(&["solve", case, "--lang", "zh"]);
    // `solve` goes on to say how it can be repaired.
    let (why, solve) = (out(&why), out(&solve));
    let rest = solve.strip_prefix(why.trim_end());
    let rest = rest.unwrap_or_else(|| panic!("{why}\n{solve}"));
    assert!(rest.contains("怎样修复"), "{rest}");
}

#[test]
fn why_is_safe_with_names_from_anywhere() {
    let case = copy("schools.csv", "小学1", "=1+1");
    let folder = case.path().join("out");
    let (case, place) = (case.path().to_str(), folder.to_str());
    let (case, place) = (case.expect("UTF-8"), place.expect("UTF-8"));
    let output = run(&["why", case, "S1", "--lang", "en", "--out", place]);
    ended(&output, 0);
    let table = fs::read_to_string(folder.join("why.csv")).expect("why.csv");
    assert!(table.contains("'=1+1"), "{table}");
    let output = run(&["why", case, "\u{1b}[31mred", "--lang", "en"]);
    ended(&output, 1);
    assert!(!talk(&output).contains('\u{1b}'), "{}", talk(&output));
}
