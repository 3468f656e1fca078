//! The comment on a faulty cell: code, message, what to do; one comment a cell.

use rust_xlsxwriter::Note;

use super::spots::{Said, Spot};
use crate::report::findings::{general, grade_name};
use crate::report::fit::lines;
use crate::report::page::tame;
use crate::words::Lang;
use crate::words::catalogue::ENTRIES;

/// How many findings a comment holds.
const MOST: usize = 6;

/// The comment.
pub(super) fn comment(spot: &Spot, lang: Lang) -> Note {
    let mut parts: Vec<String> = spot
        .said
        .iter()
        .take(MOST)
        .map(|said| text(said, lang))
        .collect();
    if spot.said.len() > MOST {
        parts.push("……".to_string());
    }
    let text = parts.join("\n\n");
    const WIDE: f64 = 44.0;
    let height = 24 + 18 * lines(&text, WIDE) as u32;
    Note::new(&text)
        .add_author_prefix(false)
        .set_font_size(9)
        .set_width(320)
        .set_height(height)
}

fn text(said: &Said, lang: Lang) -> String {
    let (code, message, remedy) = match said {
        Said::Notice(notice) => (notice.code.0, notice.message(lang), notice.remedy(lang)),
        Said::OfKind(code) => {
            let entry = ENTRIES.iter().find(|entry| entry.code == *code);
            let pick = |pair: Option<(&'static str, &'static str)>| {
                pair.map_or(String::new(), |(zh, en)| general(lang.pick(zh, en)))
            };
            (
                *code,
                pick(entry.map(|entry| entry.message)),
                pick(entry.map(|entry| entry.remedy)),
            )
        }
    };
    let grade = ENTRIES
        .iter()
        .find(|entry| entry.code == code)
        .map(|entry| grade_name(entry.grade, lang));
    tame_lines(&format!(
        "{} {code}\n{message}\n→ {remedy}",
        grade.unwrap_or_default()
    ))
}

fn tame_lines(text: &str) -> String {
    text.lines().map(tame).collect::<Vec<_>>().join("\n")
}
