//! Reasons: what they say follows from the optimum, and what would change it does.

mod command;
#[path = "../common/mod.rs"]
mod common;

use std::path::Path;

use common::{With, county};
use junheng::case::*;
use junheng::formulate::{ColKey, Formulated, RowKey};
use junheng::plan::reasons::{Cause, Offer, Reason, State, unmet};
use junheng::plan::{Basis, Options, Plan, Proof, Reasons, Solved, solved};
use junheng::read::read_case;
use junheng::words::*;

const SEEDS: std::ops::Range<u64> = 0..60;

fn planned(case: &Case) -> (Plan, Basis) {
    let Solved { answer, basis } = solved(case, &Options::default());
    let plan = answer.plan.expect("a plan");
    (plan, basis.expect("a plan stands on something"))
}

fn shipped(folder: &str) -> Case {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
    read_case(&folder).case.expect("a case that can be planned")
}

fn reason_of(reasons: &Reasons, case: &Case, school: &str, resource: &str) -> Reason {
    let school = case
        .schools
        .find(|one| one.name == school || one.id == school);
    let resource = case.resources.find(|one| one.id == resource);
    reasons.need(school.expect("the school"), resource.expect("the resource"))
}

/// What the continuous optimum leaves missing of a need in each period.
fn missing(case: &Case, basis: &Basis, school: SchoolIx, resource: ResourceIx) -> Vec<f64> {
    let without = |period| {
        let stock = case.stock_in(school, resource, period);
        let required = case.required(school, resource, period).unwrap_or(0.0);
        required - stock.expect("a known stock")
    };
    let mut missing: Vec<f64> = case.horizon.periods().map(without).collect();
    for (key, value) in basis.form.cols.iter().zip(&basis.proof.values) {
        let (at, measure, year, sign) = match *key {
            ColKey::Supply {
                school,
                measure,
                year,
            } => (school, measure, year, 1.0),
            ColKey::Give {
                school,
                measure,
                year,
            } => (school, measure, year, -1.0),
            _ => continue,
        };
        let each = case.measures[measure].brings(resource);
        if let Some(each) = each.filter(|_| at == school) {
            let service = case.service(measure, year);
            for period in service.clone() {
                missing[period] -= sign * each * value * service.share(period);
            }
        }
    }
    missing
}

/// The value of a column and its upper bound.
fn column(form: &Formulated, proof: &Proof, at: SchoolIx, offer: &Offer) -> Option<(f64, f64)> {
    let key = ColKey::Supply {
        school: at,
        measure: offer.measure,
        year: offer.year,
    };
    let col = form.cols.iter().position(|own| *own == key)?;
    Some((proof.values[col], form.program.cols[col].upper))
}

/// Whether a need's own limit on what it may have in use is tight at the optimum.
fn is_full(basis: &Basis, school: SchoolIx, resource: ResourceIx) -> bool {
    let rows = basis.form.rows.iter().zip(&basis.form.program.rows);
    rows.into_iter().any(|(key, row)| {
        matches!(*key, RowKey::Ceiling { school: at, resource: of, .. } if (at, of) == (school, resource))
            && row.activity(&basis.proof.values) > row.rhs * (1.0 - 1e-6) - 1e-6
    })
}

#[test]
fn what_the_optimum_buys_closes_no_less_than_it_takes_and_what_it_leaves_no_more() {
    let (mut bought, mut left) = (0, 0);
    for seed in SEEDS {
        let case = county(seed, With::mixed(seed));
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis.clone());
        assert!(reasons.are_proven());
        for reason in reasons.all().filter(|one| one.state != State::Unknown) {
            let (school, resource) = (reason.school, reason.resource);
            // A thousandth of the standard either way is past what a solver leaves of a kink.
            let nudged = |resource, by: f64| -> Vec<f64> {
                let required = case.required(school, resource, YearIx::new(0));
                let by = by * required.unwrap_or(0.0);
                let missing = missing(&case, &basis, school, resource);
                missing.iter().map(|one| one + by).collect()
            };
            for offer in reason.offers.iter().filter(|offer| offer.closed.is_none()) {
                let Some((value, upper)) = column(&basis.form, &basis.proof, school, offer) else {
                    continue;
                };
                let closes = |by: f64| {
                    let missing = |resource| nudged(resource, by);
                    reasons.closes(school, offer.measure, offer.year, missing)
                };
                let (last, next) = (closes(1e-3), closes(-1e-3));
                let slack = 1e-4 * offer.toll().abs().max(last).max(1e-6);
                let who = || format!("seed {seed}: {reason:?} {offer:?} {value} of {upper}");
                if value > 1e-3 * upper {
                    assert!(last >= offer.toll() - slack, "{last} {}", who());
                    bought += 1;
                }
                if value < (1.0 - 1e-3) * upper && !is_full(&basis, school, resource) {
                    assert!(next <= offer.toll() + slack, "{next} {}", who());
                    left += 1;
                }
            }
        }
    }
    assert!(bought > 500 && left > 2000, "{bought} {left}");
}

