//! Which indicators stay below their norm where a rule leaves that open: branch and bound.
//!
//! The program in which parts of indicators may stay below (see `formulate::indicators`) bounds every choice. Where it
//! has more indicators below at a school than may, one of them is met, or stays below, each in a program of its own; and
//! so on. A choice is a program with the norms of the others as targets, so that what is found is a plan's optimum like any
//! other; what is left unexplored tells how far it may be from the best.

use std::collections::BTreeMap;

use super::known;
use crate::case::Case;
use crate::case::balance::checks;
use crate::case::policy::Relaxed;
use crate::formulate::{Formulated, Kept, Leeway, formulate};
use crate::plan::answer::Options;
use crate::plan::proof::Proof;
use crate::plan::prove::Known;
use crate::program::Program;
use crate::program::certificate::distance;
use crate::words::PolicyIx;
use crate::words::tolerance::PROVEN;

/// How many programs are solved before the search is given up: fewer where they are large.
const MOST: usize = 120;
const FEWEST: usize = 24;
const ROWS: usize = 400_000;

/// How often what is nearest is mended.
const PUMPS: usize = 4;

/// What it costs to be below the norm by all that may be, as a part of the gap.
const PRICE: f64 = 0.01;

/// An indicator stays below its norm when this part of what it may be short is.
const BELOW: f64 = 1e-6;

/// A choice.
#[derive(Clone, Debug)]
pub struct Choice {
    /// The case with it made.
    pub case: Case,
    /// No plan, whatever is chosen, has a smaller gap index than this, in divisible amounts.
    pub bound: f64,
}

/// What came of the search.
pub(super) enum Chosen {
    /// A choice.
    Made(Box<Choice>),
    /// None: the last program that was looked at, and what is known of it. It is impossible where every choice is.
    Not(Box<(Formulated, Known)>),
}

/// Chooses for the smallest gap.
pub(super) fn choose(case: &Case, kept: &[Kept], options: &Options) -> Chosen {
    let form = formulate(case, kept);
    let mut tree = Tree::of(&form, options);
    match tree.search() {
        Some(known) => {
            let program = tree.last.take();
            let mut form = form.clone();
            form.program = program.unwrap_or(form.program);
            Chosen::Not(Box::new((form, known)))
        }
        None => {
            let chosen = tree.best.as_ref().map_or(&[][..], |best| &best.below);
            Chosen::Made(Box::new(Choice {
                case: case.with_relaxed(relaxed(case, &form.leeways, chosen)),
                bound: tree.bound() + form.untouched(),
            }))
        }
    }
}

/// Whether some choice leaves a program a point: one if so. Where none does, one of the programs that are impossible, with its
/// multipliers.
pub fn any_choice(form: &Formulated, options: &Options) -> (Option<Program>, Known) {
    let mut tree = Tree::of(form, options);
    (tree.any, tree.left) = (true, FEWEST);
    let known = match tree.search() {
        Some(known) => known,
        None => match tree.best.take() {
            Some(best) => Known::Point(best.proof),
            None => Known::Undecided(GIVEN_UP.to_string()),
        },
    };
    (tree.last.take(), known)
}

/// By rule, the indicators that stay below their norm: all that may where no more could.
fn relaxed(case: &Case, leeways: &[Leeway], chosen: &[Vec<bool>]) -> BTreeMap<PolicyIx, Relaxed> {
    let mut found: BTreeMap<PolicyIx, Relaxed> = BTreeMap::new();
    for check in checks(case) {
        let at = leeways.iter().position(|one| one.check == check);
        let stays = |resource: &crate::words::ResourceIx| match at {
            None => check.free > 0,
            Some(at) => {
                let mut slots = leeways[at].slots.iter().zip(&chosen[at]);
                slots.any(|(slot, below)| *below && slot.resource == *resource)
            }
        };
        let resources = check.parts.iter().map(|part| part.0).filter(stays);
        let named = resources.map(|resource| (check.school, check.section, check.year, resource));
        found.entry(check.policy).or_default().extend(named);
    }
    found
}

/// An indicator of a leeway: the positions of both.
type At = (usize, usize);

/// A program with some indicators decided: whether each stays below.
struct Node {
    decided: BTreeMap<At, bool>,
    proof: Proof,
}

struct Tree<'a> {
    form: &'a Formulated,
    options: &'a Options,
    open: Vec<Node>,
    best: Option<Best>,
    /// A program that was proven impossible, and how.
    impossible: Option<(Program, Vec<f64>)>,
    /// The program of which is known what is said of the whole, where that is not the first.
    last: Option<Program>,
    /// How many programs may still be solved.
    left: usize,
    /// The smallest bound of programs that need not be looked into.
    shut: f64,
    /// The same of those that came to nothing, so that nothing more is known of their choices.
    lost: f64,
    /// Whether any choice will do.
    any: bool,
}

/// The best choice so far.
struct Best {
    proof: Proof,
    /// By leeway and slot whether it stays below.
    below: Vec<Vec<bool>>,
}

