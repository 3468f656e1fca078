//! What is done (主要措施): each measure in words, then all of them by year.

use crate::plan::table::deadline;
use crate::plan::{Plan, PlanRow, moves};
use crate::report::number::{count, number, plural};
use crate::report::page::{Grid, Page};
use crate::report::question::Question;
use crate::words::sum::sum;
use crate::words::{MeasureIx, Money, YearIx};

/// Each measure that is used, in words.
pub fn described(asked: &Question, plan: &Plan, page: &mut Page) {
    let used = used(asked, plan);
    if used.is_empty() {
        page.text(asked.pick("不采取任何措施。", "Nothing is done."));
    }
    for one in &used {
        page.subheading(asked.case.measures[one.measure].name.clone());
        page.text(one.in_words(asked));
    }
}

/// The measures that are used, in the order of the case.
pub fn used<'a>(asked: &Question, plan: &'a Plan) -> Vec<Used<'a>> {
    let measures = asked.case.measures.ids();
    measures.filter_map(|at| Used::of(plan, at)).collect()
}

/// What a plan does by one measure.
pub struct Used<'a> {
    pub measure: MeasureIx,
    rows: Vec<&'a PlanRow>,
}

impl<'a> Used<'a> {
    /// `None` where the plan does not use it.
    pub fn of(plan: &'a Plan, measure: MeasureIx) -> Option<Used<'a>> {
        let rows: Vec<&PlanRow> = plan.rows.iter().collect();
        Used::among(&rows, measure)
    }

    /// What some rows of a plan do by it.
    pub fn among(rows: &[&'a PlanRow], measure: MeasureIx) -> Option<Used<'a>> {
        let rows: Vec<&PlanRow> = rows
            .iter()
            .filter(|row| row.measure == measure)
            .copied()
            .collect();
        (!rows.is_empty()).then_some(Used { measure, rows })
    }

    /// Units handed out, in one year or in all. What moves between schools is counted where it arrives.
    pub fn units(&self, year: Option<YearIx>) -> f64 {
        let rows = self
            .rows
            .iter()
            .filter(|row| year.is_none_or(|year| row.year == year));
        sum(rows.map(|row| row.units.max(0.0)))
    }

    /// What it costs in the plan years.
    pub fn money(&self) -> Money {
        self.rows.iter().map(|row| row.amount()).sum()
    }

    /// Schools that receive something.
    pub fn schools(&self) -> usize {
        let receiving = self.rows.iter().filter(|row| row.units > 0.0);
        let mut schools: Vec<_> = receiving.map(|row| row.school).collect();
        schools.sort_unstable();
        schools.dedup();
        schools.len()
    }

    /// By when all of it is in use.
    pub fn deadline(&self, asked: &Question) -> String {
        let last = self.rows.iter().max_by_key(|row| row.deadline(asked.case));
        last.map(|row| deadline(asked.case, row, asked.lang))
            .unwrap_or_default()
    }

    fn in_words(&self, asked: &Question) -> String {
        let stated = &asked.case.measures[self.measure];
        let unit = &asked.case.resources[stated.resource].unit;
        let years: Vec<String> = asked
            .case
            .horizon
            .plan_years()
            .map(|year| (year, self.units(Some(year))))
            .filter(|(_, units)| *units > 0.0)
            .map(|(year, units)| {
                let (year, units) = (asked.year(year), number(units));
                asked.pick(
                    format!("{year} {units} {unit}"),
                    format!("{units} in {year}"),
                )
            })
            .collect();
        let (units, schools) = (number(self.units(None)), self.schools());
        let each = match years.len() {
            0 | 1 => years.join(""),
            _ => asked.pick(
                format!("共 {units} {unit}（{}）", years.join("、")),
                format!("{units} {unit} ({})", years.join(", ")),
            ),
        };
        let each = if years.len() == 1 {
            asked.pick(each.clone(), format!("{each} ({unit})"))
        } else {
            each
        };
        let (money, body, by) = (
            asked.money_in_words(self.money()),
            &stated.body,
            self.deadline(asked),
        );
        let moves = match stated.lever.moves() {
            true => asked.pick("，在学校之间调配", ", moved between schools"),
            false => "",
        };
        let done_by = match body.is_empty() {
            true => String::new(),
            false => asked.pick(
                format!("责任单位：{body}；"),
                format!("Responsible: {body}. "),
            ),
        };
        asked.pick(
            format!(
                "{each}{moves}，涉及 {} 所学校，规划期内投入 {money}。{done_by}完成时限：{by}。",
                count(schools)
            ),
            format!(
                "{each}{moves}, for {}, at {money} in the plan years. {done_by}Deadline: {by}.",
                plural(schools, "school")
            ),
        )
    }
}

/// What is done by each measure in each year.
pub fn by_year(asked: &Question, plan: &Plan) -> Grid {
    let used = used(asked, plan);
    let case = asked.case;
    let mut grid = Grid::new()
        .captioned(asked.pick("分年度任务", "Tasks by year"))
        .words(asked.pick("措施", "measure"))
        .words(asked.pick("单位", "unit"));
    for year in case.horizon.plan_years() {
        grid = grid.numbers(asked.year(year));
    }
    grid = grid
        .numbers(asked.pick("合计", "total"))
        .numbers(asked.money_header("金额", "money"))
        .words(asked.pick("责任单位", "responsible body"));
    for one in &used {
        let stated = &case.measures[one.measure];
        let mut cells = vec![
            stated.name.clone(),
            case.resources[stated.resource].unit.clone(),
        ];
        let years = case.horizon.plan_years();
        cells.extend(years.map(|year| number(one.units(Some(year)))));
        cells.extend([
            number(one.units(None)),
            asked.money(one.money()),
            stated.body.clone(),
        ]);
        grid.row(cells);
    }
    grid
}

/// Whether the plan moves posts or things between schools.
pub fn moves_anything(asked: &Question, plan: &Plan) -> bool {
    moves::rotates(asked.case) && plan.rows.iter().any(|row| row.units < 0.0)
}
