//! Both languages are whole: everything that is said in one is said in the other; and what a command writes in one
//! language holds none of the other, and the same numbers.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;
use unicode_width::UnicodeWidthChar;

fn is_chinese(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

/// The source files.
fn sources(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            sources(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            found.push(path);
        }
    }
}

/// A piece of Rust: a string literal, or one character of anything else; comments left out.
#[derive(Clone, PartialEq, Debug)]
enum Token {
    Text(String),
    Other(char),
}

fn tokens(source: &str) -> Vec<(usize, Token)> {
    let chars: Vec<char> = source.chars().collect();
    let (mut at, mut line, mut tokens) = (0, 1, Vec::new());
    while at < chars.len() {
        let next = chars.get(at + 1).copied();
        match chars[at] {
            '/' if next == Some('/') => {
                while at < chars.len() && chars[at] != '\n' {
                    at += 1;
                }
                continue;
            }
            // A character in quotes, or the name of a lifetime.
            '\'' => {
                let long = if next == Some('\\') {
                    chars[at + 2..]
                        .iter()
                        .position(|c| *c == '\'')
                        .map(|long| long + 3)
                } else if chars.get(at + 2) == Some(&'\'') {
                    Some(3)
                } else {
                    None
                };
                at += long.unwrap_or(1);
                continue;
            }
            '"' => {
                let begins = line;
                let mut text = String::new();
                at += 1;
                while chars[at] != '"' {
                    if chars[at] == '\n' {
                        line += 1;
                    }
                    if chars[at] == '\\' {
                        at += 1;
                        // A line that goes on.
                        if chars[at] == '\n' {
                            line += 1;
                            while chars[at + 1].is_whitespace() {
                                line += usize::from(chars[at + 1] == '\n');
                                at += 1;
                            }
                        } else {
                            text.push(chars[at]);
                        }
                    } else {
                        text.push(chars[at]);
                    }
                    at += 1;
                }
                tokens.push((begins, Token::Text(text)));
            }
            '\n' => line += 1,
            c if c.is_whitespace() => {}
            c => tokens.push((line, Token::Other(c))),
        }
        at += 1;
    }
    tokens
}

/// The texts of each argument of a call that begins behind its bracket.
fn arguments(tokens: &[(usize, Token)]) -> Vec<Vec<String>> {
    let mut depth = 0;
    let mut arguments = vec![Vec::new()];
    for (_, token) in tokens {
        match token {
            Token::Other('(' | '[' | '{') => depth += 1,
            Token::Other(')' | ']' | '}') if depth == 0 => break,
            Token::Other(')' | ']' | '}') => depth -= 1,
            Token::Other(',') if depth == 0 => arguments.push(Vec::new()),
            Token::Text(text) => arguments.last_mut().expect("one").push(text.clone()),
            Token::Other(_) => {}
        }
    }
    arguments
}

/// Words of a text outside of what is put in.
fn words(text: &str) -> usize {
    let mut said = String::new();
    let mut depth = 0;
    for c in text.chars() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            c if depth == 0 => said.push(c),
            _ => {}
        }
    }
    let words = said.split(|c: char| !c.is_ascii_alphabetic());
    words.filter(|word| word.len() > 2).count()
}

#[test]
fn all_that_is_said_in_one_language_is_said_in_the_other() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut files = Vec::new();
    sources(&root, &mut files);
    files.sort();
    let (mut pairs, mut faults) = (0, Vec::new());
    for file in &files {
        let source = fs::read_to_string(file).expect("a source file");
        let tokens = tokens(&source);
        let called: Vec<usize> = (5..tokens.len())
            .filter(|at| {
                let name: String = tokens[at - 5..=*at]
                    .iter()
                    .map(|(_, token)| match token {
                        Token::Other(c) => *c,
                        Token::Text(_) => '"',
                    })
                    .collect();
                name == ".pick("
            })
            .collect();
        for at in called {
            let mut both = arguments(&tokens[at + 1..]);
            both.retain(|texts| !texts.is_empty());
            let [chinese, english] = both.as_slice() else {
                continue;
            };
            let (zh, en) = (chinese.concat(), english.concat());
            let place = format!(
                "{}:{}",
                file.strip_prefix(&root).expect("inside").display(),
                tokens[at].0
            );
            pairs += 1;
            if en.chars().any(is_chinese) {
                faults.push(format!("{place}: Chinese in the English “{en}”"));
            }
            if zh == en && words(&zh) > 0 {
                faults.push(format!("{place}: the same in both, “{zh}”"));
            }
            if zh.chars().any(is_chinese) && en.trim().is_empty() && zh.chars().count() > 2 {
                faults.push(format!("{place}: nothing in English for “{zh}”"));
            }
            if !zh.chars().any(is_chinese) && words(&en) > 1 {
                faults.push(format!("{place}: no Chinese for “{en}”"));
            }
        }
    }
    assert!(pairs > 1000, "{pairs} pairs were found");
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn run(arguments: &[&str]) -> (String, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_junheng"))
        .args(arguments)
        .env("LC_ALL", "C")
        .output()
        .expect("the command starts");
    let of = |bytes: &[u8]| String::from_utf8_lossy(bytes).into_owned();
    (of(&output.stdout), of(&output.stderr))
}

