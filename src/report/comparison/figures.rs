//! The figures by which scenarios are held side by side.

use serde_json::{Value, json};

use super::schools::{SchoolGaps, Turn};
use crate::case::balance::{SectionSurvey, survey};
use crate::case::{Case, Lever, Section};
use crate::plan::table::Cell;
use crate::plan::{Outcome, Plan};

use crate::report::column::Holds;
use crate::report::number::{self, count, money_value, number, percent};
use crate::study::Solved;
use crate::words::Money;

/// A column: the key for programs, its name in Chinese and English.
pub type Named = (&'static str, &'static str, &'static str);

/// The columns, in order.
pub const COLUMNS: [Named; 12] = [
    ("gap", "缺口指数", "gap"),
    ("gap_by_base", "按基准口径", "by base measure"),
    ("gap_change", "比基准", "vs base"),
    ("spent", "支出", "spent"),
    ("posts", "新增岗位", "new posts"),
    ("moved", "交流人次", "posts moved"),
    ("cv_primary", "小学差异系数", "CV primary"),
    ("cv_junior", "初中差异系数", "CV junior"),
    ("passing_primary", "小学达标", "primary pass"),
    ("passing_junior", "初中达标", "junior pass"),
    ("schools_better", "变好学校", "better"),
    ("schools_worse", "变差学校", "worse"),
];

/// What a column holds, by its key for programs.
pub fn holds(key: &str) -> Holds {
    match key {
        "gap" | "gap_by_base" => Holds::Gap,
        "gap_change" => Holds::Share,
        "spent" => Holds::Money,
        "cv_primary" | "cv_junior" => Holds::Coefficient,
        _ => Holds::Quantity,
    }
}

/// Where the columns about gap and means end and those about schools begin.
pub const ENDS: usize = 6;

/// A figure of a scenario.
#[derive(Clone, PartialEq, Debug)]
pub enum Figure {
    /// Nothing to say: no plan, or it does not apply.
    Absent,
    /// Something counted.
    Count(usize),
    /// A quantity.
    Number(f64),
    /// Money in the unit the case shows money in.
    Money(f64),
    /// A share.
    Share(f64),
    /// A part of a whole.
    OutOf(usize, usize),
}

impl Figure {
    /// Whether there is anything to read in it.
    pub fn says_something(&self) -> bool {
        match self {
            Figure::Absent | Figure::Count(0) | Figure::OutOf(_, 0) => false,
            Figure::Number(value) => *value != 0.0,
            _ => true,
        }
    }

    /// Its amount, if it is one of something.
    pub fn amount(&self) -> Option<f64> {
        match self {
            Figure::Number(value) | Figure::Money(value) | Figure::Share(value) => Some(*value),
            Figure::Count(value) => Some(*value as f64),
            Figure::Absent | Figure::OutOf(..) => None,
        }
    }

    /// For people.
    pub fn in_words(&self) -> String {
        match self {
            Figure::Absent => number::MISSING.to_string(),
            Figure::Count(value) => count(*value),
            Figure::Number(value) => number(*value),
            Figure::Money(value) => money_value(*value),
            Figure::Share(0.0) => percent(0.0),
            Figure::Share(value) => {
                format!("{}{}", if *value > 0.0 { "+" } else { "" }, percent(*value))
            }
            Figure::OutOf(part, whole) => format!("{} / {}", count(*part), count(*whole)),
        }
    }

    /// For spreadsheets.
    pub fn cell(&self) -> Cell {
        match self {
            Figure::Absent => Cell::Empty,
            Figure::Count(value) | Figure::OutOf(value, _) => Cell::Number(value.to_string()),
            Figure::Number(value) | Figure::Money(value) | Figure::Share(value) => {
                Cell::number(*value)
            }
        }
    }

    /// For programs.
    pub fn value(&self) -> Value {
        match self {
            Figure::Absent => Value::Null,
            Figure::Count(value) => json!(value),
            Figure::Number(value) | Figure::Money(value) | Figure::Share(value) => json!(value),
            Figure::OutOf(part, whole) => json!({ "pass": part, "of": whole }),
        }
    }
}

/// A plan and what it leaves by the measure of the base: scenarios may weigh and ask differently, and only by one measure
/// can they be held side by side.
#[derive(Clone, Debug)]
pub struct Measured {
    /// The gap index of all periods.
    pub gap: f64,
    /// The gaps by school.
    pub schools: SchoolGaps,
}

impl Measured {
    /// What the plan of a run leaves; `None` where it has none.
    pub fn of(base_case: &Case, run: &Solved) -> Option<Measured> {
        let plan = run.answer.plan.as_ref()?;
        let outcome = Outcome::new(base_case, &plan.rows);
        Some(Measured {
            gap: outcome.gap_after,
            schools: SchoolGaps::of(base_case, &outcome),
        })
    }
}

/// The figures of a run, in the order of [`COLUMNS`].
pub fn of(base: Option<&Measured>, run: &Solved, own: Option<&Measured>) -> Vec<Figure> {
    let (Some(plan), Some(own)) = (&run.answer.plan, own) else {
        return vec![Figure::Absent; COLUMNS.len()];
    };
    let case = &run.case;
    let last = case.horizon.last();
    let after = survey(
        case,
        |school, resource| plan.outcome.stock(case, school, resource, last),
        last,
    );
    let section = |section| {
        after
            .sections
            .iter()
            .find(|one: &&SectionSurvey| one.section == section)
    };
    let [primary, junior] = Section::ALL.map(section);
    let turned = |turn: Turn| {
        base.map_or(Figure::Absent, |base| {
            let turns = own.schools.turns(&base.schools);
            Figure::Count(turns.filter(|one| *one == turn).count())
        })
    };
    let change = base.map(|base| (own.gap - base.gap) / base.gap.max(f64::MIN_POSITIVE));
    let spent: Money = plan.rows.iter().map(|row| row.amount()).sum();
    vec![
        Figure::Number(plan.outcome.gap_after),
        Figure::Number(own.gap),
        change
            .filter(|change| change.is_finite())
            .map_or(Figure::Absent, Figure::Share),
        Figure::Money(spent.main() / case.money_shown.0),
        Figure::Number(units(case, plan, |lever| matches!(lever, Lever::Hire))),
        Figure::Number(units(case, plan, |lever| {
            matches!(lever, Lever::Rotate { .. })
        })),
        coefficient(case, primary),
        coefficient(case, junior),
        passing(case, primary),
        passing(case, junior),
        turned(Turn::Better),
        turned(Turn::Worse),
    ]
}

fn units(case: &Case, plan: &Plan, wanted: impl Fn(&Lever) -> bool) -> f64 {
    let supplied = plan
        .rows
        .iter()
        .filter(|row| row.units > 0.0 && wanted(&case.measures[row.measure].lever));
    supplied.map(|row| row.units).sum()
}

/// The composite coefficient where the standard limits that one, else the largest of the indicators.
fn coefficient(case: &Case, section: Option<&SectionSurvey>) -> Figure {
    let composite = case
        .standard
        .cv_limit
        .as_ref()
        .is_some_and(|limit| limit.composite);
    let found = section.and_then(|section| match composite {
        true => section.composite,
        false => section
            .indicators
            .iter()
            .filter(|one| one.indicator)
            .filter_map(|one| one.spread.and_then(|spread| spread.cv))
            .reduce(f64::max),
    });
    found.map_or(Figure::Absent, Figure::Number)
}

fn passing(case: &Case, section: Option<&SectionSurvey>) -> Figure {
    match section.filter(|_| case.standard.compliance.is_some()) {
        Some(section) => Figure::OutOf(
            section.passing,
            section.passing + section.failing + section.undecided,
        ),
        None => Figure::Absent,
    }
}
