//! Who wins and who loses: the gap of every school in every scenario, by the measure of the base, so that scenarios that
//! weigh or ask differently can be held side by side.

use super::super::column::{Column, Holds};
use super::super::question::Question;
use crate::case::Case;
use crate::plan::Outcome;
use crate::plan::table::Cell;
use crate::study::Solved;
use crate::words::SchoolIx;
use crate::words::sum::sum;

/// How large a change of a school's gap must be, relative to its gap in the base, to count as better or worse.
const NOTICEABLE: f64 = 1e-6;

/// Gaps by school.
#[derive(Clone, Debug)]
pub struct SchoolGaps {
    /// Of each school, over all periods, weighted as the index does.
    gaps: Vec<f64>,
}

/// What a scenario does to a school, against the base.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Turn {
    /// Its gap is smaller.
    Better,
    /// Its gap is larger.
    Worse,
    /// Neither to speak of.
    Same,
}

impl SchoolGaps {
    /// The gaps an outcome leaves.
    pub fn of(case: &Case, outcome: &Outcome) -> SchoolGaps {
        SchoolGaps::in_state(case, outcome, true)
    }

    /// The gaps with the plan of an outcome or (else) without it.
    pub fn in_state(case: &Case, outcome: &Outcome, planned: bool) -> SchoolGaps {
        let gap = |school| {
            let needs = case
                .resources
                .ids()
                .flat_map(|resource| case.horizon.periods().map(move |at| (resource, at)));
            needs
                .map(|(resource, at)| outcome.gap_of(case, school, resource, at, planned))
                .sum()
        };
        SchoolGaps {
            gaps: case.schools.ids().map(gap).collect(),
        }
    }

    /// The gap of a school.
    pub fn of_school(&self, school: SchoolIx) -> f64 {
        self.gaps[school.at()]
    }

    /// How each school fares against the base.
    pub fn turns<'a>(&'a self, base: &'a SchoolGaps) -> impl Iterator<Item = Turn> + 'a {
        self.gaps.iter().zip(&base.gaps).map(|(&after, &before)| {
            let noticeable = NOTICEABLE * before.max(1.0);
            if after < before - noticeable {
                Turn::Better
            } else if after > before + noticeable {
                Turn::Worse
            } else {
                Turn::Same
            }
        })
    }

    /// What the schools of a kind have lost against the base: the sum of their changes.
    pub fn change(&self, base: &SchoolGaps, of_kind: impl Fn(SchoolIx) -> bool) -> f64 {
        let changes = self.gaps.iter().zip(&base.gaps).enumerate();
        sum(changes
            .filter(|(at, _)| of_kind(SchoolIx::new(*at)))
            .map(|(_, (after, before))| after - before))
    }
}

/// Where and what a school is, its gap in the base, and by how much each scenario changes it.
pub fn columns(asked: &Question, runs: &[Solved]) -> Vec<Column> {
    let fixed = [
        ("县区", "county"),
        ("乡镇", "township"),
        ("学校代码", "school code"),
        ("学校名称", "school"),
        ("学段", "stage"),
        ("城乡类型", "area"),
    ];
    let fixed = fixed.map(|(zh, en)| Column::new(asked.pick(zh, en), Holds::Words));
    let of_run = |(at, run): (usize, &Solved)| {
        let header = match at {
            0 => asked.pick(format!("缺口：{}", run.name), format!("gap: {}", run.name)),
            _ => asked.pick(
                format!("增减：{}", run.name),
                format!("change: {}", run.name),
            ),
        };
        Column::new(header, Holds::Gap)
    };
    let runs = runs.iter().enumerate().map(of_run);
    fixed.into_iter().chain(runs).collect()
}

/// A row a school, in the order of [`columns`], from the gaps of each scenario.
pub fn rows<'a>(
    asked: &'a Question<'a>,
    gaps: Vec<Option<&'a SchoolGaps>>,
) -> impl Iterator<Item = Vec<Cell>> + 'a {
    let case = asked.case;
    let base = gaps.first().copied().flatten();
    case.schools.pairs().map(move |(at, school)| {
        let stage = school.stage.name();
        let mut cells = vec![
            Cell::text(case.counties[school.county].to_string()),
            Cell::text(&school.township),
            Cell::text(&school.id),
            Cell::text(&school.name),
            Cell::text(asked.pick(stage.0, stage.1)),
            Cell::text(&case.areas[school.area]),
        ];
        cells.extend(gaps.iter().enumerate().map(|(run, gaps)| {
            let own = gaps.map(|gaps| gaps.gaps[at.at()]);
            let before = base.map(|base| base.gaps[at.at()]);
            Cell::known(match run {
                0 => own,
                _ => own.zip(before).map(|(own, before)| own - before),
            })
        }));
        cells
    })
}
