//! `junheng why`

use super::args::Why;
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{choose, load};
use super::named::{Named, find};
use super::solve::{exit_of, open};
use super::voice::Voice;
use crate::case::Case;
use crate::plan::{self, Options, Reasons, Solved};
use crate::report::why::Explained;
use crate::report::{self, Question};
use crate::words::{ResourceIx, SchoolIx};

/// Says why schools get what they get.
pub fn run(voice: &Voice, asked: &Why, limits: &Limits) -> Result<Exit, Exit> {
    let loaded = load(voice, &asked.case)?;
    let scenario = choose(voice, &loaded, &asked.scenarios)?;
    let case = scenario.as_ref().map_or_else(
        || loaded.case.clone(),
        |overlay| overlay.apply(&loaded.case),
    );
    let school = asked.school.as_deref();
    let school = school
        .map(|name| find_school(voice, &case, name))
        .transpose()?;
    let resource = asked.resource.as_deref();
    let resource = resource
        .map(|name| find_resource(voice, &case, name))
        .transpose()?;
    let folder = asked
        .out
        .as_deref()
        .map(|out| open(voice, out))
        .transpose()?;
    limits.at_once(voice, &case)?;
    let options = Options {
        halt: limits.halt(None),
        ..Options::default()
    };
    heed_interruptions(voice, &options.halt);
    let Solved { answer, basis } = plan::solved(&case, &options);
    let question = Question {
        case: &case,
        scenario: scenario.as_ref(),
        lang: voice.lang,
    };
    let (Some(plan), Some(basis)) = (&answer.plan, basis) else {
        let from = report::Provenance {
            inputs: loaded.hashes.clone(),
            scenarios: asked.scenarios.clone(),
            solver: super::solve::solver_name(options.solver),
            kept: 0,
        };
        match voice.json {
            true => {
                voice.put_through(|out| report::plan_json::write(out, &question, &answer, &from))?
            }
            false => voice.put_page(&report::solved::page(&question, &answer))?,
        }
        return Ok(exit_of(&answer));
    };
    let reasons = Reasons::of(&case, plan, basis);
    let explained = Explained {
        asked: question,
        answer: &answer,
        plan,
        reasons: &reasons,
        school,
        resource,
    };
    match voice.json {
        true => voice.put_through(|out| explained.json(out))?,
        false => voice.put_page(&explained.page())?,
    }
    if let Some(folder) = &folder {
        let what = ("结果文件没有写成", "the result files could not be written");
        let said = explained.in_language(voice.file_language(&case));
        let written = said
            .write(folder)
            .map_err(|failed| voice.fail(what, failed))?;
        let names: Vec<String> = written
            .iter()
            .map(|path| path.display().to_string())
            .collect();
        voice.say(voice.lang.pick(
            format!("已写入 {}", names.join("、")),
            format!("written: {}", names.join(", ")),
        ));
    }
    hint(voice, asked);
    Ok(exit_of(&answer))
}

fn find_school(voice: &Voice, case: &Case, name: &str) -> Result<SchoolIx, Exit> {
    let known: Vec<Named> = case
        .schools
        .iter()
        .map(|school| Named {
            id: &school.id,
            name: &school.name,
            place: match case.counties.len() {
                1 => school.township.as_str(),
                _ => &case.counties[school.county].label,
            },
        })
        .collect();
    find(voice, ("学校", "school"), name, &known).map(SchoolIx::new)
}

fn find_resource(voice: &Voice, case: &Case, name: &str) -> Result<ResourceIx, Exit> {
    let known: Vec<Named> = case
        .resources
        .iter()
        .map(|resource| Named {
            id: &resource.id,
            name: &resource.name,
            place: "",
        })
        .collect();
    find(voice, ("资源", "resource"), name, &known).map(ResourceIx::new)
}

/// What to type next.
fn hint(voice: &Voice, asked: &Why) {
    if asked.school.is_some() {
        return;
    }
    let case = asked.case.display();
    let school = voice.lang.pick("学校", "SCHOOL");
    let folder = voice.lang.pick("文件夹", "DIR");
    voice.say(match asked.out {
        Some(_) => voice.lang.pick(
            format!("看一所学校：junheng why {case} {school}"),
            format!("one school in full: junheng why {case} {school}"),
        ),
        None => voice.lang.pick(
            format!("看一所学校：junheng why {case} {school}；写出全部：junheng why {case} --out {folder}"),
            format!("one school in full: junheng why {case} {school}; to write all: junheng why {case} --out {folder}"),
        ),
    });
}
