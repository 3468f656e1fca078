//! The command as a planner runs it: transcripts in both languages, exit codes, files and hostile input.

use std::fs;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use serde_json::Value;
use tempfile::TempDir;

const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn command(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command
        .args(arguments)
        .env("LC_ALL", "C")
        .env("LANG", "C")
        .env_remove("NO_COLOR");
    command
}

fn run(arguments: &[&str]) -> Output {
    command(arguments).output().expect("the command starts")
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).expect("standard output is UTF-8")
}

fn talk(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).expect("standard error is UTF-8")
}

/// Checks how a run ended, showing what it said when that was not expected.
fn ended(output: &Output, code: i32) {
    assert_eq!(
        output.status.code(),
        Some(code),
        "{}\n{}",
        out(output),
        talk(output)
    );
}

fn json(output: &Output) -> Value {
    serde_json::from_slice(&output.stdout).expect("standard output is JSON")
}

/// All of these stand in the text, in this order.
fn in_order(text: &str, lines: &[&str]) {
    let mut rest = text;
    for line in lines {
        let at = rest
            .find(line)
            .unwrap_or_else(|| panic!("no {line:?} (in order) in\n{text}"));
        rest = &rest[at + line.len()..];
    }
}

/// A copy of the five schools whose files a test may change.
struct Copy {
    folder: TempDir,
}

impl Copy {
    fn new() -> Copy {
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("scenarios")).expect("a folder");
        for file in ["case.toml", "schools.csv", "scenarios/books-first.toml"] {
            fs::copy(Path::new(FIVE).join(file), folder.path().join(file)).expect("a copy");
        }
        Copy { folder }
    }

    fn path(&self) -> &str {
        self.folder.path().to_str().expect("UTF-8")
    }

    fn inside(&self, name: &str) -> String {
        self.folder
            .path()
            .join(name)
            .to_str()
            .expect("UTF-8")
            .to_string()
    }

    /// Replaces a text of a file that must be there.
    fn change(&self, file: &str, from: &str, to: &str) {
        let text = fs::read_to_string(self.inside(file)).expect("the file");
        assert!(text.contains(from), "{from} in {file}");
        fs::write(self.inside(file), text.replace(from, to)).expect("written");
    }

    fn add(&self, file: &str, more: &str) {
        let text = fs::read_to_string(self.inside(file)).unwrap_or_default();
        fs::write(self.inside(file), text + more).expect("written");
    }
}

const IMPOSSIBLE: &str = r#"
[[policy]]
id = "books-half"
name = "图书不少于两千册"
kind = "quota"
min = 2000
scope = { measures = ["buy-books"] }
"#;

#[test]
fn solve_says_what_is_asked_proposed_left_and_proven_in_chinese() {
    let output = run(&["solve", FIVE, "--lang", "zh"]);
    ended(&output, 0);
    in_order(
        &out(&output),
        &[
            "2026年 · 情景：基准",
            "※ 教学算例",
            "规划条件",
            "5 所学校，302 名学生",
            "方案",
            "购置图书",
            "530",
            "购置科学实验箱",
            "缺口指数由 239.8 降到 58.25 人·项",
            "仍然缺少",
            "起约束作用的限额",
            "教学装备专项2026年额度：每增加 1,000 元，缺口减少 6.25 人·项",
            "资金安排（元）",
            "22,600",
            "证明",
            "已证明：任何方案的缺口都不低于 58.25 人·项",
            "全部符合",
        ],
    );
    assert!(
        talk(&output).contains("junheng solve"),
        "a hint says what to type next"
    );
    assert!(!out(&output).contains("--out"), "hints are talk, not data");
}

#[test]
fn solve_says_the_same_in_english() {
    let output = run(&["solve", FIVE, "--lang", "en"]);
    ended(&output, 0);
    in_order(
        &out(&output),
        &[
            "scenario: base",
            "What was asked",
            "5 schools, 302 pupils",
            "What is proposed",
            "530",
            "from 239.8 to 58.25 pupil-standards",
            "What remains short",
            "Which limits bind",
            "1,000 元 more removes 6.25 pupil-standards",
            "Money by fund and year",
            "Proof",
            "proven: no plan has a gap below 58.25 pupil-standards",
            "all kept",
        ],
    );
}

