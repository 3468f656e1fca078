//! Everything that was found in a sheet, before a word of the draft is written.

use std::collections::BTreeMap;

use super::Confidence;
use super::columns::{Columns, Role, Taken, cells, columns};
use super::stages::stage_of;
use super::words::{Header, Resource, Set, words};
use crate::case::{Section, Stage};
use crate::read::fold::fold;
use crate::read::number::{Cell, parse};
use crate::read::table::Sheet;
use crate::words::Lang;

/// What was found in a sheet.
pub struct Found<'a> {
    /// The sheet.
    pub sheet: &'a Sheet,
    /// What the case calls the sheet.
    pub file_name: &'a str,
    /// The language of the draft.
    pub lang: Lang,
    /// The columns with a meaning.
    pub taken: Vec<Taken>,
    /// Headers that are known but whose cells are something else.
    pub refused: Vec<&'a str>,
    /// Cells among the numbers that are none, each once, a few at most: perhaps marks for "missing".
    pub odd: Vec<&'a str>,
    /// The words of the stage column.
    pub stages: Vec<StageWord<'a>>,
    /// The words of the area column, in order of first appearance, with the schools that bear them.
    pub areas: Vec<(&'a str, usize)>,
    /// The words of the county column likewise.
    pub counties: Vec<(&'a str, usize)>,
    /// The resources with a stock column.
    pub stocked: Vec<Stocked>,
    /// The shipped standard that fits them.
    pub set: Option<&'static Set>,
}

/// A word of the stage column and what it is taken for.
pub struct StageWord<'a> {
    /// As it stands in the sheet; empty cells included.
    pub word: &'a str,
    /// How many schools bear it.
    pub schools: usize,
    /// What it means, if that could be told.
    pub stage: Option<(Stage, Confidence)>,
}

impl StageWord<'_> {
    /// Whether the reader of cases knows it without being told.
    pub fn is_known(&self) -> bool {
        Stage::ALL
            .iter()
            .any(|stage| [stage.name().0, stage.name().1].contains(&fold(self.word).as_ref()))
    }
}

/// A resource with its columns in the sheet.
pub struct Stocked {
    /// The resource.
    pub resource: &'static Resource,
    /// The column of its stock.
    pub stock: usize,
    /// How sure the column is.
    pub confidence: Confidence,
    /// The column of stock that must not count.
    pub unusable: Option<(usize, Confidence)>,
}

