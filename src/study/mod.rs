//! Floor 4: many answers, in parallel. The only place with threads.

use std::num::NonZeroUsize;

use rayon::prelude::*;

use crate::case::{Case, Overlay};
use crate::plan::{Answer, Options, Verdict, solve};

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

/// The case as it stands and each of the overlays, solved in parallel on rayon's current pool. The order is that of
/// the overlays, whatever the number of threads. A scenario that fails, even by a panic, is reported as undecided
/// and stops no other. `done` is told the position of each scenario as it finishes.
pub fn compare(
    case: &Case,
    base_title: &str,
    overlays: &[Overlay],
    options: &Options,
    done: &(dyn Fn(usize, &str) + Sync),
) -> Vec<Solved> {
    let mut asked: Vec<(String, String, Case)> =
        vec![("base".into(), base_title.into(), case.clone())];
    for overlay in overlays {
        asked.push((
            overlay.name.clone(),
            overlay.title.clone(),
            overlay.apply(case),
        ));
    }
    asked
        .into_par_iter()
        .enumerate()
        .map(|(at, (name, title, case))| {
            let answer = isolated(&case, options);
            done(at, &name);
            Solved {
                name,
                title,
                case,
                answer,
            }
        })
        .collect()
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

fn isolated(case: &Case, options: &Options) -> Answer {
    let solved = std::panic::catch_unwind(|| solve(case, options));
    solved.unwrap_or_else(|_| {
        Answer::none(Verdict::Undecided {
            why: (
                "内部错误,请把案例发给开发者".to_string(),
                "internal error; please send the case to the developers".to_string(),
            ),
        })
    })
}
