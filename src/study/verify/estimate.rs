//! What would move at the prices of the present optimum: an estimate for every doubt, from three programs built and one
//! solved.
//!
//! The multipliers of the shared rows (funds, classes of spending, pools, quotas) say what a unit of a measure at a
//! school costs in gap. As long as they hold, each need answers by itself: what closes more gap than it costs is done in
//! full, what closes less is left, and what ties stands at the cut-off, where the water-fill of the present plan decides.
//! A need that is left at both ends of a doubt leaves the proof of the present plan as it is: so nothing moves.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::doubtful::Doubtful;
use super::level::Levels;
use crate::case::{Case, Quantity, Rule};
use crate::formulate::{ColKey, Formulated, RowKey, formulate};
use crate::plan::{Continuous, Plan};
use crate::words::{MeasureIx, Money, ResourceIx, SchoolIx};

/// Value and price closer than this (relative) tie: what the multipliers of an interior point are good for.
const TIE: f64 = 1e-5;

/// What would move at unchanged prices.
#[derive(Clone, Copy, PartialEq, Debug, Default)]
pub struct Estimate {
    /// With the number at its low end, against what the same estimate says of it now.
    pub low: Money,
    /// With the number at its high end.
    pub high: Money,
    /// Whether nothing moves for certain: the proof of the present optimum holds at both ends.
    pub sure: bool,
}

impl Estimate {
    /// What moves at the worse of the two ends.
    pub fn money(&self) -> Money {
        self.low.max(self.high)
    }
}

/// What would move for each of the doubts.
pub fn estimates(
    case: &Case,
    plan: &Plan,
    optimum: Continuous,
    doubts: &[Doubtful],
) -> Vec<Estimate> {
    let Continuous { form, proof, .. } = optimum;
    let in_block = in_blocks(&form);
    let rows = form.rows.iter().zip(&proof.multipliers).enumerate();
    let shared = rows.filter(|(at, _)| !in_block[*at]);
    let prices: Vec<(RowKey, f64)> = shared.map(|(_, (key, y))| (*key, *y)).collect();
    let counted = counted_stocks(case, &prices);
    let now = View::of(case, plan, case.clone(), form, &prices);
    // All doubts at once at one end: needs do not see one another at fixed prices.
    let [low, high] = [0, 1].map(|end| {
        let mut changed = case.clone();
        for doubt in doubts {
            changed.put(doubt.school, doubt.quantity, [doubt.low, doubt.high][end]);
        }
        let form = formulate(&changed, &[]);
        View::of(case, plan, changed, form, &prices)
    });
    let one = |doubt: &Doubtful| {
        let [now, low, high] = [&now, &low, &high].map(|view| view.answers(doubt));
        let idle = |answers: &[Answered]| answers.iter().all(|one| one.idle);
        let counts = match doubt.quantity {
            Quantity::Stock(resource) => counted.contains(&resource),
            // Money that comes by the pupil changes with them, whatever the school needs.
            Quantity::Pupils => case.funds.iter().any(|fund| fund.per_pupil.is_some()),
            Quantity::Classes => false,
        };
        Estimate {
            low: moved(&now, &low),
            high: moved(&now, &high),
            sure: !counts
                && (doubt.low == doubt.high && doubt.value == Some(doubt.low)
                    || [&now, &low, &high].into_iter().all(|one| idle(one))),
        }
    };
    doubts.iter().map(one).collect()
}

/// The larger of what is added and what is taken away.
fn moved(now: &[Answered], then: &[Answered]) -> Money {
    let (mut more, mut less) = (0.0, 0.0);
    for (now, then) in now.iter().zip(then) {
        let change = then.money - now.money;
        more += change.max(0.0);
        less -= change.min(0.0);
    }
    Money::from_main(f64::max(more, less))
}

/// Resources of which a quota that has a price is a share of the stock: then a stock moves others too.
fn counted_stocks(case: &Case, prices: &[(RowKey, f64)]) -> BTreeSet<ResourceIx> {
    let mut counted = BTreeSet::new();
    for (key, price) in prices {
        let RowKey::Quota { policy, .. } = *key else {
            continue;
        };
        let policy = &case.policies[policy];
        let of_stock = matches!(
            policy.rule,
            Rule::Quota {
                amount: crate::case::Quota::OfStock(_),
                ..
            }
        );
        if of_stock && price.abs() > TIE {
            let spoken_of = |measure: &MeasureIx| policy.scope.covers_measure(case, *measure);
            let measures = case.measures.ids().filter(spoken_of);
            counted.extend(measures.map(|measure| case.measures[measure].resource));
        }
    }
    counted
}

