//! Aid to poor pupils, beds for boarders and rooms for classes as laws over generated cases.

mod common;

use common::{AREA, With, county};
use junheng::case::*;
use junheng::plan::{Known, Options, Verdict, once, solve};
use junheng::words::*;

/// A generated county in which the resource of floor area is aid: pupils with a claim, boarders among them, and a fund for
/// it alone that pays this part of all claims.
fn aided(seed: u64, part: f64, share: f64) -> Case {
    let mut case = county(
        seed,
        With {
            enrolment: seed % 2 == 1,
            bands: seed % 5 == 4,
            terminal: (seed % 3) as f64 * 2.0,
            ..With::default()
        },
    );
    let aid = ResourceIx::new(AREA);
    let schools: Vec<SchoolIx> = case.schools.ids().collect();
    for at in schools {
        let stated = &mut case.schools[at];
        let part = |pupils: f64| (pupils * (at.at() % 5) as f64 / 20.0).round();
        stated.poor = stated.pupils.map(|pupils| BySection {
            primary: part(pupils.primary),
            junior: part(pupils.junior),
        });
        stated.poor_boarders = stated
            .poor
            .map(|poor| ((poor.primary + poor.junior) / 3.0).floor());
        stated.stock[AREA] = Some(0.0);
    }
    let by_section = |primary, junior| BySection {
        primary: Some(primary),
        junior: Some(junior),
    };
    case.standard.norms[aid] = Some(Norm {
        basis: NormBasis::PoorPupil {
            boarder: by_section(625.0, 750.0),
        },
        amount: by_section(625.0, 750.0),
    });
    case.resources[aid].step = 1.0;
    let others = case.measures.iter().filter(|one| one.brings(aid).is_none());
    let others: Vec<Measure> = others.cloned().collect();
    let like = others[0].clone();
    case.measures = others.into();
    let pays = case.measures.push(Measure {
        id: "aid".into(),
        resource: aid,
        also: Vec::new(),
        lever: Lever::Aid,
        most: Most::Needed,
        cost: Money::from_main(1.0),
        subsidy: None,
        nature: Nature::Recurrent,
        scope: Scope::default(),
        ..like
    });
    // No other fund may pay for it.
    for fund in case.funds.iter_mut() {
        fund.scope.measures = (0..pays.at()).map(MeasureIx::new).collect();
    }
    let claims = |year| -> f64 {
        case.schools
            .ids()
            .filter_map(|at| case.required(at, aid, year))
            .sum()
    };
    let amounts: Vec<Money> = case
        .horizon
        .plan_years()
        .map(|year| Money::from_main((claims(year) * part).ceil()))
        .collect();
    let last = *amounts.last().expect("a year");
    case.funds.push(Fund {
        per_pupil: None,
        id: "aid".into(),
        name: "aid".into(),
        amounts: amounts.into(),
        after: last,
        carry_over: false,
        scope: Scope {
            measures: vec![pays],
            ..Scope::default()
        },
        place: Place::default(),
    });
    case.policies.push(Policy {
        id: "first".into(),
        name: "first".into(),
        scope: Scope {
            resources: vec![aid],
            ..Scope::default()
        },
        rule: Rule::Target {
            share,
            from: YearIx::new(0),
        },
        place: Place::default(),
    });
    case
}

fn smallest_gap(case: &Case) -> f64 {
    match once(case, &Options::default()) {
        (form, Known::Point(proof)) => form.untouched() + proof.objective,
        (_, other) => panic!("{other:?}"),
    }
}

#[test]
fn aid_is_granted_year_by_year_to_at_least_its_share_and_no_more_than_claimed() {
    let (mut granted, mut short) = (0.0, 0);
    for seed in 0..40 {
        let case = aided(seed, 0.9, 0.75);
        let answer = solve(&case, &Options::default());
        assert_eq!(answer.verdict, Verdict::Optimal, "seed {seed}");
        let plan = answer.plan.expect("a plan");
        assert!(
            plan.audit.breaches.is_empty(),
            "seed {seed}: {:?}",
            plan.audit.breaches
        );
        let aid = ResourceIx::new(AREA);
        for school in case.schools.ids() {
            for year in case.horizon.plan_years() {
                let Some(claim) = case.required(school, aid, year) else {
                    continue;
                };
                let got = plan.outcome.stock(&case, school, aid, year).expect("known");
                assert!(
                    got <= claim + 1.0 && got >= 0.75 * claim - 1e-6,
                    "seed {seed}: {got} {claim}"
                );
                let rows = plan.rows.iter().filter(|row| {
                    (row.school, row.year) == (school, year)
                        && case.measures[row.measure].id == "aid"
                });
                let paid: Money = rows.map(|row| row.amount()).sum();
                assert!(
                    (paid.main() - got).abs() < 1e-6,
                    "what is granted is paid in its year"
                );
                granted += got;
                short += usize::from(got < claim - 1.0);
            }
        }
    }
    assert!(granted > 0.0 && short > 20, "{granted} {short}");
}

