//! Trying a case with some of its rules alone: which of them no plan can keep together.

use std::collections::{BTreeMap, BTreeSet};

use super::{Bare, Rule};
use crate::case::{Base, Bound, Case, Policy, Quota, Rule as Stated};
use crate::formulate::{Formulated, Kept, RowKey, formulate};
use crate::plan::answer::Options;
use crate::plan::fair::{add_broken, any_choice};
use crate::plan::posed::Posed;
use crate::plan::prove::{Known, optimum};
use crate::program::Program;
use crate::program::certificate::proves_impossible;
use crate::words::{Money, PolicyIx, Table};

/// Money that is let go is taken to be this many times all the money there is.
const PLENTY: f64 = 1000.0;

/// How many rounds of tangents a trial may take.
const TANGENTS: usize = 60;

/// What is known of a case of which only some rules stand.
pub enum Trial {
    /// There is a plan, in divisible amounts.
    Possible,
    /// There is none: the program with the multipliers that prove it.
    Impossible(Box<(Formulated, Vec<f64>)>),
    /// Neither could be proven, or the search was halted.
    Unknown,
}

/// A case that is tried with some of its rules alone.
pub struct Trials<'a> {
    case: &'a Case,
    changed: Case,
    policies: Vec<PolicyIx>,
    kept: &'a [Kept],
    /// For each kept row the first that holds the same measure at the same school and year: they stand and fall together.
    firsts: Vec<usize>,
    options: &'a Options,
    /// How many programs may still be solved.
    left: usize,
    /// Whether any trial came to nothing, for want of programs or of a proof.
    pub undecided: bool,
}

impl<'a> Trials<'a> {
    /// Trials of a case, as many as one likes.
    pub fn new(case: &'a Case, kept: &'a [Kept], options: &'a Options) -> Trials<'a> {
        Trials::within(case, kept, options, usize::MAX)
    }

    /// Trials of a case, no more than so many.
    pub fn within(
        case: &'a Case,
        kept: &'a [Kept],
        options: &'a Options,
        most: usize,
    ) -> Trials<'a> {
        Trials {
            case,
            changed: case.clone(),
            policies: case.policies.ids().collect(),
            kept,
            firsts: firsts(kept),
            options,
            left: most,
            undecided: false,
        }
    }

    /// Takes so many programs from those that may still be solved; `None` where fewer are left.
    pub fn take(&mut self, programs: usize) -> Option<()> {
        let left = self.left.checked_sub(programs);
        self.undecided |= left.is_none();
        self.left = left?;
        Some(())
    }

