//! Raising schools towards a part of their standard, as far as the books allow.

use crate::plan::topup::{At, TopUp};
use crate::plan::waterfill::whole;
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, SchoolIx};

/// A plan that is being made by a rule.
pub struct Raise<'a, 'b> {
    /// The books.
    pub books: TopUp<'a, 'b>,
    /// Whether posts that rules demand were looked for and not found.
    pub stuck: bool,
}

impl Raise<'_, '_> {
    /// The unit in which a measure is handed out.
    pub fn step(&self, measure: MeasureIx) -> f64 {
        let case = self.books.case;
        case.step(measure)
    }

    /// Whether a measure moves posts between schools.
    pub fn rotates(&self, measure: MeasureIx) -> bool {
        self.books.case.measures[measure].lever.moves()
    }

    /// Whether a measure may be used at a school of which it is known what it has.
    pub fn serves(&self, measure: MeasureIx, school: SchoolIx) -> bool {
        let case = self.books.case;
        let resource = case.measures[measure].resource;
        case.schools[school].stock[resource.at()].is_some()
            && self.books.ledger.reach().allows(measure, school)
    }

    /// Units that a school lacks of `mark` times its standard as long as a measure begun now serves: what is lacking in
    /// every one of its periods, so that nothing is brought that will soon be too much. 0 where nothing is.
    pub fn below(&self, (year, measure, school): At, mark: f64) -> f64 {
        let (case, course) = (self.books.case, &self.books.course);
        let resource = case.measures[measure].resource;
        let lacking = case.service(measure, year).map(|period| {
            let required = course.required(school, resource, period);
            course.missing(school, resource, period) - (1.0 - mark) * required
        });
        match lacking.reduce(f64::min) {
            Some(units) if units > 0.0 => units,
            _ => 0.0,
        }
    }

    /// Brings a school up to `mark` times its standard in whole units, as far as the books allow; says whether it was there
    /// already or anything was brought.
    pub fn bring_to(&mut self, at: At, mark: f64) -> bool {
        let steps = whole(self.below(at, mark) / self.step(at.1));
        if steps == 0 {
            return true;
        }
        if self.rotates(at.1) {
            return self.post(at, steps) > 0;
        }
        let mut brought = false;
        // What the books allow is found by halves, and there may be room for more of the rest.
        while self
            .books
            .add_most(at, whole(self.below(at, mark) / self.step(at.1)), None)
        {
            brought = true;
        }
        brought
    }

    /// Brings the last unit of which a school needs a part only; says whether it was brought.
    pub fn complete(&mut self, at: At) -> bool {
        let (year, measure, school) = at;
        let case = self.books.case;
        let step = self.step(measure);
        let needed = self.below(at, 1.0);
        let service = case.service(measure, year);
        let open = self.books.course.open(case, school, measure, &service);
        !self.rotates(measure)
            && needed > STEP * step
            && needed < step
            && open > STEP * step
            && self.books.lot(&at) == 1
            && self.books.add_most(at, 1, None)
    }
}
