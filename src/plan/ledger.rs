//! The books: what has been spent and handed out so far, exact to the hundredth, and what every rule still allows.

use crate::case::{Base, Bound, Case, Rule};
use crate::formulate::Classes;
use crate::words::{CountyIx, FundIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// The books of a plan that is being put together.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    case: &'a Case,
    classes: &'a Classes,
    periods: usize,
    books: Books,
}

#[derive(Clone, Debug)]
struct Books {
    /// By class, fund and period.
    paid: Vec<Money>,
    /// By fund and period.
    spent: Vec<Money>,
    quotas: Vec<QuotaBook>,
    shares: Vec<ShareBook>,
}

/// One quota row.
#[derive(Clone, Debug)]
struct QuotaBook {
    policy: PolicyIx,
    bound: Bound,
    units: f64,
    year: Option<YearIx>,
    county: Option<CountyIx>,
    used: f64,
}

/// One share row.
#[derive(Clone, Debug)]
struct ShareBook {
    policy: PolicyIx,
    bound: Bound,
    share: f64,
    /// The fixed base, when the rule is stated on what is available.
    available: Option<Money>,
    funds: Vec<FundIx>,
    year: Option<YearIx>,
    inside: Money,
    spent: Money,
}

impl ShareBook {
    /// By how much money the rule is broken; 0 when it holds. A hundredth is forgiven: it is what rounding costs.
    fn broken(&self) -> f64 {
        let base = self.available.unwrap_or(self.spent).as_cents() as f64;
        let over = self.inside.as_cents() as f64 - self.share * base;
        let broken = if self.bound == Bound::Min {
            -over
        } else {
            over
        };
        if broken <= 1.0 { 0.0 } else { broken }
    }
}

/// A demand that is not yet met.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Demand {
    /// The rule.
    pub policy: PolicyIx,
    /// In which year, when it holds by year.
    pub year: Option<YearIx>,
    /// In which county, when it holds by county.
    pub county: Option<CountyIx>,
    /// Whether it asks for money or for units.
    pub wants_money: bool,
    /// Money that other spending would have to give up for the rule to hold; for units: nothing.
    pub crowded: Money,
}

