//! Workbooks and messy sheets. A workbook stands in the place of `links.csv` or `schools.csv`: content tells, not names.

use std::io::{Cursor, Write};

use rust_xlsxwriter::Workbook;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

const LINKS: &str = "from,to,km\nA1,A2,12.5\nN1,A3,4\n";
const SCHOOLS: &str = "schools.csv";

/// A workbook with sheets of these names and cells.
fn book(sheets: &[(&str, &str)]) -> Workbook {
    let mut book = Workbook::new();
    for (name, text) in sheets {
        let sheet = book.add_worksheet().set_name(*name).expect("a name");
        for (row, line) in text.lines().enumerate() {
            for (column, cell) in line.split(',').enumerate() {
                let at = (row as u32, column as u16);
                match cell.parse::<f64>() {
                    Ok(number) => sheet.write(at.0, at.1, number),
                    Err(_) => sheet.write(at.0, at.1, cell),
                }
                .expect("a cell");
            }
        }
    }
    book
}

fn put(simple: &mut Simple, file: &str, mut book: Workbook) {
    let bytes = book.save_to_buffer().expect("a workbook");
    simple.bytes(file, &bytes);
}

/// A workbook of one sheet with these rows as XML.
fn raw(rows: &str) -> Vec<u8> {
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r1\" Type=\"x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, text) in [
        ("[Content_Types].xml", "<Types/>".to_string()),
        ("_rels/.rels", relation("officeDocument", "xl/workbook.xml")),
        (
            "xl/workbook.xml",
            "<workbook><sheets><sheet name=\"S\" r:id=\"r1\"/></sheets></workbook>".into(),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            relation("worksheet", "sheet.xml"),
        ),
        (
            "xl/sheet.xml",
            format!("<worksheet><sheetData>{rows}</sheetData></worksheet>"),
        ),
    ] {
        zip.start_file(name, SimpleFileOptions::default())
            .expect("a part");
        zip.write_all(text.as_bytes()).expect("its content");
    }
    zip.finish().expect("a package").into_inner()
}

/// The rows of the links as XML, with `cell` as the kilometres of the second.
fn rows(cell: &str) -> String {
    let text = |text: &str| format!("<c t=\"str\"><v>{text}</v></c>");
    let row = |cells: &[String]| format!("<row>{}</row>", cells.concat());
    [
        row(&[text("from"), text("to"), text("km")]),
        row(&[text("A1"), text("A2"), "<c><v>12.5</v></c>".to_string()]),
        row(&[text("N1"), text("A3"), cell.to_string()]),
    ]
    .concat()
}

/// The schools of one stage without the column of stages.
fn of_stage(simple: &Simple, stages: &[&str]) -> String {
    let text = simple.text(SCHOOLS);
    let kept = text.lines().enumerate().filter(|(at, line)| {
        let stage = line.split(',').nth(2).unwrap_or_default();
        *at == 0 || stages.contains(&stage)
    });
    let without = kept.map(|(_, line)| {
        let mut cells: Vec<&str> = line.split(',').collect();
        cells.remove(2);
        cells.join(",") + "\n"
    });
    without.collect()
}