#[test]
fn a_limit_with_room_has_no_price() {
    for seed in SEEDS {
        let case = county(seed, With::mixed(seed));
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis.clone());
        for (key, row) in basis.form.rows.iter().zip(&basis.form.program.rows) {
            let RowKey::Fund { fund, period } = *key else {
                continue;
            };
            let room = row.rhs - row.activity(&basis.proof.values);
            // What is carried over is in demand through the years after it.
            if !case.funds[fund].carry_over && room > 1e-3 * row.rhs.max(1.0) {
                let worth = reasons.prices().fund(fund, period) * room;
                assert!(
                    worth <= 1e-6 * plan.certificate.continuous.max(1.0),
                    "seed {seed}: {worth}"
                );
            }
        }
    }
}

#[test]
fn every_need_still_short_has_one_reason_and_the_counts_are_those_of_the_plan() {
    let generated = SEEDS.map(|seed| county(seed, With::mixed(seed)));
    let all = ["five-schools", "county", "osun"].map(|name| shipped(&format!("scenarios/{name}")));
    for case in generated.chain(all) {
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis);
        let found: Vec<Reason> = reasons.all().filter(|one| one.cause.is_some()).collect();
        let left = unmet(&case, &plan.outcome);
        assert_eq!(found.len(), left.len(), "{}", case.name);
        for (reason, need) in found.iter().zip(&left) {
            assert_eq!(
                (reason.school, reason.resource),
                (need.school, need.resource)
            );
            assert_eq!(reason.cause.map(Cause::why), Some(need.why), "{reason:?}");
            assert_eq!(reason.short, Some(need.short));
            assert!(matches!(reason.state, State::Partly | State::Unserved));
        }
    }
}

#[test]
fn what_is_given_in_the_offers_is_what_the_plan_gives() {
    for seed in SEEDS {
        let case = county(seed, With::mixed(seed));
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis);
        let offered: f64 = reasons
            .all()
            .flat_map(|reason| {
                let measures = &case.measures;
                let own = move |offer: &Offer| measures[offer.measure].resource == reason.resource;
                reason.offers.into_iter().filter(own)
            })
            .map(|offer| offer.given)
            .sum();
        let brought = plan.rows.iter().map(|row| row.units.max(0.0));
        assert!((offered - brought.sum::<f64>()).abs() < 1e-6, "seed {seed}");
    }
}

/// The case with the price of a measure at one school alone multiplied by a factor.
fn priced(case: &Case, reason: &Reason, measure: MeasureIx, factor: f64) -> Case {
    let mut changed = case.clone();
    let others: Vec<SchoolIx> = case
        .schools
        .ids()
        .filter(|at| *at != reason.school)
        .collect();
    let mut own = case.measures[measure].clone();
    own.id = "own".into();
    own.cost = Money::from_main(own.cost.main() * factor);
    own.scope.schools = vec![reason.school];
    changed.measures[measure].scope.schools = others;
    let own = changed.measures.push(own);
    // Whatever speaks of the measure by name speaks of its twin too.
    let rules = changed.policies.iter_mut().map(|policy| &mut policy.scope);
    let funds = changed.funds.iter_mut().map(|fund| &mut fund.scope);
    for scope in rules.chain(funds) {
        if scope.measures.contains(&measure) {
            scope.measures.push(own);
        }
    }
    changed
}

/// Units that the continuous optimum of such a case buys by the measure with a price of its own.
fn bought(case: &Case) -> f64 {
    let (_, basis) = planned(case);
    let own = MeasureIx::new(case.measures.len() - 1);
    let cols = basis.form.cols.iter().zip(&basis.proof.values);
    cols.filter(|(key, _)| matches!(key, ColKey::Supply { measure, .. } if *measure == own))
        .map(|(_, value)| value)
        .sum()
}