impl<'a> Ledger<'a> {
    /// Empty books.
    pub fn new(case: &'a Case, classes: &'a Classes) -> Ledger<'a> {
        let periods = case.horizon.period_count();
        let mut ledger = Ledger {
            case,
            classes,
            periods,
            books: Books {
                paid: vec![Money::ZERO; classes.len() * case.funds.len() * periods],
                spent: vec![Money::ZERO; case.funds.len() * periods],
                quotas: Vec::new(),
                shares: Vec::new(),
            },
        };
        for (policy, stated) in case.policies.pairs() {
            ledger.open(policy, &stated.rule);
        }
        ledger
    }

    fn open(&mut self, policy: PolicyIx, rule: &Rule) {
        let years = |each_year: bool| -> Vec<Option<YearIx>> {
            if each_year {
                self.case.horizon.plan_years().map(Some).collect()
            } else {
                vec![None]
            }
        };
        match rule {
            Rule::Share {
                bound,
                share,
                base,
                funds,
                each_year,
            } => {
                for year in years(*each_year) {
                    let available = (*base == Base::Available).then(|| self.given(funds, year));
                    self.books.shares.push(ShareBook {
                        policy,
                        bound: *bound,
                        share: *share,
                        available,
                        funds: funds.clone(),
                        year,
                        inside: Money::ZERO,
                        spent: Money::ZERO,
                    });
                }
            }
            Rule::Quota {
                bound,
                amount,
                each_year,
                each_county,
            } => {
                let counties: Vec<Option<CountyIx>> = if *each_county {
                    self.case.counties.ids().map(Some).collect()
                } else {
                    vec![None]
                };
                for year in years(*each_year) {
                    for &county in &counties {
                        let units =
                            self.case
                                .quota_units(&self.case.policies[policy], *amount, county);
                        self.books.quotas.push(QuotaBook {
                            policy,
                            bound: *bound,
                            units,
                            year,
                            county,
                            used: 0.0,
                        });
                    }
                }
            }
            Rule::Forbid => {}
        }
    }

    fn given(&self, funds: &[FundIx], year: Option<YearIx>) -> Money {
        let counted = self
            .case
            .funds
            .pairs()
            .filter(|(fund, _)| funds.is_empty() || funds.contains(fund));
        counted
            .map(|(_, fund)| year.map_or(fund.total(), |year| fund.amounts[year]))
            .sum()
    }

    /// What a fund pays for a class in a period.
    pub fn paid(&self, class: usize, fund: FundIx, period: YearIx) -> Money {
        self.books.paid[(class * self.case.funds.len() + fund.at()) * self.periods + period.at()]
    }

    /// What a fund spends in a period.
    pub fn spent(&self, fund: FundIx, period: YearIx) -> Money {
        self.books.spent[fund.at() * self.periods + period.at()]
    }

    /// What a fund can still pay in a period without breaking a later one.
    pub fn room(&self, fund: FundIx, period: YearIx) -> Money {
        let case = self.case;
        if case.horizon.is_terminal(period) || !case.funds[fund].carry_over {
            return case.available(fund, period) - self.spent(fund, period);
        }
        let mut so_far = Money::ZERO;
        let mut room = Money::cents(i64::MAX);
        for year in case.horizon.plan_years() {
            so_far += self.spent(fund, year);
            if year >= period {
                room = room.min(case.available(fund, year) - so_far);
            }
        }
        room
    }

    /// Books a payment (or, negative, takes it back), whatever the rules say.
    pub fn book(&mut self, class: usize, fund: FundIx, period: YearIx, amount: Money) {
        self.books.paid
            [(class * self.case.funds.len() + fund.at()) * self.periods + period.at()] += amount;
        self.books.spent[fund.at() * self.periods + period.at()] += amount;
        if self.case.horizon.is_terminal(period) {
            return;
        }
        let spoken_of = &self.classes.shares[class];
        for book in &mut self.books.shares {
            let counted = book.funds.is_empty() || book.funds.contains(&fund);
            if counted && book.year.is_none_or(|year| year == period) {
                book.spent += amount;
                if spoken_of.contains(&book.policy) {
                    book.inside += amount;
                }
            }
        }
    }

    /// Pays an amount for a class in a period from the funds that may, in file order; what no fund can pay is left
    /// and returned.
    pub fn pay(&mut self, class: usize, period: YearIx, mut amount: Money) -> Money {
        for fund in self.classes.funds[class].clone() {
            let part = amount.min(self.room(fund, period)).max(Money::ZERO);
            if !part.is_zero() {
                self.book(class, fund, period, part);
                amount -= part;
            }
        }
        amount
    }

    /// Takes back what was paid for a class in a period, from the funds that may pay it, in reverse file order.
    pub fn unpay(&mut self, class: usize, period: YearIx, mut amount: Money) {
        for fund in self.classes.funds[class].clone().into_iter().rev() {
            let part = amount.min(self.paid(class, fund, period));
            self.book(class, fund, period, -part);
            amount -= part;
        }
    }

    /// Counts units of a measure at a school against the quotas; rotation counts where posts leave.
    pub fn count(&mut self, school: SchoolIx, measure: MeasureIx, year: YearIx, units: f64) {
        for book in &mut self.books.quotas {
            if book.year.is_none_or(|at| at == year)
                && book
                    .county
                    .is_none_or(|county| county == self.case.schools[school].county)
                && self.case.policies[book.policy]
                    .scope
                    .covers(self.case, measure, school)
            {
                book.used += units;
            }
        }
    }

    /// Adds units with their pay if every rule allows it: money, ceilings, and no share rule worse off than before.
    /// Changes nothing when one does not.
    pub fn try_add(
        &mut self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        units: f64,
        each: Money,
    ) -> bool {
        let before = self.books.clone();
        self.count(school, measure, year, units);
        let over = |book: &QuotaBook| {
            book.bound == Bound::Max && book.used > book.units * (1.0 + 1e-12) + 1e-9
        };
        let mut allowed = !self.books.quotas.iter().any(over);
        if allowed && !each.is_zero() {
            allowed = match self.classes.class(measure, school) {
                Some(class) => self
                    .case
                    .paid(measure, year)
                    .all(|period| self.pay(class, YearIx::new(period), each).is_zero()),
                None => false,
            };
            let worse = |(now, then): (&ShareBook, &ShareBook)| now.broken() > then.broken();
            allowed = allowed && !self.books.shares.iter().zip(&before.shares).any(worse);
        }
        if !allowed {
            self.books = before;
        }
        allowed
    }

    /// The first demand (minimum share or quota) that is not met.
    pub fn unmet_demand(&self) -> Option<Demand> {
        let share = self
            .books
            .shares
            .iter()
            .find(|book| book.bound == Bound::Min && book.broken() > 0.0);
        let quota = self
            .books
            .quotas
            .iter()
            .find(|book| book.bound == Bound::Min && book.used < book.units - 1e-9);
        let of_share = share.map(|book| Demand {
            policy: book.policy,
            year: book.year,
            county: None,
            wants_money: true,
            crowded: Money::cents((book.broken() / book.share.max(1e-9)).ceil() as i64),
        });
        of_share.or(quota.map(|book| Demand {
            policy: book.policy,
            year: book.year,
            county: book.county,
            wants_money: false,
            crowded: Money::ZERO,
        }))
    }
}
