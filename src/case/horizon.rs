//! The years of a plan and the period after them.

use crate::words::YearIx;

/// The years planned, and how long what was bought and hired still counts afterwards.
#[derive(Clone, PartialEq, Debug)]
pub struct Horizon {
    /// The calendar year of the first plan year.
    pub first_year: i32,
    /// How many years are planned, at least 1.
    pub years: usize,
    /// Length of the terminal period in years: needs there weigh this many years, and pay goes on. 0 for none.
    pub terminal: f64,
}

impl Horizon {
    /// The plan years.
    pub fn plan_years(
        &self,
    ) -> impl DoubleEndedIterator<Item = YearIx> + ExactSizeIterator + use<> {
        (0..self.years).map(YearIx::new)
    }

    /// The plan years and, if it has a length, the terminal period.
    pub fn periods(&self) -> impl DoubleEndedIterator<Item = YearIx> + ExactSizeIterator + use<> {
        (0..self.period_count()).map(YearIx::new)
    }

    /// How many periods there are.
    pub fn period_count(&self) -> usize {
        self.years + usize::from(self.terminal > 0.0)
    }

    /// The last plan year.
    pub fn last(&self) -> YearIx {
        YearIx::new(self.years - 1)
    }

    /// Whether this is the terminal period.
    pub fn is_terminal(&self, period: YearIx) -> bool {
        period.at() >= self.years
    }

    /// The plan year whose enrolment and standard hold in a period: the last one for the terminal period.
    pub fn plan_year_of(&self, period: YearIx) -> YearIx {
        YearIx::new(period.at().min(self.years - 1))
    }

    /// How many years a period lasts.
    pub fn duration(&self, period: YearIx) -> f64 {
        if self.is_terminal(period) {
            self.terminal
        } else {
            1.0
        }
    }

    /// The calendar year of a plan year.
    pub fn calendar(&self, year: YearIx) -> i32 {
        self.first_year + year.at() as i32
    }

    /// The plan year with this calendar year.
    pub fn of_calendar(&self, calendar: i32) -> Option<YearIx> {
        let at = usize::try_from(calendar.checked_sub(self.first_year)?).ok()?;
        (at < self.years).then(|| YearIx::new(at))
    }
}
