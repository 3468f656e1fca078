//! Cases that once went wrong: each a county with the rules that made the trouble.

mod common;

use common::{AREA, BOOKS, TEACHERS, With, county};
use junheng::case::*;
use junheng::plan::{Options, Plan, PlanRow, Verdict, solve};
use junheng::words::*;
use rand::{RngExt, SeedableRng};
use rand_chacha::ChaCha8Rng;

const SEEDS: std::ops::Range<u64> = 0..40;

fn planned(case: &Case) -> Plan {
    let answer = solve(case, &Options::default());
    assert_eq!(answer.verdict, Verdict::Optimal, "{}", case.name);
    answer.plan.expect("an optimal answer has a plan")
}

fn add_rule(case: &mut Case, name: &str, scope: Scope, rule: Rule) {
    case.policies.push(Policy {
        id: name.into(),
        name: name.into(),
        scope,
        rule,
        place: Place::default(),
    });
}

fn of_resource(resource: usize) -> Scope {
    Scope {
        resources: vec![ResourceIx::new(resource)],
        ..Scope::default()
    }
}

fn of_measure(measure: usize) -> Scope {
    Scope {
        measures: vec![MeasureIx::new(measure)],
        ..Scope::default()
    }
}

fn in_villages(scope: Scope) -> Scope {
    Scope {
        areas: vec![AreaIx::new(1)],
        ..scope
    }
}

fn share(bound: Bound, share: f64, base: Base) -> Rule {
    Rule::Share {
        bound,
        share,
        base,
        funds: Vec::new(),
        each_year: false,
    }
}

fn quota(bound: Bound, units: f64) -> Rule {
    Rule::Quota {
        bound,
        amount: Quota::Units(units),
        each_year: false,
        each: Each::All,
    }
}

fn yearly(rule: Rule) -> Rule {
    match rule {
        Rule::Share {
            bound,
            share,
            base,
            funds,
            ..
        } => Rule::Share {
            bound,
            share,
            base,
            funds,
            each_year: true,
        },
        Rule::Quota {
            bound,
            amount,
            each,
            ..
        } => Rule::Quota {
            bound,
            amount,
            each_year: true,
            each,
        },
        other => other,
    }
}

/// Rounding down takes spending away on either side; a share that was just held is then passed.
#[test]
fn a_largest_share_of_what_is_spent_holds_in_whole_units() {
    for seed in SEEDS {
        for (resource, largest) in [(TEACHERS, 0.3), (BOOKS, 0.02), (AREA, 0.2)] {
            let mut case = county(seed, With::default());
            let rule = yearly(share(Bound::Max, largest, Base::Spent));
            add_rule(&mut case, "largest share", of_resource(resource), rule);
            planned(&case);
        }
    }
}

/// What is bought beyond need has no place in the water-fill: it is handed out afterwards, not cent by cent.
#[test]
fn a_large_quota_beyond_need_is_handed_out_at_once() {
    let mut case = county(3, With::default());
    case.measures[MeasureIx::new(3)].lever = Lever::Buy { lead: 0, life: 50 };
    for fund in case.funds.iter_mut() {
        let years = fund.amounts.len();
        fund.amounts = Table::filled(years, Money::from_main(1e9));
    }
    add_rule(
        &mut case,
        "much area",
        of_measure(3),
        quota(Bound::Min, 200_000.0),
    );
    let plan = planned(&case);
    let built: f64 = plan
        .rows
        .iter()
        .filter(|row| row.measure.at() == 3)
        .map(|row| row.units)
        .sum();
    assert!((built - 200_000.0).abs() < 1.0, "{built}");
}

/// A quota for villages, a largest share for villages and a least share of everything: each takes from the other.
#[test]
fn rules_that_crowd_each_other_out_come_to_an_end() {
    for seed in SEEDS {
        let mut case = county(seed, With::default());
        add_rule(
            &mut case,
            "village area",
            in_villages(of_measure(3)),
            quota(Bound::Min, 195.0),
        );
        let all = share(Bound::Min, 0.32, Base::Available);
        add_rule(&mut case, "spend", Scope::default(), all);
        let few = share(Bound::Max, 0.15, Base::Spent);
        add_rule(
            &mut case,
            "few for villages",
            in_villages(Scope::default()),
            few,
        );
        solve(&case, &Options::default());
    }
}

