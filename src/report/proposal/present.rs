//! The present state and its problems (现状与问题).

use crate::case::balance::{Survey, survey};
use crate::case::{Case, Stage};
use crate::plan::Plan;
use crate::report::diagnosis::section_name;
use crate::report::needs::short;
use crate::report::number::{count, number, percent, plural};
use crate::report::page::Grid;
use crate::report::provinces::gap;
use crate::report::question::Question;
use crate::report::solved::share;
use crate::words::sum::sum;
use crate::words::{ResourceIx, SchoolIx, YearIx, tolerance};

/// How many schools are named.
const WORST: usize = 5;

/// How many schools of which stage, and how many pupils.
pub fn scope(asked: &Question) -> String {
    let case = asked.case;
    let first = YearIx::new(0);
    let pupils = sum(case
        .schools
        .ids()
        .filter_map(|school| case.pupils(school, first)));
    let of_stage = |stage: Stage| case.schools.iter().filter(|one| one.stage == stage).count();
    let stages: Vec<String> = Stage::ALL
        .into_iter()
        .map(|stage| (stage, of_stage(stage)))
        .filter(|(_, schools)| *schools > 0)
        .map(|(stage, schools)| {
            let (zh, en) = stage.name();
            asked.pick(format!("{zh} {schools} 所"), format!("{schools} {en}"))
        })
        .collect();
    let stages = stages.join(asked.pick("、", ", "));
    let (schools, counties) = (case.schools.len(), case.counties.len());
    let (year, pupils) = (asked.year(first), number(pupils.round()));
    let standard = &case.standard.name;
    let places = match counties {
        1 => String::new(),
        _ => asked.pick(
            format!("{counties} 个县区的 "),
            format!(" in {counties} counties"),
        ),
    };
    asked.pick(
        format!(
            "本方案涉及 {places}{} 所学校，其中{stages}；{year}在校学生 {pupils} 人。对照标准：{standard}。",
            count(schools)
        ),
        format!(
            "The plan covers {}{places} ({stages}) with {pupils} pupils in {year}. Standard: {standard}.",
            plural(schools, "school")
        ),
    )
}

/// How schools stand in a year.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// Those that are short of something.
    pub short: usize,
    /// Those of which everything asked is known and nothing is short.
    pub whole: usize,
    /// The others: not known to be short, and not known not to be.
    pub unknown: usize,
}

impl Standing {
    /// How the schools of a case stand in a year, without or with the plan.
    pub fn of(case: &Case, plan: &Plan, year: YearIx, planned: bool) -> Standing {
        let mut standing = Standing::default();
        for school in case.schools.ids() {
            let known = |resource: &ResourceIx| match case.required(school, *resource, year) {
                Some(_) => case.stock_in(school, *resource, year).is_some(),
                None => true,
            };
            let short = |resource: ResourceIx| {
                let short = plan.outcome.short(case, school, resource, year, planned);
                short.is_some_and(|short| short > tolerance::ZERO_UNITS)
            };
            let of = match case.resources.ids().any(short) {
                true => &mut standing.short,
                false
                    if case.pupils(school, year).is_some()
                        && case.resources.ids().all(|resource| known(&resource)) =>
                {
                    &mut standing.whole
                }
                false => &mut standing.unknown,
            };
            *of += 1;
        }
        standing
    }
}

/// How many schools lack something, and what that comes to.
pub fn how_many_short(asked: &Question, plan: &Plan) -> String {
    let case = asked.case;
    let standing = Standing::of(case, plan, YearIx::new(0), false);
    let part = percent(share(standing.short as f64, case.schools.len() as f64));
    let (unit, gap) = (asked.gap_unit(), number(plan.outcome.gap_before));
    let unknown = match standing.unknown {
        0 => String::new(),
        some => asked.pick(
            format!("，另有 {} 所数据不全、无法判定", count(some)),
            format!(
                " ({} cannot be judged, for want of data)",
                plural(some, "school")
            ),
        ),
    };
    let short = count(standing.short);
    asked.pick(
        format!(
            "按标准逐校逐项核对，至少一项不足的学校有 {short} 所，占 {part}{unknown}。把各校各项的短缺按所影响的学生和年数累计为缺口指数，\
             不采取措施时为 {gap} {unit}。"
        ),
        format!(
            "Schools that lack at least one thing they should have: {short}, {part} of all{unknown}. All shortfalls, weighed by the \
             pupils and years they concern, make a gap index of {gap} {unit} if nothing is done."
        ),
    )
}

