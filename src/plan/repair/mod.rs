//! The repair menu (修复清单): what to change so that an impossible case has a plan, each way with its price and verified.
//!
//! Conflicts first: which rules cannot hold together, and which it is enough to give way in. For each of
//! these the least that is enough is found by linear programs in which nothing but that gives way, rounded outward to
//! what a planner would write, made on a copy of the case, and the copy is solved and audited like any other case. Only
//! what came through that is offered.

mod conflicts;
mod draft;
mod least;
mod step;

use std::collections::BTreeSet;

use super::answer::{NamedRule, Options, Verdict};
use super::culprits::{Rule, Trials, demands_nothing, held, named_rules};
use super::row::PlanRow;
use super::{keep, solve};
use crate::case::{Case, Overlay};
use crate::formulate::Kept;
use crate::words::Money;
use crate::words::halt::Reason;
use conflicts::Conflicts;
use draft::{Draft, Drafts, Way};

pub use step::{Price, Step};

/// How much may be tried. Counted, not timed, so that the menu is the same everywhere.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Effort {
    /// How many linear programs may be solved to find what is enough.
    pub programs: usize,
    /// How many cases may be solved to verify it.
    pub solves: usize,
    /// How many of these for one repair.
    pub each: usize,
    /// For how many sets of rules a repair is looked for.
    pub sets: usize,
}

impl Effort {
    /// For a menu beside an answer.
    pub const BRIEF: Effort = Effort {
        programs: 150,
        solves: 9,
        each: 3,
        sets: 4,
    };
    /// For a menu beside the answer to a case; `None` for one so large that it is looked for only when asked for.
    pub fn beside(case: &Case) -> Option<Effort> {
        let needs = case.schools.len() * case.resources.len() * case.horizon.period_count();
        (needs <= AT_ONCE).then_some(Effort::BRIEF)
    }

    /// For a menu that was asked for.
    pub const WHOLE: Effort = Effort {
        programs: 4000,
        solves: 200,
        each: 12,
        sets: 40,
    };
}

/// Needs of a case, over all periods, from which on no menu stands beside an answer.
const AT_ONCE: usize = 50_000;

/// A way of making a case possible, verified.
#[derive(Clone, PartialEq, Debug)]
pub struct Repair {
    /// What is done to which rules, in order of the rules.
    pub steps: Vec<Step>,
    /// Whether it is the least: no step of it can be smaller while the others stay as they are, up to what it was rounded by.
    /// Else it was raised until the case could be planned in whole units.
    pub least: bool,
    /// The gap index of the plan that the repaired case has.
    pub gap: f64,
    /// What that plan spends in the plan years.
    pub spent: Money,
}

impl Repair {
    /// More money of funds, over the plan and all years after it.
    pub fn money(&self, case: &Case) -> Money {
        let asked = self.steps.iter().map(|step| match step {
            Step::Money { .. } => match step.price(case) {
                Price::Money(money) => money,
                _ => Money::ZERO,
            },
            _ => Money::ZERO,
        });
        asked.sum()
    }

    /// The scenario that makes it, without name or title; unlocking rows is no part of one.
    pub fn overlay(&self, case: &Case) -> Overlay {
        Overlay {
            name: String::new(),
            title: String::new(),
            changes: self
                .steps
                .iter()
                .flat_map(|step| step.changes(case))
                .collect(),
        }
    }

    /// The rows that stay kept.
    pub fn kept(&self, keep: &[PlanRow]) -> Vec<PlanRow> {
        let is_unlocked = |at: &usize| {
            let mut steps = self.steps.iter();
            steps.any(|step| matches!(step, Step::Unlock { rows, .. } if rows.contains(at)))
        };
        let left = (0..keep.len()).filter(|at| !is_unlocked(at));
        left.map(|at| keep[at].clone()).collect()
    }

    fn dropped(&self) -> usize {
        let drops = |step: &&Step| matches!(step, Step::Drop { .. });
        self.steps.iter().filter(drops).count()
    }
}

