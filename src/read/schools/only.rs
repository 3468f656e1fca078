//! Which rows of the school table are planned for: `[[schools.only]]`.

use std::collections::HashSet;

use super::columns::Finder;
use crate::read::at::At;
use crate::read::fold::fold;
use crate::read::nearest::nearest;
use crate::read::number::{self, Cell};
use crate::read::record::{OnlyRecord, SchoolsRecord};
use crate::read::source::Source;
use crate::read::table::{Record, Sheet};
use crate::words::catalogue::{NOT_EXACTLY_ONE, ONLY_NONE, ROWS_NOT_ASKED};
use crate::words::{Notice, Notices};

/// One condition and what it left out.
struct Condition<'a> {
    column: usize,
    wanted: Wanted<'a>,
    left_out: usize,
}

/// What a cell must hold.
enum Wanted<'a> {
    /// One of these texts, folded; how many rows bear each.
    Words(Vec<(&'a At<String>, String, usize)>),
    /// A number above this one.
    Above(f64),
}

/// The conditions a row must meet, all of them.
pub(super) struct Only<'a> {
    conditions: Vec<Condition<'a>>,
    missing: &'a [String],
}

impl<'a> Only<'a> {
    /// The conditions of the case; a column that the sheet does not have is reported and not asked about.
    pub(super) fn new(stated: &'a SchoolsRecord, finder: &mut Finder) -> Only<'a> {
        let conditions = stated.only.iter().filter_map(|one| {
            let column = finder.one(&one.value.column);
            let wanted = wanted(one, finder.source, finder.notices);
            Some(Condition {
                column: column?,
                wanted: wanted?,
                left_out: 0,
            })
        });
        Only {
            conditions: conditions.collect(),
            missing: &stated.missing,
        }
    }

    /// Whether a row is planned for. It is counted by the first condition that leaves it out.
    pub(super) fn asks_for(&mut self, record: &Record) -> bool {
        let missing = self.missing;
        let failed = self
            .conditions
            .iter_mut()
            .find_map(|one| (!one.holds(record, missing)).then_some(&mut one.left_out));
        match failed {
            Some(count) => {
                *count += 1;
                false
            }
            None => true,
        }
    }

    /// Says how many rows each condition left out, and which words no row bears.
    pub(super) fn close(self, sheet: &Sheet, source: &Source, notices: &mut Notices) {
        for one in self.conditions {
            let header = &sheet.header[one.column];
            if let Wanted::Words(words) = &one.wanted {
                for (word, ..) in words.iter().filter(|(.., rows)| *rows == 0) {
                    let meant = nearest(&word.value, words_of(sheet, one.column));
                    let notice = source.notice(ONLY_NONE, &word.span);
                    notices.push(notice.with(header).with(&word.value).with(meant));
                }
            }
            if one.left_out > 0 {
                let place = sheet.column_place(one.column);
                let notice = Notice::new(ROWS_NOT_ASKED, place).with(header);
                notices.push(notice.with(one.left_out).with(sheet.records.len()));
            }
        }
    }
}

impl Condition<'_> {
    fn holds(&mut self, record: &Record, missing: &[String]) -> bool {
        let cell = &record.cells[self.column];
        match &mut self.wanted {
            Wanted::Words(words) => {
                let own = fold(cell);
                let found = words.iter_mut().find(|(_, word, _)| *word == own);
                found.map(|(.., rows)| *rows += 1).is_some()
            }
            Wanted::Above(least) => match number::parse(cell, missing) {
                Cell::Number(number) => number > *least,
                Cell::Missing | Cell::Bad => false,
            },
        }
    }
}

/// The words of a column, each once, in order of first appearance.
fn words_of(sheet: &Sheet, column: usize) -> impl Iterator<Item = &str> {
    let mut seen = HashSet::new();
    let cells = sheet.records.iter().map(move |row| &row.cells[column]);
    cells.filter(move |word| !word.is_empty() && seen.insert(*word))
}

/// What a condition asks; it must ask exactly one thing.
fn wanted<'a>(
    stated: &'a At<OnlyRecord>,
    source: &Source,
    notices: &mut Notices,
) -> Option<Wanted<'a>> {
    match (stated.value.values.as_slice(), stated.value.above) {
        ([], Some(least)) => Some(Wanted::Above(least)),
        (words @ [_, ..], None) => {
            let folded = |word: &'a At<String>| (word, fold(&word.value).into_owned(), 0);
            Some(Wanted::Words(words.iter().map(folded).collect()))
        }
        _ => {
            let notice = source.notice(NOT_EXACTLY_ONE, &stated.span);
            notices.push(notice.with("[[schools.only]]").with("values, above"));
            None
        }
    }
}
