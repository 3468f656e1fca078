//! `junheng compare`

use std::num::NonZeroUsize;
use std::thread::available_parallelism;

use super::args::Compare;
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{Loaded, choose, load};
use super::out::Out;
use super::progress::Progress;
use super::solve::{exit_of, solver_name};
use super::voice::Voice;
use crate::case::Overlay;
use crate::plan::{Options, Verdict};
use crate::report::comparison::Comparison;
use crate::report::{self, Folder, Provenance, Question, workbook};
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
    let base = base(voice, &loaded, asked.base.as_deref())?;
    let read = [asked.case.as_path()];
    let out = asked
        .out
        .as_deref()
        .map(|out| Out::open(voice, out, &read, asked.replace));
    let out = out.transpose()?;
    let options = Options {
        solver: asked.solver,
        halt: limits.halt(asked.time_limit),
        each: asked.each,
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
        study::compare(&loaded.case, &base, &overlays, &options, &|_, name| {
            progress.done(name)
        })
    };
    let runs = study::on_threads(threads, work)
        .map_err(|failed| voice.fail(("开不了线程", "the threads could not be started"), failed))?;
    progress.finish();
    let Some(first) = runs.first() else {
        return Err(Exit::CouldNotRun);
    };
    let question = Question {
        case: &first.case,
        scenario: None,
        lang: voice.lang,
    };
    let comparison = Comparison::new(question, &runs);
    match voice.json {
        true => voice.put_json(&comparison.json())?,
        false => voice.put_page(&comparison.page())?,
    }
    match &out {
        Some(Out::Folder(folder)) => {
            let scenarios = (&base, overlays.as_slice());
            write_all(voice, asked, &loaded, folder, &comparison, scenarios, &runs)?;
        }
        Some(Out::Workbook(book)) => {
            let said = comparison.in_language(voice.file_language(&loaded.case));
            let scenarios = runs.iter().map(|run| run.name.clone());
            let from = provenance(asked, &loaded, scenarios.collect());
            book.write(voice, workbook::of_comparison(&said, &from))?;
        }
        None => {
            let place = asked.case.display();
            voice.say(voice.lang.pick(
                format!("写出各情景的方案：junheng compare {place} --out 文件夹"),
                format!("to write the plan of each scenario: junheng compare {place} --out DIR"),
            ));
        }
    }
    Ok(runs
        .iter()
        .map(|run| exit_of(&run.answer))
        .max()
        .unwrap_or(Exit::Done))
}

/// The scenarios asked for, all of the case when none is named. `A,B+C,D` names every combination of A or B with C or D;
/// `base` stands for no change. Each combination is named once.
pub fn chosen(voice: &Voice, loaded: &Loaded, names: &[String]) -> Result<Vec<Overlay>, Exit> {
    if names.is_empty() {
        return Ok(loaded.overlays.clone());
    }
    let mut asked: Vec<String> = Vec::new();
    for name in names {
        let combined = combinations(name).ok_or_else(|| {
            let what = ("情景组合太多", "too many combinations of scenarios");
            let most = voice.lang.pick("最多", "at most");
            voice.fail(what, format!("{name}: {most} {MOST_SCENARIOS}"))
        })?;
        for one in combined {
            if !asked.contains(&one) {
                asked.push(one);
            }
        }
    }
    let each = asked
        .iter()
        .map(|name| choose(voice, loaded, std::slice::from_ref(name)));
    Ok(each
        .collect::<Result<Vec<_>, _>>()?
        .into_iter()
        .flatten()
        .collect())
}

/// The scenario with which the others are compared; the case as it stands when none is named.
fn base(voice: &Voice, loaded: &Loaded, name: Option<&str>) -> Result<Overlay, Exit> {
    let named = name.map(|name| choose(voice, loaded, &[name.to_string()]));
    let stated = || Overlay {
        name: "base".to_string(),
        title: voice.lang.pick("基准", "base").to_string(),
        changes: Vec::new(),
    };
    Ok(named.transpose()?.flatten().unwrap_or_else(stated))
}

/// Scenarios that are compared at once, at most.
const MOST_SCENARIOS: usize = 1000;

/// Every combination that `A,B+C,D` names, without those that change nothing; `None` when there are too many.
fn combinations(text: &str) -> Option<Vec<String>> {
    let mut all = vec![String::new()];
    for axis in text.split('+') {
        let values: Vec<&str> = axis.split([',', '，', '、']).map(str::trim).collect();
        if all.len() * values.len() > MOST_SCENARIOS {
            return None;
        }
        all = all
            .iter()
            .flat_map(|first| values.iter().map(move |value| (first.clone(), *value)))
            .map(|(first, value)| match (first.as_str(), value) {
                (_, "base" | "基准") => first,
                ("", value) => value.to_string(),
                (first, value) => format!("{first}+{value}"),
            })
            .collect();
    }
    all.retain(|name| !name.is_empty());
    Some(all)
}

/// The table, and each scenario's own files in a folder of its name.
fn write_all(
    voice: &Voice,
    asked: &Compare,
    loaded: &Loaded,
    folder: &Folder,
    comparison: &Comparison,
    (base, overlays): (&Overlay, &[Overlay]),
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
        // The first run is the base, which may be a scenario itself.
        let scenario = match at.checked_sub(1) {
            Some(at) => overlays.get(at),
            None => Some(base).filter(|base| !base.changes.is_empty()),
        };
        let question = Question {
            case: &run.case,
            scenario,
            lang,
        };
        let named = scenario.map(|one| one.name.clone());
        let from = provenance(asked, loaded, named.into_iter().collect());
        report::write(&own, &question, &run.answer, &from, false)
            .map_err(|failed| voice.fail(what, failed))?;
    }
    let place = folder.path().display();
    voice.say(voice.lang.pick(
        format!("已写入 {place}：comparison.csv、comparison-schools.csv、comparison.json、comparison.md，每个情景另有一个文件夹"),
        format!("written to {place}: comparison.csv, comparison-schools.csv, comparison.json, comparison.md and a folder for each scenario"),
    ));
    Ok(())
}

fn provenance(asked: &Compare, loaded: &Loaded, scenarios: Vec<String>) -> Provenance {
    Provenance {
        inputs: loaded.hashes.clone(),
        scenarios,
        solver: solver_name(asked.solver),
        kept: 0,
    }
}

/// A scenario's name as the name of a folder or the beginning of a file's, whatever letters it has.
pub fn folder_name(name: &str) -> String {
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
    fn axes_are_multiplied_out() {
        let all = |text| combinations(text).unwrap_or_default();
        assert_eq!(all("a"), ["a"]);
        assert_eq!(all("a,b+base,c"), ["a", "a+c", "b", "b+c"]);
        assert_eq!(all("base，a"), ["a"]);
        assert_eq!(combinations(&["a,b"; 11].join("+")), None);
    }

    #[test]
    fn no_scenario_name_leaves_its_folder() {
        assert_eq!(folder_name("budget-20+rural"), "budget-20+rural");
        assert_eq!(folder_name(".."), "_..");
        assert_eq!(folder_name("a/b\\c"), "a_b_c");
        assert_eq!(folder_name("预算减两成"), "预算减两成");
    }
}
