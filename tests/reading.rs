//! The simple case, read from its folder.

use std::path::Path;

use junheng::case::Section;
use junheng::case::doubt::Quantity;
use junheng::read::{Reading, compose, read_case};
use junheng::words::{Lang, ResourceIx, SchoolIx, YearIx};
use proptest::prelude::*;

fn simple(file: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("tests/simple_case")
        .join(file)
}

/// Reads the simple case with another text in one of its files.
fn read_with(file: &str, text: &str) -> Reading {
    let folder = tempfile::tempdir().expect("a folder");
    std::fs::create_dir(folder.path().join("scenarios")).expect("a folder inside");
    for name in [
        "case.toml",
        "schools.csv",
        "links.csv",
        "scenarios/less.toml",
        "scenarios/mixed.toml",
    ] {
        std::fs::copy(simple(name), folder.path().join(name)).expect("a copy");
    }
    std::fs::write(folder.path().join(file), text).expect("a file");
    read_case(folder.path())
}

#[test]
fn a_county_is_known_by_its_province_where_names_are_shared() {
    let sheet = std::fs::read_to_string(simple("schools.csv")).expect("the schools");
    let toml = std::fs::read_to_string(simple("case.toml")).expect("the case");
    let toml = toml.replace(
        "county = \"县区\"",
        "county = \"县区\"\nprovince = \"类型\"",
    );
    let toml = toml.replace(
        "areas = [\"乡村\"]\nweight",
        "provinces = [\"城镇\"]\ncounties = [\"乡村/东县\", \"西县\"]\nweight",
    );
    assert!(sheet.contains("城镇,东县") && sheet.contains("乡村,东县"));
    let case = read_with("case.toml", &toml).case.expect("a case");
    let provinces: Vec<&str> = case.provinces.iter().map(String::as_str).collect();
    assert_eq!(provinces, ["城镇", "乡村"]);
    let counties: Vec<String> = case.counties.iter().map(|one| one.to_string()).collect();
    assert_eq!(counties, ["城镇/东县", "乡村/东县", "西县"]);
    let scope = &case.objective.tilts[0].scope;
    let at: Vec<usize> = scope.counties.iter().map(|one| one.at()).collect();
    assert_eq!((at, scope.provinces.len()), (vec![1, 2], 1));
}

/// The factors on pupils of the simple case.
const FACTORS: &str = "[enrolment]\nprimary = [1.0, 0.98]\njunior = 1.0\n";

/// The simple case with texts of `case.toml` replaced, and with more columns in its table, line by line.
fn with_columns(changes: &[(&str, &str)], more: [&str; 6]) -> Reading {
    let folder = tempfile::tempdir().expect("a folder");
    let mut toml = std::fs::read_to_string(simple("case.toml")).expect("the case");
    for (from, to) in changes {
        assert!(toml.contains(from), "{from}");
        toml = toml.replace(from, to);
    }
    std::fs::write(folder.path().join("case.toml"), toml).expect("a file");
    let sheet = std::fs::read_to_string(simple("schools.csv")).expect("the schools");
    let lines = sheet.lines().zip(more);
    let lines: Vec<String> = lines.map(|(line, more)| format!("{line},{more}")).collect();
    std::fs::write(folder.path().join("schools.csv"), lines.join("\n")).expect("a file");
    std::fs::copy(simple("links.csv"), folder.path().join("links.csv")).expect("a copy");
    read_case(folder.path())
}

/// The simple case with the pupils expected in 2026 and 2027 in columns of its table.
fn with_forecast(factors: &str) -> Reading {
    let named = "forecast = [\"26年\", \"27年\"]\npupils = \"学生\"";
    let changes = [(FACTORS, factors), ("pupils = \"学生\"", named)];
    let more = [
        "26年,27年",
        "400,500",
        "80,70",
        "300,330",
        "250,200",
        "120,0",
    ];
    with_columns(&changes, more)
}

