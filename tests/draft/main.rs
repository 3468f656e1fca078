//! The policy draft: what the document says is what the plan says, and a result that is stale is not passed off as new.

mod edited;
mod template;
mod written;

use std::collections::BTreeSet;
use std::fs;
use std::io::Read;
use std::path::Path;
use std::process::{Command, Output};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

const DISTRICT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/district");

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    let command = command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{talk}");
}

fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

/// A copy of a shipped case that a test may change.
fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).expect("a folder");
    for entry in fs::read_dir(from).expect("a folder") {
        let entry = entry.expect("an entry");
        let (path, to) = (entry.path(), to.join(entry.file_name()));
        match path.is_dir() {
            true => copy(&path, &to),
            false => {
                fs::copy(&path, &to).expect("copied");
            }
        }
    }
}

/// A part of a document, after its XML was read to the end.
fn part(document: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(document)).expect("an archive");
    let mut text = String::new();
    let mut file = archive.by_name(name).expect("the part");
    file.read_to_string(&mut text).expect("UTF-8");
    text
}

/// The text of a document, a line a paragraph. Every part must be well-formed XML.
fn said(document: &[u8]) -> String {
    let archive = zip::ZipArchive::new(std::io::Cursor::new(document)).expect("an archive");
    for name in archive.file_names() {
        let name = name.expect("a name");
        if name.ends_with(".png") {
            continue;
        }
        let text = part(document, &name);
        let mut reader = Reader::from_str(&text);
        while !matches!(reader.read_event().expect(&name), Event::Eof) {}
    }
    let text = part(document, "word/document.xml");
    let mut reader = Reader::from_str(&text);
    let mut said = String::new();
    loop {
        match reader.read_event().expect("XML") {
            Event::Text(text) => said += &text,
            Event::GeneralRef(name) => match name.as_ref() {
                "amp" => said.push('&'),
                "lt" => said.push('<'),
                "gt" => said.push('>'),
                "quot" => said.push('"'),
                "apos" | "#39" => said.push('\''),
                other => panic!("an entity {other:?}"),
            },
            Event::End(end) if end.name().as_ref() == "w:p" => said.push('\n'),
            Event::Eof => return said,
            _ => {}
        }
    }
}

fn drafted(case: &str, more: &[&str]) -> (String, Vec<u8>) {
    ended_with(case, more, 0)
}

fn ended_with(case: &str, more: &[&str], code: i32) -> (String, Vec<u8>) {
    let place = TempDir::new().expect("a folder");
    let out = place.path().join("draft.docx");
    let name = out.display().to_string();
    ended(
        &run(&[&["draft", case, "--out", &name], more].concat()),
        code,
    );
    let bytes = fs::read(&out).expect("the draft");
    (said(&bytes), bytes)
}

#[test]
fn every_form_says_what_the_plan_says() {
    let plan: Value =
        serde_json::from_slice(&run(&["solve", DISTRICT, "--json"]).stdout).expect("JSON");
    let gap = |key: &str| plan["gap"][key].as_f64().expect("a number");
    let thousands = |value: f64| {
        let digits = format!("{value:.0}");
        let (most, last) = digits.split_at(digits.len() - 3);
        format!("{most},{last}")
    };
    for (form, sections) in [
        (
            "zh-official",
            vec![
                "一、现状与问题",
                "二、工作目标",
                "三、主要措施",
                "四、资金安排",
                "五、保障措施与验收",
                "附件1",
                "附件2",
            ],
        ),
        (
            "zh-brief",
            vec![
                "一、现状与问题",
                "二、工作目标",
                "三、主要措施",
                "四、资金安排",
            ],
        ),
        (
            "en-memo",
            vec![
                "1 Summary",
                "2 Present state",
                "3 Goals",
                "4 Measures",
                "5 Money",
                "Annex A.",
                "Annex B.",
            ],
        ),
    ] {
        let (text, _) = drafted(DISTRICT, &["--form", form]);
        let mut rest = text.as_str();
        for section in sections {
            let at = rest
                .find(section)
                .unwrap_or_else(|| panic!("{form}: no {section} in\n{text}"));
            rest = &rest[at..];
        }
        for value in [thousands(gap("before")), thousands(gap("after"))] {
            assert!(text.contains(&value), "{form}: no {value} in\n{text}");
        }
        // No sentence is left half done, and no number was missing.
        for wrong in ["NaN", "inf", "{", "}"] {
            assert!(!text.contains(wrong), "{form}: {wrong} in\n{text}");
        }
    }
}

