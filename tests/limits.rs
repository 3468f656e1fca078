//! Promises of time and memory, and what an interruption leaves behind; with the real command.

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).args(["--lang", "en"]);
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command starts")
}

fn talk(output: &Output) -> String {
    String::from_utf8_lossy(&output.stderr).into_owned()
}

fn ended(output: &Output, code: i32) {
    assert_eq!(output.status.code(), Some(code), "{}", talk(output));
}

fn json(file: &Path) -> Value {
    let bytes = fs::read(file).unwrap_or_else(|failed| panic!("{}: {failed}", file.display()));
    serde_json::from_slice(&bytes).unwrap_or_else(|failed| panic!("{}: {failed}", file.display()))
}

/// The shipped county, so many times over, in one county: the copies differ in size, so that no two lump.
fn counties(times: usize) -> TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    let (from, to) = (Path::new(COUNTY), folder.path());
    fs::create_dir(to.join("scenarios")).expect("a folder");
    fs::copy(from.join("case.toml"), to.join("case.toml")).expect("a copy");
    for entry in fs::read_dir(from.join("scenarios")).expect("the scenarios") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().expect("a name");
        fs::copy(&path, to.join("scenarios").join(name)).expect("a copy");
    }
    let mut table = csv::Reader::from_path(from.join("schools.csv")).expect("the table");
    let header = table.headers().expect("a header").clone();
    let rows: Vec<csv::StringRecord> = table.records().map(|row| row.expect("a row")).collect();
    let mut more = csv::Writer::from_path(to.join("schools.csv")).expect("a table");
    more.write_record(&header).expect("written");
    for copy in 0..times {
        for row in &rows {
            let cells = row.iter().enumerate().map(|(at, cell)| {
                match (at, copy, cell.parse::<f64>()) {
                    (_, 0, _) => cell.to_string(),
                    (0, ..) => format!("{cell}-{copy}"),
                    (_, _, Ok(number)) if number > 9.0 && header[at] != *"学校代码" => {
                        // Smaller by a share of its own in every copy; whole numbers stay whole.
                        let share = 1.0 - (copy as f64 * 0.618).fract() * 0.2;
                        match cell.contains('.') {
                            true => cell.to_string(),
                            false => (number * share).round().to_string(),
                        }
                    }
                    _ => cell.to_string(),
                }
            });
            more.write_record(cells.collect::<Vec<_>>())
                .expect("written");
        }
    }
    more.flush().expect("written");
    folder
}

fn text(path: &Path) -> &str {
    path.to_str().expect("UTF-8")
}

/// No file that is only half-written, and none of the names under which files are written.
fn nothing_half_written(folder: &Path) {
    for entry in fs::read_dir(folder).expect("the folder") {
        let path: PathBuf = entry.expect("an entry").path();
        let name = path.file_name().expect("a name").to_string_lossy();
        assert!(!name.starts_with(".junheng-"), "{} is left", path.display());
        if path.is_dir() {
            nothing_half_written(&path);
        }
    }
}

/// The plan in a folder passes the audit that knows nothing of how it was made.
fn audited(case: &Path, folder: &Path) {
    let plan = folder.join("plan.csv");
    ended(&run(&["audit", text(case), text(&plan)]), 0);
}

#[test]
fn without_time_to_search_there_is_still_an_audited_plan_with_a_proven_distance() {
    let case = counties(4);
    let out = case.path().join("out");
    let output = run(&[
        "solve",
        text(case.path()),
        "--out",
        text(&out),
        "--time-limit",
        "0",
    ]);
    ended(&output, 3);
    let page = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(page.contains("time limit"), "{page}");
    let memo = fs::read_to_string(out.join("plan.md")).expect("plan.md");
    assert!(
        memo.contains("--time-limit"),
        "the memo says what cut it short"
    );

    let plan = json(&out.join("plan.json"));
    assert_eq!(plan["verdict"]["kind"], "stopped");
    assert_eq!(plan["verdict"]["halted_by"], "time");
    let figure = |value: &Value| value.as_f64().expect("a number");
    let (bound, planned) = (
        figure(&plan["certificate"]["bound"]),
        figure(&plan["certificate"]["planned"]),
    );
    assert!((0.0..=planned).contains(&bound), "{bound} <= {planned}");
    assert!(
        planned < figure(&plan["gap"]["before"]),
        "something is done"
    );
    let distance = figure(&plan["verdict"]["distance"]);
    assert!((distance - (planned - bound) / bound.max(1.0)).abs() < 1e-9);
    audited(case.path(), &out);
    nothing_half_written(&out);

    // The bound holds: the best plan is not below it, and the plan made in haste not below the best.
    let best = case.path().join("best");
    ended(&run(&["solve", text(case.path()), "--out", text(&best)]), 0);
    let best = json(&best.join("plan.json"));
    assert!(best["verdict"].get("halted_by").is_none());
    let best = figure(&best["certificate"]["bound"]);
    assert!(
        bound <= best && best <= planned,
        "{bound} <= {best} <= {planned}"
    );
}

