//! What the limits of a case are worth at its optimum, as their multipliers tell.
//!
//! Only the rows that many needs share are asked. The rows of a need itself are not: where nothing is done for a need,
//! every multiplier between its worth and its cost proves the same optimum, and so explains nothing.

use std::collections::BTreeMap;

use crate::case::{Case, Circle};
use crate::formulate::{ColKey, Formulated, RowKey};
use crate::plan::Proof;
use crate::plan::binding::{fund_price, fund_prices};
use crate::program::Sense;
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{FundIx, MeasureIx, PolicyIx, SchoolIx, YearIx};

/// The place of a rotation: measure, county, stage and the plan year in which it starts.
pub type PoolAt = (MeasureIx, Circle, YearIx);

/// The cheapest way of paying a spending class in a period.
#[derive(Clone, PartialEq, Debug)]
pub struct Payer {
    /// The fund.
    pub fund: FundIx,
    /// Gap index that one main unit of its money is worth there.
    pub price: f64,
    /// The share rules a main unit touches, with what that costs; negative where the rule wants the spending.
    pub shares: Vec<(RowKey, f64)>,
}

impl Payer {
    /// What a main unit costs in all, in units of the gap index.
    pub fn total(&self) -> f64 {
        self.price + self.shares.iter().map(|(_, toll)| toll).sum::<f64>()
    }
}

/// A quota and what a unit of it is worth.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct QuotaPrice {
    /// What taking a unit costs, in units of the gap index; negative where a minimum wants more.
    pub toll: f64,
    /// Whether it allows nothing at all.
    pub shut: bool,
}

/// What a post of a rotation costs its receiver.
#[derive(Clone, PartialEq, Debug)]
pub enum PostPrice {
    /// In units of the gap index.
    Toll {
        /// What the quotas take that count the post where it leaves; negative where a minimum wants it.
        quotas: Vec<(RowKey, f64)>,
        /// What more it costs because few can be spared.
        scarcity: f64,
    },
    /// No school of the pool has a post to spare.
    NobodyToSpare,
    /// A quota allows no moves.
    Shut(RowKey),
}

/// A fund whose whole money is worth less than this part of the gap index is in no demand; what its multiplier says is
/// the solver's noise.
const NOTHING: f64 = 1e-9;

/// The prices of the limits, in units of the gap index per unit of each.
#[derive(Clone, Debug)]
pub struct Prices {
    /// By fund and period: what one more main unit would bring.
    funds: Vec<Vec<f64>>,
    payers: Vec<Option<Payer>>,
    periods: usize,
    quotas: BTreeMap<(PolicyIx, Option<YearIx>, Option<SchoolIx>), QuotaPrice>,
    posts: BTreeMap<PoolAt, PostPrice>,
}

impl Prices {
    /// The prices that a proof gives.
    pub fn of(case: &Case, form: &Formulated, proof: &Proof) -> Prices {
        let rows = fund_prices(case, form, proof);
        let least = NOTHING * proof.objective.abs().max(1.0);
        let price = |fund| {
            let periods = case.horizon.periods();
            periods.map(move |period| (fund, period))
        };
        let funds: Vec<Vec<f64>> = case
            .funds
            .ids()
            .map(|fund| {
                let told = |(fund, period)| {
                    let price = fund_price(case, &rows, fund, period);
                    let worth = price * case.available(fund, period).main();
                    if worth > least { price } else { 0.0 }
                };
                price(fund).map(told).collect()
            })
            .collect();
        let mut prices = Prices {
            payers: Vec::new(),
            funds,
            periods: case.horizon.period_count(),
            quotas: quotas(form, proof),
            posts: posts(form, proof),
        };
        prices.payers = payers(case, form, proof, &prices);
        prices
    }

    /// What one more main unit of a fund in a period would bring.
    pub fn fund(&self, fund: FundIx, period: YearIx) -> f64 {
        self.funds[fund.at()][period.at()]
    }

    /// Who pays a class in a period most cheaply; `None` where no fund that may has money then.
    pub fn payer(&self, class: usize, period: usize) -> Option<&Payer> {
        self.payers[class * self.periods + period].as_ref()
    }

    /// The quota of a policy that counts a year and a place (by its first school; `None` for all), whether it tells the
    /// years apart or not.
    pub fn quota(
        &self,
        policy: PolicyIx,
        year: YearIx,
        place: Option<SchoolIx>,
    ) -> Option<(RowKey, QuotaPrice)> {
        [Some(year), None].into_iter().find_map(|year| {
            let key = RowKey::Quota {
                policy,
                year,
                place,
            };
            let price = self.quotas.get(&(policy, year, place));
            price.map(|price| (key, *price))
        })
    }

    /// What a post costs that arrives in a pool.
    pub fn post(&self, at: PoolAt) -> PostPrice {
        self.posts
            .get(&at)
            .cloned()
            .unwrap_or(PostPrice::NobodyToSpare)
    }
}