#[test]
fn every_task_of_the_plan_is_in_the_annex_with_who_answers_for_it_and_by_when() {
    let (text, _) = drafted(DISTRICT, &["--form", "zh-official"]);
    let plan: Value =
        serde_json::from_slice(&run(&["solve", DISTRICT, "--json"]).stdout).expect("JSON");
    let annex = &text[text.find("附件1\n").expect("the annex")..];
    let rows = plan["rows"].as_array().expect("rows");
    assert!(rows.len() > 30);
    let schools: BTreeSet<&str> = rows
        .iter()
        .map(|row| row["school"].as_str().expect("a school"))
        .collect();
    let table = fs::read_to_string(Path::new(DISTRICT).join("schools.csv")).expect("the schools");
    for line in table.trim_start_matches('\u{feff}').lines().skip(1) {
        let cells: Vec<&str> = line.split(',').collect();
        if schools.contains(cells[0]) {
            assert!(annex.contains(cells[1]), "{} is not in the annex", cells[1]);
        }
    }
    let tables = annex.split("附件2\n").next().expect("the first annex");
    let deadlines = tables.matches("月底前\n").count();
    assert_eq!(deadlines, rows.len(), "one deadline a row");
}

#[test]
fn the_evidence_names_the_files_the_scenario_and_the_proof() {
    let (text, _) = drafted(DISTRICT, &["--form", "zh-official", "-s", "tight"]);
    let plan = run(&["solve", DISTRICT, "--json", "-s", "tight"]);
    let plan: Value = serde_json::from_slice(&plan.stdout).expect("JSON");
    for input in plan["provenance"]["inputs"].as_array().expect("inputs") {
        assert!(
            text.contains(input["blake3"].as_str().expect("a hash")),
            "{input}"
        );
    }
    assert!(text.contains("情景：tight"), "{text}");
    assert!(text.contains("本稿按情景“中央补助减半”测算"), "{text}");
    assert!(text.contains("任何方案的缺口都不低于"), "{text}");
}

#[test]
fn threads_and_time_change_no_byte() {
    let (_, one) = drafted(DISTRICT, &["--threads", "1"]);
    let (_, two) = drafted(DISTRICT, &["--threads", "2"]);
    assert!(one == two);
}

#[test]
fn a_stale_result_is_refused_or_marked() {
    let place = TempDir::new().expect("a folder");
    let (case, plan) = (place.path().join("case"), place.path().join("plan"));
    copy(Path::new(DISTRICT), &case);
    let (case_at, plan_at) = (case.display().to_string(), plan.display().to_string());
    ended(
        &run(&["solve", &case_at, "--out", &plan_at, "-s", "tight"]),
        0,
    );
    let (fresh, _) = drafted(&case_at, &["--plan", &plan_at]);
    assert!(fresh.contains("中央补助减半"), "the scenario of the result");
    assert!(!fresh.contains("已过期"));

    let file = case.join("case.toml");
    let text = fs::read_to_string(&file).expect("the case");
    fs::write(&file, text + "\n# 改动\n").expect("changed");
    let out = place.path().join("draft.docx").display().to_string();
    let refused = run(&["draft", &case_at, "--plan", &plan_at, "--out", &out]);
    ended(&refused, 1);
    assert!(talk(&refused).contains("case.toml"), "{}", talk(&refused));
    assert!(!Path::new(&out).exists(), "nothing is written");
    let (marked, file) = ended_with(&case_at, &["--plan", &plan_at, "--stale"], 3);
    let head = part(&file, "word/header1.xml");
    assert!(head.contains("（已过期）"), "on every page: {head}");
    assert!(
        marked.contains("已过期：方案写成以后案例有改动（case.toml）"),
        "{marked}"
    );
    assert!(
        !marked.contains("已证明"),
        "what was proven was another case"
    );
}

