//! Amounts in the words of a breach: in the unit in which the case shows money, and no more digits than tell two apart.

use crate::case::Case;
use crate::words::Money;

/// Decimals up to which amounts are told apart.
const FINEST: usize = 9;

/// Two amounts of money, with the unit in which the case shows it.
pub(super) fn monies(case: &Case, one: Money, other: Money) -> [String; 2] {
    let (factor, unit) = &case.money_shown;
    let shown = |amount: Money| amount.main() / factor;
    numbers(shown(one), shown(other)).map(|number| format!("{number} {unit}"))
}

/// Two numbers with thousands marks, of as many decimals as it takes to tell them apart, and two at least.
pub(super) fn numbers(one: f64, other: f64) -> [String; 2] {
    let apart = |decimals: &usize| {
        let [one, other] = [one, other].map(|value| format!("{value:.decimals$}"));
        one != other
    };
    let decimals = (2..FINEST).find(apart).unwrap_or(FINEST);
    [one, other].map(|value| marked(&format!("{value:.decimals$}")))
}

/// With thousands marks and without zeros at the end.
fn marked(text: &str) -> String {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text),
    };
    let (whole, rest) = digits.split_once('.').unwrap_or((digits, ""));
    let mut shown = String::from(sign);
    for (at, digit) in whole.chars().enumerate() {
        if at > 0 && (whole.len() - at).is_multiple_of(3) {
            shown.push(',');
        }
        shown.push(digit);
    }
    match rest.trim_end_matches('0') {
        "" => shown,
        rest => format!("{shown}.{rest}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_as_long_as_it_takes_to_tell_them_apart() {
        assert_eq!(numbers(1_234_567.0, 0.1 + 0.2), ["1,234,567", "0.3"]);
        assert_eq!(numbers(6.0, 6.000_004), ["6", "6.000004"]);
        assert_eq!(numbers(-1500.5, -1500.5), ["-1,500.5", "-1,500.5"]);
        assert_eq!(numbers(f64::NAN, 1.0), ["NaN", "1"]);
    }
}
