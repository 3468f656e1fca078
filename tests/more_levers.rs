//! The laws on generated cases with every lever that planners name: projects of a least size, classrooms by classes, beds,
//! aid, training, shared posts, nearer and paired exchanges, remote lessons, diverted pupils, rules by place.

mod common;

use std::collections::BTreeMap;

use common::more::{every, every_but};
use common::{BOOKS, With};
use junheng::case::*;
use junheng::plan::moves::moves;
use junheng::plan::{Known, Options, Plan, PlanRow, Verdict, audit, once, solve};
use junheng::words::*;

/// Among them 398 and 957, in which steps that wait for a project were counted twice.
fn seeds(most: u64) -> impl Iterator<Item = u64> {
    (0..most).chain([398, 957])
}

fn planned(case: &Case) -> Plan {
    let answer = solve(case, &Options::default());
    assert_eq!(answer.verdict, Verdict::Optimal, "{}", case.name);
    answer.plan.expect("an optimal answer has a plan")
}

/// The smallest gap of the continuous program.
fn optimum(case: &Case) -> f64 {
    match once(case, &Options::default()) {
        (form, Known::Point(proof)) => form.untouched() + proof.objective,
        (_, other) => panic!("{}: {other:?}", case.name),
    }
}

fn near(a: f64, b: f64) -> bool {
    (a - b).abs() <= 2e-7 * a.abs().max(b.abs()).max(1.0)
}

fn slack(gap: f64) -> f64 {
    1e-6 * gap.abs().max(1.0)
}

#[test]
fn every_plan_is_proven_passes_its_audit_and_uses_every_lever() {
    let mut used: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds(120) {
        let case = every(seed, With::mixed(seed));
        let plan = planned(&case);
        assert!(
            plan.audit.passed(),
            "{}: {:?}",
            case.name,
            plan.audit.breaches
        );
        let stated = &plan.certificate;
        assert!(stated.proven_within <= 1e-7, "{}", case.name);
        assert!(
            stated.planned >= stated.whole - slack(stated.bound),
            "{}",
            case.name
        );
        let outcome = &plan.outcome;
        assert!(
            outcome.gap_after <= outcome.gap_before + slack(outcome.gap_before),
            "{}",
            case.name
        );
        for row in plan.rows.iter().filter(|row| row.units > 0.0) {
            let measure = &case.measures[row.measure];
            *used.entry(measure.id.clone()).or_default() += 1;
            // A project is none or as large as stated; a shared post goes in its own steps.
            assert!(measure.is_project(row.units), "{}", case.name);
            let steps = row.units / case.step(row.measure);
            assert!((steps - steps.round()).abs() < 1e-6, "{}", case.name);
        }
        pupils_are_all_somewhere(&case, seed);
        nobody_changes_places_outside_the_circle(&case, &plan);
    }
    let named = [
        "share",
        "near",
        "pass-on",
        "remote",
        "get rooms",
        "get beds",
        "get aid",
        "get qualified",
    ];
    for id in named {
        assert!(
            used.get(id).is_some_and(|count| *count > 5),
            "{id}: {used:?}"
        );
    }
}

/// Who is sent elsewhere is there.
fn pupils_are_all_somewhere(case: &Case, seed: u64) {
    let stayed = every_but(seed, With::mixed(seed), &["divert"]);
    for year in case.horizon.periods() {
        let all = |case: &Case| -> f64 {
            let pupils = case.schools.ids().filter_map(|at| case.pupils(at, year));
            pupils.sum()
        };
        assert!(near(all(case), all(&stayed)), "{}", case.name);
    }
}

/// Who arrives comes from a school of the same circle.
fn nobody_changes_places_outside_the_circle(case: &Case, plan: &Plan) {
    for one in moves(case, &plan.rows).list {
        assert_eq!(
            case.circle(one.measure, one.from),
            case.circle(one.measure, one.to),
            "{}",
            case.name
        );
    }
}

#[test]
fn lumped_and_unlumped_optimum_agree() {
    for seed in seeds(60) {
        let case = every(seed, With::mixed(seed));
        let unlumped = Options {
            unlumped: true,
            ..Options::default()
        };
        let (form, Known::Point(proof)) = once(&case, &unlumped) else {
            panic!("{}", case.name);
        };
        let (one, other) = (optimum(&case), form.untouched() + proof.objective);
        assert!(near(one, other), "{}: {one} {other}", case.name);
    }
}

