//! What a school should have, and what a shortfall counts for.

use super::objective::{Band, Count};
use super::resource::{Norm, NormBasis};
use super::school::Section;
use super::{BySection, Case};
use crate::words::{ResourceIx, SchoolIx, YearIx};

impl Case {
    /// Pupils of a school in a period, by section: its own forecast where it has one, else today's, times the factors of
    /// all schools. `None` when today's are unknown.
    pub fn pupils_by_section(&self, school: SchoolIx, period: YearIx) -> Option<BySection<f64>> {
        let year = self.horizon.plan_year_of(period).at();
        let stated = &self.schools[school];
        let expected = stated.expected(year)?;
        Some(BySection {
            primary: expected.primary * self.enrolment.primary[year],
            junior: expected.junior * self.enrolment.junior[year],
        })
    }

    /// Pupils of a school in a period; `None` when unknown.
    pub fn pupils(&self, school: SchoolIx, period: YearIx) -> Option<f64> {
        self.pupils_by_section(school, period)
            .map(|pupils| pupils.primary + pupils.junior)
    }

    /// Classes of a section in a period: the table's, grown with enrolment and rounded up; `None` when unknown.
    ///
    /// Where pupils are sent to other schools and the standard limits classes, those who come fill the classes that are
    /// there before more are formed, and those who leave make the others smaller before classes are given up.
    pub fn classes(&self, school: SchoolIx, section: Section, period: YearIx) -> Option<f64> {
        let year = self.horizon.plan_year_of(period).at();
        let stated = &self.schools[school];
        let classes = *stated.classes?.of(section);
        let factor = self.enrolment.of(section)[year];
        let grown = |own: f64| (classes * factor * own - 1e-9).ceil().max(0.0);
        let now = grown(stated.own_growth(section, year));
        let sent = stated
            .diverted
            .get(year)
            .map_or(0.0, |sent| *sent.of(section));
        let fitting = match sent == 0.0 {
            true => None,
            false => self.fitting(school, section, period),
        };
        Some(match fitting {
            None => now,
            Some(fitting) => {
                let before = grown(stated.growth_undiverted(section, year));
                match sent > 0.0 {
                    true => before.max(fitting),
                    false => now.max(before.min(fitting)),
                }
            }
        })
    }

    /// The fewest classes of a section of which none has more pupils than the standard allows; `None` where it sets no
    /// limit or the pupils are unknown.
    fn fitting(&self, school: SchoolIx, section: Section, period: YearIx) -> Option<f64> {
        let limit = (*self.standard.sizes.class.of(section))?;
        let pupils = *self.pupils_by_section(school, period)?.of(section);
        Some((pupils / limit - 1e-9).ceil().max(0.0))
    }

    /// Classes of a section in a period of which none is larger than the standard allows: [`Case::classes`], and more where
    /// these would be too large; `None` when unknown.
    pub fn classes_within_size(
        &self,
        school: SchoolIx,
        section: Section,
        period: YearIx,
    ) -> Option<f64> {
        let classes = self.classes(school, section, period)?;
        let fitting = self.fitting(school, section, period);
        Some(fitting.map_or(classes, |fitting| fitting.max(classes)))
    }

