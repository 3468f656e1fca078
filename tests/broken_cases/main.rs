//! One broken case per notice code: the simple case with one edit, and the finding it must give.
//!
//! An edit marks with `‸` where the finding must point; the mark itself is not written. A code of the catalogue without
//! a broken case fails a test, and so does a broken case that gives anything but what it says.

#[path = "../workbook_case/simple.rs"]
#[allow(dead_code)]
mod book;
mod books;
mod contradictions;
mod files;
mod left_out;
mod references;
mod shape;
mod simple;
mod values;
mod workbooks;

use std::collections::BTreeSet;

use junheng::words::catalogue::ENTRIES;
use junheng::words::{Grade, Lang};

use simple::Simple;

/// A broken case.
struct Broken {
    /// The code it must give.
    code: &'static str,
    /// Codes that follow from the same edit, beside it.
    also: &'static [&'static str],
    /// What it does to the simple case.
    edit: fn(&mut Simple),
}

/// A broken case that gives one finding.
const fn broken(code: &'static str, edit: fn(&mut Simple)) -> Broken {
    Broken {
        code,
        also: &[],
        edit,
    }
}

/// A broken case that gives other findings too.
const fn broken_with(
    code: &'static str,
    also: &'static [&'static str],
    edit: fn(&mut Simple),
) -> Broken {
    Broken { code, also, edit }
}

/// Codes of plan tables, which come back from a planner beside a case; `tests/plan_table.rs` and `tests/track` break one
/// for each.
const PLAN_TABLES: [&str; 2] = ["E6", "W6"];

fn all() -> impl Iterator<Item = &'static Broken> {
    [
        files::ALL,
        shape::ALL,
        references::ALL,
        values::ALL,
        contradictions::ALL,
        left_out::ALL,
        books::ALL,
        workbooks::ALL,
    ]
    .into_iter()
    .flatten()
}

#[test]
fn every_broken_case_gives_its_finding_where_it_is_marked() {
    let mut wrong = Vec::new();
    for broken in all() {
        let mut simple = Simple::new();
        (broken.edit)(&mut simple);
        let (marked, reading) = (simple.marked(), simple.read());
        let found: Vec<(&str, String)> = reading
            .notices
            .iter()
            .map(|notice| (notice.code.0, notice.place.to_string()))
            .collect();
        let hit = found
            .iter()
            .any(|(code, place)| *code == broken.code && *place == marked);
        let codes: BTreeSet<&str> = found.iter().map(|(code, _)| *code).collect();
        let stated: BTreeSet<&str> = broken.also.iter().copied().chain([broken.code]).collect();
        if !hit || codes != stated {
            wrong.push(format!(
                "{} at {marked}, also {:?}: found {found:?}",
                broken.code, broken.also
            ));
        }
        let grave = found.iter().any(|(code, _)| code.starts_with('E'));
        assert_eq!(reading.case.is_none(), grave, "{}", broken.code);
        assert_eq!(reading.notices.any_error(), grave, "{}", broken.code);
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_code_has_a_broken_case() {
    let shown: BTreeSet<&str> = all().map(|broken| broken.code).collect();
    let declared: BTreeSet<&str> = ENTRIES
        .iter()
        .map(|entry| entry.code)
        .filter(|code| !PLAN_TABLES.iter().any(|begins| code.starts_with(begins)))
        .collect();
    let missing: Vec<_> = declared
        .iter()
        .filter(|code| !shown.contains(*code))
        .collect();
    assert!(missing.is_empty(), "no broken case for {missing:?}");
    assert!(shown.is_subset(&declared));
}

#[test]
fn codes_say_their_grade_and_stand_once() {
    let mut seen = BTreeSet::new();
    for entry in ENTRIES {
        assert!(seen.insert(entry.code), "{} stands twice", entry.code);
        let letter = match entry.grade {
            Grade::Error => "E",
            Grade::Warning => "W",
            Grade::Hint => "H",
        };
        assert!(entry.code.starts_with(letter), "{}", entry.code);
    }
}

#[test]
fn every_text_is_filled_in_both_languages() {
    for broken in all() {
        let mut simple = Simple::new();
        (broken.edit)(&mut simple);
        for notice in simple.read().notices.iter() {
            for lang in [Lang::Zh, Lang::En] {
                for text in [notice.message(lang), notice.remedy(lang)] {
                    assert!(
                        !text.contains("{0}") && !text.contains("{1}"),
                        "{}: {text}",
                        notice.code.0
                    );
                    assert!(
                        !text.contains("{2}") && !text.contains("{3}"),
                        "{}: {text}",
                        notice.code.0
                    );
                }
            }
        }
    }
}

#[test]
fn faults_of_all_kinds_are_found_in_one_pass() {
    let mut simple = Simple::new();
    simple.swap("case.toml", "years = 2", "yaers = 2");
    simple.swap("case.toml", "lead = 1", "lead = \"one\"");
    simple.swap(
        "case.toml",
        "resources = [\"area\"]",
        "resources = [\"aera\"]",
    );
    simple.swap("case.toml", "max = 200", "max = -1");
    simple.swap("schools.csv", "A2,第二小学,完小", "A2,第二小学,中专");
    simple.swap("schools.csv", ",30,5,1500", ",三十,5,1500");
    simple.swap("scenarios/less.toml", "factor = 0.8", "factor = -0.8");
    let reading = simple.read();
    let found: Vec<&str> = reading.notices.iter().map(|notice| notice.code.0).collect();
    assert_eq!(
        found,
        [
            "E203", "E202", "E204", "E301", "E401", "E112", "E410", "E401"
        ]
    );
}
