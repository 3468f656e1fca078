//! `junheng frontier`

use super::args::Frontier;
use super::exit::Exit;
use super::limits::Limits;
use super::study::{Study, fund, hint_at_files};
use super::voice::Voice;
use crate::report::{frontier as paper, markdown};
use crate::study::frontier::{Span, frontier};

/// Follows the smallest gap as money grows.
pub fn run(voice: &Voice, asked: &Frontier, limits: &Limits) -> Result<Exit, Exit> {
    let study = Study::open(voice, &asked.about, limits)?;
    if asked.from >= asked.to {
        let what = ("区间不对", "the span is empty");
        return Err(voice.fail(what, "--from < --to"));
    }
    let span = Span {
        fund: match asked.over.as_str() {
            "all" => None,
            name => Some(fund(voice, &study.case, name)?),
        },
        from: asked.from,
        to: asked.to,
    };
    let found = match frontier(&study.case, span, &study.options) {
        Ok(found) => found,
        Err(none) => return Ok(study.without_plan(voice, &none.0, none.1)),
    };
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&paper::json(&question, &found))?,
        false => voice.put_page(&paper::page(&question, &found))?,
    }
    study.write(
        voice,
        &[
            ("frontier.csv", &|asked, out| {
                paper::queue_csv(asked, &found, out)
            }),
            ("frontier.json", &|asked, out| {
                writeln!(out, "{:#}", paper::json(asked, &found))
            }),
            ("frontier.md", &|asked, out| {
                out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes())
            }),
        ],
    )?;
    let what = ("每一段的排队表", "the queue of every stretch");
    hint_at_files(voice, "frontier", &asked.about, what);
    Ok(study.ending())
}
