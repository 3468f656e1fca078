//! Rules on indicators: the choice is the best of all choices, every school passes by the official survey, and what is
//! impossible is so whatever is chosen.

use std::collections::BTreeMap;

use junheng::case::balance::{Check, checks, survey};
use junheng::case::policy::Relaxed;
use junheng::plan::audit::audit;
use junheng::plan::{Known, Options, Outcome, once};
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

use super::common::region;
use super::*;

/// A small region in which every school is to meet so many of three indicators, with more or less money for it.
fn asked(seed: u64) -> Case {
    let rng = &mut ChaCha8Rng::seed_from_u64(1_000 + seed);
    let schools = rng.random_range(2..=4);
    let with = With {
        bands: false,
        policies: seed % 4 == 1,
        ..variants(seed)
    };
    let years = rng.random_range(2..=3);
    let mut case = region(rng, format!("asked {seed}"), with, years, 1, schools);
    let money = [3.0, 5.0, 7.0, 9.0][rng.random_range(0..4)];
    // What counts little is left short for the total gap alone, and asked for by the rule.
    for resource in case.resources.iter_mut() {
        resource.weight *= [0.02, 1.0, 6.0][rng.random_range(0..3)];
    }
    for fund in case.funds.iter_mut() {
        let more = |amount: &mut Money| *amount = amount.times(money);
        fund.amounts.iter_mut().for_each(more);
        more(&mut fund.after);
    }
    if seed.is_multiple_of(3) {
        // A nine-year school, of which both sections are judged.
        let school = &mut case.schools[SchoolIx::new(0)];
        school.stage = Stage::NineYear;
        school.pupils = Some(BySection {
            primary: 180.0,
            junior: 150.0,
        });
    }
    let met = [1, 2, 2, 2][rng.random_range(0..4)];
    let rest = [0.0, 0.5, 0.6, 0.85][rng.random_range(0..4)];
    case.standard.compliance = Some(Compliance::AtLeast { met, rest });
    let own = rng.random_bool(0.5);
    let rule = Rule::Indicators {
        asked: (!own).then_some((met, rest)),
        from: case.horizon.last(),
        relaxed: None,
    };
    with_rule(&case, rule)
}

fn with_rule(case: &Case, rule: Rule) -> Case {
    let policy = Policy {
        id: "met".into(),
        name: "met".into(),
        scope: Scope::default(),
        rule,
        place: Place::default(),
    };
    with(case, policy)
}

/// Every choice of as many indicators as may stay below, for every check.
fn choices(checks: &[Check]) -> Vec<Relaxed> {
    let mut all = vec![Relaxed::new()];
    for check in checks {
        let parts = check.parts.len();
        let subsets =
            (0..1_u32 << parts).filter(|set| set.count_ones() as usize == check.free.min(parts));
        let subsets: Vec<u32> = subsets.collect();
        let extended = all.iter().flat_map(|chosen| {
            subsets.iter().map(move |set| {
                let stays = check.parts.iter().enumerate();
                let stays = stays.filter(|(at, _)| set & (1 << at) != 0);
                let named =
                    stays.map(|(_, part)| (check.school, check.section, check.year, part.0));
                chosen.iter().copied().chain(named).collect()
            })
        });
        all = extended.collect();
    }
    all
}

/// The smallest gap of all choices, `None` where each is impossible; and of how many nothing could be proven.
fn best_of_all(case: &Case) -> (Option<f64>, usize) {
    let mut open = 0;
    let at = case.policies.find(|one| one.id == "met").expect("the rule");
    let gaps = choices(&checks(case)).into_iter().filter_map(|chosen| {
        let frozen = case.with_relaxed(BTreeMap::from([(at, chosen)]));
        let (form, known) = once(&frozen, &Options::default());
        match known {
            Known::Point(proof) => Some(proof.objective + form.untouched()),
            Known::Impossible(_) => None,
            _ => {
                open += 1;
                None
            }
        }
    });
    let best = gaps.reduce(f64::min);
    (best, open)
}