fn scenario(name: &str) -> String {
    format!("{}/scenarios/{name}", env!("CARGO_MANIFEST_DIR"))
}

/// All that is written in a folder, file by file.
fn written(folder: &Path, texts: &mut Vec<(String, String)>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() {
            written(&path, texts);
        } else if let Ok(text) = fs::read_to_string(&path) {
            texts.push((path.display().to_string(), text));
        }
    }
}

/// What the commands say and write of a case in a language.
fn said(case: &str, lang: &str) -> Vec<(String, String)> {
    let place = TempDir::new().expect("a folder");
    let at = |name: &str| place.path().join(name).display().to_string();
    let (case, form) = (
        scenario(case),
        if lang == "zh" {
            "zh-official"
        } else {
            "en-memo"
        },
    );
    let mut texts = Vec::new();
    let (plan, draft, report, charts) =
        (at("plan"), at("draft.md"), at("report.html"), at("charts"));
    for arguments in [
        vec!["check", &case],
        vec!["list", &case],
        vec!["diagnose", &case],
        vec!["solve", &case, "--out", &plan],
        vec!["compliance", &case],
        vec!["why", &case],
        vec!["draft", &case, "--form", form, "--out", &draft],
        vec!["report", &case, "--out", &report, "--charts", &charts],
    ] {
        let (out, err) = run(&[arguments.as_slice(), &["--lang", lang]].concat());
        // The folder's name is drawn, and what is drawn may look like words.
        let folder = place.path().display().to_string();
        let drawn = |text: String| text.replace(&folder, "/");
        texts.push((format!("{arguments:?} stdout"), drawn(out)));
        texts.push((format!("{arguments:?} stderr"), drawn(err)));
    }
    written(place.path(), &mut texts);
    assert!(texts.len() > 20, "{}", texts.len());
    texts
}

/// Whether a line tells the hash of a file.
fn has_hash(line: &str) -> bool {
    line.split(|c: char| !c.is_ascii_hexdigit())
        .any(|word| word.len() == 64)
}

#[test]
fn english_output_of_an_english_case_holds_no_chinese() {
    for (name, text) in said("osun", "en") {
        // The page's style names Chinese fonts for Chinese pages; the program's name has its own.
        let text = text.replace("均衡", "");
        if let Some(at) = text.find(is_chinese) {
            let around: String = text[at..].chars().take(40).collect();
            panic!("{name}: {around}");
        }
    }
}

#[test]
fn chinese_output_of_a_chinese_case_holds_no_english_sentence() {
    for (name, text) in said("district", "zh") {
        if name.contains(".html") || name.contains(".svg") || name.contains(".json") {
            continue;
        }
        let own = |line: &&str| !line.contains("Synthetic data") && !has_hash(line);
        for line in text.lines().filter(own) {
            // Commands, files and options are not words.
            let words: Vec<&str> = line
                .split(|c: char| !(c.is_ascii_alphabetic() || "-_./\\[]=`".contains(c)))
                .filter(|word| word.len() > 2 && word.chars().all(|c| c.is_ascii_lowercase()))
                .filter(|word| {
                    ![
                        "junheng",
                        "schools",
                        "auto",
                        "resources",
                        "plan",
                        "base",
                        "and",
                    ]
                    .contains(word)
                })
                .collect();
            let command = line.contains("junheng ") || line.contains("：junheng");
            assert!(command || words.len() < 3, "{name}: {line}\n{words:?}");
        }
    }
}

