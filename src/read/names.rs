//! The names that the tables of a case give and use.

use std::collections::{HashMap, HashSet};

use super::at::At;
use super::nearest::nearest;
use super::source::Source;
use crate::words::catalogue::{ID_TWICE, NAME_SHARED, UNKNOWN_ID};
use crate::words::ids::Ix;
use crate::words::{
    AreaIx, CountyIx, FundIx, MeasureIx, Notices, PolicyIx, ProvinceIx, ResourceIx, SchoolIx,
};

/// What a name stands for.
#[derive(Clone, PartialEq, Debug)]
enum Meaning<I> {
    /// Something sound.
    One(I),
    /// Something faulty, which is reported where it stands.
    Faulty,
    /// Several things, each with a longer name of its own.
    Several(Vec<String>),
}

/// Names of one kind and what they stand for.
#[derive(Debug)]
pub(super) struct Known<I> {
    /// What the names are of, in the words of the file.
    kind: &'static str,
    /// In order of first appearance, for offers of what was meant.
    order: Vec<String>,
    /// What each stands for.
    meaning: HashMap<String, Meaning<I>>,
    /// Whether all names are known; else unknown ones are not reported.
    complete: bool,
}

impl<I: Ix> Known<I> {
    fn new(kind: &'static str) -> Known<I> {
        Known {
            kind,
            order: Vec::new(),
            meaning: HashMap::new(),
            complete: true,
        }
    }

    /// Declares that names of this kind could not be read, so that unknown ones are not reported.
    pub(super) fn could_not_be_read(&mut self) {
        self.complete = false;
    }

    /// Whether all names of this kind could be read.
    pub(super) fn is_complete(&self) -> bool {
        self.complete
    }

    /// Adds a name whose thing is faulty.
    pub(super) fn add_faulty(&mut self, name: &str) {
        if !self.meaning.contains_key(name) {
            self.order.push(name.to_string());
            self.meaning.insert(name.to_string(), Meaning::Faulty);
        }
    }

    /// Adds the name of a thing.
    pub(super) fn add(&mut self, name: &str, ix: I) {
        self.add_faulty(name);
        self.meaning.insert(name.to_string(), Meaning::One(ix));
    }

    /// Adds a name that several things share; each has a longer name of its own.
    pub(super) fn add_shared(&mut self, name: &str, longer: Vec<String>) {
        self.add_faulty(name);
        self.meaning
            .insert(name.to_string(), Meaning::Several(longer));
    }

    /// Whether something sound has this name already; then the second is reported.
    pub(super) fn taken(&self, name: &At<String>, source: &Source, notices: &mut Notices) -> bool {
        let taken = self.find(&name.value).is_some();
        if taken {
            notices.push(
                source
                    .notice(ID_TWICE, &name.span)
                    .with(&name.value)
                    .with(self.kind),
            );
        }
        taken
    }

    /// Whether something has this name, sound or not.
    pub(super) fn has(&self, name: &str) -> bool {
        self.meaning.contains_key(name)
    }

    /// Whether every name stands for something sound.
    pub(super) fn all_sound(&self) -> bool {
        self.complete && self.order.iter().all(|name| self.find(name).is_some())
    }

    /// How many sound things there are.
    pub(super) fn len(&self) -> usize {
        self.order
            .iter()
            .filter(|name| self.find(name).is_some())
            .count()
    }

    /// All names, in order of first appearance.
    pub(super) fn all_names(&self) -> &[String] {
        &self.order
    }

    /// What the name stands for, without a report.
    pub(super) fn find(&self, name: &str) -> Option<I> {
        match self.meaning.get(name) {
            Some(Meaning::One(ix)) => Some(*ix),
            _ => None,
        }
    }

    /// What the name stands for; an unknown name and one that several things share are reported.
    pub(super) fn one(
        &self,
        name: &At<String>,
        source: &Source,
        notices: &mut Notices,
    ) -> Option<I> {
        let report = match self.meaning.get(&name.value) {
            Some(Meaning::One(ix)) => return Some(*ix),
            Some(Meaning::Faulty) => return None,
            Some(Meaning::Several(longer)) => source
                .notice(NAME_SHARED, &name.span)
                .with(&name.value)
                .with(longer.join(", ")),
            None if !self.complete => return None,
            None => source
                .notice(UNKNOWN_ID, &name.span)
                .with(&name.value)
                .with(self.kind)
                .with(nearest(&name.value, self.order.iter().map(String::as_str))),
        };
        notices.push(report);
        None
    }

    /// What the names stand for; `None` when one is not known. Every unknown name is reported.
    pub(super) fn all(
        &self,
        names: &[At<String>],
        source: &Source,
        notices: &mut Notices,
    ) -> Option<Vec<I>> {
        let found: Vec<Option<I>> = names
            .iter()
            .map(|name| self.one(name, source, notices))
            .collect();
        found.into_iter().collect()
    }
}

/// All names of a case.
#[derive(Debug)]
pub(super) struct Names {
    /// Ids of resources.
    pub(super) resources: Known<ResourceIx>,
    /// Ids of measures.
    pub(super) measures: Known<MeasureIx>,
    /// Ids of funds.
    pub(super) funds: Known<FundIx>,
    /// Ids of policies.
    pub(super) policies: Known<PolicyIx>,
    /// Kinds of area.
    pub(super) areas: Known<AreaIx>,
    /// Provinces.
    pub(super) provinces: Known<ProvinceIx>,
    /// Counties: by their name where it is theirs alone, and by `province/county`.
    pub(super) counties: Known<CountyIx>,
    /// Codes of schools.
    pub(super) schools: Known<SchoolIx>,
    /// Codes of schools in the table that are not planned for; roads may lead to them.
    pub(super) not_planned: HashSet<String>,
}

impl Names {
    /// No name yet.
    pub(super) fn new() -> Names {
        Names {
            resources: Known::new("[[resource]] id"),
            measures: Known::new("[[measure]] id"),
            funds: Known::new("[[fund]] id"),
            policies: Known::new("[[policy]] id"),
            areas: Known::new("[schools.columns] area"),
            provinces: Known::new("[schools.columns] province"),
            counties: Known::new("[schools.columns] county"),
            schools: Known::new("[schools.columns] id"),
            not_planned: HashSet::new(),
        }
    }
}
