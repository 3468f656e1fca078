//! Pupils who are sent to another school: diverted intake (分流), or all of them when a site is merged (撤并).
//!
//! Who goes where is decided before the program is built, and enrolment stands still in it: were it free, moving pupils
//! would be the cheapest way of meeting any standard.

use super::{Along, Arrival, BySection, Case, Section};
use crate::words::{ResourceIx, SchoolIx, YearIx};

const NOBODY: BySection<f64> = BySection {
    primary: 0.0,
    junior: 0.0,
};

/// Pupils of one school who go to another.
#[derive(Clone, PartialEq, Debug)]
pub struct Diversion {
    /// Where they come from.
    pub from: SchoolIx,
    /// Where they go.
    pub to: SchoolIx,
    /// The first plan year in which they are there; they stay for good.
    pub since: YearIx,
    /// How many pupils a year, parted between the sections as those of the school are, before factors on enrolment; never
    /// more than there are. All when `None`: then the school (or its section) closes.
    pub pupils: Option<f64>,
    /// Of this section only; of all that the school has when `None`.
    pub section: Option<Section>,
    /// Whether those who go board at the other school.
    pub boards: bool,
    /// Resources of which the whole stock goes along, where all pupils do.
    pub brings: Vec<ResourceIx>,
}

/// A diversion that was made.
#[derive(Clone, PartialEq, Debug)]
pub struct Diverted {
    /// Who goes where.
    pub diversion: Diversion,
    /// Those who go in each plan year, before factors on enrolment.
    gone: Vec<BySection<f64>>,
}

impl Case {
    /// Pupils who are sent in a plan year, with the factors on enrolment.
    pub fn pupils_sent(&self, made: &Diverted, year: YearIx) -> f64 {
        let gone = &made.gone[year.at()];
        let of = |section| gone.of(section) * self.enrolment.of(section)[year.at()];
        Section::ALL.into_iter().map(of).sum()
    }

    /// Whether pupils of one school can go to another: it is another, both have pupils that are known, and it has every
    /// section in which any of those are taught in a plan year who would go: those of one section, or all.
    pub fn can_divert(&self, from: SchoolIx, to: SchoolIx, section: Option<Section>) -> bool {
        let (sender, receiver) = (&self.schools[from], &self.schools[to]);
        if from == to || sender.pupils.is_none() || receiver.pupils.is_none() {
            return false;
        }
        let sections = receiver.stage.sections();
        (0..self.horizon.years)
            .filter_map(|year| sender.expected(year))
            .all(|pupils| {
                let sent = |one: &Section| section.is_none_or(|section| section == *one);
                let taught = |one: &Section| *pupils.of(*one) > 0.0 && sent(one);
                let mut all = Section::ALL.iter().filter(|section| taught(section));
                all.all(|section| sections.contains(section))
            })
    }

    /// Sends pupils to another school from a year on: what both schools expect changes by as many. Nothing changes where
    /// that is not possible (see [`Case::can_divert`]).
    pub fn divert(&mut self, diversion: &Diversion) {
        let Diversion {
            from, to, since, ..
        } = *diversion;
        if !self.can_divert(from, to, diversion.section) {
            return;
        }
        let mut gone = vec![NOBODY; since.at()];
        for year in since.at()..self.horizon.years {
            let mut there = self.schools[from].expected(year).unwrap_or(NOBODY);
            for other in Section::ALL {
                if diversion.section.is_some_and(|section| section != other) {
                    *there.of_mut(other) = 0.0;
                }
            }
            let all = there.primary + there.junior;
            let along = self.along(from, year);
            let share = match diversion.pupils {
                Some(pupils) if pupils < all => pupils / all,
                _ => 1.0,
            };
            let mut sent = NOBODY;
            for section in Section::ALL {
                let pupils = there.of(section) * share;
                *self.diverted(from, year).of_mut(section) -= pupils;
                *self.diverted(to, year).of_mut(section) += pupils;
                *sent.of_mut(section) = pupils;
                if pupils > 0.0 {
                    let go = along.part(section, share, None);
                    let come = along.part(section, share, diversion.boards.then_some(pupils));
                    self.along_of(from, year).add(section, go, -1.0);
                    self.along_of(to, year).add(section, come, 1.0);
                }
            }
            gone.push(sent);
        }
        self.bring_along(diversion);
        self.diversions.push(Diverted {
            diversion: diversion.clone(),
            gone,
        });
    }

    /// Usable stock of a school in a period without a plan: today's, what has come or gone with pupils, less what has fallen
    /// out of use; `None` when today's is unknown.
    pub fn stock_in(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> Option<f64> {
        let stated = &self.schools[school];
        let today = stated.stock[resource.at()]?;
        let there = |one: &&Arrival| one.resource == resource && one.since <= period;
        let came = stated.arrivals.iter().filter(there);
        let stock = came.fold(today, |stock, one| stock + one.units);
        // A doubtful stock may be put lower than what is to fall out of use of it.
        match stated.write_offs.is_empty() {
            true => Some(stock),
            false => Some((stock - self.written_off(school, resource, period)).max(0.0)),
        }
    }

    /// Moves the stock that goes along. What is not known at either school stays.
    fn bring_along(&mut self, diversion: &Diversion) {
        let (from, to, since) = (diversion.from, diversion.to, diversion.since);
        for &resource in &diversion.brings {
            let units = self.stock_in(from, resource, since);
            let known = units.filter(|units| *units > 0.0);
            let known = known.filter(|_| self.stock_in(to, resource, since).is_some());
            let Some(units) = known else {
                continue;
            };
            for (school, units) in [(from, -units), (to, units)] {
                let arrival = Arrival {
                    since,
                    resource,
                    units,
                };
                self.schools[school].arrivals.push(arrival);
            }
            self.write_off_elsewhere((from, to), resource, since);
        }
    }

    /// Who is sent to a school in a plan year, to be changed.
    fn diverted(&mut self, school: SchoolIx, year: usize) -> &mut BySection<f64> {
        let years = self.horizon.years;
        let diverted = &mut self.schools[school].diverted;
        if diverted.is_empty() {
            diverted.resize(years, NOBODY);
        }
        &mut diverted[year]
    }

    /// Who boards and who has a claim to aid among those sent to a school in a plan year, to be changed.
    fn along_of(&mut self, school: SchoolIx, year: usize) -> &mut Along {
        let years = self.horizon.years;
        let along = &mut self.schools[school].along;
        if along.is_empty() {
            along.resize(years, Along::default());
        }
        &mut along[year]
    }

    /// Makes all diversions anew, after other numbers were put in place of those they were made from.
    pub(super) fn divert_anew(&mut self) {
        let made = std::mem::take(&mut self.diversions);
        for one in made.iter().map(|made| &made.diversion) {
            for school in [one.from, one.to] {
                self.schools[school].diverted.clear();
                self.schools[school].arrivals.clear();
                self.schools[school].write_offs.retain(|one| !one.along);
                self.schools[school].along.clear();
            }
        }
        made.iter().for_each(|made| self.divert(&made.diversion));
    }
}
