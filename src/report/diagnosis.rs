//! The state of the schools against the standard, before any plan.

use serde_json::{Value, json};

use super::number::{count, number, or_missing, plural};
use super::page::{Grid, Page};
use super::question::Question;
use super::write_off;
use crate::case::balance::{Group, IndicatorSurvey, SectionSurvey, Shortage, Survey};
use crate::case::merit::Merit;
use crate::case::{Compliance, Section};

/// How many counties are shown; a nation has thousands.
const COUNTIES_SHOWN: usize = 40;

/// How many are shown where not all can be: those that lack most.
const MOST_SHORT: usize = 20;

/// The survey and the merit order as a page.
pub fn page(asked: &Question, survey: &Survey, merits: &[Merit]) -> Page {
    let mut page = Page::titled(asked.title());
    if let Some(remark) = &asked.case.remark {
        page.remark(remark);
    }
    page.text(asked.pick(
        format!("{}年现状，标准：{}", survey.year, asked.case.standard.name),
        format!(
            "state in {}, standard: {}",
            survey.year, asked.case.standard.name
        ),
    ));
    if survey.pupils_unknown > 0 {
        let schools = count(survey.pupils_unknown);
        page.text(asked.pick(
            format!("{schools} 所学校的在校生数不详，未计入"),
            format!("schools whose pupils are unknown, left out: {schools}"),
        ));
    }
    survey
        .sections
        .iter()
        .for_each(|section| levels(asked, section, &mut page));
    shortages(asked, &survey.shortages, &mut page);
    write_off::add(asked, &mut page);
    merit_order(asked, merits, &mut page);
    if survey.provinces.len() > 1 {
        groups(
            asked,
            asked.pick("各省", "By province"),
            &survey.provinces,
            &mut page,
        );
    }
    if survey.counties.len() > 1 {
        groups(
            asked,
            asked.pick("各县区", "By county"),
            &survey.counties,
            &mut page,
        );
    }
    groups(
        asked,
        asked.pick("按城乡类型", "By kind of area"),
        &survey.areas,
        &mut page,
    );
    page
}

/// The survey and the merit order for programs.
pub fn json(asked: &Question, survey: &Survey, merits: &[Merit]) -> Value {
    json!({
        "case": asked.case.name,
        "remark": asked.case.remark,
        "scenario": asked.scenario.map(|scenario| &scenario.title),
        "standard": asked.case.standard.name,
        "gap_unit": asked.gap_unit(),
        "currency": asked.case.currency,
        "survey": survey,
        "merit_order": merits,
        "write_offs": write_off::json(asked),
    })
}

/// The name of a section.
pub fn section_name(asked: &Question, section: Section) -> &'static str {
    asked.pick(section.name().0, section.name().1)
}

/// Levels of one section against the standard.
fn levels(asked: &Question, section: &SectionSurvey, page: &mut Page) {
    let name = section_name(asked, section.section);
    let (schools, pupils) = (section.schools, number(section.pupils.round()));
    page.heading(asked.pick(
        format!("{name}学段：{} 所学校，{pupils} 名学生", count(schools)),
        format!(
            "{name} section: {}, {pupils} pupils",
            plural(schools, "school")
        ),
    ));
    let mut grid = Grid::new()
        .words(asked.pick("指标", "indicator"))
        .numbers(asked.pick("标准", "standard"))
        .numbers(asked.pick("均值", "mean"))
        .numbers(asked.pick("差异系数", "CV"))
        .words(asked.pick("限值", "limit"))
        .numbers(asked.pick("达标学校", "schools met"))
        .numbers(asked.pick("情况不详", "unknown"));
    let asked_of = |one: &&IndicatorSurvey| one.spread.is_some() || one.norm.is_some();
    for indicator in section.indicators.iter().filter(asked_of) {
        grid.row([
            asked.case.resources[indicator.resource].name.clone(),
            or_missing(indicator.norm),
            or_missing(indicator.spread.map(|spread| spread.mean)),
            or_missing(indicator.spread.and_then(|spread| spread.cv)),
            limit_cell(asked, section, indicator),
            met_cell(asked, indicator),
            count(indicator.unknown),
        ]);
    }
    page.grid(grid);
    let mut points = Vec::new();
    points.extend(composite_line(asked, section));
    points.extend(compliance_line(asked, section));
    if section.small > 0 {
        let small = count(section.small);
        let least = number(asked.case.standard.small_school);
        points.push(asked.pick(
            format!("{small} 所不足 {least} 人的学校不参与差异系数和达标统计"),
            format!("schools below {least} pupils, counted in neither: {small}"),
        ));
    }
    page.list(points);
}

