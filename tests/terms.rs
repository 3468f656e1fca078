//! Levers and rules are explained, stand in the program, the audit and a shipped case.

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::process::Command;

use junheng::read::schema;
use junheng::words::terms::{TERMS, Term, find};

/// By word: what the shipped case, or its scenario, has of it.
const IN_CASES: &[(&str, &str)] = &[
    ("buy", "kind = \"buy\""),
    ("build", "kind = \"build\""),
    ("repair", "kind = \"repair\""),
    ("train", "kind = \"train\""),
    ("hire", "kind = \"hire\""),
    ("subsidy", "subsidy = "),
    ("also", "also = ["),
    ("rotate", "kind = \"rotate\""),
    ("share-post", "kind = \"share-post\""),
    ("paired", "paired = true"),
    ("move", "kind = \"move\""),
    ("part", "part = 0.5"),
    ("aid", "kind = \"aid\""),
    ("least", "least = 20000"),
    ("bought", "bought = ["),
    ("classes-or-part", "per = \"classes-or-part\""),
    ("school", "per = \"school\""),
    ("class-within-size", "per = \"class-within-size\""),
    ("boarder", "per = \"boarder\""),
    ("forecast", "[schools.cohort]"),
    ("divert", "[[divert]]"),
    ("per_pupil", "per_pupil = {"),
    ("pays", "carry_over = true"),
    ("matched", "of = \"matched\""),
    ("year-before", "of = \"year-before\""),
    ("share", "kind = \"share\""),
    ("quota", "kind = \"quota\""),
    ("target", "kind = \"target\""),
    ("stay", "kind = \"stay\""),
    ("cv", "kind = \"cv\""),
    ("indicators", "kind = \"indicators\""),
    ("forbid", "kind = \"forbid\""),
    ("lock", "[[measure]]"),
    ("no_school_below_today", "[case]"),
];

#[test]
fn every_term_stands_in_the_program_the_audit_and_a_shipped_case() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let tampered = fs::read_to_string(root.join("tests/tampered.rs")).expect("the tampered plans");
    assert_eq!(IN_CASES.len(), TERMS.len());
    for (term, (word, text)) in TERMS.iter().zip(IN_CASES) {
        assert_eq!(term.word, *word);
        for golden in term.golden {
            let file = root.join(format!("tests/golden/{golden}.lp"));
            assert!(file.exists(), "{word}: {golden}");
        }
        for rule in term.audit {
            let known = tampered.contains(&format!("\"{rule}\""));
            assert!(known, "{word}: no plan is tampered with under {rule}");
        }
        let (case, scenario) = term.shipped;
        let file = scenario.map_or("case.toml".to_string(), |name| {
            format!("scenarios/{name}.toml")
        });
        let file = root.join("scenarios").join(case).join(file);
        let stated = fs::read_to_string(&file).expect("a shipped file");
        assert!(stated.contains(text), "{word}: {}", file.display());
    }
}

/// Every kind of measure and of policy that the schema knows has a term, or stands in how one is stated.
#[test]
fn no_kind_is_left_unexplained() {
    let schema = schema();
    for list in ["KindRecord", "PolicyKind"] {
        let kinds = schema["$defs"][list]["oneOf"].as_array().expect("a list");
        assert!(kinds.len() > 5, "{list}");
        for kind in kinds {
            let word = kind["const"].as_str().expect("a word");
            let stated = |term: &Term| term.stated.contains(&format!("\"{word}\""));
            assert!(TERMS.iter().any(stated), "{word}");
        }
    }
    let once: BTreeSet<&str> = TERMS.iter().map(|term| term.word).collect();
    assert_eq!(once.len(), TERMS.len());
    for term in TERMS {
        assert_eq!(find(term.word).map(|found| found.word), Some(term.word));
    }
}

#[test]
fn a_planner_asks_what_a_lever_does_in_either_language() {
    for term in TERMS {
        for (lang, name, says) in [
            ("zh", term.name.0, term.says.0),
            ("en", term.name.1, term.says.1),
        ] {
            let done = Command::new(env!("CARGO_BIN_EXE_junheng"))
                .args(["explain", name, "--lang", lang, "--json"])
                .output()
                .expect("it runs");
            assert!(done.status.success(), "{name}");
            let told: serde_json::Value = serde_json::from_slice(&done.stdout).expect("json");
            assert_eq!(
                (&told["word"], &told["says"]),
                (&term.word.into(), &says.into())
            );
        }
    }
    let done = Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(["explain", "share-post", "--lang", "en"])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&done.stdout).into_owned();
    for part in [
        "share-post · sharing a post",
        "rotation-balance",
        "scenarios/places",
    ] {
        assert!(told.contains(part), "{told}");
    }
    let none = Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(["explain", "share-posts", "--lang", "en"])
        .output()
        .expect("it runs");
    let told = String::from_utf8_lossy(&none.stderr).into_owned();
    assert!(told.contains("did you mean share-post?"), "{told}");
}
