//! Decisions of the first years in whole units, the same for all futures.

use std::collections::{BTreeMap, BTreeSet};

use super::super::answer::{Options, Plan};
use super::super::row::PlanRow;
use super::super::solve::solve;
use super::Future;
use crate::case::{Bound, Case, Policy, Rule};
use crate::formulate::{Decision, RowKey, Units};
use crate::program::Sense;
use crate::words::tolerance::STEP;
use crate::words::{FundIx, Money};

impl Future {
    /// A plan of this future in whole units that contains these decisions, audited; `None` where none was found.
    pub fn around(&self, units: &Units, options: &Options) -> Option<Plan> {
        let options = Options {
            keep: rows(&self.case, units),
            alone: true,
            ..options.clone()
        };
        solve(&self.case, &options).plan
    }
}

/// Decisions as rows of a plan table. They have no money: who pays follows in each future.
pub fn rows(case: &Case, units: &Units) -> Vec<PlanRow> {
    let row = |(one, &units): (&Decision, &f64)| PlanRow {
        school: one.school,
        measure: one.measure,
        year: one.year,
        units: if one.gives { -units } else { units },
        fund: None,
        payments: vec![Money::ZERO; case.horizon.years],
        after: Money::ZERO,
    };
    units.iter().map(row).collect()
}

/// Which rules that demand at least so much are rounded up for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Heeded<'a> {
    /// All of them.
    All,
    /// The one with this code.
    Only(&'a str),
    /// None: they have room enough.
    None,
}

impl Heeded<'_> {
    fn heeds(self, policy: &Policy) -> bool {
        match self {
            Heeded::All => true,
            Heeded::Only(id) => policy.id == id,
            Heeded::None => false,
        }
    }
}

/// Decisions in whole units, by largest remainder: among schools alike for limits and money the total is rounded up where
/// a rule that is heeded demands at least so much, else down, so that little more is spent than before; `saved` is the
/// share of the latter that is left undone to pay for the former. As many posts arrive in a pool as leave it, and none
/// leaves that cannot be spared in one of the futures. Where that breaks a row of a future's program by itself, what was
/// rounded up most in it steps back.
pub fn in_whole_units(futures: &[&Future], units: &Units, heeded: Heeded, saved: f64) -> Units {
    let mut groups = groups(futures, units, heeded, saved);
    loop {
        let whole: Units = groups.iter().flat_map(Group::dealt).collect();
        let broken = futures.iter().find_map(|future| future.broken_by(&whole));
        let Some(broken) = broken else { return whole };
        if !step_back(&mut groups, &whole, &broken) {
            return whole;
        }
    }
}

/// What pushes a row over its limit, and whether the row is a quota.
struct Broken {
    decisions: BTreeSet<Decision>,
    quota: bool,
}

/// Takes back a step of what breaks a row: of a quota in all, else at the school that gives what it cannot spare. Whether
/// there was one to take back.
fn step_back(groups: &mut [Group], whole: &Units, broken: &Broken) -> bool {
    if !broken.quota {
        let parts = groups.iter_mut().flat_map(|group| {
            let step = group.step;
            group.parts[1].iter_mut().map(move |part| (part, step))
        });
        for (part, step) in parts {
            let given = whole.get(&part.one).copied().unwrap_or(0.0) / step;
            if given >= 1.0 && broken.decisions.contains(&part.one) {
                part.most = given - 1.0;
                return true;
            }
        }
    }
    let concerned = |group: &&mut Group| group.total >= 1.0 && group.has_any_of(&broken.decisions);
    let groups = groups.iter_mut().filter(concerned);
    let most = groups.max_by(|one, other| one.gained().total_cmp(&other.gained()));
    most.map(|group| group.total -= 1.0).is_some()
}

