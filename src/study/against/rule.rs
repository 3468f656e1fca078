//! The simplest ladder of thresholds that comes near the optimum.
//!
//! Ladders of several grains and marks, ordered by what money does on each rung, come first. Where none is near enough, the
//! coarsest is bettered rung by rung: each is tried at every place, with other marks, and left out; then a rung more is
//! tried for some of the schools. At last whatever can be left out is left out. How many ladders are tried depends on the
//! size of the case alone, so that the same case gives the same rule.

use rayon::prelude::*;

use crate::case::{Case, Stage};
use crate::plan::rule::{ByRule, Grain, Rule, Rulebook, Rung};
use crate::words::Halt;

/// How much larger the gap of a rule may be that is said to come near, as a share.
pub const NEAR: f64 = 0.02;
/// How much a rule that does not come near may lose by being made simpler, as a share.
const SIMPLER: f64 = 0.002;
/// How much better a ladder must be to be taken, as a share.
const BETTER: f64 = 1e-6;
/// Looks at a school, year and rung that are afforded.
const LOOKS: usize = 8_000_000;
/// The fewest ladders that are tried for them, and the most.
const TRIED: [usize; 2] = [40, 5_000];
/// The most of the money that may go where no line says, because minimum shares and quotas of the case ask for it.
const OUTSIDE: f64 = 0.01;
/// The marks that are tried.
const MARKS: [f64; 8] = [1.0, 0.95, 0.9, 0.85, 0.8, 0.7, 0.6, 0.4];
/// How many insertions that help by themselves are tried together.
const TAKEN: usize = 40;
/// Sizes of schools are told apart by multiples of this.
const ROUND: f64 = 50.0;
/// The most lines of a rule while it is being bettered; it is made shorter at the end.
const LINES: usize = 48;
/// From which ratio on a measure is said to be worth more for some schools than for all.
const DIFFERS: f64 = 1.1;

/// A rule that can be published.
#[derive(Clone, Debug)]
pub struct Published {
    /// Its lines, first come first served.
    pub ladder: Vec<Rung>,
    /// The plan it makes.
    pub made: ByRule,
    /// The part of that plan's money that goes where no line says, since minimum shares and quotas of the case ask for it.
    pub outside: f64,
    /// How many ladders were tried.
    pub tried: usize,
    /// Whether the search was halted before it had tried all it would have.
    pub halted: bool,
}

/// The simplest rule that was found to come near a gap; where none does, the best, made as simple as costs little. `None`
/// where no ladder makes a plan that keeps the rules of the case.
pub fn published(case: &Case, book: &Rulebook, gap: f64, halt: &Halt) -> Option<Published> {
    let near = gap * (1.0 + NEAR);
    let coarse = book.kinds(Grain::default());
    let looks = case.schools.len() * case.horizon.years * coarse.len();
    let mut search = Search {
        case,
        book,
        halt,
        near,
        sizes: sizes(case),
        tried: 0,
        afforded: (LOOKS / looks.max(1)).clamp(TRIED[0], TRIED[1]),
    };
    let mut best = search.first()?;
    while best.gap > near && search.tried < search.afforded {
        let before = best.gap;
        best = search.bettered(best);
        if best.gap > near {
            best = search.refined(best);
        }
        if best.gap >= before * (1.0 - BETTER) {
            break;
        }
    }
    // What makes a rule simple is worth some trials more.
    search.afforded = search.tried + TRIED[0].max(4 * best.ladder.len());
    let limit = near.max(best.gap * (1.0 + SIMPLER));
    let best = search.simplified(best, limit);
    let made = book.plan(&Rule::Ladder(best.ladder.clone())).ok()?;
    Some(Published {
        outside: book.outside(&best.ladder, &made.rows),
        ladder: best.ladder,
        made,
        tried: search.tried,
        halted: halt.asked().is_some(),
    })
}

/// A ladder and the gap index it leaves.
#[derive(Clone, Debug)]
struct Tried {
    ladder: Vec<Rung>,
    gap: f64,
}

struct Search<'a> {
    case: &'a Case,
    book: &'a Rulebook<'a>,
    halt: &'a Halt,
    /// The gap index that is near enough.
    near: f64,
    /// Numbers of pupils from which schools are told apart.
    sizes: Vec<u32>,
    tried: usize,
    /// How many may be tried.
    afforded: usize,
}