#[test]
fn more_money_never_raises_the_gap_and_helps_less_and_less() {
    for seed in seeds(40) {
        let case = every(seed, With::mixed(seed));
        for fund in case.funds.ids() {
            let with = |factor: f64| {
                let mut changed = case.clone();
                let fund = Some(fund);
                Change::Fund { fund, factor }.apply(&mut changed);
                optimum(&changed)
            };
            let (less, same, more) = (with(0.5), with(1.0), with(1.5));
            let all = format!("{}: {less} {same} {more}", case.name);
            let slack = slack(same);
            assert!(less >= same - slack && same >= more - slack, "{all}");
            assert!(same <= (less + more) / 2.0 + slack, "{all}");
        }
    }
}

#[test]
fn the_currency_unit_does_not_matter() {
    for seed in seeds(40) {
        let case = every(seed, With::mixed(seed));
        let mut dear = case.clone();
        for measure in dear.measures.iter_mut() {
            measure.cost = measure.cost.times(7.0);
            if let Some(subsidy) = &mut measure.subsidy {
                subsidy.each = subsidy.each.times(7.0);
            }
        }
        Change::Fund {
            fund: None,
            factor: 7.0,
        }
        .apply(&mut dear);
        for policy in dear.policies.iter_mut() {
            if let Rule::Quota {
                amount: Quota::Money(money),
                ..
            } = &mut policy.rule
            {
                *money = money.times(7.0);
            }
        }
        assert!(near(optimum(&case), optimum(&dear)), "{}", case.name);
    }
}

#[test]
fn the_order_of_schools_does_not_matter() {
    for seed in seeds(40) {
        let case = every(seed, With::mixed(seed));
        let mut turned = case.clone();
        let mut schools: Vec<School> = case.schools.iter().cloned().collect();
        schools.reverse();
        turned.schools = schools.into();
        turned.gather();
        assert!(near(optimum(&case), optimum(&turned)), "{}", case.name);
    }
}

/// A lever that is allowed beside others never makes the smallest gap larger, unless the pupils or the standard change.
#[test]
fn a_lever_more_never_raises_the_gap() {
    let mut helped: BTreeMap<&str, usize> = BTreeMap::new();
    for seed in seeds(60) {
        let case = every(seed, With::mixed(seed));
        let all = optimum(&case);
        for lever in ["share", "near", "pass-on", "remote"] {
            if !case.name.contains(lever) {
                continue;
            }
            let id = |measure: &Measure| measure.id == lever;
            let measure = case.measures.find(id).expect("a lever");
            let mut less = case.clone();
            less.policies.push(Policy {
                id: "not".into(),
                name: "not".into(),
                scope: Scope {
                    measures: vec![measure],
                    ..Scope::default()
                },
                rule: Rule::Forbid,
                place: Place::default(),
            });
            let without = optimum(&less);
            assert!(
                without >= all - slack(all),
                "{} {lever}: {without} {all}",
                case.name
            );
            *helped.entry(lever).or_default() += usize::from(without > all + slack(all));
        }
    }
    assert!(
        helped.len() == 4 && helped.values().all(|count| *count > 2),
        "{helped:?}"
    );
}

#[test]
fn kept_rows_stay_as_they_are_whatever_lever_they_are_of() {
    let mut kept: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds(60) {
        let case = every(seed, With::mixed(seed));
        let plan = planned(&case);
        let mut own: Vec<(SchoolIx, MeasureIx, YearIx)> = Vec::new();
        for row in plan.rows.iter().filter(|row| row.units > 0.0) {
            let known = |at: &&(SchoolIx, MeasureIx, YearIx)| at.1 == row.measure;
            let moves = case.measures[row.measure].lever.moves();
            if !moves && row.fund.is_some() && !own.iter().any(|at| known(&at)) {
                own.push((row.school, row.measure, row.year));
            }
        }
        let of = |rows: &[PlanRow]| -> Vec<PlanRow> {
            let own = rows
                .iter()
                .filter(|row| own.contains(&(row.school, row.measure, row.year)));
            own.cloned().collect()
        };
        let keep = of(&plan.rows);
        let options = Options {
            keep: keep.clone(),
            ..Options::default()
        };
        let answer = solve(&case, &options);
        assert_eq!(answer.verdict, Verdict::Optimal, "{}", case.name);
        assert_eq!(
            of(&answer.plan.expect("a plan").rows),
            keep,
            "{}",
            case.name
        );
        for (_, measure, _) in own {
            *kept.entry(case.measures[measure].id.clone()).or_default() += 1;
        }
    }
    assert!(kept.len() >= 9, "{kept:?}");
}

