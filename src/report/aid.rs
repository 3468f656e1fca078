//! Aid to pupils (资助): how many have a claim to it in each year, how many get it, and who is left without.

use serde_json::{Value, json};

use super::number::{count, number, plural};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::{Case, NormBasis};
use crate::plan::{Outcome, Plan};
use crate::words::tolerance::ZERO_UNITS;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// How many schools are named; gaps.csv and plan.json have them all.
const NAMED: usize = 10;

/// What is granted at a school in a year.
struct Granted {
    school: SchoolIx,
    /// Pupils with a claim.
    claims: f64,
    /// Units short.
    short: f64,
    /// Pupils whom that leaves without, at the school's mean amount, a part of one being one more.
    without: f64,
}

/// The resources that are aid, in file order.
fn aids(case: &Case) -> impl Iterator<Item = ResourceIx> + '_ {
    case.resources.ids().filter(|&at| {
        let norm = case.standard.norms[at].as_ref();
        norm.is_some_and(|norm| matches!(norm.basis, NormBasis::PoorPupil { .. }))
    })
}

fn granted(case: &Case, outcome: &Outcome, aid: ResourceIx, year: YearIx) -> Vec<Granted> {
    let of = |school: SchoolIx| {
        let required = case.required(school, aid, year)?;
        let short = outcome.short(case, school, aid, year, true)?;
        let claims = case.concerned(school, aid, year);
        let short = if short > ZERO_UNITS { short } else { 0.0 };
        Some(Granted {
            school,
            claims,
            short,
            without: (claims * short / required - 1e-6).ceil().max(0.0),
        })
    };
    case.schools.ids().filter_map(of).collect()
}

/// Adds who gets aid and who is left without, for each kind of it; nothing where the standard speaks of none.
pub fn add(asked: &Question, plan: &Plan, page: &mut Page) {
    let case = asked.case;
    for aid in aids(case) {
        let name = &case.resources[aid].name;
        page.heading(asked.pick(format!("资助：{name}"), format!("Aid: {name}")));
        let unit = &case.resources[aid].unit;
        let mut grid = Grid::new()
            .words(asked.pick("年份", "year"))
            .numbers(asked.pick("应资助人数", "pupils with a claim"))
            .numbers(asked.pick("得到资助", "who get it"))
            .numbers(asked.pick("未得到（约）", "left without (about)"))
            .numbers(asked.pick(format!("尚缺（{unit}）"), format!("short ({unit})")))
            .numbers(asked.pick("未足额学校", "schools short"));
        for year in case.horizon.plan_years() {
            let all = granted(case, &plan.outcome, aid, year);
            let total = |of: fn(&Granted) -> f64| all.iter().map(of).sum::<f64>();
            let (claims, without) = (total(|one| one.claims), total(|one| one.without));
            grid.row([
                case.horizon.calendar(year).to_string(),
                number(claims),
                number(claims - without),
                number(without),
                number(total(|one| one.short)),
                count(all.iter().filter(|one| one.short > 0.0).count()),
            ]);
        }
        page.grid(grid);
        left_without(asked, plan, aid, page);
    }
}

/// The schools whose pupils are left without in the last year, most pupils first.
fn left_without(asked: &Question, plan: &Plan, aid: ResourceIx, page: &mut Page) {
    let case = asked.case;
    let mut all = granted(case, &plan.outcome, aid, case.horizon.last());
    all.retain(|one| one.short > 0.0);
    all.sort_by(|one, other| other.without.total_cmp(&one.without));
    let unit = &case.resources[aid].unit;
    let named = all.iter().take(NAMED).map(|one| {
        let name = &case.schools[one.school].name;
        let (pupils, short) = (number(one.without), number(one.short));
        asked.pick(
            format!("{name}：约 {pupils} 人，缺 {short} {unit}"),
            format!("{name}: about {pupils} pupils, {short} {unit} short"),
        )
    });
    let mut named: Vec<String> = named.collect();
    let more = all.len().saturating_sub(NAMED);
    if more > 0 {
        named.push(asked.pick(
            format!("另有 {more} 所学校，见 plan.json"),
            format!("{} in plan.json", plural(more, "more school")),
        ));
    }
    page.list(named);
}

/// Who gets aid in the last year, in a sentence for each kind of it.
pub fn in_words<'a>(asked: &'a Question, plan: &'a Plan) -> impl Iterator<Item = String> + 'a {
    let (case, last) = (asked.case, asked.case.horizon.last());
    let year = asked.year(last);
    aids(case).map(move |aid| {
        let all = granted(case, &plan.outcome, aid, last);
        let claims: f64 = all.iter().map(|one| one.claims).sum();
        let without: f64 = all.iter().map(|one| one.without).sum();
        let schools = all.iter().filter(|one| one.short > 0.0).count();
        let (name, got) = (&case.resources[aid].name, number(claims - without));
        let (claims, without) = (number(claims), number(without));
        match schools {
            0 => asked.pick(
                format!("{name}：{year}应资助的 {claims} 人全部落实。"),
                format!("{name}: all {claims} pupils with a claim get it in {year}."),
            ),
            _ => asked.pick(
                format!("{name}：{year}应资助 {claims} 人，落实 {got} 人，{schools} 所学校尚有约 {without} 人未落实。"),
                format!("{name}: of {claims} pupils with a claim {got} get it in {year}; about {without} of {} do not.", plural(schools, "school")),
            ),
        }
    })
}

/// All of it for programs; `None` where the standard speaks of no aid.
pub fn json(asked: &Question, plan: &Plan) -> Option<Value> {
    let case = asked.case;
    let of_year = |aid, year| {
        let schools = granted(case, &plan.outcome, aid, year);
        let left = schools.iter().filter(|one| one.short > 0.0).map(|one| {
            json!({
                "school": case.schools[one.school].id,
                "pupils_with_claim": one.claims,
                "left_without": one.without,
                "short": one.short,
            })
        });
        json!({
            "year": case.horizon.calendar(year),
            "pupils_with_claim": schools.iter().map(|one| one.claims).sum::<f64>(),
            "left_without": schools.iter().map(|one| one.without).sum::<f64>(),
            "schools_short": left.collect::<Vec<_>>(),
        })
    };
    let of = |aid: ResourceIx| {
        let years = case.horizon.plan_years().map(|year| of_year(aid, year));
        json!({ "resource": case.resources[aid].id, "years": years.collect::<Vec<_>>() })
    };
    let all: Vec<Value> = aids(case).map(of).collect();
    (!all.is_empty()).then(|| Value::from(all))
}
