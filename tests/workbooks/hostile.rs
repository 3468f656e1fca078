//! Files made to exhaust memory or time, and damaged ones: refused or read, soon, within bounds.

use std::fs;
use std::io::Cursor;
use std::path::Path;
use std::time::{Duration, Instant};

use junheng::read::table::Asked;
use proptest::prelude::*;

use crate::parts::{ods, package, xlsx};
use crate::{codes, reading};

/// No hostile file takes longer, in a build without optimisation on a busy machine.
const LONGEST: Duration = Duration::from_secs(60);

/// The codes of the findings, found soon.
fn soon(content: &[u8]) -> Vec<&'static str> {
    let start = Instant::now();
    let codes = codes(content);
    assert!(start.elapsed() < LONGEST, "{:?}", start.elapsed());
    codes
}

fn sheet(rows: &str) -> Vec<u8> {
    xlsx(
        format!("<worksheet><sheetData>{rows}</sheetData></worksheet>").as_bytes(),
        b"<sst/>",
    )
}

#[test]
fn two_cells_far_apart_are_two_cells() {
    let rows = "<row r=\"1\"><c r=\"A1\"><v>1</v></c><c r=\"B1\"><v>2</v></c></row><row r=\"1048576\"><c r=\"XFD1048576\"><v>3</v></c></row>";
    assert_eq!(soon(&sheet(rows)), ["H118", "H101", "W104"]);
    let far = "<table:table-row><table:table-cell><text:p>a</text:p></table:table-cell></table:table-row>\
               <table:table-row table:number-rows-repeated=\"1048574\"><table:table-cell/></table:table-row>\
               <table:table-row><table:table-cell table:number-columns-repeated=\"16383\"/><table:table-cell><text:p>b</text:p></table:table-cell></table:table-row>";
    assert_eq!(soon(&ods(far)), ["H118", "H101", "W104"]);
}

#[test]
fn repeated_cells_are_counted_before_they_are_made() {
    let filled = "<table:table-row table:number-rows-repeated=\"1048576\"><table:table-cell table:number-columns-repeated=\"16384\" \
                  office:value-type=\"float\" office:value=\"1\"/></table:table-row>";
    assert_eq!(soon(&ods(filled)), ["E111"]);
    let endless = "<table:table-row table:number-rows-repeated=\"18446744073709551615\"><table:table-cell \
                   table:number-columns-repeated=\"18446744073709551615\"><text:p>x</text:p></table:table-cell></table:table-row>";
    assert_eq!(soon(&ods(&endless.repeat(3))), ["E111"]);
}

#[test]
fn a_long_text_shared_by_many_cells_is_counted_each_time() {
    let strings = format!("<sst><si><t>{}</t></si></sst>", "学".repeat(30_000));
    let cells = "<c t=\"s\"><v>0</v></c>".repeat(10_000);
    let sheet = format!("<worksheet><sheetData><row>{cells}</row></sheetData></worksheet>");
    assert_eq!(soon(&xlsx(sheet.as_bytes(), strings.as_bytes())), ["E111"]);
}

#[test]
fn a_million_columns_are_cut_at_the_grid() {
    let cells = "<c><v>1</v></c>".repeat(1_000_000);
    let (read, _) = reading(
        &sheet(&format!("<row>{cells}</row>").repeat(2)),
        Asked::default(),
    );
    assert_eq!(read.expect("a table").header.len(), 16_384);
    let csv = "1,".repeat(1_000_000) + "\n" + &"2,".repeat(1_000_000);
    assert_eq!(soon(csv.as_bytes()), ["E126"]);
}

#[test]
fn bombs_are_not_unpacked() {
    // One part without tags, and one that 1,000 sheets share: 48 GiB in all.
    let spaces = vec![b' '; 3 << 20];
    let untagged = [b"<worksheet>".as_slice(), &spaces, &spaces].concat();
    assert_eq!(soon(&xlsx(&untagged, b"<sst/>")), ["E103"]);
    let tagged = [b"<x>".as_slice(), &spaces].concat().repeat(16);
    let sheets = "<sheet name=\"S\" r:id=\"r1\"/>".repeat(1_000);
    let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    let bomb = package(&[
        ("[Content_Types].xml", b""),
        ("xl/workbook.xml", workbook.as_bytes()),
        (
            "xl/_rels/workbook.xml.rels",
            b"<Relationships><Relationship Id=\"r1\" Type=\"x/worksheet\" Target=\"s.xml\"/></Relationships>",
        ),
        ("xl/s.xml", &tagged),
    ]);
    assert!(bomb.len() < 1 << 20);
    assert_eq!(soon(&bomb), ["E103"]);
}

#[test]
fn too_many_parts_and_sheets_are_refused() {
    let names: Vec<String> = (0..10_001).map(|at| format!("p{at}")).collect();
    let parts: Vec<(&str, &[u8])> = names.iter().map(|name| (name.as_str(), &b""[..])).collect();
    assert_eq!(soon(&package(&parts)), ["E122"]);
    let sheets = "<sheet name=\"S\" r:id=\"r1\"/>".repeat(1_001);
    let workbook = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    let parts: [(&str, &[u8]); 2] = [
        ("[Content_Types].xml", b""),
        ("xl/workbook.xml", workbook.as_bytes()),
    ];
    assert_eq!(soon(&package(&parts)), ["E122"]);
}

