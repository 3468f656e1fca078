//! Several scenarios side by side. A column is declared once; page, CSV and JSON follow from it.

use serde_json::{Map, Value, json};

use super::csv;
use super::number::{count, money_value, number, percent};
use super::page::{Grid, Page};
use super::plan_json::verdict_json;
use super::question::Question;
use super::verdict;
use crate::case::balance::{SectionSurvey, survey};
use crate::case::{Case, Lever, Section};
use crate::plan::table::Cell;
use crate::plan::{Answer, Outcome, Plan};
use crate::study::Solved;
use crate::words::Money;

/// How large a change of a school's gap must be, relative to its gap in the base, to count as better or worse.
const NOTICEABLE: f64 = 1e-6;

/// A figure of a scenario.
#[derive(Clone, PartialEq, Debug)]
enum Figure {
    /// Nothing to say: no plan, or it does not apply.
    Absent,
    /// Something counted.
    Count(usize),
    /// A quantity.
    Number(f64),
    /// Money in the unit the case shows money in.
    Money(f64),
    /// A share.
    Share(f64),
    /// A part of a whole.
    OutOf(usize, usize),
}

/// A column: the key for programs, its name in Chinese and English.
type Column = (&'static str, &'static str, &'static str);

const COLUMNS: [Column; 12] = [
    ("gap", "缺口指数", "gap"),
    ("gap_by_base", "缺口·按基准口径", "gap by base measure"),
    ("gap_change", "比基准", "vs base"),
    ("spent", "支出", "spent"),
    ("posts", "新增岗位", "new posts"),
    ("moved", "交流人次", "posts moved"),
    ("cv_primary", "小学差异系数", "CV primary"),
    ("cv_junior", "初中差异系数", "CV junior"),
    ("passing_primary", "小学达标", "primary pass"),
    ("passing_junior", "初中达标", "junior pass"),
    ("schools_better", "变好学校", "better"),
    ("schools_worse", "变差学校", "worse"),
];

/// Scenarios solved for one case, the base first.
#[derive(Debug)]
pub struct Comparison<'a> {
    asked: Question<'a>,
    runs: &'a [Solved],
    figures: Vec<Vec<Figure>>,
}

