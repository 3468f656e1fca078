//! The workbooks in LibreOffice: opened, computed anew, written and read back, they are what they were. Where there is
//! no LibreOffice the tests say so and pass, unless `JUNHENG_REQUIRE_OFFICE=1`.

#[path = "../common/picture.rs"]
mod picture;
mod pictures;
#[path = "../sheets/mod.rs"]
mod sheets;

use std::path::{Path, PathBuf};
use std::process::Command;

use calamine::Data;
use sheets::{Book, close, pack, parts};

/// The names under which LibreOffice is called.
const OFFICES: [&str; 2] = ["soffice", "libreoffice"];

/// The settings of an office that computes every formula anew when it opens a workbook, whoever wrote it.
const SETTINGS: &str = r#"<?xml version="1.0" encoding="UTF-8"?>
<oor:items xmlns:oor="http://openoffice.org/2001/registry" xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">
<item oor:path="/org.openoffice.Office.Calc/Formula/Load"><prop oor:name="OOXMLRecalcMode" oor:op="fuse"><value>0</value></prop></item>
</oor:items>
"#;

/// An office with settings of its own.
struct Office {
    program: &'static str,
    place: tempfile::TempDir,
}

impl Office {
    /// The office of this machine; `None` when there is none and none is required.
    fn here() -> Option<Office> {
        let answers = |program: &&&str| {
            let asked = Command::new(program).arg("--version").output();
            asked.is_ok_and(|output| output.status.success())
        };
        let Some(program) = OFFICES.iter().find(answers) else {
            let required = std::env::var("JUNHENG_REQUIRE_OFFICE").is_ok_and(|value| value == "1");
            assert!(!required, "LibreOffice is required and was not found");
            println!("not tested: there is no LibreOffice here");
            return None;
        };
        let place = tempfile::tempdir().expect("a folder");
        let user = place.path().join("profile/user");
        std::fs::create_dir_all(&user).expect("a folder");
        std::fs::write(user.join("registrymodifications.xcu"), SETTINGS).expect("the settings");
        Some(Office { program, place })
    }

    /// A plan or a comparison, written by the command.
    fn written(&self, arguments: &[&str], name: &str, code: i32) -> PathBuf {
        let path = self.place.path().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
        command.args(arguments).arg("--out").arg(&path);
        let output = command.output().expect("the command starts");
        let said = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{said}");
        path
    }

    /// What the office makes of files: one of each, in another folder.
    fn converted(&self, files: &[&Path], kind: &str) -> Vec<PathBuf> {
        let out = self.place.path().join(format!("as-{kind}"));
        let profile = format!("file://{}", self.place.path().join("profile").display());
        let mut command = Command::new(self.program);
        command
            .arg(format!("-env:UserInstallation={profile}"))
            .args([
                "--headless",
                "--norestore",
                "--convert-to",
                kind,
                "--outdir",
            ])
            .arg(&out)
            .args(files);
        let output = command.output().expect("LibreOffice starts");
        let said = String::from_utf8_lossy(&output.stderr).into_owned();
        let made = files.iter().map(|file| {
            let name = file.file_stem().expect("a name").to_string_lossy();
            let path = out.join(format!("{name}.{kind}"));
            assert!(
                path.exists(),
                "LibreOffice did not write {}: {said}",
                path.display()
            );
            path
        });
        made.collect()
    }
}

