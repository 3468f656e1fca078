//! Which change did it: the difference between two scenarios, shared out among the changes that lead from the one to the
//! other.
//!
//! Every set of these changes is a case of its own and is solved by itself. From their gaps follow what a change does by
//! itself, what it does in the order stated, what it does when all others are made, and its Shapley value (Shapley 1953):
//! its effect averaged over all orders in which the changes could be made. Both the stated order and the Shapley values
//! add up to the whole difference.

use std::fmt::Debug;
use std::panic::{AssertUnwindSafe, catch_unwind};

use rayon::prelude::*;

use super::broken;
use crate::case::{Case, Change, Overlay};
use crate::plan::{Known, Options, Outcome, Verdict, once};
use crate::words::sum::sum;
use crate::words::tolerance::PROVEN;

/// The most changes of which every set is solved: 2 to this power are a thousand cases.
pub const MOST_PARTS: usize = 10;

/// A change on the way from one scenario to the other.
#[derive(Clone, Debug)]
pub struct Part {
    /// The change, as the scenario states it.
    pub change: Change,
    /// Whether it is of the first scenario, and is undone; else it is of the second, and is made.
    pub undone: bool,
}

/// The gap index of a case.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Gaps {
    /// Without any measure.
    pub now: f64,
    /// The smallest, proven.
    pub smallest: f64,
}

/// What a change does to the smallest gap, and to the gap without any measure.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Effect {
    /// Made first, before all others.
    pub alone: Gaps,
    /// Made when those before it are made.
    pub in_order: Gaps,
    /// Made when all others are made.
    pub last: Gaps,
    /// Averaged over all orders.
    pub shapley: Gaps,
}

/// The difference between two scenarios.
#[derive(Clone, Debug)]
pub struct Attribution {
    /// The first scenario's gaps.
    pub from: Gaps,
    /// The second scenario's gaps.
    pub to: Gaps,
    /// The changes in order, those that are undone first.
    pub parts: Vec<Part>,
    /// What each does.
    pub effects: Vec<Effect>,
    /// How many cases were solved, each proven.
    pub solved: usize,
}

/// Why a difference cannot be shared out.
#[derive(Debug)]
pub enum Refused {
    /// There are more changes than [`MOST_PARTS`]: so many.
    TooMany(usize),
    /// A set of the changes makes a case that has no proven optimum: which of the parts are made, the case, and what is
    /// known of it.
    NoPlan(Vec<bool>, Box<(Case, Verdict)>),
}

/// Shares out the difference between two scenarios of a case, solving in parallel on rayon's current pool. `done` is
/// told each case that is solved.
///
/// # Errors
/// As [`Refused`] says.
///
/// ```
/// use std::path::Path;
/// use junheng::plan::Options;
/// use junheng::study::diff::diff;
///
/// let read = junheng::read::read_case(Path::new("scenarios/five-schools"));
/// let case = read.case.expect("a sound case");
/// let books_first = &read.overlays[0].changes;
/// let found = diff(&case, &[], books_first, &Options::default(), &|_| {}).expect("proven gaps");
/// // With one change, all of the difference is its doing.
/// let whole = found.to.smallest - found.from.smallest;
/// assert!((found.effects[0].shapley.smallest - whole).abs() < 1e-9);
/// ```
pub fn diff(
    case: &Case,
    from: &[Change],
    to: &[Change],
    options: &Options,
    done: &(dyn Fn(usize) + Sync),
) -> Result<Attribution, Refused> {
    let way = Way::between(from, to);
    let count = way.parts.len();
    if count > MOST_PARTS {
        return Err(Refused::TooMany(count));
    }
    let worlds = 1_usize << count;
    let solve = |happened: usize| {
        let found = way.solve(case, happened, options);
        done(worlds);
        found
    };
    // Sets by the bits of their number. The two scenarios first: without them all the rest is idle.
    let mut gaps = vec![solve(0)?];
    let last = (worlds > 1).then(|| solve(worlds - 1)).transpose()?;
    let between: Vec<Result<Gaps, Refused>> = (1..worlds.max(2) - 1)
        .into_par_iter()
        .with_max_len(1)
        .map(solve)
        .collect();
    for one in between {
        gaps.push(one?);
    }
    gaps.extend(last);
    Ok(Attribution {
        from: gaps[0],
        to: gaps[worlds - 1],
        effects: (0..count).map(|part| effect(&gaps, part, count)).collect(),
        parts: way.parts,
        solved: worlds,
    })
}