    /// Units of a resource that the standard asks of a school in a period (R). `None` when the standard asks
    /// nothing of it, when its pupils or classes are unknown, and when none are expected any more: a school that is to
    /// close needs nothing.
    pub fn required(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> Option<f64> {
        let norm = self.standard.norms[resource].as_ref()?;
        let pupils = self.pupils(school, period).filter(|&all| all > 0.0)?;
        let sections = self.schools[school].stage.sections();
        let units = match &norm.basis {
            NormBasis::Enrolment(rows) => by_enrolment(rows, pupils)?,
            NormBasis::School => sections
                .iter()
                .filter_map(|&section| *norm.amount.of(section))
                .reduce(f64::max)?,
            _ => {
                let mut stated = false;
                let mut units = 0.0;
                for &section in sections {
                    if norm.amount.of(section).is_some() {
                        stated = true;
                        units += self.required_by_section(school, norm, section, period)?;
                    }
                }
                if !stated {
                    return None;
                }
                units
            }
        };
        (units > 0.0).then_some(units)
    }

    /// Units asked of one section, for norms counted by pupils or classes.
    fn required_by_section(
        &self,
        school: SchoolIx,
        norm: &Norm,
        section: Section,
        period: YearIx,
    ) -> Option<f64> {
        let amount = (*norm.amount.of(section))?;
        let pupils = *self.pupils_by_section(school, period)?.of(section);
        Some(match norm.basis {
            NormBasis::Pupil => amount * pupils,
            NormBasis::HundredPupils => amount * pupils / 100.0,
            NormBasis::Class => amount * self.classes(school, section, period)?,
            NormBasis::ClassesOrPart(n) => {
                amount * (self.classes(school, section, period)? / n - 1e-9).ceil()
            }
            NormBasis::ClassWithinSize => {
                amount * self.classes_within_size(school, section, period)?
            }
            NormBasis::Boarder => amount * self.boarders_of(school, section, period)?,
            NormBasis::PoorPupil { boarder } => {
                let (poor, boarding) = self.poor_of(school, section, period)?;
                amount * poor + boarder.of(section).unwrap_or(0.0) * boarding
            }
            NormBasis::School | NormBasis::Enrolment(_) => amount,
        })
    }

    /// What one unit missing for one year counts for in the gap index, before severity bands:
    /// w · ω · P / R (or w · ω / R when schools are counted). 0 when nothing is asked.
    pub fn gap_per_unit(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> f64 {
        match self.required(school, resource, period) {
            Some(required) => {
                let tilt = self.objective.tilt(self, school);
                self.gap_per_unit_of(school, resource, period, required, tilt)
            }
            None => 0.0,
        }
    }

    /// Pupils whom the norm of a resource speaks of in a period: all of a school, or its boarders or those with a claim to
    /// aid where it counts these; 0 when unknown.
    pub fn concerned(&self, school: SchoolIx, resource: ResourceIx, period: YearIx) -> f64 {
        let norm = self.standard.norms[resource].as_ref();
        let of = |section: Section| match norm.map(|norm| &norm.basis) {
            Some(NormBasis::Boarder) => self.boarders_of(school, section, period),
            Some(NormBasis::PoorPupil { .. }) => {
                let poor = self.poor_of(school, section, period);
                poor.map(|(all, _)| all)
            }
            _ => None,
        };
        match norm.is_some_and(|norm| norm.basis.counts_some()) {
            true => {
                let asked =
                    |section: &Section| norm.is_some_and(|norm| norm.amount.of(*section).is_some());
                let sections = Section::ALL.into_iter().filter(asked);
                sections.filter_map(of).sum()
            }
            false => self.pupils(school, period).unwrap_or(0.0),
        }
    }

    /// Whether the norm of a resource counts some of the pupils only, and it is known that a section has none of these in the
    /// first plan year.
    pub fn has_nobody_concerned(
        &self,
        school: SchoolIx,
        resource: ResourceIx,
        section: Section,
    ) -> bool {
        let first = YearIx::new(0);
        let norm = self.standard.norms[resource].as_ref();
        let count = match norm.map(|norm| &norm.basis) {
            Some(NormBasis::Boarder) => self.boarders_of(school, section, first),
            Some(NormBasis::PoorPupil { .. }) => {
                let poor = self.poor_of(school, section, first);
                poor.map(|(all, _)| all)
            }
            _ => None,
        };
        count == Some(0.0)
    }

    /// The same, with the requirement and the school's tilt at hand.
    pub fn gap_per_unit_of(
        &self,
        school: SchoolIx,
        resource: ResourceIx,
        period: YearIx,
        required: f64,
        tilt: f64,
    ) -> f64 {
        let counted = match self.objective.count {
            Count::Pupils => self.concerned(school, resource, period),
            Count::Schools => 1.0,
        };
        self.resources[resource].weight * tilt * counted / required
    }

    /// The severity bands, a single one of weight 1 when none are stated.
    pub fn bands(&self) -> Vec<Band> {
        match self.objective.bands.as_slice() {
            [] => vec![Band {
                below: 1.0,
                weight: 1.0,
            }],
            bands => bands.to_vec(),
        }
    }

    /// The weighted shortfall of `short` units out of `required`: Σ over bands of weight × the part inside the band.
    pub fn banded(&self, short: f64, required: f64) -> f64 {
        banded(&self.bands(), short, required)
    }
}

/// The same, with the bands at hand.
pub fn banded(bands: &[Band], short: f64, required: f64) -> f64 {
    let attained = 1.0 - short / required;
    let mut floor = 0.0;
    let mut weighted = 0.0;
    for band in bands {
        let inside = (band.below - attained.max(floor)).max(0.0);
        weighted += band.weight * inside.min(band.below - floor) * required;
        floor = band.below;
    }
    weighted
}

fn by_enrolment(rows: &[(f64, f64)], pupils: f64) -> Option<f64> {
    rows.iter()
        .find(|(at_most, _)| pupils <= *at_most)
        .or(rows.last())
        .map(|&(_, units)| units)
}
