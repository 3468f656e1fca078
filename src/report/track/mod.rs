//! A plan followed up, on paper: progress, acceptance, and the years left planned anew.

mod acceptance;
mod accepted;
mod csv;
mod json;
mod lists;
mod progress;
mod replanned;

use super::page::Page;
use super::question::Question;
use crate::plan::PlanRow;
use crate::plan::follow::{Follow, late_by_line};
use crate::words::{Money, YearIx};

pub use accepted::csv as acceptance_csv;
pub use csv::{blank_csv, lines_csv, replan_csv};
pub use json::{blank_json, json};

/// A plan followed up, to be told.
#[derive(Clone, Copy)]
pub struct Told<'a> {
    /// The case as it was stated, and the language.
    pub asked: Question<'a>,
    /// The plan that was followed up.
    pub plan: &'a [PlanRow],
    /// What was found.
    pub found: &'a Follow,
}

/// How long the lists of a page are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Length {
    /// For a terminal.
    Short,
    /// For a memo.
    Long,
}

impl Length {
    fn most(self) -> usize {
        match self {
            Length::Short => 10,
            Length::Long => 200,
        }
    }
}

impl Told<'_> {
    /// The page: a summary for the terminal or the memo for the inspectors.
    pub fn page(&self, length: Length) -> Page {
        let asked = &self.asked;
        let title = asked.title();
        let year = asked.year(self.as_of());
        let mut page = Page::titled(asked.pick(
            format!("{title} · 截至{year}底"),
            format!("{title} · to the end of {year}"),
        ));
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        progress::add(self, length, &mut page);
        acceptance::add(self, length, &mut page);
        replanned::add(self, &mut page);
        page
    }

    /// The last closed year.
    fn as_of(&self) -> YearIx {
        YearIx::new(self.found.closed - 1)
    }

    /// The closed years as they are said: 2026–2027年.
    fn closed_years(&self) -> String {
        let horizon = &self.asked.case.horizon;
        let (first, last) = (horizon.first_year, horizon.calendar(self.as_of()));
        let years = match first == last {
            true => first.to_string(),
            false => format!("{first}–{last}"),
        };
        self.asked.pick(format!("{years}年"), years)
    }

    /// What is late in each line, in units and at the price of the case.
    fn late(&self) -> Vec<Late> {
        let late = late_by_line(&self.found.lines, self.found.closed);
        let lines = self.found.lines.iter().zip(late);
        let priced = |(line, [allocated, unallocated]): (&crate::plan::follow::Line, [f64; 2])| {
            let price = match line.at.gives {
                true => Money::ZERO,
                false => self.asked.case.measures[line.at.measure].cost,
            };
            Late {
                allocated,
                unallocated,
                worth: price.times(allocated + unallocated),
            }
        };
        lines.map(priced).collect()
    }
}

/// What is late in a line.
#[derive(Clone, Copy, PartialEq, Debug)]
struct Late {
    /// Units allocated and not taken up.
    allocated: f64,
    /// Units not even allocated.
    unallocated: f64,
    /// Their price: of posts, a year's.
    worth: Money,
}

impl Late {
    fn units(self) -> f64 {
        self.allocated + self.unallocated
    }
}
