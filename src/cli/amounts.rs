//! Amounts of time and memory as people write them.

use std::time::Duration;

/// The longest time that can be asked for: a year of 366 days.
const MOST_TIME: Duration = Duration::from_secs(366 * 24 * 3600);

/// Below this many bytes no run is possible, so that no smaller limit is taken.
const LEAST_MEMORY: u64 = 16 << 20;

/// The largest share that can be asked for.
const MOST_SHARE: f64 = 10.0;

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

/// A share such as `80%`, `0.8` or `120%`.
///
/// # Errors
/// What is wrong with it.
pub fn share(text: &str) -> Result<f64, String> {
    let text = text.trim();
    let (number, whole) = match text.strip_suffix(['%', '％']) {
        Some(number) => (number, 100.0),
        None => (text, 1.0),
    };
    let value: Option<f64> = number.trim().parse().ok().map(|value: f64| value / whole);
    value
        .filter(|share| (0.0..=MOST_SHARE).contains(share))
        .ok_or_else(|| "such as 80% or 0.8, at most 1000%".to_string())
}

/// A part of a whole: `20%` or `0.2`.
///
/// # Errors
/// What is wrong with it.
pub fn part(text: &str) -> Result<f64, String> {
    let part = share(text).ok().filter(|part| *part <= 1.0);
    part.ok_or_else(|| "such as 20% or 0.2, at most 100%".to_string())
}

/// A distance in km, from 0 to that around the Earth.
///
/// # Errors
/// What is wrong with it.
pub fn km(text: &str) -> Result<f64, String> {
    let number = text.trim().trim_end_matches("km").trim_end_matches("公里");
    let km: Option<f64> = number.trim().parse().ok();
    km.filter(|km| (0.0..=40_075.0).contains(km))
        .ok_or_else(|| "a distance in km, such as 5 or 2.5".to_string())
}

/// A number of pupils.
///
/// # Errors
/// What is wrong with it.
pub fn pupils(text: &str) -> Result<f64, String> {
    let pupils: Option<f64> = text.trim().parse().ok();
    pupils
        .filter(|pupils| (0.0..=1e6).contains(pupils))
        .ok_or_else(|| "a number of pupils, such as 100".to_string())
}

/// How many plan years: a number, or `all` for as many as there are.
///
/// # Errors
/// What is wrong with it.
pub fn years(text: &str) -> Result<usize, String> {
    if text.trim() == "all" {
        return Ok(usize::MAX);
    }
    let number = text.trim().parse().ok().filter(|years| *years >= 1);
    number.ok_or_else(|| "a number of years, at least 1, or all".to_string())
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

/// An amount of memory for people.
pub fn size_in_words(bytes: u64) -> String {
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
