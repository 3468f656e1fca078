//! `junheng report`

use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use super::args::Report;
use super::charts;
use super::compare::{chosen, folder_name};
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{Loaded, load};
use super::out;
use super::progress::Progress;
use super::solve::{exit_of, solver_name};
use super::study::drawn_curve;
use super::template::save;
use super::voice::Voice;
use crate::case::Overlay;
use crate::plan::Options;
use crate::report::chart::Chart;
use crate::report::html::{self, Shown};
use crate::report::{Folder, Provenance, plan_json};
use crate::study;

/// Solves each scenario and writes them as one HTML file; ends as the worst of them does.
pub fn run(
    voice: &Voice,
    asked: &Report,
    threads: Option<NonZeroUsize>,
    limits: &Limits,
) -> Result<Exit, Exit> {
    if let Some(out) = &asked.out {
        is_html(voice, asked, out)?;
    }
    let loaded = load(voice, &asked.case)?;
    let scenarios = wanted(voice, &loaded, &asked.scenarios)?;
    let Some((first, others)) = scenarios.split_first() else {
        return Err(Exit::CouldNotRun);
    };
    // Whether anything can be written there is tried before the long run.
    if let Some(out) = &asked.out {
        out::beside(voice, out)?;
    }
    let pictures = asked.charts.as_deref();
    let pictures = pictures
        .map(|folder| out::folder(voice, folder))
        .transpose()?;
    let options = Options {
        halt: limits.halt(asked.time_limit),
        ..Options::default()
    };
    let at_once = limits.at_once(voice, &loaded.case)?;
    let threads = match at_once {
        Some(most) => Some(
            threads
                .or(available_parallelism().ok())
                .map_or(most, |one| one.min(most)),
        ),
        None => threads,
    };
    heed_interruptions(voice, &options.halt);
    let progress = Progress::new(voice, scenarios.len(), 0);
    let solved = |_, name: &str| progress.done(name);
    let case = &loaded.case;
    // Reasons are only given school by school, and what they follow from takes memory until the page is written.
    let listed = case.schools.len() <= html::MOST;
    let reasoned =
        asked.out.is_some() && listed && at_once.is_none_or(|most| scenarios.len() <= most.get());
    if asked.out.is_some() && listed && !reasoned {
        voice.warn(voice.lang.pick(
            "内存上限不够同时保留各情景的求解依据：报告里不写各校的原因",
            "the memory limit is too low to keep what every scenario stands on: the report gives no reasons",
        ));
    }
    let work = || match reasoned {
        true => study::compare_with_bases(case, first, others, &options, &solved),
        false => {
            let runs = study::compare(case, first, others, &options, &solved);
            let bases = runs.iter().map(|_| None).collect();
            (runs, bases)
        }
    };
    let (runs, bases) = study::on_threads(threads, work)
        .map_err(|failed| voice.fail(("开不了线程", "the threads could not be started"), failed))?;
    progress.finish();
    let solver = solver_name(options.solver);
    let shown = runs.iter().zip(bases).zip(&scenarios);
    let shown: Vec<Shown> = shown
        .map(|((run, basis), scenario)| {
            let scenario = Some(scenario).filter(|one| !one.changes.is_empty());
            let from = Provenance {
                inputs: loaded.hashes.clone(),
                scenarios: scenario.map(|one| one.name.clone()).into_iter().collect(),
                solver: solver.clone(),
                kept: 0,
            };
            Shown {
                run,
                scenario,
                basis,
                from,
            }
        })
        .collect();
    let wanted = runs.first().filter(|_| asked.frontier);
    let frontier = wanted.and_then(|run| drawn_curve(voice, &run.case, &options));
    let lost = wanted.is_some() && frontier.is_none();
    let language = voice.file_language(case);
    let drawn = match &pictures {
        Some(folder) => {
            let charts = html::charts(language, &runs, &shown, frontier.as_ref());
            put_charts(voice, folder, &charts)?
        }
        None => 0,
    };
    if let Some(out) = &asked.out {
        let page = html::render(language, &runs, shown, frontier.as_ref());
        let what = ("报告没有写成", "the report could not be written");
        save(voice, out, page.as_bytes(), what)?;
    }
    told(voice, asked, &runs, drawn)?;
    // A curve that was cut short is not whole, though every scenario may be proven.
    let cut = asked.frontier && (lost || options.halt.asked().is_some());
    let ends = runs.iter().map(|run| exit_of(&run.answer));
    let ends = ends.chain(cut.then_some(Exit::Unproven));
    Ok(ends.max().unwrap_or(Exit::Done))
}

