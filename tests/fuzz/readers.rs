//! Every reader of files, fed with bytes of anyone's making. Shared by the fuzz targets and `tests/corpus.rs`.
//!
//! Whatever the bytes are, a reader ends with something read or with coded findings, never with a panic.

use std::fs;
use std::io::{Cursor, Write};
use std::path::{Path, PathBuf};
use std::time::Instant;

use junheng::case::Case;
use junheng::case::balance::survey;
use junheng::plan::table::{self, Wanted};
use junheng::plan::{Options, Plan, solve};
use junheng::read::number::{self, Cell};
use junheng::read::table::{read_sheet, read_sheet_expecting};
use junheng::read::{Reading, new_case, read_case};
use junheng::report::{Question, plan_csv};
use junheng::words::{Halt, Lang, Notices, YearIx};
use tempfile::TempDir;
use zip::CompressionMethod;
use zip::write::SimpleFileOptions;

/// A reader to be fed.
pub type Feed = fn(&Place, &[u8]);

/// Every reader, by the name of its fuzz target and of its folder of seeds.
pub const READERS: [(&str, Feed); 7] = [
    ("table", table),
    ("workbook", workbook),
    ("number", number),
    ("case_toml", case_toml),
    ("overlay", overlay),
    ("plan_table", plan_table),
    ("case_folder", case_folder),
];

/// Feeds the reader of this name.
pub fn feed(name: &str, bytes: &[u8]) {
    thread_local! {
        static PLACE: Place = Place::new();
    }
    let reader = READERS.iter().find(|(own, _)| *own == name);
    let (_, reader) = reader.expect("a reader of this name");
    PLACE.with(|place| reader(place, bytes));
}

/// Where readers are fed: a copy of the simple case, of which files are replaced.
pub struct Place {
    folder: TempDir,
    case: Case,
    plan: Plan,
}

impl Place {
    fn new() -> Place {
        let simple = Path::new(env!("CARGO_MANIFEST_DIR"))
            .ancestors()
            .map(|above| above.join("tests/simple_case"))
            .find(|folder| folder.is_dir())
            .expect("the simple case");
        let folder = tempfile::tempdir().expect("a folder");
        fs::create_dir(folder.path().join("scenarios")).expect("a folder");
        for file in [
            "case.toml",
            "schools.csv",
            "links.csv",
            "scenarios/less.toml",
        ] {
            fs::copy(simple.join(file), folder.path().join(file)).expect("a copy");
        }
        let case = read_case(folder.path()).case.expect("the simple case");
        let answer = solve(&case, &Options::default());
        Place {
            folder,
            case,
            plan: answer.plan.expect("the simple case has a plan"),
        }
    }

    fn write(&self, file: &str, bytes: &[u8]) -> PathBuf {
        let path = self.folder.path().join(file);
        fs::write(&path, bytes).expect("written");
        path
    }

    /// Reads the case with one file replaced, which then is what it was.
    fn with(&self, file: &str, bytes: &[u8]) {
        let path = self.folder.path().join(file);
        let before = fs::read(&path).ok();
        fs::write(&path, bytes).expect("written");
        read_and_use(self.folder.path());
        match before {
            Some(before) => fs::write(&path, before).expect("written"),
            None => fs::remove_file(&path).expect("removed"),
        }
    }
}

/// A table, with headers to look for and without, and the draft of a case from it.
fn table(place: &Place, bytes: &[u8]) {
    place.write("table.csv", bytes);
    let folder = place.folder.path();
    let mut notices = Notices::new();
    if let Some(sheet) = read_sheet(folder, "table.csv", &mut notices) {
        let all = sheet.header.len();
        assert!(sheet.records.iter().all(|record| record.cells.len() == all));
        let draft = new_case::draft(&sheet, "table.csv", Lang::Zh);
        assert!(!draft.text.is_empty());
    }
    read_sheet_expecting(folder, "table.csv", &["代码", "学生", "km"], &mut notices);
    in_words(&notices);
}

/// A workbook as a table and as a whole case: the bytes as they are, and as the parts of a sound package (its sheet, its
/// shared strings, its styles).
fn workbook(place: &Place, bytes: &[u8]) {
    let folder = place.folder.path();
    for content in [bytes.to_vec(), package(bytes)] {
        let file = place.write("table.xlsx", &content);
        let mut notices = Notices::new();
        read_sheet(folder, "table.xlsx", &mut notices);
        in_words(&notices);
        let Reading { case, notices, .. } = read_case(&file);
        assert_eq!(case.is_some(), !notices.any_error());
        in_words(&notices);
    }
}