#[test]
fn a_forecast_of_each_school_decides_what_it_needs() {
    let reading = with_forecast("");
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
    let mut case = reading.case.expect("a case");
    let (books, first, last) = (ResourceIx::new(0), YearIx::new(0), YearIx::new(1));
    let area = ResourceIx::new(2);
    let (grown, through, closed) = (SchoolIx::new(0), SchoolIx::new(3), SchoolIx::new(4));
    // 20 books a pupil, 10 classes for 400 pupils and so 13 for 500.
    assert_eq!(case.required(grown, books, first), Some(8_000.0));
    assert_eq!(case.required(grown, books, last), Some(10_000.0));
    assert_eq!(case.classes(grown, Section::Primary, last), Some(13.0));
    // 150 and 100 pupils of today, and 200 in all: 120 and 80. The years after the plan are as its last.
    let parts = case
        .pupils_by_section(through, YearIx::new(2))
        .expect("pupils");
    assert_eq!((parts.primary, parts.junior), (120.0, 80.0));
    // Without pupils nothing is needed, not even what the norm asks of each school.
    assert_eq!(case.required(closed, books, last), None);
    assert!(case.required(closed, area, first).is_some());
    assert_eq!(case.required(closed, area, last), None);
    // Factors of a scenario stand on top of it; a doubted number of today takes it along.
    case.enrolment.primary = vec![1.0, 1.1];
    assert!((case.pupils(grown, last).expect("pupils") - 550.0).abs() < 1e-9);
    case.put(grown, Quantity::Pupils, 200.0);
    assert!((case.pupils(grown, last).expect("pupils") - 275.0).abs() < 1e-9);
}

#[test]
fn a_forecast_has_a_column_for_each_plan_year() {
    let toml = std::fs::read_to_string(simple("case.toml")).expect("the case");
    let toml = toml.replace("[enrolment]\nprimary = [1.0, 0.98]\njunior = 1.0\n", "");
    let one = toml.replace(
        "pupils = \"学生\"",
        "forecast = \"学生\"\npupils = \"学生\"",
    );
    let notices = read_with("case.toml", &one).notices;
    let codes: Vec<&str> = notices.iter().map(|one| one.code.0).collect();
    assert_eq!(codes, ["E207"]);
}

#[test]
fn pupils_do_not_change_twice() {
    let reading = with_forecast("[enrolment]\nboth = 1.1\n");
    let codes: Vec<&str> = reading.notices.iter().map(|one| one.code.0).collect();
    assert_eq!(codes, ["E210"]);
}

#[test]
fn only_the_rows_asked_for_are_planned() {
    let toml = std::fs::read_to_string(simple("case.toml")).expect("the case");
    let only = "[[schools.only]]\ncolumn = \"学生\"\nabove = 80\n\
                [[schools.only]]\ncolumn = \"学段\"\nvalues = [\"　小学\"]\n";
    let reading = read_with("case.toml", &(toml + only));
    let case = reading.case.expect("a case");
    let ids: Vec<&str> = case.schools.iter().map(|one| one.id.as_str()).collect();
    assert_eq!(ids, ["A1", "A3"]);
    let said: Vec<(&str, &[String])> = reading
        .notices
        .iter()
        .filter(|notice| notice.code.0 == "H610")
        .map(|notice| (notice.code.0, notice.with.as_slice()))
        .collect();
    let said: Vec<String> = said.iter().map(|(_, with)| with.join(" ")).collect();
    assert_eq!(said, ["学段 2 5", "学生 1 5"]);
}

/// The text with the characters from `at` on, `length` of them, replaced.
fn spliced(text: &str, at: usize, length: usize, by: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let start = at % chars.len();
    let end = (start + length).min(chars.len());
    chars[..start]
        .iter()
        .copied()
        .chain(by.chars())
        .chain(chars[end..].iter().copied())
        .collect()
}

#[test]
fn the_simple_case_reads_without_a_finding() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
    let reading = read_case(&folder);
    let found: Vec<String> = reading
        .notices
        .iter()
        .map(|n| {
            format!(
                "{} {} {:?} {}",
                n.code.0,
                n.place,
                n.text,
                n.message(Lang::En)
            )
        })
        .collect();
    assert_eq!(found, Vec::<String>::new());
    let case = reading.case.expect("a case");
    assert_eq!(
        (
            case.schools.len(),
            case.measures.len(),
            case.funds.len(),
            case.policies.len()
        ),
        (5, 3, 2, 2)
    );
    let names: Vec<&str> = reading
        .overlays
        .iter()
        .map(|overlay| overlay.name.as_str())
        .collect();
    assert_eq!(names, ["less", "mixed"]);
    let files: Vec<&str> = reading
        .hashes
        .iter()
        .map(|(file, _)| file.as_str())
        .collect();
    assert_eq!(
        files,
        [
            "case.toml",
            "schools.csv",
            "links.csv",
            "scenarios/less.toml",
            "scenarios/mixed.toml"
        ]
    );
}

