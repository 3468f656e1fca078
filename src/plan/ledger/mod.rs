//! The books: what has been spent and handed out so far, exact to the hundredth, and what every rule still allows.

mod demand;
mod matching;
mod quotas;
mod shares;
mod stays;

use std::collections::BTreeMap;

pub use demand::{Demand, Lacks};
pub use quotas::Quotas;
use shares::Shares;
use stays::Stays;

use super::effort::look;
use crate::case::dues::Span;
use crate::case::earlier::Spot;
use crate::case::{Case, Dues, Reach, Stage};
use crate::formulate::{Classes, Formulated};
use crate::words::{CountyIx, FundIx, MeasureIx, Money, PolicyIx, SchoolIx, YearIx};

/// The books of a plan that is being put together.
#[derive(Clone, Debug)]
pub struct Ledger<'a> {
    case: &'a Case,
    classes: &'a Classes,
    reach: &'a Reach,
    periods: usize,
    /// By class with fund (its slot) and period.
    paid: Vec<Money>,
    /// By fund and period.
    spent: Vec<Money>,
    quotas: Quotas,
    shares: Shares,
    stays: Stays,
    /// What kept rows pay, by class with fund and period: it is never taken back.
    held: BTreeMap<usize, Money>,
    /// The funds that may pay each class, in the order in which they are asked.
    payers: Vec<Vec<FundIx>>,
    /// The funds of each class that others have to match, in file order.
    matched: Vec<Vec<FundIx>>,
    /// The schools of each county and stage, in file order.
    neighbours: BTreeMap<(CountyIx, Stage), Vec<SchoolIx>>,
    /// Whether share rules may be broken on the way.
    lenient: bool,
    dry: Dry,
}

/// What was found to be too much for the funds of a class; it stays too much until money is taken back.
#[derive(Clone, Debug, Default)]
struct Dry {
    /// The least such dues by class and span.
    found: BTreeMap<(usize, Span), Dues>,
}

impl Dry {
    fn is_too_much(&self, class: usize, dues: &Dues) -> bool {
        let least = self.found.get(&(class, dues.span()));
        least.is_some_and(|least| dues.covers(least))
    }

    fn note(&mut self, class: usize, dues: &Dues) {
        let least = self.found.entry((class, dues.span()));
        let least = least.or_insert_with(|| dues.clone());
        if least.covers(dues) {
            least.clone_from(dues);
        }
    }
}

/// What a trial has changed, to be undone.
#[derive(Default)]
struct Trial {
    /// Class, fund, period and amount of each payment.
    payments: Vec<(usize, FundIx, YearIx, Money)>,
    /// Quota rows with what was counted in them before.
    counts: Vec<(usize, f64)>,
    /// What was counted as kept of an earlier plan.
    stays: Option<(Spot, Dues)>,
}