/// What can be done about an impossible case.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Menu {
    /// The conflicts: in each, rules that no plan keeps together although it could keep all but any one of them.
    pub conflicts: Vec<Vec<NamedRule>>,
    /// The repairs: those that touch the fewest rules first, then those that drop the fewest, then those that need the least
    /// more money, then in the order in which rules are written.
    pub repairs: Vec<Repair>,
    /// Sets of rules in which it would be enough to give way, for which no amount was found with which a plan in whole
    /// units exists.
    pub unmended: Vec<Vec<NamedRule>>,
    /// Whether there may be more repairs than these: not all was tried.
    pub partial: bool,
    /// What cut the search short, if anything did.
    pub halted: Option<Reason>,
}

/// The repair menu of a case that is impossible.
pub fn menu(case: &Case, options: &Options, effort: Effort) -> Menu {
    let keep = keep::fit(case, &options.keep);
    let kept: Vec<Kept> = keep.iter().map(keep::held).collect();
    let mut trials = Trials::within(case, &kept, options, effort.programs);
    let wrong = keep::faulty(case, &options.keep);
    if !wrong.is_empty() {
        return unlocked(case, options, &kept, wrong);
    }
    let conflicts = Conflicts::of(&mut trials, effort.sets);
    let mut search = Search {
        case,
        options,
        kept: &kept,
        drafts: Drafts {
            case,
            kept: &kept,
            trials: &mut trials,
            options,
        },
        effort,
        menu: Menu::default(),
    };
    for rules in &conflicts.enough {
        search.repair(rules);
    }
    if conflicts.sets.iter().flatten().any(is_money) {
        search.money_overall();
    }
    let mut menu = search.menu;
    let named = |rules: &BTreeSet<Rule>| named_rules(case, rules, &kept, options);
    menu.conflicts = conflicts.sets.iter().map(named).collect();
    menu.repairs.sort_by_key(|one| {
        let touched = one.steps.len();
        (touched, one.dropped(), one.money(case))
    });
    menu.partial |= !conflicts.complete || trials.undecided;
    menu.halted = options.halt.asked();
    menu
}

/// The menu of rows that are wrong by themselves: they have to go, whatever else is done.
fn unlocked(case: &Case, options: &Options, kept: &[Kept], wrong: Vec<Vec<usize>>) -> Menu {
    let unlock = |rows: Vec<usize>| Step::Unlock {
        name: held(case, &kept[rows[0]]),
        rows,
    };
    let steps: Vec<Step> = wrong.into_iter().map(unlock).collect();
    let repaired = solved(case, options, steps, true);
    Menu {
        conflicts: vec![keep::faults(case, &options.keep)],
        partial: repaired.is_err(),
        repairs: repaired.into_iter().collect(),
        halted: options.halt.asked(),
        ..Menu::default()
    }
}

fn is_money(rule: &Rule) -> bool {
    matches!(rule, Rule::Money(_))
}

/// A search for repairs.
struct Search<'t, 'a> {
    case: &'a Case,
    options: &'a Options,
    kept: &'a [Kept],
    drafts: Drafts<'t, 'a>,
    /// What may still be tried.
    effort: Effort,
    menu: Menu,
}

/// By how many hundredths a repair is raised that is not enough in whole units, one after the other.
const RAISES: [u64; 4] = [0, 5, 25, 100];

impl Search<'_, '_> {
    /// Offers the ways in which these rules can give way.
    fn repair(&mut self, rules: &BTreeSet<Rule>) {
        let alone = match rules.iter().next() {
            Some(&Rule::Policy(policy)) if rules.len() == 1 => Some(policy),
            _ => None,
        };
        let offered = match alone {
            // Where a rule dropped is not enough in whole units, neither is one that is loosened; but for one that lets
            // more be brought than is missing.
            Some(policy) => {
                let mut dropped = self.offer(rules, Way::Drop);
                if dropped || demands_nothing(&self.case.policies[policy]).is_some() {
                    dropped |= self.offer(rules, Way::Number);
                }
                if dropped && step::Knob::year(self.case, policy).is_some() {
                    self.offer(rules, Way::Year);
                }
                dropped
            }
            None => self.offer(rules, Way::Number),
        };
        if !offered {
            let named = named_rules(self.case, rules, self.kept, self.options);
            self.menu.unmended.push(named);
        }
    }

    /// Whether these rules can give way in this way, which is then on the menu.
    fn offer(&mut self, rules: &BTreeSet<Rule>, way: Way) -> bool {
        let draft = self.drafts.of(rules, way);
        draft.is_some_and(|draft| self.verify(&draft))
    }