impl Future {
    /// A row of the program that these decisions break by themselves, whatever else is done; `None` where there is none.
    fn broken_by(&self, units: &Units) -> Option<Broken> {
        let decisions: BTreeMap<usize, Decision> = self.form.decisions(self.years).collect();
        let mut cols = self.form.program.cols.clone();
        for (&at, one) in &decisions {
            let value = units.get(one).copied().unwrap_or(0.0);
            (cols[at].lower, cols[at].upper) = (value, value);
        }
        let rows = self.form.program.rows.iter().zip(&self.form.rows);
        // What is there already is there: a ceiling forbids no decision.
        let limits = rows.filter(|(_, key)| !matches!(key, RowKey::Ceiling { .. }));
        for (row, key) in limits {
            let (least, most) = row.activity_range(&cols);
            let room = STEP * row.rhs.abs().max(1.0);
            let (over, under) = (least > row.rhs + room, most < row.rhs - room);
            let pushing = match row.sense {
                Sense::AtMost if over => 1.0,
                Sense::AtLeast if under => -1.0,
                _ => continue,
            };
            let decided = |&(col, number): &(usize, f64)| {
                decisions
                    .get(&col)
                    .copied()
                    .filter(|_| number * pushing > 0.0)
            };
            let found: BTreeSet<Decision> = row.entries.iter().filter_map(decided).collect();
            if found
                .iter()
                .any(|one| units.get(one).is_some_and(|&units| units > 0.0))
            {
                return Some(Broken {
                    decisions: found,
                    quota: matches!(key, RowKey::Quota { .. }),
                });
            }
        }
        None
    }
}

fn groups(futures: &[&Future], units: &Units, heeded: Heeded, saved: f64) -> Vec<Group> {
    let Some(first) = futures.first() else {
        return Vec::new();
    };
    let case = &first.case;
    let spare = spare(futures);
    let mut groups: BTreeMap<_, Group> = BTreeMap::new();
    for (&one, &units) in units {
        let measure = &case.measures[one.measure];
        let rotates = measure.lever.moves();
        let step = case.step(one.measure);
        let most = match one.gives {
            true => steps(spare.get(&one).copied().unwrap_or(0.0) / step),
            false => f64::INFINITY,
        };
        let demanded = futures
            .iter()
            .any(|future| is_demanded(future, &one, heeded));
        // A pool is one group: what arrives in it leaves it.
        let class = first.form.classes.class(one.measure, one.school);
        let alike = (!rotates).then_some((class, demanded));
        let at = (
            one.year,
            one.measure,
            alike,
            case.circle(one.measure, one.school),
        );
        let group = groups
            .entry(at)
            .or_insert_with(|| Group::new(step, rotates, case.least_steps(one.measure)));
        group.demanded |= demanded;
        let part = Part {
            one,
            units: units / step,
            most,
        };
        group.parts[usize::from(one.gives)].push(part);
    }
    let mut groups: Vec<Group> = groups.into_values().collect();
    for group in &mut groups {
        group.settle(saved);
    }
    groups
}

/// What each school can give in every one of the futures.
fn spare(futures: &[&Future]) -> Units {
    let mut spare = Units::new();
    for future in futures {
        for (col, one) in future.form.decisions(future.years) {
            let upper = future.form.program.cols[col].upper;
            let least = spare.entry(one).or_insert(f64::INFINITY);
            *least = least.min(upper);
        }
    }
    spare
}

/// Whether a rule of a future demands at least so much of a decision: so many units, or so much of funds that may pay
/// for it.
fn is_demanded(future: &Future, one: &Decision, heeded: Heeded) -> bool {
    let (case, reach) = (&future.case, &future.form.reach);
    let kind = reach.kind(one.school);
    let pays = |funds: &[FundIx]| {
        let counted = case.counted_funds(funds);
        reach
            .funds(one.measure, kind)
            .any(|fund| counted.contains(&fund))
    };
    let rules = reach.policies(one.measure, kind);
    let mut rules = rules.filter(|policy| heeded.heeds(&case.policies[*policy]));
    rules.any(|policy| match &case.policies[policy].rule {
        Rule::Share {
            bound: Bound::Min,
            funds,
            ..
        } => pays(funds),
        Rule::Quota {
            bound: Bound::Min, ..
        } => true,
        _ => false,
    })
}

/// Decisions among which whole units are dealt out: of schools alike for limits and money, or of a pool.
struct Group {
    /// What schools get, and what schools of a pool give.
    parts: [Vec<Part>; 2],
    step: f64,
    rotates: bool,
    /// The steps of the smallest project; 1 where any number will do.
    least: u64,
    /// Whether a rule demands at least so much.
    demanded: bool,
    /// Whole steps that are dealt out.
    total: f64,
}

