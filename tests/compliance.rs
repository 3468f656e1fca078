//! `junheng compliance`: what inspectors count, before and after a plan, found out anew from its tables.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::Value;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");

fn run(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .env("LC_ALL", "C")
        .env("LANG", "C")
        .output()
        .expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    let said = || format!("{}\n{}", text(&output.stdout), text(&output.stderr));
    assert_eq!(output.status.code(), Some(code), "{}", said());
}

/// A table by its header.
struct Sheet {
    header: Vec<String>,
    rows: Vec<Vec<String>>,
}

impl Sheet {
    fn read(folder: &Path, name: &str) -> Sheet {
        let text = std::fs::read_to_string(folder.join(name)).expect("a table");
        let mut reader = csv::Reader::from_reader(text.trim_start_matches('\u{feff}').as_bytes());
        let words = |row: &csv::StringRecord| row.iter().map(str::to_string).collect();
        let header = words(reader.headers().expect("a header"));
        let rows = reader.records().map(|row| words(&row.expect("a row")));
        Sheet {
            header,
            rows: rows.collect(),
        }
    }

    fn at(&self, name: &str) -> usize {
        let found = self.header.iter().position(|one| one == name);
        found.unwrap_or_else(|| panic!("no {name} in {:?}", self.header))
    }
}

/// 差异系数, weighted by pupils, of the definition: the root of the weighted mean square from the mean, over the mean.
fn coefficient(pairs: &[(f64, f64)]) -> f64 {
    let pupils: f64 = pairs.iter().map(|(pupils, _)| pupils).sum();
    let mean = pairs.iter().map(|(pupils, x)| pupils * x).sum::<f64>() / pupils;
    let square = pairs.iter().map(|(pupils, x)| pupils * (x - mean).powi(2));
    (square.sum::<f64>() / pupils).sqrt() / mean
}

#[test]
fn coefficients_and_passing_schools_follow_from_the_table_of_schools() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["compliance", COUNTY, "--out", &out, "--quiet"]), 0);
    let schools = Sheet::read(place.path(), "compliance.csv");
    let counties = Sheet::read(place.path(), "compliance-counties.csv");
    let indicators = [
        "教学及辅助用房面积",
        "体育运动场馆面积",
        "教学仪器设备值",
        "高于规定学历教师",
        "县级及以上骨干教师",
        "体育、艺术专任教师",
        "网络多媒体教室",
    ];
    let (mut more, mut compared) = (0.0, 0);
    for state in ["2026年现状", "2030年不规划", "2030年规划后"] {
        for section in ["小学", "初中"] {
            let judged = |row: &&Vec<String>| {
                row[schools.at("学段")] == section && row[schools.at("是否参评")] == "是"
            };
            let rows: Vec<&Vec<String>> = schools.rows.iter().filter(judged).collect();
            let county = counties
                .rows
                .iter()
                .find(|row| row[counties.at("学段")] == section)
                .expect("the section");
            let number = |text: &str| text.parse::<f64>().expect("a number");
            let part = |row: &Vec<String>, name: &str| {
                number(&row[schools.at(&format!("{name}达到标准%·{state}"))])
            };
            for name in indicators {
                let pairs: Vec<(f64, f64)> = rows
                    .iter()
                    .map(|row| (number(&row[schools.at("在校生")]), part(row, name)))
                    .collect();
                let said = number(&county[counties.at(&format!("{name}差异系数·{state}"))]);
                let found = coefficient(&pairs);
                assert!(
                    (said - found).abs() < 1e-5,
                    "{name} {state}: {said} {found}"
                );
                compared += 1;
            }
            // 教督〔2017〕6号: six of the seven, and the other at 85 %.
            let passes = |row: &&&Vec<String>| {
                let parts = indicators.map(|name| part(row, name));
                parts.iter().filter(|part| **part >= 100.0).count() >= 6
                    && parts.iter().all(|part| *part >= 85.0)
            };
            let passing = rows.iter().filter(passes).count() as f64;
            let said = number(&county[counties.at(&format!("达标学校·{state}"))]);
            assert_eq!(said, passing, "{section} {state}");
            let sign = if state == "2030年规划后" {
                1.0
            } else {
                -0.5
            };
            more += sign * passing;
        }
    }
    assert_eq!(compared, 42);
    assert!(more > 0.0, "with the plan more schools pass");
}

