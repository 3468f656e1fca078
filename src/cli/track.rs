//! `junheng track`

use std::path::Path;

use super::args::Track;
use super::exit::Exit;
use super::limits::Limits;
use super::load::{read_plan, show_faults};
use super::solve::exit_of;
use super::study::{Fill, Study};
use super::voice::Voice;
use crate::plan::follow::{self, Entry, Follow};
use crate::plan::table::Wanted;
use crate::plan::{Options, PlanRow};
use crate::report::track::{
    self as paper, Length, Told, acceptance_csv, blank_csv, blank_json, lines_csv, replan_csv,
};
use crate::report::{Question, findings, markdown};
use crate::words::catalogue::FOLLOW_NO_ROWS;
use crate::words::{Grade, Notice, Notices, Place, YearIx};

/// The name of the follow-up table to be filled in.
const BLANK: &str = "actual.csv";

/// Follows a plan up: without a filled table, writes the one to be filled in.
pub fn run(voice: &Voice, asked: &Track, limits: &Limits) -> Result<Exit, Exit> {
    let study = Study::open(voice, &asked.about, limits)?;
    let plan = read_plan(voice, &study.case, &asked.plan, Wanted::All)?;
    match &asked.actual {
        None => blank(voice, asked, &study, &plan),
        Some(actual) => followed(voice, asked, &study, &plan, actual),
    }
}

/// Writes the table to be filled in. A table that is there is never overwritten: it may have been filled in.
fn blank(voice: &Voice, asked: &Track, study: &Study, plan: &[PlanRow]) -> Result<Exit, Exit> {
    let question = Question {
        lang: voice.file_language(&study.case),
        ..study.question(voice)
    };
    let Some(folder) = &study.folder else {
        match voice.json {
            true => voice.put_json(&blank_json(&question, plan))?,
            false => voice.put_through(|out| blank_csv(&question, plan, out))?,
        }
        return Ok(Exit::Done);
    };
    let path = folder.path().join(BLANK);
    if path.exists() {
        return Err(voice.fail(
            (
                "进度表已经存在，没有覆盖",
                "the follow-up table is already there and was not overwritten",
            ),
            path.display(),
        ));
    }
    if voice.json {
        voice.put_json(&blank_json(&question, plan))?;
    }
    study.write(voice, &[(BLANK, &|asked, out| blank_csv(asked, plan, out))])?;
    let (case, table) = (asked.about.case.display(), asked.plan.display());
    let filled = path.display();
    voice.say(voice.lang.pick(
        format!("填写后：junheng track {case} {table} {filled} --out 文件夹（在哪一年办的记在哪一年，可以加行）"),
        format!("when it is filled in: junheng track {case} {table} {filled} --out DIR (enter what was done in the year in which it was done; rows may be added)"),
    ));
    Ok(Exit::Done)
}

fn followed(
    voice: &Voice,
    asked: &Track,
    study: &Study,
    plan: &[PlanRow],
    actual: &Path,
) -> Result<Exit, Exit> {
    let case = &study.case;
    let folder = actual.parent().unwrap_or(Path::new(""));
    let refuse = |faults: &Notices| show_faults(voice, faults, folder);
    let (entries, mut odd) = follow::read(case, actual).map_err(|faults| refuse(&faults))?;
    let Some(as_of) = year(voice, asked, study, &entries)? else {
        let file = actual.file_name().unwrap_or(actual.as_os_str());
        odd.push(Notice::new(FOLLOW_NO_ROWS, Place::file(file)));
        return Err(refuse(&odd));
    };
    let options = Options {
        alone: true,
        ..study.options.clone()
    };
    let found = follow::follow(case, plan, &entries, as_of, &options);
    odd.extend(follow::remarks(case, &found.lines, &entries, as_of));
    if !odd.is_empty() {
        voice.say(findings::text(&odd, voice.lang, Grade::Warning, folder).trim_end());
    }
    let told = |asked: &Question| paper::Told {
        asked: Question {
            case,
            scenario: study.scenario.as_ref(),
            lang: asked.lang,
        },
        plan,
        found: &found,
    };
    let spoken: Told = told(&study.question(voice));
    match voice.json {
        true => voice.put_json(&paper::json(&spoken))?,
        false => voice.put_page(&spoken.page(Length::Short))?,
    }
    write(voice, study, &found, &told)?;
    hint(voice, asked, actual);
    Ok(exit_of(&found.replan.answer))
}

/// The year up to which is counted; `None` when none is named and nothing was entered.
fn year(
    voice: &Voice,
    asked: &Track,
    study: &Study,
    entries: &[Entry],
) -> Result<Option<YearIx>, Exit> {
    let horizon = &study.case.horizon;
    let Some(named) = asked.as_of else {
        return Ok(follow::last_entered(entries));
    };
    let found = horizon.of_calendar(named).ok_or_else(|| {
        let (first, last) = (horizon.first_year, horizon.calendar(horizon.last()));
        voice.fail(
            ("年份不在规划期内", "this is no year of the plan"),
            voice.lang.pick(
                format!("{named}；规划期为 {first}–{last}年"),
                format!("{named}; the plan years are {first}–{last}"),
            ),
        )
    });
    found.map(Some)
}

fn write<'a>(
    voice: &Voice,
    study: &Study,
    found: &Follow,
    told: &dyn Fn(&Question) -> Told<'a>,
) -> Result<(), Exit> {
    let lines: Fill = &|asked, out| lines_csv(&told(asked), out);
    let acceptance: Fill = &|asked, out| acceptance_csv(&told(asked), out);
    let json: Fill = &|asked, out| writeln!(out, "{:#}", paper::json(&told(asked)));
    let memo: Fill = &|asked, out| {
        let page = told(asked).page(Length::Long);
        out.write_all(markdown::render(&page).as_bytes())
    };
    let replanned: Fill = &|asked, out| replan_csv(&told(asked), out);
    let mut files = vec![
        ("track.csv", lines),
        ("acceptance.csv", acceptance),
        ("track.json", json),
        ("track.md", memo),
    ];
    if found.replan.answer.plan.is_some() {
        files.push(("replan.csv", replanned));
    }
    study.write(voice, &files)
}

/// What to type to have the files written.
fn hint(voice: &Voice, asked: &Track, actual: &Path) {
    if asked.about.out.is_some() {
        return;
    }
    let (case, plan, actual) = (
        asked.about.case.display(),
        asked.plan.display(),
        actual.display(),
    );
    voice.say(voice.lang.pick(
        format!("写出督导材料和重排方案：junheng track {case} {plan} {actual} --out 文件夹"),
        format!("to write the memo for the inspectors and the re-plan: junheng track {case} {plan} {actual} --out DIR"),
    ));
}
