//! What an answer carries.

use std::sync::Arc;
use std::time::Duration;

use super::audit::Audit;
use super::fair::Fairness;
use super::moves::TakeUp;
use super::near::Near;
use super::outcome::Outcome;
use super::proof::Proof;
use super::repair::Menu;
use super::row::PlanRow;
use crate::formulate::Formulated;
use crate::solve::SolverChoice;
use crate::words::halt::Reason;
use crate::words::{FundIx, Halt, Money, YearIx};

/// What is known about a case when the work is done.
#[derive(Clone, PartialEq, Debug)]
pub enum Verdict {
    /// The plan is proven best: its continuous optimum is within [`crate::words::tolerance::PROVEN`] of the bound.
    Optimal,
    /// A plan that keeps every rule, but its distance to the bound (relative) is larger than proven.
    Stopped {
        /// Relative distance of plan and bound.
        distance: f64,
    },
    /// No plan keeps all rules: proven. The rules named cannot hold together.
    Impossible {
        /// Names and places of the rules in the proof.
        rules: Vec<NamedRule>,
    },
    /// The gap could be made ever smaller: the case lacks a bound. Cannot arise from a checked case.
    Unbounded,
    /// The search was halted before it began.
    NotBegun,
    /// Neither a plan nor a proof was reached; why, in words for the planner (Chinese, English).
    Undecided {
        /// The reason in Chinese and English.
        why: (String, String),
    },
}

/// A rule as the planner knows it.
#[derive(Clone, PartialEq, Debug)]
pub struct NamedRule {
    /// In words, Chinese and English.
    pub name: (String, String),
    /// Where it is stated, when it is stated in a file.
    pub place: Option<crate::words::Place>,
}

/// What proves a plan.
#[derive(Clone, PartialEq, Debug, serde::Serialize, serde::Deserialize)]
pub struct Certificate {
    /// No plan has a smaller gap index than this (box-Lagrangian bound on the unlumped program).
    pub bound: f64,
    /// No plan in whole units has a smaller gap index than this; at least `bound`.
    pub whole: f64,
    /// The gap index of the best continuous plan found.
    pub continuous: f64,
    /// The gap index of the plan as written, in whole units and exact money.
    pub planned: f64,
    /// (continuous − bound) relative to the larger of the bound and 1.
    pub proven_within: f64,
    /// (planned − whole) relative to the larger of the bound and 1: what dealing out in whole units cost at most.
    pub rounding: f64,
    /// The solver that gave the plan, and the one that gave the multipliers.
    pub solvers: String,
    /// Rows and columns of the program, before and after lumping.
    pub size: [usize; 4],
}

/// A limit that holds the plan back.
#[derive(Clone, PartialEq, Debug)]
pub struct Binding {
    /// The limit in words, Chinese and English.
    pub name: (String, String),
    /// In which plan year, when it belongs to one.
    pub year: Option<YearIx>,
    /// By how much the gap index falls when the limit is loosened by one unit of `unit` (local, one-sided).
    pub price: f64,
    /// The unit in which the limit is counted: money main units, or units of a resource.
    pub per: BindingUnit,
}

/// What a limit is counted in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BindingUnit {
    /// Main units of money.
    Money,
    /// Posts, rooms, sets.
    Units,
    /// Percentage points of a share rule.
    Points,
}

/// Money of one fund in one plan year.
#[derive(Clone, PartialEq, Debug)]
pub struct FundYear {
    /// The fund.
    pub fund: FundIx,
    /// The plan year.
    pub year: YearIx,
    /// What comes in that year.
    pub given: Money,
    /// What is carried over from earlier years.
    pub carried: Money,
    /// What the plan spends.
    pub spent: Money,
}

