//! Several scenarios side by side. A column is declared once; page, CSV and JSON follow from it.

mod figures;
mod preferred;
mod schools;

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::changes;
use super::column::{Column, Holds, headers};
use super::csv;
use super::number::number;
use super::page::{Grid, Page};
use super::plan_json::verdict_json;
use super::question::Question;
use super::verdict;
use crate::plan::table::Cell;
use crate::study::Solved;
use crate::words::halt::Reason;
use figures::{COLUMNS, Figure, Measured};
pub use schools::{SchoolGaps, Turn};

/// Scenarios solved for one case, the base first.
#[derive(Debug)]
pub struct Comparison<'a> {
    asked: Question<'a>,
    runs: &'a [Solved],
    measured: Vec<Option<Measured>>,
    figures: Vec<Vec<Figure>>,
}

impl<'a> Comparison<'a> {
    /// The figures of these runs. `asked` is about the case of the base, which is the first run.
    pub fn new(asked: Question<'a>, runs: &'a [Solved]) -> Comparison<'a> {
        let measured: Vec<Option<Measured>> = runs
            .iter()
            .map(|run| Measured::of(asked.case, run))
            .collect();
        let base = measured.first().and_then(Option::as_ref);
        let figures = runs
            .iter()
            .zip(&measured)
            .map(|(run, own)| figures::of(base, run, own.as_ref()))
            .collect();
        Comparison {
            asked,
            runs,
            measured,
            figures,
        }
    }

    /// In another language.
    pub fn in_language(&self, lang: crate::words::Lang) -> Comparison<'a> {
        Comparison {
            asked: Question { lang, ..self.asked },
            runs: self.runs,
            measured: self.measured.clone(),
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
        // Two narrow tables rather than one that no terminal is wide enough for.
        let (means, ends) = (0..figures::ENDS, figures::ENDS..COLUMNS.len());
        page.grid(self.grid(means, true));
        page.grid(self.grid(ends, false));
        page.list(
            self.runs
                .iter()
                .filter(|run| run.title != run.name)
                .map(|run| self.title(run))
                .collect(),
        );
        page.list(self.near());
        page.text(self.legend());
        page.grid(self.areas());
        page.list(self.preferred());
        page.list(
            self.runs
                .iter()
                .filter_map(|run| Some((run, run.answer.halted?)))
                .map(|(run, reason)| self.halted(run, reason))
                .collect(),
        );
        for run in self.runs.iter().filter(|run| run.answer.plan.is_none()) {
            let mut own = Page::default();
            verdict::without_plan(asked, &run.answer.verdict, &mut own);
            page.heading(self.title(run));
            page.blocks.extend(own.blocks);
        }
        page
    }

    /// By how much each scenario changes the gap of schools of each kind of area, against the base.
    fn areas(&self) -> Grid {
        let asked = &self.asked;
        let case = asked.case;
        let base = self.measured.first().and_then(Option::as_ref);
        let mut grid =
            Grid::new().words(asked.pick("缺口增减（按基准口径）", "gap against the base"));
        for area in &case.areas {
            grid = grid.numbers(area.clone());
        }
        if case.areas.len() < 2 {
            return grid;
        }
        for (run, own) in self.runs.iter().zip(&self.measured).skip(1) {
            let (Some(base), Some(own)) = (base, own) else {
                continue;
            };
            let change = |area| {
                let of_area = |school| case.schools[school].area == area;
                number(own.schools.change(&base.schools, of_area))
            };
            grid.row(std::iter::once(run.name.clone()).chain(case.areas.ids().map(change)));
        }
        grid
    }

    /// Writes the gap of every school in every scenario for spreadsheets.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn schools_csv(&self, out: impl Write) -> io::Result<()> {
        csv::write(
            out,
            &headers(&self.school_columns()),
            self.school_rows(),
            self.asked.lang,
        )
    }

    /// The columns of the table of schools.
    pub fn school_columns(&self) -> Vec<Column> {
        schools::columns(&self.asked, self.runs)
    }

    /// The rows of the table of schools.
    pub fn school_rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        let gaps = self.measured.iter();
        let gaps = gaps.map(|one| one.as_ref().map(|one| &one.schools));
        schools::rows(&self.asked, gaps.collect())
    }

    /// Some of the columns that have something to say, one row a scenario.
    fn grid(&self, columns: std::ops::Range<usize>, with_verdict: bool) -> Grid {
        let shown: Vec<usize> = columns.filter(|&at| self.says_something(at)).collect();
        let mut grid = Grid::new().words(self.asked.pick("情景", "scenario"));
        if with_verdict {
            grid = grid.words(self.asked.pick("结论", "verdict"));
        }
        for &at in &shown {
            grid = grid.numbers(self.header(at));
        }
        for (run, figures) in self.runs.iter().zip(&self.figures) {
            let verdict =
                with_verdict.then(|| verdict::audited_name(&self.asked, &run.answer).to_string());
            let cells = shown.iter().map(|&at| figures[at].in_words());
            grid.row(
                std::iter::once(run.name.clone())
                    .chain(verdict)
                    .chain(cells),
            );
        }
        grid
    }

    fn says_something(&self, at: usize) -> bool {
        self.figures
            .iter()
            .any(|figures| figures[at].says_something())
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
        self.asked.pick(
            format!("{}：{}", run.name, run.title),
            format!("{}: {}", run.name, run.title),
        )
    }

    /// Of each scenario that is to stay near an earlier plan, how much of that stays.
    fn near(&self) -> Vec<String> {
        let said = |run: &Solved| {
            let plan = run.answer.plan.as_ref()?;
            let asked = Question {
                case: &run.case,
                ..self.asked
            };
            let said = changes::sentence(&asked, &plan.rows)?;
            let name = &run.name;
            Some(asked.pick(format!("{name}：{said}"), format!("{name}: {said}")))
        };
        self.runs.iter().filter_map(said).collect()
    }

    fn halted(&self, run: &Solved, reason: Reason) -> String {
        let why = verdict::halted(&self.asked, reason);
        self.asked.pick(
            format!("{}：{why}", run.name),
            format!("{}: {why}", run.name),
        )
    }

    fn header(&self, at: usize) -> String {
        let (key, zh, en) = COLUMNS[at];
        if key == "spent" {
            self.asked.money_header(zh, en)
        } else {
            self.asked.pick(zh, en).to_string()
        }
    }

    /// Writes the table for spreadsheets.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: impl Write) -> io::Result<()> {
        csv::write(out, &headers(&self.columns()), self.rows(), self.asked.lang)
    }

    /// The columns of the table: code, title and verdict of a scenario, then its figures.
    pub fn columns(&self) -> Vec<Column> {
        let asked = &self.asked;
        let fixed = [
            (Holds::Words, "情景代码", "scenario code"),
            (Holds::Sentence, "情景", "scenario"),
            (Holds::Words, "结论", "verdict"),
        ];
        let fixed = fixed.map(|(holds, zh, en)| Column::new(asked.pick(zh, en), holds));
        let figures = COLUMNS.iter().enumerate();
        let figures =
            figures.map(|(at, (key, ..))| Column::new(self.header(at), figures::holds(key)));
        fixed.into_iter().chain(figures).collect()
    }

    /// The rows of the table, one a scenario, in the order of [`Comparison::columns`].
    pub fn rows(&self) -> impl Iterator<Item = Vec<Cell>> + '_ {
        self.runs.iter().zip(&self.figures).map(|(run, figures)| {
            let mut cells = vec![
                Cell::text(&run.name),
                Cell::text(&run.title),
                Cell::text(verdict::audited_name(&self.asked, &run.answer).to_string()),
            ];
            cells.extend(figures.iter().map(Figure::cell));
            cells
        })
    }

    /// Where the column of a figure stands in the table, by its key for programs.
    pub fn column(&self, key: &str) -> Option<usize> {
        let before = 3;
        let at = COLUMNS.iter().position(|(name, ..)| *name == key)?;
        Some(before + at)
    }

    /// The amount of a figure in each scenario.
    pub fn amounts(&self, key: &str) -> Vec<Option<f64>> {
        let at = COLUMNS.iter().position(|(name, ..)| *name == key);
        let figures = self.figures.iter();
        figures
            .map(|figures| figures.get(at?).and_then(Figure::amount))
            .collect()
    }

    /// What was asked, about the case of the base.
    pub fn asked(&self) -> Question<'a> {
        self.asked
    }

    /// The scenarios, the base first.
    pub fn runs(&self) -> &'a [Solved] {
        self.runs
    }

    /// The title of each scenario and the gap its plan leaves by the measure of the base; `None` without a plan.
    pub fn gaps_left(&self) -> Vec<(String, Option<f64>)> {
        let pairs = self.runs.iter().zip(&self.measured);
        pairs
            .map(|(run, measured)| (run.title.clone(), measured.as_ref().map(|one| one.gap)))
            .collect()
    }

    /// The table for programs.
    pub fn json(&self) -> Value {
        let cheaper = self.cheaper();
        let runs: Vec<Value> = self
            .runs
            .iter()
            .zip(&self.figures)
            .zip(cheaper)
            .enumerate()
            .map(|(at, ((run, figures), cheaper))| {
                let other = |is_as_fair: bool| {
                    let cheaper = cheaper.filter(|one| one.is_as_fair == is_as_fair);
                    cheaper.map(|one| &self.runs[one.other].name)
                };
                let own = Question {
                    case: &run.case,
                    ..self.asked
                };
                let plan = run.answer.plan.as_ref();
                let near = plan.and_then(|plan| changes::json(&own, &plan.rows));
                let figures: Map<String, Value> = COLUMNS
                    .iter()
                    .zip(figures)
                    .map(|((key, ..), figure)| (key.to_string(), figure.value()))
                    .collect();
                json!({
                    "scenario": run.name,
                    "title": run.title,
                    "verdict": verdict_json(&self.asked, &run.answer),
                    "audit_passed": run.answer.plan.as_ref().map(|plan| plan.audit.passed()),
                    "certificate": run.answer.plan.as_ref().map(|plan| &plan.certificate),
                    "dominated_by": other(true),
                    "fairness": self.fairness(at),
                    "fairer_than": other(false),
                    "against_earlier_plan": near,
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
