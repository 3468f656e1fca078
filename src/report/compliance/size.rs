//! Sizes of classes and schools against their limits, before and at the end.

use super::super::diagnosis::section_name;
use super::super::number::{count, number};
use super::super::page::{Grid, Page};
use super::super::question::Question;
use super::Told;
use crate::case::Section;
use crate::case::balance::Sized;

/// Schools that are named for each limit.
const NAMED: usize = 3;

/// What a limit is on.
pub fn name(asked: &Question, of: Sized) -> String {
    match of {
        Sized::Class(section) => {
            let name = section_name(asked, section);
            asked.pick(format!("{name}平均班额"), format!("mean class, {name}"))
        }
        Sized::School => asked
            .pick("小学、初中规模", "school of one stage")
            .to_string(),
        Sized::ThroughSchool => asked
            .pick("九年一贯制学校规模", "nine-year school")
            .to_string(),
    }
}

/// Tells which are too large: today, and in the last year without the plan and with the rooms that it brings.
pub fn tell(told: &Told, page: &mut Page) {
    let asked = &told.asked;
    let case = asked.case;
    let states = told.states;
    if states.sizes_now.is_empty() {
        return;
    }
    let (now, end) = (states.now.year, states.with.year);
    page.heading(asked.pick("班额和学校规模", "Sizes of classes and schools"));
    let mut grid = Grid::new()
        .words(asked.pick("项目", "size of"))
        .numbers(asked.pick("上限（人）", "at most (pupils)"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.pick(format!("{now}年超出"), format!("above in {now}")))
        .numbers(asked.pick(
            format!("{end}年不规划超出"),
            format!("above in {end} without the plan"),
        ))
        .numbers(asked.pick(
            format!("{end}年规划后超出"),
            format!("above in {end} with it"),
        ))
        .numbers(asked.pick("不详", "unknown"))
        .words(asked.pick(
            format!("{end}年规划后超出最多的"),
            format!("largest above in {end} with the plan"),
        ));
    let last = states.sizes_without.iter().zip(&states.sizes_with);
    for (first, (without, with)) in states.sizes_now.iter().zip(last) {
        let largest = with.over.iter().take(NAMED).map(|&(school, pupils)| {
            let name = &case.schools[school].name;
            asked.pick(
                format!("{name}（{}）", number(pupils)),
                format!("{name} ({})", number(pupils)),
            )
        });
        let largest: Vec<String> = largest.collect();
        grid.row([
            name(asked, with.of),
            number(with.limit),
            count(with.judged),
            count(first.above),
            count(without.above),
            count(with.above),
            count(with.unknown),
            largest.join(asked.pick("、", ", ")),
        ]);
    }
    let classes = |one: &Section| case.standard.sizes.class.of(*one).is_some();
    if Section::ALL.iter().any(classes) {
        grid.foot = Some(asked.pick(
            "学校表只有班数：平均超出则必有班超出，平均不超出不等于每个班都不超出",
            "the table of schools has the number of classes only: where the mean is above, a class is; where it is not, a class may still be",
        ).to_string());
    }
    page.grid(grid);
}
