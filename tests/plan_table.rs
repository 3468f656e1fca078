//! A plan table is read back as it was written, and what a spreadsheet or a planner does to it is either understood
//! or refused with a coded finding.

mod common;

use std::path::PathBuf;

use common::{With, county};
use junheng::case::Case;
use junheng::plan::table::{Wanted, read};
use junheng::plan::{Options, Plan, PlanRow, solve};
use junheng::report::{Question, plan_csv};
use junheng::words::{Lang, Notices};

fn planned(seed: u64) -> (Case, Plan) {
    let with = With {
        policies: true,
        levers: false,
        ageing: false,
        terminal: 5.0,
        ..With::default()
    };
    let mut case = county(seed, with);
    case.money_shown = (10_000.0, "万元".into());
    let plan = solve(&case, &Options::default())
        .plan
        .expect("generated cases have a plan");
    (case, plan)
}

/// A plan of which at least one row moves, hires or buys something.
fn busy() -> (Case, Plan) {
    (1..)
        .map(planned)
        .find(|(_, plan)| plan.rows.len() > 3)
        .expect("a plan with rows")
}

fn written(case: &Case, plan: &Plan, lang: Lang) -> String {
    let asked = Question {
        case,
        scenario: None,
        lang,
    };
    let mut table = Vec::new();
    plan_csv::write(&mut table, &asked, plan).expect("the table is written");
    String::from_utf8(table).expect("the table is UTF-8")
}

fn read_back(case: &Case, bytes: &[u8], wanted: Wanted) -> Result<Vec<PlanRow>, Notices> {
    let folder = tempfile::tempdir().expect("a folder");
    let file: PathBuf = folder.path().join("plan.csv");
    std::fs::write(&file, bytes).expect("the table is written");
    read(case, &file, wanted)
}

/// Whether two lists of rows say the same. A table holds what is handed out, not the noise of floating point.
fn same(one: &[PlanRow], other: &[PlanRow]) -> bool {
    let clean = |rows: &[PlanRow]| -> Vec<PlanRow> {
        let round = |row: &PlanRow| PlanRow {
            units: (row.units * 1e6).round() / 1e6,
            ..row.clone()
        };
        rows.iter().map(round).collect()
    };
    clean(one) == clean(other)
}

fn codes(found: Result<Vec<PlanRow>, Notices>) -> Vec<&'static str> {
    let notices = found.expect_err("the table has a fault");
    notices.iter().map(|notice| notice.code.0).collect()
}

/// The table with one cell changed, in the first row that names a measure.
fn edited(text: &str, column: &str, value: &str) -> String {
    let mut lines: Vec<Vec<String>> = csv::ReaderBuilder::new()
        .has_headers(false)
        .from_reader(text.trim_start_matches('\u{feff}').as_bytes())
        .records()
        .map(|record| {
            record
                .expect("a record")
                .iter()
                .map(str::to_string)
                .collect()
        })
        .collect();
    let at = lines[0]
        .iter()
        .position(|name| name.starts_with(column))
        .expect("the column");
    lines[1][at] = value.to_string();
    let mut writer = csv::Writer::from_writer(Vec::new());
    lines
        .iter()
        .for_each(|line| writer.write_record(line).expect("a record"));
    String::from_utf8(writer.into_inner().expect("in memory")).expect("UTF-8")
}

#[test]
fn rows_come_back_as_they_were_written() {
    for seed in 1..12 {
        let (case, plan) = planned(seed);
        for lang in [Lang::Zh, Lang::En] {
            let text = written(&case, &plan, lang);
            let back = read_back(&case, text.as_bytes(), Wanted::All).expect("no fault");
            assert!(same(&back, &plan.rows), "seed {seed}, {lang:?}");
        }
    }
}