fn scenario(name: &str) -> String {
    format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// Every value and every formula of a workbook is in the other, and the sheets are in the same order.
fn same(one: &Book, other: &Book) {
    assert_eq!(one.names, other.names);
    for sheet in &one.names {
        for (at, value) in &one.values[sheet] {
            let place = format!("{sheet} {at:?}");
            match (value, other.value(sheet, *at)) {
                (Data::Float(number), Data::Float(found)) => {
                    assert!(close(*number, found), "{place}: {number} became {found}");
                }
                (Data::String(text), Data::String(found)) => {
                    // A line break within a cell may be written in two ways.
                    assert_eq!(
                        text.replace("\r\n", "\n"),
                        found.replace("\r\n", "\n"),
                        "{place}"
                    );
                }
                (Data::Empty, Data::Empty) => {}
                (one, other) => panic!("{place}: {one:?} became {other:?}"),
            }
        }
        let formulas = |book: &Book| book.formulas[sheet].keys().copied().collect::<Vec<_>>();
        assert_eq!(
            formulas(one),
            formulas(other),
            "{sheet}: where formulas stand"
        );
    }
}

#[test]
fn computed_anew_the_workbooks_are_what_they_were() {
    let Some(office) = Office::here() else {
        return;
    };
    let district = scenario("district");
    let plan = office.written(&["solve", &district, "--lang", "zh"], "plan.xlsx", 0);
    let osun = office.written(
        &[
            "solve",
            &scenario("five-schools"),
            "--lang",
            "en",
            "--prices",
            "--frontier",
        ],
        "five.xlsx",
        0,
    );
    let compared = office.written(&["compare", &district, "--lang", "en"], "compared.xlsx", 4);
    let impossible = ["solve", &district, "--scenario", "sooner", "--lang", "zh"];
    let impossible = office.written(&impossible, "impossible.xlsx", 4);
    // A copy whose totals lie: proof that the office computes them, and that a wrong one would be found.
    let mut lying = parts(&plan);
    let sheets = Book::open(&plan).names;
    let at = sheets.iter().position(|name| name == "资金安排");
    let at = at.expect("the money") + 1;
    let money = lying
        .get_mut(&format!("xl/worksheets/sheet{at}.xml"))
        .expect("the money");
    let at = money.find("<f>SUBTOTAL").expect("a total");
    let value = at + money[at..].find("<v>").expect("its value");
    let end = value + money[value..].find("</v>").expect("its end");
    money.replace_range(value..end, "<v>12345678");
    let liar = office.place.path().join("lying.xlsx");
    pack(&liar, &lying);

    let originals = [&plan, &osun, &compared, &impossible];
    let files: Vec<&Path> = originals
        .iter()
        .map(|path| path.as_path())
        .chain([liar.as_path()])
        .collect();
    let made = office.converted(&files, "xlsx");
    for (original, made) in originals.iter().zip(&made) {
        same(&Book::open(original), &Book::open(made));
    }
    let (truth, lie, corrected) = (Book::open(&plan), Book::open(&liar), Book::open(&made[4]));
    assert!(
        lie.values["资金安排"]
            .values()
            .any(|cell| *cell == Data::Float(12_345_678.0))
    );
    same(&truth, &corrected);
    // The plan is still understood when the office has written it.
    let mut audit = Command::new(env!("CARGO_BIN_EXE_junheng"));
    audit.args(["audit", &district]).arg(&made[0]);
    let audited = audit.output().expect("the command starts");
    assert_eq!(
        audited.status.code(),
        Some(0),
        "{}",
        String::from_utf8_lossy(&audited.stderr)
    );
}

#[test]
fn the_workbooks_print() {
    let Some(office) = Office::here() else {
        return;
    };
    let plan = office.written(
        &["solve", &scenario("district"), "--lang", "zh"],
        "plan.xlsx",
        0,
    );
    let made = office.converted(&[&plan], "pdf");
    let printed = std::fs::read(&made[0]).expect("the pages");
    assert!(printed.starts_with(b"%PDF-"));
    // Nine sheets, each as wide as its page: some take several pages, none takes pages side by side.
    let pages = String::from_utf8_lossy(&printed)
        .matches("/Type/Page/")
        .count();
    assert!((9..30).contains(&pages), "{pages} pages");
}

/// Lines of the text of a PDF, as `pdftotext` finds them; `None` where that program is not there and not required.
fn text_of(pdf: &Path) -> Option<String> {
    let read = Command::new("pdftotext")
        .arg("-layout")
        .arg(pdf)
        .arg("-")
        .output();
    match read {
        Ok(output) if output.status.success() => {
            Some(String::from_utf8_lossy(&output.stdout).into_owned())
        }
        _ => {
            let required = std::env::var("JUNHENG_REQUIRE_OFFICE").is_ok_and(|value| value == "1");
            assert!(!required, "pdftotext is required and was not found");
            println!("not tested: there is no pdftotext here");
            None
        }
    }
}

#[test]
fn a_draft_opens_as_a_paper_with_numbered_pages_and_all_of_its_text() {
    let Some(office) = Office::here() else {
        return;
    };
    let draft = office.written(
        &["draft", &scenario("district"), "--quiet"],
        "draft.docx",
        0,
    );
    let papers = office.converted(&[&draft], "pdf");
    let Some(text) = text_of(&papers[0]) else {
        return;
    };
    let pages: Vec<&str> = text
        .split('\u{c}')
        .filter(|page| !page.trim().is_empty())
        .collect();
    assert!((10..40).contains(&pages.len()), "{} pages", pages.len());
    for (at, page) in pages.iter().enumerate() {
        let number = format!("—{}—", at + 1);
        let page: String = page.split_whitespace().collect();
        assert!(
            page.contains(&number),
            "page {} has no number:\n{page}",
            at + 1
        );
    }
    // Lines break anywhere in Chinese.
    let joined: String = text.split_whitespace().collect();
    let plan = std::fs::read_to_string(scenario("district/expected/plan.csv")).expect("the plan");
    let schools: std::collections::BTreeSet<&str> = plan
        .lines()
        .skip(1)
        .filter_map(|line| line.split(',').nth(4))
        .collect();
    assert_eq!(schools.len(), 8);
    for school in schools {
        // In a narrow column a name goes on in the next line.
        let begins: String = school.chars().take(3).collect();
        assert!(joined.contains(&begins), "{school} is not on paper");
    }
    // By how much the gap falls, as the memo of the same plan says it.
    let memo = std::fs::read_to_string(scenario("district/expected/plan.md")).expect("the memo");
    let less = memo
        .split("，减少 ")
        .nth(1)
        .and_then(|rest| rest.split('%').next());
    let less = format!("减少{}%", less.expect("by how much"));
    for said in [
        "一、现状与问题",
        "五、保障措施与验收",
        "附件1",
        "附件2",
        &less,
    ] {
        assert!(joined.contains(said), "{said} is not on paper");
    }
    // What a font lacks is drawn as a box, and read back as nothing or as this mark.
    assert!(!text.contains('\u{fffd}'));
}
