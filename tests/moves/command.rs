//! Moves as a planner reads them: `solve --out` and `solve --take-up`.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

/// The synthetic county, where teachers rotate.
const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
/// Five schools without a rotation.
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("LANG", "C")
        .output()
        .expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

fn ended(output: &Output, code: i32) {
    let said = || format!("{}\n{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}", said());
}

/// All of these stand in the text, in this order.
fn in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        let at = rest.find(line);
        let at = at.unwrap_or_else(|| panic!("no {line:?} (in order) in\n{text}"));
        rest = &rest[at + line.len()..];
    }
}

fn read(folder: &Path, file: &str) -> String {
    fs::read_to_string(folder.join(file)).expect("the file")
}

fn number(value: &Value) -> f64 {
    value.as_f64().expect("a number")
}

#[test]
fn a_part_of_the_moves_is_reckoned_with_beside_the_whole_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let [part, whole] = ["part", "whole"].map(|name| folder.path().join(name));
    let [part_path, whole_path] = [&part, &whole].map(|at| at.to_str().expect("UTF-8"));
    let english = ["solve", COUNTY, "--take-up", "80%", "--lang", "en"];
    let asked = run(&english);
    ended(&asked, 0);
    in_order(
        &text(&asked.stdout),
        &[
            "What remains short",
            "If only 80% of the moves happen",
            "160 of 200 posts move",
            "gap index: 615,095 when all happen",
            "short when 80% do",
            "buys nothing else here",
            "Which limits bind",
        ],
    );
    ended(
        &run(&["solve", COUNTY, "--take-up", "0.8", "--out", part_path]),
        0,
    );
    ended(&run(&["solve", COUNTY, "--out", whole_path]), 0);
    for file in ["plan.csv", "gaps.csv", "moves.csv"] {
        assert!(
            read(&part, file) == read(&whole, file),
            "{file} stays as it is"
        );
    }
    assert!(!read(&whole, "plan.md").contains("80%"));
    in_order(
        &read(&part, "plan.md"),
        &[
            "## 如果交流轮岗只落实 80%",
            "200 岗次中落实 160",
            "## 证明",
            "## 交流去向",
            "另有 82 条，见 moves.csv",
        ],
    );
    let [part, whole] = [part, whole].map(|at| read(&at, "plan.json"));
    let [part, whole] =
        [part, whole].map(|json| -> Value { serde_json::from_str(&json).expect("JSON") });
    assert!(whole.get("take_up").is_none());
    let take_up = &part["take_up"];
    let posts = part["moves"].as_array().expect("moves").iter();
    assert_eq!(
        number(&take_up["planned"]),
        posts.map(|one| number(&one["units"])).sum::<f64>()
    );
    assert_eq!(number(&take_up["moving"]), 160.0);
    assert_eq!(take_up["gap"]["plan"], part["gap"]["after"]);
    let [before, then, after] = [
        &part["gap"]["before"],
        &take_up["gap"]["then"],
        &part["gap"]["after"],
    ]
    .map(number);
    assert!(before > then && then > after, "{before} {then} {after}");
}

#[test]
fn the_table_of_moves_adds_up_to_the_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    ended(
        &run(&[
            "solve",
            COUNTY,
            "--out",
            folder.path().to_str().expect("UTF-8"),
        ]),
        0,
    );
    let moves = read(folder.path(), "moves.csv");
    let moves = moves
        .strip_prefix('\u{feff}')
        .expect("Chinese tables carry a byte order mark");
    let mut table = csv::Reader::from_reader(moves.as_bytes());
    let header = table.headers().expect("a header").clone();
    let column = |name: &str| {
        header
            .iter()
            .position(|one| one == name)
            .expect("the column")
    };
    let [from, to, posts, same] = ["派出学校代码", "接收学校代码", "数量", "同乡镇"].map(column);
    let townships = [column("派出乡镇"), column("接收乡镇")];
    let mut sums = std::collections::BTreeMap::new();
    for row in table.records() {
        let row = row.expect("a row");
        let units: f64 = row[posts].parse().expect("posts");
        *sums.entry(row[from].to_string()).or_insert(0.0) -= units;
        *sums.entry(row[to].to_string()).or_insert(0.0) += units;
        let [one, other] = townships.map(|at| &row[at]);
        assert_eq!(&row[same], if one == other { "是" } else { "否" });
    }
    let answer: Value = serde_json::from_str(&read(folder.path(), "plan.json")).expect("JSON");
    for row in answer["rows"].as_array().expect("rows") {
        if ["rotate-teachers", "rotate-backbone"]
            .contains(&row["measure"].as_str().expect("a code"))
        {
            let school = row["school"].as_str().expect("a code").to_string();
            *sums.entry(school).or_insert(0.0) -= number(&row["units"]);
        }
    }
    assert!(sums.len() > 30, "{}", sums.len());
    assert!(sums.values().all(|&left| left == 0.0), "{sums:?}");
}

#[test]
fn a_part_of_the_moves_lies_between_none_and_all() {
    for wrong in ["1.01", "-0.1", "120%", "most", "nan", ""] {
        let refused = run(&[
            "solve",
            COUNTY,
            &format!("--take-up={wrong}"),
            "--lang",
            "en",
        ]);
        ended(&refused, 2);
        let said = text(&refused.stderr);
        assert!(said.contains("--take-up"), "{said}");
    }
    let no_rotation = run(&["solve", FIVE, "--take-up", "0", "--lang", "zh"]);
    ended(&no_rotation, 0);
    in_order(
        &text(&no_rotation.stdout),
        &["如果交流轮岗只落实 0%", "方案没有交流轮岗，结果不变"],
    );
}
