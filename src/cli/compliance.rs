//! `junheng compliance`

use super::args::Compliance as Asked;
use super::exit::Exit;
use super::limits::Limits;
use super::load::read_plan;
use super::solve::exit_of;
use super::study::{Fill, Study, hint_at_files_of};
use super::voice::Voice;
use crate::plan::audit::audit;
use crate::plan::table::Wanted;
use crate::plan::{Options, Outcome, solve};
use crate::report::compliance::{self as paper, States, Told};
use crate::report::{Question, markdown};
use crate::words::Lang;

/// Holds the inspectors' arithmetic before and after a plan side by side: the best plan's, or that of a plan table.
pub fn run(voice: &Voice, asked: &Asked, limits: &Limits) -> Result<Exit, Exit> {
    let study = Study::open(voice, &asked.about, limits)?;
    let case = &study.case;
    let (rows, outcome, broken, halted, end) = match &asked.plan {
        Some(file) => {
            let rows = read_plan(voice, case, file, Wanted::All)?;
            let broken = audit(case, &rows, &[]).breaches.len();
            let end = match broken {
                0 => Exit::Done,
                _ => Exit::AuditFailed,
            };
            let outcome = Outcome::new(case, &rows);
            (rows, outcome, broken, None, end)
        }
        None => {
            let options = Options {
                alone: true,
                ..study.options.clone()
            };
            let answer = solve(case, &options);
            let end = exit_of(&answer);
            match answer.plan {
                Some(plan) => {
                    let broken = plan.audit.breaches.len();
                    (plan.rows, plan.outcome, broken, answer.halted, end)
                }
                None => return Ok(study.refused(voice, &answer)),
            }
        }
    };
    let states = States::of(case, &outcome);
    let name = asked.plan.as_ref().map(|file| {
        let name = file.file_name().unwrap_or(file.as_os_str());
        crate::report::page::tame(&name.to_string_lossy())
    });
    let told = |lang: Lang| Told {
        asked: Question {
            lang,
            ..study.question(voice)
        },
        states: &states,
        rows: &rows,
        plan: name.as_deref(),
        broken,
        halted,
    };
    let spoken = told(voice.lang);
    match voice.json {
        true => voice.put_json(&paper::json(&spoken))?,
        false => voice.put_page(&spoken.page())?,
    }
    let schools: Fill = &|asked, out| paper::csv(&told(asked.lang), out);
    let counties: Fill = &|asked, out| paper::counties_csv(&told(asked.lang), out);
    let sizes: Fill = &|asked, out| paper::sizes_csv(&told(asked.lang), out);
    let json: Fill = &|asked, out| writeln!(out, "{:#}", paper::json(&told(asked.lang)));
    let page: Fill = &|asked, out| {
        let page = told(asked.lang).page();
        out.write_all(markdown::render(&page).as_bytes())
    };
    study.write(
        voice,
        &[
            ("compliance.csv", schools),
            ("compliance-counties.csv", counties),
            ("compliance-sizes.csv", sizes),
            ("compliance.json", json),
            ("compliance.md", page),
        ],
    )?;
    let what = ("逐校、逐县区对照表", "the tables of schools and counties");
    let besides = asked.plan.as_ref();
    let besides = besides.map_or(String::new(), |file| format!(" {}", file.display()));
    hint_at_files_of(voice, "compliance", &asked.about, &besides, what);
    Ok(end)
}