/// Just above the price that is named a need is not served, just below it is.
fn turns(case: &Case, reason: &Reason) {
    let offer = reason.deciding().expect("an offer that decides");
    let factor = offer
        .price_factor(offer.next)
        .expect("a price that would do");
    assert!(factor < 1.0, "{reason:?}");
    let step = case.resources[reason.resource].step;
    let above = bought(&priced(case, reason, offer.measure, factor * 1.01));
    let below = bought(&priced(case, reason, offer.measure, factor * 0.99));
    assert!(above < 1e-3 * step, "{above} above the price, {reason:?}");
    assert!(below > 1e-1 * step, "{below} below the price, {reason:?}");
}

#[test]
fn five_schools_as_solved_by_hand() {
    let case = shipped("scenarios/five-schools");
    let (plan, basis) = planned(&case);
    let reasons = Reasons::of(&case, &plan, basis);
    let near = |a: f64, b: f64| (a - b).abs() < 1e-6 * b.abs();
    let price = reasons.prices().fund(FundIx::new(0), YearIx::new(0));
    assert!(near(price, 1.0 / 160.0), "{price}");

    let kits = reason_of(&reasons, &case, "小学1", "kits");
    let offer = kits.deciding().expect("kits are for sale");
    assert_eq!(kits.cause.map(Cause::key), Some("above-cut-off"));
    assert!(near(
        offer.money_per_gap(offer.next).unwrap(),
        2000.0 / 11.25
    ));
    assert!(near(offer.cut_off(offer.next).unwrap(), 160.0));
    assert!(near(
        offer.price_factor(offer.next).unwrap() * 2000.0,
        1800.0
    ));
    assert!(near(offer.weight_factor(offer.next).unwrap(), 12.5 / 11.25));
    assert!(near(offer.reduced_cost(), 1.25));
    // The 196 books that are still short stand before it.
    let ahead = kits.ahead.expect("a queue");
    assert_eq!(ahead.needs, 4);
    assert!(near(ahead.money, 196.0 * 20.0));
    turns(&case, &kits);

    for (school, place) in [("小学4", 1), ("小学2", 2), ("小学1", 3), ("小学5", 4)] {
        let books = reason_of(&reasons, &case, school, "books");
        assert_eq!(books.cause.map(Cause::key), Some("tie"), "{school}");
        let water = books.place.expect("a place");
        assert_eq!(
            (water.place, water.of, water.served, water.last_served),
            (place, 4, 3, 3)
        );
        assert!(near(water.level, 7.0 / 8.0));
    }
    let enough = reason_of(&reasons, &case, "小学3", "books");
    assert_eq!((enough.state, enough.cause), (State::Enough, None));
    let met = reason_of(&reasons, &case, "小学5", "kits");
    let offer = met.deciding().expect("what was given");
    assert_eq!((met.state, offer.given), (State::Met, 1.0));
    assert!(near(
        offer.money_per_gap(offer.first).unwrap(),
        2000.0 / 13.75
    ));
}

#[test]
fn a_need_turns_at_the_price_that_is_named() {
    let mut turned = 0;
    for name in ["tests/simple_case", "scenarios/county"] {
        let case = shipped(name);
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis);
        let mut resources = Vec::new();
        for reason in reasons.all() {
            let Some(offer) = reason.deciding() else {
                continue;
            };
            // Where something is given already, another price changes that too.
            let named = matches!(reason.cause, Some(Cause::AboveCutOff(_)))
                && reason.state == State::Unserved
                && offer.price_factor(offer.next).is_some()
                && matches!(case.measures[offer.measure].lever, Lever::Buy { .. })
                && !resources.contains(&reason.resource);
            if named {
                turns(&case, &reason);
                resources.push(reason.resource);
                turned += 1;
            }
        }
    }
    assert!(turned >= 3, "{turned}");
}

#[test]
fn more_weight_turns_a_need_as_named() {
    let case = shipped("scenarios/five-schools");
    let (plan, basis) = planned(&case);
    let reasons = Reasons::of(&case, &plan, basis);
    let kits = reason_of(&reasons, &case, "小学1", "kits");
    let offer = kits.deciding().expect("kits are for sale");
    let factor = offer
        .weight_factor(offer.next)
        .expect("a weight that would do");
    let given = |factor: f64| {
        let mut changed = case.clone();
        changed.objective.tilts.push(Tilt {
            scope: Scope {
                schools: vec![kits.school],
                ..Scope::default()
            },
            weight: factor,
        });
        let resource = kits.resource;
        let (_, basis) = planned(&changed);
        let cols = basis.form.cols.iter().zip(&basis.proof.values);
        cols.filter(|(key, _)| {
            matches!(key, ColKey::Supply { school, measure, .. }
                if *school == kits.school && changed.measures[*measure].resource == resource)
        })
        .map(|(_, value)| value)
        .sum::<f64>()
    };
    assert!(given(factor * 0.99) < 1e-3);
    assert!(given(factor * 1.01) > 0.5);
}