    /// Trials of another case of the same rules, as many as one likes.
    pub fn of<'b>(&self, case: &'b Case) -> Trials<'b>
    where
        'a: 'b,
    {
        Trials::new(case, self.kept, self.options)
    }

    /// The positions of the kept rows that stand and fall with this one.
    pub fn together(&self, first: usize) -> Vec<usize> {
        (0..self.firsts.len())
            .filter(|&at| self.firsts[at] == first)
            .collect()
    }

    /// Every rule that a planner could give way in.
    pub fn all(&self) -> BTreeSet<Rule> {
        let money = self.case.funds.ids().map(Rule::Money);
        let policies = self.case.policies.ids().map(Rule::Policy);
        let kept = self.firsts.iter().copied().map(Rule::Kept);
        money.chain(policies).chain(kept).collect()
    }

    /// The rules that stand in no row of a program of their own: what is forbidden, and what is kept.
    pub fn without_rows(&self) -> BTreeSet<Rule> {
        let policies = self.case.policies.pairs();
        let forbidden = policies.filter(|(_, one)| matches!(one.rule, Stated::Forbid));
        let forbidden = forbidden.map(|(at, _)| Rule::Policy(at));
        let kept = self.firsts.iter().copied().map(Rule::Kept);
        forbidden.chain(kept).collect()
    }

    /// The case of the last program.
    pub fn changed(&self) -> &Case {
        &self.changed
    }

    /// The policies of the last program, in its order.
    pub fn policies(&self) -> &[PolicyIx] {
        &self.policies
    }

    /// Of some rules that no plan keeps together those of which none can be let go without a plan becoming possible
    /// (deletion filter): money is let go first, so that rules which contradict each other are told without it, and what
    /// the planner has kept by hand last. `None` where they were not found impossible, or none of them is needed.
    pub fn irreducible(&mut self, involved: &BTreeSet<Rule>) -> Option<BTreeSet<Rule>> {
        if !self.are_impossible(involved) {
            return None;
        }
        let mut needed = involved.clone();
        let rules: Vec<Rule> = involved.iter().copied().collect();
        self.let_go(&rules, &mut needed);
        Some(needed)
    }

    /// Lets go of those of `rules`, in order, without which the others of `needed` stay impossible. Many are let go
    /// at once where that is possible: what is impossible without all of them is so without each, so that the answer
    /// is the one that trying them one by one gives.
    fn let_go(&mut self, rules: &[Rule], needed: &mut BTreeSet<Rule>) {
        let fewer: BTreeSet<Rule> = needed
            .iter()
            .filter(|rule| rules.binary_search(rule).is_err())
            .copied()
            .collect();
        if self.are_impossible(&fewer) {
            *needed = fewer;
        } else if rules.len() > 1 {
            let (first, last) = rules.split_at(rules.len() / 2);
            self.let_go(first, needed);
            self.let_go(last, needed);
        }
    }

    fn are_impossible(&mut self, rules: &BTreeSet<Rule>) -> bool {
        matches!(self.stand(rules), Trial::Impossible(_))
    }

    /// Whether a plan keeps these rules alone.
    pub fn stand(&mut self, rules: &BTreeSet<Rule>) -> Trial {
        if self.take(1).is_none() {
            return Trial::Unknown;
        }
        let mut form = self.program(rules);
        // Limits on differences are rows only where a point breaks them.
        for _ in 0..TANGENTS {
            let bare = Bare::of(&form);
            match self.known(&bare.program) {
                Known::Impossible(multipliers) => {
                    let multipliers = bare.multipliers(multipliers);
                    if proves_impossible(&form.program, &multipliers) {
                        return Trial::Impossible(Box::new((form, multipliers)));
                    }
                }
                Known::Point(proof) => match add_broken(&mut form, &proof.values, 0.0) {
                    0 => return self.chosen(form),
                    _ => continue,
                },
                _ => {}
            }
            match self.known(&form.program) {
                Known::Impossible(multipliers) => {
                    return Trial::Impossible(Box::new((form, multipliers)));
                }
                Known::Point(proof) => match add_broken(&mut form, &proof.values, 0.0) {
                    0 => return self.chosen(form),
                    _ => continue,
                },
                _ => break,
            }
        }
        self.undecided = true;
        Trial::Unknown
    }

    /// Of a program that has a point: whether it has one with whole indicators met, where a rule leaves open which.
    fn chosen(&mut self, mut form: Formulated) -> Trial {
        if form.leeways.is_empty() {
            return Trial::Possible;
        }
        let (program, known) = any_choice(&form, self.options);
        if let Known::Point(proof) = &known
            && add_broken(&mut form, &proof.values, 0.0) == 0
        {
            return Trial::Possible;
        }
        if let Known::Impossible(multipliers) = known {
            form.program = program.unwrap_or(form.program);
            return Trial::Impossible(Box::new((form, multipliers)));
        }
        self.undecided = true;
        Trial::Unknown
    }

    fn known(&self, program: &Program) -> Known {
        let mut posed = Posed::new(program, false);
        optimum(&mut posed, self.options.solver, &self.options.halt)
    }

    /// The program of these rules alone: other funds have more than anything could cost, other policies and kept rows
    /// are gone or demand nothing. What is available under shares of it is what the case states: letting go of a limit gives nobody money.
    pub fn program(&mut self, rules: &BTreeSet<Rule>) -> Formulated {
        let case = self.case;
        let all: Money = case
            .funds
            .iter()
            .map(|fund| fund.total() + fund.after)
            .sum();
        let plenty = all.max(Money::from_main(1.0)).times(PLENTY);
        let mut is_let_go = false;
        for (at, fund) in case.funds.pairs() {
            let changed = &mut self.changed.funds[at];
            if !rules.contains(&Rule::Money(at)) {
                changed.amounts = Table::filled(fund.amounts.len(), plenty);
                changed.after = plenty;
                is_let_go = true;
            }
        }
        let stays = |(at, policy): (PolicyIx, &Policy)| match rules.contains(&Rule::Policy(at)) {
            true => Some((at, policy.clone())),
            false => Some((at, demands_nothing(policy)?)),
        };
        let left: Vec<(PolicyIx, Policy)> = case.policies.pairs().filter_map(stays).collect();
        self.policies = left.iter().map(|(at, _)| *at).collect();
        let left = left.into_iter().map(|(_, policy)| policy);
        self.changed.policies = Table::from(left.collect::<Vec<_>>());
        let kept = (0..self.kept.len())
            .filter(|&at| rules.contains(&Rule::Kept(self.firsts[at])))
            .map(|at| self.kept[at].clone());
        let mut form = formulate(&self.changed, &kept.collect::<Vec<_>>());
        if is_let_go {
            self.changed.funds.clone_from(&case.funds);
            let stated = form.moneyed(&self.changed);
            for (row, rhs) in stated.rhs {
                if matches!(form.rows[row], RowKey::Share { .. }) {
                    form.program.rows[row].rhs = rhs;
                }
            }
        }
        form
    }
}

/// A policy that demands units or spending, need or not, demanding none: where it stands more may be brought than is
/// missing, and that is not taken back when it is let go. `None` for other policies, of which nothing is left.
pub fn demands_nothing(policy: &Policy) -> Option<Policy> {
    let mut nothing = policy.clone();
    match &mut nothing.rule {
        Stated::Quota { bound, amount, .. } if *bound == Bound::Min => {
            *amount = match amount {
                Quota::Money(_) => Quota::Money(Money::ZERO),
                _ => Quota::Units(0.0),
            };
        }
        Stated::Share {
            bound, share, base, ..
        } if *bound == Bound::Min && *base == Base::Available => *share = 0.0,
        // More may be brought than is missing where schools are compared.
        Stated::Differences { most, .. } => *most = Some(f64::MAX),
        // And where a section of a nine-year school is asked for more than the school as a whole.
        Stated::Indicators { asked, .. } => *asked = Some((0, 0.0)),
        _ => return None,
    }
    Some(nothing)
}

fn firsts(kept: &[Kept]) -> Vec<usize> {
    let mut seen = BTreeMap::new();
    let held = kept.iter().enumerate();
    held.map(|(at, row)| {
        let of = (row.school, row.measure, row.year);
        *seen.entry(of).or_insert(at)
    })
    .collect()
}