#[test]
fn plenty_of_money_closes_what_money_can_close() {
    let mut closed = 0;
    for seed in seeds(40) {
        let plain = With {
            policies: false,
            ..With::mixed(seed)
        };
        let mut case = every_but(seed, plain, &["places"]);
        for fund in case.funds.iter_mut() {
            let amounts = fund.amounts.iter_mut();
            amounts.for_each(|amount| *amount = Money::from_main(1e9));
            fund.after = Money::from_main(1e9);
        }
        let plan = planned(&case);
        let last = case.horizon.last();
        for school in case.schools.ids() {
            for resource in case.resources.ids() {
                let short = plan.outcome.short(&case, school, resource, last, true);
                let stated = &case.resources[resource];
                // Building takes a year; no more are trained than there are teachers.
                let late = ["area", "rooms"].contains(&stated.id.as_str());
                let Some(short) = short.filter(|_| !late && stated.id != "qualified") else {
                    continue;
                };
                // What lacks less than half of the smallest project gets none.
                let books = resource == ResourceIx::new(BOOKS);
                let least = case.measures[MeasureIx::new(2)].least * 0.5;
                let most = if books { least.max(1e-9) } else { 1e-9 };
                assert!(short <= most, "{}: {short} {}", case.name, stated.id);
                closed += 1;
            }
        }
    }
    assert!(closed > 500, "{closed}");
}

/// The audit of each plan knows when anything of it is changed.
#[test]
fn the_audit_notices_a_unit_more_or_less_of_any_lever() {
    let mut caught: BTreeMap<String, usize> = BTreeMap::new();
    for seed in seeds(60) {
        let case = every(seed, With::mixed(seed));
        let plan = planned(&case);
        for at in 0..plan.rows.len() {
            if plan.rows[at].fund.is_none() || plan.rows[at].units <= 0.0 {
                continue;
            }
            let measure = plan.rows[at].measure;
            let id = &case.measures[measure].id;
            if caught.get(id).is_some_and(|count| *count > 30) {
                continue;
            }
            let step = case.step(measure);
            for more in [step, -step] {
                let mut rows = plan.rows.clone();
                rows[at].units += more;
                let seen = audit::audit(&case, &rows, &[]);
                // Less than a hundredth of money is no difference.
                let price = case.measures[measure].cost.times(step);
                assert!(
                    !seen.passed() || price <= Money::cents(2),
                    "{} {id}",
                    case.name
                );
            }
            *caught.entry(id.clone()).or_default() += 1;
        }
    }
    assert!(caught.len() >= 14, "{caught:?}");
}

/// A site that closes leaves a plan, or the rules that stand in the way are named: money that may go to a school in a year
/// is not carried into the next by steps that wait for a project.
#[test]
fn a_school_more_that_closes_is_planned_around() {
    let mut closed = 0;
    for seed in 0..80 {
        let mut case = every(seed, With::mixed(seed));
        let all: Vec<SchoolIx> = case.schools.ids().collect();
        let mut pairs = all
            .iter()
            .flat_map(|from| all.iter().map(move |to| [*from, *to]));
        let open = |&[from, to]: &[SchoolIx; 2]| {
            let (one, other) = (&case.schools[from], &case.schools[to]);
            case.can_divert(from, to, None)
                && (one.county, one.stage) == (other.county, other.stage)
        };
        let Some([from, to]) = pairs.find(open) else {
            continue;
        };
        Change::Divert(Diversion {
            from,
            to,
            since: YearIx::new((seed % 2) as usize).min(case.horizon.last()),
            pupils: None,
            section: None,
            boards: false,
            brings: case.resources.ids().collect(),
        })
        .apply(&mut case);
        let answer = solve(&case, &Options::default());
        match (answer.plan, &answer.verdict) {
            (Some(plan), _) => assert!(plan.audit.passed(), "{}", case.name),
            (None, Verdict::Impossible { .. }) => continue,
            (None, other) => panic!("{}: {other:?}", case.name),
        }
        closed += 1;
    }
    assert!(closed > 60, "{closed}");
}