#[test]
fn a_table_saved_by_a_chinese_spreadsheet_is_understood() {
    let (case, plan) = busy();
    let text = written(&case, &plan, Lang::Zh);
    assert!(text.starts_with('\u{feff}'));
    let (bytes, _, lost) = encoding_rs::GB18030.encode(text.trim_start_matches('\u{feff}'));
    assert!(!lost);
    assert!(same(
        &read_back(&case, &bytes, Wanted::All).expect("no fault"),
        &plan.rows
    ));
}

#[test]
fn thousands_marks_and_full_width_digits_are_understood() {
    let (case, plan) = busy();
    let text = edited(&written(&case, &plan, Lang::Zh), "数量", "１,234");
    let back = read_back(&case, text.as_bytes(), Wanted::All).expect("no fault");
    assert_eq!(back[0].units, 1234.0);
}

#[test]
fn only_marked_rows_are_kept_and_a_table_without_the_column_keeps_all() {
    let (case, plan) = busy();
    let text = written(&case, &plan, Lang::Zh);
    let marked = edited(&text, "锁定", "是");
    assert!(same(
        &read_back(&case, marked.as_bytes(), Wanted::Locked).expect("no fault"),
        &plan.rows[..1]
    ));
    assert_eq!(
        codes(read_back(&case, text.as_bytes(), Wanted::Locked)),
        ["E608"]
    );
    let without = text.replace(",锁定", ",备注");
    assert!(same(
        &read_back(&case, without.as_bytes(), Wanted::Locked).expect("no fault"),
        &plan.rows
    ));
}

#[test]
fn every_fault_of_a_table_has_its_code_and_place() {
    let (case, plan) = busy();
    let text = written(&case, &plan, Lang::Zh);
    for (column, value, code) in [
        ("学校代码", "没有这所", "E602"),
        ("措施代码", "nothing", "E603"),
        ("资金代码", "nobody", "E604"),
        ("年份", "1999", "E605"),
        ("数量", "许多", "E606"),
        ("数量", "", "E606"),
        ("合计金额", "999999", "E607"),
    ] {
        let found = read_back(&case, edited(&text, column, value).as_bytes(), Wanted::All);
        let notices = found.expect_err("a fault");
        let notice = notices.iter().next().expect("a finding");
        assert_eq!(
            (notice.code.0, notice.place.line),
            (code, Some(2)),
            "{column} = {value}"
        );
        assert_eq!(notice.text.as_deref(), Some(value), "{column} = {value}");
    }
    assert_eq!(
        codes(read_back(
            &case,
            text.replace("学校代码", "代号").as_bytes(),
            Wanted::All
        )),
        ["E601"]
    );
    let dollars = text.replace("合计金额（万元）", "合计金额（美元）");
    assert_eq!(
        codes(read_back(&case, dollars.as_bytes(), Wanted::All)),
        ["E609"]
    );
}

#[test]
fn money_may_be_given_in_main_units_if_the_header_says_so() {
    let (case, plan) = busy();
    let header = format!("单价（{}）", case.currency);
    let text = written(&case, &plan, Lang::Zh).replace("单价（万元）", &header);
    assert!(same(
        &read_back(&case, text.as_bytes(), Wanted::All).expect("no fault"),
        &plan.rows
    ));
}

#[test]
fn codes_that_lost_their_leading_zeros_are_found_and_hostile_names_come_back() {
    let (mut case, plan) = busy();
    let first = plan.rows[0].school;
    case.schools[first].id = "00012".into();
    let text = written(&case, &plan, Lang::Zh).replace("00012", "12");
    assert!(same(
        &read_back(&case, text.as_bytes(), Wanted::All).expect("no fault"),
        &plan.rows
    ));
    case.schools[first].id = "=1+1".into();
    case.schools[first].name = "-2,\"x\"\n@".into();
    let text = written(&case, &plan, Lang::Zh);
    assert!(text.contains(",'=1+1,"), "{text}");
    assert!(same(
        &read_back(&case, text.as_bytes(), Wanted::All).expect("no fault"),
        &plan.rows
    ));
}
