//! A sweep: the smallest gap at hundreds or thousands of points, over ranges and draws.
//!
//! What it finds is handed over piece by piece, in order, so that memory does not grow with the number of points and a
//! sweep that is stopped can go on where it was.

mod axis;
mod design;
mod solved;

use std::num::NonZeroUsize;
use std::time::Duration;

use rayon::prelude::*;

pub use axis::{Axis, Lever, Range, Value, Values};
pub use design::{Design, Point};
pub use solved::Solved;
use solved::{Ready, Work};

use crate::case::Case;
use crate::plan::Options;
use crate::words::halt::Reason;

/// Pieces that are under way at once, for each thread.
const AHEAD: usize = 3;

/// Solves the pieces of a design from `first` on, in parallel on rayon's current pool, and hands each over as it comes in
/// order. A point that fails, even by a panic, or takes longer than `each` is told as such and stops no other. What is
/// handed over is the same whatever the number of threads and wherever the sweep began.
///
/// Returns why it was halted, if it was; pieces that were under way are then not handed over.
///
/// # Errors
/// What `take` says.
pub fn sweep<E>(
    case: &Case,
    design: &Design,
    options: &Options,
    each: Option<Duration>,
    first: usize,
    take: &mut dyn FnMut(&[Solved]) -> Result<(), E>,
) -> Result<Option<Reason>, E> {
    let work = Work {
        case,
        design,
        options,
        each,
    };
    let threads = NonZeroUsize::new(rayon::current_num_threads()).map_or(1, NonZeroUsize::get);
    let mut kept: Vec<(usize, Ready)> = Vec::new();
    let mut next = first;
    while next < design.chunks() {
        let end = design.chunks().min(next + AHEAD * threads);
        kept = runs(&work, next, end, kept);
        let ready = |chunk| {
            let run = design.run_of(chunk);
            kept.iter()
                .find(|(of, _)| *of == run)
                .map(|(_, ready)| ready)
        };
        let found: Vec<Option<Vec<Solved>>> = (next..end)
            .into_par_iter()
            .with_max_len(1)
            .map(|chunk| work.chunk(chunk, ready(chunk).unwrap_or(&None)))
            .collect();
        for piece in found {
            match piece {
                Some(piece) => take(&piece)?,
                None => return Ok(options.halt.asked()),
            }
        }
        next = end;
    }
    Ok(None)
}

/// The programs of the runs of some pieces, those kept that are among them.
fn runs(work: &Work, next: usize, end: usize, kept: Vec<(usize, Ready)>) -> Vec<(usize, Ready)> {
    let (first, last) = (work.design.run_of(next), work.design.run_of(end - 1));
    let mut kept: Vec<(usize, Ready)> = kept.into_iter().filter(|(run, _)| *run >= first).collect();
    let begin = kept.last().map_or(first, |(run, _)| run + 1);
    let made: Vec<(usize, Ready)> = (begin..last + 1)
        .into_par_iter()
        .with_max_len(1)
        .map(|run| (run, work.ready(run)))
        .collect();
    kept.extend(made);
    kept
}
