//! Acceptance as a table, one row for each need of each school.

use std::io::{self, Write};

use super::Told;
use crate::plan::Outcome;
use crate::plan::table::Cell;
use crate::report::csv as table;
use crate::words::{ResourceIx, SchoolIx, tolerance};

/// The table inspectors check school by school: required, there before, there now, short, and what is to come.
///
/// # Errors
/// When `out` cannot be written.
pub fn csv(told: &Told, out: impl Write) -> io::Result<()> {
    let asked = &told.asked;
    let (case, found) = (asked.case, told.found);
    let (now, end) = (asked.year(told.as_of()), asked.year(case.horizon.last()));
    let header = [
        ("县区".to_string(), "county".to_string()),
        ("学校代码".into(), "school code".into()),
        ("学校名称".into(), "school".into()),
        ("学段".into(), "stage".into()),
        ("城乡类型".into(), "area".into()),
        ("资源代码".into(), "resource code".into()),
        ("资源".into(), "resource".into()),
        ("单位".into(), "unit".into()),
        ("规划前有".into(), "stock before the plan".into()),
        (format!("{now}应有"), format!("required {now}")),
        (format!("{now}实有"), format!("stock {now}")),
        (format!("{now}是否达到"), format!("reached {now}")),
        (format!("{now}还缺"), format!("short {now}")),
        (
            format!("{now}按计划应有到"),
            format!("stock {now} as planned"),
        ),
        (
            format!("{now}按计划还缺"),
            format!("short {now} as planned"),
        ),
        (format!("{end}应有"), format!("required {end}")),
        (format!("{end}重排后有"), format!("stock {end} re-planned")),
        (
            format!("{end}重排后还缺"),
            format!("short {end} re-planned"),
        ),
        (
            format!("{end}按原计划还缺"),
            format!("short {end} as planned"),
        ),
        (
            format!("{end}不再办还缺"),
            format!("short {end} if nothing further is done"),
        ),
    ];
    let header: Vec<String> = header
        .into_iter()
        .map(|(zh, en)| asked.pick(zh, en))
        .collect();
    let (now, end) = (told.as_of(), case.horizon.last());
    let replanned = found.replan.answer.plan.as_ref().map(|plan| &plan.outcome);
    let schools = case.schools.ids();
    let pairs =
        schools.flat_map(|school| case.resources.ids().map(move |resource| (school, resource)));
    let asked_of = |&(school, resource): &(SchoolIx, ResourceIx)| {
        case.required(school, resource, now).is_some()
            || case.required(school, resource, end).is_some()
    };
    let rows = pairs.filter(asked_of).map(|(school, resource)| {
        let (stated, named) = (&case.schools[school], &case.resources[resource]);
        let (zh, en) = stated.stage.name();
        let short = |outcome: &Outcome, year| outcome.short(case, school, resource, year, true);
        let short_now = short(&found.nothing_further, now);
        let reached = short_now.map(|short| match short <= tolerance::ZERO_UNITS {
            true => asked.pick("是", "yes"),
            false => asked.pick("否", "no"),
        });
        let stock = |outcome: &Outcome, year| outcome.stock(case, school, resource, year);
        vec![
            Cell::text(&case.counties[stated.county].label),
            Cell::text(&stated.id),
            Cell::text(&stated.name),
            Cell::text(asked.pick(zh, en)),
            Cell::text(&case.areas[stated.area]),
            Cell::text(&named.id),
            Cell::text(&named.name),
            Cell::text(&named.unit),
            Cell::known(stated.stock[resource.at()]),
            Cell::known(case.required(school, resource, now)),
            Cell::known(stock(&found.nothing_further, now)),
            Cell::text(reached.unwrap_or_default()),
            Cell::known(short_now),
            Cell::known(stock(&found.as_planned, now)),
            Cell::known(short(&found.as_planned, now)),
            Cell::known(case.required(school, resource, end)),
            Cell::known(replanned.and_then(|outcome| stock(outcome, end))),
            Cell::known(replanned.and_then(|outcome| short(outcome, end))),
            Cell::known(short(&found.as_planned, end)),
            Cell::known(short(&found.nothing_further, end)),
        ]
    });
    table::write(out, &header, rows, asked.lang)
}
