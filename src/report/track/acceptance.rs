//! Acceptance (督导验收): which schools reach the standard with what was really taken up, and what the others miss.

use super::{Length, Told};
use crate::case::balance::{Survey, survey};
use crate::case::{Resource, Section};
use crate::plan::Outcome;
use crate::report::number::{count, number};
use crate::report::page::{Grid, Page};
use crate::report::question::Question;
use crate::words::sum::sum;
use crate::words::{ResourceIx, SchoolIx, YearIx, tolerance};

/// The states that acceptance compares.
pub(super) struct States {
    /// Without the plan, in the last closed year.
    pub without: Survey,
    /// As it is now.
    pub now: Survey,
    /// As it should be now by the plan.
    pub planned_now: Survey,
    /// At the end, as planned.
    pub planned_end: Survey,
    /// At the end, if nothing further is done.
    pub nothing_end: Survey,
    /// At the end, after the re-plan; `None` without one.
    pub replanned_end: Option<Survey>,
}

pub(super) fn states(told: &Told) -> States {
    let case = told.asked.case;
    let (now, end) = (told.as_of(), case.horizon.last());
    let with = |outcome: &Outcome, year: YearIx| {
        survey(
            case,
            |school, resource| outcome.stock(case, school, resource, year),
            year,
        )
    };
    let unplanned = |school: SchoolIx, resource: ResourceIx| case.stock_in(school, resource, now);
    let found = told.found;
    let replanned = found.replan.answer.plan.as_ref();
    States {
        without: survey(case, unplanned, now),
        now: with(&found.nothing_further, now),
        planned_now: with(&found.as_planned, now),
        planned_end: with(&found.as_planned, end),
        nothing_end: with(&found.nothing_further, end),
        replanned_end: replanned.map(|plan| with(&plan.outcome, end)),
    }
}

/// Schools of a section that pass, of those judged.
pub(super) fn passing(survey: &Survey, section: Section) -> (usize, usize) {
    let own = survey.sections.iter().find(|one| one.section == section);
    own.map_or((0, 0), |one| (one.passing, one.passing + one.failing))
}

pub fn add(told: &Told, length: Length, page: &mut Page) {
    let asked = &told.asked;
    let year = asked.year(told.as_of());
    page.heading(asked.pick(
        format!("督导验收：{year}底实际达标情况"),
        format!("Acceptance: the standard at the end of {year}"),
    ));
    if asked.case.standard.compliance.is_some() {
        page.grid(by_section(told));
    }
    page.grid(by_resource(told));
    let failing = failing(told, length);
    if !failing.rows.is_empty() {
        page.text(asked.pick(
            format!("{year}按计划应当补齐而未补齐的学校："),
            format!("Schools that are short in {year} of what the plan had them reach:"),
        ));
        page.grid(failing);
    }
}

fn by_section(told: &Told) -> Grid {
    let asked = &told.asked;
    let states = states(told);
    let (now, end) = (
        asked.year(told.as_of()),
        asked.year(asked.case.horizon.last()),
    );
    let mut grid = Grid::new()
        .words(asked.pick("达标学校", "schools that pass"))
        .numbers(asked.pick("参评", "judged"))
        .numbers(asked.pick(format!("{now}不规划"), format!("{now}, without plan")))
        .numbers(asked.pick(format!("{now}实际"), format!("{now}, as it is")))
        .numbers(asked.pick(format!("{now}按计划"), format!("{now}, as planned")))
        .numbers(asked.pick(format!("{end}不再办"), format!("{end}, nothing further")))
        .numbers(asked.pick(format!("{end}重排后"), format!("{end}, re-planned")))
        .numbers(asked.pick(format!("{end}按原计划"), format!("{end}, as planned")));
    for section in Section::ALL {
        let (_, judged) = passing(&states.now, section);
        if judged == 0 {
            continue;
        }
        let (zh, en) = section.name();
        let shown = |survey: &Survey| count(passing(survey, section).0);
        grid.row([
            asked.pick(zh, en).to_string(),
            count(judged),
            shown(&states.without),
            shown(&states.now),
            shown(&states.planned_now),
            shown(&states.nothing_end),
            states
                .replanned_end
                .as_ref()
                .map_or_else(|| "—".to_string(), shown),
            shown(&states.planned_end),
        ]);
    }
    grid
}

/// What one school should have, has, and would have had, of one resource in the last closed year.
#[derive(Clone, Copy)]
struct Need {
    school: SchoolIx,
    resource: ResourceIx,
    required: f64,
    stock: f64,
    planned: f64,
}

impl Need {
    fn short(&self) -> f64 {
        short(self.required, self.stock)
    }

    fn short_as_planned(&self) -> f64 {
        short(self.required, self.planned)
    }