/// A county with one to three rules of any kind, some unknown stocks, and measures of any length.
fn mixture(seed: u64) -> Case {
    let with = With {
        bands: seed % 3 == 1,
        enrolment: seed % 4 == 2,
        policies: false,
        levers: false,
        ageing: seed % 5 == 2,
        terminal: [0.0, 3.0, 0.5][(seed % 3) as usize],
    };
    let mut case = county(seed, with);
    let rng = &mut ChaCha8Rng::seed_from_u64(seed + 1000);
    let (rotate, build) = (MeasureIx::new(1), MeasureIx::new(3));
    if rng.random_bool(0.5) {
        let term = rng.random_range(1..4);
        case.measures[rotate].lever = Lever::Rotate { term };
    }
    if rng.random_bool(0.3) {
        case.measures[rotate].cost = Money::ZERO;
    }
    case.no_school_below_today = rng.random_bool(0.7);
    if rng.random_bool(0.3) {
        let (lead, life) = (rng.random_range(0..6), rng.random_range(0..6));
        case.measures[build].lever = Lever::Buy { lead, life };
    }
    if rng.random_bool(0.3) {
        for stock in case.schools.iter_mut().flat_map(|school| &mut school.stock) {
            *stock = stock.filter(|_| rng.random_bool(0.8));
        }
    }
    for at in 0..rng.random_range(1..4) {
        let (scope, rule) = any_rule(rng);
        add_rule(&mut case, &format!("rule {at}"), scope, rule);
    }
    case
}

fn any_rule(rng: &mut ChaCha8Rng) -> (Scope, Rule) {
    let mut scope = Scope::default();
    if rng.random_bool(0.4) {
        scope.areas = vec![AreaIx::new(rng.random_range(0..2))];
    }
    if rng.random_bool(0.2) {
        scope.stages = vec![Stage::Primary];
    }
    if rng.random_bool(0.2) {
        scope.counties = vec![CountyIx::new(0)];
    }
    let bound = [Bound::Min, Bound::Max][rng.random_range(0..2)];
    let each_year = rng.random_bool(0.5);
    if rng.random_bool(0.4) {
        scope.resources = vec![ResourceIx::new(rng.random_range(0..3))];
        let fund = FundIx::new(rng.random_range(0..3));
        let rule = Rule::Share {
            bound,
            share: f64::from(rng.random_range(0..50)) / 100.0,
            base: match rng.random_range(0..2) {
                0 => Base::Spent,
                _ => Base::Available,
            },
            funds: Vec::from_iter(rng.random_bool(0.3).then_some(fund)),
            each_year,
        };
        return (scope, rule);
    }
    let measure = rng.random_range(0..4);
    scope.measures = vec![MeasureIx::new(measure)];
    let most = [6, 6, 3000, 500][measure];
    let amount = match measure {
        0 | 1 if rng.random_bool(0.5) => Quota::OfStock(rng.random_range(0.0..0.2)),
        _ => Quota::Units(f64::from(rng.random_range(0..most))),
    };
    let each = match rng.random_bool(0.3) {
        true => Each::County,
        false => Each::All,
    };
    let rule = Rule::Quota {
        bound,
        amount,
        each_year,
        each,
    };
    (scope, rule)
}

