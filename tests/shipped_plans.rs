//! Every shipped case is a regression test: the files a planner gets are the expected ones, byte for byte, on any
//! number of threads. `JUNHENG_GOLDEN=write cargo test --test shipped_plans` writes them anew; read the difference.

use std::path::{Path, PathBuf};
use std::process::Command;

fn junheng(arguments: &[&str]) -> std::process::Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .arg("--quiet")
        // Talk in English; files stay in the language of the case.
        .env("LC_ALL", "en_GB.UTF-8")
        .args(arguments)
        .output()
        .expect("the program runs")
}

fn case(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(name)
}

/// Compares files of a result folder with the expected ones of the case.
fn compare(name: &str, out: &Path, files: &[&str]) {
    let expected = case(name).join("expected");
    for file in files {
        let written = std::fs::read(out.join(file)).expect("a result file");
        let path = expected.join(Path::new(file).file_name().expect("a file name"));
        if std::env::var_os("JUNHENG_GOLDEN").is_some() {
            std::fs::create_dir_all(&expected).expect("the folder of expected files");
            std::fs::write(&path, &written).expect("an expected file");
        }
        let wanted = std::fs::read(&path).expect("the expected file");
        assert!(written == wanted, "{name}: {file} is not as expected");
    }
}

/// Solves a case, compares its tables with the expected ones and audits the written plan.
fn solves_as_expected(name: &str, files: &[&str]) {
    let out = tempfile::tempdir().expect("a folder");
    let folder = case(name).display().to_string();
    let place = out.path().display().to_string();
    let solved = junheng(&["solve", &folder, "--out", &place]);
    assert_eq!(
        solved.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&solved.stderr)
    );
    compare(name, out.path(), files);
    let plan = out.path().join("plan.csv").display().to_string();
    let audited = junheng(&["audit", &folder, &plan]);
    let said = String::from_utf8_lossy(&audited.stdout).into_owned();
    assert_eq!(audited.status.code(), Some(0), "{said}");
}

#[test]
fn places_beds_and_aid_are_planned_as_expected() {
    solves_as_expected("places", &["plan.csv", "gaps.csv", "plan.md"]);
}

#[test]
fn five_schools_are_planned_as_by_hand() {
    solves_as_expected("five-schools", &["plan.csv", "gaps.csv", "plan.md"]);
}

#[test]
fn three_schools_are_planned_as_by_hand() {
    solves_as_expected("three-schools", &["plan.csv", "gaps.csv", "plan.md"]);
}

#[test]
fn the_county_is_planned_as_expected() {
    solves_as_expected("county", &["plan.csv", "gaps.csv", "moves.csv", "plan.md"]);
}

#[test]
fn the_district_with_every_lever_is_planned_as_expected() {
    solves_as_expected(
        "district",
        &["plan.csv", "gaps.csv", "moves.csv", "plan.md"],
    );
}

#[test]
fn what_no_measure_can_do_in_time_is_told_with_the_rule_and_the_school() {
    let folder = case("district").display().to_string();
    let run = junheng(&["solve", &folder, "--scenario", "sooner"]);
    let said =
        String::from_utf8_lossy(&run.stdout).into_owned() + &String::from_utf8_lossy(&run.stderr);
    assert_eq!(run.status.code(), Some(4), "{said}");
    assert!(
        said.contains("2026年起教室全部达标") && said.contains("北山村小学"),
        "{said}"
    );
}

#[test]
fn osun_is_planned_as_expected() {
    solves_as_expected("osun", &["moves.csv", "plan.md"]);
}

#[test]
fn what_is_impossible_on_purpose_is_repaired_as_by_hand() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = case("impossible-posts").display().to_string();
    let place = out.path().display().to_string();
    let run = junheng(&["repair", &folder, "--out", &place]);
    let said = String::from_utf8_lossy(&run.stderr).into_owned();
    assert_eq!(run.status.code(), Some(4), "{said}");
    let scenarios = (1..=6).map(|at| format!("scenarios/repair-{at}.toml"));
    let files: Vec<String> = scenarios.chain(["repair.md".to_string()]).collect();
    let files: Vec<&str> = files.iter().map(String::as_str).collect();
    compare("impossible-posts", out.path(), &files);
    assert!(!out.path().join("scenarios/repair-7.toml").exists());
}

#[test]
fn scenarios_come_out_the_same_on_any_number_of_threads() {
    for name in ["five-schools", "district", "county"] {
        let folder = case(name).display().to_string();
        let run = |threads: &str| {
            let out = tempfile::tempdir().expect("a folder");
            let place = out.path().display().to_string();
            let run = junheng(&["compare", &folder, "--threads", threads, "--out", &place]);
            (run.status.code(), run.stdout, out)
        };
        let ((code, text, one), (code_4, text_4, four)) = (run("1"), run("4"));
        assert_eq!((code, &text), (code_4, &text_4), "{name}");
        assert_eq!(files(one.path()), files(four.path()), "{name}");
        compare(name, one.path(), &["comparison.csv", "comparison.md"]);
    }
}

/// All files below a folder with their bytes.
fn files(folder: &Path) -> std::collections::BTreeMap<PathBuf, Vec<u8>> {
    let mut found = std::collections::BTreeMap::new();
    let mut open = vec![folder.to_path_buf()];
    while let Some(next) = open.pop() {
        for entry in std::fs::read_dir(&next).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                open.push(path);
            } else {
                let name = path.strip_prefix(folder).expect("inside").to_path_buf();
                found.insert(name, std::fs::read(&path).expect("a file"));
            }
        }
    }
    found
}

#[test]
fn locked_rows_are_planned_around() {
    let out = tempfile::tempdir().expect("a folder");
    let folder = case("county").display().to_string();
    let place = out.path().display().to_string();
    assert_eq!(
        junheng(&["solve", &folder, "--out", &place]).status.code(),
        Some(0)
    );
    let plan = out.path().join("plan.csv");
    let text = std::fs::read_to_string(&plan).expect("a plan");
    // Lock every third row that does something, as a planner would in the last column.
    let locked: String = text
        .lines()
        .enumerate()
        .map(|(at, line)| {
            let does_something = line.contains("月底前");
            format!(
                "{line}{}\n",
                if at % 3 == 1 && does_something {
                    "是"
                } else {
                    ""
                }
            )
        })
        .collect();
    let edited = out.path().join("edited.csv");
    std::fs::write(&edited, locked).expect("the edited plan");
    let again = out.path().join("again");
    let kept = junheng(&[
        "solve",
        &folder,
        "--keep",
        &edited.display().to_string(),
        "--out",
        &again.display().to_string(),
    ]);
    assert_eq!(
        kept.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&kept.stderr)
    );
    let replanned = std::fs::read_to_string(again.join("plan.csv")).expect("the new plan");
    let essence = |line: &str| line.split(',').skip(1).collect::<Vec<_>>().join(",");
    let now: std::collections::BTreeSet<String> = replanned.lines().map(essence).collect();
    let locked_rows = text
        .lines()
        .enumerate()
        .filter(|(at, line)| at % 3 == 1 && line.contains("月底前"));
    let missing: Vec<&str> = locked_rows
        .map(|(_, line)| line)
        .filter(|line| !now.contains(&essence(line)))
        .collect();
    assert!(
        missing.is_empty(),
        "{} locked rows changed, such as {}",
        missing.len(),
        missing[0]
    );
}
