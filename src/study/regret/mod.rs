//! Regret: what it costs to have decided the first years before it was known which future would come.
//!
//! The futures are scenarios. The candidates are the first years of the plan that each future would make for itself, and
//! those with the least worst regret of all ([`crate::plan::future::minmax`]). A candidate's regret in a future is the
//! smallest gap there with its decisions, everything else decided best, less the smallest gap there is in that future.

mod agreed;
mod drop_one;
mod whole;

pub use agreed::{Agreed, agreed};
pub use drop_one::{Dropped, Leaner, choice};
pub use whole::{Audited, Whole};

use rayon::prelude::*;

use crate::case::{Case, Overlay};
use crate::formulate::Units;
use crate::plan::future::{Best, Future, Gap, Held, MinMax, best, minmax, room};
use crate::plan::{Known, Options, Verdict};
use crate::words::tolerance::PROVEN;

/// A scenario that may come.
#[derive(Clone, Debug)]
pub struct Outlook {
    /// Its name; `base` for the case as it stands.
    pub name: String,
    /// Its title.
    pub title: String,
    /// The case with the scenario's changes made.
    pub case: Case,
    /// Whether its gaps are counted otherwise than those of the case as it stands.
    pub counts_otherwise: bool,
    /// The smallest gap in it, proven; the verdict where there is none. Then it takes no part in the rest.
    pub best: Result<Gap, Verdict>,
}

/// Whose decisions a candidate takes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Whose {
    /// Those of the plan that a future would make: its place among those that have a plan.
    Future(usize),
    /// Those with the least worst regret.
    MinMax,
    /// Those with the least worst regret in whole units.
    Whole,
}

/// Decisions for the first years, and what becomes of them in each future.
#[derive(Clone, Debug)]
pub struct Candidate {
    /// Whose they are.
    pub whose: Whose,
    /// What is decided.
    pub units: Units,
    /// What becomes of them in each future that has a plan.
    pub cells: Vec<Cell>,
}

/// What becomes of a candidate in a future.
#[derive(Clone, PartialEq, Debug)]
pub struct Cell {
    /// With the candidate's decisions.
    pub held: Held,
    /// Gap there less the smallest gap there is; `None` where the decisions are not possible or nothing is known.
    pub regret: Option<f64>,
    /// The same where the decisions are not possible, cut down as far as need be.
    pub cut: Option<f64>,
}

impl Cell {
    fn of(held: Held, best: Gap) -> Cell {
        let over = |gap: Gap| {
            let over = gap.gap - best.gap;
            // Both gaps are known to a part in ten million; what is less than that is none. Nothing is better than best.
            let known = 2.0 * PROVEN * best.gap.abs().max(1.0);
            if over <= known { 0.0 } else { over }
        };
        let (regret, cut) = match &held {
            Held::Possible(gap) => (Some(over(*gap)), None),
            Held::NotPossible { cut, .. } => (None, cut.map(over)),
            Held::Open(_) => (None, None),
        };
        Cell { held, regret, cut }
    }

    /// Whether what is said of it is proven: the gap, or that there is no plan.
    pub fn is_proven(&self) -> bool {
        match &self.held {
            Held::Possible(gap) => gap.is_proven(),
            Held::NotPossible { .. } => true,
            Held::Open(_) => false,
        }
    }
}

impl Candidate {
    /// The worst regret and the future it is in, leaving one future out if so wanted; `None` when the candidate is not
    /// possible everywhere else.
    pub fn worst(&self, but: Option<usize>) -> Option<(f64, usize)> {
        let cells = self.cells.iter().enumerate();
        let mut worst: Option<(f64, usize)> = None;
        for (at, cell) in cells.filter(|(at, _)| Some(*at) != but) {
            let regret = cell.regret?;
            if worst.is_none_or(|(most, _)| regret > most) {
                worst = Some((regret, at));
            }
        }
        worst
    }

    /// The mean regret over the futures, each counted alike; `None` when the candidate is not possible everywhere.
    pub fn mean(&self) -> Option<f64> {
        let sum = self
            .cells
            .iter()
            .try_fold(0.0, |sum, one| Some(sum + one.regret?));
        sum.map(|sum| sum / self.cells.len() as f64)
    }
}

