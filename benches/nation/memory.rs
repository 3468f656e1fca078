//! The most memory a process has held, where the system says so.

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
