//! Verify first: which doubtful numbers of the school table would flip decisions, ranked by the money at stake.
//!
//! Doubtful is what the planner says lies in an interval, what is missing, what `check` flags and what is far from like
//! schools ([`doubtful`]). What is at stake is first estimated for every doubt at the prices of the present optimum
//! ([`estimates`]), then found for the foremost by solving again with the number at either end ([`Told`]).

mod confirm;
mod doubtful;
mod estimate;
mod level;
mod peers;

pub use confirm::{Told, money_moved};
pub use doubtful::{Doubtful, Found, Reason, doubtful};
pub use estimate::{Estimate, estimates};
pub use peers::{Alike, Peers};

use std::sync::Arc;

use crate::case::{Case, Cells};
use crate::plan::{Answer, Near, Options, continuous, solve};
use crate::words::{Money, Notices};

/// A doubt and what is at stake.
#[derive(Clone, Debug)]
pub struct Stake {
    /// The doubt.
    pub doubt: Doubtful,
    /// What would move at the prices of the present plan.
    pub estimate: Estimate,
    /// What does move with the number at its low and at its high end, where that was solved.
    pub told: Option<[Told; 2]>,
}

impl Stake {
    /// The money at stake: what goes elsewhere at the worse of the two ends, as solved or else as estimated.
    pub fn money(&self) -> Money {
        match &self.told {
            Some([low, high]) => low.moved.max(high.moved),
            None => self.estimate.money(),
        }
    }

    /// The gap at stake, where it was solved: what the present plan leaves needlessly at the worse of the two ends.
    pub fn gap(&self) -> Option<f64> {
        let [low, high] = self.told.as_ref()?;
        Some(low.gap.max(high.gap))
    }

    /// Whether both ends were solved and proven.
    pub fn is_proven(&self) -> bool {
        let told = self.told.as_ref();
        told.is_some_and(|told| told.iter().all(|end| end.proven))
    }
}

/// What should be checked first.
#[derive(Clone, Debug)]
pub struct Verified {
    /// The plan as the numbers stand.
    pub base: Answer,
    /// The doubts with something at stake, those that were solved first, by money; the others by estimate.
    pub stakes: Vec<Stake>,
    /// Doubts that change nothing: the proof of the present plan holds at both ends.
    pub proven_idle: usize,
    /// Doubts that change nothing by estimate.
    pub idle: usize,
    /// How many doubts there are for which no interval can be told.
    pub blind: usize,
    /// Whether the search was halted before all that was asked for was solved.
    pub halted: bool,
}

/// Ranks the doubts of a case and solves again for the `top` of them on rayon's current pool. The result does not depend
/// on the number of threads. `done` is told how many re-solves are finished, and of how many.
///
/// ```no_run
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::verify::verify;
///
/// let read = junheng::read::read_case(Path::new("scenarios/osun"));
/// let case = read.case.expect("a sound case");
/// let asked = (&read.cells, &read.notices);
/// let found = verify(&case, asked, &Options::default(), 20, &|_, _| {});
/// for stake in &found.stakes {
///     println!("{} at stake", stake.money().main());
/// }
/// ```
pub fn verify(
    case: &Case,
    (cells, notices): (&Cells, &Notices),
    options: &Options,
    top: usize,
    done: &(dyn Fn(usize, usize) + Sync),
) -> Verified {
    let options = &Options {
        // A planner asks for the plan, not for what it would be compared with.
        alone: true,
        // Those that are compared with it are dealt out near the optimum in divisible amounts.
        whole_gap: Some(f64::INFINITY),
        ..options.clone()
    };
    let Found { doubts, blind } = doubtful(case, cells, notices);
    let mut verified = Verified {
        base: solve(case, options),
        stakes: Vec::new(),
        proven_idle: 0,
        idle: 0,
        blind,
        halted: false,
    };
    let Some(plan) = &verified.base.plan else {
        return verified;
    };
    if doubts.is_empty() {
        return verified;
    }
    let Some(optimum) = continuous(case, options) else {
        verified.halted = true;
        return verified;
    };
    // What a number changes is told by the plan nearest to the present one, not by another of many that tie.
    let near = Options {
        near: Some(Arc::new(Near::of(&optimum.form, &optimum.values))),
        ..options.clone()
    };
    let estimates = estimates(case, plan, optimum, &doubts);
    for (doubt, estimate) in doubts.into_iter().zip(estimates) {
        match (estimate.money().is_zero(), estimate.sure) {
            (true, true) => verified.proven_idle += 1,
            (true, false) => verified.idle += 1,
            (false, _) => verified.stakes.push(Stake {
                doubt,
                estimate,
                told: None,
            }),
        }
    }
    // Ties stay in file order.
    let by_money = |one: &Stake, other: &Stake| other.money().cmp(&one.money());
    verified.stakes.sort_by(by_money);
    let top = top.min(verified.stakes.len());
    let foremost: Vec<&Doubtful> = verified.stakes[..top]
        .iter()
        .map(|one| &one.doubt)
        .collect();
    let told = confirm::all(case, plan, &foremost, &near, done);
    verified.halted |= told.iter().any(Option::is_none);
    for (stake, told) in verified.stakes.iter_mut().zip(told) {
        stake.told = told;
    }
    let rank = |one: &Stake, other: &Stake| {
        let solved = other.told.is_some().cmp(&one.told.is_some());
        solved.then_with(|| by_money(one, other))
    };
    verified.stakes.sort_by(rank);
    verified
}
