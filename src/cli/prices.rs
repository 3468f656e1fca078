//! `junheng prices`

use super::args::About;
use super::exit::Exit;
use super::limits::Limits;
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::report::{markdown, prices as paper};
use crate::study::prices::prices;

/// What limits are worth and what rules cost.
pub fn run(voice: &Voice, about: &About, limits: &Limits) -> Result<Exit, Exit> {
    let study = Study::open(voice, about, limits)?;
    let found = match prices(&study.case, &study.options) {
        Ok(found) => found,
        Err(known) => return Ok(study.without_plan(voice, &study.case, known.verdict())),
    };
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&paper::json(&question, &found))?,
        false => voice.put_page(&paper::page(&question, &found))?,
    }
    study.write(
        voice,
        &[
            ("prices.csv", &|asked, out| paper::csv(asked, &found, out)),
            ("prices.json", &|asked, out| {
                writeln!(out, "{:#}", paper::json(asked, &found))
            }),
            ("prices.md", &|asked, out| {
                out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes())
            }),
        ],
    )?;
    hint_at_files(voice, "prices", about, ("全部价格", "every price"));
    Ok(study.ending())
}
