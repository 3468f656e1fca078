use std::io::Write;

use encoding_rs::GB18030;
use proptest::prelude::*;

use super::*;
use crate::words::Code;
use crate::words::catalogue::*;

/// Reads a table of these bytes; the sheet and the codes of the findings with their places.
fn reading(content: &[u8], expected: &[&str]) -> (Option<Sheet>, Vec<(Code, String)>) {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("t.csv"), content).unwrap();
    let mut notices = Notices::new();
    let sheet = read_sheet_expecting(folder.path(), "t.csv", expected, &mut notices);
    (
        sheet,
        notices
            .iter()
            .map(|notice| (notice.code, notice.place.to_string()))
            .collect(),
    )
}

fn clean(content: &[u8], expected: &[&str]) -> Sheet {
    let (sheet, found) = reading(content, expected);
    assert_eq!(found, []);
    sheet.unwrap()
}

fn found(content: &[u8], expected: &[&str]) -> Vec<(Code, String)> {
    reading(content, expected).1
}

fn at(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_string())]
}

fn gb(text: &str) -> Vec<u8> {
    GB18030.encode(text).0.into_owned()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

const PLAIN: &str = "学校代码,学校名称,在校生数\nA1,\"第一小学, 本部\",120\nA2, 第二小学 ,\n";

#[test]
fn every_encoding_and_packing_gives_the_same_sheet() {
    let plain = clean(PLAIN.as_bytes(), &["学校代码"]);
    assert_eq!(plain.header, ["学校代码", "学校名称", "在校生数"]);
    assert_eq!(plain.records[0].cells, ["A1", "第一小学, 本部", "120"]);
    assert_eq!(plain.records[1].line, 3);
    assert_eq!(plain.records[1].cells, ["A2", "第二小学", ""]);
    assert_eq!(plain.hash, blake3::hash(PLAIN.as_bytes()).to_hex().as_str());

    let bom = [b"\xEF\xBB\xBF", PLAIN.as_bytes()].concat();
    let utf16: Vec<u8> = [0xFF, 0xFE]
        .into_iter()
        .chain(PLAIN.encode_utf16().flat_map(u16::to_le_bytes))
        .collect();
    let crlf = PLAIN.replace('\n', "\r\n");
    let cr = PLAIN.replace('\n', "\r");
    let unmarked = |bytes: fn(u16) -> [u8; 2]| PLAIN.encode_utf16().flat_map(bytes).collect();
    let (little, big): (Vec<u8>, Vec<u8>) =
        (unmarked(u16::to_le_bytes), unmarked(u16::to_be_bytes));
    for other in [
        bom,
        utf16,
        little,
        big,
        gb(PLAIN),
        gzip(&gb(PLAIN)),
        crlf.into_bytes(),
        cr.into_bytes(),
    ] {
        let sheet = clean(&other, &["学校代码"]);
        assert_eq!(
            (sheet.header, sheet.records),
            (plain.header.clone(), plain.records.clone()),
            "{}",
            sheet.encoding
        );
    }
}

#[test]
fn separators_are_recognised_on_the_header_line() {
    for separator in [",", ";", "\t"] {
        let text = format!("id{separator}\"a,b;c\td\"{separator}n\n1{separator}x{separator}2\n");
        assert_eq!(
            clean(text.as_bytes(), &[]).records[0].cells,
            ["1", "x", "2"],
            "{separator:?}"
        );
    }
}

#[test]
fn headers_confirm_an_encoding_that_good_utf8_would_hide() {
    let content = gb("学校,n\nx,1\n");
    assert!(
        std::str::from_utf8(&content).is_ok(),
        "the trap this test is about"
    );
    let sheet = clean(&content, &["学校", "n"]);
    assert_eq!(
        (sheet.header[0].as_str(), sheet.encoding),
        ("学校", "gb18030")
    );
    assert_eq!(found(&content, &[]), at(ENCODING_DOUBTFUL, "t.csv"));
}

#[test]
fn a_title_above_the_headers_is_left_out_openly() {
    let text = "某县学校基本情况表,,\n填报单位:教育局,,\n学校代码,学校名称,在校生数\nA1,甲,5\n";
    let (sheet, found) = reading(text.as_bytes(), &["学校代码", "在校生数"]);
    assert_eq!(found, at(TITLE_SKIPPED, "t.csv"));
    let sheet = sheet.unwrap();
    assert_eq!(
        (sheet.column("在校生数"), sheet.records[0].line),
        (Some(2), 4)
    );
}

#[test]
fn columns_are_found_in_any_width_and_case() {
    let sheet = clean("ID,面积(㎡)\n1,2\n".as_bytes(), &[]);
    assert_eq!(sheet.column(" id"), Some(0));
    assert_eq!(sheet.column("面积（㎡）"), Some(1));
    assert_eq!(sheet.column(""), None);
}

#[test]
fn each_fault_has_its_code_and_place() {
    let cases: [(&[u8], &[&str], Code, &str); 15] = [
        (b"", &[], TABLE_EMPTY, "t.csv"),
        (b"\xEF\xBB\xBF", &[], TABLE_EMPTY, "t.csv"),
        (b" , ,\n,,\n", &[], TABLE_EMPTY, "t.csv"),
        (b"a,b\n", &[], TABLE_WITHOUT_ROWS, "t.csv:1"),
        (b"a,b\r\n1,2\r\n\r\n1\r\n", &[], RECORD_RAGGED, "t.csv:4:1"),
        (b"a,b\n1,2,,\n1,2,3\n", &[], RECORD_RAGGED, "t.csv:3:2"),
        (b"a,b,a\n1,2,3\n", &["a"], HEADER_TWICE, "t.csv:1:3"),
        (b"a,b,a\n1,2,3\n", &["b"], HEADER_TWICE_UNUSED, "t.csv:1:3"),
        (b"a,b\n1,\x002\n", &[], CHARACTER_BROKEN, "t.csv:2:2"),
        (b"a,b\n1,2\n,\n,\n", &[], ROWS_EMPTY, "t.csv:3"),
        (b"%PDF-1.7", &[], NOT_A_TEXT_TABLE, "t.csv"),
        (b"PK\x03\x04....", &[], WORKBOOK_BROKEN, "t.csv"),
        (b"\x1f\x8b\x08....", &[], GZIP_BROKEN, "t.csv"),
        (
            "学校,n\n一二三,1\n四五六\u{fffd},1\n".as_bytes(),
            &["学校"],
            CHARACTER_BROKEN,
            "t.csv:3:1",
        ),
        (
            b"name,n\nx\xffy,1\n",
            &["name"],
            CHARACTER_BROKEN,
            "t.csv:2:1",
        ),
    ];
    for (content, expected, code, place) in cases {
        assert_eq!(
            found(content, expected),
            at(code, place),
            "{}",
            String::from_utf8_lossy(content)
        );
    }
}

#[test]
fn an_open_quote_is_named_where_it_stands() {
    let found = found(b"a,b\n1,2\n\"3,4\n5,6\n", &[]);
    assert!(
        found.contains(&(QUOTE_UNCLOSED, "t.csv:3".to_string())),
        "{found:?}"
    );
}

#[test]
fn a_missing_file_and_a_folder_are_refused() {
    let folder = tempfile::tempdir().unwrap();
    let mut notices = Notices::new();
    assert_eq!(read_sheet(folder.path(), "none.csv", &mut notices), None);
    assert_eq!(read_sheet(folder.path(), ".", &mut notices), None);
    let codes: Vec<_> = notices.iter().map(|notice| notice.code).collect();
    assert_eq!(codes, [FILE_MISSING, FILE_UNREADABLE]);
}

#[test]
fn a_packed_file_that_unpacks_without_end_is_refused() {
    let bomb = gzip(&vec![b','; 257 << 20]);
    assert!(bomb.len() < 4 << 20);
    assert_eq!(found(&bomb, &[]), at(FILE_TOO_LARGE, "t.csv"));
}

#[test]
fn a_spoiled_file_gives_a_short_list() {
    let text = format!("a,b\n{}", "1\n".repeat(1000));
    let found = found(text.as_bytes(), &[]);
    assert_eq!(found.len(), 201);
    assert_eq!(found[200].0, MORE_OF_THE_SAME);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn any_bytes_are_read_without_panic(content in proptest::collection::vec(any::<u8>(), 0..300)) {
        if let (Some(sheet), _) = reading(&content, &["学校", "id"]) {
            prop_assert!(sheet.records.iter().all(|record| record.cells.len() == sheet.header.len()));
        }
    }

    #[test]
    fn any_table_is_read_back(rows in proptest::collection::vec(proptest::collection::vec("[^\\p{C}]{0,6}", 3), 1..6)) {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record(["学校代码", "学校名称", "在校生数"]).unwrap();
        rows.iter().for_each(|row| writer.write_record(row).unwrap());
        let sheet = reading(&writer.into_inner().unwrap(), &["学校代码"]).0.unwrap();
        let kept: Vec<Vec<String>> = sheet.records.iter().map(|record| record.cells.iter().map(str::to_string).collect()).collect();
        let trimmed = rows.iter().map(|row| row.iter().map(|cell| cell.trim().to_string()).collect::<Vec<_>>());
        let filled: Vec<Vec<String>> = trimmed.filter(|row| row.iter().any(|cell| !cell.is_empty())).collect();
        prop_assert_eq!(kept, filled);
    }
}
