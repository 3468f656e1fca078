//! Projects of a least size (项目最小规模): at a school in a year nothing, or at least so much.

mod common;

use std::collections::BTreeMap;

use common::{AREA, BOOKS, With, county};
use junheng::case::*;
use junheng::plan::{Options, Plan, PlanRow, Verdict, audit, solve};
use junheng::words::*;

const SEEDS: std::ops::Range<u64> = 0..40;

/// Building comes in projects of a least size, and books in parcels.
fn in_projects(case: &Case, area: f64, books: f64) -> Case {
    let mut case = case.clone();
    for measure in case.measures.iter_mut() {
        measure.least = match measure.resource.at() {
            AREA => area,
            BOOKS => books,
            _ => 0.0,
        };
    }
    case
}

fn planned(case: &Case) -> Plan {
    let answer = solve(case, &Options::default());
    assert_eq!(answer.verdict, Verdict::Optimal, "{}", case.name);
    answer.plan.expect("an optimal answer has a plan")
}

/// Units by school, measure and year.
fn brought(rows: &[PlanRow]) -> BTreeMap<(SchoolIx, MeasureIx, YearIx), f64> {
    let mut sums = BTreeMap::new();
    for row in rows {
        *sums
            .entry((row.school, row.measure, row.year))
            .or_insert(0.0) += row.units;
    }
    sums
}

#[test]
fn every_school_gets_nothing_or_a_project_and_the_bound_holds() {
    let (mut projects, mut dearer) = (0, 0);
    for seed in SEEDS {
        let free = county(seed, With::mixed(seed));
        let case = in_projects(&free, 150.0, 40.0);
        let (plan, without) = (planned(&case), planned(&free));
        assert!(
            plan.audit.passed(),
            "seed {seed}: {:?}",
            plan.audit.breaches
        );
        for ((_, measure, _), units) in brought(&plan.rows) {
            let least = case.measures[measure].least;
            assert!(
                units <= 0.0 || units >= least - 1e-6,
                "seed {seed}: {units} of {least}"
            );
            projects += usize::from(least > 0.0);
        }
        let (bound, planned) = (plan.certificate.bound, plan.certificate.planned);
        assert!(
            planned >= bound - 1e-6 * bound.abs().max(1.0),
            "seed {seed}"
        );
        // Projects only take from what can be done: no bound falls by them, but for the last part of a need.
        dearer += usize::from(planned > without.certificate.planned * 1.000_1 + 1e-6);
    }
    assert!(projects > 150 && dearer > 10, "{projects} {dearer}");
}

#[test]
fn a_project_no_larger_than_what_is_handed_out_changes_nothing() {
    for seed in SEEDS {
        let case = county(seed, With::mixed(seed));
        let same = in_projects(&case, 0.01, 1.0);
        assert_eq!(planned(&case).rows, planned(&same).rows, "seed {seed}");
    }
}

#[test]
fn a_scenario_that_lifts_the_smallest_project_gives_the_plan_of_a_case_without_one() {
    for seed in SEEDS {
        let free = county(seed, With::mixed(seed));
        let case = in_projects(&free, 150.0, 40.0);
        let scenario = |least| Overlay {
            name: "projects".into(),
            title: "projects".into(),
            changes: vec![Change::Project {
                measures: case.measures.ids().collect(),
                least,
            }],
        };
        let lifted = scenario(0.0).apply(&case);
        assert_eq!(planned(&lifted).rows, planned(&free).rows, "seed {seed}");
        // What moves between schools knows no projects and stays as it is.
        let larger = scenario(60.0).apply(&free);
        for (measure, stated) in larger.measures.pairs() {
            let moves = free.measures[measure].lever.moves();
            assert_eq!(stated.least, if moves { 0.0 } else { 60.0 });
        }
    }
}

#[test]
fn what_is_too_large_for_all_money_is_not_begun() {
    for seed in SEEDS {
        let with = With {
            policies: false,
            ..With::mixed(seed)
        };
        let case = in_projects(&county(seed, with), 1e7, 1e8);
        let plan = planned(&case);
        let begun = plan
            .rows
            .iter()
            .any(|row| case.measures[row.measure].least > 0.0);
        assert!(!begun, "seed {seed}");
    }
}

