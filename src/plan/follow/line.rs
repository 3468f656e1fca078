//! One line of the follow-up: what was planned for a school, measure, year and fund, and what has been entered.

use std::collections::BTreeMap;

use super::entry::Entry;
use crate::case::Case;
use crate::plan::PlanRow;
use crate::words::{FundIx, MeasureIx, Money, SchoolIx, YearIx};

/// What a line speaks of; ordered as plans are.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct At {
    /// The plan year in which it is begun.
    pub year: YearIx,
    /// The measure.
    pub measure: MeasureIx,
    /// The school.
    pub school: SchoolIx,
    /// Whether a rotation takes posts away there, rather than bringing them.
    pub gives: bool,
}

/// What has been entered so far; `None` where nothing was, which is not the same as 0.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Entered {
    /// Units allocated (已下达).
    pub allocated: Option<f64>,
    /// Money allocated.
    pub allocated_money: Option<Money>,
    /// Units taken up (已落实).
    pub taken: Option<f64>,
    /// Money spent so far, over all closed years.
    pub spent: Option<Money>,
    /// Remarks, in order of their texts.
    pub remarks: Vec<String>,
}

impl Entered {
    /// Whether a number was entered.
    pub fn any(&self) -> bool {
        self.allocated.is_some()
            || self.allocated_money.is_some()
            || self.taken.is_some()
            || self.spent.is_some()
    }

    /// Adds what another row says of the same line: what comes in batches is entered in several rows.
    fn add(&mut self, other: &Entered) {
        fn sum<T: Copy + std::ops::Add<Output = T>>(one: &mut Option<T>, other: Option<T>) {
            *one = match (*one, other) {
                (Some(one), Some(other)) => Some(one + other),
                (one, other) => one.or(other),
            };
        }
        sum(&mut self.allocated, other.allocated);
        sum(&mut self.allocated_money, other.allocated_money);
        sum(&mut self.taken, other.taken);
        sum(&mut self.spent, other.spent);
        for remark in &other.remarks {
            if let Err(place) = self.remarks.binary_search(remark) {
                self.remarks.insert(place, remark.clone());
            }
        }
    }
}

/// Planned and done for one school, measure, year and fund. Units are never negative; [`At::gives`] says the direction.
#[derive(Clone, PartialEq, Debug)]
pub struct Line {
    /// What it speaks of.
    pub at: At,
    /// Who pays.
    pub fund: Option<FundIx>,
    /// Units planned. They stand on the first fund's line of a measure, as in the plan.
    pub planned: f64,
    /// Money planned in each plan year, and a year afterwards.
    pub payments: Vec<Money>,
    /// Whether the plan has it.
    pub is_planned: bool,
    /// What was done.
    pub entered: Entered,
}

impl Line {
    fn new(case: &Case, at: At, fund: Option<FundIx>) -> Line {
        Line {
            at,
            fund,
            planned: 0.0,
            payments: vec![Money::ZERO; case.horizon.years + 1],
            is_planned: false,
            entered: Entered::default(),
        }
    }

    /// Money planned in the first plan years.
    pub fn due(&self, years: usize) -> Money {
        self.payments.iter().take(years).copied().sum()
    }

    /// Units taken up; 0 where nothing was entered.
    pub fn taken(&self) -> f64 {
        self.entered.taken.unwrap_or(0.0)
    }

    /// Units allocated; where only what was taken up is entered, that much must have been.
    pub fn allocated(&self) -> f64 {
        self.entered.allocated.unwrap_or_else(|| self.taken())
    }

    /// Whether it belongs to the first `years`.
    pub fn is_closed(&self, years: usize) -> bool {
        self.at.year.at() < years
    }
}

/// The lines of a plan with what was entered, in order of year, measure, school, direction and fund. Lines that the plan
/// does not have are there too. Entries are added up in an order of their own, so that the order of rows changes nothing.
pub fn lines(case: &Case, plan: &[PlanRow], entries: &[Entry]) -> Vec<Line> {
    let mut lines: BTreeMap<(At, Option<FundIx>), Line> = BTreeMap::new();
    for row in plan {
        let at = At {
            year: row.year,
            measure: row.measure,
            school: row.school,
            gives: row.units < 0.0,
        };
        let line = lines
            .entry((at, row.fund))
            .or_insert_with(|| Line::new(case, at, row.fund));
        line.is_planned = true;
        line.planned += row.units.abs();
        for (sum, part) in line
            .payments
            .iter_mut()
            .zip(row.payments.iter().chain([&row.after]))
        {
            *sum += *part;
        }
    }
    let mut ordered: Vec<&Entry> = entries.iter().collect();
    ordered.sort_by(|one, other| {
        one.order()
            .partial_cmp(&other.order())
            .unwrap_or(std::cmp::Ordering::Equal)
    });
    for entry in ordered {
        let at = place(case, &lines, entry);
        let line = lines
            .entry((at, entry.fund))
            .or_insert_with(|| Line::new(case, at, entry.fund));
        line.entered.add(&entry.entered);
    }
    lines.retain(|_, line| line.is_planned || line.entered.any());
    lines.into_values().collect()
}

/// Where an entry belongs. A rotation's direction follows from its signs; where there are none, from the plan.
fn place(case: &Case, lines: &BTreeMap<(At, Option<FundIx>), Line>, entry: &Entry) -> At {
    let at = |gives| At {
        year: entry.year,
        measure: entry.measure,
        school: entry.school,
        gives,
    };
    let rotates = case.measures[entry.measure].lever.moves();
    let planned = |gives| {
        let first = lines.range((at(gives), None)..).next();
        first.is_some_and(|((one, _), _)| *one == at(gives))
    };
    let gives = entry
        .gives
        .unwrap_or_else(|| rotates && planned(true) && !planned(false));
    at(gives)
}
