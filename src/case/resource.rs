//! Resources (资源) and how much of each a standard asks for.

use super::school::BySection;

/// Something schools need: teachers, floor area, computers, books, lab kits.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The code in the case file.
    pub id: String,
    /// The name that is shown.
    pub name: String,
    /// The unit of stock, such as 台 or m².
    pub unit: String,
    /// Whether it comes in whole units only.
    pub whole: bool,
    /// The smallest amount that is handed out, in units (1 for whole resources).
    pub step: f64,
    /// Its weight in the gap index, without unit.
    pub weight: f64,
    /// Whether it counts for the compliance rule and the coefficients under a standard that does not name its own
    /// indicators; ask [`super::Case::is_indicator`].
    pub indicator: bool,
}

/// What a norm is counted by.
#[derive(Clone, PartialEq, Debug)]
pub enum NormBasis {
    /// Units per pupil.
    Pupil,
    /// Units per 100 pupils.
    HundredPupils,
    /// Units per class.
    Class,
    /// Units per this many classes or part of them.
    ClassesOrPart(f64),
    /// Units per class, of as many classes as none is larger than the standard allows (班额): those of the table, and more
    /// where they would be too large.
    ClassWithinSize,
    /// Units per boarder.
    Boarder,
    /// Units per pupil with a claim to aid, and so many more for each of them who boards.
    PoorPupil {
        /// Units more for one who boards, by section.
        boarder: BySection<Option<f64>>,
    },
    /// Units per school, whatever its size; lists that must be complete are one per school.
    School,
    /// Units by enrolment: the first row whose bound the enrolment does not pass; (pupils at most, units).
    Enrolment(Vec<(f64, f64)>),
}

impl NormBasis {
    /// Whether it counts some of the pupils only. What concerns a few is no indicator of a school's level.
    pub fn counts_some(&self) -> bool {
        matches!(self, NormBasis::Boarder | NormBasis::PoorPupil { .. })
    }

    /// Whether it counts classes.
    pub fn counts_classes(&self) -> bool {
        matches!(
            self,
            NormBasis::Class | NormBasis::ClassesOrPart(_) | NormBasis::ClassWithinSize
        )
    }
}

/// How much of a resource a school should have.
#[derive(Clone, PartialEq, Debug)]
pub struct Norm {
    /// What it is counted by.
    pub basis: NormBasis,
    /// Units per basis, by section; `None` where the standard says nothing. Ignored by [`NormBasis::Enrolment`].
    pub amount: BySection<Option<f64>>,
}