#[test]
fn an_edited_plan_table_is_told_and_one_that_breaks_a_rule_is_refused() {
    let place = TempDir::new().expect("a folder");
    let plan = place.path().join("plan");
    let plan_at = plan.display().to_string();
    ended(&run(&["solve", DISTRICT, "--out", &plan_at]), 0);
    let file = plan.join("plan.csv");
    let table = fs::read_to_string(&file).expect("the table");
    let lines: Vec<&str> = table.lines().collect();
    // A page is soon written; it has the words of all the others.
    let out = place.path().join("draft.html").display().to_string();
    // Without one of its tasks the plan does less; with most of them it then breaks no rule.
    let without = |at: usize| {
        let others = lines.iter().enumerate().filter(|(other, _)| *other != at);
        let fewer: Vec<&str> = others.map(|(_, line)| *line).collect();
        fs::write(&file, fewer.join("\n") + "\n").expect("edited");
        run(&["draft", DISTRICT, "--plan", &plan_at, "--out", &out])
    };
    let ends: Vec<Option<i32>> = (1..lines.len())
        .map(|at| without(at).status.code())
        .collect();
    assert!(
        ends.iter().all(|end| matches!(end, Some(0 | 1 | 3 | 5))),
        "{ends:?}"
    );
    let kept = ends
        .iter()
        .position(|end| *end == Some(3))
        .expect("a task that no rule asks for");
    ended(&without(kept + 1), 3);
    let text = fs::read_to_string(&out).expect("the draft");
    assert!(text.contains("方案表在求解之后经人工修改"), "{text}");
    assert!(
        text.contains("（方案经人工修改）"),
        "at the head of every page"
    );
    fs::remove_file(&out).expect("removed");
    // Twice the tasks cost twice the money.
    let twice: Vec<&str> = lines.iter().chain(&lines[1..]).copied().collect();
    fs::write(&file, twice.join("\n") + "\n").expect("edited");
    let broken = run(&["draft", DISTRICT, "--plan", &plan_at, "--out", &out]);
    assert!(
        matches!(broken.status.code(), Some(1 | 5)),
        "{}",
        talk(&broken)
    );
    assert!(!Path::new(&out).exists(), "nothing is written");
}

#[test]
fn what_a_planner_has_worded_stands_in_the_annex() {
    let place = TempDir::new().expect("a folder");
    let plan = place.path().join("plan");
    let plan_at = plan.display().to_string();
    ended(&run(&["solve", DISTRICT, "--out", &plan_at]), 0);
    let (before, _) = drafted(DISTRICT, &["--plan", &plan_at]);
    assert!(!before.contains("由规划者改写"), "{before}");
    let file = plan.join("plan.csv");
    let table = fs::read_to_string(&file).expect("the table");
    let body = "县教育局基建办";
    assert!(table.contains(body));
    let worded = table
        .replacen(body, "李某某（县教育局基建办）", 1)
        .replacen("2026年12月底前", "2026年9月开学前", 1);
    fs::write(&file, worded).expect("edited");
    let (text, file) = drafted(DISTRICT, &["--plan", &plan_at]);
    let annex = &text[text.find("附件1\n").expect("the annex")..];
    assert!(annex.contains("李某某（县教育局基建办）\n"), "{annex}");
    assert_eq!(annex.matches("2026年9月开学前\n").count(), 1);
    // Both may stand in one row.
    assert!(
        ["1", "2"]
            .iter()
            .any(|rows| text.contains(&format!("由规划者改写的行：{rows}\n"))),
        "{text}"
    );
    // Words change nothing that is proven.
    assert!(!part(&file, "word/header1.xml").contains("修改"));
    assert!(text.contains("任何方案的缺口都不低于"));
}

