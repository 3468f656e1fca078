//! Share rules: money inside and in all, and by how much each rule is broken.

use std::collections::BTreeMap;

use super::demand::{Demand, Lacks};
use crate::case::settled::{Counted, settled_for, settled_in_all};
use crate::case::{Base, Bound, Case, Reach, Rule};
use crate::plan::effort::look;
use crate::words::{FundIx, Money, PolicyIx, YearIx};

/// The books of all share rules.
#[derive(Clone, Debug)]
pub struct Shares {
    rows: Vec<Row>,
    /// Where the rows of each policy begin; `None` for other rules.
    of_policy: Vec<Option<usize>>,
    pots: Vec<Pot>,
    /// The pots that count each fund.
    pots_of: Vec<Vec<usize>>,
    /// Pots in which something was booked since the rows that share them were last judged.
    stale: Vec<usize>,
}

/// Funds that rules count together.
#[derive(Clone, Debug)]
struct Pot {
    /// In file order.
    funds: Vec<FundIx>,
    /// The rows that count them.
    rows: Vec<usize>,
    /// Spent in each plan year, and in all.
    spent: Vec<Money>,
    in_all: Money,
    is_stale: bool,
}

#[derive(Clone, Debug)]
struct Row {
    policy: PolicyIx,
    bound: Bound,
    share: f64,
    /// The fixed base, when the rule is stated on what is available.
    available: Option<Money>,
    /// The row of the year before, when the rule is stated on what that spends.
    before: Option<usize>,
    /// What is to be matched, when the rule is stated on what other funds pay for the same.
    matched: Option<Matched>,
    pot: usize,
    year: Option<YearIx>,
    inside: Money,
    /// What is forgiven: hundredths by which the closed years have passed a maximum.
    forgiven: f64,
    /// By how many hundredths it was broken when last judged.
    broken: f64,
}

/// Funds that others have to match, and what they have paid for what a rule speaks of.
#[derive(Clone, Copy, Debug)]
struct Matched {
    pot: usize,
    paid: Money,
}

impl Row {
    /// By how many hundredths the rule is broken; 0 when it holds. One is forgiven: it is what rounding costs.
    fn broken(&self, rows: &[Row], pots: &[Pot]) -> f64 {
        look();
        let pot = &pots[self.pot];
        let spent = self.year.map_or(pot.in_all, |year| pot.spent[year.at()]);
        let before = self.before.map(|before| rows[before].inside);
        let matched = self.matched.map(|matched| matched.paid);
        let base = before.or(matched).or(self.available);
        let base = base.unwrap_or(spent).as_cents() as f64;
        let over = self.inside.as_cents() as f64 - self.share * base;
        let broken = if self.bound == Bound::Min {
            -over
        } else {
            over - self.forgiven
        };
        if broken <= 1.0 { 0.0 } else { broken }
    }

    /// What the rule asks for, when it is broken. A maximum share of what is spent asks for other spending: rounding
    /// down may have taken that away. Of spending x more on the wanted side, (1 − its share) · x counts; of x less
    /// on the other side, its share · x. What is matched is on both sides: x less of it asks for share · x less.
    fn demand(&self) -> Option<Demand> {
        let fixed = self.available.is_some() || self.before.is_some();
        if self.broken == 0.0 || (self.bound == Bound::Max && fixed) {
            return None;
        }
        let wanted = match self.bound {
            Bound::Min => self.share,
            Bound::Max => 1.0 - self.share,
        };
        let (more, less) = match (fixed, self.matched) {
            (true, _) => (1.0, 1.0),
            (false, Some(_)) => (1.0, self.share),
            (false, None) => (1.0 - wanted, wanted),
        };
        let money = |counts: f64| Money::cents((self.broken / counts.max(1e-9)).ceil() as i64);
        Some(Demand {
            policy: self.policy,
            year: self.year,
            place: None,
            outside: self.bound == Bound::Max,
            yields_inside: self.matched.is_some(),
            eased_in: self.before.and(self.year).and_then(YearIx::before),
            lacks: Lacks::Money(money(more)),
            crowded: money(less),
        })
    }
}