/// A proven plan for one case.
#[derive(Clone, Debug)]
pub struct Plan {
    /// Its rows: measures with what they supply and who pays, in order of year, measure and school.
    pub rows: Vec<PlanRow>,
    /// The state of every school with and without it.
    pub outcome: Outcome,
    /// Its proof.
    pub certificate: Certificate,
    /// The limits that hold it back, dearest first.
    pub bindings: Vec<Binding>,
    /// Money by fund and year.
    pub money: Vec<FundYear>,
    /// The independent check of its rows; a plan with a breach is never shown as done.
    pub audit: Audit,
    /// What changes without the terminal period, when there is one.
    pub without_terminal: Option<WithoutTerminal>,
    /// What fairness was asked for, and what the plan comes to by it.
    pub fairness: Fairness,
    /// What it comes to when only a part of its moves happens, when that was asked.
    pub take_up: Option<TakeUp>,
}

/// The plan years' gap and money when nothing after the plan counts (H = 0).
#[derive(Clone, PartialEq, Debug, serde::Serialize)]
pub struct WithoutTerminal {
    /// Gap index over the plan years only, of this plan.
    pub gap_with: f64,
    /// Gap index over the plan years only, of the plan that ignores what comes after.
    pub gap_without: f64,
}

/// The answer to a case.
#[derive(Clone, Debug)]
pub struct Answer {
    /// What is known.
    pub verdict: Verdict,
    /// The plan, with the verdicts optimal and stopped.
    pub plan: Option<Plan>,
    /// What cut the search short, if anything did. A plan proven optimal may then still spend more money than it has to,
    /// since that is looked for last.
    pub halted: Option<Reason>,
    /// What can be done about a case that is impossible, where that was looked for.
    pub menu: Option<Box<Menu>>,
}

impl Answer {
    /// An answer without a plan.
    pub fn none(verdict: Verdict) -> Answer {
        Answer {
            verdict,
            plan: None,
            halted: None,
            menu: None,
        }
    }
}

/// An answer and what its plan stands on.
#[derive(Clone, Debug)]
pub struct Solved {
    /// The answer.
    pub answer: Answer,
    /// What its plan stands on; `None` when there is no plan.
    pub basis: Option<Basis>,
}

/// What a plan stands on.
#[derive(Clone, Debug)]
pub struct Basis {
    /// The case as a program, every need by itself.
    pub form: Formulated,
    /// Its best continuous point with the multipliers that prove it.
    pub proof: Proof,
}

/// How far a plan in whole units may be above what is proven for such plans before a better one is looked for, unless
/// something else is asked.
pub const WHOLE_GAP: f64 = 1e-3;

/// How to solve.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// Which solver to use.
    pub solver: SolverChoice,
    /// Whether to leave equal needs apart (for tests; slower, same optimum).
    pub unlumped: bool,
    /// Rows that the plan must contain as they are.
    pub keep: Vec<PlanRow>,
    /// When to stop searching.
    pub halt: Halt,
    /// The longest time for each of many cases that are solved beside one another, within that of all.
    pub each: Option<Duration>,
    /// Whether what a plan is compared with may be solved beside it, on a thread of its own. Nothing depends on it but
    /// time.
    pub beside: bool,
    /// Whether the plan is wanted alone, without what it is compared with (the optimum without the terminal period).
    pub alone: bool,
    /// Break ties so that little differs from this, rather than in the usual order. Files are never written from such a
    /// plan.
    pub near: Option<Arc<Near>>,
    /// How far a plan in whole units may be above what is proven for such plans, relative, before a better one is looked
    /// for; a thousandth when absent.
    pub whole_gap: Option<f64>,
    /// The part of the plan's moves, 0 … 1, to reckon with beside all of them. The plan does not depend on it.
    pub take_up: Option<f64>,
}

impl Options {
    /// What holds for one of many cases that are solved beside one another: its own time within that of all; and memory
    /// that ran short for another may be enough for it.
    pub fn for_one(&self) -> Options {
        let halt = self.halt.anew();
        Options {
            halt: match self.each {
                Some(each) => halt.within_time(each),
                None => halt,
            },
            ..self.clone()
        }
    }
}
