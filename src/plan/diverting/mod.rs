//! Proposed diversions (分流、撤并建议): which neighbours with free places the pupils go to for whom a school has none, or
//! whose site is to be merged. A planner accepts them or not: they are stated as `[[divert]]` of a scenario, and then
//! enrolment stands still.

mod closing;
mod flow;
mod spare;

pub use closing::{Closing, closing};
pub use spare::{Places, Spare};

use self::flow::{Way, flow};
use crate::case::{Case, Distances, Diversion, Lever, Section};
use crate::words::{CountyIx, ResourceIx, SchoolIx, YearIx};

/// What is asked for.
#[derive(Clone, PartialEq, Debug)]
pub struct Wanted {
    /// The plan year from which pupils go.
    pub since: YearIx,
    /// How far they may have to go at most, in km from school to school.
    pub within: f64,
    /// Beyond how many km they board at the other school; nobody does when `None`.
    pub board_beyond: Option<f64>,
    /// Sites that are to be merged.
    pub merge: Vec<SchoolIx>,
    /// What goes along from a merged site.
    pub brings: Vec<ResourceIx>,
    /// Whether pupils may go to schools of other counties as well, which have to agree to it.
    pub across: bool,
}

/// A diversion that is proposed.
#[derive(Clone, PartialEq, Debug)]
pub struct Proposed {
    /// Who goes where.
    pub diversion: Diversion,
    /// How far it is, in km.
    pub km: f64,
    /// How many go: of a merged site in the year in which it has most; before factors on enrolment.
    pub pupils: f64,
}

/// Pupils for whom no place was found.
#[derive(Clone, PartialEq, Debug)]
pub struct Left {
    /// Their school.
    pub school: SchoolIx,
    /// Their section; all of a site that was to be merged when `None`.
    pub section: Option<Section>,
    /// How many, before factors on enrolment.
    pub pupils: f64,
    /// Why not.
    pub why: Why,
}

/// Why no place was found.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Why {
    /// The pupils of the site are unknown.
    Unknown,
    /// No other school (of the county, where none of others is asked for) that teaches the section is known to lie so near.
    NobodyNear,
    /// Those that do have too few places left: the nearest of them and how many.
    NoPlaces(SchoolIx, u64),
}

/// What is proposed.
#[derive(Clone, Debug)]
pub struct Proposal {
    /// The diversions, sites to be merged first, each kind in file order.
    pub proposed: Vec<Proposed>,
    /// Who is left without a place.
    pub left: Vec<Left>,
    /// The places before.
    pub before: Places,
    /// The places afterwards.
    pub after: Places,
}

/// What a merged site may bring along: people and what can be moved, that is all in which units count that are hired,
/// trained, rotated or moved.
pub fn movable(case: &Case) -> Vec<ResourceIx> {
    let moves = |resource: &ResourceIx| {
        case.measures.iter().any(|measure| {
            let portable = match measure.lever {
                Lever::Hire | Lever::Rotate { .. } | Lever::Share | Lever::Move => true,
                Lever::Buy { .. } => matches!(measure.most, crate::case::Most::NotYet(_)),
                Lever::Aid => false,
            };
            portable && measure.brings(*resource).is_some()
        })
    };
    case.resources.ids().filter(moves).collect()
}

/// Proposes who goes where. Sites to be merged are looked after first, the largest first: each goes as a whole to the
/// nearest school with places for all its pupils. Then as many of those without a place as can go to schools with free
/// places, in as few kilometres as can be: within a county, or across counties where that is wanted.
pub fn propose(case: &Case, wanted: &Wanted) -> Proposal {
    let before = Places::of(case, wanted.since);
    let mut search = Search {
        case,
        wanted,
        distances: Distances::of(case),
        places: before.clone(),
        apart: apart(case, wanted.across),
        proposed: Vec::new(),
        left: Vec::new(),
    };
    search.merge();
    for section in Section::ALL {
        for area in 0..search.apart.len() {
            search.divert(section, area);
        }
    }
    let order = |one: &Proposed| {
        let what = &one.diversion;
        (what.pupils.is_some(), what.from, what.section, what.to)
    };
    search.proposed.sort_by_key(order);
    search
        .left
        .sort_by_key(|one| (one.section.is_some(), one.school, one.section));
    Proposal {
        proposed: search.proposed,
        left: search.left,
        before,
        after: search.places,
    }
}