impl<'a> Comparison<'a> {
    /// The figures of these runs. `asked` is about the case as it stands; the first run is the base.
    pub fn new(asked: Question<'a>, runs: &'a [Solved]) -> Comparison<'a> {
        let base = runs.first().and_then(|run| run.answer.plan.as_ref());
        let figures = runs
            .iter()
            .map(|run| figures(asked.case, base, run))
            .collect();
        Comparison {
            asked,
            runs,
            figures,
        }
    }

    /// In another language.
    pub fn in_language(&self, lang: crate::words::Lang) -> Comparison<'a> {
        Comparison {
            asked: Question { lang, ..self.asked },
            runs: self.runs,
            figures: self.figures.clone(),
        }
    }

    /// The table as a page, and for each scenario without a plan why there is none.
    pub fn page(&self) -> Page {
        let asked = &self.asked;
        let mut page = Page::titled(asked.pick(
            format!("{} · 情景比较", asked.case.name),
            format!("{} · scenarios compared", asked.case.name),
        ));
        if let Some(remark) = &asked.case.remark {
            page.remark(remark);
        }
        let shown: Vec<usize> = (0..COLUMNS.len())
            .filter(|&at| self.says_something(at))
            .collect();
        let mut grid = Grid::new()
            .words(asked.pick("情景", "scenario"))
            .words(asked.pick("结论", "verdict"));
        for &at in &shown {
            grid = grid.numbers(self.header(at));
        }
        for (run, figures) in self.runs.iter().zip(&self.figures) {
            let cells = shown.iter().map(|&at| in_words(&figures[at]));
            grid.row(
                [self.title(run), self.verdict(&run.answer)]
                    .into_iter()
                    .chain(cells),
            );
        }
        page.grid(grid);
        page.text(self.legend());
        for run in self.runs.iter().filter(|run| run.answer.plan.is_none()) {
            let mut own = Page::default();
            verdict::without_plan(asked, &run.answer.verdict, &mut own);
            page.heading(self.title(run));
            page.blocks.extend(own.blocks);
        }
        page
    }

    fn says_something(&self, at: usize) -> bool {
        let nothing = |figure: &Figure| match figure {
            Figure::Absent | Figure::Count(0) | Figure::OutOf(_, 0) => true,
            Figure::Number(value) => *value == 0.0,
            _ => false,
        };
        !self.figures.iter().all(|figures| nothing(&figures[at]))
    }

    fn legend(&self) -> String {
        let composite = self
            .asked
            .case
            .standard
            .cv_limit
            .as_ref()
            .is_some_and(|limit| limit.composite);
        let (zh, en) = match composite {
            true => ("综合差异系数", "the composite CV"),
            false => ("各指标中最大的差异系数", "the largest CV of the indicators"),
        };
        self.asked.pick(
            format!("差异系数为规划末年的{zh}；变好、变差按基准口径与基准方案相比"),
            format!("CV: {en} in the last plan year; better and worse: against the base plan, by the base measure"),
        )
    }

    fn title(&self, run: &Solved) -> String {
        if run.title == run.name || run.title.is_empty() {
            return run.name.clone();
        }
        self.asked.pick(
            format!("{}（{}）", run.title, run.name),
            format!("{} ({})", run.title, run.name),
        )
    }

    fn verdict(&self, answer: &Answer) -> String {
        let broken = answer
            .plan
            .as_ref()
            .is_some_and(|plan| !plan.audit.passed());
        match broken {
            true => self.asked.pick("核对未过", "audit failed").to_string(),
            false => verdict::name(&self.asked, &answer.verdict).to_string(),
        }
    }

    fn header(&self, at: usize) -> String {
        let (key, zh, en) = COLUMNS[at];
        if key == "spent" {
            self.asked.money_header(zh, en)
        } else {
            self.asked.pick(zh, en).to_string()
        }
    }

    /// The table for spreadsheets.
    pub fn csv(&self) -> Vec<u8> {
        let asked = &self.asked;
        let fixed = [
            ("情景代码", "scenario code"),
            ("情景", "scenario"),
            ("结论", "verdict"),
        ];
        let mut header: Vec<String> = fixed.map(|(zh, en)| asked.pick(zh, en).to_string()).into();
        header.extend((0..COLUMNS.len()).map(|at| self.header(at)));
        let rows = self.runs.iter().zip(&self.figures).map(|(run, figures)| {
            let mut cells = vec![
                Cell::text(&run.name),
                Cell::text(&run.title),
                Cell::text(self.verdict(&run.answer)),
            ];
            cells.extend(figures.iter().map(cell));
            cells
        });
        csv::render(&header, rows, asked.lang)
    }

    /// The table for programs.
    pub fn json(&self) -> Value {
        let runs: Vec<Value> = self
            .runs
            .iter()
            .zip(&self.figures)
            .map(|(run, figures)| {
                let figures: Map<String, Value> = COLUMNS
                    .iter()
                    .zip(figures)
                    .map(|((key, ..), figure)| (key.to_string(), value(figure)))
                    .collect();
                json!({
                    "scenario": run.name,
                    "title": run.title,
                    "verdict": verdict_json(&self.asked, &run.answer.verdict),
                    "audit_passed": run.answer.plan.as_ref().map(|plan| plan.audit.passed()),
                    "certificate": run.answer.plan.as_ref().map(|plan| &plan.certificate),
                    "figures": figures,
                })
            })
            .collect();
        json!({
            "case": self.asked.case.name,
            "remark": self.asked.case.remark,
            "gap_unit": self.asked.gap_unit(),
            "money_unit": self.asked.money_unit(),
            "scenarios": runs,
        })
    }
}

