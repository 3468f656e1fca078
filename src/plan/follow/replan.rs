//! The years left, planned anew from what is there.

use super::line::Line;
use crate::case::Case;
use crate::plan::audit::{Audit, audit};
use crate::plan::fair::fairness;
use crate::plan::{Answer, Options, Outcome, Plan, PlanRow, Verdict, solve};
use crate::program::certificate::distance;
use crate::words::tolerance::PROVEN;

/// The plan of the years left.
#[derive(Clone, Debug)]
pub struct Replan {
    /// What is known about it.
    pub answer: Answer,
    /// Whether it is what the plan followed up has for these years, unchanged.
    pub stands: bool,
}

/// Plans the open years of a case. What the plan has for them stands where it keeps every rule and nothing is gained by
/// changing it; where all is on schedule, also where no more could be gained than whole units cost anyhow.
pub fn replan(settled: &Case, plan: &[PlanRow], on_schedule: bool, options: &Options) -> Replan {
    let rest: Vec<PlanRow> = plan
        .iter()
        .filter(|row| settled.is_open(row.year))
        .cloned()
        .collect();
    if settled.open_years().len() == 0 {
        return Replan {
            answer: nothing_left(settled),
            stands: true,
        };
    }
    let mut answer = solve(settled, options);
    let stands = answer.plan.as_mut().is_some_and(|found| {
        let audit = audit(settled, &rest, &[]);
        let outcome = Outcome::new(settled, &rest);
        let (old, new) = (outcome.gap_after, found.certificate.planned);
        let allowed = match on_schedule {
            true => (new - found.certificate.bound).max(0.0),
            false => 0.0,
        };
        let as_good = distance(old, new) <= PROVEN || old - new <= allowed;
        let stands = audit.passed() && as_good;
        if stands {
            put_back(settled, found, rest, outcome, audit);
        }
        stands
    });
    Replan { answer, stands }
}

/// Puts other rows in the place of a plan's, with what follows from rows. The bound stays: it holds for every plan.
fn put_back(case: &Case, plan: &mut Plan, rows: Vec<PlanRow>, outcome: Outcome, audit: Audit) {
    plan.certificate.planned = outcome.gap_after;
    plan.certificate.rounding = distance(outcome.gap_after, plan.certificate.whole);
    let levels = plan.fairness.lowest.take().map(|lowest| lowest.levels);
    plan.fairness = fairness(case, levels.as_ref(), plan.fairness.exact, &outcome);
    plan.rows = rows;
    plan.outcome = outcome;
    plan.audit = audit;
}

/// A plan for no year: what was done is all there is, and nothing could be better.
fn nothing_left(settled: &Case) -> Answer {
    let outcome = Outcome::new(settled, &[]);
    let gap = outcome.gap_after;
    let plan = Plan {
        rows: Vec::new(),
        certificate: crate::plan::Certificate {
            bound: gap,
            whole: gap,
            continuous: gap,
            planned: gap,
            proven_within: 0.0,
            rounding: 0.0,
            solvers: String::new(),
            size: [0; 4],
        },
        bindings: Vec::new(),
        money: Vec::new(),
        audit: audit(settled, &[], &[]),
        fairness: fairness(settled, None, true, &outcome),
        outcome,
        without_terminal: None,
        take_up: None,
    };
    Answer {
        verdict: Verdict::Optimal,
        plan: Some(plan),
        halted: None,
        menu: None,
    }
}

/// Whether the money of the closed years was spent as planned, fund by fund and year by year.
pub fn spent_as_planned(settled: &Case, lines: &[Line]) -> bool {
    let years = settled.settled.years;
    settled.funds.ids().all(|fund| {
        settled.horizon.plan_years().take(years).all(|year| {
            let own = lines.iter().filter(|line| line.fund == Some(fund));
            let planned = own.map(|line| line.payments[year.at()]).sum();
            settled.settled_spending(fund, year) == planned
        })
    })
}