/// The way from one list of changes to another.
struct Way {
    /// Changes in an order that holds both lists, each with the number of its part; `None` when both have it.
    steps: Vec<(Change, Option<usize>)>,
    parts: Vec<Part>,
}

impl Way {
    fn between(from: &[Change], to: &[Change]) -> Way {
        let common = common(from, to);
        let mut way = Way {
            steps: Vec::new(),
            parts: Vec::new(),
        };
        let (mut one, mut two) = (0, 0);
        let mut own: Vec<(Change, bool)> = Vec::new();
        for (a, b) in common.into_iter().chain([(from.len(), to.len())]) {
            own.extend(from[one..a].iter().map(|change| (change.clone(), true)));
            own.extend(to[two..b].iter().map(|change| (change.clone(), false)));
            for (change, undone) in own.drain(..) {
                way.steps.push((change.clone(), Some(way.parts.len())));
                way.parts.push(Part { change, undone });
            }
            if let Some(shared) = from.get(a) {
                way.steps.push((shared.clone(), None));
            }
            (one, two) = (a + 1, b + 1);
        }
        way.undone_first();
        way
    }

    /// Numbers the parts so that those that are undone come first, each kind in its order.
    fn undone_first(&mut self) {
        let mut order: Vec<usize> = (0..self.parts.len()).collect();
        order.sort_by_key(|&at| (!self.parts[at].undone, at));
        let mut number = vec![0; order.len()];
        for (new, &old) in order.iter().enumerate() {
            number[old] = new;
        }
        self.parts = order.iter().map(|&old| self.parts[old].clone()).collect();
        for (_, part) in &mut self.steps {
            *part = part.map(|old| number[old]);
        }
    }

    /// The case in which the parts of this set have happened: what is to be undone is undone, what is to be made is made.
    fn world(&self, case: &Case, happened: usize) -> Case {
        let stands = |part: &Option<usize>| {
            part.is_none_or(|part| self.parts[part].undone != (happened >> part & 1 == 1))
        };
        let changes = self.steps.iter().filter(|(_, part)| stands(part));
        let overlay = Overlay {
            name: String::new(),
            title: String::new(),
            changes: changes.map(|(change, _)| change.clone()).collect(),
        };
        overlay.apply(case)
    }

    fn solve(&self, case: &Case, happened: usize, options: &Options) -> Result<Gaps, Refused> {
        let solved = catch_unwind(AssertUnwindSafe(|| {
            let world = self.world(case, happened);
            let found = gaps(&world, options);
            (world, found)
        }));
        let (world, verdict) = match solved {
            Ok((_, Ok(gaps))) => return Ok(gaps),
            Ok((world, Err(verdict))) => (world, verdict),
            Err(_) => (case.clone(), broken().verdict),
        };
        let made = (0..self.parts.len()).map(|part| happened >> part & 1 == 1);
        Err(Refused::NoPlan(made.collect(), Box::new((world, verdict))))
    }
}

/// The gaps of a case.
///
/// # Errors
/// What is known of it, where its smallest gap is not proven.
pub(super) fn gaps(case: &Case, options: &Options) -> Result<Gaps, Verdict> {
    let (form, known) = once(case, options);
    match known {
        Known::Point(proof) if proof.distance() <= PROVEN => Ok(Gaps {
            now: Outcome::new(case, &[]).gap_before,
            smallest: form.untouched() + proof.objective,
        }),
        other => Err(other.verdict()),
    }
}