/// What each resource is short of today.
pub fn shortfalls(asked: &Question, plan: &Plan) -> Grid {
    let case = asked.case;
    let first = YearIx::new(0);
    let mut grid = Grid::new()
        .captioned(asked.pick("各项资源现状与差距", "Resources against the standard"))
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"))
        .numbers(asked.pick("应有", "required"))
        .numbers(asked.pick("现有", "present"))
        .numbers(asked.pick("短缺", "short"))
        .numbers(asked.pick("短缺学校", "schools short"));
    for (at, resource) in case.resources.pairs() {
        let known: Vec<(f64, f64)> = case
            .schools
            .ids()
            .filter_map(|school| {
                Some((
                    case.required(school, at, first)?,
                    case.stock_in(school, at, first)?,
                ))
            })
            .collect();
        let short = short(asked, plan, at, first, false);
        if known.is_empty() || short <= tolerance::ZERO_UNITS {
            continue;
        }
        let schools = known
            .iter()
            .filter(|(asked, has)| asked - has > tolerance::ZERO_UNITS);
        grid.row([
            resource.name.clone(),
            resource.unit.clone(),
            number(sum(known.iter().map(|one| one.0))),
            number(sum(known.iter().map(|one| one.1))),
            number(short),
            count(schools.count()),
        ]);
    }
    grid.foot = Some(asked.pick(
        "应有、现有为数据齐全的学校之和；短缺逐校计算，有余的学校不能抵补。".to_string(),
        "Required and present: all schools with data. Short: school by school; what one has to spare does not count for another."
            .to_string(),
    ));
    grid
}

/// The schools and the resource that weigh most.
pub fn worst(asked: &Question, plan: &Plan) -> String {
    let case = asked.case;
    let mut schools: Vec<(f64, SchoolIx)> = case
        .schools
        .ids()
        .map(|school| (gap(asked, plan, school, false), school))
        .collect();
    schools.sort_by(|one, other| other.0.total_cmp(&one.0).then(one.1.cmp(&other.1)));
    schools.truncate(WORST);
    schools.retain(|(gap, _)| *gap > 0.0);
    if schools.is_empty() {
        return String::new();
    }
    let all = plan.outcome.gap_before;
    let part = percent(share(sum(schools.iter().map(|one| one.0)), all));
    let names: Vec<&str> = schools
        .iter()
        .map(|(_, at)| case.schools[*at].name.as_str())
        .collect();
    let of = |resource: ResourceIx| {
        let schools = case.schools.ids();
        let periods = || case.horizon.periods();
        sum(schools.flat_map(|school| {
            periods().map(move |period| plan.outcome.gap_of(case, school, resource, period, false))
        }))
    };
    let heaviest = case
        .resources
        .pairs()
        .map(|(at, one)| (of(at), one.name.as_str()));
    let (weight, resource) = heaviest.fold(
        (0.0, ""),
        |best, one| if one.0 > best.0 { one } else { best },
    );
    let weight = percent(share(weight, all));
    let listed = names.join(asked.pick("、", ", "));
    asked.pick(
        format!(
            "从分量看，{resource}的短缺占缺口指数的 {weight}；差距最大的 {} 所学校是{listed}，合计占 {part}。",
            names.len()
        ),
        format!("{resource} makes up {weight} of the gap. Furthest from the standard: {listed}; together {part} of the gap."),
    )
}

/// The largest coefficient of variation of each section against its limit.
pub fn coefficients(asked: &Question) -> Vec<String> {
    let case = asked.case;
    let first = YearIx::new(0);
    let stock = |school: SchoolIx, resource: ResourceIx| case.stock_in(school, resource, first);
    let today = survey(case, stock, first);
    in_words(asked, &today)
}

/// For each section of a survey: its largest coefficient, the limit, and how many schools pass.
pub fn in_words(asked: &Question, survey: &Survey) -> Vec<String> {
    let of_section = |section: &crate::case::balance::SectionSurvey| {
        let counted = section.indicators.iter().filter(|one| one.indicator);
        let spreads = counted.filter_map(|one| Some((one.spread.as_ref()?.cv?, one.resource)));
        let (cv, resource) = spreads.max_by(|one, other| one.0.total_cmp(&other.0))?;
        let (name, resource) = (
            section_name(asked, section.section),
            &asked.case.resources[resource].name,
        );
        let cv = format!("{cv:.3}");
        let limit = section
            .cv_limit
            .map(|limit| asked.pick(format!("（限值 {limit}）"), format!(" (limit {limit})")));
        let limit = limit.unwrap_or_default();
        let (passing, judged) = (
            section.passing,
            section.passing + section.failing + section.undecided,
        );
        let pass = match judged {
            0 => String::new(),
            _ => asked.pick(
                format!("；{judged} 所中 {passing} 所达到规定"),
                format!("; {passing} of {judged} schools pass"),
            ),
        };
        Some(asked.pick(
            format!("{name}校际差异系数最大的一项是{resource}，为 {cv}{limit}{pass}。"),
            format!("{name}: the largest coefficient of variation is that of {resource}, {cv}{limit}{pass}."),
        ))
    };
    survey.sections.iter().filter_map(of_section).collect()
}
