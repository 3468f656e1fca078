//! Stock that falls out of use in a year known beforehand (到期报废): read, reckoned, planned for, told.

mod common;

use std::fs;
use std::path::PathBuf;

use common::{BOOKS, With, county};
use junheng::case::*;
use junheng::plan::{Options, Outcome, Plan, Verdict, audit, solve};
use junheng::read::read_case;
use junheng::report::compliance::States;
use junheng::words::*;

const SEEDS: std::ops::Range<u64> = 0..30;

fn planned(case: &Case) -> Plan {
    let answer = solve(case, &Options::default());
    assert_eq!(answer.verdict, Verdict::Optimal, "{}", case.name);
    answer.plan.expect("an optimal answer has a plan")
}

fn with_terminal(seed: u64) -> With {
    With {
        terminal: [0.0, 5.0][(seed % 2) as usize],
        ..With::default()
    }
}

/// The same share of the stock of every school falls out of use in a calendar year.
fn ageing(case: &Case, share: f64, year: i32) -> Case {
    let mut aged = case.clone();
    for school in aged.schools.iter_mut() {
        for resource in case.resources.ids() {
            let units = (school.stock[resource.at()].expect("known") * share).floor();
            school.write_offs.push(WriteOff {
                resource,
                units,
                year,
                along: false,
            });
        }
    }
    aged
}

#[test]
fn what_falls_out_of_use_after_all_counted_years_changes_nothing() {
    for seed in SEEDS {
        let case = county(seed, with_terminal(seed));
        let after = case.horizon.first_year + case.horizon.years as i32 + 5;
        let aged = ageing(&case, 0.4, after);
        assert!(!aged.writes_off());
        let (one, other) = (planned(&case), planned(&aged));
        assert_eq!(one.rows, other.rows, "seed {seed}");
    }
}

#[test]
fn the_sooner_and_the_more_falls_out_of_use_the_larger_the_gap() {
    for seed in SEEDS {
        let case = county(seed, with_terminal(seed));
        let first = case.horizon.first_year;
        let last = first + case.horizon.years as i32 - 1;
        let gap = |case: &Case| planned(case).certificate.continuous;
        let gaps = [
            gap(&case),
            gap(&ageing(&case, 0.2, last + 2)),
            gap(&ageing(&case, 0.2, last)),
            gap(&ageing(&case, 0.2, first)),
            gap(&ageing(&case, 0.5, first)),
        ];
        for (at, pair) in gaps.windows(2).enumerate() {
            let slack = 1e-6 * pair[1].abs().max(1.0);
            assert!(pair[0] <= pair[1] + slack, "seed {seed}, {at}: {gaps:?}");
        }
    }
}

#[test]
fn what_is_gone_from_the_first_year_on_was_never_there() {
    for seed in SEEDS {
        let case = county(seed, with_terminal(seed));
        let aged = ageing(&case, 0.3, case.horizon.first_year);
        let mut less = case.clone();
        for (school, aged) in less.schools.iter_mut().zip(aged.schools.iter()) {
            for one in &aged.write_offs {
                let stock = &mut school.stock[one.resource.at()];
                *stock = stock.map(|units| units - one.units);
            }
        }
        assert_eq!(planned(&aged).rows, planned(&less).rows, "seed {seed}");
    }
}

#[test]
fn what_wears_out_within_the_years_after_the_plan_counts_as_what_a_plan_buys() {
    let mut case = county(2, With::default());
    case.horizon = Horizon {
        first_year: 2026,
        years: 2,
        terminal: 4.0,
    };
    case.enrolment = BySection {
        primary: vec![1.0; 2],
        junior: vec![1.0; 2],
    };
    let (school, books) = (SchoolIx::new(0), ResourceIx::new(BOOKS));
    let buy = MeasureIx::new(2);
    let stock = case.stock_in(school, books, YearIx::new(0)).expect("known");
    for life in 1..9 {
        case.measures[buy].lever = Lever::Buy { lead: 0, life };
        let out = write_off::out_of_use(2026, life);
        case.schools[school].write_offs = vec![WriteOff {
            resource: books,
            units: 7.0,
            year: out,
            along: false,
        }];
        let service = case.service(buy, YearIx::new(0));
        for period in case.horizon.periods() {
            let left = case.stock_in(school, books, period).expect("known") - (stock - 7.0);
            let served = 7.0 * service.share(period.at());
            assert!(
                (left - served).abs() < 1e-9,
                "{life} {period:?}: {left} {served}"
            );
        }
    }
}