/// Whatever the rules: a proven plan, a proof that there is none, or, now and then, a rule that only parts of units
/// could keep. Never a plan that its own audit refuses.
#[test]
fn any_mixture_of_rules_is_planned_or_told_impossible() {
    let mut parts_of_units = Vec::new();
    for seed in 0..200 {
        match solve(&mixture(seed), &Options::default()).verdict {
            Verdict::Optimal | Verdict::Impossible { .. } => {}
            Verdict::Undecided { why } if why.1.contains("whole units") => {
                parts_of_units.push(seed);
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(parts_of_units.len() <= 4, "{parts_of_units:?}");
}

/// The rules of a mixture, as they would be stated for small places: each quota in every township, at every school or in
/// every county, some of them in money.
fn in_small_places(mut case: Case, seed: u64) -> Case {
    let schools = case.schools.len() as f64;
    for (at, school) in case.schools.iter_mut().enumerate() {
        school.township = format!("T{}", at % 3);
    }
    let prices: Vec<Money> = case.measures.iter().map(|measure| measure.cost).collect();
    for (at, policy) in case.policies.iter_mut().enumerate() {
        let Rule::Quota { amount, each, .. } = &mut policy.rule else {
            continue;
        };
        let turn = seed as usize + at;
        *each = [Each::Township, Each::School, Each::County][turn % 3];
        let Quota::Units(units) = *amount else {
            continue;
        };
        let units = (units / schools).ceil();
        *amount = match policy.scope.measures[..] {
            [measure] if turn.is_multiple_of(2) => Quota::Money(prices[measure.at()].times(units)),
            _ => Quota::Units(units),
        };
    }
    case
}

#[test]
fn rules_for_every_township_and_school_are_planned_or_told_impossible() {
    let (mut parts_of_units, mut planned) = (Vec::new(), 0);
    for seed in 0..200 {
        let case = in_small_places(mixture(seed), seed);
        match solve(&case, &Options::default()).verdict {
            Verdict::Optimal => planned += 1,
            Verdict::Impossible { rules } => assert!(!rules.is_empty()),
            Verdict::Undecided { why } if why.1.contains("whole units") => {
                parts_of_units.push(seed);
            }
            other => panic!("seed {seed}: {other:?}"),
        }
    }
    assert!(planned >= 60, "{planned}");
    assert!(parts_of_units.len() <= 7, "{parts_of_units:?}");
}

/// A rule may ask for more where nothing is missing.
#[test]
fn a_quota_is_met_where_there_is_no_need() {
    let mut case = county(5, With::default());
    for school in case.schools.iter_mut() {
        school.stock = vec![Some(1e6); 3];
    }
    add_rule(
        &mut case,
        "new books",
        of_measure(2),
        quota(Bound::Min, 30.0),
    );
    let plan = planned(&case);
    let books: f64 = plan.rows.iter().map(|row| row.units).sum();
    assert_eq!(books, 30.0);
}

/// Posts that change places between town schools are none of the villages' postings.
#[test]
fn exchanges_are_counted_where_they_happen() {
    for seed in SEEDS {
        let mut case = county(seed, With::default());
        for (at, school) in case.schools.iter_mut().enumerate() {
            school.stage = Stage::Primary;
            school.county = CountyIx::new(0);
            school.area = AreaIx::new(at % 2);
            school.pupils = Some(BySection {
                primary: 190.0,
                junior: 0.0,
            });
            school.stock[TEACHERS] = Some(10.0);
        }
        case.measures[MeasureIx::new(1)].cost = Money::ZERO;
        let in_towns = Scope {
            areas: vec![AreaIx::new(0)],
            ..of_measure(1)
        };
        add_rule(
            &mut case,
            "towns exchange",
            in_towns,
            quota(Bound::Min, 2.0),
        );
        add_rule(
            &mut case,
            "villages do not",
            in_villages(of_measure(1)),
            quota(Bound::Max, 0.0),
        );
        planned(&case);
    }
}

/// What the planner has fixed counts against money and ceilings even where the stock is unknown.
#[test]
fn kept_rows_count_where_the_stock_is_unknown() {
    for seed in SEEDS {
        let mut case = county(seed, With::default());
        case.schools[SchoolIx::new(0)].stock[BOOKS] = None;
        add_rule(
            &mut case,
            "few books",
            of_measure(2),
            quota(Bound::Max, 50.0),
        );
        let units = 40.0;
        let fund = FundIx::new(0);
        let mut payments = vec![Money::ZERO; case.horizon.years];
        payments[0] = case.measures[MeasureIx::new(2)].cost.times(units);
        if payments[0] > case.funds[fund].amounts[YearIx::new(0)] {
            continue;
        }
        let row = PlanRow {
            school: SchoolIx::new(0),
            measure: MeasureIx::new(2),
            year: YearIx::new(0),
            units,
            fund: Some(fund),
            payments,
            after: Money::ZERO,
        };
        let options = Options {
            keep: vec![row],
            ..Options::default()
        };
        let answer = solve(&case, &options);
        assert_eq!(answer.verdict, Verdict::Optimal, "seed {seed}");
    }
}
