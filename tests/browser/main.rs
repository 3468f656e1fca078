//! The report in a real browser: it draws, searches, sorts and prints without a word of complaint. Where no Chromium is
//! found this is said and nothing is tried, unless `JUNHENG_REQUIRE_BROWSER=1`.

mod large;
#[path = "../common/picture.rs"]
mod picture;
mod pictures;

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::Value;
use tempfile::TempDir;

const COUNTY: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/county");
const DISTRICT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/district");
const OSUN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/osun");
/// How long the browser may take in all; a machine may be busy.
const PATIENCE: Duration = Duration::from_secs(180);

/// The browser; `None` where there is none and none is required.
fn browser() -> Option<PathBuf> {
    let folders = std::env::var_os("PATH").unwrap_or_default();
    let names = ["chromium", "chromium-browser", "google-chrome"];
    let found = std::env::split_paths(&folders)
        .flat_map(|folder| names.map(|name| folder.join(name)))
        .find(|path| path.is_file());
    if found.is_none() {
        let required =
            std::env::var_os("JUNHENG_REQUIRE_BROWSER").is_some_and(|value| value == "1");
        assert!(!required, "Chromium is required and not found");
        eprintln!("no Chromium found: the report is not tried in a browser");
    }
    found
}

/// What the browser writes and complains of when it opens a page.
fn opened(browser: &Path, flags: &[&str], page: &str) -> (String, Vec<String>) {
    let place = TempDir::new().expect("a folder");
    let file = |name: &str| place.path().join(name);
    let to = |name: &str| Stdio::from(fs::File::create(file(name)).expect("a file"));
    let mut child = Command::new(browser)
        .args([
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--enable-logging=stderr",
            "--v=0",
        ])
        .arg(format!("--user-data-dir={}", file("profile").display()))
        .args(flags)
        .arg(page)
        .stdin(Stdio::null())
        .stdout(to("out"))
        .stderr(to("err"))
        .spawn()
        .expect("the browser starts");
    let started = Instant::now();
    let status = loop {
        if let Some(status) = child.try_wait().expect("a child") {
            break status;
        }
        if started.elapsed() > PATIENCE {
            child.kill().expect("killed");
            child.wait().expect("ended");
            panic!("the browser took more than {PATIENCE:?}");
        }
        std::thread::sleep(Duration::from_millis(50));
    };
    let read =
        |name: &str| String::from_utf8_lossy(&fs::read(file(name)).expect("a file")).into_owned();
    let complaints = read("err");
    assert!(status.success(), "{complaints}");
    let complaints = complaints.lines().filter(|line| line.contains("CONSOLE"));
    (read("out"), complaints.map(str::to_string).collect())
}

/// The page as it stands once the script has run. The browser must not have complained.
fn drawn(browser: &Path, file: &Path, fragment: &str) -> String {
    let page = format!("file://{}{fragment}", file.display());
    let (text, complaints) = opened(
        browser,
        &["--virtual-time-budget=10000", "--dump-dom"],
        &page,
    );
    assert!(complaints.is_empty(), "{complaints:?}");
    assert!(text.contains("</html>"), "the page was drawn");
    text
}

fn junheng(arguments: &[&str]) -> Vec<u8> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_junheng"));
    let output = command
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .expect("the command starts");
    let talk = String::from_utf8_lossy(&output.stderr);
    assert!(matches!(output.status.code(), Some(0 | 4)), "{talk}");
    output.stdout
}

/// Writes the report of a case into a folder.
fn report(place: &TempDir, case: &str, more: &[&str]) -> PathBuf {
    let out = place.path().join("report.html");
    let name = out.display().to_string();
    junheng(&[&["report", case, "--out", &name], more].concat());
    out
}

/// The inner HTML of the element with this id, up to where the next one of `until` begins.
fn part<'a>(dom: &'a str, id: &str, until: &str) -> &'a str {
    let rest = dom
        .split(&format!(" id=\"{id}\""))
        .nth(1)
        .unwrap_or_else(|| panic!("no {id}"));
    rest.split(until).next().unwrap_or_default()
}

fn rows(table: &str) -> usize {
    let body = table.split("<tbody>").nth(1).unwrap_or_default();
    body.split("</tbody>")
        .next()
        .unwrap_or_default()
        .matches("<tr>")
        .count()
}

#[test]
fn a_fault_would_be_seen() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let page = place.path().join("broken.html");
    fs::write(&page, "<!doctype html><script>nothing.there();</script>").expect("written");
    let page = format!("file://{}", page.display());
    let (_, complaints) = opened(&browser, &["--dump-dom"], &page);
    assert_eq!(complaints.len(), 1, "{complaints:?}");
}

