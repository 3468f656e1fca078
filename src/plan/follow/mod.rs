//! A plan followed up (督导验收): what was planned, allocated and taken up, what is late, and the years left planned anew
//! from what is really there.

pub mod blank;
mod ceiling;
mod column;
mod entry;
mod line;
mod remarks;
mod replan;
mod settle;
mod standing;

pub use ceiling::Overdrawn;
pub use entry::{Entry, read};
pub use line::{At, Entered, Line};
pub use remarks::remarks;
pub use replan::Replan;
pub use settle::Facts;
pub use standing::{Standing, late_by_line};

use super::audit::{Breach, audit};
use super::{Options, Outcome, PlanRow};
use crate::case::{Case, Settled};
use crate::words::YearIx;
use crate::words::tolerance::ZERO_UNITS;

/// A plan followed up to a year.
#[derive(Clone, Debug)]
pub struct Follow {
    /// How many plan years are closed.
    pub closed: usize,
    /// Planned and done, line by line.
    pub lines: Vec<Line>,
    /// Where each measure stands at each school.
    pub standings: Vec<Standing>,
    /// What the closed years have come to.
    pub facts: Facts,
    /// The case of the years left: what is closed is settled, and no fund has less than was spent.
    pub settled: Case,
    /// The funds that were overdrawn.
    pub overdrawn: Vec<Overdrawn>,
    /// What the plan would have come to.
    pub as_planned: Outcome,
    /// What comes of it if nothing further is done.
    pub nothing_further: Outcome,
    /// The years left planned anew.
    pub replan: Replan,
    /// Rules of the case that the closed years have broken, apart from overdrawn funds and other prices.
    pub breaches: Vec<Breach>,
}

/// The last plan year of which a number was entered; `None` when none was.
pub fn last_entered(entries: &[Entry]) -> Option<YearIx> {
    let entered = entries.iter().filter(|entry| entry.entered.any());
    entered.map(|entry| entry.year).max()
}

/// Follows a plan up to the end of plan year `as_of`, and plans the years left anew.
pub fn follow(
    case: &Case,
    plan: &[PlanRow],
    entries: &[Entry],
    as_of: YearIx,
    options: &Options,
) -> Follow {
    let closed = as_of.at() + 1;
    let lines = line::lines(case, plan, entries);
    let standings = standing::standings(&lines, closed);
    let facts = settle::facts(case, &lines, closed);
    let mut settled = case.clone();
    settled.settled = Settled::new(case, closed, facts.done.clone(), facts.paid.clone());
    let overdrawn = ceiling::raise(&mut settled);
    let on_schedule = standings.iter().all(Standing::is_on_schedule)
        && overdrawn.is_empty()
        && replan::spent_as_planned(&settled, &lines)
        && year_by_year(&lines, closed);
    let replan = replan::replan(&settled, plan, on_schedule, options);
    let breaches = breaches(case, &facts, &replan);
    Follow {
        closed,
        as_planned: Outcome::new(case, plan),
        nothing_further: Outcome::new(&settled, &[]),
        lines,
        standings,
        facts,
        settled,
        overdrawn,
        replan,
        breaches,
    }
}

impl Follow {
    /// The rows of the closed years as they were done and of the years left as they are planned now, in the order of
    /// plans.
    pub fn rows(&self) -> Vec<PlanRow> {
        let planned = self.replan.answer.plan.iter().flat_map(|plan| &plan.rows);
        let mut rows: Vec<PlanRow> = self.facts.rows.iter().chain(planned).cloned().collect();
        rows.sort_by_key(|row| (row.year, row.measure, row.school));
        rows
    }

    /// Lines of closed years of which nothing was entered.
    pub fn unreported(&self) -> usize {
        let closed = self.lines.iter().filter(|line| line.is_closed(self.closed));
        closed.filter(|line| !line.entered.any()).count()
    }

    /// Lines of open years in which something was entered: it is not counted yet.
    pub fn early_entries(&self) -> usize {
        let open = self
            .lines
            .iter()
            .filter(|line| !line.is_closed(self.closed));
        open.filter(|line| line.entered.any()).count()
    }
}

/// Whether each closed year has done what was planned for it.
fn year_by_year(lines: &[Line], closed: usize) -> bool {
    let closed = lines.iter().filter(|line| line.is_closed(closed));
    let closed: Vec<&Line> = closed.collect();
    closed.chunk_by(|one, next| one.at == next.at).all(|group| {
        let planned: f64 = group.iter().map(|line| line.planned).sum();
        let taken: f64 = group.iter().filter_map(|line| line.entered.taken).sum();
        (planned - taken).abs() <= ZERO_UNITS
    })
}

/// Rules of the case as it was stated that the whole course of things breaks. Overdrawn funds are told by themselves;
/// other prices and parts of units are what they are.
fn breaches(case: &Case, facts: &Facts, replan: &Replan) -> Vec<Breach> {
    let planned = replan.answer.plan.iter().flat_map(|plan| &plan.rows);
    let rows: Vec<PlanRow> = facts.rows.iter().chain(planned).cloned().collect();
    let told = ["price", "whole-steps", "fund", "fund-after"];
    let mut breaches = audit(case, &rows, &[]).breaches;
    breaches.retain(|breach| !told.contains(&breach.rule));
    breaches
}
