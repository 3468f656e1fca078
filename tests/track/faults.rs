//! Follow-up tables that are wrong: every fault at once, each with its code, file and line.

use std::fs;

use serde_json::Value;

use super::command::{FIVE, at, begun, ended, filled, out, path, run, talk};

/// The code and line of each finding when one cell of the first row is changed.
fn changed(column: &str, value: &str) -> Vec<(String, u64)> {
    let (folder, plan, blank) = begun(FIVE);
    let table = fs::read_to_string(blank).expect("the table");
    let first = std::cell::Cell::new(true);
    let table = filled(&table, &|header, record| {
        record[at(header, "已落实数量")] = "1".into();
        if first.replace(false) {
            record[at(header, column)] = value.into();
        }
    });
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, table).expect("the table is written");
    let done = run(&["track", FIVE, &plan, &actual, "--json"]);
    ended(&done, 1);
    let found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    let findings = found["findings"].as_array().expect("findings");
    let one = |finding: &Value| {
        let code = finding["code"].as_str().unwrap_or_default().to_string();
        (code, finding["line"].as_u64().unwrap_or_default())
    };
    findings.iter().map(one).collect()
}

#[test]
fn every_fault_has_its_code_and_line() {
    for (column, value, code) in [
        ("学校代码", "没有这所", "E602"),
        ("措施代码", "nothing", "E603"),
        ("资金代码", "nobody", "E604"),
        ("年份", "1999", "E605"),
        ("已落实数量", "许多", "E606"),
        ("已下达数量", "-5", "E623"),
        ("累计支出", "-1", "E623"),
        ("已落实数量", "1.5", "E624"),
    ] {
        let found = changed(column, value);
        assert_eq!(found, [(code.to_string(), 2)], "{column} = {value}");
    }
}

#[test]
fn all_faults_are_told_at_once() {
    let (folder, plan, blank) = begun(FIVE);
    let table = fs::read_to_string(blank).expect("the table");
    let table = filled(&table, &|header, record| {
        record[at(header, "学校代码")] = "nobody".into();
        record[at(header, "已落实数量")] = "many".into();
        record[at(header, "年份")] = "2050".into();
    });
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, table).expect("the table is written");
    let done = run(&["track", FIVE, &plan, &actual, "--lang", "en"]);
    ended(&done, 1);
    for code in ["E602", "E605", "E606"] {
        assert!(talk(&done).contains(code), "{}", talk(&done));
    }
    assert!(talk(&done).contains("filled.csv:2:"), "{}", talk(&done));
    assert!(out(&done).is_empty());
}

#[test]
fn tables_that_are_no_follow_up_are_refused() {
    let (folder, plan, blank) = begun(FIVE);
    let text = fs::read_to_string(&blank).expect("the table");
    let tables = [
        ("empty.csv", String::new(), "E"),
        (
            "headers.csv",
            text.lines().next().unwrap_or_default().to_string(),
            "E",
        ),
        ("column.csv", text.replace("已落实数量", "落实"), "E621"),
        (
            "unit.csv",
            text.replace("累计支出（元）", "累计支出（美元）"),
            "E609",
        ),
        (
            "plan.csv",
            fs::read_to_string(&plan).expect("the plan"),
            "E621",
        ),
    ];
    for (name, content, code) in tables {
        let actual = path(&folder, name);
        fs::write(&actual, content).expect("the table is written");
        let done = run(&["track", FIVE, &plan, &actual, "--lang", "en"]);
        ended(&done, 1);
        assert!(talk(&done).contains(code), "{name}: {}", talk(&done));
    }
    let done = run(&[
        "track", FIVE, &plan, &blank, "--as-of", "1999", "--lang", "en",
    ]);
    ended(&done, 2);
    assert!(talk(&done).contains("2026"), "{}", talk(&done));
    let done = run(&[
        "track",
        FIVE,
        &path(&folder, "no-such.csv"),
        &blank,
        "--lang",
        "en",
    ]);
    ended(&done, 1);
    // A table of another case.
    let (_other, _, other) = begun(super::command::COUNTY);
    let done = run(&[
        "track", FIVE, &plan, &other, "--as-of", "2026", "--lang", "zh",
    ]);
    ended(&done, 1);
    assert!(talk(&done).contains("E602"), "{}", talk(&done));
}

