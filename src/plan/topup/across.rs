//! Trades between schools that are not paid for alike, or of which not the same rules speak: the books are asked.

use super::trade::{Change, Trader, WORTH};
use super::{At, TopUp};
use crate::words::{MeasureIx, SchoolIx, YearIx};

/// How often schools trade a measure across kinds at most.
const TRADES: usize = 200;

/// Two kinds of schools, and the change of the first that the second makes good.
type Sides = (usize, usize, usize);

/// Which trade comes next: what it closes, its sides, and the schools.
type Next = (f64, Sides, [usize; 2]);

impl TopUp<'_, '_> {
    /// Lets schools of different kinds trade a measure as long as that closes gap and the books allow it.
    pub(super) fn trade_across(&mut self, measure: MeasureIx, alike: &[Vec<SchoolIx>]) {
        let changes = self.changes(measure);
        let mut traders: Vec<Vec<Trader>> = Vec::new();
        for schools in alike {
            let all = schools
                .iter()
                .map(|&school| self.trader(measure, school, &changes));
            traders.push(all.collect());
        }
        let mut refused: Vec<Sides> = Vec::new();
        for _ in 0..TRADES {
            let Some((_, sides, schools)) = next(&traders, &changes, &refused) else {
                return;
            };
            let (first, second, change) = sides;
            let both = [
                (first, schools[0], changes[change]),
                (second, schools[1], changes[change].opposite()),
            ];
            let asked = both.map(|(kind, at, change)| (traders[kind][at].school, change));
            if !self.do_by_the_books(measure, asked) {
                refused.push(sides);
                continue;
            }
            for (kind, at, _) in both {
                traders[kind][at] = self.trader(measure, traders[kind][at].school, &changes);
            }
        }
    }

    /// Makes two changes through the books, or neither; whether they were made.
    fn do_by_the_books(&mut self, measure: MeasureIx, sides: [(SchoolIx, Change); 2]) -> bool {
        let saved = (self.ledger.clone(), self.course.clone(), self.deal.clone());
        let step = self.case.step(measure);
        let at = |school, year: usize| -> At { (YearIx::new(year), measure, school) };
        for (school, change) in sides {
            if let Some(year) = change.less {
                self.withdraw(at(school, year), step);
            }
        }
        let done = sides.iter().all(|&(school, change)| {
            change
                .more
                .is_none_or(|year| self.add(at(school, year), school, 1, None))
        }) && self.ledger.unmet_demand().is_none();
        if !done {
            (*self.ledger, *self.course, *self.deal) = saved;
        }
        done
    }
}

/// The trade across kinds that closes most, if it is worth it.
fn next(traders: &[Vec<Trader>], changes: &[Change], refused: &[Sides]) -> Option<Next> {
    let best: Vec<Vec<Option<(usize, f64)>>> = traders
        .iter()
        .map(|kind| {
            (0..changes.len())
                .map(|change| most(kind, change))
                .collect()
        })
        .collect();
    let mut found: Option<Next> = None;
    for (at, change) in changes.iter().enumerate() {
        let back = changes.iter().position(|one| *one == change.opposite())?;
        for (first, ones) in best.iter().enumerate() {
            for (second, others) in best.iter().enumerate() {
                let (Some(one), Some(other)) = (ones[at], others[back]) else {
                    continue;
                };
                let sides = (first, second, at);
                if first == second || refused.contains(&sides) {
                    continue;
                }
                let closes = one.1 + other.1;
                let gap = traders[first][one.0].gap + traders[second][other.0].gap;
                if closes > WORTH * gap && found.is_none_or(|(so_far, ..)| closes > so_far) {
                    found = Some((closes, sides, [one.0, other.0]));
                }
            }
        }
    }
    found
}

/// The school of a kind at which a change closes most, the first where they tie.
fn most(kind: &[Trader], change: usize) -> Option<(usize, f64)> {
    let closes = kind.iter().enumerate();
    let closes = closes.filter_map(|(at, trader)| Some((at, trader.closes[change]?)));
    closes.reduce(|most, one| if one.1 > most.1 { one } else { most })
}
