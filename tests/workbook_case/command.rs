//! The commands as a planner runs them on a workbook.

use std::path::Path;
use std::process::{Command, Output};

use crate::simple::Book;

fn run(folder: &Path, arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command
        .args(arguments)
        .current_dir(folder)
        .env("LC_ALL", "C")
        .env("LANG", "C");
    command.output().expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
}

#[test]
fn from_the_template_to_a_plan() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    ended(
        &run(at, &["template", "--lang", "zh", "--out", "我的案例.xlsx"]),
        0,
    );
    let twice = run(at, &["template", "--lang", "zh", "--out", "我的案例.xlsx"]);
    ended(&twice, 2);
    assert!(String::from_utf8_lossy(&twice.stderr).contains("不会覆盖"));
    ended(&run(at, &["check", "我的案例.xlsx"]), 0);
    ended(&run(at, &["solve", "我的案例.xlsx", "--out", "out"]), 0);
    ended(&run(at, &["audit", "我的案例.xlsx", "out/plan.csv"]), 0);
    let plan = std::fs::read_to_string(at.join("out/plan.csv")).expect("the plan");
    let mut rows: Vec<String> = plan.lines().map(str::to_string).collect();
    rows[1] += "是";
    std::fs::write(at.join("kept.csv"), rows.join("\n")).expect("the plan with a lock");
    ended(
        &run(at, &["solve", "我的案例.xlsx", "--keep", "kept.csv"]),
        0,
    );
    ended(&run(at, &["compare", "我的案例.xlsx"]), 0);
    let json = std::fs::read_to_string(at.join("out/plan.json")).expect("the plan");
    assert!(
        json.contains("我的案例.xlsx"),
        "the hash of the workbook is recorded"
    );
}

#[test]
fn faults_are_marked_in_a_copy_and_never_over_the_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let at = folder.path();
    let mut book = Book::simple();
    book.set("措施", "E2", "三分");
    book.write(&at.join("case.xlsx"));
    let before = std::fs::read(at.join("case.xlsx")).expect("the workbook");
    let checked = run(
        at,
        &[
            "check",
            "case.xlsx",
            "--mark",
            "marked.xlsx",
            "--lang",
            "zh",
        ],
    );
    ended(&checked, 1);
    let said = String::from_utf8_lossy(&checked.stdout).into_owned();
    assert!(
        said.contains("case.xlsx[措施]!E2: 错误 E204 `单价` 的写法不对：“三分”"),
        "{said}"
    );
    assert!(at.join("marked.xlsx").exists());
    ended(&run(at, &["check", "case.xlsx", "--mark", "case.xlsx"]), 2);
    assert_eq!(
        std::fs::read(at.join("case.xlsx")).expect("the workbook"),
        before
    );
    // The copy is a case with the same fault, and its findings are no part of it.
    let again = run(at, &["check", "marked.xlsx", "--lang", "zh"]);
    ended(&again, 1);
    let said = String::from_utf8_lossy(&again.stdout).into_owned();
    assert!(said.contains("1 个错误，0 条警告，0 条提示"), "{said}");
}
