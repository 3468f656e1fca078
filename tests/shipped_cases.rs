//! The data of the shipped cases are what their READMEs say they are.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use junheng::case::balance::{Survey, composite, spread, survey};
use junheng::case::{Case, Overlay};
use junheng::plan::{Options, solve};
use junheng::read::{compose, read_case};
use junheng::words::{Grade, SchoolIx, YearIx};

#[allow(dead_code, reason = "its main writes the file")]
#[path = "../scenarios/county/generate.rs"]
mod generate;

fn shipped(file: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .join("scenarios")
        .join(file)
}

/// A sheet as rows of header → cell.
fn sheet(file: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_path(shipped(file)).expect("a shipped table");
    reader
        .deserialize()
        .collect::<Result<_, _>>()
        .expect("well-formed rows")
}

fn number(row: &BTreeMap<String, String>, header: &str) -> f64 {
    row[header]
        .parse()
        .unwrap_or_else(|_| panic!("{header}: {:?}", row[header]))
}

#[test]
fn five_schools_are_the_published_example() {
    let rows = sheet("five-schools/schools.csv");
    let levels: Vec<(f64, f64)> = rows
        .iter()
        .map(|row| {
            (
                number(row, "在校生"),
                number(row, "图书册数") / number(row, "在校生"),
            )
        })
        .collect();
    let found = spread(&levels).expect("pupils");
    assert_eq!(format!("{:.5}", found.cv.expect("books")), "0.51526");
    // After the plan that the README finds by hand.
    let bought = [36.0, 122.0, 0.0, 372.0, 0.0];
    let after: Vec<(f64, f64)> = levels
        .iter()
        .zip(bought)
        .map(|((pupils, level), books)| (*pupils, level + books / pupils))
        .collect();
    assert_eq!(
        format!(
            "{:.5}",
            spread(&after).and_then(|found| found.cv).expect("books")
        ),
        "0.19358"
    );
}

#[test]
fn three_schools_are_forecast_and_planned_as_their_readme_says() {
    let (case, _) = case("three-schools");
    let pupils = |school, year| {
        let all = case.pupils(SchoolIx::new(school), YearIx::new(year));
        format!("{:.1}", all.expect("a forecast"))
    };
    let years = [0, 1, 2, 3];
    assert_eq!(
        years.map(|year| pupils(0, year)),
        ["316.0", "286.0", "258.0", "258.0"]
    );
    assert_eq!(
        years.map(|year| pupils(1, year)),
        ["80.0", "67.2", "57.6", "57.6"]
    );
    assert_eq!(
        years.map(|year| pupils(2, year)),
        ["210.0", "230.0", "232.0", "232.0"]
    );
    let plan = solve(&case, &Options::default()).plan.expect("a plan");
    let gap = |gap: f64| format!("{gap:.3}");
    assert_eq!(gap(plan.outcome.gap_before), "301.000");
    assert_eq!(gap(plan.outcome.gap_after), "29.000");
    assert_eq!(gap(plan.certificate.bound), "29.000");
    // Without the forecast it is the school that shrinks which gets the teacher and the desks.
    let mut as_today = case.clone();
    for school in as_today.schools.iter_mut() {
        school.forecast.clear();
    }
    let plan = solve(&as_today, &Options::default()).plan.expect("a plan");
    let rows = plan.rows.iter().filter(|row| row.units > 0.0);
    let schools: Vec<usize> = rows.map(|row| row.school.at()).collect();
    assert!(
        !schools.is_empty() && schools.iter().all(|&school| school == 0),
        "{schools:?}"
    );
}

#[test]
fn the_county_table_is_written_by_its_generator_byte_for_byte() {
    let file = std::fs::read(shipped("county/schools.csv")).expect("a shipped table");
    assert!(
        file.starts_with(b"\xef\xbb\xbf"),
        "spreadsheets expect a byte-order mark"
    );
    assert!(
        generate::schools_csv().into_bytes() == file,
        "run `cargo run --example generate-county`"
    );
}

/// Headers of the eight published indicators, with what the published level counts by.
const INDICATORS: [(&str, f64); 8] = [
    ("教学及辅助用房面积", 1.0),
    ("运动场馆面积", 1.0),
    ("教学仪器设备值", 1.0),
    ("计算机台数", 100.0),
    ("图书册数", 1.0),
    ("专任教师数", 1.0),
    ("高于规定学历教师数", 1.0),
    ("中级及以上职称教师数", 1.0),
];

