//! Teachers who change schools (交流轮岗) against what the standard asks for each year.

use serde_json::{Value, json};

use super::super::number::{count, number, percent};
use super::super::page::{Grid, Page};
use super::super::question::Question;
use super::{Told, kept};
use crate::case::{Case, Lever, RotationGoal};
use crate::plan::PlanRow;
use crate::words::YearIx;
use crate::words::sum::sum;
use crate::words::tolerance::AUDIT;

/// Who begins a rotation in a plan year.
struct Rotated {
    year: YearIx,
    /// Posts that begin one, those of backbone teachers among them.
    all: f64,
    /// Those of backbone teachers; `None` where the standard does not tell them apart.
    backbone: Option<f64>,
    /// What all are of the teachers there are, and what backbone teachers are of all; `None` for no teachers, nobody.
    share: Option<f64>,
    backbone_share: Option<f64>,
}

impl Rotated {
    fn is_kept(&self, goal: &RotationGoal) -> bool {
        let reaches =
            |share: Option<f64>, least: f64| share.unwrap_or(0.0) >= least * (1.0 - AUDIT);
        let backbone = goal.backbone.map_or(0.0, |(_, least)| least);
        reaches(self.share, goal.least) && reaches(self.backbone_share, backbone)
    }
}

/// Year by year, from the rows that take posts away; the teachers are those of whom the table of schools knows.
fn rotated(case: &Case, rows: &[PlanRow], goal: &RotationGoal) -> Vec<Rotated> {
    let stocks = case.schools.iter();
    let teachers = sum(stocks.filter_map(|school| school.stock[goal.teachers.at()]));
    let is_backbone = |row: &PlanRow| {
        let of = goal.backbone.map(|(resource, _)| resource);
        of.is_some_and(|of| case.measures[row.measure].brings(of).is_some())
    };
    let counts = |row: &&PlanRow| {
        let stated = &case.measures[row.measure];
        let teaches = stated.brings(goal.teachers).is_some() || is_backbone(row);
        row.units < 0.0 && teaches && matches!(stated.lever, Lever::Rotate { .. })
    };
    let part = |part: f64, of: f64| (of > 0.0).then(|| part / of);
    let of_year = |year: YearIx| {
        let here = || rows.iter().filter(counts).filter(|row| row.year == year);
        let all = sum(here().map(|row| -row.units));
        let backbone = sum(here().filter(|row| is_backbone(row)).map(|row| -row.units));
        Rotated {
            year,
            all,
            backbone: goal.backbone.map(|_| backbone),
            share: part(all, teachers),
            backbone_share: goal.backbone.and_then(|_| part(backbone, all)),
        }
    };
    case.horizon.plan_years().map(of_year).collect()
}

/// Tells how many teachers change schools in each year of the plan.
pub fn tell(told: &Told, page: &mut Page) {
    let (asked, case) = (&told.asked, told.asked.case);
    let Some(goal) = &case.standard.rotation else {
        return;
    };
    let years = rotated(case, told.rows, goal);
    page.heading(asked.pick("教师交流轮岗", "Teachers who change schools"));
    let mut grid = Grid::new()
        .words(asked.pick("年份", "year"))
        .numbers(asked.pick("交流教师（人）", "teachers"))
        .numbers(asked.pick("占教师", "of all"))
        .numbers(asked.pick("要求", "asked"));
    if goal.backbone.is_some() {
        grid = grid
            .numbers(asked.pick("其中骨干", "backbone"))
            .numbers(asked.pick("占交流教师", "of those"))
            .numbers(asked.pick("要求", "asked"));
    }
    grid = grid.words(asked.pick("是否符合", "kept"));
    for one in &years {
        let mut row = vec![
            case.horizon.calendar(one.year).to_string(),
            number(one.all),
            one.share.map_or_else(|| count(0), percent),
            percent(goal.least),
        ];
        if let (Some(backbone), Some((_, least))) = (one.backbone, goal.backbone) {
            let share = one.backbone_share.map_or_else(|| count(0), percent);
            row.extend([number(backbone), share, percent(least)]);
        }
        row.push(in_words(asked, one.is_kept(goal)));
        grid.row(row);
    }
    grid.foot = Some(asked.pick(
        "按当年开始交流的人数计；学校表不知道哪些教师符合交流条件，以全部教师为基数，比正式口径严",
        "those who begin in the year; the table of schools does not tell who may be asked, so all teachers are the base, which is stricter than the official count",
    ).to_string());
    page.grid(grid);
}

fn in_words(asked: &Question, is_kept: bool) -> String {
    match is_kept {
        true => kept(asked, Some(true)),
        false => asked.pick("不足", "too few").to_string(),
    }
}

/// The same for programs; null where the standard asks for nothing.
pub fn json(told: &Told) -> Value {
    let case = told.asked.case;
    let Some(goal) = &case.standard.rotation else {
        return Value::Null;
    };
    let years = rotated(case, told.rows, goal);
    let years: Vec<Value> = years
        .iter()
        .map(|one| {
            json!({
                "year": case.horizon.calendar(one.year),
                "posts": one.all,
                "share": one.share,
                "backbone": one.backbone,
                "backbone_share": one.backbone_share,
                "kept": one.is_kept(goal),
            })
        })
        .collect();
    json!({
        "least": goal.least,
        "backbone_least": goal.backbone.map(|(_, least)| least),
        "years": years,
    })
}