    /// Offers the least money over all funds, where that is less than money of the funds that were found one by one.
    fn money_overall(&mut self) {
        let Some((total, draft)) = self.drafts.money_overall() else {
            return;
        };
        let money_alone = self.menu.repairs.iter().filter(|one| {
            let mut steps = one.steps.iter();
            steps.all(|step| matches!(step, Step::Money { .. }))
        });
        let least = money_alone.map(|one| one.money(self.case)).min();
        if least.is_none_or(|least| total < least.main() * (1.0 - WORTH_IT)) {
            self.verify(&draft);
        }
    }

    /// Offers a draft when the case can be planned with it: raised by one of [`RAISES`] as need be, then by less as long as
    /// that is enough, then step by step not at all where that is. Whether it is on the menu.
    fn verify(&mut self, draft: &Draft) -> bool {
        let even = |raised: u64| vec![raised; draft.len()];
        let mut left = self.effort.each;
        let (mut low, mut found) = (0, None);
        for raised in RAISES {
            if left == 0 {
                self.menu.partial = true;
                return false;
            }
            left -= 1;
            match self.tried(draft, &even(raised)) {
                Tried::Enough(repair) => {
                    found = Some((repair, raised));
                    break;
                }
                Tried::Known => return true,
                Tried::TooLittle if draft.can_be_raised() => low = raised,
                Tried::TooLittle | Tried::No => return false,
            }
        }
        let Some((mut found, mut high)) = found else {
            return false;
        };
        while left > 0 && high > low + 1 {
            left -= 1;
            let middle = low + (high - low) / 2;
            match self.tried(draft, &even(middle)) {
                Tried::Enough(repair) => (found, high) = (repair, middle),
                Tried::TooLittle => low = middle,
                Tried::Known | Tried::No => break,
            }
        }
        let mut raised = even(high);
        let single = draft.len() == 1 || high == 0;
        for at in (0..draft.len()).take(if single { 0 } else { left }) {
            let mut less = raised.clone();
            less[at] = 0;
            if let Tried::Enough(repair) = self.tried(draft, &less) {
                (found, raised) = (repair, less);
            }
        }
        self.menu.repairs.push(found);
        true
    }

    /// What a draft raised so far comes to.
    fn tried(&mut self, draft: &Draft, raised: &[u64]) -> Tried {
        if self.effort.solves == 0 || self.options.halt.asked().is_some() {
            self.menu.partial = true;
            return Tried::No;
        }
        self.effort.solves -= 1;
        let steps = draft.steps(self.case, raised);
        if self.menu.repairs.iter().any(|one| one.steps == steps) {
            return Tried::Known;
        }
        let least = raised.iter().all(|&raised| raised == 0);
        match solved(self.case, self.options, steps, least) {
            Ok(repair) => Tried::Enough(repair),
            Err(Verdict::Impossible { .. } | Verdict::Undecided { .. }) => Tried::TooLittle,
            Err(_) => Tried::No,
        }
    }
}

/// What a draft comes to.
enum Tried {
    /// A plan.
    Enough(Repair),
    /// One that is on the menu already.
    Known,
    /// No plan, in whole units.
    TooLittle,
    /// Nothing: the search has ended.
    No,
}

/// The repair with the plan that it makes possible.
///
/// # Errors
/// What is known of the case with it, when that is not a plan that passes its audit.
fn solved(
    case: &Case,
    options: &Options,
    steps: Vec<Step>,
    least: bool,
) -> Result<Repair, Verdict> {
    let mut repair = Repair {
        steps,
        least,
        gap: 0.0,
        spent: Money::ZERO,
    };
    let repaired = repair.overlay(case).apply(case);
    let options = Options {
        keep: repair.kept(&options.keep),
        alone: true,
        ..options.clone()
    };
    let answer = solve(&repaired, &options);
    match answer.plan {
        Some(plan) if plan.audit.passed() => {
            repair.gap = plan.outcome.gap_after;
            repair.spent = plan.rows.iter().map(PlanRow::amount).sum();
            Ok(repair)
        }
        _ => Err(answer.verdict),
    }
}

/// By which part it must be cheaper to be worth another line.
const WORTH_IT: f64 = 0.01;
