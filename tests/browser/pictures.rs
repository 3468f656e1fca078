//! What the pages look like: nothing runs out of them on wide and on narrow screens, and what was reviewed looks alike.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;
use tempfile::TempDir;

use super::picture::{ALIKE, Grey, apart, held};
use super::{browser, drawn, junheng, opened, report};

/// A small case that seldom changes.
const FIVE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/five-schools");
/// How wide a page is kept, in pixels.
const WIDTH: usize = 120;

fn shot(browser: &Path, place: &TempDir, file: &Path, size: &str) -> Grey {
    let shot = place.path().join("shot.png");
    let to = format!("--screenshot={}", shot.display());
    let size = format!("--window-size={size}");
    let page = format!("file://{}", file.display());
    let flags = [
        "--hide-scrollbars",
        "--virtual-time-budget=5000",
        &size,
        &to,
    ];
    let (_, complaints) = opened(browser, &flags, &page);
    assert!(complaints.is_empty(), "{complaints:?}");
    Grey::png(&fs::read(shot).expect("the picture"))
}

fn draft(place: &TempDir, form: &str) -> PathBuf {
    let out = place.path().join(format!("{form}.html"));
    junheng(&[
        "draft",
        FIVE,
        "--quiet",
        "--form",
        form,
        "--out",
        &out.display().to_string(),
    ]);
    out
}

#[test]
fn pages_look_as_they_were_reviewed() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let shown = report(&place, FIVE, &[]);
    let picture = shot(&browser, &place, &shown, "1200,1600");
    held("page-report", &picture, WIDTH, ALIKE);
    let official = shot(&browser, &place, &draft(&place, "zh-official"), "900,1300");
    held("page-official", &official, WIDTH, ALIKE);
    let memo = shot(&browser, &place, &draft(&place, "en-memo"), "900,1300");
    held("page-memo", &memo, WIDTH, ALIKE);
    assert!(apart("page-official", "page-memo") > 1.5 * ALIKE);
}

#[test]
fn nothing_runs_out_of_a_page_on_a_wide_or_a_narrow_screen() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    // A policy of the page keeps scripts out: the frame around it may look inside once that line is gone.
    let measured = |file: &Path| -> Vec<(u64, u64, u64)> {
        let html = fs::read_to_string(file).expect("the page");
        let (before, rest) = html.split_once("<meta http-equiv").expect("a policy");
        let rest = rest.split_once('>').expect("its end").1;
        let open = place.path().join("open.html");
        fs::write(&open, format!("{before}{rest}")).expect("written");
        let frames: String = [1200, 900, 400]
            .map(|wide| {
                format!("<iframe src=\"open.html\" style=\"width:{wide}px;height:900px\"></iframe>")
            })
            .concat();
        let acts = "<script>addEventListener('load', () => {
            const frames = [...document.querySelectorAll('iframe')].map((frame) => {
                const page = frame.contentDocument;
                // What is cut, and cannot be scrolled to where it is.
                const cut = [...page.querySelectorAll('svg text')].filter((text) => {
                    const box = text.getBBox(), view = text.ownerSVGElement.viewBox.baseVal;
                    return box.x < -1 || box.x + box.width > view.width + 1;
                });
                return [page.documentElement.scrollWidth, page.documentElement.clientWidth, cut.length];
            });
            document.title = JSON.stringify(frames);
        });</script>";
        let outer = place.path().join("outer.html");
        fs::write(
            &outer,
            format!("<!doctype html><title></title>{frames}{acts}"),
        )
        .expect("written");
        let page = format!("file://{}", outer.display());
        let flags = [
            "--allow-file-access-from-files",
            "--virtual-time-budget=8000",
            "--dump-dom",
        ];
        let (dom, _) = opened(&browser, &flags, &page);
        let title = dom
            .split("<title>")
            .nth(1)
            .and_then(|rest| rest.split("</title>").next());
        let seen: Value =
            serde_json::from_str(title.unwrap_or_default()).unwrap_or_else(|_| panic!("{dom}"));
        let frames = seen.as_array().expect("frames").iter();
        let figure = |frame: &Value, at: usize| frame[at].as_u64().expect("a number");
        frames
            .map(|frame| (figure(frame, 0), figure(frame, 1), figure(frame, 2)))
            .collect()
    };
    for file in [
        report(&place, FIVE, &["--frontier"]),
        draft(&place, "zh-official"),
        draft(&place, "en-memo"),
    ] {
        let frames = measured(&file);
        assert_eq!(frames.len(), 3);
        for (long, wide, cut) in frames {
            assert!(long <= wide, "{}: {long} pixels on {wide}", file.display());
            assert_eq!(cut, 0, "{}: words cut out of charts", file.display());
        }
    }
}

#[test]
fn a_draft_prints_each_annex_on_a_page_of_its_own() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let file = draft(&place, "zh-official");
    assert!(drawn(&browser, &file, "").contains("附件1　问题"));
    let pdf = place.path().join("draft.pdf");
    let to = format!("--print-to-pdf={}", pdf.display());
    let (_, complaints) = opened(&browser, &[&to], &format!("file://{}", file.display()));
    assert!(complaints.is_empty(), "{complaints:?}");
    let bytes = fs::read(&pdf).expect("the print");
    let pages = String::from_utf8_lossy(&bytes)
        .matches("/Type /Page\n")
        .count();
    assert!((4..40).contains(&pages), "{pages} pages");
}
