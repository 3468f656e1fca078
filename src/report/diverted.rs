//! Who is sent to another school, as the plan takes it.

use serde_json::{Value, json};

use super::number::{number, or_missing, plural};
use super::page::{Grid, Page};
use super::question::Question;
use super::scenarios::diverted as sentence;
use crate::case::{Distances, Diverted};
use crate::words::SchoolIx;

/// How many are shown; plan.json has them all.
const SHOWN: usize = 20;

/// Adds who goes where, how many and how far; nothing where nobody does.
pub fn add(asked: &Question, page: &mut Page) {
    let case = asked.case;
    if case.diversions.is_empty() {
        return;
    }
    let last = case.horizon.calendar(case.horizon.last());
    page.heading(asked.pick(
        "分流和撤并（规划前已定）",
        "Pupils sent to another school (decided beforehand)",
    ));
    let distances = Distances::of(case);
    let mut grid = Grid::new()
        .words(asked.pick("转出学校", "from"))
        .words(asked.pick("转入学校", "to"))
        .numbers(asked.pick("起始年份", "since"))
        .numbers(asked.pick(format!("{last}年学生数"), format!("pupils {last}")))
        .numbers(asked.pick("相距（公里）", "km apart"));
    for made in case.diversions.iter().take(SHOWN) {
        let one = &made.diversion;
        let merged = one.pupils.is_none();
        let mut from = case.schools[one.from].name.clone();
        if let Some(section) = one.section {
            let (zh, en) = section.name();
            from = asked.pick(format!("{from}（{zh}部）"), format!("{from} ({en})"));
        }
        let to = &case.schools[one.to].name;
        grid.row([
            match merged {
                true => asked.pick(format!("{from}（撤并）"), format!("{from} (closes)")),
                false => from,
            },
            match one.boards {
                true => asked.pick(format!("{to}（寄宿）"), format!("{to} (boarding)")),
                false => to.clone(),
            },
            case.horizon.calendar(one.since).to_string(),
            number(case.pupils_sent(made, case.horizon.last())),
            or_missing(distances.km(one.from, one.to)),
        ]);
    }
    page.grid(grid);
    let left_out = case.diversions.len().saturating_sub(SHOWN);
    if left_out > 0 {
        page.text(asked.pick(
            format!("另有 {left_out} 项见 plan.json"),
            format!("{} in plan.json", plural(left_out, "more row")),
        ));
    }
}

/// Adds what concerns one school: who is sent there and who is sent away.
pub fn add_of_school(asked: &Question, school: SchoolIx, page: &mut Page) {
    let all = asked.case.diversions.iter().map(|made| &made.diversion);
    for one in all.filter(|one| one.from == school || one.to == school) {
        page.text(sentence(asked, one));
    }
}

/// All of them, with the pupils of each plan year.
pub fn json(asked: &Question) -> Vec<Value> {
    let case = asked.case;
    let distances = Distances::of(case);
    let told = |made: &Diverted| {
        let one = &made.diversion;
        let years = case.horizon.plan_years();
        let pupils: Vec<f64> = years.map(|year| case.pupils_sent(made, year)).collect();
        json!({
            "from": case.schools[one.from].id,
            "to": case.schools[one.to].id,
            "since": case.horizon.calendar(one.since),
            "closes": one.pupils.is_none(),
            "section": one.section,
            "boards": one.boards,
            "pupils": pupils,
            "km": distances.km(one.from, one.to),
        })
    };
    case.diversions.iter().map(told).collect()
}
