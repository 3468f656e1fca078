//! The lowest first, against plans that are all tried.

use junheng::formulate::formulate;
use junheng::plan::Options;
use junheng::plan::fair::fair;
use rand::{Rng, RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::common::{AREA, BOOKS, county};
use super::*;

/// Attainment of each school: the least part of its standard in books and area in the last plan year.
fn attained(case: &Case, stock: impl Fn(SchoolIx, ResourceIx) -> f64) -> Vec<f64> {
    let year = case.horizon.last();
    let of = |school: SchoolIx| {
        let parts = [BOOKS, AREA].map(ResourceIx::new).map(|resource| {
            let required = case.required(school, resource, year).unwrap_or(0.0);
            match required > 0.0 {
                true => (stock(school, resource) / required).min(1.0),
                false => 1.0,
            }
        });
        parts.into_iter().fold(1.0, f64::min)
    };
    case.schools.ids().map(of).collect()
}

fn sorted(mut levels: Vec<f64>) -> Vec<f64> {
    levels.sort_by(f64::total_cmp);
    levels
}

/// Which of two sorted lists is higher, the lowest first, forgiving this much.
fn compare(one: &[f64], other: &[f64], forgiven: f64) -> std::cmp::Ordering {
    for (a, b) in one.iter().zip(other) {
        if (a - b).abs() > forgiven {
            return a.total_cmp(b);
        }
    }
    std::cmp::Ordering::Equal
}

/// A county of few schools short of books and area, one year, one fund, and a limit on area at each school; with every unit
/// large enough for all plans to be tried.
fn small(rng: &mut impl Rng, steps: f64) -> Case {
    let mut case = county(rng.random_range(0..1000), Default::default());
    case.horizon.years = 1;
    case.enrolment = BySection {
        primary: vec![1.0],
        junior: vec![1.0],
    };
    let keep: Vec<School> = case.schools.iter().take(2).cloned().collect();
    case.schools = keep.into();
    case.objective.first = First::Leximin;
    case.measures = [2, 3]
        .map(|at| case.measures[MeasureIx::new(at)].clone())
        .to_vec()
        .into();
    case.measures[MeasureIx::new(1)].lever = Lever::Buy { lead: 0, life: 50 };
    case.policies = Vec::new().into();
    let year = YearIx::new(0);
    for school in case.schools.ids() {
        for resource in [BOOKS, AREA].map(ResourceIx::new) {
            let required = case.required(school, resource, year).expect("asked");
            case.schools[school].stock[resource.at()] = Some(required * rng.random_range(0.0..0.9));
        }
    }
    let mut money = 0.0;
    for (at, measure) in case.measures.pairs() {
        let resource = measure.resource;
        let most = case
            .schools
            .ids()
            .map(|school| case.required(school, resource, year).unwrap());
        let most = most.fold(0.0, f64::max);
        case.resources[resource].step = most / steps;
        let _ = at;
        for school in case.schools.ids() {
            let stock = case.stock_in(school, resource, year).unwrap();
            let missing = case.required(school, resource, year).unwrap() - stock;
            money += missing * measure.cost.main();
        }
    }
    let mut fund = case.funds[FundIx::new(0)].clone();
    fund.amounts = vec![Money::from_main(
        (money * rng.random_range(0.2..0.8)).round(),
    )]
    .into();
    fund.after = Money::ZERO;
    fund.scope = Scope::default();
    case.funds = vec![fund].into();
    // Of one school no more than so much area, so that levels differ.
    let first = SchoolIx::new(rng.random_range(0..2));
    let missing = case.required(first, ResourceIx::new(AREA), year).unwrap()
        - case.stock_in(first, ResourceIx::new(AREA), year).unwrap();
    case.policies.push(Policy {
        id: "most".into(),
        name: "most".into(),
        scope: Scope {
            schools: vec![first],
            resources: vec![ResourceIx::new(AREA)],
            ..Scope::default()
        },
        rule: Rule::Quota {
            bound: Bound::Max,
            amount: Quota::Units(missing * rng.random_range(0.0..1.2)),
            each_year: true,
            each: Each::All,
        },
        place: Place::default(),
    });
    case
}

/// The highest levels, the lowest first, of all plans in whole steps.
fn brute_force(case: &Case) -> Vec<f64> {
    let year = YearIx::new(0);
    let decisions: Vec<(SchoolIx, MeasureIx)> = case
        .schools
        .ids()
        .flat_map(|school| case.measures.ids().map(move |measure| (school, measure)))
        .collect();
    let step = |measure: MeasureIx| case.resources[case.measures[measure].resource].step;
    let room = |&(school, measure): &(SchoolIx, MeasureIx)| {
        let resource = case.measures[measure].resource;
        let missing = case.required(school, resource, year).unwrap()
            - case.stock_in(school, resource, year).unwrap();
        (missing / step(measure) - 1e-9).ceil().max(0.0) as usize
    };
    let rooms: Vec<usize> = decisions.iter().map(room).collect();
    let Rule::Quota {
        amount: Quota::Units(most),
        ..
    } = case.policies[PolicyIx::new(0)].rule
    else {
        panic!("the quota")
    };
    let held = case.policies[PolicyIx::new(0)].scope.schools[0];
    let money = case.funds[FundIx::new(0)].amounts[year].main();
    let mut best: Vec<f64> = Vec::new();
    let mut steps = vec![0; decisions.len()];
    loop {
        let units = |at: usize| steps[at] as f64 * step(decisions[at].1);
        let cost: f64 = (0..decisions.len())
            .map(|at| case.dues(decisions[at].1, year, units(at)).at(0).main())
            .sum();
        let area = (0..decisions.len())
            .filter(|&at| decisions[at] == (held, MeasureIx::new(1)))
            .map(units)
            .sum::<f64>();
        if cost <= money + 1e-9 && area <= most + 1e-9 {
            let stock = |school, resource| {
                let brought = (0..decisions.len())
                    .filter(|&at| {
                        decisions[at].0 == school
                            && case.measures[decisions[at].1].resource == resource
                    })
                    .map(units);
                case.stock_in(school, resource, year).unwrap() + brought.sum::<f64>()
            };
            let found = sorted(attained(case, stock));
            if best.is_empty() || compare(&found, &best, 1e-12).is_gt() {
                best = found;
            }
        }
        let Some(next) = (0..steps.len()).find(|&at| steps[at] < rooms[at]) else {
            return best;
        };
        steps[..next].fill(0);
        steps[next] += 1;
    }
}

#[test]
fn the_levels_are_those_of_the_best_of_all_plans() {
    let rng = &mut ChaCha8Rng::seed_from_u64(3);
    let (mut same, mut all, mut levels) = (0, 0, 0);
    for _ in 0..25 {
        let case = small(rng, 14.0);
        let best = brute_force(&case);
        let answer = solved(&case);
        let plan = answer.plan.expect("a plan");
        assert_eq!(answer.verdict, Verdict::Optimal);
        assert!(plan.audit.passed());
        let lowest = plan.fairness.lowest.as_ref().expect("levels");
        let mut continuous = vec![1.0; case.schools.len()];
        for held in &lowest.levels.schools {
            continuous[held.school.at()] = held.level;
        }
        let continuous = sorted(continuous);
        levels += lowest.levels.levels;
        // No plan in whole steps is higher, and one is within a step of it.
        assert!(
            !compare(&best, &continuous, 1e-6).is_gt(),
            "{best:?} {continuous:?}"
        );
        let largest = case.schools.ids().flat_map(|school| {
            let case = &case;
            [BOOKS, AREA].map(ResourceIx::new).map(move |resource| {
                case.resources[resource].step
                    / case.required(school, resource, YearIx::new(0)).unwrap()
            })
        });
        let largest = largest.fold(0.0, f64::max);
        assert!(
            continuous[0] - best[0] <= 2.0 * largest,
            "{best:?} {continuous:?} {largest}"
        );
        let year = case.horizon.last();
        let planned = sorted(attained(&case, |school, resource| {
            plan.outcome.stock(&case, school, resource, year).unwrap()
        }));
        assert!(
            !compare(&planned, &best, 1e-9).is_gt(),
            "{planned:?} {best:?}"
        );
        all += 1;
        same += usize::from(best[0] - planned[0] <= 1e-9);
    }
    println!(
        "the lowest is as high as in the best plan in whole steps in {same} of {all}; {levels} levels"
    );
    assert!(same * 10 >= all * 6, "{same} of {all}");
    assert!(levels > all, "levels differ in some");
}

#[test]
fn nobody_can_be_raised_without_lowering_somebody_who_is_no_higher() {
    let mut distinct = 0;
    for seed in 0..12 {
        let mut case = county(seed, variants(seed));
        case.objective.first = First::Leximin;
        let answer = solved(&case);
        let verdict = answer.verdict.clone();
        let Some(plan) = best(answer) else {
            println!("seed {seed}: {verdict:?}");
            continue;
        };
        assert!(plan.audit.passed());
        let reached = plan.fairness.lowest.as_ref().expect("levels");
        assert!(
            reached.levels.complete && reached.levels.within <= 1e-5,
            "seed {seed}"
        );
        distinct += reached.levels.levels;
        // At the program itself: hold all others at their levels, and raise one.
        let fair = fair(&case, &[], &Options::default());
        let free = formulate(&case, &[]);
        assert!(fair.form.program.rows.len() >= free.program.rows.len());
        for held in &reached.levels.schools {
            let others = reached
                .levels
                .schools
                .iter()
                .filter(|one| one.school != held.school);
            let mut floors: Vec<(SchoolIx, f64)> = others
                // Who is higher may come down.
                .filter(|one| one.level <= held.level + 1e-6)
                .map(|one| (one.school, one.level - 1e-6))
                .collect();
            floors.push((held.school, held.level + 1e-3));
            let rules = floors.into_iter().filter(|one| one.1 > 0.0 && one.1 <= 1.0);
            let mut raised = case.clone();
            raised.objective.first = First::Gap;
            for (school, share) in rules {
                raised.policies.push(Policy {
                    id: "floor".into(),
                    name: "floor".into(),
                    scope: Scope {
                        schools: vec![school],
                        resources: needs_of(reached, school),
                        ..Scope::default()
                    },
                    rule: Rule::Target {
                        share,
                        from: case.horizon.last(),
                    },
                    place: Place::default(),
                });
            }
            // Targets are rounded up to whole steps; without steps they are the floors themselves.
            raised.resources.iter_mut().for_each(|one| one.step = 1e-6);
            if held.level < 1.0 - 1e-3 {
                let found = junheng::plan::once(&raised, &Options::default()).1;
                let verdict = found.verdict();
                assert!(
                    matches!(
                        verdict,
                        Verdict::Impossible { .. } | Verdict::Undecided { .. }
                    ),
                    "seed {seed}, {:?}: {verdict:?}",
                    held
                );
            }
        }
    }
    assert!(distinct > 12, "{distinct}");
}

fn needs_of(reached: &junheng::plan::fair::Reached, school: SchoolIx) -> Vec<ResourceIx> {
    let needs = reached.levels.needs.iter();
    needs
        .filter(|need| need.0 == school)
        .map(|need| need.1)
        .collect()
}