#[test]
fn the_same_case_gives_the_same_reasons() {
    let case = shipped("scenarios/county");
    let all = || {
        let (plan, basis) = planned(&case);
        let reasons = Reasons::of(&case, &plan, basis);
        reasons.all().collect::<Vec<Reason>>()
    };
    assert_eq!(all(), all());
}

#[test]
fn a_plan_that_is_not_proven_is_not_explained_by_prices() {
    let case = shipped("scenarios/county");
    let options = Options {
        halt: Halt::default().at(std::time::Instant::now()),
        ..Options::default()
    };
    let Solved { answer, basis } = solved(&case, &options);
    let plan = answer.plan.expect("a plan dealt out of nothing");
    let reasons = Reasons::of(&case, &plan, basis.expect("its basis"));
    assert!(!reasons.are_proven());
    let causes: Vec<Cause> = reasons.all().filter_map(|one| one.cause).collect();
    assert!(causes.contains(&Cause::Unproven));
    let told = |cause: &Cause| {
        matches!(
            cause,
            Cause::AboveCutOff(_) | Cause::Tie(_) | Cause::WholeUnits
        )
    };
    assert!(!causes.iter().any(told));
}

#[test]
fn what_is_closed_says_why() {
    // Long enough for what is built to be in use within the plan.
    let case = SEEDS.map(|seed| county(seed, With::default()));
    let case = case.into_iter().find(|case| case.horizon.years >= 3);
    let case = case.expect("a case of three years");
    let only = |measure| Scope {
        measures: vec![MeasureIx::new(measure)],
        ..Scope::default()
    };
    let rule = |id: &str, scope, rule| Policy {
        id: id.into(),
        name: id.into(),
        scope,
        rule,
        place: Place::default(),
    };
    let keys = |case: &Case, resource: usize| -> Vec<&'static str> {
        let (plan, basis) = planned(case);
        let reasons = Reasons::of(case, &plan, basis);
        let of = |one: &Reason| one.resource == ResourceIx::new(resource);
        let causes = reasons.all().filter(of).filter_map(|one| one.cause);
        let mut keys: Vec<&str> = causes.map(Cause::key).collect();
        keys.sort_unstable();
        keys.dedup();
        keys.retain(|key| *key != "less-than-one-step");
        keys
    };
    let mut forbidden = case.clone();
    forbidden.policies.push(rule("no", only(3), Rule::Forbid));
    assert_eq!(keys(&forbidden, common::AREA), ["forbidden"]);

    let mut shut = case.clone();
    let none = Rule::Quota {
        bound: Bound::Max,
        amount: Quota::Units(0.0),
        each_year: true,
        each: Each::All,
    };
    shut.policies.push(rule("none", only(3), none));
    assert_eq!(keys(&shut, common::AREA), ["quota-allows-none"]);

    let mut late = case.clone();
    late.measures[MeasureIx::new(3)].lever = Lever::Buy {
        lead: case.horizon.years,
        life: 50,
    };
    assert_eq!(keys(&late, common::AREA), ["not-in-time"]);

    let mut poor = case.clone();
    for fund in poor.funds.iter_mut() {
        fund.scope.natures = vec![Nature::Recurrent];
    }
    assert_eq!(keys(&poor, common::AREA), ["no-fund"]);

    let mut weightless = case.clone();
    weightless.resources[ResourceIx::new(common::AREA)].weight = 0.0;
    assert_eq!(keys(&weightless, common::AREA), ["weightless"]);

    // Pay goes on after the plan, and no fund has money for it then.
    let mut ends = case.clone();
    ends.horizon.terminal = 3.0;
    for fund in ends.funds.iter_mut() {
        fund.after = Money::ZERO;
    }
    ends.policies.push(rule("stay", only(1), Rule::Forbid));
    assert_eq!(keys(&ends, common::TEACHERS), ["no-money"]);

    // Nobody can give where everybody lacks.
    let mut lonely = case.clone();
    for school in lonely.schools.iter_mut() {
        school.stock[common::TEACHERS] = Some(0.0);
    }
    lonely.policies.push(rule("hire", only(0), Rule::Forbid));
    assert_eq!(keys(&lonely, common::TEACHERS), ["nobody-to-spare"]);
}