impl Search<'_> {
    /// Tries ladders, as many as are still afforded, all at once.
    fn try_all(&mut self, mut ladders: Vec<Vec<Rung>>) -> Vec<Option<Tried>> {
        ladders.truncate(self.afforded.saturating_sub(self.tried));
        let tried = ladders.into_par_iter().with_max_len(1).map(|ladder| {
            if self.halt.asked().is_some() {
                return None;
            }
            let rule = Rule::Ladder(ladder);
            let comes_to = self.book.come_to(&rule);
            let Rule::Ladder(ladder) = rule else {
                return None;
            };
            let followed = comes_to.filter(|one| one.outside <= OUTSIDE);
            Some(followed.map(|one| Tried {
                ladder,
                gap: one.gap,
            }))
        });
        // Within are those that were tried at all before a halt.
        let tried: Vec<Option<Option<Tried>>> = tried.collect();
        self.tried += tried.iter().flatten().count();
        tried.into_iter().map(Option::flatten).collect()
    }

    /// The best of some ladders, if it is better than what there is.
    fn best_of(&mut self, ladders: Vec<Vec<Rung>>, than: &Tried) -> Option<Tried> {
        let tried = self.try_all(ladders).into_iter();
        tried
            .flatten()
            .min_by(|one, other| one.gap.total_cmp(&other.gap))
            .filter(|best| best.gap < than.gap * (1.0 - BETTER))
    }

    /// Ladders of every grain and set of marks, each ordered by worth: of those that come near the shortest, else the best
    /// of those that are short.
    fn first(&mut self) -> Option<Tried> {
        let mut bands: Vec<f64> = self.case.bands().iter().map(|band| band.below).collect();
        bands.dedup();
        let mut marks = vec![vec![1.0]];
        if !marks.contains(&bands) {
            marks.push(bands);
        }
        let mut ladders: Vec<Vec<Rung>> = Vec::new();
        for (stages, areas) in [(false, false), (true, false), (false, true), (true, true)] {
            let kinds = self.book.kinds(Grain { stages, areas });
            let of_grain = marks.iter().map(|marks| self.book.by_worth(&kinds, marks));
            ladders.extend(of_grain);
        }
        ladders.push(self.by_differing_worth());
        ladders.sort_by_key(Vec::len);
        let tried = self.try_all(ladders).into_iter();
        let tried: Vec<Tried> = tried.flatten().collect();
        let near = tried.iter().find(|one| one.gap <= self.near);
        let short = tried.iter().filter(|one| one.ladder.len() <= LINES);
        let best = short.min_by(|one, other| one.gap.total_cmp(&other.gap));
        near.or(best).or(tried.first()).cloned()
    }

    /// A ladder that tells schools apart where a measure is worth more for some of them than for all.
    fn by_differing_worth(&self) -> Vec<Rung> {
        let all = self.book.kinds(Grain::default());
        let mut kinds = all.clone();
        for rung in all {
            let worth = self.book.worth(&rung);
            let narrower = self.narrower(rung).into_iter();
            kinds.extend(narrower.filter(|one| self.book.worth(one) > DIFFERS * worth));
        }
        self.book.by_worth(&kinds, &[1.0])
    }

    /// Betters rung after rung until none can be bettered any more.
    fn bettered(&mut self, mut best: Tried) -> Tried {
        let mut since = 0;
        let mut at = 0;
        while since < best.ladder.len() && best.gap > self.near && self.tried < self.afforded {
            at = (at + 1) % best.ladder.len();
            match self.best_of(otherwise(&best.ladder, at), &best) {
                Some(better) => (best, since) = (better, 0),
                None => since += 1,
            }
        }
        best
    }

    /// The ladder with more rungs, each for some of the schools of another and before it: what helps by itself is taken as
    /// long as it helps together.
    fn refined(&mut self, mut best: Tried) -> Tried {
        let rungs = best.ladder.iter();
        let pairs =
            rungs.flat_map(|&rung| self.narrower(rung).into_iter().map(move |one| (one, rung)));
        let ways: Vec<(Rung, Rung, Way)> = pairs
            .flat_map(|(one, of)| Way::ALL.map(|way| (one, of, way)))
            .collect();
        let ladders = ways.iter().map(|way| inserted(&best.ladder, *way));
        let tried = self.try_all(ladders.collect());
        let mut helps: Vec<(f64, (Rung, Rung, Way))> = tried
            .into_iter()
            .zip(&ways)
            .filter_map(|(tried, way)| Some((tried?.gap, *way)))
            .filter(|(gap, _)| *gap < best.gap * (1.0 - BETTER))
            .collect();
        helps.sort_by(|one, other| one.0.total_cmp(&other.0));
        for (_, way) in helps.into_iter().take(TAKEN) {
            if best.ladder.len() >= LINES || best.gap <= self.near {
                break;
            }
            let ladder = inserted(&best.ladder, way);
            best = self.best_of(vec![ladder], &best).unwrap_or(best);
        }
        best
    }

    /// A rung for one stage, one kind of area or schools of some size.
    fn narrower(&self, rung: Rung) -> Vec<Rung> {
        let stages = Stage::ALL.into_iter().filter(|_| rung.stage.is_none());
        let stages = stages.map(|stage| Rung {
            stage: Some(stage),
            ..rung
        });
        let areas = self.case.areas.ids().filter(|_| rung.area.is_none());
        let areas = areas.map(|area| Rung {
            area: Some(area),
            ..rung
        });
        let sizes = self.sizes.iter().filter(|_| rung.pupils == 0);
        let sizes = sizes.map(|&pupils| Rung { pupils, ..rung });
        stages.chain(areas).chain(sizes).collect()
    }

    /// Leaves out rungs, the last first, as long as the gap stays within a limit.
    fn simplified(&mut self, mut best: Tried, limit: f64) -> Tried {
        for at in (0..best.ladder.len()).rev() {
            let mut shorter = best.ladder.clone();
            shorter.remove(at);
            let tried = self.try_all(vec![shorter]).pop().flatten();
            if let Some(found) = tried.filter(|found| found.gap <= limit) {
                best = found;
            }
        }
        best
    }
}

