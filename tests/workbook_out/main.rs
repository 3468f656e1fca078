//! The plan and the comparison as workbooks: the numbers of the files of the folder, totals that are formulas and agree,
//! text that stays text, the same bytes, and a plan table that is read back.

#[path = "../sheets/mod.rs"]
mod sheets;
mod studies;

use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use calamine::Data;
use sheets::{Book, close, letters, pack, parts};
use tempfile::TempDir;

fn scenario(name: &str) -> String {
    format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"))
}

fn run(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command.args(arguments).env("LC_ALL", "C").env("LANG", "C");
    command.output().expect("the command starts")
}

fn ended(output: &Output, code: i32) {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(code), "{said}");
}

/// A folder with what a command writes into it as a folder and as a workbook.
struct Written {
    place: TempDir,
    book: PathBuf,
}

impl Written {
    fn by(arguments: &[&str], code: i32) -> Written {
        let place = tempfile::tempdir().expect("a folder");
        let book = place.path().join("plan.xlsx");
        for out in [place.path().join("out"), book.clone()] {
            let out = out.to_string_lossy().into_owned();
            ended(&run(&[arguments, &["--out", &out]].concat()), code);
        }
        Written { place, book }
    }

    fn book(&self) -> Book {
        Book::open(&self.book)
    }

    /// Header and records of a table of the folder.
    fn csv(&self, name: &str) -> Vec<Vec<String>> {
        let text =
            std::fs::read_to_string(self.place.path().join("out").join(name)).expect("a table");
        let text = text.trim_start_matches('\u{feff}').to_string();
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(text.as_bytes());
        let records = reader.records();
        let own = |record: csv::StringRecord| record.iter().map(str::to_string).collect();
        records
            .map(|record| own(record.expect("a record")))
            .collect()
    }
}

/// Every cell of a sheet is that of the table: numbers as numbers, texts as texts. Gives the number of its rows.
fn same_cells(book: &Book, sheet: &str, table: &[Vec<String>]) -> u32 {
    for (row, record) in table.iter().enumerate() {
        for (column, said) in record.iter().enumerate() {
            let at = (row as u32, column as u32);
            let place = format!("{sheet} {at:?}");
            match book.value(sheet, at) {
                Data::Empty => assert_eq!(said, "", "{place}"),
                Data::Float(number) => assert_eq!(Ok(number), said.parse(), "{place}"),
                Data::String(text) => {
                    assert_eq!(text, said.strip_prefix('\'').unwrap_or(said), "{place}");
                }
                other => panic!("{place}: {other:?}"),
            }
        }
    }
    table.len() as u32
}

/// Every formula comes to what is stored beside it; gives how many there are.
fn formulas_agree(book: &Book) -> usize {
    for (sheet, formulas) in &book.formulas {
        for (&at, formula) in formulas {
            let (stored, found) = (book.number(sheet, at), book.evaluate(sheet, formula));
            assert!(
                close(stored, found),
                "{sheet} {at:?} ={formula}: {stored} is not {found}"
            );
        }
    }
    book.formulas.values().map(|formulas| formulas.len()).sum()
}

#[test]
fn the_plan_holds_the_numbers_of_the_folder() {
    for (case, arguments, sheets) in [
        (
            "district",
            ["--lang", "zh"],
            ["方案表", "学校前后", "交流安排"],
        ),
        (
            "district",
            ["--scenario", "tight"],
            ["方案表", "学校前后", "交流安排"],
        ),
        ("five-schools", ["--lang", "en"], ["Plan", "Schools", ""]),
    ] {
        let case = scenario(case);
        let written = Written::by(&[&["solve", case.as_str()], &arguments[..]].concat(), 0);
        let book = written.book();
        for (sheet, file) in sheets
            .into_iter()
            .zip(["plan.csv", "gaps.csv", "moves.csv"])
        {
            if sheet.is_empty() {
                assert!(!written.place.path().join("out").join(file).exists());
                continue;
            }
            let table = written.csv(file);
            let rows = same_cells(&book, sheet, &table);
            let last = book.values[sheet].keys().map(|(row, _)| *row).max();
            assert_eq!(last, Some(rows), "{sheet}: the records and a row of totals");
            assert!(book.formulas[sheet].keys().all(|(row, _)| *row == rows));
        }
        assert!(formulas_agree(&book) > 10);
    }
}

