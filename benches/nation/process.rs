//! The most memory a process has held and the processor time it has had, where the system says so.

/// Ticks in which Linux tells processor time, a second.
const TICKS: f64 = 100.0;

/// Processor time of this process so far, all threads, in seconds.
pub fn processor() -> Option<f64> {
    processor_in("/proc/self/stat")
}

/// Processor time of another process so far, in seconds.
pub fn processor_of(process: u32) -> Option<f64> {
    processor_in(&format!("/proc/{process}/stat"))
}

fn processor_in(path: &str) -> Option<f64> {
    let stat = std::fs::read_to_string(path).ok()?;
    // The name in brackets may hold blanks; the state follows it, and 11 fields on stand user and system time.
    let fields: Vec<&str> = stat.rsplit(')').next()?.split_whitespace().collect();
    let ticks = |at: usize| fields.get(at)?.parse::<f64>().ok();
    Some((ticks(11)? + ticks(12)?) / TICKS)
}

/// The most this process has held so far, in KiB.
pub fn peak() -> Option<u64> {
    peak_in("/proc/self/status")
}

/// The most another process has held so far, in KiB.
pub fn peak_of(process: u32) -> Option<u64> {
    peak_in(&format!("/proc/{process}/status"))
}

fn peak_in(path: &str) -> Option<u64> {
    let status = std::fs::read_to_string(path).ok()?;
    let line = status.lines().find(|line| line.starts_with("VmHWM:"))?;
    line.split_whitespace().nth(1)?.parse().ok()
}
