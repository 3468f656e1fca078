//! What studies have in common on the command line: the case with its scenario, and files in a folder.

use std::io::{self, Write};
use std::num::NonZeroUsize;
use std::path::Path;
use std::thread::available_parallelism;

use super::args::About;
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{Loaded, choose, load, nearest};
use super::out;
use super::solve::exit_of;
use super::voice::Voice;
use crate::case::{Case, Overlay};
use crate::plan::{self, Answer, Options, Verdict};
use crate::report::{Folder, Question, plan_json, solved};
use crate::study::frontier::{Frontier, Span, frontier};
use crate::words::FundIx;

/// A case to be studied, as asked for.
pub struct Study {
    /// What was read.
    pub loaded: Loaded,
    /// The scenario, if one was named.
    pub scenario: Option<Overlay>,
    /// The case with the scenario's changes made.
    pub case: Case,
    /// How to solve.
    pub options: Options,
    /// How many threads may solve at once within the memory limit, if there is one.
    pub at_once: Option<NonZeroUsize>,
    /// Where results are written, if anywhere.
    pub folder: Option<Folder>,
}

impl Study {
    /// Reads the case, chooses the scenario, opens the folder for results before the long run.
    ///
    /// # Errors
    /// How the run ends when one of them fails, which has then been said.
    pub fn open(voice: &Voice, about: &About, limits: &Limits) -> Result<Study, Exit> {
        let loaded = load(voice, &about.case)?;
        let scenario = choose(voice, &loaded, &about.scenarios)?;
        let case = scenario.as_ref().map_or_else(
            || loaded.case.clone(),
            |overlay| overlay.apply(&loaded.case),
        );
        let folder = about.out.as_deref().map(|out| out::folder(voice, out));
        let folder = folder.transpose()?;
        let at_once = limits.at_once(voice, &case)?;
        let options = Options {
            halt: limits.halt(about.time_limit),
            ..Options::default()
        };
        heed_interruptions(voice, &options.halt);
        Ok(Study {
            loaded,
            scenario,
            case,
            options,
            at_once,
            folder,
        })
    }

    /// The question that the talk answers.
    pub fn question<'a>(&'a self, voice: &Voice) -> Question<'a> {
        Question {
            case: &self.case,
            scenario: self.scenario.as_ref(),
            lang: voice.lang,
        }
    }

    /// Writes files, each with what fills it in the language of files, when a folder was asked for; and names them.
    ///
    /// # Errors
    /// [`Exit::CouldNotRun`] when a file cannot be written.
    pub fn write(&self, voice: &Voice, files: &[(&str, Fill)]) -> Result<(), Exit> {
        let Some(folder) = &self.folder else {
            return Ok(());
        };
        let question = Question {
            lang: voice.file_language(&self.case),
            ..self.question(voice)
        };
        let what = ("结果文件没有写成", "the result files could not be written");
        let mut names = Vec::new();
        for (name, fill) in files {
            let path = folder
                .fill(name, |out| fill(&question, out))
                .map_err(|failed| voice.fail(what, failed))?;
            names.push(path.display().to_string());
        }
        voice.say(voice.lang.pick(
            format!("已写入 {}", names.join("、")),
            format!("written: {}", names.join(", ")),
        ));
        Ok(())
    }

    /// The threads to work on: those asked for or all there are, within the memory limit.
    pub fn threads(&self, asked: Option<NonZeroUsize>) -> Option<NonZeroUsize> {
        let Some(most) = self.at_once else {
            return asked;
        };
        let wanted = asked.or(available_parallelism().ok());
        Some(wanted.map_or(most, |wanted| wanted.min(most)))
    }

    /// How a run ends that has shown what it found: proven, unless it was halted on the way.
    pub fn ending(&self) -> Exit {
        match self.options.halt.asked() {
            Some(_) => Exit::Unproven,
            None => Exit::Done,
        }
    }

    /// Says that a case has no plan to be studied, and why: with the rules named that cannot hold together.
    pub fn without_plan(&self, voice: &Voice, case: &Case, verdict: Verdict) -> Exit {
        let answer = match verdict {
            Verdict::Impossible { .. } => plan::solve(case, &self.options),
            other => Answer::none(other),
        };
        self.refused(voice, &answer)
    }

    /// Says why there is no plan in an answer.
    pub fn refused(&self, voice: &Voice, answer: &Answer) -> Exit {
        let question = self.question(voice);
        let shown = match voice.json {
            true => {
                let verdict = plan_json::verdict_json(&question, answer);
                voice.put_json(&serde_json::json!({ "verdict": verdict }))
            }
            false => voice.put_page(&solved::page(&question, answer)),
        };
        shown.err().unwrap_or_else(|| exit_of(answer))
    }
}

/// What fills a file.
pub type Fill<'a> = &'a dyn Fn(&Question, &mut dyn Write) -> io::Result<()>;

/// The curve of the smallest gap over money that pages show; `None` where it cannot be followed with proof, which is said.
pub fn drawn_curve(voice: &Voice, case: &Case, options: &Options) -> Option<Frontier> {
    let found = frontier(case, Span::DRAWN, options).ok();
    if found.is_none() {
        voice.warn(voice.lang.pick(
            "资金与缺口曲线没有画成：沿线求解没有得出证明",
            "the curve of gap over money is not drawn: it could not be followed with proof",
        ));
    }
    found
}

/// The fund of an id or a name.
///
/// # Errors
/// [`Exit::CouldNotRun`] when there is none; the nearest has then been named.
pub fn fund(voice: &Voice, case: &Case, name: &str) -> Result<FundIx, Exit> {
    let of_name = |(_, fund): &(FundIx, &crate::case::Fund)| fund.id == name || fund.name == name;
    if let Some((at, _)) = case.funds.pairs().find(of_name) {
        return Ok(at);
    }
    let known: Vec<&str> = case
        .funds
        .iter()
        .flat_map(|fund| [fund.id.as_str(), fund.name.as_str()])
        .collect();
    let near = nearest(name, &known).map(str::to_string);
    let ids: Vec<&str> = case.funds.iter().map(|fund| fund.id.as_str()).collect();
    let near = near.unwrap_or_else(|| ids.join(voice.lang.pick("、", ", ")));
    Err(voice.fail(
        ("没有这项资金", "there is no such fund"),
        voice.lang.pick(
            format!("{name}；是不是：{near}"),
            format!("{name}; did you mean: {near}"),
        ),
    ))
}

/// What to type to have files written.
pub fn hint_at_files(voice: &Voice, command: &str, about: &About, what: (&str, &str)) {
    hint_at_files_of(voice, command, about, "", what);
}

/// The same, with what was asked for besides the case.
pub fn hint_at_files_of(
    voice: &Voice,
    command: &str,
    about: &About,
    besides: &str,
    what: (&str, &str),
) {
    if about.out.is_none() {
        let scenarios = about.scenarios.iter();
        let scenarios: String = scenarios
            .map(|name| format!(" --scenario {name}"))
            .collect();
        let place = format!("{}{besides}{scenarios}", Path::display(&about.case));
        let what = voice.lang.pick(what.0, what.1);
        voice.say(voice.lang.pick(
            format!("写出{what}：junheng {command} {place} --out 文件夹"),
            format!("to write {what}: junheng {command} {place} --out DIR"),
        ));
    }
}
