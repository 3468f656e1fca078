//! `junheng regret`

use std::num::NonZeroUsize;

use super::args::{About, Regret};
use super::compare::chosen;
use super::exit::Exit;
use super::limits::Limits;
use super::on_threads;
use super::progress::Progress;
use super::study::{Study, hint_at_files};
use super::voice::Voice;
use crate::case::Overlay;
use crate::plan::Verdict;
use crate::report::{markdown, regret as paper};
use crate::study::regret::{self, Step, regret};

/// Finds what deciding the first years now costs in each future, and the decisions with the least worst regret.
pub fn run(
    voice: &Voice,
    asked: &Regret,
    threads: Option<NonZeroUsize>,
    limits: &Limits,
) -> Result<Exit, Exit> {
    // The scenarios are the futures; the case that is studied is the one they are changes of.
    let about = About {
        case: asked.case.clone(),
        scenarios: Vec::new(),
        out: asked.out.clone(),
        time_limit: asked.time_limit,
    };
    let study = Study::open(voice, &about, limits)?;
    let mut overlays = chosen(voice, &study.loaded, &asked.scenarios)?;
    if asked.scenarios.is_empty() {
        overlays = futures(voice, overlays);
    }
    on_threads(voice, study.threads(threads), || {
        lay_out(voice, asked, &study, &overlays, &about)
    })
}

/// The scenarios whose regrets can be compared with the base's; those left out are named.
fn futures(voice: &Voice, overlays: Vec<Overlay>) -> Vec<Overlay> {
    let (otherwise, futures): (Vec<Overlay>, Vec<Overlay>) =
        overlays.into_iter().partition(Overlay::counts_otherwise);
    if !otherwise.is_empty() {
        let names: Vec<&str> = otherwise.iter().map(|one| one.name.as_str()).collect();
        let names = names.join(voice.lang.pick("、", ", "));
        voice.say(voice.lang.pick(
            format!("不计入：{names}（缺口的算法不同：标准、权重或年限；用 --scenario 点名可计入）"),
            format!("left out: {names} (they count gaps otherwise, by another standard, other weights or years; --scenario NAME takes them in)"),
        ));
    }
    futures
}

fn lay_out(
    voice: &Voice,
    asked: &Regret,
    study: &Study,
    overlays: &[Overlay],
    about: &About,
) -> Result<Exit, Exit> {
    // Each future by itself, the whole, a row each and one for the whole, and the whole without each.
    let progress = Progress::new(voice, 3 * (overlays.len() + 1) + 2, 0);
    let said = |step: Step| match step {
        Step::Future(name) => progress.done(name),
        Step::MinMax => progress.done(voice.lang.pick("各情景合并求解", "all futures together")),
        Step::Row => progress.done(voice.lang.pick("后悔矩阵", "the matrix")),
        Step::Dropped => progress.done(voice.lang.pick("去掉一个情景", "one future left out")),
    };
    let title = voice.file_language(&study.case).pick("基准", "base");
    let found = regret(
        &study.case,
        title,
        overlays,
        asked.years,
        &study.options,
        &said,
    );
    progress.finish();
    if found.possible().next().is_none() {
        let base = found.futures.into_iter().next();
        let verdict = base
            .and_then(|base| base.best.err())
            .unwrap_or(Verdict::NotBegun);
        return Ok(study.without_plan(voice, &study.case, verdict));
    }
    let question = study.question(voice);
    match voice.json {
        true => voice.put_json(&paper::json(&question, &found))?,
        false => voice.put_page(&paper::page(&question, &found))?,
    }
    study.write(
        voice,
        &[
            ("regret.csv", &|asked, out| paper::csv(asked, &found, out)),
            ("regret.json", &|asked, out| {
                writeln!(out, "{:#}", paper::json(asked, &found))
            }),
            ("regret.md", &|asked, out| {
                out.write_all(markdown::render(&paper::page(asked, &found)).as_bytes())
            }),
        ],
    )?;
    let what = ("后悔矩阵", "the matrix");
    hint_at_files(voice, "regret", about, what);
    Ok(end(&found))
}

/// Ends as the worst of what was found does.
fn end(found: &regret::Regret) -> Exit {
    let impossible = |verdict: &Verdict| matches!(verdict, Verdict::Impossible { .. });
    let none = found
        .futures
        .iter()
        .filter_map(|one| one.best.as_ref().err());
    if found
        .least
        .as_ref()
        .err()
        .into_iter()
        .chain(none)
        .any(impossible)
    {
        return Exit::Impossible;
    }
    match found.is_proven() {
        true => Exit::Done,
        false => Exit::Unproven,
    }
}