#[test]
fn more_money_for_aid_leaves_no_larger_gap_and_lumping_changes_nothing() {
    for seed in 0..30 {
        let gaps = [0.8, 0.9, 1.0, 1.5].map(|part| smallest_gap(&aided(seed, part, 0.5)));
        let falls = |pair: &[f64]| pair[1] <= pair[0] + 1e-6 * pair[0].abs().max(1.0);
        assert!(gaps.windows(2).all(falls), "seed {seed}: {gaps:?}");
        // What nobody claims is of no use.
        assert!(
            (gaps[2] - gaps[3]).abs() <= 1e-6 * gaps[2].abs().max(1.0),
            "seed {seed}: {gaps:?}"
        );
        let case = aided(seed, 0.9, 0.5);
        let apart = Options {
            unlumped: true,
            ..Options::default()
        };
        let (form, known) = once(&case, &apart);
        let Known::Point(proof) = known else {
            panic!("seed {seed}: {known:?}");
        };
        let other = form.untouched() + proof.objective;
        assert!(
            (gaps[1] - other).abs() <= 1e-6 * other.abs().max(1.0),
            "seed {seed}: {gaps:?} {other}"
        );
    }
}

#[test]
fn a_share_that_the_money_does_not_reach_is_told_impossible() {
    let case = aided(3, 0.5, 0.75);
    let answer = solve(&case, &Options::default());
    let Verdict::Impossible { rules } = answer.verdict else {
        panic!("{:?}", answer.verdict);
    };
    let names: Vec<&str> = rules.iter().map(|one| one.name.1.as_str()).collect();
    assert!(names.iter().any(|name| name.contains("first")), "{names:?}");
}

/// The gap counts each pupil without a bed, and each without aid, once: as many as are concerned.
#[test]
fn a_need_of_some_counts_these_alone() {
    let mut case = aided(2, 0.9, 0.0);
    let (aid, year) = (ResourceIx::new(AREA), YearIx::new(0));
    case.objective.tilts.clear();
    case.resources[aid].weight = 1.0;
    for school in case.schools.ids() {
        let Some(claim) = case.required(school, aid, year) else {
            continue;
        };
        let stated = &case.schools[school];
        let poor: f64 = Section::ALL
            .into_iter()
            .filter_map(|section| case.poor_of(school, section, year))
            .map(|(all, _)| all)
            .sum();
        let gap = case.gap_per_unit(school, aid, year) * claim;
        assert!((gap - poor).abs() < 1e-9, "{}: {gap} {poor}", stated.id);
        assert!(!case.is_indicator(aid));
    }
}

/// As a planner sees it: who gets aid and who is left without, in every form.
#[test]
fn who_is_left_without_is_told_in_every_form() {
    let place = tempfile::tempdir().expect("a folder");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_junheng"));
        let done = command
            .args(arguments)
            .args(["-q", "--lang", "zh"])
            .output();
        let done = done.expect("the program runs");
        assert_eq!(
            done.status.code(),
            Some(0),
            "{}",
            String::from_utf8_lossy(&done.stderr)
        );
        String::from_utf8_lossy(&done.stdout).into_owned()
    };
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/places");
    let file = |name: &str| place.path().join(name).display().to_string();
    let (draft, report) = (file("draft.md"), file("report.html"));
    let told = run(&["solve", folder]);
    run(&["draft", folder, "--out", &draft]);
    run(&["report", folder, "--out", &report]);
    let read = |path: &str| std::fs::read_to_string(path).expect("written");
    // 552 with a claim; 49,500 and 4,250 yuan short of 1,375 and 1,159 for each.
    for text in [&told, &read(&report)] {
        assert!(
            text.contains("青溪初级中学：约 36 人，缺 49,500 元"),
            "{text}"
        );
        assert!(
            text.contains("石坝初级中学：约 4 人，缺 4,250 元"),
            "{text}"
        );
    }
    let sentence = "2028年应资助 552 人，落实 512 人，2 所学校尚有约 40 人未落实";
    assert!(read(&draft).contains(sentence), "{}", read(&draft));
    let json: serde_json::Value =
        serde_json::from_str(&run(&["solve", folder, "--json"])).expect("JSON");
    let year = &json["aid"][0]["years"][0];
    assert_eq!(year["pupils_with_claim"], 552.0);
    assert_eq!(year["left_without"], 40.0);
    assert_eq!(year["schools_short"][0]["school"], "QX06");
    // Schools without boarders need no beds, and nothing is unknown of theirs.
    let found: serde_json::Value =
        serde_json::from_str(&run(&["diagnose", folder, "--json"])).expect("JSON");
    let text = found.to_string();
    assert!(!text.contains("\"unknown\":5"), "{text}");
}
