//! The difference between two scenarios: its shares against every order of the changes, and as a planner runs it.

mod common;

use std::process::{Command, Output};

use common::{With, county};
use junheng::case::{Case, Change, Overlay, Scope};
use junheng::plan::{Known, Options, once};
use junheng::study::diff::{Attribution, MOST_PARTS, Refused, diff};
use junheng::words::{MeasureIx, ResourceIx};
use serde_json::Value;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");

fn made(changes: &[Change], case: &Case) -> Case {
    Overlay {
        name: String::new(),
        title: String::new(),
        changes: changes.to_vec(),
    }
    .apply(case)
}

fn gap(case: &Case) -> f64 {
    let (form, known) = once(case, &Options::default());
    match known {
        Known::Point(proof) => form.untouched() + proof.objective,
        other => panic!("{other:?}"),
    }
}

/// Changes of many kinds that interact.
fn changes(case: &Case) -> Vec<Change> {
    vec![
        Change::Fund {
            fund: None,
            factor: 0.7,
        },
        Change::Enrolment {
            section: None,
            factors: vec![1.1; case.horizon.years],
        },
        Change::Cost {
            scope: Scope {
                measures: vec![MeasureIx::new(0)],
                ..Scope::default()
            },
            factor: 1.3,
        },
        Change::Weight {
            resource: ResourceIx::new(0),
            weight: 2.5,
        },
    ]
}

fn of(case: &Case, from: &[Change], to: &[Change]) -> Attribution {
    diff(case, from, to, &Options::default(), &|_| {}).expect("every case has a plan")
}

fn near(one: f64, two: f64, whole: f64) -> bool {
    (one - two).abs() <= 1e-6 * whole.abs().max(1.0)
}

/// All orders of so many things.
fn orders(count: usize) -> Vec<Vec<usize>> {
    if count == 0 {
        return vec![Vec::new()];
    }
    let mut all = Vec::new();
    for order in orders(count - 1) {
        for place in 0..count {
            let mut longer = order.clone();
            longer.insert(place, count - 1);
            all.push(longer);
        }
    }
    all
}

#[test]
fn shares_are_the_mean_over_all_orders_and_add_up() {
    for seed in 0..6 {
        let case = county(seed, With::default());
        let all = changes(&case);
        let found = of(&case, &[], &all);
        let (from, to) = (gap(&case), gap(&made(&all, &case)));
        assert!(near(found.from.smallest, from, from) && near(found.to.smallest, to, from));
        assert_eq!(found.solved, 16);
        let mut mean = vec![0.0; all.len()];
        let orders = orders(all.len());
        for order in &orders {
            let mut before = from;
            for at in 0..order.len() {
                // Changes are made in the order stated, whichever of them are made.
                let mut happened: Vec<usize> = order[..=at].to_vec();
                happened.sort_unstable();
                let chosen: Vec<Change> = happened.iter().map(|&one| all[one].clone()).collect();
                let after = gap(&made(&chosen, &case));
                mean[order[at]] += (after - before) / orders.len() as f64;
                before = after;
            }
        }
        for (effect, mean) in found.effects.iter().zip(&mean) {
            assert!(
                near(effect.shapley.smallest, *mean, from),
                "{seed}: {effect:?} {mean}"
            );
        }
        let whole = to - from;
        for shares in [
            found
                .effects
                .iter()
                .map(|one| one.shapley.smallest)
                .sum::<f64>(),
            found
                .effects
                .iter()
                .map(|one| one.in_order.smallest)
                .sum::<f64>(),
        ] {
            assert!(near(shares, whole, from), "{seed}: {shares} {whole}");
        }
        let alone = gap(&made(&all[1..2], &case)) - from;
        assert!(near(found.effects[1].alone.smallest, alone, from));
        let others = [&all[..1], &all[2..]].concat();
        let last = to - gap(&made(&others, &case));
        assert!(near(found.effects[1].last.smallest, last, from));
    }
}

#[test]
fn what_both_scenarios_change_is_no_difference_and_what_the_first_alone_changes_is_undone() {
    let case = county(2, With::default());
    let all = changes(&case);
    let found = of(&case, &all[..2], &all[1..3]);
    assert_eq!(found.parts.len(), 2);
    assert!(found.parts[0].undone && !found.parts[1].undone);
    let back = of(&case, &all[1..3], &all[..2]);
    let (there, again) = (
        found.effects[0].shapley.smallest,
        back.effects[1].shapley.smallest,
    );
    assert!(near(there, -again, found.from.smallest), "{there} {again}");
    assert!(of(&case, &all, &all).effects.is_empty());
}

#[test]
fn a_set_of_changes_without_a_plan_is_named() {
    let case = county(1, With::default());
    let nowhere = Change::Norm {
        resource: ResourceIx::new(99),
        norm: None,
    };
    let found = diff(&case, &[], &[nowhere], &Options::default(), &|_| {});
    assert!(matches!(found, Err(Refused::NoPlan(made, _)) if made == [true]));
    let many = vec![
        Change::Fund {
            fund: None,
            factor: 0.9
        };
        MOST_PARTS + 1
    ];
    let found = diff(&case, &[], &many, &Options::default(), &|_| {});
    assert!(matches!(found, Err(Refused::TooMany(11))));
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8(bytes.to_vec()).expect("UTF-8")
}

#[test]
fn a_planner_sees_which_change_did_it() {
    let place = tempfile::tempdir().expect("a folder");
    let folder = place.path().to_str().expect("UTF-8");
    let output = run(&[
        "diff",
        COUNTY,
        "budget-80",
        "budget-80+posts-frozen",
        "--lang",
        "zh",
        "--out",
        folder,
    ]);
    assert_eq!(output.status.code(), Some(0), "{}", text(&output.stderr));
    let page = text(&output.stdout);
    assert!(
        page.contains("不新增教师编制") && page.contains("分摊"),
        "{page}"
    );
    for name in ["diff.csv", "diff.json", "diff.md"] {
        assert!(place.path().join(name).exists(), "{name}");
    }
    let alone = run(&["diff", COUNTY, "budget-80", "--lang", "en", "--json"]);
    let data: Value = serde_json::from_slice(&alone.stdout).expect("JSON");
    assert_eq!(data["from"]["scenario"], "base");
    let (from, to) = (&data["from"]["smallest_gap"], &data["to"]["smallest_gap"]);
    let share = &data["changes"][0]["shapley"]["smallest_gap"];
    let number = |value: &Value| value.as_f64().expect("a number");
    assert!((number(to) - number(from) - number(share)).abs() < 1e-6 * number(from));
    let unknown = run(&["diff", COUNTY, "budget-8", "--lang", "en"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("did you mean \"budget-80\""));
}
