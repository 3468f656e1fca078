//! Files that mean harm, or might as well: each is refused with a code, or read, in bounded memory and in seconds.
//!
//! One test, since it watches the memory of the whole process.

use std::alloc::System;
use std::fs::{self, File};
use std::io::Write;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use cap::Cap;
use flate2::Compression;
use flate2::write::GzEncoder;
use junheng::read::read_case;
use junheng::words::{Grade, Lang};
use tempfile::TempDir;

#[global_allocator]
static ALLOCATOR: Cap<System> = Cap::new(System, usize::MAX);

/// What no reading of one file may pass, in bytes; the allocator ends the test where one does.
const BOUND: usize = 2 << 30;

/// How long any of these may take; they are refused at once, but machines of tests are slow and builds are not optimised.
const PATIENCE: Duration = Duration::from_secs(60);

/// A copy of the simple case.
struct Copy(TempDir);

impl Copy {
    fn new() -> Copy {
        let simple = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/simple_case");
        let copy = Copy(tempfile::tempdir().expect("a folder"));
        fs::create_dir(copy.path("scenarios")).expect("a folder");
        for file in [
            "case.toml",
            "schools.csv",
            "links.csv",
            "scenarios/less.toml",
        ] {
            fs::copy(simple.join(file), copy.path(file)).expect("a copy");
        }
        copy
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    fn write(&self, name: &str, content: impl AsRef<[u8]>) {
        fs::write(self.path(name), content).expect("written");
    }

    fn text(&self, name: &str) -> String {
        fs::read_to_string(self.path(name)).expect("a file")
    }

    /// Repeats a text into a file, without holding all of it.
    fn repeat(&self, name: &str, head: &str, text: &str, times: usize) {
        let mut file = File::create(self.path(name)).expect("a file");
        file.write_all(head.as_bytes()).expect("written");
        let block = text.repeat(4096);
        for _ in 0..times / 4096 {
            file.write_all(block.as_bytes()).expect("written");
        }
        file.write_all(text.repeat(times % 4096).as_bytes())
            .expect("written");
    }

    fn swap(&self, name: &str, from: &str, to: &str) {
        let text = self.text(name);
        assert!(text.contains(from), "{from} in {name}");
        self.write(name, text.replace(from, to));
    }
}

fn gzip(bytes: &[u8]) -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    packed.write_all(bytes).expect("packed");
    packed.finish().expect("packed")
}

/// 300 MiB of zeros, packed.
fn bomb() -> Vec<u8> {
    let mut packed = GzEncoder::new(Vec::new(), Compression::fast());
    let block = vec![0; 1 << 20];
    for _ in 0..300 {
        packed.write_all(&block).expect("packed");
    }
    packed.finish().expect("packed")
}

/// What is done to the simple case, and the code of the error that tells it; none where it can still be read.
type Hostile = (&'static str, Option<&'static str>, fn(&Copy));

const TABLES: &[Hostile] = &[
    ("a gzip bomb", Some("E103"), |case| {
        case.write("links.csv", bomb());
    }),
    ("gzip in gzip", Some("E105"), |case| {
        case.write("links.csv", gzip(&gzip(b"from,to,km\n")));
    }),
    ("ten million records", Some("E111"), |case| {
        case.repeat("links.csv", "from,to,km\n", "A,B,1\n", 10_000_000);
    }),
    ("ten million empty records", Some("E111"), |case| {
        case.repeat("links.csv", "from,to,km\nA1,A2,1\n", ",,\n", 10_000_000);
    }),
    ("a million columns", Some("E126"), |case| {
        let header: Vec<String> = (0..1_000_000).map(|at| format!("c{at}")).collect();
        case.write("links.csv", header.join(",") + "\n1,2\n");
    }),
    ("a million headers alike", Some("E126"), |case| {
        case.repeat("links.csv", "", "km,", 1_000_000);
    }),
    ("one record of 100 million cells", Some("E111"), |case| {
        case.repeat("links.csv", "from,to,km\n", ",", 100_000_000);
    }),
    ("a cell of 1 GB", Some("E103"), |case| {
        let file = File::create(case.path("links.csv")).expect("a file");
        file.set_len(1 << 30).expect("a sparse file");
    }),
    ("a cell of 200 MB", Some("E113"), |case| {
        case.repeat("links.csv", "from,to,km\nA1,", "9", 200_000_000);
    }),
    ("a quote open over 100 MB", Some("E108"), |case| {
        case.repeat("links.csv", "from,to,km\nA1,\"", "A2,1\n", 20_000_000);
    }),
    (
        "a cell that unfolds to many times its length",
        Some("E113"),
        |case| {
            case.repeat("links.csv", "from,to,km\nA1,", "\u{fdfa}", 1_000_000);
        },
    ),
    ("nothing but NUL", Some("E110"), |case| {
        case.write("links.csv", vec![0; 10_000]);
    }),
    ("NUL in a cell", Some("E110"), |case| {
        case.write("links.csv", "from,to,km\nA1\0,A2,1\n");
    }),
    ("broken UTF-8", Some("E110"), |case| {
        case.write("links.csv", b"from,to,km\nA1,\xff\xfe\xfd,1\n");
    }),
    ("half a UTF-16 character", Some("E110"), |case| {
        let mut bytes = vec![0xff, 0xfe];
        bytes.extend(
            "from,to,km\nA1,A2"
                .encode_utf16()
                .flat_map(u16::to_le_bytes),
        );
        bytes.extend([0x00, 0xd8, b',', 0, b'1', 0]);
        case.write("links.csv", bytes);
    }),
    ("an infinite number", Some("E112"), |case| {
        case.write("links.csv", "from,to,km\nA1,A2,1e999\n");
    }),
];

