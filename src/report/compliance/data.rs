//! Compliance school by school and county by county, and everything for programs.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde_json::{Value, json};

use super::super::csv as table;
use super::super::diagnosis::section_name;
use super::super::question::Question;
use super::super::verdict;
use super::{Told, coefficient, of_section, rotation};
use crate::case::balance::{SchoolSurvey, SectionSurvey, Survey};
use crate::plan::table::Cell;
use crate::words::SchoolIx;

/// A row for each section of each school: the part of the standard it has of every indicator in the three states, how many
/// it meets, and whether it passes.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(told: &Told, out: impl Write) -> io::Result<()> {
    let (asked, case) = (&told.asked, told.asked.case);
    let fixed = [
        ("县区", "county"),
        ("乡镇", "township"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("学段", "section"),
        ("在校生", "pupils"),
        ("是否参评", "judged"),
    ];
    let mut header: Vec<String> = fixed.map(|(zh, en)| asked.pick(zh, en).to_string()).into();
    let indicators: Vec<_> = case
        .resources
        .ids()
        .filter(|&at| case.is_indicator(at))
        .collect();
    let names = told.names();
    for &at in &indicators {
        for state in &names {
            let name = &case.resources[at].name;
            header.push(asked.pick(
                format!("{name}达到标准%·{state}"),
                format!("{name}, % of standard, {state}"),
            ));
        }
    }
    for state in &names {
        header.push(asked.pick(format!("达标项·{state}"), format!("met, {state}")));
        header.push(asked.pick(format!("是否达标·{state}"), format!("passes, {state}")));
    }
    let rows = told.states.with.schools.iter().map(|last| {
        let school = &case.schools[last.school];
        let mut row = vec![
            Cell::text(case.counties[school.county].to_string()),
            Cell::text(&school.township),
            Cell::text(&school.id),
            Cell::text(&school.name),
            Cell::text(section_name(asked, last.section)),
            Cell::number(last.pupils),
            Cell::text(yes(asked, !last.small)),
        ];
        let states: Vec<Option<&SchoolSurvey>> = vec![
            find(&told.states.now, last),
            find(&told.states.without, last),
            Some(last),
        ];
        for &at in &indicators {
            let part = |state: &Option<&SchoolSurvey>| {
                let level = state.and_then(|state| state.levels[at.at()]);
                Cell::known(
                    level
                        .and_then(|level| level.ratio)
                        .map(|ratio| 100.0 * ratio),
                )
            };
            row.extend(states.iter().map(part));
        }
        for state in &states {
            row.push(Cell::known(state.map(|state| state.met as f64)));
            let passes = state.and_then(|state| state.passes);
            row.push(passes.map_or(Cell::Empty, |passes| Cell::text(yes(asked, passes))));
        }
        row
    });
    table::write(out, &header, rows, asked.lang)
}

/// The same section of the same school in another state. Sections without pupils in a year are absent there.
fn find<'a>(survey: &'a Survey, one: &SchoolSurvey) -> Option<&'a SchoolSurvey> {
    let key = |other: &SchoolSurvey| (other.school, other.section == crate::case::Section::Junior);
    let at = survey.schools.binary_search_by_key(&key(one), key).ok()?;
    survey.schools.get(at)
}

fn yes(asked: &Question, is: bool) -> &'static str {
    match is {
        true => asked.pick("是", "yes"),
        false => asked.pick("否", "no"),
    }
}

