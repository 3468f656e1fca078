//! The declaration of sheets against the schema, so that no key is forgotten.

use super::choices::is_known;
use super::{Form, SHEETS, Schemas};
use crate::words::Lang;

/// Keys without a column of their own, and why.
const WITHOUT: &[(bool, &str, &str)] = &[
    (false, "enrolment.", "rows of the sheet, one a section"),
    (true, "enrolment.", "rows of the sheet, one a section"),
    (
        true,
        "standard.norm.",
        "rows of Norms that name a scenario with a standard of its own",
    ),
    (true, "fund.factor", "the one factor of Scenario factors"),
    (
        true,
        "fund.more",
        "no column of Scenario factors: a fund has a factor there",
    ),
    (
        true,
        "weight.",
        "rows of Scenario factors: what they change says so",
    ),
    (
        true,
        "project.",
        "rows of Scenario factors: what they change says so",
    ),
];

#[test]
fn every_key_has_a_column() {
    let schemas = Schemas::new();
    for scenarios in [false, true] {
        for key in schemas.keys(scenarios) {
            let has = SHEETS
                .iter()
                .flat_map(|spec| spec.columns.iter().map(move |column| (spec, column)))
                .any(|(spec, column)| {
                    let path = if scenarios {
                        spec.scenario_path(column)
                    } else {
                        spec.path(column)
                    };
                    path.as_deref() == Some(key.as_str())
                });
            let excused = WITHOUT
                .iter()
                .any(|(of, start, _)| *of == scenarios && key.starts_with(start));
            assert!(
                has != excused,
                "{key} of {}",
                if scenarios { "scenarios" } else { "case.toml" }
            );
        }
    }
}

#[test]
fn every_column_is_a_key() {
    let schemas = Schemas::new();
    let (case, scenarios) = (schemas.keys(false), schemas.keys(true));
    for spec in SHEETS {
        for column in spec.columns {
            let path = spec.path(column);
            let of_scenario = spec.scenario_path(column);
            assert!(
                path.is_none_or(|path| case.contains(&path)),
                "{} of {}",
                column.key,
                spec.name.1
            );
            assert!(
                of_scenario.is_none_or(|path| scenarios.contains(&path)),
                "{} of {}",
                column.key,
                spec.name.1
            );
        }
    }
}

#[test]
fn every_word_of_a_closed_list_has_its_labels() {
    let words = Schemas::new().words();
    assert!(words.contains(&"nine-year".to_string()) && words.contains(&"100-pupils".to_string()));
    words
        .iter()
        .for_each(|word| assert!(is_known(word), "{word}"));
}

#[test]
fn every_column_is_explained_in_both_languages_and_named_once() {
    let schemas = Schemas::new();
    for spec in SHEETS {
        for (at, column) in spec.columns.iter().enumerate() {
            let facts = schemas.facts(spec, column);
            let (zh, en) = (facts.about(Lang::Zh), facts.about(Lang::En));
            assert!(zh.ends_with('。'), "{}: {zh}", column.key);
            let plain = en.chars().all(|c| !('\u{2e80}'..='\u{ffef}').contains(&c));
            assert!(en.ends_with('.') && plain, "{}: {en}", column.key);
            for lang in [Lang::Zh, Lang::En] {
                let same = |other: &super::Column| other.header(lang) == column.header(lang);
                assert!(
                    !spec.columns[..at].iter().any(same),
                    "{} of {}",
                    column.header(lang),
                    spec.name(lang)
                );
            }
        }
    }
}

#[test]
fn sheets_have_names_that_spreadsheets_allow() {
    for spec in SHEETS {
        for name in [spec.name.0, spec.name.1] {
            assert!(
                name.chars().count() <= 31 && !name.contains(['/', ':', '[', ']', '*', '?', '\\']),
                "{name}"
            );
        }
    }
    assert!(SHEETS.iter().any(|spec| spec.form == Form::Scenarios));
}
