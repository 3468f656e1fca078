//! Faults of a workbook are told in its own words: sheets, headers and labels, no table or key of `case.toml`.

use std::collections::BTreeMap;

use junheng::words::Lang;

use crate::reading;
use crate::simple::Book;

/// What a workbook does not have: tables, keys and the files of a case folder.
fn foreign(text: &str) -> bool {
    // A word in backticks that is of small Latin letters: no header, label or code of the book but its own.
    let own = [
        "books",
        "computers",
        "area",
        "buy-books",
        "buy-computers",
        "build",
        "county",
        "special",
        "village-half",
        "computer-cap",
        "no-build-in-town",
        "mixed",
        "less",
        "from",
        "to",
        "km",
    ];
    let quoted = text.split('`').skip(1).step_by(2);
    let mut quoted = quoted.filter(|word| !word.starts_with("junheng "));
    let key = |word: &str| {
        let plain = |c: char| c.is_ascii_lowercase() || "_.[]= \"".contains(c);
        !word.is_empty() && word.chars().all(plain) && !own.contains(&word)
    };
    text.contains("[[") || text.contains(".toml") || quoted.any(key)
}

#[test]
fn no_fault_of_a_workbook_speaks_of_keys_of_toml() {
    let mut leaks: BTreeMap<String, String> = BTreeMap::new();
    let mut codes = std::collections::BTreeSet::new();
    let simple = Book::simple();
    for (sheet, rows) in &simple.0 {
        let wide = rows.iter().map(Vec::len).max().unwrap_or(0);
        for (row, cells) in rows.iter().enumerate() {
            for column in 0..wide {
                let was = cells.get(column).map_or("", String::as_str);
                let texts = if row == 0 {
                    &["三分"][..]
                } else {
                    &["三分", "-1"]
                };
                for &text in texts {
                    if text == was {
                        continue;
                    }
                    let cell = format!("{}{}", char::from(b'A' + column as u8), row + 1);
                    let mut book = simple.clone();
                    book.set(sheet, &cell, text);
                    for notice in reading(&book).notices.iter() {
                        codes.insert(notice.code.0);
                        let said = notice.message(Lang::Zh) + " / " + &notice.remedy(Lang::Zh);
                        if foreign(&said) {
                            let at = format!("{sheet}!{cell} = {text}");
                            leaks
                                .entry(format!("{} {said}", notice.code.0))
                                .or_insert(at);
                        }
                    }
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{leaks:#?}");
    assert!(codes.len() > 20, "{codes:?}");
}
