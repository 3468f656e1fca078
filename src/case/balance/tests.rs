//! A survey of a handful of schools, checked by hand.

use super::*;
use crate::case::county::labelled;
use crate::case::merit::merit_order;
use crate::case::*;
use crate::words::*;

/// Primary school of 200, junior school of 100, nine-year school of 100 + 100, primary teaching point of 20.
fn case() -> Case {
    let school = |id: &str, stage, primary, junior, county, stock: [Option<f64>; 2]| School {
        id: id.into(),
        name: id.into(),
        stage,
        area: AreaIx::new(0),
        county: CountyIx::new(county),
        township: String::new(),
        group: String::new(),
        pupils: Some(BySection { primary, junior }),
        forecast: Vec::new(),
        arrivals: Vec::new(),
        write_offs: Vec::new(),
        boarders: None,
        places: None,
        poor: None,
        poor_boarders: None,
        along: Vec::new(),
        diverted: Vec::new(),
        classes: None,
        position: None,
        stock: stock.to_vec(),
        unusable: vec![Some(0.0); stock.len()],
        line: 2,
    };
    let resource = |id: &str| Resource {
        id: id.into(),
        name: id.into(),
        unit: "册".into(),
        whole: false,
        step: 0.01,
        weight: 1.0,
        indicator: true,
    };
    let norm = |basis, primary, junior| {
        Some(Norm {
            basis,
            amount: BySection {
                primary: Some(primary),
                junior: Some(junior),
            },
        })
    };
    Case {
        name: "手算".into(),
        lang: Lang::Zh,
        remark: None,
        currency: "元".into(),
        money_shown: (1.0, "元".into()),
        horizon: Horizon {
            first_year: 2026,
            years: 2,
            terminal: 3.0,
        },
        provinces: vec![String::new()].into(),
        counties: labelled(
            &vec![String::new()].into(),
            ["甲县", "乙县"]
                .map(|name| (name.to_string(), ProvinceIx::new(0)))
                .into(),
        ),
        areas: vec!["乡村".to_string()].into(),
        schools: vec![
            school(
                "p",
                Stage::Primary,
                200.0,
                0.0,
                0,
                [Some(4000.0), Some(12.0)],
            ),
            school("j", Stage::Junior, 0.0, 100.0, 0, [Some(1500.0), None]),
            school(
                "n",
                Stage::NineYear,
                100.0,
                100.0,
                1,
                [Some(4200.0), Some(21.0)],
            ),
            school("t", Stage::Primary, 20.0, 0.0, 1, [Some(0.0), Some(0.0)]),
        ]
        .into(),
        links: Vec::new(),
        doubts: Vec::new(),
        enrolment: BySection {
            primary: vec![1.0, 0.5],
            junior: vec![1.0, 0.5],
        },
        junior_share: 1.1,
        resources: vec![resource("books"), resource("computers")].into(),
        standard: Standard {
            name: "例".into(),
            norms: vec![
                norm(NormBasis::Pupil, 20.0, 25.0),
                norm(NormBasis::HundredPupils, 10.0, 10.0),
            ]
            .into(),
            indicators: None,
            compliance: Some(Compliance::AtLeast { met: 1, rest: 0.6 }),
            cv_limit: Some(CvLimit {
                limit: BySection {
                    primary: 0.3,
                    junior: 0.3,
                },
                composite: false,
            }),
            small_school: 50.0,
            sizes: Default::default(),
            rotation: None,
        },
        measures: vec![
            Measure {
                also: Vec::new(),
                most: Most::Needed,
                id: "buy".into(),
                name: "购书".into(),
                resource: ResourceIx::new(0),
                lever: Lever::Buy { lead: 1, life: 10 },
                cost: Money::from_main(20.0),
                subsidy: None,
                step: None,
                among: Among::default(),
                least: 0.0,
                nature: Nature::Capital,
                body: "局".into(),
                scope: Scope::default(),
            },
            Measure {
                also: Vec::new(),
                most: Most::Needed,
                id: "rent".into(),
                name: "租机".into(),
                resource: ResourceIx::new(1),
                lever: Lever::Hire,
                cost: Money::from_main(30.0),
                subsidy: None,
                step: None,
                among: Among::default(),
                least: 0.0,
                nature: Nature::Recurrent,
                body: "局".into(),
                scope: Scope {
                    stages: vec![Stage::Primary],
                    ..Scope::default()
                },
            },
        ]
        .into(),
        funds: Table::default(),
        policies: Table::default(),
        no_school_below_today: true,
        objective: Objective {
            count: Count::Pupils,
            tilts: Vec::new(),
            first: Default::default(),
            bands: Vec::new(),
        },
        settled: Settled::default(),
        diversions: Vec::new(),
    }
}