/// Refuses a file that no browser would open.
fn is_html(voice: &Voice, asked: &Report, out: &Path) -> Result<(), Exit> {
    let ending = out.extension();
    if ending.is_some_and(|ending| ending.eq_ignore_ascii_case("html")) {
        return Ok(());
    }
    let what = (
        "报告写成 .html 文件",
        "a report is written as an .html file",
    );
    let failed = voice.fail(what, out.display());
    let case = asked.case.display();
    voice.say(voice.lang.pick(
        format!("例如：junheng report {case} --out report.html；要 Word 文件：junheng draft {case} --out 文稿.docx"),
        format!("for example: junheng report {case} --out report.html; for Word: junheng draft {case} --out draft.docx"),
    ));
    Err(failed)
}

/// The scenarios in the order in which they are named, each once; `base` is the case as stated, as is no name at all.
fn wanted(voice: &Voice, loaded: &Loaded, names: &[String]) -> Result<Vec<Overlay>, Exit> {
    let stated = || Overlay {
        name: "base".to_string(),
        title: loaded.case.lang.pick("基准", "base").to_string(),
        changes: Vec::new(),
    };
    let mut all: Vec<Overlay> = Vec::new();
    for name in names {
        let found = match name.as_str() {
            "base" | "基准" => vec![stated()],
            _ => chosen(voice, loaded, std::slice::from_ref(name))?,
        };
        for one in found {
            if all.iter().all(|other| other.name != one.name) {
                all.push(one);
            }
        }
    }
    if all.is_empty() {
        all.push(stated());
    }
    Ok(all)
}

/// Writes the charts: how many files.
fn put_charts(
    voice: &Voice,
    folder: &Folder,
    charts: &[(String, Vec<Chart>)],
) -> Result<usize, Exit> {
    let scenarios = charts.iter().filter(|(name, _)| !name.is_empty()).count();
    let mut files = 0;
    for (name, own) in charts {
        let before = match name.is_empty() || scenarios == 1 {
            true => String::new(),
            false => format!("{}-", folder_name(name)),
        };
        files += charts::sheets(voice, folder, &before, own)?;
    }
    charts::told_lacking(voice, charts.iter().flat_map(|(_, own)| own));
    Ok(files)
}

/// Says what was written and how each scenario ended.
fn told(voice: &Voice, asked: &Report, runs: &[study::Solved], drawn: usize) -> Result<(), Exit> {
    let charts = asked.charts.as_deref().map(Path::display);
    if voice.json {
        let scenarios = runs.iter().map(|run| {
            let question = crate::report::Question {
                case: &run.case,
                scenario: None,
                lang: voice.lang,
            };
            let verdict = plan_json::verdict_json(&question, &run.answer);
            serde_json::json!({ "scenario": run.name, "verdict": verdict })
        });
        let scenarios: Vec<_> = scenarios.collect();
        let file = asked.out.as_deref().map(|out| out.display().to_string());
        let mut said = serde_json::json!({ "written": file, "scenarios": scenarios });
        if let Some(folder) = charts {
            said["charts"] = serde_json::json!({ "folder": folder.to_string(), "files": drawn });
        }
        return voice.put_json(&said);
    }
    if let Some(folder) = charts {
        voice.say(voice.lang.pick(
            format!("已写入 {folder}：{drawn} 个图形文件（SVG 和 PNG）"),
            format!("written to {folder}: {drawn} files of charts (SVG and PNG)"),
        ));
    }
    if let Some(out) = asked.out.as_deref().map(Path::display) {
        voice.say(voice.lang.pick(
            format!("已写入 {out}；用浏览器打开，不需要联网"),
            format!("written: {out}; open it in a browser, no network is needed"),
        ));
    }
    Ok(())
}
