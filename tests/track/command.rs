//! `junheng track` as a planner runs it on the bundled cases.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use serde_json::Value;
use tempfile::TempDir;

pub const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
pub const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

pub fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("LANG", "C")
        .output()
        .expect("the command starts")
}

pub fn talk(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

pub fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

pub fn ended(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}\n{}",
        out(output),
        talk(output)
    );
}

pub fn path(folder: &TempDir, name: &str) -> String {
    folder.path().join(name).to_string_lossy().into_owned()
}

/// A bundled case's plan as it ships, and the blank table of it, in a folder.
pub fn begun(case: &str) -> (TempDir, String, String) {
    let folder = tempfile::tempdir().expect("a folder");
    let plan = format!("{case}/expected/plan.csv");
    let done = run(&[
        "track",
        case,
        &plan,
        "--out",
        &path(&folder, ""),
        "--lang",
        "zh",
    ]);
    ended(&done, 0);
    let blank = path(&folder, "actual.csv");
    (folder, plan, blank)
}

/// A table with some of its cells filled in: for each record, by the headers' names.
pub fn filled(table: &str, fill: &dyn Fn(&[String], &mut Vec<String>)) -> String {
    let text = table.trim_start_matches('\u{feff}');
    let mut reader = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.as_bytes());
    let mut records = reader.records().map(|record| {
        let record = record.expect("a record");
        record.iter().map(str::to_string).collect::<Vec<_>>()
    });
    let header = records.next().expect("headers");
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(&header).expect("headers");
    for mut record in records {
        fill(&header, &mut record);
        writer.write_record(&record).expect("a record");
    }
    String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8")
}

pub fn at(header: &[String], name: &str) -> usize {
    header
        .iter()
        .position(|one| one.starts_with(name))
        .expect("the column")
}

/// Everything that begins in the first two years taken up as planned, money left blank.
fn as_planned(blank: &str) -> String {
    filled(blank, &|header, record| {
        if record[at(header, "年份")].as_str() <= "2027" {
            record[at(header, "已落实数量")] = record[at(header, "计划数量")].clone();
        }
    })
}

/// Half of it, rotations as planned.
fn half(blank: &str) -> String {
    filled(blank, &|header, record| {
        if record[at(header, "年份")].as_str() <= "2027" {
            let planned: f64 = record[at(header, "计划数量")].parse().expect("a number");
            let rotates = record[at(header, "措施代码")].starts_with("rotate");
            let taken = match rotates {
                true => planned,
                false if record[at(header, "单位")] == "全套" => {
                    (planned * 50.0).floor() / 100.0
                }
                false => (planned / 2.0).floor(),
            };
            record[at(header, "已落实数量")] = taken.to_string();
        }
    })
}

fn followed(
    folder: &TempDir,
    plan: &str,
    table: &str,
    to: &str,
    more: &[&str],
) -> (PathBuf, Output) {
    let (actual, out) = (path(folder, "filled.csv"), folder.path().join(to));
    fs::write(&actual, table).expect("the table is written");
    let to = out.to_string_lossy().into_owned();
    let mut arguments = vec!["track", COUNTY, plan, actual.as_str(), "--out", to.as_str()];
    arguments.extend(more);
    let done = run(&arguments);
    (out, done)
}

const FILES: [&str; 5] = [
    "track.csv",
    "acceptance.csv",
    "track.json",
    "track.md",
    "replan.csv",
];

fn files(folder: &Path) -> Vec<Vec<u8>> {
    FILES
        .iter()
        .map(|name| fs::read(folder.join(name)).expect("the file"))
        .collect()
}

#[test]
fn the_blank_table_is_for_excel_and_comes_back_as_it_went() {
    let (folder, plan, blank) = begun(COUNTY);
    let text = fs::read_to_string(&blank).expect("the table");
    assert!(text.starts_with('\u{feff}'));
    assert!(
        text.lines()
            .nth(1)
            .is_some_and(|line| line.contains("云岭县")),
        "{text:.300}"
    );
    let rows = text.lines().count();
    let planned = fs::read_to_string(&plan).expect("the plan");
    let measures = planned
        .lines()
        .filter(|line| line.contains("年12月底前"))
        .count();
    assert_eq!(rows, measures + 1);
    // Nothing entered and no year named: it cannot be told what is late.
    let done = run(&["track", COUNTY, &plan, &blank, "--lang", "zh"]);
    ended(&done, 1);
    assert!(talk(&done).contains("E622"), "{}", talk(&done));
    let done = run(&[
        "track", COUNTY, &plan, &blank, "--as-of", "2026", "--lang", "en", "--json",
    ]);
    ended(&done, 0);
    assert!(!talk(&done).contains("W6"), "{}", talk(&done));
    let found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let late = |one: &Value| one["late_not_allocated"].as_f64() == one["planned"].as_f64();
    assert!(
        found["measures"]
            .as_array()
            .expect("measures")
            .iter()
            .all(late)
    );
    // Filled tables are not overwritten.
    let again = run(&[
        "track",
        COUNTY,
        &plan,
        "--out",
        &path(&folder, ""),
        "--lang",
        "en",
    ]);
    ended(&again, 2);
    assert_eq!(fs::read_to_string(&blank).expect("the table"), text);
}