/// Round numbers of pupils near the quarters of the schools' sizes.
fn sizes(case: &Case) -> Vec<u32> {
    let pupils = case.schools.iter().filter_map(|school| school.pupils);
    let mut pupils: Vec<f64> = pupils
        .map(|pupils| pupils.primary + pupils.junior)
        .collect();
    pupils.sort_by(f64::total_cmp);
    let at = |quarter: usize| pupils.get(pupils.len() * quarter / 4).copied();
    let round = |pupils: f64| ((pupils / ROUND).round() * ROUND) as u32;
    let mut sizes: Vec<u32> = (1..4).filter_map(at).map(round).collect();
    sizes.retain(|&size| size > 0);
    sizes.dedup();
    sizes
}

/// How a rung for some of the schools of another comes in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Way {
    /// Before all others.
    First,
    /// Just before the other.
    Before,
    /// In the place of the other, which becomes the last.
    Instead,
}

impl Way {
    const ALL: [Way; 3] = [Way::First, Way::Before, Way::Instead];
}

/// A ladder with a rung for some of the schools of another.
fn inserted(ladder: &[Rung], (rung, of, way): (Rung, Rung, Way)) -> Vec<Rung> {
    let at = ladder.iter().position(|one| *one == of).unwrap_or(0);
    let mut ladder = ladder.to_vec();
    match way {
        Way::First => ladder.insert(0, rung),
        Way::Before => ladder.insert(at, rung),
        Way::Instead => {
            let of = std::mem::replace(&mut ladder[at], rung);
            ladder.push(of);
        }
    }
    ladder
}

/// A ladder with one rung at every other place, with every other mark, and without it.
fn otherwise(ladder: &[Rung], at: usize) -> Vec<Vec<Rung>> {
    let rung = ladder[at];
    let mut without = ladder.to_vec();
    without.remove(at);
    let places = (0..ladder.len()).filter(|&place| place != at);
    let moved = places.map(|place| {
        let mut moved = without.clone();
        moved.insert(place, rung);
        moved
    });
    let marks = MARKS.into_iter().filter(|&mark| mark != rung.mark);
    let marked = marks.map(|mark| {
        let mut marked = ladder.to_vec();
        marked[at].mark = mark;
        marked
    });
    moved.chain(marked).chain([without.clone()]).collect()
}