#[test]
fn every_school_is_listed_found_and_explained() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let file = report(&place, COUNTY, &[]);
    let whole = drawn(&browser, &file, "");
    let table = part(&whole, "place-table", "<section");
    assert_eq!(rows(table), 117);
    assert!(table.contains(">117 条结果</output>"), "{}", &table[..400]);

    let html = fs::read_to_string(&file).expect("the report");
    let named = html.split("\"township\":\"水田乡\"").count() - 1;
    assert!(named > 1 && named < 117);
    let found = drawn(&browser, &file, "#q=%E6%B0%B4%E7%94%B0%E4%B9%A1");
    let table = part(&found, "place-table", "<section");
    assert_eq!(rows(table), named);
    assert!(table.contains(&format!(">{named} 条结果</output>")));
    let none = drawn(&browser, &file, "#q=no-such-school");
    assert_eq!(rows(part(&none, "place-table", "<section")), 0);

    let why: Value = serde_json::from_slice(&junheng(&[
        "why", COUNTY, "YL057", "--json", "--lang", "zh",
    ]))
    .expect("JSON");
    let school = drawn(&browser, &file, "#school=YL057");
    let one = part(&school, "one", "<footer");
    assert!(one.contains("水田乡九年一贯制学校 (YL057)"));
    assert!(
        part(&school, "all", ">").contains("hidden"),
        "the rest is hidden"
    );
    let needs = why["needs"].as_array().expect("needs");
    assert!(needs.len() > 5);
    for need in needs {
        for said in [&need["reason"], &need["change"]] {
            let said = said
                .as_str()
                .expect("a sentence")
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            assert!(one.contains(&said), "{said}");
        }
        for given in need["given"].as_array().expect("rows") {
            assert!(one.contains(&format!("<td class=\"n\">{}</td>", given["year"])));
        }
    }
    let unknown = drawn(&browser, &file, "#school=nobody");
    assert!(part(&unknown, "one", "<footer").contains("没有这个代码：nobody"));
}

#[test]
fn headers_sort_and_the_switch_changes_all() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let file = report(
        &place,
        DISTRICT,
        &["-s", "base", "-s", "tight", "-s", "sooner"],
    );
    let html = fs::read_to_string(&file).expect("the report");
    // What a reader would do, written behind the page's own script; what is then seen goes into the title.
    let acts = r##"<script>
        const seen = {};
        const table = document.getElementById("place-table");
        const column = (name) => [...table.querySelectorAll("th")].findIndex((cell) => cell.textContent.startsWith(name));
        const gaps = (at) => [...table.querySelectorAll("tbody tr")].map((row) => Number(row.children[at].textContent.replace(/,/g, "")));
        const at = column("缺口·规划后");
        const button = table.querySelectorAll("th button")[at];
        button.click();
        seen.down = gaps(at);
        button.click();
        seen.up = gaps(at);
        seen.sort = table.querySelectorAll("th")[at].getAttribute("aria-sort");
        const input = table.querySelector("input");
        input.value = "QS02";
        input.dispatchEvent(new Event("input"));
        seen.found = table.querySelectorAll("tbody tr").length;
        seen.address = location.hash;
        input.value = "";
        input.dispatchEvent(new Event("input"));
        seen.scenarios = [];
        for (const value of ["0", "1", "2"]) {
            const scenario = document.getElementById("scenario");
            scenario.value = value;
            scenario.dispatchEvent(new Event("change"));
            const shown = [...document.querySelectorAll("[data-scenario]")].filter((part) => !part.hidden);
            seen.scenarios.push({
                shown: shown.every((part) => part.dataset.scenario === value) && shown.length,
                gaps: gaps(at).filter((gap) => !Number.isNaN(gap)).reduce((sum, gap) => sum + gap, 0),
                rows: document.querySelectorAll("#plan-table tbody tr").length,
                title: document.getElementById("scenario-title").textContent,
            });
        }
        document.title = JSON.stringify(seen);
        </script></body>"##;
    fs::write(&file, html.replace("</body>", acts)).expect("written");
    let dom = drawn(&browser, &file, "");
    let title = dom
        .split("<title>")
        .nth(1)
        .and_then(|rest| rest.split("</title>").next());
    let seen: Value =
        serde_json::from_str(&title.unwrap_or_default().replace("&amp;", "&")).expect("JSON");
    let figures = |key: &str| -> Vec<f64> {
        seen[key]
            .as_array()
            .expect("a list")
            .iter()
            .filter_map(Value::as_f64)
            .collect()
    };
    let (down, up) = (figures("down"), figures("up"));
    assert!(
        down.len() > 3 && down.is_sorted_by(|one, other| one >= other),
        "{down:?}"
    );
    assert!(up.is_sorted() && up.len() == down.len(), "{up:?}");
    assert_eq!(seen["sort"], "ascending");
    assert_eq!(
        (&seen["found"], &seen["address"]),
        (&1.into(), &"#q=QS02".into())
    );
    let scenarios = seen["scenarios"].as_array().expect("three");
    let gap = |at: usize| scenarios[at]["gaps"].as_f64().expect("a number");
    assert!(
        gap(1) > gap(0),
        "less money leaves a larger gap: {scenarios:?}"
    );
    assert!(
        scenarios.iter().all(|one| one["shown"].as_u64() > Some(3)),
        "{scenarios:?}"
    );
    assert_eq!(
        (&scenarios[2]["gaps"], &scenarios[2]["rows"]),
        (&0.into(), &0.into()),
        "no plan"
    );
    assert!(
        scenarios[2]["title"]
            .as_str()
            .is_some_and(|title| title.contains("无可行方案"))
    );
}

#[test]
fn a_wild_name_stays_text() {
    let Some(browser) = browser() else { return };
    let place = TempDir::new().expect("a folder");
    let file = report(&place, DISTRICT, &[]);
    let html = fs::read_to_string(&file).expect("the report");
    // The name as the program would write it into the data.
    let wild = "\\u003c/script>\\u003cb id='wild'>\\\"&amp;\\u003cimg src=x onerror=alert(1)>";
    fs::write(&file, html.replace("青石镇中心小学", wild)).expect("written");
    for fragment in ["", "#school=QS01"] {
        let dom = drawn(&browser, &file, fragment);
        let shown = dom.split("<script type=").next().unwrap_or_default();
        assert!(!shown.contains("<b id=") && !shown.contains("<img"));
        assert!(
            shown.contains("&lt;/script&gt;&lt;b id='wild'&gt;\"&amp;amp;&lt;img"),
            "shown as it is written"
        );
    }
}
