//! The draft as Markdown and as a page, and the pictures in all of them.

use std::fs;
use std::path::Path;

use tempfile::TempDir;

use super::{DISTRICT, copy, drafted, ended, part, run, talk};

const PNG: &[u8] = b"\x89PNG\r\n\x1a\n";

#[test]
fn a_word_file_shows_each_chart_with_what_it_says() {
    let (text, file) = drafted(DISTRICT, &["--form", "zh-official"]);
    let document = part(&file, "word/document.xml");
    assert_eq!(document.matches("<w:drawing>").count(), 6);
    let links = part(&file, "word/_rels/document.xml.rels");
    for at in 1..=6 {
        assert!(text.contains(&format!("图{at}　")), "{text}");
        assert!(links.contains(&format!("media/chart{at}.png")));
    }
    // Who cannot see a picture is told what it shows.
    assert_eq!(document.matches(" descr=\"图").count(), 6);
    assert!(part(&file, "word/header1.xml").contains("征求意见稿"));
    let (_, memo) = drafted(DISTRICT, &["--form", "en-memo"]);
    assert!(part(&memo, "word/header1.xml").contains("DRAFT"));
}

#[test]
fn a_draft_is_also_a_page_and_markdown_with_pictures_beside_it() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let (page, text) = (at("draft.html"), at("draft.md"));
    for out in [&page, &text] {
        ended(
            &run(&["draft", DISTRICT, "--out", &out.display().to_string()]),
            0,
        );
    }
    let page = fs::read_to_string(page).expect("the page");
    assert_eq!(page.matches("<svg ").count(), 6);
    for said in [
        "一、现状与问题",
        "（一）基本情况",
        "附件1　问题",
        "表1　",
        "征求意见稿",
    ] {
        assert!(page.contains(said), "{said}");
    }
    assert!(
        !page.contains("http") || !page.contains("src=\"http"),
        "nothing is fetched"
    );
    let text = fs::read_to_string(text).expect("the text");
    let linked: Vec<&str> = text
        .split("](draft-charts/")
        .skip(1)
        .filter_map(|rest| rest.split(')').next())
        .collect();
    assert_eq!(linked.len(), 6, "{text}");
    for name in linked {
        let picture = fs::read(at("draft-charts").join(name)).expect(name);
        assert!(picture.starts_with(PNG), "{name}");
    }
}

#[test]
fn schools_with_positions_are_drawn_on_a_map_and_the_curve_where_it_is_asked_for() {
    let places = concat!(env!("CARGO_MANIFEST_DIR"), "/scenarios/places");
    for (form, map, curve) in [
        ("zh-official", "处的缺口缩小", "按现有资金最小缺口为"),
        ("zh-brief", "处的缺口缩小", "按现有资金最小缺口为"),
        (
            "en-memo",
            "The gap falls at",
            "With the money stated the smallest gap is",
        ),
    ] {
        let (text, file) = drafted(places, &["--form", form, "--frontier"]);
        assert!(text.contains(map) && text.contains(curve), "{form}: {text}");
        let document = part(&file, "word/document.xml");
        let drawn = document.matches("<w:drawing>").count();
        let (text, file) = drafted(places, &["--form", form]);
        assert!(
            text.contains(map) && !text.contains(curve),
            "{form}: {text}"
        );
        let document = part(&file, "word/document.xml");
        assert_eq!(document.matches("<w:drawing>").count() + 1, drawn, "{form}");
    }
    let place = TempDir::new().expect("a folder");
    let (page, text) = (place.path().join("a.html"), place.path().join("a.md"));
    for out in [&page, &text] {
        let out = out.display().to_string();
        ended(&run(&["draft", places, "--frontier", "--out", &out]), 0);
    }
    let page = fs::read_to_string(page).expect("the page");
    assert!(page.contains("处的缺口缩小") && page.contains("按现有资金最小缺口为"));
    for name in ["map", "frontier"] {
        let picture = place.path().join(format!("a-charts/{name}.png"));
        assert!(fs::read(picture).expect(name).starts_with(PNG), "{name}");
    }
}

