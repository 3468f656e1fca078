//! Sweeps: every point against a solve of its own, whatever the threads; failures of points; and as a planner runs them.

#[path = "../common/mod.rs"]
mod common;

mod command;
mod parquet;

use std::convert::Infallible;
use std::num::NonZeroUsize;
use std::time::Duration;

use common::{With, county};
use junheng::case::{Case, Change, Overlay, Section};
use junheng::plan::{Known, Options, Verdict, once};
use junheng::program::certificate::distance;
use junheng::read::read_case;
use junheng::study::on_threads;
use junheng::study::sweep::{Axis, Design, Lever, Range, Solved, Value, Values, sweep};
use junheng::words::tolerance::PROVEN;
use junheng::words::{FundIx, MeasureIx, ResourceIx};

fn axis(values: Values) -> Axis {
    Axis {
        key: String::new(),
        values,
    }
}

fn listed(lever: Lever, values: &[f64]) -> Axis {
    axis(Values::Listed(lever, values.to_vec()))
}

fn drawn(lever: Lever, low: f64, high: f64) -> Axis {
    axis(Values::Drawn(
        lever,
        Range {
            low,
            high,
            mode: None,
        },
    ))
}

fn design(axes: Vec<Axis>, draws: usize) -> Design {
    Design {
        axes,
        draws,
        seed: 7,
        piece: 60,
    }
}

fn scenario(name: &str, changes: Vec<Change>) -> Overlay {
    Overlay {
        name: name.to_string(),
        title: name.to_string(),
        changes,
    }
}

/// Everything a design comes to, from a piece on.
fn from(
    case: &Case,
    design: &Design,
    first: usize,
    threads: usize,
    each: Option<Duration>,
) -> Vec<Solved> {
    let mut all = Vec::new();
    let options = Options {
        each,
        ..Options::default()
    };
    let halted = on_threads(NonZeroUsize::new(threads), || {
        sweep(case, design, &options, first, &mut |points| {
            all.extend_from_slice(points);
            Ok::<(), Infallible>(())
        })
    });
    let halted = halted.expect("threads").expect("takes everything");
    assert_eq!(halted, None);
    all
}

fn numbers(one: &Solved) -> Vec<f64> {
    one.point
        .values
        .iter()
        .map(|value| match value {
            Value::Number(number) => *number,
            Value::Scenario(_) => f64::NAN,
        })
        .collect()
}

/// The optimum of a case, solved from nothing; `None` when it is impossible.
fn alone(case: &Case) -> Option<f64> {
    let (form, known) = once(case, &Options::default());
    match known {
        Known::Point(proof) => Some(form.untouched() + proof.objective),
        _ => None,
    }
}

#[test]
fn every_point_is_what_its_case_comes_to_alone() {
    for seed in 0..12 {
        let with = With {
            bands: seed % 2 == 0,
            enrolment: true,
            policies: seed % 3 == 0,
            levers: false,
            ageing: false,
            terminal: 3.0,
        };
        let case = county(seed, with);
        let (fund, measure) = (FundIx::new(0), MeasureIx::new(0));
        let design = design(
            vec![
                listed(Lever::Funds(None), &[0.0, 0.4, 1.0, 1.3]),
                drawn(Lever::Enrolment(Some(Section::Primary)), 0.8, 1.1),
                listed(Lever::Cost(Some(measure)), &[1.0, 1.25]),
                drawn(Lever::Funds(Some(fund)), 0.5, 2.0),
            ],
            5,
        );
        let found = from(&case, &design, 0, 2, None);
        assert_eq!(Some(found.len()), design.points());
        for (at, one) in found.iter().enumerate() {
            assert_eq!(one.point.number, at);
            let &[money, pupils, price, own] = numbers(one).as_slice() else {
                panic!("four axes");
            };
            let changes = vec![
                Change::Enrolment {
                    section: Some(Section::Primary),
                    factors: vec![pupils; case.horizon.years],
                },
                Change::Cost {
                    scope: junheng::case::Scope {
                        measures: vec![measure],
                        ..Default::default()
                    },
                    factor: price,
                },
                Change::Fund {
                    fund: None,
                    factor: money,
                },
                Change::Fund {
                    fund: Some(fund),
                    factor: own,
                },
            ];
            let alone = alone(&scenario("", changes).apply(&case));
            match (&one.verdict, one.gap, alone) {
                (Verdict::Optimal, Some(gap), Some(alone)) => {
                    assert!(
                        distance(gap, alone).abs() <= 2.0 * PROVEN,
                        "{seed} {at}: {gap} {alone}"
                    );
                    assert!(
                        one.bound
                            .is_some_and(|bound| bound <= gap + 1e-9 * gap.abs())
                    );
                    assert!(gap <= one.now * (1.0 + 1e-9));
                }
                (Verdict::Impossible { .. }, None, None) => {}
                other => panic!("{seed} {at}: {other:?}"),
            }
        }
    }
}

