//! How many pupils more, or fewer, each section of each school has than places.

use crate::case::{BySection, Case, Section};
use crate::words::{SchoolIx, YearIx};

/// Pupils more than this many places over a whole number are one more pupil: what only rounding makes is none.
const ROUNDING: f64 = 1e-6;

/// A section of a school and its places, from a year on: in the year in which they are scarcest.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Spare {
    /// The school.
    pub school: SchoolIx,
    /// The section.
    pub section: Section,
    /// Pupils in that year.
    pub pupils: f64,
    /// Places in that year.
    pub places: f64,
    /// Places that are left, negative where they are too few; before factors on enrolment.
    left: f64,
}

impl Spare {
    /// Pupils without a place, whole, before factors on enrolment.
    pub fn over(&self) -> u64 {
        (-self.left - ROUNDING).ceil().max(0.0) as u64
    }

    /// Places that are free in the section, whole, before factors on enrolment.
    fn free(&self) -> u64 {
        (self.left + ROUNDING).floor().max(0.0) as u64
    }

    /// Takes places, or gives them (negative).
    fn take(&mut self, pupils: f64) {
        self.left -= pupils;
    }
}

/// The places of all schools.
#[derive(Clone, Debug)]
pub struct Places {
    /// Of each section; `None` where the school has none, or they are unknown.
    sections: Vec<BySection<Option<Spare>>>,
    /// Pupils that each school may have more under the limit on whole schools, negative where it has too many; `None`
    /// without a limit.
    whole: Vec<Option<f64>>,
}

impl Places {
    /// Those of a case from a year on.
    pub fn of(case: &Case, since: YearIx) -> Places {
        let of = |school| {
            let one = |section| spare(case, school, section, since);
            let mut found = BySection {
                primary: one(Section::Primary),
                junior: one(Section::Junior),
            };
            let whole = whole(case, school, since);
            // Too many for the school as a whole, although each section has its places: those of the larger one go.
            let over: u64 = Section::ALL
                .iter()
                .filter_map(|at| *found.of(*at))
                .map(|one| one.over())
                .sum();
            let more = whole.map_or(0.0, |left| -left - over as f64);
            if more > ROUNDING {
                let larger = Section::ALL
                    .into_iter()
                    .filter_map(|at| *found.of(at))
                    .max_by(|one, other| {
                        one.pupils
                            .total_cmp(&other.pupils)
                            .then(other.section.cmp(&one.section))
                    });
                if let Some(larger) = larger {
                    let one = found.of_mut(larger.section);
                    *one = one.map(|one| Spare {
                        left: one.left.min(-(one.over() as f64)) - more,
                        ..one
                    });
                }
            }
            (found, whole)
        };
        let (sections, whole) = case.schools.ids().map(of).unzip();
        Places { sections, whole }
    }

    /// The places of a section.
    pub fn at(&self, school: SchoolIx, section: Section) -> Option<&Spare> {
        self.sections[school.at()].of(section).as_ref()
    }

    /// All that are known, in file order.
    pub fn iter(&self) -> impl Iterator<Item = &Spare> {
        let all = self.sections.iter();
        all.flat_map(|one| {
            Section::ALL
                .into_iter()
                .filter_map(|at| one.of(at).as_ref())
        })
    }

    /// Places that are free in a section, within what the whole school may take.
    pub fn free(&self, school: SchoolIx, section: Section) -> u64 {
        let free = self.at(school, section).map_or(0, Spare::free);
        free.min(self.whole(school))
    }

    /// Pupils that a school may have more as a whole; without end where no limit is set.
    pub fn whole(&self, school: SchoolIx) -> u64 {
        let left = self.whole[school.at()];
        left.map_or(u64::MAX, |left| (left + ROUNDING).floor().max(0.0) as u64)
    }

    /// Has pupils come to a section, or leave it (negative).
    pub fn come(&mut self, school: SchoolIx, section: Section, pupils: f64) {
        if let Some(one) = self.sections[school.at()].of_mut(section) {
            one.take(pupils);
        }
        if let Some(left) = &mut self.whole[school.at()] {
            *left -= pupils;
        }
    }
}

/// The scarcest year of a section. Numbers before factors on enrolment are what a diversion is stated in.
fn spare(case: &Case, school: SchoolIx, section: Section, since: YearIx) -> Option<Spare> {
    if !case.schools[school].stage.sections().contains(&section) {
        return None;
    }
    let mut scarcest: Option<Spare> = None;
    for year in case.horizon.plan_years().filter(|year| *year >= since) {
        let pupils = *case.pupils_by_section(school, year)?.of(section);
        let places = case.places(school, section, year)?;
        let factor = case.enrolment.of(section)[year.at()];
        if factor <= 0.0 {
            continue;
        }
        let left = (places - pupils) / factor;
        if scarcest.is_none_or(|so_far| left < so_far.left) {
            scarcest = Some(Spare {
                school,
                section,
                pupils,
                places,
                left,
            });
        }
    }
    scarcest
}

/// Pupils that a whole school may have more, in its fullest year; before factors on enrolment. Where those of its sections
/// differ, as few more and as many fewer as either factor says.
fn whole(case: &Case, school: SchoolIx, since: YearIx) -> Option<f64> {
    let most = case.most_pupils(school)?;
    let years = case.horizon.plan_years().filter(|year| *year >= since);
    let sections = case.schools[school].stage.sections();
    let left = years.filter_map(|year| {
        let left = most - case.pupils(school, year)?;
        let factors = sections
            .iter()
            .map(|section| case.enrolment.of(*section)[year.at()]);
        factors
            .filter(|factor| *factor > 0.0)
            .map(|factor| left / factor)
            .reduce(f64::min)
    });
    left.reduce(f64::min)
}