/// (pupils, level) of every school of a section with at least 50 pupils, by the official arithmetic written out anew.
fn levels(
    rows: &[BTreeMap<String, String>],
    section: &str,
    header: &str,
    per: f64,
) -> Vec<(f64, f64)> {
    let of_school = |row: &BTreeMap<String, String>| {
        let (primary, junior) = (number(row, "小学生数"), number(row, "初中生数"));
        let (pupils, share) = if section == "小学" {
            (primary, 1.0)
        } else {
            (junior, 1.1)
        };
        let obsolete = if header == "计算机台数" {
            number(row, "其中超期计算机")
        } else {
            0.0
        };
        let usable = number(row, header) - obsolete;
        let level = usable * share / (primary + 1.1 * junior) * per;
        (primary + junior >= 50.0 && pupils > 0.0).then_some((pupils, level))
    };
    rows.iter().filter_map(of_school).collect()
}

#[test]
fn the_county_matches_one_published_district_in_both_stages() {
    let rows = sheet("county/schools.csv");
    println!("{} 公布 / 生成 published / generated", generate::DISTRICT);
    for section in ["小学", "初中"] {
        let published = generate::published(section);
        let mut coefficients = Vec::new();
        for ((header, per), target) in INDICATORS.iter().zip(published) {
            let found = spread(&levels(&rows, section, header, *per)).expect("pupils");
            let cv = found.cv.expect("a mean");
            println!(
                "{section} {header}: 均值 {} / {:.4}，差异系数 {} / {cv:.4}",
                target.mean, found.mean, target.cv
            );
            assert!(
                (found.mean / target.mean - 1.0).abs() < 0.005,
                "{section} {header} mean"
            );
            assert!(
                (cv - target.cv).abs() < 0.005,
                "{section} {header} coefficient"
            );
            coefficients.push(cv);
        }
        let published_composite = published_composite(section);
        let found = composite(&coefficients).expect("eight");
        println!("{section} 综合差异系数 {published_composite} / {found:.4}");
        assert!(
            (found - published_composite).abs() < 0.001,
            "{section} composite"
        );
    }
}

fn published_composite(section: &str) -> f64 {
    let of_row = |line: &str| {
        let cells: Vec<&str> = line.split(',').collect();
        (cells[1] == generate::DISTRICT && cells[2] == section)
            .then(|| cells[19].parse().expect("a number"))
    };
    generate::PUBLISHED
        .lines()
        .skip(1)
        .find_map(of_row)
        .expect("a published row")
}

#[test]
fn the_county_is_a_county() {
    let rows = sheet("county/schools.csv");
    let count = |stage: &str| rows.iter().filter(|row| row["学段"] == stage).count();
    assert_eq!(
        (count("小学"), count("初中"), count("九年一贯制学校")),
        (80, 25, 12)
    );
    let whole_staff = [
        "高于规定学历教师数",
        "中级及以上职称教师数",
        "骨干教师数",
        "体育艺术教师数",
    ];
    for row in &rows {
        assert!(row["县区"].contains("合成"), "synthetic wherever it shows");
        assert_eq!(
            number(row, "在校生"),
            number(row, "小学生数") + number(row, "初中生数")
        );
        assert_eq!(
            number(row, "班级数"),
            number(row, "小学班数") + number(row, "初中班数")
        );
        for header in whole_staff {
            assert!(
                number(row, header) <= number(row, "专任教师数"),
                "{} {header}",
                row["学校名称"]
            );
        }
    }
    let named: std::collections::BTreeSet<&String> =
        rows.iter().map(|row| &row["学校名称"]).collect();
    assert_eq!(named.len(), rows.len(), "no two schools share a name");
}

#[test]
fn wangjing_has_its_published_levels() {
    let rows = sheet("county/schools.csv");
    for (name, area, sports, kits) in [
        ("望京小学（小学部）", 1.89, 3.13, "13%"),
        ("望京小学（初中部）", 2.53, 3.62, "1.1%"),
    ] {
        let row = rows.iter().find(|row| row["学校名称"] == name).expect(name);
        let per_pupil = |header| number(row, header) / number(row, "在校生");
        assert!((per_pupil("教学及辅助用房面积") - area).abs() < 0.005);
        assert!((per_pupil("运动场馆面积") - sports).abs() < 0.005);
        assert_eq!(row["实验仪器配齐率"], kits);
    }
}