#[test]
fn one_whole_project_goes_before_many_parts() {
    // Money for 200 square metres a year; ten schools lack 100 each, and equally much.
    let mut case = county(1, With::default());
    let mut school = case.schools[SchoolIx::new(0)].clone();
    school.stage = Stage::Primary;
    school.pupils = Some(BySection {
        primary: 200.0,
        junior: 0.0,
    });
    school.stock = vec![Some(20.0), Some(5000.0), Some(800.0)];
    school.unusable = vec![None; 3];
    let schools = (0..10).map(|at| School {
        id: format!("S{at}"),
        ..school.clone()
    });
    case.schools = schools.collect::<Vec<_>>().into();
    case.horizon = Horizon {
        first_year: 2026,
        years: 2,
        terminal: 0.0,
    };
    case.enrolment = BySection {
        primary: vec![1.0; 2],
        junior: vec![1.0; 2],
    };
    let build = MeasureIx::new(3);
    case.measures[build].lever = Lever::Buy { lead: 0, life: 50 };
    case.measures[build].least = 100.0;
    let fund = |amount: f64| Fund {
        per_pupil: None,
        id: "county".into(),
        name: "county".into(),
        amounts: vec![Money::from_main(amount); 2].into(),
        after: Money::ZERO,
        carry_over: false,
        scope: Scope::default(),
        place: Place::default(),
    };
    let money = 200.0 * case.measures[build].cost.main();
    case.funds = vec![fund(money)].into();
    let built: Vec<(usize, usize, f64)> = planned(&case)
        .rows
        .iter()
        .map(|row| (row.year.at(), row.school.at(), row.units))
        .collect();
    assert_eq!(
        built,
        [(0, 0, 100.0), (0, 1, 100.0), (1, 2, 100.0), (1, 3, 100.0)]
    );
    // Half as much money a year, not carried over, is enough for one project each.
    case.funds = vec![fund(money / 2.0)].into();
    assert_eq!(planned(&case).rows.len(), 2);
    // And a little less for none: that is what the distance to the bound tells.
    case.funds = vec![fund(money / 2.0 - 1.0)].into();
    let plan = planned(&case);
    assert!(plan.rows.is_empty());
    assert!(plan.certificate.rounding > 0.05, "{:?}", plan.certificate);
}

#[test]
fn the_audit_finds_a_part_of_a_project_also_among_rows_that_are_kept() {
    let mut found = 0;
    for seed in SEEDS {
        let case = in_projects(&county(seed, With::mixed(seed)), 150.0, 40.0);
        let plan = planned(&case);
        let spoilt = plan
            .rows
            .iter()
            .position(|row| case.measures[row.measure].least > 0.0);
        let Some(at) = spoilt else { continue };
        let mut rows = plan.rows.clone();
        let stated = &case.measures[rows[at].measure];
        rows[at].units = stated.least - case.resources[stated.resource].step;
        let breaches = audit::audit(&case, &rows, &[]).breaches;
        assert!(
            breaches.iter().any(|one| one.rule == "project"),
            "seed {seed}"
        );
        rows.truncate(at + 1);
        let options = Options {
            keep: vec![rows[at].clone()],
            ..Options::default()
        };
        let answer = solve(&case, &options);
        assert!(
            matches!(answer.verdict, Verdict::Impossible { .. }),
            "seed {seed}"
        );
        found += 1;
    }
    assert!(found > 15, "{found}");
}

#[test]
fn targets_and_least_quotas_are_met_in_projects() {
    let (mut met, mut not_whole) = (0, 0);
    for seed in SEEDS {
        let mut case = in_projects(&county(seed, With::mixed(seed)), 60.0, 40.0);
        let area = |rule| Policy {
            id: "asked".into(),
            name: "asked".into(),
            scope: Scope {
                resources: vec![ResourceIx::new(AREA)],
                ..Scope::default()
            },
            rule,
            place: Place::default(),
        };
        case.policies.push(match seed % 2 {
            0 => area(Rule::Target {
                share: 0.4,
                from: case.horizon.last(),
            }),
            _ => area(Rule::Quota {
                bound: Bound::Min,
                amount: Quota::Units(120.0),
                each_year: false,
                each: Each::All,
            }),
        });
        let answer = solve(&case, &Options::default());
        match answer.verdict {
            Verdict::Optimal => met += 1,
            Verdict::Impossible { .. } => {}
            Verdict::Undecided { why } if why.1.contains("whole units") => not_whole += 1,
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(met >= 20 && not_whole <= 4, "{met} {not_whole}");
}
