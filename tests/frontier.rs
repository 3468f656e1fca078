//! The frontier against independent solves, and as a planner runs it.

mod common;

use common::{With, county};
use junheng::case::{Case, Change, Overlay};
use junheng::formulate::formulate;
use junheng::plan::{Options, Verdict, solve};
use junheng::program::certificate::distance;
use junheng::read::read_case;
use junheng::study::frontier::{Frontier, Span, by_tangents, frontier};
use junheng::words::tolerance::PROVEN;

const ALL: Span = Span {
    fund: None,
    from: 0.0,
    to: 1.5,
};

fn shipped(name: &str) -> Case {
    read_case(&std::path::Path::new("scenarios").join(name))
        .case
        .expect("shipped cases are sound")
}

fn scaled(case: &Case, span: &Span, factor: f64) -> Case {
    Overlay {
        name: String::new(),
        title: String::new(),
        changes: vec![Change::Fund {
            fund: span.fund,
            factor,
        }],
    }
    .apply(case)
}

/// The continuous optimum of a case, solved from nothing; `None` when it is impossible.
fn alone(case: &Case) -> Option<f64> {
    let answer = solve(case, &Options::default());
    match answer.verdict {
        Verdict::Optimal => answer.plan.map(|plan| plan.certificate.continuous),
        Verdict::Impossible { .. } => None,
        // Whole units may be at odds with a rule where the continuous plan is not.
        Verdict::Undecided { .. } => Some(f64::NAN),
        other => panic!("{other:?}"),
    }
}

fn on_curve(found: &Frontier, share: f64) -> Option<f64> {
    let stretch = found
        .stretches
        .iter()
        .find(|one| one.from <= share + 1e-9 && share <= one.to + 1e-9)?;
    let part = (share - stretch.from) / (stretch.to - stretch.from);
    Some(stretch.gap_from + part * (stretch.gap_to - stretch.gap_from))
}

/// That the curve is whole, falls, flattens, and is what independent solves find at these shares.
fn holds(case: &Case, span: Span, shares: impl Iterator<Item = f64>, what: &str) -> usize {
    let found = frontier(case, span, &Options::default()).expect("there is a plan with most money");
    assert!(found.furthest <= PROVEN, "{what}: {}", found.furthest);
    for pair in found.stretches.windows(2) {
        assert!((pair[0].to - pair[1].from).abs() < 1e-9, "{what}: no holes");
        assert!(
            distance(pair[0].gap_to, pair[1].gap_from).abs() < 1e-9,
            "{what}: no jumps"
        );
        let flatter = pair[0].price - pair[1].price;
        assert!(
            flatter >= -1e-6 * pair[0].price.abs(),
            "{what}: the gap is convex in money"
        );
    }
    let mut compared = 0;
    for share in shares {
        let apart = alone(&scaled(case, &span, share));
        match (on_curve(&found, share), apart) {
            (Some(curve), Some(apart)) if apart.is_nan() => assert!(curve.is_finite()),
            (Some(curve), Some(apart)) => {
                assert!(
                    distance(curve, apart).abs() <= 2.0 * PROVEN,
                    "{what} at {share}: {curve} {apart}"
                );
                compared += 1;
            }
            (None, None) => {
                let least = found.least.expect("it says from where on there are plans");
                assert!(share < least, "{what} at {share}");
            }
            (curve, apart) => panic!("{what} at {share}: {curve:?} {apart:?}"),
        }
    }
    compared
}

#[test]
fn two_hundred_independent_solves_lie_on_the_curve() {
    let mut compared = 0;
    for seed in 0..20 {
        let case = county(seed, With::default());
        let span = Span {
            fund: (seed % 3 == 1).then(|| case.funds.ids().next().expect("a fund")),
            ..ALL
        };
        let shares = (0..10).map(|at| 0.07 + 0.143 * f64::from(at));
        compared += holds(&case, span, shares, &format!("seed {seed}"));
    }
    compared += holds(
        &shipped("five-schools"),
        ALL,
        (0..30).map(|at| f64::from(at) / 20.0),
        "five schools",
    );
    compared += holds(
        &shipped("county"),
        ALL,
        [0.01, 0.05, 0.3, 0.77, 1.0, 1.4].into_iter(),
        "county",
    );
    assert!(compared >= 200, "{compared}");
}