#[test]
fn osun_has_the_warts_its_readme_counts() {
    let rows = sheet("osun/schools.csv");
    let count =
        |is: &dyn Fn(&BTreeMap<String, String>) -> bool| rows.iter().filter(|row| is(row)).count();
    assert_eq!(rows.len(), 1444);
    let areas: std::collections::BTreeSet<&String> = rows.iter().map(|row| &row["lga"]).collect();
    assert_eq!(areas.len(), 29);
    let empty = |header: &'static str| count(&|row| row[header].is_empty());
    let zero = |header: &'static str| count(&|row| row[header] == "0");
    assert_eq!(
        (
            empty("teachers_qualified_nce"),
            zero("teachers_qualified_nce")
        ),
        (7, 58)
    );
    assert_eq!((empty("teachers"), zero("teachers")), (0, 5));
    assert_eq!((empty("textbooks"), zero("textbooks")), (74, 229));
    assert_eq!((empty("toilets"), zero("toilets")), (40, 840));
    assert_eq!(
        (empty("classrooms"), empty("classrooms_major_repair")),
        (0, 8)
    );
    assert_eq!(
        count(&|row| row["classrooms"] == row["classrooms_major_repair"]),
        178
    );
    assert_eq!(count(&|row| row["pupils_per_bench"] == "inf"), 118);
    // Zero toilets is believed: every such school also answers that it has no improved sanitation.
    let toilets_and_sanitation = |toilets: &str, improved: &str| {
        count(&|row| row["toilets"] == toilets && row["improved_sanitation"] == improved)
    };
    assert_eq!(
        (
            toilets_and_sanitation("0", "0"),
            toilets_and_sanitation("", "1")
        ),
        (840, 28)
    );
    // No teacher at all, yet some of them qualified: the sheet contradicts itself.
    let contradicts = |row: &BTreeMap<String, String>| {
        row["teachers"] == "0"
            && row["teachers_qualified_nce"]
                .parse::<f64>()
                .is_ok_and(|qualified| qualified > 0.0)
    };
    assert_eq!(count(&contradicts), 3);
    let no_nce = |row: &BTreeMap<String, String>| row["teachers_qualified_nce"] == "0";
    assert_eq!(
        count(&|row| no_nce(row) && row["level"].contains("Junior")),
        45
    );
    let mut named: BTreeMap<(&String, &String), usize> = BTreeMap::new();
    rows.iter()
        .for_each(|row| *named.entry((&row["name"], &row["lga"])).or_default() += 1);
    let shared: Vec<usize> = named.into_values().filter(|rows| *rows > 1).collect();
    assert_eq!((shared.len(), shared.iter().sum::<usize>()), (30, 99));
    let books_of = |level: &'static str| {
        (
            count(&|row| row["level"] == level),
            count(&|row| row["level"] == level && row["textbooks"] == "0"),
        )
    };
    assert_eq!(books_of("Junior Secondary Only"), (210, 187));
    assert_eq!(books_of("Junior and Senior Secondary"), (135, 10));
    assert_eq!(
        rows.iter().map(|row| number(row, "students")).sum::<f64>(),
        417_668.0
    );
    assert_eq!(
        rows.iter()
            .map(|row| number(row, "classrooms"))
            .fold(0.0, f64::max),
        407.0
    );
    let notice = std::fs::read_to_string(shipped("osun/LICENSE.md")).expect("a licence");
    assert!(
        notice.contains("Data provided by OSSAP-MDGs (NMIS)") && notice.contains("CC BY-SA 4.0")
    );
}

/// A shipped case with its scenarios; it has no error.
fn case(name: &str) -> (Case, Vec<Overlay>) {
    let reading = read_case(&shipped(name));
    let messages = reading
        .notices
        .iter()
        .filter(|notice| notice.grade() == Grade::Error)
        .map(|notice| {
            format!(
                "{} {}",
                notice.place,
                notice.message(junheng::words::Lang::En)
            )
        });
    let messages: Vec<String> = messages.collect();
    assert!(messages.is_empty(), "{name}: {messages:#?}");
    (reading.case.expect("no error"), reading.overlays)
}

