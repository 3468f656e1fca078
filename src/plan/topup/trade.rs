//! Units that would close more elsewhere: the schools that get a measure trade them, with what they cost.
//!
//! Dealing out serves the lowest first, year by year. Where a unit meets a part of a need only, which part it is depends
//! on the school, and when it comes on what it will be worth at the end. Two schools may trade a unit of one year, or
//! years with one another: what is bought each year stays the same, and so does what it costs.

use super::{At, TopUp};
use crate::case::{Circle, Each, First, Policy, Rule};
use crate::words::tolerance::STEP;
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

/// Schools that may trade with one another at most: what is looked through grows with them and with the trades made.
const MANY: usize = 2_000;
/// Schools of a case up to which there is any trade.
const MANY_IN_ALL: usize = 10_000;
/// How often schools trade a measure at most, for each school.
const TRADES: usize = 8;
/// What a trade must close at least, as a part of the gap of the two schools.
pub(super) const WORTH: f64 = 1e-6;

/// What changes at a school: a step more in a year, one less, or both.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Change {
    pub less: Option<usize>,
    pub more: Option<usize>,
}

/// What schools that trade have in common: who pays, which rules speak of them, and for posts which neighbours they come
/// from.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Kin {
    class: Option<usize>,
    kind: usize,
    circle: Option<Circle>,
}

/// A school, and for each change what it would close there; `None` where it cannot be.
pub(super) struct Trader {
    pub school: SchoolIx,
    pub gap: f64,
    pub closes: Vec<Option<f64>>,
}

impl TopUp<'_, '_> {
    /// Lets schools trade as long as that closes gap. Nobody gets what is not wished.
    pub(super) fn trade(&mut self) {
        let schools = self.case.schools.len();
        let stays = |policy: &Policy| matches!(policy.rule, Rule::Stay { .. });
        let bound = self.case.has_targets()
            || self.case.policies.iter().any(stays)
            || self.case.limits_differences()
            || self.case.objective.first == First::Leximin;
        if bound || schools > MANY_IN_ALL {
            return;
        }
        for measure in self.case.measures.ids() {
            // A project is not taken apart.
            if self.is_counted_by_place(measure) || self.case.least_steps(measure) > 1 {
                continue;
            }
            let alike = self.alike(measure);
            for schools in &alike {
                if schools.len() <= MANY {
                    self.trade_among(measure, schools);
                }
            }
            // What rotates leaves where it arrives from: that is no matter between two schools.
            let moves = self.case.measures[measure].lever.moves();
            if !moves && alike.len() > 1 && schools <= MANY {
                self.trade_across(measure, &alike);
            }
        }
    }

    /// Whether a quota counts a measure in each county, township or school by itself.
    fn is_counted_by_place(&self, measure: MeasureIx) -> bool {
        self.case.policies.iter().any(|policy| {
            let by_place = matches!(policy.rule, Rule::Quota { each, .. } if each != Each::All);
            by_place && policy.scope.covers_measure(self.case, measure)
        })
    }

    /// By school: whether it gives away anything of what a measure brings, which rests on what it gets itself.
    fn gives(&self, measure: MeasureIx) -> Vec<bool> {
        let case = self.case;
        let mut gives = vec![false; case.schools.len()];
        for (&(_, other, school), dealt) in self.deal.iter() {
            let mut served = case.measures[other].serves();
            if dealt.taken > 0.0
                && served.any(|(resource, _)| case.measures[measure].brings(resource).is_some())
            {
                gives[school.at()] = true;
            }
        }
        gives
    }

    /// The schools that may get a measure, those together that are paid for alike; none of which anything is kept.
    fn alike(&self, measure: MeasureIx) -> Vec<Vec<SchoolIx>> {
        let case = self.case;
        let mut alike: Vec<(Kin, Vec<SchoolIx>)> = Vec::new();
        let moves = case.measures[measure].lever.moves();
        let gives = self.gives(measure);
        let open = case.schools.ids().filter(|&school| {
            let resource = case.measures[measure].resource;
            let kept = |year| {
                let dealt = self.deal.get(&(year, measure, school));
                dealt.is_some_and(|dealt| dealt.kept)
            };
            self.aim.is_open(school)
                && self.ledger.reach().allows(measure, school)
                && !gives[school.at()]
                && !self.course.missing(school, resource, 0).is_nan()
                && !case.open_years().any(kept)
        });
        for school in open {
            let kin = Kin {
                class: self.classes.class(measure, school),
                kind: self.ledger.reach().kind(school),
                circle: moves.then(|| case.circle(measure, school)),
            };
            match alike.iter_mut().find(|one| one.0 == kin) {
                Some(one) => one.1.push(school),
                None => alike.push((kin, vec![school])),
            }
        }
        alike.into_iter().map(|one| one.1).collect()
    }

    fn trade_among(&mut self, measure: MeasureIx, schools: &[SchoolIx]) {
        let changes = self.changes(measure);
        let mut traders: Vec<Trader> = schools
            .iter()
            .map(|&school| self.trader(measure, school, &changes))
            .collect();
        for _ in 0..TRADES * schools.len() {
            let Some((first, second, change)) = best(&traders, &changes) else {
                return;
            };
            let sides = [
                (first, changes[change]),
                (second, changes[change].opposite()),
            ];
            let done = self.do_both(
                measure,
                sides.map(|(at, change)| (traders[at].school, change)),
            );
            for (at, change) in sides {
                match done {
                    true => traders[at] = self.trader(measure, traders[at].school, &changes),
                    // The books do not allow it: these two are not asked for it again.
                    false => {
                        let at_change = changes.iter().position(|one| *one == change);
                        if let Some(at_change) = at_change {
                            traders[at].closes[at_change] = None;
                        }
                    }
                }
            }
        }
    }

