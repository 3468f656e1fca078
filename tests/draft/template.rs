//! A planner's own words: exported, edited and given back, as text and as a Word file.

use std::fs;
use std::io::{Cursor, Read, Write};
use std::path::Path;

use tempfile::TempDir;

use super::{DISTRICT, copy, drafted, ended, part, run, said, talk};

/// A Word file with some words changed in its parts.
fn changed(file: &[u8], changes: &[(&str, &str)]) -> Vec<u8> {
    let mut archive = zip::ZipArchive::new(Cursor::new(file)).expect("an archive");
    let mut made = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for at in 0..archive.len() {
        let mut entry = archive.by_index(at).expect("an entry");
        let name = entry.name().expect("a name").into_owned();
        let mut text = String::new();
        entry.read_to_string(&mut text).expect("UTF-8");
        for (from, to) in changes {
            text = text.replace(from, to);
        }
        let options = zip::write::SimpleFileOptions::default();
        made.start_file(name, options).expect("begun");
        made.write_all(text.as_bytes()).expect("written");
    }
    made.finish().expect("finished").into_inner()
}

#[test]
fn an_exported_form_gives_what_the_form_gives() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    for form in ["zh-official", "zh-brief", "en-memo"] {
        let (shipped, _) = drafted(DISTRICT, &["--form", form]);
        let text = at(&format!("{form}.md"));
        ended(
            &run(&["draft", "--print-template", form, "--out", &text]),
            0,
        );
        let (own, _) = drafted(DISTRICT, &["--template", &text]);
        assert!(own == shipped, "{form} as text");
        let word = at(&format!("{form}.docx"));
        ended(
            &run(&["draft", "--print-template", form, "--out", &word]),
            0,
        );
        let (own, _) = drafted(DISTRICT, &["--template", &word, "--form", form]);
        let first = |text: &str| -> Vec<String> {
            let lines = text.lines().map(str::to_string);
            lines.filter(|line| !line.is_empty()).take(12).collect()
        };
        assert_eq!(first(&own), first(&shipped), "{form} as a Word file");
        assert!(!own.contains("{{"), "{form}: {own}");
        // What is there is not written over.
        let again = run(&["draft", "--print-template", form, "--out", &word]);
        ended(&again, 2);
    }
    let shown = run(&["draft", "--print-template", "zh-official", "--lang", "zh"]);
    ended(&shown, 0);
    let shown = String::from_utf8(shown.stdout).expect("UTF-8");
    assert!(
        shown.contains("{{任务台账}}") && shown.contains("%%   缺口减少："),
        "{shown}"
    );
}

#[test]
fn edited_words_come_out_and_what_has_nothing_to_say_is_left_out() {
    let place = TempDir::new().expect("a folder");
    let own = place.path().join("own.md");
    let text = "版式：zh-brief\n页眉：内部讨论{{状态}}\n# {{案例名称}}汇报\n% 说明\n\
                ## 一句话\n缺口由 {{缺口规划前}} 降到 {{缺口规划后}}，减少{{缺口减少}}，花 {{ money-spent }}。\n\
                - 学校 {{学校数}} 所\n- {{以后年度}}\n## 空的一节\n### 也空\n## 图\n{{图：年度}}\n# 附表 {横向}\n{{任务台账}}\n";
    fs::write(&own, text).expect("written");
    let (said, file) = drafted(DISTRICT, &["--template", &own.display().to_string()]);
    for words in ["一、一句话", "二、图", "1. 学校 8 所", "附件1", "图1　"] {
        assert!(said.contains(words), "{words} in {said}");
    }
    let less = said
        .split("，减少")
        .nth(1)
        .and_then(|rest| rest.split("，花").next());
    assert!(less.is_some_and(|less| less.ends_with('%')), "{said}");
    assert!(!said.contains("空的一节") && !said.contains("说明") && !said.contains("{{"));
    assert!(part(&file, "word/header1.xml").contains("内部讨论"));
}

