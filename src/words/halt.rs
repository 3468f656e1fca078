//! When long work has to stop: a planner's word, a time, an amount of memory.
//!
//! Nothing is stopped from outside. Whoever works long asks now and then ([`Halt::asked`]) and ends in good order, so
//! that what is finished stays whole.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

/// Why work was asked to stop.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Reason {
    /// The planner said so.
    Cancelled,
    /// The time allowed is over.
    Time,
    /// The memory allowed is nearly used up.
    Memory,
}

/// The memory that may be used.
#[derive(Clone, Copy, Debug)]
struct Allowance {
    /// Bytes from which on work stops.
    bytes: usize,
    /// How many bytes the process has allocated now.
    used: fn() -> usize,
}

/// Whether to go on. Clones belong together: what stops one stops all.
///
/// Once asked, always asked: whoever asks later gets an answer too, perhaps with a graver reason. The default never
/// stops anything.
#[derive(Clone, Debug, Default)]
pub struct Halt {
    cancelled: Arc<AtomicBool>,
    /// Whether memory has once run short: it may be freed again, and the work that was given up is not taken up again.
    starved: Arc<AtomicBool>,
    deadline: Option<Instant>,
    memory: Option<Allowance>,
}

impl Halt {
    /// The same, and stops at this instant.
    pub fn at(self, deadline: Instant) -> Halt {
        Halt {
            deadline: Some(deadline),
            ..self
        }
    }

    /// The same, and stops when this time from now is over, if it would not stop sooner.
    pub fn within_time(self, time: Duration) -> Halt {
        match self.left() {
            Some(left) if left <= time => self,
            _ => match Instant::now().checked_add(time) {
                Some(end) => self.at(end),
                None => self,
            },
        }
    }

    /// The same, and stops when as many bytes are in use; `used` says how many are.
    pub fn within(self, bytes: usize, used: fn() -> usize) -> Halt {
        Halt {
            memory: Some(Allowance { bytes, used }),
            ..self
        }
    }

    /// The same planner's word, instant and memory, for work of its own: where memory ran short for one piece of
    /// work, the next may have enough.
    pub fn anew(&self) -> Halt {
        Halt {
            starved: Arc::default(),
            ..self.clone()
        }
    }

    /// Asks all work to stop.
    pub fn cancel(&self) {
        self.cancelled.store(true, Ordering::Relaxed);
    }

    /// Whether to stop, and why. Cheap enough for a loop whose turns take a microsecond.
    pub fn asked(&self) -> Option<Reason> {
        if self.cancelled.load(Ordering::Relaxed) {
            Some(Reason::Cancelled)
        } else if self.left().is_some_and(|left| left.is_zero()) {
            Some(Reason::Time)
        } else if self.is_starved() {
            Some(Reason::Memory)
        } else {
            None
        }
    }

    /// The time left, zero when it is over; `None` when there is no end.
    pub fn left(&self) -> Option<Duration> {
        self.deadline
            .map(|deadline| deadline.saturating_duration_since(Instant::now()))
    }

    /// The bytes that may still be used; `None` when there is no limit.
    pub fn room(&self) -> Option<usize> {
        self.memory
            .map(|memory| memory.bytes.saturating_sub((memory.used)()))
    }

    /// Whether so many more bytes may be used. Where not, memory has run short for this work, as if they had been.
    pub fn has_room_for(&self, bytes: usize) -> bool {
        let has = self.room().is_none_or(|room| bytes <= room);
        if !has {
            self.starved.store(true, Ordering::Relaxed);
        }
        has
    }

    fn is_starved(&self) -> bool {
        if self.room() == Some(0) {
            self.starved.store(true, Ordering::Relaxed);
        }
        self.starved.load(Ordering::Relaxed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::sync::atomic::AtomicUsize;

    #[test]
    fn nothing_stops_by_itself() {
        let halt = Halt::default();
        assert_eq!((halt.asked(), halt.left(), halt.room()), (None, None, None));
    }

    #[test]
    fn a_word_reaches_every_clone() {
        let halt = Halt::default();
        let (clone, own) = (halt.clone(), halt.anew());
        halt.cancel();
        assert_eq!(clone.asked(), Some(Reason::Cancelled));
        assert_eq!(own.asked(), Some(Reason::Cancelled));
    }

    #[test]
    fn time_runs_out() {
        let now = Instant::now();
        assert_eq!(Halt::default().at(now).asked(), Some(Reason::Time));
        let later = Halt::default().at(now + Duration::from_secs(3600));
        assert_eq!(later.asked(), None);
        assert!(
            later
                .left()
                .is_some_and(|left| left > Duration::from_secs(3000))
        );
    }

    #[test]
    fn the_sooner_of_two_times_counts() {
        let hour = Duration::from_secs(3600);
        let short = Halt::default().within_time(Duration::ZERO);
        assert_eq!(short.clone().within_time(hour).asked(), Some(Reason::Time));
        let long = Halt::default().within_time(hour);
        assert_eq!(long.asked(), None);
        assert_eq!(long.within_time(Duration::ZERO).asked(), Some(Reason::Time));
    }

    #[test]
    fn memory_once_short_stays_short_for_that_work_only() {
        static USED: AtomicUsize = AtomicUsize::new(0);
        let halt = Halt::default().within(100, || USED.load(Ordering::Relaxed));
        assert_eq!((halt.asked(), halt.room()), (None, Some(100)));
        USED.store(100, Ordering::Relaxed);
        assert_eq!(halt.asked(), Some(Reason::Memory));
        assert!(!halt.anew().has_room_for(1));
        USED.store(40, Ordering::Relaxed);
        assert_eq!(halt.asked(), Some(Reason::Memory));
        assert_eq!((halt.anew().asked(), halt.room()), (None, Some(60)));
        let next = halt.anew();
        assert!(next.has_room_for(60) && next.asked().is_none());
        assert!(!next.has_room_for(61));
        assert_eq!(next.asked(), Some(Reason::Memory));
    }
}
