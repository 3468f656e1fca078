//! What is in conflict, and which rules it is enough to give way in.
//!
//! A conflict is an irreducible set: rules that no plan keeps together, though each can be let go so that the others
//! can. Whoever gives way must give way in every conflict. The conflicts and the smallest sets of rules that touch all of
//! them are found together by a hitting-set tree, breadth first (Reiter, A theory of diagnosis from first principles,
//! 1987): a set of rules that leaves a case impossible shows the next conflict, one that does not is enough.

use std::collections::{BTreeSet, VecDeque};

use crate::plan::culprits::{Rule, Trial, Trials, irreducible};

/// How many rules are given way in at once at most.
const MOST_TOGETHER: usize = 3;

/// What was found about the conflicts of a case.
#[derive(Default)]
pub struct Conflicts {
    /// Irreducible sets, in the order in which they were met.
    pub sets: Vec<BTreeSet<Rule>>,
    /// Sets of rules without which the case is possible, none of them part of another: the fewest rules first, then
    /// in order of the rules.
    pub enough: Vec<BTreeSet<Rule>>,
    /// Whether every set of at most three rules that is enough was found.
    pub complete: bool,
    /// Whether it is impossible even without any rule.
    pub hopeless: bool,
}

impl Conflicts {
    /// Looks for conflicts until as many sets are found that are enough, as far as the trials go.
    pub fn of(trials: &mut Trials, wanted: usize) -> Conflicts {
        let mut found = Conflicts {
            complete: true,
            ..Conflicts::default()
        };
        let all = trials.all();
        let mut open = VecDeque::from([BTreeSet::new()]);
        let mut seen: BTreeSet<BTreeSet<Rule>> = BTreeSet::new();
        while let Some(without) = open.pop_front() {
            if found
                .enough
                .iter()
                .any(|smaller| smaller.is_subset(&without))
            {
                continue;
            }
            if found.enough.len() >= wanted {
                found.complete = false;
                break;
            }
            let Some(conflict) = found.conflict(trials, &all, &without) else {
                continue;
            };
            if without.len() == MOST_TOGETHER {
                found.complete = false;
                continue;
            }
            for rule in conflict {
                let mut more = without.clone();
                more.insert(rule);
                if seen.insert(more.clone()) {
                    open.push_back(more);
                }
            }
        }
        if found.enough.is_empty() {
            found.by_any_means(trials, &all);
        }
        found
            .enough
            .sort_by(|one, other| (one.len(), one).cmp(&(other.len(), other)));
        found
    }

    /// One set that is enough where no small one is: the first rule of each conflict, as long as there is one, less those
    /// that the others make needless.
    fn by_any_means(&mut self, trials: &mut Trials, all: &BTreeSet<Rule>) {
        let mut without = BTreeSet::new();
        while let Some(conflict) = self.conflict(trials, all, &without) {
            without.extend(conflict.first());
        }
        let Some(mut enough) = self.enough.pop() else {
            return;
        };
        for rule in without {
            let mut fewer = enough.clone();
            fewer.remove(&rule);
            let standing: BTreeSet<Rule> = all.difference(&fewer).copied().collect();
            if matches!(trials.stand(&standing), Trial::Possible) {
                enough = fewer;
            }
        }
        self.enough.push(enough);
    }

    /// A conflict among all rules but these; `None` where there is none, which is then noted, or none was found.
    fn conflict(
        &mut self,
        trials: &mut Trials,
        all: &BTreeSet<Rule>,
        without: &BTreeSet<Rule>,
    ) -> Option<BTreeSet<Rule>> {
        let known = self.sets.iter().find(|set| set.is_disjoint(without));
        if let Some(known) = known {
            return Some(known.clone());
        }
        let standing: BTreeSet<Rule> = all.difference(without).copied().collect();
        let proof = match trials.stand(&standing) {
            Trial::Possible => {
                self.enough.push(without.clone());
                return None;
            }
            Trial::Unknown => {
                self.complete = false;
                return None;
            }
            Trial::Impossible(proof) => proof,
        };
        match irreducible(trials, &standing, &proof) {
            Some(conflict) if conflict.is_empty() => {
                self.hopeless = true;
                self.complete = false;
                None
            }
            Some(conflict) => {
                self.sets.push(conflict.clone());
                Some(conflict)
            }
            None => {
                self.complete = false;
                None
            }
        }
    }
}