impl<'a> Tree<'a> {
    fn of(form: &'a Formulated, options: &'a Options) -> Tree<'a> {
        Tree {
            form,
            options,
            open: Vec::new(),
            best: None,
            impossible: None,
            last: None,
            left: (ROWS / form.program.rows.len().max(1)).clamp(FEWEST, MOST),
            shut: f64::INFINITY,
            lost: f64::INFINITY,
            any: false,
        }
    }

    /// What no choice goes below.
    fn bound(&self) -> f64 {
        let open = self.open.iter().map(|node| node.proof.bound);
        let found = self.best.iter().map(|best| best.proof.objective);
        open.chain(found).fold(self.lost.min(self.shut), f64::min)
    }

    /// Looks for the best choice. What is known where there is none.
    fn search(&mut self) -> Option<Known> {
        let decided = self.forced();
        match self.solve(&decided) {
            Known::Point(proof) => {
                self.round(&proof, &decided);
                self.open.push(Node { decided, proof });
            }
            known => return Some(known),
        }
        self.impossible = None;
        while let Some(node) = self.next() {
            let Some(at) = self.undecided(&node) else {
                self.shut = self.shut.min(node.proof.bound);
                self.take(node.proof, &BTreeMap::new());
                continue;
            };
            // What stays below is tried first: it asks for less.
            for below in [true, false] {
                let mut decided = node.decided.clone();
                decided.insert(at, below);
                match self.solve(&decided) {
                    Known::Point(proof) => {
                        self.round(&proof, &decided);
                        self.open.push(Node { decided, proof });
                    }
                    Known::Impossible(_) => {}
                    _ => self.lost = self.lost.min(node.proof.bound),
                }
            }
        }
        let all_seen = self.open.is_empty() && self.lost.is_infinite();
        match (&self.best, self.impossible.take()) {
            (Some(_), _) => None,
            (None, Some((program, multipliers))) if all_seen => {
                self.last = Some(program);
                Some(Known::Impossible(multipliers))
            }
            _ if self.options.halt.asked().is_some() => Some(Known::Halted(None)),
            _ => Some(Known::Undecided(GIVEN_UP.to_string())),
        }
    }

    /// The node to look at next: before there is a choice the one where most is decided, then the one with the smallest
    /// bound. `None` where the best is proven, or the search is over.
    fn next(&mut self) -> Option<Node> {
        if self.left == 0 || self.options.halt.asked().is_some() {
            return None;
        }
        if let Some(best) = &self.best {
            if self.any {
                return None;
            }
            let least = best.proof.objective;
            let is_worth = |node: &Node| distance(least, node.proof.bound) > PROVEN / 2.0;
            let (open, shut): (Vec<Node>, Vec<Node>) = std::mem::take(&mut self.open)
                .into_iter()
                .partition(is_worth);
            self.open = open;
            let shut = shut.iter().map(|node| node.proof.bound);
            self.shut = shut.fold(self.shut, f64::min);
        }
        let key = |node: &Node| match self.best {
            None => -(node.decided.len() as f64),
            Some(_) => node.proof.bound,
        };
        let keys: Vec<f64> = self.open.iter().map(key).collect();
        let first = (0..keys.len()).min_by(|&a, &b| keys[a].total_cmp(&keys[b]))?;
        Some(self.open.swap_remove(first))
    }

    /// What has to stay below, since no measures bring enough.
    fn forced(&self) -> BTreeMap<At, bool> {
        let mut forced = BTreeMap::new();
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            for (place, slot) in leeway.slots.iter().enumerate() {
                let row = &self.form.program.rows[slot.row];
                let most = row.activity_range(&self.form.program.cols).1 - slot.most;
                if most < row.rhs - BELOW * slot.most {
                    forced.insert((at, place), true);
                }
            }
        }
        forced
    }

    fn program(&self, decided: &BTreeMap<At, bool>) -> Program {
        let mut program = self.form.program.clone();
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            let row = &mut program.rows[leeway.row];
            let is = |slot: usize| decided.get(&(at, slot)).copied();
            let slots = || leeway.slots.iter().enumerate();
            let below = slots().filter(|(slot, _)| is(*slot) == Some(true)).count();
            let free = leeway.check.free.saturating_sub(below);
            let still = |slot: usize| is(slot).is_none() && free > 0;
            row.rhs = free as f64;
            row.entries
                .retain(|entry| slots().any(|(slot, one)| one.col == entry.0 && still(slot)));
            for (slot, one) in slots() {
                if is(slot) != Some(true) && !still(slot) {
                    program.cols[one.col].upper = 0.0;
                }
            }
            let open = slots().filter(|(slot, _)| still(*slot)).count();
            if open <= free {
                // Nothing is left to be chosen: equal schools may be lumped.
                let row = &mut program.rows[leeway.row];
                (row.entries, row.rhs) = (Vec::new(), 0.0);
            }
        }
        program
    }

    fn solve(&mut self, decided: &BTreeMap<At, bool>) -> Known {
        if self.left == 0 {
            return Known::Undecided(GIVEN_UP.to_string());
        }
        self.left -= 1;
        let program = self.program(decided);
        let known = known(&program, self.options);
        if let Known::Impossible(multipliers) = &known {
            self.impossible = Some((program, multipliers.clone()));
        }
        known
    }

    fn part(&self, proof: &Proof, (leeway, slot): At) -> f64 {
        let slot = &self.form.leeways[leeway].slots[slot];
        proof.values[slot.col] / slot.most
    }

    /// The indicator that is farthest from being decided, where more stay below than may: what it weighs by its price.
    fn undecided(&self, node: &Node) -> Option<At> {
        let mut found: Option<(f64, At)> = None;
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            let slots = 0..leeway.slots.len();
            let below = slots
                .clone()
                .filter(|&slot| self.part(&node.proof, (at, slot)) > BELOW);
            if below.count() <= leeway.check.free {
                continue;
            }
            for slot in slots.filter(|&slot| !node.decided.contains_key(&(at, slot))) {
                let part = self.part(&node.proof, (at, slot)).clamp(0.0, 1.0);
                let one = &leeway.slots[slot];
                let price = node.proof.multipliers[one.row].abs() * one.most;
                let open = part.min(1.0 - part);
                let weight = open * price + 1e-9 * open;
                if part > BELOW && found.is_none_or(|best| weight > best.0) {
                    found = Some((weight, (at, slot)));
                }
            }
        }
        found.map(|best| best.1)
    }

    /// What is nearest to a point of all choices that keep what is decided, solved. Where that is impossible, what it would
    /// take is asked of a program in which the others may stay below at a price; and what stays below there is chosen next.
    fn round(&mut self, proof: &Proof, decided: &BTreeMap<At, bool>) {
        let mut parts = BTreeMap::new();
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            parts.extend(
                (0..leeway.slots.len()).map(|slot| ((at, slot), self.part(proof, (at, slot)))),
            );
        }
        for _ in 0..PUMPS {
            let whole = self.nearest(&parts, decided);
            if let Known::Point(proof) = self.solve(&whole) {
                self.take(proof, &whole);
                return;
            }
            let Some(needed) = self.needed(&whole, decided, proof.objective) else {
                return;
            };
            // What has to stay below goes before what does for nothing.
            for at in needed {
                *parts.entry(at).or_default() += 1.0;
            }
        }
    }

    /// As many as may of each leeway, those that stay below most.
    fn nearest(
        &self,
        parts: &BTreeMap<At, f64>,
        decided: &BTreeMap<At, bool>,
    ) -> BTreeMap<At, bool> {
        let mut whole = decided.clone();
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            let mut open: Vec<usize> = (0..leeway.slots.len()).collect();
            open.retain(|&slot| !decided.contains_key(&(at, slot)));
            let part = |slot: usize| parts[&(at, slot)];
            open.sort_by(|&a, &b| part(b).total_cmp(&part(a)).then(a.cmp(&b)));
            let is_below = |slot: &usize| decided.get(&(at, *slot)) == Some(&true);
            let below = (0..leeway.slots.len()).filter(is_below).count();
            let free = leeway.check.free.saturating_sub(below);
            for (place, slot) in open.into_iter().enumerate() {
                whole.insert((at, slot), place < free);
            }
        }
        whole
    }

    /// What stays below, beside those that are to, in a program in which every indicator may that is not decided, at a price.
    fn needed(
        &mut self,
        whole: &BTreeMap<At, bool>,
        decided: &BTreeMap<At, bool>,
        gap: f64,
    ) -> Option<Vec<At>> {
        if self.left == 0 {
            return None;
        }
        self.left -= 1;
        let mut program = self.program(whole);
        for (at, leeway) in self.form.leeways.iter().enumerate() {
            for (place, slot) in leeway.slots.iter().enumerate() {
                if whole.get(&(at, place)) == Some(&false) && !decided.contains_key(&(at, place)) {
                    let col = &mut program.cols[slot.col];
                    (col.upper, col.cost) = (slot.most, PRICE * gap.abs().max(1.0) / slot.most);
                }
            }
        }
        let Known::Point(proof) = known(&program, self.options) else {
            return None;
        };
        let not_meant = whole.iter().filter(|(_, below)| !**below);
        let found = not_meant.filter(|(at, _)| self.part(&proof, **at) > BELOW);
        Some(found.map(|(at, _)| *at).collect())
    }

    /// Takes a choice where it is the best so far: as decided, and what stays below in its point where nothing is.
    fn take(&mut self, proof: Proof, decided: &BTreeMap<At, bool>) {
        let is_better = |best: &Best| proof.objective < best.proof.objective;
        if !self.best.as_ref().is_none_or(is_better) {
            return;
        }
        let below = |at: usize, slot: usize| match decided.get(&(at, slot)) {
            Some(below) => *below,
            None => self.part(&proof, (at, slot)) > BELOW,
        };
        let leeways = self.form.leeways.iter().enumerate();
        let chosen = leeways.map(|(at, leeway)| {
            (0..leeway.slots.len())
                .map(|slot| below(at, slot))
                .collect()
        });
        let below = chosen.collect();
        self.best = Some(Best { proof, below });
    }
}

const GIVEN_UP: &str = "no choice of indicators was found in time";