/// Schools at the norm; nothing where there is no norm to meet.
fn met_cell(asked: &Question, indicator: &IndicatorSurvey) -> String {
    match asked.case.standard.norms[indicator.resource] {
        Some(_) => format!(
            "{} / {}",
            count(indicator.met_schools),
            count(indicator.known)
        ),
        None => super::number::MISSING.to_string(),
    }
}

fn limit_cell(asked: &Question, section: &SectionSurvey, indicator: &IndicatorSurvey) -> String {
    match (indicator.cv_within_limit, section.cv_limit) {
        (Some(within), Some(limit)) => keeps(asked, limit, within),
        _ => super::number::MISSING.to_string(),
    }
}

fn keeps(asked: &Question, limit: f64, within: bool) -> String {
    let mark = match within {
        true => asked.pick("符合", "met"),
        false => asked.pick("超出", "exceeded"),
    };
    format!("≤ {} {mark}", number(limit))
}

fn composite_line(asked: &Question, section: &SectionSurvey) -> Option<String> {
    let composite = number(section.composite?);
    let limit = asked
        .case
        .standard
        .cv_limit
        .as_ref()
        .filter(|limit| limit.composite);
    let limit = limit.and_then(|_| Some(keeps(asked, section.cv_limit?, section.cv_within_limit?)));
    let limit = limit
        .map(|limit| asked.pick(format!("（{limit}）"), format!(" ({limit})")))
        .unwrap_or_default();
    Some(asked.pick(
        format!("综合差异系数 {composite}{limit}"),
        format!("composite CV {composite}{limit}"),
    ))
}

fn compliance_line(asked: &Question, section: &SectionSurvey) -> Option<String> {
    let rule = compliance_in_words(asked, asked.case.standard.compliance.as_ref()?);
    let (yes, no, open) = (
        count(section.passing),
        count(section.failing),
        count(section.undecided),
    );
    Some(asked.pick(
        format!("学校达标（{rule}）：达标 {yes} 所，未达标 {no} 所，资料不全无法判定 {open} 所"),
        format!("schools up to standard ({rule}): {yes} pass, {no} fail, {open} cannot be judged"),
    ))
}

/// A compliance rule in words.
pub fn compliance_in_words(asked: &Question, rule: &Compliance) -> String {
    match rule {
        Compliance::AtLeast { met, rest } => {
            let rest = super::number::percent(*rest);
            asked.pick(
                format!("至少 {met} 项达标，其余不低于标准的 {rest}"),
                format!("at least {met} met, the rest at {rest} or more"),
            )
        }
        Compliance::AtMostFailed(failed) => asked.pick(
            format!("至多 {failed} 项不达标"),
            format!("at most {failed} failed"),
        ),
        Compliance::All(resources) => {
            let names: Vec<&str> = resources
                .iter()
                .map(|&one| asked.case.resources[one].name.as_str())
                .collect();
            asked.pick(
                format!("{} 全部达标", names.join("、")),
                format!("all of {}", names.join(", ")),
            )
        }
    }
}

