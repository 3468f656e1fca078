//! Schools that still fail with the plan.

use super::super::diagnosis::section_name;
use super::super::number::{count, percent};
use super::super::page::{Grid, Page};
use super::Told;
use crate::case::balance::SchoolSurvey;

/// Schools that are named on the page.
const NAMED: usize = 10;

/// Tells how far those are that do not pass, the nearest first.
pub fn tell(told: &Told, page: &mut Page) {
    let asked = &told.asked;
    if asked.case.standard.compliance.is_none() {
        return;
    }
    let with = &told.states.with.schools;
    let mut failing: Vec<&SchoolSurvey> = with
        .iter()
        .filter(|one| one.passes == Some(false))
        .collect();
    if failing.is_empty() {
        return;
    }
    let lowest = |one: &SchoolSurvey| {
        let case = asked.case;
        let indicators = case.resources.ids().filter(|&at| case.is_indicator(at));
        let ratios = indicators.filter_map(|at| one.levels[at.at()]?.ratio);
        ratios.fold(f64::INFINITY, f64::min)
    };
    failing.sort_by(|one, other| {
        let lacks = |one: &SchoolSurvey| one.asked - one.met;
        let further = lowest(other).total_cmp(&lowest(one));
        lacks(one).cmp(&lacks(other)).then(further)
    });
    page.heading(asked.pick(
        "规划后仍未达标的学校（最接近的在前）",
        "Schools that do not pass with the plan, the nearest first",
    ));
    let mut grid = Grid::new()
        .words(asked.pick("学校", "school"))
        .words(asked.pick("学段", "section"))
        .numbers(asked.pick("达标项", "met"))
        .words(asked.pick(
            "未达标的指标（达到标准的）",
            "not met (part of the standard)",
        ));
    for one in failing.iter().take(NAMED) {
        grid.row([
            asked.case.schools[one.school].name.clone(),
            section_name(asked, one.section).to_string(),
            format!("{} / {}", one.met, one.asked),
            unmet(told, one).join(asked.pick("、", ", ")),
        ]);
    }
    let more = failing.len().saturating_sub(NAMED);
    if more > 0 {
        let more = count(more);
        grid.foot = Some(asked.pick(
            format!("另有 {more} 个，见 compliance.csv"),
            format!("and {more} more, in compliance.csv"),
        ));
    }
    page.grid(grid);
}

/// The indicators that a section does not meet, with the part of the standard it has.
pub fn unmet(told: &Told, one: &SchoolSurvey) -> Vec<String> {
    let case = told.asked.case;
    let indicators = case.resources.ids().filter(|&at| case.is_indicator(at));
    indicators
        .filter_map(|at| {
            let level = one.levels[at.at()]?;
            let ratio = level.ratio?;
            (level.met() == Some(false))
                // Rounded down: 99.96 % of a standard is not 100 % of it.
                .then(|| {
                    let part = percent((ratio * 1e3).floor() / 1e3);
                    format!("{} {part}", case.resources[at].name)
                })
        })
        .collect()
}