#[test]
fn scenarios_stand_beside_the_one_that_is_written_up() {
    let compared = run(&["compare", DISTRICT, "-s", "tight", "-s", "sooner", "--json"]);
    let told: serde_json::Value = serde_json::from_slice(&compared.stdout).expect("JSON");
    let gap = told["scenarios"][1]["figures"]["gap_by_base"]
        .as_f64()
        .expect("a gap");
    for (form, heading, finding) in [
        ("zh-official", "情景比较", "最大的是“中央补助减半”"),
        ("zh-brief", "情景比较", "最大的是“中央补助减半”"),
        (
            "en-memo",
            "Other scenarios",
            "“中央补助减半” leaves the largest",
        ),
    ] {
        let more = ["--form", form, "--compare", "tight", "--compare", "sooner"];
        let (text, _) = drafted(DISTRICT, &more);
        assert!(
            text.contains(heading) && text.contains(finding),
            "{form}: {text}"
        );
        let digits: String = text.chars().filter(|c| *c != ',').collect();
        assert!(digits.contains(&format!("{gap:.0}")), "{form}: {gap}");
        // Which scenario it is that has no plan, and why.
        let why = text
            .find("2026年起教室全部达标")
            .unwrap_or_else(|| panic!("{text}"));
        assert!(text[..why].contains("2026年起教室即达标"), "{form}: {text}");
        let (text, _) = drafted(DISTRICT, &["--form", form]);
        assert!(!text.contains(heading), "{form}: {text}");
    }
    let refused = run(&["draft", DISTRICT, "--compare", "nobody"]);
    assert_eq!(refused.status.code(), Some(2), "{}", talk(&refused));
}

#[test]
fn charts_are_written_as_files_that_need_no_font() {
    let place = TempDir::new().expect("a folder");
    let folder = place.path().join("charts");
    let name = folder.display().to_string();
    ended(
        &run(&[
            "report", DISTRICT, "-s", "base", "-s", "tight", "--charts", &name,
        ]),
        0,
    );
    let files = fs::read_dir(&folder).expect("the folder");
    let names: Vec<String> = files
        .map(|file| {
            file.expect("a file")
                .file_name()
                .to_string_lossy()
                .into_owned()
        })
        .collect();
    let ending = |ending: &str| names.iter().filter(|name| name.ends_with(ending)).count();
    assert!(ending(".png") == 13 && ending(".svg") == 13, "{names:?}");
    for name in ["base-shortfall.svg", "tight-years.png", "scenarios.svg"] {
        assert!(names.iter().any(|own| own == name), "{name} in {names:?}");
    }
    let svg = fs::read_to_string(folder.join("base-shortfall.svg")).expect("a chart");
    assert!(
        !svg.contains("<text") && !svg.contains("font"),
        "no font is asked for"
    );
    assert!(svg.contains("来源：本案例的求解结果"), "the source is said");
    let again = place.path().join("again");
    ended(
        &run(&[
            "report",
            DISTRICT,
            "-s",
            "base",
            "-s",
            "tight",
            "--charts",
            &again.display().to_string(),
            "--threads",
            "1",
        ]),
        0,
    );
    for name in &names {
        assert!(
            fs::read(folder.join(name)).ok() == fs::read(again.join(name)).ok(),
            "{name}"
        );
    }
    let neither = run(&["report", DISTRICT]);
    ended(&neither, 2);
}

#[test]
fn a_character_the_font_lacks_is_told() {
    let place = TempDir::new().expect("a folder");
    let case = place.path().join("case");
    copy(Path::new(DISTRICT), &case);
    let file = case.join("case.toml");
    let stated = fs::read_to_string(&file).expect("the case");
    fs::write(
        &file,
        stated.replace("name = \"骨干教师\"", "name = \"骨干𠮷教师\""),
    )
    .expect("changed");
    let charts = place.path().join("charts").display().to_string();
    let told = run(&[
        "report",
        &case.display().to_string(),
        "--charts",
        &charts,
        "--lang",
        "zh",
    ]);
    assert!(talk(&told).contains("𠮷 (U+20BB7)"), "{}", talk(&told));
}
