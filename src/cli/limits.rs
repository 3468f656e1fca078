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

use super::exit::Exit;
use super::voice::Voice;
use crate::case::Case;
use crate::plan::memory_needed;
use crate::words::Halt;
use crate::words::halt::Reason;

/// The share of the memory limit at which the search ends, so that a plan can still be dealt out and written.
const SEARCH_SHARE: f64 = 0.875;

/// Below this many bytes no run is possible, so that no smaller limit is taken.
const LEAST_MEMORY: u64 = 16 << 20;

/// The longest time that can be asked for: a year of 366 days.
const MOST_TIME: Duration = Duration::from_secs(366 * 24 * 3600);

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
            Some(many) => Ok(NonZeroUsize::new(many.get() / 2).or(NonZeroUsize::new(1))),
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

/// Units of time, with their seconds. A bare number is seconds.
const TIMES: [(&str, f64); 14] = [
    ("", 1.0),
    ("ms", 0.001),
    ("s", 1.0),
    ("sec", 1.0),
    ("秒", 1.0),
    ("m", 60.0),
    ("min", 60.0),
    ("分", 60.0),
    ("分钟", 60.0),
    ("h", 3600.0),
    ("hour", 3600.0),
    ("hours", 3600.0),
    ("时", 3600.0),
    ("小时", 3600.0),
];

/// Units of memory, with their bytes. A bare number is bytes, a bare letter the power of two, as container tools have it.
const SIZES: [(&str, f64); 14] = [
    ("", 1.0),
    ("b", 1.0),
    ("kb", 1e3),
    ("mb", 1e6),
    ("gb", 1e9),
    ("tb", 1e12),
    ("k", 1024.0),
    ("m", 1_048_576.0),
    ("g", 1_073_741_824.0),
    ("t", 1_099_511_627_776.0),
    ("kib", 1024.0),
    ("mib", 1_048_576.0),
    ("gib", 1_073_741_824.0),
    ("tib", 1_099_511_627_776.0),
];

/// A time such as `30s`, `2min`, `1.5h` or `90` (seconds).
///
/// # Errors
/// What is wrong with it.
pub fn time(text: &str) -> Result<Duration, String> {
    let seconds = measure(text, &TIMES).ok_or("such as 30s, 2min, 1h or 90 (seconds)")?;
    Duration::try_from_secs_f64(seconds)
        .ok()
        .filter(|time| *time <= MOST_TIME)
        .ok_or_else(|| "at most 366 days".to_string())
}

/// An amount of memory such as `500MB`, `2GiB` or `2G`, in bytes.
///
/// # Errors
/// What is wrong with it.
pub fn size(text: &str) -> Result<u64, String> {
    let bytes = measure(text, &SIZES).ok_or("such as 500MB, 2GiB or 2G")?;
    if bytes < LEAST_MEMORY as f64 {
        Err(format!("at least {}", size_in_words(LEAST_MEMORY)))
    } else {
        // Above what can be counted is as good as no limit.
        Ok(bytes as u64)
    }
}

/// A number that is not negative, and its unit.
fn measure(text: &str, units: &[(&str, f64)]) -> Option<f64> {
    let text = text.trim().to_lowercase();
    let end = text
        .find(|c: char| !c.is_ascii_digit() && c != '.')
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(end);
    let number: f64 = number.parse().ok()?;
    let (_, factor) = units.iter().find(|(name, _)| *name == unit.trim())?;
    Some(number * factor).filter(|value| value.is_finite())
}

fn size_in_words(bytes: u64) -> String {
    let mib = (bytes as f64 / 1_048_576.0).ceil();
    if mib < 1024.0 {
        format!("{mib} MiB")
    } else {
        format!("{:.1} GiB", mib / 1024.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_and_sizes_are_read_with_their_units() {
        for (text, seconds) in [("0", 0.0), ("90", 90.0), ("1.5h", 5400.0), ("2 min", 120.0)] {
            assert_eq!(time(text), Ok(Duration::from_secs_f64(seconds)), "{text}");
        }
        assert_eq!(time("250ms"), Ok(Duration::from_millis(250)));
        assert_eq!(time("3分钟"), Ok(Duration::from_secs(180)));
        for (text, bytes) in [("500MB", 500_000_000), ("2GiB", 2 << 30), ("2g", 2 << 30)] {
            assert_eq!(size(text), Ok(bytes), "{text}");
        }
        assert_eq!(size("1e9"), Err("such as 500MB, 2GiB or 2G".to_string()));
    }

    #[test]
    fn what_cannot_be_meant_is_refused() {
        for text in [
            "",
            "-1",
            "s",
            "1 fortnight",
            "nan",
            "inf",
            "1e3s",
            "1..5",
            "400000d",
        ] {
            assert!(time(text).is_err(), "{text}");
        }
        assert!(time("99999999999999999999h").is_err());
        for text in ["", "-2GiB", "GiB", "12 pages", "0", "15MiB"] {
            assert!(size(text).is_err(), "{text}");
        }
    }
}
