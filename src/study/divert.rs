//! What proposed diversions are worth: each by itself, and all together.

use rayon::prelude::*;

use super::diff::{Gaps, gaps};
use crate::case::{Case, Change, Overlay};
use crate::plan::Options;
use crate::plan::diverting::{Closing, Proposal, Proposed, Wanted, closing, propose};
use crate::words::{Money, ResourceIx, SchoolIx, YearIx};

/// The most diversions of which each is solved by itself.
pub const MOST_SOLVED: usize = 100;

/// What one diversion does.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Worth {
    /// Money of the plan years that closing the shortfalls of both schools costs less, at the one where it costs less.
    pub saves: Money,
    /// The same that it costs more, at the one where it costs more.
    pub costs: Money,
    /// How the gaps of the whole case change by it alone; `None` where there were too many to solve, or no proven plan.
    pub alone: Option<Gaps>,
}

/// A proposal with what it is worth.
#[derive(Clone, Debug)]
pub struct Valued {
    /// The proposal.
    pub proposal: Proposal,
    /// What each of its diversions does.
    pub worths: Vec<Worth>,
    /// The gaps before; `None` where the smallest is not proven: no plan keeps all rules, or the search was halted.
    pub before: Option<Gaps>,
    /// The gaps with all of it.
    pub after: Option<Gaps>,
}

impl Valued {
    /// The changes that state the proposal.
    pub fn changes(&self) -> Vec<Change> {
        changes(&self.proposal.proposed)
    }
}

fn changes(proposed: &[Proposed]) -> Vec<Change> {
    let all = proposed.iter().map(|one| one.diversion.clone());
    all.map(Change::Divert).collect()
}

/// Proposes diversions and says what each saves and costs; on rayon's current pool. The result does not depend on the number
/// of threads.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::plan::diverting::Wanted;
/// use junheng::study::divert::divert;
/// use junheng::words::YearIx;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let wanted = Wanted {
///     since: YearIx::new(0),
///     within: 5.0,
///     board_beyond: None,
///     merge: Vec::new(),
///     brings: Vec::new(),
///     across: false,
/// };
/// // Nobody knows how far these schools are from each other.
/// let found = divert(&case, &wanted, &Options::default());
/// assert!(found.proposal.proposed.is_empty());
/// ```
pub fn divert(case: &Case, wanted: &Wanted, options: &Options) -> Valued {
    let proposal = propose(case, wanted);
    let solves = proposal.proposed.len() <= MOST_SOLVED;
    let with = |proposed: &[Proposed]| {
        let overlay = Overlay {
            name: String::new(),
            title: String::new(),
            changes: changes(proposed),
        };
        overlay.apply(case)
    };
    let proven = |case: &Case| match options.halt.asked() {
        None => gaps(case, options).ok(),
        Some(_) => None,
    };
    let before = proven(case);
    let after = match proposal.proposed.is_empty() {
        true => before,
        false => proven(&with(&proposal.proposed)),
    };
    let worth = |one: &Proposed| {
        let changed = with(std::slice::from_ref(one));
        let (saves, costs) = closing_changes(case, &changed, one, wanted.since);
        let alone = match (before, proposal.proposed.len()) {
            (_, 1) => after,
            (Some(_), _) if solves => proven(&changed),
            _ => None,
        };
        Worth {
            saves,
            costs,
            alone: alone.zip(before).map(|(after, before)| after.less(before)),
        }
    };
    let worths = proposal.proposed.par_iter().map(worth).collect();
    Valued {
        worths,
        before,
        after,
        proposal,
    }
}

/// By how much closing the shortfalls becomes cheaper and dearer, at either school.
fn closing_changes(before: &Case, after: &Case, one: &Proposed, since: YearIx) -> (Money, Money) {
    let (mut saves, mut costs) = (Money::ZERO, Money::ZERO);
    for school in [one.diversion.from, one.diversion.to] {
        let of = |case: &Case| -> Money {
            let Closing { money, .. } = closing(case, school, since);
            money
        };
        let change = of(after) - of(before);
        saves += (-change).max(Money::ZERO);
        costs += change.max(Money::ZERO);
    }
    (saves, costs)
}

/// Resources that are short at schools concerned and that no measure brings, so that what they would cost is not known.
pub fn unpriced(case: &Case, proposal: &Proposal, since: YearIx) -> Vec<ResourceIx> {
    let schools = proposal.proposed.iter();
    let mut schools: Vec<SchoolIx> = schools
        .flat_map(|one| [one.diversion.from, one.diversion.to])
        .collect();
    schools.sort_unstable();
    schools.dedup();
    let short = schools.into_iter();
    let short = short.flat_map(|school| closing(case, school, since).without_measure);
    let mut short: Vec<ResourceIx> = short.collect();
    short.sort_unstable();
    short.dedup();
    short
}
