//! What the papers look like when LibreOffice lays them out: nothing runs out of the page, and the pages that were
//! reviewed look alike.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::picture::{ALIKE, Grey, apart, held};
use super::{Office, scenario, text_of};

/// How wide a page is kept, in pixels.
const WIDTH: usize = 100;

/// A tool of poppler; `false` where it is not there and not required.
fn poppler(name: &str, arguments: &[&str], pdf: &Path, more: &[&str]) -> Option<Vec<u8>> {
    let mut command = Command::new(name);
    command.args(arguments).arg(pdf).args(more);
    match command.output() {
        Ok(output) if output.status.success() => Some(output.stdout),
        _ => {
            let required = std::env::var("JUNHENG_REQUIRE_OFFICE").is_ok_and(|value| value == "1");
            assert!(!required, "{name} is required and was not found");
            println!("not tested: there is no {name} here");
            None
        }
    }
}

/// A page of a PDF, from 1.
fn page(office: &Office, pdf: &Path, at: usize) -> Option<Grey> {
    let at = at.to_string();
    let stem = office.place.path().join("page");
    let to = stem.display().to_string();
    let arguments = ["-r", "40", "-png", "-singlefile", "-f", &at, "-l", &at];
    poppler("pdftoppm", &arguments, pdf, &[&to])?;
    let file: PathBuf = stem.with_extension("png");
    Some(Grey::png(&std::fs::read(file).expect("the page")))
}

fn number(text: &str, key: &str) -> Option<f64> {
    let value = text.split(&format!("{key}=\"")).nth(1)?;
    value.split('"').next()?.parse().ok()
}

/// The words that stand outside of their page, or nearer to its edge than a printer reaches.
fn outside(boxes: &str) -> (usize, Vec<String>) {
    const EDGE: f64 = 14.0;
    let (mut words, mut out) = (0, Vec::new());
    let (mut width, mut height) = (0.0, 0.0);
    for line in boxes.lines() {
        if line.contains("<page ") {
            width = number(line, "width").expect("a width");
            height = number(line, "height").expect("a height");
        } else if line.contains("<word ") {
            words += 1;
            let at = |key| number(line, key).expect("a corner");
            let fits = at("xMin") >= EDGE
                && at("xMax") <= width - EDGE
                && at("yMin") >= EDGE
                && at("yMax") <= height - EDGE;
            if !fits {
                out.push(line.trim().to_string());
            }
        }
    }
    (words, out)
}

#[test]
fn drafts_look_as_they_were_reviewed_and_nothing_runs_out_of_a_page() {
    let Some(office) = Office::here() else {
        return;
    };
    let forms = ["zh-official", "zh-brief", "en-memo"];
    let drafts = forms.map(|form| {
        let arguments = [
            "draft",
            &scenario("five-schools"),
            "--quiet",
            "--form",
            form,
        ];
        office.written(&arguments, &format!("{form}.docx"), 0)
    });
    let files: Vec<&Path> = drafts.iter().map(PathBuf::as_path).collect();
    let papers = office.converted(&files, "pdf");
    for (form, paper) in forms.iter().zip(&papers) {
        let Some(boxes) = poppler("pdftotext", &["-bbox"], paper, &["-"]) else {
            return;
        };
        let (words, out) = outside(&String::from_utf8_lossy(&boxes));
        assert!(words > 100, "{form}: {words} words");
        assert!(out.is_empty(), "{form}: {out:#?}");
        let Some(text) = text_of(paper) else {
            return;
        };
        let mark = if form.starts_with("zh") {
            "征求意见稿"
        } else {
            "DRAFT"
        };
        for (at, page) in text
            .split('\u{c}')
            .enumerate()
            .filter(|(_, page)| !page.trim().is_empty())
        {
            let page: String = page.split_whitespace().collect();
            assert!(
                page.contains(mark),
                "{form}, page {}: not marked\n{page}",
                at + 1
            );
        }
    }
    // The annex of charts: an exact height of lines would leave but a strip of each picture.
    let Some(text) = text_of(&papers[0]) else {
        return;
    };
    let mut pages = text.split('\u{c}');
    let charts = pages.position(|page| {
        page.split_whitespace()
            .collect::<String>()
            .starts_with("征求意见稿附件3")
    });
    let charts = charts.expect("the annex of charts") + 1;
    for (name, paper, at) in [
        ("official-first", &papers[0], 1),
        ("brief-first", &papers[1], 1),
        ("memo-first", &papers[2], 1),
        ("official-charts", &papers[0], charts),
    ] {
        let Some(seen) = page(&office, paper, at) else {
            return;
        };
        held(&format!("paper-{name}"), &seen, WIDTH, ALIKE);
    }
    for (one, other) in [
        ("official-first", "memo-first"),
        ("official-first", "official-charts"),
    ] {
        let [one, other] = [one, other].map(|name| format!("paper-{name}"));
        assert!(apart(&one, &other) > 1.5 * ALIKE);
    }
}

#[test]
fn a_name_of_ten_thousand_characters_is_on_paper_to_its_last() {
    let Some(office) = Office::here() else {
        return;
    };
    let case = office.place.path().join("long");
    std::fs::create_dir_all(&case).expect("a folder");
    let of = |file: &str| {
        std::fs::read_to_string(format!("{}/{file}", scenario("five-schools"))).expect(file)
    };
    let long = "长".repeat(10_000);
    let schools = of("schools.csv").replacen("小学1", &long, 1);
    assert!(schools.contains(&long));
    std::fs::write(case.join("schools.csv"), schools).expect("written");
    std::fs::write(case.join("case.toml"), of("case.toml")).expect("written");
    let case = case.display().to_string();
    let draft = office.written(&["draft", &case, "--quiet"], "long.docx", 0);
    let papers = office.converted(&[&draft], "pdf");
    let Some(text) = text_of(&papers[0]) else {
        return;
    };
    let shown = text.chars().filter(|c| *c == '长').count();
    assert!(shown >= 10_000 && shown.is_multiple_of(10_000), "{shown}");
    let Some(boxes) = poppler("pdftotext", &["-bbox"], &papers[0], &["-"]) else {
        return;
    };
    let (_, out) = outside(&String::from_utf8_lossy(&boxes));
    assert!(
        out.is_empty(),
        "{} words run out: {:?}",
        out.len(),
        &out[..1]
    );
}