impl Shares {
    /// Books in which stands only what is settled. Rules that speak of a closed year alone are none any more.
    pub fn of(case: &Case, reach: &Reach) -> Shares {
        let counted = Counted::of(case, reach);
        let mut shares = Shares {
            rows: Vec::new(),
            of_policy: vec![None; case.policies.len()],
            pots: Vec::new(),
            pots_of: vec![Vec::new(); case.funds.len()],
            stale: Vec::new(),
        };
        let mut known: BTreeMap<Vec<FundIx>, usize> = BTreeMap::new();
        for (policy, stated) in case.policies.pairs() {
            let Rule::Share {
                bound,
                share,
                base,
                funds,
                each_year,
            } = &stated.rule
            else {
                continue;
            };
            let funds = case.counted_funds(funds);
            let pot = *known
                .entry(funds)
                .or_insert_with_key(|funds| shares.add_pot(case, funds));
            shares.of_policy[policy.at()] = Some(shares.rows.len());
            let years: Vec<Option<YearIx>> = if *each_year {
                case.horizon.plan_years().map(Some).collect()
            } else {
                vec![None]
            };
            for year in years {
                let given = || shares.pots[pot].given(case, year);
                let available = (*base == Base::Available).then(given);
                let before = year.and_then(YearIx::before);
                let has_base = *base != Base::YearBefore || before.is_some();
                let years: Vec<YearIx> = match year {
                    Some(year) => vec![year],
                    None => case.horizon.plan_years().collect(),
                };
                let whole = available
                    .unwrap_or_else(|| settled_in_all(case, &shares.pots[pot].funds, &years));
                let matched = match base {
                    Base::Matched(others) => Some(Matched {
                        pot: *known
                            .entry(others.clone())
                            .or_insert_with_key(|funds| shares.add_pot(case, funds)),
                        paid: settled_for(case, reach, policy, others, &years),
                    }),
                    _ => None,
                };
                let open = year.is_none_or(|year| case.is_open(year)) && has_base;
                let at = shares.rows.len();
                if open {
                    shares.pots[pot].rows.push(at);
                    if let Some(matched) = matched {
                        shares.pots[matched.pot].rows.push(at);
                    }
                }
                shares.rows.push(Row {
                    policy,
                    bound: *bound,
                    share: *share,
                    available,
                    matched,
                    before: (*base == Base::YearBefore && has_base).then(|| at - 1),
                    pot,
                    year,
                    inside: counted.inside(policy, &years),
                    forgiven: 100.0 * counted.excess(case, policy, &years, whole),
                    broken: 0.0,
                });
                if open {
                    shares.rows[at].broken = shares.rows[at].broken(&shares.rows, &shares.pots);
                }
            }
        }
        shares
    }

    fn add_pot(&mut self, case: &Case, funds: &[FundIx]) -> usize {
        let at = self.pots.len();
        for fund in funds {
            self.pots_of[fund.at()].push(at);
        }
        let years: Vec<YearIx> = case.horizon.plan_years().collect();
        let settled = |year: &YearIx| settled_in_all(case, funds, &[*year]);
        self.pots.push(Pot {
            funds: funds.to_vec(),
            rows: Vec::new(),
            spent: years.iter().map(settled).collect(),
            in_all: settled_in_all(case, funds, &years),
            is_stale: false,
        });
        at
    }

