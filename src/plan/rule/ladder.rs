//! A ladder of thresholds: first everyone of a kind up to this part of the standard in this, then in that, and so on.

use super::Rulebook;
use super::raise::Raise;
use crate::case::{Case, Stage};
use crate::plan::topup::At;
use crate::words::sum::sum;
use crate::words::{AreaIx, MeasureIx, SchoolIx};

/// In how many levels the schools of a rung rise together, the lowest first.
const LEVELS: u32 = 10;

/// One line of a published rule.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Rung {
    /// What is done.
    pub measure: MeasureIx,
    /// For schools of this stage; for all when `None`.
    pub stage: Option<Stage>,
    /// For schools of this kind of area; for all when `None`.
    pub area: Option<AreaIx>,
    /// For schools with at least so many pupils in the table of schools; for all when 0.
    pub pupils: u32,
    /// Up to which part of the standard.
    pub mark: f64,
}

impl Rung {
    /// Whether it speaks of a school.
    pub fn covers(&self, case: &Case, school: SchoolIx) -> bool {
        let stated = &case.schools[school];
        self.stage.is_none_or(|stage| stage == stated.stage)
            && self.area.is_none_or(|area| area == stated.area)
            && (self.pupils == 0
                || stated
                    .pupils
                    .is_some_and(|pupils| pupils.primary + pupils.junior >= f64::from(self.pupils)))
    }
}

impl Raise<'_, '_> {
    /// Makes the plan: rung after rung through all years, then the units of which only a part is needed.
    pub fn climb(&mut self, ladder: &[Rung]) {
        for rung in ladder {
            self.reach_rung(rung);
        }
        for rung in ladder {
            for at in self.places(rung) {
                self.complete(at);
            }
        }
    }

    fn reach_rung(&mut self, rung: &Rung) {
        let places = self.places(rung);
        // By year, so that what is done early serves long.
        for of_year in places.chunk_by(|one, other| one.0 == other.0) {
            let mut open = of_year.to_vec();
            for level in 1..=LEVELS {
                self.fill_quotas();
                let mark = rung.mark * f64::from(level) / f64::from(LEVELS);
                // Money and quotas only grow less, so that who gets nothing now gets nothing later.
                open.retain(|&at| self.bring_to(at, mark));
            }
        }
    }

    /// Where a rung does something that is still lacking: by year, in file order.
    fn places(&self, rung: &Rung) -> Vec<At> {
        let case = self.books.case;
        let schools = case.schools.ids();
        let schools: Vec<SchoolIx> = schools
            .filter(|&school| rung.covers(case, school) && self.serves(rung.measure, school))
            .collect();
        let places = case.open_years().flat_map(|year| {
            let at = move |&school: &SchoolIx| (year, rung.measure, school);
            schools.iter().map(at)
        });
        places
            .filter(|&at| self.below(at, rung.mark) > 0.0)
            .collect()
    }
}

/// How finely a ladder tells schools apart.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Grain {
    /// By stage.
    pub stages: bool,
    /// By kind of area.
    pub areas: bool,
}

impl Rulebook<'_> {
    /// The kinds of rungs that do something in the case.
    pub fn kinds(&self, grain: Grain) -> Vec<Rung> {
        let case = self.case;
        let stages: Vec<Option<Stage>> = match grain.stages {
            true => Stage::ALL.into_iter().map(Some).collect(),
            false => vec![None],
        };
        let areas: Vec<Option<AreaIx>> = match grain.areas {
            true => case.areas.ids().map(Some).collect(),
            false => vec![None],
        };
        let mut rungs = Vec::new();
        for measure in case.measures.ids() {
            for &stage in &stages {
                for &area in &areas {
                    rungs.push(Rung {
                        measure,
                        stage,
                        area,
                        pupils: 0,
                        mark: 1.0,
                    });
                }
            }
        }
        let mut books = self.blank.clone();
        let raise = books.raise();
        rungs.retain(|rung| !raise.places(rung).is_empty());
        rungs
    }

    /// What a first step is worth at a rung's schools, in the mean: the gap it closes over what it takes, by the prices of
    /// the optimum.
    pub fn worth(&self, rung: &Rung) -> f64 {
        let mut books = self.blank.clone();
        let places = books.raise().places(rung);
        let worth = |&at: &At| self.prices.worth(self.case, &self.blank.course, at);
        sum(places.iter().map(worth)) / places.len().max(1) as f64
    }

    /// A ladder with these marks: the lowest mark of all kinds first, and at a mark the best worth first.
    pub fn by_worth(&self, kinds: &[Rung], marks: &[f64]) -> Vec<Rung> {
        let mut ladder = Vec::new();
        for &mark in marks {
            let rungs = kinds.iter().map(|kind| Rung { mark, ..*kind });
            let mut rungs: Vec<(f64, Rung)> = rungs.map(|rung| (self.worth(&rung), rung)).collect();
            rungs.sort_by(|one, other| other.0.total_cmp(&one.0));
            ladder.extend(rungs.into_iter().map(|(_, rung)| rung));
        }
        ladder
    }
}
