//! Prices against finite differences inside their range, and rules against cases without them.

mod common;

use common::{With, county};
use junheng::case::{Base, Bound, Case, Policy, Quota, Rule, Scope};
use junheng::formulate::RowKey;
use junheng::plan::{Known, Options, WhatIf};
use junheng::program::certificate::distance;
use junheng::read::read_case;
use junheng::study::prices::{Costly, Limit, Price, Prices, prices};
use junheng::words::tolerance::PROVEN;
use junheng::words::{Money, Place, ResourceIx, YearIx};

fn all_of(case: &Case) -> Option<Prices> {
    prices(case, &Options::default()).ok()
}

/// The continuous optimum of a case, solved from nothing.
fn alone(case: &Case) -> Option<f64> {
    let (ready, known) = WhatIf::new(case, &Options::default());
    match known {
        Known::Point(proof) => Some(ready.gap(proof.objective)),
        _ => None,
    }
}

/// The case with a limit loosened by so many units (tightened when negative).
fn loosened(case: &Case, price: &Price, units: f64) -> Option<Case> {
    let mut case = case.clone();
    let key = match price.limit {
        Limit::Row(key) => key,
        Limit::Rule(policy) => {
            match &mut case.policies[policy].rule {
                Rule::Share { bound, share, .. } => {
                    *share += units / 100.0 * if *bound == Bound::Max { 1.0 } else { -1.0 };
                }
                Rule::Target { share, .. } => *share -= units / 100.0,
                other => panic!("{other:?} states no part"),
            }
            return Some(case);
        }
    };
    match key {
        RowKey::Fund { fund, period } => {
            let more = Money::from_main(units);
            if case.horizon.is_terminal(period) {
                case.funds[fund].after += more;
            } else {
                case.funds[fund].amounts[period] += more;
            }
        }
        RowKey::Quota {
            policy,
            year,
            place,
        } => {
            // A rule for every year or place has one number; only one for all can be loosened by itself.
            if place.is_some() || (year.is_some() && case.horizon.years > 1) {
                return None;
            }
            let Rule::Quota {
                bound,
                amount: Quota::Units(amount),
                ..
            } = &mut case.policies[policy].rule
            else {
                return None;
            };
            *amount += if *bound == Bound::Max { units } else { -units };
        }
        _ => return None,
    }
    Some(case)
}

/// Compares each price of a case with what solving the changed case finds; how many were compared.
fn against_differences(case: &Case, what: &str) -> usize {
    let Some(found) = all_of(case) else { return 0 };
    let mut compared = 0;
    for price in &found.limits {
        for (side, sign) in [(price.up, 1.0), (price.down, -1.0)] {
            let Some(side) = side else { continue };
            assert!(side.confirmed, "{what}: {price:?}");
            assert!(
                side.price >= -1e-9,
                "{what}: loosening never hurts: {price:?}"
            );
            // Money comes in hundredths, so the part of the range is rounded to them.
            let units = match price.straight {
                true => (side.holds_for * 0.6 * 100.0).floor() / 100.0,
                false => side.holds_for,
            };
            let Some(changed) = loosened(case, price, sign * units) else {
                continue;
            };
            if units == 0.0 {
                continue;
            }
            let expected = found.gap - sign * side.price * units;
            let actual = alone(&changed).expect("inside the range there are plans");
            assert!(
                distance(actual, expected).abs() <= 5.0 * PROVEN,
                "{what}: {price:?} {sign}: {actual} {expected}"
            );
            compared += 1;
        }
        let convex = price.straight;
        if let (true, Some(up), Some(down)) = (convex, price.up, price.down) {
            let slack = 1e-6 * down.price.abs().max(1e-9);
            assert!(
                up.price <= down.price + slack,
                "{what}: the gap is convex: {price:?}"
            );
        }
    }
    compared
}

#[test]
fn prices_are_what_solving_again_finds_inside_their_range() {
    let mut compared = 0;
    for seed in 0..60 {
        let with = With {
            policies: seed % 2 == 0,
            terminal: if seed % 3 == 0 { 4.0 } else { 0.0 },
            ..With::default()
        };
        compared += against_differences(&county(seed, with), &format!("seed {seed}"));
    }
    assert!(compared > 150, "{compared}");
}

#[test]
fn rules_cost_what_the_case_without_them_saves() {
    for seed in 0..20 {
        let case = county(
            100 + seed,
            With {
                policies: true,
                levers: false,
                ageing: false,
                ..With::default()
            },
        );
        let Some(found) = all_of(&case) else { continue };
        for one in &found.rules {
            let mut without = case.clone();
            match one.rule {
                Costly::Policy(dropped) => {
                    let kept = case.policies.pairs().filter(|(at, _)| *at != dropped);
                    without.policies = kept.map(|(_, one)| one.clone()).collect::<Vec<_>>().into();
                }
                Costly::Earmark(fund) => without.funds[fund].scope = Default::default(),
            }
            let gap = one.gap_without.expect("it was solved");
            let other = alone(&without).expect("fewer rules leave a plan");
            assert!(
                distance(gap, other).abs() <= 2.0 * PROVEN,
                "seed {seed}: {one:?} {other}"
            );
            assert!(
                gap <= found.gap * (1.0 + PROVEN) + PROVEN,
                "seed {seed}: no rule helps"
            );
        }
    }
}