/// Positions of changes that both lists have, in the same order: a longest common subsequence.
fn common(from: &[Change], to: &[Change]) -> Vec<(usize, usize)> {
    // A change has no equality of its own; what it is built of says all of it.
    let same = |a: &dyn Debug, b: &dyn Debug| format!("{a:?}") == format!("{b:?}");
    let mut length = vec![vec![0; to.len() + 1]; from.len() + 1];
    for a in (0..from.len()).rev() {
        for b in (0..to.len()).rev() {
            length[a][b] = match same(&from[a], &to[b]) {
                true => length[a + 1][b + 1] + 1,
                false => length[a + 1][b].max(length[a][b + 1]),
            };
        }
    }
    let (mut a, mut b, mut found) = (0, 0, Vec::new());
    while a < from.len() && b < to.len() {
        if same(&from[a], &to[b]) {
            found.push((a, b));
            (a, b) = (a + 1, b + 1);
        } else if length[a + 1][b] >= length[a][b + 1] {
            a += 1;
        } else {
            b += 1;
        }
    }
    found
}

/// What a part does, from the gaps of every set of parts.
fn effect(gaps: &[Gaps], part: usize, count: usize) -> Effect {
    let bit = 1_usize << part;
    let step = |before: usize| gaps[before | bit].less(gaps[before]);
    let shares: Vec<(f64, Gaps)> = (0..gaps.len())
        .filter(|before| before & bit == 0)
        .map(|before| (weight(before.count_ones() as usize, count), step(before)))
        .collect();
    Effect {
        alone: step(0),
        in_order: step(bit - 1),
        last: step((gaps.len() - 1) & !bit),
        shapley: Gaps {
            now: sum(shares.iter().map(|(share, step)| share * step.now)),
            smallest: sum(shares.iter().map(|(share, step)| share * step.smallest)),
        },
    }
}

/// The part of all orders of `count` changes in which a given one comes right after a given set of `before` others:
/// before! · (count − before − 1)! / count!.
fn weight(before: usize, count: usize) -> f64 {
    let after = count - before - 1;
    // 1 / (count · C(count − 1, before)).
    let choose = (1..=after).fold(1.0, |product, at| {
        product * (before + at) as f64 / at as f64
    });
    1.0 / (count as f64 * choose)
}

impl Gaps {
    pub(super) fn less(self, other: Gaps) -> Gaps {
        Gaps {
            now: self.now - other.now,
            smallest: self.smallest - other.smallest,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terminal(years: &[f64]) -> Vec<Change> {
        years.iter().map(|&years| Change::Terminal(years)).collect()
    }

    #[test]
    fn the_way_leads_from_the_one_list_to_the_other() {
        let way = Way::between(&terminal(&[1.0, 2.0, 3.0]), &terminal(&[4.0, 2.0, 5.0]));
        let shown = |happened: usize| -> Vec<f64> {
            let stands = |part: &Option<usize>| {
                part.is_none_or(|part| way.parts[part].undone != (happened >> part & 1 == 1))
            };
            let steps = way.steps.iter().filter(|(_, part)| stands(part));
            steps
                .map(|(change, _)| match change {
                    Change::Terminal(years) => *years,
                    _ => f64::NAN,
                })
                .collect()
        };
        assert_eq!(way.parts.len(), 4);
        assert_eq!(shown(0), [1.0, 2.0, 3.0]);
        assert_eq!(shown(0b1111), [4.0, 2.0, 5.0]);
        assert_eq!(shown(0b0001), [2.0, 3.0], "1 is undone first");
        assert_eq!(shown(0b0100), [1.0, 4.0, 2.0, 3.0], "then 4 is made");
        assert!(
            Way::between(&terminal(&[1.0]), &terminal(&[1.0]))
                .parts
                .is_empty()
        );
    }

    #[test]
    fn shapley_shares_a_game_as_by_hand() {
        // The glove game: 1 and 2 have a left glove each, 3 a right one; a pair is worth 1.
        let worth = |set: usize| f64::from(u8::from(set & 4 != 0 && set & 3 != 0));
        let gaps: Vec<Gaps> = (0..8)
            .map(|set| Gaps {
                now: 0.0,
                smallest: worth(set),
            })
            .collect();
        let shares = [0, 1, 2].map(|part| effect(&gaps, part, 3).shapley.smallest);
        for (share, expected) in shares.into_iter().zip([1.0 / 6.0, 1.0 / 6.0, 4.0 / 6.0]) {
            assert!((share - expected).abs() < 1e-12, "{shares:?}");
        }
    }
}