/// A row for each section of each county: schools that pass, and every coefficient, in the three states.
///
/// # Errors
/// When `out` cannot be written.
pub fn counties_csv(told: &Told, out: impl Write) -> io::Result<()> {
    let (asked, case) = (&told.asked, told.asked.case);
    let mut header: Vec<String> = [
        ("县区", "county"),
        ("学段", "section"),
        ("参评学校", "judged"),
    ]
    .map(|(zh, en)| asked.pick(zh, en).to_string())
    .into();
    let names = told.names();
    let indicators = case
        .resources
        .pairs()
        .filter(|(at, _)| case.is_indicator(*at));
    let indicators: Vec<_> = indicators.collect();
    for state in &names {
        header.push(asked.pick(format!("达标学校·{state}"), format!("pass, {state}")));
        header.push(asked.pick(format!("无法判定·{state}"), format!("undecided, {state}")));
        header.push(asked.pick(
            format!("差异系数符合·{state}"),
            format!("coefficients kept, {state}"),
        ));
    }
    for (_, resource) in &indicators {
        for state in &names {
            header.push(asked.pick(
                format!("{}差异系数·{state}", resource.name),
                format!("{}, CV, {state}", resource.name),
            ));
        }
    }
    let mut rows = Vec::new();
    for (at, county) in told.states.with.counties.iter().enumerate() {
        for last in &county.sections {
            let of = |survey: &Survey| {
                let group = survey.counties.get(at)?;
                of_section(&group.sections, last.section).cloned()
            };
            let states = told.states.all().map(of);
            let mut row = vec![
                Cell::text(&county.name),
                Cell::text(section_name(asked, last.section)),
                Cell::number(last.schools as f64),
            ];
            for state in &states {
                row.push(Cell::known(state.as_ref().map(|one| one.passing as f64)));
                row.push(Cell::known(state.as_ref().map(|one| one.undecided as f64)));
                let kept = state.as_ref().and_then(|one| one.cv_within_limit);
                row.push(kept.map_or(Cell::Empty, |kept| Cell::text(yes(asked, kept))));
            }
            for (resource, _) in &indicators {
                let cv = |state: &Option<SectionSurvey>| {
                    let one = state.as_ref()?.indicators.get(resource.at())?;
                    coefficient(one)
                };
                row.extend(states.iter().map(|state| Cell::known(cv(state))));
            }
            rows.push(row);
        }
    }
    table::write(out, &header, rows, asked.lang)
}

/// The classes and schools that are too large, today or at the end: one row a school and limit. A size that keeps its limit
/// or is not known stays empty.
///
/// # Errors
/// When `out` cannot be written.
pub fn sizes_csv(told: &Told, out: impl Write) -> io::Result<()> {
    let (asked, case) = (&told.asked, told.asked.case);
    let (now, end) = (told.states.now.year, told.states.with.year);
    let header = [
        asked.pick("项目", "size of").to_string(),
        asked.pick("上限（人）", "at most (pupils)").to_string(),
        asked.pick("学校代码", "school code").to_string(),
        asked.pick("学校", "school").to_string(),
        asked.pick(
            format!("{now}年超限人数"),
            format!("pupils in {now}, where above"),
        ),
        asked.pick(
            format!("{end}年超限人数"),
            format!("pupils in {end}, where above"),
        ),
    ];
    let (first, last) = (&told.states.sizes_now, &told.states.sizes_with);
    let mut rows = Vec::new();
    for (first, last) in first.iter().zip(last) {
        let mut over: BTreeMap<SchoolIx, [Option<f64>; 2]> = BTreeMap::new();
        for (at, of) in [first, last].into_iter().enumerate() {
            for (school, pupils) in &of.over {
                over.entry(*school).or_default()[at] = Some(*pupils);
            }
        }
        for (school, sizes) in over {
            let mut row = vec![
                Cell::text(super::size::name(asked, last.of)),
                Cell::number(last.limit),
                Cell::text(&case.schools[school].id),
                Cell::text(&case.schools[school].name),
            ];
            row.extend(sizes.map(Cell::known));
            rows.push(row);
        }
    }
    table::write(out, &header, rows, asked.lang)
}

/// Everything, for programs.
pub fn json(told: &Told) -> Value {
    let (asked, case) = (&told.asked, told.asked.case);
    json!({
        "case": case.name,
        "remark": case.remark,
        "scenario": asked.scenario.map_or("base", |one| one.name.as_str()),
        "standard": case.standard.name,
        "plan": told.plan,
        "broken_rules": told.broken,
        "halted": told.halted.map(verdict::reason_key),
        "now": state(&told.states.now),
        "without_plan": state(&told.states.without),
        "with_plan": state(&told.states.with),
        "sizes_now": told.states.sizes_now,
        "sizes_without_plan": told.states.sizes_without,
        "sizes_end": told.states.sizes_with,
        "rotation": rotation::json(told),
    })
}

fn state(survey: &Survey) -> Value {
    json!({
        "year": survey.year,
        "pupils_unknown": survey.pupils_unknown,
        "sections": survey.sections,
        "counties": survey.counties.iter().map(|county| json!({
            "name": county.name,
            "sections": county.sections,
        })).collect::<Vec<_>>(),
        "schools": survey.schools,
    })
}