#[test]
fn totals_are_those_of_the_plan() {
    let written = Written::by(&["solve", &scenario("district"), "--lang", "zh"], 0);
    let (book, plan) = (written.book(), written.csv("plan.csv"));
    let json = std::fs::read(written.place.path().join("out/plan.json")).expect("plan.json");
    let json: serde_json::Value = serde_json::from_slice(&json).expect("JSON");
    let column = |name: &str| plan[0].iter().position(|header| header.starts_with(name));
    let total = column("合计金额").expect("the column");
    let spent = book.number("方案表", (plan.len() as u32, total as u32));
    let money = json["money"].as_array().expect("money");
    let cents: f64 = money
        .iter()
        .map(|one| (one["spent"].as_f64().expect("an amount") * 100.0).round())
        .sum();
    assert_eq!(spent, cents / 1e6, "万元");
    let summary = &book.values["概要"];
    let figure = |label: &str| {
        let (at, _) = summary
            .iter()
            .find(|(_, cell)| **cell == Data::String(label.into()))
            .expect("the label");
        book.number("概要", (at.0, 1))
    };
    assert_eq!(figure("规划支出"), spent);
    for (label, key) in [("规划前缺口指数", "before"), ("规划后缺口指数", "after")] {
        let gap = json["gap"][key].as_f64().expect("a gap");
        assert!((figure(label) - gap).abs() < 1e-4, "{label}");
    }
    let bound = json["certificate"]["whole"].as_f64().expect("a bound");
    assert_eq!(figure("任何方案的缺口都不低于"), bound);
    let said = book.texts("概要");
    for input in json["provenance"]["inputs"].as_array().expect("inputs") {
        assert!(said.contains(input["blake3"].as_str().expect("a hash")));
    }
}

#[test]
fn schools_add_up_over_their_resources() {
    let written = Written::by(&["solve", &scenario("district"), "--lang", "zh"], 0);
    let (book, gaps) = (written.book(), written.csv("gaps.csv"));
    let plan = written.csv("plan.csv");
    let at = |table: &[Vec<String>], name: &str| {
        let mut headers = table[0].iter();
        headers
            .position(|header| header.starts_with(name))
            .expect("the column")
    };
    let sum = |table: &[Vec<String>], code: &str, name: &str| -> f64 {
        let (school, column) = (at(table, "学校代码"), at(table, name));
        let own = table[1..].iter().filter(|record| record[school] == code);
        own.filter_map(|record| record[column].parse::<f64>().ok())
            .sum()
    };
    let sheet = "各校合计";
    let schools = book.values[sheet].keys().map(|(row, _)| *row).max();
    for row in 1..schools.expect("rows") {
        let Data::String(code) = book.value(sheet, (row, 2)) else {
            panic!("row {row} has no code");
        };
        for (column, table, name) in [
            (6, &gaps, "缺口指数·规划前"),
            (7, &gaps, "缺口指数·规划后"),
            (9, &plan, "合计金额"),
        ] {
            let (stored, found) = (book.number(sheet, (row, column)), sum(table, &code, name));
            assert!(
                (stored - found).abs() < 1e-4,
                "{code} {name}: {stored} {found}"
            );
        }
    }
}

#[test]
fn provinces_have_a_sheet_where_there_are_several() {
    let place = tempfile::tempdir().expect("a folder");
    let from = scenario("five-schools");
    let read = |file: &str| std::fs::read_to_string(format!("{from}/{file}")).expect("a file");
    let case = read("case.toml").replace(
        "name = \"学校名称\"",
        "name = \"学校名称\"\ncounty = \"县\"\nprovince = \"省\"",
    );
    let schools = read("schools.csv");
    let schools = schools.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line},县,省\n"),
        1 | 2 => format!("{line},甲县,甲省\n"),
        _ => format!("{line},乙县,乙省\n"),
    });
    std::fs::write(place.path().join("case.toml"), case).expect("a file");
    std::fs::write(
        place.path().join("schools.csv"),
        schools.collect::<String>(),
    )
    .expect("a file");
    let case = place.path().to_string_lossy().into_owned();
    let written = Written::by(&["solve", &case, "--lang", "zh"], 0);
    let book = written.book();
    let names = [1, 2, 3].map(|row| book.value("各省", (row, 0)));
    assert_eq!(
        names,
        ["甲省", "乙省", "合计"].map(|name| Data::String(name.into()))
    );
    assert_eq!(
        [1, 2, 3].map(|row| book.number("各省", (row, 1))),
        [2.0, 3.0, 5.0]
    );
    let spent = book.evaluate("资金安排", &format!("SUM(C2:C{})", 2));
    assert!(close(book.number("各省", (3, 2)), spent));
    same_cells(&book, "方案表", &written.csv("plan.csv"));
    same_cells(&book, "学校前后", &written.csv("gaps.csv"));
    assert!(formulas_agree(&book) > 10);
    assert!(book.texts("概要").contains("各省的学校数"));
}

