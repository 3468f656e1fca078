//! Which header of a sheet means what.

use std::collections::BTreeSet;

use super::Confidence;
use super::stages::stage_of;
use super::words::{Column, Fit, Header, Resource, words};
use crate::read::number::{Cell, parse};
use crate::read::table::Sheet;

/// What a column of the sheet is taken for.
#[derive(Clone, Copy)]
pub enum Role {
    /// A column of the school table.
    School(&'static Column),
    /// The stock of a resource.
    Stock(&'static Resource),
    /// Stock of a resource that must not count.
    Unusable(&'static Resource),
}

/// A column of the sheet and its meaning.
pub struct Taken {
    /// What it is taken for.
    pub role: Role,
    /// The column of the sheet, counted from 0.
    pub at: usize,
    /// How sure that is.
    pub confidence: Confidence,
}

/// The columns of a sheet and what they mean.
pub struct Columns {
    /// Those with a meaning: the columns of the school table first, then stocks, each in the order of the words.
    pub taken: Vec<Taken>,
    /// Those whose header is a known word but whose cells are something else, in the order of the sheet.
    pub refused: Vec<usize>,
}

/// More kinds of area than this are names of places rather than kinds.
const MOST_AREAS: usize = 30;

/// A column of numbers has at most one cell in this many that is something else.
const NUMBERS_PER_BAD: usize = 10;

/// What the columns of a sheet mean: each role once, each column once, the best fit first.
pub fn columns(sheet: &Sheet) -> Columns {
    let (fits, mut refused) = fits(sheet);
    let mut taken: Vec<(usize, Taken)> = Vec::new();
    for fit in fits {
        if taken
            .iter()
            .all(|(rank, other)| *rank != fit.rank && other.at != fit.taken.at)
        {
            taken.push((fit.rank, fit.taken));
        }
    }
    taken.sort_by_key(|(rank, _)| *rank);
    refused.retain(|at| taken.iter().all(|(_, taken)| taken.at != *at));
    Columns {
        taken: taken.into_iter().map(|(_, taken)| taken).collect(),
        refused,
    }
}

/// A possible meaning of a column; `rank` is the place of the role among the words.
struct Possible {
    fit: Fit,
    rank: usize,
    taken: Taken,
}

/// All possible meanings, the best first, and the columns whose cells spoke against a sure header.
fn fits(sheet: &Sheet) -> (Vec<Possible>, Vec<usize>) {
    let roles: Vec<Role> = roles().collect();
    let mut fits = Vec::new();
    let mut refused = Vec::new();
    for (at, name) in sheet.header.iter().enumerate() {
        // A header that stands twice names its first column only.
        if name.is_empty() || sheet.column(name) != Some(at) {
            continue;
        }
        let header = Header::new(name);
        for (rank, &role) in roles.iter().enumerate() {
            let Some(fit) = role.fit(&header) else {
                continue;
            };
            match role.content(sheet, at) {
                Some(by_cells) => {
                    let confidence =
                        by_header(fit, role.is_number() && header.is_scaled()).max(by_cells);
                    fits.push(Possible {
                        fit,
                        rank,
                        taken: Taken {
                            role,
                            at,
                            confidence,
                        },
                    });
                }
                None if fit == Fit::Is => refused.push(at),
                None => {}
            }
        }
    }
    fits.sort_by_key(|one| (std::cmp::Reverse(one.fit), one.taken.at, one.rank));
    refused.dedup();
    (fits, refused)
}

/// How sure a header makes a meaning. Numbers counted in ten thousands are none to rely on.
fn by_header(fit: Fit, scaled: bool) -> Confidence {
    match fit {
        _ if scaled => Confidence::Doubtful,
        Fit::Is => Confidence::Sure,
        Fit::Contains(thousandths) if thousandths >= 500 => Confidence::Likely,
        Fit::Contains(_) => Confidence::Doubtful,
    }
}

fn roles() -> impl Iterator<Item = Role> {
    let stocks = words()
        .resource
        .iter()
        .flat_map(|resource| [Role::Stock(resource), Role::Unusable(resource)]);
    words().column.iter().map(Role::School).chain(stocks)
}

impl Role {
    /// Whether the cells are numbers.
    pub fn is_number(self) -> bool {
        match self {
            Role::School(column) => column.number,
            Role::Stock(_) | Role::Unusable(_) => true,
        }
    }

    fn fit(self, header: &Header) -> Option<Fit> {
        if self.is_number() && words().is_ratio(header) {
            return None;
        }
        match self {
            Role::School(column) => column.fit(header),
            Role::Stock(resource) => resource.fit(header),
            Role::Unusable(resource) => resource.fit_unusable(header),
        }
    }

    /// How sure the cells make it; `None` when they cannot mean this.
    fn content(self, sheet: &Sheet, at: usize) -> Option<Confidence> {
        match self {
            Role::School(column) => match column.key.as_str() {
                "id" => Some(if unique(sheet, at) {
                    Confidence::Sure
                } else {
                    Confidence::Doubtful
                }),
                "stage" => stages(sheet, at),
                "area" => kinds(sheet, at),
                _ if column.number => numbers(sheet, at, column.within.unwrap_or(f64::INFINITY)),
                _ => Some(Confidence::Sure),
            },
            Role::Stock(_) | Role::Unusable(_) => numbers(sheet, at, f64::INFINITY),
        }
    }
}

/// The cells of a column.
pub fn cells(sheet: &Sheet, at: usize) -> impl Iterator<Item = &str> {
    sheet.records.iter().map(move |record| &record.cells[at])
}

fn unique(sheet: &Sheet, at: usize) -> bool {
    let mut seen = BTreeSet::new();
    cells(sheet, at).all(|cell| !cell.is_empty() && seen.insert(cell))
}

/// Whether the cells name stages: doubtful without any cell, impossible when fewer than half do.
fn stages(sheet: &Sheet, at: usize) -> Option<Confidence> {
    let filled: Vec<&str> = cells(sheet, at).filter(|cell| !cell.is_empty()).collect();
    let known = filled
        .iter()
        .filter(|cell| stage_of(cell).is_some())
        .count();
    match filled.len() {
        0 => Some(Confidence::Doubtful),
        all if known == all => Some(Confidence::Sure),
        all if known * 2 >= all => Some(Confidence::Likely),
        _ => None,
    }
}

/// Whether the cells name kinds of area: few different words, no numbers.
fn kinds(sheet: &Sheet, at: usize) -> Option<Confidence> {
    let kinds: BTreeSet<&str> = cells(sheet, at)
        .filter(|cell| !cell.is_empty())
        .take(MOST_AREAS * 1000)
        .collect();
    let word = |cell: &&str| !matches!(parse(cell, &[]), Cell::Number(value) if value.fract() != 0.0 || value > 999.0);
    (kinds.len() <= MOST_AREAS && kinds.iter().all(word)).then_some(Confidence::Sure)
}

/// Whether the cells are numbers of at most `within`.
fn numbers(sheet: &Sheet, at: usize, within: f64) -> Option<Confidence> {
    let (mut good, mut bad) = (0, 0);
    for cell in cells(sheet, at) {
        match parse(cell, &[]) {
            Cell::Number(value) if value.abs() <= within => good += 1,
            Cell::Missing => {}
            Cell::Number(_) | Cell::Bad => bad += 1,
        }
    }
    match (good, bad) {
        (0, 0) => Some(Confidence::Doubtful),
        (_, 0) => Some(Confidence::Sure),
        _ if bad * NUMBERS_PER_BAD <= good => Some(Confidence::Likely),
        _ => None,
    }
}