#[test]
fn a_template_that_asks_for_what_there_is_not_is_told_with_line_and_hint() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name);
    let out = at("draft.docx");
    let refused = |own: &Path, lang: &str, code: i32| {
        let own = own.display().to_string();
        let out = out.display().to_string();
        let output = run(&[
            "draft",
            DISTRICT,
            "--template",
            &own,
            "--out",
            &out,
            "--lang",
            lang,
        ]);
        ended(&output, code);
        assert!(!Path::new(&out).exists());
        talk(&output)
    };
    fs::write(at("own.md"), "# 题\n{{缺口减小}}\n花了{{资金表}}\n").expect("written");
    let told = refused(&at("own.md"), "zh", 1);
    assert!(
        told.contains("第 2 行") && told.contains("是不是“缺口减少”"),
        "{told}"
    );
    assert!(
        told.contains("第 3 行") && told.contains("单独成行"),
        "{told}"
    );
    fs::write(at("own.md"), "# Title\n{{gap-les}}\n").expect("written");
    let told = refused(&at("own.md"), "en", 1);
    assert!(told.contains("did you mean “gap-less”?"), "{told}");
    fs::write(at("gbk.md"), [b'#', b' ', 0xcc, 0xe2, b'\n']).expect("written");
    assert!(refused(&at("gbk.md"), "en", 2).contains("UTF-8"));
    fs::write(at("own.docx"), "no archive").expect("written");
    assert!(refused(&at("own.docx"), "en", 2).contains("no Word file"));
    assert!(refused(&at("own.pdf"), "en", 2).contains("cannot be read"));
    fs::write(at("own.odt"), "x").expect("written");
    assert!(refused(&at("own.odt"), "en", 2).contains(".docx"));

    let word = at("form.docx");
    let file = word.display().to_string();
    ended(
        &run(&["draft", "--print-template", "zh-official", "--out", &file]),
        0,
    );
    let bytes = fs::read(&word).expect("the template");
    fs::write(&word, changed(&bytes, &[("{{基本情况}}", "{{基本情形}}")])).expect("written");
    let told = refused(&word, "zh", 1);
    assert!(told.contains("是不是“基本情况”"), "{told}");
    // A Word template gives no Markdown.
    fs::write(&word, bytes).expect("written");
    let other = at("draft.md").display().to_string();
    let output = run(&["draft", DISTRICT, "--template", &file, "--out", &other]);
    ended(&output, 2);
}

#[test]
fn an_offices_own_word_file_keeps_its_letterhead() {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    let file = at("office.docx");
    ended(
        &run(&["draft", "--print-template", "zh-official", "--out", &file]),
        0,
    );
    let bytes = fs::read(&file).expect("the template");
    // A letterhead in red, a place that Word has split into runs, and a style of another name.
    let red = "<w:body><w:p><w:r><w:rPr><w:color w:val=\"FF0000\"/></w:rPr><w:t>平昌县教育局文件</w:t></w:r></w:p>";
    let split = "</w:t></w:r><w:r><w:t xml:space=\"preserve\">";
    let own = changed(
        &bytes,
        &[
            ("<w:body>", red),
            ("{{短缺概述}}", &format!("{{{{短缺{split}概述}}}}")),
            ("征求意见稿{{状态}}", "内部{{状态}}"),
        ],
    );
    fs::write(&file, own).expect("written");
    let (text, made) = drafted(DISTRICT, &["--template", &file]);
    assert!(text.starts_with("平昌县教育局文件\n"), "{text}");
    assert!(
        text.contains("按标准逐校逐项核对，至少一项不足的学校有"),
        "{text}"
    );
    assert!(part(&made, "word/document.xml").contains("w:val=\"FF0000\""));
    assert!(part(&made, "word/header1.xml").contains("内部"));
    let pictures = zip::ZipArchive::new(Cursor::new(&made)).expect("an archive");
    let pictures = pictures.file_names().filter_map(Result::ok);
    assert_eq!(pictures.filter(|name| name.ends_with(".png")).count(), 6);
    assert!(part(&made, "[Content_Types].xml").contains("image/png"));

    // Where the header has no place for it, a result that was edited or is stale is refused.
    let (case, plan) = (at("case"), at("plan"));
    copy(Path::new(DISTRICT), Path::new(&case));
    ended(&run(&["solve", &case, "--out", &plan]), 0);
    let toml = Path::new(&case).join("case.toml");
    let stated = fs::read_to_string(&toml).expect("the case");
    fs::write(&toml, stated + "\n# 改动\n").expect("changed");
    let out = at("draft.docx");
    let arguments = [
        "draft",
        &case,
        "--plan",
        &plan,
        "--stale",
        "--template",
        &file,
        "--out",
        &out,
    ];
    ended(&run(&arguments), 3);
    let marked = fs::read(&out).expect("the draft");
    assert!(part(&marked, "word/header1.xml").contains("内部（已过期）"));
    assert!(said(&marked).contains("已过期：方案写成以后案例有改动"));
    fs::remove_file(&out).expect("removed");
    let bytes = fs::read(&file).expect("the template");
    fs::write(&file, changed(&bytes, &[("内部{{状态}}", "内部")])).expect("written");
    let refused = run(&arguments);
    ended(&refused, 1);
    assert!(talk(&refused).contains("{{status}}"), "{}", talk(&refused));
}