impl<'a> Found<'a> {
    /// Looks through a sheet.
    pub fn in_sheet(sheet: &'a Sheet, file_name: &'a str, lang: Lang) -> Found<'a> {
        let Columns { taken, refused } = columns(sheet);
        let refused = refused
            .into_iter()
            .filter_map(|at| sheet.header.get(at))
            .map(String::as_str)
            .collect();
        let odd = odd(sheet, &taken);
        let words_of =
            |key: &str| school_column(&taken, key).map_or(Vec::new(), |(at, _)| counted(sheet, at));
        let stages = words_of("stage").into_iter();
        let stages = stages
            .map(|(word, schools)| StageWord {
                word,
                schools,
                stage: stage_of(word),
            })
            .collect();
        let stocked = stocked(&taken);
        let (areas, counties) = (words_of("area"), words_of("county"));
        let set = words().set.iter().find(|set| fits(set, &stocked));
        Found {
            sheet,
            file_name,
            lang,
            taken,
            refused,
            odd,
            stages,
            areas,
            counties,
            stocked,
            set,
        }
    }

    /// Whether the names of all sheets of the workbook tell the stages of their schools.
    pub fn staged_by_sheet(&self) -> bool {
        crate::read::schools::told_by_sheets(self.sheet)
    }

    /// The column of the sheet taken for `key` of `[schools.columns]`, counted from 0, and how sure it is.
    pub fn school_column(&self, key: &str) -> Option<(usize, Confidence)> {
        school_column(&self.taken, key)
    }

    /// The resources that are planned: those of the standard, all when none fits.
    pub fn planned(&self) -> impl Iterator<Item = &Stocked> {
        self.stocked.iter().filter(|one| self.is_planned(one))
    }

    /// The resources that stand in the sheet but not in the standard.
    pub fn beside(&self) -> impl Iterator<Item = &Stocked> {
        self.stocked.iter().filter(|one| !self.is_planned(one))
    }

    /// Whether the standard speaks of this resource.
    pub fn is_planned(&self, one: &Stocked) -> bool {
        self.set
            .is_none_or(|set| set.resources.contains(&one.resource.id))
    }

    /// The resources of the standard without a column.
    pub fn lacking(&self) -> Vec<&'static Resource> {
        let Some(set) = self.set else {
            return Vec::new();
        };
        let has = |id: &String| self.stocked.iter().any(|one| one.resource.id == *id);
        let lacking = set.resources.iter().filter(|id| !has(id));
        lacking
            .filter_map(|id| words().resource.iter().find(|resource| resource.id == *id))
            .collect()
    }

    /// The sections that the schools have; both when their stages are not known.
    pub fn sections(&self) -> Vec<Section> {
        let stages: Vec<Stage> = self
            .stages
            .iter()
            .filter_map(|word| Some(word.stage?.0))
            .collect();
        let has = |section: &Section| {
            stages
                .iter()
                .any(|stage| stage.sections().contains(section))
        };
        Section::ALL
            .into_iter()
            .filter(|section| stages.is_empty() || has(section))
            .collect()
    }

    /// Whether there are schools with both sections but no column for the pupils of each.
    pub fn sections_unsplit(&self) -> bool {
        let both = self.stages.iter().any(|word| {
            word.stage
                .is_some_and(|(stage, _)| stage == Stage::NineYear)
        });
        both && (self.school_column("pupils_primary").is_none()
            || self.school_column("pupils_junior").is_none())
    }

    /// The header of a column.
    pub fn header(&self, at: usize) -> &'a str {
        self.sheet.header.get(at).map_or("", String::as_str)
    }

    /// What a column is taken for and how sure that is, as a comment.
    pub fn because(&self, what: &str, confidence: Confidence) -> String {
        let sure = self.lang.pick(confidence.name().0, confidence.name().1);
        self.lang
            .pick(format!("{what}：{sure}"), format!("{what}: {sure}"))
    }

    /// The headers in use of columns counted in ten thousands.
    pub fn scaled(&self) -> impl Iterator<Item = &'a str> {
        let numbers = self
            .taken
            .iter()
            .filter(|taken| taken.role.is_number())
            .map(|taken| self.header(taken.at));
        numbers.filter(|header| Header::new(header).is_scaled())
    }

    /// The headers without a use.
    pub fn unused(&self) -> impl Iterator<Item = &str> {
        let used = |at: usize| {
            self.taken.iter().any(|taken| {
                taken.at == at && !matches!(taken.role, Role::Stock(_) | Role::Unusable(_))
            }) || self
                .stocked
                .iter()
                .any(|one| one.stock == at || one.unusable.is_some_and(|(own, _)| own == at))
        };
        self.sheet
            .header
            .iter()
            .enumerate()
            .filter(move |(at, name)| !name.is_empty() && !used(*at))
            .map(|(_, name)| name.as_str())
    }
}

fn school_column(taken: &[Taken], key: &str) -> Option<(usize, Confidence)> {
    let is = |taken: &&Taken| matches!(taken.role, Role::School(column) if column.key == key);
    taken
        .iter()
        .find(is)
        .map(|taken| (taken.at, taken.confidence))
}

/// The different cells of a column in order of first appearance, with how often each stands.
fn counted(sheet: &Sheet, at: usize) -> Vec<(&str, usize)> {
    let mut order: Vec<(&str, usize)> = Vec::new();
    let mut seen: BTreeMap<&str, usize> = BTreeMap::new();
    for cell in sheet.records.iter().map(|record| &record.cells[at]) {
        let place = *seen.entry(cell).or_insert_with(|| {
            order.push((cell, 0));
            order.len() - 1
        });
        order[place].1 += 1;
    }
    order
}

/// The most odd cells that are shown.
const MOST_ODD: usize = 8;

fn odd<'a>(sheet: &'a Sheet, taken: &[Taken]) -> Vec<&'a str> {
    let mut odd = Vec::new();
    for taken in taken.iter().filter(|taken| taken.role.is_number()) {
        for cell in cells(sheet, taken.at) {
            if odd.len() < MOST_ODD && parse(cell, &[]) == Cell::Bad && !odd.contains(&cell) {
                odd.push(cell);
            }
        }
    }
    odd
}

fn stocked(taken: &[Taken]) -> Vec<Stocked> {
    let unusable = |id: &str| {
        let is =
            |taken: &&Taken| matches!(taken.role, Role::Unusable(resource) if resource.id == id);
        taken
            .iter()
            .find(is)
            .map(|taken| (taken.at, taken.confidence))
    };
    let stock = |taken: &Taken| match taken.role {
        Role::Stock(resource) => Some(Stocked {
            resource,
            stock: taken.at,
            confidence: taken.confidence,
            unusable: unusable(&resource.id),
        }),
        _ => None,
    };
    taken.iter().filter_map(stock).collect()
}

fn fits(set: &Set, stocked: &[Stocked]) -> bool {
    let has = |id: &&String| stocked.iter().any(|one| one.resource.id == **id);
    set.resources.iter().filter(has).count() >= set.enough && set.sign.iter().any(|id| has(&id))
}
