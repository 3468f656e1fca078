//! Places (学位): for how many pupils a school has room.

use super::{Case, NormBasis, Section};
use crate::words::{ResourceIx, SchoolIx, YearIx};

impl Case {
    /// Pupils for whom a section of a school has places in a plan year.
    ///
    /// What the table says goes first. Else it is its classes times the most pupils that the standard allows in one; of a
    /// school of one section also the classes that could be formed in rooms it has to spare, where a resource is asked for by
    /// the class within its size. `None` where none of that is known.
    pub fn places(&self, school: SchoolIx, section: Section, year: YearIx) -> Option<f64> {
        let stated = &self.schools[school];
        if let Some(places) = stated.places {
            return Some(*places.of(section));
        }
        let limit = (*self.standard.sizes.class.of(section))?;
        let classes = *stated.classes?.of(section);
        let housed = match stated.stage.sections() {
            [_] => self.housed(school, section, year).unwrap_or(0.0),
            _ => 0.0,
        };
        Some(classes.max(housed) * limit)
    }

    /// The most pupils a whole school may have under the standard; `None` without a limit.
    pub fn most_pupils(&self, school: SchoolIx) -> Option<f64> {
        let sizes = &self.standard.sizes;
        match self.schools[school].stage.sections() {
            [_] => sizes.school,
            _ => sizes.through_school,
        }
    }

    /// Classes for which a school has rooms of every resource that is asked for by the class within its size.
    fn housed(&self, school: SchoolIx, section: Section, year: YearIx) -> Option<f64> {
        let asked = self.resources.ids().filter_map(|at| {
            let amount = self.rooms_a_class(at, section)?;
            Some((at, amount))
        });
        let classes = asked.map(|(at, amount)| {
            let rooms = self.stock_in(school, at, year);
            rooms.map(|rooms| (rooms / amount + 1e-9).floor())
        });
        let classes: Option<Vec<f64>> = classes.collect();
        classes?.into_iter().reduce(f64::min)
    }

    /// Units of a resource that each class within its size needs; `None` where it is asked for otherwise.
    pub fn rooms_a_class(&self, resource: ResourceIx, section: Section) -> Option<f64> {
        let norm = self.standard.norms[resource].as_ref()?;
        let amount = (*norm.amount.of(section)).filter(|amount| *amount > 0.0);
        amount.filter(|_| norm.basis == NormBasis::ClassWithinSize)
    }
}