fn under(case: &Case, overlays: &[Overlay], name: &str) -> Case {
    compose(overlays, &[name.to_string()])
        .expect("a shipped scenario")
        .apply(case)
}

fn today(case: &Case) -> Survey {
    let first = YearIx::new(0);
    survey(
        case,
        |school, resource| case.schools[school].stock[resource.at()],
        first,
    )
}

#[test]
fn shipped_cases_read_without_an_error_and_have_their_scenarios() {
    let scenarios = [
        ("five-schools", 1),
        ("three-schools", 0),
        ("district", 8),
        ("county", 9),
        ("osun", 5),
        ("impossible-posts", 1),
    ];
    for (name, count) in scenarios {
        let (case, overlays) = case(name);
        assert_eq!(overlays.len(), count, "{name}");
        assert!(case.remark.is_some(), "{name} says what it is");
        for overlay in &overlays {
            let changed = overlay.apply(&case);
            assert_eq!(changed.schools.len(), case.schools.len());
        }
    }
}

#[test]
fn a_survey_of_the_county_finds_the_published_coefficients() {
    let (county, overlays) = case("county");
    let survey = today(&under(&county, &overlays, "basic-standard"));
    let order = [
        "area",
        "sports-area",
        "equipment",
        "computers",
        "books",
        "teachers",
        "over-qualified-teachers",
        "titled-teachers",
    ];
    for (section, name) in survey.sections.iter().zip(["小学", "初中"]) {
        for (id, target) in order.iter().zip(generate::published(name)) {
            let indicator = section
                .indicators
                .iter()
                .find(|one| one.id == *id)
                .expect(id);
            let cv = indicator
                .spread
                .and_then(|spread| spread.cv)
                .expect("a mean");
            assert!(indicator.indicator, "{id} is one of the eight");
            assert!((cv - target.cv).abs() < 0.005, "{name} {id}: {cv}");
        }
        let found = section.composite.expect("eight coefficients");
        assert!(
            (found - published_composite(name)).abs() < 0.001,
            "{name}: {found}"
        );
        assert_eq!(
            section.cv_within_limit,
            Some(true),
            "balanced by the 2012 rule"
        );
    }
}

#[test]
fn the_county_is_judged_by_seven_indicators_and_is_not_there_yet() {
    let (county, _) = case("county");
    let survey = today(&county);
    let [primary, junior] = survey.sections.as_slice() else {
        panic!("two sections")
    };
    assert_eq!(
        (primary.schools, primary.small, junior.schools),
        (74, 18, 37)
    );
    for section in [primary, junior] {
        assert_eq!(
            section
                .indicators
                .iter()
                .filter(|one| one.indicator)
                .count(),
            7
        );
        assert_eq!(section.cv_within_limit, Some(false));
        assert!(section.failing > section.passing && section.undecided == 0);
    }
    assert!(survey.schools.iter().all(|school| school.asked == 7));
}

#[test]
fn five_schools_diagnose_to_the_published_coefficient() {
    let (five, _) = case("five-schools");
    let survey = today(&five);
    let books = survey.sections[0].indicators[0].spread.expect("books");
    assert_eq!(format!("{:.5}", books.cv.expect("a mean")), "0.51526");
    assert_eq!(survey.sections[0].schools, 5, "none is left out as small");
    let [books, kits] = survey.shortages.as_slice() else {
        panic!("two resources")
    };
    assert_eq!(
        (books.short, books.gap, kits.short, kits.gap),
        (726.0, 90.75, 9.0, 149.0)
    );
}

#[test]
fn unknown_teachers_of_osun_are_not_zero_teachers() {
    let (osun, _) = case("osun");
    let survey = today(&osun);
    let unknown: Vec<(&str, usize)> = survey
        .shortages
        .iter()
        .map(|one| (one.id.as_str(), one.unknown))
        .collect();
    let expected = [
        ("qualified-teachers", 65),
        ("classrooms", 8),
        ("toilets", 40),
        ("textbooks", 303),
    ];
    assert_eq!(unknown, expected);
    let notices = read_case(&shipped("osun")).notices;
    let said = notices
        .iter()
        .filter(|notice| notice.code.0 == "H602")
        .count();
    assert_eq!(said, 2, "zeros read as unknown are told, once a resource");
    assert_eq!(survey.counties.len(), 29);
    assert_eq!((survey.pupils_unknown, survey.schools.len()), (0, 1444));
}
