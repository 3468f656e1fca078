//! Which cells have findings.

use std::collections::BTreeMap;

use super::table::Tables;
use crate::words::catalogue::MORE_OF_THE_SAME;
use crate::words::{Code, Grade, Notice, Notices, Place};

/// What was found about one cell.
pub(super) struct Spot<'a> {
    /// The gravest grade.
    pub(super) grade: Grade,
    /// The findings, gravest first.
    pub(super) said: Vec<Said<'a>>,
}

/// A finding about a cell.
#[derive(Clone, Copy)]
pub(super) enum Said<'a> {
    /// In full.
    Notice(&'a Notice),
    /// One of many of a kind, of which not each is listed.
    OfKind(&'static str),
}

impl Said<'_> {
    /// Whether it is the same finding.
    fn is(&self, other: Said) -> bool {
        match (self, other) {
            (Said::Notice(one), Said::Notice(other)) => std::ptr::eq(*one, other),
            (Said::OfKind(one), Said::OfKind(other)) => *one == other,
            _ => false,
        }
    }
}

/// The cells with findings, table by table.
pub(super) struct Spots<'a>(Vec<BTreeMap<(u32, u16), Spot<'a>>>);

impl<'a> Spots<'a> {
    /// Where the findings are in the copies.
    pub(super) fn of(notices: &'a Notices, tables: &Tables) -> Spots<'a> {
        let mut spots = Spots(tables.iter().map(|_| BTreeMap::new()).collect());
        for notice in notices.by_grade() {
            let counted = counted(notice);
            if counted.is_none() {
                spots.add(tables, &notice.place, notice.grade(), Said::Notice(notice));
            }
            for place in &notice.elsewhere {
                match counted {
                    Some((code, grade)) => spots.add(tables, place, grade, Said::OfKind(code.0)),
                    None => spots.add(tables, place, notice.grade(), Said::Notice(notice)),
                }
            }
        }
        spots
    }

    fn add(&mut self, tables: &Tables, place: &Place, grade: Grade, said: Said<'a>) {
        let Some((table, row, column)) = tables.find(place) else {
            return;
        };
        let spot = self.0[table].entry((row, column)).or_insert_with(|| Spot {
            grade,
            said: Vec::new(),
        });
        spot.grade = spot.grade.min(grade);
        if !spot.said.iter().any(|known| known.is(said)) {
            spot.said.push(said);
        }
    }

    /// Those of a table.
    pub(super) fn of_table(&self, table: usize) -> &BTreeMap<(u32, u16), Spot<'a>> {
        &self.0[table]
    }
}

/// What a finding counts, where it only says how many more there are of another.
fn counted(notice: &Notice) -> Option<(Code, Grade)> {
    let code = notice
        .with
        .get(1)
        .filter(|_| notice.code == MORE_OF_THE_SAME)?;
    let entry = crate::words::catalogue::ENTRIES
        .iter()
        .find(|entry| entry.code == *code)?;
    Some((Code(entry.code), entry.grade))
}