#[test]
fn references_out_of_range_are_refused() {
    let cell = |value: &str| sheet(&format!("<row><c t=\"s\"><v>{value}</v></c></row>"));
    for value in ["0", "-1", "18446744073709551616", "x", ""] {
        assert_eq!(soon(&cell(value)), ["E122"], "{value}");
    }
    let declared = xlsx(
        b"<worksheet><sheetData/></worksheet>",
        b"<sst uniqueCount=\"18446744073709551615\"/>",
    );
    assert_eq!(soon(&declared), ["E106"]);
}

#[test]
fn zero_bytes_are_told_where_they_stand() {
    assert_eq!(codes(b"a,b\n1,\x002\n"), ["E110"]);
    assert!(!codes(&[0; 4096]).is_empty());
}

/// The committed XLS with some bytes changed: in the header and the table of sectors, or in the records.
fn spoilt(changes: &[(usize, u8)]) -> Vec<u8> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/messy.xls");
    let mut bytes = fs::read(path).expect("a file of the tests");
    for (at, byte) in changes {
        let at = at % bytes.len();
        bytes[at] = *byte;
    }
    bytes
}

#[test]
fn chains_of_sectors_that_run_in_circles_are_refused() {
    let sound = spoilt(&[]);
    let fat = u32::from_le_bytes([sound[76], sound[77], sound[78], sound[79]]) as usize;
    let table = 512 + fat * 512;
    // Every sector is said to be followed by the first.
    let circles: Vec<(usize, u8)> = (table..table + 64).map(|at| (at, 0)).collect();
    assert_eq!(soon(&spoilt(&circles)), ["E122"]);
}

#[test]
fn records_that_declare_too_much_are_not_believed() {
    let mut stream = Vec::new();
    let mut record = |kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    };
    let bof = |kind: u8| [0, 6, kind, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];
    record(0x0809, &bof(5));
    // A sheet S that starts behind the globals: BOF 20, BOUNDSHEET 4 + 9, EOF 4.
    record(0x0085, &[37, 0, 0, 0, 0, 0, 1, 0, b'S']);
    record(0x000A, &[]);
    record(0x0809, &bof(0x10));
    record(
        0x0200,
        &[0, 0, 0, 0, 255, 255, 255, 255, 0, 0, 255, 255, 0, 0],
    );
    record(0x0203, &[0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F]);
    let far = stream.len();
    let mut record = |kind: u16, data: &[u8]| {
        stream.extend(kind.to_le_bytes());
        stream.extend((data.len() as u16).to_le_bytes());
        stream.extend(data);
    };
    record(
        0x0203,
        &[255, 255, 255, 255, 0, 0, 0, 0, 0, 0, 0, 0, 0xF0, 0x3F],
    );
    record(0x000A, &[]);
    let file = |stream: &[u8]| {
        let mut file = cfb::CompoundFile::create(Cursor::new(Vec::new())).expect("a file");
        let mut part = file.create_stream("Workbook").expect("a stream");
        std::io::Write::write_all(&mut part, stream).expect("records");
        drop(part);
        file.into_inner().into_inner()
    };
    assert_eq!(soon(&file(&stream)), ["E111"]);
    // Without the far cell the declared rectangle does no harm.
    let near = [&stream[..far], &[0x0A, 0, 0, 0]].concat();
    assert_eq!(soon(&file(&near)), ["W104"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_bytes_behind_a_known_start_are_read_or_refused(
        start in prop::sample::select(vec![&b"PK\x03\x04"[..], b"PK\x05\x06", b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", b"\x1f\x8b\x08", b"<?xml", b""]),
        rest in prop::collection::vec(any::<u8>(), 0..2048),
    ) {
        reading(&[start, &rest].concat(), Asked::default());
    }

    #[test]
    fn a_spoilt_xls_is_read_or_refused(changes in prop::collection::vec((any::<usize>(), any::<u8>()), 1..40)) {
        reading(&spoilt(&changes), Asked::default());
    }

    #[test]
    fn any_xml_is_read_or_refused(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<row>", "</row>", "<row r=\"5\" hidden=\"1\">", "<c>", "<c r=\"B2\" t=\"s\">", "<c t=\"e\" s=\"7\">", "</c>", "<v>", "</v>",
            "1", "学校", "&#x1F;", "&bad;", "<is>", "<t>", "</t>", "</is>", "<f/>", "<mergeCell ref=\"A1:XFD9\"/>", "<![CDATA[x]]>", "<!--", "<",
        ]), 0..40),
        shared in any::<bool>(),
    ) {
        let xml = pieces.concat();
        let content = match shared {
            true => xlsx(b"<worksheet><sheetData><row><c t=\"s\"><v>0</v></c></row></sheetData></worksheet>", xml.as_bytes()),
            false => sheet(&xml),
        };
        reading(&content, Asked::default());
    }

    #[test]
    fn any_ods_is_read_or_refused(
        pieces in prop::collection::vec(prop::sample::select(vec![
            "<table:table-row>", "</table:table-row>", "<table:table-row table:number-rows-repeated=\"99\" table:visibility=\"filter\">",
            "<table:table-cell>", "</table:table-cell>", "<table:table-cell table:number-columns-repeated=\"9\" office:value-type=\"float\" office:value=\"1\"/>",
            "<table:covered-table-cell/>", "<text:p>", "</text:p>", "x", "<text:s text:c=\"99999999999\"/>", "<office:annotation>", "</office:annotation>",
            "<table:table table:name=\"T\">", "</table:table>", "<table:tracked-changes>", "<table:table-cell table:number-rows-spanned=\"0\"/>",
        ]), 0..40),
    ) {
        reading(&ods(&pieces.concat()), Asked::default());
    }
}