#[test]
fn numbers_and_years_stand_as_each_language_has_them() {
    let (chinese, _) = run(&["solve", &scenario("district"), "--lang", "zh"]);
    let (english, _) = run(&["solve", &scenario("district"), "--lang", "en"]);
    assert!(chinese.contains(" · 2026–2028年 · 情景：基准\n"));
    assert!(english.contains(" · 2026–2028 · scenario: base\n"));
    let numbers = |text: &str| -> Vec<String> {
        let mut numbers: Vec<String> = text
            .split(|c: char| !(c.is_ascii_digit() || c == ',' || c == '.'))
            .map(|number| number.trim_matches([',', '.']).to_string())
            .filter(|number| number.len() > 4 && number.contains(['.', ',']))
            .collect();
        numbers.sort();
        numbers.dedup();
        numbers
    };
    assert_eq!(
        numbers(&chinese),
        numbers(&english),
        "the same numbers in both"
    );
    assert!(numbers(&chinese).len() > 15);
}

/// A line as the cells of a terminal: a wide character fills two.
fn cells(line: &str) -> Vec<char> {
    let of = |c: char| std::iter::repeat_n(c, c.width().unwrap_or(0));
    line.chars().flat_map(of).collect()
}

/// Where the parts of a line begin and end that two blank cells and more divide.
fn parts(line: &str) -> Vec<(usize, usize)> {
    let (mut parts, mut blank) = (Vec::<(usize, usize)>::new(), 2);
    for (at, c) in cells(line).into_iter().enumerate() {
        match (c, parts.last_mut()) {
            (' ', _) => blank += 1,
            (_, Some(last)) if blank < 2 => (last.1, blank) = (at + 1, 0),
            _ => {
                parts.push((at, at + 1));
                blank = 0;
            }
        }
    }
    parts
}

/// How many rows of a table stand below its header: each of their cells begins or ends where the header's does. Rows with
/// an empty cell are left out; `None` where one stands elsewhere.
fn in_line(header: &str, rows: &[&str]) -> Option<usize> {
    let above = parts(header);
    let whole = rows.iter().map(|row| parts(row));
    let whole: Vec<_> = whole.filter(|row| row.len() == above.len()).collect();
    let stands = |row: &Vec<(usize, usize)>| {
        row.iter()
            .zip(&above)
            .all(|(cell, name)| cell.0 == name.0 || cell.1 == name.1)
    };
    whole.iter().all(stands).then_some(whole.len())
}

#[test]
fn columns_stand_in_line_whatever_the_width_of_their_characters() {
    let header = "  学校               缺";
    assert_eq!(in_line(header, &["  望京小学            1"]), Some(1));
    // Counted by characters, wide ones push what follows to the right.
    assert_eq!(in_line(header, &["  望京小学               1"]), None);
    let place = TempDir::new().expect("a folder");
    let case = place.path().join("case");
    fs::create_dir_all(&case).expect("a folder");
    let of =
        |file: &str| fs::read_to_string(Path::new(&scenario("district")).join(file)).expect(file);
    // Beyond the first plane, half width, with a mark of its own, from the right.
    let schools = of("schools.csv")
        .replace("青石镇中心小学", "𠮷野𡃁小学")
        .replace("柳沟村小学", "ｱｲｳ Cafe\u{301} ①")
        .replace("东湾村小学", "בית ספר");
    fs::write(case.join("schools.csv"), schools).expect("written");
    fs::write(case.join("case.toml"), of("case.toml")).expect("written");
    let wild = case.display().to_string();
    let (mut tables, mut records) = (0, 0);
    for lang in ["zh", "en"] {
        for (command, case) in [
            ("solve", scenario("county")),
            ("diagnose", scenario("places")),
            ("compare", scenario("district")),
            ("prices", scenario("district")),
            ("frontier", scenario("five-schools")),
            ("list", scenario("county")),
            ("solve", wild.clone()),
            ("why", wild.clone()),
            ("compliance", wild.clone()),
        ] {
            let (text, _) = run(&[command, &case, "--lang", lang]);
            let lines: Vec<&str> = text.lines().collect();
            let rules = lines.iter().enumerate();
            let rules = rules.filter(|(_, line)| line.trim_start().starts_with("───"));
            for (at, _) in rules {
                let body = lines[at + 1..].iter();
                let rows = body.take_while(|line| {
                    line.starts_with("  ") && !line.trim_start().starts_with('·')
                });
                let rows: Vec<&str> = rows.copied().collect();
                let stand = in_line(lines[at - 1], &rows);
                let said = || {
                    format!(
                        "{command} {case} {lang}:\n{}\n{}",
                        lines[at - 1],
                        rows.join("\n")
                    )
                };
                records += stand.unwrap_or_else(|| panic!("{}", said()));
                tables += 1;
            }
        }
    }
    assert!(
        tables > 30 && records > 300,
        "{tables} tables, {records} rows"
    );
}