#[test]
fn the_choice_is_the_best_of_all_choices() {
    let (mut found, mut impossible, mut costly, mut unfound) = (0, 0, 0, 0);
    for seed in 0..45 {
        let case = asked(seed);
        let (best, open) = best_of_all(&case);
        if open > 0 {
            println!("seed {seed}: {open} open, best {best:?}");
        }
        let answer = solved(&case);
        match (&answer.verdict, &answer.plan, best) {
            (Verdict::Impossible { rules }, None, None) => {
                impossible += 1;
                assert!(
                    rules.iter().any(|rule| rule.name.1.contains("met")),
                    "seed {seed}: {rules:?}"
                );
            }
            (Verdict::Optimal, Some(plan), Some(best)) => {
                found += 1;
                let proven = plan.certificate.bound;
                assert!(
                    (proven - best).abs() <= 2e-6 * best.max(1.0),
                    "seed {seed}: {proven} {best}"
                );
                let mut free = case.clone();
                free.policies = free
                    .policies
                    .iter()
                    .filter(|one| one.id != "met")
                    .cloned()
                    .collect::<Vec<_>>()
                    .into();
                let (form, known) = once(&free, &Options::default());
                let Known::Point(proof) = known else { panic!() };
                costly += usize::from(best > 1.0001 * (proof.objective + form.untouched()));
                passes(&case, plan, seed);
            }
            // The bound is one for every choice, also where it is not met.
            (Verdict::Stopped { .. }, Some(plan), Some(best)) => {
                assert!(plan.certificate.bound <= best * (1.0 + 1e-6), "seed {seed}");
                passes(&case, plan, seed);
                unfound += 1;
            }
            (Verdict::Undecided { why }, None, Some(_)) => {
                assert!(why.1.contains("whole units"), "seed {seed}: {why:?}");
                unfound += 1;
            }
            (verdict, _, best) => panic!("seed {seed}: {verdict:?}, best of all {best:?}"),
        }
    }
    println!(
        "{found} found, {costly} costly, {impossible} impossible, {unfound} not proven or not in whole units"
    );
    assert!(found > 15 && costly > 3 && impossible > 3 && unfound < 5);
}

/// By the official survey of the stocks that the plan comes to, no school that is judged fails.
fn passes(case: &Case, plan: &Plan, seed: u64) {
    let year = case.horizon.last();
    assert!(
        plan.audit.passed(),
        "seed {seed}: {:?}",
        plan.audit.breaches
    );
    let found = survey(
        case,
        |school, resource| plan.outcome.stock(case, school, resource, year),
        year,
    );
    for school in &found.schools {
        assert_ne!(school.passes, Some(false), "seed {seed}: {}", school.id);
    }
    let told = &plan.fairness.indicators;
    assert_eq!(told.len(), checks(case).len());
    for one in told {
        assert!(one.below.len() <= one.check.free);
        assert!(
            one.below
                .iter()
                .all(|below| below.after >= one.check.rest - 1e-9)
        );
    }
}

#[test]
fn the_audit_judges_a_plan_by_the_official_survey() {
    let mut broken = 0;
    for seed in 0..20 {
        let case = asked(seed);
        let Some(plan) = best(solved(&case)) else {
            continue;
        };
        let year = case.horizon.last();
        for left_out in 0..plan.rows.len() {
            let mut rows = plan.rows.clone();
            rows.remove(left_out);
            let outcome = Outcome::new(&case, &rows);
            let stock = |school, resource| outcome.stock(&case, school, resource, year);
            let found = survey(&case, stock, year);
            let fails = found
                .schools
                .iter()
                .any(|school| school.passes == Some(false));
            let breaches = audit(&case, &rows, &[]).breaches;
            let told = breaches.iter().any(|breach| breach.rule == "indicators");
            assert_eq!(fails, told, "seed {seed}, without row {left_out}");
            broken += usize::from(fails);
        }
    }
    assert!(broken > 20, "{broken}");
}
