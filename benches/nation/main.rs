//! A nation from a seed, and what each stage of its plan takes: time by the clock and of the
//! processor (on a shared machine they differ), and the most memory held so far.
//!
//! `cargo bench --bench nation` makes 240,000 schools in 2,895 counties of 31 provinces, as many as mainland China
//! has. Arguments after `--` change that:
//!
//! - `--schools N`, `--counties N`, `--provinces N`, `--county-funds N` (how many counties have money of their own);
//! - `--until read|diagnose|formulate|lump|solve|write` stops after a stage;
//! - `--whole` runs the program itself (`junheng solve --out`) in place of the stages and reports the whole process;
//! - `--keep DIR` writes the case there and keeps it.

mod generate;
mod process;

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use junheng::case::Case;
use junheng::case::balance::survey;
use junheng::formulate::formulate;
use junheng::plan::{Options, solve};
use junheng::program::lump::lump;
use junheng::read::read_case;
use junheng::report::{self, Folder, Provenance, Question};
use junheng::words::YearIx;

use generate::Size;

/// The stages in order.
const STAGES: [&str; 6] = ["read", "diagnose", "formulate", "lump", "solve", "write"];

/// What was asked for.
struct Asked {
    size: Size,
    until: usize,
    whole: bool,
    keep: Option<PathBuf>,
}

impl Asked {
    /// From the arguments; cargo adds `--bench`, which is not ours.
    fn of(mut arguments: impl Iterator<Item = String>) -> Result<Asked, String> {
        let mut asked = Asked {
            size: Size::default(),
            until: STAGES.len() - 1,
            whole: false,
            keep: None,
        };
        while let Some(name) = arguments.next() {
            let mut value = || arguments.next().ok_or(format!("{name} needs a value"));
            let mut number = || {
                let value = value()?;
                value.parse().map_err(|_| format!("{value} is no number"))
            };
            match name.as_str() {
                "--bench" => {}
                "--schools" => asked.size.schools = number()?,
                "--counties" => asked.size.counties = number()?,
                "--provinces" => asked.size.provinces = number()?,
                "--county-funds" => asked.size.county_funds = number()?,
                "--whole" => asked.whole = true,
                "--keep" => asked.keep = Some(value()?.into()),
                "--until" => {
                    let stage = value()?;
                    let known = STAGES.iter().position(|one| **one == stage);
                    asked.until = known.ok_or(format!("stages are {STAGES:?}"))?;
                }
                _ => return Err(format!("{name} is not known")),
            }
        }
        Ok(asked)
    }
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let asked = Asked::of(std::env::args().skip(1))?;
    let place = tempfile::tempdir()?;
    let folder = asked.keep.as_deref().unwrap_or(place.path());
    let Size {
        schools,
        counties,
        provinces,
        ..
    } = asked.size;
    println!("{schools} schools, {counties} counties, {provinces} provinces");
    println!(
        "{:<12}{:>10}{:>12}{:>14}",
        "stage", "seconds", "processor", "peak so far"
    );
    timed("generate", || generate::case(folder, &asked.size))?;
    if asked.whole {
        return whole(folder, &place.path().join("out"));
    }
    stages(folder, &place.path().join("out"), asked.until)
}

/// The stages one after the other in this process.
fn stages(folder: &Path, out: &Path, until: usize) -> Result<(), Box<dyn std::error::Error>> {
    let reading = timed("read", || read_case(folder));
    let case: Case = reading.case.ok_or("the generated case has errors")?;
    if until >= 1 {
        let stock = |school, resource: junheng::words::ResourceIx| {
            let school: junheng::words::SchoolIx = school;
            case.schools[school].stock[resource.at()]
        };
        timed("diagnose", || survey(&case, stock, YearIx::new(0)));
    }
    if until >= 2 {
        let form = timed("formulate", || formulate(&case, &[]));
        if until >= 3 {
            timed("lump", || lump(&form.program));
        }
    }
    if until < 4 {
        return Ok(());
    }
    // Formulates and lumps again, certifies, hands out and audits.
    let answer = timed("solve", || solve(&case, &Options::default()));
    println!("{:?}", answer.verdict);
    if until >= 5 {
        let asked = Question {
            case: &case,
            scenario: None,
            lang: case.lang,
        };
        let from = Provenance {
            inputs: reading.hashes,
            scenarios: Vec::new(),
            solver: "auto".into(),
            kept: 0,
        };
        let out = Folder::open(out)?;
        timed("write", || {
            report::write(&out, &asked, &answer, &from, false)
        })?;
    }
    Ok(())
}

/// The program as a planner runs it.
fn whole(folder: &Path, out: &Path) -> Result<(), Box<dyn std::error::Error>> {
    let begun = Instant::now();
    let mut run = Command::new(env!("CARGO_BIN_EXE_junheng"))
        .arg("solve")
        .arg(folder)
        .arg("--out")
        .arg(out)
        .stdout(Stdio::null())
        .spawn()?;
    let (mut peak, mut processor) = (None, None);
    let status = loop {
        if let Some(status) = run.try_wait()? {
            break status;
        }
        peak = process::peak_of(run.id()).or(peak);
        processor = process::processor_of(run.id()).or(processor);
        std::thread::sleep(Duration::from_millis(20));
    };
    line("whole", begun.elapsed(), processor, peak);
    println!("{status}");
    Ok(())
}

fn timed<T>(stage: &str, work: impl FnOnce() -> T) -> T {
    let (begun, before) = (Instant::now(), process::processor());
    let done = work();
    let had = process::processor()
        .zip(before)
        .map(|(now, then)| now - then);
    line(stage, begun.elapsed(), had, process::peak());
    done
}

fn line(stage: &str, took: Duration, processor: Option<f64>, peak: Option<u64>) {
    let peak = peak.map_or("unknown".to_string(), |kib| format!("{} MiB", kib / 1024));
    let processor = processor.map_or("unknown".to_string(), |seconds| format!("{seconds:.2}"));
    println!(
        "{stage:<12}{:>10.2}{processor:>12}{peak:>14}",
        took.as_secs_f64()
    );
}
