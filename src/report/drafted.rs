//! What was guessed when a case was drafted from a sheet.

use serde_json::{Value, json};

use super::findings;
use super::page::{Grid, Page};
use crate::read::new_case::Draft;
use crate::words::{Lang, Notices};

/// The draft's guesses as a page.
pub fn page(draft: &Draft, lang: Lang) -> Page {
    let mut page = Page::titled(lang.pick("从学校表起草的案例", "A case drafted from the sheet"));
    page.heading(lang.pick("识别结果", "What was recognised"));
    let mut grid = Grid::new()
        .words(lang.pick("内容", "what"))
        .words(lang.pick("依据", "from"))
        .words(lang.pick("把握", "how sure"));
    for guess in &draft.guesses {
        let (zh, en) = guess.confidence.name();
        grid.row([
            guess.subject.clone(),
            guess.from.clone(),
            lang.pick(zh, en).to_string(),
        ]);
    }
    page.grid(grid);
    if !draft.unused.is_empty() {
        let unused = draft.unused.join(lang.pick("、", ", "));
        page.text(lang.pick(
            format!("没有用到的列：{unused}"),
            format!("columns not used: {unused}"),
        ));
    }
    if !draft.remarks.is_empty() {
        page.heading(lang.pick("请注意", "Please note"));
        page.list(draft.remarks.clone());
    }
    page
}

/// The draft's guesses for programs, with what was found when the sheet was read.
pub fn json(draft: &Draft, folder: &str, notices: &Notices, lang: Lang) -> Value {
    let guesses: Vec<Value> = draft
        .guesses
        .iter()
        .map(|guess| {
            let (zh, en) = guess.confidence.name();
            json!({ "what": guess.subject, "from": guess.from, "confidence": lang.pick(zh, en) })
        })
        .collect();
    json!({
        "folder": folder,
        "guesses": guesses,
        "unused": draft.unused,
        "remarks": draft.remarks,
        "to_fill": draft.to_fill,
        "findings": findings::json(notices, lang)["findings"],
    })
}