fn in_blocks(form: &Formulated) -> Vec<bool> {
    let mut inside = vec![false; form.rows.len()];
    for block in &form.program.blocks {
        inside[block.rows.clone()].fill(true);
    }
    inside
}

type Need = (SchoolIx, ResourceIx);

/// How needs answer the prices with the numbers of a case.
struct View {
    case: Case,
    form: Formulated,
    /// What the shared rows charge for a unit of each column, and the size of the terms of that.
    price: Vec<(f64, f64)>,
    /// The rows and columns of each need.
    blocks: BTreeMap<Need, usize>,
    /// Up to which attainment the present plan fills needs that tie.
    level: Levels,
    /// What the present plan takes from schools, in units.
    taken: BTreeMap<Need, f64>,
}

/// What is done for a need.
#[derive(Clone, Copy, Debug, Default)]
struct Answered {
    /// Main units of money in the plan years.
    money: f64,
    /// Whether nothing is done for certain.
    idle: bool,
}

impl View {
    fn of(
        base: &Case,
        plan: &Plan,
        case: Case,
        form: Formulated,
        prices: &[(RowKey, f64)],
    ) -> View {
        let mut blocks = BTreeMap::new();
        for (at, block) in form.program.blocks.iter().enumerate() {
            let need = block
                .cols
                .clone()
                .find_map(|col| need_of(&case, &form.cols[col]));
            blocks.extend(need.map(|need| (need, at)));
        }
        let mut taken = BTreeMap::new();
        for row in plan.rows.iter().filter(|row| row.units < 0.0) {
            *taken.entry((row.school, row.resource(base))).or_default() -= row.units;
        }
        let level = Levels::of(base, plan, &case, &form);
        View {
            price: charged(&form, prices),
            case,
            form,
            blocks,
            level,
            taken,
        }
    }

    /// What is done for each resource at the school of a doubt, for the one resource of a stock.
    fn answers(&self, doubt: &Doubtful) -> Vec<Answered> {
        match doubt.quantity {
            Quantity::Stock(resource) => self.answered((doubt.school, resource)).to_vec(),
            Quantity::Pupils | Quantity::Classes => {
                let resources = self.case.resources.ids();
                resources
                    .flat_map(|resource| self.answered((doubt.school, resource)))
                    .collect()
            }
        }
    }

    /// What is brought to a need and what is taken from it.
    fn answered(&self, need: Need) -> [Answered; 2] {
        let nothing = Answered {
            money: 0.0,
            idle: true,
        };
        let Some(&block) = self.blocks.get(&need) else {
            return [nothing; 2];
        };
        let cols = self.form.program.blocks[block].cols.clone();
        let served = self.served(self.form.program.blocks[block].rows.clone(), cols.clone());
        let shorts = self.shorts(cols.clone());
        let (mut brought, mut taken) = (nothing, nothing);
        let mut best = 0.0;
        for col in cols.clone() {
            match self.form.cols[col] {
                ColKey::Supply { measure, year, .. } => {
                    let serves = &served[col - cols.start];
                    let wanted = self.wanted(need, &shorts, serves, col);
                    brought.idle &= wanted.idle;
                    let money = wanted.units * self.case.price_in_plan(measure, year);
                    // Of what ties the dearest: rather too much is at stake than too little.
                    if wanted.ratio > best * (1.0 + TIE) {
                        (best, brought.money) = (wanted.ratio, money);
                    } else if wanted.ratio > best * (1.0 - TIE) {
                        brought.money = brought.money.max(money);
                    }
                }
                ColKey::Give { measure, year, .. } => {
                    let (units, idle) = self.given(need, col);
                    taken.idle &= idle;
                    taken.money =
                        f64::max(taken.money, units * self.case.price_in_plan(measure, year));
                }
                _ => {}
            }
        }
        [brought, taken]
    }

    /// For each column of a need the periods it serves, with what share.
    fn served(&self, rows: Range<usize>, cols: Range<usize>) -> Vec<Vec<(usize, f64)>> {
        let mut served = vec![Vec::new(); cols.len()];
        for row in rows {
            if let RowKey::Need { period, .. } = self.form.rows[row] {
                for &(col, share) in &self.form.program.rows[row].entries {
                    served[col - cols.start].push((period.at(), share));
                }
            }
        }
        served
    }

