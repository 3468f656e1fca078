//! Floor 6: the command line. Each command is a short file: read, ask the room that knows, hand over to `report`.

mod against;
mod alternatives;
mod amounts;
mod args;
mod audit;
mod charts;
mod check;
mod compare;
mod compliance;
mod diagnose;
mod diff;
mod divert;
mod draft;
mod equity;
mod exit;
mod explain;
mod frontier;
mod help;
mod limits;
mod list;
mod load;
mod named;
mod near;
mod new;
mod out;
mod prices;
mod progress;
mod regret;
mod repair;
mod report;
mod schema;
mod solve;
mod study;
mod sweep;
mod template;
mod track;
mod usage;
mod vary;
mod verify;
mod voice;
mod why;
mod wording;

use std::ffi::OsString;
use std::num::NonZeroUsize;
use std::process::ExitCode;

use clap::FromArgMatches;

use args::{Args, Task};
use exit::Exit;
pub use limits::Heap;
use limits::Limits;
use study::Study;
use voice::Voice;

use crate::words::Lang;

/// Runs the command with these arguments, the program's name first, in a process with this allocator.
pub fn run(arguments: impl IntoIterator<Item = OsString>, heap: &Heap) -> ExitCode {
    let limits = Limits::new(heap);
    let arguments: Vec<OsString> = arguments.into_iter().collect();
    let lang = language(&arguments);
    let parsed = help::command(lang)
        .try_get_matches_from(arguments)
        .and_then(|found| Args::from_arg_matches(&found));
    match parsed {
        Ok(args) => perform(&args, lang, limits).into(),
        Err(error) => usage::show(&error, lang).into(),
    }
}

fn perform(args: &Args, lang: Lang, mut limits: Limits) -> Exit {
    let voice = Voice::new(&args.general, lang);
    if let Err(exit) = limits.keep_memory(&voice, args.general.memory_limit) {
        return exit;
    }
    // Two programs at once take more memory than one.
    let beside = args.general.threads.is_none_or(|threads| threads.get() > 1)
        && args.general.memory_limit.is_none();
    let done = match &args.task {
        Task::New(asked) => new::run(&voice, asked),
        Task::Template(asked) => template::run(&voice, asked),
        Task::Check(asked) => check::run(&voice, asked),
        Task::Explain(asked) => explain::run(&voice, asked),
        Task::List(asked) => list::run(&voice, asked),
        Task::Diagnose(asked) => diagnose::run(&voice, asked),
        Task::Compare(asked) => compare::run(&voice, asked, args.general.threads, &limits),
        Task::Against(asked) => Study::open(&voice, &asked.about, &limits).and_then(|study| {
            let threads = study.threads(args.general.threads);
            on_threads(&voice, threads, || against::run(&voice, asked, &study))
        }),
        Task::Compliance(asked) => compliance::run(&voice, asked, &limits),
        Task::Alternatives(asked) => Study::open(&voice, &asked.about, &limits).and_then(|study| {
            let threads = study.threads(args.general.threads);
            on_threads(&voice, threads, || alternatives::run(&voice, asked, &study))
        }),
        Task::Diff(asked) => Study::open(&voice, &asked.about(), &limits).and_then(|study| {
            let threads = study.threads(args.general.threads);
            on_threads(&voice, threads, || diff::run(&voice, asked, &study))
        }),
        Task::Divert(asked) => Study::open(&voice, &asked.about, &limits).and_then(|study| {
            let threads = study.threads(args.general.threads);
            on_threads(&voice, threads, || divert::run(&voice, asked, &study))
        }),
        Task::Frontier(asked) => frontier::run(&voice, asked, &limits),
        Task::PriceOfEquity(asked) => {
            Study::open(&voice, &asked.about, &limits).and_then(|study| {
                let threads = study.threads(args.general.threads);
                on_threads(&voice, threads, || equity::run(&voice, asked, &study))
            })
        }
        Task::Prices(asked) => on_threads(&voice, args.general.threads, || {
            prices::run(&voice, asked, &limits)
        }),
        Task::Regret(asked) => regret::run(&voice, asked, args.general.threads, &limits),
        Task::Report(asked) => report::run(&voice, asked, args.general.threads, &limits),
        Task::Sweep(asked) => Study::open(&voice, &asked.about, &limits).and_then(|study| {
            let threads = study.threads(args.general.threads);
            on_threads(&voice, threads, || sweep::run(&voice, asked, &study))
        }),
        Task::Solve(asked) => solve::run(&voice, asked, beside, &limits),
        Task::Repair(asked) => repair::run(&voice, asked, &limits),
        Task::Why(asked) => why::run(&voice, asked, &limits),
        Task::VerifyFirst(asked) => verify::run(&voice, asked, args.general.threads, &limits),
        Task::Track(asked) => track::run(&voice, asked, &limits),
        Task::Draft(asked) => draft::run(&voice, asked, &limits),
        Task::Audit(asked) => audit::run(&voice, asked),
        Task::Schema => schema::run(&voice),
    };
    done.unwrap_or_else(|exit| exit)
}

/// Does a study on as many threads as were asked for.
fn on_threads(
    voice: &Voice,
    threads: Option<NonZeroUsize>,
    work: impl FnOnce() -> Result<Exit, Exit> + Send,
) -> Result<Exit, Exit> {
    crate::study::on_threads(threads, work)
        .map_err(|failed| voice.fail(("开不了线程", "the threads could not be started"), failed))?
}

/// The language is needed before the arguments are parsed, since help and usage errors are written in it.
fn language(arguments: &[OsString]) -> Lang {
    let texts: Vec<_> = arguments.iter().map(|one| one.to_string_lossy()).collect();
    let after = texts
        .iter()
        .zip(texts.iter().skip(1))
        .find(|(one, _)| *one == "--lang")
        .map(|(_, next)| next.as_ref());
    let joined = texts.iter().find_map(|one| one.strip_prefix("--lang="));
    match after.or(joined) {
        Some("zh") => Lang::Zh,
        Some("en") => Lang::En,
        _ => sys_locale::get_locale().map_or(Lang::En, |locale| Lang::of_locale(&locale)),
    }
}
