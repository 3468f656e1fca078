//! The index of scopes says what the scopes say.

use junheng::case::*;
use junheng::read::read_case;
use junheng::words::*;

/// Scopes of every shape, long lists with what is named twice among them.
fn scopes(case: &Case) -> Vec<Scope> {
    let counties: Vec<CountyIx> = case.counties.ids().collect();
    let schools: Vec<SchoolIx> = case.schools.ids().collect();
    let mut twice = schools.clone();
    twice.extend(schools.iter().rev().step_by(2));
    let plain = Scope::default;
    vec![
        plain(),
        Scope {
            counties: counties[..1].to_vec(),
            ..plain()
        },
        Scope {
            counties: counties.iter().rev().chain(&counties).copied().collect(),
            areas: vec![AreaIx::new(0)],
            ..plain()
        },
        Scope {
            schools: twice,
            stages: vec![Stage::Primary],
            ..plain()
        },
        Scope {
            schools: schools[1..3].to_vec(),
            counties: counties[1..].to_vec(),
            natures: vec![Nature::Recurrent],
            ..plain()
        },
    ]
}

fn case() -> Case {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/county");
    let mut case = read_case(&folder).case.expect("a sound case");
    let other = case.counties[CountyIx::new(0)].clone();
    case.counties.push(other);
    for at in case.schools.ids().step_by(3) {
        case.schools[at].county = CountyIx::new(1);
    }
    for (at, scope) in scopes(&case).into_iter().enumerate() {
        case.funds.push(Fund {
            per_pupil: None,
            id: format!("fund {at}"),
            name: String::new(),
            amounts: Table::filled(case.horizon.years, Money::ZERO),
            after: Money::ZERO,
            carry_over: false,
            scope: scope.clone(),
            place: Place::default(),
        });
        case.objective.tilts.push(Tilt {
            scope: scope.clone(),
            weight: 1.1 + at as f64,
        });
        case.policies.push(Policy {
            id: format!("policy {at}"),
            name: String::new(),
            scope: Scope {
                measures: vec![MeasureIx::new(at % case.measures.len())],
                ..scope
            },
            rule: Rule::Forbid,
            place: Place::file("case.toml"),
        });
    }
    case
}

#[test]
fn it_says_what_the_scopes_say() {
    let case = case();
    let reach = Reach::of(&case);
    for school in case.schools.ids() {
        let kind = reach.kind(school);
        assert!(reach.schools(kind).contains(&school));
        assert_eq!(reach.tilt(school), case.objective.tilt(&case, school));
        for measure in case.measures.ids() {
            assert_eq!(reach.allows(measure, school), case.allows(measure, school));
            let covers = |scope: &Scope| scope.covers(&case, measure, school);
            let funds = case.funds.pairs().filter(|(_, fund)| covers(&fund.scope));
            assert!(reach.funds(measure, kind).eq(funds.map(|(at, _)| at)));
            let rules = case
                .policies
                .pairs()
                .filter(|(_, rule)| covers(&rule.scope));
            assert!(reach.policies(measure, kind).eq(rules.map(|(at, _)| at)));
            for (at, fund) in case.funds.pairs() {
                assert_eq!(reach.pays(at, measure, school), covers(&fund.scope));
            }
            for (at, rule) in case.policies.pairs() {
                assert_eq!(reach.rules(at, measure, school), covers(&rule.scope));
            }
        }
    }
}
