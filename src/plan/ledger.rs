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

impl QuotaBook {
    /// What the rule asks for, when it is a minimum that is not met.
    fn demand(&self) -> Option<Demand> {
        let unmet = self.bound == Bound::Min && self.used < self.units - 1e-9;
        unmet.then_some(Demand {
            policy: self.policy,
            year: self.year,
            county: self.county,
            outside: false,
            lacks: Lacks::Units(self.units - self.used),
            crowded: Money::ZERO,
        })
    }
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
    /// By how many hundredths the rule is broken; 0 when it holds. One is forgiven: it is what rounding costs.
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

    /// What the rule asks for, when it is broken. A maximum share of what is spent asks for other spending: rounding
    /// down may have taken that away. Of spending x more on the wanted side, (1 − its share) · x counts; of x less
    /// on the other side, its share · x.
    fn demand(&self) -> Option<Demand> {
        let broken = self.broken();
        if broken == 0.0 || (self.bound == Bound::Max && self.available.is_some()) {
            return None;
        }
        let wanted = match self.bound {
            Bound::Min => self.share,
            Bound::Max => 1.0 - self.share,
        };
        let (more, less) = match self.available {
            Some(_) => (1.0, 1.0),
            None => (1.0 - wanted, wanted),
        };
        let money = |counts: f64| Money::cents((broken / counts.max(1e-9)).ceil() as i64);
        Some(Demand {
            policy: self.policy,
            year: self.year,
            county: None,
            outside: self.bound == Bound::Max,
            lacks: Lacks::Money(money(more)),
            crowded: money(less),
        })
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
    /// Whether it asks for what the rule does not speak of: so does a maximum share of what is spent.
    pub outside: bool,
    /// How much it asks for.
    pub lacks: Lacks,
    /// Money that the other side would have to give up for the rule to hold; for units: nothing.
    pub crowded: Money,
}

/// What a demand lacks.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Lacks {
    /// Spending.
    Money(Money),
    /// Units handed out.
    Units(f64),
}

impl Demand {
    /// Whether a measure at a school is on the side that the demand asks for.
    pub fn wants(&self, case: &Case, measure: MeasureIx, school: SchoolIx) -> bool {
        let covered = case.policies[self.policy]
            .scope
            .covers(case, measure, school);
        covered != self.outside
            && self
                .county
                .is_none_or(|county| county == case.schools[school].county)
    }
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
    pub fn pay(&mut self, class: usize, period: YearIx, amount: Money) -> Money {
        self.pay_first_from(&[], class, period, amount)
    }

    /// The same, with some funds before the others.
    fn pay_first_from(
        &mut self,
        first: &[FundIx],
        class: usize,
        period: YearIx,
        mut amount: Money,
    ) -> Money {
        let mut funds = self.classes.funds[class].clone();
        funds.sort_by_key(|fund| !first.contains(fund));
        for fund in funds {
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

    /// Adds units with their pay if every rule allows it: money, ceilings, and no share rule worse off than before;
    /// and, when they are added `towards` a demand, if it lacks less then: the funds it counts pay first.
    /// Changes nothing when one does not.
    pub fn try_add(
        &mut self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        units: f64,
        each: Money,
        towards: Option<&Demand>,
    ) -> bool {
        let before = self.books.clone();
        let lacked = towards.map(|demand| self.lacks(demand));
        let first = match towards.map(|demand| &self.case.policies[demand.policy].rule) {
            Some(Rule::Share { funds, .. }) => funds.as_slice(),
            _ => &[],
        };
        self.count(school, measure, year, units);
        let over = |book: &QuotaBook| {
            book.bound == Bound::Max && book.used > book.units * (1.0 + 1e-12) + 1e-9
        };
        let mut allowed = !self.books.quotas.iter().any(over);
        if allowed && !each.is_zero() {
            allowed = match self.classes.class(measure, school) {
                Some(class) => self.case.paid(measure, year).all(|period| {
                    let period = YearIx::new(period);
                    self.pay_first_from(first, class, period, each).is_zero()
                }),
                None => false,
            };
            let worse = |(now, then): (&ShareBook, &ShareBook)| now.broken() > then.broken();
            allowed = allowed && !self.books.shares.iter().zip(&before.shares).any(worse);
        }
        // No share is worse off, so that a demand that has changed lacks less.
        allowed = allowed
            && towards
                .map(|demand| self.lacks(demand))
                .is_none_or(|now| Some(now) != lacked);
        if !allowed {
            self.books = before;
        }
        allowed
    }

    /// The first demand (share or minimum quota) that is not met.
    pub fn unmet_demand(&self) -> Option<Demand> {
        let share = self.books.shares.iter().find_map(ShareBook::demand);
        share.or_else(|| self.books.quotas.iter().find_map(QuotaBook::demand))
    }

    /// What a demand lacks now; `None` when it is met.
    pub fn lacks(&self, demand: &Demand) -> Option<Lacks> {
        let same = |one: &Demand| {
            (one.policy, one.year, one.county) == (demand.policy, demand.year, demand.county)
        };
        let shares = self.books.shares.iter().filter_map(ShareBook::demand);
        let quotas = self.books.quotas.iter().filter_map(QuotaBook::demand);
        shares.chain(quotas).find(same).map(|now| now.lacks)
    }
}