/// The figures of a run, in the order of the columns.
fn figures(base_case: &Case, base: Option<&Plan>, run: &Solved) -> Vec<Figure> {
    let Some(plan) = &run.answer.plan else {
        return vec![Figure::Absent; COLUMNS.len()];
    };
    let case = &run.case;
    let last = case.horizon.last();
    let after = survey(
        case,
        |school, resource| plan.outcome.stock(case, school, resource, last),
        last,
    );
    let section = |section| {
        after
            .sections
            .iter()
            .find(|one: &&SectionSurvey| one.section == section)
    };
    let [primary, junior] = Section::ALL.map(section);
    // Scenarios may weigh and ask differently; only by the base's own measure can they be held side by side.
    let by_base = Outcome::new(base_case, &plan.rows);
    let base = base.map(|base| Outcome::new(base_case, &base.rows));
    let (better, worse) = base
        .as_ref()
        .map_or((Figure::Absent, Figure::Absent), |base| {
            let (better, worse) = moved_schools(base_case, base, &by_base);
            (Figure::Count(better), Figure::Count(worse))
        });
    let change = base
        .map(|base| (by_base.gap_after - base.gap_after) / base.gap_after.max(f64::MIN_POSITIVE));
    let spent: Money = plan.rows.iter().map(|row| row.amount()).sum();
    vec![
        Figure::Number(plan.outcome.gap_after),
        Figure::Number(by_base.gap_after),
        change
            .filter(|change| change.is_finite())
            .map_or(Figure::Absent, Figure::Share),
        Figure::Money(spent.main() / case.money_shown.0),
        Figure::Number(units(case, plan, |lever| matches!(lever, Lever::Hire))),
        Figure::Number(units(case, plan, |lever| {
            matches!(lever, Lever::Rotate { .. })
        })),
        coefficient(case, primary),
        coefficient(case, junior),
        passing(case, primary),
        passing(case, junior),
        better,
        worse,
    ]
}

fn units(case: &Case, plan: &Plan, wanted: impl Fn(&Lever) -> bool) -> f64 {
    let supplied = plan
        .rows
        .iter()
        .filter(|row| row.units > 0.0 && wanted(&case.measures[row.measure].lever));
    supplied.map(|row| row.units).sum()
}

/// The composite coefficient where the standard limits that one, else the largest of the indicators.
fn coefficient(case: &Case, section: Option<&SectionSurvey>) -> Figure {
    let composite = case
        .standard
        .cv_limit
        .as_ref()
        .is_some_and(|limit| limit.composite);
    let found = section.and_then(|section| match composite {
        true => section.composite,
        false => section
            .indicators
            .iter()
            .filter(|one| one.indicator)
            .filter_map(|one| one.spread.and_then(|spread| spread.cv))
            .reduce(f64::max),
    });
    found.map_or(Figure::Absent, Figure::Number)
}

fn passing(case: &Case, section: Option<&SectionSurvey>) -> Figure {
    match section.filter(|_| case.standard.compliance.is_some()) {
        Some(section) => Figure::OutOf(
            section.passing,
            section.passing + section.failing + section.undecided,
        ),
        None => Figure::Absent,
    }
}

/// How many schools have a smaller gap than in the base plan, and how many a larger one.
fn moved_schools(case: &Case, base: &Outcome, other: &Outcome) -> (usize, usize) {
    let gap = |outcome: &Outcome, school| -> f64 {
        let needs = case
            .resources
            .ids()
            .flat_map(|resource| case.horizon.periods().map(move |at| (resource, at)));
        needs
            .map(|(resource, at)| outcome.gap_of(case, school, resource, at, true))
            .sum()
    };
    let (mut better, mut worse) = (0, 0);
    for school in case.schools.ids() {
        let (before, after) = (gap(base, school), gap(other, school));
        let noticeable = NOTICEABLE * before.max(1.0);
        better += usize::from(after < before - noticeable);
        worse += usize::from(after > before + noticeable);
    }
    (better, worse)
}

fn in_words(figure: &Figure) -> String {
    match figure {
        Figure::Absent => super::number::MISSING.to_string(),
        Figure::Count(value) => count(*value),
        Figure::Number(value) => number(*value),
        Figure::Money(value) => money_value(*value),
        Figure::Share(0.0) => percent(0.0),
        Figure::Share(value) => {
            format!("{}{}", if *value > 0.0 { "+" } else { "" }, percent(*value))
        }
        Figure::OutOf(part, whole) => format!("{} / {}", count(*part), count(*whole)),
    }
}

fn cell(figure: &Figure) -> Cell {
    match figure {
        Figure::Absent => Cell::Empty,
        Figure::Count(value) | Figure::OutOf(value, _) => Cell::Number(value.to_string()),
        Figure::Number(value) | Figure::Money(value) | Figure::Share(value) => Cell::number(*value),
    }
}

fn value(figure: &Figure) -> Value {
    match figure {
        Figure::Absent => Value::Null,
        Figure::Count(value) => json!(value),
        Figure::Number(value) | Figure::Money(value) | Figure::Share(value) => json!(value),
        Figure::OutOf(part, whole) => json!({ "pass": part, "of": whole }),
    }
}
