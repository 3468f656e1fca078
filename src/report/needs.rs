//! What remains short when a plan is done.

use super::number::{count, number, plural};
use super::page::{Grid, Page};
use super::question::Question;
use crate::case::Case;
use crate::plan::Plan;
use crate::plan::reasons::{Unmet, Why, unmet};
use crate::words::sum::sum;
use crate::words::{ResourceIx, SchoolIx, YearIx};

/// By resource: short today, short at the end without and with the plan; then why the rest is left.
pub fn remaining(asked: &Question, plan: &Plan, page: &mut Page) {
    page.heading(asked.pick("仍然缺少", "What remains short"));
    tell(asked, plan, page);
}

/// As [`remaining`], under a heading that already stands.
pub fn tell(asked: &Question, plan: &Plan, page: &mut Page) {
    let horizon = &asked.case.horizon;
    let (first, last) = (YearIx::new(0), horizon.last());
    let left = unmet(asked.case, &plan.outcome);
    let mut grid = Grid::new()
        .words(asked.pick("资源", "resource"))
        .words(asked.pick("单位", "unit"));
    let several = first != last;
    if several {
        let year = asked.year(first);
        grid = grid.numbers(asked.pick(format!("{year}缺"), format!("short {year}")));
    }
    let year = asked.year(last);
    grid = grid
        .numbers(asked.pick(
            format!("{year}不规划时缺"),
            format!("short {year} without plan"),
        ))
        .numbers(asked.pick(
            format!("{year}规划后仍缺"),
            format!("short {year} with plan"),
        ))
        .numbers(asked.pick("仍缺学校数", "schools still short"));
    for one in shortages(asked, plan, &left) {
        let resource = &asked.case.resources[one.resource];
        if one.today + one.without + one.with > 0.0 {
            let mut cells = vec![resource.name.clone(), resource.unit.clone()];
            cells.extend(several.then(|| number(one.today)));
            cells.extend([number(one.without), number(one.with), count(one.schools)]);
            grid.row(cells);
        }
    }
    let nothing = grid.rows.is_empty();
    page.grid(grid);
    let blind = Blind::of(asked.case);
    if nothing {
        page.text(blind.nothing_short(asked));
    }
    let reasons = REASONS
        .into_iter()
        .filter_map(|why| reason(asked, why, &left));
    page.list(reasons.chain(blind.in_words(asked)).collect());
}

/// What is short of a resource in all schools, in its unit.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Shortage {
    /// The resource.
    pub resource: ResourceIx,
    /// In the first plan year without a plan.
    pub today: f64,
    /// In the last plan year without the plan.
    pub without: f64,
    /// In the last plan year with the plan.
    pub with: f64,
    /// Schools that are still short then.
    pub schools: usize,
}

/// The shortages by resource, in their order, with the needs `left` unmet.
pub fn shortages(asked: &Question, plan: &Plan, left: &[Unmet]) -> Vec<Shortage> {
    let (first, last) = (YearIx::new(0), asked.case.horizon.last());
    let of = |resource| {
        let short = |year, planned| short(asked, plan, resource, year, planned);
        Shortage {
            resource,
            today: short(first, false),
            without: short(last, false),
            with: short(last, true),
            schools: left.iter().filter(|need| need.resource == resource).count(),
        }
    };
    asked.case.resources.ids().map(of).collect()
}

/// The gap index of a resource over all schools and periods, without and with the plan.
pub fn gaps(asked: &Question, plan: &Plan, resource: ResourceIx) -> (f64, f64) {
    let case = asked.case;
    let of = |planned| {
        let schools = case.schools.ids();
        let needs = schools.flat_map(|school| case.horizon.periods().map(move |at| (school, at)));
        sum(needs.map(|(school, at)| plan.outcome.gap_of(case, school, resource, at, planned)))
    };
    (of(false), of(true))
}

/// What could not be planned because data are missing. Missing is not met.
struct Blind {
    /// Schools whose pupils are unknown.
    schools: usize,
    /// Needs of the other schools whose stock is unknown.
    needs: usize,
    /// Whether any need is known at all.
    sighted: bool,
}

impl Blind {
    fn of(case: &Case) -> Blind {
        let last = case.horizon.last();
        let unknown = |&school: &SchoolIx| case.pupils(school, last).is_none();
        let mut blind = Blind {
            schools: case.schools.ids().filter(unknown).count(),
            needs: 0,
            sighted: false,
        };
        for school in case.schools.ids() {
            for resource in case.resources.ids() {
                if case.required(school, resource, last).is_some() {
                    match case.schools[school].stock[resource.at()] {
                        Some(_) => blind.sighted = true,
                        None => blind.needs += 1,
                    }
                }
            }
        }
        blind
    }

    /// What may be said when nothing is known to be short.
    fn nothing_short(&self, asked: &Question) -> &'static str {
        match (self.sighted, self.schools + self.needs) {
            (true, 0) => asked.pick("各校都已达标", "every school is up to standard"),
            (true, _) => asked.pick(
                "数据齐全的各项都已达标",
                "whatever is known is up to standard",
            ),
            (false, _) => asked.pick(
                "没有一项算得出缺口，不能说明已经达标；请先补齐数据（junheng check）",
                "no shortfall can be told from these data, which does not mean that there is none; see junheng check",
            ),
        }
    }

    fn in_words(&self, asked: &Question) -> impl Iterator<Item = String> + use<> {
        let schools = asked.pick(
            format!("{} 所学校的学生数不详，未纳入规划", count(self.schools)),
            format!(
                "{} left out: their pupils are unknown",
                plural(self.schools, "school")
            ),
        );
        let needs = asked.pick(
            format!("{} 项现有数不详，未纳入规划", count(self.needs)),
            format!(
                "{} left out: the stock is unknown",
                plural(self.needs, "need")
            ),
        );
        [(self.schools, schools), (self.needs, needs)]
            .into_iter()
            .filter(|(number, _)| *number > 0)
            .map(|(_, said)| said)
    }
}

/// The reasons in the order in which they are said.
const REASONS: [Why; 4] = [
    Why::Limits,
    Why::NoMeasure,
    Why::NoFund,
    Why::LessThanOneStep,
];

fn reason(asked: &Question, why: Why, left: &[Unmet]) -> Option<String> {
    let needs = left.iter().filter(|need| need.why == why).count();
    let (zh, en) = why.words();
    let said = asked.pick(
        format!("{} 项：{zh}", count(needs)),
        format!("{}: {en}", plural(needs, "need")),
    );
    (needs > 0).then_some(said)
}

/// What all schools together lack of a resource in a year, in units.
pub fn short(
    asked: &Question,
    plan: &Plan,
    resource: ResourceIx,
    year: YearIx,
    planned: bool,
) -> f64 {
    let schools = asked.case.schools.ids();
    sum(schools.filter_map(|school| {
        plan.outcome
            .short(asked.case, school, resource, year, planned)
    }))
}
