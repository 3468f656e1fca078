//! Floor 4: many answers, in parallel. The only place with threads.

pub mod against;
pub mod alternatives;
pub mod diff;
pub mod divert;
pub mod equity;
pub mod frontier;
pub mod prices;
pub mod regret;
pub mod sweep;
pub mod verify;

use std::num::NonZeroUsize;
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::case::{Case, Overlay};
use crate::formulate::formulate;
use crate::plan::{self, Answer, Basis, Options, Verdict};
use crate::program::lump::lump;

/// One scenario with its answer.
#[derive(Clone, Debug)]
pub struct Solved {
    /// Its name; `base` for the case as it stands.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The case with the scenario's changes made.
    pub case: Case,
    /// The answer.
    pub answer: Answer,
}

/// The case with the base's changes (none: as it stands) and with each of the overlays, solved in parallel on rayon's current pool. The order is that of
/// the overlays, whatever the number of threads. A scenario that fails, even by a panic, is reported as undecided
/// and stops no other; once halted, none is begun that has not been. `done` is told the position of each scenario as it finishes.
///
/// ```
/// use std::path::Path;
/// use junheng::case::Overlay;
/// use junheng::plan::{Options, Verdict};
/// use junheng::study::compare;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let base = Overlay {
///     name: "base".into(),
///     title: "As it stands".into(),
///     changes: Vec::new(),
/// };
/// let found = compare(&case, &base, &read.overlays, &Options::default(), &|_, _| {});
/// let names: Vec<&str> = found.iter().map(|one| one.name.as_str()).collect();
/// assert_eq!(names, ["base", "books-first"]);
/// assert!(found.iter().all(|one| one.answer.verdict == Verdict::Optimal));
/// ```
pub fn compare(
    case: &Case,
    base: &Overlay,
    overlays: &[Overlay],
    options: &Options,
    done: &(dyn Fn(usize, &str) + Sync),
) -> Vec<Solved> {
    compared(case, base, overlays, options, done, |case, options| {
        (plan::solve(case, options), ())
    })
    .0
}

/// As [`compare`], keeping what each plan stands on, from which its reasons follow
/// ([`crate::plan::Reasons`]). This takes several times the memory.
pub fn compare_with_bases(
    case: &Case,
    base: &Overlay,
    overlays: &[Overlay],
    options: &Options,
    done: &(dyn Fn(usize, &str) + Sync),
) -> (Vec<Solved>, Vec<Option<Basis>>) {
    compared(case, base, overlays, options, done, |case, options| {
        let plan::Solved { answer, basis } = plan::solved(case, options);
        (answer, basis)
    })
}

/// The answers with what else is kept of each; its default where there is no answer.
fn compared<T: Default + Send + Sync>(
    case: &Case,
    base: &Overlay,
    overlays: &[Overlay],
    options: &Options,
    done: &(dyn Fn(usize, &str) + Sync),
    solve: impl Fn(&Case, &Options) -> (Answer, T) + Sync,
) -> (Vec<Solved>, Vec<T>) {
    let asked: Vec<(&Overlay, Case)> = std::iter::once(base)
        .chain(overlays)
        .map(|overlay| (overlay, overlay.apply(case)))
        .collect();
    // The longest first, so that no thread is left alone with it at the end.
    let mut order: Vec<(usize, usize)> = asked
        .par_iter()
        .map(|(_, case)| size(case))
        .enumerate()
        .collect();
    order.sort_by_key(|&(at, size)| (std::cmp::Reverse(size), at));
    let answers: Vec<OnceLock<(Answer, T)>> = asked.iter().map(|_| OnceLock::new()).collect();
    let solve = &solve;
    rayon::scope_fifo(|scope| {
        for (at, _) in order {
            let ((overlay, case), slot) = (&asked[at], &answers[at]);
            scope.spawn_fifo(move |_| {
                if options.halt.asked().is_none() {
                    slot.get_or_init(|| isolated(case, options, solve));
                    done(at, &overlay.name);
                }
            });
        }
    });
    asked
        .into_iter()
        .zip(answers)
        .map(|((overlay, case), slot)| {
            let (answer, kept) = slot
                .into_inner()
                .unwrap_or_else(|| (Answer::none(Verdict::NotBegun), T::default()));
            let solved = Solved {
                name: overlay.name.clone(),
                title: overlay.title.clone(),
                answer,
                case,
            };
            (solved, kept)
        })
        .unzip()
}

/// How much work a case will be: the size of its program once lumped; the most where that cannot be told.
fn size(case: &Case) -> usize {
    let lumped = std::panic::catch_unwind(|| lump(&formulate(case, &[]).program).program);
    lumped.map_or(usize::MAX, |program| {
        program.rows.len() + program.cols.len()
    })
}

/// Does work on this many threads, on as many as the machine has when none is said.
///
/// # Errors
/// When the threads cannot be started.
pub fn on_threads<T: Send>(
    threads: Option<NonZeroUsize>,
    work: impl FnOnce() -> T + Send,
) -> Result<T, rayon::ThreadPoolBuildError> {
    let pool = rayon::ThreadPoolBuilder::new()
        .num_threads(threads.map_or(0, NonZeroUsize::get))
        .build()?;
    Ok(pool.install(work))
}

fn isolated<T: Default>(
    case: &Case,
    options: &Options,
    solve: impl Fn(&Case, &Options) -> (Answer, T),
) -> (Answer, T) {
    let options = options.for_one();
    let solve = std::panic::AssertUnwindSafe(|| solve(case, &options));
    std::panic::catch_unwind(solve).unwrap_or_else(|_| (broken(), T::default()))
}

/// The answer where the program itself has failed.
fn broken() -> Answer {
    Answer::none(Verdict::Undecided {
        why: (
            "内部错误，请把案例发给开发者".to_string(),
            "internal error; please send the case to the developers".to_string(),
        ),
    })
}
