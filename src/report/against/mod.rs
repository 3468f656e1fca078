//! The optimum beside another plan, on paper: what it saves, who would gain and lose, and a rule that can be published.

mod data;
mod rule;
mod words;

use super::comparison::SchoolGaps;
use super::number::{count, number, percent};
use super::page::{Grid, Page};
use super::question::Question;
use super::verdict;
use crate::plan::alternative::{Figures, placed};
use crate::plan::{Outcome, PlanRow};
use crate::program::certificate::distance;
use crate::study::against::Against;
use crate::words::Money;
use crate::words::tolerance::PROVEN;

pub use data::{csv, json};

/// What is told.
pub struct Told<'a> {
    /// The case, and the language.
    pub asked: Question<'a>,
    /// What was found.
    pub found: &'a Against,
    /// What the other plan is called.
    pub theirs: &'a str,
    /// Whether the other plan is what the pro-rata rule makes.
    pub pro_rata: bool,
}

/// Schools that are named on the page.
const NAMED: usize = 8;

impl Told<'_> {
    /// The page.
    pub fn page(&self) -> Page {
        let (asked, found) = (&self.asked, self.found);
        let mut page = Page::titled(asked.title());
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        page.heading(asked.pick(
            format!("最优方案与“{}”对照", self.theirs),
            format!("The best plan beside {}", self.theirs),
        ));
        if let Some(reason) = found.ours.halted {
            page.remark(verdict::halted(asked, reason));
        }
        if self.pro_rata {
            page.text(words::pro_rata(self));
        }
        if !found.theirs.audit.passed() {
            page.remark(words::broken(self));
            page.list(words::breaches(self));
        }
        page.list(words::headline(self));
        page.grid(self.figures());
        let by_measure = self.by_measure();
        if !by_measure.rows.is_empty() {
            page.heading(asked.pick("钱花在哪里", "Where the money goes"));
            page.grid(by_measure);
        }
        page.heading(asked.pick("剩下的缺口", "What stays short"));
        page.grid(self.by_resource());
        page.heading(asked.pick("谁得谁失", "Who gains and who loses"));
        page.text(words::turns(self));
        page.grid(self.by_area());
        page.grid(self.losers());
        rule::tell(self, &mut page);
        page
    }

    /// Both plans: name, rows and outcome, the other one first.
    fn plans(&self) -> Vec<(String, &[PlanRow], &Outcome)> {
        let theirs = &self.found.theirs;
        let mut plans = vec![(
            self.theirs.to_string(),
            theirs.rows.as_slice(),
            &theirs.outcome,
        )];
        if let Some(ours) = self.found.plan() {
            let name = self.asked.pick("最优方案", "best plan").to_string();
            plans.push((name, ours.rows.as_slice(), &ours.outcome));
        }
        plans
    }

    fn figures(&self) -> Grid {
        let asked = &self.asked;
        let mut grid = Grid::new()
            .words(asked.pick("方案", "plan"))
            .numbers(asked.pick("缺口指数", "gap index"))
            .numbers(asked.pick("缺口减少", "gap closed"))
            .numbers(asked.money_header("规划期支出", "spent"))
            .numbers(asked.pick("涉及学校", "schools"))
            .numbers(asked.pick("轮岗人次", "posts moved"));
        let reference = self.found.plan().map(|plan| placed(&plan.rows));
        for (name, rows, outcome) in self.plans() {
            let reference = reference.clone().unwrap_or_default();
            let figures = Figures::of(asked.case, rows, outcome, &reference);
            grid.row([
                name,
                number(figures.gap),
                percent(closed(outcome)),
                asked.money(figures.money),
                count(figures.schools),
                number(figures.moves),
            ]);
        }
        grid
    }

    fn by_measure(&self) -> Grid {
        let asked = &self.asked;
        let mut grid = Grid::new()
            .words(asked.pick("措施", "measure"))
            .words(asked.pick("单位", "unit"));
        let plans = self.plans();
        for (name, _, _) in &plans {
            grid = grid
                .numbers(asked.pick(format!("{name}：数量"), format!("{name}: units")))
                .numbers(asked.money_header(&format!("{name}：金额"), &format!("{name}: money")));
        }
        for (measure, stated) in asked.case.measures.pairs() {
            let mut cells = vec![
                stated.name.clone(),
                asked.case.resources[stated.resource].unit.clone(),
            ];
            let mut some = false;
            for (_, rows, _) in &plans {
                let own = rows.iter().filter(|row| row.measure == measure);
                let units = own.clone().fold(0.0, |sum, row| sum + row.units.max(0.0));
                let money: Money = own.map(PlanRow::amount).sum();
                some |= units > 0.0;
                cells.extend([number(units), asked.money(money)]);
            }
            if some {
                grid.row(cells);
            }
        }
        grid
    }

    fn by_resource(&self) -> Grid {
        let asked = &self.asked;
        let case = asked.case;
        self.gaps(asked.pick("资源", "resource"), |page, plans| {
            for (resource, stated) in case.resources.pairs() {
                let gap = |outcome: &Outcome, planned: bool| {
                    let needs = case.schools.ids().flat_map(|school| {
                        case.horizon.periods().map(move |period| (school, period))
                    });
                    crate::words::sum::sum(needs.map(|(school, period)| {
                        outcome.gap_of(case, school, resource, period, planned)
                    }))
                };
                let before = plans.first().map_or(0.0, |(_, _, one)| gap(one, false));
                let after = plans.iter().map(|(_, _, one)| gap(one, true)).collect();
                page(stated.name.clone(), before, after);
            }
        })
    }

    fn by_area(&self) -> Grid {
        let asked = &self.asked;
        let case = asked.case;
        self.gaps(asked.pick("区域", "area"), |page, plans| {
            if case.areas.len() < 2 {
                return;
            }
            let plans: Vec<(SchoolGaps, SchoolGaps)> = plans
                .iter()
                .map(|(_, _, outcome)| {
                    let gaps = |planned| SchoolGaps::in_state(case, outcome, planned);
                    (gaps(false), gaps(true))
                })
                .collect();
            for (area, name) in case.areas.pairs() {
                let gap = |gaps: &SchoolGaps| {
                    let inside = case.schools.pairs().filter(|(_, one)| one.area == area);
                    crate::words::sum::sum(inside.map(|(school, _)| gaps.of_school(school)))
                };
                let before = plans.first().map_or(0.0, |(before, _)| gap(before));
                let after = plans.iter().map(|(_, after)| gap(after)).collect();
                page(name.clone(), before, after);
            }
        })
    }

    /// A grid of gaps: without a plan, and with each.
    fn gaps(
        &self,
        what: &str,
        fill: impl FnOnce(&mut GapRow, &[(String, &[PlanRow], &Outcome)]),
    ) -> Grid {
        let asked = &self.asked;
        let plans = self.plans();
        let mut grid = Grid::new()
            .words(what)
            .numbers(asked.pick("不规划时缺口", "gap without a plan"));
        for (name, _, _) in &plans {
            grid = grid.numbers(name.clone());
        }
        let mut row = |name: String, before: f64, after: Vec<f64>| {
            if before > 0.0 {
                let gaps = after.into_iter().map(number);
                grid.row([name, number(before)].into_iter().chain(gaps));
            }
        };
        fill(&mut row, &plans);
        grid
    }

    /// The schools that lose most by the best plan: who would object.
    fn losers(&self) -> Grid {
        let asked = &self.asked;
        let mut grid = Grid::new()
            .words(asked.pick(
                "最优方案下缺口反而更大的学校",
                "schools with more gap in the best plan",
            ))
            .words(asked.pick("区域", "area"))
            .numbers(asked.pick("不规划时缺口", "gap without a plan"));
        let plans = self.plans();
        for (name, _, _) in &plans {
            grid = grid.numbers(name.clone());
        }
        let [_, _] = plans.as_slice() else {
            return grid;
        };
        let case = asked.case;
        let gaps: Vec<SchoolGaps> = plans
            .iter()
            .map(|(_, _, outcome)| SchoolGaps::of(case, outcome))
            .collect();
        let before = SchoolGaps::in_state(case, plans[0].2, false);
        let mut lost: Vec<_> = case
            .schools
            .ids()
            .map(|school| {
                (
                    gaps[1].of_school(school) - gaps[0].of_school(school),
                    school,
                )
            })
            .filter(|(lost, school)| *lost > 1e-6 * gaps[0].of_school(*school).max(1.0))
            .collect();
        lost.sort_by(|one, other| other.0.total_cmp(&one.0));
        let more = lost.len().saturating_sub(NAMED);
        for (_, school) in lost.into_iter().take(NAMED) {
            let stated = &case.schools[school];
            grid.row([
                stated.name.clone(),
                case.areas[stated.area].clone(),
                number(before.of_school(school)),
                number(gaps[0].of_school(school)),
                number(gaps[1].of_school(school)),
            ]);
        }
        if more > 0 {
            let more = count(more);
            grid.foot = Some(asked.pick(
                format!("另有 {more} 所，见 against.csv"),
                format!("and {more} more, in against.csv"),
            ));
        }
        grid
    }
}

/// Takes a name, a gap without a plan and one with each plan.
type GapRow<'a> = dyn FnMut(String, f64, Vec<f64>) + 'a;

/// How far a gap is above another, as a percentage: nothing where it is less than can be proven.
fn above(gap: f64, than: f64) -> String {
    let above = distance(gap, than);
    percent(if above > PROVEN { above } else { 0.0 })
}

/// The part of the gap that a plan closes.
fn closed(outcome: &Outcome) -> f64 {
    match outcome.gap_before > 0.0 {
        true => 1.0 - outcome.gap_after / outcome.gap_before,
        false => 0.0,
    }
}