const TOMLS: &[Hostile] = &[
    ("a million open brackets", Some("E201"), |case| {
        case.write("case.toml", "a = ".to_string() + &"[".repeat(1_000_000));
    }),
    ("a key of a million parts", Some("E201"), |case| {
        case.write("case.toml", vec!["a"; 1_000_000].join(".") + " = 1");
    }),
    ("a header of a million parts", Some("E201"), |case| {
        case.write("case.toml", format!("[{}]", vec!["a"; 1_000_000].join(".")));
    }),
    (
        "tables and keys nested in one another",
        Some("E201"),
        |case| {
            let key = vec!["a"; 75].join(".");
            let deep = format!("{{{key} = ").repeat(75);
            case.write("case.toml", format!("a = {deep}1{}", "}".repeat(75)));
        },
    ),
    ("two million syntax errors", Some("E201"), |case| {
        case.repeat("case.toml", "", "=\n", 2_000_000);
    }),
    ("half a million unknown keys", Some("E202"), |case| {
        let keys: Vec<String> = (0..400_000).map(|at| format!("k{at}=1\n")).collect();
        case.write("case.toml", keys.concat());
    }),
    ("sixty thousand funds", Some("E207"), |case| {
        let fund = "[[fund]]\nid=\"county\"\nname=\"n\"\namounts=1\n";
        let text = case.text("case.toml");
        case.repeat("case.toml", &text, fund, 60_000);
    }),
    ("a billion years", Some("E401"), |case| {
        case.swap("case.toml", "years = 2", "years = 1000000000");
    }),
    ("an endless period", Some("E402"), |case| {
        case.swap("case.toml", "years = 2", "years = 2\nterminal_years = inf");
    }),
    ("a number that is none", Some("E402"), |case| {
        case.swap("case.toml", "years = 2", "years = 2\nterminal_years = nan");
    }),
    ("an integer of 400 digits", Some("E401"), |case| {
        let huge = format!("first_year = {}", "9".repeat(400));
        case.swap("case.toml", "first_year = 2026", &huge);
    }),
    ("NUL in TOML", Some("E201"), |case| {
        case.write("case.toml", "[case]\0\n");
    }),
    ("TOML in another encoding", Some("E211"), |case| {
        case.write("case.toml", b"[case]\nname = \"\xb2\xe2\xca\xd4\"\n");
    }),
];

const SCENARIOS: &[Hostile] = &[
    ("scenarios that include each other", Some("E309"), |case| {
        for at in 0..200 {
            let all: Vec<String> = (0..100).map(|one| format!("\"s{one}\"")).collect();
            case.write(
                &format!("scenarios/s{at}.toml"),
                format!("include = [{}]\n", all.join(",")),
            );
        }
    }),
    ("a chain of five hundred", None, |case| {
        for at in 0..500 {
            let next = format!(
                "title = \"s\"\ninclude = [\"s{}\"]\n[[fund]]\nfactor = 0.9\n",
                at + 1
            );
            case.write(&format!("scenarios/s{at}.toml"), next);
        }
        case.write(
            "scenarios/s500.toml",
            "title = \"s\"\n[[fund]]\nfactor = 0.9\n",
        );
    }),
    ("changes that multiply", Some("E207"), |case| {
        let weight = "[[weight]]\nresource=\"books\"\nweight=2\n";
        case.repeat("scenarios/a.toml", "title = \"a\"\n", weight, 500);
        for at in 0..500 {
            case.write(
                &format!("scenarios/s{at}.toml"),
                "title = \"s\"\ninclude = [\"a\"]\n",
            );
        }
    }),
    (
        "more scenarios than anyone can compare",
        Some("E207"),
        |case| {
            for at in 0..1001 {
                case.write(&format!("scenarios/s{at}.toml"), "");
            }
        },
    ),
    ("scenarios of many megabytes", Some("E103"), |case| {
        for at in 0..6 {
            case.write(&format!("scenarios/s{at}.toml"), vec![b'#'; 3 << 20]);
        }
    }),
];

