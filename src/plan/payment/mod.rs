//! Who pays what: exact money for whole units, and the rows of the plan.

mod rows;

pub use rows::rows;

use super::course::Course;
use super::effort::look;
use super::ledger::Ledger;
use super::spread::Deal;
use super::waterfill::whole;
use crate::case::{Case, Dues};
use crate::formulate::{ColKey, Formulated, Kept};
use crate::words::{MeasureIx, Money, SchoolIx, YearIx};

type At = (YearIx, MeasureIx, SchoolIx);

/// Books a deal: kept payments as written, then the optimum's own choice of funds, then whatever fund has room.
/// Where rounding leaves a few hundredths that nobody can pay, the last units dealt there are taken back.
pub fn settle<'a>(
    case: &'a Case,
    form: &'a Formulated,
    values: &[f64],
    kept: &[Kept],
    deal: &mut Deal,
    course: &mut Course,
) -> Ledger<'a> {
    let periods = case.horizon.period_count();
    let mut settling = Settling {
        case,
        form,
        periods,
        ledger: Ledger::new(case, form),
        due: vec![Money::ZERO; form.classes.len() * periods],
        dealt: vec![Vec::new(); form.classes.len()],
    };
    settling.count(deal);
    settling.hold(kept);
    settling.pay_as_wished(values);
    settling.pay_the_rest(deal, course);
    settling.ledger
}

/// A deal that is being paid.
struct Settling<'a> {
    case: &'a Case,
    form: &'a Formulated,
    periods: usize,
    ledger: Ledger<'a>,
    /// What is still to be paid, by class and period.
    due: Vec<Money>,
    /// What is dealt in each class, in the order of the deal.
    dealt: Vec<Vec<At>>,
}

impl Settling<'_> {
    /// Counts units and adds up what they cost.
    fn count(&mut self, deal: &Deal) {
        for (&at, dealt) in deal {
            let (year, measure, school) = at;
            let stated = &self.case.measures[measure];
            let rotates = stated.lever.moves();
            let units = if rotates { dealt.taken } else { dealt.brought };
            self.ledger.count(school, measure, year, units);
            let dues = self.case.dues(measure, year, dealt.brought);
            self.ledger.count_money(at, &dues);
            let class = self.form.classes.class(measure, school);
            let Some(class) = class.filter(|_| !dues.is_zero()) else {
                continue;
            };
            for (period, due) in dues.iter() {
                self.due[class * self.periods + period] += due;
            }
            self.dealt[class].push(at);
        }
    }

    /// Books the payments of kept rows.
    fn hold(&mut self, kept: &[Kept]) {
        for row in kept {
            let class = self.form.classes.class(row.measure, row.school);
            let (Some(fund), Some(class)) = (row.fund, class) else {
                continue;
            };
            for (period, &amount) in row.payments.iter().enumerate() {
                if !amount.is_zero() {
                    self.ledger.hold(class, fund, YearIx::new(period), amount);
                    self.due[class * self.periods + period] -= amount;
                }
            }
        }
    }

    /// Has each fund pay what the optimum has it pay, as far as that is due.
    fn pay_as_wished(&mut self, values: &[f64]) {
        let (classes, periods) = (&self.form.classes, self.periods);
        let wished = wished_payments(self.form, values, periods);
        for class in 0..classes.len() {
            for period in 0..periods {
                let due = &mut self.due[class * periods + period];
                let wishes = || {
                    classes
                        .slots(class)
                        .map(|slot| wished[slot * periods + period])
                };
                let total: f64 = wishes().sum();
                if total <= 0.0 {
                    continue;
                }
                let scale = (due.as_cents() as f64 / total).clamp(0.0, 1.0);
                for (&fund, wish) in classes.funds[class].iter().zip(wishes()) {
                    let wish = Money::cents((wish * scale).floor() as i64);
                    let room = self.ledger.room(fund, YearIx::new(period));
                    let part = wish.min(*due).min(room).max(Money::ZERO);
                    self.ledger.book(class, fund, YearIx::new(period), part);
                    *due -= part;
                }
            }
        }
    }

    /// Pays what is left from any fund that may, and takes units back where none can.
    fn pay_the_rest(&mut self, deal: &mut Deal, course: &mut Course) {
        for class in 0..self.form.classes.len() {
            for period in 0..self.periods {
                let at = class * self.periods + period;
                // Units only fall, so that what was passed over stays so.
                let mut open = self.dealt[class].len();
                while self.due[at] > Money::ZERO {
                    self.due[at] = self.ledger.pay(class, YearIx::new(period), self.due[at]);
                    if self.due[at].is_zero()
                        || !self.take_back((class, period), &mut open, deal, course)
                    {
                        break;
                    }
                }
            }
        }
    }

    /// Takes back the last units that need the money due, of the first `open` entries of their class; says whether
    /// there were any.
    fn take_back(
        &mut self,
        (class, period): (usize, usize),
        open: &mut usize,
        deal: &mut Deal,
        course: &mut Course,
    ) -> bool {
        let case = self.case;
        let uses = |&(year, measure, school): &At| {
            look();
            let dealt = &deal[&(year, measure, school)];
            !dealt.kept && dealt.brought > 0.0 && case.price(measure, year, period) > 0.0
        };
        let Some(last) = self.dealt[class][..*open].iter().rposition(uses) else {
            return false;
        };
        *open = last + 1;
        let at = self.dealt[class][last];
        let (year, measure, school) = at;
        let stated = &case.measures[measure];
        let step = case.step(measure);
        let brought = deal[&at].brought;
        let due = self.due[class * self.periods + period];
        let wanted = (due.main() / (case.price(measure, year, period) * step))
            .ceil()
            .max(1.0);
        let steps = wanted.min(whole(brought / step).max(1) as f64);
        let units = (steps * step).min(brought);
        let freed = withdraw(case, deal, course, at, units);
        self.ledger.count_money(at, &freed.back());
        for (period, freed) in freed.iter() {
            let due = &mut self.due[class * self.periods + period];
            let unpaid = freed.min(*due).max(Money::ZERO);
            *due -= unpaid;
            self.ledger
                .unpay(class, YearIx::new(period), freed - unpaid);
        }
        if stated.lever.moves() {
            send_home(case, deal, course, &mut self.ledger, at, units);
        } else {
            self.ledger.count(school, measure, year, -units);
        }
        true
    }
}

