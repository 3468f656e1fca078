//! `junheng why`

use super::args::Why;
use super::exit::Exit;
use super::limits::Limits;
use super::named::{find_resource, find_school};
use super::solve::exit_of;
use super::study::Study;
use super::voice::Voice;
use crate::plan::{self, Reasons, Solved};
use crate::report::why::Explained;

/// Says why schools get what they get.
pub fn run(voice: &Voice, asked: &Why, limits: &Limits) -> Result<Exit, Exit> {
    let study = Study::open(voice, &asked.about, limits)?;
    let case = &study.case;
    let school = asked.school.as_deref();
    let school = school
        .map(|name| find_school(voice, case, name))
        .transpose()?;
    let resource = asked.resource.as_deref();
    let resource = resource
        .map(|name| find_resource(voice, case, name))
        .transpose()?;
    let Solved { answer, basis } = plan::solved(case, &study.options);
    let question = study.question(voice);
    let (Some(plan), Some(basis)) = (&answer.plan, basis) else {
        return Ok(study.refused(voice, &answer));
    };
    let reasons = Reasons::of(case, plan, basis);
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
    study.write(
        voice,
        &[
            ("why.csv", &|asked, out| explained.of(asked).csv(out)),
            ("why.json", &|asked, out| explained.of(asked).json(out)),
        ],
    )?;
    hint(voice, asked);
    Ok(exit_of(&answer))
}

/// What to type next.
fn hint(voice: &Voice, asked: &Why) {
    if asked.school.is_some() {
        return;
    }
    let case = asked.about.case.display();
    let school = voice.lang.pick("学校", "SCHOOL");
    let folder = voice.lang.pick("文件夹", "DIR");
    voice.say(match asked.about.out {
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