pub const ALL: &[Broken] = &[
    broken("E121", |simple| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        file.create_stream("EncryptedPackage").expect("a stream");
        simple.bytes("links.csv", &file.into_inner().into_inner());
        simple.mark("links.csv");
    }),
    broken("E122", |simple| {
        simple.bytes("links.csv", b"PK\x03\x04....");
        simple.mark("links.csv");
    }),
    broken("E123", |simple| {
        simple.swap(
            "case.toml",
            "file = \"links.csv\"",
            "file = \"links.csv\"\nsheet = \"道路\"",
        );
        put(simple, "links.csv", book(&[("路", LINKS)]));
        simple.mark("links.csv");
    }),
    broken("E123", |simple| {
        simple.swap(
            "case.toml",
            "file = \"links.csv\"",
            "file = \"links.csv\"\nsheet = \"道路\"",
        );
        simple.mark("links.csv");
    }),
    broken("E124", |simple| {
        put(
            simple,
            "links.csv",
            book(&[("甲", "a,b\n1,2\n"), ("乙", "c,d\n1,2\n")]),
        );
        simple.mark("links.csv");
    }),
    broken("E126", |simple| {
        simple.write(
            "links.csv",
            &format!("from,to,km{}\nA1,A2,3\n", ",x".repeat(16_384)),
        );
        simple.mark("links.csv:1");
    }),
    broken_with("E125", &["E408"], |simple| {
        simple.bytes("links.csv", &raw(&rows("<c><f>2+2</f></c>")));
        simple.mark("links.csv[S]!C3");
    }),
    broken_with("W111", &["E112"], |simple| {
        simple.bytes("links.csv", &raw(&rows("<c t=\"e\"><v>#REF!</v></c>")));
        simple.mark("links.csv[S]!C3");
    }),
    broken("W112", |simple| {
        let mut book = book(&[("路", LINKS)]);
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        sheet.set_row_hidden(2).expect("a row");
        put(simple, "links.csv", book);
        simple.mark("links.csv[路]!3:3");
    }),
    broken_with("W113", &["H115", "E408"], |simple| {
        put(
            simple,
            "links.csv",
            book(&[("甲", LINKS), ("乙", "from,to\nA3,A1\n")]),
        );
        simple.mark("links.csv[乙]");
    }),
    broken_with("W114", &["H114"], |simple| {
        simple.swap(SCHOOLS, ",图书,电子书,", ",‸图书(万册),电子书,");
    }),
    broken("H111", |simple| {
        simple.plus(
            SCHOOLS,
            "合计,,,,,1150,150,100,28,11,,,18400,1800,113,13,4850\n",
        );
        simple.mark("schools.csv:7");
    }),
    broken("H112", |simple| {
        simple.plus(SCHOOLS, "注：不含民办,,,,,,,,,,,,,,,,\n");
        simple.mark("schools.csv:7");
    }),
    broken_with("H113", &["H114"], |simple| {
        simple.swap("links.csv", "from,to,km", "from,距离,\n,to,km");
        simple.mark("links.csv:1");
    }),
    broken("H114", |simple| {
        simple.swap("links.csv", "from,to,km", "from,to,里程（公里）");
        simple.swap(
            "case.toml",
            "file = \"links.csv\"",
            "file = \"links.csv\"\ncolumns = { km = ‸\"里程\" }",
        );
    }),
    broken("H115", |simple| {
        put(
            simple,
            "links.csv",
            book(&[
                ("甲", "from,to,km\nA1,A2,12.5\n"),
                ("乙", "km,from,to\n4,N1,A3\n"),
            ]),
        );
        simple.mark("links.csv");
    }),
    broken_with("H116", &["H115"], |simple| {
        simple.swap("case.toml", "stage = \"学段\"\n", "");
        let sheets = [
            ("小学", of_stage(simple, &["小学", "完小"])),
            ("初中", of_stage(simple, &["初中"])),
            ("九年一贯制学校", of_stage(simple, &["九年一贯制"])),
        ];
        let sheets: Vec<(&str, &str)> = sheets
            .iter()
            .map(|(name, text)| (*name, text.as_str()))
            .collect();
        put(simple, SCHOOLS, book(&sheets));
        simple.mark(SCHOOLS);
    }),
    broken("H118", |simple| {
        put(
            simple,
            "links.csv",
            book(&[("路", "from,to,km\nA1,A2,12.5,待核\n")]),
        );
        simple.mark("links.csv[路]!D2");
    }),
    broken("H117", |simple| {
        let mut book = book(&[("路", "from,to,km\nA1,A2,12.5\n,A3,4\n")]);
        let sheet = book.worksheet_from_index(0).expect("a sheet");
        let plain = rust_xlsxwriter::Format::new();
        sheet
            .merge_range(1, 0, 2, 0, "A1", &plain)
            .expect("merged cells");
        put(simple, "links.csv", book);
        simple.mark("links.csv[路]!A3");
    }),
];