/// What the optimum has each fund pay, in hundredths, by class with fund (its slot) and period.
fn wished_payments(form: &Formulated, values: &[f64], periods: usize) -> Vec<f64> {
    let mut wished = vec![0.0; form.classes.slot_count() * periods];
    for (key, &value) in form.cols.iter().zip(values) {
        if let ColKey::Pay {
            fund,
            class,
            period,
        } = *key
            && let Some(slot) = form.classes.slot(class, fund)
        {
            wished[slot * periods + period.at()] = value.max(0.0) * 100.0;
        }
    }
    wished
}

/// Takes back units that were brought; says what their payments fall by.
pub fn withdraw(case: &Case, deal: &mut Deal, course: &mut Course, at: At, units: f64) -> Dues {
    let (year, measure, _) = at;
    let Some(dealt) = deal.get_mut(&at) else {
        return case.dues(measure, year, 0.0);
    };
    let left = dealt.brought - units;
    let freed = case.dues(measure, year, dealt.brought) - case.dues(measure, year, left);
    dealt.brought = left;
    course.bring(case, at, -units);
    freed
}

/// As many posts as no longer arrive no longer leave, the last first.
pub fn send_home(
    case: &Case,
    deal: &mut Deal,
    course: &mut Course,
    ledger: &mut Ledger,
    (year, measure, school): At,
    mut units: f64,
) {
    for &donor in ledger.neighbours(measure, school).iter().rev() {
        look();
        if units <= 0.0 {
            return;
        }
        let dealt = deal.get_mut(&(year, measure, donor));
        let Some(dealt) = dealt.filter(|dealt| !dealt.kept && dealt.taken > 0.0) else {
            continue;
        };
        let back = units.min(dealt.taken);
        dealt.taken -= back;
        units -= back;
        course.bring(case, (year, measure, donor), back);
        ledger.count(donor, measure, year, -back);
    }
}
