//! Files, encodings, tables and numbers.

use std::io::Write;

use crate::simple::Simple;
use crate::{Broken, broken, broken_with};

const SCHOOLS: &str = "schools.csv";

/// The simple school table with an edit, in GB18030.
fn in_gb18030(text: &str) -> Vec<u8> {
    encoding_rs::GB18030.encode(text).0.into_owned()
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

fn case(simple: &mut Simple, from: &str, to: &str) {
    simple.swap("case.toml", from, to);
}

pub const ALL: &[Broken] = &[
    broken("E101", |simple| {
        simple.folder(SCHOOLS);
        simple.mark(SCHOOLS);
    }),
    broken("E102", |simple| {
        simple.remove(SCHOOLS);
        simple.mark(SCHOOLS);
    }),
    broken("E102", |simple| {
        simple.remove("case.toml");
        simple.mark("case.toml");
    }),
    broken("E103", |simple| {
        simple.bytes("case.toml", &vec![b'#'; (16 << 20) + 1]);
        simple.mark("case.toml");
    }),
    broken("E104", |simple| {
        let mut packed = gzip(b"a,b\n1,2\n");
        packed.truncate(12);
        simple.bytes("links.csv", &packed);
        simple.mark("links.csv");
    }),
    broken("E105", |simple| {
        simple.bytes("links.csv", b"%PDF-1.7 ....");
        simple.mark("links.csv");
    }),
    broken("E106", |simple| {
        simple.bytes("links.csv", b"");
        simple.mark("links.csv");
    }),
    broken("E107", |simple| {
        simple.swap("links.csv", "A1,A2,12.5", "A1,A2,12.5,‸9");
        simple.mark("links.csv:2:3");
    }),
    broken_with("E108", &["E107", "E307", "E408"], |simple| {
        simple.swap("links.csv", "A1,A2,12.5", "\"A1,A2,12.5");
        simple.mark("links.csv:2");
    }),
    broken("E109", |simple| {
        simple.swap(
            "links.csv",
            "from,to,km\nA1,A2,12.5\nN1,A3,4",
            "from,to,km,‸km\nA1,A2,12.5,\nN1,A3,4,",
        )
    }),
    broken("E110", |simple| {
        simple.swap(SCHOOLS, "A1,第一小学", "A1,‸第一\u{fffd}学")
    }),
    broken("E111", |simple| {
        simple.bytes("links.csv", "1\n".repeat((1 << 20) + 1).as_bytes());
        simple.mark("links.csv");
    }),
    broken_with("E113", &["E307"], |simple| {
        let long = format!("from,to,km\nA1,{},1\n", "9".repeat(100_000));
        simple.bytes("links.csv", long.as_bytes());
        simple.mark("links.csv:2:2");
    }),
    broken("E112", |simple| {
        simple.swap(SCHOOLS, ",30,5,1500", ",‸30台,5,1500")
    }),
    broken_with("W101", &["W104", "E302"], |simple| {
        simple.bytes("links.csv", &in_gb18030("x,to,km,学校\n"));
        simple.mark("links.csv");
    }),
    broken("W102", |simple| {
        simple.swap(
            "links.csv",
            "from,to,km\nA1,A2,12.5\nN1,A3,4",
            "from,to,km,备注,‸备注\nA1,A2,12.5,,\nN1,A3,4,,",
        );
    }),
    broken("W103", |simple| {
        simple.swap("links.csv", "from,to,km", "某县道路表,,\nfrom,to,km");
        simple.mark("links.csv");
    }),
    broken_with("W104", &[], |simple| {
        simple.write("links.csv", "from,to,km\n");
        simple.mark("links.csv:1");
    }),
    broken_with("W105", &["E307"], |simple| {
        let rows: String = (0..25).map(|at| format!("X{at},A1,1\n")).collect();
        simple.write("links.csv", &format!("from,to,km\n{rows}"));
        simple.mark("links.csv");
    }),
    broken("H101", |simple| {
        simple.plus("links.csv", ",,\n");
        simple.mark("links.csv:4");
    }),
    broken("E212", |simple| {
        case(simple, "file = \"links.csv\"", "file = ‸\"../links.csv\"")
    }),
    broken("E211", |simple| {
        simple.bytes(
            "scenarios/less.toml",
            &in_gb18030("title = \"预算减两成\"\n"),
        );
        simple.mark("scenarios/less.toml");
    }),
];
