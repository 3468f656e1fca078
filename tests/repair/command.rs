//! `junheng repair`, and the menu of `junheng solve`, with the shipped case that is impossible on purpose.

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

fn junheng(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        // Talk in English; files stay in the language of the case.
        .env("LC_ALL", "en_GB.UTF-8")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

fn shipped(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}

/// A copy of the shipped case that is impossible.
fn copied() -> tempfile::TempDir {
    let (from, to) = (
        shipped("impossible-posts"),
        tempfile::tempdir().expect("a folder"),
    );
    std::fs::create_dir(to.path().join("scenarios")).expect("a folder");
    for file in ["case.toml", "schools.csv", "scenarios/less-money.toml"] {
        std::fs::copy(from.join(file), to.path().join(file)).expect("a file");
    }
    to
}

#[test]
fn every_repair_is_written_as_a_scenario_that_has_the_plan_it_says() {
    for scenario in [None, Some("less-money")] {
        let folder = copied();
        let case = folder.path().display().to_string();
        let mut arguments = vec!["repair", &case, "--out", &case, "--json"];
        if let Some(scenario) = scenario {
            arguments.extend(["--scenario", scenario]);
        }
        let run = junheng(&arguments);
        assert_eq!(run.status.code(), Some(4), "{}", text(&run.stderr));
        let said: serde_json::Value = serde_json::from_slice(&run.stdout).expect("JSON");
        let repairs = said["repairs"].as_array().expect("repairs");
        assert!(repairs.len() >= 5, "{said:#}");
        for repair in repairs {
            let name = repair["name"].as_str().expect("a name");
            let solved = junheng(&["solve", &case, "--scenario", name, "--json"]);
            assert_eq!(solved.status.code(), Some(0), "{name}");
            let plan: serde_json::Value = serde_json::from_slice(&solved.stdout).expect("JSON");
            assert_eq!(
                plan["gap"]["after"], repair["gap"],
                "{name}: {}",
                plan["gap"]
            );
        }
        let memo = std::fs::read_to_string(folder.path().join("repair.md")).expect("a memo");
        assert!(
            memo.contains("怎样修复"),
            "files are in the case's language"
        );
    }
}

#[test]
fn the_menu_is_the_same_on_any_number_of_threads() {
    let case = shipped("impossible-posts").display().to_string();
    let run = |threads: &str| {
        let out = tempfile::tempdir().expect("a folder");
        let place = out.path().display().to_string();
        let run = junheng(&["repair", &case, "--threads", threads, "--out", &place]);
        assert_eq!(run.status.code(), Some(4));
        let read = |file: &str| std::fs::read(out.path().join(file)).expect("a file");
        let files = ["repair.json", "repair.md", "scenarios/repair-1.toml"];
        (run.stdout, files.map(read))
    };
    assert_eq!(run("1"), run("4"));
}

#[test]
fn solve_shows_the_menu_with_what_is_impossible() {
    let case = shipped("impossible-posts").display().to_string();
    let out = tempfile::tempdir().expect("a folder");
    let run = junheng(&["solve", &case, "--out", &out.path().display().to_string()]);
    assert_eq!(run.status.code(), Some(4));
    let (said, hint) = (text(&run.stdout), text(&run.stderr));
    for part in [
        "case.toml:83:1",
        "case.toml:110:1",
        "How it can be repaired",
        "from 95% to 92.5%",
        "15.6 万元 in 2028",
    ] {
        assert!(said.contains(part), "{part}: {said}");
    }
    assert!(hint.contains("junheng repair"), "{hint}");
    let read = |file: &str| std::fs::read_to_string(out.path().join(file)).expect("a file");
    let json: serde_json::Value = serde_json::from_str(&read("plan.json")).expect("JSON");
    assert!(
        json["verdict"]["repairs"]
            .as_array()
            .is_some_and(|all| all.len() >= 3)
    );
    assert!(read("plan.md").contains("怎样修复"));
}

#[test]
fn a_case_with_a_plan_needs_no_repair_and_a_broken_one_is_reported() {
    let five = shipped("five-schools").display().to_string();
    let run = junheng(&["repair", &five]);
    assert_eq!(run.status.code(), Some(0));
    assert!(text(&run.stdout).contains("nothing to repair"));

    let folder = copied();
    let file = folder.path().join("case.toml");
    let stated = std::fs::read_to_string(&file).expect("a case");
    std::fs::write(&file, stated.replace("max = 6", "max = \"six\"")).expect("a case");
    let case = folder.path().display().to_string();
    let run = junheng(&["repair", &case]);
    assert_eq!(run.status.code(), Some(1));
    assert!(
        text(&run.stderr).contains("case.toml:"),
        "{}",
        text(&run.stderr)
    );

    let run = junheng(&["repair", &five, "--scenario", "none"]);
    assert_eq!(run.status.code(), Some(2));
    let run = junheng(&["repair", "nowhere"]);
    assert_eq!(run.status.code(), Some(1));
}

#[test]
fn more_money_in_a_scenario_is_read_with_its_faults() {
    let folder = copied();
    let case = folder.path().display().to_string();
    let scenario = folder.path().join("scenarios/more.toml");
    let check = |fund: &str| {
        std::fs::write(&scenario, format!("title = \"more\"\n\n[[fund]]\n{fund}\n"))
            .expect("a file");
        let run = junheng(&["check", &case, "--json"]);
        (run.status.code(), text(&run.stdout))
    };
    let (code, said) = check("id = \"county\"\nmore = [0, 0.4, 15.6, 0]");
    assert_eq!(code, Some(0), "{said}");
    let listed = text(&junheng(&["list", &case]).stdout);
    assert!(
        listed.contains("0.4 万元 in 2027, 15.6 万元 in 2028"),
        "{listed}"
    );
    for (fund, fault) in [
        ("id = \"county\"", "E203"),
        ("more = 3", "E203"),
        ("id = \"county\"\nmore = [1, 2]", "E"),
        ("id = \"county\"\nmore = [-1, 0, 0, 0]", "E"),
        ("id = \"conty\"\nmore = 1", "E"),
        ("id = \"county\"\nmore = \"a lot\"", "E"),
    ] {
        let (code, said) = check(fund);
        assert_eq!(code, Some(1), "{fund}: {said}");
        assert!(said.contains(fault), "{fund}: {said}");
    }
}