#[test]
fn nothing_is_drawn_where_there_is_nothing_to_draw() {
    let place = tempfile::tempdir().expect("a folder");
    let from = scenario("five-schools");
    let schools = std::fs::read_to_string(format!("{from}/schools.csv")).expect("the schools");
    // Every school has more than it needs.
    let rich = schools.lines().enumerate().map(|(at, line)| match at {
        0 => format!("{line}\n"),
        _ => {
            let kept: Vec<&str> = line.split(',').take(4).collect();
            format!("{},99999,999\n", kept.join(","))
        }
    });
    std::fs::write(place.path().join("schools.csv"), rich.collect::<String>()).expect("a file");
    std::fs::copy(format!("{from}/case.toml"), place.path().join("case.toml")).expect("a file");
    let case = place.path().to_string_lossy().into_owned();
    let written = Written::by(&["solve", &case, "--lang", "zh"], 0);
    let (book, parts) = (written.book(), parts(&written.book));
    let charts = parts
        .keys()
        .filter(|name| name.starts_with("xl/charts/chart"));
    assert_eq!(charts.count(), 1, "the attainment alone");
    assert!(parts["xl/charts/chart1.xml"].contains("达标的校·项由 100% 变为 100%"));
    assert_eq!(written.csv("plan.csv").len(), 1, "the plan does nothing");
    same_cells(&book, "方案表", &written.csv("plan.csv"));
    same_cells(&book, "学校前后", &written.csv("gaps.csv"));
    formulas_agree(&book);
    assert!(book.texts("概要").contains("不采取任何措施"));
}

