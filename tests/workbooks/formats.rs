//! One table in each format.

use std::fs;
use std::path::Path;

use junheng::read::table::Asked;
use junheng::read::workbook::{self, CellText};
use junheng::words::Notices;
use rust_xlsxwriter::{Format, Formula, Workbook, XlsxError};

use crate::parts::{ods, xlsx};
use crate::{codes, read_in, reading};

const HEADERS: [&str; 5] = ["代码", "名称", "教师/总数", "面积", "建校日期"];

/// The table of `tests/data/messy.*` as XLSX.
fn messy() -> Result<Vec<u8>, XlsxError> {
    let mut book = Workbook::new();
    let (date, percent) = (
        Format::new().set_num_format("yyyy-mm-dd"),
        Format::new().set_num_format("0.0%"),
    );
    let plain = Format::new();
    for name in ["小学", "初中"] {
        let sheet = book.add_worksheet().set_name(name)?;
        sheet.merge_range(0, 0, 0, 6, "某县学校基本情况（2025年）", &plain)?;
        for (column, text) in [
            (0, "代码"),
            (1, "名称"),
            (4, "面积(㎡)"),
            (5, "建校日期"),
            (6, "达标率"),
        ] {
            sheet.merge_range(1, column, 2, column, text, &plain)?;
        }
        sheet.merge_range(1, 2, 1, 3, "教师", &plain)?;
        sheet.write(2, 2, "总数")?;
        sheet.write(2, 3, "其中：骨干")?;
    }
    let primary = book.worksheet_from_name("小学")?;
    let schools = [
        ("A1", "第一小学", 20.0, Some(3.0), 36039.0, 0.85),
        ("A2", "第二小学", 6.0, None, 38596.0, f64::NAN),
        ("A3", "第三小学", 8.0, Some(1.0), 40422.0, 0.5),
    ];
    for (row, (code, name, teachers, backbone, built, rate)) in (3..).zip(schools) {
        primary.write(row, 0, code)?;
        primary.write(row, 1, name)?;
        primary.write(row, 2, teachers)?;
        if let Some(backbone) = backbone {
            primary.write(row, 3, backbone)?;
        }
        primary.write_with_format(row, 5, built, &date)?;
        if rate.is_nan() {
            primary.write(row, 6, "#N/A")?;
        } else {
            primary.write_with_format(row, 6, rate, &percent)?;
        }
    }
    for (row, area) in [(3, 1500.5), (5, 450.0)] {
        primary.write(row, 4, area)?;
    }
    primary.write(4, 4, "不详")?;
    primary.set_row_hidden(5)?;
    primary.write(6, 0, "合计")?;
    primary.write(6, 2, Formula::new("=SUM(C4:C6)").set_result("34"))?;
    primary.write(6, 3, 4)?;
    primary.write(6, 4, 1950.5)?;
    let junior = book.worksheet_from_name("初中")?;
    junior.write(1, 7, "公办")?;
    junior.write(3, 0, "B1")?;
    junior.write(3, 1, "城关初中")?;
    junior.write(3, 2, 30)?;
    junior.write(3, 3, 9)?;
    junior.write(3, 4, 1600)?;
    junior.write_with_format(3, 5, 29465.0, &date)?;
    junior.write_with_format(3, 6, 1.0, &percent)?;
    junior.write(3, 7, true)?;
    let old = book.add_worksheet().set_name("旧数据")?;
    old.set_hidden(true);
    old.write(0, 0, "不要")?;
    book.save_to_buffer()
}

#[test]
fn every_format_gives_the_same_table_and_the_same_findings() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data");
    let file = |name: &str| fs::read(data.join(name)).expect("a file of the tests");
    let asked = Asked {
        headers: &HEADERS,
        sheets: &[],
    };
    // LibreOffice writes the formula TRUE() as a number to ODS.
    let books = [
        (messy().expect("a workbook"), "TRUE"),
        (file("messy.ods"), "1"),
        (file("messy.xls"), "TRUE"),
    ];
    for (book, truth) in books {
        let (sheet, found) = reading(&book, asked);
        let sheet = sheet.expect("a table");
        assert_eq!(
            sheet.header,
            [
                "代码",
                "名称",
                "教师/总数",
                "教师/其中：骨干",
                "面积(㎡)",
                "建校日期",
                "达标率",
                "公办"
            ]
        );
        let rows: Vec<String> = sheet
            .records
            .iter()
            .map(|record| record.cells.iter().collect::<Vec<_>>().join(","))
            .collect();
        assert_eq!(
            rows,
            [
                "A1,第一小学,20,3,1500.5,1998-09-01,0.85,".to_string(),
                "A2,第二小学,6,,不详,2005-09-01,#N/A,".to_string(),
                "A3,第三小学,8,1,450,2010-09-01,0.5,".to_string(),
                format!("B1,城关初中,30,9,1600,1980-09-01,1,{truth}"),
            ]
        );
        assert_eq!(sheet.place(&sheet.records[3], 7).to_string(), "t[初中]!H4");
        assert_eq!(sheet.line_name(&sheet.records[0]), "小学!4");
        let found: Vec<String> = found
            .iter()
            .map(|(code, place)| format!("{code} {place}"))
            .collect();
        assert_eq!(
            found,
            [
                "H115 t",
                "W103 t[小学]",
                "H113 t[小学]!2:2",
                "H111 t[小学]!7:7",
                "W112 t[小学]!6:6",
                "W103 t[初中]",
                "H113 t[初中]!2:2",
            ]
        );
    }
}

