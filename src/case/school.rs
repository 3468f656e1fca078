//! Schools and where they lie.

use super::along::Along;
use crate::words::{AreaIx, CountyIx, ResourceIx, YearIx};

/// What kind of school it is (学段).
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Stage {
    /// Primary school (小学).
    Primary,
    /// Junior secondary school (初中).
    Junior,
    /// Both under one roof with shared stock (九年一贯制).
    NineYear,
}

impl Stage {
    /// All stages, in the order in which they are shown.
    pub const ALL: [Stage; 3] = [Stage::Primary, Stage::Junior, Stage::NineYear];

    /// The sections a school of this stage has.
    pub fn sections(self) -> &'static [Section] {
        match self {
            Stage::Primary => &[Section::Primary],
            Stage::Junior => &[Section::Junior],
            Stage::NineYear => &[Section::Primary, Section::Junior],
        }
    }

    /// The name in Chinese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Stage::Primary => ("小学", "primary"),
            Stage::Junior => ("初中", "junior"),
            Stage::NineYear => ("九年一贯制", "nine-year"),
        }
    }
}

/// One of the two parts for which standards are stated.
#[derive(
    Clone,
    Copy,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Hash,
    Debug,
    serde::Serialize,
    serde::Deserialize,
    schemars::JsonSchema,
)]
#[serde(rename_all = "kebab-case")]
pub enum Section {
    /// Grades 1–6.
    Primary,
    /// Grades 7–9.
    Junior,
}

impl Section {
    /// Both, in the order in which they are shown.
    pub const ALL: [Section; 2] = [Section::Primary, Section::Junior];

    /// The name in Chinese and English.
    pub fn name(self) -> (&'static str, &'static str) {
        match self {
            Section::Primary => ("小学", "primary"),
            Section::Junior => ("初中", "junior"),
        }
    }
}

/// A value for each section.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct BySection<T> {
    /// Of the primary section.
    pub primary: T,
    /// Of the junior section.
    pub junior: T,
}

impl<T> BySection<T> {
    /// The value of a section.
    pub fn of(&self, section: Section) -> &T {
        match section {
            Section::Primary => &self.primary,
            Section::Junior => &self.junior,
        }
    }

    /// The value of a section, to be changed.
    pub fn of_mut(&mut self, section: Section) -> &mut T {
        match section {
            Section::Primary => &mut self.primary,
            Section::Junior => &mut self.junior,
        }
    }
}

/// A place on the globe, in degrees.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Position {
    /// North is positive.
    pub latitude: f64,
    /// East is positive.
    pub longitude: f64,
}

/// Stock that changes schools together with pupils.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Arrival {
    /// The first plan year in which it is there.
    pub since: YearIx,
    /// Of which resource.
    pub resource: ResourceIx,
    /// Units; negative where they leave.
    pub units: f64,
}

/// A school (学校), or one part of a school that keeps its own stock.
#[derive(Clone, Debug)]
pub struct School {
    /// The code by which the planner knows it; unique in the case.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its stage.
    pub stage: Stage,
    /// The kind of area it lies in.
    pub area: AreaIx,
    /// The county that runs it.
    pub county: CountyIx,
    /// The township, empty when not given.
    pub township: String,
    /// The group it belongs to (结对、学区、教育集团); empty when it is in none.
    pub group: String,
    /// Pupils in the year of the table, by section; `None` when unknown: then nothing is planned for the school.
    pub pupils: Option<BySection<f64>>,
    /// Pupils expected in each plan year, by section, where the planner has a forecast of the school's own (学位预测);
    /// empty where it has none: then today's pupils change as those of all schools do.
    pub forecast: Vec<BySection<f64>>,
    /// Pupils who are sent here from other schools in each plan year, less those who are sent away; empty where none are.
    pub diverted: Vec<BySection<f64>>,
    /// Classes in the year of the table, by section, where given.
    pub classes: Option<BySection<f64>>,
    /// Boarders in the year of the table, where given.
    pub boarders: Option<f64>,
    /// Pupils for whom there are places (核定学位), by section, where given.
    pub places: Option<BySection<f64>>,
    /// Pupils with a claim to aid (家庭经济困难学生) in the year of the table, by section, where given.
    pub poor: Option<BySection<f64>>,
    /// How many of these board, where given.
    pub poor_boarders: Option<f64>,
    /// Who boards and who has a claim to aid among those who are sent here in each plan year, less those among who are sent
    /// away; empty where nobody is.
    pub along: Vec<Along>,
    /// Where it lies, where given.
    pub position: Option<Position>,
    /// Usable stock of each resource in units, by [`crate::words::ResourceIx`]; `None` when unknown (never read as 0).
    pub stock: Vec<Option<f64>>,
    /// What of it comes from a school that is merged into this one, or goes (negative) to the one it is merged into; in file
    /// order of the diversions.
    pub arrivals: Vec<Arrival>,
    /// What of the stock falls out of use in a year known beforehand, in the order of the columns that tell of it; then what
    /// of it came or went with pupils.
    pub write_offs: Vec<super::WriteOff>,
    /// What there is of each resource and cannot be used (past its life, damaged), in units; `None` when unknown or not
    /// asked for. It is not part of the stock.
    pub unusable: Vec<Option<f64>>,
    /// The line of the school table it came from.
    pub line: usize,
}

impl School {
    /// The pupils forecast for a section in a plan year, counted from 0, over today's; 1 where nothing changes it, and for a
    /// section that has no pupils today: its classes cannot be told from theirs.
    pub fn own_growth(&self, section: Section, year: usize) -> f64 {
        let today = self.pupils.map_or(0.0, |pupils| *pupils.of(section));
        match self.expected(year) {
            Some(expected) if today > 0.0 => expected.of(section) / today,
            _ => 1.0,
        }
    }

    /// The same without those who are sent here or away.
    pub fn growth_undiverted(&self, section: Section, year: usize) -> f64 {
        let today = self.pupils.map_or(0.0, |pupils| *pupils.of(section));
        match self.forecast.get(year) {
            Some(own) if today > 0.0 => own.of(section) / today,
            _ => 1.0,
        }
    }

    /// Pupils in a plan year, counted from 0, before the factors of all schools: the school's own forecast or today's,
    /// with those who are sent there and without those who are sent away; `None` when today's are unknown.
    pub fn expected(&self, year: usize) -> Option<BySection<f64>> {
        let own = self.forecast.get(year).copied().or(self.pupils);
        self.pupils
            .and(own)
            .map(|own| match self.diverted.get(year) {
                None => own,
                Some(more) => BySection {
                    primary: some_or_none(own.primary + more.primary),
                    junior: some_or_none(own.junior + more.junior),
                },
            })
    }
}

/// Pupils without what rounding leaves of nobody: a school that is merged is empty.
fn some_or_none(pupils: f64) -> f64 {
    if pupils < 1e-9 { 0.0 } else { pupils }
}

/// A road between two schools.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Link {
    /// From this school …
    pub from: crate::words::SchoolIx,
    /// … to that one,
    pub to: crate::words::SchoolIx,
    /// in kilometres.
    pub km: f64,
}
