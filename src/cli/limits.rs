//! How long a run may take and how much memory it may use: what can be asked, and how it is kept.
//!
//! Time: the search for the best plan ends when the time since the start of the run is over; what follows (dealing out,
//! audit, writing) is done as always, so that what is written is whole.
//! Memory: the search ends in good order at [`SEARCH_SHARE`] of the limit. The limit itself is kept by the allocator:
//! what is asked for beyond it is refused, which ends the process at once. Files appear whole or not at all, so that
//! even then nothing half-written is left under a result's name.
//! A first interruption (Ctrl-C, or the signal to terminate) ends the search, a second one the process.

use std::fmt::Debug;
use std::io::Write;
use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use super::amounts::size_in_words;
use super::exit::Exit;
use super::voice::Voice;
use crate::case::Case;
use crate::plan::memory_needed;
use crate::words::Halt;
use crate::words::halt::Reason;

/// The share of the memory limit at which the search ends, so that a plan can still be dealt out and written.
const SEARCH_SHARE: f64 = 0.875;

/// How a process ends that was interrupted by Ctrl-C, by the custom of shells.
const INTERRUPTED: i32 = 130;

/// What the process's allocator counts and keeps.
#[derive(Clone, Copy, Debug)]
pub struct Heap {
    /// How many bytes are allocated.
    pub allocated: fn() -> usize,
    /// Refuses more than this many bytes from now on; false when more are allocated already.
    pub limit: fn(usize) -> bool,
}

/// The limits of a run.
#[derive(Clone, Debug)]
pub struct Limits {
    started: Instant,
    heap: Heap,
    memory: Option<u64>,
}

impl Limits {
    /// Counts time from now, and has the allocator keep the memory that was asked for.
    pub fn new(heap: &Heap) -> Limits {
        Limits {
            started: Instant::now(),
            heap: *heap,
            memory: None,
        }
    }

    /// Has the allocator keep a limit from now on.
    ///
    /// # Errors
    /// [`Exit::CouldNotRun`] when more is in use already.
    pub fn keep_memory(&mut self, voice: &Voice, bytes: Option<u64>) -> Result<(), Exit> {
        self.memory = bytes;
        let Some(bytes) = bytes.and_then(|bytes| usize::try_from(bytes).ok()) else {
            return Ok(());
        };
        if (self.heap.limit)(bytes) {
            return Ok(());
        }
        Err(voice.fail(
            ("内存上限太低", "the memory limit is too low"),
            size_in_words((self.heap.allocated)() as u64),
        ))
    }

    /// When to stop searching.
    pub fn halt(&self, time: Option<Duration>) -> Halt {
        let halt = Halt::default();
        let halt = match time.and_then(|time| self.started.checked_add(time)) {
            Some(deadline) => halt.at(deadline),
            None => halt,
        };
        match self.memory {
            Some(bytes) => halt.within((bytes as f64 * SEARCH_SHARE) as usize, self.heap.allocated),
            None => halt,
        }
    }

    /// How many cases as large as this one may be solved at once; `None` without a limit.
    ///
    /// # Errors
    /// [`Exit::CouldNotRun`] when there is no memory even for one.
    pub fn at_once(&self, voice: &Voice, case: &Case) -> Result<Option<NonZeroUsize>, Exit> {
        let Some(limit) = self.memory else {
            return Ok(None);
        };
        let each = memory_needed(case).max(1);
        let room = limit.saturating_sub((self.heap.allocated)() as u64);
        match NonZeroUsize::new(usize::try_from(room / each).unwrap_or(usize::MAX)) {
            None => {
                let (needed, limit) = (
                    size_in_words(each.saturating_add(limit - room)),
                    size_in_words(limit),
                );
                Err(voice.fail(
                    ("内存上限太低", "the memory limit is too low"),
                    voice.lang.pick(
                        format!("求解这个案例至少约需 {needed}，上限为 {limit}"),
                        format!("this case needs at least about {needed}, the limit is {limit}"),
                    ),
                ))
            }
            // One may always try; others beside it must be sure to fit.
            Some(many) => Ok(NonZeroUsize::new(many.get() / 3).or(NonZeroUsize::new(1))),
        }
    }
}

/// From now on a first interruption stops the search and a second one the process.
pub fn heed_interruptions(voice: &Voice, halt: &Halt) {
    let halt = halt.clone();
    let text = voice.lang.pick(
        "正在停止：把已求得的结果写完；再按一次 Ctrl-C 立即结束",
        "stopping: what was found is being written; press Ctrl-C again to end at once",
    );
    let heed = move || {
        if halt.asked() == Some(Reason::Cancelled) {
            std::process::exit(INTERRUPTED);
        }
        halt.cancel();
        // With standard error closed there is nobody to tell.
        let _ = writeln!(std::io::stderr(), "{text}");
    };
    // Where no handler can be set an interruption ends the process at once, as it does elsewhere.
    let _ = ctrlc::set_handler(heed);
}
