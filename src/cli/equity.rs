//! `junheng price-of-equity`

use super::args::PriceOfEquity;
use super::exit::Exit;
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::report::{chart, equity as paper, markdown};
use crate::study::equity::{Along, curve};

/// Follows the smallest gap as equity is asked for more and more.
pub fn run(voice: &Voice, asked: &PriceOfEquity, study: &Study) -> Result<Exit, Exit> {
    let along = match asked.along {
        super::args::Along::Cv => Along::Cv,
        super::args::Along::Floor => Along::Floor,
    };
    let mut at = asked.at.clone();
    // From the loosest to the strictest.
    at.sort_by(f64::total_cmp);
    if along == Along::Cv {
        at.reverse();
    }
    let found = match curve(
        &study.case,
        along,
        &at,
        usize::from(asked.steps),
        &study.options,
    ) {
        Ok(found) => found,
        Err(verdict) => {
            return Ok(study.without_plan(voice, &study.case, verdict));
        }
    };
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&paper::json(&question, &found))?,
        false => voice.put_page(&paper::page(&question, &found))?,
    }
    study.write(
        voice,
        &[
            ("equity.csv", &|asked, out| paper::csv(asked, &found, out)),
            ("equity.json", &|asked, out| {
                writeln!(out, "{:#}", paper::json(asked, &found))
            }),
            ("equity.md", &|asked, out| {
                out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes())
            }),
            ("equity.svg", &|asked, out| {
                let drawn = chart::equity(asked, &found);
                out.write_all(
                    drawn
                        .map_or(String::new(), |one| one.sheet().drawn())
                        .as_bytes(),
                )
            }),
        ],
    )?;
    let what = ("各点的表和图", "the points as a table and a chart");
    hint_at_files(voice, "price-of-equity", &asked.about, what);
    Ok(study.ending())
}
