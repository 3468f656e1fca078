//! Why each school gets what it gets: in words for people, as tables for spreadsheets, as records for programs.

mod all;
mod change;
mod csv;
mod given;
mod json;
mod school;
mod sentence;
mod weighed;
mod words;

use std::io;

use super::page::Page;
use super::question::Question;
use super::verdict;
use crate::plan::reasons::Reason;
use crate::plan::{Answer, Plan, Reasons};
use crate::words::{ResourceIx, SchoolIx};
pub use change::change;
pub use sentence::reason;
pub use words::state;

/// The reasons that were asked for.
#[derive(Clone, Copy, Debug)]
pub struct Explained<'a> {
    /// The question.
    pub asked: Question<'a>,
    /// The answer to it.
    pub answer: &'a Answer,
    /// Its plan.
    pub plan: &'a Plan,
    /// The reasons of the plan.
    pub reasons: &'a Reasons<'a>,
    /// The school that was asked about; `None` for all.
    pub school: Option<SchoolIx>,
    /// The resource that was asked about; `None` for all.
    pub resource: Option<ResourceIx>,
}

impl<'a> Explained<'a> {
    /// The same, told as an answer to this question, which may be in another language.
    pub fn of<'b>(&self, asked: &Question<'b>) -> Explained<'b>
    where
        'a: 'b,
    {
        Explained {
            asked: *asked,
            ..*self
        }
    }

    /// The reasons that were asked for, in file order.
    pub fn reasons(&self) -> Box<dyn Iterator<Item = Reason> + 'a> {
        let resource = self.resource;
        match (self.school, resource) {
            (Some(school), Some(resource)) => {
                Box::new(std::iter::once(self.reasons.need(school, resource)))
            }
            (Some(school), None) => Box::new(self.reasons.of_school(school)),
            (None, _) => {
                let wanted = move |reason: &Reason| {
                    resource.is_none_or(|resource| reason.resource == resource)
                };
                Box::new(self.reasons.all().filter(wanted))
            }
        }
    }

    /// The reasons as a page: of one school in full, of all in short.
    pub fn page(&self) -> Page {
        let asked = &self.asked;
        let mut page = Page::titled(asked.title());
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        if !self.reasons.are_proven() {
            page.remark(asked.pick(
                "方案未经证明最优，无从判断各项需求够不够得上截断线",
                "the plan is not proven best, so that no need can be weighed against a cut-off",
            ));
            if let Some(reason) = self.answer.halted {
                page.text(verdict::halted(asked, reason));
            }
        }
        match self.school {
            Some(school) => school::fill(self, school, &mut page),
            None => all::fill(self, &mut page),
        }
        page
    }

    /// Writes the reasons for programs.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn json(&self, out: impl io::Write) -> io::Result<()> {
        json::write(out, self)
    }

    /// Writes the reasons as a table.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: impl io::Write) -> io::Result<()> {
        csv::write(out, self)
    }
}
