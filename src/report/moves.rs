//! Who goes where: the section of `plan.md`, and the records of `plan.json`.

use serde::Serialize;

use super::number::{count, number, or_missing};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::Lever;
use crate::plan::moves::{self, moves, rotates};
use crate::plan::{Move, Moves, Plan};
use crate::words::sum::sum;
use crate::words::{MeasureIx, SchoolIx};

/// How many moves the memo shows.
const ROWS_SHOWN: usize = 20;

/// The moves of a plan, the first of the list; nothing where the case has no rotation.
pub fn section(asked: &Question, plan: &Plan, page: &mut Page) {
    if !rotates(asked.case) {
        return;
    }
    let moves = moves(asked.case, &plan.rows);
    page.heading(asked.pick("交流去向", "Moves"));
    if moves.list.is_empty() {
        page.text(asked.pick("方案没有交流轮岗", "no posts move"));
    } else {
        page.text(in_all(asked, &moves));
        page.text(order(asked, &moves));
        page.grid(table(asked, &moves));
    }
    if !moves.unpaired.is_empty() {
        let left = moves.unpaired.iter();
        let left = left.map(|one| (one.measure, one.leaving.max(one.arriving)));
        let left = amounts(asked, left);
        page.text(asked.pick(
            format!("另有 {left}找不到可以交换的其他学校，没有列入（见 plan.json 的 unpaired）"),
            format!("{left} more have no other school to change places with and are not listed (unpaired in plan.json)"),
        ));
    }
}

/// How many move, how many of them within their township, and how far.
fn in_all(asked: &Question, moves: &Moves) -> String {
    let list = &moves.list;
    let posts = |of: &dyn Fn(&Move) -> bool| -> String {
        amounts(
            asked,
            list.iter()
                .filter(|one| of(one))
                .map(|one| (one.measure, one.units)),
        )
    };
    let (all, rows) = (posts(&|_| true), count(list.len()));
    let mut said = asked.pick(
        format!("共 {all}，{rows} 条"),
        format!("{all} move, in {rows} rows"),
    );
    if list.iter().any(|one| one.same_township.is_some()) {
        let own = posts(&|one| one.same_township == Some(true));
        let other = posts(&|one| one.same_township == Some(false));
        said += &asked.pick(
            format!("；本乡镇内 {own}，跨乡镇 {other}"),
            format!("; {own} within their township, {other} to another one"),
        );
    }
    let ways = || {
        list.iter()
            .filter_map(|one| one.km.map(|km| (km, one.units)))
    };
    let known = sum(ways().map(|(_, units)| units));
    if known > 0.0 {
        let mean = number(sum(ways().map(|(km, units)| km * units)) / known);
        let most = number(ways().map(|(km, _)| km).fold(0.0, f64::max));
        said += &asked.pick(
            format!("；平均 {mean} 公里，最远 {most} 公里"),
            format!("; {mean} km on average, {most} km at most"),
        );
    }
    said
}

/// How much moves in words: posts of rotations first, then things, by their units.
fn amounts(asked: &Question, moving: impl Iterator<Item = (MeasureIx, f64)>) -> String {
    let mut posts = None;
    let mut things: Vec<(&str, f64)> = Vec::new();
    for (measure, units) in moving {
        let stated = &asked.case.measures[measure];
        let unit = asked.case.resources[stated.resource].unit.as_str();
        match (
            &stated.lever,
            things.iter_mut().find(|(known, _)| *known == unit),
        ) {
            (Lever::Rotate { .. }, _) => posts = Some(posts.unwrap_or(0.0) + units),
            (_, Some((_, sum))) => *sum += units,
            (_, None) => things.push((unit, units)),
        }
    }
    let posts = posts.map(|posts| {
        let posts = number(posts);
        asked.pick(format!("{posts} 岗次"), format!("{posts} posts"))
    });
    let things = things
        .into_iter()
        .map(|(unit, units)| format!("{} {unit}", number(units)));
    let said: Vec<String> = posts.into_iter().chain(things).collect();
    match said.is_empty() {
        true => number(0.0),
        false => said.join(asked.pick("、", ", ")),
    }
}

/// In which order they are listed, and what the columns mean.
fn order(asked: &Question, moves: &Moves) -> String {
    let ways = match is_far_known(moves) {
        true => asked.pick(
            "公里数：案例写明道路的按道路，否则按直线",
            "km by the road where the case states one, else as the crow flies",
        ),
        false => asked.pick(
            "案例没有学校的位置和道路，所以不知远近",
            "how far it is is not known: the case gives neither positions nor roads",
        ),
    };
    asked.pick(
        format!("每年每项措施内，同乡镇的在前，路近的在前；{ways}；返回：回到原校的第一年"),
        format!(
            "of each year and measure, those within a township come first, then the nearest; \
             {ways}; back in: the first year at home again"
        ),
    )
}