#[test]
fn overlays_are_composed_in_order_and_unknown_names_are_told() {
    let overlays = read_case(&simple("")).overlays;
    let names = |names: &[&str]| {
        names
            .iter()
            .map(|name| name.to_string())
            .collect::<Vec<_>>()
    };
    let both = compose(&overlays, &names(&["mixed", "less"])).expect("known names");
    assert_eq!(both.name, "mixed + less");
    assert_eq!(
        both.changes.len(),
        overlays[1].changes.len() + overlays[0].changes.len()
    );
    // What is included comes first.
    let included = format!("{:?}", &overlays[1].changes[..overlays[0].changes.len()]);
    assert_eq!(included, format!("{:?}", overlays[0].changes));
    assert_eq!(
        compose(&overlays, &names(&["less", "more"])).unwrap_err(),
        ["more"]
    );
    assert!(compose(&overlays, &[]).expect("nothing").changes.is_empty());
}

#[test]
fn money_is_exact_and_pay_goes_on_where_a_fund_may_pay_it() {
    let case = read_case(&simple("")).case.expect("a case");
    let amounts = |id: &str| {
        let fund = case
            .funds
            .iter()
            .find(|fund| fund.id == id)
            .expect("a fund");
        (
            fund.amounts
                .iter()
                .map(|amount| amount.to_string())
                .collect::<Vec<_>>(),
            fund.after.to_string(),
        )
    };
    assert_eq!(
        amounts("county"),
        (
            vec!["500000.00".into(), "600000.00".into()],
            "600000.00".into()
        )
    );
    let books = case
        .measures
        .iter()
        .find(|measure| measure.id == "buy-books")
        .expect("a measure");
    assert_eq!(books.cost.to_string(), "30.00");
}

#[test]
fn stock_is_summed_and_what_is_unusable_taken_off() {
    let case = read_case(&simple("")).case.expect("a case");
    let first = case.schools.iter().next().expect("a school");
    assert_eq!(first.stock, [Some(6000.0), Some(25.0), Some(1500.0)]);
    let policy = case.policies.iter().next().expect("a policy");
    assert_eq!(policy.place.to_string(), "case.toml:133:1");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(300))]

    #[test]
    fn whatever_is_written_is_read_or_told(
        file in prop::sample::select(vec!["case.toml", "schools.csv", "scenarios/mixed.toml"]),
        at in any::<usize>(),
        length in 0usize..12,
        by in prop::sample::select(vec![
            "", "\n", "\"", "[", "]", "-", "9", "999999999999999999999", "1e999", "nan", ",", "县", "x = 1\n", "[[fund]]\n", "true",
        ]),
    ) {
        let text = std::fs::read_to_string(simple(file)).expect("a text");
        let reading = read_with(file, &spliced(&text, at, length, by));
        prop_assert_eq!(reading.case.is_none(), reading.notices.any_error());
    }
}

/// The simple case with diversions in the case file.
fn with_diversions(text: &str) -> Reading {
    let toml = std::fs::read_to_string(simple("case.toml")).expect("the case");
    read_with("case.toml", &format!("{toml}\n{text}"))
}

