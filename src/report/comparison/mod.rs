//! Several scenarios side by side. A column is declared once; page, CSV and JSON follow from it.

mod figures;

use std::io::{self, Write};

use serde_json::{Map, Value, json};

use super::csv;
use super::page::{Grid, Page};
use super::plan_json::verdict_json;
use super::question::Question;
use super::verdict;
use crate::plan::Answer;
use crate::plan::table::Cell;
use crate::study::Solved;
use crate::words::halt::Reason;
use figures::{COLUMNS, Figure};

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
            .map(|run| figures::of(asked.case, base, run))
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
        page.text(self.legend());
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
            let verdict = with_verdict.then(|| self.verdict(&run.answer));
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

    fn halted(&self, run: &Solved, reason: Reason) -> String {
        let why = verdict::halted(&self.asked, reason);
        self.asked.pick(
            format!("{}：{why}", run.name),
            format!("{}: {why}", run.name),
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

    /// Writes the table for spreadsheets.
    ///
    /// # Errors
    /// When `out` cannot be written.
    pub fn csv(&self, out: impl Write) -> io::Result<()> {
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
            cells.extend(figures.iter().map(Figure::cell));
            cells
        });
        csv::write(out, &header, rows, asked.lang)
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
                    .map(|((key, ..), figure)| (key.to_string(), figure.value()))
                    .collect();
                json!({
                    "scenario": run.name,
                    "title": run.title,
                    "verdict": verdict_json(&self.asked, &run.answer),
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