/// The schools of each county, or all together.
fn apart(case: &Case, across: bool) -> Vec<Vec<SchoolIx>> {
    if across {
        return vec![case.schools.ids().collect()];
    }
    let mut by_county = vec![Vec::new(); case.counties.len()];
    for (at, school) in case.schools.pairs() {
        by_county[CountyIx::at(school.county)].push(at);
    }
    by_county
}

/// Pupils of each section.
type Pupils = [(Section, f64); 2];

struct Search<'a> {
    case: &'a Case,
    wanted: &'a Wanted,
    distances: Distances<'a>,
    places: Places,
    /// The schools among which pupils may go.
    apart: Vec<Vec<SchoolIx>>,
    proposed: Vec<Proposed>,
    left: Vec<Left>,
}

impl Search<'_> {
    /// The schools to which pupils of one can go, the nearest first, with the km.
    fn near(&self, from: SchoolIx, section: Option<Section>) -> Vec<(SchoolIx, f64)> {
        let area = match self.wanted.across {
            true => 0,
            false => self.case.schools[from].county.at(),
        };
        let others = self.apart[area].iter().copied();
        let others = others.filter(|to| !self.wanted.merge.contains(to));
        let mut near: Vec<(SchoolIx, f64)> = others
            .filter_map(|to| Some((to, self.distances.km(from, to)?)))
            .filter(|(_, km)| *km <= self.wanted.within)
            .filter(|(to, _)| self.case.can_divert(from, *to, section))
            .collect();
        near.sort_by(|one, other| one.1.total_cmp(&other.1).then(one.0.cmp(&other.0)));
        near
    }

    fn boards(&self, km: f64) -> bool {
        self.wanted.board_beyond.is_some_and(|most| km > most)
    }

    /// The most pupils of each section of a site from the year on; `None` where they are unknown.
    fn pupils(&self, school: SchoolIx) -> Option<Pupils> {
        let (stated, years) = (&self.case.schools[school], self.case.horizon.years);
        stated.pupils?;
        let most = |section| {
            let years = (self.wanted.since.at()..years).filter_map(|year| stated.expected(year));
            years.map(|pupils| *pupils.of(section)).fold(0.0, f64::max)
        };
        Some(Section::ALL.map(|section| (section, most(section))))
    }

    fn merge(&mut self) {
        let mut sites: Vec<(SchoolIx, Option<Pupils>)> = Vec::new();
        for &school in &self.wanted.merge {
            if sites.iter().all(|(known, _)| *known != school) {
                sites.push((school, self.pupils(school)));
            }
        }
        let all = |pupils: &Option<Pupils>| {
            pupils.map_or(0.0, |pupils| pupils.iter().map(|(_, pupils)| pupils).sum())
        };
        sites.sort_by(|one, other| {
            all(&other.1)
                .total_cmp(&all(&one.1))
                .then(one.0.cmp(&other.0))
        });
        for (school, pupils) in sites {
            let left = |why| Left {
                school,
                section: None,
                pupils: all(&pupils),
                why,
            };
            match pupils {
                None => self.left.push(left(Why::Unknown)),
                Some(by_section) => {
                    if let Err(why) = self.merge_one(school, by_section, all(&pupils)) {
                        self.left.push(left(why));
                    }
                }
            }
        }
    }

    fn merge_one(&mut self, from: SchoolIx, pupils: Pupils, all: f64) -> Result<(), Why> {
        let near = self.near(from, None);
        let room = |to: SchoolIx| {
            let taught = pupils.iter().filter(|(_, pupils)| *pupils > 0.0);
            let rooms = taught.map(|(section, _)| self.places.free(to, *section));
            rooms.min().unwrap_or(0)
        };
        let fits = |to: SchoolIx| {
            let each = |&(section, pupils): &(Section, f64)| {
                pupils <= 0.0 || self.places.free(to, section) as f64 >= pupils - 1e-6
            };
            // Both sections share what the school as a whole may take.
            pupils.iter().all(each) && self.places.whole(to) as f64 >= all - 1e-6
        };
        let Some(&(to, km)) = near.iter().find(|(to, _)| fits(*to)) else {
            return Err(match near.first() {
                None => Why::NobodyNear,
                Some(&(nearest, _)) => Why::NoPlaces(nearest, room(nearest)),
            });
        };
        for (section, pupils) in pupils {
            self.places.come(to, section, pupils);
            self.places.come(from, section, -pupils);
        }
        self.proposed.push(Proposed {
            diversion: Diversion {
                from,
                to,
                since: self.wanted.since,
                pupils: None,
                section: None,
                boards: self.boards(km),
                brings: self.wanted.brings.clone(),
            },
            km,
            pupils: all,
        });
        Ok(())
    }

    /// Finds places for those of a section who have none, among the schools of an area.
    fn divert(&mut self, section: Section, area: usize) {
        let all = self.apart[area].clone();
        let staying = |at: &SchoolIx| !self.wanted.merge.contains(at);
        let over = |at: SchoolIx| self.places.at(at, section).map_or(0, Spare::over);
        let full: Vec<SchoolIx> = all
            .iter()
            .copied()
            .filter(|&at| staying(&at) && over(at) > 0)
            .collect();
        if full.is_empty() {
            return;
        }
        let open: Vec<SchoolIx> = all
            .into_iter()
            .filter(|&at| staying(&at) && self.places.free(at, section) > 0)
            .collect();
        let supplies: Vec<u64> = full.iter().map(|&at| over(at)).collect();
        let rooms: Vec<u64> = open
            .iter()
            .map(|&at| self.places.free(at, section))
            .collect();
        let near: Vec<Vec<(SchoolIx, f64)>> = full
            .iter()
            .map(|&at| self.near(at, Some(section)))
            .collect();
        let mut ways: Vec<(Way, f64)> = Vec::new();
        for (from, near) in near.iter().enumerate() {
            for &(school, km) in near {
                if let Ok(to) = open.binary_search(&school) {
                    let metres = (km * 1000.0).round() as u64;
                    ways.push((Way { from, to, metres }, km));
                }
            }
        }
        let only: Vec<Way> = ways.iter().map(|(way, _)| *way).collect();
        let mut left = supplies.clone();
        for ((way, km), pupils) in ways.iter().zip(flow(&supplies, &rooms, &only)) {
            if pupils > 0 {
                left[way.from] -= pupils;
                self.send(full[way.from], open[way.to], (section, pupils as f64, *km));
            }
        }
        for ((&school, near), pupils) in full.iter().zip(&near).zip(left) {
            if pupils > 0 {
                let why = match near.first() {
                    None => Why::NobodyNear,
                    Some(&(nearest, _)) => {
                        Why::NoPlaces(nearest, self.places.free(nearest, section))
                    }
                };
                self.left.push(Left {
                    school,
                    section: Some(section),
                    pupils: pupils as f64,
                    why,
                });
            }
        }
    }

    fn send(&mut self, from: SchoolIx, to: SchoolIx, (section, pupils, km): (Section, f64, f64)) {
        self.places.come(to, section, pupils);
        self.places.come(from, section, -pupils);
        let both = self.case.schools[from].stage.sections().len() > 1;
        self.proposed.push(Proposed {
            diversion: Diversion {
                from,
                to,
                since: self.wanted.since,
                pupils: Some(pupils),
                section: both.then_some(section),
                boards: self.boards(km),
                brings: Vec::new(),
            },
            km,
            pupils,
        });
    }
}
