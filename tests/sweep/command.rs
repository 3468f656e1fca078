//! `junheng sweep` as a planner runs it, and as it is killed.

use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::time::Duration;

use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;
use serde_json::Value;

pub const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");
const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command
}

pub fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command starts")
}

pub fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

pub fn ended(output: &Output, code: i32) {
    let said = || format!("{}\n{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}", said());
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = fs::read_dir(folder).expect("a folder");
    let mut names: Vec<String> = entries
        .map(|entry| {
            entry
                .expect("an entry")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    names.sort();
    names
}

/// A sweep of the five schools into a folder.
fn five<'a>(folder: &'a str, more: &[&'a str]) -> Vec<&'a str> {
    let mut all = vec![
        "sweep",
        FIVE,
        "--vary",
        "enrolment=~80%..100%..110%",
        "--vary",
        "funds=50%:150%:5%",
        "--draws",
        "8",
        "--lang",
        "en",
        "--out",
        folder,
    ];
    all.extend_from_slice(more);
    all
}

#[test]
fn a_planner_reads_what_the_gap_hangs_on_and_programs_every_point() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    let output = run(&five(folder, &[]));
    ended(&output, 0);
    let page = text(&output.stdout);
    for part in [
        "168 points: proven best 168",
        "enrolment (times)",
        "all funds (times)",
        "median",
    ] {
        assert!(page.contains(part), "{part} in\n{page}");
    }
    assert_eq!(names(place.path()), ["sweep.csv", "sweep.json", "sweep.md"]);
    let table = fs::read_to_string(place.path().join("sweep.csv")).expect("the table");
    assert_eq!(table.lines().count(), 169);
    let data = fs::read(place.path().join("sweep.json")).expect("the data");
    let data: Value = serde_json::from_slice(&data).expect("JSON");
    assert_eq!(data["points"], 168);
    assert_eq!(data["sweep"]["seed"], 1);
    let output = run(&[
        "sweep",
        FIVE,
        "--vary",
        "资金=80%，100%",
        "--vary",
        "terminal=0,5",
        "--lang",
        "zh",
        "--json",
    ]);
    ended(&output, 0);
    let data: Value = serde_json::from_slice(&output.stdout).expect("JSON");
    assert_eq!(data["verdicts"]["已证明最优"], 4);
}

#[test]
fn what_is_not_understood_is_said_with_what_would_be() {
    for (vary, said) in [
        ("funds", "write WHAT=VALUES"),
        ("fudns=1", "what can be varied"),
        ("funds:nobody=1", "no fund \"nobody\""),
        ("funds=1:0:1", "START"),
        ("weight=1", "RESOURCE"),
        ("scenario=nobody", "no scenario \"nobody\""),
        ("enrolment=0%", "more than 0"),
    ] {
        let output = run(&["sweep", FIVE, "--vary", vary, "--lang", "en"]);
        assert!(matches!(output.status.code(), Some(1 | 2)), "{vary}");
        let talk = text(&output.stderr);
        assert!(talk.contains(said), "{vary}: {talk}");
        assert!(output.stdout.is_empty());
    }
    let twice = [
        "sweep", FIVE, "--vary", "funds=1", "--vary", "资金=2", "--lang", "en",
    ];
    ended(&run(&twice), 2);
    let many = [
        "sweep",
        COUNTY,
        "--vary",
        "funds=0:10:0.001",
        "--vary",
        "cost=0:10:0.001",
        "--lang",
        "en",
    ];
    let output = run(&many);
    ended(&output, 2);
    assert!(text(&output.stderr).contains("too many points"));
}

#[test]
fn another_sweep_does_not_go_on_where_one_was_stopped() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    let output = run(&five(folder, &["--time-limit", "0"]));
    ended(&output, 3);
    assert!(text(&output.stderr).contains("run the same command again"));
    let output = run(&five(folder, &["--seed", "2"]));
    ended(&output, 2);
    assert!(text(&output.stderr).contains("another sweep is half done"));
    ended(&run(&five(folder, &[])), 0);
    assert_eq!(names(place.path()), ["sweep.csv", "sweep.json", "sweep.md"]);
}

/// The files of a whole sweep, and those of one that is done but for its names.
fn undisturbed() -> (Vec<u8>, Vec<u8>, String) {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    ended(&run(&five(folder, &["--time-limit", "0"])), 3);
    let described = fs::read_to_string(place.path().join("sweep.part.json")).expect("begun");
    ended(&run(&five(folder, &[])), 0);
    let read = |name| fs::read(place.path().join(name)).expect("a file");
    (read("sweep.csv"), read("sweep.json"), described)
}

#[test]
fn cut_at_any_byte_it_goes_on_to_the_same_end() {
    let (table, data, described) = undisturbed();
    let mut random = ChaCha8Rng::seed_from_u64(50);
    for _ in 0..50 {
        let cut = random.random_range(0..=table.len());
        let place = tempfile::tempdir().expect("a folder");
        fs::write(place.path().join("sweep.part.json"), &described).expect("written");
        fs::write(place.path().join("sweep.part.csv"), &table[..cut]).expect("written");
        let folder = place.path().to_str().expect("UTF-8");
        ended(&run(&five(folder, &["--quiet"])), 0);
        let read = |name| fs::read(place.path().join(name)).expect("a file");
        assert_eq!(read("sweep.csv"), table, "cut at {cut}");
        assert_eq!(read("sweep.json"), data, "cut at {cut}");
    }
}

#[test]
fn killed_at_any_time_it_goes_on_to_the_same_end() {
    let arguments = |folder: &str, threads: &str| -> Vec<String> {
        let all = [
            "sweep",
            COUNTY,
            "--vary",
            "funds=50%:150%:1%",
            "--out",
            folder,
            "--threads",
            threads,
            "--quiet",
        ];
        all.map(str::to_string).into()
    };
    let start = |folder: &str, threads: &str| {
        let arguments = arguments(folder, threads);
        let mut command = command(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
        command
            .stdout(Stdio::null())
            .spawn()
            .expect("the command starts")
    };
    let whole = tempfile::tempdir().expect("a folder");
    let begun = std::time::Instant::now();
    let ended = start(whole.path().to_str().expect("UTF-8"), "2").wait();
    assert!(ended.is_ok_and(|status| status.success()));
    let (length, table) = (
        begun.elapsed(),
        fs::read(whole.path().join("sweep.csv")).expect("the table"),
    );
    let mut random = ChaCha8Rng::seed_from_u64(51);
    let (mut killed, mut rounds) = (0, 0);
    while killed < 50 && rounds < 100 {
        rounds += 1;
        let place = tempfile::tempdir().expect("a folder");
        let folder = place.path().to_str().expect("UTF-8");
        for threads in ["1", "2", "1"] {
            let mut child = start(folder, threads);
            let wait = length.mul_f64(random.random_range(0.1..1.0));
            std::thread::sleep(wait.min(Duration::from_secs(20)));
            if child.try_wait().expect("a child").is_none() {
                child.kill().expect("killed");
                killed += 1;
            }
            child.wait().expect("ended");
        }
        let ended = start(folder, "2").wait();
        assert!(ended.is_ok_and(|status| status.success()));
        assert_eq!(
            fs::read(place.path().join("sweep.csv")).expect("the table"),
            table
        );
    }
    assert!(killed >= 50, "{killed} killed");
}