/// The regret of deciding first.
#[derive(Clone, Debug)]
pub struct Regret {
    /// How many plan years are decided before the future is known.
    pub years: usize,
    /// The futures, the case as it stands first.
    pub futures: Vec<Outlook>,
    /// The candidates: one a future that has a plan, then the one with the least worst regret, if there is one.
    pub candidates: Vec<Candidate>,
    /// The least worst regret and its proof; the verdict where there is none.
    pub least: Result<Least, Verdict>,
    /// The decisions with the least worst regret in whole units; `None` where none were found that every future can have.
    pub whole: Option<Whole>,
    /// What changes when a future is left out, one entry a future that has a plan; none when there are fewer than two.
    pub dropped: Vec<Dropped>,
}

/// The least worst regret.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Least {
    /// The worst regret of the decisions found, as solved for in each future.
    pub worst: f64,
    /// No decisions have a smaller worst regret.
    pub bound: f64,
    /// The largest of the futures' smallest gaps: a regret is known to a part of it.
    pub scale: f64,
}

/// To what part of the gaps the least worst regret must be known to be called proven. Three proofs go into it, each of
/// a part in ten million: of the whole, of the best gap and of the gap with the decisions.
const KNOWN: f64 = 3.0 * PROVEN;

impl Least {
    /// Whether no decisions have a smaller worst regret, as far as gaps are known.
    pub fn is_proven(&self) -> bool {
        self.worst - self.bound <= KNOWN * self.scale
    }
}

impl Regret {
    /// The futures that have a plan, in order.
    pub fn possible(&self) -> impl Iterator<Item = &Outlook> {
        self.futures.iter().filter(|one| one.best.is_ok())
    }

    /// The candidate with the least worst regret.
    pub fn minmax(&self) -> Option<&Candidate> {
        self.candidates
            .iter()
            .find(|one| one.whose == Whose::MinMax)
    }

    /// Whether everything that is said is proven.
    pub fn is_proven(&self) -> bool {
        let whole = self.whole.iter().map(|one| &one.candidate);
        let cells = self
            .candidates
            .iter()
            .chain(whole)
            .flat_map(|one| &one.cells);
        let least = match &self.least {
            Ok(least) => least.is_proven(),
            Err(verdict) => matches!(verdict, Verdict::Impossible { .. }),
        };
        let known =
            |one: &Outlook| one.best.is_ok() || matches!(one.best, Err(Verdict::Impossible { .. }));
        least
            && cells.into_iter().all(Cell::is_proven)
            && self.futures.iter().all(known)
            && self.dropped.iter().all(Dropped::is_proven)
    }
}