#[test]
fn what_is_only_odd_is_told_with_its_line_and_counted() {
    let (folder, plan, blank) = begun(FIVE);
    let table = fs::read_to_string(blank).expect("the table");
    let table = filled(&table, &|header, record| {
        record[at(header, "已下达数量")] = "1".into();
        record[at(header, "已落实数量")] = "2".into();
        record[at(header, "计划数量")] = "7".into();
    });
    // The last row twice, and one that the plan does not have and nobody pays.
    let last = table.lines().last().unwrap_or_default().to_string();
    let header: Vec<String> = table
        .lines()
        .next()
        .unwrap_or_default()
        .split(',')
        .map(str::to_string)
        .collect();
    let schools = fs::read_to_string(format!("{FIVE}/schools.csv")).expect("the schools");
    let planned: Vec<&str> = table.lines().collect();
    let unplanned = schools
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').next())
        .find(|school| {
            !planned
                .iter()
                .any(|line| line.contains(&format!(",{school},")) && line.contains("buy-kits"))
        })
        .map(|school| {
            let mut record = vec![String::new(); header.len()];
            record[at(&header, "学校代码")] = school.into();
            record[at(&header, "措施代码")] = "buy-kits".into();
            record[at(&header, "年份")] = "2026".into();
            record[at(&header, "已落实数量")] = "1".into();
            record.join(",")
        });
    let extra = unplanned.clone().unwrap_or_default();
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, format!("{table}{last}\n{extra}\n")).expect("the table is written");
    let done = run(&["track", FIVE, &plan, &actual, "--lang", "en"]);
    ended(&done, 0);
    for code in ["W626", "W627", "W628"] {
        assert!(talk(&done).contains(code), "{code}: {}", talk(&done));
    }
    if unplanned.is_some() {
        assert!(talk(&done).contains("W630"), "{}", talk(&done));
    }
    assert!(talk(&done).contains("filled.csv:2"), "{}", talk(&done));
}

#[test]
fn money_needs_a_fund() {
    let (folder, plan, blank) = begun(FIVE);
    let table = fs::read_to_string(blank).expect("the table");
    let table = filled(&table, &|header, record| {
        record[at(header, "资金代码")] = String::new();
        record[at(header, "累计支出")] = "20".into();
    });
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, table).expect("the table is written");
    let done = run(&["track", FIVE, &plan, &actual, "--lang", "zh"]);
    ended(&done, 1);
    assert!(talk(&done).contains("filled.csv:2:17"), "{}", talk(&done));
    assert!(talk(&done).contains("E625"), "{}", talk(&done));
}

#[test]
fn what_was_entered_for_later_years_is_told_and_not_counted() {
    let (folder, plan, blank) = begun(super::command::COUNTY);
    let table = fs::read_to_string(blank).expect("the table");
    let table = filled(&table, &|header, record| {
        if record[at(header, "年份")].as_str() <= "2027" {
            record[at(header, "已落实数量")] = record[at(header, "计划数量")].clone();
        }
    });
    let actual = path(&folder, "filled.csv");
    fs::write(&actual, table).expect("the table is written");
    let county = super::command::COUNTY;
    let asked = ["track", county, &plan, &actual, "--as-of", "2026", "--json"];
    let done = run(&asked);
    ended(&done, 0);
    assert!(talk(&done).contains("W629"), "{}", talk(&done));
    let found: Value = serde_json::from_slice(&done.stdout).expect("JSON");
    assert_eq!(found["as_of"], 2026);
    assert!(found["rows_not_counted_yet"].as_u64() > Some(0));
    assert_eq!(found["replan"]["plan_stands"], true);
}