fn today(case: &Case) -> Survey {
    survey(
        case,
        |school, resource| case.schools[school].stock[resource.at()],
        YearIx::new(0),
    )
}

fn near(found: f64, expected: f64) {
    assert!((found - expected).abs() < 1e-9, "{found} is not {expected}");
}

#[test]
fn nine_year_stock_is_split_one_to_one_point_one() {
    let survey = today(&case());
    let books: Vec<f64> = survey
        .schools
        .iter()
        .map(|row| row.levels[0].map_or(f64::NAN, |level| level.value))
        .collect();
    // 4200 books over 100 + 110 weighted pupils: 20 a primary and 22 a junior pupil.
    for (found, expected) in books.iter().zip([20.0, 15.0, 20.0, 22.0, 0.0]) {
        near(*found, expected);
    }
    let computers = survey.schools[2].levels[1].expect("known");
    near(computers.value, 10.0);
    assert_eq!(computers.met(), Some(true));
}

#[test]
fn sections_count_large_schools_with_known_stock() {
    let survey = today(&case());
    let [primary, junior] = survey.sections.as_slice() else {
        panic!("two sections")
    };
    assert_eq!(
        (primary.schools, primary.small, primary.pupils),
        (2, 1, 300.0)
    );
    near(
        primary.indicators[0]
            .spread
            .expect("books")
            .cv
            .expect("a mean"),
        0.0,
    );
    // 6 and 10 computers per 100 for 200 and 100 pupils: mean 22/3, sd √(32/9).
    let computers = primary.indicators[1].spread.expect("computers");
    near(computers.mean, 22.0 / 3.0);
    near(computers.sd, (32.0_f64 / 9.0).sqrt());
    near(
        primary.composite.expect("two"),
        computers.cv.expect("a mean") / 2.0,
    );
    assert_eq!(primary.cv_within_limit, Some(true));
    assert_eq!(
        (junior.indicators[1].known, junior.indicators[1].unknown),
        (1, 1)
    );
    assert_eq!(junior.indicators[0].norm, Some(25.0));
}

#[test]
fn compliance_knows_what_it_does_not_know() {
    let survey = today(&case());
    let passes: Vec<Option<bool>> = survey.schools.iter().map(|row| row.passes).collect();
    // p: books met, computers at 60 %. j: books at 60 %, computers unknown. n: both sections. t: too small.
    assert_eq!(passes, [Some(true), None, Some(true), Some(true), None]);
    assert_eq!(
        survey
            .schools
            .iter()
            .map(|row| (row.met, row.asked))
            .collect::<Vec<_>>(),
        [(1, 2), (0, 2), (2, 2), (1, 2), (0, 2)]
    );
    assert_eq!(
        (survey.sections[1].passing, survey.sections[1].undecided),
        (1, 1)
    );
}