#[test]
fn a_plan_table_is_judged_and_one_that_breaks_rules_is_said_to() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["solve", FIVE, "--out", &out, "--quiet"]), 0);
    let plan = place.path().join("plan.csv");
    let file = plan.display().to_string();
    let of_best = run(&["compliance", FIVE, "--json", "--quiet"]);
    let of_table = run(&["compliance", FIVE, &file, "--json", "--quiet"]);
    ended(&of_best, 0);
    ended(&of_table, 0);
    let json = |output: &Output| -> Value { serde_json::from_slice(&output.stdout).expect("JSON") };
    let (best, table) = (json(&of_best), json(&of_table));
    for state in ["now", "without_plan", "with_plan"] {
        assert_eq!(best[state], table[state], "{state}");
    }
    // The published example: books of the five schools have a coefficient of 0.51526.
    let now = &best["now"]["sections"][0]["indicators"][0]["cv"];
    assert!((now.as_f64().expect("a coefficient") - 0.51526).abs() < 5e-6);
    // What to type next names the same table.
    let hint = run(&["compliance", FIVE, &file, "--lang", "en"]);
    assert!(String::from_utf8_lossy(&hint.stderr).contains(&format!("{file} --out DIR")));
    let text = std::fs::read_to_string(&plan).expect("a plan");
    let tampered = text.replacen(
        "buy-kits,购置科学实验箱,2026,3,",
        "buy-kits,购置科学实验箱,2026,9,",
        1,
    );
    assert_ne!(text, tampered);
    std::fs::write(&plan, tampered).expect("written");
    for (lang, word) in [("zh", "违反案例的"), ("en", "breaks")] {
        let told = run(&["compliance", FIVE, &file, "--lang", lang, "--quiet"]);
        ended(&told, 5);
        assert!(String::from_utf8_lossy(&told.stdout).contains(word));
    }
}

#[test]
fn sizes_are_held_against_the_limits_of_the_standard() {
    let place = tempfile::tempdir().expect("a folder");
    let write = |name: &str, text: &str| {
        std::fs::write(place.path().join(name), text).expect("written");
    };
    let case = std::fs::read_to_string(Path::new(FIVE).join("case.toml")).expect("a case");
    let sized = case
        .replace(
            "pupils = \"在校生\"",
            "pupils = \"在校生\"\nclasses = \"班级数\"",
        )
        .replace(
            "[[standard.norm]]\nresource = \"books\"",
            "[standard.size]\nclass_primary = 45\nschool = 80\n\n[[standard.norm]]\nresource = \"books\"",
        );
    write("case.toml", &sized);
    write(
        "schools.csv",
        "学校代码,学校名称,城乡类型,在校生,班级数,图书册数,实验箱套数\nS1,小学1,乡村,45,1,279,1\nS2,小学2,乡村,37,1,137,4\nS3,小学3,乡村,89,2,935,2\nS4,小学4,乡村,76,1,160,1\nS5,小学5,乡村,55,,402,3\n",
    );
    let folder = place.path().display().to_string();
    let asked = run(&["compliance", &folder, "--json", "--quiet"]);
    ended(&asked, 0);
    let found: Value = serde_json::from_slice(&asked.stdout).expect("JSON");
    let sizes = found["sizes_now"].as_array().expect("sizes");
    // 45 in a class is no more than 45; 76 in one is. Of the fifth school the classes are not known.
    assert_eq!(sizes[0]["judged"], 4);
    assert_eq!(sizes[0]["above"], 1);
    assert_eq!(sizes[0]["unknown"], 1);
    assert_eq!(sizes[1]["of"], "school");
    assert_eq!(sizes[1]["above"], 1, "89 pupils in a school for 80");
    let told = run(&["compliance", &folder, "--lang", "zh", "--quiet"]);
    assert!(String::from_utf8_lossy(&told.stdout).contains("小学4（76）"));
}

