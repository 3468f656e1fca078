//! Names that mean something to a spreadsheet, a browser, a terminal or a template, that are very long or read from the
//! right: in every file they come out as plain text.

#[path = "sheets/mod.rs"]
mod sheets;

use std::fs;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::Data;
use quick_xml::Reader;
use quick_xml::events::Event;
use sheets::Book;
use tempfile::TempDir;

const SCRIPT: &str = "<script>alert(1)</script>";
const FORMULA: &str = "=HYPERLINK(\"\"http://evil\"\",\"\"x\"\")";
const LEFTWARD: &str = "\u{202e}בית ספר\u{200f}";
const CONTROL: &str = "\u{7}\u{1b}[31m红村小学";
const PLACE: &str = "{{标题}}{{tasks}}小学";

/// The school district with wild names of schools, a township, a measure, a resource, a fund and the case itself.
fn wild(place: &TempDir) -> PathBuf {
    let from = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios/district");
    let case = place.path().join("case");
    fs::create_dir_all(&case).expect("a folder");
    let schools = fs::read_to_string(from.join("schools.csv")).expect("the schools");
    let long = "长".repeat(10_000);
    let schools = schools
        .replace("青石镇中心小学", SCRIPT)
        .replace("青石镇第二小学", &format!("\"{FORMULA}\""))
        .replace("柳沟村小学", &long)
        .replace("石桥乡中心小学", LEFTWARD)
        .replace("东湾村小学", PLACE)
        .replace(",石桥乡,", ",</td><b>乡,");
    fs::write(case.join("schools.csv"), schools).expect("written");
    let stated = fs::read_to_string(from.join("case.toml")).expect("the case");
    let stated = stated
        .replacen(
            "name = \"青石",
            "name = \"<img src=x onerror=alert(2)>青石",
            1,
        )
        .replace(
            "name = \"普通教室\"",
            "name = \"</text><script>alert(3)</script>教室\"",
        )
        .replace("name = \"购置学生用计算机\"", "name = \"=1+1|计算机*_`#\"")
        .replace(
            "name = \"县级教育经费\"",
            "name = \"@SUM(1)\\u0007\\u202e经费\"",
        );
    fs::write(case.join("case.toml"), stated).expect("written");
    case
}

fn run(arguments: &[&str]) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    let output = command.args(arguments).args(["--lang", "zh"]).output();
    let output = output.expect("the command starts");
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert_eq!(output.status.code(), Some(0), "{arguments:?}: {said}");
    for text in [said, String::from_utf8_lossy(&output.stdout).into_owned()] {
        assert!(is_tame(&text), "{arguments:?}: {text}");
    }
}

/// Whether nothing in a text can steer a terminal or turn the reading direction.
fn is_tame(text: &str) -> bool {
    let turns = |c: char| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    !text
        .chars()
        .any(|c| turns(c) || (c.is_control() && !matches!(c, '\n' | '\r' | '\t')))
}

/// Whether a text holds no control character. Tables carry names as they were read, so that they can be told apart
/// when the table comes back: marks of direction too.
fn is_plain(text: &str) -> bool {
    !text
        .chars()
        .any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t'))
}

/// The text of a well-formed XML part, and the names of its elements.
fn xml(name: &str, part: &str) -> (String, Vec<String>) {
    assert!(is_plain(part), "{name}");
    let mut reader = Reader::from_str(part);
    let (mut text, mut elements) = (String::new(), Vec::new());
    loop {
        let event = reader.read_event();
        match event.unwrap_or_else(|failed| panic!("{name}: {failed}")) {
            Event::Start(start) => elements.push(start.name().as_ref().to_string()),
            Event::Empty(empty) => elements.push(empty.name().as_ref().to_string()),
            Event::Text(more) => text += &more,
            Event::GeneralRef(entity) => text.push(match entity.as_ref() {
                "lt" => '<',
                "gt" => '>',
                "amp" => '&',
                _ => '"',
            }),
            Event::Eof => return (text, elements),
            _ => {}
        }
    }
}

