//! `junheng against`

use std::ffi::OsStr;
use std::io::Write;
use std::path::Path;

use super::args::Against as Asked;
use super::exit::Exit;
use super::load::read_plan;
use super::progress::Progress;
use super::solve::exit_of;
use super::study::{Fill, Study, hint_at_files_of};
use super::voice::Voice;
use crate::plan::table::Wanted;
use crate::plan::{Options, Outcome, PlanRow};
use crate::report::against::{self as paper, Told};
use crate::report::{Question, markdown, plan_csv};
use crate::study::against::{Against, Missing, STEPS, Step, Theirs, against};

/// What is asked for by name rather than by file.
const PRO_RATA: &str = "pro-rata";

/// Whether a plan is asked for by name: also where the name is written otherwise and there is no such file.
fn is_pro_rata(plan: &Path) -> bool {
    let written = plan.to_string_lossy().to_lowercase();
    let letters: String = written.chars().filter(|one| one.is_alphabetic()).collect();
    plan.as_os_str() == OsStr::new(PRO_RATA)
        || (!plan.exists() && ["prorata", "按比例", "按比例分配"].contains(&letters.as_str()))
}

/// Holds the best plan beside the planner's own, or beside what a pro-rata rule makes.
pub fn run(voice: &Voice, asked: &Asked, study: &Study) -> Result<Exit, Exit> {
    let own = !is_pro_rata(&asked.plan);
    let rows = match own {
        true => read_plan(voice, &study.case, &asked.plan, Wanted::All)?,
        false => Vec::new(),
    };
    let theirs = match own {
        true => Theirs::Plan(&rows),
        false => Theirs::ProRata,
    };
    let progress = Progress::new(voice, STEPS, 0);
    let said = |step: Step| {
        progress.done(match step {
            Step::Ours => voice.lang.pick("最优方案", "the best plan"),
            Step::Theirs => voice.lang.pick("对照方案", "the other plan"),
            Step::SameGap => voice.lang.pick("同样缺口的资金", "money for the same gap"),
            Step::Rule => voice.lang.pick("简单规则", "a simple rule"),
        });
    };
    let options = Options {
        alone: true,
        ..study.options.clone()
    };
    let found = against(&study.case, theirs, &options, &said);
    progress.finish();
    let found = match found {
        Ok(found) => found,
        Err(Missing::Plan(answer)) => return Ok(study.refused(voice, &answer)),
        Err(Missing::ProRata(why)) => {
            let what = (
                "按比例分配得不出守规定的方案",
                "pro rata makes no plan that keeps the rules",
            );
            voice.fail(what, voice.lang.pick(why.0, why.1));
            return Err(Exit::Impossible);
        }
    };
    let name = |asked_in: &Question| match own {
        true => file_name(&asked.plan),
        false => asked_in.pick("按比例分配", "pro rata").to_string(),
    };
    let question = study.question(voice);
    let theirs = name(&question);
    let spoken = Told {
        asked: question,
        found: &found,
        theirs: &theirs,
        pro_rata: !own,
    };
    match voice.json {
        true => voice.put_json(&paper::json(&spoken))?,
        false => voice.put_page(&spoken.page())?,
    }
    write(voice, study, &found, own, &name)?;
    let what = (
        "逐校对照、规则方案和同样缺口的方案",
        "the table of schools, the rule's plan and the plan for the same gap",
    );
    let besides = format!(" {}", asked.plan.display());
    hint_at_files_of(voice, "against", &asked.about, &besides, what);
    Ok(match found.theirs.audit.passed() {
        true => exit_of(&found.ours).max(study.ending()),
        false => Exit::AuditFailed,
    })
}

/// A plan is called by the name of its file.
fn file_name(path: &Path) -> String {
    let name = path.file_name().unwrap_or(path.as_os_str());
    crate::report::page::tame(&name.to_string_lossy())
}

fn write(
    voice: &Voice,
    study: &Study,
    found: &Against,
    own: bool,
    name: &dyn Fn(&Question) -> String,
) -> Result<(), Exit> {
    let json: Fill = &|asked, out| {
        let theirs = name(asked);
        writeln!(out, "{:#}", paper::json(&told(asked, found, &theirs, own)))
    };
    let page: Fill = &|asked, out| {
        let theirs = name(asked);
        let page = told(asked, found, &theirs, own).page();
        out.write_all(markdown::render(&page).as_bytes())
    };
    let schools: Fill = &|asked, out| {
        let theirs = name(asked);
        paper::csv(&told(asked, found, &theirs, own), out)
    };
    let rows = |asked: &Question, out: &mut dyn Write, outcome: &Outcome, rows: &[PlanRow]| {
        plan_csv::write_rows(out, asked, outcome, rows)
    };
    let theirs: Fill = &|asked, out| rows(asked, out, &found.theirs.outcome, &found.theirs.rows);
    let mut files = vec![
        ("against.csv", schools),
        ("against.json", json),
        ("against.md", page),
    ];
    if !own {
        files.push(("pro-rata.csv", theirs));
    }
    let rule = found.rule.as_ref().map(|rule| &rule.made);
    let by_rule: Fill =
        &|asked, out| rule.map_or(Ok(()), |made| rows(asked, out, &made.outcome, &made.rows));
    if rule.is_some() {
        files.push(("rule.csv", by_rule));
    }
    let same = found.same_gap.as_ref().and_then(|same| same.whole.as_ref());
    let same = same.and_then(|(_, answer)| answer.plan.as_ref());
    let same_gap: Fill =
        &|asked, out| same.map_or(Ok(()), |plan| rows(asked, out, &plan.outcome, &plan.rows));
    if same.is_some() {
        files.push(("same-gap.csv", same_gap));
    }
    study.write(voice, &files)
}

fn told<'a>(asked: &Question<'a>, found: &'a Against, theirs: &'a str, own: bool) -> Told<'a> {
    Told {
        asked: *asked,
        found,
        theirs,
        pro_rata: !own,
    }
}