/// 教督〔2017〕6号: a tenth of the teachers rotate each year, a fifth of those backbone teachers; counted anew from the plan
/// table and the table of schools.
#[test]
fn who_changes_schools_is_counted_from_the_plan_table() {
    let place = tempfile::tempdir().expect("a folder");
    let out = place.path().display().to_string();
    ended(&run(&["solve", COUNTY, "--out", &out, "--quiet"]), 0);
    let plan = Sheet::read(place.path(), "plan.csv");
    let file = place.path().join("plan.csv").display().to_string();
    let told = run(&["compliance", COUNTY, &file, "--json", "--quiet"]);
    ended(&told, 0);
    let told: Value = serde_json::from_slice(&told.stdout).expect("JSON");
    let schools = Sheet::read(Path::new(COUNTY), "schools.csv");
    let teachers = schools
        .rows
        .iter()
        .map(|row| &row[schools.at("专任教师数")]);
    let teachers: f64 = teachers.filter_map(|text| text.parse::<f64>().ok()).sum();
    let (goal, mut moved) = (&told["rotation"], 0.0);
    assert_eq!(
        (goal["least"].as_f64(), goal["backbone_least"].as_f64()),
        (Some(0.1), Some(0.2))
    );
    for year in goal["years"].as_array().expect("the plan years") {
        let calendar = year["year"].as_i64().expect("a year").to_string();
        let leave = |measure: &str| -> f64 {
            let here = plan.rows.iter().filter(|row| {
                row[plan.at("年份")] == calendar && row[plan.at("措施代码")] == measure
            });
            let units = here.filter_map(|row| row[plan.at("数量")].parse::<f64>().ok());
            units.filter(|units| *units < 0.0).map(|units| -units).sum()
        };
        let (ordinary, backbone) = (leave("rotate-teachers"), leave("rotate-backbone"));
        let all = ordinary + backbone;
        assert_eq!(year["posts"].as_f64(), Some(all), "{year}");
        assert_eq!(year["backbone"].as_f64(), Some(backbone), "{year}");
        let share = year["share"].as_f64().expect("a share");
        assert!((share - all / teachers).abs() < 1e-12, "{year}");
        let kept = share >= 0.1 && all > 0.0 && backbone / all >= 0.2;
        assert_eq!(year["kept"].as_bool(), Some(kept), "{year}");
        moved += all;
    }
    assert!(moved > 0.0);
    let page = run(&["compliance", COUNTY, &file, "--quiet", "--lang", "zh"]);
    ended(&page, 0);
    let page = String::from_utf8_lossy(&page.stdout).into_owned();
    assert!(
        page.contains("教师交流轮岗") && page.contains("不足"),
        "{page}"
    );
}

#[test]
fn the_table_of_sizes_lists_every_class_and_school_that_is_counted_as_too_large() {
    let place = tempfile::tempdir().expect("a folder");
    let case = place.path().join("case");
    std::fs::create_dir(&case).expect("a folder");
    std::fs::copy(format!("{COUNTY}/case.toml"), case.join("case.toml")).expect("a copy");
    // No class of the county is too large; with one class a school they are.
    let schools = std::fs::read_to_string(format!("{COUNTY}/schools.csv")).expect("the schools");
    let mut lines = schools
        .lines()
        .map(|line| line.split(',').collect::<Vec<_>>());
    let header = lines.next().expect("a header");
    let classes: Vec<usize> = header
        .iter()
        .enumerate()
        .filter(|(_, name)| name.contains("班"))
        .map(|(at, _)| at)
        .collect();
    let mut fewer = vec![header.join(",")];
    for mut line in lines {
        for &at in classes.iter().filter(|_| fewer.len() % 5 == 0) {
            line[at] = if line[at].is_empty() { "" } else { "1" };
        }
        fewer.push(line.join(","));
    }
    std::fs::write(case.join("schools.csv"), fewer.join("\n")).expect("written");
    let (case, out) = (
        case.display().to_string(),
        place.path().display().to_string(),
    );
    ended(&run(&["compliance", &case, "--out", &out, "--quiet"]), 0);
    let table = Sheet::read(place.path(), "compliance-sizes.csv");
    let told = std::fs::read_to_string(place.path().join("compliance.json")).expect("the JSON");
    let told: serde_json::Value = serde_json::from_str(&told).expect("JSON");
    let mut listed = 0;
    for (key, year) in [("sizes_now", 2026), ("sizes_end", 2030)] {
        let column = table.at(&format!("{year}年超限人数"));
        let over: Vec<&Vec<String>> = table
            .rows
            .iter()
            .filter(|row| !row[column].is_empty())
            .collect();
        let counted = told[key].as_array().expect("a list").iter();
        let counted: u64 = counted
            .map(|one| one["above"].as_u64().expect("a count"))
            .sum();
        assert_eq!(over.len() as u64, counted, "{key}");
        for row in &over {
            let number = |at: usize| row[at].parse::<f64>().expect("a number");
            assert!(number(column) > number(table.at("上限（人）")), "{row:?}");
        }
        listed += over.len();
    }
    assert!(listed > 0, "the county has classes that are too large");
}