#[test]
fn what_goes_along_to_another_school_falls_out_of_use_there() {
    let mut case = county(5, With::default());
    case.horizon = Horizon {
        first_year: 2026,
        years: 3,
        terminal: 5.0,
    };
    case.enrolment = BySection {
        primary: vec![1.0; 3],
        junior: vec![1.0; 3],
    };
    let of = |stage| {
        let all = case.schools.pairs();
        let all = all.filter(move |(_, school)| school.stage == stage);
        all.map(|(at, _)| at).collect::<Vec<_>>()
    };
    let (from, to) = (of(Stage::Primary)[0], of(Stage::Primary)[1]);
    let books = ResourceIx::new(BOOKS);
    case.schools[from].stock[BOOKS] = Some(100.0);
    case.schools[to].stock[BOOKS] = Some(50.0);
    let falls = |units, year| WriteOff {
        resource: books,
        units,
        year,
        along: false,
    };
    case.schools[from].write_offs = vec![falls(10.0, 2026), falls(20.0, 2028)];
    let plain = case.clone();
    case.divert(&Diversion {
        from,
        to,
        since: YearIx::new(1),
        section: None,
        boards: false,
        pupils: None,
        brings: vec![books],
    });
    let stock = |case: &Case, school| {
        [0, 1, 2].map(|year| {
            case.stock_in(school, books, YearIx::new(year))
                .expect("known")
        })
    };
    assert_eq!(stock(&plain, from), [90.0, 90.0, 70.0]);
    assert_eq!(stock(&case, from), [90.0, 0.0, 0.0]);
    assert_eq!(stock(&case, to), [50.0, 140.0, 120.0]);
    // Another number in place of a doubtful one: the diversion is made anew, and nothing falls out of use twice.
    case.put(from, Quantity::Stock(books), 60.0);
    assert_eq!(stock(&case, to), [50.0, 100.0, 80.0]);
}

#[test]
fn the_audit_reckons_with_what_falls_out_of_use() {
    let mut checked = 0;
    for seed in SEEDS {
        let case = county(seed, with_terminal(seed));
        if case.horizon.years < 2 {
            continue;
        }
        let plan = planned(&case);
        let Some(giver) = plan.rows.iter().find(|row| row.units < 0.0) else {
            continue;
        };
        let (school, resource) = (giver.school, giver.resource(&case));
        let mut aged = case.clone();
        let stock = case.schools[school].stock[resource.at()].expect("known");
        aged.schools[school].write_offs.push(WriteOff {
            resource,
            units: stock,
            year: case.horizon.first_year,
            along: false,
        });
        let found = audit::audit(&aged, &plan.rows, &[]);
        assert!(
            found.breaches.iter().any(|breach| breach.rule == "stock"),
            "seed {seed}: {:?}",
            found.breaches
        );
        let outcome = Outcome::new(&aged, &[]);
        assert!(outcome.gap_before > plan.outcome.gap_before);
        checked += 1;
    }
    assert!(checked > 5, "{checked}");
}