#[test]
fn the_comparison_holds_the_numbers_of_the_folder() {
    let written = Written::by(&["compare", &scenario("district"), "--lang", "zh"], 4);
    let book = written.book();
    let names = ["概要", "各情景", "学校得失", "资金安排", "各情景方案"];
    assert_eq!(book.names, names);
    // Every row of every plan, under the name of its scenario, without the column of locks.
    let mut plans: Vec<Vec<String>> = Vec::new();
    let folder = std::fs::read_dir(written.place.path().join("out")).expect("a folder");
    let planned = folder.map(|entry| entry.expect("an entry").path());
    let planned = planned.filter(|path| path.join("plan.csv").is_file());
    let mut names: Vec<String> = planned
        .map(|path| {
            path.file_name()
                .expect("a name")
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    // The case as it stands comes first.
    names.sort_by_key(|name| (name != "base", format!("{name}.toml")));
    assert!(names.len() > 3, "{names:?}");
    for name in &names {
        for (at, mut row) in written
            .csv(&format!("{name}/plan.csv"))
            .into_iter()
            .enumerate()
        {
            row.pop();
            row.insert(0, if at == 0 { "情景代码" } else { name }.to_string());
            if at > 0 || plans.is_empty() {
                plans.push(row);
            }
        }
    }
    assert!(plans.len() > 100, "{}", plans.len());
    same_cells(&book, "各情景方案", &plans);
    same_cells(&book, "各情景", &written.csv("comparison.csv"));
    same_cells(&book, "学校得失", &written.csv("comparison-schools.csv"));
    assert!(formulas_agree(&book) > 10);
    let said = book.texts("概要");
    assert!(
        said.contains("sooner") && said.contains("没有可行方案（已证明）"),
        "{said}"
    );
}

#[test]
fn sheets_are_frozen_filtered_barred_drawn_and_ready_to_print() {
    let written = Written::by(&["solve", &scenario("district"), "--lang", "zh"], 0);
    let (book, parts) = (written.book(), parts(&written.book));
    let names = [
        "概要",
        "方案表",
        "学校前后",
        "各校合计",
        "各项资源",
        "达标程度",
        "资金安排",
        "资金结转",
        "限额价格",
        "交流安排",
    ];
    assert_eq!(book.names, names);
    for at in 2..=names.len() {
        let sheet = &parts[&format!("xl/worksheets/sheet{at}.xml")];
        for mark in [
            "state=\"frozen\"",
            "<autoFilter ",
            "orientation=\"landscape\"",
            "fitToHeight=\"0\"",
        ] {
            assert!(sheet.contains(mark), "{}: {mark}", names[at - 1]);
        }
        assert_eq!(
            sheet.contains("type=\"dataBar\""),
            names[at - 1] != "交流安排"
        );
    }
    assert!(parts["xl/workbook.xml"].contains("_xlnm.Print_Titles"));
    let titles = [1, 2, 3].map(|at| parts[&format!("xl/charts/chart{at}.xml")].clone());
    assert!(titles[0].contains("缺口指数减少 81.7%"), "{}", titles[0]);
    assert!(titles[1].contains("规划期支出 657.36 万元"));
    assert!(titles[2].contains("达标的校·项由"));
    // What is drawn is there without a spreadsheet that computes: no series is empty.
    let series = |chart: &String| chart.matches("<c:ser>").count();
    assert_eq!(titles.each_ref().map(series), [2, 4, 2]);
    assert!(titles.iter().all(|chart| !chart.contains("<c:v></c:v>")));
    let styles = &parts["xl/styles.xml"];
    assert!(
        styles.contains("\" 万元\"") || styles.contains("&quot; 万元&quot;"),
        "{styles}"
    );
}

/// The school district with a school and a resource that a spreadsheet would run.
fn hostile(place: &Path) -> String {
    let case = place.join("case");
    std::fs::create_dir_all(case.join("scenarios")).expect("a folder");
    let from = scenario("five-schools");
    for file in ["case.toml", "schools.csv"] {
        let text = std::fs::read_to_string(format!("{from}/{file}")).expect("a file");
        let text = text
            .replace("小学4", "=1+1")
            .replace("小学3", "@x")
            .replace("小学2", "-2")
            .replace("name = \"图书\"", "name = \"=图书\"")
            .replace("name = \"五校算例", "name = \"+五校算例");
        std::fs::write(case.join(file), text).expect("a file");
    }
    case.to_string_lossy().into_owned()
}

#[test]
fn text_that_begins_like_a_formula_stays_text() {
    let place = tempfile::tempdir().expect("a folder");
    let case = hostile(place.path());
    let path = place.path().join("plan.xlsx");
    let out = path.to_string_lossy().into_owned();
    ended(&run(&["solve", &case, "--lang", "zh", "--out", &out]), 0);
    let book = Book::open(&path);
    for sheet in ["方案表", "学校前后"] {
        let said = book.texts(sheet);
        for name in ["=1+1", "@x", "-2", "=图书"] {
            assert!(
                said.lines().any(|text| text == name),
                "{sheet}: {name}\n{said}"
            );
        }
    }
    assert!(
        book.formulas
            .values()
            .flat_map(|all| all.values())
            .all(|said| said != "1+1")
    );
    // Marked, so that they are text even after somebody has edited them.
    let parts = parts(&path);
    let marked: Vec<usize> = parts["xl/styles.xml"]
        .split("<cellXfs")
        .nth(1)
        .expect("formats")
        .split("<xf ")
        .skip(1)
        .enumerate()
        .filter(|(_, format)| format.contains("quotePrefix=\"1\""))
        .map(|(at, _)| at)
        .collect();
    let strings: Vec<&str> = parts["xl/sharedStrings.xml"]
        .split("<si>")
        .skip(1)
        .collect();
    let mut seen = 0;
    for at in 1..=book.names.len() {
        for cell in parts[&format!("xl/worksheets/sheet{at}.xml")]
            .split("<c ")
            .skip(1)
        {
            let Some(string) = cell
                .split_once("t=\"s\"><v>")
                .and_then(|(_, rest)| rest.split_once('<'))
            else {
                continue;
            };
            let text = strings[string.0.parse::<usize>().expect("a number")];
            let text = text.split_once('>').map_or("", |(_, rest)| rest);
            let format = cell
                .split_once("s=\"")
                .and_then(|(_, rest)| rest.split_once('"'));
            let is_marked =
                format.is_some_and(|(at, _)| marked.iter().any(|one| one.to_string() == at));
            assert_eq!(
                text.starts_with(['=', '+', '-', '@']),
                is_marked,
                "{cell} {text}"
            );
            seen += usize::from(is_marked);
        }
    }
    assert!(seen > 8, "{seen}");
    ended(&run(&["audit", &case, &out]), 0);
}

#[test]
fn the_same_case_gives_the_same_bytes_on_any_number_of_threads() {
    let place = tempfile::tempdir().expect("a folder");
    let (district, five) = (scenario("district"), scenario("five-schools"));
    for (command, case, code) in [
        ("solve", &district, 0),
        ("solve", &five, 0),
        ("compare", &district, 4),
    ] {
        let written = |threads: &str, name: &str| {
            let path = place.path().join(name);
            let out = path.to_string_lossy().into_owned();
            ended(
                &run(&[command, case, "--threads", threads, "--out", &out]),
                code,
            );
            std::fs::read(path).expect("the workbook")
        };
        let first = written("1", "one.xlsx");
        assert!(first == written("1", "two.xlsx") && first == written("2", "three.XLSX"));
    }
}

#[test]
fn a_plan_workbook_is_audited_and_its_marked_rows_are_kept() {
    let written = Written::by(&["solve", &scenario("district"), "--lang", "zh"], 0);
    let path = written.book.to_string_lossy().into_owned();
    let case = scenario("district");
    let audited = run(&["audit", &case, &path, "--json"]);
    ended(&audited, 0);
    let by_csv = written
        .place
        .path()
        .join("out/plan.csv")
        .to_string_lossy()
        .into_owned();
    assert_eq!(
        audited.stdout,
        run(&["audit", &case, &by_csv, "--json"]).stdout
    );
    // 是 into the last cell of the first record, as somebody would in a spreadsheet.
    let lock = written.csv("plan.csv")[0].len() as u32 - 1;
    let mut parts = parts(&written.book);
    let sheet = parts.get_mut("xl/worksheets/sheet2.xml").expect("the plan");
    let row = sheet.find("<row r=\"2\"").expect("a record");
    let end = row + sheet[row..].find("</row>").expect("its end");
    let cell = format!(
        "<c r=\"{}2\" t=\"inlineStr\"><is><t>是</t></is></c>",
        letters(lock)
    );
    sheet.insert_str(end, &cell);
    let edited = written.place.path().join("edited.xlsx");
    pack(&edited, &parts);
    let again = written
        .place
        .path()
        .join("again.xlsx")
        .to_string_lossy()
        .into_owned();
    let edited = edited.to_string_lossy().into_owned();
    let kept = run(&["solve", &case, "--keep", &edited, "--out", &again, "--json"]);
    ended(&kept, 0);
    let json: serde_json::Value = serde_json::from_slice(&kept.stdout).expect("JSON");
    assert_eq!(json["provenance"]["kept_rows"], 1);
    // A file that was read is not written over.
    let before = std::fs::read(&edited).expect("the workbook");
    ended(
        &run(&["solve", &case, "--keep", &edited, "--out", &edited]),
        2,
    );
    assert!(before == std::fs::read(&edited).expect("the workbook"));
}

#[test]
fn an_impossible_case_has_a_summary_that_says_so() {
    let written = Written::by(
        &[
            "solve",
            &scenario("district"),
            "--scenario",
            "sooner",
            "--lang",
            "en",
        ],
        4,
    );
    let book = written.book();
    assert_eq!(book.names, ["Summary"]);
    let said = book.texts("Summary");
    assert!(said.contains("No plan is possible (proven)"), "{said}");
    assert!(
        said.contains("scenarios/sooner.toml") && said.contains("impossible"),
        "{said}"
    );
}

#[test]
fn another_ending_is_refused_before_the_work_with_what_to_type() {
    let place = tempfile::tempdir().expect("a folder");
    let at = |name: &str| place.path().join(name).to_string_lossy().into_owned();
    let five = scenario("five-schools");
    for (command, name, lang, hint) in [
        ("solve", "plan.xls", "zh", "plan.xlsx"),
        ("solve", "plan.ods", "en", "plan.xlsx"),
        ("compare", "plan.CSV", "en", "plan.xlsx"),
        (
            "prices",
            "plan.xlsx",
            "en",
            "solve and compare write workbooks",
        ),
    ] {
        let refused = run(&[command, &five, "--lang", lang, "--out", &at(name)]);
        ended(&refused, 2);
        let said = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(said.contains(hint) && said.lines().count() == 1, "{said}");
        assert!(refused.stdout.is_empty());
    }
    let nowhere = run(&["solve", &five, "--out", &at("five.txt/plan.xlsx")]);
    ended(&nowhere, 0);
    std::fs::write(at("file"), "x").expect("a file");
    ended(&run(&["solve", &five, "--out", &at("file/plan.xlsx")]), 2);
    let left = std::fs::read_dir(place.path()).expect("the folder").count();
    assert_eq!(left, 2, "nothing else was written");
}
