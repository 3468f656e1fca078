//! Plans made by a rule that can be printed on a page, rather than by an optimum: what planners do today, and what could
//! be published instead. The rule says who comes first; every limit of the case is kept all the same, in the same books,
//! and the rows pass the same audit.

mod ladder;
mod pro_rata;
mod raise;
mod rotate;
mod worth;

pub use ladder::{Grain, Rung};

use super::answer::Basis;
use super::audit::{Audit, audit};
use super::course::Course;
use super::ledger::Ledger;
use super::outcome::Outcome;
use super::payment;
use super::row::PlanRow;
use super::solve::not_in_whole_units;
use super::spread::Deal;
use super::topup::{Aim, LEFT_OVER, TopUp};
use crate::case::Case;
use crate::formulate::{Classes, Formulated};
use crate::words::{MeasureIx, SchoolIx};
use raise::Raise;
use worth::Prices;

/// Who comes first.
#[derive(Clone, PartialEq, Debug)]
pub enum Rule {
    /// Every shortfall gets the same part of what it lacks, year by year, as far as the money goes that may pay for it
    /// (按缺口比例分配).
    ProRata,
    /// Rung after rung: a measure, for whom, and up to which part of the standard (达标线).
    Ladder(Vec<Rung>),
}

/// A plan that a rule makes.
#[derive(Clone, Debug)]
pub struct ByRule {
    /// Its rows.
    pub rows: Vec<PlanRow>,
    /// The state of every school with it.
    pub outcome: Outcome,
    /// The independent check of its rows.
    pub audit: Audit,
}

/// A case in which rules are followed: what is the same for all of them is made once.
pub struct Rulebook<'a> {
    case: &'a Case,
    form: &'a Formulated,
    prices: Prices,
    blank: Books<'a>,
}

impl<'a> Rulebook<'a> {
    /// The rulebook of a case, with the prices of its optimum.
    pub fn of(case: &'a Case, basis: &'a Basis) -> Rulebook<'a> {
        let form = &basis.form;
        let mut ledger = Ledger::new(case, form);
        ledger.narrowest_first();
        let blank = Books {
            case,
            classes: &form.classes,
            ledger,
            course: Course::of(case, &form.reach),
            deal: Deal::new(),
            aim: Aim::default(),
        };
        Rulebook {
            case,
            form,
            prices: Prices::of(case, form, &basis.proof.multipliers),
            blank,
        }
    }

    /// The plan that a rule makes.
    ///
    /// # Errors
    /// In Chinese and English, which rule of the case cannot be met in this way in whole units.
    pub fn plan(&self, rule: &Rule) -> Result<ByRule, (String, String)> {
        let mut books = self.blank.clone();
        books.follow(rule)?;
        let rows = payment::rows(self.case, self.form, &books.ledger, &[], &books.deal);
        let outcome = Outcome::new(self.case, &rows);
        let audit = audit(self.case, &rows, &[]);
        Ok(ByRule {
            rows,
            outcome,
            audit,
        })
    }

    /// What a rule comes to; `None` where it makes no plan.
    pub fn come_to(&self, rule: &Rule) -> Option<ComesTo> {
        let mut books = self.blank.clone();
        books.follow(rule).ok()?;
        Some(ComesTo {
            gap: books.course.gap(),
            outside: match rule {
                Rule::ProRata => 0.0,
                Rule::Ladder(ladder) => books.outside(ladder),
            },
        })
    }

    /// The part of a plan's money that goes where no rung of a ladder says: minimum shares and quotas ask for it.
    pub fn outside(&self, ladder: &[Rung], rows: &[PlanRow]) -> f64 {
        let mut sums = [0.0; 2];
        for row in rows {
            let money = row.amount().main();
            let inside = is_inside(self.case, ladder, row.measure, row.school);
            sums[0] += if inside { 0.0 } else { money };
            sums[1] += money;
        }
        part(sums)
    }
}

/// What a rule comes to.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct ComesTo {
    /// The gap index of its plan.
    pub gap: f64,
    /// The part of the plan's money that goes where no rung of a ladder says.
    pub outside: f64,
}

fn is_inside(case: &Case, ladder: &[Rung], measure: MeasureIx, school: SchoolIx) -> bool {
    ladder
        .iter()
        .any(|rung| rung.measure == measure && rung.covers(case, school))
}

/// The first of two sums as a part of the second; 0 of nothing.
fn part([some, all]: [f64; 2]) -> f64 {
    match all > 0.0 {
        true => some / all,
        false => 0.0,
    }
}

/// What a rule writes in.
#[derive(Clone)]
struct Books<'a> {
    case: &'a Case,
    classes: &'a Classes,
    ledger: Ledger<'a>,
    course: Course,
    deal: Deal,
    aim: Aim,
}

impl<'a> Books<'a> {
    fn raise<'b>(&'b mut self) -> Raise<'a, 'b> {
        Raise {
            books: TopUp {
                case: self.case,
                classes: self.classes,
                ledger: &mut self.ledger,
                course: &mut self.course,
                deal: &mut self.deal,
                at_once: LEFT_OVER,
                aim: &self.aim,
            },
            stuck: false,
        }
    }

    fn outside(&self, ladder: &[Rung]) -> f64 {
        let mut sums = [0.0; 2];
        for (&(year, measure, school), dealt) in &self.deal {
            let money = dealt.brought * self.case.price_in_plan(measure, year);
            let inside = is_inside(self.case, ladder, measure, school);
            sums[0] += if inside { 0.0 } else { money };
            sums[1] += money;
        }
        part(sums)
    }

    fn follow(&mut self, rule: &Rule) -> Result<(), (String, String)> {
        let case = self.case;
        let mut raise = self.raise();
        raise.books.ledger.be_lenient(true);
        raise.follow(rule);
        raise.books.ledger.be_lenient(false);
        let mut met = Ok(());
        if raise.books.ledger.unmet_demand().is_some() {
            met = raise.books.meet_demands();
            // What mending has taken from one side of a share rule is dealt out once more, now within the rule.
            if met.is_ok() {
                raise.follow(rule);
                met = raise.books.meet_demands();
            }
        }
        met.map_err(|demand| not_in_whole_units(case, &demand))
    }
}

impl Raise<'_, '_> {
    fn follow(&mut self, rule: &Rule) {
        match rule {
            Rule::ProRata => self.pro_rata(),
            Rule::Ladder(ladder) => self.climb(ladder),
        }
    }
}