/// The simple case with other text in place of some, and a school table with the columns `更早` and `拆除`.
fn simple(name: &str, from: &str, to: &str, cells: [&str; 5]) -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR"))
        .join("write-off")
        .join(name);
    let _ = fs::remove_dir_all(&folder);
    fs::create_dir_all(&folder).expect("a folder");
    let own = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
    let text = fs::read_to_string(own.join("case.toml")).expect("the case");
    assert!(text.contains(from), "{from}");
    fs::write(folder.join("case.toml"), text.replacen(from, to, 1)).expect("written");
    fs::copy(own.join("links.csv"), folder.join("links.csv")).expect("copied");
    let table = fs::read_to_string(own.join("schools.csv")).expect("the schools");
    let mut lines = table.lines();
    let mut out = format!("{},更早,拆除\n", lines.next().expect("a header"));
    for (line, cells) in lines.zip(cells) {
        out.push_str(&format!("{line},{cells}\n"));
    }
    fs::write(folder.join("schools.csv"), out).expect("written");
    folder
}

const UNUSABLE: &str = "unusable = \"超期\"";
const CELLS: [&str; 5] = ["20,3", "4,0", "9,0", "12,1", "0,2"];

#[test]
fn ages_are_read_and_what_is_unusable_is_taken_from_the_oldest() {
    let to = "unusable = \"超期\"\nbought = [\"更早:2021\"]\nlife = 6\nleaving = [\"拆除:2026\"]";
    let reading = read_case(&simple("read", UNUSABLE, to, CELLS));
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
    let case = reading.case.expect("a case");
    let computers = ResourceIx::new(1);
    let told: Vec<Vec<(f64, i32)>> = case
        .schools
        .iter()
        .map(|school| {
            school
                .write_offs
                .iter()
                .map(|one| (one.units, one.year))
                .collect()
        })
        .collect();
    // 30, 5 unusable: of the 20 bought up to 2021 those 5; 4, 1 unusable, …
    assert_eq!(
        told,
        [
            vec![(3.0, 2026), (15.0, 2027)],
            vec![(3.0, 2027)],
            vec![(7.0, 2027)],
            vec![(1.0, 2026), (7.0, 2027)],
            vec![(2.0, 2026)],
        ]
    );
    let first = SchoolIx::new(0);
    let stock = |year| case.stock_in(first, computers, YearIx::new(year));
    assert_eq!([stock(0), stock(1)], [Some(22.0), Some(7.0)]);
    assert!(case.writes_off_of(computers));
    assert!(!case.writes_off_of(ResourceIx::new(0)));
}

#[test]
fn an_empty_cell_or_too_many_make_the_stock_unknown() {
    let to = "unusable = \"超期\"\nbought = [\"更早:2021\"]\nlife = 6";
    let reading = read_case(&simple(
        "unknown",
        UNUSABLE,
        to,
        ["31,0", ",0", "9,0", "15,0", "8,0"],
    ));
    let codes: Vec<&str> = reading.notices.iter().map(|notice| notice.code.0).collect();
    assert_eq!(codes, ["W527", "W501"], "{:?}", reading.notices);
    let case = reading.case.expect("warnings only");
    let stock: Vec<Option<f64>> = case.schools.iter().map(|school| school.stock[1]).collect();
    assert_eq!(stock, [None, None, Some(28.0), Some(10.0), Some(8.0)]);
    // All that can be used falls out of use with what cannot: 15 of which 5 are unusable.
    let fourth = &case.schools[SchoolIx::new(3)].write_offs;
    assert_eq!(
        fourth.iter().map(|one| one.units).collect::<Vec<_>>(),
        [10.0]
    );
}

#[test]
fn inspectors_count_without_the_plan_what_is_left_without_it() {
    let mut fallen = 0;
    for seed in 0..20 {
        let with = With {
            ageing: true,
            enrolment: seed % 2 == 0,
            ..With::default()
        };
        let case = county(seed, with);
        // A plan that does nothing is no plan.
        let states = States::of(&case, &Outcome::new(&case, &[]));
        assert_eq!(states.without, states.with, "seed {seed}");
        let mut steady = case.clone();
        steady
            .schools
            .iter_mut()
            .for_each(|school| school.write_offs.clear());
        let before = States::of(&steady, &Outcome::new(&steady, &[]));
        fallen += usize::from(states.without != before.without);
    }
    assert!(fallen > 10, "{fallen}");
}
