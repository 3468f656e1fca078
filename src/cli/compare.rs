//! `junheng compare`

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use super::args::Compare;
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{Loaded, choose, load};
use super::progress::Progress;
use super::solve::{exit_of, open, solver_name};
use super::voice::Voice;
use crate::case::Overlay;
use crate::plan::{Options, Verdict};
use crate::report::comparison::Comparison;
use crate::report::{self, Folder, Provenance, Question};
use crate::study::{self, Solved};

/// Solves several scenarios in parallel and lays them side by side; ends as the worst of them does.
pub fn run(
    voice: &Voice,
    asked: &Compare,
    threads: Option<NonZeroUsize>,
    limits: &Limits,
) -> Result<Exit, Exit> {
    let loaded = load(voice, &asked.case)?;
    let overlays = chosen(voice, &loaded, &asked.scenarios)?;
    let folder = asked
        .out
        .as_deref()
        .map(|out| open(voice, out))
        .transpose()?;
    let options = Options {
        solver: asked.solver,
        halt: limits.halt(asked.time_limit),
        ..Options::default()
    };
    let threads = match limits.at_once(voice, &loaded.case)? {
        Some(most) => Some(
            threads
                .or(available_parallelism().ok())
                .map_or(most, |one| one.min(most)),
        ),
        None => threads,
    };
    heed_interruptions(voice, &options.halt);
    let progress = Progress::new(voice, overlays.len() + 1, 0);
    let work = || {
        let title = voice.lang.pick("基准", "base");
        study::compare(&loaded.case, title, &overlays, &options, &|_, name| {
            progress.done(name)
        })
    };
    let runs = study::on_threads(threads, work)
        .map_err(|failed| voice.fail(("开不了线程", "the threads could not be started"), failed))?;
    progress.finish();
    let question = Question {
        case: &loaded.case,
        scenario: None,
        lang: voice.lang,
    };
    let comparison = Comparison::new(question, &runs);
    match voice.json {
        true => voice.put_json(&comparison.json())?,
        false => voice.put_page(&comparison.page())?,
    }
    if let Some(folder) = &folder {
        write_all(voice, asked, &loaded, folder, &comparison, &overlays, &runs)?;
    } else {
        let place = asked.case.display();
        voice.say(voice.lang.pick(
            format!("写出各情景的方案：junheng compare {place} --out 文件夹"),
            format!("to write the plan of each scenario: junheng compare {place} --out DIR"),
        ));
    }
    Ok(runs
        .iter()
        .map(|run| exit_of(&run.answer))
        .max()
        .unwrap_or(Exit::Done))
}

/// The scenarios asked for, all of the case when none is named.
pub fn chosen(voice: &Voice, loaded: &Loaded, names: &[String]) -> Result<Vec<Overlay>, Exit> {
    if names.is_empty() {
        return Ok(loaded.overlays.clone());
    }
    let each = names
        .iter()
        .map(|name| choose(voice, loaded, std::slice::from_ref(name)));
    Ok(each
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// The table, and each scenario's own files in a folder of its name.
fn write_all(
    voice: &Voice,
    asked: &Compare,
    loaded: &Loaded,
    folder: &Folder,
    comparison: &Comparison,
    overlays: &[Overlay],
    runs: &[Solved],
) -> Result<(), Exit> {
    let lang = voice.file_language(&loaded.case);
    let said = comparison.in_language(lang);
    let what = ("结果文件没有写成", "the result files could not be written");
    report::write_comparison(folder, &said).map_err(|failed| voice.fail(what, failed))?;
    for (at, run) in runs.iter().enumerate() {
        if run.answer.verdict == Verdict::NotBegun {
            continue;
        }
        let own = folder
            .inside(&folder_name(&run.name))
            .map_err(|failed| voice.fail(what, failed))?;
        // The first run is the case as it stands.
        let scenario = at.checked_sub(1).and_then(|at| overlays.get(at));
        let question = Question {
            case: &run.case,
            scenario,
            lang,
        };
        let from = Provenance {
            inputs: loaded.hashes.clone(),
            scenarios: scenario.map(|one| one.name.clone()).into_iter().collect(),
            solver: solver_name(asked.solver),
            kept: 0,
        };
        report::write(&own, &question, &run.answer, &from)
            .map_err(|failed| voice.fail(what, failed))?;
    }
    let place = folder.path().display();
    voice.say(voice.lang.pick(
        format!("已写入 {place}：comparison.csv、comparison.json、comparison.md，每个情景另有一个文件夹"),
        format!("written to {place}: comparison.csv, comparison.json, comparison.md and a folder for each scenario"),
    ));
    Ok(())
}

/// A scenario's name as the name of a folder, whatever letters it has.
fn folder_name(name: &str) -> String {
    let safe = |c: char| {
        if c.is_control() || "/\\:*?\"<>|".contains(c) {
            '_'
        } else {
            c
        }
    };
    let name: String = name.chars().map(safe).collect();
    if name.starts_with('.') || name.is_empty() {
        format!("_{name}")
    } else {
        name
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_scenario_name_leaves_its_folder() {
        assert_eq!(folder_name("budget-20+rural"), "budget-20+rural");
        assert_eq!(folder_name(".."), "_..");
        assert_eq!(folder_name("a/b\\c"), "a_b_c");
        assert_eq!(folder_name("预算减两成"), "预算减两成");
    }
}
