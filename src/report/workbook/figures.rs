//! The figures that matter, each with its unit. Those that stand on other sheets are formulas that fetch them.

use rust_xlsxwriter::XlsxError;

use super::front::Front;
use super::look;
use super::measure::Measure;
use super::sheet::{Part, formula};
use super::summary::Found;
use super::{resources, text};
use crate::case::First;
use crate::plan::table::{Cell, money_shown};
use crate::plan::{Answer, Plan};
use crate::report::column::Holds;
use crate::report::question::Question;
use crate::report::verdict;
use crate::words::{Money, YearIx};

/// A figure.
enum Figure {
    /// In words.
    Words(String),
    /// A number, what it counts and its unit.
    Number(f64, Holds, String),
    /// A number that a formula fetches.
    Fetched(String, f64, Holds, String),
    /// By what share the figure above it is smaller than the one above that.
    Reduction(f64),
}

/// Writes the figures, one below the other.
///
/// # Errors
/// When the sheet is full.
pub fn write(front: &mut Front, answer: &Answer, found: Option<&Found>) -> Result<(), XlsxError> {
    let asked = front.asked;
    front.section(asked.pick("主要数字", "Key figures"))?;
    let planned = answer.plan.as_ref().zip(found);
    for (label, figure) in figures(asked, answer, planned) {
        let at = (front.row, 1);
        text::write(front.sheet, (at.0, 0), &label, Some(&front.look.label))?;
        match figure {
            Figure::Words(words) => {
                text::write(front.sheet, at, &words, Some(&front.look.value))?;
            }
            Figure::Number(value, holds, unit) => {
                let format = look::figure(&format(value, holds, &unit));
                front
                    .sheet
                    .write_number_with_format(at.0, at.1, value, &format)?;
            }
            Figure::Fetched(said, value, holds, unit) => {
                let format = look::figure(&format(value, holds, &unit));
                formula(front.sheet, at, &said, value, &format)?;
            }
            Figure::Reduction(value) => {
                // Rows are counted from 1 in formulas.
                let said = format!("1-B{}/B{}", at.0, at.0 - 1);
                formula(front.sheet, at, &said, value, &look::figure("0.0%"))?;
            }
        }
        front.row += 1;
    }
    front.row += 1;
    Ok(())
}

fn figures(
    asked: &Question,
    answer: &Answer,
    planned: Option<(&Plan, &Found)>,
) -> Vec<(String, Figure)> {
    let case = asked.case;
    let mut all = Vec::new();
    let mut say = |zh: &str, en: &str, figure| {
        all.push((asked.pick(zh, en).to_string(), figure));
    };
    let count = |value: f64| Figure::Number(value, Holds::Quantity, String::new());
    let pupils = case.schools.ids();
    let pupils: f64 = pupils
        .filter_map(|school| case.pupils(school, YearIx::new(0)))
        .sum();
    let verdict = verdict::audited_name(asked, answer).to_string();
    say("结论", "verdict", Figure::Words(verdict));
    say("学校数", "schools", count(case.schools.len() as f64));
    say("学生数", "pupils", count(pupils.round()));
    let given: Money = case.funds.iter().map(|fund| fund.total()).sum();
    let money = |part: Option<&Part>, column: usize, otherwise: f64| {
        figure_of(part, column, otherwise, Holds::Money, asked.money_unit())
    };
    let given = money_shown(case, given);
    let Some((plan, found)) = planned else {
        say("可用资金", "money available", money(None, 0, given));
        return all;
    };
    let (part, years) = (found.money.part.as_ref(), case.horizon.years);
    say("可用资金", "money available", money(part, years + 2, given));
    say("规划支出", "money spent", money(part, years + 1, 0.0));
    let part = found.resources.part.as_ref();
    let gap = |part: Option<&Part>, column: usize, value: f64| {
        figure_of(part, column, value, Holds::Gap, asked.gap_unit())
    };
    let (before, after) = (plan.outcome.gap_before, plan.outcome.gap_after);
    let with = gap(part, resources::AFTER, after);
    say(
        "规划前缺口指数",
        "gap index without plan",
        gap(part, resources::BEFORE, before),
    );
    say("规划后缺口指数", "gap index with plan", with);
    if before > 0.0 {
        say(
            "缺口减少",
            "the gap falls by",
            Figure::Reduction(1.0 - after / before),
        );
    }
    // Where the lowest schools come first, the bound is one of plans that raise them as far as divisible amounts allow.
    if asked.case.objective.first == First::Gap {
        let bound = gap(None, 0, plan.certificate.whole);
        say("任何方案的缺口都不低于", "no plan has a gap below", bound);
    }
    all
}

/// The total of a column of another sheet; another value where there is none.
fn figure_of(
    part: Option<&Part>,
    column: usize,
    otherwise: f64,
    holds: Holds,
    unit: &str,
) -> Figure {
    match part.and_then(|part| part.total(column)) {
        Some((cell, value)) => Figure::Fetched(cell, value, holds, unit.to_string()),
        None => Figure::Number(otherwise, holds, unit.to_string()),
    }
}

/// The number format of a figure, with its unit behind it.
fn format(value: f64, holds: Holds, unit: &str) -> String {
    let mut measure = Measure::new(holds);
    measure.see(&Cell::number(value));
    with_unit(&measure.format(), unit)
}

fn with_unit(format: &str, unit: &str) -> String {
    if unit.is_empty() {
        return format.to_string();
    }
    let unit = format!("\" {}\"", unit.replace('"', ""));
    let sections = format.split(';').map(|section| format!("{section}{unit}"));
    sections.collect::<Vec<_>>().join(";")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn units_stand_behind_every_kind_of_number() {
        assert_eq!(with_unit("#,##0", "万元"), "#,##0\" 万元\"");
        assert_eq!(with_unit("[=0]0;0.0", "x\"y"), "[=0]0\" xy\";0.0\" xy\"");
        assert_eq!(with_unit("0", ""), "0");
    }
}
