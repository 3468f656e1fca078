//! A sweep: the smallest gap at hundreds or thousands of points, over ranges and draws.
//!
//! What it finds is handed over piece by piece, in order, so that memory does not grow with the number of points and a
//! sweep that is stopped can go on where it was.

mod axis;
mod design;
mod scene;
mod solved;

use rayon::prelude::*;

pub use axis::{Axis, Lever, Range, Value, Values};
pub use design::{Design, Point};
pub use solved::Solved;
use solved::{Ready, Work};

use crate::case::Case;
use crate::plan::Options;
use crate::words::halt::Reason;

/// Strips that are under way at once, for each thread.
const AHEAD: usize = 3;

/// Solves the pieces of a design from `first` on, in parallel on rayon's current pool, and hands each over as it comes in
/// order. A point that fails, even by a panic, or takes longer than allowed is told as such and stops no other. What is
/// handed over is the same whatever the number of threads and wherever the sweep began.
///
/// Returns why it was halted, if it was; pieces that were under way are then not handed over.
///
/// # Errors
/// What `take` says.
///
/// ```
/// use std::convert::Infallible;
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::sweep::{Axis, Design, Lever, Values, sweep};
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let money = Axis {
///     key: "funds".into(),
///     values: Values::Listed(Lever::Funds(None), vec![0.0, 0.5, 1.0]),
/// };
/// let design = Design { axes: vec![money], draws: 1, seed: 1, piece: 400 };
/// let mut gaps = Vec::new();
/// let halted = sweep(&case, &design, &Options::default(), 0, &mut |points| {
///     gaps.extend(points.iter().map(|point| point.gap));
///     Ok::<(), Infallible>(())
/// });
/// assert_eq!(halted, Ok(None));
/// assert_eq!(gaps.len(), 3);
/// assert_eq!(gaps[0], Some(239.75)); // without money
/// ```
pub fn sweep<E>(
    case: &Case,
    design: &Design,
    options: &Options,
    first: usize,
    take: &mut dyn FnMut(&[Solved]) -> Result<(), E>,
) -> Result<Option<Reason>, E> {
    let work = Work {
        case,
        design,
        options,
    };
    let ahead = AHEAD * rayon::current_num_threads();
    let mut kept: Vec<(usize, Ready)> = Vec::new();
    let mut next = first;
    while next < design.chunks() {
        let mut strips: Vec<(usize, Vec<usize>)> = Vec::new();
        let begin = next;
        while next < design.chunks() && strips.len() < ahead {
            strips.extend(work.strips(next).into_iter().map(|strip| (next, strip)));
            next += 1;
        }
        kept = runs(&work, begin, next, kept);
        let ready = |chunk| {
            let run = design.run_of(chunk);
            let found = kept.iter().find(|(of, _)| *of == run);
            found.map_or(&None, |(_, ready)| ready)
        };
        let found: Vec<Option<Vec<Solved>>> = strips
            .par_iter()
            .with_max_len(1)
            .map(|(chunk, strip)| work.strip(strip, ready(*chunk)))
            .collect();
        let mut found = strips.iter().map(|(chunk, _)| *chunk).zip(found).peekable();
        while let Some((chunk, strip)) = found.next() {
            let mut piece = strip;
            while let Some((_, more)) = found.next_if(|(of, _)| *of == chunk) {
                piece = piece.zip(more).map(|(piece, more)| [piece, more].concat());
            }
            let Some(mut piece) = piece else {
                return Ok(options.halt.asked());
            };
            piece.sort_by_key(|one| one.point.number);
            take(&piece)?;
        }
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