#[cfg(unix)]
const PLACES: &[Hostile] = &[
    ("a link to itself", Some("E101"), |case| {
        fs::remove_file(case.path("schools.csv")).expect("removed");
        link("schools.csv", &case.path("schools.csv"));
    }),
    ("a link that leads out", Some("E212"), |case| {
        fs::remove_file(case.path("schools.csv")).expect("removed");
        link("/etc/hostname", &case.path("schools.csv"));
    }),
    ("a device", Some("E212"), |case| {
        fs::remove_file(case.path("schools.csv")).expect("removed");
        link("/dev/zero", &case.path("schools.csv"));
    }),
    ("a pipe nobody writes to", Some("E101"), |case| {
        fs::remove_file(case.path("schools.csv")).expect("removed");
        pipe(&case.path("schools.csv"));
    }),
    ("a pipe for a case", Some("E101"), |case| {
        fs::remove_file(case.path("case.toml")).expect("removed");
        pipe(&case.path("case.toml"));
    }),
    ("a folder for a case", Some("E101"), |case| {
        fs::remove_file(case.path("case.toml")).expect("removed");
        fs::create_dir(case.path("case.toml")).expect("a folder");
    }),
    ("a folder for a table", Some("E101"), |case| {
        fs::remove_file(case.path("links.csv")).expect("removed");
        fs::create_dir(case.path("links.csv")).expect("a folder");
    }),
    ("a scenario that is a pipe", Some("E101"), |case| {
        pipe(&case.path("scenarios/x.toml"));
    }),
    ("scenarios in a loop of links", None, |case| {
        fs::remove_dir_all(case.path("scenarios")).expect("removed");
        link("scenarios", &case.path("scenarios"));
    }),
    ("scenarios from elsewhere", Some("E212"), |case| {
        let elsewhere = case.path("../elsewhere-of-junheng.toml");
        fs::write(&elsewhere, "").expect("written");
        link(
            elsewhere.to_str().expect("UTF-8"),
            &case.path("scenarios/x.toml"),
        );
    }),
];

#[cfg(not(unix))]
const PLACES: &[Hostile] = &[];

#[cfg(unix)]
fn link(to: &str, at: &Path) {
    std::os::unix::fs::symlink(to, at).expect("a link");
}

#[cfg(unix)]
fn pipe(at: &Path) {
    let made = std::process::Command::new("mkfifo").arg(at).status();
    assert!(made.expect("mkfifo runs").success());
}

/// Reads a case that may take no more than [`BOUND`] beside what is there; the codes of its errors.
fn errors(case: &Copy) -> Vec<String> {
    ALLOCATOR
        .set_limit(ALLOCATOR.allocated() + BOUND)
        .expect("a limit");
    let reading = read_case(case.0.path());
    ALLOCATOR.set_limit(usize::MAX).expect("no limit");
    assert_eq!(reading.case.is_some(), !reading.notices.any_error());
    let found = reading.notices.iter();
    let errors = found.filter(|notice| notice.grade() == Grade::Error);
    errors
        .map(|notice| format!("{} {}", notice.code.0, notice.message(Lang::En)))
        .collect()
}

#[test]
fn hostile_files_are_refused_or_read_in_bounded_memory_and_time() {
    let mut failed = Vec::new();
    for (what, code, spoil) in [TABLES, TOMLS, SCENARIOS, PLACES].concat() {
        let case = Copy::new();
        spoil(&case);
        let begun = Instant::now();
        let found = errors(&case);
        let took = begun.elapsed();
        println!("{what}: {took:.1?}, {:?}", found.first());
        let told = match code {
            Some(code) => found.iter().any(|one| one.starts_with(code)),
            None => found.is_empty(),
        };
        if !told || took > PATIENCE {
            let first: Vec<&String> = found.iter().take(3).collect();
            failed.push(format!("{what}: {took:.1?}, {code:?} in {first:?}"));
        }
    }
    assert!(failed.is_empty(), "\n{}", failed.join("\n"));
    a_file_that_changes_while_it_is_read();
}

/// What is read is one of the states the file was in, or something between that is told as broken; never a panic.
fn a_file_that_changes_while_it_is_read() {
    let case = Copy::new();
    let (path, sound) = (case.path("schools.csv"), case.text("schools.csv"));
    std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            for at in 0..300 {
                let end = sound.len() * (at % 10) / 9;
                let end = (0..=end).rev().find(|end| sound.is_char_boundary(*end));
                fs::write(&path, &sound[..end.unwrap_or(0)]).expect("written");
            }
        });
        while !writer.is_finished() {
            let reading = read_case(case.0.path());
            assert_eq!(reading.case.is_some(), !reading.notices.any_error());
        }
    });
}