/// What all schools together lack.
fn shortages(asked: &Question, shortages: &[Shortage], page: &mut Page) {
    page.heading(asked.pick("缺口", "Shortfalls"));
    let mut grid = Grid::new()
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("应有", "required"))
        .numbers(asked.pick("现有", "stock"))
        .numbers(asked.pick("缺", "short"))
        .numbers(asked.pick(
            format!("缺口指数（{}）", asked.gap_unit()),
            format!("gap ({})", asked.gap_unit()),
        ))
        .numbers(asked.pick("缺的学校", "schools short"))
        .numbers(asked.pick("情况不详", "unknown"));
    for shortage in shortages {
        let resource = &asked.case.resources[shortage.resource];
        grid.row([
            resource.name.clone(),
            resource.unit.clone(),
            number(shortage.required),
            number(shortage.stock),
            number(shortage.short),
            number(shortage.gap),
            format!(
                "{} / {}",
                count(shortage.short_schools),
                count(shortage.schools)
            ),
            count(shortage.unknown),
        ]);
    }
    page.grid(grid);
    let total = number(shortages.iter().map(|one| one.gap).sum());
    page.text(asked.pick(
        format!("缺口指数合计 {total} {}（一年）", asked.gap_unit()),
        format!("total gap index {total} {} (one year)", asked.gap_unit()),
    ));
}

/// What it costs to remove one unit of the gap for one year.
fn merit_order(asked: &Question, merits: &[Merit], page: &mut Page) {
    page.heading(asked.pick("成本效益排序", "Merit order"));
    let currency = &asked.case.currency;
    let mut grid = Grid::new()
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("学段", "stage"))
        .numbers(asked.pick(
            format!("每{}每年成本（{currency}）", asked.gap_unit()),
            format!(
                "{currency} per {} and year",
                asked.gap_unit().trim_end_matches('s')
            ),
        ))
        .numbers(asked.pick("最高", "dearest"))
        .numbers(asked.pick("见效年数", "useful years"))
        .numbers(asked.pick("学校数", "schools"));
    for merit in merits {
        grid.row([
            asked.case.measures[merit.measure].name.clone(),
            asked
                .pick(merit.stage.name().0, merit.stage.name().1)
                .to_string(),
            number(merit.cheapest),
            number(merit.dearest),
            number(merit.useful_years),
            count(merit.schools),
        ]);
    }
    page.grid(grid);
}

/// A count of schools that a compliance rule judges; there may be no rule.
fn ruled(asked: &Question, schools: usize) -> String {
    match asked.case.standard.compliance {
        Some(_) => count(schools),
        None => super::number::MISSING.to_string(),
    }
}

/// Counties or kinds of area.
fn groups(asked: &Question, heading: &str, groups: &[Group], page: &mut Page) {
    page.heading(heading);
    let mut grid = Grid::new()
        .words(asked.pick("名称", "name"))
        .words(asked.pick("学段", "section"))
        .numbers(asked.pick("学校数", "schools"))
        .numbers(asked.pick("学生数", "pupils"))
        .numbers(asked.pick("综合差异系数", "composite CV"))
        .numbers(asked.pick("达标", "pass"))
        .numbers(asked.pick("未达标", "fail"))
        .numbers(asked.pick("缺口指数·全部学段", "gap, both sections"));
    let gap_of = |group: &Group| -> f64 { group.shortages.iter().map(|one| one.gap).sum() };
    let mut shown: Vec<(f64, &Group)> = groups.iter().map(|one| (gap_of(one), one)).collect();
    if groups.len() > COUNTIES_SHOWN {
        shown.sort_by(|one, other| other.0.total_cmp(&one.0));
        shown.truncate(MOST_SHORT);
        let (rest, shown) = (groups.len() - MOST_SHORT, MOST_SHORT);
        grid.foot = Some(asked.pick(
            format!("以上是缺口最大的 {shown} 个，其余 {rest} 个见 --json"),
            format!("above: the {shown} with the largest gap; {rest} more with --json"),
        ));
    }
    for (gap, group) in shown {
        for (at, section) in group.sections.iter().enumerate() {
            let first = at == 0;
            grid.row([
                if first {
                    group.name.clone()
                } else {
                    String::new()
                },
                section_name(asked, section.section).to_string(),
                count(section.schools),
                number(section.pupils.round()),
                or_missing(section.composite),
                ruled(asked, section.passing),
                ruled(asked, section.failing),
                if first { number(gap) } else { String::new() },
            ]);
        }
    }
    page.grid(grid);
}
