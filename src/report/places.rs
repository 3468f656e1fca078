//! What a row of the table of schools is: a school, or where there are too many of them a township or a county.

use std::collections::HashMap;

use crate::case::{Case, Position};
use crate::plan::Plan;
use crate::report::chart::{self, Chart, Spot};
use crate::report::page::tame;
use crate::report::provinces::gap;
use crate::report::question::Question;
use crate::words::sum::Sum;
use crate::words::{Money, SchoolIx, YearIx};

/// How many places are listed, or drawn on a map, at most.
pub const MOST: usize = 5000;

/// What a place is.
#[derive(Clone, Copy, PartialEq, Eq, Debug, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Kind {
    /// A school.
    School,
    /// A township of a county.
    Township,
    /// A county.
    County,
}

/// A place, in words.
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct Place {
    /// The code of a school; a number for others.
    pub id: String,
    /// Its name.
    pub name: String,
    /// The stage of a school; empty for others.
    pub stage: String,
    /// The kind of area of a school; empty for others.
    pub area: String,
    /// The county.
    pub county: String,
    /// The township; empty where none is given.
    pub township: String,
    /// How many schools there are.
    pub schools: usize,
    /// Where it lies; the middle of its schools.
    #[serde(skip)]
    pub position: Option<Position>,
}

/// All places of a case.
#[derive(Clone, PartialEq, Debug)]
pub struct Places {
    /// What they are.
    pub kind: Kind,
    /// In order of first appearance.
    pub list: Vec<Place>,
    of_school: Vec<usize>,
}

/// What a plan does at a place.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Figures {
    /// The gap index without the plan, all periods.
    pub before: f64,
    /// And with it.
    pub after: f64,
    /// What is spent there in the plan years.
    pub money: Money,
    /// Pupils in the first plan year; `None` when they are unknown at one of its schools.
    pub pupils: Option<f64>,
}

impl Places {
    /// The finest places of which there are no more than `most`; counties where all are more.
    pub fn of(asked: &Question, most: usize) -> Places {
        if asked.case.schools.len() <= most {
            return Places::by(asked, Kind::School);
        }
        let townships = Places::by(asked, Kind::Township);
        let named = townships.list.iter().any(|one| !one.township.is_empty());
        match named && townships.list.len() <= most {
            true => townships,
            false => Places::by(asked, Kind::County),
        }
    }

    fn by(asked: &Question, kind: Kind) -> Places {
        let case = asked.case;
        let mut places = Places {
            kind,
            list: Vec::new(),
            of_school: Vec::with_capacity(case.schools.len()),
        };
        let mut known = HashMap::new();
        let mut lying: Vec<Vec<Position>> = Vec::new();
        for (at, school) in case.schools.pairs() {
            let key = match kind {
                Kind::School => (at.at(), ""),
                Kind::Township => (school.county.at(), school.township.as_str()),
                Kind::County => (school.county.at(), ""),
            };
            let place = *known.entry(key).or_insert(places.list.len());
            if place == places.list.len() {
                places.list.push(described(asked, at, kind, place));
                lying.push(Vec::new());
            }
            let own = &mut places.list[place];
            own.schools += 1;
            lying[place].extend(school.position);
            places.of_school.push(place);
        }
        for (place, lying) in places.list.iter_mut().zip(&lying) {
            place.position = middle(lying);
        }
        places
    }

    /// The place of a school.
    pub fn of_school(&self, school: SchoolIx) -> usize {
        self.of_school[school.at()]
    }

    /// What a plan does at each.
    pub fn figures(&self, asked: &Question, plan: &Plan) -> Vec<Figures> {
        let mut gaps = vec![(Sum::default(), Sum::default()); self.list.len()];
        let mut pupils = vec![Some(0.0); self.list.len()];
        for school in asked.case.schools.ids() {
            let place = self.of_school(school);
            gaps[place].0.add(gap(asked, plan, school, false));
            gaps[place].1.add(gap(asked, plan, school, true));
            let own = asked.case.pupils(school, YearIx::new(0));
            pupils[place] = pupils[place].zip(own).map(|(sum, more)| sum + more);
        }
        let mut figures: Vec<Figures> = gaps
            .into_iter()
            .zip(pupils)
            .map(|((before, after), pupils)| Figures {
                before: before.value(),
                after: after.value(),
                money: Money::ZERO,
                pupils,
            })
            .collect();
        for row in &plan.rows {
            figures[self.of_school(row.school)].money += row.amount();
        }
        figures
    }