#[test]
fn the_language_follows_the_locale_unless_it_is_asked_for() {
    let chinese = command(&["explain"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .expect("it runs");
    assert!(out(&chinese).starts_with("问题代码"), "{}", out(&chinese));
    let english = command(&["explain", "--lang", "en"])
        .env("LC_ALL", "zh_CN.UTF-8")
        .output()
        .expect("it runs");
    assert!(
        out(&english).starts_with("Codes of findings"),
        "{}",
        out(&english)
    );
}

#[test]
fn quiet_runs_say_nothing_but_data() {
    let output = run(&["solve", FIVE, "--quiet"]);
    ended(&output, 0);
    assert_eq!(talk(&output), "");
}

#[test]
fn a_written_plan_passes_its_audit_and_a_changed_one_does_not() {
    let case = Copy::new();
    let plan = case.inside("out");
    ended(
        &run(&["solve", case.path(), "--out", &plan, "--lang", "zh"]),
        0,
    );
    let mut written: Vec<String> = fs::read_dir(&plan)
        .expect("the folder")
        .map(|entry| {
            entry
                .expect("a file")
                .file_name()
                .into_string()
                .expect("UTF-8")
        })
        .collect();
    written.sort();
    assert_eq!(written, ["gaps.csv", "plan.csv", "plan.json", "plan.md"]);

    let table = format!("{plan}/plan.csv");
    let good = run(&["audit", case.path(), &table, "--lang", "en"]);
    ended(&good, 0);
    assert!(out(&good).contains("all kept"));

    let text = fs::read_to_string(&table).expect("the table");
    assert!(
        text.starts_with('\u{feff}'),
        "Chinese tables carry a byte order mark"
    );
    let first = text.lines().nth(1).expect("a row").to_string();
    let changed = first.replacen("2026,", "2026,1", 1);
    assert_ne!(first, changed);
    fs::write(&table, text.replace(&first, &changed)).expect("written");
    let bad = run(&["audit", case.path(), &table, "--lang", "zh"]);
    ended(&bad, 5);
    assert!(out(&bad).contains("不符"), "{}", out(&bad));
}

#[test]
fn two_runs_write_the_same_bytes_without_clock_or_path() {
    let case = Copy::new();
    let folders = [case.inside("one"), case.inside("two")];
    for folder in &folders {
        ended(&run(&["solve", case.path(), "--out", folder]), 0);
    }
    for file in ["plan.csv", "gaps.csv", "plan.json", "plan.md"] {
        let [one, two] =
            [0, 1].map(|at| fs::read(Path::new(&folders[at]).join(file)).expect("the file"));
        assert!(one == two, "{file} differs");
        assert!(
            !String::from_utf8_lossy(&one).contains(case.path()),
            "{file} names a path"
        );
    }
    let json: Value = serde_json::from_slice(
        &fs::read(Path::new(&folders[0]).join("plan.json")).expect("the file"),
    )
    .expect("JSON");
    assert_eq!(json["verdict"]["kind"], "optimal");
    assert_eq!(json["provenance"]["version"], env!("CARGO_PKG_VERSION"));
    assert_eq!(
        json["provenance"]["inputs"][0]["blake3"]
            .as_str()
            .map(str::len),
        Some(64)
    );
}

#[test]
fn kept_rows_stay_and_the_rest_is_planned_around_them() {
    let case = Copy::new();
    let plan = case.inside("out");
    ended(&run(&["solve", case.path(), "--out", &plan]), 0);
    let table = PathBuf::from(&plan).join("plan.csv");
    let keep = table.to_str().expect("UTF-8");
    let unmarked = run(&["solve", case.path(), "--keep", keep, "--lang", "en"]);
    ended(&unmarked, 1);
    assert!(talk(&unmarked).contains("E608"), "{}", talk(&unmarked));

    let text = fs::read_to_string(&table).expect("the table");
    let first = text.lines().nth(1).expect("a row").to_string();
    assert!(first.ends_with(','), "the lock column is empty: {first}");
    fs::write(&table, text.replace(&first, &format!("{first}是"))).expect("written");
    let kept = run(&[
        "solve",
        case.path(),
        "--keep",
        keep,
        "--scenario",
        "books-first",
        "--json",
    ]);
    ended(&kept, 0);
    let answer = json(&kept);
    assert_eq!(answer["provenance"]["kept_rows"], 1);
    let cells: Vec<&str> = first.split(',').collect();
    let rows = answer["rows"].as_array().expect("rows");
    let same = |row: &&Value| {
        cells.contains(&row["school"].as_str().unwrap_or(""))
            && cells.contains(&row["measure"].as_str().unwrap_or(""))
    };
    assert!(rows.iter().any(|row| same(&row)), "{first} is kept");
}

#[test]
fn every_fault_is_shown_with_its_place_and_remedy() {
    let case = Copy::new();
    case.change("schools.csv", "S2,小学2,乡村,37", "S2,小学2,乡村,许多");
    case.change("case.toml", "cost = 2000 ", "cots = 2000 ");
    for (lang, error, counts) in [("zh", "错误", "个错误"), ("en", "error", "errors")] {
        let output = run(&["check", case.path(), "--lang", lang]);
        ended(&output, 1);
        let text = out(&output);
        assert!(
            text.contains(&format!("{}:3:4: {error} E", case.inside("schools.csv"))),
            "{text}"
        );
        assert!(
            text.contains("许多") && text.contains("cots") && text.contains("→ "),
            "{text}"
        );
        assert!(text.contains(counts), "{text}");
    }
    let output = run(&["check", case.path(), "--json"]);
    ended(&output, 1);
    let found = json(&output);
    assert_eq!(
        found["findings"]
            .as_array()
            .map(Vec::len)
            .map(|many| many as u64 >= 2),
        Some(true)
    );
    assert_eq!(found["findings"][0]["grade"], "error");
    ended(&run(&["solve", case.path()]), 1);
}

#[test]
fn a_wrong_folder_is_told_apart_from_a_bad_case() {
    let nowhere = run(&["solve", "nowhere-at-all", "--lang", "en"]);
    ended(&nowhere, 1);
    assert!(
        talk(&nowhere).contains("nowhere-at-all/case.toml"),
        "{}",
        talk(&nowhere)
    );
    let sheet = format!("{FIVE}/schools.csv");
    let file = run(&["diagnose", &sheet, "--lang", "zh"]);
    ended(&file, 1);
    assert!(
        talk(&file).contains(&format!("junheng new {sheet}")),
        "{}",
        talk(&file)
    );
}

#[test]
fn an_unknown_scenario_is_answered_with_the_nearest_one() {
    let english = run(&["solve", FIVE, "--scenario", "book-first", "--lang", "en"]);
    ended(&english, 2);
    assert!(
        talk(&english).contains("did you mean \"books-first\"?"),
        "{}",
        talk(&english)
    );
    let chinese = run(&[
        "compare",
        FIVE,
        "--scenario",
        "books-first+书",
        "--lang",
        "zh",
    ]);
    ended(&chinese, 2);
    assert!(
        talk(&chinese).contains("没有情景“书”；已有：books-first"),
        "{}",
        talk(&chinese)
    );
}

#[test]
fn usage_errors_end_with_two_in_the_language_asked_for() {
    for (arguments, said) in [
        (vec!["slove", FIVE], "没有这个命令：slove；是不是 solve？"),
        (vec!["solve", FIVE, "--outt", "x"], "不认识的参数 --outt"),
        (vec!["solve"], "缺少参数 <CASE>"),
        (vec!["solve", FIVE, "--solver", "magic"], "取值“magic”无效"),
        (vec!["diagnose", FIVE, "--year", "soon"], "取值“soon”无效"),
        (vec!["compare", FIVE, "--threads", "0"], "取值“0”无效"),
    ] {
        let output = run(&[&["--lang", "zh"], arguments.as_slice()].concat());
        ended(&output, 2);
        assert!(
            talk(&output).contains(said),
            "{arguments:?}: {}",
            talk(&output)
        );
        let english = run(&[&["--lang", "en"], arguments.as_slice()].concat());
        ended(&english, 2);
        assert!(talk(&english).starts_with("error"), "{}", talk(&english));
        assert!(talk(&english).is_ascii(), "{}", talk(&english));
    }
    let year = run(&["diagnose", FIVE, "--year", "1999", "--lang", "zh"]);
    ended(&year, 2);
    assert!(
        talk(&year).contains("不是规划期内的年份"),
        "{}",
        talk(&year)
    );
}

#[test]
fn help_is_data_in_the_language_asked_for() {
    let chinese = run(&["solve", "--help", "--lang", "zh"]);
    ended(&chinese, 0);
    in_order(
        &out(&chinese),
        &[
            "求最优方案",
            "用法：junheng solve [选项] <CASE>",
            "案例：含 case.toml 的文件夹",
            "--keep",
            "--lang",
        ],
    );
    let english = run(&["--help", "--lang=en"]);
    ended(&english, 0);
    in_order(
        &out(&english),
        &[
            "Usage: junheng",
            "Commands:",
            "solve",
            "compare",
            "Options:",
        ],
    );
    ended(&run(&[]), 2);
}

#[test]
fn a_reader_who_leaves_early_is_no_failure() {
    for arguments in [vec!["explain"], vec!["solve", FIVE, "--json"]] {
        let mut child = command(&arguments)
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .expect("it starts");
        drop(child.stdout.take());
        let mut said = String::new();
        child
            .stderr
            .take()
            .expect("piped")
            .read_to_string(&mut said)
            .expect("UTF-8");
        let status = child.wait().expect("it ends");
        assert_eq!(status.code(), Some(0), "{arguments:?}: {said}");
        assert!(!said.contains("panick"), "{said}");
    }
}

#[test]
fn a_folder_that_cannot_be_written_is_refused_before_the_work() {
    let case = Copy::new();
    let file = case.inside("schools.csv");
    for task in ["solve", "compare"] {
        let output = run(&[task, case.path(), "--out", &file, "--lang", "zh"]);
        ended(&output, 2);
        assert!(
            talk(&output).contains("不能写入文件夹"),
            "{}",
            talk(&output)
        );
        assert_eq!(out(&output), "", "nothing was solved");
    }
}

#[test]
fn an_impossible_case_is_said_in_planning_words() {
    let case = Copy::new();
    case.add("case.toml", IMPOSSIBLE);
    let output = run(&["solve", case.path(), "--lang", "zh"]);
    ended(&output, 4);
    in_order(
        &out(&output),
        &[
            "没有可行方案（已证明）",
            "不能同时成立",
            "图书不少于两千册",
            "case.toml:",
        ],
    );
    let output = run(&["solve", case.path(), "--json", "--out", &case.inside("out")]);
    ended(&output, 4);
    assert_eq!(json(&output)["verdict"]["kind"], "impossible");
    assert!(
        Path::new(&case.inside("out/plan.json")).exists()
            && !Path::new(&case.inside("out/plan.csv")).exists()
    );
}

#[test]
fn scenarios_are_compared_and_a_failing_one_stops_no_other() {
    let case = Copy::new();
    case.add(
        "scenarios/stuck.toml",
        &format!("title = \"自相矛盾\"\n{IMPOSSIBLE}"),
    );
    let output = run(&[
        "compare",
        case.path(),
        "--lang",
        "zh",
        "--out",
        &case.inside("out"),
    ]);
    ended(&output, 4);
    in_order(
        &out(&output),
        &[
            "情景比较",
            "base",
            "已证明最优",
            "books-first",
            "已证明最优",
            "stuck",
            "无可行方案",
            "图书不少于两千册",
        ],
    );
    for file in [
        "comparison.csv",
        "comparison.json",
        "comparison.md",
        "base/plan.csv",
        "books-first/plan.csv",
        "stuck/plan.json",
    ] {
        assert!(Path::new(&case.inside("out")).join(file).exists(), "{file}");
    }
    let chosen = run(&[
        "compare",
        case.path(),
        "--scenario",
        "books-first",
        "--json",
    ]);
    ended(&chosen, 0);
    let names: Vec<Value> = json(&chosen)["scenarios"]
        .as_array()
        .expect("scenarios")
        .iter()
        .map(|one| one["scenario"].clone())
        .collect();
    assert_eq!(names, ["base", "books-first"]);
}

#[test]
fn threads_do_not_change_a_byte() {
    let [one, two] = ["1", "2"].map(|threads| {
        let output = run(&["compare", FIVE, "--threads", threads, "--json"]);
        ended(&output, 0);
        output.stdout
    });
    assert!(one == two);
}

#[test]
fn hostile_names_steer_neither_terminal_nor_spreadsheet() {
    let case = Copy::new();
    let hostile = "=S4,\"+cmd|' /C calc'!A0 |<b>\"";
    case.change("schools.csv", "S4,小学4", hostile);
    let plan = case.inside("out");
    ended(
        &run(&["solve", case.path(), "--lang", "zh", "--out", &plan]),
        0,
    );
    let table = fs::read_to_string(format!("{plan}/plan.csv")).expect("the table");
    assert!(
        table.contains("'=S4") && table.contains("'+cmd|"),
        "{table}"
    );
    let memo = fs::read_to_string(format!("{plan}/plan.md")).expect("the memo");
    assert!(!memo.contains("<b>"), "{memo}");
    ended(
        &run(&["audit", case.path(), &format!("{plan}/plan.csv")]),
        0,
    );
}

#[test]
fn control_characters_of_files_never_reach_the_terminal() {
    let case = Copy::new();
    case.change("schools.csv", "小学4", "\u{1b}[31m小学4");
    let refused = run(&["check", case.path(), "--color", "never"]);
    ended(&refused, 1);
    assert!(out(&refused).contains("[31m") && !out(&refused).contains('\u{1b}'));
    case.change("schools.csv", "\u{1b}[31m", "");
    case.change(
        "case.toml",
        "五校算例 Five schools",
        "\\u001B]0;owned\\u0007",
    );
    let titled = run(&["solve", case.path(), "--color", "never"]);
    let said = out(&titled) + &talk(&titled);
    assert!(!said.contains('\u{1b}') && !said.contains('\u{7}'));
}

#[test]
fn colours_only_when_wanted() {
    let coloured = run(&["solve", FIVE, "--color", "always"]);
    assert!(out(&coloured).contains("\u{1b}[1m"));
    let plain = run(&["solve", FIVE]);
    assert!(
        !out(&plain).contains('\u{1b}'),
        "standard output is no terminal here"
    );
}

#[test]
fn the_diagnosis_gives_the_published_coefficient() {
    let output = run(&["diagnose", FIVE, "--json"]);
    ended(&output, 0);
    let cv = json(&output)["survey"]["sections"][0]["indicators"][0]["cv"]
        .as_f64()
        .expect("a coefficient");
    assert!((cv - 0.51526).abs() < 5e-6, "{cv}");
    let page = run(&["diagnose", FIVE, "--lang", "zh"]);
    in_order(
        &out(&page),
        &[
            "小学学段：5 所学校",
            "差异系数",
            "图书",
            "0.5153",
            "缺口",
            "成本效益排序",
            "按城乡类型",
        ],
    );
}

#[test]
fn codes_scenarios_and_schema_are_shown() {
    let known = run(&["explain", "e101", "--lang", "zh"]);
    ended(&known, 0);
    assert!(out(&known).starts_with("E101 · 错误"), "{}", out(&known));
    let unknown = run(&["explain", "E999", "--lang", "en"]);
    ended(&unknown, 2);
    assert!(
        talk(&unknown).contains("did you mean E"),
        "{}",
        talk(&unknown)
    );
    let listed = run(&["list", FIVE, "--lang", "en"]);
    ended(&listed, 0);
    in_order(
        &out(&listed),
        &["Scenarios", "books-first", "weight of 图书: 2"],
    );
    let schema = run(&["schema"]);
    ended(&schema, 0);
    assert!(json(&schema)["properties"].is_object());
}

#[test]
fn a_sheet_becomes_a_case_that_says_what_is_to_be_filled_in() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place
        .path()
        .join("mine")
        .to_str()
        .expect("UTF-8")
        .to_string();
    let sheet = format!("{FIVE}/schools.csv");
    let made = run(&["new", &sheet, "--out", &folder, "--lang", "zh"]);
    ended(&made, 0);
    in_order(&out(&made), &["识别结果", "在校生"]);
    assert!(
        Path::new(&folder).join("case.toml").exists()
            && Path::new(&folder).join("schools.csv").exists()
    );
    let checked = run(&["check", &folder, "--lang", "zh"]);
    ended(&checked, 1);
    let again = run(&["new", &sheet, "--out", &folder, "--lang", "zh"]);
    ended(&again, 2);
    assert!(talk(&again).contains("不会覆盖"), "{}", talk(&again));
    ended(&run(&["new", "no-such-sheet.csv"]), 1);
}