    /// Books a payment of a fund in a plan year for what some policies speak of.
    pub fn book(&mut self, fund: FundIx, year: YearIx, amount: Money, spoken_of: &[PolicyIx]) {
        for &pot in &self.pots_of[fund.at()] {
            let touched = &mut self.pots[pot];
            touched.spent[year.at()] += amount;
            touched.in_all += amount;
            if !touched.is_stale {
                touched.is_stale = true;
                self.stale.push(pot);
            }
        }
        for policy in spoken_of {
            let Some(first) = self.of_policy[policy.at()] else {
                continue;
            };
            let at = first + self.rows[first].year.map_or(0, |_| year.at());
            let row = &mut self.rows[at];
            let counts = |pot: usize| self.pots_of[fund.at()].binary_search(&pot).is_ok();
            if counts(row.pot) {
                row.inside += amount;
            }
            if let Some(matched) = row.matched.as_mut().filter(|matched| counts(matched.pot)) {
                matched.paid += amount;
            }
        }
    }

    /// Whether a rule is broken by more than when last judged.
    pub fn is_worse(&self) -> bool {
        let rows = self.stale.iter().flat_map(|&pot| &self.pots[pot].rows);
        rows.map(|&at| &self.rows[at])
            .any(|row| row.broken(&self.rows, &self.pots) > row.broken)
    }

    /// Judges every rule anew whose money has changed.
    pub fn judge(&mut self) {
        for pot in std::mem::take(&mut self.stale) {
            self.pots[pot].is_stale = false;
            for at in 0..self.pots[pot].rows.len() {
                let row = self.pots[pot].rows[at];
                self.rows[row].broken = self.rows[row].broken(&self.rows, &self.pots);
            }
        }
    }

    /// The first demand that was not met when last judged.
    pub fn unmet(&self) -> Option<Demand> {
        self.rows.iter().find_map(Row::demand)
    }

    /// The demand of a rule when last judged; `None` when it is met or no share.
    pub fn now(&self, demand: &Demand) -> Option<Demand> {
        let first = self.of_policy[demand.policy.at()]?;
        self.rows[first + demand.year.map_or(0, YearIx::at)].demand()
    }

    /// Of an amount that is to be paid in a year for what a rule speaks of, the least that the funds which match others
    /// have to pay themselves so that the rule holds; nothing for other rules.
    pub fn own_part(&self, policy: PolicyIx, year: YearIx, amount: Money) -> Money {
        self.to_exchange(policy, year, amount).min(amount)
    }

    /// How much of what they match, with an amount more of it, the funds of such a rule would have to pay themselves for
    /// it to hold; nothing for other rules.
    pub fn to_exchange(&self, policy: PolicyIx, year: YearIx, amount: Money) -> Money {
        let Some(first) = self.of_policy[policy.at()] else {
            return Money::ZERO;
        };
        let row = &self.rows[first + self.rows[first].year.map_or(0, |_| year.at())];
        let Some(matched) = row.matched else {
            return Money::ZERO;
        };
        let asked = row.share * (matched.paid + amount).as_cents() as f64;
        let lacks = (asked - row.inside.as_cents() as f64) / (1.0 + row.share);
        Money::cents(lacks.max(0.0).ceil() as i64)
    }

    /// The funds that others have to match by a rule, in file order; none for other rules.
    pub fn matched(&self, policy: PolicyIx) -> &[FundIx] {
        let row = self.of_policy[policy.at()].map(|first| &self.rows[first]);
        let matched = row.and_then(|row| row.matched);
        matched.map_or(&[], |matched| &self.pots[matched.pot].funds)
    }

    /// The funds that a rule counts, in file order; none for other rules.
    pub fn funds(&self, policy: PolicyIx) -> &[FundIx] {
        let row = self.of_policy[policy.at()].map(|first| &self.rows[first]);
        row.map_or(&[], |row| &self.pots[row.pot].funds)
    }
}

impl Pot {
    fn given(&self, case: &Case, year: Option<YearIx>) -> Money {
        let funds = self.funds.iter().map(|&fund| &case.funds[fund]);
        funds
            .map(|fund| year.map_or(fund.total(), |year| fund.amounts[year]))
            .sum()
    }
}