#[test]
fn a_named_sheet_is_read_alone_even_when_hidden() {
    let book = messy().expect("a workbook");
    let asked = |sheets| Asked {
        headers: &["代码"],
        sheets,
    };
    let (sheet, _) = reading(&book, asked(&["初中"]));
    assert_eq!(sheet.expect("a table").records.len(), 1);
    let (sheet, found) = reading(&book, asked(&["旧数据"]));
    assert_eq!(sheet.expect("a table").header, ["不要"]);
    assert_eq!(found, [("W104", "t[旧数据]!1:1".to_string())]);
    let (sheet, found) = reading(&book, asked(&["高中"]));
    assert_eq!((sheet, found), (None, vec![("E123", "t".to_string())]));
}

#[test]
fn what_stands_in_cells_is_read_as_it_is_shown() {
    let strings = "<sst uniqueCount=\"99999999999\"><si><t>甲</t></si><si/><si><r><t>乙</t></r><r><t xml:space=\"preserve\"> 丙</t></r>\
                   <rPh><t>yi</t></rPh></si><si><t>a_x000D_&amp;b</t></si></sst>";
    let sheet = "<worksheet><dimension ref=\"A1:XFD1048576\"/><sheetData><row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c>\
                 <c r=\"B1\" t=\"s\"><v>1</v></c><c r=\"C1\" t=\"s\"><v>2</v></c><c r=\"D1\" t=\"s\"><v>3</v></c>\
                 <c r=\"E1\" t=\"inlineStr\"><is><t>丁</t></is></c><c r=\"F1\" t=\"b\"><v>0</v></c>\
                 <c r=\"G1\" t=\"e\"><v>#DIV/0!</v></c><c r=\"H1\"><v>1E-3</v></c><c r=\"I1\" t=\"d\"><v>2026-09-01T00:00:00</v></c>\
                 <c r=\"J1\"><f>1+1</f></c><c r=\"K1\" t=\"str\"><f>A1</f><v></v></c></row></sheetData></worksheet>";
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(
        folder.path().join("t"),
        xlsx(sheet.as_bytes(), strings.as_bytes()),
    )
    .expect("a file");
    let mut notices = Notices::new();
    let book = workbook::read(folder.path(), "t", &mut notices).expect("a workbook");
    let text = |text: &str| CellText::Text(text.into());
    assert_eq!(
        book.sheets[0].rows[0].cells,
        [
            (0, text("甲")),
            (2, text("乙 丙")),
            (3, text("a\r&b")),
            (4, text("丁")),
            (5, CellText::Truth(false)),
            (6, CellText::Fault("#DIV/0!".into())),
            (7, CellText::Number(0.001)),
            (8, text("2026-09-01")),
            (9, CellText::Uncomputed),
        ]
    );
    assert!(notices.is_empty());
}

#[test]
fn cells_of_ods_repeat_and_keep_their_zeros() {
    let cell = |kind: &str, value: &str, text: &str| {
        format!(
            "<table:table-cell office:value-type=\"{kind}\" {value}><text:p>{text}</text:p></table:table-cell>"
        )
    };
    let rows = format!(
        "<table:table-row>{}{}{}</table:table-row><table:table-row table:number-rows-repeated=\"2\">{}\
         <table:table-cell table:number-columns-repeated=\"2\" office:value-type=\"float\" office:value=\"5\"/>\
         </table:table-row><table:table-row table:number-rows-repeated=\"1048000\"><table:table-cell \
         table:number-columns-repeated=\"16384\"/></table:table-row>",
        cell("string", "", "代码"),
        cell(
            "string",
            "",
            "a<office:annotation><text:p>旁注</text:p></office:annotation>b"
        ),
        cell("string", "", "甲<text:s text:c=\"2\"/>乙"),
        cell("float", "office:value=\"12\"", "0012"),
    );
    let (sheet, found) = reading(&ods(&rows), Asked::default());
    let sheet = sheet.expect("a table");
    assert_eq!(sheet.header, ["代码", "ab", "甲  乙"]);
    assert_eq!(sheet.records[1].cells, ["0012", "5", "5"]);
    assert_eq!((sheet.records.len(), found), (2, Vec::new()));
}

#[test]
fn what_is_no_workbook_is_refused_with_its_kind() {
    for content in [
        &b"<html><table><tr><td>1</td></tr></table></html>"[..],
        b"<?xml version=\"1.0\"?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\"/>",
        b"\x09\x08\x10\x00\x00\x06\x05\x00",
        b"%PDF-1.7",
    ] {
        assert_eq!(codes(content), ["E105"]);
    }
}

#[cfg(unix)]
#[test]
fn a_link_inside_the_folder_is_followed() {
    let folder = tempfile::tempdir().expect("a folder");
    fs::write(folder.path().join("book"), messy().expect("a workbook")).expect("a file");
    std::os::unix::fs::symlink("book", folder.path().join("t")).expect("a link");
    let (sheet, _) = read_in(folder.path(), Asked::default());
    assert_eq!(sheet.expect("a table").records.len(), 3);
}
