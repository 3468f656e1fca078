//! Numbers of the school table that may be wrong: which number, what it is, and what it would be.

use std::path::PathBuf;

use super::{BySection, Case, Section, Stage};
use crate::words::{Place, ResourceIx, SchoolIx};

/// A number that the school table states of a school.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Quantity {
    /// Pupils of all sections.
    Pupils,
    /// Classes of all sections.
    Classes,
    /// Usable stock of a resource, in its unit.
    Stock(ResourceIx),
}

/// An interval in which the planner takes a number to lie.
#[derive(Clone, PartialEq, Debug)]
pub struct Doubt {
    /// The school.
    pub school: SchoolIx,
    /// Which of its numbers.
    pub quantity: Quantity,
    /// The least it may be, in the unit of the quantity.
    pub low: f64,
    /// The most it may be.
    pub high: f64,
    /// Why it is doubted, in the planner's words; may be empty.
    pub why: String,
}

/// Share of a nine-year school's pupils and classes in its primary section where nothing tells it: six of nine grades.
const PRIMARY_GRADES: f64 = 6.0 / 9.0;

impl Case {
    /// A number of the school table; `None` when it is unknown.
    pub fn quantity(&self, school: SchoolIx, quantity: Quantity) -> Option<f64> {
        let stated = &self.schools[school];
        let whole = |of: Option<BySection<f64>>| of.map(|of| of.primary + of.junior);
        match quantity {
            Quantity::Pupils => whole(stated.pupils),
            Quantity::Classes => whole(stated.classes),
            Quantity::Stock(resource) => stated.stock[resource.at()],
        }
    }

    /// Puts another number in place of one. Sections keep their shares of pupils and classes; where these are unknown, a
    /// nine-year school's are split as its grades are.
    pub fn put(&mut self, school: SchoolIx, quantity: Quantity, value: f64) {
        let stated = &mut self.schools[school];
        let stage = stated.stage;
        match quantity {
            Quantity::Pupils => {
                let before = stated.pupils.map_or(0.0, |of| of.primary + of.junior);
                stated.pupils = Some(split(stated.pupils, stage, value));
                // A forecast starts from the number that is doubted.
                if before > 0.0 {
                    for expected in &mut stated.forecast {
                        expected.primary *= value / before;
                        expected.junior *= value / before;
                    }
                }
            }
            Quantity::Classes => stated.classes = Some(split(stated.classes, stage, value)),
            Quantity::Stock(resource) => stated.stock[resource.at()] = Some(value),
        }
        self.divert_anew();
        self.refund();
    }

    /// The name of a quantity in Chinese and English.
    pub fn quantity_name(&self, quantity: Quantity) -> (&str, &str) {
        match quantity {
            Quantity::Pupils => ("在校生", "pupils"),
            Quantity::Classes => ("班级数", "classes"),
            Quantity::Stock(resource) => {
                let name = self.resources[resource].name.as_str();
                (name, name)
            }
        }
    }
}

fn split(before: Option<BySection<f64>>, stage: Stage, value: f64) -> BySection<f64> {
    let primary = match (before, stage.sections()) {
        (_, [Section::Primary]) => 1.0,
        (_, [Section::Junior]) => 0.0,
        (Some(of), _) if of.primary + of.junior > 0.0 => of.primary / (of.primary + of.junior),
        _ => PRIMARY_GRADES,
    };
    let primary = value * primary;
    BySection {
        primary,
        junior: value - primary,
    }
}

/// Where the numbers of the schools stand, so that one can go to the cell.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// The file, as named from the case's folder.
    pub file: PathBuf,
    /// The sheets the schools came from; a text is one without a name.
    pub parts: Vec<Part>,
    /// For each school its part and its line or row, counted from 1.
    pub schools: Vec<(usize, usize)>,
}

/// A text, or one sheet of a workbook.
#[derive(Clone, Debug, Default)]
pub struct Part {
    /// The name of the sheet.
    pub sheet: Option<String>,
    /// Columns, counted from 1, in which the pupils stand: in all, of the primary and of the junior section.
    pub pupils: [Option<usize>; 3],
    /// The same of classes.
    pub classes: [Option<usize>; 3],
    /// Columns, counted from 1, that make up the stock of each resource, those of what is unusable last.
    pub stock: Vec<Vec<usize>>,
}

impl Part {
    /// The columns from which a quantity of a school of this stage is read.
    fn columns(&self, quantity: Quantity, stage: Stage) -> Vec<usize> {
        let counted = |[total, primary, junior]: [Option<usize>; 3]| {
            let (first, second) = match stage {
                Stage::Primary => (total, [primary, None]),
                Stage::Junior => (total, [junior, None]),
                Stage::NineYear => (primary.or(total), [junior, total]),
            };
            first.into_iter().chain(second.into_iter().flatten())
        };
        match quantity {
            Quantity::Pupils => counted(self.pupils).collect(),
            Quantity::Classes => counted(self.classes).collect(),
            Quantity::Stock(resource) => self.stock.get(resource.at()).cloned().unwrap_or_default(),
        }
    }
}

impl Cells {
    /// The cells a quantity is read from, the first of them first; none where they are not known.
    pub fn places(&self, case: &Case, school: SchoolIx, quantity: Quantity) -> Vec<Place> {
        let Some(&(part, line)) = self.schools.get(school.at()) else {
            return Vec::new();
        };
        let part = &self.parts[part];
        let place = |column| Place {
            sheet: part.sheet.clone(),
            line: Some(line),
            column: Some(column),
            ..Place::file(&self.file)
        };
        let columns = part.columns(quantity, case.schools[school].stage);
        columns.into_iter().map(place).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sections_keep_their_shares() {
        let before = Some(BySection {
            primary: 30.0,
            junior: 10.0,
        });
        let of = |before, stage| {
            let of = split(before, stage, 80.0);
            (of.primary, of.junior)
        };
        assert_eq!(of(before, Stage::NineYear), (60.0, 20.0));
        assert_eq!(of(None, Stage::Primary), (80.0, 0.0));
        assert_eq!(of(None, Stage::Junior), (0.0, 80.0));
        let (primary, junior) = of(None, Stage::NineYear);
        assert_eq!((primary.round(), (primary + junior).round()), (53.0, 80.0));
    }
}