impl<'a> Ledger<'a> {
    /// Books in which stands only what is settled.
    pub fn new(case: &'a Case, form: &'a Formulated) -> Ledger<'a> {
        let periods = case.horizon.period_count();
        let mut neighbours: BTreeMap<(CountyIx, Stage), Vec<SchoolIx>> = BTreeMap::new();
        for (at, school) in case.schools.pairs() {
            let place = (school.county, school.stage);
            neighbours.entry(place).or_default().push(at);
        }
        let settled = |fund: FundIx| {
            let periods = case.horizon.periods();
            periods.map(move |period| case.settled_spending(fund, period))
        };
        let shares = Shares::of(case, &form.reach);
        Ledger {
            case,
            matched: matching::matched_in(&form.classes, &shares),
            classes: &form.classes,
            reach: &form.reach,
            periods,
            paid: vec![Money::ZERO; form.classes.slot_count() * periods],
            spent: case.funds.ids().flat_map(settled).collect(),
            quotas: Quotas::of(case, &form.reach),
            shares,
            stays: Stays::of(case),
            held: BTreeMap::new(),
            payers: form.classes.funds.clone(),
            neighbours,
            lenient: false,
            dry: Dry::default(),
        }
    }

    /// From now on a fund that may pay for little is asked before one that may pay for much: so a rule spends earmarked
    /// money, which has no other use, first.
    pub fn narrowest_first(&mut self) {
        let mut uses = vec![0_usize; self.case.funds.len()];
        for fund in self.payers.iter().flatten() {
            uses[fund.at()] += 1;
        }
        for payers in &mut self.payers {
            payers.sort_by_key(|fund| (uses[fund.at()], *fund));
        }
    }

    /// Whether share rules may be broken from now on by what is added: to be mended later, as the first to get anything
    /// would else break every rule that others are to have a share.
    pub fn be_lenient(&mut self, lenient: bool) {
        self.lenient = lenient;
    }

    /// Which scopes speak of which schools.
    pub fn reach(&self) -> &'a Reach {
        self.reach
    }

    /// The schools of a school's circle in a measure, itself among them, in file order.
    pub fn neighbours(&self, measure: MeasureIx, school: SchoolIx) -> Vec<SchoolIx> {
        let stated = &self.case.schools[school];
        let all = self.neighbours.get(&(stated.county, stated.stage));
        let circle = self.case.circle(measure, school);
        let near = |at: &&SchoolIx| self.case.circle(measure, **at) == circle;
        all.map_or(Vec::new(), |all| all.iter().filter(near).copied().collect())
    }

    /// What a fund pays for a class in a period.
    pub fn paid(&self, class: usize, fund: FundIx, period: YearIx) -> Money {
        let slot = self.classes.slot(class, fund);
        slot.map_or(Money::ZERO, |slot| {
            self.paid[slot * self.periods + period.at()]
        })
    }

    /// What a fund spends in a period.
    pub fn spent(&self, fund: FundIx, period: YearIx) -> Money {
        self.spent[fund.at() * self.periods + period.at()]
    }

    /// What a fund can still pay in a period without breaking a later one.
    pub fn room(&self, fund: FundIx, period: YearIx) -> Money {
        look();
        let case = self.case;
        if case.horizon.is_terminal(period) {
            return case.funds[fund].after - self.spent(fund, period);
        }
        if !case.funds[fund].carry_over {
            return case.funds[fund].amounts[period] - self.spent(fund, period);
        }
        let mut given = Money::ZERO;
        let mut so_far = Money::ZERO;
        let mut room = Money::cents(i64::MAX);
        for year in case.horizon.plan_years() {
            given += case.funds[fund].amounts[year];
            so_far += self.spent(fund, year);
            if year >= period {
                room = room.min(given - so_far);
            }
        }
        room
    }

    /// Books a payment (or, negative, takes it back), whatever the rules say. Only funds that may pay a class can be
    /// booked for it.
    pub fn book(&mut self, class: usize, fund: FundIx, period: YearIx, amount: Money) {
        if amount < Money::ZERO {
            self.dry = Dry::default();
        }
        self.enter(class, fund, period, amount);
    }

    /// Books a payment that is never taken back.
    pub fn hold(&mut self, class: usize, fund: FundIx, period: YearIx, amount: Money) {
        if let Some(slot) = self.classes.slot(class, fund) {
            let held = self.held.entry(slot * self.periods + period.at());
            *held.or_default() += amount;
        }
        self.book(class, fund, period, amount);
    }

    fn enter(&mut self, class: usize, fund: FundIx, period: YearIx, amount: Money) {
        if amount.is_zero() {
            return;
        }
        if let Some(slot) = self.classes.slot(class, fund) {
            self.paid[slot * self.periods + period.at()] += amount;
        }
        self.spent[fund.at() * self.periods + period.at()] += amount;
        if !self.case.horizon.is_terminal(period) {
            let spoken_of = &self.classes.shares[class];
            self.shares.book(fund, period, amount, spoken_of);
        }
    }

    /// Pays an amount for a class in a period from the funds that may, in file order unless said otherwise; what no fund
    /// can pay is left and returned.
    pub fn pay(&mut self, class: usize, period: YearIx, amount: Money) -> Money {
        self.pay_first_from(&[], class, period, amount, &mut Trial::default())
    }

    /// The same, with some funds before the others.
    fn pay_first_from(
        &mut self,
        first: &[FundIx],
        class: usize,
        period: YearIx,
        mut amount: Money,
        trial: &mut Trial,
    ) -> Money {
        amount -= self.match_first(class, period, amount, trial);
        for turn in 0..3 {
            for at in 0..self.payers[class].len() {
                let fund = self.payers[class][at];
                let is_first = first.binary_search(&fund).is_ok();
                let is_matched = self.matched[class].binary_search(&fund).is_ok();
                let its_turn = match (is_first, is_matched) {
                    (true, _) => 0,
                    (false, true) => 1,
                    (false, false) => 2,
                };
                if its_turn != turn {
                    continue;
                }
                if amount.is_zero() {
                    return amount;
                }
                amount -= self.pay_from(class, fund, period, amount, trial);
            }
        }
        amount
    }

    /// Has a fund pay as much of an amount as it has room for; says how much that is.
    fn pay_from(
        &mut self,
        class: usize,
        fund: FundIx,
        period: YearIx,
        amount: Money,
        trial: &mut Trial,
    ) -> Money {
        let part = amount.min(self.room(fund, period)).max(Money::ZERO);
        if !part.is_zero() {
            self.enter(class, fund, period, part);
            trial.payments.push((class, fund, period, part));
        }
        part
    }

    /// Takes back what was paid for a class in a period: first what others have to match, last from the fund that is asked
    /// first.
    pub fn unpay(&mut self, class: usize, period: YearIx, mut amount: Money) {
        let payers = self.payers[class].iter().rev().copied();
        let matched = self.matched[class].iter().copied();
        let payers: Vec<FundIx> = matched.chain(payers).collect();
        for fund in payers {
            let part = amount.min(self.free(class, fund, period));
            self.book(class, fund, period, -part);
            amount -= part;
        }
    }

    /// What a fund pays for a class in a period that may be taken back.
    fn free(&self, class: usize, fund: FundIx, period: YearIx) -> Money {
        let Some(slot) = self.classes.slot(class, fund) else {
            return Money::ZERO;
        };
        let at = slot * self.periods + period.at();
        let held = self.held.get(&at).copied().unwrap_or_default();
        (self.paid[at] - held).max(Money::ZERO)
    }

    /// Counts units of a measure at a school against the quotas; rotation counts where posts leave.
    pub fn count(&mut self, school: SchoolIx, measure: MeasureIx, year: YearIx, units: f64) {
        for at in self.counted_at(school, measure, year) {
            self.quotas.count(at, units);
        }
    }

    /// Counts money for a measure at a school (or, negative, takes it back) against the quotas of money, the same amount in
    /// each period in which it is paid.
    pub fn count_money(&mut self, at: (YearIx, MeasureIx, SchoolIx), dues: &Dues) {
        self.stays.count(&at, dues);
        for (row, due) in self.quotas.paid_at(self.reach, at, dues) {
            self.quotas.count(row, due.main());
        }
    }

    fn counted_at(&self, school: SchoolIx, measure: MeasureIx, year: YearIx) -> Vec<usize> {
        let rows = self.quotas.counted_at(self.reach, school, measure, year);
        rows.collect()
    }

    /// Adds units with their pay if every rule allows it: money, ceilings, and no share rule worse off than before;
    /// and, when they are added `towards` a demand, if it lacks less then: the funds it counts pay first.
    /// Changes nothing when one does not. Quotas count them at `counted`: for a rotation the school that posts leave.
    pub fn try_add(
        &mut self,
        (year, measure, school): (YearIx, MeasureIx, SchoolIx),
        counted: SchoolIx,
        units: f64,
        dues: &Dues,
        towards: Option<&Demand>,
    ) -> bool {
        self.shares.judge();
        let lacked = towards.map(|demand| self.lacks(demand));
        let mut trial = Trial::default();
        let allowed = self.try_pay(school, measure, dues, towards, &mut trial)
            && self.try_count(counted, measure, year, units, &mut trial)
            && self.try_count_money((year, measure, school), dues, &mut trial)
            && (self.lenient || !self.shares.is_worse());
        if allowed {
            self.shares.judge();
            // No share is worse off, so that a demand that has changed lacks less.
            let now = towards.map(|demand| self.lacks(demand));
            if towards.is_none() || now != lacked {
                return true;
            }
        }
        self.undo(trial);
        false
    }

    /// Pays for units in all their periods, as far as there is money; says whether it is enough.
    fn try_pay(
        &mut self,
        school: SchoolIx,
        measure: MeasureIx,
        dues: &Dues,
        towards: Option<&Demand>,
        trial: &mut Trial,
    ) -> bool {
        if dues.is_zero() {
            return true;
        }
        let Some(class) = self.classes.class(measure, school) else {
            return false;
        };
        if towards.is_none() && self.dry.is_too_much(class, dues) {
            return false;
        }
        let first = towards.map(|demand| self.shares.funds(demand.policy).to_vec());
        let first = first.unwrap_or_default();
        let enough = dues.iter().all(|(period, due)| {
            self.pay_first_from(&first, class, YearIx::new(period), due, trial)
                .is_zero()
        });
        if !enough && towards.is_none() {
            self.dry.note(class, dues);
        }
        enough
    }

    /// Counts units against the quotas; says whether none has too many then.
    fn try_count(
        &mut self,
        school: SchoolIx,
        measure: MeasureIx,
        year: YearIx,
        units: f64,
        trial: &mut Trial,
    ) -> bool {
        self.counted_at(school, measure, year)
            .into_iter()
            .all(|at| {
                trial.counts.push((at, self.quotas.count(at, units)));
                !self.quotas.is_over(at)
            })
    }

    /// Counts money against the quotas of money; says whether none has too much then.
    fn try_count_money(
        &mut self,
        at: (YearIx, MeasureIx, SchoolIx),
        dues: &Dues,
        trial: &mut Trial,
    ) -> bool {
        self.stays.count(&at, dues);
        trial.stays = Some((at, dues.back()));
        let rows = self.quotas.paid_at(self.reach, at, dues);
        rows.into_iter().all(|(row, due)| {
            trial.counts.push((row, self.quotas.count(row, due.main())));
            !self.quotas.is_over(row)
        })
    }

    fn undo(&mut self, trial: Trial) {
        for (class, fund, period, amount) in trial.payments {
            self.enter(class, fund, period, -amount);
        }
        for (at, used) in trial.counts.into_iter().rev() {
            self.quotas.put(at, used);
        }
        if let Some((at, back)) = trial.stays {
            self.stays.count(&at, &back);
        }
    }

    /// The first demand (share or minimum quota) that is not met.
    pub fn unmet_demand(&mut self) -> Option<Demand> {
        self.shares.judge();
        let shares = self.shares.unmet().or_else(|| self.quotas.unmet());
        shares.or_else(|| self.stays.unmet())
    }

    /// The first minimum quota that is not met.
    pub fn unmet_quota(&self) -> Option<Demand> {
        self.quotas.unmet()
    }

    /// What a demand lacks now; `None` when it is met.
    pub fn lacks(&mut self, demand: &Demand) -> Option<Lacks> {
        self.shares.judge();
        let now = self
            .shares
            .now(demand)
            .or_else(|| self.quotas.now(self.reach, demand))
            .or_else(|| self.stays.now(demand));
        now.map(|now| now.lacks)
    }

    /// Where less is kept of an earlier plan than a rule speaks of; `None` for another kind of rule.
    pub fn open_to_stay(&self, policy: PolicyIx) -> Option<Vec<Spot>> {
        self.stays.open(policy)
    }

    /// Whether what is at a place may make room for what a demand asks for: it is on the other side of its rule.
    pub fn gives_way(&self, demand: &Demand, at: &Spot) -> bool {
        let inside = || self.reach.rules(demand.policy, at.1, at.2);
        let stays = self.stays.gives_way(demand.policy, at);
        stays.unwrap_or_else(|| inside() == (demand.outside || demand.yields_inside))
    }
}