    /// Them on a map; `None` where fewer than two have a position.
    pub fn map(&self, asked: &Question, figures: &[Figures]) -> Option<Chart> {
        let spots = self.spots(figures);
        let unknown = self.list.len() - spots.len();
        chart::map(asked, &spots, unknown)
    }

    /// Those that have a position, as spots on a map.
    fn spots(&self, figures: &[Figures]) -> Vec<Spot> {
        let pairs = self.list.iter().zip(figures);
        pairs
            .filter_map(|(place, figures)| {
                Some(Spot {
                    name: place.name.clone(),
                    position: place.position?,
                    before: figures.before,
                    after: figures.after,
                })
            })
            .collect()
    }
}

/// A place as its first school shows it, still without schools.
fn described(asked: &Question, at: SchoolIx, kind: Kind, place: usize) -> Place {
    let case: &Case = asked.case;
    let school = &case.schools[at];
    let county = tame(&case.counties[school.county].label);
    let township = tame(&school.township);
    let of_school = |text: &str| match kind {
        Kind::School => tame(text),
        Kind::Township | Kind::County => String::new(),
    };
    let (zh, en) = school.stage.name();
    Place {
        id: match kind {
            Kind::School => school.id.clone(),
            Kind::Township | Kind::County => (place + 1).to_string(),
        },
        name: match kind {
            Kind::School => tame(&school.name),
            Kind::Township if !township.is_empty() => township.clone(),
            Kind::Township | Kind::County => county.clone(),
        },
        stage: of_school(asked.pick(zh, en)),
        area: of_school(&case.areas[school.area]),
        county,
        township: match kind {
            Kind::County => String::new(),
            Kind::School | Kind::Township => township,
        },
        schools: 0,
        position: None,
    }
}

/// The mean of positions; `None` when there are none.
fn middle(lying: &[Position]) -> Option<Position> {
    let many = lying.len() as f64;
    (!lying.is_empty()).then(|| Position {
        latitude: lying.iter().map(|one| one.latitude).sum::<f64>() / many,
        longitude: lying.iter().map(|one| one.longitude).sum::<f64>() / many,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::plan::{Options, solve};
    use crate::read::read_case;
    use crate::words::Lang;

    #[test]
    fn too_many_schools_are_summed_and_nothing_is_lost() {
        let case = read_case(std::path::Path::new("scenarios/district")).case;
        let case = case.unwrap_or_else(|| panic!("a sound case"));
        let asked = Question {
            case: &case,
            scenario: None,
            lang: Lang::En,
        };
        let plan = solve(&case, &Options::default()).plan;
        let plan = plan.unwrap_or_else(|| panic!("a plan"));
        let spent: Money = plan.rows.iter().map(|row| row.amount()).sum();
        let schools = case.schools.len();
        let mut lengths = Vec::new();
        for (most, kind) in [
            (schools, Kind::School),
            (schools - 1, Kind::Township),
            (1, Kind::County),
        ] {
            let places = Places::of(&asked, most);
            assert_eq!(places.kind, kind);
            assert_eq!(
                places.list.iter().map(|one| one.schools).sum::<usize>(),
                schools
            );
            let figures = places.figures(&asked, &plan);
            let before: f64 = figures.iter().map(|one| one.before).sum();
            let after: f64 = figures.iter().map(|one| one.after).sum();
            assert!((before - plan.outcome.gap_before).abs() < 1e-6 * before);
            assert!((after - plan.outcome.gap_after).abs() < 1e-6 * before);
            assert_eq!(figures.iter().map(|one| one.money).sum::<Money>(), spent);
            lengths.push(places.list.len());
        }
        assert!(
            lengths[0] > lengths[1] && lengths[1] > lengths[2],
            "{lengths:?}"
        );
    }
}