/// The regret of deciding the first years of a plan before it is known whether the case as it stands or one of the
/// scenarios will come; on rayon's current pool. The result does not depend on the number of threads. A scenario that
/// fails stops no other. `done` is told what is finished.
///
/// ```
/// use std::path::Path;
/// use junheng::case::{Change, Overlay};
/// use junheng::plan::Options;
/// use junheng::study::regret::regret;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let poorer = Overlay {
///     name: "poorer".into(),
///     title: "A fifth less".into(),
///     changes: vec![Change::Fund { fund: None, factor: 0.8 }],
/// };
/// let found = regret(&case, "As it stands", &[poorer], 1, &Options::default(), &|_| {});
/// let least = found.least.expect("decisions that both futures can have");
/// assert!(least.is_proven());
/// ```
pub fn regret(
    case: &Case,
    base_title: &str,
    overlays: &[Overlay],
    years: usize,
    options: &Options,
    done: &(dyn Fn(Step) + Sync),
) -> Regret {
    let years = years.min(case.horizon.years);
    let mut asked = vec![(
        "base".to_string(),
        base_title.to_string(),
        case.clone(),
        false,
    )];
    asked.extend(overlays.iter().map(|overlay| {
        let (name, title) = (overlay.name.clone(), overlay.title.clone());
        (name, title, overlay.apply(case), overlay.counts_otherwise())
    }));
    let found: Vec<Result<Best, Verdict>> = asked
        .par_iter()
        .map(|(name, _, case, _)| {
            let best = isolated(|| best(case, &anew(options)));
            done(Step::Future(name));
            best
        })
        .collect();
    let room = room(found.iter().flatten(), years);
    let mut outlooks = Vec::new();
    let mut standing = Vec::new();
    for ((name, title, case, counts_otherwise), best) in asked.into_iter().zip(found) {
        outlooks.push(Outlook {
            name,
            title,
            case: case.clone(),
            counts_otherwise,
            best: best.as_ref().map(|best| best.gap).map_err(Clone::clone),
        });
        standing.extend(best.ok().map(|best| (case, best)));
    }
    let futures: Vec<Future> = standing
        .into_par_iter()
        .map(|(case, best)| Future::new(case, best, years, &room))
        .collect();
    let all: Vec<&Future> = futures.iter().collect();
    let joint = match all.len() {
        0 => Err(Verdict::NotBegun),
        _ => together(&all, options),
    };
    done(Step::MinMax);
    let mut decided: Vec<(Whose, Units)> = futures
        .iter()
        .enumerate()
        .map(|(at, future)| (Whose::Future(at), future.own()))
        .collect();
    if let Ok(joint) = &joint {
        decided.push((Whose::MinMax, joint.units.clone()));
    }
    let candidates = matrix(&all, decided, options, done);
    let least = joint.as_ref().map_err(Clone::clone).and_then(|joint| {
        let minmax = candidates.last().and_then(|one| one.worst(None));
        let (worst, _) = minmax.ok_or(Verdict::Undecided { why: not_kept() })?;
        let gaps = futures.iter().map(|one| one.best.gap.gap.abs());
        Ok(Least {
            worst,
            bound: joint.bound,
            scale: gaps.fold(1.0, f64::max),
        })
    });
    let joint = joint.ok();
    let dropped = drop_one::all(&all, &candidates, joint.as_ref(), options, done);
    let whole = joint.and_then(|joint| whole::whole(&all, &joint.units, options));
    done(Step::Whole);
    Regret {
        years,
        futures: outlooks,
        candidates,
        least,
        whole,
        dropped,
    }
}

/// What a run has finished.
#[derive(Clone, Copy, Debug)]
pub enum Step<'a> {
    /// A future's own plan, by the future's name.
    Future(&'a str),
    /// The program over all futures.
    MinMax,
    /// So many of the matrix' rows.
    Row,
    /// The program without one of the futures.
    Dropped,
    /// The decisions in whole units.
    Whole,
}

/// Every candidate in every future.
fn matrix(
    futures: &[&Future],
    decided: Vec<(Whose, Units)>,
    options: &Options,
    done: &(dyn Fn(Step) + Sync),
) -> Vec<Candidate> {
    let tried = |(whose, units): (Whose, Units)| {
        let cells = futures.par_iter().enumerate().map(|(at, future)| {
            let best = future.best.gap;
            // Decided as its own plan decides, a future has the gap of its own plan.
            if whose == Whose::Future(at) {
                return Cell::of(Held::Possible(best), best);
            }
            let held = isolated(|| Ok(future.hold(&units, &anew(options))));
            Cell::of(held.unwrap_or_else(Held::Open), best)
        });
        let cells = cells.collect();
        done(Step::Row);
        Candidate {
            whose,
            units,
            cells,
        }
    };
    decided.into_par_iter().map(tried).collect()
}

/// The decisions with the least worst regret over some futures.
fn together(futures: &[&Future], options: &Options) -> Result<MinMax, Verdict> {
    let known = |known: Known| known.verdict();
    isolated(|| minmax(futures, &anew(options)).map_err(known))
}

/// What one solve was too large for another may have memory enough for.
fn anew(options: &Options) -> Options {
    Options {
        halt: options.halt.anew(),
        ..options.clone()
    }
}

fn isolated<T>(work: impl FnOnce() -> Result<T, Verdict>) -> Result<T, Verdict> {
    std::panic::catch_unwind(std::panic::AssertUnwindSafe(work))
        .unwrap_or_else(|_| Err(super::broken().verdict))
}

fn not_kept() -> (String, String) {
    (
        "解得的前几年决定未能在每个情景中逐一核实".to_string(),
        "the decisions found could not be confirmed in every future".to_string(),
    )
}
