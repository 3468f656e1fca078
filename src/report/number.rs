//! How numbers are shown to people. Data files carry plain numbers instead; see [`crate::plan::table`].

use crate::case::Case;
use crate::words::Money;

/// What stands for a number that is not known or does not apply. Never 0.
pub const MISSING: &str = "—";

/// A number with thousands marks: its whole part in full, at least four significant digits, no trailing zeros.
pub fn number(value: f64) -> String {
    if !value.is_finite() {
        return MISSING.to_string();
    }
    let magnitude = if value == 0.0 {
        0
    } else {
        value.abs().log10().floor() as i32
    };
    with_decimals(value, (3 - magnitude).clamp(0, 8) as usize)
}

/// A number, or the mark for a missing one.
pub fn or_missing(value: Option<f64>) -> String {
    value.map_or_else(|| MISSING.to_string(), number)
}

/// A count with thousands marks.
pub fn count(value: usize) -> String {
    with_decimals(value as f64, 0)
}

/// An English count with its noun: `1 school`, `2 schools`.
pub fn plural(value: usize, noun: &str) -> String {
    format!(
        "{} {noun}{}",
        count(value),
        if value == 1 { "" } else { "s" }
    )
}

/// A share as a percentage with one decimal, more where it would show as nothing.
pub fn percent(share: f64) -> String {
    if !share.is_finite() {
        return MISSING.to_string();
    }
    let value = share * 100.0;
    let shown = if value.abs() >= 0.1 || value == 0.0 {
        with_decimals(value, 1)
    } else {
        small(value)
    };
    format!("{shown}%")
}

/// A very small number: two significant digits, in powers of ten when it is tiny.
fn small(value: f64) -> String {
    let magnitude = value.abs().log10().floor() as i32;
    if magnitude < -4 {
        format!("{value:.0e}")
    } else {
        with_decimals(value, (1 - magnitude) as usize)
    }
}

/// An amount of money in the unit the case shows money in, without the unit's name.
pub fn money(case: &Case, amount: Money) -> String {
    money_value(amount.main() / case.money_shown.0)
}

/// An amount that already stands in the unit the case shows money in.
pub fn money_value(shown: f64) -> String {
    if shown.abs() >= 1.0 {
        with_decimals(shown, 2)
    } else {
        number(shown)
    }
}

/// `value` rounded to `decimals`, trailing zeros cut, with thousands marks.
fn with_decimals(value: f64, decimals: usize) -> String {
    let text = format!("{value:.decimals$}");
    let (sign, text) = text
        .strip_prefix('-')
        .map_or(("", text.as_str()), |rest| ("-", rest));
    let (whole, fraction) = text.split_once('.').unwrap_or((text, ""));
    let fraction = fraction.trim_end_matches('0');
    let nothing = fraction.is_empty() && whole == "0";
    let mut shown = String::from(if nothing { "" } else { sign });
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    if !fraction.is_empty() {
        shown.push('.');
        shown.push_str(fraction);
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_parts_are_shown_in_full_and_fractions_to_four_digits() {
        for (value, shown) in [
            (0.0, "0"),
            (-0.0, "0"),
            (1234567.891, "1,234,568"),
            (12.3456, "12.35"),
            (3.14159, "3.142"),
            (0.515264, "0.5153"),
            (-1000.0, "-1,000"),
            (-0.000000001, "0"),
            (f64::NAN, MISSING),
        ] {
            assert_eq!(number(value), shown, "{value}");
        }
    }

    #[test]
    fn shares_never_vanish() {
        assert_eq!(percent(0.1234), "12.3%");
        assert_eq!(percent(0.0), "0%");
        assert_eq!(percent(0.00021), "0.021%");
        assert_eq!(percent(3e-9), "3e-7%");
    }

    #[test]
    fn a_missing_number_is_not_zero() {
        assert_eq!(or_missing(None), "—");
        assert_eq!(or_missing(Some(0.0)), "0");
    }
}