#[test]
fn what_a_stretch_funds_costs_what_its_money_is() {
    let case = shipped("five-schools");
    let found = frontier(&case, ALL, &Options::default()).expect("there is a plan");
    let form = formulate(&case, &[]);
    assert_eq!(
        form.fixed_gap.len(),
        1,
        "one year, nothing after it, so that cost is payment"
    );
    for stretch in found.stretches.iter().filter(|one| one.price > 0.0) {
        let money = (stretch.to - stretch.from) * found.stated.main();
        let cost: f64 = stretch.changes.iter().map(|one| one.cost).sum();
        assert!((money - cost).abs() < 1e-6 * money, "{money} {cost}");
    }
    // By hand: lab kits close most for their money, and nothing is left to do beyond 143.9 %.
    assert_eq!(
        case.measures[found.stretches[0].changes[0].measure].id,
        "buy-kits"
    );
    let flat = found.stretches.last().expect("stretches");
    assert_eq!(flat.price, 0.0);
    assert!(
        (flat.from - 32_520.0 / 22_600.0).abs() < 1e-3,
        "{}",
        flat.from
    );
}

fn junheng(arguments: &[&str]) -> std::process::Output {
    std::process::Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .output()
        .expect("the program starts")
}

#[test]
fn a_planner_sees_the_queue_in_either_language_and_programs_read_it() {
    let out = tempfile::tempdir().expect("a folder");
    let place = out.path().display().to_string();
    for (lang, words) in [("zh", "再有钱先办"), ("en", "funded next")] {
        let run = junheng(&[
            "frontier",
            "scenarios/county",
            "--over",
            "county",
            "--lang",
            lang,
            "--out",
            &place,
        ]);
        let said = String::from_utf8_lossy(&run.stdout).into_owned();
        let talk = String::from_utf8_lossy(&run.stderr).into_owned();
        assert_eq!(run.status.code(), Some(0), "{talk}");
        assert!(said.contains(words) && said.contains("100%"), "{said}");
        for file in ["frontier.csv", "frontier.json", "frontier.md"] {
            assert!(
                talk.contains(file) && out.path().join(file).is_file(),
                "{talk}"
            );
        }
    }
    let run = junheng(&["frontier", "scenarios/five-schools", "--json"]);
    let json: serde_json::Value = serde_json::from_slice(&run.stdout).expect("it is JSON");
    assert_eq!(json["points"].as_array().map(Vec::len), Some(16));
    let stretches = json["stretches"].as_array().map_or(0, Vec::len);
    assert_eq!(json["confirmed"], stretches);
}

#[test]
fn what_cannot_be_followed_is_said() {
    let said = |arguments: &[&str]| {
        let run = junheng(arguments);
        let talk = String::from_utf8_lossy(&run.stderr).into_owned();
        assert!(run.stdout.is_empty(), "{talk}");
        (run.status.code(), talk)
    };
    let (code, talk) = said(&[
        "frontier",
        "scenarios/county",
        "--over",
        "countie",
        "--lang",
        "en",
    ]);
    assert_eq!(code, Some(2), "{talk}");
    assert!(
        talk.contains("did you mean") && talk.contains("county"),
        "{talk}"
    );
    let case = "scenarios/county";
    let (code, _) = said(&["frontier", case, "--from", "150%", "--to", "50%"]);
    assert_eq!(code, Some(2));
    let (code, _) = said(&["frontier", case, "--to", "much"]);
    assert_eq!(code, Some(2));
}

#[test]
fn points_solved_one_by_one_enclose_the_curve_that_was_walked_along() {
    let mut inside = 0;
    for seed in 0..40 {
        let with = With {
            policies: seed % 2 == 0,
            terminal: if seed % 3 == 0 { 4.0 } else { 0.0 },
            ..With::default()
        };
        let case = county(400 + seed, with);
        let walked = frontier(&case, ALL, &Options::default());
        let (Ok(walked), Ok(asked)) = (walked, by_tangents(&case, ALL, &Options::default())) else {
            continue;
        };
        let what = format!("seed {seed}");
        assert_eq!(walked.uncertain, None, "{what}");
        let uncertain = asked.uncertain.expect("it was not walked along");
        match (walked.least, asked.least) {
            (None, None) => {}
            (Some(exact), Some(near)) => {
                assert!(
                    near <= exact && exact - near <= 0.011,
                    "{what}: {exact} {near}"
                );
            }
            (exact, near) => panic!("{what}: {exact:?} {near:?}"),
        }
        for stretch in &asked.stretches {
            for part in [0.0, 0.2, 0.4, 0.6, 0.8] {
                let share = stretch.from + part * (stretch.to - stretch.from);
                let line = stretch.gap_from + part * (stretch.gap_to - stretch.gap_from);
                let exact = on_curve(&walked, share).expect("the curve is whole");
                let known = PROVEN * 10.0 * exact.abs().max(1.0);
                assert!(line >= exact - known, "{what}: below the curve at {share}");
                assert!(
                    line - exact <= uncertain + known,
                    "{what}: {line} {exact} {uncertain}"
                );
                inside += 1;
            }
        }
        let worst = asked.stretches.iter().map(|one| one.gap_to);
        let worst = worst.fold(0.0, f64::max);
        assert!(uncertain <= 0.02 * worst, "{what}: {uncertain} of {worst}");
    }
    assert!(inside > 1000, "{inside}");
}