impl Group {
    fn new(step: f64, rotates: bool, least: u64) -> Group {
        Group {
            parts: [Vec::new(), Vec::new()],
            step,
            rotates,
            least,
            demanded: false,
            total: 0.0,
        }
    }

    fn settle(&mut self, saved: f64) {
        let [gets, gives] = &self.parts;
        self.total = match self.demanded {
            true => -steps(-sum(gets)),
            false => steps(sum(gets) * (1.0 - saved)),
        };
        if self.rotates {
            let spared = gives.iter().fold(0.0, |sum, part| sum + part.most);
            self.total = self.total.min(spared);
        }
    }

    /// Steps that rounding has added.
    fn gained(&self) -> f64 {
        self.total - sum(&self.parts[0])
    }

    fn has_any_of(&self, decisions: &BTreeSet<Decision>) -> bool {
        let mut parts = self.parts.iter().flatten();
        parts.any(|part| decisions.contains(&part.one))
    }

    fn dealt(&self) -> Vec<(Decision, f64)> {
        let sides = self.parts.iter().flat_map(|side| match self.least {
            1 => rounded(side, self.total),
            least => in_projects(side, self.total, least as f64),
        });
        // To the millionths that a plan table has: units that are kept must be those that were written.
        let units = |steps: f64| (steps * self.step * 1e6).round() / 1e6;
        sides.map(|(one, steps)| (one, units(steps))).collect()
    }
}

/// One decision that is rounded, counted in steps.
#[derive(Clone, Copy)]
struct Part {
    one: Decision,
    units: f64,
    /// The most it may become.
    most: f64,
}

fn sum(parts: &[Part]) -> f64 {
    parts.iter().fold(0.0, |sum, part| sum + part.units)
}

/// Whole steps, but for rounding of what was added up.
fn steps(units: f64) -> f64 {
    (units + STEP.max(STEP * units.abs())).floor()
}

/// Parts in whole steps that add up to a total of no more than theirs: rounded down, and the rest where most was lost.
fn rounded(parts: &[Part], total: f64) -> Vec<(Decision, f64)> {
    let lost = |part: &Part, given: f64| part.units - given;
    let mut given: Vec<f64> = parts
        .iter()
        .map(|part| steps(part.units).min(part.most))
        .collect();
    let mut left = total - given.iter().fold(0.0, |sum, given| sum + given);
    while left.abs() >= 0.5 {
        let more = left > 0.0;
        let open = (0..parts.len()).filter(|&at| match more {
            true => given[at] + 1.0 <= parts[at].most,
            false => given[at] >= 1.0,
        });
        let by_lost = |&one: &usize, &other: &usize| {
            let order = lost(&parts[one], given[one]).total_cmp(&lost(&parts[other], given[other]));
            // The first in the file where they tie.
            order.then(other.cmp(&one))
        };
        let next = match more {
            true => open.max_by(by_lost),
            false => open.min_by(by_lost),
        };
        let Some(next) = next else { break };
        let change = if more { 1.0 } else { -1.0 };
        given[next] += change;
        left -= change;
    }
    let rounded = parts
        .iter()
        .zip(given)
        .map(|(part, given)| (part.one, given));
    rounded.filter(|(_, given)| *given > 0.0).collect()
}

/// Parts in projects of a least size that add up to a total of no more than theirs: the largest become projects, as many as
/// there can be, and what is left goes to the first of them.
fn in_projects(parts: &[Part], total: f64, least: f64) -> Vec<(Decision, f64)> {
    let mut largest: Vec<&Part> = parts.iter().filter(|part| part.units > 0.0).collect();
    largest.sort_by(|one, other| other.units.total_cmp(&one.units));
    let projects = ((total / least).floor().max(0.0) as usize).min(largest.len());
    largest.truncate(projects);
    let left = total - least * projects as f64;
    let given = |at: usize| if at == 0 { least + left } else { least };
    let dealt = largest.iter().enumerate();
    dealt.map(|(at, part)| (part.one, given(at))).collect()
}
