//! The report as one HTML file: its figures are those of plan.json and why.json, names stay text, and nothing is loaded.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use quick_xml::Reader;
use quick_xml::events::Event;
use serde_json::Value;
use tempfile::TempDir;

const DISTRICT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/district");
const OSUN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/osun");
/// A name as nobody gives it to a school.
const WILD: &str = "</script><b>\"&'<!--";

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    let command = command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let talk = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{talk}");
}

fn json(arguments: &[&str]) -> Value {
    let output = run(&[arguments, &["--json"]].concat());
    serde_json::from_slice(&output.stdout).expect("JSON")
}

/// The report of a case, which must end so.
fn reported(case: &str, more: &[&str], code: i32) -> String {
    let place = TempDir::new().expect("a folder");
    let out = place.path().join("report.html");
    let name = out.display().to_string();
    ended(
        &run(&[&["report", case, "--out", &name], more].concat()),
        code,
    );
    fs::read_to_string(&out).expect("the report")
}

/// The data of a report.
fn island(html: &str) -> Value {
    let data = html
        .split("<script type=\"application/json\" id=\"data\">")
        .nth(1);
    let data = data.and_then(|rest| rest.split("</script>").next());
    serde_json::from_str(data.expect("an island")).expect("JSON")
}

/// A row as an object.
fn named(island: &Value, kind: &str, row: &Value) -> Value {
    let columns = island["columns"][kind].as_array().expect("columns");
    let row = row.as_array().expect("a row");
    assert_eq!(columns.len(), row.len());
    let pairs = columns.iter().zip(row);
    pairs
        .map(|(name, value)| (name.as_str().expect("a name").to_string(), value.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map_or(&[], Vec::as_slice)
}

fn amount(value: &Value) -> f64 {
    value
        .as_f64()
        .unwrap_or_else(|| panic!("{value} is no number"))
}

fn close(one: f64, other: f64) {
    assert!(
        (one - other).abs() <= 1e-9 * one.abs().max(1.0),
        "{one} and {other}"
    );
}

#[test]
fn figures_and_reasons_are_those_of_the_other_files() {
    let plan = json(&["solve", DISTRICT]);
    let why = json(&["why", DISTRICT, "--lang", "zh"]);
    let data = island(&reported(DISTRICT, &[], 0));
    let shown = &data["scenarios"][0];
    assert_eq!(shown["gap"]["before"], plan["gap"]["before"]);
    assert_eq!(shown["gap"]["after"], plan["gap"]["after"]);
    assert_eq!(shown["verdict"]["kind"], plan["verdict"]["kind"]);

    let text = |number: &Value| data["texts"][number.as_u64().expect("a number") as usize].clone();
    let schools = list(&plan["schools"]);
    assert_eq!(schools.len(), list(&data["places"]).len());
    let mut needs = 0;
    for (at, school) in schools.iter().enumerate() {
        let place = &data["places"][at];
        for key in ["id", "name", "township"] {
            assert_eq!(place[key], school[key]);
        }
        let figures = named(&data, "figures", &shown["figures"][at]);
        let sum = |key: &str| {
            list(&school["resources"])
                .iter()
                .map(|one| amount(&one[key]))
                .sum::<f64>()
        };
        close(amount(&figures["before"]), sum("gap_before"));
        close(amount(&figures["after"]), sum("gap_after"));
        for row in list(&shown["states"][at]) {
            let state = named(&data, "states", row);
            let resource =
                &data["resources"][state["resource"].as_u64().expect("a number") as usize]["id"];
            let stated = list(&school["resources"])
                .iter()
                .find(|one| one["resource"] == *resource);
            let stated = stated.expect("the resource");
            let last = |key: &str| list(&stated[key]).last().expect("a year").clone();
            assert_eq!(state["stock"], stated["stock"]);
            assert_eq!(state["required"], last("required"));
            assert_eq!(state["short_before"], last("short_before"));
            assert_eq!(state["short_after"], last("short_after"));
            assert_eq!(state["gap_before"], stated["gap_before"]);
            assert_eq!(state["gap_after"], stated["gap_after"]);
            let reason = list(&why["needs"])
                .iter()
                .find(|one| one["school"] == school["id"] && one["resource"] == *resource);
            let reason = reason.expect("a reason");
            assert_eq!(text(&state["reason"]), reason["reason"]);
            assert_eq!(text(&state["change"]), reason["change"]);
            needs += 1;
        }
    }
    assert_eq!(
        needs,
        list(&why["needs"]).len(),
        "every need that has a reason"
    );

    let rows = list(&shown["rows"]);
    assert_eq!(rows.len(), list(&plan["rows"]).len());
    let mut spent = 0.0;
    for (row, planned) in rows.iter().zip(list(&plan["rows"])) {
        let row = named(&data, "rows", row);
        let id = |key: &str, list: &str| {
            row[key]
                .as_u64()
                .map_or(Value::Null, |at| data[list][at as usize]["id"].clone())
        };
        assert_eq!(id("place", "places"), planned["school"]);
        assert_eq!(id("measure", "measures"), planned["measure"]);
        assert_eq!(id("fund", "funds"), planned["fund"]);
        assert_eq!(row["year"], planned["year"]);
        assert_eq!(row["units"], planned["units"]);
        close(
            amount(&row["amount"]),
            list(&planned["payments"]).iter().map(amount).sum(),
        );
        spent += amount(&row["amount"]);
    }
    close(amount(&shown["spent"]), spent);
    let by_place = list(&shown["figures"])
        .iter()
        .map(|row| amount(&named(&data, "figures", row)["money"]));
    close(by_place.sum(), spent);
    let budget = list(&plan["money"]).iter().map(|one| amount(&one["spent"]));
    close(budget.sum(), spent);
}

#[test]
fn every_picture_is_well_formed_and_says_its_finding() {
    for (case, most) in [(DISTRICT, 6), (OSUN, 6)] {
        let html = reported(case, &["-s", "base"], 0);
        let pictures: Vec<&str> = html.split("<svg ").skip(1).collect();
        assert!(
            pictures.len() >= most,
            "{case}: {} pictures",
            pictures.len()
        );
        for picture in pictures {
            let end = picture.find("</svg>").expect("an end") + "</svg>".len();
            let picture = format!("<svg {}", &picture[..end]);
            let mut reader = Reader::from_str(&picture);
            let (mut hovers, mut shapes, mut depth) = (0, 0, 0);
            loop {
                match reader.read_event().expect("well-formed") {
                    Event::Start(start) => {
                        depth += 1;
                        shapes += usize::from(["rect", "circle"].contains(&start.name().as_ref()));
                        hovers += usize::from(start.name().as_ref() == "title");
                    }
                    Event::End(_) => depth -= 1,
                    Event::Eof => break,
                    _ => {}
                }
            }
            assert_eq!(depth, 0);
            // The keys of a legend have no hover of their own.
            assert!(
                hovers > 0 && shapes - hovers <= 2,
                "{shapes} shapes, {hovers} hovers: {picture}"
            );
        }
        let findings: Vec<&str> = html.split("<figcaption><b>").skip(1).collect();
        for finding in findings {
            let finding = finding.split("</b>").next().unwrap_or_default();
            assert!(
                finding.chars().any(|c| c.is_ascii_digit()),
                "no number: {finding}"
            );
        }
    }
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

#[test]
fn names_stay_names() {
    let place = TempDir::new().expect("a folder");
    copy(Path::new(DISTRICT), place.path());
    let table = place.path().join("schools.csv");
    let text = fs::read_to_string(&table).expect("the table");
    let quoted = format!("\"{}\"", WILD.replace('"', "\"\""));
    fs::write(&table, text.replace("青石镇中心小学", &quoted)).expect("written");
    let case = place.path().join("case.toml");
    let stated = fs::read_to_string(&case).expect("the case");
    let title = stated
        .lines()
        .find(|line| line.starts_with("title = ") || line.starts_with("name = "))
        .expect("a name")
        .to_string();
    let key = title.split(" = ").next().unwrap_or_default();
    fs::write(
        &case,
        stated.replacen(&title, &format!("{key} = '''{WILD}'''"), 1),
    )
    .expect("written");
    let folder = place.path().display().to_string();
    let html = reported(&folder, &[], 0);
    let data = island(&html);
    assert_eq!(data["places"][0]["name"], WILD);
    assert_eq!(data["case"], WILD);
    assert!(!html.contains("<b>\"") && !html.contains(WILD));
    assert_eq!(
        html.matches("<script").count(),
        2,
        "the data and the script, nothing else"
    );
    assert_eq!(html.matches("</script>").count(), 2);
    let escaped = "&lt;/script&gt;&lt;b&gt;&quot;&amp;&#39;&lt;!--";
    assert!(html.contains(&format!("<h1>{escaped}</h1>")));
}

#[test]
fn bytes_do_not_depend_on_the_threads() {
    let scenarios = ["-s", "tight", "-s", "base", "-s", "merge+tight"];
    let one = reported(DISTRICT, &[&scenarios[..], &["--threads", "1"]].concat(), 0);
    let two = reported(DISTRICT, &[&scenarios[..], &["--threads", "2"]].concat(), 0);
    assert!(one == two, "the bytes differ");
    let data = island(&one);
    let names: Vec<&Value> = list(&data["scenarios"])
        .iter()
        .map(|one| &one["name"])
        .collect();
    assert_eq!(
        names,
        ["tight", "base", "merge + tight"],
        "as they were named"
    );
    let shown: Vec<&str> = one.matches("data-scenario=\"0\">").collect();
    assert!(!shown.is_empty() && one.contains("data-scenario=\"1\" hidden>"));
}

#[test]
fn nothing_is_loaded_and_both_languages_are_whole() {
    let chinese = |text: &str| {
        text.chars()
            .filter(|c| ('\u{3000}'..='\u{9fff}').contains(c))
            .count()
    };
    let english = reported(OSUN, &["--lang", "en"], 0);
    assert_eq!(chinese(&english), 0, "an English report of an English case");
    let zh = reported(OSUN, &["--lang", "zh"], 0);
    assert!(zh.contains("<html lang=\"zh-CN\">") && chinese(&zh) > 2000);
    for html in [english, zh] {
        let (markup, _) = html
            .split_once("<script type=\"application/json\"")
            .expect("data");
        for part in [markup, html.rsplit("<script>").next().unwrap_or_default()] {
            let addresses =
                part.matches("http").count() - part.matches("http://www.w3.org/2000/svg").count();
            // One is the http-equiv of the policy that forbids loading.
            assert!(addresses <= 1, "{addresses} addresses");
            for loading in [
                " src=",
                "@import",
                "url(",
                "<link",
                "<img",
                "fetch(",
                "XMLHttpRequest",
            ] {
                assert!(!part.contains(loading), "{loading}");
            }
        }
        assert!(html.contains("default-src 'none'"));
        assert!(
            html.contains("CC BY-SA 4.0"),
            "the remark of the case is shown"
        );
    }
}

#[test]
fn an_impossible_scenario_is_shown_as_such() {
    let html = reported(DISTRICT, &["-s", "base", "-s", "sooner", "--lang", "zh"], 4);
    let data = island(&html);
    assert_eq!(data["scenarios"][0]["verdict"]["kind"], "optimal");
    let impossible = &data["scenarios"][1];
    assert_eq!(impossible["verdict"]["kind"], "impossible");
    assert!(impossible.get("rows").is_none() && impossible.get("gap").is_none());
    let rules = list(&impossible["verdict"]["rules"]);
    assert!(!rules.is_empty());
    assert!(html.contains("无可行方案</option>"), "the switch says so");
    for rule in rules {
        assert!(html.contains(rule["rule"].as_str().expect("a name")));
    }
}

#[test]
fn the_frontier_is_drawn_where_it_is_asked_for() {
    let found = json(&["frontier", DISTRICT]);
    let points = list(&found["points"]);
    let stated = points.iter().find(|one| amount(&one["share"]) == 1.0);
    let html = reported(DISTRICT, &["-s", "base", "-s", "tight", "--frontier"], 0);
    let chapter = html
        .split("<section id=\"frontier\">")
        .nth(1)
        .expect("a chapter");
    let chapter = chapter.split("</section>").next().unwrap_or_default();
    let gap = format!("{:.0}", amount(&stated.expect("the money stated")["gap"]));
    let (thousands, rest) = gap.split_at(gap.len() - 3);
    let finding = chapter
        .split("<figcaption><b>")
        .nth(1)
        .and_then(|rest| rest.split("</b>").next());
    assert!(
        finding.is_some_and(|said| said.contains(&format!("{thousands},{rest}"))),
        "{finding:?}"
    );
    assert_eq!(chapter.matches("<circle ").count(), points.len());
    assert!(!reported(DISTRICT, &[], 0).contains("<section id=\"frontier\">"));
    assert!(
        !reported(DISTRICT, &["-s", "sooner", "--frontier"], 4)
            .contains("<section id=\"frontier\">")
    );
}

#[test]
fn only_html_is_written() {
    let place = TempDir::new().expect("a folder");
    let wrong = place.path().join("report.pdf").display().to_string();
    let output = run(&["report", DISTRICT, "--out", &wrong, "--lang", "en"]);
    ended(&output, 2);
    let talk = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        talk.contains(".html") && talk.contains("junheng report"),
        "{talk}"
    );
    assert!(!Path::new(&wrong).exists());
    ended(&run(&["report", DISTRICT]), 2);
    ended(
        &run(&["report", DISTRICT, "-s", "nosuch", "--out", "x.html"]),
        2,
    );
}
