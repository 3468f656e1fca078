//! `junheng solve`

use std::path::{Path, PathBuf};

use clap::ValueEnum;

use super::args::{Priority, Solve};
use super::exit::Exit;
use super::limits::{Limits, heed_interruptions};
use super::load::{choose, load, read_plan};
use super::near::stay_near;
use super::out::{Out, is_workbook};
use super::study::drawn_curve;
use super::voice::Voice;
use crate::case::balance::Index;
use crate::case::{Case, Change, First, Overlay, Policy, Rule, Scope};
use crate::plan::repair::{Effort, menu};
use crate::plan::table::Wanted;
use crate::plan::{self, Answer, Options, PlanRow, Verdict};
use crate::report::workbook::{self, Studied};
use crate::report::{self, Folder, Provenance, Question};
use crate::solve::SolverChoice;
use crate::study::prices::{Prices, prices};
use crate::words::Place;

/// Solves a case, shows the plan and writes its files.
/// `beside` says whether a second thread may be used.
pub fn run(voice: &Voice, asked: &Solve, beside: bool, limits: &Limits) -> Result<Exit, Exit> {
    if let Some(out) = asked.out.as_deref()
        && (asked.prices || asked.frontier)
        && !is_workbook(out)
    {
        return Err(no_workbook(voice, asked, out));
    }
    let loaded = load(voice, &asked.case)?;
    let scenario = choose(voice, &loaded, &asked.scenarios)?;
    let scenario = with_fairness(voice, asked, &loaded.case, scenario);
    let mut case = scenario.as_ref().map_or_else(
        || loaded.case.clone(),
        |overlay| overlay.apply(&loaded.case),
    );
    stay_near(voice, &mut case, &asked.near)?;
    let keep = kept(voice, &case, asked.keep.as_deref())?;
    let earlier = asked.near.stay_near.as_deref();
    let read = [Some(asked.case.as_path()), asked.keep.as_deref(), earlier];
    let read: Vec<&Path> = read.into_iter().flatten().collect();
    let out = asked
        .out
        .as_deref()
        .map(|out| Out::open(voice, out, &read, asked.replace));
    let out = out.transpose()?;
    let from = Provenance {
        inputs: loaded.hashes.clone(),
        scenarios: asked.scenarios.clone(),
        solver: solver_name(asked.solver),
        kept: keep.len(),
    };
    limits.at_once(voice, &case)?;
    let halt = limits.halt(asked.time_limit);
    heed_interruptions(voice, &halt);
    let options = Options {
        solver: asked.solver,
        keep,
        halt,
        beside,
        take_up: asked.take_up,
        whole_gap: asked.whole_gap,
        ..Options::default()
    };
    let mut answer = plan::solve(&case, &options);
    if matches!(answer.verdict, Verdict::Impossible { .. })
        && let Some(effort) = Effort::beside(&case)
    {
        answer.menu = Some(Box::new(menu(&case, &options, effort)));
    }
    let question = Question {
        case: &case,
        scenario: scenario.as_ref(),
        lang: voice.lang,
    };
    match voice.json {
        true => voice.put_through(|out| {
            report::plan_json::write(out, &question, &answer, &from, &|| None)
        })?,
        false => voice.put_page(&report::solved::page(&question, &answer))?,
    }
    let question = Question {
        lang: voice.file_language(&case),
        ..question
    };
    let mut whole = true;
    match &out {
        Some(Out::Folder(folder)) => write(voice, folder, &question, &answer, &from, beside)?,
        Some(Out::Workbook(book)) => {
            let planned = answer.plan.is_some();
            let priced = asked.prices && planned;
            let priced = priced.then(|| priced_limits(voice, &case, &options));
            let followed = asked.frontier && planned;
            let followed = followed.then(|| drawn_curve(voice, &case, &options));
            whole = priced.as_ref().is_none_or(Option::is_some)
                && followed.as_ref().is_none_or(Option::is_some);
            let studied = Studied {
                prices: priced.as_ref().and_then(Option::as_ref),
                frontier: followed.as_ref().and_then(Option::as_ref),
            };
            let bytes = workbook::of_answer(&question, &answer, &from, studied);
            book.write(voice, bytes)?
        }
        None => {}
    }
    hint(voice, asked, out.as_ref(), &answer);
    // A workbook that lacks what was asked for is not whole, though the plan may be proven.
    Ok(match whole {
        true => exit_of(&answer),
        false => exit_of(&answer).max(Exit::Unproven),
    })
}

/// Prices and the curve stand in workbooks; the commands that find them write folders.
fn no_workbook(voice: &Voice, asked: &Solve, out: &Path) -> Exit {
    let (case, out) = (asked.case.display(), out.display());
    let command = match asked.prices {
        true => "prices",
        false => "frontier",
    };
    voice.fail(
        (
            "--prices 和 --frontier 写进工作簿",
            "--prices and --frontier write sheets of a workbook",
        ),
        voice.lang.pick(
            format!("请用 --out plan.xlsx；写成文件夹：junheng {command} {case} --out {out}"),
            format!("use --out plan.xlsx; for a folder: junheng {command} {case} --out {out}"),
        ),
    )
}

/// What limits are worth and what rules cost; `None` where that was not found, which is said.
fn priced_limits(voice: &Voice, case: &Case, options: &Options) -> Option<Prices> {
    let found = prices(case, options).ok();
    if found.is_none() {
        voice.warn(voice.lang.pick(
            "限额的价格没有算出：连续问题没有得出证明",
            "the prices of limits were not found: the continuous program could not be solved with proof",
        ));
    }
    found
}