#[test]
fn who_is_diverted_or_merged_is_taught_elsewhere_and_nobody_is_lost() {
    let merged = "[[divert]]\nschool = \"A2\"\nto = \"A1\"\nsince = 2027\nbrings = [\"books\", \"computers\"]\n";
    let some = "[[divert]]\nschool = \"A1\"\nto = \"N1\"\npupils = 48\n";
    let more_than_there_are = "[[divert]]\nschool = \"A3\"\nto = \"N1\"\npupils = 1000\n";
    let before = with_diversions("").case.expect("a case");
    let reading = with_diversions(&[merged, some, more_than_there_are].join("\n"));
    assert!(reading.notices.is_empty(), "{:?}", reading.notices);
    let case = reading.case.expect("a case");
    let pupils = |case: &junheng::case::Case, year| {
        let of = |school| {
            case.pupils(SchoolIx::new(school), YearIx::new(year))
                .expect("pupils")
        };
        [0, 1, 2, 3, 4].map(of)
    };
    // Primary pupils are 98 % of today's in the second year.
    assert_eq!(pupils(&before, 0), [400.0, 80.0, 300.0, 250.0, 120.0]);
    assert_eq!(pupils(&case, 0), [352.0, 80.0, 300.0, 418.0, 0.0]);
    let near = |found: [f64; 5], wanted: [f64; 5]| {
        let pairs = found.iter().zip(wanted);
        assert!(
            pairs.clone().all(|(one, other)| (one - other).abs() < 1e-9),
            "{found:?}"
        );
    };
    near(pupils(&before, 1), [392.0, 78.4, 300.0, 247.0, 117.6]);
    near(
        pupils(&case, 1),
        [392.0 + 78.4 - 47.04, 0.0, 300.0, 247.0 + 47.04 + 117.6, 0.0],
    );
    // The junior section of the nine-year school has got nobody; its primary section has 318 for 150 and 13 classes for 6.
    let through = SchoolIx::new(3);
    let parts = case
        .pupils_by_section(through, YearIx::new(0))
        .expect("pupils");
    assert_eq!((parts.primary, parts.junior), (318.0, 100.0));
    assert_eq!(
        case.classes(through, Section::Primary, YearIx::new(0)),
        Some(13.0)
    );
    // 900 books and 3 of 4 computers go along in the second year, the building stays.
    let stock = |school, resource| {
        let of = |year| {
            case.stock_in(
                SchoolIx::new(school),
                ResourceIx::new(resource),
                YearIx::new(year),
            )
        };
        [0, 1, 2].map(|year| of(year).expect("known"))
    };
    assert_eq!(stock(1, 0), [900.0, 0.0, 0.0]);
    assert_eq!(stock(0, 0), [6_000.0, 6_900.0, 6_900.0]);
    assert_eq!(stock(0, 1), [25.0, 28.0, 28.0]);
    assert_eq!(stock(1, 2), [300.0; 3]);
    // What is put in place of a doubtful number is what goes.
    let mut doubted = case.clone();
    doubted.put(SchoolIx::new(1), Quantity::Pupils, 100.0);
    doubted.put(
        SchoolIx::new(1),
        Quantity::Stock(ResourceIx::new(0)),
        1_000.0,
    );
    near(
        pupils(&doubted, 1),
        [392.0 + 98.0 - 47.04, 0.0, 300.0, 247.0 + 47.04 + 117.6, 0.0],
    );
    let books =
        |school| doubted.stock_in(SchoolIx::new(school), ResourceIx::new(0), YearIx::new(1));
    assert_eq!((books(0), books(1)), (Some(7_000.0), Some(0.0)));
    let sent = |at: usize, year| case.pupils_sent(&case.diversions[at], YearIx::new(year));
    assert_eq!([sent(0, 0), sent(1, 0), sent(2, 0)], [0.0, 48.0, 120.0]);
}

#[test]
fn a_scenario_may_divert_pupils_on_top_of_the_case() {
    let toml = "title = \"撤并\"\n[[divert]]\nschool = \"A2\"\nto = \"A1\"\n";
    let reading = read_with("scenarios/less.toml", toml);
    let case = reading.case.expect("a case");
    let merged = compose(&reading.overlays, &["less".to_string()]).expect("known");
    let merged = merged.apply(&case);
    let first = YearIx::new(0);
    assert_eq!(case.pupils(SchoolIx::new(1), first), Some(80.0));
    assert_eq!(merged.pupils(SchoolIx::new(1), first), Some(0.0));
    assert_eq!(merged.pupils(SchoolIx::new(0), first), Some(480.0));
}

/// The simple case with a fund that comes by the pupil, and a column of boarders.
fn with_recurrent_money(fund: &str) -> Reading {
    let named = "boarders = \"寄宿\"\npupils = \"学生\"";
    let changes = [("amounts = [50, 60]", fund), ("pupils = \"学生\"", named)];
    with_columns(&changes, ["寄宿", "0", "0", "50", "60", ""])
}

