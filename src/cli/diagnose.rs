//! `junheng diagnose`

use super::args::Diagnose;
use super::exit::Exit;
use super::load::{choose, load};
use super::voice::Voice;
use crate::case::balance::survey;
use crate::case::merit::merit_order;
use crate::report::{Question, diagnosis};
use crate::words::YearIx;

/// Surveys the schools of a case against its standard.
pub fn run(voice: &Voice, asked: &Diagnose) -> Result<Exit, Exit> {
    let loaded = load(voice, &asked.case)?;
    let scenario = choose(voice, &loaded, &asked.scenarios)?;
    let case = scenario.as_ref().map_or_else(
        || loaded.case.clone(),
        |overlay| overlay.apply(&loaded.case),
    );
    let year = match asked.year {
        None => YearIx::new(0),
        Some(year) => case.horizon.of_calendar(year).ok_or_else(|| {
            let (first, last) = (
                case.horizon.first_year,
                case.horizon.calendar(case.horizon.last()),
            );
            let what = ("不是规划期内的年份", "not a plan year");
            let why = voice.lang.pick(
                format!("{year}；规划期为 {first}–{last}年"),
                format!("{year}; the plan covers {first}–{last}"),
            );
            voice.fail(what, why)
        })?,
    };
    let survey = survey(
        &case,
        |school, resource| case.stock_in(school, resource, year),
        year,
    );
    let merits = merit_order(&case);
    let question = Question {
        case: &case,
        scenario: scenario.as_ref(),
        lang: voice.lang,
    };
    match voice.json {
        true => voice.put_json(&diagnosis::json(&question, &survey, &merits))?,
        false => voice.put_page(&diagnosis::page(&question, &survey, &merits))?,
    }
    let place = asked.case.display();
    voice.say(voice.lang.pick(
        format!("下一步：junheng solve {place}"),
        format!("next: junheng solve {place}"),
    ));
    Ok(Exit::Done)
}