fn is_far_known(moves: &Moves) -> bool {
    moves.list.iter().any(|one| one.km.is_some())
}

fn table(asked: &Question, moves: &Moves) -> Grid {
    let case = asked.case;
    let (several, far) = (case.counties.len() > 1, is_far_known(moves));
    let mut grid = Grid::new()
        .words(asked.pick("年份", "year"))
        .words(asked.pick("措施", "measure"));
    if several {
        grid = grid.words(asked.pick("县区", "county"));
    }
    let mut grid = grid
        .words(asked.pick("派出学校", "from"))
        .words(asked.pick("接收学校", "to"))
        .numbers(asked.pick("数量", "quantity"));
    if far {
        grid = grid.numbers(asked.pick("公里", "km"));
    }
    grid = grid.words(asked.pick("返回", "back in"));
    for one in moves.list.iter().take(ROWS_SHOWN) {
        let mut cells = vec![
            case.horizon.calendar(one.year).to_string(),
            case.measures[one.measure].name.clone(),
        ];
        cells.extend(several.then(|| case.counties[case.schools[one.to].county].to_string()));
        cells.extend([
            school(asked, one.from),
            school(asked, one.to),
            number(one.units),
        ]);
        cells.extend(far.then(|| or_missing(one.km)));
        cells.push(back(asked, one));
        grid.row(cells);
    }
    let left_out = moves.list.len().saturating_sub(ROWS_SHOWN);
    if left_out > 0 {
        grid.foot = Some(asked.pick(
            format!("另有 {left_out} 条，见 moves.csv"),
            format!("{left_out} more rows in moves.csv"),
        ));
    }
    grid
}

/// A school with its township, where that is given.
fn school(asked: &Question, at: SchoolIx) -> String {
    let school = &asked.case.schools[at];
    match school.township.as_str() {
        "" => school.name.clone(),
        township => asked.pick(
            format!("{}（{township}）", school.name),
            format!("{} ({township})", school.name),
        ),
    }
}

/// When those who go are home again, if they are to be.
pub fn back(asked: &Question, one: &Move) -> String {
    match one.back {
        _ if asked.case.measures[one.measure].lever == Lever::Move => {
            asked.pick("不返回", "for good").to_string()
        }
        Some(year) => year.to_string(),
        None => asked.pick("规划期后", "after the plan").to_string(),
    }
}

/// A move in `plan.json`.
#[derive(Serialize)]
pub struct Moved<'a> {
    /// The calendar year in which they go.
    year: i32,
    /// The code of the rotation.
    measure: &'a str,
    /// The code of the school they leave.
    from: &'a str,
    /// The code of the school they go to.
    to: &'a str,
    /// How many units of the resource.
    units: f64,
    /// Whether the township stays the same; null where one is not given.
    same_township: Option<bool>,
    /// How far it is; null where unknown.
    km: Option<f64>,
    /// The first calendar year at home again; null where that is after the plan.
    back: Option<i32>,
}

impl<'a> Moved<'a> {
    /// A move with the codes of its case.
    pub fn of(asked: &Question<'a>, one: &Move) -> Moved<'a> {
        let case = asked.case;
        Moved {
            year: case.horizon.calendar(one.year),
            measure: &case.measures[one.measure].id,
            from: &case.schools[one.from].id,
            to: &case.schools[one.to].id,
            units: one.units,
            same_township: one.same_township,
            km: one.km,
            back: one.back,
        }
    }
}

/// Posts in `plan.json` that leave a school or arrive at it and have no other school to change places with.
#[derive(Serialize)]
pub struct Unpaired<'a> {
    year: i32,
    measure: &'a str,
    school: &'a str,
    leaving: f64,
    arriving: f64,
}

impl<'a> Unpaired<'a> {
    /// The posts with the codes of their case.
    pub fn of(asked: &Question<'a>, one: &moves::Unpaired) -> Unpaired<'a> {
        let case = asked.case;
        Unpaired {
            year: case.horizon.calendar(one.year),
            measure: &case.measures[one.measure].id,
            school: &case.schools[one.school].id,
            leaving: one.leaving,
            arriving: one.arriving,
        }
    }
}