fn quotas(
    form: &Formulated,
    proof: &Proof,
) -> BTreeMap<(PolicyIx, Option<YearIx>, Option<SchoolIx>), QuotaPrice> {
    let mut found = BTreeMap::new();
    for ((key, row), multiplier) in form
        .rows
        .iter()
        .zip(&form.program.rows)
        .zip(&proof.multipliers)
    {
        if let RowKey::Quota {
            policy,
            year,
            place,
        } = *key
        {
            let price = QuotaPrice {
                toll: -multiplier,
                shut: row.sense == Sense::AtMost && row.rhs <= 0.0,
            };
            found.insert((policy, year, place), price);
        }
    }
    found
}

/// The cheapest payer of each class and period. A fund without money is none: its price is whatever keeps everybody
/// away. What is paid from several funds costs the same from each, or it would be paid from one.
fn payers(case: &Case, form: &Formulated, proof: &Proof, prices: &Prices) -> Vec<Option<Payer>> {
    let mut shares: BTreeMap<usize, Vec<(RowKey, f64)>> = BTreeMap::new();
    for ((key, row), multiplier) in form
        .rows
        .iter()
        .zip(&form.program.rows)
        .zip(&proof.multipliers)
    {
        if matches!(key, RowKey::Share { .. }) {
            for &(col, coefficient) in &row.entries {
                let tolls = shares.entry(col).or_default();
                tolls.push((*key, -coefficient * multiplier));
            }
        }
    }
    let mut columns: BTreeMap<(usize, YearIx, FundIx), usize> = BTreeMap::new();
    for (col, key) in form.cols.iter().enumerate() {
        if let ColKey::Pay {
            fund,
            class,
            period,
        } = *key
        {
            columns.insert((class, period, fund), col);
        }
    }
    let mut found = Vec::with_capacity(form.classes.len() * prices.periods);
    for class in 0..form.classes.len() {
        for period in case.horizon.periods() {
            let rich = form.classes.funds[class]
                .iter()
                .filter(|&&fund| !case.available(fund, period).is_zero());
            let payer = |&fund: &FundIx| Payer {
                fund,
                price: prices.fund(fund, period),
                shares: columns
                    .get(&(class, period, fund))
                    .and_then(|col| shares.get(col))
                    .cloned()
                    .unwrap_or_default(),
            };
            let cheaper = |best: Payer, next: Payer| {
                if next.total() < best.total() {
                    next
                } else {
                    best
                }
            };
            found.push(rich.map(payer).reduce(cheaper));
        }
    }
    found
}

/// What a post costs in each pool. Where none moves, the pool's own multiplier may be anything between what the
/// receivers would give and what the donors ask; what they ask is what a receiver would have to be worth.
fn posts(form: &Formulated, proof: &Proof) -> BTreeMap<PoolAt, PostPrice> {
    let pools: Vec<usize> = (0..form.rows.len())
        .filter(|&at| matches!(form.rows[at], RowKey::Pool { .. }))
        .collect();
    if pools.is_empty() {
        return BTreeMap::new();
    }
    let mut reduced: Vec<f64> = form.program.cols.iter().map(|col| col.cost).collect();
    let mut counted: BTreeMap<usize, Vec<(RowKey, f64)>> = BTreeMap::new();
    let mut shut: BTreeMap<usize, RowKey> = BTreeMap::new();
    for ((key, row), multiplier) in form
        .rows
        .iter()
        .zip(&form.program.rows)
        .zip(&proof.multipliers)
    {
        let is_quota = matches!(key, RowKey::Quota { .. });
        for &(col, coefficient) in &row.entries {
            reduced[col] -= coefficient * multiplier;
            if is_quota && matches!(form.cols[col], ColKey::Give { .. }) {
                let tolls = counted.entry(col).or_default();
                tolls.push((*key, -coefficient * multiplier));
                if row.sense == Sense::AtMost && row.rhs <= 0.0 {
                    shut.insert(col, *key);
                }
            }
        }
    }
    let mut found = BTreeMap::new();
    for at in pools {
        let RowKey::Pool {
            measure,
            circle,
            year,
        } = form.rows[at]
        else {
            continue;
        };
        let (row, multiplier) = (&form.program.rows[at], proof.multipliers[at]);
        let moved = |&(col, _): &(usize, f64)| proof.values[col] > ZERO_UNITS.sqrt();
        let gives = || row.entries.iter().filter(|(_, sign)| *sign < 0.0);
        let open = gives().filter(|(col, _)| !shut.contains_key(col));
        let asked = open.map(|&(col, _)| (reduced[col] - multiplier, col));
        let least =
            |best: (f64, usize), next: (f64, usize)| if next.0 < best.0 { next } else { best };
        let price = match asked.reduce(least) {
            None => gives()
                .find_map(|(col, _)| shut.get(col))
                .map_or(PostPrice::NobodyToSpare, |quota| PostPrice::Shut(*quota)),
            Some((asked, col)) => {
                let quotas = counted.get(&col).cloned().unwrap_or_default();
                let of_quotas: f64 = quotas.iter().map(|(_, toll)| toll).sum();
                let total = if row.entries.iter().any(moved) {
                    -multiplier
                } else {
                    asked
                };
                PostPrice::Toll {
                    scarcity: total - of_quotas,
                    quotas,
                }
            }
        };
        found.insert((measure, circle, year), price);
    }
    found
}