    /// Units that the plan would have brought towards the standard by now and that are not there.
    fn missed(&self) -> f64 {
        let missed = self.short() - self.short_as_planned();
        if missed > tolerance::STEP {
            missed
        } else {
            0.0
        }
    }
}

fn short(required: f64, stock: f64) -> f64 {
    let short = required - stock;
    if short > tolerance::ZERO_UNITS {
        short
    } else {
        0.0
    }
}

fn needs(told: &Told) -> Vec<Need> {
    let (case, found, now) = (told.asked.case, told.found, told.as_of());
    let mut needs = Vec::new();
    for school in case.schools.ids() {
        for resource in case.resources.ids() {
            let required = case.required(school, resource, now);
            let stock = found.nothing_further.stock(case, school, resource, now);
            let planned = found.as_planned.stock(case, school, resource, now);
            if let (Some(required), Some(stock), Some(planned)) = (required, stock, planned) {
                needs.push(Need {
                    school,
                    resource,
                    required,
                    stock,
                    planned,
                });
            }
        }
    }
    needs
}

fn by_resource(told: &Told) -> Grid {
    let asked = &told.asked;
    let needs = needs(told);
    let mut grid = Grid::new()
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("应有", "required"))
        .numbers(asked.pick("现有", "there now"))
        .numbers(asked.pick("缺", "short"))
        .numbers(asked.pick("按计划此时缺", "short as planned"))
        .numbers(asked.pick("达标学校", "schools that have it"))
        .numbers(asked.pick("按计划此时达标", "as planned"))
        .numbers(asked.pick("参评学校", "schools asked"));
    for (at, resource) in asked.case.resources.pairs() {
        let own: Vec<&Need> = needs.iter().filter(|need| need.resource == at).collect();
        if own.is_empty() {
            continue;
        }
        let total = |of: &dyn Fn(&Need) -> f64| number(sum(own.iter().map(|need| of(need))));
        let reached =
            |of: &dyn Fn(&Need) -> f64| count(own.iter().filter(|need| of(need) == 0.0).count());
        grid.row([
            resource.name.clone(),
            resource.unit.clone(),
            total(&|need| need.required),
            total(&|need| need.stock),
            total(&Need::short),
            total(&Need::short_as_planned),
            reached(&Need::short),
            reached(&Need::short_as_planned),
            count(own.len()),
        ]);
    }
    grid
}

/// So much of a resource. In English a unit is left out that the name tells already: "1 toilets" is no English.
fn in_words(asked: &Question, resource: &Resource, missed: f64) -> String {
    let (name, unit, missed) = (&resource.name, &resource.unit, number(missed));
    let told = name.to_lowercase().contains(&unit.to_lowercase());
    asked.pick(
        format!("{name} {missed} {unit}"),
        match told {
            true => format!("{name}: {missed}"),
            false => format!("{name}: {missed} {unit}"),
        },
    )
}

/// Schools that miss something the plan would have brought by now, those with most unmet standards first.
fn failing(told: &Told, length: Length) -> Grid {
    let asked = &told.asked;
    let case = asked.case;
    let needs = needs(told);
    let mut schools: Vec<(SchoolIx, f64, Vec<String>)> = Vec::new();
    for own in needs.chunk_by(|one, next| one.school == next.school) {
        let missed: Vec<&Need> = own.iter().filter(|need| need.missed() > 0.0).collect();
        let weight = missed
            .iter()
            .map(|need| need.missed() / need.required)
            .sum();
        let words = missed.iter().map(|need| {
            let resource = &case.resources[need.resource];
            in_words(asked, resource, need.missed())
        });
        if !missed.is_empty() {
            schools.push((own[0].school, weight, words.collect()));
        }
    }
    schools.sort_by(|one, other| other.1.total_cmp(&one.1));
    // A case without areas has one, of which nothing is to be said.
    let by_area = case.areas.len() > 1;
    let mut grid = Grid::new().words(asked.pick("学校", "school"));
    if by_area {
        grid = grid.words(asked.pick("城乡类型", "area"));
    }
    grid = grid.words(asked.pick(
        "因未落实而仍缺",
        "still short of, since it was not taken up",
    ));
    for (school, _, words) in schools.iter().take(length.most()) {
        let stated = &case.schools[*school];
        let area = by_area.then(|| case.areas[stated.area].clone());
        let name = std::iter::once(stated.name.clone());
        let words = words.join(asked.pick("、", ", "));
        grid.row(name.chain(area).chain([words]));
    }
    let more = schools.len().saturating_sub(length.most());
    if more > 0 {
        grid.foot = Some(asked.pick(
            format!("另有 {} 所，见 acceptance.csv", count(more)),
            format!("and {} more, in acceptance.csv", count(more)),
        ));
    }
    grid
}
