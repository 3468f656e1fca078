//! What could be added next, and how much it is worth.

use super::{At, TopUp};
use crate::case::Lever;
use crate::plan::effort::look;
use crate::plan::waterfill::whole;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// A measure at a school in a year, with the gap it closes per unit of money.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Candidate {
    /// In single precision, so that values equal but for rounding tie and the earlier year goes first.
    pub value: f32,
    pub attained: f64,
    /// Whether the school would not have more than it ever needs in the plan years.
    pub open: bool,
    /// Whether the aim wishes something to be added there.
    pub welcome: bool,
    pub school: SchoolIx,
    pub measure: MeasureIx,
    pub year: YearIx,
}

impl Eq for Candidate {}

impl Candidate {
    /// Its place.
    pub fn at(&self) -> At {
        (self.year, self.measure, self.school)
    }

    /// Whether it closes gap, and replaces nothing before it wears out.
    pub fn is_wanted(&self) -> bool {
        self.value > 0.0 && self.open
    }

    /// Whether it is wanted, and wished for.
    pub fn is_welcome(&self) -> bool {
        self.is_wanted() && self.welcome
    }
}

/// What is wished for first; then the best value; among equals the lowest attainment, then file order.
impl Ord for Candidate {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        let place = |c: &Candidate| (c.school, c.measure, c.year);
        self.welcome
            .cmp(&other.welcome)
            .then(self.value.total_cmp(&other.value))
            .then(other.attained.total_cmp(&self.attained))
            .then(place(other).cmp(&place(self)))
    }
}

impl PartialOrd for Candidate {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl TopUp<'_, '_> {
    /// The gap index that one more step (or what makes a project) closes, for each main unit of money it costs over all
    /// years.
    pub fn value(&self, at: At) -> f64 {
        let (year, measure, school) = at;
        let units = self.lot(&at) as f64 * self.step(&at);
        let gain = self.course.gain(self.case, school, measure, year, units);
        let money = units * self.case.price_for_good(measure, year);
        match money > 0.0 {
            true => gain / money,
            false => gain * 1e30,
        }
    }

    /// A candidate with its value now; `None` where nothing is known of the need.
    pub(super) fn candidate(
        &self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
    ) -> Option<Candidate> {
        look();
        let resource = self.case.measures[measure].resource;
        let service = self.case.service(measure, year);
        let first = service.clone().next()?;
        let missing = self.course.missing(school, resource, first);
        if missing.is_nan() {
            return None;
        }
        let step = self.case.step(measure);
        let value = match self.case.measures[measure].lever {
            // Posts exchanged one against one leave every stock as it is.
            Lever::Rotate { .. } | Lever::Share | Lever::Move => 0.0,
            _ => self.value((year, measure, school)) as f32,
        };
        let required = self.course.required(school, resource, first);
        let attained = if required > 0.0 {
            1.0 - missing / required
        } else {
            1.0
        };
        let exchanged = self
            .deal
            .get(&(year, measure, school))
            .map_or(0.0, |dealt| dealt.taken);
        let service = self.case.service(measure, year);
        let open = self.course.open(self.case, school, measure, &service);
        let open = match self.lot(&(year, measure, school)) {
            1 => open > STEP * step,
            _ => open > STEP * step && self.case.measures[measure].is_worth_a_project(open),
        };
        Some(Candidate {
            value,
            attained: attained + exchanged,
            open,
            welcome: self.aim.welcomes(&(year, measure, school)),
            school,
            measure,
            year,
        })
    }

    /// How many steps a school is handed at once: no more than it needs, and of divisible units a small portion, so
    /// that equal schools rise together.
    pub(super) fn portion(&self, candidate: &Candidate) -> u64 {
        let resource = self.case.measures[candidate.measure].resource;
        let step = self.case.step(candidate.measure);
        let (school, service) = (
            candidate.school,
            self.case.service(candidate.measure, candidate.year),
        );
        let stated = &self.case.measures[candidate.measure];
        let missing = service.map(|period| self.course.wanting(stated, school, period));
        let least = missing.fold(f64::INFINITY, f64::min);
        let required = self.course.required(school, resource, candidate.year.at());
        whole(least / step).clamp(1, whole(required * self.at_once / step).max(1))
    }
}
