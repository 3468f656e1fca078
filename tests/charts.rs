//! The charts as files: they look as they were reviewed, on a machine with whatever fonts, and nothing runs out of them.

#[path = "common/picture.rs"]
mod picture;

use std::fs;
use std::path::Path;
use std::process::Command;

use picture::{Grey, apart, held};
use tempfile::TempDir;

/// How wide they are kept, in pixels.
const WIDTH: usize = 140;
/// Letters and lines are drawn by the program itself: nothing but rounding may differ.
const SAME: f64 = 1.5;

fn charts(case: &str, more: &[&str]) -> TempDir {
    let place = TempDir::new().expect("a folder");
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    command
        .args([
            "report",
            &format!("{}/scenarios/{case}", env!("CARGO_MANIFEST_DIR")),
        ])
        .arg("--charts")
        .arg(place.path())
        .args(more)
        // No font is to be found, wherever one would be looked for.
        .env("FONTCONFIG_FILE", "/dev/null")
        .env("HOME", place.path());
    let output = command.output().expect("the command starts");
    let said = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{said}");
    assert!(!said.contains("lacks these characters"), "{said}");
    place
}

fn seen(folder: &Path, name: &str) -> Grey {
    Grey::png(&fs::read(folder.join(format!("{name}.png"))).expect(name))
}

#[test]
fn charts_look_as_they_were_reviewed() {
    // Cases that seldom change: the pictures of others would have to be reviewed with every change of theirs.
    let county = charts("county", &["--lang", "zh"]);
    for name in ["shortfall", "attainment", "years", "funds", "uses", "area"] {
        let kept = format!("chart-{name}");
        held(&kept, &seen(county.path(), name), WIDTH, SAME);
    }
    let five = charts(
        "five-schools",
        &[
            "-s",
            "base",
            "-s",
            "books-first",
            "--frontier",
            "--lang",
            "zh",
        ],
    );
    for name in ["frontier", "scenarios"] {
        let kept = format!("chart-{name}");
        held(&kept, &seen(five.path(), name), WIDTH, SAME);
    }
    let english = charts("osun", &["--lang", "en"]);
    held("chart-map", &seen(english.path(), "map"), WIDTH, SAME);
    // Two charts of one case, and one chart of two scenarios, are told apart.
    assert!(apart("chart-shortfall", "chart-uses") > 4.0 * SAME);
    let of = |name: &str| seen(five.path(), name).shrunk(WIDTH);
    assert!(of("base-shortfall").distance(&of("books-first-shortfall")) > 0.0);
}

/// Where the texts of a file begin and end: left and right of every path that says something.
fn extents(svg: &str) -> Vec<(String, f64, f64)> {
    let texts = svg.split("<path aria-label=\"").skip(1);
    let extent = |text: &str| {
        let said = text.split('"').next()?.to_string();
        let d = text.split(" d=\"").nth(1)?.split('"').next()?;
        let numbers: Vec<f64> = d
            .split(|c: char| !(c.is_ascii_digit() || c == '.' || c == '-'))
            .filter_map(|number| number.parse().ok())
            .collect();
        let across = || numbers.iter().copied().step_by(2);
        let least = across().fold(f64::INFINITY, f64::min);
        let most = across().fold(f64::NEG_INFINITY, f64::max);
        (least.is_finite()).then_some((said, least, most))
    };
    texts.filter_map(extent).collect()
}

#[test]
fn no_word_runs_out_of_a_chart() {
    for (case, language) in [
        ("district", "zh"),
        ("district", "en"),
        ("county", "zh"),
        ("osun", "en"),
    ] {
        let place = charts(case, &["--lang", language]);
        let mut words = 0;
        for file in fs::read_dir(place.path()).expect("the folder") {
            let path = file.expect("a file").path();
            if path.extension().is_none_or(|ending| ending != "svg") {
                continue;
            }
            let svg = fs::read_to_string(&path).expect("a chart");
            let width = svg
                .split("width=\"")
                .nth(1)
                .and_then(|rest| rest.split('"').next());
            let width: f64 = width
                .and_then(|width| width.parse().ok())
                .expect("its width");
            for (said, left, right) in extents(&svg) {
                words += 1;
                assert!(
                    left >= 0.0 && right <= width,
                    "{case} {language} {}: “{said}” reaches from {left} to {right} of {width}",
                    path.display()
                );
            }
        }
        assert!(words > 60, "{case}: {words} texts");
    }
}