#[test]
fn threads_and_beginnings_change_nothing() {
    let case = county(3, With::default());
    let designs = [
        design(vec![drawn(Lever::Funds(None), 0.2, 1.8)], 130),
        design(
            vec![
                listed(Lever::Terminal, &[0.0, 2.0, 5.0]),
                drawn(Lever::Enrolment(None), 0.9, 1.1),
                listed(Lever::Funds(None), &[0.5, 1.0]),
            ],
            9,
        ),
    ];
    for design in &designs {
        let one = from(&case, design, 0, 1, None);
        let shown = |found: &[Solved]| format!("{found:?}");
        assert_eq!(shown(&one), shown(&from(&case, design, 0, 3, None)));
        for first in 1..design.chunks() {
            let begin = design.chunk(first).start;
            let rest = from(&case, design, first, 2, None);
            assert_eq!(shown(&one[begin..]), shown(&rest), "from piece {first}");
        }
    }
}

#[test]
fn a_point_that_fails_stops_no_other() {
    let case = county(5, With::default());
    let nowhere = Change::Norm {
        resource: ResourceIx::new(99),
        norm: None,
    };
    let scenarios = axis(Values::Scenarios(vec![
        scenario("base", Vec::new()),
        scenario("broken", vec![nowhere]),
        scenario(
            "poor",
            vec![Change::Fund {
                fund: None,
                factor: 0.5,
            }],
        ),
    ]));
    let money = listed(Lever::Funds(None), &[0.5, 1.0, f64::NAN]);
    let found = from(&case, &design(vec![scenarios, money], 1), 0, 2, None);
    assert_eq!(found.len(), 9);
    for one in &found {
        let broken = one.point.values[0] == Value::Scenario("broken".to_string());
        match &one.verdict {
            Verdict::Optimal => assert!(!broken && one.gap.is_some()),
            Verdict::Undecided { .. } => {
                assert!(broken && one.gap.is_none() && one.money.is_none())
            }
            other => panic!("{other:?}"),
        }
    }
    assert_eq!(found.iter().filter(|one| one.gap.is_some()).count(), 6);
}

#[test]
fn a_point_that_takes_too_long_is_told_and_stops_no_other() {
    let case = county(5, With::default());
    let design = design(vec![listed(Lever::Terminal, &[1.0, 2.0, 3.0])], 1);
    let found = from(&case, &design, 0, 2, Some(Duration::ZERO));
    assert_eq!(found.len(), 3);
    for one in &found {
        assert!(
            !matches!(one.verdict, Verdict::Optimal),
            "{:?}",
            one.verdict
        );
    }
}

#[test]
fn shipped_counties_are_swept_hot() {
    let folder = std::path::Path::new("scenarios/county");
    let case = read_case(folder).case.expect("shipped cases are sound");
    let design = design(vec![drawn(Lever::Funds(None), 0.5, 1.5)], 60);
    let found = from(&case, &design, 0, 2, None);
    assert!(
        found
            .iter()
            .all(|one| matches!(one.verdict, Verdict::Optimal))
    );
    for one in found.iter().step_by(20) {
        let factor = numbers(one)[0];
        let alone = alone(&scenario("", vec![Change::Fund { fund: None, factor }]).apply(&case));
        let (gap, alone) = (one.gap.expect("proven"), alone.expect("possible"));
        assert!(
            distance(gap, alone).abs() <= 2.0 * PROVEN,
            "{factor}: {gap} {alone}"
        );
    }
}
