//! A workbook as a whole case: the template, the same case as a folder, faults with sheet and cell, the marked copy.

mod command;
mod marked;
mod simple;
mod words;

use std::path::{Path, PathBuf};

use junheng::case::{Case, Change, Overlay};
use junheng::plan::{self, Options, Verdict};
use junheng::read::{Reading, read_case};
use junheng::report::template;
use junheng::words::{Lang, Place};
use simple::Book;
use tempfile::TempDir;

/// A workbook in a folder of its own.
fn written(bytes: &[u8]) -> (TempDir, PathBuf) {
    let folder = tempfile::tempdir().expect("a folder");
    let path = folder.path().join("案例.xlsx");
    std::fs::write(&path, bytes).expect("a file");
    (folder, path)
}

fn reading(book: &Book) -> Reading {
    let (_folder, path) = written(b"");
    book.write(&path);
    read_case(&path)
}

/// What was found and where.
fn found(reading: &Reading) -> Vec<(&'static str, String)> {
    let notices = reading.notices.iter();
    notices
        .map(|notice| (notice.code.0, notice.place.to_string()))
        .collect()
}

#[test]
fn the_template_solves_as_it_is_and_is_proven() {
    for lang in [Lang::Zh, Lang::En] {
        let (_folder, path) = written(&template::render(lang).expect("a template"));
        let reading = read_case(&path);
        assert_eq!(found(&reading), [], "{lang:?}");
        assert_eq!(reading.overlays.len(), 2);
        let case = reading.case.expect("a case");
        assert_eq!((case.schools.len(), case.horizon.years), (4, 3));
        assert_eq!(case.doubts.len(), 1);
        for overlay in [None, reading.overlays.first(), reading.overlays.last()] {
            let case = overlay.map_or(case.clone(), |overlay| overlay.apply(&case));
            let answer = plan::solve(&case, &Options::default());
            assert_eq!(answer.verdict, Verdict::Optimal, "{lang:?}");
            let plan = answer.plan.expect("a plan");
            assert!(plan.audit.breaches.is_empty() && !plan.rows.is_empty());
        }
    }
}

/// A case without the places of its policies and funds, which differ between a folder and a workbook.
fn placeless(mut case: Case) -> String {
    case.policies
        .iter_mut()
        .for_each(|policy| policy.place = Place::default());
    case.funds
        .iter_mut()
        .for_each(|fund| fund.place = Place::default());
    format!("{case:#?}")
}

fn overlays(mut overlays: Vec<Overlay>) -> String {
    for change in overlays.iter_mut().flat_map(|overlay| &mut overlay.changes) {
        if let Change::Policy(policy) = change {
            policy.place = Place::default();
        }
    }
    format!("{overlays:#?}")
}

#[test]
fn a_workbook_is_the_same_case_as_its_folder() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
    let (of_folder, of_book) = (read_case(&folder), reading(&Book::simple()));
    assert_eq!(found(&of_book), [], "{:?}", of_book.notices);
    assert_eq!(
        placeless(of_book.case.expect("a case")),
        placeless(of_folder.case.expect("a case"))
    );
    assert_eq!(overlays(of_book.overlays), overlays(of_folder.overlays));
    let files: Vec<&str> = of_book
        .hashes
        .iter()
        .map(|(file, _)| file.as_str())
        .collect();
    assert_eq!(files, ["案例.xlsx"]);
}

#[test]
fn order_of_columns_titles_above_and_hidden_examples_make_no_difference() {
    let mut book = Book::simple();
    book.sheet("资金")
        .insert(0, vec!["某县 2026 年资金表".to_string()]);
    book.sheet("措施")
        .iter_mut()
        .for_each(|row| row.resize(8, String::new()));
    book.sheet("措施").iter_mut().for_each(|row| row.reverse());
    let (moved, plain) = (reading(&book), reading(&Book::simple()));
    assert_eq!(found(&moved), []);
    assert_eq!(
        placeless(moved.case.expect("a case")),
        placeless(plain.case.expect("a case"))
    );
}

/// One fault, and what must be found where.
fn fault(edit: impl FnOnce(&mut Book), expected: &[(&str, &str)]) {
    let mut book = Book::simple();
    edit(&mut book);
    let reading = reading(&book);
    let found = found(&reading);
    let found: Vec<(&str, &str)> = found
        .iter()
        .map(|(code, place)| (*code, place.as_str()))
        .collect();
    assert_eq!(found, expected, "{:#?}", reading.notices);
}

