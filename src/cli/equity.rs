//! `junheng price-of-equity`

use std::io::Write;

use super::args::PriceOfEquity;
use super::exit::Exit;
use super::study::{Fill, Study, hint_at_files};
use super::voice::Voice;
use crate::report::{Question, chart, equity as paper, markdown};
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
    let drawn = |asked: &Question, out: &mut dyn Write| match chart::equity(asked, &found) {
        Some(chart) => out.write_all(chart.sheet().drawn().as_bytes()),
        None => Ok(()),
    };
    let table = |asked: &Question, out: &mut dyn Write| paper::csv(asked, &found, out);
    let data =
        |asked: &Question, out: &mut dyn Write| writeln!(out, "{:#}", paper::json(asked, &found));
    let memo = |asked: &Question, out: &mut dyn Write| {
        out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes())
    };
    let mut files: Vec<(&str, Fill)> = vec![
        ("equity.csv", &table),
        ("equity.json", &data),
        ("equity.md", &memo),
    ];
    match chart::equity(&question, &found) {
        Some(_) => files.push(("equity.svg", &drawn)),
        None if study.folder.is_some() => voice.say(voice.lang.pick(
            "没有画图（equity.svg）：可行的点不足两个",
            "no chart (equity.svg) is drawn: fewer than two points have a plan",
        )),
        None => {}
    }
    study.write(voice, &files)?;
    let what = ("各点的表和图", "the points as a table and a chart");
    hint_at_files(voice, "price-of-equity", &asked.about, what);
    Ok(study.ending())
}