#[test]
fn what_cannot_be_written_up_is_refused_in_words() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    let wrong = run(&["draft", DISTRICT, "--out", &at("draft.pdf")]);
    ended(&wrong, 2);
    assert!(talk(&wrong).contains(".docx"), "{}", talk(&wrong));
    let impossible = run(&[
        "draft",
        DISTRICT,
        "-s",
        "sooner",
        "--out",
        &at("draft.docx"),
    ]);
    ended(&impossible, 4);
    assert!(!Path::new(&at("draft.docx")).exists());
    let none = run(&[
        "draft",
        DISTRICT,
        "--plan",
        &at("nowhere"),
        "--out",
        &at("draft.docx"),
    ]);
    ended(&none, 2);
    assert!(talk(&none).contains("plan.json"), "{}", talk(&none));
}

#[test]
fn names_of_schools_stay_text() {
    let place = TempDir::new().expect("a folder");
    let case = place.path().join("case");
    copy(Path::new(DISTRICT), &case);
    let file = case.join("schools.csv");
    let table = fs::read_to_string(&file).expect("the schools");
    fs::write(&file, table.replacen("柳沟村小学", "<b>柳沟&村</b>小学", 1)).expect("changed");
    let (text, _) = drafted(&case.display().to_string(), &[]);
    assert!(text.contains("<b>柳沟&村</b>小学"), "{text}");
}

#[test]
fn a_program_gets_the_parts_of_the_draft() {
    let shown = run(&["draft", DISTRICT, "--json", "--form", "en-memo"]);
    ended(&shown, 0);
    let page: Value = serde_json::from_slice(&shown.stdout).expect("JSON");
    let blocks = page["blocks"].as_array().expect("blocks");
    assert!(
        blocks[0]["title"]
            .as_str()
            .expect("a title")
            .starts_with("Memo: ")
    );
    let grids = blocks
        .iter()
        .filter(|block| block["grid"]["rows"].is_array());
    assert!(grids.count() > 5);
}

#[test]
fn an_edited_plan_table_is_not_written_over_by_the_plan_made_from_it() {
    let place = TempDir::new().expect("a folder");
    let out = place.path().join("out");
    let at = out.display().to_string();
    ended(&run(&["solve", DISTRICT, "--out", &at]), 0);
    let table = out.join("plan.csv");
    let before = fs::read(&table).expect("the table");
    let file = table.display().to_string();
    let refused = run(&["solve", DISTRICT, "--keep", &file, "--out", &at]);
    assert!(
        matches!(refused.status.code(), Some(1 | 2)),
        "{}",
        talk(&refused)
    );
    assert_eq!(fs::read(&table).expect("the table"), before);
    // With its rows unlocked they are all kept, in another folder.
    let other = place.path().join("other").display().to_string();
    let text = String::from_utf8(before).expect("UTF-8");
    let lines = text.lines().enumerate();
    let unlocked = lines.map(|(at, line)| match (at, line.rsplit_once(',')) {
        (0, _) | (_, None) => line.to_string(),
        (_, Some((cells, _))) => format!("{cells},是"),
    });
    fs::write(&table, unlocked.collect::<Vec<_>>().join("\n") + "\n").expect("locked");
    let refused = run(&[
        "solve", DISTRICT, "--keep", &file, "--out", &at, "--lang", "en",
    ]);
    ended(&refused, 2);
    assert!(
        talk(&refused).contains("not overwritten"),
        "{}",
        talk(&refused)
    );
    ended(
        &run(&["solve", DISTRICT, "--keep", &file, "--out", &other]),
        0,
    );
}
