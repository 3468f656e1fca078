//! Findings about a case: for people one a line with its place, for programs as JSON.

use std::path::Path;

use serde_json::{Value, json};

use super::number::{count, plural};
use super::page::{Grid, Page, tame};
use crate::words::catalogue::{self, Entry};
use crate::words::{Grade, Lang, Notice, Notices, Place};

/// How many findings of one code are shown; the rest are counted.
const SHOWN_PER_CODE: usize = 12;

/// The findings of a grade or graver, gravest first and those of one code together, and how many there are. Files are
/// named from where the planner stands: their places are inside `folder`.
pub fn text(notices: &Notices, lang: Lang, least: Grade, folder: &Path) -> String {
    let mut kinds: Vec<Vec<&Notice>> = Vec::new();
    for notice in notices
        .by_grade()
        .into_iter()
        .filter(|notice| notice.grade() <= least)
    {
        match kinds.iter_mut().find(|kind| kind[0].code == notice.code) {
            Some(kind) => kind.push(notice),
            None => kinds.push(vec![notice]),
        }
    }
    let mut lines = Vec::new();
    for kind in kinds {
        let shown = kind.len().min(SHOWN_PER_CODE);
        lines.extend(
            kind[..shown]
                .iter()
                .flat_map(|notice| lines_of(notice, lang, folder)),
        );
        if kind.len() > shown {
            lines.push(more(kind[0], kind.len() - shown, lang));
        }
    }
    lines.push(counts(notices, lang));
    lines.join("\n") + "\n"
}

fn more(notice: &Notice, left_out: usize, lang: Lang) -> String {
    let (code, left_out) = (notice.code.0, count(left_out));
    lang.pick(
        format!("  …… 另有 {left_out} 处 {code}（用 --json 列出全部）"),
        format!("  … and {left_out} more {code} (--json lists all)"),
    )
}

fn lines_of(notice: &Notice, lang: Lang, folder: &Path) -> [String; 2] {
    let grade = grade_name(notice.grade(), lang);
    let text = notice
        .text
        .as_deref()
        .map(unquoted)
        .map(|text| lang.pick(format!("：“{text}”"), format!(": \"{text}\"")));
    let file = folder.join(&notice.place.file);
    let place = Place {
        file,
        ..notice.place.clone()
    };
    let code = notice.code.0;
    let message = notice.message(lang);
    [
        tame(&format!(
            "{place}: {grade} {code} {message}{}",
            text.unwrap_or_default()
        )),
        tame(&format!("    → {}", notice.remedy(lang))),
    ]
}

/// A text of a TOML file without its own quotes, since it is shown in quotes.
fn unquoted(text: &str) -> &str {
    let inner = text
        .strip_prefix('"')
        .and_then(|text| text.strip_suffix('"'));
    inner.filter(|inner| !inner.is_empty()).unwrap_or(text)
}

/// 2 个错误,1 条警告,0 条提示
pub fn counts(notices: &Notices, lang: Lang) -> String {
    let [errors, warnings, hints] =
        [Grade::Error, Grade::Warning, Grade::Hint].map(|grade| notices.count(grade));
    if notices.is_empty() {
        return lang.pick("没有发现问题", "no findings").to_string();
    }
    lang.pick(
        format!("{errors} 个错误，{warnings} 条警告，{hints} 条提示"),
        [
            plural(errors, "error"),
            plural(warnings, "warning"),
            plural(hints, "hint"),
        ]
        .join(", "),
    )
}

/// What a grade is called.
pub fn grade_name(grade: Grade, lang: Lang) -> &'static str {
    match grade {
        Grade::Error => lang.pick("错误", "error"),
        Grade::Warning => lang.pick("警告", "warning"),
        Grade::Hint => lang.pick("提示", "hint"),
    }
}