#[test]
fn a_plan_that_was_followed_stands_to_the_last_row() {
    let (folder, plan, blank) = begun(COUNTY);
    let table = as_planned(&fs::read_to_string(blank).expect("the table"));
    let (out, done) = followed(&folder, &plan, &table, "out", &["--lang", "zh"]);
    ended(&done, 0);
    assert!(out.join("track.md").exists());
    let found: Value =
        serde_json::from_slice(&fs::read(out.join("track.json")).expect("a file")).expect("JSON");
    assert_eq!(found["as_of"], 2027);
    assert_eq!(found["replan"]["plan_stands"], true);
    assert_eq!(found["gap"]["replanned"], found["gap"]["as_planned"]);
    let (old, new) = (
        fs::read_to_string(&plan),
        fs::read_to_string(out.join("replan.csv")),
    );
    assert_eq!(old.expect("the plan"), new.expect("the re-plan"));
}

#[test]
fn a_subsidised_post_is_no_cheaper_than_its_price() {
    let case = "scenarios/district";
    let (folder, plan, blank) = begun(case);
    let told = |spent: &str| {
        let table = as_planned(&fs::read_to_string(&blank).expect("the table"));
        let table = filled(&table, &|header, record| {
            if record[at(header, "措施代码")] == "special-posts" {
                record[at(header, "累计支出")] = spent.to_string();
            }
        });
        let actual = path(&folder, "filled.csv");
        fs::write(&actual, table).expect("the table is written");
        let done = run(&[
            "track", case, &plan, &actual, "--as-of", "2027", "--lang", "en",
        ]);
        ended(&done, 0);
        out(&done).contains("招聘特岗教师 (人): ")
    };
    // The county pays 61,400 of 96,000 yuan in each of two years; who spends 160,000 pays a dearer post.
    assert!(!told("12.28"));
    assert!(told("16"));
}

#[test]
fn what_is_half_done_is_planned_anew_audited_and_the_same_on_any_number_of_threads() {
    let (folder, plan, blank) = begun(COUNTY);
    let table = half(&fs::read_to_string(blank).expect("the table"));
    let (one, done) = followed(
        &folder,
        &plan,
        &table,
        "one",
        &["--threads", "1", "--lang", "en"],
    );
    ended(&done, 0);
    let (two, done) = followed(
        &folder,
        &plan,
        &table,
        "two",
        &["--threads", "2", "--lang", "en"],
    );
    ended(&done, 0);
    assert_eq!(files(&one), files(&two));
    // The rows of the table in another order: the same files.
    let mut lines: Vec<&str> = table.lines().collect();
    lines[1..].reverse();
    let turned = lines.join("\n") + "\n";
    let (three, done) = followed(&folder, &plan, &turned, "three", &["--lang", "en"]);
    ended(&done, 0);
    assert_eq!(files(&one), files(&three));
    let found: Value =
        serde_json::from_slice(&fs::read(one.join("track.json")).expect("a file")).expect("JSON");
    let gap = |name: &str| found["gap"][name].as_f64().expect("a gap");
    assert!(gap("as_planned") < gap("replanned"), "{}", found["gap"]);
    assert!(
        gap("replanned") < gap("nothing_further"),
        "{}",
        found["gap"]
    );
    assert_eq!(found["replan"]["verdict"], "optimal");
    // The ordinary audit finds in the whole of it what was told to be broken by what was done, and nothing else.
    let replan = one.join("replan.csv").to_string_lossy().into_owned();
    let audit = run(&["audit", COUNTY, &replan, "--json", "--lang", "en"]);
    ended(&audit, 5);
    let audit: Value = serde_json::from_slice(&audit.stdout).expect("JSON");
    assert_eq!(audit["breaches"], found["broken_by_what_was_done"]);
    let broken = audit["breaches"].as_array().expect("breaches");
    let closed = |one: &Value| {
        let message = one["message"].as_str().unwrap_or_default();
        message.contains("2026") || message.contains("2027")
    };
    assert!(
        !broken.is_empty() && broken.iter().all(closed),
        "{broken:?}"
    );
}

#[test]
fn both_languages_and_json_say_it() {
    let (folder, plan, blank) = begun(FIVE);
    let table = fs::read_to_string(&blank).expect("the table");
    let table = filled(&table, &|header, record| {
        record[at(header, "已下达数量")] = record[at(header, "计划数量")].clone();
        record[at(header, "已落实数量")] = "1".into();
    });
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, table).expect("the table is written");
    let zh = run(&["track", FIVE, &plan, &actual, "--lang", "zh"]);
    ended(&zh, 0);
    for words in ["截至2026年底", "落实率", "督导验收", "逾期", "购置图书"] {
        assert!(out(&zh).contains(words), "{words} in\n{}", out(&zh));
    }
    let en = run(&["track", FIVE, &plan, &actual, "--lang", "en"]);
    ended(&en, 0);
    for words in ["to the end of 2026", "taken up", "Acceptance", "late"] {
        assert!(out(&en).contains(words), "{words} in\n{}", out(&en));
    }
    let json = run(&["track", FIVE, &plan, &actual, "--json"]);
    ended(&json, 0);
    let found: Value = serde_json::from_slice(&json.stdout).expect("JSON");
    assert!(
        found["lines"]
            .as_array()
            .is_some_and(|lines| !lines.is_empty())
    );
    let blank = run(&["track", FIVE, &plan, "--json"]);
    ended(&blank, 0);
    let found: Value = serde_json::from_slice(&blank.stdout).expect("JSON");
    assert!(
        found["rows"]
            .as_array()
            .is_some_and(|rows| !rows.is_empty())
    );
}
