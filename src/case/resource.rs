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
    /// Units per school, whatever its size; lists that must be complete are one per school.
    School,
    /// Units by enrolment: the first row whose bound the enrolment does not pass; (pupils at most, units).
    Enrolment(Vec<(f64, f64)>),
}

/// How much of a resource a school should have.
#[derive(Clone, PartialEq, Debug)]
pub struct Norm {
    /// What it is counted by.
    pub basis: NormBasis,
    /// Units per basis, by section; `None` where the standard says nothing. Ignored by [`NormBasis::Enrolment`].
    pub amount: BySection<Option<f64>>,
}
