//! Money that comes by the pupil (公用经费): it follows enrolment, and only a part of it may go into the plan.

use super::Case;
use super::fund::Fund;
use super::school::{BySection, Section};
use crate::words::sum::Sum;
use crate::words::{Money, SchoolIx, Table, YearIx};

/// What a fund gets for the pupils of a year. The national rates of 2023 are 720 yuan (primary), 940 yuan (junior) and 300
/// yuan more for a boarder, and schools with fewer than 100 pupils are counted as having 100.
#[derive(Clone, PartialEq, Debug)]
pub struct PerPupil {
    /// Main units of money a pupil and year, by section.
    pub rate: BySection<f64>,
    /// Main units of money more a boarder and year.
    pub boarder: f64,
    /// A school that has pupils, but fewer than this, is counted as having this many.
    pub least: f64,
    /// The part that may be spent on the plan; the rest runs the schools.
    pub share: f64,
    /// Money of each plan year, and of a year after the plan, that comes besides; none where there is nothing.
    pub besides: Option<(Table<YearIx, Money>, Money)>,
    /// Whether the last plan year's money goes on coming after the plan, rather than what is stated.
    pub goes_on: bool,
}

impl Fund {
    /// The money of every year and afterwards times a factor.
    pub(super) fn times(&mut self, factor: f64) {
        let times = |amounts: &mut Table<YearIx, Money>, after: &mut Money| {
            let amounts = amounts.iter_mut();
            amounts.for_each(|amount| *amount = amount.times(factor));
            *after = after.times(factor);
        };
        times(&mut self.amounts, &mut self.after);
        if let Some(per_pupil) = &mut self.per_pupil {
            per_pupil.share *= factor;
            if let Some((besides, after)) = &mut per_pupil.besides {
                times(besides, after);
            }
        }
    }

    /// More money in each plan year and afterwards.
    pub(super) fn plus(&mut self, more: &Table<YearIx, Money>, later: Money) {
        let plus = |amounts: &mut Table<YearIx, Money>, after: &mut Money| {
            for (amount, more) in amounts.iter_mut().zip(more) {
                *amount += *more;
            }
            *after += later;
        };
        plus(&mut self.amounts, &mut self.after);
        if let Some(per_pupil) = &mut self.per_pupil {
            let nothing = || (Table::filled(more.len(), Money::ZERO), Money::ZERO);
            let (besides, after) = per_pupil.besides.get_or_insert_with(nothing);
            plus(besides, after);
        }
    }
}

impl Case {
    /// Works out the money of the funds that come by the pupil, for the pupils the case now has.
    pub(crate) fn refund(&mut self) {
        for at in self.funds.ids() {
            let Some(per_pupil) = self.funds[at].per_pupil.clone() else {
                continue;
            };
            let years = self.horizon.plan_years();
            let mut amounts: Vec<Money> =
                years.map(|year| self.by_pupils(&per_pupil, year)).collect();
            let mut last = amounts.last().copied().unwrap_or_default();
            if let Some((besides, after)) = &per_pupil.besides {
                for (amount, more) in amounts.iter_mut().zip(besides) {
                    *amount += *more;
                }
                last += *after;
            }
            let fund: &mut Fund = &mut self.funds[at];
            fund.amounts = amounts.into();
            if per_pupil.goes_on {
                fund.after = last;
            }
        }
    }

    /// What comes for the pupils of all schools in a year. A school whose pupils are unknown brings nothing.
    fn by_pupils(&self, per_pupil: &PerPupil, year: YearIx) -> Money {
        let mut all = Sum::default();
        for school in self.schools.ids() {
            all.add(self.of_school(per_pupil, school, year).unwrap_or(0.0));
        }
        Money::from_main(all.value() * per_pupil.share)
    }

    fn of_school(&self, per_pupil: &PerPupil, school: SchoolIx, year: YearIx) -> Option<f64> {
        let pupils = self.pupils_by_section(school, year)?;
        let total = pupils.primary + pupils.junior;
        if total <= 0.0 {
            return None;
        }
        let counted = (per_pupil.least / total).max(1.0);
        let taught: f64 = Section::ALL
            .into_iter()
            .map(|section| per_pupil.rate.of(section) * pupils.of(section))
            .sum();
        Some(taught * counted + per_pupil.boarder * self.boarders(school, year).unwrap_or(0.0))
    }
}
