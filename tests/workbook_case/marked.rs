//! The marked copy: colours and comments where they should be, texts that are no formulas, all findings listed.

use std::io::{Cursor, Read};

use calamine::{Data, Reader, Xlsx};
use junheng::read::{folder_of, read_case};
use junheng::report::marked;
use junheng::words::Lang;

use crate::simple::Book;
use crate::written;

/// A part of a package as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).expect("a package");
    let mut text = String::new();
    let mut part = zip
        .by_name(name)
        .unwrap_or_else(|_| panic!("no part {name}"));
    part.read_to_string(&mut text).expect("a text");
    text
}

/// The style of a cell in the XML of a sheet.
fn style(sheet: &str, cell: &str) -> String {
    let start = sheet
        .find(&format!("r=\"{cell}\""))
        .unwrap_or_else(|| panic!("no cell {cell}"));
    let tag = &sheet[start..start + sheet[start..].find('>').expect("an end")];
    tag.split("s=\"").nth(1).map_or(String::new(), |rest| {
        rest.split('"').next().unwrap_or_default().to_string()
    })
}

fn marked_copy(book: &Book) -> Vec<u8> {
    let (_folder, path) = written(b"");
    book.write(&path);
    let reading = read_case(&path);
    marked::render(
        folder_of(&path),
        &reading.tables(),
        &reading.notices,
        Lang::Zh,
    )
    .expect("a copy")
}

#[test]
fn faulty_cells_are_coloured_and_commented_and_findings_listed() {
    let mut book = Book::simple();
    book.set("措施", "E2", "三分");
    book.set("措施", "F3", "");
    book.set("措施", "B3", "=1+1");
    book.set("学校", "O3", "四");
    let bytes = marked_copy(&book);
    let mut copy: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).expect("a workbook");
    let names = copy.sheet_names();
    let mut expected: Vec<&str> = book.0.iter().map(|(name, _)| *name).collect();
    expected.insert(0, "检查结果");
    assert_eq!(names, expected);

    let findings = copy.worksheet_range("检查结果").expect("the findings");
    let places: Vec<String> = (3..6)
        .filter_map(|row| findings.get_value((row, 2)).map(Data::to_string))
        .collect();
    assert_eq!(
        places,
        [
            "案例.xlsx[措施]!E2",
            "案例.xlsx[措施]!F3",
            "案例.xlsx[学校]!O3"
        ]
    );

    // The findings are the first sheet, so that 措施 is the tenth and 学校 the third.
    let measures = part(&bytes, "xl/worksheets/sheet10.xml");
    let red = style(&measures, "E2");
    assert!(!red.is_empty() && red == style(&measures, "F3") && red != style(&measures, "E3"));
    assert!(!measures.contains("<f>"), "a text became a formula");
    let comments: Vec<String> = (1..=2)
        .map(|at| part(&bytes, &format!("xl/comments{at}.xml")))
        .collect();
    let all = comments.concat();
    for said in [
        "ref=\"E2\"",
        "ref=\"F3\"",
        "ref=\"O3\"",
        "E204",
        "E203",
        "E112",
        "措施 缺少 `使用年限`",
    ] {
        assert!(all.contains(said), "{said}");
    }
    let values = copy.worksheet_range("措施").expect("a sheet");
    assert_eq!(values.get_value((2, 1)), Some(&Data::String("=1+1".into())));
    assert_eq!(values.get_value((3, 4)), Some(&Data::Float(0.25)));
}

#[test]
fn several_findings_of_a_cell_are_one_comment_and_the_gravest_colours() {
    let mut book = Book::simple();
    for row in 2..=6 {
        book.set("学校", &format!("F{row}"), "");
        book.set("学校", &format!("F{row}"), "many");
    }
    let bytes = marked_copy(&book);
    let comments = part(&bytes, "xl/comments1.xml");
    for row in 2..=6 {
        assert_eq!(comments.matches(&format!("ref=\"F{row}\"")).count(), 1);
    }
}

#[test]
fn a_table_of_text_is_marked_as_a_workbook() {
    let folder = tempfile::tempdir().expect("a folder");
    let simple = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
    for file in ["case.toml", "schools.csv", "links.csv"] {
        let text = std::fs::read_to_string(simple.join(file)).expect("a file");
        std::fs::write(
            folder.path().join(file),
            text.replace(
                "A2,第二小学,完小,乡村,东县,80",
                "A2,=cmd,完小,乡村,东县,八十",
            ),
        )
        .expect("a file");
    }
    let reading = read_case(folder.path());
    let bytes = marked::render(folder.path(), &reading.tables(), &reading.notices, Lang::En)
        .expect("a copy");
    let mut copy: Xlsx<_> = Xlsx::new(Cursor::new(&bytes)).expect("a workbook");
    assert_eq!(copy.sheet_names(), ["Findings", "schools", "links"]);
    let values = copy.worksheet_range("schools").expect("a sheet");
    assert_eq!(values.get_value((2, 1)), Some(&Data::String("=cmd".into())));
    let sheet = part(&bytes, "xl/worksheets/sheet2.xml");
    assert!(!style(&sheet, "F3").is_empty() && style(&sheet, "F3") != style(&sheet, "F4"));
    assert!(part(&bytes, "xl/comments1.xml").contains("ref=\"F3\""));
}