/// The parts of a workbook that say where the others are.
const SKELETON: [(&str, &str); 4] = [
    (
        "[Content_Types].xml",
        r#"<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>"#,
    ),
    (
        "_rels/.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>"#,
    ),
    (
        "xl/workbook.xml",
        r#"<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>"#,
    ),
    (
        "xl/_rels/workbook.xml.rels",
        r#"<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/sharedStrings" Target="sharedStrings.xml"/><Relationship Id="r3" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles" Target="styles.xml"/></Relationships>"#,
    ),
];

fn package(bytes: &[u8]) -> Vec<u8> {
    let parts = split::<3>(bytes);
    let names = [
        "xl/worksheets/sheet1.xml",
        "xl/sharedStrings.xml",
        "xl/styles.xml",
    ];
    let skeleton = SKELETON.iter().map(|(name, text)| (*name, text.as_bytes()));
    let mut zip = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    for (name, content) in skeleton.chain(names.into_iter().zip(parts)) {
        zip.start_file(name, stored).expect("a part");
        zip.write_all(content).expect("written");
    }
    zip.finish().expect("packed").into_inner()
}

/// A cell that should be a number.
fn number(_: &Place, bytes: &[u8]) {
    let text = String::from_utf8_lossy(bytes);
    if let Cell::Number(value) = number::parse(&text, &["待报".to_string()]) {
        assert!(value.is_finite(), "{text:?}");
    }
}

/// The file that every case has, beside sound tables.
fn case_toml(place: &Place, bytes: &[u8]) {
    place.with("case.toml", bytes);
}

/// A scenario beside a sound case.
fn overlay(place: &Place, bytes: &[u8]) {
    place.with("scenarios/other.toml", bytes);
}

/// A plan table that comes back from a planner: the bytes alone, and below the headers of a sound one.
fn plan_table(place: &Place, bytes: &[u8]) {
    let asked = Question {
        case: &place.case,
        scenario: None,
        lang: place.case.lang,
    };
    let mut sound = Vec::new();
    plan_csv::write(&mut sound, &asked, &place.plan).expect("written");
    let header = sound
        .split_inclusive(|byte| *byte == b'\n')
        .next()
        .unwrap_or_default();
    for content in [bytes.to_vec(), [header, bytes].concat()] {
        let file = place.write("plan.csv", &content);
        for wanted in [Wanted::All, Wanted::Locked] {
            match table::read(&place.case, &file, wanted) {
                Ok(rows) => {
                    junheng::plan::audit::audit(&place.case, &rows, &[]);
                }
                Err(notices) => in_words(&notices),
            }
        }
    }
}

/// What parts the files of a case folder in one string of bytes, and their names.
const PARTS: [&str; 4] = [
    "case.toml",
    "schools.csv",
    "links.csv",
    "scenarios/other.toml",
];
const PART: &[u8] = b"\n=====\n";

/// The bytes as so many parts.
fn split<const N: usize>(bytes: &[u8]) -> [&[u8]; N] {
    let mut rest = bytes;
    std::array::from_fn(|_| {
        let end = rest.windows(PART.len()).position(|window| window == PART);
        let (own, after) = match end {
            Some(at) => (&rest[..at], &rest[at + PART.len()..]),
            None => (rest, &[][..]),
        };
        rest = after;
        own
    })
}

/// A whole case folder: its files after one another.
fn case_folder(_: &Place, bytes: &[u8]) {
    let folder = tempfile::tempdir().expect("a folder");
    fs::create_dir(folder.path().join("scenarios")).expect("a folder");
    for (file, own) in PARTS.into_iter().zip(split::<4>(bytes)) {
        fs::write(folder.path().join(file), own).expect("written");
    }
    read_and_use(folder.path());
}

/// Reads a case and does with it what costs little.
fn read_and_use(folder: &Path) {
    let Reading {
        case,
        overlays,
        notices,
        ..
    } = read_case(folder);
    assert_eq!(case.is_some(), !notices.any_error());
    in_words(&notices);
    let Some(case) = case else { return };
    let changed = overlays.iter().map(|overlay| overlay.apply(&case));
    for case in std::iter::once(case.clone()).chain(changed) {
        survey(
            &case,
            |school, resource| case.schools[school].stock[resource.at()],
            YearIx::new(0),
        );
        if case.schools.len() < 20 {
            // No time to search: dealt out of nothing, in whole units, and audited.
            solve(
                &case,
                &Options {
                    halt: Halt::default().at(Instant::now()),
                    ..Options::default()
                },
            );
        }
    }
}

/// Every finding can be said in both languages.
fn in_words(notices: &Notices) {
    for notice in notices.iter() {
        for lang in [Lang::Zh, Lang::En] {
            let (message, remedy) = (notice.message(lang), notice.remedy(lang));
            assert!(!message.is_empty() && !remedy.is_empty());
        }
    }
}