#[test]
fn five_schools_by_hand() {
    let case = read_case(std::path::Path::new("scenarios/five-schools"))
        .case
        .expect("sound");
    let found = all_of(&case).expect("it has a plan");
    let money = &found.limits[0];
    // A book costs 20 yuan and closes an eighth of a pupil-standard; 196 of the 726 short stay short, 530 are bought.
    let (up, down) = (money.up.expect("up"), money.down.expect("down"));
    assert!((up.price - 0.125 / 20.0).abs() < 1e-9 && (down.price - 0.125 / 20.0).abs() < 1e-9);
    assert!(
        (up.holds_for - 196.0 * 20.0).abs() < 1e-6 && (down.holds_for - 530.0 * 20.0).abs() < 1e-6
    );
    assert!(money.is_unique());
}

#[test]
fn a_share_of_what_is_spent_has_a_price_by_the_point() {
    let mut case = read_case(std::path::Path::new("scenarios/five-schools"))
        .case
        .expect("sound");
    case.policies.push(Policy {
        id: "books".into(),
        name: "books".into(),
        scope: Scope {
            resources: vec![ResourceIx::new(0)],
            ..Scope::default()
        },
        rule: Rule::Share {
            bound: Bound::Min,
            share: 0.6,
            base: Base::Spent,
            funds: vec![],
            each_year: true,
        },
        place: Place::default(),
    });
    let found = all_of(&case).expect("it has a plan");
    let rule = |one: &&Price| matches!(one.limit, Limit::Rule(_));
    let price = found.limits.iter().find(rule).expect("the rule binds");
    // A hundredth of the 22,600 yuan is 226: 0.113 kits of 小学4, a quarter of its 76 pupils each, against 11.3 books,
    // an eighth of a pupil each.
    let expected = 226.0 / 2000.0 * 76.0 / 4.0 - 226.0 / 20.0 / 8.0;
    let (up, down) = (price.up.expect("up"), price.down.expect("down"));
    assert!((up.price - expected).abs() < 1e-6, "{up:?} {expected}");
    assert!((down.price - expected).abs() < 1e-6, "{down:?} {expected}");
    assert!((price.size - 60.0).abs() < 1e-9 && (up.holds_for - 1.0).abs() < 1e-9);
    assert!((found.gap - 62.62).abs() < 1e-6, "{}", found.gap);
}

#[test]
fn a_part_of_the_standard_has_a_price_by_the_point() {
    let mut case = read_case(std::path::Path::new("scenarios/five-schools"))
        .case
        .expect("sound");
    // What a target asks for is rounded up to steps: these are small enough for a point.
    case.resources[ResourceIx::new(1)].step = 0.01;
    case.policies.push(Policy {
        id: "kits".into(),
        name: "kits".into(),
        scope: Scope {
            resources: vec![ResourceIx::new(1)],
            ..Scope::default()
        },
        rule: Rule::Target {
            share: 0.9,
            from: YearIx::new(0),
        },
        place: Place::default(),
    });
    let found = all_of(&case).expect("it has a plan");
    let rule = |one: &&Price| matches!(one.limit, Limit::Rule(_));
    let price = found.limits.iter().find(rule).expect("the rule binds");
    // Only 小学1 is raised by the target: 0.04 kits of 80 yuan a point, that four books would have been bought for.
    // The others have all their kits anyway.
    let expected = 0.04 * 2000.0 / 20.0 / 8.0 - 0.04 * 45.0 / 4.0;
    let (up, down) = (price.up.expect("up"), price.down.expect("down"));
    assert!((up.price - expected).abs() < 1e-6, "{up:?} {expected}");
    assert!((down.price - expected).abs() < 1e-6, "{down:?} {expected}");
}

#[test]
fn the_same_on_any_number_of_threads() {
    let case = county(
        3,
        With {
            policies: true,
            levers: false,
            ageing: false,
            ..With::default()
        },
    );
    let run = |threads: usize| {
        let threads = std::num::NonZeroUsize::new(threads);
        let found = junheng::study::on_threads(threads, || all_of(&case)).expect("threads start");
        format!("{found:?}")
    };
    assert_eq!(run(1), run(3));
}

#[test]
fn a_planner_reads_them_in_either_language_and_programs_too() {
    let run = |arguments: &[&str]| {
        let run = std::process::Command::new(env!("CARGO_BIN_EXE_junheng"))
            .args(arguments)
            .output()
            .expect("the program starts");
        let talk = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{talk}");
        (String::from_utf8_lossy(&run.stdout).into_owned(), talk)
    };
    let (page, _) = run(&["prices", "scenarios/county", "--lang", "zh"]);
    assert!(
        page.contains("各项规定的代价") && page.contains("每年交流轮岗不超过 40 人"),
        "{page}"
    );
    let (page, hint) = run(&["prices", "scenarios/county", "--lang", "en"]);
    assert!(page.contains("What each rule costs"), "{page}");
    assert!(
        hint.contains("junheng prices scenarios/county --out"),
        "{hint}"
    );
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().display().to_string();
    let (json, talk) = run(&[
        "prices",
        "scenarios/five-schools",
        "--json",
        "--out",
        &place,
    ]);
    let json: serde_json::Value = serde_json::from_str(&json).expect("it is JSON");
    assert_eq!(json["limits"][0]["loosened"]["confirmed"], true);
    assert!(talk.contains("prices.csv") && out.path().join("prices.csv").is_file());
}
