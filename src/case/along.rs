//! Who of a school's pupils boards (寄宿生) and who has a claim to aid (家庭经济困难学生): counted in the year of the school
//! table, changing as the pupils do, and going along with those who are sent to another school.

use super::{BySection, Case, Section};
use crate::words::{SchoolIx, YearIx};

/// Pupils of a school who board or have a claim to aid, by section, before the factors on enrolment of all schools.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Along {
    /// Boarders.
    pub boarders: BySection<f64>,
    /// Pupils with a claim to aid, those who board among them.
    pub poor: BySection<f64>,
    /// Boarders with a claim to aid.
    pub poor_boarders: BySection<f64>,
}

impl Along {
    fn counts(&mut self, section: Section) -> [&mut f64; 3] {
        [
            self.boarders.of_mut(section),
            self.poor.of_mut(section),
            self.poor_boarders.of_mut(section),
        ]
    }

    /// Adds (or takes, with −1) those of another count in one section.
    pub(super) fn add(&mut self, section: Section, mut other: Along, sign: f64) {
        let others = other.counts(section).map(|count| *count);
        for (own, other) in self.counts(section).into_iter().zip(others) {
            *own += sign * other;
        }
    }

    /// A part of those of one section. Where it comes to board, all `pupils` of the part do.
    pub(super) fn part(mut self, section: Section, share: f64, boards: Option<f64>) -> Along {
        for count in self.counts(section) {
            *count *= share;
        }
        if let Some(pupils) = boards {
            *self.boarders.of_mut(section) = pupils;
            *self.poor_boarders.of_mut(section) = *self.poor.of(section);
        }
        self
    }
}

impl Case {
    /// Who boards and who has a claim to aid at a school in a plan year, counted from 0; nobody where that is not known.
    pub(super) fn along(&self, school: SchoolIx, year: usize) -> Along {
        let stated = &self.schools[school];
        let mut found = stated.along.get(year).copied().unwrap_or_default();
        let own = stated.forecast.get(year).copied().or(stated.pupils);
        let (Some(today), Some(own)) = (stated.pupils, own) else {
            return found;
        };
        let poor = stated.poor.unwrap_or_default();
        let (all, claims) = (today.primary + today.junior, poor.primary + poor.junior);
        for section in Section::ALL {
            let (today, own, poor) = (*today.of(section), *own.of(section), *poor.of(section));
            let now = |count: f64, of: f64| if of > 0.0 { count * own / of } else { 0.0 };
            *found.boarders.of_mut(section) += now(stated.boarders.unwrap_or(0.0), all);
            *found.poor.of_mut(section) += now(poor, today);
            let boarding = match claims > 0.0 {
                true => stated.poor_boarders.unwrap_or(0.0) * poor / claims,
                false => 0.0,
            };
            *found.poor_boarders.of_mut(section) += now(boarding, today);
        }
        found
    }

    /// Boarders of a school in a plan year: today's, changing as its pupils do, with those who come to board from other
    /// schools; `None` when unknown.
    pub fn boarders(&self, school: SchoolIx, year: YearIx) -> Option<f64> {
        let boarders = self.boarders_by_section(school, year)?;
        Some(boarders.primary + boarders.junior)
    }

    fn boarders_by_section(&self, school: SchoolIx, period: YearIx) -> Option<BySection<f64>> {
        let stated = &self.schools[school];
        stated.pupils.and(stated.boarders)?;
        Some(self.grown(period, |year| self.along(school, year).boarders))
    }

    /// Boarders of a section in a period as a norm counts them: whole, a part of one being one more; `None` when unknown.
    pub fn boarders_of(&self, school: SchoolIx, section: Section, period: YearIx) -> Option<f64> {
        let all = self.boarders_by_section(school, period)?;
        Some(whole(*all.of(section)))
    }

    /// Pupils of a section with a claim to aid in a period, and those of them who board, whole in the same way; `None` when
    /// unknown. Where nothing is said of boarders among them, nobody is taken to be one.
    pub fn poor_of(
        &self,
        school: SchoolIx,
        section: Section,
        period: YearIx,
    ) -> Option<(f64, f64)> {
        let stated = &self.schools[school];
        stated.pupils.and(stated.poor)?;
        let of = |count: BySection<f64>| whole(*count.of(section));
        Some((
            of(self.grown(period, |year| self.along(school, year).poor)),
            of(self.grown(period, |year| self.along(school, year).poor_boarders)),
        ))
    }

    /// A count of a period with the factors on enrolment of all schools.
    fn grown(&self, period: YearIx, count: impl Fn(usize) -> BySection<f64>) -> BySection<f64> {
        let year = self.horizon.plan_year_of(period).at();
        let count = count(year);
        BySection {
            primary: count.primary * self.enrolment.primary[year],
            junior: count.junior * self.enrolment.junior[year],
        }
    }
}

/// Nobody is a part of a person: rounded up, but for what rounding leaves.
fn whole(count: f64) -> f64 {
    (count - 1e-6).ceil().max(0.0)
}
