//! Panics of libraries, caught and kept from the planner.

use std::cell::Cell;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Once;

use super::Refused;

thread_local! {
    /// Whether a panic on this thread is caught and needs no report.
    static CALM: Cell<bool> = const { Cell::new(false) };
}

/// Runs readers of others' making. Where one panics on a damaged file, the file is refused like any other damaged one, and
/// not a word of it reaches the planner.
pub fn calmly<T>(read: impl FnOnce() -> Result<T, Refused>) -> Result<T, Refused> {
    static QUIET: Once = Once::new();
    QUIET.call_once(|| {
        let loud = panic::take_hook();
        panic::set_hook(Box::new(move |info| {
            if !CALM.get() {
                loud(info);
            }
        }));
    });
    CALM.set(true);
    let result = panic::catch_unwind(AssertUnwindSafe(read));
    CALM.set(false);
    result.unwrap_or_else(|_| Err(Refused::Broken("—".to_string())))
}