#[test]
fn faults_point_to_sheet_and_cell() {
    fault(
        |book| book.set("措施", "E2", "三分"),
        &[("E204", "案例.xlsx[措施]!E2")],
    );
    fault(
        |book| book.set("措施", "C2", "买"),
        &[("E205", "案例.xlsx[措施]!C2")],
    );
    fault(
        |book| book.set("措施", "D2", "boks"),
        &[("E301", "案例.xlsx[措施]!D2")],
    );
    fault(
        |book| book.set("资金", "E2", ""),
        &[("E403", "案例.xlsx[资金]!D2")],
    );
    fault(
        |book| book.set("资金", "E2", "-1"),
        &[("E401", "案例.xlsx[资金]!E2")],
    );
    fault(
        |book| book.set("案例", "B4", "99"),
        &[
            ("E401", "案例.xlsx[案例]!B4"),
            ("E403", "案例.xlsx[资金]!D2"),
            ("E403", "案例.xlsx[在校生变化]!C2"),
            ("E403", "案例.xlsx[在校生变化]!C4"),
        ],
    );
    fault(
        |book| book.set("学校", "O3", "四"),
        &[("E112", "案例.xlsx[学校]!O3")],
    );
    fault(
        |book| book.set("政策", "D2", ""),
        &[("E209", "案例.xlsx[政策]!A2")],
    );
    fault(
        |book| book.set("情景", "C2", "lesss"),
        &[("E308", "案例.xlsx[情景]!C2")],
    );
}

#[test]
fn what_is_missing_points_to_its_empty_cell_in_words_of_the_workbook() {
    let mut book = Book::simple();
    book.set("措施", "F2", "");
    book.set("案例", "B3", "");
    let reading = reading(&book);
    assert_eq!(
        found(&reading),
        [
            ("E203", "案例.xlsx[案例]!B3".to_string()),
            ("E203", "案例.xlsx[措施]!F2".to_string())
        ]
    );
    let said: Vec<String> = reading
        .notices
        .iter()
        .map(|notice| notice.message(Lang::Zh))
        .collect();
    assert_eq!(said, ["案例 缺少 `规划第一年`", "措施 缺少 `使用年限`"]);
}

#[test]
fn a_workbook_that_is_no_case_is_told() {
    let reading = reading(&Book(vec![(
        "Sheet1",
        vec![vec!["学校".to_string(), "学生".to_string()]],
    )]));
    assert_eq!(found(&reading), [("E218", "案例.xlsx".to_string())]);
    assert!(reading.case.is_none());
}

#[test]
fn a_workbook_names_the_columns_of_the_pupils_expected() {
    let mut book = Book::simple();
    book.0.retain(|(name, _)| *name != "在校生变化");
    let more = [
        ["2026", "预计27年"],
        ["400", "500"],
        ["80", "70"],
        ["300", "330"],
        ["250", "200"],
        ["120", "0"],
    ];
    for (row, more) in book.sheet("学校").iter_mut().zip(more) {
        row.resize(17, String::new());
        row.extend(more.map(str::to_string));
    }
    book.sheet("学校表设置")
        .push(vec!["各年预计在校生的列名".into(), "2026；预计27年".into()]);
    let reading = reading(&book);
    assert_eq!(found(&reading), []);
    let case = reading.case.expect("a case");
    let last = case.horizon.last();
    let pupils: Vec<Option<f64>> = case.schools.ids().map(|at| case.pupils(at, last)).collect();
    assert_eq!(pupils, [500.0, 70.0, 330.0, 200.0, 0.0].map(Some));
}

#[test]
fn schools_may_stand_in_other_sheets() {
    let mut book = Book::simple();
    let rows = book.sheet("学校").clone();
    let of = |from: usize, to: usize| [&rows[..1], &rows[from..to]].concat();
    book.0.retain(|(name, _)| *name != "学校");
    book.0.push(("东县学校", of(1, 4)));
    book.0.push(("西县学校", of(4, 6)));
    book.sheet("学校表设置")
        .push(vec!["学校表的工作表".into(), "东县学校；西县学校".into()]);
    let (split, whole) = (reading(&book), reading(&Book::simple()));
    let grave: Vec<_> = found(&split)
        .into_iter()
        .filter(|(code, _)| !code.starts_with('H'))
        .collect();
    assert_eq!(grave, []);
    let schools = |reading: Reading| {
        reading
            .case
            .expect("a case")
            .schools
            .iter()
            .map(|school| school.id.clone())
            .collect::<Vec<_>>()
    };
    assert_eq!(schools(split), schools(whole));
}