/// The scenario with the fairness that was asked for beside it, by which it is named.
fn with_fairness(
    voice: &Voice,
    asked: &Solve,
    case: &Case,
    scenario: Option<Overlay>,
) -> Option<Overlay> {
    let mut more: Vec<(String, Change)> = Vec::new();
    if let Some(first) = asked.first {
        let first = match first {
            Priority::Gap => First::Gap,
            Priority::Leximin => First::Leximin,
        };
        let (zh, en) = first.name();
        more.push((voice.lang.pick(zh, en).to_string(), Change::First(first)));
    }
    if let Some(most) = asked.cv_at_most {
        let name = voice.lang.pick(
            format!("各项差异系数不超过 {most}"),
            format!("coefficients of variation at most {most}"),
        );
        let policy = Policy {
            id: "--cv-at-most".into(),
            name: name.clone(),
            scope: Scope::default(),
            rule: Rule::Differences {
                index: Index::Cv,
                most: Some(most),
                composite: false,
                from: case.horizon.last(),
                together: false,
            },
            place: Place::file("--cv-at-most"),
        };
        more.push((name, Change::Policy(policy)));
    }
    if more.is_empty() {
        return scenario;
    }
    let mut whole = scenario.unwrap_or_else(|| Overlay {
        name: String::new(),
        title: String::new(),
        changes: Vec::new(),
    });
    for (title, change) in more {
        let apart = if whole.title.is_empty() { "" } else { " + " };
        whole.title = format!("{}{apart}{title}", whole.title);
        whole.changes.push(change);
    }
    Some(whole)
}

/// The rows that are to be kept.
///
/// # Errors
/// [`Exit::BadData`] when their table has faults.
pub fn kept(voice: &Voice, case: &Case, file: Option<&Path>) -> Result<Vec<PlanRow>, Exit> {
    file.map_or(Ok(Vec::new()), |file| {
        read_plan(voice, case, file, Wanted::Locked)
    })
}

/// Writes the files of an answer and names them.
///
/// # Errors
/// [`Exit::CouldNotRun`] when a file cannot be written.
pub fn write(
    voice: &Voice,
    folder: &Folder,
    asked: &Question,
    answer: &Answer,
    from: &Provenance,
    beside: bool,
) -> Result<(), Exit> {
    let what = ("结果文件没有写成", "the result files could not be written");
    let written = report::write(folder, asked, answer, from, beside)
        .map_err(|failed| voice.fail(what, failed))?;
    let names: Vec<String> = written
        .iter()
        .map(|path| path.display().to_string())
        .collect();
    voice.say(voice.lang.pick(
        format!("已写入 {}", names.join("、")),
        format!("written: {}", names.join(", ")),
    ));
    Ok(())
}

/// The name by which a solver is asked for.
pub fn solver_name(choice: SolverChoice) -> String {
    choice
        .to_possible_value()
        .map(|value| value.get_name().to_string())
        .unwrap_or_default()
}

/// How a run with this answer ends. A plan that breaks a rule fails its audit, whatever is proven about it.
pub fn exit_of(answer: &Answer) -> Exit {
    match (&answer.verdict, &answer.plan) {
        (_, Some(plan)) if !plan.audit.breaches.is_empty() => Exit::AuditFailed,
        (Verdict::Optimal, _) => Exit::Done,
        (Verdict::Impossible { .. }, _) => Exit::Impossible,
        (
            Verdict::Stopped { .. }
            | Verdict::Unbounded
            | Verdict::NotBegun
            | Verdict::Undecided { .. },
            _,
        ) => Exit::Unproven,
    }
}

/// What to type next.
fn hint(voice: &Voice, asked: &Solve, out: Option<&Out>, answer: &Answer) {
    let case = asked.case.display();
    let next = match (&answer.plan, out.map(table)) {
        (Some(_), None) => voice.lang.pick(
            format!("写出方案表：junheng solve {case} --out 文件夹（或 plan.xlsx）；比较情景：junheng compare {case}"),
            format!("to write the plan: junheng solve {case} --out DIR (or plan.xlsx); to compare scenarios: junheng compare {case}"),
        ),
        (Some(_), Some(table)) => voice.lang.pick(
            format!("核对：junheng audit {case} {}", table.display()),
            format!("to audit it: junheng audit {case} {}", table.display()),
        ),
        (None, _) if matches!(answer.verdict, Verdict::Impossible { .. }) => {
            let scenarios = asked.scenarios.iter();
            let besides: String = scenarios.map(|name| format!(" --scenario {name}")).collect();
            let kept = asked.keep.as_ref();
            let besides = besides
                + &kept.map_or(String::new(), |file| format!(" --keep {}", file.display()))
                + &asked.near.again();
            voice.lang.pick(
                format!("全部修复办法，写成可直接使用的情景：junheng repair {case}{besides} --out 文件夹"),
                format!("all repairs, as scenarios to be used at once: junheng repair {case}{besides} --out DIR"),
            )
        }
        (None, _) => voice.lang.pick(
            format!("查看情景和检查结果：junheng list {case}；junheng check {case}"),
            format!("to see scenarios and findings: junheng list {case}; junheng check {case}"),
        ),
    };
    voice.say(next);
}

/// The file with the plan table.
fn table(out: &Out) -> PathBuf {
    match out {
        Out::Folder(folder) => folder.path().join("plan.csv"),
        Out::Workbook(book) => book.path().to_path_buf(),
    }
}