/// All findings, none left out.
pub fn json(notices: &Notices, lang: Lang) -> Value {
    let findings: Vec<Value> = notices
        .by_grade()
        .into_iter()
        .map(|notice| one_json(notice, lang))
        .collect();
    json!({
        "errors": notices.count(Grade::Error),
        "warnings": notices.count(Grade::Warning),
        "hints": notices.count(Grade::Hint),
        "findings": findings,
    })
}

fn one_json(notice: &Notice, lang: Lang) -> Value {
    json!({
        "grade": notice.grade(),
        "code": notice.code.0,
        "file": notice.place.file.to_string_lossy(),
        "sheet": notice.place.sheet,
        "cell": notice.place.cell_name(),
        "line": notice.place.line,
        "column": notice.place.column,
        "text": notice.text,
        "message": notice.message(lang),
        "remedy": notice.remedy(lang),
    })
}

/// A text of the catalogue without the place holders that a finding fills.
pub fn general(text: &str) -> String {
    (0..4).fold(text.to_string(), |text, at| {
        text.replace(&format!("{{{at}}}"), "…")
    })
}

/// A code explained.
pub fn entry_page(entry: &Entry, lang: Lang) -> Page {
    let mut page = Page::titled(format!(
        "{} · {} · {}",
        entry.code,
        grade_name(entry.grade, lang),
        general(lang.pick(entry.message.0, entry.message.1))
    ));
    page.text(lang.pick(entry.why.0, entry.why.1));
    page.text(format!(
        "→ {}",
        general(lang.pick(entry.remedy.0, entry.remedy.1))
    ));
    page
}

/// A code explained, for programs.
pub fn entry_json(entry: &Entry, lang: Lang) -> Value {
    json!({
        "code": entry.code,
        "grade": entry.grade,
        "message": general(lang.pick(entry.message.0, entry.message.1)),
        "remedy": general(lang.pick(entry.remedy.0, entry.remedy.1)),
        "why": lang.pick(entry.why.0, entry.why.1),
    })
}

/// All codes.
pub fn catalogue_page(lang: Lang) -> Page {
    let mut page = Page::titled(lang.pick("问题代码", "Codes of findings"));
    let mut grid = Grid::new()
        .words(lang.pick("代码", "code"))
        .words(lang.pick("等级", "grade"))
        .words(lang.pick("含义", "meaning"));
    for entry in catalogue::ENTRIES {
        let meaning = general(lang.pick(entry.message.0, entry.message.1));
        let grade = grade_name(entry.grade, lang);
        grid.row([entry.code.to_string(), grade.to_string(), meaning]);
    }
    page.grid(grid);
    page
}

/// All codes, for programs.
pub fn catalogue_json(lang: Lang) -> Value {
    Value::Array(
        catalogue::ENTRIES
            .iter()
            .map(|entry| entry_json(entry, lang))
            .collect(),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::words::catalogue::FILE_UNREADABLE;

    fn many(number: usize) -> Notices {
        let mut notices = Notices::new();
        for line in 1..=number {
            notices.push(
                Notice::new(FILE_UNREADABLE, Place::at("schools.csv", line, 2))
                    .with("x")
                    .text("?\u{1b}"),
            );
        }
        notices
    }

    #[test]
    fn a_finding_says_where_what_and_what_to_do() {
        let text = text(&many(1), Lang::En, Grade::Hint, Path::new("my"));
        assert!(
            text.starts_with(
                "my/schools.csv:1:2: error E101 this file cannot be read: x: \"?\u{fffd}\"\n    → "
            ),
            "{text}"
        );
        assert!(text.ends_with("1 error, 0 warnings, 0 hints\n"), "{text}");
    }

    #[test]
    fn long_lists_are_capped_and_counted_but_not_in_json() {
        let text = text(&many(40), Lang::Zh, Grade::Hint, Path::new(""));
        assert_eq!(text.lines().count(), 2 * SHOWN_PER_CODE + 2, "{text}");
        assert!(text.contains("另有 28 处 E101"), "{text}");
        assert_eq!(
            json(&many(40), Lang::Zh)["findings"]
                .as_array()
                .map(Vec::len),
            Some(40)
        );
    }
}