    /// A step more in each year, a step less, and each year for each other.
    pub(super) fn changes(&self, measure: MeasureIx) -> Vec<Change> {
        // Who gives a post in one year may have none to spare in another.
        let moves = self.case.measures[measure].lever.moves();
        let years: Vec<usize> = self.case.open_years().map(YearIx::at).collect();
        let mut changes = Vec::new();
        for &year in &years {
            let year = Some(year);
            changes.push(Change {
                less: None,
                more: year,
            });
            changes.push(Change {
                less: year,
                more: None,
            });
            let others = years.iter().filter(|&&other| !moves && Some(other) != year);
            changes.extend(others.map(|&other| Change {
                less: year,
                more: Some(other),
            }));
        }
        changes
    }

    /// What changes would close at a school as things stand.
    pub(super) fn trader(
        &mut self,
        measure: MeasureIx,
        school: SchoolIx,
        changes: &[Change],
    ) -> Trader {
        let gap = self.gap_of(measure, school);
        let closes = changes.iter().map(|change| {
            let step = self.case.step(measure);
            let at = |year: usize| -> At { (YearIx::new(year), measure, school) };
            if let Some(year) = change.less {
                let dealt = self.deal.get(&at(year)).copied().unwrap_or_default();
                if dealt.brought < step * (1.0 - STEP) {
                    return None;
                }
                self.course.bring(self.case, at(year), -step);
            }
            let more = change.more.map(at);
            let open = more.is_none_or(|at| {
                let service = self.case.service(measure, at.0);
                self.aim.welcomes(&at)
                    && self.course.open(self.case, school, measure, &service) > STEP * step
            });
            let closes = open.then(|| {
                if let Some(at) = more {
                    self.course.bring(self.case, at, step);
                }
                let after = self.gap_of(measure, school);
                if let Some(at) = more {
                    self.course.bring(self.case, at, -step);
                }
                gap - after
            });
            if let Some(year) = change.less {
                self.course.bring(self.case, at(year), step);
            }
            closes
        });
        let closes = closes.collect();
        Trader {
            school,
            gap,
            closes,
        }
    }

    /// The gap index of a school over the resources in which a measure counts.
    fn gap_of(&self, measure: MeasureIx, school: SchoolIx) -> f64 {
        let served = self.case.measures[measure].serves();
        let gaps = served.map(|(resource, _)| self.course.gap_at(school, resource));
        crate::words::sum::sum(gaps)
    }

    /// Makes two changes, or neither; whether they were made. Neither payments nor quotas notice: what one school no longer
    /// gets in a year the other gets, of the same kind and at the same price.
    fn do_both(&mut self, measure: MeasureIx, sides: [(SchoolIx, Change); 2]) -> bool {
        let case = self.case;
        let step = case.step(measure);
        let mut due = vec![Money::ZERO; case.horizon.period_count()];
        let mut moved: Vec<(At, f64)> = Vec::new();
        for (school, change) in sides {
            for (year, units) in [(change.less, -step), (change.more, step)] {
                let Some(year) = year.map(YearIx::new) else {
                    continue;
                };
                let at = (year, measure, school);
                let before = self.deal.get(&at).map_or(0.0, |dealt| dealt.brought);
                let dues = |units| case.dues(measure, year, units);
                let more = dues(before + units) - dues(before);
                for (period, more) in more.iter() {
                    due[period] += more;
                }
                moved.push((at, units));
            }
        }
        // Prices that are no whole hundredths are rounded for a school's units together.
        if due.iter().any(|due| !due.is_zero()) {
            return false;
        }
        for (at, units) in moved {
            self.deal.entry(at).or_default().brought += units;
            self.course.bring(case, at, units);
        }
        true
    }
}

impl Change {
    /// What another school does in return.
    pub(super) fn opposite(self) -> Change {
        Change {
            less: self.more,
            more: self.less,
        }
    }
}

/// The two schools and the change of the first that together close most, if that is worth a trade.
fn best(traders: &[Trader], changes: &[Change]) -> Option<(usize, usize, usize)> {
    let mut best: Option<(f64, (usize, usize, usize))> = None;
    for (at, change) in changes.iter().enumerate() {
        let back = changes.iter().position(|one| *one == change.opposite())?;
        // Each pair of changes is looked at from one side.
        if back < at {
            continue;
        }
        let [ones, others] = [at, back].map(|change| two_best(traders, change));
        for &(first, one) in ones.iter().flatten() {
            for &(second, other) in others.iter().flatten() {
                let closes = one + other;
                let worth = WORTH * (traders[first].gap + traders[second].gap);
                let better = best.is_none_or(|(most, _)| closes > most);
                if first != second && closes > worth && better {
                    best = Some((closes, (first, second, at)));
                }
            }
        }
    }
    best.map(|(_, found)| found)
}

/// The two schools at which a change closes most (opens least), the first where they tie.
fn two_best(traders: &[Trader], change: usize) -> [Option<(usize, f64)>; 2] {
    let mut found: [Option<(usize, f64)>; 2] = [None, None];
    for (at, trader) in traders.iter().enumerate() {
        let Some(closes) = trader.closes[change] else {
            continue;
        };
        if found[0].is_none_or(|(_, most)| closes > most) {
            found = [Some((at, closes)), found[0]];
        } else if found[1].is_none_or(|(_, most)| closes > most) {
            found[1] = Some((at, closes));
        }
    }
    found
}