    /// For each period the severity bands in which it is short, the lowest first: what a unit counts for, and how many.
    fn shorts(&self, cols: Range<usize>) -> Vec<Vec<(usize, f64, f64)>> {
        let mut shorts = vec![Vec::new(); self.case.horizon.period_count()];
        for col in cols {
            if let ColKey::Short { period, band, .. } = self.form.cols[col] {
                let column = &self.form.program.cols[col];
                shorts[period.at()].push((band, column.cost, column.upper));
            }
        }
        for bands in &mut shorts {
            bands.sort_by_key(|&(band, ..)| band);
        }
        shorts
    }

    /// How many units of a column close more gap than they cost.
    fn wanted(
        &self,
        need: Need,
        shorts: &[Vec<(usize, f64, f64)>],
        serves: &[(usize, f64)],
        col: usize,
    ) -> Wanted {
        let (price, _) = self.price[col];
        let mut wanted = Wanted {
            units: 0.0,
            ratio: 0.0,
            idle: true,
        };
        let bands: BTreeSet<usize> = serves
            .iter()
            .flat_map(|&(period, _)| shorts[period].iter().map(|&(band, ..)| band))
            .collect();
        for band in bands {
            let (mut value, mut width) = (0.0, 0.0_f64);
            for &(period, share) in serves {
                let reached = shorts[period].iter().find(|(own, ..)| *own >= band);
                if let Some(&(own, cost, units)) = reached {
                    value += cost * share;
                    width = width.max(if own == band { units } else { 0.0 });
                }
            }
            if wanted.ratio == 0.0 {
                wanted.ratio = value / price.max(f64::MIN_POSITIVE);
            }
            let apart = TIE * f64::max(value.abs(), price.abs());
            if value < price - apart || value <= 0.0 {
                break;
            }
            wanted.idle = false;
            if value > price + apart {
                wanted.units += width;
                continue;
            }
            let most = wanted.units + width;
            let level = self.level.at(need);
            let filled = level.map_or(0.0, |level| self.up_to(need, level));
            wanted.units = filled.clamp(wanted.units, most);
            break;
        }
        wanted
    }

    /// Units that bring a need up to an attainment in the last plan year.
    fn up_to(&self, (school, resource): Need, level: f64) -> f64 {
        let last = self.case.horizon.last();
        let required = self.case.required(school, resource, last).unwrap_or(0.0);
        let stock = self.case.schools[school].stock[resource.at()].unwrap_or(0.0);
        (level * required - stock).max(0.0)
    }

    /// How many posts a rotation takes from a school, and whether none for certain.
    fn given(&self, need: Need, col: usize) -> (f64, bool) {
        let (price, terms) = self.price[col];
        let spare = self.form.program.cols[col].upper;
        if terms == 0.0 || price > TIE * terms {
            (0.0, true)
        } else if price < -TIE * terms {
            (spare, false)
        } else {
            (
                self.taken.get(&need).map_or(0.0, |taken| taken.min(spare)),
                false,
            )
        }
    }
}

/// How a measure in a year serves a need.
struct Wanted {
    units: f64,
    /// Gap closed over its price, of the first unit.
    ratio: f64,
    /// Whether nothing is wanted for certain.
    idle: bool,
}

fn need_of(case: &Case, key: &ColKey) -> Option<Need> {
    match *key {
        ColKey::Short {
            school, resource, ..
        } => Some((school, resource)),
        ColKey::Supply {
            school, measure, ..
        }
        | ColKey::Give {
            school, measure, ..
        } => Some((school, case.measures[measure].resource)),
        _ => None,
    }
}

/// What the shared rows charge for a unit of each column at these prices, and the size of the terms of that.
fn charged(form: &Formulated, prices: &[(RowKey, f64)]) -> Vec<(f64, f64)> {
    let inside = in_blocks(form);
    let mut charged = vec![(0.0, 0.0); form.cols.len()];
    let mut next = 0;
    for (at, key) in form.rows.iter().enumerate().filter(|(at, _)| !inside[*at]) {
        // Both programs have their shared rows in the same order, but for those that only one of them has.
        let ahead = prices[next..].iter().position(|(own, _)| own == key);
        let Some(found) = ahead.map(|ahead| next + ahead) else {
            continue;
        };
        next = found + 1;
        let price = prices[found].1;
        for &(col, coefficient) in &form.program.rows[at].entries {
            let term = price * coefficient;
            charged[col].0 -= term;
            charged[col].1 += term.abs();
        }
    }
    charged
}