#[test]
fn no_file_takes_a_name_for_more_than_a_name() {
    let place = TempDir::new().expect("a folder");
    let case = wild(&place);
    let case = case.display().to_string();
    let at = |name: &str| place.path().join(name);
    let shown = |name: &str| at(name).display().to_string();
    run(&["solve", &case, "--out", &shown("plan")]);
    run(&["solve", &case, "--out", &shown("plan.xlsx")]);
    run(&["draft", &case, "--out", &shown("draft.docx")]);
    run(&["draft", &case, "--out", &shown("draft.html")]);
    run(&["draft", &case, "--out", &shown("draft.md")]);
    run(&[
        "report",
        &case,
        "--out",
        &shown("report.html"),
        "--charts",
        &shown("charts"),
    ]);
    run(&["compliance", &case, "--out", &shown("compliance")]);
    run(&["why", &case]);
    let text = |name: &str| fs::read_to_string(at(name)).expect(name);

    tables(&at("plan"));
    workbook(&at("plan.xlsx"));
    paper(&at("draft.docx"));
    for name in ["draft.html", "report.html"] {
        page(name, &text(name));
    }
    for name in ["draft.md", "plan/plan.md"] {
        let text = text(name);
        assert!(is_tame(&text), "{name}");
        for wild in ["<script", "<img", "<b>"] {
            assert!(!text.contains(wild), "{name}: {wild}");
        }
        assert!(text.contains("\\|计算机\\*\\_\\`\\#"), "{name}");
    }
    for entry in fs::read_dir(at("charts")).expect("the charts") {
        let path = entry.expect("a file").path();
        let bytes = fs::read(&path).expect("a chart");
        match path.extension().is_some_and(|ending| ending == "svg") {
            true => {
                let name = path.display().to_string();
                let svg = String::from_utf8(bytes).expect("UTF-8");
                assert!(is_tame(&svg), "{name}");
                let (_, elements) = xml(&name, &svg);
                assert!(
                    !elements.iter().any(|element| element == "script"),
                    "{name}"
                );
            }
            false => assert!(bytes.starts_with(b"\x89PNG"), "{}", path.display()),
        }
    }
    // A result comes back: names are only read by people.
    run(&["audit", &case, &shown("plan/plan.csv")]);
    run(&["audit", &case, &shown("plan.xlsx")]);
}

#[test]
fn control_characters_are_refused_where_they_are_read() {
    let place = TempDir::new().expect("a folder");
    let case = wild(&place);
    let file = case.join("schools.csv");
    let schools = fs::read_to_string(&file).expect("the schools");
    fs::write(&file, schools.replace("北山村小学", CONTROL)).expect("written");
    let output = Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(["check", &case.display().to_string(), "--lang", "zh"])
        .output()
        .expect("the command starts");
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8_lossy(&output.stdout).into_owned()
        + &String::from_utf8_lossy(&output.stderr);
    assert!(said.contains("E110") && said.contains("U+0007"), "{said}");
    assert!(is_tame(&said), "{said}");
}

/// No cell begins as a formula does.
fn tables(folder: &Path) {
    for name in ["plan.csv", "gaps.csv", "moves.csv"] {
        let file = fs::read(folder.join(name)).expect(name);
        let mut reader = csv::ReaderBuilder::new()
            .has_headers(false)
            .from_reader(&file[3..]);
        for record in reader.records() {
            for cell in &record.expect(name) {
                let number = cell.parse::<f64>().is_ok();
                assert!(
                    number || !cell.starts_with(['=', '+', '-', '@', '\t']),
                    "{name}: {cell:.60}"
                );
                assert!(is_plain(cell), "{name}: {cell:.60}");
            }
        }
    }
}

/// The names are texts and no formulas; the long one is whole.
fn workbook(file: &Path) {
    let book = Book::open(file);
    let texts: Vec<&String> = book
        .values
        .values()
        .flat_map(|cells| cells.values())
        .filter_map(|cell| match cell {
            Data::String(text) => Some(text),
            _ => None,
        })
        .collect();
    let formula = FORMULA.replace("\"\"", "\"");
    for name in [SCRIPT, &formula, &"长".repeat(10_000), PLACE] {
        assert!(texts.iter().any(|text| text.contains(name)), "{name:.40}");
    }
    let formulas = book
        .formulas
        .values()
        .flat_map(|formulas| formulas.values());
    for formula in formulas {
        let known = ["SUM", "SUBTOTAL", "SUMPRODUCT"];
        assert!(
            known.iter().any(|name| formula.contains(name)) || !formula.contains('('),
            "{formula}"
        );
        assert!(!formula.contains("HYPERLINK"), "{formula}");
    }
    for (name, part) in sheets::parts(file) {
        if name.ends_with(".xml") {
            xml(&name, &part);
        }
    }
}

fn paper(file: &Path) {
    let bytes = fs::read(file).expect("the draft");
    let mut archive = zip::ZipArchive::new(Cursor::new(bytes)).expect("an archive");
    let mut said = String::new();
    for at in 0..archive.len() {
        let mut part = archive.by_index(at).expect("a part");
        let name = part.name().expect("a name").into_owned();
        if !name.ends_with(".png") {
            let mut text = String::new();
            part.read_to_string(&mut text).expect("UTF-8");
            assert!(is_tame(&text), "{name}");
            let (text, elements) = xml(&name, &text);
            assert!(
                !elements
                    .iter()
                    .any(|element| element == "script" || element == "b")
            );
            said += &text;
        }
    }
    for name in [
        SCRIPT,
        "=HYPERLINK(\"http://evil\",\"x\")",
        PLACE,
        "בית ספר",
    ] {
        assert!(said.contains(name), "{name}");
    }
}

/// What a browser would make of a page: no element but those the page has by itself.
fn page(name: &str, html: &str) {
    assert!(is_tame(html), "{name}");
    for wild in [
        "<script>alert",
        "<img",
        "<b>乡",
        "onerror=alert(2)>青石</h1>",
    ] {
        assert!(!html.contains(wild), "{name}: {wild}");
    }
    assert!(
        html.contains("&lt;img src=x onerror=alert(2)&gt;青石"),
        "{name}"
    );
    assert!(!html.contains("{{标题}}") || html.contains(PLACE), "{name}");
}