#[test]
fn a_search_ends_in_the_middle_when_its_time_is_over() {
    let case = counties(40);
    let out = case.path().join("out");
    let arguments = [
        "solve",
        text(case.path()),
        "--out",
        text(&out),
        "--time-limit",
        "2s",
    ];
    let output = command(&arguments)
        .args(["--solver", "clarabel"])
        .output()
        .expect("the command starts");
    ended(&output, 3);
    let plan = json(&out.join("plan.json"));
    assert_eq!(plan["verdict"]["halted_by"], "time");
    audited(case.path(), &out);
    nothing_half_written(&out);
}

#[test]
fn a_limit_that_is_not_reached_changes_no_byte() {
    let place = tempfile::tempdir().expect("a folder");
    let (free, held) = (place.path().join("free"), place.path().join("held"));
    ended(&run(&["solve", COUNTY, "--out", text(&free)]), 0);
    let limits = ["--time-limit", "1h", "--memory-limit", "8GiB"];
    let arguments = ["solve", COUNTY, "--out", text(&held)];
    ended(&run(&[&arguments[..], &limits].concat()), 0);
    for entry in fs::read_dir(&free).expect("the folder") {
        let path = entry.expect("an entry").path();
        let other = held.join(path.file_name().expect("a name"));
        assert_eq!(
            fs::read(&path).expect("a file"),
            fs::read(&other).expect("the same file"),
            "{}",
            path.display()
        );
    }
}

#[test]
fn a_case_that_does_not_fit_is_refused_before_the_work() {
    let case = counties(8);
    for task in ["solve", "compare"] {
        let output = run(&[task, text(case.path()), "--memory-limit", "24MiB"]);
        ended(&output, 2);
        let said = talk(&output);
        assert!(said.contains("memory limit is too low"), "{said}");
        assert!(said.contains("24 MiB"), "{said}");
        assert!(output.stdout.is_empty());
    }
}

#[test]
fn limits_that_cannot_be_meant_are_refused_with_an_example() {
    for (limit, value, hint) in [
        ("--time-limit", "soon", "30s"),
        ("--time-limit", "-1", "30s"),
        ("--time-limit", "99999999h", "366 days"),
        ("--memory-limit", "lots", "2GiB"),
        ("--memory-limit", "1KB", "16 MiB"),
        ("--memory-limit", "0", "16 MiB"),
    ] {
        let output = run(&["solve", COUNTY, &format!("{limit}={value}")]);
        ended(&output, 2);
        assert!(talk(&output).contains(hint), "{}", talk(&output));
    }
    let output = run(&["solve", COUNTY, "--time-limit=soon"]);
    assert!(!talk(&output).contains("panicked"));
}

#[cfg(unix)]
fn interrupt(process: u32) {
    let sent = Command::new("kill")
        .args(["-INT", &process.to_string()])
        .status()
        .expect("kill runs");
    assert!(sent.success());
}

/// Starts a comparison on one thread and waits until its first scenario is finished.
#[cfg(unix)]
fn begun(case: &Path, out: &Path) -> (std::process::Child, BufReader<std::process::ChildStderr>) {
    let mut child = command(&["compare", text(case), "--out", text(out), "--threads", "1"])
        .stdout(Stdio::null())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    let mut talk = BufReader::new(child.stderr.take().expect("standard error"));
    let mut line = String::new();
    while !line.contains("done 1/") {
        line.clear();
        assert!(
            talk.read_line(&mut line).expect("talk") > 0,
            "it ended early"
        );
    }
    (child, talk)
}

#[cfg(unix)]
#[test]
fn an_interrupted_comparison_leaves_whole_what_was_finished_and_names_the_rest() {
    let case = counties(4);
    let out = case.path().join("out");
    let (mut child, talk) = begun(case.path(), &out);
    interrupt(child.id());
    let said: Vec<String> = talk.lines().map_while(Result::ok).collect();
    let status = child.wait().expect("it ends");
    assert_eq!(status.code(), Some(3), "{said:?}");
    assert!(
        said.iter().any(|line| line.contains("stopping")),
        "{said:?}"
    );

    let comparison = json(&out.join("comparison.json"));
    let scenarios = comparison["scenarios"].as_array().expect("scenarios");
    let kinds: Vec<&str> = scenarios
        .iter()
        .map(|one| one["verdict"]["kind"].as_str().expect("a kind"))
        .collect();
    assert!(kinds.contains(&"optimal"), "one was finished: {kinds:?}");
    assert!(
        kinds.contains(&"not-begun"),
        "some were not begun: {kinds:?}"
    );
    for (scenario, kind) in scenarios.iter().zip(&kinds) {
        let own = out.join(scenario["scenario"].as_str().expect("a name"));
        assert_eq!(own.exists(), *kind != "not-begun", "{}", own.display());
        if own.exists() {
            assert_eq!(json(&own.join("plan.json"))["verdict"]["kind"], *kind);
            for file in ["plan.md", "plan.csv", "gaps.csv"] {
                assert!(own.join(file).exists(), "{file} of {}", own.display());
            }
        }
    }
    let memo = fs::read_to_string(out.join("comparison.md")).expect("comparison.md");
    assert!(memo.contains("not begun"), "{memo}");
    nothing_half_written(&out);
}
