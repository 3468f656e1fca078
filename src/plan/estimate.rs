//! How much memory a solve takes, before it is begun.

use crate::case::Case;

/// Bytes for each need (school × resource × period) of a case: its rows and columns in the program, the same once
/// more lumped and scaled, the solver's own copy and its factors. Measured on one thread: 0.4 KB (Nigeria's census), 0.6 KB
/// (a generated nation), up to 1.0 KB (20 times the county, no two schools alike). Less than the least of them, since
/// what is refused must be certain not to fit.
const BYTES_A_NEED: u64 = 350;

/// Bytes for each school whatever is asked of it: the case, its outcome, and its lines in the files.
const BYTES_A_SCHOOL: u64 = 2_000;

/// Bytes that any solve takes.
const BYTES_ANYWAY: u64 = 4 << 20;

/// The bytes that solving a case takes at least, by estimate: beside the case itself, up to the plan that is written.
/// Hardly alike schools take up to three times as much.
pub fn memory_needed(case: &Case) -> u64 {
    let schools = case.schools.len() as u64;
    let needs = schools
        .saturating_mul(case.resources.len() as u64)
        .saturating_mul(case.horizon.periods().count() as u64);
    needs
        .saturating_mul(BYTES_A_NEED)
        .saturating_add(schools.saturating_mul(BYTES_A_SCHOOL))
        .saturating_add(BYTES_ANYWAY)
}
