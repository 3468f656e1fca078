//! Money. Exact, in the smallest unit of the currency; `f64` appears only inside the linear program.

use std::fmt;
use std::iter::Sum;
use std::ops::{Add, AddAssign, Neg, Sub, SubAssign};

/// An amount of money in hundredths of the currency's main unit (分, kobo, cent).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Money(i64);

impl Money {
    /// No money.
    pub const ZERO: Money = Money(0);

    /// From whole hundredths.
    pub const fn cents(cents: i64) -> Money {
        Money(cents)
    }

    /// From main units (yuan, naira), rounded half away from zero to hundredths. Amounts beyond ±9·10¹⁶ are clamped.
    pub fn from_main(amount: f64) -> Money {
        Money((amount * 100.0).round() as i64)
    }

    /// In hundredths.
    pub const fn as_cents(self) -> i64 {
        self.0
    }

    /// In main units; exact below 2⁵³ hundredths.
    pub fn main(self) -> f64 {
        self.0 as f64 / 100.0
    }

    /// This price times a quantity, rounded half away from zero to hundredths.
    pub fn times(self, quantity: f64) -> Money {
        Money((self.0 as f64 * quantity).round() as i64)
    }

    /// The smaller amount.
    pub fn min(self, other: Money) -> Money {
        Money(self.0.min(other.0))
    }

    /// The larger amount.
    pub fn max(self, other: Money) -> Money {
        Money(self.0.max(other.0))
    }

    /// Whether this is exactly nothing.
    pub fn is_zero(self) -> bool {
        self.0 == 0
    }
}

/// `1234.50`, without a currency sign or thousands marks: the form of data files.
impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let cents = self.0.unsigned_abs();
        f.pad(&format!("{sign}{}.{:02}", cents / 100, cents % 100))
    }
}

impl fmt::Debug for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// As a number of main units with two decimals.
impl serde::Serialize for Money {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.main())
    }
}

impl Add for Money {
    type Output = Money;
    fn add(self, other: Money) -> Money {
        Money(self.0.saturating_add(other.0))
    }
}

impl Sub for Money {
    type Output = Money;
    fn sub(self, other: Money) -> Money {
        Money(self.0.saturating_sub(other.0))
    }
}

impl Neg for Money {
    type Output = Money;
    fn neg(self) -> Money {
        Money(-self.0)
    }
}

impl AddAssign for Money {
    fn add_assign(&mut self, other: Money) {
        *self = *self + other;
    }
}

impl SubAssign for Money {
    fn sub_assign(&mut self, other: Money) {
        *self = *self - other;
    }
}

impl Sum for Money {
    fn sum<I: Iterator<Item = Money>>(amounts: I) -> Money {
        amounts.fold(Money::ZERO, Add::add)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn money_is_exact_in_hundredths() {
        assert_eq!(
            Money::from_main(0.1) + Money::from_main(0.2),
            Money::from_main(0.3)
        );
        assert_eq!(Money::from_main(17.09).times(3.0).to_string(), "51.27");
        assert_eq!(Money::cents(-5).to_string(), "-0.05");
    }
}
