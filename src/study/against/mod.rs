//! What the optimum saves against a plan made otherwise: the planner's own, or a pro-rata rule. And the simplest rule that
//! can be published and comes near the optimum.

mod rule;
mod same_gap;

pub use rule::{NEAR, Published};
pub use same_gap::SameGap;

use crate::case::Case;
use crate::plan::audit::{Audit, audit};
use crate::plan::rule::{ByRule, Rule, Rulebook};
use crate::plan::{Answer, Options, Outcome, Plan, PlanRow, Solved, solved};
use crate::words::Money;

/// The plan that the optimum is compared with.
#[derive(Clone, Copy, Debug)]
pub enum Theirs<'a> {
    /// A plan as it stands.
    Plan(&'a [PlanRow]),
    /// What a pro-rata rule makes of the case.
    ProRata,
}

/// A plan made otherwise, judged by the same measure.
#[derive(Clone, Debug)]
pub struct Other {
    /// Its rows.
    pub rows: Vec<PlanRow>,
    /// The state of every school with it.
    pub outcome: Outcome,
    /// The rules of the case it keeps and breaks.
    pub audit: Audit,
}

impl Other {
    /// What it pays within the plan years.
    pub fn money(&self) -> Money {
        spent(&self.rows)
    }
}

/// What rows of a plan pay within the plan years.
pub fn spent(rows: &[PlanRow]) -> Money {
    rows.iter().map(PlanRow::amount).sum()
}

/// The optimum beside another plan.
#[derive(Clone, Debug)]
pub struct Against {
    /// The answer of [`crate::plan::solve`], with its plan.
    pub ours: Answer,
    /// The other plan.
    pub theirs: Other,
    /// How little money would do for a gap as small as theirs; `None` where that is smaller than any plan's that keeps the
    /// rules, or the search was halted.
    pub same_gap: Option<SameGap>,
    /// The best rule that was found; `None` where none makes a plan.
    pub rule: Option<Published>,
}

impl Against {
    /// The optimum's plan.
    pub fn plan(&self) -> Option<&Plan> {
        self.ours.plan.as_ref()
    }
}

/// What a run has finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Step {
    /// The optimum.
    Ours,
    /// The other plan.
    Theirs,
    /// The money that does for the same gap.
    SameGap,
    /// The rule.
    Rule,
}

/// How many steps there are.
pub const STEPS: usize = 4;

/// Why there is nothing to compare.
#[derive(Clone, Debug)]
pub enum Missing {
    /// The case has no plan: its answer.
    Plan(Box<Answer>),
    /// The pro-rata rule makes none, for a reason in Chinese and English.
    ProRata((String, String)),
}

/// Holds the optimum of a case beside another plan; on rayon's current pool. The result does not depend on the number of
/// threads. `done` is told what is finished.
///
/// # Errors
/// What there is no plan of.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::against::{Theirs, against};
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let found = against(&case, Theirs::ProRata, &Options::default(), &|_| {});
/// let found = found.expect("two plans");
/// let ours = found.plan().expect("a plan");
/// assert!(ours.outcome.gap_after <= found.theirs.outcome.gap_after);
/// ```
pub fn against(
    case: &Case,
    theirs: Theirs,
    options: &Options,
    done: &(dyn Fn(Step) + Sync),
) -> Result<Against, Missing> {
    let Solved { answer, basis } = solved(case, options);
    done(Step::Ours);
    let (Some(plan), Some(basis)) = (&answer.plan, &basis) else {
        return Err(Missing::Plan(Box::new(answer)));
    };
    let book = Rulebook::of(case, basis);
    let theirs = match theirs {
        Theirs::Plan(rows) => Other {
            rows: rows.to_vec(),
            outcome: Outcome::new(case, rows),
            audit: audit(case, rows, &[]),
        },
        Theirs::ProRata => book.plan(&Rule::ProRata).map_err(Missing::ProRata)?.into(),
    };
    done(Step::Theirs);
    let gap = plan.outcome.gap_after;
    let (same_gap, rule) = rayon::join(
        || {
            let found = same_gap::same_gap(case, theirs.outcome.gap_after, options);
            done(Step::SameGap);
            found
        },
        || {
            let found = rule::published(case, &book, gap, &options.halt);
            done(Step::Rule);
            found
        },
    );
    Ok(Against {
        ours: answer,
        theirs,
        same_gap,
        rule,
    })
}

impl From<ByRule> for Other {
    fn from(made: ByRule) -> Other {
        Other {
            rows: made.rows,
            outcome: made.outcome,
            audit: made.audit,
        }
    }
}