#[test]
fn groups_and_shortages_add_up() {
    let survey = today(&case());
    assert_eq!(
        survey
            .counties
            .iter()
            .map(|county| county.name.as_str())
            .collect::<Vec<_>>(),
        ["甲县", "乙县"]
    );
    let [books, computers] = survey.shortages.as_slice() else {
        panic!("two resources")
    };
    // j lacks 1000 of 2500, n lacks 300 of 4500 and t all of its 400 books.
    near(books.short, 1700.0);
    near(books.gap, 100.0 * 0.4 + 200.0 * 300.0 / 4500.0 + 20.0);
    assert_eq!(
        (books.schools, books.short_schools, books.unknown),
        (4, 3, 0)
    );
    assert_eq!(
        (
            computers.schools,
            computers.short_schools,
            computers.unknown
        ),
        (3, 2, 1)
    );
    let of_counties: f64 = survey
        .counties
        .iter()
        .map(|county| county.shortages[0].gap)
        .sum();
    near(of_counties, books.gap);
}

#[test]
fn unknown_pupils_are_counted_and_left_out() {
    let mut case = case();
    case.schools[SchoolIx::new(0)].pupils = None;
    let survey = today(&case);
    assert_eq!(survey.pupils_unknown, 1);
    assert_eq!(survey.schools.len(), 4);
    assert_eq!(survey.sections[0].schools, 1);
}

#[test]
fn fewer_pupils_have_more_each() {
    let case = case();
    let later = survey(
        &case,
        |school, resource| case.schools[school].stock[resource.at()],
        YearIx::new(1),
    );
    near(later.schools[0].levels[0].expect("books").value, 40.0);
}

#[test]
fn one_of_a_kind_is_not_split_and_bands_of_enrolment_have_no_single_norm() {
    let mut case = case();
    let both = BySection {
        primary: Some(14.0),
        junior: Some(20.0),
    };
    case.standard.norms[ResourceIx::new(1)] = Some(Norm {
        basis: NormBasis::School,
        amount: both,
    });
    let rows = vec![(100.0, 8.0), (500.0, 12.0)];
    case.standard.norms[ResourceIx::new(0)] = Some(Norm {
        basis: NormBasis::Enrolment(rows),
        amount: BySection::default(),
    });
    let survey = today(&case);
    let nine_year: Vec<_> = survey.schools.iter().filter(|row| row.id == "n").collect();
    near(
        nine_year[0].levels[1].expect("known").ratio.expect("asked"),
        1.5,
    );
    near(
        nine_year[1].levels[1].expect("known").ratio.expect("asked"),
        1.05,
    );
    near(
        nine_year[1].levels[0].expect("known").ratio.expect("asked"),
        4200.0 / 12.0,
    );
    assert_eq!(survey.sections[0].indicators[0].norm, None);
}

#[test]
fn the_merit_order_is_cost_per_pupil_standard_and_year() {
    let case = case();
    let order = merit_order(&case);
    let found: Vec<_> = order
        .iter()
        .map(|merit| (merit.id.as_str(), merit.stage))
        .collect();
    let expected = [
        ("rent", Stage::Primary),
        ("buy", Stage::Primary),
        ("buy", Stage::NineYear),
        ("buy", Stage::Junior),
    ];
    assert_eq!(found, expected);
    // Paid as long as useful: 30 yuan × 10 per 100 pupils.
    assert_eq!(order[0].schools, 2);
    near(order[0].cheapest, 30.0 * 10.0 / 100.0);
    // Bought in 2026, useful in 2027 and three years after: 20 yuan a book × 20 books a pupil / 4 years.
    near(order[1].cheapest, 20.0 * 20.0 / 4.0);
    near(order[1].useful_years, 4.0);
    assert_eq!(order[1].begin, 2026);
    near(order[3].cheapest, 20.0 * 25.0 / 4.0);
}

#[test]
fn norms_beyond_the_named_indicators_are_not_judged() {
    let mut case = case();
    case.standard.indicators = Some(vec![ResourceIx::new(0)]);
    let survey = today(&case);
    assert_eq!(
        (survey.schools[1].asked, survey.schools[1].passes),
        (1, Some(false))
    );
    let primary = &survey.sections[0];
    assert!(!primary.indicators[1].indicator && primary.indicators[1].cv_within_limit.is_none());
    near(primary.composite.expect("books"), 0.0);
    assert_eq!(survey.shortages.len(), 2, "still a need");
}
