//! Compliance county by county.

use super::super::diagnosis::section_name;
use super::super::number::count;
use super::super::page::{Grid, Page};
use super::{Told, kept, of_section, passing_of};
use crate::case::balance::{SectionSurvey, Survey};

/// Counties that are told on the page; a nation has hundreds.
const NAMED: usize = 20;

/// Tells of counties, where there are several: the official rule is judged county by county.
pub fn tell(told: &Told, page: &mut Page) {
    let asked = &told.asked;
    let [now, without, with] = told.states.all();
    if with.counties.len() < 2 {
        return;
    }
    page.heading(asked.pick("各县区", "County by county"));
    let mut grid = Grid::new()
        .words(asked.pick("县区", "county"))
        .words(asked.pick("学段", "section"))
        .numbers(told.judged_header());
    for name in told.names() {
        grid = grid.numbers(asked.pick(format!("{name}达标"), format!("pass: {name}")));
    }
    let limited = asked.case.standard.cv_limit.is_some();
    if limited {
        grid = grid
            .words(asked.pick("差异系数：现状", "coefficients: today"))
            .words(asked.pick("差异系数：规划后", "coefficients: with the plan"));
    }
    let shown = with.counties.iter().enumerate().take(NAMED);
    for (at, county) in shown {
        for last in &county.sections {
            let of = |survey: &Survey| {
                let group = survey.counties.get(at);
                group
                    .and_then(|group| of_section(&group.sections, last.section))
                    .cloned()
            };
            let states = [of(now), of(without), Some(last.clone())];
            let mut row = vec![
                county.name.clone(),
                section_name(asked, last.section).to_string(),
                count(last.schools),
            ];
            row.extend(states.iter().map(|state| passing_of(state.as_ref())));
            let keeps = |state: &Option<SectionSurvey>| {
                kept(asked, state.as_ref().and_then(|one| one.cv_within_limit))
            };
            if limited {
                row.extend([keeps(&states[0]), keeps(&states[2])]);
            }
            grid.row(row);
        }
    }
    let more = with.counties.len().saturating_sub(NAMED);
    if more > 0 {
        let more = count(more);
        grid.foot = Some(asked.pick(
            format!("另有 {more} 个，见 compliance-counties.csv"),
            format!("and {more} more, in compliance-counties.csv"),
        ));
    }
    page.grid(grid);
}
