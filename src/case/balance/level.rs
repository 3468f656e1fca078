//! The level of a school's section: its stock on the scale of the standard.

use crate::case::{Case, Norm, NormBasis, Section};
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// Where a section stands in one resource.
#[derive(Clone, Copy, PartialEq, Debug, serde::Serialize)]
pub struct Level {
    /// Stock on the norm's own scale: units per pupil, per 100 pupils, per class, per n classes, or units at the
    /// school. Per pupil where the standard has no norm.
    pub value: f64,
    /// Level over norm, without unit; `None` where the standard asks nothing of this section.
    pub ratio: Option<f64>,
}

impl Level {
    /// The level of a section that has `stock` units with the other section of its school. `None` when the pupils or
    /// the classes needed for it are unknown, or when the section has no pupils.
    pub(super) fn of(
        case: &Case,
        school: SchoolIx,
        section: Section,
        resource: ResourceIx,
        stock: f64,
        year: YearIx,
    ) -> Option<Level> {
        let norm = case.standard.norms[resource].as_ref();
        let per_pupil = case.per_pupil(school, section, stock, year)?;
        let amount = norm_of_section(norm, section);
        let Some(norm) = norm else {
            return Some(Level {
                value: per_pupil,
                ratio: None,
            });
        };
        // A section's part of what a nine-year school shares.
        let part = || Some(per_pupil * case.pupils_by_section(school, year)?.of(section));
        let value = match norm.basis {
            NormBasis::Pupil => per_pupil,
            NormBasis::HundredPupils => per_pupil * 100.0,
            NormBasis::ClassWithinSize => {
                part()? / positive(case.classes_within_size(school, section, year)?)?
            }
            NormBasis::Boarder => part()? / positive(case.boarders_of(school, section, year)?)?,
            NormBasis::Class => part()? / positive(case.classes(school, section, year)?)?,
            NormBasis::ClassesOrPart(n) => {
                part()? / positive((case.classes(school, section, year)? / n).ceil())?
            }
            // One of a kind serves both sections: it is not split.
            NormBasis::School => stock,
            NormBasis::Enrolment(_) | NormBasis::PoorPupil { .. } => {
                let ratio = case
                    .required(school, resource, year)
                    .map(|required| stock / required);
                return Some(Level {
                    value: stock,
                    ratio,
                });
            }
        };
        Some(Level {
            value,
            ratio: amount.map(|amount| value / amount),
        })
    }
}

/// The norm of a section on its own scale; `None` where nothing is asked or where it goes by enrolment.
pub(super) fn norm_of_section(norm: Option<&Norm>, section: Section) -> Option<f64> {
    let norm = norm?;
    match norm.basis {
        NormBasis::Enrolment(_) | NormBasis::PoorPupil { .. } => None,
        _ => (*norm.amount.of(section)).and_then(positive),
    }
}

/// Whether the standard asks something of a section.
pub(super) fn asks(norm: Option<&Norm>, section: Section) -> bool {
    norm.is_some_and(|norm| {
        matches!(
            norm.basis,
            NormBasis::Enrolment(_) | NormBasis::PoorPupil { .. }
        )
    }) || norm_of_section(norm, section).is_some()
}

fn positive(number: f64) -> Option<f64> {
    (number > 0.0).then_some(number)
}

impl Case {
    /// Units per pupil of a section. A nine-year school's shared stock is split by weighted pupils, one junior pupil
    /// counting as [`Case::junior_share`] primary pupils (教督〔2017〕6号: 1 : 1.1). `None` without pupils.
    fn per_pupil(
        &self,
        school: SchoolIx,
        section: Section,
        stock: f64,
        year: YearIx,
    ) -> Option<f64> {
        let pupils = self.pupils_by_section(school, year)?;
        positive(*pupils.of(section))?;
        let share = |section| match section {
            Section::Primary => 1.0,
            Section::Junior => self.junior_share,
        };
        let sections = self.schools[school].stage.sections();
        let weighted: f64 = sections
            .iter()
            .map(|&section| share(section) * pupils.of(section))
            .sum();
        positive(weighted).map(|weighted| stock * share(section) / weighted)
    }
}