#[test]
fn recurrent_money_follows_the_pupils() {
    let rates =
        "per_pupil = { primary = 0.072, junior = 0.094, boarder = 0.03, least = 100, share = 0.2 }";
    let case = with_recurrent_money(rates).case.expect("a case");
    let fund = junheng::words::FundIx::new(0);
    let amounts = |case: &junheng::case::Case| -> Vec<f64> {
        let stated = &case.funds[fund];
        let after = std::iter::once(&stated.after);
        stated
            .amounts
            .iter()
            .chain(after)
            .map(|amount| amount.main())
            .collect()
    };
    // 400, 80 (counted as 100), 150 and 120 primary pupils at 720 yuan, 300 and 100 junior pupils at 940, 50 and 60 boarders
    // at 300 more: 963,400 yuan, of which a fifth is for the plan. In 2027 there are 2 % fewer primary pupils. What comes
    // after the plan is as in its last year.
    assert_eq!(amounts(&case), [192_680.0, 190_707.2, 190_707.2]);
    let change = |changes| junheng::case::Overlay {
        name: "other".into(),
        title: "other".into(),
        changes,
    };
    let fewer = junheng::case::Change::Enrolment {
        section: Some(Section::Junior),
        factors: vec![0.5, 0.5],
    };
    let half = junheng::case::Change::Fund {
        fund: Some(fund),
        factor: 0.5,
    };
    // 400 junior pupils bring 376,000 yuan, their half 188,000; B1 keeps half its boarders, N1 four fifths.
    let less = 0.2 * (188_000.0 + 300.0 * (25.0 + 12.0));
    let changed = change(vec![fewer.clone()]).apply(&case);
    assert!(
        (amounts(&changed)[0] - (192_680.0 - less)).abs() < 0.01,
        "{:?}",
        amounts(&changed)
    );
    // In either order a cut is a cut of what then comes.
    let one = change(vec![fewer.clone(), half.clone()]).apply(&case);
    let other = change(vec![half, fewer]).apply(&case);
    assert!((amounts(&one)[0] - amounts(&changed)[0] / 2.0).abs() < 0.02);
    assert!((amounts(&other)[0] - amounts(&one)[0]).abs() < 0.02);
}

/// The simple case with pupils by grade (two primary, one junior) in place of the factors.
fn with_grades(cohort: &str) -> Reading {
    let stated = format!("{cohort}\n[schools.columns]");
    let changes = [(FACTORS, ""), ("[schools.columns]", stated.as_str())];
    let more = [
        "一年级,二年级,七年级",
        "220,180,",
        "30,50,",
        ",,300",
        "70,80,100",
        "60,,",
    ];
    with_columns(&changes, more)
}

#[test]
fn pupils_are_forecast_from_the_grades_they_are_in() {
    let cohort = "[schools.cohort]\ngrades = [\"一年级\", \"二年级\", \"七年级\"]\nprimary = 2\nsurvival = [0.9, 0.5]\nintake = [1.0, 0.5]\n";
    let reading = with_grades(cohort);
    let codes: Vec<&str> = reading.notices.iter().map(|one| one.code.0).collect();
    assert_eq!(codes, ["W525"], "{:?}", reading.notices);
    let case = reading.case.expect("a case");
    let pupils = |school: usize, year: usize| {
        case.pupils(SchoolIx::new(school), YearIx::new(year))
            .expect("pupils")
    };
    assert_eq!((pupils(0, 0), pupils(0, 1)), (400.0, 110.0 + 198.0));
    // East county: 180 and 50 leave the second grade, half of them arrive at its only junior school.
    assert_eq!((pupils(2, 0), pupils(2, 1)), (300.0, 115.0));
    // Of the third school of West county one grade is not known: who comes to the others is not known either.
    assert_eq!((pupils(3, 0), pupils(3, 1)), (250.0, 250.0));
    assert_eq!((pupils(4, 0), pupils(4, 1)), (120.0, 120.0));
    // With primary grades alone no junior school has a forecast.
    let primary = "[schools.cohort]\ngrades = [\"一年级\", \"二年级\"]\nprimary = 2\n";
    let reading = with_grades(primary);
    let case = reading.case.expect("a case");
    assert_eq!(case.pupils(SchoolIx::new(2), YearIx::new(1)), Some(300.0));
}
